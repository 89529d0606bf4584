//! A dense layer with 8-bit weights: the building block of the index's encoder and decoder, and its bytes.
//!
//! Bytes, little-endian: `outputs` scales (f32), `outputs` biases (f32), then `inputs × outputs` weights (i8), all
//! outputs of the first input first.

use crate::error::{Blame, Error, Result};

/// `output[o] = bias[o] + scale[o] · Σ input[i] · weight[i][o]`, summed in order of `i`: the same bits everywhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Int8Dense {
    inputs: usize,
    scales: Vec<f32>,
    biases: Vec<f32>,
    /// Small integers, kept as `f32` so that the sum needs no conversion. `(inputs, outputs)`.
    weights: Vec<f32>,
}

impl Int8Dense {
    /// The layer nearest to these `(inputs, outputs)` weights and `(outputs)` biases, one scale an output.
    ///
    /// # Errors
    /// [`Blame::Shape`] when the weights are not a whole number of inputs; [`Blame::Parameter`] when a value is not finite.
    pub fn quantised(weights: &[f32], biases: &[f32]) -> Result<Self> {
        let outputs = biases.len();
        if outputs == 0 || !weights.len().is_multiple_of(outputs) {
            return Err(Error::new(Blame::Shape, "dense layer")
                .expected(format!("a multiple of {outputs} weights"))
                .got(weights.len()));
        }
        if !weights.iter().chain(biases).all(|value| value.is_finite()) {
            return Err(Error::new(Blame::Parameter, "dense layer").expected("finite weights").got("NaN or infinity"));
        }
        let mut scales = vec![0.0_f32; outputs];
        for row in weights.chunks_exact(outputs) {
            for (scale, weight) in scales.iter_mut().zip(row) {
                *scale = scale.max(weight.abs() / 127.0);
            }
        }
        // An output whose weights are all 0 gets any scale but 0.
        scales.iter_mut().filter(|scale| **scale == 0.0).for_each(|scale| *scale = 1.0);
        let rounded =
            weights.chunks_exact(outputs).flat_map(|row| row.iter().zip(&scales).map(|(w, s)| (w / s).round()));
        Ok(Self { inputs: weights.len() / outputs, weights: rounded.collect(), scales, biases: biases.to_vec() })
    }

    /// How many inputs it takes.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// How many outputs it gives.
    pub fn outputs(&self) -> usize {
        self.biases.len()
    }

    /// The outputs for these inputs; inputs that are missing count as 0.
    pub fn apply(&self, inputs: &[f32]) -> Vec<f32> {
        let mut sums = vec![0.0; self.outputs()];
        for (input, row) in inputs.iter().zip(self.weights.chunks_exact(self.outputs())) {
            if *input != 0.0 {
                for (sum, weight) in sums.iter_mut().zip(row) {
                    *sum += input * weight;
                }
            }
        }
        let scaled = sums.iter().zip(&self.scales).zip(&self.biases);
        scaled.map(|((sum, scale), bias)| bias + scale * sum).collect()
    }

    /// How many bytes a layer of this size takes.
    pub(super) fn encoded_len(inputs: usize, outputs: usize) -> usize {
        outputs * 8 + inputs * outputs
    }

    pub(super) fn encode(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.scales.iter().chain(&self.biases).flat_map(|value| value.to_le_bytes()));
        bytes.extend(self.weights.iter().map(|weight| (*weight as i8).cast_unsigned()));
    }

    /// The layer of these bytes and what follows it.
    pub(super) fn decode(bytes: &[u8], inputs: usize, outputs: usize) -> Result<(Self, &[u8])> {
        let truncated = || Error::new(Blame::Format, "dense layer").expected("more bytes").got(bytes.len());
        let (layer, rest) = bytes.split_at_checked(Self::encoded_len(inputs, outputs)).ok_or_else(truncated)?;
        let (numbers, weights) = layer.split_at(outputs * 8);
        let numbers: Vec<f32> = numbers.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        if let Some(wrong) = numbers.iter().find(|number| !number.is_finite()) {
            return Err(Error::new(Blame::Format, "dense layer").expected("finite numbers").got(wrong));
        }
        let (scales, biases) = numbers.split_at(outputs);
        let weights = weights.iter().map(|byte| f32::from(byte.cast_signed())).collect();
        Ok((Self { inputs, scales: scales.to_vec(), biases: biases.to_vec(), weights }, rest))
    }
}
