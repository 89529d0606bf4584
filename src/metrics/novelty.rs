//! A threshold for scores of novelty, and how well such a score tells unfamiliar images from familiar ones.

use crate::error::{Blame, Error, Result};

/// The share of familiar images that stay below a threshold of [`threshold`].
pub const FAMILIAR: f64 = 0.95;

/// The score which [`FAMILIAR`] of these scores do not exceed.
///
/// # Errors
/// [`Blame::Parameter`] when there are none.
pub fn threshold(scores: &[f32]) -> Result<f32> {
    let mut sorted = scores.to_vec();
    sorted.sort_by(f32::total_cmp);
    let rank = (FAMILIAR * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().ok_or_else(none)
}

/// The area under the receiver operating characteristic: the chance that a score of `unfamiliar` exceeds one of
/// `familiar`, ties counted half (Mann and Whitney 1947; as scikit-learn's `roc_auc_score`).
///
/// # Errors
/// [`Blame::Parameter`] when one of them is empty.
pub fn auroc(familiar: &[f32], unfamiliar: &[f32]) -> Result<f64> {
    if familiar.is_empty() || unfamiliar.is_empty() {
        return Err(none());
    }
    let mut sorted = familiar.to_vec();
    sorted.sort_by(f32::total_cmp);
    let wins = unfamiliar.iter().map(|score| {
        let below = sorted.partition_point(|familiar| familiar < score);
        let tied = sorted.partition_point(|familiar| familiar <= score) - below;
        below as f64 + tied as f64 / 2.0
    });
    Ok(wins.sum::<f64>() / (familiar.len() as f64 * unfamiliar.len() as f64))
}

fn none() -> Error {
    Error::new(Blame::Parameter, "scores").expected("at least one").got("none")
}
