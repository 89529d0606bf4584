//! A convolution of maps `(N, H, W, C)`: by Winograd's tiles where they save products, else as a product of patches.

use wide::f32x4;

use super::scratch::{self, Scratch, take};
use super::tile::{HEIGHT, Panels, WIDTH};
use super::winograd::{self, FourOfThree, ThreeOfSix, ThreeOfThree, store};

/// Pixels whose patches are gathered at once.
const PATCHES: usize = 64;
/// With fewer input channels the transforms cost more than the products that they save.
const FEWEST_CHANNELS: usize = 8;
const LANES: usize = 4;

/// What a convolution does, but for its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Geometry {
    /// Maps that come in.
    pub inputs: usize,
    /// Maps that come out.
    pub outputs: usize,
    /// Rows and columns of the kernel.
    pub kernel: [usize; 2],
    /// Rows and columns from one placing of the kernel to the next.
    pub strides: [usize; 2],
    /// Rows of zeros above and columns of zeros to the left.
    pub before: [usize; 2],
    /// Rows of zeros below and columns of zeros to the right.
    pub after: [usize; 2],
}

impl Geometry {
    /// Rows and columns that come out of maps of `size`; `None` when the kernel does not fit.
    pub fn output_size(&self, size: [usize; 2]) -> Option<[usize; 2]> {
        let along = |axis: usize| {
            let room = (size[axis] + self.before[axis] + self.after[axis]).checked_sub(self.kernel[axis])?;
            Some(room / self.strides[axis] + 1)
        };
        Some([along(0)?, along(1)?])
    }

    /// Products of each pair of channels in tiles of `outputs`² results, which take `points`².
    fn products(&self, size: [usize; 2], outputs: usize, points: usize) -> usize {
        self.output_size(size).map_or(0, |size| size.map(|along| along.div_ceil(outputs) * points).iter().product())
    }
}

/// Maps `(N, H, W, C)`, row-major.
pub(super) struct Maps<'a> {
    pub(super) values: &'a [f32],
    pub(super) count: usize,
    pub(super) size: [usize; 2],
    pub(super) channels: usize,
}

/// Where a convolution's output goes.
pub(super) struct Shape {
    pub(super) outputs: [usize; 2],
    pub(super) channels: usize,
    pub(super) before: [usize; 2],
}

#[derive(Debug)]
enum Filters {
    FourOfThree(Vec<Panels>),
    ThreeOfThree(Vec<Panels>),
    ThreeOfSix(Vec<Panels>),
    Patches(Panels),
}

/// A convolution with its weights in the order in which they are read.
#[derive(Debug)]
pub struct Convolution {
    geometry: Geometry,
    filters: Filters,
    /// One vector per four outputs, zero past the last.
    bias: Vec<[f32; LANES]>,
    /// What a result is at least: 0 for a rectifier, else -∞.
    least: f32,
}

impl Convolution {
    /// `weights` `(outputs, inputs, rows, columns)`, `bias` `(outputs)`; `rectify` takes max(x, 0) of every result. Maps of
    /// any size can be convolved; those of `size` take the fewest products.
    pub fn new(geometry: Geometry, size: [usize; 2], weights: &[f32], bias: &[f32], rectify: bool) -> Self {
        let Geometry { inputs, outputs, kernel: [rows, columns], strides, .. } = geometry;
        let weight = |output: usize, input: usize, row: usize, column: usize| {
            if input < inputs { weights[((output * inputs + input) * rows + row) * columns + column] } else { 0.0 }
        };
        let padded = inputs.next_multiple_of(LANES);
        let filters = match (rows, columns, strides) {
            (3, 3, [1, 1])
                if inputs >= FEWEST_CHANNELS && geometry.products(size, 3, 5) < geometry.products(size, 4, 6) =>
            {
                Filters::ThreeOfThree(winograd::filters::<5, 3, ThreeOfThree>(padded, outputs, weight))
            }
            (3, 3, [1, 1]) if inputs >= FEWEST_CHANNELS => {
                Filters::FourOfThree(winograd::filters::<6, 4, FourOfThree>(padded, outputs, weight))
            }
            (6, 6, [1, 1]) if inputs >= FEWEST_CHANNELS => {
                Filters::ThreeOfSix(winograd::filters::<8, 3, ThreeOfSix>(padded, outputs, weight))
            }
            _ => Filters::Patches(Panels::new(rows * columns * inputs, outputs, |k, output| {
                weight(output, k % inputs, k / inputs / columns, k / inputs % columns)
            })),
        };
        let mut padded_bias = vec![[0.0; LANES]; outputs.next_multiple_of(WIDTH) / LANES];
        for (index, value) in bias.iter().enumerate().take(outputs) {
            padded_bias[index / LANES][index % LANES] = *value;
        }
        Self { geometry, filters, bias: padded_bias, least: if rectify { 0.0 } else { f32::NEG_INFINITY } }
    }

    /// What it does, but for its numbers.
    pub fn geometry(&self) -> &Geometry {
        &self.geometry
    }

    /// `input`: `count` maps `(H, W, inputs)` of `size` → `output`: `count` maps of [`Geometry::output_size`].
    /// Does nothing when the kernel does not fit or there are no maps.
    pub fn run(&self, input: &[f32], count: usize, size: [usize; 2], output: &mut [f32]) {
        let Some(outputs) = self.geometry.output_size(size) else { return };
        let maps = Maps { values: input, count, size, channels: self.geometry.inputs };
        let shape = Shape { outputs, channels: self.geometry.outputs, before: self.geometry.before };
        let least = f32x4::splat(self.least);
        let finish = |channel: usize, value: f32x4| (value + f32x4::new(self.bias[channel])).fast_max(least);
        scratch::with(|scratch| match &self.filters {
            Filters::FourOfThree(filters) => {
                winograd::convolve::<6, 4, FourOfThree>(filters, &maps, &shape, output, scratch, finish);
            }
            Filters::ThreeOfThree(filters) => {
                winograd::convolve::<5, 3, ThreeOfThree>(filters, &maps, &shape, output, scratch, finish);
            }
            Filters::ThreeOfSix(filters) => {
                winograd::convolve::<8, 3, ThreeOfSix>(filters, &maps, &shape, output, scratch, finish);
            }
            Filters::Patches(weights) => self.patches(weights, &maps, &shape, output, scratch, finish),
        });
    }

    fn patches(
        &self,
        weights: &Panels,
        maps: &Maps,
        shape: &Shape,
        output: &mut [f32],
        scratch: &mut Scratch,
        finish: impl Fn(usize, f32x4) -> f32x4,
    ) {
        let depth = self.geometry.kernel.iter().product::<usize>() * maps.channels;
        let all = maps.count * shape.outputs[0] * shape.outputs[1];
        let gathered = take(&mut scratch.gathered, PATCHES * depth);
        for start in (0..all).step_by(PATCHES) {
            let many = PATCHES.min(all - start);
            for (index, patch) in gathered.chunks_exact_mut(depth).enumerate().take(many) {
                let pixel = start + index;
                let (line, column) = (pixel / shape.outputs[1], pixel % shape.outputs[1]);
                self.gather(maps, line / shape.outputs[0], [line % shape.outputs[0], column], patch);
            }
            let rows = &gathered[..many.next_multiple_of(HEIGHT) * depth];
            weights.multiply(rows, |row, panel, sums| {
                for (half, value) in sums.into_iter().enumerate() {
                    let channel = panel * WIDTH + half * LANES;
                    if row < many && channel < shape.channels {
                        let at = (start + row) * shape.channels + channel;
                        store(&mut output[at..], shape.channels - channel, finish(channel / LANES, value));
                    }
                }
            });
        }
    }

    /// The pixels under the kernel at one place, zeros beyond the map's edges.
    fn gather(&self, maps: &Maps, image: usize, place: [usize; 2], patch: &mut [f32]) {
        let Geometry { kernel, strides, before, .. } = self.geometry;
        let [height, width] = maps.size;
        let channels = maps.channels;
        // Columns of the kernel that lie on the map, and the map's column under the first of them.
        let left = place[1] * strides[1];
        let skipped = before[1].saturating_sub(left).min(kernel[1]);
        let from = (left + skipped).saturating_sub(before[1]).min(width);
        let many = (kernel[1] - skipped).min(width - from);
        for (row, line) in patch.chunks_exact_mut(kernel[1] * channels).enumerate() {
            let y = (place[0] * strides[0] + row).checked_sub(before[0]).filter(|y| *y < height);
            let Some(y) = y else {
                line.fill(0.0);
                continue;
            };
            let source = ((image * height + y) * width + from) * channels;
            let (first, rest) = line.split_at_mut(skipped * channels);
            let (middle, last) = rest.split_at_mut(many * channels);
            first.fill(0.0);
            middle.copy_from_slice(&maps.values[source..source + many * channels]);
            last.fill(0.0);
        }
    }
}
