//! A convolution of maps `(N, H, W, C)`: by Winograd's tiles where they save products, else as it is written.

use pulp::{Simd, WithSimd};

use super::direct::Direct;
use super::filtering::{FiveOfThree, FourOfThree, ThreeOfSix, ThreeOfThree};
use super::geometry::Geometry;
use super::lanes::with_best;
use super::maps::{Maps, Results};
use super::scratch::{self, Scratch};
use super::tile::ACROSS;
use super::winograd::Winograd;

/// With fewer input channels the transforms cost more than the products that they save.
const FEWEST_CHANNELS: usize = 8;
/// Transforms add up weights of one filter: past this many times the median of all, the rounding of the largest drowns the
/// others. Learned weights stay below a tenth of it.
const STEEPEST: f32 = 512.0;
/// Larger weights would leave f32 on the way through the transforms.
const LARGEST: f32 = (1_u64 << 40) as f32;

/// How results come about: weights in the order in which they are read.
pub(super) trait Convolve: std::fmt::Debug + Send + Sync {
    fn convolve(&self, geometry: &Geometry, maps: &Maps, results: &mut Results, scratch: &mut Scratch);
}

/// A convolution with its weights.
#[derive(Debug)]
pub struct Convolution {
    geometry: Geometry,
    method: Box<dyn Convolve>,
    /// Whole panels, zero past the last output.
    bias: Vec<f32>,
    /// What a result is at least: 0 for a rectifier, else -∞.
    least: f32,
}

impl Convolution {
    /// `weights` `(outputs, inputs, rows, columns)`, `bias` `(outputs)`; `rectify` takes max(x, 0) of every result. Maps of
    /// any size can be convolved; those of `size` take the fewest products. `None` when there are more or fewer weights or
    /// biases.
    pub fn new(geometry: Geometry, size: [usize; 2], weights: &[f32], bias: &[f32], rectify: bool) -> Option<Self> {
        let ([rows, columns], inputs, outputs) = (geometry.kernel(), geometry.inputs(), geometry.outputs());
        if weights.len() != outputs * inputs * rows * columns || bias.len() != outputs {
            return None;
        }
        let (method, width) = with_best(ToConvolve { geometry: &geometry, size, weights });
        let mut padded = bias.to_vec();
        padded.resize(outputs.next_multiple_of(width), 0.0);
        let least = if rectify { 0.0 } else { f32::NEG_INFINITY };
        Some(Self { geometry, method, bias: padded, least })
    }

    /// What it does, but for its numbers.
    pub fn geometry(&self) -> &Geometry {
        &self.geometry
    }

    /// `input`: `count` maps `(H, W, inputs)` of `size` → `output`: `count` maps of [`Geometry::output_size`].
    /// Does nothing when the kernel does not fit or there are no maps.
    ///
    /// # Panics
    /// When the slices are shorter.
    pub fn run(&self, input: &[f32], count: usize, size: [usize; 2], output: &mut [f32]) {
        let Some(outputs) = self.geometry.output_size(size) else { return };
        let maps = Maps { values: input, count, size, channels: self.geometry.inputs() };
        let mut results = Results {
            values: output,
            size: outputs,
            channels: self.geometry.outputs(),
            bias: &self.bias,
            least: self.least,
        };
        scratch::with(|scratch| self.method.convolve(&self.geometry, &maps, &mut results, scratch));
    }
}

/// Weights in the order in which the best method for their vectors reads them.
struct ToConvolve<'a> {
    geometry: &'a Geometry,
    size: [usize; 2],
    weights: &'a [f32],
}

impl WithSimd for ToConvolve<'_> {
    /// The method, and the outputs that it takes at once.
    type Output = (Box<dyn Convolve>, usize);

    fn with_simd<S: Simd>(self, simd: S) -> Self::Output {
        let geometry = self.geometry;
        let ([rows, columns], inputs) = (geometry.kernel(), geometry.inputs());
        let weight = |output: usize, input: usize, row: usize, column: usize| {
            self.weights[((output * inputs + input) * rows + row) * columns + column]
        };
        let in_tiles = inputs >= FEWEST_CHANNELS && is_even(self.weights);
        let method: Box<dyn Convolve> = match (geometry.kernel(), geometry.strides()) {
            ([3, 3], [1, 1]) if in_tiles => {
                let [three, four, five] = [3, 4, 5].map(|outputs| self.products(outputs, outputs + 2));
                if three < four.min(five) {
                    Box::new(Winograd::<S, ThreeOfThree, 5, 3, 3>::new(simd, geometry, weight))
                } else if five < four {
                    Box::new(Winograd::<S, FiveOfThree, 7, 5, 3>::new(simd, geometry, weight))
                } else {
                    Box::new(Winograd::<S, FourOfThree, 6, 4, 3>::new(simd, geometry, weight))
                }
            }
            ([6, 6], [1, 1]) if in_tiles => Box::new(Winograd::<S, ThreeOfSix, 8, 3, 6>::new(simd, geometry, weight)),
            _ => Box::new(Direct::new(simd, geometry, weight)),
        };
        (method, ACROSS * S::F32_LANES)
    }
}

impl ToConvolve<'_> {
    /// Products of each pair of channels in tiles of `outputs`² results, which take `points`².
    fn products(&self, outputs: usize, points: usize) -> usize {
        let size = self.geometry.output_size(self.size);
        size.map_or(0, |size| size.map(|along| along.div_ceil(outputs) * points).iter().product())
    }
}

/// Whether no weight stands out by so much that transforms would lose the others: the largest is no more than so many times the
/// median of all but zeros when half of these are at least its share.
fn is_even(weights: &[f32]) -> bool {
    let largest = weights.iter().fold(0.0_f32, |largest, weight| largest.max(weight.abs()));
    let (mut present, mut even) = (0_usize, 0_usize);
    for weight in weights {
        present += usize::from(*weight != 0.0);
        even += usize::from(*weight != 0.0 && weight.abs() >= largest / STEEPEST);
    }
    largest <= LARGEST && 2 * even >= present
}
