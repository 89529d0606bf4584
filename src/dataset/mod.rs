//! Fashion-MNIST as published: where it lies, how it is fetched, how it is split.

pub mod download;
pub mod folder;
pub mod split;
