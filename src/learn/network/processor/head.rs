//! What follows the maps: features, dense layers, the loss.

use super::dense_block::{DenseBlock, DenseMemory};
use super::{add, vectorised};
use crate::error::Result;
use crate::labels::CLASSES;
use crate::learn::network::arena::Places;
use crate::random::Stream;
use crate::training::layers::{DenseSizes, Filled, Resolved, misplaced};

/// From maps `(n, H, W, C)` to logits `(n, 10)`.
pub(super) struct Head {
    channels: usize,
    area: usize,
    /// Whether the features are the means of the maps.
    mean: bool,
    denses: Vec<DenseBlock>,
}

/// What a thread keeps of it for its share of the batch.
pub(super) struct HeadMemory {
    /// `(n, F)`, as [`Filled::Flatten`] orders them; empty where they are the maps themselves.
    features: Vec<f32>,
    /// The gradient of that.
    gradient: Vec<f32>,
    denses: Vec<DenseMemory>,
}

impl Head {
    pub fn new(
        channels: usize,
        area: usize,
        mean: bool,
        layers: impl Iterator<Item = Resolved>,
        mut next: impl FnMut() -> Result<Places>,
    ) -> Result<Self> {
        let mut denses = Vec::<DenseBlock>::new();
        for layer in layers {
            match (layer, denses.last_mut()) {
                (Filled::Dense(DenseSizes { inputs, outputs, .. }), _) => {
                    denses.push(DenseBlock { inputs, outputs, places: next()?, relu: false, dropout: false });
                }
                (Filled::Relu, Some(dense)) if !dense.relu => dense.relu = true,
                (Filled::Dropout, Some(dense)) if dense.relu => dense.dropout = true,
                _ => return Err(misplaced("a layer that follows no dense one")),
            }
        }
        let ends = denses.last().is_some_and(|last| !last.relu);
        if ends { Ok(Self { channels, area, mean, denses }) } else { Err(misplaced("no logits")) }
    }

    /// Features of an image.
    fn width(&self) -> usize {
        if self.mean { self.channels } else { self.channels * self.area }
    }

    /// Whether its features are the maps as they are.
    fn is_flat(&self) -> bool {
        self.channels == 1 && !self.mean
    }

    /// Buffers for so many images.
    pub fn memory(&self, images: usize) -> HeadMemory {
        let features = if self.is_flat() { 0 } else { images * self.width() };
        HeadMemory {
            features: vec![0.0; features],
            gradient: vec![0.0; features],
            denses: self.denses.iter().map(|dense| dense.memory(images)).collect(),
        }
    }

    /// The logits of maps, in the memory. `streams` are those of the images, in training.
    pub fn forward<'a>(
        &self,
        values: &[f32],
        maps: &[f32],
        memory: &'a mut HeadMemory,
        mut streams: Option<&mut [Stream]>,
    ) -> &'a [f32] {
        let images = maps.len() / (self.channels * self.area);
        if !self.is_flat() {
            self.flatten(maps, &mut memory.features[..images * self.width()]);
        }
        for (number, dense) in self.denses.iter().enumerate() {
            let (before, after) = memory.denses.split_at_mut(number);
            let input = match before.last() {
                Some(before) => &before.output,
                None if self.is_flat() => maps,
                None => &memory.features,
            };
            let output = &mut after[0].output[..images * dense.outputs];
            dense.forward(values, &input[..images * dense.inputs], output, streams.as_deref_mut());
        }
        memory.denses.last().map_or(&[], |last| &last.output[..images * CLASSES])
    }

    /// The gradients of its numbers, into `sums`, and that of the maps where it is wanted, from that of the logits.
    pub fn backward(
        &self,
        values: &[f32],
        maps: &[f32],
        memory: &mut HeadMemory,
        back: Option<&mut [f32]>,
        sums: &mut [f32],
    ) {
        let images = maps.len() / (self.channels * self.area);
        for (number, dense) in self.denses.iter().enumerate().rev() {
            let (before, after) = memory.denses.split_at_mut(number);
            let (input, gradient) = match before.last_mut() {
                Some(before) => (&before.output[..], Some(&mut before.gradient[..images * dense.inputs])),
                None if self.is_flat() => (maps, None),
                None => (&memory.features[..], Some(&mut memory.gradient[..images * dense.inputs])),
            };
            let gradient = if number == 0 && back.is_none() { None } else { gradient };
            dense.backward(values, &input[..images * dense.inputs], &mut after[0], gradient, sums);
        }
        if let Some(back) = back {
            self.unflatten(&memory.gradient[..images * self.width()], back);
        }
    }

    /// The gradient of the logits is written here.
    pub fn gradient_of_logits<'a>(&self, memory: &'a mut HeadMemory, images: usize) -> (&'a [f32], &'a mut [f32]) {
        match memory.denses.last_mut() {
            Some(last) => (&last.output[..images * CLASSES], &mut last.gradient[..images * CLASSES]),
            None => (&[], &mut []),
        }
    }

    /// Sizes `(n, H, W, C)` → features `(n, F)`.
    fn flatten(&self, maps: &[f32], features: &mut [f32]) {
        let (channels, area) = (self.channels, self.area);
        for (image, features) in maps.chunks_exact(channels * area).zip(features.chunks_exact_mut(self.width())) {
            if self.mean {
                features.fill(0.0);
                vectorised(
                    #[inline(always)]
                    || image.chunks_exact(channels).for_each(|pixel| add(features, pixel)),
                );
                features.iter_mut().for_each(|sum| *sum /= area as f32);
            } else {
                for (place, pixel) in image.chunks_exact(channels).enumerate() {
                    features
                        .iter_mut()
                        .skip(place)
                        .step_by(area)
                        .zip(pixel)
                        .for_each(|(feature, value)| *feature = *value);
                }
            }
        }
    }

    /// The adjoint of [`Self::flatten`].
    fn unflatten(&self, gradient: &[f32], maps: &mut [f32]) {
        let (channels, area) = (self.channels, self.area);
        for (image, gradient) in maps.chunks_exact_mut(channels * area).zip(gradient.chunks_exact(self.width())) {
            for (place, pixel) in image.chunks_exact_mut(channels).enumerate() {
                if self.mean {
                    pixel.iter_mut().zip(gradient).for_each(|(value, sum)| *value = sum / area as f32);
                } else {
                    pixel
                        .iter_mut()
                        .zip(gradient.iter().skip(place).step_by(area))
                        .for_each(|(value, of)| *value = *of);
                }
            }
        }
    }
}
