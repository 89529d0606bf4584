//! One share of a batch on its way through the layers and back.

use std::ops::Range;

use super::Sequential;
use super::buffers::Buffers;
use super::conv_block::ConvMemory;
use super::head::HeadMemory;
use crate::error::Result;
use crate::image::PIXELS;
use crate::labels::{CLASSES, Label};
use crate::learn::network::arena::Kind;
use crate::learn::network::lesson::Lessons;
use crate::learn::network::tally::Tally;
use crate::random::Stream;

/// What one thread keeps from step to step.
pub(super) struct Share {
    /// `(n, 784)`.
    images: Vec<f32>,
    /// `(n, 10)`.
    targets: Vec<f32>,
    labels: Vec<Label>,
    /// One for each image.
    streams: Vec<Stream>,
    blocks: Vec<ConvMemory>,
    head: HeadMemory,
    buffers: Buffers,
    /// As the network's numbers are laid out.
    gradient: Vec<f32>,
}

impl Share {
    /// Buffers for shares of so many images.
    pub fn new(layers: &Sequential, images: usize) -> Self {
        Self {
            images: vec![0.0; images * PIXELS],
            targets: vec![0.0; images * CLASSES],
            labels: Vec::with_capacity(images),
            streams: Vec::with_capacity(images),
            blocks: layers.blocks.iter().map(|block| block.memory(images)).collect(),
            head: layers.head.memory(images),
            buffers: Buffers::default(),
            gradient: vec![0.0; layers.layout.len()],
        }
    }

    pub fn gradient(&self) -> &[f32] {
        &self.gradient
    }

    /// It has no share of this batch.
    pub fn idle(&mut self) {
        self.gradient.fill(0.0);
    }

    /// The gradients of the lessons at `positions`, one of `shares` shares.
    pub fn learn(
        &mut self,
        layers: &Sequential,
        values: &[f32],
        filters: &[Vec<f32>],
        lessons: &dyn Lessons,
        positions: Range<usize>,
        shares: usize,
    ) -> Result<Tally> {
        let count = positions.len();
        self.labels.clear();
        self.streams.clear();
        let rows = self.images.as_chunks_mut::<PIXELS>().0.iter_mut().zip(self.targets.as_chunks_mut::<CLASSES>().0);
        for (position, (pixels, target)) in positions.zip(rows) {
            let (label, stream) = lessons.give(position, pixels, target);
            self.labels.push(label);
            self.streams.push(stream);
        }
        let mut images = std::mem::take(&mut self.images);
        self.forward(layers, values, filters, &images[..count * PIXELS], true);
        let (logits, gradient) = layers.head.gradient_of_logits(&mut self.head, count);
        let tally = Tally::with_gradient(logits, &self.targets, &self.labels, 1.0 / lessons.len() as f32, gradient);
        if let Ok(tally) = &tally {
            debug_assert_eq!(tally.images(), count);
            self.backward(layers, values, filters, &images[..count * PIXELS]);
            let means = layers.layout.kinds().iter().filter(|(_, kind)| *kind == Kind::Running);
            for (range, _) in means {
                self.gradient[range.clone()].iter_mut().for_each(|seen| *seen /= shares as f32);
            }
        }
        std::mem::swap(&mut self.images, &mut images);
        tally
    }

    /// The logits of images, by the norms' running statistics.
    pub fn answer(
        &mut self,
        layers: &Sequential,
        values: &[f32],
        filters: &[Vec<f32>],
        pixels: &[f32],
        logits: &mut [f32],
    ) {
        self.forward(layers, values, filters, pixels, false);
        let (found, _) = layers.head.gradient_of_logits(&mut self.head, pixels.len() / PIXELS);
        logits.copy_from_slice(found);
    }

    fn forward(&mut self, layers: &Sequential, values: &[f32], filters: &[Vec<f32>], images: &[f32], training: bool) {
        let count = images.len() / PIXELS;
        for (number, (block, filters)) in layers.blocks.iter().zip(filters).enumerate() {
            let (before, after) = self.blocks.split_at_mut(number);
            let value = |index: usize| match index.checked_sub(1) {
                None => images,
                Some(index) => before[index].output(count),
            };
            let seen = training.then_some(&mut self.gradient[..]);
            let added = block.adds().map(value);
            block.forward(values, filters, count, value(number), added, &mut after[0], &mut self.buffers, seen);
        }
        let maps = self.blocks.last().map_or(images, |last| last.output(count));
        layers.head.forward(values, maps, &mut self.head, training.then_some(&mut self.streams[..]));
    }

    fn backward(&mut self, layers: &Sequential, values: &[f32], filters: &[Vec<f32>], images: &[f32]) {
        let count = images.len() / PIXELS;
        self.blocks.iter_mut().for_each(ConvMemory::forget);
        let (maps, back) = match self.blocks.last_mut() {
            None => (images, None),
            Some(last) => {
                let (maps, back) = last.read(count);
                (maps, Some(back.gradient))
            }
        };
        layers.head.backward(values, maps, &mut self.head, back, &mut self.gradient);
        for (number, (block, filters)) in layers.blocks.iter().zip(filters).enumerate().rev() {
            let (before, after) = self.blocks.split_at_mut(number);
            let memory = &mut after[0];
            block.pass_relu(memory, count);
            if let Some(added) = block.adds().and_then(|index| before.get_mut(index.checked_sub(1)?)) {
                added.read(count).1.put(memory.gradient(count));
            }
            let (input, back) = match before.last_mut() {
                None => (images, None),
                Some(before) => {
                    let (input, back) = before.read(count);
                    (input, Some(back))
                }
            };
            block.backward(values, filters, count, input, memory, back, &mut self.buffers, &mut self.gradient);
        }
    }
}
