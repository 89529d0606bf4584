//! Metrics for JavaScript.

use wasm_bindgen::prelude::*;

use crate::error;
use crate::labels::Label;
use crate::metrics::interval::wilson;
use crate::metrics::report::DIGITS;
use crate::metrics::{self, Confusion, Scores};

/// All that follows from true and predicted labels.
#[wasm_bindgen]
pub struct Report {
    confusion: Confusion,
    report: metrics::Report,
}

#[wasm_bindgen]
impl Report {
    /// The report of N predictions, as label numbers 0 to 9.
    ///
    /// # Errors
    /// `shape` when there are not as many predictions as truths; `parameter` for a label above 9.
    #[wasm_bindgen(constructor)]
    pub fn new(truth: &[u8], predicted: &[u8]) -> Result<Self, JsValue> {
        let confusion = Confusion::new(&labels(truth)?, &labels(predicted)?)?;
        let report = metrics::Report::new(&confusion);
        Ok(Self { confusion, report })
    }

    /// The share of right predictions.
    #[wasm_bindgen(getter)]
    pub fn accuracy(&self) -> f64 {
        self.report.accuracy
    }

    /// The 95% Wilson interval of the accuracy: lowest, highest.
    #[wasm_bindgen(getter)]
    pub fn interval(&self) -> Vec<f64> {
        wilson(self.confusion.correct(), self.confusion.total()).to_vec()
    }

    /// Precision per class.
    #[wasm_bindgen(getter)]
    pub fn precision(&self) -> Vec<f64> {
        self.per_class(|scores| scores.precision)
    }

    /// Recall per class.
    #[wasm_bindgen(getter)]
    pub fn recall(&self) -> Vec<f64> {
        self.per_class(|scores| scores.recall)
    }

    /// F1 per class.
    #[wasm_bindgen(getter)]
    pub fn f1(&self) -> Vec<f64> {
        self.per_class(|scores| scores.f1)
    }

    /// How many images there are of each class.
    #[wasm_bindgen(getter)]
    pub fn support(&self) -> Vec<u32> {
        self.confusion.support().map(|count| count as u32).to_vec()
    }

    /// F1 averaged over the classes.
    #[wasm_bindgen(getter)]
    pub fn macro_f1(&self) -> f64 {
        self.report.macro_average.f1
    }

    /// `(10, 10)` counts, row-major: a row for each true class.
    #[wasm_bindgen(getter)]
    pub fn confusion(&self) -> Vec<u32> {
        self.confusion.counts().as_flattened().iter().map(|count| *count as u32).collect()
    }

    /// The text of scikit-learn's `classification_report`.
    #[wasm_bindgen(getter)]
    pub fn text(&self) -> String {
        self.report.text(DIGITS)
    }

    fn per_class(&self, score: impl Fn(&Scores) -> f64) -> Vec<f64> {
        self.report.classes.iter().map(score).collect()
    }
}

fn labels(numbers: &[u8]) -> error::Result<Vec<Label>> {
    numbers.iter().map(|number| Label::new(*number)).collect()
}
