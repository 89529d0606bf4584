//! Fast layers for single-threaded vector units, and the pass that puts them into a tract model.
//!
//! Each layer is plain arithmetic on slices, checked against a scalar reference in `tests/native/fast.rs`.

mod convolution;
mod dense;
mod lanes;
mod operators;
mod pool;
mod program;
mod rewrite;
mod scratch;
mod tile;
mod winograd;

pub use convolution::{Convolution, Geometry};
pub use dense::Dense;
pub use pool::Pool;
pub(super) use program::Program;
pub(super) use rewrite::{Layers, rewrite};
