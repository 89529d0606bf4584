//! Fast convolutions on the CPU: forward and backward passes of a network's maps.
//!
//! burn's own convolution is several times slower backwards than forwards. Here images are laid out `(N, H, W, C)`, a
//! convolution is a matrix product of its unfolded input, and norm, addition, relu and pooling are one pass over its
//! output. A batch goes through in fixed shares side by side, so that sums are always taken in the same order: the same seed
//! gives the same bits. A norm's statistics are those of its share (Hoffer et al. 2017, arXiv:1705.08741, §4).

mod block;
mod convolution;

use rayon::prelude::*;

use self::block::{After, Block, Memory, Sums};
use crate::error::Result;
use crate::image::{PIXELS, SIDE};
use crate::learn::network::module::Net;
use crate::training::layers::{Filled, misplaced};

/// Shares of a batch that run side by side.
const SHARES: usize = 2;

/// Images that go through the layers together outside training.
const PIECE: usize = 16;

/// The layers of a network before its flattening.
pub struct Convolutions {
    blocks: Vec<Block>,
    /// Whether the features are the means of the last maps.
    mean: bool,
}

/// A forward pass that can be taken back.
pub struct Pass {
    /// `(N, F)`, as [`Layer::Flatten`](crate::training::layers::Layer::Flatten) orders it.
    pub features: Vec<f32>,
    shares: Vec<Share>,
}

/// One share's share of a [`Pass`].
struct Share {
    /// The images, then the output of each block, `(N, H, W, C)`.
    values: Vec<Vec<f32>>,
    memories: Vec<Memory>,
}

/// The gradient of one convolution and what comes with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Gradient {
    /// `(K, K, I, O)`.
    pub weight: Vec<f32>,
    /// Of the bias, or of the norm's beta.
    pub shift: Vec<f32>,
    /// Of the norm's gamma; empty without a norm.
    pub scale: Vec<f32>,
}

/// What a norm saw in one batch, channel by channel: the means over its shares.
#[derive(Debug, Clone, PartialEq)]
pub struct Statistics {
    /// The mean of each channel.
    pub mean: Vec<f32>,
    /// The variance of each channel within its share.
    pub variance: Vec<f32>,
}

impl Convolutions {
    /// The convolutions of `net`, or `None` when it starts with none. Weights are copied off the autodiff tape.
    ///
    /// # Errors
    /// Those of [`Net::layers`]; [`Blame::Internal`](crate::error::Blame::Internal) when a parameter cannot be read, or the
    /// layers come in an order that this cannot run.
    pub fn new(net: &Net) -> Result<Option<Self>> {
        let layers = net.layers()?;
        if !matches!(layers.first(), Some(Filled::Conv { .. })) {
            return Ok(None);
        }
        let mut layers = layers.into_iter().take_while(|layer| !matches!(layer, Filled::Flatten)).peekable();
        let (mut side, mut blocks, mut skip, mut mean) = (SIDE, Vec::<Block>::new(), None, false);
        while let Some(layer) = layers.next() {
            match layer {
                Filled::Conv { learned, .. } => {
                    let mut after = After::default();
                    if layers.next_if(|layer| matches!(layer, Filled::Add)).is_some() {
                        after.add = Some(skip.take().ok_or_else(|| misplaced("an addition of nothing"))?);
                    }
                    after.relu = layers.next_if(|layer| matches!(layer, Filled::Relu)).is_some();
                    after.pool = layers.next_if(|layer| matches!(layer, Filled::MaxPool)).is_some();
                    let block = Block::new(learned, side, after)?;
                    side = block.side_out();
                    blocks.push(block);
                }
                Filled::Skip => skip = Some(blocks.len()),
                Filled::Mean if layers.peek().is_none() => mean = true,
                _ => return Err(misplaced("a layer that follows no convolution")),
            }
        }
        Ok(Some(Self { blocks, mean }))
    }

    /// The features of images `(N, 784)` in [0, 1], with each norm's statistics taken from this batch.
    pub fn forward(&self, images: &[f32]) -> Pass {
        let shares: Vec<Share> = shares(images, PIXELS)
            .into_par_iter()
            .map(|images| {
                let (mut values, mut memories) = (vec![images.to_vec()], Vec::new());
                for block in &self.blocks {
                    let (output, memory) = block.forward(&values, true);
                    values.push(output);
                    memories.push(memory);
                }
                Share { values, memories }
            })
            .collect();
        let features = shares.iter().flat_map(|share| self.flatten(&share.values[self.blocks.len()])).collect();
        Pass { features, shares }
    }

    /// The features of images `(N, 784)` in [0, 1], with each norm's running statistics.
    pub fn features(&self, images: &[f32]) -> Vec<f32> {
        images
            .par_chunks(PIECE * PIXELS)
            .flat_map_iter(|images| {
                let mut values = vec![images.to_vec()];
                for block in &self.blocks {
                    let (output, _) = block.forward(&values, false);
                    values.push(output);
                }
                self.flatten(&values[self.blocks.len()])
            })
            .collect()
    }

    /// The gradients of the convolutions, in layer order, from the gradient of [`Pass::features`].
    pub fn backward(&self, pass: &Pass, gradient: &[f32]) -> Vec<Gradient> {
        let shares = shares(gradient, gradient.len() / (pass.images().max(1)));
        let sums: Vec<Vec<Sums>> = pass
            .shares
            .par_iter()
            .zip(shares)
            .map(|(share, gradient)| {
                let mut gradients = vec![Vec::new(); self.blocks.len() + 1];
                gradients[self.blocks.len()] = self.unflatten(gradient);
                let mut sums: Vec<Sums> = Vec::with_capacity(self.blocks.len());
                for (number, block) in self.blocks.iter().enumerate().rev() {
                    sums.push(block.backward(number, share, &mut gradients));
                }
                sums.reverse();
                sums
            })
            .collect();
        let total = sums.into_iter().reduce(|mut total, share| {
            for (total, share) in total.iter_mut().zip(share) {
                add(&mut total.weight, &share.weight);
                add(&mut total.shift, &share.shift);
                add(&mut total.scale, &share.scale);
            }
            total
        });
        total.unwrap_or_default()
    }

    /// Channels and area of the last maps.
    fn last(&self) -> (usize, usize) {
        self.blocks.last().map_or((1, PIXELS), |block| (block.outputs(), block.side_out().pow(2)))
    }

    /// Maps `(N, H, W, C)` → features `(N, F)`.
    fn flatten(&self, maps: &[f32]) -> Vec<f32> {
        let (channels, area) = self.last();
        let mut features = Vec::with_capacity(maps.len() / if self.mean { area } else { 1 });
        for image in maps.chunks_exact(channels * area) {
            if self.mean {
                let start = features.len();
                features.resize(start + channels, 0.0);
                image.chunks_exact(channels).for_each(|pixel| add(&mut features[start..], pixel));
                features[start..].iter_mut().for_each(|sum| *sum /= area as f32);
            } else {
                features.extend((0..channels * area).map(|index| image[index % area * channels + index / area]));
            }
        }
        features
    }

    /// The adjoint of [`Self::flatten`].
    fn unflatten(&self, gradient: &[f32]) -> Vec<f32> {
        let (channels, area) = self.last();
        let mut maps = Vec::with_capacity(gradient.len() * if self.mean { area } else { 1 });
        for image in gradient.chunks_exact(if self.mean { channels } else { channels * area }) {
            if self.mean {
                (0..area).for_each(|_| maps.extend(image.iter().map(|value| value / area as f32)));
            } else {
                maps.extend((0..channels * area).map(|index| image[index % channels * area + index / channels]));
            }
        }
        maps
    }
}

impl Pass {
    /// How many images went through.
    fn images(&self) -> usize {
        self.shares.iter().map(|share| share.values[0].len() / PIXELS).sum()
    }

    /// What the norms saw, in layer order; empty for a network without.
    pub fn statistics(&self) -> Vec<Statistics> {
        let seen = |share: &Share| share.memories.iter().filter_map(|memory| memory.statistics.clone()).collect();
        let total = self.shares.iter().map(seen).reduce(|mut total: Vec<Statistics>, share| {
            for (total, share) in total.iter_mut().zip(share) {
                add(&mut total.mean, &share.mean);
                add(&mut total.variance, &share.variance);
            }
            total
        });
        let shares = self.shares.len() as f32;
        let mean = |sums: Vec<f32>| sums.into_iter().map(|sum| sum / shares).collect();
        let mean = |sums: Statistics| Statistics { mean: mean(sums.mean), variance: mean(sums.variance) };
        total.unwrap_or_default().into_iter().map(mean).collect()
    }
}

/// The batch in [`SHARES`] shares of whole images of `size` values.
fn shares(values: &[f32], size: usize) -> Vec<&[f32]> {
    let count = values.len() / size.max(1);
    values.chunks(count.div_ceil(SHARES).max(1) * size.max(1)).collect()
}

fn add(sums: &mut [f32], values: &[f32]) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += value;
    }
}
