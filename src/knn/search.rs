//! The scan: every stored code against one query, in 16-bit integers.
//!
//! Σ w (q − r)² = Σ w q² + Σ w r² − 2 Σ (w q) r, with the metric's weights w. A weighted query has 4 more binary places
//! than a reference, so that rounding it costs next to nothing.

use super::codec::{CODE_RANGE, Encoder, MAX_DIMS, WEIGHT_STEPS};
use super::{Nearest, Neighbour};
use crate::labels::Label;

/// Steps of a weighted query's numbers per unit of the code; squared distances are in these times [`WEIGHT_STEPS`].
const STEPS: i16 = 16;

/// A weighted query's numbers end here: the sum of [`MAX_DIMS`] products with -8 still fits an `i16`.
const QUERY_LIMIT: i16 = i16::MAX / (MAX_DIMS as i16 * -(*CODE_RANGE.start() as i16));

/// References per block; a block's sums stay in registers or the first-level cache.
const BLOCK: usize = 128;

/// The stored codes in blocks of [`BLOCK`] references, `(blocks, dims, BLOCK)`, the last one filled up with zeros.
#[derive(Debug, Clone)]
pub(super) struct Scan {
    dims: usize,
    blocks: Vec<i16>,
    /// In [`WEIGHT_STEPS`].
    squared_norms: Vec<u16>,
}

impl Scan {
    /// A scan over `(N, dims)` codes.
    pub fn new(codes: &[i8], metric: &[u8]) -> Self {
        let dims = metric.len();
        let count = codes.len() / dims;
        let mut blocks = vec![0; count.div_ceil(BLOCK) * BLOCK * dims];
        for (index, code) in codes.chunks_exact(dims).enumerate() {
            let block = &mut blocks[index / BLOCK * BLOCK * dims..];
            for (dim, value) in code.iter().enumerate() {
                block[dim * BLOCK + index % BLOCK] = i16::from(*value);
            }
        }
        let square = |(value, weight): (&i8, &u8)| u16::from(value.unsigned_abs()).pow(2) * u16::from(*weight);
        let squared_norms = codes.chunks_exact(dims).map(|code| code.iter().zip(metric).map(square).sum()).collect();
        Self { dims, blocks, squared_norms }
    }

    /// The `k` references nearest to an encoded image, by (distance, lower index). Distances are in units of the code.
    pub fn nearest(
        &self,
        encoded: &[f32],
        encoder: &Encoder,
        k: usize,
        label_of: impl Fn(usize) -> Label,
    ) -> Vec<Neighbour> {
        let limit = f32::from(QUERY_LIMIT);
        let mut norm = 0.0;
        let mut query = [0; MAX_DIMS];
        for ((fixed, value), weight) in query.iter_mut().zip(encoded).zip(encoder.metric()) {
            let weight = f32::from(*weight) / f32::from(WEIGHT_STEPS);
            let weighted = (weight * value * f32::from(STEPS)).round().clamp(-limit, limit);
            *fixed = weighted as i16;
            norm += weighted * value;
        }
        // The same for every reference, so that its rounding (and the limit, for a query out of this world) reorders none.
        let query_norm = (norm * f32::from(WEIGHT_STEPS)).min(1e9) as i32;
        let mut nearest = Nearest::new(k);
        let norms = self.squared_norms.chunks(BLOCK);
        for (block_index, (block, norms)) in self.blocks.chunks_exact(BLOCK * self.dims).zip(norms).enumerate() {
            let mut squared = [i32::MAX; BLOCK];
            for ((squared, norm), product) in squared.iter_mut().zip(norms).zip(products(&query, block)) {
                *squared = i32::from(STEPS) * i32::from(*norm) - 2 * i32::from(WEIGHT_STEPS) * i32::from(product);
            }
            // Nearly every block is farther than what was found before: one comparison passes over it.
            let least = squared.iter().copied().fold(i32::MAX, i32::min);
            if ordered(least) < nearest.bound() {
                for (row, squared) in squared.iter().take(norms.len()).enumerate() {
                    nearest.offer(ordered(*squared), block_index * BLOCK + row);
                }
            }
        }
        let neighbour = |(squared, index)| {
            // Rounding the query may bring a distance of nearly 0 below it.
            let squared = f64::from(query_norm) + f64::from(squared) - f64::from(ZERO);
            let scale = f64::from(STEPS) * f64::from(WEIGHT_STEPS);
            Neighbour { index, label: label_of(index), distance: (squared.max(0.0) / scale).sqrt() as f32 }
        };
        nearest.found.into_iter().map(neighbour).collect()
    }
}

/// Where 0 lies once [`ordered`].
const ZERO: u32 = 1 << 31;

/// The same order without a sign.
fn ordered(value: i32) -> u32 {
    value.cast_unsigned() ^ ZERO
}

/// The products of a query with each reference of a `(dims, BLOCK)` block.
fn products(query: &[i16], block: &[i16]) -> [i16; BLOCK] {
    let mut sums = [0; BLOCK];
    for (query, column) in query.iter().zip(block.as_chunks::<BLOCK>().0) {
        for (sum, value) in sums.iter_mut().zip(column) {
            *sum += query * value;
        }
    }
    sums
}
