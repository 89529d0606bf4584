//! Trained networks that a smaller one learns from.

use std::path::Path;

use rayon::prelude::*;

use crate::error::Result;
use crate::idx::Samples;
use crate::images::Images;
use crate::labels::CLASSES;
use crate::network::{LARGEST_BATCH, Network};
use crate::probabilities::Probabilities;
use crate::sha256::Sha256;
use crate::storage::files;
use crate::storage::models::Models;

/// Keeps the logarithm of a probability finite.
const SMALLEST: f32 = 1e-9;

/// Networks whose mean answer is taught.
#[derive(Default)]
pub struct Teachers {
    networks: Vec<Network>,
    /// File and SHA-256 of each.
    names: Vec<String>,
}

impl Teachers {
    /// Those of these names: roles among `models`, or ONNX files.
    ///
    /// # Errors
    /// Those of [`Models::load`], [`files::read`] and [`Network::from_onnx`].
    pub fn named(models: &Models, names: &[String]) -> Result<Self> {
        let mut teachers = Self::default();
        for name in names {
            let (file, bytes) = if name.ends_with(".onnx") {
                (name.clone(), files::read(Path::new(name))?)
            } else {
                let (entry, bytes) = models.load(name)?;
                (entry.path, bytes)
            };
            teachers.networks.push(Network::from_onnx(&bytes).map_err(|error| error.within(&file))?);
            teachers.names.push(format!("{file} {}", Sha256::of(&bytes)));
        }
        Ok(teachers)
    }

    /// File and SHA-256 of each, for the record.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.networks.is_empty()
    }

    /// The mean of their probabilities for each sample and its mirror image. They are asked once, before the training,
    /// so that a thousand distortions of an image cost no more than one, and never again: `folder` keeps their answers under the
    /// sum of what they are and what they were asked.
    ///
    /// # Errors
    /// Those of [`Network::probabilities`]; [`Blame::Io`](crate::error::Blame::Io) when the answers cannot be kept.
    pub fn answers(&self, samples: &Samples, folder: Option<&Path>) -> Result<Vec<Probabilities>> {
        if self.is_empty() {
            return Ok(Vec::new());
        }
        let asked = [self.names.join("\n").as_bytes(), samples.bytes()].concat();
        let kept = folder.map(|folder| folder.join(format!("answers-{}", Sha256::of(&asked))));
        let logits = match kept.as_deref().and_then(|path| restored(path, samples.len())) {
            Some(logits) => logits,
            None => {
                let logits = self.logits(samples)?;
                if let Some(path) = &kept {
                    keep(path, &logits)?;
                }
                logits
            }
        };
        logits.iter().map(|logits| Probabilities::from_logits(logits, 1.0)).collect()
    }

    /// The logarithms of what [`Self::answers`] gives.
    fn logits(&self, samples: &Samples) -> Result<Vec<[f32; CLASSES]>> {
        let upright = samples.batch(0, samples.len());
        let both = self.say(&upright)?.into_iter().zip(self.say(&upright.mirrored())?);
        let mean = |[a, b]: [f32; 2]| (0.5 * (a + b)).max(SMALLEST).ln();
        let answer = |(upright, mirrored): (Probabilities, Probabilities)| -> [f32; CLASSES] {
            std::array::from_fn(|class| mean([upright.values()[class], mirrored.values()[class]]))
        };
        Ok(both.map(answer).collect())
    }

    /// The mean of their probabilities for each image, at their own temperatures.
    fn say(&self, images: &Images<'_>) -> Result<Vec<Probabilities>> {
        let starts: Vec<usize> = (0..images.len()).step_by(LARGEST_BATCH).collect();
        let pieces: Vec<Vec<Probabilities>> = starts
            .into_par_iter()
            .map(|start| {
                let piece = images.slice(start, LARGEST_BATCH);
                let mut sums = vec![[0.0_f32; CLASSES]; piece.len()];
                for network in &self.networks {
                    for (sum, said) in sums.iter_mut().zip(network.probabilities(&piece)?) {
                        sum.iter_mut().zip(said.values()).for_each(|(sum, value)| *sum += value);
                    }
                }
                // A logarithm's softmax is the thing itself, made to add up to 1.
                let mean =
                    |sum: &[f32; CLASSES]| Probabilities::from_logits(&sum.map(|sum| sum.max(SMALLEST).ln()), 1.0);
                sums.iter().map(mean).collect()
            })
            .collect::<Result<_>>()?;
        Ok(pieces.concat())
    }
}

/// Writes answers behind their sum.
fn keep(path: &Path, logits: &[[f32; CLASSES]]) -> Result<()> {
    let bytes: Vec<u8> = logits.as_flattened().iter().flat_map(|logit| logit.to_le_bytes()).collect();
    let sum = Sha256::of(&bytes).to_string();
    files::write(path, &[sum.as_bytes(), &bytes].concat())
}

/// What [`keep`] wrote for so many images; `None` where it is not there, or not whole.
fn restored(path: &Path, images: usize) -> Option<Vec<[f32; CLASSES]>> {
    let bytes = path.exists().then(|| files::read(path).ok()).flatten()?;
    let (sum, bytes) = bytes.split_at_checked(64)?;
    let is_whole =
        bytes.len() == images * CLASSES * size_of::<f32>() && sum == Sha256::of(bytes).to_string().as_bytes();
    let values = bytes.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes));
    is_whole.then(|| values.collect::<Vec<f32>>().as_chunks().0.to_vec())
}
