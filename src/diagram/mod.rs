//! A model as people draw it, a box a layer: read from its file, whether that holds a network or an index.

pub mod knn;
pub mod network;

/// One box.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layer {
    /// The node's name.
    pub name: String,
    /// Its operator.
    pub operator: String,
    /// What is special about it, such as `3×3, stride 2`; empty when nothing is.
    pub detail: String,
    /// The operator of its activation; empty when it has none.
    pub activation: String,
    /// The shape of its output for one image, such as `(1, 64, 28, 28)`; empty when unknown.
    pub shape: String,
    /// The type of its output, such as `f32`; empty when unknown.
    pub dtype: String,
    /// The types and shapes of its stored tensors, such as `INT8 (64, 1, 3, 3)`.
    pub weights: Vec<String>,
    /// How many weights and biases it has; the scales of quantised weights are none.
    pub parameters: usize,
    /// The names of the layers whose output it takes; the caller's input has none.
    pub sources: Vec<String>,
}
