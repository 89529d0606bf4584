//! Batch norm on rows of channels, forwards and backwards (Ioffe and Szegedy 2015, §3).

use super::vectorised;
use crate::learn::network::arena::Places;

/// What keeps a variance of zero from being divided by; burn's own.
const EPSILON: f32 = 1e-5;

/// Rows whose f32 sums are taken before they go to an f64 one, so that f32 loses nothing that matters.
const ROWS: usize = 256;

/// `x · scale + shift`, channel by channel: what a norm did to its share, or a bias.
pub(super) struct NormState {
    scale: Vec<f32>,
    shift: Vec<f32>,
    mean: Vec<f32>,
    variance: Vec<f32>,
}

impl Default for NormState {
    fn default() -> Self {
        Self::new(0)
    }
}

impl NormState {
    pub fn new(channels: usize) -> Self {
        let [scale, shift, mean, variance] = std::array::from_fn(|_| vec![0.0; channels]);
        Self { scale, shift, mean, variance }
    }

    /// Takes the layer's bias, or what its norm does: by the statistics of `raw` in training, which `seen` asks for at the
    /// places of the running ones, else by those.
    pub fn set(&mut self, values: &[f32], places: &Places, raw: &[f32], seen: Option<&mut [f32]>) {
        let Some(norm) = &places.norm else {
            self.scale.fill(1.0);
            self.shift.copy_from_slice(&values[places.shift.clone()]);
            return;
        };
        if let Some(seen) = seen {
            vectorised(
                #[inline(always)]
                || statistics(raw, &mut self.mean, &mut self.variance),
            );
            seen[norm.mean.clone()].copy_from_slice(&self.mean);
            seen[norm.variance.clone()].copy_from_slice(&self.variance);
        } else {
            self.mean.copy_from_slice(&values[norm.mean.clone()]);
            self.variance.copy_from_slice(&values[norm.variance.clone()]);
        }
        let (gamma, beta) = (&values[norm.gamma.clone()], &values[places.shift.clone()]);
        for channel in 0..self.scale.len() {
            let scale = gamma[channel] / (self.variance[channel] + EPSILON).sqrt();
            self.scale[channel] = scale;
            self.shift[channel] = beta[channel] - self.mean[channel] * scale;
        }
    }

    /// One row's channels after it.
    #[inline(always)]
    pub fn of<'a>(&'a self, row: &'a [f32]) -> impl Iterator<Item = f32> + 'a {
        row.iter().zip(&self.scale).zip(&self.shift).map(|((value, scale), shift)| value * scale + shift)
    }

    /// Turns the gradient of its output into that of its input, and leaves those of its numbers in `sums`.
    pub fn backward(&self, values: &[f32], places: &Places, raw: &[f32], gradient: &mut [f32], sums: &mut [f32]) {
        let channels = self.scale.len();
        let mut shift = vec![0.0; channels];
        let Some(norm) = &places.norm else {
            vectorised(
                #[inline(always)]
                || gradient.chunks_exact(channels).for_each(|row| super::add(&mut shift, row)),
            );
            sums[places.shift.clone()].copy_from_slice(&shift);
            return;
        };
        let mut products = vec![0.0; channels];
        vectorised(
            #[inline(always)]
            || products_and_sums(raw, gradient, &self.mean, &mut products, &mut shift),
        );
        let gamma = &values[norm.gamma.clone()];
        // gamma / deviation · (gradient - shift / n - x̂ · scale / n), as factors of gradient, raw and one.
        let n = (gradient.len() / channels) as f32;
        let mut factors = [(); 3].map(|()| vec![0.0; channels]);
        for channel in 0..channels {
            let deviation = (self.variance[channel] + EPSILON).sqrt();
            let scale = products[channel] / deviation;
            sums[norm.gamma.start + channel] = scale;
            let outer = gamma[channel] / deviation;
            let of_raw = -outer * scale / (n * deviation);
            factors[0][channel] = outer;
            factors[1][channel] = of_raw;
            factors[2][channel] = -outer * shift[channel] / n - of_raw * self.mean[channel];
        }
        sums[places.shift.clone()].copy_from_slice(&shift);
        let [outer, of_raw, one] = &factors;
        vectorised(
            #[inline(always)]
            || {
                for (raw, gradient) in raw.chunks_exact(channels).zip(gradient.chunks_exact_mut(channels)) {
                    for ((((raw, gradient), outer), of_raw), one) in
                        raw.iter().zip(gradient).zip(outer).zip(of_raw).zip(one)
                    {
                        *gradient = outer * *gradient + of_raw * raw + one;
                    }
                }
            },
        );
    }
}

/// max(value, least); what is no number stays none.
#[inline(always)]
pub(super) fn at_least(value: f32, least: f32) -> f32 {
    if value < least { least } else { value }
}

/// Mean and variance of each channel.
#[inline(always)]
fn statistics(values: &[f32], means: &mut [f32], variances: &mut [f32]) {
    let channels = means.len();
    let (mut sum, mut squares) = (vec![0.0_f64; channels], vec![0.0_f64; channels]);
    let (mut part, mut part_squares) = (vec![0.0_f32; channels], vec![0.0_f32; channels]);
    for block in values.chunks(ROWS * channels) {
        part.fill(0.0);
        part_squares.fill(0.0);
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
    for channel in 0..channels {
        let mean = sum[channel] / n;
        means[channel] = mean as f32;
        variances[channel] = (squares[channel] / n - mean * mean).max(0.0) as f32;
    }
}

/// Of each channel the sum of `(raw - mean) · gradient` and that of `gradient`, row block by row block.
#[inline(always)]
fn products_and_sums(raw: &[f32], gradient: &[f32], mean: &[f32], products: &mut [f32], sums: &mut [f32]) {
    let channels = mean.len();
    let (mut part, mut part_products) = (vec![0.0_f32; channels], vec![0.0_f32; channels]);
    for (raw, gradient) in raw.chunks(ROWS * channels).zip(gradient.chunks(ROWS * channels)) {
        part.fill(0.0);
        part_products.fill(0.0);
        for (raw, gradient) in raw.chunks_exact(channels).zip(gradient.chunks_exact(channels)) {
            let columns = raw.iter().zip(gradient).zip(mean).zip(&mut part_products).zip(&mut part);
            for ((((raw, gradient), mean), product), sum) in columns {
                *product += (raw - mean) * gradient;
                *sum += gradient;
            }
        }
        super::add(products, &part_products);
        super::add(sums, &part);
    }
}
