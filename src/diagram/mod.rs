//! A model as people draw it, a box a layer: read from its file, whether that holds a network or an index.

pub mod knn;
pub mod network;

use crate::network::describe::TensorInfo;

/// One box.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LayerInfo {
    /// The node's name. Two may share one.
    pub name: String,
    /// Its operator.
    pub operator: String,
    /// What is special about it.
    pub detail: Option<LayerDetail>,
    /// The operator of its activation.
    pub activation: Option<String>,
    /// Its output for one image, where it is known.
    pub output: Option<TensorInfo>,
    /// Its stored tensors.
    pub weights: Vec<TensorInfo>,
    /// How many weights and biases it has; the scales of quantised weights are none.
    pub parameters: usize,
    /// How many numbers it looks up that nothing has learned: an index's codes.
    pub stored: usize,
    /// Which layers' outputs it takes, counted from the first; the caller's input is none.
    pub sources: Vec<usize>,
}

/// What is special about a layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LayerDetail {
    /// A window slides over its input.
    Window {
        /// The window's height and width; empty where the file does not say.
        kernel: Vec<i64>,
        /// The larger of its steps down and across.
        stride: i64,
    },
    /// What is made of the pixels.
    Features {
        /// Square roots of pixels.
        roots: usize,
        /// Places of histograms of gradients.
        gradients: usize,
    },
    /// A linear layer, and a hidden one beside it.
    Encoder {
        /// Units of the hidden layer.
        hidden: usize,
    },
    /// The references that are searched.
    Search {
        /// How many.
        references: usize,
    },
    /// The neighbours that vote.
    Vote {
        /// How many.
        neighbours: usize,
    },
}
