//! Learning, which needs the training framework: the networks' weights, the index's code. The two share nothing.

pub mod knn;
pub mod network;
