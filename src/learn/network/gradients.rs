//! One step of training: a batch's loss and its gradients, by whichever arithmetic is fastest on the device.

use burn::optim::GradientsParams;
use burn::tensor::activation::log_softmax;
use burn::tensor::{Device, Tensor, TensorData};

use super::convolutions::{Convolutions, Gradient, Statistics};
use super::module::{Convolving, Net, to_vec};
use crate::error::Result;
use crate::image::{PIXELS, SIDE};
use crate::images::Images;
use crate::labels::{CLASSES, Label};
use crate::probabilities::Probabilities;
use crate::training::layers::Filled;

/// Loss and right answers, summed over images.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tally {
    loss: f64,
    right: usize,
    images: usize,
}

impl Tally {
    /// Of logits and the labels that they should give, image by image.
    ///
    /// # Errors
    /// Those of [`Probabilities::from_logits`], when training has diverged.
    pub fn of(logits: &[[f32; CLASSES]], labels: &[Label]) -> Result<Self> {
        let mut tally = Self::default();
        for (row, label) in logits.iter().zip(labels) {
            let probabilities = Probabilities::from_logits(row, 1.0)
                .map_err(|error| error.remedy("training has diverged: lower the learning rate"))?;
            tally.loss -= f64::from(probabilities.values()[label.index()].max(f32::MIN_POSITIVE).ln());
            tally.right += usize::from(probabilities.best() == *label);
            tally.images += 1;
        }
        Ok(tally)
    }

    /// Counts these images too.
    pub fn add(&mut self, other: &Self) {
        self.loss += other.loss;
        self.right += other.right;
        self.images += other.images;
    }

    /// How many images were counted.
    pub fn images(&self) -> usize {
        self.images
    }

    /// Mean loss per image; 0 without any.
    pub fn mean_loss(&self) -> f64 {
        self.loss / self.images.max(1) as f64
    }

    /// Share of right answers; 0 without any images.
    pub fn accuracy(&self) -> f64 {
        self.right as f64 / self.images.max(1) as f64
    }
}

/// What a batch should be answered with.
#[derive(Debug, Clone, PartialEq)]
pub struct Targets<'a> {
    labels: &'a [Label],
    /// `(N, 10)`, each row adding up to 1.
    probabilities: Vec<f32>,
}

impl<'a> Targets<'a> {
    /// Ones at the labels, of which the share `smoothing` is spread over all classes.
    pub fn smoothed(labels: &'a [Label], smoothing: f32) -> Self {
        let mut probabilities = vec![smoothing / CLASSES as f32; labels.len() * CLASSES];
        for (row, label) in probabilities.chunks_exact_mut(CLASSES).zip(labels) {
            row[label.index()] += 1.0 - smoothing;
        }
        Self { labels, probabilities }
    }

    /// `(N, 10)`, each row adding up to 1.
    pub fn probabilities(&self) -> &[f32] {
        &self.probabilities
    }

    /// The same, replaced in the share `weight` by what teachers say of each image (Hinton et al. 2015,
    /// arXiv:1503.02531, at temperature 1).
    #[must_use]
    pub fn taught<'b>(mut self, teachers: impl IntoIterator<Item = &'b Probabilities>, weight: f32) -> Self {
        let said = teachers.into_iter().flat_map(Probabilities::values);
        for (target, said) in self.probabilities.iter_mut().zip(said) {
            *target = (1.0 - weight) * *target + weight * said;
        }
        self
    }
}

/// The gradients of the cross-entropy of one batch `(N, 784)`, and how it did. Augmented pixels may leave [0, 1] by a
/// rounding. The norms' running statistics
/// move on.
///
/// # Errors
/// Those of [`Tally::of`] and [`Convolutions::new`].
pub fn gradients(
    net: &Net,
    pixels: Vec<f32>,
    targets: &Targets<'_>,
    device: &Device,
) -> Result<(GradientsParams, Tally)> {
    let count = targets.labels.len();
    let wanted = TensorData::new(targets.probabilities.clone(), [count, CLASSES]);
    let wanted = Tensor::<2>::from_data(wanted, device);
    let finish = |logits: Tensor<2>| -> Result<(Tensor<1>, Tally)> {
        let loss = (log_softmax(logits.clone(), 1) * wanted.clone()).sum() / -(count as f32);
        let mut tally = Tally::of(to_vec(logits)?.as_chunks().0, targets.labels)?;
        tally.loss = to_vec(loss.clone())?.iter().map(|loss| f64::from(*loss) * count as f64).sum();
        Ok((loss, tally))
    };
    let Some(convolutions) = convolutions(net, device)? else {
        let (loss, tally) = finish(net.forward(tensor(pixels, device))?)?;
        return Ok((GradientsParams::from_grads(loss.backward(), net), tally));
    };
    let pass = convolutions.forward(&pixels);
    let width = pass.features.len() / count.max(1);
    let features = TensorData::new(pass.features.clone(), [count, width]);
    let features = Tensor::<2>::from_data(features, device).require_grad();
    let (loss, tally) = finish(net.head(features.clone())?)?;
    let tape = loss.backward();
    let back = features.grad(&tape).map_or_else(|| Ok(vec![0.0; count * width]), to_vec)?;
    let mut gradients = GradientsParams::from_grads(tape, net);
    register(net, convolutions.backward(&pass, &back), &mut gradients)?;
    observe(net, &pass.statistics())?;
    Ok((gradients, tally))
}

/// The logits of each image, without dropout, by the same arithmetic as in training.
///
/// # Errors
/// [`Blame::Internal`](crate::error::Blame::Internal) when they cannot be read back.
pub fn logits(net: &Net, images: Images<'_>, device: &Device) -> Result<Vec<[f32; CLASSES]>> {
    let logits = match convolutions(net, device)? {
        None => net.forward(tensor(images.into_pixels(), device))?,
        Some(convolutions) => {
            let features = convolutions.features(images.pixels());
            let width = features.len() / images.len().max(1);
            net.head(Tensor::from_data(TensorData::new(features, [images.len(), width]), device))?
        }
    };
    Ok(to_vec(logits)?.as_chunks().0.to_vec())
}

/// The hand-made convolutions, where they are the faster ones: on the processor.
fn convolutions(net: &Net, device: &Device) -> Result<Option<Convolutions>> {
    if device.clone().inner() == Device::flex() { Convolutions::new(net) } else { Ok(None) }
}

fn tensor(pixels: Vec<f32>, device: &Device) -> Tensor<4> {
    let count = pixels.len() / PIXELS;
    Tensor::from_data(TensorData::new(pixels, [count, 1, SIDE, SIDE]), device)
}

/// Hands the gradients of the convolutions, in layer order, to their parameters.
fn register(net: &Net, of_layers: Vec<Gradient>, gradients: &mut GradientsParams) -> Result<()> {
    for ((conv, norm), gradient) in convolving(net)?.into_iter().zip(of_layers) {
        let device = conv.weight.val().without_autodiff().device();
        let vector = |values: Vec<f32>| {
            let count = values.len();
            Tensor::<1>::from_data(TensorData::new(values, [count]), &device)
        };
        let [outputs, inputs, height, width] = conv.weight.dims();
        let weight = TensorData::new(gradient.weight, [height, width, inputs, outputs]);
        gradients.register(conv.weight.id, Tensor::<4>::from_data(weight, &device).permute([3, 2, 0, 1]));
        if let Some(bias) = &conv.bias {
            gradients.register(bias.id, vector(gradient.shift));
        } else if let Some(norm) = norm {
            gradients.register(norm.beta.id, vector(gradient.shift));
            gradients.register(norm.gamma.id, vector(gradient.scale));
        }
    }
    Ok(())
}

/// Moves the norms' running statistics towards those of a batch, in layer order.
fn observe(net: &Net, batch: &[Statistics]) -> Result<()> {
    let norms = convolving(net)?.into_iter().filter_map(|(_, norm)| norm);
    for (norm, seen) in norms.zip(batch) {
        for (running, seen) in [(&norm.running_mean, &seen.mean), (&norm.running_var, &seen.variance)] {
            let old = running.value_sync();
            let seen = Tensor::from_data(TensorData::new(seen.clone(), [seen.len()]), &old.device());
            running.update(old * (1.0 - norm.momentum) + seen * norm.momentum);
            // The value lags one update behind until it is asked for.
            running.value_sync();
        }
    }
    Ok(())
}

/// The convolutions and norms of a network, in layer order.
fn convolving(net: &Net) -> Result<Vec<Convolving<'_>>> {
    let of_layer = net.layers()?.into_iter().filter_map(|layer| match layer {
        Filled::Conv { learned, .. } => Some(learned),
        _ => None,
    });
    Ok(of_layer.collect())
}
