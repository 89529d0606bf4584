//! Labels that an image's neighbours contradict.

use ndarray::{ArrayView2, Axis};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::{Blame, Error, Result};
use crate::idx::Samples;
use crate::image::{PIXELS, unit_from_byte};
use crate::knn::features::{FEATURES, features};
use crate::labels::{CLASSES, Label};

/// Neighbours that vote on each image.
pub const VOTERS: usize = 30;

/// Queries that share a pass over the images.
const BLOCK: usize = 64;

/// An image whose label its neighbours contradict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Suspect {
    /// Its place in the training set.
    pub index: usize,
    /// Its label.
    pub label: String,
    /// The class of most of its neighbours.
    pub suggested: String,
    /// The share of its neighbours with its label: how far they trust it.
    pub confidence: f64,
    /// The share of its neighbours with the suggested one.
    pub support: f64,
    /// The reference that it became in the index, whose thumbnail shows it; none before there is an index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<usize>,
}

/// The `count` images whose labels their neighbours trust least: first those with the least confidence, then those with
/// the most support for another class, then the first.
///
/// Cross-validation leaving one out: each image's [`VOTERS`] nearest others vote, by Euclidean distance between the
/// features of `knn::features`, from which nothing was learned.
///
/// # Errors
/// [`Blame::Internal`] when the features make no matrix.
pub fn suspects(samples: &Samples, count: usize) -> Result<Vec<Suspect>> {
    let images = samples.bytes().as_chunks::<PIXELS>().0;
    let rows: Vec<[f32; FEATURES]> = images.par_iter().map(|image| features(&image.map(unit_from_byte))).collect();
    let all = ArrayView2::from_shape((rows.len(), FEATURES), rows.as_flattened())
        .map_err(|error| Error::new(Blame::Internal, "features").got(error))?;
    let norms: Vec<f32> = rows.par_iter().map(|row| row.iter().map(|value| value * value).sum()).collect();
    let blocks: Vec<usize> = (0..rows.len()).step_by(BLOCK).collect();
    let doubted = blocks.into_par_iter().flat_map_iter(|start| {
        let end = (start + BLOCK).min(rows.len());
        let products = all.slice_axis(Axis(0), (start..end).into()).dot(&all.t());
        let query = |(index, products): (usize, ndarray::ArrayView1<'_, f32>)| {
            let closeness = norms.iter().zip(products).map(|(norm, product)| norm - 2.0 * product);
            doubt(start + index, closeness, samples.labels())
        };
        products.axis_iter(Axis(0)).enumerate().filter_map(query).collect::<Vec<_>>()
    });
    let mut doubted: Vec<Suspect> = doubted.collect();
    doubted.sort_by(|a, b| {
        let by_trust = a.confidence.total_cmp(&b.confidence).then(b.support.total_cmp(&a.support));
        by_trust.then(a.index.cmp(&b.index))
    });
    doubted.truncate(count);
    Ok(doubted)
}

/// What the nearest others say of one image, when it is not its label. `closeness` orders all images by distance.
fn doubt(index: usize, closeness: impl Iterator<Item = f32>, labels: &[Label]) -> Option<Suspect> {
    let mut others: Vec<(f32, usize)> = closeness.zip(0..).filter(|(_, other)| *other != index).collect();
    let voters = VOTERS.min(others.len());
    if voters < others.len() {
        others.select_nth_unstable_by(voters, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    }
    let mut votes = [0_usize; CLASSES];
    others[..voters].iter().for_each(|(_, other)| votes[labels[*other].index()] += 1);
    let label = labels[index];
    let (suggested, most) = Label::all()
        .map(|label| (label, votes[label.index()]))
        .max_by_key(|(label, count)| (*count, std::cmp::Reverse(label.index())))?;
    let share = |count: usize| count as f64 / voters.max(1) as f64;
    (suggested != label && most > 0).then(|| Suspect {
        index,
        label: label.name().to_owned(),
        suggested: suggested.name().to_owned(),
        confidence: share(votes[label.index()]),
        support: share(most),
        reference: None,
    })
}
