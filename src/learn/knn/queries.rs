//! Queries beside the images themselves: images that are changed, drawings, and what is no garment.

use rayon::prelude::*;

use super::settings::Settings;
use crate::drawings::{self, Other, Set};
use crate::error::Result;
use crate::idx::Samples;
use crate::image::PIXELS;
use crate::knn::features::{FEATURES, features};
use crate::labels::Label;
use crate::random::Stream;

/// What is asked for its neighbours, and is nobody's neighbour.
#[derive(Debug, Clone)]
pub struct Query {
    /// Centred.
    pub features: Vec<f32>,
    /// The class that its neighbours should have; a stranger should have none.
    pub label: Option<Label>,
    /// The position in its batch of the image that it was made of.
    pub of: Option<usize>,
}

impl Query {
    fn new(pixels: &[f32; PIXELS], mean: &[f32], label: Option<Label>, of: Option<usize>) -> Self {
        let centred: [f32; FEATURES] = features(pixels);
        Self { features: centred.iter().zip(mean).map(|(value, mean)| value - mean).collect(), label, of }
    }
}

/// The first `count` drawings to learn from.
///
/// # Errors
/// Those of [`drawings::garments`].
pub fn drawn(count: usize, mean: &[f32]) -> Result<Vec<Query>> {
    let drawings = drawings::garments(Set::Training, count)?;
    Ok(drawings.par_iter().map(|drawing| Query::new(drawing.image.pixels(), mean, Some(drawing.label), None)).collect())
}

/// Drawings of no garment, as many as there are to learn from.
///
/// # Errors
/// Those of [`Other::images`].
pub fn strangers(mean: &[f32]) -> Result<Vec<Query>> {
    let kinds: Vec<Vec<Query>> = Other::ALL
        .par_iter()
        .map(|kind| {
            let images = kind.images(Set::Training)?;
            Ok(images.rows().iter().map(|pixels| Query::new(pixels, mean, None, None)).collect())
        })
        .collect::<Result<_>>()?;
    Ok(kinds.concat())
}

/// A share of the images at these indices, changed.
pub fn changed(samples: &Samples, indices: &[usize], share: f32, mean: &[f32], stream: &mut Stream) -> Vec<Query> {
    // Those of a batch are in no order: its first are as good as any.
    let count = (indices.len() as f32 * share).round() as usize;
    if count == 0 {
        return Vec::new();
    }
    let seed = stream.below(usize::MAX) as u64;
    let change = |(position, &index): (usize, &usize)| {
        let mut stream = Stream::new(seed, position as u64);
        let pixels = Settings::CHANGES.apply(samples.image_bytes(index)?, &mut stream);
        Some(Query::new(&pixels, mean, Some(samples.labels()[index]), Some(position)))
    };
    indices[..count].par_iter().enumerate().filter_map(change).collect()
}
