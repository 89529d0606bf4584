//! All native tests in one binary (linking tract once), a module per subject.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod activations;
mod cli;
#[cfg(all(feature = "train", unix))]
mod cli_index;
#[cfg(all(feature = "train", unix))]
mod cli_train;
mod corruption;
mod data;
mod declared;
mod diagram;
mod differential;
mod distort;
mod download;
mod drawings;
mod eda;
mod evaluate;
mod fast;
mod graphs;
mod hostile;
mod idx;
mod knn;
mod knn_data;
mod knn_index;
mod layers;
#[cfg(feature = "train")]
mod learn_gradients;
#[cfg(feature = "train")]
mod learn_knn;
#[cfg(feature = "train")]
mod learn_network;
mod limits;
mod made;
mod manifest;
mod metrics;
mod mutants;
mod network;
mod networks;
mod onnx;
mod operators;
mod photographs;
mod pictures;
mod preprocess;
mod printable;
mod program;
mod readme;
mod rooms;
mod storage;
mod training;
mod unseen;
