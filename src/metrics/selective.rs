//! What a model gains by keeping silent where it is unsure, and how often the truth is among its first guesses.

use super::calibration::check;
use crate::error::Result;
use crate::labels::Label;
use crate::probabilities::Probabilities;

/// The images whose best probability reaches a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    /// How many there are; over all images: the coverage (El-Yaniv and Wiener 2010, section 2).
    pub images: u64,
    /// How many of them are answered rightly; over `images`: the selective accuracy.
    pub right: u64,
}

/// What is answered when only images whose best probability is at least a threshold are, for each of `thresholds`.
///
/// # Errors
/// [`Blame::Shape`](crate::error::Blame::Shape) when there are not as many predictions as truths, or none.
pub fn answered(truth: &[Label], predicted: &[Probabilities], thresholds: &[f32]) -> Result<Vec<Answered>> {
    check(truth, predicted.len())?;
    let judged = truth.iter().zip(predicted).map(|(truth, row)| {
        let best = row.best();
        (row.values()[best.index()], best == *truth)
    });
    let judged: Vec<(f32, bool)> = judged.collect();
    let at = |threshold: &f32| {
        let sure = judged.iter().filter(|(confidence, _)| confidence >= threshold);
        let (images, right) =
            sure.fold((0, 0), |(images, right), (_, is_right)| (images + 1, right + u64::from(*is_right)));
        Answered { images, right }
    };
    Ok(thresholds.iter().map(at).collect())
}

/// The share of images whose truth is among the `k` most probable classes: scikit-learn's `top_k_accuracy_score`, save that
/// of equally probable classes the lower label comes first.
///
/// # Errors
/// [`Blame::Shape`](crate::error::Blame::Shape) when there are not as many predictions as truths, or none.
pub fn top_k_accuracy(truth: &[Label], predicted: &[Probabilities], k: usize) -> Result<f64> {
    check(truth, predicted.len())?;
    let among =
        truth.iter().zip(predicted).filter(|(truth, row)| row.ranked().iter().take(k).any(|label| label == *truth));
    Ok(among.count() as f64 / truth.len() as f64)
}
