//! A convolution as matrix products of its unfolded input, forwards and backwards.

use faer::linalg::matmul::matmul;
use faer::{Accum, MatMut, MatRef, Par};

use super::add;
use crate::training::layers::same_padding;

/// Values of an unfolded input that are made at a time: 1 MB, which stays in the cache until the product has used it.
const UNFOLDED: usize = 1 << 18;

/// A convolution without its bias; maps are `(N, H, W, C)`.
pub(super) struct Convolution {
    /// `(K·K·I, O)`, rows in the order ky, kx, input channel.
    pub weight: Vec<f32>,
    pub kernel: usize,
    pub stride: usize,
    pub inputs: usize,
    pub outputs: usize,
    /// Height and width of the input.
    pub side: usize,
}

impl Convolution {
    /// Height and width of the output.
    pub fn side_out(&self) -> usize {
        self.side.div_ceil(self.stride)
    }

    pub fn forward(&self, input: &[f32]) -> Vec<f32> {
        let mut output = vec![0.0; input.len() / self.image_in() * self.image_out()];
        let (mut rows, images) = (Vec::new(), self.images_at_once());
        let pieces = input.chunks(images * self.image_in()).zip(output.chunks_mut(images * self.image_out()));
        for (input, output) in pieces {
            self.unfold(input, &mut rows);
            let output = matrix_mut(output, self.outputs);
            matmul(output, Accum::Replace, matrix(&rows, self.depth()), self.weight(), 1.0, Par::Seq);
        }
        output
    }

    /// From the gradient of the output: that of the weight, and, if `onward`, that of the input (else nothing).
    pub fn backward(&self, input: &[f32], gradient: &[f32], onward: bool) -> (Vec<f32>, Vec<f32>) {
        let mut weight = vec![0.0; self.weight.len()];
        let mut back = vec![0.0; if onward { input.len() } else { 0 }];
        let (mut rows, images) = (Vec::new(), self.images_at_once());
        let pieces = input.chunks(images * self.image_in()).zip(gradient.chunks(images * self.image_out()));
        for (number, (input, gradient)) in pieces.enumerate() {
            let gradient = matrix(gradient, self.outputs);
            self.unfold(input, &mut rows);
            let seen = matrix(&rows, self.depth()).transpose();
            matmul(matrix_mut(&mut weight, self.outputs), Accum::Add, seen, gradient, 1.0, Par::Seq);
            if onward {
                let unfolded = matrix_mut(&mut rows, self.depth());
                matmul(unfolded, Accum::Replace, gradient, self.weight().transpose(), 1.0, Par::Seq);
                let start = number * images * self.image_in();
                self.fold(&rows, &mut back[start..start + input.len()]);
            }
        }
        (weight, back)
    }

    fn weight(&self) -> MatRef<'_, f32> {
        matrix(&self.weight, self.outputs)
    }

    /// Values of the input under one placing of the kernel.
    fn depth(&self) -> usize {
        self.kernel * self.kernel * self.inputs
    }

    fn image_in(&self) -> usize {
        self.side * self.side * self.inputs
    }

    fn image_out(&self) -> usize {
        self.side_out() * self.side_out() * self.outputs
    }

    fn images_at_once(&self) -> usize {
        (UNFOLDED / (self.side_out() * self.side_out() * self.depth())).max(1)
    }

    /// Input `(n, H, W, I)` → `(n·H'·W', K·K·I)`: each row is what the kernel sees, zero outside.
    fn unfold(&self, input: &[f32], rows: &mut Vec<f32>) {
        let count = input.len() / self.image_in();
        rows.clear();
        rows.resize(count * self.side_out() * self.side_out() * self.depth(), 0.0);
        self.each_run(count, |row, pixel, length| {
            rows[row..row + length].copy_from_slice(&input[pixel..pixel + length]);
        });
    }

    /// The adjoint of [`Self::unfold`]: every value is added to the pixel it came from.
    fn fold(&self, rows: &[f32], input: &mut [f32]) {
        let count = input.len() / self.image_in();
        self.each_run(count, |row, pixel, length| add(&mut input[pixel..pixel + length], &rows[row..row + length]));
    }

    /// Calls back with (start in the unfolded rows, start in the input, length) of every run within the image.
    fn each_run(&self, count: usize, mut run: impl FnMut(usize, usize, usize)) {
        let (before, _) = same_padding(self.kernel);
        let (side, out, kernel) = (self.side, self.side_out(), self.kernel);
        // Of a kernel placed at `start - before`, the first and the end of what lies within the image.
        let within = |start: usize| (before.saturating_sub(start), kernel.min(side + before - start));
        for place in 0..count * out * out {
            let (image, y, x) = (place / (out * out), place / out % out * self.stride, place % out * self.stride);
            let (first, last) = within(x);
            let (top, bottom) = within(y);
            for ky in top..bottom {
                let row = place * self.depth() + (ky * kernel + first) * self.inputs;
                let pixel = ((image * side + y + ky - before) * side + x + first - before) * self.inputs;
                run(row, pixel, (last - first) * self.inputs);
            }
        }
    }
}

/// Whole rows of values.
fn matrix(values: &[f32], columns: usize) -> MatRef<'_, f32> {
    MatRef::from_row_major_slice(values, values.len() / columns, columns)
}

fn matrix_mut(values: &mut [f32], columns: usize) -> MatMut<'_, f32> {
    let rows = values.len() / columns;
    MatMut::from_row_major_slice_mut(values, rows, columns)
}
