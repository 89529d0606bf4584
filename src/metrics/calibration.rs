//! Whether a model's confidence means what it says: calibration error, log-loss, and the temperature that mends it.

use crate::error::{Blame, Error, Result};
use crate::labels::{CLASSES, Label};
use crate::probabilities::Probabilities;

/// The bins of [`expected_calibration_error`], as in Guo et al. 2017 (arXiv:1706.04599, section 5).
pub const BINS: usize = 15;

/// The range in which [`fit_temperature`] looks. A network outside it is broken rather than badly calibrated.
pub const TEMPERATURES: [f64; 2] = [0.05, 20.0];

/// The images whose confidence lies in one of [`BINS`] equal parts `(low, high]` of [0, 1].
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Bin {
    /// How many there are.
    pub images: u64,
    /// How many of them were answered rightly.
    pub right: u64,
    /// The sum of their confidences, in `images` · [0, 1].
    pub confidence: f64,
}

/// The images by confidence, in ascending order: what a reliability diagram shows.
///
/// # Errors
/// [`Blame::Shape`] when there are not as many predictions as truths, or none.
pub fn reliability(truth: &[Label], predicted: &[Probabilities]) -> Result<[Bin; BINS]> {
    check(truth, predicted.len())?;
    let mut bins = [Bin::default(); BINS];
    for (truth, probabilities) in truth.iter().zip(predicted) {
        let best = probabilities.best();
        let confidence = f64::from(probabilities.values()[best.index()]);
        let bin = &mut bins[((confidence * BINS as f64).ceil() as usize).clamp(1, BINS) - 1];
        bin.images += 1;
        bin.right += u64::from(best == *truth);
        bin.confidence += confidence;
    }
    Ok(bins)
}

/// The mean gap between confidence and accuracy over [`BINS`] bins of equal width, `(low, high]`, weighted by how many
/// images fall into each (arXiv:1706.04599, eq. 3). 0 is perfect.
///
/// # Errors
/// Those of [`reliability`].
pub fn expected_calibration_error(truth: &[Label], predicted: &[Probabilities]) -> Result<f64> {
    let bins = reliability(truth, predicted)?;
    let gaps = bins.iter().map(|bin| (bin.confidence - bin.right as f64).abs());
    Ok(gaps.sum::<f64>() / truth.len() as f64)
}

/// The mean of −ln p(truth), in nats; infinite when a true class was given no probability at all, as votes can.
///
/// # Errors
/// Those of [`reliability`].
pub fn log_loss(truth: &[Label], predicted: &[Probabilities]) -> Result<f64> {
    check(truth, predicted.len())?;
    let of_truth = |(truth, predicted): (&Label, &Probabilities)| -f64::from(predicted.values()[truth.index()]).ln();
    Ok(truth.iter().zip(predicted).map(of_truth).sum::<f64>() / truth.len() as f64)
}

/// The mean of −ln p(truth), in nats, when `logits` (a row an image) are divided by `temperature`.
///
/// # Errors
/// [`Blame::Shape`] when there are not as many rows as truths, or none; [`Blame::Parameter`] when a logit is not finite or
/// `temperature` is not positive.
pub fn log_loss_of_logits(truth: &[Label], logits: &[[f32; CLASSES]], temperature: f64) -> Result<f64> {
    check(truth, logits.len())?;
    if !(temperature.is_finite() && temperature > 0.0) {
        return Err(Error::new(Blame::Parameter, "temperature").expected("a positive number").got(temperature));
    }
    if let Some(logit) = logits.as_flattened().iter().find(|logit| !logit.is_finite()) {
        return Err(Error::new(Blame::Parameter, "logits").expected("finite values").got(logit));
    }
    Ok(mean_loss(truth, logits, temperature))
}

/// The temperature with the least [`log_loss_of_logits`], to six digits. Fit it on images that the network was not trained on.
///
/// # Errors
/// Those of [`log_loss_of_logits`].
pub fn fit_temperature(truth: &[Label], logits: &[[f32; CLASSES]]) -> Result<f64> {
    log_loss_of_logits(truth, logits, 1.0)?;
    // The loss is convex in 1/T, hence has one minimum in ln T too: golden-section search (Kiefer 1953).
    let inverse_phi = (5_f64.sqrt() - 1.0) / 2.0;
    let loss = |ln_t: f64| mean_loss(truth, logits, ln_t.exp());
    let [mut low, mut high] = TEMPERATURES.map(f64::ln);
    let mut inner = [high - inverse_phi * (high - low), low + inverse_phi * (high - low)];
    let mut losses = inner.map(loss);
    while high - low > 1e-7 {
        if losses[0] <= losses[1] {
            high = inner[1];
            inner = [high - inverse_phi * (high - low), inner[0]];
            losses = [loss(inner[0]), losses[0]];
        } else {
            low = inner[0];
            inner = [inner[1], low + inverse_phi * (high - low)];
            losses = [losses[1], loss(inner[1])];
        }
    }
    Ok(((low + high) / 2.0).exp())
}

/// In logarithms, since a probability that rounds to 0 would cost infinity.
fn mean_loss(truth: &[Label], logits: &[[f32; CLASSES]], temperature: f64) -> f64 {
    let losses = truth.iter().zip(logits).map(|(truth, row)| {
        let scaled = row.map(|logit| f64::from(logit) / temperature);
        let largest = scaled.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = scaled.iter().map(|value| (value - largest).exp()).sum();
        largest + sum.ln() - scaled[truth.index()]
    });
    losses.sum::<f64>() / truth.len() as f64
}

pub(super) fn check(truth: &[Label], rows: usize) -> Result<()> {
    if rows == truth.len() && rows > 0 {
        return Ok(());
    }
    Err(Error::new(Blame::Shape, "predictions").expected(format!("{} and not none", truth.len())).got(rows))
}
