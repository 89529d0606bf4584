//! A model file's layers for JavaScript.

use wasm_bindgen::prelude::*;

use crate::diagram::{self, LayerDetail};
use crate::knn::index::KnnIndex;
use crate::network::describe::{TensorInfo, describe};

/// The layers of a model file.
#[wasm_bindgen]
pub struct Diagram {
    format: String,
    layers: Vec<diagram::LayerInfo>,
}

#[wasm_bindgen]
impl Diagram {
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

    /// The layers, in order of execution.
    #[wasm_bindgen(getter)]
    pub fn layers(&self) -> Vec<LayerInfo> {
        self.layers.iter().cloned().map(LayerInfo).collect()
    }
}

/// One layer. What is unknown, or what a layer of its kind has not, is `undefined`.
#[wasm_bindgen]
pub struct LayerInfo(diagram::LayerInfo);

#[wasm_bindgen]
impl LayerInfo {
    /// Its name. Two may share one.
    #[wasm_bindgen(getter)]
    pub fn name(&self) -> String {
        self.0.name.clone()
    }

    /// Its operator.
    #[wasm_bindgen(getter)]
    pub fn operator(&self) -> String {
        self.0.operator.clone()
    }

    /// The operator of its activation.
    #[wasm_bindgen(getter)]
    pub fn activation(&self) -> Option<String> {
        self.0.activation.clone()
    }

    /// The sizes of its output for one image.
    #[wasm_bindgen(getter)]
    pub fn shape(&self) -> Option<Vec<f64>> {
        self.0.output.as_ref().map(|output| numbers(&output.shape))
    }

    /// The type of its output, such as `f32`.
    #[wasm_bindgen(getter)]
    pub fn dtype(&self) -> Option<String> {
        self.0.output.as_ref().map(|output| output.dtype.clone())
    }

    /// Types and shapes of its stored tensors, such as `INT8 (64, 1, 3, 3)`.
    #[wasm_bindgen(getter)]
    pub fn weights(&self) -> Vec<String> {
        self.0.weights.iter().map(TensorInfo::to_string).collect()
    }

    /// How many weights and biases it has.
    #[wasm_bindgen(getter)]
    pub fn parameters(&self) -> f64 {
        self.0.parameters as f64
    }

    /// How many numbers it looks up that nothing has learned.
    #[wasm_bindgen(getter)]
    pub fn stored(&self) -> f64 {
        self.0.stored as f64
    }

    /// Which layers' outputs it takes, counted from the first.
    #[wasm_bindgen(getter)]
    pub fn sources(&self) -> Vec<u32> {
        self.0.sources.iter().map(|source| *source as u32).collect()
    }

    /// Height and width of its window.
    #[wasm_bindgen(getter)]
    pub fn kernel(&self) -> Option<Vec<f64>> {
        match &self.0.detail {
            Some(LayerDetail::Window { kernel, .. }) => Some(numbers(kernel)),
            _ => None,
        }
    }

    /// The window's step.
    #[wasm_bindgen(getter)]
    pub fn stride(&self) -> Option<f64> {
        match self.0.detail {
            Some(LayerDetail::Window { stride, .. }) => Some(stride as f64),
            _ => None,
        }
    }

    /// Roots of pixels among an index's features.
    #[wasm_bindgen(getter)]
    pub fn roots(&self) -> Option<u32> {
        match self.0.detail {
            Some(LayerDetail::Features { roots, .. }) => Some(roots as u32),
            _ => None,
        }
    }

    /// Places of histograms of gradients among an index's features.
    #[wasm_bindgen(getter)]
    pub fn gradients(&self) -> Option<u32> {
        match self.0.detail {
            Some(LayerDetail::Features { gradients, .. }) => Some(gradients as u32),
            _ => None,
        }
    }

    /// Hidden units of an index's encoder.
    #[wasm_bindgen(getter)]
    pub fn hidden(&self) -> Option<u32> {
        match self.0.detail {
            Some(LayerDetail::Encoder { hidden }) => Some(hidden as u32),
            _ => None,
        }
    }

    /// References that are searched.
    #[wasm_bindgen(getter)]
    pub fn references(&self) -> Option<u32> {
        match self.0.detail {
            Some(LayerDetail::Search { references }) => Some(references as u32),
            _ => None,
        }
    }

    /// Neighbours that vote.
    #[wasm_bindgen(getter)]
    pub fn neighbours(&self) -> Option<u32> {
        match self.0.detail {
            Some(LayerDetail::Vote { neighbours }) => Some(neighbours as u32),
            _ => None,
        }
    }
}

fn numbers(sizes: &[i64]) -> Vec<f64> {
    sizes.iter().map(|size| *size as f64).collect()
}
