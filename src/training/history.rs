//! models/history.json: how each network learned, epoch by epoch.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::architectures::Architecture;
use super::hyperparameters::Hyperparameters;
use crate::error::Result;
use crate::storage::models::{Document, Models};

/// One pass over the training images.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Epoch {
    /// From 1.
    pub epoch: usize,
    /// Mean training loss, with smoothing, augmentation and dropout.
    pub loss: f64,
    /// Share of the training images answered rightly while learning from them.
    pub accuracy: f64,
    /// Mean cross-entropy of the averaged weights on the validation images, without smoothing.
    pub validation_loss: Option<f64>,
    /// Share of the validation images that the averaged weights answer rightly.
    pub validation_accuracy: Option<f64>,
    /// The learning rate of the last step.
    pub learning_rate: f64,
    /// Wall time, validation included.
    pub seconds: f64,
}

/// How one network was trained.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// Which network.
    pub architecture: Architecture,
    /// How many numbers its file holds.
    pub parameters: usize,
    /// That of its hyperparameters.
    pub seed: u64,
    /// By which.
    // `recipe` in files of 0.1.
    #[serde(alias = "recipe")]
    pub hyperparameters: Hyperparameters,
    /// How many images it learned from.
    pub training_images: usize,
    /// How many it was validated on.
    pub validation_images: usize,
    /// In order.
    pub epochs: Vec<Epoch>,
    /// The best validation accuracy of any epoch; the weights exported are the last epoch's.
    pub best_validation_accuracy: Option<f64>,
    /// Wall time of all epochs, pauses left out.
    pub total_seconds: f64,
    /// What it was trained on.
    pub machine: String,
    /// The run that the validation images were kept from, for one that learned from all images by the same hyperparameters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validated: Option<Box<History>>,
}

impl History {
    /// Adds an epoch and brings the totals up to date.
    pub fn push(&mut self, epoch: Epoch) {
        self.total_seconds += epoch.seconds;
        self.best_validation_accuracy =
            [self.best_validation_accuracy, epoch.validation_accuracy].into_iter().flatten().reduce(f64::max);
        self.epochs.push(epoch);
    }

    /// The wall time of all epochs, those of the validated run before it included.
    pub fn seconds_of_all(&self) -> f64 {
        self.total_seconds + self.validated.as_ref().map_or(0.0, |before| before.seconds_of_all())
    }

    /// Puts this history among the models' [`Histories`], in the place of an earlier one of its network.
    ///
    /// # Errors
    /// Those of [`Models::put`].
    pub fn merge_into(&self, models: &Models) -> Result<()> {
        models.put::<Histories>(self.architecture.name(), self)
    }
}

/// All of history.json: how each network was trained, by the name of its architecture.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Histories(pub BTreeMap<String, History>);

impl Document for Histories {
    const FILE: &'static str = "history.json";
    const SCHEMA: Option<u32> = None;
}

/// The processor's name and how many threads train, for the record.
pub fn machine(backend: &str) -> String {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ")).map(|(_, name)| name);
    let threads = rayon::current_num_threads();
    format!("{}, {threads} threads, burn {backend}", name.unwrap_or(std::env::consts::ARCH))
}
