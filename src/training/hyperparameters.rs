//! How each network is trained, as data: it goes into the ONNX metadata, history.json and every checkpoint.

use std::f64::consts::PI;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::architectures::Architecture;
use super::augment::Augment;
use crate::error::{Blame, Error, Result};
use crate::image::SIDE;
use crate::labels::{CLASSES, Label};
use crate::probabilities::Probabilities;

/// Everything that decides what training yields, given the data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hyperparameters {
    /// Passes over the training images.
    pub epochs: usize,
    /// Images per step; an epoch's incomplete last batch is dropped.
    pub batch: usize,
    /// The largest learning rate of the one-cycle schedule.
    pub peak_rate: f64,
    /// The share of all steps over which the rate rises linearly to its peak.
    pub warm_up: f64,
    /// AdamW's decoupled weight decay (Loshchilov and Hutter 2019, arXiv:1711.05101), of weights alone: biases and norms stay.
    pub weight_decay: f32,
    /// The share of each target that is spread over all classes (Szegedy et al. 2016, arXiv:1512.00567, §7).
    pub smoothing: f32,
    /// The share of each target that teachers give, where there are some.
    #[serde(default)]
    pub distillation: f32,
    /// File and SHA-256 of each teacher.
    #[serde(default)]
    pub teachers: Vec<String>,
    /// The decay per step of the averaged weights, which are the ones exported.
    pub averaging: f64,
    /// How many drawings of the project's own are among the training images ([`Set::Training`](crate::drawings::Set)).
    #[serde(default)]
    pub drawings: usize,
    /// What is done to training images.
    pub augment: Augment,
    /// Seeds the initial weights, the order of the images, dropout and augmentation.
    pub seed: u64,
    /// Those of the run whose averaged weights this one begins with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Box<Hyperparameters>>,
}

impl Hyperparameters {
    /// Those chosen for this network on the validation split.
    pub fn standard(architecture: Architecture) -> Self {
        let common = Self {
            epochs: 70,
            batch: 256,
            peak_rate: 6e-3,
            warm_up: 0.2,
            weight_decay: 0.03,
            smoothing: 0.03,
            distillation: 0.5,
            teachers: Vec::new(),
            averaging: 0.998,
            drawings: 5000,
            augment: Augment { flip: true, shift: 2, erase: 0.3, sketch: 0.12 },
            seed: 1,
            after: None,
        };
        match architecture {
            Architecture::Mlp => Self {
                epochs: 300,
                batch: 128,
                peak_rate: 2e-3,
                weight_decay: 0.05,
                // Smoothed targets leave it too sure of hard images and too unsure of easy ones, which no temperature mends.
                smoothing: 0.0,
                drawings: 2500,
                augment: Augment { shift: 0, sketch: 0.08, ..common.augment },
                ..common
            },
            Architecture::Cnn => Self {
                epochs: 36,
                peak_rate: 3e-3,
                weight_decay: 0.05,
                smoothing: 0.05,
                drawings: 2500,
                augment: Augment { erase: 0.4, sketch: 0.06, ..common.augment },
                ..common
            },
            Architecture::CnnSlim => common,
        }
    }

    /// Those chosen on the validation split for going on after a run by `after`: a shorter cycle of smaller steps on
    /// images that are distorted rarely. Hard lessons teach what holds for all drawings, gentle ones what the data set's
    /// own images look like. The MLP ends on unsmoothed labels and less of its teacher: smoothed targets had left it
    /// too sure of the hard images and too unsure of the easy ones, which no temperature mends.
    pub fn finish(architecture: Architecture, after: Self) -> Self {
        let (epochs, peak_rate, sketch) = match architecture {
            Architecture::Mlp => (30, 4e-4, 0.05),
            Architecture::Cnn => (16, 2e-3, 0.03),
            // Shorter and gentler ones gave less: docs/training.md has them.
            Architecture::CnnSlim => (24, 3e-3, 0.03),
        };
        let shift = usize::from(architecture != Architecture::Mlp);
        let (smoothing, distillation) = match architecture {
            Architecture::Mlp => (0.0, 0.3),
            Architecture::Cnn | Architecture::CnnSlim => (after.smoothing, after.distillation),
        };
        let augment = Augment { flip: true, shift, erase: 0.1, sketch };
        let before = Some(Box::new(after.clone()));
        Self { epochs, peak_rate, warm_up: 0.1, smoothing, distillation, augment, after: before, ..after }
    }

    /// Whether they mean something for so many training images.
    ///
    /// # Errors
    /// [`Blame::Parameter`], naming the first value that means nothing.
    pub fn check(&self, images: usize) -> Result<()> {
        let wrong = |what: &str, expected: &str, got: &dyn fmt::Display| {
            Error::new(Blame::Parameter, what)
                .expected(expected)
                .got(got)
                .remedy("leave the option out for what was chosen for this network")
        };
        if self.epochs == 0 {
            return Err(wrong("epochs", "at least 1", &0));
        }
        if !(1..=images).contains(&self.batch) {
            return Err(wrong("batch", &format!("1 to {images}, the number of training images"), &self.batch));
        }
        if self.augment.shift >= SIDE {
            return Err(wrong("shift", &format!("less than {SIDE} pixels"), &self.augment.shift));
        }
        let amounts = [("learning rate", self.peak_rate), ("weight decay", f64::from(self.weight_decay))];
        if let Some((what, amount)) = amounts.iter().find(|(_, amount)| !(amount.is_finite() && *amount >= 0.0)) {
            return Err(wrong(what, "0 or more", amount));
        }
        let shares = [
            ("smoothing", f64::from(self.smoothing)),
            ("distillation", f64::from(self.distillation)),
            ("probability of an erased rectangle", f64::from(self.augment.erase)),
            ("probability of a sketch", f64::from(self.augment.sketch)),
        ];
        if let Some((what, share)) = shares.iter().find(|(_, share)| !(0.0..=1.0).contains(share)) {
            return Err(wrong(what, "0 to 1", share));
        }
        let below = [("warm-up", self.warm_up), ("averaging", self.averaging)];
        match below.iter().find(|(_, share)| !(0.0..1.0).contains(share)) {
            Some((what, share)) => Err(wrong(what, "0 to below 1", share)),
            None => Ok(()),
        }
    }

    /// The probabilities that an image of this label should be answered with: one at the label, of which the share `smoothing` is
    /// spread over all classes, in the share `distillation` replaced by what teachers say (Hinton et al. 2015,
    /// arXiv:1503.02531, at temperature 1).
    pub fn target(&self, label: Label, teachers: Option<&Probabilities>) -> [f32; CLASSES] {
        let mut target = [self.smoothing / CLASSES as f32; CLASSES];
        target[label.index()] += 1.0 - self.smoothing;
        if let Some(teachers) = teachers {
            for (target, said) in target.iter_mut().zip(teachers.values()) {
                *target = (1.0 - self.distillation) * *target + self.distillation * said;
            }
        }
        target
    }

    /// The epochs of the runs before this one.
    pub fn epochs_before(&self) -> usize {
        self.after.as_ref().map_or(0, |after| after.epochs_before() + after.epochs)
    }

    /// The learning rate of `step` (from 0) of `steps`: a linear rise from 4% of the peak, then half a cosine to zero.
    pub fn rate(&self, step: usize, steps: usize) -> f64 {
        let done = step as f64 / steps.max(1) as f64;
        if done < self.warm_up {
            self.peak_rate * (0.04 + 0.96 * done / self.warm_up)
        } else {
            self.peak_rate * 0.5 * (1.0 + (PI * (done - self.warm_up) / (1.0 - self.warm_up)).cos())
        }
    }
}
