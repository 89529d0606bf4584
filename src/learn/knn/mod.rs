//! Learning the code of the KNN index: its encoder, its metric and its decoder.

pub mod fit;
mod objective;
mod principal;
mod queries;
pub mod settings;
