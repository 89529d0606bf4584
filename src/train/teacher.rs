//! Trained networks that a smaller one learns from.

use rayon::prelude::*;

use super::models::Models;
use crate::error::Result;
use crate::image::PIXELS;
use crate::labels::CLASSES;
use crate::network::{LARGEST_BATCH, Network};
use crate::probabilities::Probabilities;

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

    /// The mean of their probabilities for images `(N, 784)` in [0, 1], at their own temperatures.
    ///
    /// # Errors
    /// Those of [`Network::probabilities`].
    pub fn say(&self, pixels: &[f32]) -> Result<Vec<Probabilities>> {
        let pieces: Vec<Vec<Probabilities>> = pixels
            .par_chunks(LARGEST_BATCH * PIXELS)
            .map(|piece| {
                let mut sums = vec![[0.0_f32; CLASSES]; piece.len() / PIXELS];
                for network in &self.networks {
                    for (sum, said) in sums.iter_mut().zip(network.probabilities(piece)?) {
                        sum.iter_mut().zip(said.values()).for_each(|(sum, value)| *sum += value);
                    }
                }
                // A logarithm's softmax is the thing itself, made to add up to 1.
                let mean = |sum: &[f32; CLASSES]| Probabilities::from_logits(&sum.map(|sum| sum.max(1e-9).ln()), 1.0);
                sums.iter().map(mean).collect()
            })
            .collect::<Result<_>>()?;
        Ok(pieces.concat())
    }
}
