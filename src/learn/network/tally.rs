//! Loss and right answers, summed over images.

use crate::error::{Blame, Error, Result};
use crate::labels::{CLASSES, Label};

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
    /// [`Blame::Network`] for logits that are not finite: training has diverged.
    pub fn of(logits: &[[f32; CLASSES]], labels: &[Label]) -> Result<Self> {
        let mut tally = Self::default();
        for (row, label) in logits.iter().zip(labels) {
            let mut target = [0.0; CLASSES];
            target[label.index()] = 1.0;
            tally.count(row, &target, *label)?;
        }
        Ok(tally)
    }

    /// Of logits `(n, 10)` and the probabilities that they should give; `gradient` becomes that of the summed cross-entropy,
    /// times `factor`.
    ///
    /// # Errors
    /// Those of [`Self::of`].
    pub fn with_gradient(
        logits: &[f32],
        targets: &[f32],
        labels: &[Label],
        factor: f32,
        gradient: &mut [f32],
    ) -> Result<Self> {
        let mut tally = Self::default();
        let rows = logits.as_chunks::<CLASSES>().0.iter().zip(targets.as_chunks::<CLASSES>().0);
        for (((row, target), label), gradient) in rows.zip(labels).zip(gradient.as_chunks_mut::<CLASSES>().0) {
            let probabilities = tally.count(row, target, *label)?;
            for ((gradient, probability), target) in gradient.iter_mut().zip(probabilities).zip(target) {
                *gradient = (probability - target) * factor;
            }
        }
        Ok(tally)
    }

    /// Adds one image, and returns its probabilities.
    fn count(&mut self, logits: &[f32; CLASSES], target: &[f32; CLASSES], label: Label) -> Result<[f32; CLASSES]> {
        let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let powers = logits.map(|logit| (logit - largest).exp());
        let sum: f32 = powers.iter().sum();
        // A logit that is no number, or infinite, leaves a sum that is none.
        if !(sum.is_finite() && largest.is_finite()) {
            return Err(Error::new(Blame::Network, "logits")
                .expected("finite values")
                .got(format!("{logits:?}"))
                .remedy("training has diverged: lower the learning rate"));
        }
        let logarithm = f64::from(sum.ln()) + f64::from(largest);
        let losses =
            logits.iter().zip(target).map(|(logit, target)| f64::from(*target) * (logarithm - f64::from(*logit)));
        self.loss += losses.sum::<f64>();
        self.right += usize::from(logits.iter().position(|logit| *logit == largest) == Some(label.index()));
        self.images += 1;
        Ok(powers.map(|power| power / sum))
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
