//! Exact brute-force search over raw pixel vectors: the reference which every other search is measured against.
//!
//! References and queries are bytes and all arithmetic is in integers: a squared distance over 784 bytes exceeds 2^24, so
//! `f32` would merge neighbours that differ. It has no threads; callers split their queries.

use super::{Nearest, Neighbour};
use crate::error::{Blame, Error, Result};
use crate::labels::Label;

/// Largest vector: twice its largest squared distance still fits an `i32`.
pub const MAX_DIMS: usize = (i32::MAX / (2 * 255 * 255)) as usize;

/// Voters of the notebook that the exact search stands for.
pub const NOTEBOOK_K: usize = 3;

/// References per block: 32 rows of 784 `i16` are 50 KB, which stays in a core's second-level cache.
const BLOCK: usize = 32;

/// References that share each load of a query; divides [`BLOCK`].
const TILE: usize = 4;

/// Labelled reference vectors, `(N, dims)` bytes.
#[derive(Debug, Clone)]
pub struct ExactKnn {
    dims: usize,
    references: Vec<u8>,
    labels: Vec<Label>,
    squared_norms: Vec<i32>,
}

impl ExactKnn {
    /// A search over `(N, dims)` reference bytes, row-major, with N labels.
    ///
    /// # Errors
    /// [`Blame::Parameter`] when `dims` is 0 or above [`MAX_DIMS`]; [`Blame::Shape`] when the lengths disagree.
    pub fn new(references: Vec<u8>, dims: usize, labels: Vec<Label>) -> Result<Self> {
        if !(1..=MAX_DIMS).contains(&dims) {
            return Err(Error::new(Blame::Parameter, "dims").expected(format!("1 to {MAX_DIMS}")).got(dims));
        }
        if labels.len().checked_mul(dims) != Some(references.len()) {
            return Err(Error::new(Blame::Shape, "references")
                .expected(format!("{} vectors of {dims} bytes", labels.len()))
                .got(format!("{} bytes", references.len())));
        }
        let squared_norms = references.chunks_exact(dims).map(squared_norm).collect();
        Ok(Self { dims, references, labels, squared_norms })
    }

    /// How many references there are.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The `k` nearest references of each of the `(n, dims)` query bytes, by (distance, lower index); fewer when there are
    /// fewer references. Distances are Euclidean in grey levels (0 to 255 a pixel).
    ///
    /// Queries given together share each pass over the references: some tens of them are faster than one at a time.
    ///
    /// # Errors
    /// [`Blame::Shape`] when `queries` is not a whole number of vectors.
    ///
    /// ```
    /// use vitrine::Label;
    /// use vitrine::knn::exact::ExactKnn;
    /// let knn = ExactKnn::new(vec![0, 0, 3, 4], 2, vec![Label::new(5)?, Label::new(8)?])?;
    /// let found = knn.nearest(&[0, 0], 2)?;
    /// assert_eq!((found[0][0].index, found[0][0].distance), (0, 0.0));
    /// assert_eq!((found[0][1].index, found[0][1].distance), (1, 5.0));
    /// assert!(knn.nearest(&[1, 2, 3], 1).is_err());
    /// # Ok::<(), vitrine::Error>(())
    /// ```
    pub fn nearest(&self, queries: &[u8], k: usize) -> Result<Vec<Vec<Neighbour>>> {
        if !queries.len().is_multiple_of(self.dims) {
            return Err(Error::new(Blame::Shape, "queries")
                .expected(format!("vectors of {} bytes", self.dims))
                .got(format!("{} bytes", queries.len())));
        }
        let query_norms: Vec<i32> = queries.chunks_exact(self.dims).map(squared_norm).collect();
        let mut nearest = vec![Nearest::new(k); query_norms.len()];
        let queries = widened(queries);
        let mut wide = vec![0; BLOCK * self.dims];
        for (block_index, block) in self.references.chunks(BLOCK * self.dims).enumerate() {
            // Products of i16 added as i32 are one instruction on every target; those of u8 are not.
            for (wide, byte) in wide.iter_mut().zip(block) {
                *wide = i16::from(*byte);
            }
            let rows = block.len() / self.dims;
            for ((query, norm), nearest) in queries.chunks_exact(self.dims).zip(&query_norms).zip(&mut nearest) {
                for (group, references) in wide.chunks_exact(TILE * self.dims).take(rows.div_ceil(TILE)).enumerate() {
                    let first = block_index * BLOCK + group * TILE;
                    for (index, dot) in (first..self.len()).zip(dots(query, references)) {
                        let squared = norm + self.squared_norms[index] - 2 * dot;
                        nearest.offer(squared.unsigned_abs(), index);
                    }
                }
            }
        }
        Ok(nearest.into_iter().map(|nearest| self.neighbours(nearest)).collect())
    }

    fn neighbours(&self, nearest: Nearest) -> Vec<Neighbour> {
        let neighbour = |(squared, index)| Neighbour {
            index,
            label: self.labels[index],
            distance: f64::from(squared).sqrt() as f32,
        };
        nearest.found.into_iter().map(neighbour).collect()
    }
}

fn widened(bytes: &[u8]) -> Vec<i16> {
    bytes.iter().map(|byte| i16::from(*byte)).collect()
}

fn squared_norm(vector: &[u8]) -> i32 {
    vector.iter().map(|byte| i32::from(*byte).pow(2)).sum()
}

/// The products of one vector with [`TILE`] others, which lie one after the other.
fn dots(query: &[i16], references: &[i16]) -> [i32; TILE] {
    let mut rows = references.chunks_exact(query.len());
    let [a, b, c, d]: [&[i16]; TILE] = std::array::from_fn(|_| rows.next().unwrap_or_default());
    let mut sums = [0; TILE];
    for ((((query, a), b), c), d) in query.iter().zip(a).zip(b).zip(c).zip(d) {
        let query = i32::from(*query);
        sums[0] += query * i32::from(*a);
        sums[1] += query * i32::from(*b);
        sums[2] += query * i32::from(*c);
        sums[3] += query * i32::from(*d);
    }
    sums
}
