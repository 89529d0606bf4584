//! Buffers that a thread keeps from one step to the next, and matrices in them.

use faer::{MatMut, MatRef};

/// What layers need while they work; its contents mean nothing from one call to the next.
#[derive(Default)]
pub(super) struct Buffers {
    /// One image with zeros around it.
    pub padded: Vec<f32>,
    /// Transformed tiles of a block of images, or their unfolded input.
    pub tiles: Vec<f32>,
    /// Their products, or the gradients of those.
    pub products: Vec<f32>,
    /// Sums of gradients of transformed filters.
    pub filters: Vec<f32>,
    /// The gradient of a convolution's output.
    pub gradient: Vec<f32>,
}

/// The first `count` values, made where there are fewer. They are whatever was there.
pub(super) fn room(values: &mut Vec<f32>, count: usize) -> &mut [f32] {
    if values.len() < count {
        values.resize(count, 0.0);
    }
    &mut values[..count]
}

/// Whole rows of values.
pub(super) fn matrix(values: &[f32], columns: usize) -> MatRef<'_, f32> {
    MatRef::from_row_major_slice(values, values.len() / columns, columns)
}

/// The same, to be written.
pub(super) fn matrix_mut(values: &mut [f32], columns: usize) -> MatMut<'_, f32> {
    let rows = values.len() / columns;
    MatMut::from_row_major_slice_mut(values, rows, columns)
}
