//! What a stranger's ONNX file may ask for.

use crate::error::{Blame, Error, Result};

/// Limits on an ONNX file, as those of the `image` crate are on a picture: past them it is refused, before anything is
/// allocated for what it asks.
///
/// The default leaves room for honest classifiers of 28×28 images (multilayer perceptrons, LeNet, residual and separable
/// convolutions up to eight million parameters) and keeps memory below a gigabyte. `docs/onnx.md` has its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Bytes of the file.
    pub bytes: usize,
    /// Messages within messages: a tensor is in an attribute, in a node, in a graph, in the model.
    pub depth: usize,
    /// Messages and texts in all.
    pub messages: usize,
    /// Numbers that the messages list: sizes, attributes, and weights where they are no raw bytes.
    pub numbers: usize,
    /// Nodes of the graph.
    pub nodes: usize,
    /// Axes of a tensor.
    pub rank: usize,
    /// Taps of the window of a pool or a convolution.
    pub window: usize,
    /// Values of one tensor, stored or computed for one image.
    pub tensor: usize,
    /// Values of all tensors, stored and computed for one image.
    pub values: usize,
    /// Multiplications and additions for one image.
    pub multiply_adds: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            bytes: 32 << 20,
            depth: 16,
            messages: 1 << 17,
            numbers: 1 << 23,
            nodes: 2048,
            rank: 8,
            window: 1 << 12,
            tensor: 1 << 23,
            values: 1 << 25,
            multiply_adds: 1 << 30,
        }
    }
}

/// The error for `got` of something of which there may be `most`.
pub(super) fn exceeded(subject: impl std::fmt::Display, what: &str, most: usize, got: u64) -> Error {
    Error::new(Blame::Limit, subject).expected(format!("at most {most} {what}")).got(got)
}

/// # Errors
/// [`Blame::Limit`] when `got` is more than `most`.
pub(super) fn within(what: &str, most: usize, got: usize) -> Result<()> {
    if got > most { Err(exceeded("ONNX file", what, most, got as u64)) } else { Ok(()) }
}
