//! The first principal directions of the features: where learning the code begins.

use ndarray::{Array2, ArrayView2, Axis};

use crate::random::Stream;

/// Rounds of subspace iteration; the directions need only be near, since learning turns them.
const ROUNDS: usize = 12;

/// The `dims` leading directions of centred `(n, width)` rows, `(width, dims)`, and the standard deviation along each.
/// Subspace iteration (Golub and Van Loan 2013, 8.2.4).
pub fn directions(rows: &ArrayView2<f32>, dims: usize, stream: &mut Stream) -> (Array2<f32>, Vec<f32>) {
    let mut basis = Array2::from_shape_fn((rows.ncols(), dims), |_| stream.unit() - 0.5);
    for _ in 0..ROUNDS {
        basis = rows.t().dot(&rows.dot(&basis));
        orthonormalise(&mut basis);
    }
    let projected = rows.dot(&basis);
    let deviation = |column: ndarray::ArrayView1<f32>| (column.dot(&column) / rows.nrows().max(1) as f32).sqrt();
    let deviations = projected.axis_iter(Axis(1)).map(deviation).collect();
    (basis, deviations)
}

/// Gram and Schmidt's, column by column.
fn orthonormalise(basis: &mut Array2<f32>) {
    for column in 0..basis.ncols() {
        for earlier in 0..column {
            let before = basis.column(earlier).to_owned();
            let share = before.dot(&basis.column(column));
            basis.column_mut(column).scaled_add(-share, &before);
        }
        let length = basis.column(column).dot(&basis.column(column)).sqrt().max(f32::MIN_POSITIVE);
        basis.column_mut(column).mapv_inplace(|value| value / length);
    }
}
