//! A network for JavaScript.

use wasm_bindgen::prelude::*;

use crate::images::Images;
use crate::labels;
use crate::network;

/// An ONNX classifier.
#[wasm_bindgen]
pub struct Network(pub(super) network::Network);

#[wasm_bindgen]
impl Network {
    /// Reads an ONNX file.
    ///
    /// # Errors
    /// `format`, `limit` or `network`.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &[u8]) -> Result<Self, JsValue> {
        Ok(Self(network::Network::from_onnx(bytes)?))
    }

    /// `(N, 784)` pixels in [0, 1] → `(N, 10)` probabilities, both row-major.
    ///
    /// # Errors
    /// `shape`, `network` or `parameter`.
    pub fn predict(&self, pixels: &[f32]) -> Result<Vec<f32>, JsValue> {
        let probabilities = self.0.probabilities(&Images::new(pixels)?)?;
        Ok(probabilities.iter().flat_map(|row| *row.values()).collect())
    }

    /// `(N, 784)` pixels in [0, 1] → `(N, 10)` logits, both row-major.
    ///
    /// # Errors
    /// `shape`, `parameter` or `network`.
    pub fn logits(&self, pixels: &[f32]) -> Result<Vec<f32>, JsValue> {
        Ok(self.0.logits(&Images::new(pixels)?)?.into_flattened())
    }

    /// The class names in output order: this build's, whatever order the file's own logits have.
    #[wasm_bindgen(getter)]
    pub fn labels(&self) -> Vec<String> {
        labels::NAMES.map(String::from).to_vec()
    }

    /// `mlp`, `cnn`, …; empty when the file does not say.
    #[wasm_bindgen(getter)]
    pub fn architecture(&self) -> String {
        self.0.metadata().architecture.clone()
    }
}
