//! Precision, recall and F1 of a confusion matrix, and the text in which scikit-learn prints them.

use serde::{Deserialize, Serialize};

use super::confusion::{Confusion, ratio};
use crate::labels::{CLASSES, NAMES};

/// The digits after the point that the project prints.
pub const DIGITS: usize = 4;

/// The scores of one class, or their average over the classes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// Of the images that were called so, the share that are so.
    pub precision: f64,
    /// Of the images that are so, the share that were called so.
    pub recall: f64,
    /// The harmonic mean of the two.
    pub f1: f64,
    /// How many images are so.
    pub support: u64,
}

/// The scores of all classes.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// In label order.
    pub classes: [Scores; CLASSES],
    /// The plain mean over the ten classes, those without images included.
    pub macro_average: Scores,
    /// The mean over the classes, weighted by their support.
    pub weighted_average: Scores,
    /// The share of right predictions.
    pub accuracy: f64,
}

impl Report {
    /// The report of this confusion matrix.
    pub fn new(confusion: &Confusion) -> Self {
        let (support, predicted) = (confusion.support(), confusion.predicted());
        let classes = std::array::from_fn(|class| {
            let right = confusion.counts()[class][class];
            Scores {
                precision: ratio(right, predicted[class]),
                recall: ratio(right, support[class]),
                f1: ratio(2 * right, support[class] + predicted[class]),
                support: support[class],
            }
        });
        Self {
            macro_average: average(&classes, [1; CLASSES]),
            weighted_average: average(&classes, support),
            accuracy: confusion.accuracy(),
            classes,
        }
    }

    /// The text of `classification_report(truth, predicted, labels=range(10), target_names=NAMES, digits=digits,
    /// zero_division=0)` of scikit-learn, to the character, save that it prints support as `10.0` when not one prediction
    /// is right.
    pub fn text(&self, digits: usize) -> String {
        let width = NAMES.iter().map(|name| name.len()).chain(["weighted avg".len(), digits]).max().unwrap_or_default();
        let row = |name: &str, scores: &Scores| {
            let Scores { precision, recall, f1, support } = scores;
            format!("{name:>width$}  {precision:>9.digits$} {recall:>9.digits$} {f1:>9.digits$} {support:>9}\n")
        };
        let head = ["precision", "recall", "f1-score", "support"].map(|title| format!(" {title:>9}")).concat();
        let rows: String = NAMES.iter().zip(&self.classes).map(|(name, scores)| row(name, scores)).collect();
        let (empty, accuracy, total) = ("", self.accuracy, self.macro_average.support);
        [
            format!("{empty:>width$} {head}\n\n{rows}\n"),
            format!("{:>width$}  {empty:>9} {empty:>9} {accuracy:>9.digits$} {total:>9}\n", "accuracy"),
            row("macro avg", &self.macro_average),
            row("weighted avg", &self.weighted_average),
        ]
        .concat()
    }
}

fn average(classes: &[Scores; CLASSES], weights: [u64; CLASSES]) -> Scores {
    let total: u64 = weights.iter().sum();
    let mean = |score: fn(&Scores) -> f64| {
        let weighted = std::array::from_fn(|class| score(&classes[class]) * weights[class] as f64);
        if total == 0 { 0.0 } else { sum(weighted) / total as f64 }
    };
    Scores {
        precision: mean(|scores| scores.precision),
        recall: mean(|scores| scores.recall),
        f1: mean(|scores| scores.f1),
        support: classes.iter().map(|scores| scores.support).sum(),
    }
}

/// The sum in NumPy's order (`pairwise_sum`, eight running sums), so that the last printed digit is the same.
fn sum([a, b, c, d, e, f, g, h, i, j]: [f64; CLASSES]) -> f64 {
    ((a + b) + (c + d)) + ((e + f) + (g + h)) + i + j
}
