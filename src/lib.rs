//! Vitrine classifies 28×28 images of garments with three kinds of model and says why.
//!
//! Data flows one way; nothing on the left names anything on its right:
//!
//! ```text
//! trainer ──▶ models/ ──▶ core ──▶ web (wasm boundary) ──▶ engine (worker) ──▶ page
//! native      files       pure     the only
//!             on disk     Rust     #[wasm_bindgen]
//! ```
//!
//! The trainer is `storage`, `dataset`, `drawings`, `training`, `learn`, `measure` and `publish`. *Core* is every other module but `web`.
//! It knows no clock, no file and no JavaScript: bytes in, values out.
//!
//! Units: pixels are `f32` in [0, 1] with ink = 1 on an empty ground of 0; image batches are `(N, 784)` or
//! `(N, 1, 28, 28)`, row-major; distances are Euclidean; sizes are bytes.

pub mod diagram;
pub mod distort;
pub mod error;
pub mod idx;
pub mod image;
pub mod images;
pub mod knn;
pub mod labels;
pub mod manifest;
pub mod metrics;
pub mod network;
pub mod onnx;
pub mod preprocess;
pub mod printable;
pub mod probabilities;
pub mod random;
pub mod sha256;

#[cfg(not(target_arch = "wasm32"))]
pub mod dataset;
#[cfg(not(target_arch = "wasm32"))]
pub mod drawings;
#[cfg(all(feature = "train", not(target_arch = "wasm32")))]
pub mod learn;
#[cfg(not(target_arch = "wasm32"))]
pub mod measure;
#[cfg(not(target_arch = "wasm32"))]
pub mod publish;
#[cfg(not(target_arch = "wasm32"))]
pub mod storage;
#[cfg(not(target_arch = "wasm32"))]
pub mod training;
#[cfg(target_arch = "wasm32")]
pub mod web;

pub use error::{Error, Result};
pub use image::Image;
pub use images::Images;
pub use labels::Label;
pub use probabilities::Probabilities;
