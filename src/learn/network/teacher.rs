//! Trained networks that a smaller one learns from.

use rayon::prelude::*;

use crate::error::Result;
use crate::idx::Samples;
use crate::images::Images;
use crate::labels::CLASSES;
use crate::network::{LARGEST_BATCH, Network};
use crate::probabilities::Probabilities;
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
    /// Those with these roles among `models`.
    ///
    /// # Errors
    /// Those of [`Models::load`] and [`Network::from_onnx`].
    pub fn of_roles(models: &Models, roles: &[String]) -> Result<Self> {
        let mut teachers = Self::default();
        for role in roles {
            let (entry, bytes) = models.load(role)?;
            teachers.networks.push(Network::from_onnx(&bytes).map_err(|error| error.within(&entry.path))?);
            teachers.names.push(format!("{} {}", entry.path, entry.sha256));
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
    /// so that a thousand distortions of an image cost no more than one.
    ///
    /// # Errors
    /// Those of [`Network::probabilities`].
    pub fn lessons(&self, samples: &Samples) -> Result<Vec<Probabilities>> {
        if self.is_empty() {
            return Ok(Vec::new());
        }
        let upright = samples.batch(0, samples.len());
        let both = self.say(&upright)?.into_iter().zip(self.say(&upright.mirrored())?);
        let mean = |[a, b]: [f32; 2]| (0.5 * (a + b)).max(SMALLEST).ln();
        let lesson = |upright: Probabilities, mirrored: Probabilities| {
            let logits: [f32; CLASSES] =
                std::array::from_fn(|class| mean([upright.values()[class], mirrored.values()[class]]));
            Probabilities::from_logits(&logits, 1.0)
        };
        both.map(|(upright, mirrored)| lesson(upright, mirrored)).collect()
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
