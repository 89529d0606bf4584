//! Training by the framework's own operators: on a GPU, and as what the processor's arithmetic is compared with.

use std::collections::HashMap;

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param, ParamId};
use burn::optim::{AdamWConfig, GradientsParams, ModuleOptimizer};
use burn::tensor::activation::log_softmax;
use burn::tensor::{Device, Tensor, TensorData};
use rayon::prelude::*;

use super::adam::{EPSILON, Rates};
use super::lesson::Lessons;
use super::module::{Net, to_vec};
use super::tally::Tally;
use crate::error::Result;
use crate::image::{PIXELS, SIDE};
use crate::images::Images;
use crate::labels::{CLASSES, Label};

/// A network that is trained on a device.
pub struct Framework {
    /// The weights that are being learned.
    pub net: Net,
    /// Their running average.
    pub averaged: Net,
    /// AdamW's moments.
    pub optimizer: ModuleOptimizer,
    /// With autodiff.
    pub device: Device,
    /// What the last step answered, which nobody has read yet.
    outstanding: Option<Outstanding>,
}

/// What lessons were answered with, on the device, and what they should have been.
struct Outstanding {
    logits: Tensor<2>,
    targets: Vec<f32>,
    labels: Vec<Label>,
}

impl Framework {
    /// A network that has taken no step, on a device with autodiff.
    pub fn new(net: Net, device: Device) -> Self {
        // Weights alone decay, which the step does itself.
        let optimizer = AdamWConfig::new().with_weight_decay(0.0).with_epsilon(EPSILON).init();
        Self { averaged: net.valid(), net, optimizer, device, outstanding: None }
    }

    /// One step on these lessons. Dropout draws from the device's generator. Returns how the network did on the lessons before:
    /// the device computes while the next ones are made, and is not waited for in between.
    ///
    /// # Errors
    /// Those of [`Tally::of`] and [`Net::forward`].
    pub fn step(mut self, lessons: &dyn Lessons, rates: &Rates) -> Result<(Self, Tally)> {
        let made = Made::of(lessons);
        let before = self.rest()?;
        let (gradients, outstanding) = made.gradients(&self.net, &self.device)?;
        let net = self.net.map(&mut Decay(1.0 - rates.rate * f64::from(rates.weight_decay)));
        self.net = self.optimizer.step(rates.rate, net, gradients);
        self.averaged = average(self.averaged, &self.net, rates.averaging);
        self.outstanding = Some(outstanding);
        Ok((self, before))
    }

    /// How the network did on the lessons that no step has told of yet; it waits for the device.
    ///
    /// # Errors
    /// Those of [`Tally::of`].
    pub fn rest(&mut self) -> Result<Tally> {
        self.outstanding.take().map_or_else(|| Ok(Tally::default()), Outstanding::tally)
    }

    /// The logits of each image by the averaged weights.
    ///
    /// # Errors
    /// Those of [`logits`].
    pub fn logits(&self, images: Images<'_>) -> Result<Vec<[f32; CLASSES]>> {
        logits(&self.averaged, images, &self.device.clone().inner())
    }
}

/// The gradients of the mean cross-entropy of these lessons, and how the network did. The norms' running statistics move on.
///
/// # Errors
/// Those of [`Tally::of`] and [`Net::forward`].
pub fn gradients(net: &Net, lessons: &dyn Lessons, device: &Device) -> Result<(GradientsParams, Tally)> {
    let (gradients, outstanding) = Made::of(lessons).gradients(net, device)?;
    Ok((gradients, outstanding.tally()?))
}

/// Lessons that have been made.
struct Made {
    pixels: Vec<f32>,
    targets: Vec<f32>,
    labels: Vec<Label>,
}

impl Made {
    fn of(lessons: &dyn Lessons) -> Self {
        let count = lessons.len();
        let mut pixels = vec![[0.0; PIXELS]; count];
        let mut targets = vec![[0.0; CLASSES]; count];
        let rows = pixels.par_iter_mut().zip(&mut targets).enumerate();
        let labels = rows.map(|(position, (pixels, target))| lessons.give(position, pixels, target).0).collect();
        Self { pixels: pixels.into_flattened(), targets: targets.into_flattened(), labels }
    }

    fn gradients(self, net: &Net, device: &Device) -> Result<(GradientsParams, Outstanding)> {
        let Self { pixels, targets, labels } = self;
        let count = labels.len();
        let logits = net.forward(tensor(pixels, device))?;
        let wanted = Tensor::<2>::from_data(TensorData::new(targets.clone(), [count, CLASSES]), device);
        let loss = (log_softmax(logits.clone(), 1) * wanted).sum() / -(count as f32);
        let gradients = GradientsParams::from_grads(loss.backward(), net);
        Ok((gradients, Outstanding { logits: logits.without_autodiff(), targets, labels }))
    }
}

impl Outstanding {
    fn tally(self) -> Result<Tally> {
        let values = to_vec(self.logits)?;
        Tally::with_gradient(&values, &self.targets, &self.labels, 0.0, &mut vec![0.0; self.targets.len()])
    }
}

/// The logits of each image, without dropout where `device` has no autodiff.
///
/// # Errors
/// Those of [`Net::forward`]; [`Blame::Internal`](crate::error::Blame::Internal) when they cannot be read back.
pub fn logits(net: &Net, images: Images<'_>, device: &Device) -> Result<Vec<[f32; CLASSES]>> {
    let logits = net.forward(tensor(images.into_pixels(), device))?;
    Ok(to_vec(logits)?.as_chunks().0.to_vec())
}

fn tensor(pixels: Vec<f32>, device: &Device) -> Tensor<4> {
    let count = pixels.len() / PIXELS;
    Tensor::from_data(TensorData::new(pixels, [count, 1, SIDE, SIDE]), device)
}

/// Multiplies weights, which have more axes than one.
struct Decay(f64);

impl ModuleMapper for Decay {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        if D < 2 {
            return param;
        }
        let kept = self.0;
        param.map(|weight| Tensor::from_inner(weight.inner().mul_scalar(kept)).require_grad())
    }
}

/// `decay · average + (1 - decay) · current`, parameter by parameter.
fn average(average: Net, current: &Net, decay: f64) -> Net {
    struct Collect(HashMap<ParamId, Tensor<1>>);
    impl ModuleVisitor for Collect {
        fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
            self.0.insert(param.id, param.val().without_autodiff().flatten(0, D - 1));
        }
    }
    struct Mix(HashMap<ParamId, Tensor<1>>, f64);
    impl ModuleMapper for Mix {
        fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
            let Some(current) = self.0.remove(&param.id) else { return param };
            let decay = self.1;
            param.map(|average| {
                let current = current.reshape(average.shape());
                average.mul_scalar(decay).add(current.mul_scalar(1.0 - decay))
            })
        }
    }
    let mut collect = Collect(HashMap::new());
    current.visit(&mut collect);
    average.map(&mut Mix(collect.0, decay))
}
