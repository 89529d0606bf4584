//! Whether two models that were measured on the same images differ by more than chance.

use serde::{Deserialize, Serialize};

use crate::error::{Blame, Error, Result};
use crate::labels::Label;

/// The images on which exactly one of two models is right, and what follows from them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// How many only the first model got right.
    pub only_first: u64,
    /// How many only the second model got right.
    pub only_second: u64,
    /// The probability of a split at least as uneven if both were equally good: [`exact_p`].
    pub p: f64,
}

impl Comparison {
    /// Compares the predictions of two models on the same images.
    ///
    /// # Errors
    /// [`Blame::Shape`] when the three lengths differ.
    pub fn new(truth: &[Label], first: &[Label], second: &[Label]) -> Result<Self> {
        if first.len() != truth.len() || second.len() != truth.len() {
            return Err(Error::new(Blame::Shape, "predictions")
                .expected(format!("{} twice", truth.len()))
                .got(format!("{} and {}", first.len(), second.len())));
        }
        let (mut only_first, mut only_second) = (0, 0);
        for ((truth, first), second) in truth.iter().zip(first).zip(second) {
            match (first == truth, second == truth) {
                (true, false) => only_first += 1,
                (false, true) => only_second += 1,
                _ => {}
            }
        }
        Ok(Self { only_first, only_second, p: exact_p(only_first, only_second) })
    }
}

/// The two-sided p-value of the exact McNemar test, for every count (no chi-square approximation): twice the probability
/// that of n = a + b fair coins at most min(a, b) show heads, at most 1.
pub fn exact_p(a: u64, b: u64) -> f64 {
    let (n, least) = (a + b, a.min(b));
    // ln C(n, least) / 2^n, then downwards by C(n, k - 1) = C(n, k) · k / (n - k + 1).
    let ln_term: f64 =
        (1..=least).map(|k| ((n - least + k) as f64 / k as f64).ln()).sum::<f64>() - n as f64 * std::f64::consts::LN_2;
    let (mut term, mut tail) = (1.0, 1.0);
    for k in (1..=least).rev() {
        term *= k as f64 / (n - k + 1) as f64;
        tail += term;
    }
    (2.0 * tail * ln_term.exp()).min(1.0)
}
