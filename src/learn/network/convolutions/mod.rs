//! Fast convolutions on the CPU: forward and backward passes of a network's maps.
//!
//! burn's own convolution is several times slower backwards than forwards. Here images are laid out `(N, H, W, C)`, a
//! convolution is a matrix product of its unfolded input, and norm, addition, relu and pooling are one pass over its
//! output. Each lane takes a fixed share of the batch, so that sums are always taken in the same order: the same seed
//! gives the same bits. A norm's statistics are those of its lane (Hoffer et al. 2017, arXiv:1705.08741, §4).

mod block;
mod convolution;

use rayon::prelude::*;

use self::block::{Memory, Stage, Sums};
use crate::error::{Blame, Error, Result};
use crate::image::{PIXELS, SIDE};
use crate::learn::network::module::Net;
use crate::training::architectures::Layer;

/// Shares of a batch that run side by side.
const LANES: usize = 2;

/// Images that go through the layers together outside training.
const PIECE: usize = 16;

/// The layers of a network before its flattening.
pub struct Maps {
    stages: Vec<Stage>,
    /// Whether the features are the means of the last maps.
    mean: bool,
}

/// A forward pass that can be taken back.
pub struct Pass {
    /// `(N, F)`, as [`Layer::Flatten`] orders it.
    pub features: Vec<f32>,
    lanes: Vec<Lane>,
}

/// One lane's share of a [`Pass`].
struct Lane {
    /// The images, then the output of each stage, `(N, H, W, C)`.
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

/// What a norm saw in one batch, channel by channel: the means over its lanes.
#[derive(Debug, Clone, PartialEq)]
pub struct Statistics {
    /// The mean of each channel.
    pub mean: Vec<f32>,
    /// The variance of each channel within its lane.
    pub variance: Vec<f32>,
}

impl Maps {
    /// The maps of `net`, or `None` when it starts with no convolution. Weights are copied off the autodiff tape.
    ///
    /// # Errors
    /// [`Blame::Internal`] when a parameter cannot be read, or the layers come in an order that this cannot run.
    pub fn new(net: &Net) -> Result<Option<Self>> {
        if net.convs.is_empty() {
            return Ok(None);
        }
        let unknown = |layer: &Layer| {
            Error::new(Blame::Internal, "layers")
                .expected("convolution, norm, addition, relu, pooling")
                .got(format!("{layer:?}"))
        };
        let (mut convs, mut norms) = (net.convs.iter(), net.norms.iter());
        let mut layers = net.architecture().layers().iter().take_while(|layer| **layer != Layer::Flatten).peekable();
        let (mut side, mut stages, mut skip, mut mean) = (SIDE, Vec::<Stage>::new(), None, false);
        while let Some(layer) = layers.next() {
            match layer {
                Layer::Conv { .. } => {}
                Layer::Skip => {
                    skip = Some(stages.len());
                    continue;
                }
                Layer::Mean if layers.peek().is_none() => {
                    mean = true;
                    continue;
                }
                layer => return Err(unknown(layer)),
            }
            let conv = convs.next().ok_or_else(|| unknown(layer))?;
            let norm = layers.next_if_eq(&&Layer::Norm).and_then(|_| norms.next());
            let add = layers.next_if_eq(&&Layer::Add).and_then(|_| skip.take());
            let relu = layers.next_if_eq(&&Layer::Relu).is_some();
            let pool = layers.next_if_eq(&&Layer::MaxPool).is_some();
            let stage = Stage::new(conv, norm, side)?.then(add, relu, pool);
            side = stage.side_out();
            stages.push(stage);
        }
        Ok(Some(Self { stages, mean }))
    }

    /// The features of images `(N, 784)` in [0, 1], with each norm's statistics taken from this batch.
    pub fn forward(&self, images: &[f32]) -> Pass {
        let lanes: Vec<Lane> = lanes(images, PIXELS)
            .into_par_iter()
            .map(|images| {
                let (mut values, mut memories) = (vec![images.to_vec()], Vec::new());
                for stage in &self.stages {
                    let (output, memory) = stage.forward(&values, true);
                    values.push(output);
                    memories.push(memory);
                }
                Lane { values, memories }
            })
            .collect();
        let features = lanes.iter().flat_map(|lane| self.flatten(&lane.values[self.stages.len()])).collect();
        Pass { features, lanes }
    }

    /// The features of images `(N, 784)` in [0, 1], with each norm's running statistics.
    pub fn features(&self, images: &[f32]) -> Vec<f32> {
        images
            .par_chunks(PIECE * PIXELS)
            .flat_map_iter(|images| {
                let mut values = vec![images.to_vec()];
                for stage in &self.stages {
                    let (output, _) = stage.forward(&values, false);
                    values.push(output);
                }
                self.flatten(&values[self.stages.len()])
            })
            .collect()
    }

    /// The gradients of the convolutions, in layer order, from the gradient of [`Pass::features`].
    pub fn backward(&self, pass: &Pass, gradient: &[f32]) -> Vec<Gradient> {
        let shares = lanes(gradient, gradient.len() / (pass.images().max(1)));
        let sums: Vec<Vec<Sums>> = pass
            .lanes
            .par_iter()
            .zip(shares)
            .map(|(lane, gradient)| {
                let mut gradients = vec![Vec::new(); self.stages.len() + 1];
                gradients[self.stages.len()] = self.unflatten(gradient);
                let mut sums: Vec<Sums> = Vec::with_capacity(self.stages.len());
                for (number, stage) in self.stages.iter().enumerate().rev() {
                    sums.push(stage.backward(number, lane, &mut gradients));
                }
                sums.reverse();
                sums
            })
            .collect();
        let total = sums.into_iter().reduce(|mut total, lane| {
            for (total, lane) in total.iter_mut().zip(lane) {
                add(&mut total.weight, &lane.weight);
                add(&mut total.shift, &lane.shift);
                add(&mut total.scale, &lane.scale);
            }
            total
        });
        total.unwrap_or_default()
    }

    /// Channels and area of the last maps.
    fn last(&self) -> (usize, usize) {
        self.stages.last().map_or((1, PIXELS), |stage| (stage.outputs(), stage.side_out().pow(2)))
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
        self.lanes.iter().map(|lane| lane.values[0].len() / PIXELS).sum()
    }

    /// What the norms saw, in layer order; empty for a network without.
    pub fn statistics(&self) -> Vec<Statistics> {
        let seen = |lane: &Lane| lane.memories.iter().filter_map(|memory| memory.statistics.clone()).collect();
        let total = self.lanes.iter().map(seen).reduce(|mut total: Vec<Statistics>, lane| {
            for (total, lane) in total.iter_mut().zip(lane) {
                add(&mut total.mean, &lane.mean);
                add(&mut total.variance, &lane.variance);
            }
            total
        });
        let lanes = self.lanes.len() as f32;
        let mean = |sums: Vec<f32>| sums.into_iter().map(|sum| sum / lanes).collect();
        let mean = |sums: Statistics| Statistics { mean: mean(sums.mean), variance: mean(sums.variance) };
        total.unwrap_or_default().into_iter().map(mean).collect()
    }
}

/// The batch in [`LANES`] shares of whole images of `size` values.
fn lanes(values: &[f32], size: usize) -> Vec<&[f32]> {
    let count = values.len() / size.max(1);
    values.chunks(count.div_ceil(LANES).max(1) * size.max(1)).collect()
}

fn add(sums: &mut [f32], values: &[f32]) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += value;
    }
}
