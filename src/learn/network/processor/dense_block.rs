//! DenseBlock layers with what follows them: relu, dropout.

use faer::linalg::matmul::matmul;
use faer::{Accum, Par};

use super::buffers::{matrix, matrix_mut};
use super::{add, vectorised};
use crate::learn::network::arena::Places;
use crate::learn::network::module::DROPOUT;
use crate::random::Stream;

/// What a value that dropout keeps is multiplied by, so that the mean stays.
const KEPT: f32 = 1.0 / (1.0 - DROPOUT as f32);

/// `x · W + b`, with what comes after it.
pub(super) struct DenseBlock {
    pub inputs: usize,
    pub outputs: usize,
    pub places: Places,
    pub relu: bool,
    /// Only after a relu: a zero then says by itself that nothing passes.
    pub dropout: bool,
}

/// What a thread keeps of a dense layer for its share of the batch.
pub(super) struct DenseMemory {
    /// `(n, outputs)`.
    pub output: Vec<f32>,
    /// The gradient of that.
    pub gradient: Vec<f32>,
}

impl DenseBlock {
    /// Buffers for so many images.
    pub fn memory(&self, images: usize) -> DenseMemory {
        let [output, gradient] = std::array::from_fn(|_| vec![0.0; images * self.outputs]);
        DenseMemory { output, gradient }
    }

    /// `streams` are those of the images, in training.
    pub fn forward(&self, values: &[f32], input: &[f32], output: &mut [f32], streams: Option<&mut [Stream]>) {
        let bias = &values[self.places.shift.clone()];
        output.chunks_exact_mut(self.outputs).for_each(|row| row.copy_from_slice(bias));
        let weight = matrix(&values[self.places.weight.clone()], self.outputs);
        let result = matrix_mut(output, self.outputs);
        matmul(result, Accum::Add, matrix(input, self.inputs), weight, 1.0, Par::Seq);
        if self.relu {
            output.iter_mut().for_each(|value| *value = value.max(0.0));
        }
        if let (true, Some(streams)) = (self.dropout, streams) {
            for (row, stream) in output.chunks_exact_mut(self.outputs).zip(streams) {
                row.iter_mut().for_each(|value| *value *= if stream.unit() < DROPOUT as f32 { 0.0 } else { KEPT });
            }
        }
    }

    /// The gradients of its numbers, into `sums`, and of its input where it is wanted.
    pub fn backward(
        &self,
        values: &[f32],
        input: &[f32],
        memory: &mut DenseMemory,
        back: Option<&mut [f32]>,
        sums: &mut [f32],
    ) {
        let images = input.len() / self.inputs;
        let gradient = &mut memory.gradient[..images * self.outputs];
        if self.relu {
            let passed = if self.dropout { KEPT } else { 1.0 };
            vectorised(
                #[inline(always)]
                || {
                    for (gradient, output) in gradient.iter_mut().zip(&memory.output) {
                        *gradient = if *output > 0.0 { *gradient * passed } else { 0.0 };
                    }
                },
            );
        }
        let shift = &mut sums[self.places.shift.clone()];
        shift.fill(0.0);
        gradient.chunks_exact(self.outputs).for_each(|row| add(shift, row));
        let gradient = matrix(gradient, self.outputs);
        let weight = matrix_mut(&mut sums[self.places.weight.clone()], self.outputs);
        matmul(weight, Accum::Replace, matrix(input, self.inputs).transpose(), gradient, 1.0, Par::Seq);
        if let Some(back) = back {
            let weight = matrix(&values[self.places.weight.clone()], self.outputs);
            matmul(matrix_mut(back, self.inputs), Accum::Replace, gradient, weight.transpose(), 1.0, Par::Seq);
        }
    }
}
