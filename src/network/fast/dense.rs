//! A dense layer that passes over zeros: the background of a garment, and what a rectifier leaves.

use pulp::{Simd, WithSimd};

use super::lanes::{Lanes, vectors, vectors_mut, with_best};
use super::scratch;
use super::weights::{ACROSS, Halves, Stored, Whole, step};

/// Images that a panel is multiplied with at a time, while it is in the cache.
const IMAGES: usize = 16;

/// `x · W + b`, `(N, inputs)` → `(N, outputs)`.
#[derive(Debug)]
pub struct Dense {
    inputs: usize,
    outputs: usize,
    method: Box<dyn Multiply>,
}

/// Weights in panels of [`ACROSS`] vectors of columns, each `(inputs, columns)` row-major, what to multiply a column's sum with, and
/// biases; columns past the last output are zero.
#[derive(Debug)]
struct Columns<S, W> {
    lanes: Lanes<S>,
    inputs: usize,
    outputs: usize,
    weights: W,
    steps: Vec<f32>,
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

/// Appends positions and values of what is not zero. Every value is written, and the next one over it where it was none, for garments
/// are no pattern that a processor could foresee; but their background is, and four zeros at once are passed over.
fn note_present(image: &[f32], found: &mut Vec<(u32, f32)>) {
    let start = found.len();
    found.resize(start + image.len(), (0, 0.0));
    let room = &mut found[start..];
    let mut many = 0;
    let mut note = |first: u32, block: &[f32]| {
        if block.iter().fold(0, |any, value| any | value.to_bits()) != 0 {
            for (index, value) in (first..).zip(block) {
                room[many] = (index, *value);
                many += usize::from(*value != 0.0);
            }
        }
    };
    let (blocks, rest) = image.as_chunks::<4>();
    (0..).step_by(4).zip(blocks).for_each(|(first, block)| note(first, block));
    note((image.len() - rest.len()) as u32, rest);
    found.truncate(start + many);
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
        let weight = &self.weight;
        let column = |output| (0..inputs).map(move |input| weight(input, output));
        let steps: Option<Vec<f32>> = (0..outputs).map(|output| step(column(output))).collect();
        let mut rows = vec![0.0; padded * inputs];
        for output in 0..outputs {
            let step = steps.as_ref().map(|steps| steps[output]);
            for (input, weight) in column(output).enumerate() {
                let value = step.map_or(weight, |step| (weight / step).round());
                rows[(output / width * inputs + input) * width + output % width] = value;
            }
        }
        let filled = |values: &[f32]| [values, &vec![0.0; padded - outputs]].concat();
        let bias = filled(self.bias);
        let least = if self.rectify { 0.0 } else { f32::NEG_INFINITY };
        let lanes = Lanes(simd);
        match steps {
            Some(steps) => {
                let weights = Halves::new::<S>(&rows);
                Box::new(Columns { lanes, inputs, outputs, weights, steps: filled(&steps), bias, least })
            }
            None => {
                let steps = vec![1.0; padded];
                Box::new(Columns { lanes, inputs, outputs, weights: Whole(rows), steps, bias, least })
            }
        }
    }
}

impl<S: Simd, W: Stored<S>> Multiply for Columns<S, W> {
    fn multiply(&self, present: &[(u32, f32)], ends: &[usize], output: &mut [f32]) {
        self.lanes.run(
            #[inline(always)]
            || {
                let width = ACROSS * S::F32_LANES;
                let [steps, bias] = [&self.steps, &self.bias].map(|values| vectors::<S>(values).as_chunks().0);
                let panels = self.weights.rows().chunks_exact(self.inputs).zip(steps.iter().zip(bias));
                for (panel, (rows, scaled)) in panels.enumerate() {
                    let mut start = 0;
                    for (end, output) in ends.iter().zip(output.chunks_exact_mut(self.outputs)) {
                        let (present, columns) = (&present[start..*end], &mut output[panel * width..]);
                        let many = columns.len().min(width);
                        self.columns(present, rows, scaled, &mut columns[..many]);
                        start = *end;
                    }
                }
            },
        );
    }
}

impl<S: Simd, W: Stored<S>> Columns<S, W> {
    /// As many vectors of a panel as there are outputs for.
    #[inline(always)]
    fn columns(
        &self,
        present: &[(u32, f32)],
        rows: &[W::Row],
        scaled: (&[S::f32s; ACROSS], &[S::f32s; ACROSS]),
        output: &mut [f32],
    ) {
        match output.len().div_ceil(S::F32_LANES) {
            1 => self.panel::<1>(present, rows, scaled, output),
            2 => self.panel::<2>(present, rows, scaled, output),
            3 => self.panel::<3>(present, rows, scaled, output),
            4 | 5 => self.panel::<5>(present, rows, scaled, output),
            6..=8 => self.panel::<8>(present, rows, scaled, output),
            _ => self.panel::<ACROSS>(present, rows, scaled, output),
        }
    }

    /// The first `VECTORS` vectors of a panel's columns.
    #[inline(always)]
    fn panel<const VECTORS: usize>(
        &self,
        present: &[(u32, f32)],
        rows: &[W::Row],
        (steps, bias): (&[S::f32s; ACROSS], &[S::f32s; ACROSS]),
        output: &mut [f32],
    ) {
        let lanes = self.lanes;
        let mut sums = [lanes.splat(0.0); VECTORS];
        for (index, value) in present {
            let row = &rows[*index as usize];
            let value = lanes.splat(*value);
            for (place, sum) in sums.iter_mut().enumerate() {
                *sum = lanes.plus_product(*sum, value, W::vector(lanes, row, place));
            }
        }
        let least = lanes.splat(self.least);
        let end = |place| lanes.at_least(lanes.plus_product(bias[place], sums[place], steps[place]), least);
        let sums: [S::f32s; VECTORS] = std::array::from_fn(end);
        let (whole, rest) = output.split_at_mut(output.len() / S::F32_LANES * S::F32_LANES);
        let whole = vectors_mut::<S>(whole);
        whole.iter_mut().zip(sums).for_each(|(output, sum)| *output = sum);
        if !rest.is_empty() {
            lanes.0.partial_store_f32s(rest, sums[whole.len()]);
        }
    }
}
