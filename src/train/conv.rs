//! Fast convolutions on the CPU: forward and backward passes of a network's maps, in pieces that stay in the cache.
//!
//! burn's own convolution is several times slower backwards than forwards. Here a convolution is a matrix product
//! of the unfolded input, images are laid out `(N, H, W, C)` so that unfolding copies long runs, and a few images at a
//! time go through all layers. Each lane takes a fixed share of the batch, so that sums are always taken in the same
//! order: the same seed gives the same bits.

use burn::tensor::{Device, Tensor, TensorData};
use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, ArrayView2, ArrayViewMut2};
use rayon::prelude::*;

use super::nets::{Layer, Net, same_padding, to_vec};
use crate::error::{Blame, Error, Result};
use crate::image::{PIXELS, SIDE};

/// Images that go through the layers together: their largest unfolded input is 7 MB.
const PIECE: usize = 4;

/// Shares of a batch that run side by side.
const LANES: usize = 2;

/// A convolution with its relu and, perhaps, its pooling.
struct Stage {
    /// `(K·K·I, O)`, rows in the order ky, kx, input channel.
    weight: Array2<f32>,
    bias: Vec<f32>,
    kernel: usize,
    side: usize,
    inputs: usize,
    pool: bool,
}

/// The layers of a network before its flattening, when they are convolutions with relu, pooled or not.
pub struct Maps {
    stages: Vec<Stage>,
    device: Device,
}

/// What the backward pass needs of a forward pass over one piece.
struct Memory {
    count: usize,
    /// The input of each stage, and last the features, `(n, H, W, C)`.
    values: Vec<Vec<f32>>,
    /// For each stage with pooling, which of the four was the largest.
    largest: Vec<Vec<u8>>,
}

/// A forward pass that can be taken back.
pub struct Pass {
    /// `(N, C·H·W)`, row-major, as [`Layer::Flatten`] orders it.
    pub features: Vec<f32>,
    lanes: Vec<Vec<Memory>>,
}

/// The gradient of one convolution.
pub struct Gradient {
    /// `(O, I, K, K)`.
    pub weight: Tensor<4>,
    /// `(O)`.
    pub bias: Tensor<1>,
}

/// A stage's gradient while it is summed: the weight's `(K·K·I, O)` and the bias's `(O)`.
type Sums = (Array2<f32>, Vec<f32>);

impl Maps {
    /// The maps of `net`, or `None` when it starts with no convolution. Weights are copied off the autodiff tape.
    ///
    /// # Errors
    /// [`Blame::Internal`](crate::error::Blame::Internal) when a parameter cannot be read.
    pub fn new(net: &Net) -> Result<Option<Self>> {
        let mut convs = net.convs.iter();
        let mut layers = net.architecture().layers().iter().take_while(|layer| **layer != Layer::Flatten).peekable();
        let (mut side, mut stages, mut device) = (SIDE, Vec::new(), None);
        while let Some(layer) = layers.next() {
            match (layer, convs.len() > 0, layers.peek()) {
                (Layer::Conv { .. }, true, Some(Layer::Relu)) => {
                    layers.next();
                }
                _ => return Ok(None),
            }
            let pool = layers.next_if(|layer| **layer == Layer::MaxPool).is_some();
            let Some(conv) = convs.next() else { return Ok(None) };
            let weight = conv.weight.val().without_autodiff();
            let [outputs, inputs, kernel, _] = weight.dims();
            device = Some(weight.device());
            let weight = to_vec(weight.permute([2, 3, 1, 0]))?;
            let weight = Array2::from_shape_vec([kernel * kernel * inputs, outputs], weight)
                .map_err(|error| Error::new(Blame::Internal, "convolution").got(error))?;
            let bias = conv.bias.as_ref().map_or_else(|| Ok(vec![0.0; outputs]), |bias| to_vec(bias.val()))?;
            stages.push(Stage { weight, bias, kernel, side, inputs, pool });
            side = if pool { side / 2 } else { side };
        }
        Ok(device.map(|device| Self { stages, device }))
    }

    /// The features of images `(N, 784)` in [0, 1].
    pub fn forward(&self, images: &[f32]) -> Pass {
        let lanes: Vec<Vec<Memory>> = lanes(images, PIXELS)
            .into_par_iter()
            .map(|lane| {
                let mut unfolded = Vec::new();
                lane.chunks(PIECE * PIXELS).map(|piece| self.piece_forward(piece, &mut unfolded)).collect()
            })
            .collect();
        let (channels, area) = self.features();
        let mut features = Vec::with_capacity(images.len() / PIXELS * channels * area);
        for memory in lanes.iter().flatten() {
            for image in memory.values[self.stages.len()].chunks_exact(channels * area) {
                features.extend((0..channels * area).map(|index| image[index % area * channels + index / area]));
            }
        }
        Pass { features, lanes }
    }

    /// The gradients of the convolutions, in layer order, from the gradient of [`Pass::features`].
    pub fn backward(&self, pass: &Pass, gradient: &[f32]) -> Vec<Gradient> {
        let (channels, area) = self.features();
        let images = pass.lanes.iter().map(|lane| lane.iter().map(|memory| memory.count).sum::<usize>());
        let mut start = 0;
        let lanes: Vec<(&Vec<Memory>, &[f32])> = pass
            .lanes
            .iter()
            .zip(images)
            .map(|(lane, count)| {
                let share = &gradient[start..start + count * channels * area];
                start += share.len();
                (lane, share)
            })
            .collect();
        let sums: Vec<Vec<Sums>> =
            lanes.par_iter().map(|(lane, gradient)| self.lane_backward(lane, gradient)).collect();
        let total = sums.into_iter().reduce(|mut total, lane| {
            for (total, lane) in total.iter_mut().zip(lane) {
                total.0 += &lane.0;
                add(&mut total.1, &lane.1);
            }
            total
        });
        let total = total.unwrap_or_default();
        self.stages.iter().zip(total).map(|(stage, sums)| stage.gradient(sums, &self.device)).collect()
    }

    /// Channels and area of the features.
    fn features(&self) -> (usize, usize) {
        self.stages.last().map_or((1, PIXELS), |stage| (stage.bias.len(), stage.side_out().pow(2)))
    }

    fn piece_forward(&self, images: &[f32], unfolded: &mut Vec<f32>) -> Memory {
        let count = images.len() / PIXELS;
        let (mut values, mut largest) = (vec![images.to_vec()], Vec::new());
        for (number, stage) in self.stages.iter().enumerate() {
            let mut output = stage.product(&values[number], count, unfolded);
            stage.bias_and_relu(&mut output);
            let (output, chosen) = if stage.pool { stage.pool_forward(&output) } else { (output, Vec::new()) };
            values.push(output);
            largest.push(chosen);
        }
        Memory { count, values, largest }
    }

    fn lane_backward(&self, lane: &[Memory], gradient: &[f32]) -> Vec<Sums> {
        let (channels, area) = self.features();
        let zeros = |stage: &Stage| (Array2::zeros(stage.weight.dim()), vec![0.0; stage.bias.len()]);
        let mut sums: Vec<Sums> = self.stages.iter().map(zeros).collect();
        let (mut start, mut rows) = (0, Vec::new());
        for memory in lane {
            let share = &gradient[start..start + memory.count * channels * area];
            start += share.len();
            let mut gradient: Vec<f32> = Vec::with_capacity(share.len());
            for image in share.chunks_exact(channels * area) {
                gradient.extend((0..channels * area).map(|index| image[index % channels * area + index / channels]));
            }
            for (number, stage) in self.stages.iter().enumerate().rev() {
                // relu passes a gradient where its output is positive; pooling hands that output on unchanged.
                for (gradient, output) in gradient.iter_mut().zip(&memory.values[number + 1]) {
                    *gradient = if *output > 0.0 { *gradient } else { 0.0 };
                }
                if stage.pool {
                    gradient = stage.pool_backward(&gradient, &memory.largest[number]);
                }
                gradient.chunks_exact(stage.bias.len()).for_each(|row| add(&mut sums[number].1, row));
                let output = matrix(&gradient, stage.bias.len());
                stage.unfold(&memory.values[number], memory.count, &mut rows);
                general_mat_mul(1.0, &matrix(&rows, stage.unfolded()).t(), &output, 1.0, &mut sums[number].0);
                if number > 0 {
                    let mut unfolded = matrix_mut(&mut rows, stage.unfolded());
                    general_mat_mul(1.0, &output, &stage.weight.t(), 0.0, &mut unfolded);
                    gradient = stage.fold(&rows, memory.count);
                }
            }
        }
        sums
    }
}

impl Stage {
    /// Values of the input under one placing of the kernel.
    fn unfolded(&self) -> usize {
        self.kernel * self.kernel * self.inputs
    }

    fn side_out(&self) -> usize {
        if self.pool { self.side / 2 } else { self.side }
    }

    /// The convolution without bias of `count` inputs: `(count, H, W, O)`.
    fn product(&self, input: &[f32], count: usize, rows: &mut Vec<f32>) -> Vec<f32> {
        self.unfold(input, count, rows);
        let mut output = vec![0.0; count * self.side * self.side * self.bias.len()];
        let mut product = matrix_mut(&mut output, self.bias.len());
        general_mat_mul(1.0, &matrix(rows, self.unfolded()), &self.weight, 0.0, &mut product);
        output
    }

    fn bias_and_relu(&self, output: &mut [f32]) {
        for row in output.chunks_exact_mut(self.bias.len()) {
            for (value, bias) in row.iter_mut().zip(&self.bias) {
                *value = (*value + bias).max(0.0);
            }
        }
    }

    /// Input `(count, H, W, I)` → `(count·H·W, K·K·I)`: each row is what the kernel sees, zero outside.
    fn unfold(&self, input: &[f32], count: usize, rows: &mut Vec<f32>) {
        rows.clear();
        rows.resize(count * self.side * self.side * self.unfolded(), 0.0);
        self.each_run(count, |row, pixel, length| {
            rows[row..row + length].copy_from_slice(&input[pixel..pixel + length]);
        });
    }

    /// The adjoint of [`Self::unfold`]: every value is added to the pixel it came from.
    fn fold(&self, rows: &[f32], count: usize) -> Vec<f32> {
        let mut input = vec![0.0; count * self.side * self.side * self.inputs];
        self.each_run(count, |row, pixel, length| add(&mut input[pixel..pixel + length], &rows[row..row + length]));
        input
    }

    /// Calls back with (start in the unfolded rows, start in the input, length) of every run within the image.
    fn each_run(&self, count: usize, mut run: impl FnMut(usize, usize, usize)) {
        let (before, _) = same_padding(self.kernel);
        let (side, kernel, inputs) = (self.side, self.kernel, self.inputs);
        for place in 0..count * side * side {
            let (image, y, x) = (place / (side * side), place / side % side, place % side);
            let first = before.saturating_sub(x);
            let last = kernel.min(side + before - x);
            for ky in before.saturating_sub(y)..kernel.min(side + before - y) {
                let row = place * self.unfolded() + (ky * kernel + first) * inputs;
                let pixel = ((image * side + y + ky - before) * side + x + first - before) * inputs;
                run(row, pixel, (last - first) * inputs);
            }
        }
    }

    /// The starts of the four pixels of each 2×2 block of one image's maps, for each block of all images.
    fn blocks(&self, count: usize) -> impl Iterator<Item = [usize; 4]> {
        let (side, half, channels) = (self.side, self.side / 2, self.bias.len());
        (0..count * half * half).map(move |block| {
            let (image, y, x) = (block / (half * half), block / half % half, block % half);
            let corner = (image * side + 2 * y) * side + 2 * x;
            [corner, corner + 1, corner + side, corner + side + 1].map(|pixel| pixel * channels)
        })
    }

    fn pool_forward(&self, input: &[f32]) -> (Vec<f32>, Vec<u8>) {
        let channels = self.bias.len();
        let count = input.len() / (self.side * self.side * channels);
        let length = count * self.side_out().pow(2) * channels;
        let (mut output, mut largest) = (vec![0.0; length], vec![0_u8; length]);
        let out = output.chunks_exact_mut(channels).zip(largest.chunks_exact_mut(channels));
        for ((output, largest), starts) in out.zip(self.blocks(count)) {
            output.copy_from_slice(&input[starts[0]..starts[0] + channels]);
            for (number, start) in (1..).zip(&starts[1..]) {
                let input = &input[*start..start + channels];
                for ((output, largest), value) in output.iter_mut().zip(&mut *largest).zip(input) {
                    if value > output {
                        (*output, *largest) = (*value, number);
                    }
                }
            }
        }
        (output, largest)
    }

    fn pool_backward(&self, gradient: &[f32], largest: &[u8]) -> Vec<f32> {
        let channels = self.bias.len();
        let count = gradient.len() / (self.side_out().pow(2) * channels);
        let mut input = vec![0.0; count * self.side * self.side * channels];
        let blocks = gradient.chunks_exact(channels).zip(largest.chunks_exact(channels)).zip(self.blocks(count));
        for ((gradient, largest), starts) in blocks {
            for (channel, (gradient, largest)) in gradient.iter().zip(largest).enumerate() {
                input[starts[usize::from(*largest)] + channel] = *gradient;
            }
        }
        input
    }

    fn gradient(&self, (weight, bias): Sums, device: &Device) -> Gradient {
        let outputs = bias.len();
        let sizes = [self.kernel, self.kernel, self.inputs, outputs];
        let weight = Tensor::<4>::from_data(TensorData::new(weight.into_raw_vec_and_offset().0, sizes), device);
        let bias = Tensor::from_data(TensorData::new(bias, [outputs]), device);
        Gradient { weight: weight.permute([3, 2, 0, 1]), bias }
    }
}

/// The batch in [`LANES`] shares of whole images.
fn lanes(images: &[f32], size: usize) -> Vec<&[f32]> {
    let count = images.len() / size;
    images.chunks(count.div_ceil(LANES).max(1) * size).collect()
}

/// Whole rows of values.
fn matrix(values: &[f32], columns: usize) -> ArrayView2<'_, f32> {
    #[expect(clippy::expect_used, reason = "the shape is made of the length")]
    ArrayView2::from_shape([values.len() / columns, columns], values).expect("whole rows")
}

fn matrix_mut(values: &mut [f32], columns: usize) -> ArrayViewMut2<'_, f32> {
    #[expect(clippy::expect_used, reason = "the shape is made of the length")]
    ArrayViewMut2::from_shape([values.len() / columns, columns], values).expect("whole rows")
}

fn add(sums: &mut [f32], values: &[f32]) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += value;
    }
}
