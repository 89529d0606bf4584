//! Training on the processor: a network's forward and backward passes on slices, in buffers that are kept from step to step.
//!
//! burn's own operators are several times slower. Sizes are laid out `(N, H, W, C)`; convolutions are products in Winograd's
//! domain, or of their unfolded input; norm, addition, relu and pooling are one pass over their output. A batch goes
//! through in fixed shares side by side, so that sums are always taken in the same order: the same seed gives the same bits.
//! A norm's statistics are those of its share (Hoffer et al. 2017, arXiv:1705.08741, §4).

mod adjoint;
mod buffers;
mod conv_block;
pub mod convolution;
mod dense_block;
mod head;
mod norm;
mod share;
mod sweeps;
mod unfolded;
mod winograd;

use pulp::Arch;
use rayon::prelude::*;

use self::conv_block::{After, ConvBlock};
use self::head::Head;
use self::share::Share;
use super::arena::Layout;
use super::lesson::Lessons;
use super::tally::Tally;
use crate::error::Result;
use crate::image::{PIXELS, SIDE};
use crate::images::Images;
use crate::labels::CLASSES;
use crate::training::architectures::Architecture;
use crate::training::layers::{ConvSizes, Filled, misplaced, resolved};

/// Shares of a batch that run side by side.
const SHARES: usize = 2;

/// Images that one share takes through the layers at once outside training.
const PIECE: usize = 64;

/// Sizes of a convolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sizes {
    inputs: usize,
    outputs: usize,
    kernel: usize,
    stride: usize,
    /// Height and width of the input.
    side: usize,
}

impl Sizes {
    /// Height and width of the output.
    fn side_out(&self) -> usize {
        self.side.div_ceil(self.stride)
    }

    fn image_in(&self) -> usize {
        self.side * self.side * self.inputs
    }

    fn image_out(&self) -> usize {
        self.side_out() * self.side_out() * self.outputs
    }
}

/// Where the gradient of a value goes.
struct Back<'a> {
    gradient: &'a mut [f32],
    /// Whether it is added to what is there.
    add: bool,
}

/// A network's layers and what they need to run; its numbers are the caller's, in the order of [`Layout`].
pub struct Processor {
    layers: Sequential,
    /// The weights in Winograd's domain, block by block.
    filters: Vec<Vec<f32>>,
    shares: Vec<Share>,
}

/// The layers, in order.
struct Sequential {
    layout: Layout,
    blocks: Vec<ConvBlock>,
    head: Head,
}

impl Processor {
    /// The layers of a network, with room for batches of this many images.
    ///
    /// # Errors
    /// [`Blame::Internal`](crate::error::Blame::Internal) when the layers come in an order that this cannot run.
    pub fn new(architecture: Architecture, batch: usize) -> Result<Self> {
        let layers = Sequential::new(architecture)?;
        let filters = layers.blocks.iter().map(|block| vec![0.0; block.filters_len()]).collect();
        let room = batch.div_ceil(SHARES).max(PIECE);
        let shares = (0..SHARES).map(|_| Share::new(&layers, room)).collect();
        Ok(Self { layers, filters, shares })
    }

    /// Where a network's numbers lie.
    pub fn layout(&self) -> &Layout {
        &self.layers.layout
    }

    /// The gradients of the mean cross-entropy of a batch of lessons, and how it did; [`Self::gradient`] has them.
    ///
    /// # Errors
    /// [`Blame::Network`](crate::error::Blame::Network) when training has diverged.
    pub fn step(&mut self, values: &[f32], lessons: &dyn Lessons) -> Result<Tally> {
        let Self { layers, filters, shares } = self;
        layers.transform_filters(values, filters);
        let count = lessons.len();
        let size = count.div_ceil(SHARES).max(1);
        let busy = count.div_ceil(size);
        let tallies: Vec<Result<Tally>> = shares[..busy]
            .par_iter_mut()
            .enumerate()
            .map(|(number, share)| {
                let positions = number * size..((number + 1) * size).min(count);
                share.learn(layers, values, filters, lessons, positions, busy)
            })
            .collect();
        shares[busy..].iter_mut().for_each(Share::idle);
        let mut total = Tally::default();
        for tally in tallies {
            total.add(&tally?);
        }
        Ok(total)
    }

    /// What the last step found: the gradient of each number, or, at the places of running statistics, what the batch's are;
    /// to be summed over shares.
    pub fn gradient(&self) -> [&[f32]; SHARES] {
        std::array::from_fn(|share| self.shares[share].gradient())
    }

    /// The logits of each image, without dropout and by the norms' running statistics.
    pub fn logits(&mut self, values: &[f32], images: &Images<'_>) -> Vec<[f32; CLASSES]> {
        let Self { layers, filters, shares } = self;
        layers.transform_filters(values, filters);
        let pixels = images.pixels();
        let mut logits = vec![[0.0; CLASSES]; images.len()];
        let size = images.len().div_ceil(SHARES).max(1);
        let of_share = pixels.chunks(size * PIXELS).zip(logits.chunks_mut(size));
        shares.par_iter_mut().zip(of_share.collect::<Vec<_>>()).for_each(|(share, (pixels, logits))| {
            for (pixels, logits) in pixels.chunks(PIECE * PIXELS).zip(logits.chunks_mut(PIECE)) {
                share.answer(layers, values, filters, pixels, logits.as_flattened_mut());
            }
        });
        logits
    }
}

impl Sequential {
    fn new(architecture: Architecture) -> Result<Self> {
        let layers = resolved(architecture.layers())?;
        let layout = Layout::new(&layers);
        let mut places = layout.places().iter().cloned();
        let mut next = || places.next().ok_or_else(|| misplaced("a layer without numbers"));
        let mut layers = layers.into_iter().peekable();
        let (mut side, mut channels, mut blocks, mut skip, mut mean) = (SIDE, 1, Vec::<ConvBlock>::new(), None, false);
        while let Some(layer) = layers.next_if(|layer| *layer != Filled::Flatten) {
            match layer {
                Filled::Conv { learned: ConvSizes { inputs, outputs, side: own, .. }, kernel, stride } => {
                    let mut after = After::default();
                    if layers.next_if_eq(&Filled::Add).is_some() {
                        after.add = skip.take();
                    }
                    after.relu = layers.next_if_eq(&Filled::Relu).is_some();
                    after.pool = layers.next_if_eq(&Filled::MaxPool).is_some();
                    if after.add.is_some() && after.pool {
                        return Err(misplaced("an addition before a pool"));
                    }
                    let block = ConvBlock::new(Sizes { inputs, outputs, kernel, stride, side: own }, next()?, after);
                    (side, channels) = (block.side_out(), outputs);
                    blocks.push(block);
                }
                Filled::Skip if !blocks.is_empty() => skip = Some(blocks.len()),
                Filled::Mean if layers.peek() == Some(&Filled::Flatten) => mean = true,
                _ => return Err(misplaced("a layer that follows no convolution")),
            }
        }
        let head = Head::new(channels, side * side, mean, layers.skip(1), next)?;
        Ok(Self { layout, blocks, head })
    }

    /// Layer by layer beside each other.
    fn transform_filters(&self, values: &[f32], filters: &mut [Vec<f32>]) {
        if !filters.is_empty() {
            let layers = self.blocks.par_iter().zip(filters);
            layers.with_max_len(1).for_each(|(block, filters)| block.transform_filters(values, filters));
        }
    }
}

/// Runs a loop by the widest vectors that this processor has.
#[inline(always)]
fn vectorised<R>(work: impl FnOnce() -> R) -> R {
    Arch::new().dispatch(work)
}

#[inline(always)]
fn add(sums: &mut [f32], values: &[f32]) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += value;
    }
}
