//! From what was learned and measured to what is committed: ONNX files, the index, the model card, the README's table.

pub mod card;
pub mod knn;
mod marks;
pub mod network;
pub mod onnx;
pub mod readme;
pub mod trials;
