//! How a dense layer's weights lie in memory: as they are, or in half as many bytes where that loses nothing. Fetching them takes
//! longer than multiplying them does.

use std::fmt::Debug;

use pulp::Simd;

use super::lanes::{Lanes, vectors, words};

/// Vectors of a row: more than eight accumulators hide the latency of a product, ten share the cost of fetching an input's value,
/// and divide the MLP's layers. Even: two lie in a vector of words.
pub(super) const ACROSS: usize = 10;

/// How far a weight may lie from a multiple of its step, as a share of it: both were rounded, and so are the quotient and the
/// product that compare them, each by up to 2^-24.
const ROUNDING: f32 = 1.0 / (1 << 22) as f32;

/// Rows of [`ACROSS`] vectors of weights.
pub(super) trait Stored<S: Simd>: Debug + Send + Sync {
    /// As it lies in memory.
    type Row;

    /// All rows.
    fn rows(&self) -> &[Self::Row];

    /// The vector at this place of a row.
    fn vector(lanes: Lanes<S>, row: &Self::Row, place: usize) -> S::f32s;
}

/// As floats.
#[derive(Debug)]
pub(super) struct Whole(pub Vec<f32>);

/// As the upper halves of floats, which tell whole numbers up to 256: those of a vector and of the next in one vector of words.
#[derive(Debug)]
pub(super) struct Halves(Vec<u32>);

impl<S: Simd> Stored<S> for Whole {
    type Row = [S::f32s; ACROSS];

    #[inline(always)]
    fn rows(&self) -> &[Self::Row] {
        vectors::<S>(&self.0).as_chunks().0
    }

    #[inline(always)]
    fn vector(_: Lanes<S>, row: &Self::Row, place: usize) -> S::f32s {
        row[place]
    }
}

impl Halves {
    /// Of rows of whole numbers.
    pub(super) fn new<S: Simd>(rows: &[f32]) -> Self {
        let pairs = rows.chunks_exact(2 * S::F32_LANES).map(|pair| pair.split_at(S::F32_LANES));
        let words = pairs.flat_map(|(upper, lower)| upper.iter().zip(lower));
        Self(words.map(|(upper, lower)| upper.to_bits() | lower.to_bits() >> 16).collect())
    }
}

impl<S: Simd> Stored<S> for Halves {
    type Row = [S::u32s; ACROSS / 2];

    #[inline(always)]
    fn rows(&self) -> &[Self::Row] {
        words::<S>(&self.0).as_chunks().0
    }

    #[inline(always)]
    fn vector(lanes: Lanes<S>, row: &Self::Row, place: usize) -> S::f32s {
        let words = row[place / 2];
        if place.is_multiple_of(2) { lanes.upper_halves(words) } else { lanes.lower_halves(words) }
    }
}

/// The number of which all of these weights are whole multiples, by up to 127, 128 or 255, as those of a file are that stores bytes
/// and a scale. `None` where there is none.
pub(super) fn step(weights: impl Iterator<Item = f32> + Clone) -> Option<f32> {
    let largest = weights.clone().fold(0.0, |largest: f32, weight| largest.max(weight.abs()));
    if largest == 0.0 {
        return Some(1.0);
    }
    let is_multiple =
        |weight: f32, step: f32| ((weight / step).round() * step - weight).abs() <= weight.abs() * ROUNDING;
    [127.0, 128.0, 255.0]
        .map(|most| largest / most)
        .into_iter()
        .find(|step| weights.clone().all(|weight| is_multiple(weight, *step)))
}
