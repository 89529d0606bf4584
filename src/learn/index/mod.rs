//! Learning the code of the KNN index: its encoder, its metric and its decoder.

pub mod learn;
mod objective;
mod principal;
