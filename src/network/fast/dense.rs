//! A dense layer that passes over zeros: the background of a garment, and what a rectifier leaves.

use pulp::{Simd, WithSimd};

use super::lanes::{Lanes, vectors, vectors_mut, with_best};
use super::scratch;

/// Vectors of a panel: more than eight accumulators hide the latency of a product, ten share the cost of fetching an input's value,
/// and divide the MLP's layers.
const ACROSS: usize = 10;
/// Images that a panel is multiplied with at a time, while it is in the cache.
const IMAGES: usize = 16;

/// `x · W + b`, `(N, inputs)` → `(N, outputs)`.
#[derive(Debug)]
pub struct Dense {
    inputs: usize,
    outputs: usize,
    method: Box<dyn Multiply>,
}

/// Weights in panels of eight vectors of columns, each `(inputs, columns)` row-major, and biases; columns past the last output are
/// zero.
#[derive(Debug)]
struct Columns<S> {
    lanes: Lanes<S>,
    inputs: usize,
    outputs: usize,
    weights: Vec<f32>,
    bias: Vec<f32>,
    least: f32,
}

trait Multiply: std::fmt::Debug + Send + Sync {
    /// `present`: positions and values of what is not zero in all images, up to `ends` in each of them.
    fn multiply(&self, present: &[(u32, f32)], ends: &[usize], output: &mut [f32]);
}

impl Dense {
    /// `weight(input, output)`; `rectify` takes max(x, 0) of every result. Weights must be finite: a zero times an
    /// infinity would be no zero. `None` when there are no inputs or outputs, or not as many biases.
    pub fn new(
        (inputs, outputs): (usize, usize),
        weight: impl Fn(usize, usize) -> f32,
        bias: &[f32],
        rectify: bool,
    ) -> Option<Self> {
        if inputs == 0 || outputs == 0 || bias.len() != outputs {
            return None;
        }
        let method = with_best(ToMultiply { inputs, weight, bias, rectify });
        Some(Self { inputs, outputs, method })
    }

    /// Values of an input.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Values of an output.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// `input` `(N, inputs)` → `output` `(N, outputs)`, both row-major.
    pub fn run(&self, input: &[f32], output: &mut [f32]) {
        scratch::with(|scratch| {
            let blocks = input.chunks(IMAGES * self.inputs).zip(output.chunks_mut(IMAGES * self.outputs));
            for (input, output) in blocks {
                scratch.present.clear();
                scratch.places.clear();
                for image in input.chunks_exact(self.inputs) {
                    note_present(image, &mut scratch.present);
                    scratch.places.push(scratch.present.len());
                }
                self.method.multiply(&scratch.present, &scratch.places, output);
            }
        });
    }
}

/// Appends positions and values of what is not zero. Every value is written, and the next one over it where it was none: garments
/// are no pattern that a processor could foresee.
fn note_present(image: &[f32], found: &mut Vec<(u32, f32)>) {
    let start = found.len();
    found.resize(start + image.len(), (0, 0.0));
    let mut many = start;
    for (index, value) in (0..).zip(image) {
        found[many] = (index, *value);
        many += usize::from(*value != 0.0);
    }
    found.truncate(many);
}

struct ToMultiply<'a, W> {
    inputs: usize,
    weight: W,
    bias: &'a [f32],
    rectify: bool,
}

impl<W: Fn(usize, usize) -> f32> WithSimd for ToMultiply<'_, W> {
    type Output = Box<dyn Multiply>;

    fn with_simd<S: Simd>(self, simd: S) -> Self::Output {
        let (inputs, outputs, width) = (self.inputs, self.bias.len(), ACROSS * S::F32_LANES);
        let padded = outputs.next_multiple_of(width);
        let mut weights = vec![0.0; padded * inputs];
        for output in 0..outputs {
            for input in 0..inputs {
                weights[(output / width * inputs + input) * width + output % width] = (self.weight)(input, output);
            }
        }
        let mut bias = self.bias.to_vec();
        bias.resize(padded, 0.0);
        let least = if self.rectify { 0.0 } else { f32::NEG_INFINITY };
        Box::new(Columns { lanes: Lanes(simd), inputs, outputs, weights, bias, least })
    }
}

impl<S: Simd> Multiply for Columns<S> {
    fn multiply(&self, present: &[(u32, f32)], ends: &[usize], output: &mut [f32]) {
        self.lanes.run(
            #[inline(always)]
            || {
                let width = ACROSS * S::F32_LANES;
                let weights = vectors::<S>(&self.weights).as_chunks().0.chunks_exact(self.inputs);
                let panels = weights.zip(vectors::<S>(&self.bias).as_chunks().0);
                for (panel, (weights, bias)) in panels.enumerate() {
                    let mut start = 0;
                    for (end, output) in ends.iter().zip(output.chunks_exact_mut(self.outputs)) {
                        let (present, columns) = (&present[start..*end], &mut output[panel * width..]);
                        let many = columns.len().min(width);
                        self.columns(present, weights, bias, &mut columns[..many]);
                        start = *end;
                    }
                }
            },
        );
    }
}

impl<S: Simd> Columns<S> {
    /// As many vectors of a panel as there are outputs for.
    #[inline(always)]
    fn columns(
        &self,
        present: &[(u32, f32)],
        weights: &[[S::f32s; ACROSS]],
        bias: &[S::f32s; ACROSS],
        output: &mut [f32],
    ) {
        match output.len().div_ceil(S::F32_LANES) {
            1 => self.panel::<1>(present, weights, bias, output),
            2 => self.panel::<2>(present, weights, bias, output),
            3 | 4 => self.panel::<4>(present, weights, bias, output),
            5..=8 => self.panel::<8>(present, weights, bias, output),
            _ => self.panel::<ACROSS>(present, weights, bias, output),
        }
    }

    /// The first `VECTORS` vectors of a panel's columns.
    #[inline(always)]
    fn panel<const VECTORS: usize>(
        &self,
        present: &[(u32, f32)],
        weights: &[[S::f32s; ACROSS]],
        bias: &[S::f32s; ACROSS],
        output: &mut [f32],
    ) {
        let lanes = self.lanes;
        let mut sums: [S::f32s; VECTORS] = std::array::from_fn(|vector| bias[vector]);
        for (index, value) in present {
            let row = &weights[*index as usize];
            let value = lanes.splat(*value);
            for (sum, weights) in sums.iter_mut().zip(row) {
                *sum = lanes.plus_product(*sum, value, *weights);
            }
        }
        let least = lanes.splat(self.least);
        let sums = sums.map(|sum| lanes.at_least(sum, least));
        let (whole, rest) = output.split_at_mut(output.len() / S::F32_LANES * S::F32_LANES);
        let whole = vectors_mut::<S>(whole);
        whole.iter_mut().zip(sums).for_each(|(output, sum)| *output = sum);
        if !rest.is_empty() {
            lanes.0.partial_store_f32s(rest, sums[whole.len()]);
        }
    }
}
