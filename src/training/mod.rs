//! Training as data, which needs no framework: what is trained, by which hyperparameters, and how it went.

pub mod architectures;
pub mod augment;
pub mod history;
pub mod hyperparameters;
pub mod layers;
pub mod trials;
