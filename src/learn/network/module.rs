//! The networks' parameters as burn modules: seeded, run by burn's own operators, read back with norms folded.

use burn::module::{Module, Param};
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::{BatchNorm, BatchNormConfig, Dropout, DropoutConfig, Linear, LinearConfig, PaddingConfig2d};
use burn::tensor::activation::relu;
use burn::tensor::module::max_pool2d;
use burn::tensor::ops::MaxPoolOptions;
use burn::tensor::{Device, Tensor, TensorData};

use crate::error::{Blame, Error, Result};
use crate::random::Stream;
use crate::training::architectures::Architecture;
use crate::training::layers::{
    ConvSizes, DenseSizes, Filled, Learned, Parameters, filled, misplaced, resolved, same_padding,
};

/// The probability of [`Filled::Dropout`].
pub(super) const DROPOUT: f64 = 0.2;

/// A network's parameters as a burn module, with the layers that use them in order.
#[derive(Module, Debug)]
pub struct Net {
    /// In layer order, as the next two; [`Net::layers`] brings them together.
    convs: Vec<Conv2d>,
    norms: Vec<BatchNorm>,
    denses: Vec<Linear>,
    dropout: Dropout,
    #[module(skip)]
    architecture: Architecture,
}

/// A convolution and the norm after it, if there is one.
pub type Convolving<'a> = (&'a Conv2d, Option<&'a BatchNorm>);

/// A layer of a [`Net`].
pub type NetLayer<'a> = Filled<Convolving<'a>, &'a Linear>;

impl Net {
    /// A network with seeded Glorot-uniform weights and zero biases (Glorot and Bengio 2010, eq. 16; as Keras does).
    ///
    /// # Errors
    /// Those of [`resolved`].
    pub fn new(architecture: Architecture, seed: u64, device: &Device) -> Result<Self> {
        let (mut convs, mut norms, mut denses) = (Vec::new(), Vec::new(), Vec::new());
        for layer in resolved(architecture.layers())? {
            match layer {
                Filled::Conv { learned: ConvSizes { number, inputs, outputs, normed, .. }, kernel, stride } => {
                    let area = kernel * kernel;
                    let (before, after) = same_padding(kernel);
                    let mut conv = Conv2dConfig::new([inputs, outputs], [kernel, kernel])
                        .with_stride([stride, stride])
                        .with_padding(PaddingConfig2d::Explicit(before, before, after, after))
                        .with_bias(!normed)
                        .init(device);
                    let mut stream = Stream::new(seed, number as u64);
                    let weight = glorot(inputs * area, outputs * area, outputs * inputs * area, &mut stream);
                    let data = TensorData::new(weight, [outputs, inputs, kernel, kernel]);
                    conv.weight = Param::from_data(data, device);
                    conv.bias = (!normed).then(|| Param::from_data(TensorData::zeros::<f32, _>([outputs]), device));
                    convs.push(conv);
                    norms.extend(normed.then(|| BatchNormConfig::new(outputs).init(device)));
                }
                Filled::Dense(DenseSizes { number, inputs, outputs }) => {
                    let mut dense = LinearConfig::new(inputs, outputs).init(device);
                    let mut stream = Stream::new(seed, number as u64);
                    let weight = glorot(inputs, outputs, inputs * outputs, &mut stream);
                    dense.weight = Param::from_data(TensorData::new(weight, [inputs, outputs]), device);
                    dense.bias = Some(Param::from_data(TensorData::zeros::<f32, _>([outputs]), device));
                    denses.push(dense);
                }
                _ => {}
            }
        }
        Ok(Self { convs, norms, denses, dropout: DropoutConfig::new(DROPOUT).init(), architecture })
    }

    /// Which network this is.
    pub fn architecture(&self) -> Architecture {
        self.architecture
    }

    /// Its layers, each with what it learned.
    ///
    /// # Errors
    /// [`Blame::Internal`] when parameters are missing or left over.
    pub fn layers(&self) -> Result<Vec<NetLayer<'_>>> {
        filled(self.architecture.layers(), &self.convs, &self.norms, &self.denses)
    }

    /// Convolutions, norms and dense layers, in layer order each.
    pub(super) fn parts(&self) -> (&[Conv2d], &[BatchNorm], &[Linear]) {
        (&self.convs, &self.norms, &self.denses)
    }

    /// The same, to be changed.
    pub(super) fn parts_mut(&mut self) -> (&mut [Conv2d], &mut [BatchNorm], &mut [Linear]) {
        (&mut self.convs, &mut self.norms, &mut self.denses)
    }

    /// Logits `(N, 10)` of images `(N, 1, 28, 28)` in [0, 1]; dropout acts where the device has autodiff.
    ///
    /// # Errors
    /// Those of [`Self::layers`].
    pub fn forward(&self, images: Tensor<4>) -> Result<Tensor<2>> {
        self.head(self.features(images)?)
    }

    /// The layers before [`Filled::Flatten`], by burn's own operators: features `(N, F)`.
    ///
    /// # Errors
    /// Those of [`Self::layers`]; [`Blame::Internal`] for a layer that works on vectors.
    pub fn features(&self, images: Tensor<4>) -> Result<Tensor<2>> {
        let mut remembered = None;
        let mut x = images;
        for layer in self.layers()?.into_iter().take_while(|layer| !matches!(layer, Filled::Flatten)) {
            x = match layer {
                Filled::Conv { learned: (conv, None), .. } => conv.forward(x),
                Filled::Conv { learned: (conv, Some(norm)), .. } => norm.forward(conv.forward(x)),
                Filled::MaxPool => max_pool2d(x, MaxPoolOptions::new([2, 2])),
                Filled::Relu => relu(x),
                Filled::Skip => remembered.insert(x).clone(),
                Filled::Add => x + remembered.take().ok_or_else(|| misplaced("an addition of nothing"))?,
                Filled::Mean => x.mean_dims(&[2, 3]),
                Filled::Flatten | Filled::Dense(_) | Filled::Dropout => return Err(misplaced("a layer of vectors")),
            };
        }
        Ok(x.flatten(1, 3))
    }

    /// The layers after [`Filled::Flatten`]: logits `(N, 10)` of features `(N, F)`.
    ///
    /// # Errors
    /// Those of [`Self::layers`]; [`Blame::Internal`] for a layer that works on maps.
    pub fn head(&self, features: Tensor<2>) -> Result<Tensor<2>> {
        let mut x = features;
        for layer in self.layers()?.into_iter().skip_while(|layer| !matches!(layer, Filled::Flatten)).skip(1) {
            x = match layer {
                Filled::Dense(dense) => dense.forward(x),
                Filled::Relu => relu(x),
                Filled::Dropout => self.dropout.forward(x),
                _ => return Err(misplaced("a layer of maps")),
            };
        }
        Ok(x)
    }

    /// Its layers as they are exported, each norm folded into the convolution before it.
    ///
    /// # Errors
    /// Those of [`Self::layers`]; [`Blame::Internal`] when a parameter cannot be read back from the device as f32.
    pub fn learned(&self) -> Result<Vec<Learned>> {
        let conv = |(conv, norm): Convolving<'_>| {
            let plain = parameters(conv.weight.val(), conv.bias.as_ref())?;
            norm.map_or(Ok(plain.clone()), |norm| folded(plain, norm))
        };
        let dense = |dense: &Linear| parameters(dense.weight.val(), dense.bias.as_ref());
        self.layers()?.into_iter().map(|layer| layer.map(conv, dense)).collect()
    }
}

fn parameters<const D: usize>(weight: Tensor<D>, bias: Option<&Param<Tensor<1>>>) -> Result<Parameters> {
    let shape = weight.dims().to_vec();
    let bias = bias.map_or_else(|| Ok(Vec::new()), |bias| to_vec(bias.val()))?;
    Ok(Parameters { weight: to_vec(weight)?, shape, bias })
}

/// A convolution without bias that does what it and its norm do outside training.
fn folded(conv: Parameters, norm: &BatchNorm) -> Result<Parameters> {
    let Affine { scale, shift } = Affine::outside_training(norm)?;
    let per_output = conv.weight.len() / scale.len();
    let weight = conv.weight.iter().enumerate().map(|(index, value)| value * scale[index / per_output]).collect();
    Ok(Parameters { weight, bias: shift, ..conv })
}

/// `x · scale + shift`, channel by channel.
#[derive(Debug, Clone, PartialEq)]
pub struct Affine {
    /// One factor per channel.
    pub scale: Vec<f32>,
    /// One summand per channel.
    pub shift: Vec<f32>,
}

impl Affine {
    /// What a norm does outside training, from its running mean and variance.
    ///
    /// # Errors
    /// [`Blame::Internal`] when they cannot be read back from the device as f32.
    pub fn outside_training(norm: &BatchNorm) -> Result<Self> {
        let [mean, variance] = [&norm.running_mean, &norm.running_var].map(|state| to_vec(state.value_sync()));
        Ok(Self::normalising(&to_vec(norm.gamma.val())?, &to_vec(norm.beta.val())?, &mean?, &variance?, norm.epsilon))
    }

    /// `(x - mean) / √(variance + epsilon) · gamma + beta`.
    pub fn normalising(gamma: &[f32], beta: &[f32], mean: &[f32], variance: &[f32], epsilon: f64) -> Self {
        let scale: Vec<f32> =
            gamma.iter().zip(variance).map(|(gamma, variance)| gamma / (variance + epsilon as f32).sqrt()).collect();
        let shift = beta.iter().zip(mean).zip(&scale).map(|((beta, mean), scale)| beta - mean * scale).collect();
        Self { scale, shift }
    }
}

/// A tensor's values, row-major.
///
/// # Errors
/// [`Blame::Internal`] when the device does not give them back as f32.
pub fn to_vec<const D: usize>(tensor: Tensor<D>) -> Result<Vec<f32>> {
    tensor
        .into_data()
        .try_into_vec::<f32>()
        .map_err(|error| Error::new(Blame::Internal, "tensor").expected("f32 values").got(format!("{error:?}")))
}

fn glorot(inputs: usize, outputs: usize, count: usize, stream: &mut Stream) -> Vec<f32> {
    let bound = (6.0 / (inputs + outputs) as f32).sqrt();
    (0..count).map(|_| (2.0 * stream.unit() - 1.0) * bound).collect()
}
