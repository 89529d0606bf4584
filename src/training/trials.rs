//! models/trials.json: what each run that was tried reached on the validation images.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::storage::models::Document;

/// One whole run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trial {
    /// Its architecture's name.
    pub network: String,
    /// Passes over the training images, those of the runs that it goes on from included.
    pub epochs: usize,
    /// That of its hyperparameters.
    pub seed: u64,
    /// How many networks taught it.
    pub teachers: usize,
    /// How many images it learned from.
    pub training_images: usize,
    /// The share of the validation images that the averaged weights answer rightly.
    pub validation_accuracy: f64,
    /// The same of the file, whose weights may be stored in fewer bits.
    pub file_accuracy: f64,
    /// The file's expected calibration error on them, at the temperature that was fitted to them.
    pub calibration_error: f64,
    /// Wall time of all epochs.
    pub seconds: f64,
}

/// All of trials.json, by the command of each: the same command again takes its trial's place.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Trials(pub BTreeMap<String, Trial>);

impl Document for Trials {
    const FILE: &'static str = "trials.json";
    const SCHEMA: Option<u32> = None;
}
