//! Measuring models and data: scores on the test set, under corruption and on what is no garment; the training images
//! themselves.

pub mod answers;
pub mod classifier;
pub mod corruption;
pub mod drawings;
pub mod eda;
pub mod evaluate;
pub mod knn;
pub mod statistics;
pub mod suspects;
pub mod unseen;
