//! Matrix products in tiles of up to 4 rows and two vectors of columns: eight accumulators, which with their operands fit the 16
//! vector registers of x86-64 (a taller tile spills there; ARM has 32).

use pulp::Simd;

use super::lanes::{Lanes, vectors, vectors_mut};

/// Rows of a whole tile.
pub(super) const HEIGHT: usize = 4;
/// Vectors of columns of a tile.
pub(super) const ACROSS: usize = 2;

/// A matrix `(K, N)` in panels of two vectors of columns, each panel row-major; columns past `N` are zero.
#[derive(Debug)]
pub(super) struct Panels {
    depth: usize,
    values: Vec<f32>,
}

impl Panels {
    /// `value(k, n)` gives the matrix `(depth, columns)`.
    pub(super) fn new<S: Simd>(depth: usize, columns: usize, value: impl Fn(usize, usize) -> f32) -> Self {
        let width = ACROSS * S::F32_LANES;
        let mut values = Vec::with_capacity(columns.next_multiple_of(width) * depth);
        for first in (0..columns).step_by(width) {
            for k in 0..depth {
                values.extend((first..first + width).map(|n| if n < columns { value(k, n) } else { 0.0 }));
            }
        }
        Self { depth, values }
    }

    /// The matrix `(depth, columns)` of zeros.
    pub(super) fn zero<S: Simd>(depth: usize, columns: usize) -> Self {
        Self { depth, values: vec![0.0; columns.next_multiple_of(ACROSS * S::F32_LANES) * depth] }
    }

    /// Sets the `vector`th vector of columns of row `k`.
    #[inline(always)]
    pub(super) fn set<S: Simd>(&mut self, k: usize, vector: usize, value: S::f32s) {
        let at = (vector / ACROSS * self.depth + k) * ACROSS + vector % ACROSS;
        vectors_mut::<S>(&mut self.values)[at] = value;
    }

    /// Each panel: a line of columns for each of the depth's rows.
    #[inline(always)]
    pub(super) fn each<S: Simd>(&self) -> impl Iterator<Item = &[[S::f32s; ACROSS]]> {
        vectors::<S>(&self.values).as_chunks().0.chunks_exact(self.depth)
    }

    /// `rows · self`, tile by tile: `store(row, panel, sums)` gets the sums of one row. `rows` is `(n, depth)`.
    #[inline(always)]
    pub(super) fn multiply<S: Simd>(
        &self,
        lanes: Lanes<S>,
        rows: &[f32],
        mut store: impl FnMut(usize, usize, [S::f32s; ACROSS]),
    ) {
        let depth = self.depth;
        let whole = rows.len() / depth / HEIGHT * HEIGHT;
        let (fours, rest) = rows.split_at(whole * depth);
        for (panel, columns) in self.each::<S>().enumerate() {
            for (index, four) in fours.chunks_exact(HEIGHT * depth).enumerate() {
                store_rows(index * HEIGHT, panel, whole_tile(lanes, four, columns), &mut store);
            }
            match rest.len() / depth {
                1 => store_rows(whole, panel, low_tile::<S, 1>(lanes, rest, columns), &mut store),
                2 => store_rows(whole, panel, low_tile::<S, 2>(lanes, rest, columns), &mut store),
                3 => store_rows(whole, panel, low_tile::<S, 3>(lanes, rest, columns), &mut store),
                _ => {}
            }
        }
    }
}

/// The sums of a tile whose first row is the `first`.
#[inline(always)]
fn store_rows<Sums, const ROWS: usize>(
    first: usize,
    panel: usize,
    sums: [Sums; ROWS],
    store: &mut impl FnMut(usize, usize, Sums),
) {
    for (row, sums) in sums.into_iter().enumerate() {
        store(first + row, panel, sums);
    }
}

/// The sums of four rows, one after the other in `rows`. Zipped they need no index, which in the browser is worth a tenth.
#[inline(always)]
fn whole_tile<S: Simd>(lanes: Lanes<S>, rows: &[f32], columns: &[[S::f32s; ACROSS]]) -> [[S::f32s; ACROSS]; HEIGHT] {
    let depth = columns.len();
    let (first, second) = rows.split_at(2 * depth);
    let ((a, b), (c, d)) = (first.split_at(depth), second.split_at(depth));
    let mut sums = [[lanes.splat(0.0); ACROSS]; HEIGHT];
    for ((((a, b), c), d), columns) in a.iter().zip(b).zip(c).zip(d).zip(columns) {
        for (sums, value) in sums.iter_mut().zip([a, b, c, d]) {
            add_products(lanes, sums, *value, columns);
        }
    }
    sums
}

/// The sums of fewer rows.
#[inline(always)]
fn low_tile<S: Simd, const ROWS: usize>(
    lanes: Lanes<S>,
    rows: &[f32],
    columns: &[[S::f32s; ACROSS]],
) -> [[S::f32s; ACROSS]; ROWS] {
    let mut each = [rows; ROWS];
    for (row, values) in each.iter_mut().enumerate() {
        *values = &rows[row * columns.len()..];
    }
    accumulate(lanes, [[lanes.splat(0.0); ACROSS]; ROWS], each, columns)
}

/// `sums` and the products of rows, each at least as long as there are lines of columns, with these.
#[inline(always)]
pub(super) fn accumulate<S: Simd, const ROWS: usize>(
    lanes: Lanes<S>,
    mut sums: [[S::f32s; ACROSS]; ROWS],
    rows: [&[f32]; ROWS],
    columns: &[[S::f32s; ACROSS]],
) -> [[S::f32s; ACROSS]; ROWS] {
    let rows = rows.map(|row| &row[..columns.len()]);
    for (k, columns) in columns.iter().enumerate() {
        for (sums, row) in sums.iter_mut().zip(rows) {
            add_products(lanes, sums, row[k], columns);
        }
    }
    sums
}

#[inline(always)]
fn add_products<S: Simd>(
    lanes: Lanes<S>,
    [left, right]: &mut [S::f32s; ACROSS],
    value: f32,
    columns: &[S::f32s; ACROSS],
) {
    let value = lanes.splat(value);
    *left = lanes.plus_product(*left, value, columns[0]);
    *right = lanes.plus_product(*right, value, columns[1]);
}
