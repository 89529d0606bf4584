//! Training a network: its burn module, gradients by the fastest arithmetic there is, epochs, checkpoints, teachers.

pub mod checkpoint;
pub mod convolutions;
pub mod fit;
pub mod gradients;
pub mod module;
pub mod teacher;
