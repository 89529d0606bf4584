//! Fast layers for single-threaded vector units, and the pass that puts them into a tract model.
//!
//! Each layer is plain arithmetic on slices, checked against a scalar reference in `tests/native/fast.rs`.

mod convolution;
mod dense;
mod direct;
pub(crate) mod filtering;
mod geometry;
pub(crate) mod lanes;
mod maps;
mod operators;
mod pool;
mod program;
mod rewrite;
mod scratch;
mod tile;
mod weights;
mod winograd;

pub use convolution::Convolution;
pub use dense::Dense;
pub use geometry::Geometry;
pub use pool::Pool;
pub(super) use program::Program;
pub(super) use rewrite::{Packed, rewrite};
