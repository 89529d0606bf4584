//! How far a model's probabilities can be trusted, for JavaScript.

use wasm_bindgen::prelude::*;

use crate::error::{Blame, Error, Result};
use crate::labels::{CLASSES, Label};
use crate::metrics::calibration::{BINS, Bin, expected_calibration_error, log_loss, reliability};
use crate::metrics::curves::Curves;
use crate::metrics::selective::{Answered, answered, top_k_accuracy};
use crate::probabilities::Probabilities;

/// All that follows from true labels and probabilities.
#[wasm_bindgen]
pub struct Calibration {
    truth: Vec<Label>,
    predicted: Vec<Probabilities>,
    bins: [Bin; BINS],
}

#[wasm_bindgen]
impl Calibration {
    /// `truth`: N label numbers, 0 to 9; `probabilities`: `(N, 10)`, row-major.
    ///
    /// # Errors
    /// `shape` when there are not as many rows as truths, or none; `parameter` for a label above 9 or rows that are no
    /// probabilities.
    #[wasm_bindgen(constructor)]
    pub fn new(truth: &[u8], probabilities: &[f32]) -> std::result::Result<Self, JsValue> {
        let truth: Vec<Label> = truth.iter().map(|number| Label::new(*number)).collect::<Result<_>>()?;
        let (rows, rest) = probabilities.as_chunks::<CLASSES>();
        if !rest.is_empty() {
            let error = Error::new(Blame::Shape, "probabilities").expected(format!("rows of {CLASSES}"));
            return Err(error.got(probabilities.len()).into());
        }
        let predicted: Vec<_> = rows.iter().map(|row| Probabilities::from_values(*row)).collect::<Result<_>>()?;
        let bins = reliability(&truth, &predicted)?;
        Ok(Self { truth, predicted, bins })
    }

    /// How many images fall into each of the equal parts of [0, 1] by confidence, ascending.
    #[wasm_bindgen(getter)]
    pub fn bin_images(&self) -> Vec<u32> {
        self.bins.iter().map(|bin| bin.images as u32).collect()
    }

    /// The mean confidence of each of them; not a number where there is no image.
    #[wasm_bindgen(getter)]
    pub fn bin_confidence(&self) -> Vec<f64> {
        self.bins.iter().map(|bin| bin.confidence / bin.images as f64).collect()
    }

    /// The share of right answers of each of them; not a number where there is no image.
    #[wasm_bindgen(getter)]
    pub fn bin_accuracy(&self) -> Vec<f64> {
        self.bins.iter().map(|bin| bin.right as f64 / bin.images as f64).collect()
    }

    /// The expected calibration error.
    ///
    /// # Errors
    /// None that the constructor did not exclude.
    #[wasm_bindgen(getter)]
    pub fn error(&self) -> std::result::Result<f64, JsValue> {
        Ok(expected_calibration_error(&self.truth, &self.predicted)?)
    }

    /// Mean −ln p(truth), in nats; infinite when some truth was given no probability.
    ///
    /// # Errors
    /// None that the constructor did not exclude.
    #[wasm_bindgen(getter)]
    pub fn log_loss(&self) -> std::result::Result<f64, JsValue> {
        Ok(log_loss(&self.truth, &self.predicted)?)
    }

    /// The share of images whose truth is among the `k` most probable classes.
    ///
    /// # Errors
    /// None that the constructor did not exclude.
    pub fn top(&self, k: usize) -> std::result::Result<f64, JsValue> {
        Ok(top_k_accuracy(&self.truth, &self.predicted, k)?)
    }

    /// For each threshold of the best probability: how many images reach it, then how many of those are answered rightly.
    ///
    /// # Errors
    /// None that the constructor did not exclude.
    pub fn answered(&self, thresholds: &[f32]) -> std::result::Result<Vec<u32>, JsValue> {
        let counts = answered(&self.truth, &self.predicted, thresholds)?;
        Ok(counts.iter().flat_map(|Answered { images, right }| [*images as u32, *right as u32]).collect())
    }

    /// The curves of one class against the rest.
    ///
    /// # Errors
    /// `parameter` for a label above 9, or when all images, or none, are of the class.
    pub fn curves(&self, label: u8) -> std::result::Result<ClassCurves, JsValue> {
        Ok(ClassCurves(Curves::new(Label::new(label)?, &self.truth, &self.predicted)?))
    }
}

/// One class against the rest, at every threshold.
#[wasm_bindgen]
pub struct ClassCurves(Curves);

#[wasm_bindgen]
impl ClassCurves {
    /// `(n, 2)`: share of the rest, share of the class that pass a threshold; from (0, 0) to (1, 1).
    #[wasm_bindgen(getter)]
    pub fn roc(&self) -> Vec<f64> {
        self.0.roc.as_flattened().to_vec()
    }

    /// The area below `roc`.
    #[wasm_bindgen(getter)]
    pub fn area(&self) -> f64 {
        self.0.area
    }

    /// `(n, 2)`: recall, precision; up to (0, 1).
    #[wasm_bindgen(getter)]
    pub fn precision_recall(&self) -> Vec<f64> {
        self.0.precision_recall.as_flattened().to_vec()
    }

    /// Precision averaged over the steps of recall.
    #[wasm_bindgen(getter)]
    pub fn average_precision(&self) -> f64 {
        self.0.average_precision
    }
}
