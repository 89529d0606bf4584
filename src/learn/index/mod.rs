//! Making the KNN index: learning its code, choosing k, storing every training image, measuring all of it.

pub mod build;
#[cfg(feature = "train")]
pub mod learn;
#[cfg(feature = "train")]
mod objective;
#[cfg(feature = "train")]
mod principal;
