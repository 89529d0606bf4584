//! A convolution with what follows it up to the next: norm or bias, addition, relu, pooling.

use super::buffers::{Buffers, room};
use super::convolution::TrainableConvolution;
use super::norm::{self, NormState};
use super::{Back, Sizes, add, vectorised};
use crate::learn::network::arena::Places;

/// What the convolution and its norm are followed by, in this order.
#[derive(Default)]
pub(super) struct After {
    /// The addition of one of the share's values: the images are number 0, the first block's output number 1.
    pub add: Option<usize>,
    pub relu: bool,
    pub pool: bool,
}

pub(super) struct ConvBlock {
    sizes: Sizes,
    convolution: TrainableConvolution,
    places: Places,
    after: After,
}

/// What a thread keeps of a block for its share of the batch.
#[derive(Default)]
pub(super) struct ConvMemory {
    /// The convolution's output.
    raw: Vec<f32>,
    /// What leaves the block.
    output: Vec<f32>,
    /// The gradient of that, as far as it is known.
    gradient: Vec<f32>,
    /// Whether anything has been put there in this step.
    has_gradient: bool,
    /// Floats of one image that leaves the block.
    of_output: usize,
    affine: NormState,
    /// With pooling, which of the four was the largest.
    largest: Vec<u8>,
}

impl ConvBlock {
    pub fn new(sizes: Sizes, places: Places, after: After) -> Self {
        Self { sizes, convolution: TrainableConvolution::of(sizes), places, after }
    }

    pub fn outputs(&self) -> usize {
        self.sizes.outputs
    }

    pub fn side_out(&self) -> usize {
        if self.after.pool { self.sizes.side_out() / 2 } else { self.sizes.side_out() }
    }

    pub fn adds(&self) -> Option<usize> {
        self.after.add
    }

    fn of_output(&self) -> usize {
        self.side_out().pow(2) * self.outputs()
    }

    /// Buffers for so many images.
    pub fn memory(&self, images: usize) -> ConvMemory {
        let (raw, output) = (images * self.sizes.image_out(), images * self.of_output());
        ConvMemory {
            raw: vec![0.0; raw],
            output: vec![0.0; output],
            gradient: vec![0.0; output],
            has_gradient: false,
            of_output: self.of_output(),
            affine: NormState::new(self.outputs()),
            largest: vec![0; if self.after.pool { output } else { 0 }],
        }
    }

    /// Floats of the transformed weight.
    pub fn filters_len(&self) -> usize {
        self.convolution.filters_len()
    }

    pub fn transform_filters(&self, values: &[f32], filters: &mut [f32]) {
        self.convolution.transform_filters(&values[self.places.weight.clone()], filters);
    }

    /// The output of `images` images, into the memory. In training a norm takes the statistics of what it sees, and leaves
    /// them in `seen`, at the places of its running ones.
    #[expect(clippy::too_many_arguments, reason = "numbers, input, and what is kept")]
    pub fn forward(
        &self,
        values: &[f32],
        filters: &[f32],
        images: usize,
        input: &[f32],
        added: Option<&[f32]>,
        memory: &mut ConvMemory,
        buffers: &mut Buffers,
        seen: Option<&mut [f32]>,
    ) {
        let raw = &mut memory.raw[..images * self.sizes.image_out()];
        self.convolution.forward(&values[self.places.weight.clone()], filters, input, raw, buffers);
        memory.affine.set(values, &self.places, raw, seen);
        let output = &mut memory.output[..images * self.of_output()];
        if self.after.pool {
            vectorised(
                #[inline(always)]
                || self.pool(raw, &memory.affine, output, &mut memory.largest),
            );
        } else {
            vectorised(
                #[inline(always)]
                || self.activate(raw, &memory.affine, added, output),
            );
        }
    }

    /// Turns the gradient of the block's output into that of what its relu gets.
    pub fn pass_relu(&self, memory: &mut ConvMemory, images: usize) {
        if self.after.relu {
            // relu passes a gradient where its output is positive; pooling hands that output on unchanged.
            let values = memory.gradient[..images * self.of_output()].iter_mut().zip(&memory.output);
            vectorised(
                #[inline(always)]
                || {
                    for (gradient, output) in values {
                        *gradient = if *output > 0.0 { *gradient } else { 0.0 };
                    }
                },
            );
        }
    }

    /// From there on: the gradients of this block's numbers, into `sums`, and of its input where it is wanted.
    #[expect(clippy::too_many_arguments, reason = "numbers, input, and what is kept")]
    pub fn backward(
        &self,
        values: &[f32],
        filters: &[f32],
        images: usize,
        input: &[f32],
        memory: &mut ConvMemory,
        back: Option<Back<'_>>,
        buffers: &mut Buffers,
        sums: &mut [f32],
    ) {
        let raw = &memory.raw[..images * self.sizes.image_out()];
        let gradient = &mut memory.gradient[..images * self.of_output()];
        let mut unpooled = std::mem::take(&mut buffers.gradient);
        let gradient = if self.after.pool {
            let unpooled = room(&mut unpooled, raw.len());
            vectorised(
                #[inline(always)]
                || self.unpool(gradient, &memory.largest, unpooled),
            );
            unpooled
        } else {
            gradient
        };
        memory.affine.backward(values, &self.places, raw, gradient, sums);
        let weight = &mut sums[self.places.weight.clone()];
        let of = &values[self.places.weight.clone()];
        self.convolution.backward(of, filters, input, gradient, weight, back, buffers);
        buffers.gradient = unpooled;
    }

    /// Norm, addition and relu.
    #[inline(always)]
    fn activate(&self, raw: &[f32], affine: &NormState, added: Option<&[f32]>, output: &mut [f32]) {
        let channels = self.outputs();
        let least = if self.after.relu { 0.0 } else { f32::NEG_INFINITY };
        let rows = raw.chunks_exact(channels).zip(output.chunks_exact_mut(channels));
        if let Some(added) = added {
            for ((raw, output), added) in rows.zip(added.chunks_exact(channels)) {
                for ((output, value), added) in output.iter_mut().zip(affine.of(raw)).zip(added) {
                    *output = norm::at_least(value + added, least);
                }
            }
        } else {
            for (raw, output) in rows {
                output
                    .iter_mut()
                    .zip(affine.of(raw))
                    .for_each(|(output, value)| *output = norm::at_least(value, least));
            }
        }
    }

    /// The starts of the four pixels of each 2×2 block of the convolution's output.
    #[inline(always)]
    fn blocks(&self, count: usize) -> impl Iterator<Item = [usize; 4]> {
        let (side, channels) = (self.sizes.side_out(), self.outputs());
        let half = side / 2;
        (0..count * half * half).map(move |block| {
            let (image, y, x) = (block / (half * half), block / half % half, block % half);
            let corner = (image * side + 2 * y) * side + 2 * x;
            [corner, corner + 1, corner + side, corner + side + 1].map(|pixel| pixel * channels)
        })
    }

    /// The largest of each block after `affine`, and which it was.
    #[inline(always)]
    fn pool(&self, raw: &[f32], affine: &NormState, output: &mut [f32], largest: &mut [u8]) {
        let channels = self.outputs();
        let least = if self.after.relu { 0.0 } else { f32::NEG_INFINITY };
        let count = output.len() / self.of_output();
        let out = output.chunks_exact_mut(channels).zip(largest.chunks_exact_mut(channels));
        for ((output, largest), starts) in out.zip(self.blocks(count)) {
            output.fill(f32::NEG_INFINITY);
            for (number, start) in (0..).zip(starts) {
                let values = affine.of(&raw[start..start + channels]);
                for ((output, largest), value) in output.iter_mut().zip(&mut *largest).zip(values) {
                    let larger = value > *output;
                    *output = if larger { value } else { *output };
                    *largest = if larger { number } else { *largest };
                }
            }
            output.iter_mut().for_each(|value| *value = norm::at_least(*value, least));
        }
    }

    /// The gradient of the pooling's input.
    #[inline(always)]
    fn unpool(&self, gradient: &[f32], largest: &[u8], input: &mut [f32]) {
        let channels = self.outputs();
        let count = gradient.len() / self.of_output();
        if self.sizes.side_out() % 2 == 1 {
            // The last row and column were never looked at.
            input.fill(0.0);
        }
        let blocks = gradient.chunks_exact(channels).zip(largest.chunks_exact(channels)).zip(self.blocks(count));
        for ((gradient, largest), starts) in blocks {
            for (number, start) in (0..).zip(starts) {
                let input = input[start..start + channels].iter_mut();
                for ((input, gradient), largest) in input.zip(gradient).zip(largest) {
                    *input = if *largest == number { *gradient } else { 0.0 };
                }
            }
        }
    }
}

impl ConvMemory {
    /// Before a backward pass: no gradient is known.
    pub fn forget(&mut self) {
        self.has_gradient = false;
    }

    /// What so many images are when they leave the block.
    pub fn output(&self, images: usize) -> &[f32] {
        &self.output[..images * self.of_output]
    }

    /// The gradient of that.
    pub fn gradient(&self, images: usize) -> &[f32] {
        &self.gradient[..images * self.of_output]
    }

    /// What leaves the block, and where another part of its gradient goes.
    pub fn read(&mut self, images: usize) -> (&[f32], Back<'_>) {
        let add = std::mem::replace(&mut self.has_gradient, true);
        let length = images * self.of_output;
        (&self.output[..length], Back { gradient: &mut self.gradient[..length], add })
    }
}

impl Back<'_> {
    /// Puts a gradient there, or adds it to what is there.
    pub fn put(self, gradient: &[f32]) {
        if self.add {
            add(self.gradient, gradient);
        } else {
            self.gradient.copy_from_slice(gradient);
        }
    }
}
