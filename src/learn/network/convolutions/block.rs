//! A convolution with what follows it up to the next: norm or bias, addition, relu, pooling.

use burn::nn::BatchNorm;

use super::convolution::Convolution;
use super::{Gradient, Share, Statistics, add};
use crate::error::Result;
use crate::learn::network::module::{Affine, Convolving, to_vec};

/// A block's gradients, summed over its share of the batch.
pub(super) type Sums = Gradient;

pub(super) struct Block {
    convolution: Convolution,
    norm: Option<Norm>,
    /// What the convolution's output goes through outside training: the folded norm or the bias.
    affine: Affine,
    after: After,
}

/// What the convolution and its norm are followed by, in this order.
#[derive(Default)]
pub(super) struct After {
    /// The addition of one of the share's values.
    pub add: Option<usize>,
    pub relu: bool,
    pub pool: bool,
}

struct Norm {
    gamma: Vec<f32>,
    beta: Vec<f32>,
    epsilon: f64,
}

/// What the backward pass needs beside the values.
pub(super) struct Memory {
    /// The convolution's output, where a norm needs it.
    raw: Vec<f32>,
    /// What the norm made of it.
    pub statistics: Option<Statistics>,
    /// With pooling, which of the four was the largest.
    largest: Vec<u8>,
}

impl Block {
    pub fn new((conv, norm): Convolving<'_>, side: usize, after: After) -> Result<Self> {
        let weight = conv.weight.val().without_autodiff();
        let [outputs, inputs, kernel, _] = weight.dims();
        let convolution = Convolution {
            weight: to_vec(weight.permute([2, 3, 1, 0]))?,
            kernel,
            stride: conv.stride[0],
            inputs,
            outputs,
            side,
        };
        let bias = || conv.bias.as_ref().map_or_else(|| Ok(vec![0.0; outputs]), |bias| to_vec(bias.val()));
        let affine = match norm {
            Some(norm) => Affine::outside_training(norm)?,
            None => Affine { scale: vec![1.0; outputs], shift: bias()? },
        };
        let read = |norm: &BatchNorm| -> Result<Norm> {
            Ok(Norm { gamma: to_vec(norm.gamma.val())?, beta: to_vec(norm.beta.val())?, epsilon: norm.epsilon })
        };
        let norm = norm.map(read).transpose()?;
        Ok(Self { convolution, norm, affine, after })
    }

    pub fn outputs(&self) -> usize {
        self.convolution.outputs
    }

    pub fn side_out(&self) -> usize {
        if self.after.pool { self.convolution.side_out() / 2 } else { self.convolution.side_out() }
    }

    /// The output for the last of a share's values so far. In training a norm takes the statistics of what it sees.
    pub fn forward(&self, values: &[Vec<f32>], training: bool) -> (Vec<f32>, Memory) {
        let input = values.last().map_or(&[][..], Vec::as_slice);
        let mut raw = self.convolution.forward(input);
        let statistics = self.norm.as_ref().filter(|_| training).map(|_| statistics(&raw, self.outputs()));
        let batch = self.norm.as_ref().zip(statistics.as_ref()).map(|(norm, Statistics { mean, variance })| {
            Affine::normalising(&norm.gamma, &norm.beta, mean, variance, norm.epsilon)
        });
        let affine = batch.as_ref().unwrap_or(&self.affine);
        let added = self.after.add.map(|index| values[index].as_slice());
        let (output, largest) = if self.after.pool {
            self.pooled(&raw, affine)
        } else if statistics.is_some() {
            let mut output = Vec::with_capacity(raw.len());
            for row in raw.chunks_exact(self.outputs()) {
                output.extend(
                    row.iter().zip(&affine.scale).zip(&affine.shift).map(|((x, scale), shift)| x * scale + shift),
                );
            }
            (self.activated(output, added), Vec::new())
        } else {
            for row in raw.chunks_exact_mut(self.outputs()) {
                for ((value, scale), shift) in row.iter_mut().zip(&affine.scale).zip(&affine.shift) {
                    *value = *value * scale + shift;
                }
            }
            (self.activated(std::mem::take(&mut raw), added), Vec::new())
        };
        (output, Memory { raw, statistics, largest })
    }

    /// Adds the gradients of this block's inputs to `gradients`, which are those of the share's values; that of its
    /// output, at `number + 1`, is complete by then.
    pub fn backward(&self, number: usize, share: &Share, gradients: &mut [Vec<f32>]) -> Sums {
        let memory = &share.memories[number];
        let mut gradient = std::mem::take(&mut gradients[number + 1]);
        if self.after.relu {
            // relu passes a gradient where its output is positive; pooling hands that output on unchanged.
            for (gradient, output) in gradient.iter_mut().zip(&share.values[number + 1]) {
                *gradient = if *output > 0.0 { *gradient } else { 0.0 };
            }
        }
        if self.after.pool {
            gradient = self.unpooled(&gradient, &memory.largest);
        }
        if let Some(index) = self.after.add {
            accumulate(&mut gradients[index], &gradient);
        }
        let mut sums = Sums { weight: Vec::new(), shift: vec![0.0; self.outputs()], scale: Vec::new() };
        match (&self.norm, &memory.statistics) {
            (Some(norm), Some(seen)) => norm.backward(seen, &memory.raw, &mut gradient, &mut sums),
            _ => gradient.chunks_exact(self.outputs()).for_each(|row| add(&mut sums.shift, row)),
        }
        let (weight, back) = self.convolution.backward(&share.values[number], &gradient, number > 0);
        accumulate(&mut gradients[number], &back);
        Sums { weight, ..sums }
    }

    fn activated(&self, mut output: Vec<f32>, added: Option<&[f32]>) -> Vec<f32> {
        added.into_iter().for_each(|added| add(&mut output, added));
        if self.after.relu {
            output.iter_mut().for_each(|value| *value = value.max(0.0));
        }
        output
    }

    /// The starts of the four pixels of each 2×2 block of the convolution's output.
    fn blocks(&self, count: usize) -> impl Iterator<Item = [usize; 4]> {
        let (side, channels) = (self.convolution.side_out(), self.outputs());
        let half = side / 2;
        (0..count * half * half).map(move |block| {
            let (image, y, x) = (block / (half * half), block / half % half, block % half);
            let corner = (image * side + 2 * y) * side + 2 * x;
            [corner, corner + 1, corner + side, corner + side + 1].map(|pixel| pixel * channels)
        })
    }

    /// The largest of each block after `affine`, and which it was.
    fn pooled(&self, raw: &[f32], affine: &Affine) -> (Vec<f32>, Vec<u8>) {
        let channels = self.outputs();
        let count = raw.len() / (self.convolution.side_out().pow(2) * channels);
        let length = count * self.side_out().pow(2) * channels;
        let (mut output, mut largest) = (vec![f32::NEG_INFINITY; length], vec![0_u8; length]);
        let out = output.chunks_exact_mut(channels).zip(largest.chunks_exact_mut(channels));
        for ((output, largest), starts) in out.zip(self.blocks(count)) {
            for (number, start) in (0..).zip(starts) {
                let raw = &raw[start..start + channels];
                let affine = affine.scale.iter().zip(&affine.shift);
                for (((output, largest), value), (scale, shift)) in
                    output.iter_mut().zip(&mut *largest).zip(raw).zip(affine)
                {
                    let value = value * scale + shift;
                    let larger = value > *output;
                    *output = if larger { value } else { *output };
                    *largest = if larger { number } else { *largest };
                }
            }
            if self.after.relu {
                output.iter_mut().for_each(|value| *value = value.max(0.0));
            }
        }
        (output, largest)
    }

    /// The gradient of the pooling's input.
    fn unpooled(&self, gradient: &[f32], largest: &[u8]) -> Vec<f32> {
        let channels = self.outputs();
        let count = gradient.len() / (self.side_out().pow(2) * channels);
        let mut input = vec![0.0; count * self.convolution.side_out().pow(2) * channels];
        let blocks = gradient.chunks_exact(channels).zip(largest.chunks_exact(channels)).zip(self.blocks(count));
        for ((gradient, largest), starts) in blocks {
            for (number, start) in (0..).zip(starts) {
                let input = input[start..start + channels].iter_mut();
                for ((input, gradient), largest) in input.zip(gradient).zip(largest) {
                    *input = if *largest == number { *gradient } else { 0.0 };
                }
            }
        }
        input
    }
}

impl Norm {
    /// Turns the gradient of the norm's output into that of its input (Ioffe and Szegedy 2015, §3).
    fn backward(&self, seen: &Statistics, raw: &[f32], gradient: &mut [f32], sums: &mut Sums) {
        let channels = self.gamma.len();
        let deviation: Vec<f32> =
            seen.variance.iter().map(|variance| (variance + self.epsilon as f32).sqrt()).collect();
        let mut products = vec![0.0; channels];
        for (raw, gradient) in raw.chunks_exact(channels).zip(gradient.chunks_exact(channels)) {
            let columns = raw.iter().zip(gradient).zip(&seen.mean).zip(&mut products).zip(&mut sums.shift);
            for ((((raw, gradient), mean), product), sum) in columns {
                *product += (raw - mean) * gradient;
                *sum += gradient;
            }
        }
        sums.scale = products.iter().zip(&deviation).map(|(product, deviation)| product / deviation).collect();
        // gamma / deviation · (gradient - shift / n - x̂ · scale / n), as factors of gradient, raw and one.
        let n = (gradient.len() / channels) as f32;
        let factors: Vec<[f32; 3]> = (0..channels)
            .map(|channel| {
                let outer = self.gamma[channel] / deviation[channel];
                let of_raw = -outer * sums.scale[channel] / (n * deviation[channel]);
                [outer, of_raw, -outer * sums.shift[channel] / n - of_raw * seen.mean[channel]]
            })
            .collect();
        for (raw, gradient) in raw.chunks_exact(channels).zip(gradient.chunks_exact_mut(channels)) {
            for ((raw, gradient), [outer, of_raw, one]) in raw.iter().zip(gradient).zip(&factors) {
                *gradient = outer * *gradient + of_raw * raw + one;
            }
        }
    }
}

/// Mean and variance of each channel, summed row block by row block so that f32 loses nothing that matters.
fn statistics(values: &[f32], channels: usize) -> Statistics {
    const ROWS: usize = 256;
    let (mut sum, mut squares) = (vec![0.0_f64; channels], vec![0.0_f64; channels]);
    for block in values.chunks(ROWS * channels) {
        let (mut part, mut part_squares) = (vec![0.0_f32; channels], vec![0.0_f32; channels]);
        for row in block.chunks_exact(channels) {
            for ((value, part), part_squares) in row.iter().zip(&mut part).zip(&mut part_squares) {
                *part += value;
                *part_squares += value * value;
            }
        }
        for channel in 0..channels {
            sum[channel] += f64::from(part[channel]);
            squares[channel] += f64::from(part_squares[channel]);
        }
    }
    let n = (values.len() / channels) as f64;
    let mean: Vec<f64> = sum.iter().map(|sum| sum / n).collect();
    let variance =
        squares.iter().zip(&mean).map(|(squares, mean)| (squares / n - mean * mean).max(0.0) as f32).collect();
    Statistics { mean: mean.iter().map(|mean| *mean as f32).collect(), variance }
}

fn accumulate(total: &mut Vec<f32>, values: &[f32]) {
    if total.is_empty() {
        values.clone_into(total);
    } else {
        add(total, values);
    }
}
