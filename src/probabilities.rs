//! Logits or votes → probabilities over the ten classes: the one place with a softmax.

use crate::error::{Blame, Error, Result};
use crate::labels::{CLASSES, Label};

/// Ten non-negative numbers that sum to 1, in label order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Probabilities([f32; CLASSES]);

impl Probabilities {
    /// The softmax of `logits / temperature` (Guo et al. 2017, arXiv:1706.04599, eq. 9; 1 leaves the logits as they are).
    ///
    /// # Errors
    /// [`Blame::Shape`] unless there are [`CLASSES`] logits; [`Blame::Parameter`] when `temperature` is not positive and
    /// finite, or a logit is not finite.
    ///
    /// ```
    /// use vitrine::Probabilities;
    /// let even = Probabilities::from_logits(&[2.0; 10], 1.0)?;
    /// assert_eq!(even.values(), &[0.1; 10]);
    /// assert!(Probabilities::from_logits(&[f32::NAN; 10], 1.0).is_err());
    /// # Ok::<(), vitrine::Error>(())
    /// ```
    pub fn from_logits(logits: &[f32], temperature: f32) -> Result<Self> {
        let logits: &[f32; CLASSES] = logits
            .try_into()
            .map_err(|_| Error::new(Blame::Shape, "logits").expected(format!("{CLASSES} values")).got(logits.len()))?;
        if !(temperature.is_finite() && temperature > 0.0) {
            return Err(Error::new(Blame::Parameter, "temperature").expected("a positive number").got(temperature));
        }
        if let Some(logit) = logits.iter().find(|logit| !logit.is_finite()) {
            return Err(Error::new(Blame::Parameter, "logits").expected("finite values").got(logit));
        }
        let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let exponentials = logits.map(|logit| f64::from((logit - largest) / temperature).exp());
        let sum: f64 = exponentials.iter().sum();
        Ok(Self(exponentials.map(|value| (value / sum) as f32)))
    }

    /// The share of the votes that each class got.
    ///
    /// # Errors
    /// [`Blame::Parameter`] when nobody voted.
    pub fn from_votes(votes: &[u32; CLASSES]) -> Result<Self> {
        let sum: u32 = votes.iter().sum();
        if sum == 0 {
            return Err(Error::new(Blame::Parameter, "votes").expected("at least one").got("none"));
        }
        Ok(Self(votes.map(|count| count as f32 / sum as f32)))
    }

    /// Probabilities that another reader computed, as they stand.
    ///
    /// # Errors
    /// [`Blame::Parameter`] when one is not in [0, 1], or they are further than 0.001 from a sum of 1: rounding takes less.
    pub fn from_values(values: [f32; CLASSES]) -> Result<Self> {
        if let Some(value) = values.iter().find(|value| !(0.0..=1.0).contains(*value)) {
            return Err(Error::new(Blame::Parameter, "probability").expected("0 to 1").got(value));
        }
        let sum: f32 = values.iter().sum();
        if (sum - 1.0).abs() > 1e-3 {
            return Err(Error::new(Blame::Parameter, "probabilities").expected("a sum of 1").got(sum));
        }
        Ok(Self(values))
    }

    /// The probabilities in label order.
    pub fn values(&self) -> &[f32; CLASSES] {
        &self.0
    }

    /// The most probable class; of equally probable ones the lowest label.
    pub fn best(&self) -> Label {
        let mut best = 0;
        for (index, value) in self.0.iter().enumerate() {
            if *value > self.0[best] {
                best = index;
            }
        }
        Label::from_index(best)
    }

    /// The classes from the most to the least probable; of equally probable ones the lower label first.
    pub fn ranked(&self) -> [Label; CLASSES] {
        let mut labels: [Label; CLASSES] = std::array::from_fn(Label::from_index);
        labels.sort_by(|a, b| self.0[b.index()].total_cmp(&self.0[a.index()]));
        labels
    }
}
