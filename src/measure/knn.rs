//! What an index is worth: its accuracy at each k, the radius of the familiar, the fidelity of its thumbnails; and the exact
//! search beside it.

use rayon::prelude::*;

use crate::error::{Blame, Error, Result};
use crate::idx::Samples;
use crate::image::{Image, PIXELS};
use crate::knn::codec::{Decoder, Encoder};
use crate::knn::exact::ExactKnn;
use crate::knn::index::KnnIndex;
use crate::knn::{Neighbour, vote};
use crate::labels::Label;
use crate::metrics::novelty;

/// The numbers of voters among which [`choose_k`] chooses: odd, so that two classes cannot tie.
pub const CANDIDATES: std::ops::RangeInclusive<usize> = 1..=41;

/// Queries that share a pass over the references of an exact search.
const BATCH: usize = 64;

/// The accuracy at each odd k of [`CANDIDATES`], ascending.
///
/// # Errors
/// [`Blame::Parameter`] when there are no samples.
pub fn accuracies(index: &KnnIndex, samples: &Samples) -> Result<Vec<(usize, f64)>> {
    let images = samples.bytes().as_chunks::<PIXELS>().0;
    let nearest = |image| index.nearest(&Image::from_bytes(image), *CANDIDATES.end());
    let found: Vec<Vec<Neighbour>> = images.par_iter().map(nearest).collect();
    let accuracy = |k: usize| {
        let first =
            |neighbours: &Vec<Neighbour>| vote(neighbours.get(..k).unwrap_or(neighbours)).map(|votes| votes.best());
        let predicted: Vec<Label> = found.iter().map(first).collect::<Result<_>>()?;
        Ok((k, share(&predicted, samples.labels())?))
    };
    CANDIDATES.step_by(2).map(accuracy).collect()
}

/// The k of the highest accuracy, the smallest of several, and that accuracy.
///
/// # Errors
/// [`Blame::Parameter`] when there is no candidate.
pub fn choose_k(accuracies: &[(usize, f64)]) -> Result<(usize, f64)> {
    let better = |best: (usize, f64), next: &(usize, f64)| if next.1 > best.1 { *next } else { best };
    let (first, rest) = accuracies
        .split_first()
        .ok_or_else(|| Error::new(Blame::Parameter, "choice of k").expected("at least one candidate").got("none"))?;
    Ok(rest.iter().fold(*first, better))
}

/// The radius of an index: what the distance to the k-th neighbour does not exceed for 95% of these samples, which the
/// index must not have learned from.
///
/// # Errors
/// [`Blame::Parameter`] when there are no samples.
pub fn radius(index: &KnnIndex, samples: &Samples) -> Result<f32> {
    let images = samples.bytes().as_chunks::<PIXELS>().0;
    let farthest = |image| {
        let nearest = index.nearest(&Image::from_bytes(image), index.k());
        nearest.last().map_or(0.0, |neighbour| neighbour.distance)
    };
    novelty::threshold(&images.par_iter().map(farthest).collect::<Vec<f32>>())
}

/// The class that an index gives each sample, by its own k, on all cores.
///
/// # Errors
/// Those of [`KnnIndex::predict`].
pub fn predict(index: &KnnIndex, samples: &Samples) -> Result<Vec<Label>> {
    let images = samples.bytes().as_chunks::<PIXELS>().0;
    let label = |image| vote(&index.nearest(&Image::from_bytes(image), index.k())).map(|votes| votes.best());
    images.par_iter().map(label).collect()
}

/// The class that `k` raw-pixel neighbours give each sample, on all cores; `progress` is told how many are done.
///
/// # Errors
/// Those of [`ExactKnn::nearest`] and [`vote`].
pub fn predict_exact(knn: &ExactKnn, samples: &Samples, k: usize, progress: impl Fn(u64) + Sync) -> Result<Vec<Label>> {
    let batches = samples.bytes().par_chunks(BATCH * PIXELS).map(|queries| {
        let found = knn.nearest(queries, k)?;
        progress(found.len() as u64);
        found.iter().map(|neighbours| vote(neighbours).map(|votes| votes.best())).collect()
    });
    Ok(batches.collect::<Result<Vec<Vec<Label>>>>()?.concat())
}

/// The share of equal labels, in [0, 1].
///
/// # Errors
/// [`Blame::Parameter`] when there are none; [`Blame::Shape`] when there are not as many of one as of the other.
pub fn share(predicted: &[Label], truth: &[Label]) -> Result<f64> {
    if predicted.len() != truth.len() {
        return Err(Error::new(Blame::Shape, "labels").expected(truth.len()).got(predicted.len()));
    }
    if truth.is_empty() {
        return Err(Error::new(Blame::Parameter, "labels").expected("at least one").got("none"));
    }
    let equal = predicted.iter().zip(truth).filter(|(predicted, truth)| predicted == truth).count();
    Ok(equal as f64 / truth.len() as f64)
}

/// How faithful thumbnails are, in dB against a peak of 255 (higher is better).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fidelity {
    /// The mean over images of each one's peak signal-to-noise ratio.
    pub mean_psnr: f64,
    /// The peak signal-to-noise ratio of the mean squared error over all images; below the former.
    pub psnr_of_mean: f64,
}

/// The fidelity of the thumbnails of these samples under a code.
///
/// # Errors
/// [`Blame::Parameter`] when there are no samples.
pub fn fidelity(samples: &Samples, encoder: &Encoder, decoder: &Decoder) -> Result<Fidelity> {
    if samples.is_empty() {
        return Err(Error::new(Blame::Parameter, "thumbnails").expected("at least one").got("none"));
    }
    let images = samples.bytes().as_chunks::<PIXELS>().0;
    let error = |(image, label): (&[u8; PIXELS], &Label)| {
        let thumbnail = decoder.thumbnail(&encoder.reference(image), *label);
        let square = |(a, b): (&u8, &u8)| f64::from(a.abs_diff(*b)).powi(2);
        image.iter().zip(&thumbnail).map(square).sum::<f64>() / PIXELS as f64
    };
    let errors: Vec<f64> = images.par_iter().zip(samples.labels()).map(error).collect();
    // An exact thumbnail counts as one that is a single grey level off in one pixel.
    let psnr = |error: f64| 10.0 * (255.0_f64.powi(2) / error.max(1.0 / PIXELS as f64)).log10();
    let count = errors.len() as f64;
    Ok(Fidelity {
        mean_psnr: errors.iter().map(|error| psnr(*error)).sum::<f64>() / count,
        psnr_of_mean: psnr(errors.iter().sum::<f64>() / count),
    })
}
