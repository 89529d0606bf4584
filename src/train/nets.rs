//! The networks: one list of layers each, from which the burn module and the ONNX graph are both built.

use burn::module::{Module, Param};
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::{Dropout, DropoutConfig, Linear, LinearConfig, PaddingConfig2d};
use burn::tensor::activation::relu;
use burn::tensor::module::max_pool2d;
use burn::tensor::ops::MaxPoolOptions;
use burn::tensor::{Device, Tensor, TensorData};
use serde::{Deserialize, Serialize};

use super::random::Stream;
use crate::error::{Blame, Error, Result};
use crate::image::SIDE;
use crate::labels::CLASSES;

/// One layer. Those before [`Layer::Flatten`] see maps `(N, C, H, W)`, those after it vectors `(N, F)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Layer {
    /// Convolution with bias, stride 1, zero padding to the same size (the odd row and column go after: `SAME_UPPER`).
    Conv {
        /// Maps that come out.
        channels: usize,
        /// Height and width of the kernel.
        kernel: usize,
    },
    /// max(x, 0).
    Relu,
    /// The maximum of each 2×2 block; an odd last row or column is dropped.
    MaxPool,
    /// `(N, C, H, W)` → `(N, C·H·W)`, row-major.
    Flatten,
    /// `x · W + b` with this many outputs.
    Dense(usize),
    /// In training, zeroes a fifth of the values and scales the others by 1.25.
    Dropout,
}

use Layer::{Conv, Dense, Flatten, MaxPool, Relu};

/// The probability of [`Layer::Dropout`].
const DROPOUT: f64 = 0.2;

const MLP: &[Layer] =
    &[Flatten, Dense(400), Relu, Dense(200), Relu, Layer::Dropout, Dense(100), Relu, Layer::Dropout, Dense(CLASSES)];

const CNN: &[Layer] = &[
    Conv { channels: 64, kernel: 6 },
    Relu,
    MaxPool,
    Conv { channels: 64, kernel: 6 },
    Relu,
    Conv { channels: 128, kernel: 3 },
    Relu,
    MaxPool,
    Conv { channels: 256, kernel: 3 },
    Relu,
    Conv { channels: 256, kernel: 3 },
    Relu,
    MaxPool,
    Flatten,
    Dense(128),
    Relu,
    Layer::Dropout,
    Dense(64),
    Relu,
    Layer::Dropout,
    Dense(CLASSES),
];

/// The networks that can be trained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Architecture {
    /// Three hidden layers of 400, 200 and 100.
    Mlp,
    /// Five convolutions, two hidden layers.
    Cnn,
}

impl Architecture {
    /// Its name in file names and metadata.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mlp => "mlp",
            Self::Cnn => "cnn",
        }
    }

    /// Its layers, from `(N, 1, 28, 28)` to `(N, 10)` logits.
    pub const fn layers(self) -> &'static [Layer] {
        match self {
            Self::Mlp => MLP,
            Self::Cnn => CNN,
        }
    }
}

/// Zero rows or columns before and after, for a kernel of this size at stride 1.
pub const fn same_padding(kernel: usize) -> (usize, usize) {
    ((kernel - 1) / 2, kernel / 2)
}

/// A network's parameters as a burn module, with the layers that use them in order.
#[derive(Module, Debug)]
pub struct Net {
    /// The convolutions, in layer order.
    pub convs: Vec<Conv2d>,
    /// The dense layers, in layer order.
    pub denses: Vec<Linear>,
    dropout: Dropout,
    #[module(skip)]
    architecture: Architecture,
}

/// The numbers of one convolution `(O, I, K, K)` or dense layer `(I, O)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameters {
    /// Row-major.
    pub weight: Vec<f32>,
    /// The sizes of `weight`.
    pub shape: Vec<usize>,
    /// One per output.
    pub bias: Vec<f32>,
}

impl Net {
    /// A network with seeded Glorot-uniform weights and zero biases (Glorot and Bengio 2010, eq. 16; as Keras does).
    pub fn new(architecture: Architecture, seed: u64, device: &Device) -> Self {
        let (mut convs, mut denses) = (Vec::new(), Vec::new());
        let (mut channels, mut side, mut features) = (1, SIDE, 0);
        for (number, layer) in architecture.layers().iter().enumerate() {
            let mut stream = Stream::new(seed, number as u64);
            match *layer {
                Conv { channels: outputs, kernel } => {
                    let area = kernel * kernel;
                    let mut conv = Conv2dConfig::new([channels, outputs], [kernel, kernel])
                        .with_padding(PaddingConfig2d::Same)
                        .init(device);
                    let weight = glorot(channels * area, outputs * area, outputs * channels * area, &mut stream);
                    let data = TensorData::new(weight, [outputs, channels, kernel, kernel]);
                    conv.weight = Param::from_data(data, device);
                    conv.bias = Some(Param::from_data(TensorData::zeros::<f32, _>([outputs]), device));
                    convs.push(conv);
                    channels = outputs;
                }
                Dense(outputs) => {
                    let mut dense = LinearConfig::new(features, outputs).init(device);
                    let weight = glorot(features, outputs, features * outputs, &mut stream);
                    dense.weight = Param::from_data(TensorData::new(weight, [features, outputs]), device);
                    dense.bias = Some(Param::from_data(TensorData::zeros::<f32, _>([outputs]), device));
                    denses.push(dense);
                    features = outputs;
                }
                MaxPool => side /= 2,
                Flatten => features = channels * side * side,
                Relu | Layer::Dropout => {}
            }
        }
        Self { convs, denses, dropout: DropoutConfig::new(DROPOUT).init(), architecture }
    }

    /// Which network this is.
    pub fn architecture(&self) -> Architecture {
        self.architecture
    }

    /// Logits `(N, 10)` of images `(N, 1, 28, 28)` in [0, 1]; dropout acts where the device has autodiff.
    pub fn forward(&self, images: Tensor<4>) -> Tensor<2> {
        self.head(self.maps(images).flatten(1, 3))
    }

    /// The layers before [`Layer::Flatten`], by burn's own operators: `(N, C, H, W)`.
    pub fn maps(&self, images: Tensor<4>) -> Tensor<4> {
        let mut convs = self.convs.iter();
        let layers = self.architecture.layers().iter().take_while(|layer| **layer != Flatten);
        layers.fold(images, |x, layer| match layer {
            Conv { .. } => convs.next().map_or_else(|| x.clone(), |conv| conv.forward(x.clone())),
            MaxPool => max_pool2d(x, MaxPoolOptions::new([2, 2])),
            Relu => relu(x),
            Flatten | Dense(_) | Layer::Dropout => x,
        })
    }

    /// The layers after [`Layer::Flatten`]: logits `(N, 10)` of features `(N, F)`.
    pub fn head(&self, features: Tensor<2>) -> Tensor<2> {
        let mut denses = self.denses.iter();
        let layers = self.architecture.layers().iter().skip_while(|layer| **layer != Flatten);
        layers.fold(features, |x, layer| match layer {
            Dense(_) => denses.next().map_or_else(|| x.clone(), |dense| dense.forward(x.clone())),
            Relu => relu(x),
            Layer::Dropout => self.dropout.forward(x),
            Flatten | MaxPool | Conv { .. } => x,
        })
    }

    /// The parameters of every layer that has some, in layer order.
    ///
    /// # Errors
    /// [`Blame::Internal`] when a parameter cannot be read back from the device as f32.
    pub fn parameters(&self) -> Result<Vec<Parameters>> {
        let convs = self.convs.iter().map(|conv| parameters(conv.weight.val(), conv.bias.as_ref()));
        let denses = self.denses.iter().map(|dense| parameters(dense.weight.val(), dense.bias.as_ref()));
        convs.chain(denses).collect()
    }
}

fn parameters<const D: usize>(weight: Tensor<D>, bias: Option<&Param<Tensor<1>>>) -> Result<Parameters> {
    let shape = weight.dims().to_vec();
    let bias = bias.map_or_else(|| Ok(Vec::new()), |bias| to_vec(bias.val()))?;
    Ok(Parameters { weight: to_vec(weight)?, shape, bias })
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
