//! A convolution as matrix products of its unfolded input, forwards and backwards: for strides, and for few channels.

use faer::linalg::matmul::matmul;
use faer::{Accum, Par};

use super::buffers::{Buffers, matrix, matrix_mut, room};
use super::{Back, Sizes, add};
use crate::training::layers::same_padding;

/// Values of an unfolded input that are made at a time: 512 kB, which stay in the cache until the product has used them.
const UNFOLDED: usize = 1 << 17;

/// Any convolution; maps are `(N, H, W, C)`, its weight `(K·K·I, O)`, rows in the order ky, kx, input channel.
pub(super) struct Unfolded(pub Sizes);

impl Unfolded {
    pub fn forward(&self, weight: &[f32], input: &[f32], output: &mut [f32], buffers: &mut Buffers) {
        let (sizes, images) = (&self.0, self.images_at_once());
        let pieces = input.chunks(images * sizes.image_in()).zip(output.chunks_mut(images * sizes.image_out()));
        for (input, output) in pieces {
            let rows = self.unfold(input, &mut buffers.tiles);
            let (output, weight) = (matrix_mut(output, sizes.outputs), matrix(weight, sizes.outputs));
            matmul(output, Accum::Replace, matrix(rows, self.depth()), weight, 1.0, Par::Seq);
        }
    }

    /// From the gradient of the output: that of the weight, and that of the input where it is wanted.
    pub fn backward(
        &self,
        weight: &[f32],
        input: &[f32],
        gradient: &[f32],
        sums: &mut [f32],
        mut back: Option<Back<'_>>,
        buffers: &mut Buffers,
    ) {
        let (sizes, images) = (&self.0, self.images_at_once());
        let pieces = input.chunks(images * sizes.image_in()).zip(gradient.chunks(images * sizes.image_out()));
        for (number, (input, gradient)) in pieces.enumerate() {
            let gradient = matrix(gradient, sizes.outputs);
            let rows = self.unfold(input, &mut buffers.tiles);
            let accumulate = if number == 0 { Accum::Replace } else { Accum::Add };
            let seen = matrix(rows, self.depth()).transpose();
            matmul(matrix_mut(sums, sizes.outputs), accumulate, seen, gradient, 1.0, Par::Seq);
            if let Some(Back { gradient: back, add }) = &mut back {
                let unfolded = matrix_mut(rows, self.depth());
                matmul(unfolded, Accum::Replace, gradient, matrix(weight, sizes.outputs).transpose(), 1.0, Par::Seq);
                let start = number * images * sizes.image_in();
                let back = &mut back[start..start + input.len()];
                if !*add {
                    back.fill(0.0);
                }
                self.fold(rows, back);
            }
        }
    }

    /// Values of the input under one placing of the kernel.
    fn depth(&self) -> usize {
        self.0.kernel * self.0.kernel * self.0.inputs
    }

    fn images_at_once(&self) -> usize {
        (UNFOLDED / (self.0.side_out().pow(2) * self.depth())).max(1)
    }

    /// Input `(n, H, W, I)` → `(n·H'·W', K·K·I)`: each row is what the kernel sees, zero outside.
    fn unfold<'a>(&self, input: &[f32], rows: &'a mut Vec<f32>) -> &'a mut [f32] {
        let count = input.len() / self.0.image_in();
        let rows = room(rows, count * self.0.side_out().pow(2) * self.depth());
        rows.fill(0.0);
        self.each_run(count, |row, pixel, length| {
            // A single channel's runs are too short for a call to copy them.
            for (row, pixel) in rows[row..row + length].iter_mut().zip(&input[pixel..pixel + length]) {
                *row = *pixel;
            }
        });
        rows
    }

    /// The adjoint of [`Self::unfold`]: every value is added to the pixel it came from.
    fn fold(&self, rows: &[f32], input: &mut [f32]) {
        let count = input.len() / self.0.image_in();
        self.each_run(count, |row, pixel, length| add(&mut input[pixel..pixel + length], &rows[row..row + length]));
    }

    /// Calls back with (start in the unfolded rows, start in the input, length) of every run within the image.
    #[inline]
    fn each_run(&self, count: usize, mut run: impl FnMut(usize, usize, usize)) {
        let Sizes { inputs, kernel, stride, side, .. } = self.0;
        let (before, _) = same_padding(kernel);
        let (out, depth) = (self.0.side_out(), self.depth());
        // Of a kernel placed at `start - before`, the first and the end of what lies within the image.
        let within = |start: usize| (before.saturating_sub(start), kernel.min(side + before - start));
        for place in 0..count * out * out {
            let (image, y, x) = (place / (out * out), place / out % out * stride, place % out * stride);
            let (first, last) = within(x);
            let (top, bottom) = within(y);
            for ky in top..bottom {
                let row = place * depth + (ky * kernel + first) * inputs;
                let pixel = ((image * side + y + ky - before) * side + x + first - before) * inputs;
                run(row, pixel, (last - first) * inputs);
            }
        }
    }
}
