//! Matrix products in tiles of 4 rows × 8 columns: eight accumulators of four lanes, which with their operands fit the 16
//! vector registers of x86-64 (a taller tile spills there; ARM has 32).

use wide::f32x4;

use super::lanes::multiply_add;

/// Columns of a tile.
pub(super) const WIDTH: usize = 8;
/// Rows of a tile: the first operand has a multiple of it.
pub(super) const HEIGHT: usize = 4;

/// A matrix `(K, N)` in panels of eight columns, each panel row-major; columns past `N` are zero.
#[derive(Debug)]
pub(super) struct Panels {
    depth: usize,
    values: Vec<[f32; WIDTH]>,
}

impl Panels {
    /// `value(k, n)` gives the matrix `(depth, columns)`.
    pub(super) fn new(depth: usize, columns: usize, value: impl Fn(usize, usize) -> f32) -> Self {
        let mut values = Vec::with_capacity(columns.div_ceil(WIDTH) * depth);
        for first in (0..columns).step_by(WIDTH) {
            for k in 0..depth {
                values.push(std::array::from_fn(
                    |lane| {
                        if first + lane < columns { value(k, first + lane) } else { 0.0 }
                    },
                ));
            }
        }
        Self { depth, values }
    }

    /// `rows · self`, tile by tile: `store(row, panel, sums)` gets eight sums of one row. `rows` is `(4·n, depth)`.
    #[inline(always)]
    pub(super) fn multiply(&self, rows: &[f32], mut store: impl FnMut(usize, usize, [f32x4; 2])) {
        let depth = self.depth;
        for (panel, columns) in self.values.chunks_exact(depth).enumerate() {
            for (index, four) in rows.chunks_exact(HEIGHT * depth).enumerate() {
                let sums = tile(four, columns);
                for (row, sums) in sums.into_iter().enumerate() {
                    store(index * HEIGHT + row, panel, sums);
                }
            }
        }
    }
}

#[inline(always)]
fn tile(rows: &[f32], columns: &[[f32; WIDTH]]) -> [[f32x4; 2]; HEIGHT] {
    let depth = columns.len();
    let (first, second) = rows.split_at(2 * depth);
    let ((a, b), (c, d)) = (first.split_at(depth), second.split_at(depth));
    let mut sums = [[f32x4::ZERO; 2]; HEIGHT];
    for ((((a, b), c), d), columns) in a.iter().zip(b).zip(c).zip(d).zip(columns) {
        let [left, right] = halves(columns);
        for (sums, value) in sums.iter_mut().zip([a, b, c, d]) {
            let value = f32x4::splat(*value);
            sums[0] = multiply_add(value, left, sums[0]);
            sums[1] = multiply_add(value, right, sums[1]);
        }
    }
    sums
}

/// Eight values as two vectors.
#[inline(always)]
pub(super) fn halves(eight: &[f32; WIDTH]) -> [f32x4; 2] {
    let [a, b, c, d, e, f, g, h] = *eight;
    [f32x4::new([a, b, c, d]), f32x4::new([e, f, g, h])]
}
