//! Trained weights → models/NAME.onnx, validated as the file that visitors run, and models/history.json.

use std::fmt;
use std::path::PathBuf;

use rayon::prelude::*;

use super::onnx::{self, Weights};
use crate::error::Result;
use crate::idx::Samples;
use crate::labels::CLASSES;
use crate::manifest::Entry;
use crate::metrics::calibration::{expected_calibration_error, fit_temperature};
use crate::network::{LARGEST_BATCH, Network};
use crate::probabilities::Probabilities;
use crate::sha256::Sha256;
use crate::storage::models::Models;
use crate::training::history::History;
use crate::training::layers::Learned;
use crate::training::trials::Trial;

/// Where to and how.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// The folder of the results.
    pub models: &'a Models,
    /// How weights are stored.
    pub weights: Weights,
    /// What the network learned from.
    pub dataset_sha256: Sha256,
    /// The command that makes the file, without the program's name.
    pub command: &'a str,
    /// The temperature where no validation images are there to fit one; 1 when `None`.
    pub temperature: Option<f64>,
}

/// What was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Exported {
    /// The ONNX file.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: usize,
    /// The share of the validation images that the file, run by the reader of this crate, answers rightly; `None` when
    /// there are none.
    pub validation_accuracy: Option<f64>,
    /// Its expected calibration error on them, at the temperature that was fitted to them.
    pub calibration_error: Option<f64>,
    /// The same accuracy of the weights in memory, after the last epoch.
    pub in_memory: Option<f64>,
}

/// Writes the network of these layers and its history, and validates the file that it wrote.
///
/// # Errors
/// Those of [`Models::publish`]; [`Blame::Network`](crate::error::Blame::Network) when the
/// written file cannot be run.
pub fn export(layers: &[Learned], history: &History, validation: &Samples, target: &Target<'_>) -> Result<Exported> {
    let role = history.architecture.name();
    let plain = onnx::metadata(history, target.dataset_sha256, 1.0)?;
    let network = Network::from_onnx(&onnx::write(role, layers, target.weights, &plain)?)?;
    let logits = logits(&network, validation)?;
    let (validation_accuracy, calibration_error, temperature) = if validation.is_empty() {
        (None, None, target.temperature.unwrap_or(1.0))
    } else {
        let temperature = fit_temperature(validation.labels(), &logits)?;
        let predicted = probabilities(&logits, temperature as f32)?;
        let error = expected_calibration_error(validation.labels(), &predicted)?;
        (Some(accuracy(&predicted, validation)), Some(error), temperature)
    };
    let mut metadata = onnx::metadata(history, target.dataset_sha256, temperature)?;
    metadata.extend(validation_accuracy.map(|accuracy| ("validation_accuracy", accuracy.to_string())));
    let in_memory = history.epochs.last().and_then(|epoch| epoch.validation_accuracy);
    metadata.extend(in_memory.map(|accuracy| ("validation_accuracy_f32", accuracy.to_string())));
    let file = onnx::write(role, layers, target.weights, &metadata)?;
    let name = format!("{role}.onnx");
    let hyperparameters = &history.hyperparameters;
    let mut provenance = format!(
        "vitrine {} {}, stopped after epoch {}",
        env!("CARGO_PKG_VERSION"),
        target.command,
        history.epochs.len()
    );
    if !hyperparameters.teachers.is_empty() {
        provenance +=
            &format!("; {} of each target by {}", hyperparameters.distillation, hyperparameters.teachers.join(" and "));
    }
    let entry = Entry { seed: hyperparameters.seed, provenance, ..Entry::new(role, &name, &file) };
    target.models.publish(entry, &file, target.dataset_sha256)?;
    let stored = layers.iter().filter_map(Learned::parameters).map(|of| of.weight.len() + of.bias.len()).sum();
    History { parameters: stored, ..history.clone() }.merge_into(target.models)?;
    Ok(Exported {
        path: target.models.path().join(name),
        bytes: file.len(),
        validation_accuracy,
        calibration_error,
        in_memory,
    })
}

impl Exported {
    /// The run as a trial; `None` without validation images.
    pub fn trial(&self, history: &History) -> Option<Trial> {
        let hyperparameters = &history.hyperparameters;
        Some(Trial {
            network: history.architecture.name().to_owned(),
            epochs: history.epochs.len(),
            seed: hyperparameters.seed,
            teachers: hyperparameters.teachers.len(),
            training_images: history.training_images,
            validation_accuracy: self.in_memory?,
            file_accuracy: self.validation_accuracy?,
            calibration_error: self.calibration_error?,
            seconds: history.total_seconds,
        })
    }
}

fn logits(network: &Network, samples: &Samples) -> Result<Vec<[f32; CLASSES]>> {
    let starts: Vec<usize> = (0..samples.len()).step_by(LARGEST_BATCH).collect();
    let batches = starts.par_iter().map(|&start| network.logits(&samples.batch(start, LARGEST_BATCH)));
    Ok(batches.collect::<Result<Vec<Vec<_>>>>()?.concat())
}

fn probabilities(logits: &[[f32; CLASSES]], temperature: f32) -> Result<Vec<Probabilities>> {
    logits.iter().map(|row| Probabilities::from_logits(row, temperature)).collect()
}

fn accuracy(predicted: &[Probabilities], samples: &Samples) -> f64 {
    let right = predicted.iter().zip(samples.labels()).filter(|(probabilities, label)| probabilities.best() == **label);
    right.count() as f64 / samples.len() as f64
}

impl fmt::Display for Exported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} bytes", self.path.display(), self.bytes)?;
        if let Some(accuracy) = self.validation_accuracy {
            write!(f, ", validation accuracy {accuracy:.4}")?;
        }
        if let Some(error) = self.calibration_error {
            write!(f, ", calibration error {error:.4}")?;
        }
        self.in_memory.map_or(Ok(()), |accuracy| write!(f, " (weights in memory {accuracy:.4})"))
    }
}
