//! A model file's layers for JavaScript.

use wasm_bindgen::prelude::*;

use crate::diagram::{self, Layer};
use crate::knn::index::KnnIndex;
use crate::network::describe::describe;

/// The layers of a model file, in order of execution; the arrays run in parallel.
#[wasm_bindgen]
pub struct Architecture {
    format: String,
    layers: Vec<Layer>,
}

#[wasm_bindgen]
impl Architecture {
    /// Reads an ONNX file.
    ///
    /// # Errors
    /// `format`, `limit` or `network`.
    pub fn from_onnx(bytes: &[u8]) -> Result<Self, JsValue> {
        let description = describe(bytes)?;
        let format = format!("ONNX, opset {}, {}", description.opset, description.producer);
        Ok(Self { format, layers: diagram::network::layers(&description) })
    }

    /// Reads an index file.
    ///
    /// # Errors
    /// `format` or `integrity`.
    pub fn from_index(bytes: &[u8]) -> Result<Self, JsValue> {
        Ok(Self { format: "index".to_owned(), layers: diagram::knn::layers(&KnnIndex::from_bytes(bytes)?) })
    }

    /// The kind of file, its version and its writer.
    #[wasm_bindgen(getter)]
    pub fn format(&self) -> String {
        self.format.clone()
    }

    /// Names.
    #[wasm_bindgen(getter)]
    pub fn names(&self) -> Vec<String> {
        self.each(|layer| layer.name.clone())
    }

    /// Operators.
    #[wasm_bindgen(getter)]
    pub fn operators(&self) -> Vec<String> {
        self.each(|layer| layer.operator.clone())
    }

    /// What is special about each, such as `3×3, stride 2`; or empty.
    #[wasm_bindgen(getter)]
    pub fn details(&self) -> Vec<String> {
        self.each(|layer| layer.detail.clone())
    }

    /// Operators of the activations; or empty.
    #[wasm_bindgen(getter)]
    pub fn activations(&self) -> Vec<String> {
        self.each(|layer| layer.activation.clone())
    }

    /// Shapes of the outputs for one image, such as `(1, 64, 28, 28)`; or empty.
    #[wasm_bindgen(getter)]
    pub fn shapes(&self) -> Vec<String> {
        self.each(|layer| layer.shape.clone())
    }

    /// Types of the outputs, such as `f32`; or empty.
    #[wasm_bindgen(getter)]
    pub fn dtypes(&self) -> Vec<String> {
        self.each(|layer| layer.dtype.clone())
    }

    /// Types and shapes of the stored tensors, joined by `; `.
    #[wasm_bindgen(getter)]
    pub fn weights(&self) -> Vec<String> {
        self.each(|layer| layer.weights.join("; "))
    }

    /// Names of the layers whose outputs each takes, joined by `; `.
    #[wasm_bindgen(getter)]
    pub fn sources(&self) -> Vec<String> {
        self.each(|layer| layer.sources.join("; "))
    }

    /// Counts of weights and biases.
    #[wasm_bindgen(getter)]
    pub fn parameters(&self) -> Vec<u32> {
        self.layers.iter().map(|layer| layer.parameters as u32).collect()
    }

    fn each(&self, part: impl Fn(&Layer) -> String) -> Vec<String> {
        self.layers.iter().map(part).collect()
    }
}
