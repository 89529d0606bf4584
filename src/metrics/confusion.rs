//! The confusion matrix: how often each class was taken for each.

use crate::error::{Blame, Error, Result};
use crate::labels::{CLASSES, Label};

/// Counts of (truth, prediction) pairs. More pairs may be added at any time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Confusion {
    counts: [[u64; CLASSES]; CLASSES],
}

impl Confusion {
    /// The counts of these pairs.
    ///
    /// # Errors
    /// [`Blame::Shape`] when there are not as many predictions as truths.
    ///
    /// ```
    /// use vitrine::{Label, metrics::Confusion};
    /// let [shirt, coat] = [Label::new(6)?, Label::new(4)?];
    /// let confusion = Confusion::new(&[shirt, shirt, coat], &[shirt, coat, coat])?;
    /// assert_eq!(confusion.counts()[6][4], 1);
    /// assert_eq!((confusion.correct(), confusion.total()), (2, 3));
    /// assert!(Confusion::new(&[shirt], &[]).is_err());
    /// # Ok::<(), vitrine::Error>(())
    /// ```
    pub fn new(truth: &[Label], predicted: &[Label]) -> Result<Self> {
        if truth.len() != predicted.len() {
            return Err(Error::new(Blame::Shape, "predictions").expected(truth.len()).got(predicted.len()));
        }
        let mut confusion = Self::default();
        for (truth, predicted) in truth.iter().zip(predicted) {
            confusion.add(*truth, *predicted);
        }
        Ok(confusion)
    }

    /// Counts one more pair.
    pub fn add(&mut self, truth: Label, predicted: Label) {
        self.counts[truth.index()][predicted.index()] += 1;
    }

    /// The counts: a row for each true class, in it a column for each predicted class.
    pub fn counts(&self) -> &[[u64; CLASSES]; CLASSES] {
        &self.counts
    }

    /// How many pairs there are.
    pub fn total(&self) -> u64 {
        self.counts.as_flattened().iter().sum()
    }

    /// How many predictions are right.
    pub fn correct(&self) -> u64 {
        (0..CLASSES).map(|class| self.counts[class][class]).sum()
    }

    /// The share of right predictions; 0 when there are none.
    pub fn accuracy(&self) -> f64 {
        ratio(self.correct(), self.total())
    }

    /// How many of each class there were.
    pub fn support(&self) -> [u64; CLASSES] {
        self.counts.map(|row| row.iter().sum())
    }

    /// How often each class was predicted.
    pub fn predicted(&self) -> [u64; CLASSES] {
        std::array::from_fn(|class| self.counts.iter().map(|row| row[class]).sum())
    }
}

/// `part / whole`, or 0 when `whole` is 0.
pub(super) fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
