//! What lies on the disk: whole files, and the folder `models/` with its manifest.

pub mod files;
pub mod models;
