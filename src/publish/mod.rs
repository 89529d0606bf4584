//! From what was learned and measured to what is committed: ONNX files, the model card, the README's table.

pub mod card;
#[cfg(feature = "train")]
pub mod network;
#[cfg(feature = "train")]
pub mod onnx;
pub mod readme;
