//! Training a network: its burn module, gradients by the fastest arithmetic there is, epochs, checkpoints, teachers.

pub mod adam;
pub mod arena;
pub mod checkpoint;
pub mod fit;
pub mod framework;
pub mod learner;
pub mod lesson;
pub mod module;
pub mod processor;
pub mod tally;
pub mod teacher;
