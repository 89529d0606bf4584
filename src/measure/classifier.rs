//! A network or an index under one name, run on many images by all cores.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use rayon::prelude::*;

use crate::error::Result;
use crate::idx::Samples;
use crate::images::Images;
use crate::knn::index::KnnIndex;
use crate::labels::{CLASSES, Label};
use crate::manifest::Entry;
use crate::network::Network;
use crate::probabilities::Probabilities;
use crate::storage::models::Models;

/// The role of the index in the manifest; every other role is a network's.
pub const INDEX_ROLE: &str = "knn";

/// Images per task: enough to drown the cost of handing it out, few enough that no core waits long at the end.
const BATCH: usize = 128;

/// What answers with ten probabilities.
pub enum Classifier {
    /// A network, from an ONNX file.
    Network(Box<Network>),
    /// The nearest neighbours, from an index file.
    Knn(Box<KnnIndex>),
}

/// What a classifier says of N images.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers {
    /// Ten probabilities an image.
    pub probabilities: Vec<Probabilities>,
    /// Ten logits an image; an index has none.
    pub logits: Option<Vec<[f32; CLASSES]>>,
    /// Wall time on all cores.
    pub seconds: f64,
}

impl Classifier {
    /// The classifier of this role, verified against the manifest.
    ///
    /// # Errors
    /// Those of [`Models::load`], [`Network::from_onnx`] and [`KnnIndex::from_bytes`].
    pub fn of_role(models: &Models, role: &str) -> Result<Self> {
        let (entry, bytes) = models.load(role)?;
        Self::from_bytes(&entry, &bytes)
    }

    /// The classifier in the bytes of the file that this entry describes.
    ///
    /// # Errors
    /// Those of [`Network::from_onnx`] and [`KnnIndex::from_bytes`].
    pub fn from_bytes(entry: &Entry, bytes: &[u8]) -> Result<Self> {
        let parsed = if entry.role == INDEX_ROLE {
            KnnIndex::from_bytes(bytes).map(Box::new).map(Self::Knn)
        } else {
            Self::from_onnx(bytes)
        };
        parsed.map_err(|error| error.within(&entry.path))
    }

    /// The classifier of an ONNX file.
    ///
    /// # Errors
    /// Those of [`Network::from_onnx`].
    pub fn from_onnx(bytes: &[u8]) -> Result<Self> {
        Network::from_onnx(bytes).map(Box::new).map(Self::Network)
    }

    /// What the logits are divided by; an index has none.
    pub fn temperature(&self) -> Option<f64> {
        match self {
            Self::Network(network) => Some(f64::from(network.metadata().temperature)),
            Self::Knn(_) => None,
        }
    }

    /// The validation accuracy of the file and of the f32 weights that it stores, where it says so.
    pub fn validation(&self) -> Option<[f64; 2]> {
        let Self::Network(network) = self else { return None };
        let property = |key: &str| network.metadata().get(key)?.parse().ok();
        Some([property("validation_accuracy")?, property("validation_accuracy_f32")?])
    }

    /// Classifies images.
    ///
    /// # Errors
    /// Those of [`Network::probabilities`] and [`KnnIndex::predict`].
    pub fn probabilities(&self, images: &Images<'_>) -> Result<Vec<Probabilities>> {
        match self {
            Self::Network(network) => network.probabilities(images),
            Self::Knn(index) => index.predict(images),
        }
    }

    /// Classifies all of `samples` on all cores; `progress` is told how many are done.
    ///
    /// # Errors
    /// Those of [`Self::probabilities`].
    pub fn answer(&self, samples: &Samples, progress: &(dyn Fn(usize) + Sync)) -> Result<Answers> {
        let (began, done) = (Instant::now(), AtomicUsize::new(0));
        let starts: Vec<usize> = (0..samples.len()).step_by(BATCH).collect();
        let batches: Vec<(Vec<Probabilities>, Vec<[f32; CLASSES]>)> = starts
            .into_par_iter()
            .map(|start| {
                let answered = self.batch(&samples.batch(start, BATCH))?;
                let count = answered.0.len();
                progress(done.fetch_add(count, Ordering::Relaxed) + count);
                Ok(answered)
            })
            .collect::<Result<_>>()?;
        let seconds = began.elapsed().as_secs_f64();
        let (probabilities, logits): (Vec<_>, Vec<_>) = batches.into_iter().unzip();
        let logits = matches!(self, Self::Network(_)).then(|| logits.concat());
        Ok(Answers { probabilities: probabilities.concat(), logits, seconds })
    }

    /// The most probable class of each image, on all cores.
    ///
    /// # Errors
    /// Those of [`Self::probabilities`].
    pub fn labels(&self, images: &Images<'_>) -> Result<Vec<Label>> {
        let starts: Vec<usize> = (0..images.len()).step_by(BATCH).collect();
        let answers = starts.into_par_iter().map(|start| self.probabilities(&images.slice(start, BATCH)));
        Ok(answers.collect::<Result<Vec<_>>>()?.concat().iter().map(Probabilities::best).collect())
    }

    /// The share of right answers for images whose labels come first in `labels`, on all cores.
    ///
    /// # Errors
    /// Those of [`Self::probabilities`].
    pub fn accuracy(&self, images: &Images<'_>, labels: &[Label]) -> Result<f64> {
        let right = self.labels(images)?.iter().zip(labels).filter(|(answer, label)| answer == label).count();
        Ok(right as f64 / images.len().max(1) as f64)
    }

    fn batch(&self, images: &Images<'_>) -> Result<(Vec<Probabilities>, Vec<[f32; CLASSES]>)> {
        match self {
            Self::Knn(index) => Ok((index.predict(images)?, Vec::new())),
            Self::Network(network) => {
                let rows = network.logits(images)?;
                let temperature = network.metadata().temperature;
                let probabilities = rows.iter().map(|row| Probabilities::from_logits(row, temperature));
                Ok((probabilities.collect::<Result<_>>()?, rows))
            }
        }
    }
}

impl Answers {
    /// The most probable class of each image.
    pub fn best(&self) -> Vec<Label> {
        self.probabilities.iter().map(Probabilities::best).collect()
    }
}
