//! A dense layer that passes over zeros: the background of a garment, and what a rectifier leaves.

use wide::f32x4;

use super::lanes::{LANES, at_least, multiply_add};
use super::scratch;

/// Columns of a panel: eight accumulators hide the latency of an addition.
const WIDTH: usize = 32;

/// `x · W + b`, `(N, inputs)` → `(N, outputs)`.
#[derive(Debug)]
pub struct Dense {
    inputs: usize,
    outputs: usize,
    /// Panels of 32 columns, each `(inputs, 32)` row-major; columns past the last output are zero.
    weights: Vec<[f32; WIDTH]>,
    bias: Vec<[f32; WIDTH]>,
    least: f32,
}

impl Dense {
    /// `weight(input, output)`; `rectify` takes max(x, 0) of every result. Weights must be finite: a zero times an
    /// infinity would be no zero. `None` when there are no inputs or outputs, or not as many biases.
    pub fn new(
        (inputs, outputs): (usize, usize),
        weight: impl Fn(usize, usize) -> f32,
        bias: &[f32],
        rectify: bool,
    ) -> Option<Self> {
        if inputs == 0 || outputs == 0 || bias.len() != outputs {
            return None;
        }
        let panels = outputs.div_ceil(WIDTH);
        let mut weights = vec![[0.0; WIDTH]; panels * inputs];
        let mut padded_bias = vec![[0.0; WIDTH]; panels];
        for output in 0..outputs {
            for input in 0..inputs {
                weights[output / WIDTH * inputs + input][output % WIDTH] = weight(input, output);
            }
            padded_bias[output / WIDTH][output % WIDTH] = bias[output];
        }
        let least = if rectify { 0.0 } else { f32::NEG_INFINITY };
        Some(Self { inputs, outputs, weights, bias: padded_bias, least })
    }

    /// Values of an input.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Values of an output.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// `input` `(N, inputs)` → `output` `(N, outputs)`, both row-major.
    pub fn run(&self, input: &[f32], output: &mut [f32]) {
        scratch::with(|scratch| {
            for (input, output) in input.chunks_exact(self.inputs).zip(output.chunks_exact_mut(self.outputs)) {
                let present = &mut scratch.present;
                present.clear();
                present
                    .extend((0..).zip(input).filter(|(_, value)| **value != 0.0).map(|(index, value)| (index, *value)));
                let panels = self.weights.chunks_exact(self.inputs).zip(&self.bias);
                for ((weights, bias), output) in panels.zip(output.chunks_mut(WIDTH)) {
                    match output.len().div_ceil(LANES) {
                        1 => self.panel::<1>(present, weights, bias, output),
                        2 => self.panel::<2>(present, weights, bias, output),
                        3 | 4 => self.panel::<4>(present, weights, bias, output),
                        _ => self.panel::<8>(present, weights, bias, output),
                    }
                }
            }
        });
    }

    /// The first `VECTORS` vectors of a panel's columns.
    #[inline(always)]
    fn panel<const VECTORS: usize>(
        &self,
        present: &[(u32, f32)],
        weights: &[[f32; WIDTH]],
        bias: &[f32; WIDTH],
        output: &mut [f32],
    ) {
        let mut sums = [f32x4::ZERO; VECTORS];
        for (sum, bias) in sums.iter_mut().zip(bias.as_chunks().0) {
            *sum = f32x4::new(*bias);
        }
        for (index, value) in present {
            let row = weights[*index as usize].as_chunks::<LANES>().0;
            let value = f32x4::splat(*value);
            for (sum, weights) in sums.iter_mut().zip(row) {
                *sum = multiply_add(value, f32x4::new(*weights), *sum);
            }
        }
        let least = f32x4::splat(self.least);
        for (output, sum) in output.chunks_mut(LANES).zip(sums) {
            output.copy_from_slice(&at_least(sum, least).to_array()[..output.len()]);
        }
    }
}
