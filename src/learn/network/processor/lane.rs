//! One share of a batch on its way through the layers and back.

use std::ops::Range;

use super::scratch::Scratch;
use super::{Plan, block, head};
use crate::error::Result;
use crate::image::PIXELS;
use crate::labels::{CLASSES, Label};
use crate::learn::network::arena::Kind;
use crate::learn::network::lesson::Lessons;
use crate::learn::network::tally::Tally;
use crate::random::Stream;

/// What one thread keeps from step to step.
pub(super) struct Lane {
    /// `(n, 784)`.
    images: Vec<f32>,
    /// `(n, 10)`.
    targets: Vec<f32>,
    labels: Vec<Label>,
    /// One for each image.
    streams: Vec<Stream>,
    blocks: Vec<block::Memory>,
    head: head::Memory,
    scratch: Scratch,
    /// As the network's numbers are laid out.
    gradient: Vec<f32>,
}

impl Lane {
    /// Buffers for shares of so many images.
    pub fn new(plan: &Plan, images: usize) -> Self {
        Self {
            images: vec![0.0; images * PIXELS],
            targets: vec![0.0; images * CLASSES],
            labels: Vec::with_capacity(images),
            streams: Vec::with_capacity(images),
            blocks: plan.blocks.iter().map(|block| block.memory(images)).collect(),
            head: plan.head.memory(images),
            scratch: Scratch::default(),
            gradient: vec![0.0; plan.layout.len()],
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
        plan: &Plan,
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
        self.forward(plan, values, filters, &images[..count * PIXELS], true);
        let (logits, gradient) = plan.head.gradient_of_logits(&mut self.head, count);
        let tally = Tally::with_gradient(logits, &self.targets, &self.labels, 1.0 / lessons.len() as f32, gradient);
        if let Ok(tally) = &tally {
            debug_assert_eq!(tally.images(), count);
            self.backward(plan, values, filters, &images[..count * PIXELS]);
            let means = plan.layout.kinds().iter().filter(|(_, kind)| *kind == Kind::Running);
            for (range, _) in means {
                self.gradient[range.clone()].iter_mut().for_each(|seen| *seen /= shares as f32);
            }
        }
        std::mem::swap(&mut self.images, &mut images);
        tally
    }

    /// The logits of images, by the norms' running statistics.
    pub fn answer(&mut self, plan: &Plan, values: &[f32], filters: &[Vec<f32>], pixels: &[f32], logits: &mut [f32]) {
        self.forward(plan, values, filters, pixels, false);
        let (found, _) = plan.head.gradient_of_logits(&mut self.head, pixels.len() / PIXELS);
        logits.copy_from_slice(found);
    }

    fn forward(&mut self, plan: &Plan, values: &[f32], filters: &[Vec<f32>], images: &[f32], training: bool) {
        let count = images.len() / PIXELS;
        for (number, (block, filters)) in plan.blocks.iter().zip(filters).enumerate() {
            let (before, after) = self.blocks.split_at_mut(number);
            let value = |index: usize| match index.checked_sub(1) {
                None => images,
                Some(index) => before[index].output(count),
            };
            let seen = training.then_some(&mut self.gradient[..]);
            let added = block.adds().map(value);
            block.forward(values, filters, count, value(number), added, &mut after[0], &mut self.scratch, seen);
        }
        let maps = self.blocks.last().map_or(images, |last| last.output(count));
        plan.head.forward(values, maps, &mut self.head, training.then_some(&mut self.streams[..]));
    }

    fn backward(&mut self, plan: &Plan, values: &[f32], filters: &[Vec<f32>], images: &[f32]) {
        let count = images.len() / PIXELS;
        self.blocks.iter_mut().for_each(block::Memory::forget);
        let (maps, back) = match self.blocks.last_mut() {
            None => (images, None),
            Some(last) => {
                let (maps, back) = last.read(count);
                (maps, Some(back.gradient))
            }
        };
        plan.head.backward(values, maps, &mut self.head, back, &mut self.gradient);
        for (number, (block, filters)) in plan.blocks.iter().zip(filters).enumerate().rev() {
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
            block.backward(values, filters, count, input, memory, back, &mut self.scratch, &mut self.gradient);
        }
    }
}
