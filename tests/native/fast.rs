//! The fast layers against scalar references in f64, over odd sizes, strides, paddings and batches.

use proptest::prelude::*;
use vitrine::network::fast::{Convolution, Dense, Geometry, Pool};

use crate::made::noise;

/// f32's unit roundoff.
const ROUNDOFF: f64 = 1.0 / (1 << 24) as f64;

/// What the largest sum grows by on the way through the transforms of F(4, 3): the greatest row sum of |Aᵀ|·(|G|·1 ∘ |Bᵀ|·1).
/// In two dimensions it counts twice.
const GROWTH_4_3: f64 = 48.0;
/// The same of F(3, 3).
const GROWTH_3_3: f64 = 73.0 / 3.0;
/// The same of F(3, 6).
const GROWTH_3_6: f64 = 98.4;

/// The sum over the kernel, one output after the other.
fn scalar(
    geometry: &Geometry,
    weights: &[f32],
    bias: &[f32],
    input: &[f32],
    count: usize,
    size: [usize; 2],
) -> Vec<f64> {
    let Geometry { inputs, outputs, kernel, strides, before, .. } = *geometry;
    let [height, width] = geometry.output_size(size).unwrap();
    let mut result = Vec::new();
    for (image, row, column) in places(count, height, width) {
        for output in 0..outputs {
            let mut sum = f64::from(bias[output]);
            for (input_channel, y, x) in places(inputs, kernel[0], kernel[1]) {
                let down = (row * strides[0] + y).checked_sub(before[0]).filter(|at| *at < size[0]);
                let across = (column * strides[1] + x).checked_sub(before[1]).filter(|at| *at < size[1]);
                if let (Some(down), Some(across)) = (down, across) {
                    let pixel = input[((image * size[0] + down) * size[1] + across) * inputs + input_channel];
                    let weight = weights[((output * inputs + input_channel) * kernel[0] + y) * kernel[1] + x];
                    sum += f64::from(pixel) * f64::from(weight);
                }
            }
            result.push(sum);
        }
    }
    result
}

fn places(a: usize, b: usize, c: usize) -> impl Iterator<Item = (usize, usize, usize)> {
    (0..a * b * c).map(move |at| (at / (b * c), at / c % b, at % c))
}

/// How far a result may be from the exact sum of values in [-1, 1]: a sum of n rounded terms is off by at most n roundoffs
/// of the sum of magnitudes, and by no more than a few √n with near certainty (Higham and Mary 2019, doi:10.1137/18M1226312).
/// Winograd's sums grow before they shrink (Lavin and Gray 2016, section 5; Barabasz et al. 2020, arXiv:1803.10986).
fn bound(geometry: &Geometry, outputs: [usize; 2]) -> f64 {
    let channels = geometry.inputs as f64;
    let taps = (geometry.kernel[0] * geometry.kernel[1]) as f64;
    let in_tiles_of = |size: usize| outputs.map(|along| along.div_ceil(size) * (size + 2)).iter().product::<usize>();
    let (terms, magnitude) = match (geometry.kernel, geometry.strides) {
        ([3, 3], [1, 1]) if in_tiles_of(3) < in_tiles_of(4) => (channels + 15.0, channels * GROWTH_3_3 * GROWTH_3_3),
        ([3, 3], [1, 1]) => (channels + 20.0, channels * GROWTH_4_3 * GROWTH_4_3),
        ([6, 6], [1, 1]) => (channels + 30.0, channels * GROWTH_3_6 * GROWTH_3_6),
        _ => (channels * taps, channels * taps),
    };
    4.0 * terms.sqrt() * ROUNDOFF * (magnitude + 1.0)
}

fn check(geometry: Geometry, count: usize, size: [usize; 2], rectify: bool, seed: u64) {
    let Some([height, width]) = geometry.output_size(size) else { return };
    let weights = noise(seed, geometry.outputs * geometry.inputs * geometry.kernel[0] * geometry.kernel[1]);
    let bias = noise(seed + 1, geometry.outputs);
    let input = noise(seed + 2, count * size[0] * size[1] * geometry.inputs);
    let mut output = vec![f32::NAN; count * height * width * geometry.outputs];
    Convolution::new(geometry, size, &weights, &bias, rectify).run(&input, count, size, &mut output);
    let bound = bound(&geometry, [height, width]);
    for (at, (got, sum)) in output.iter().zip(scalar(&geometry, &weights, &bias, &input, count, size)).enumerate() {
        let expected = if rectify { sum.max(0.0) } else { sum };
        let off = (f64::from(*got) - expected).abs();
        assert!(
            off <= bound,
            "{geometry:?}, {count} of {size:?}: output {at} is {got}, not {expected}; off by {off}, not {bound}"
        );
    }
}

#[test]
fn the_networks_own_convolutions_are_within_the_bound() {
    let same = |inputs, outputs, kernel: usize, stride| {
        let (before, after) = ((kernel - 1) / 2, kernel / 2);
        let [kernel, strides, before, after] = [kernel, stride, before, after].map(|along| [along; 2]);
        Geometry { inputs, outputs, kernel, strides, before, after }
    };
    // Batches that fill more than one block of tiles, and leave a rest.
    check(same(1, 64, 6, 1), 3, [28, 28], true, 1);
    check(same(64, 64, 6, 1), 5, [14, 14], true, 2);
    check(same(128, 256, 3, 1), 7, [7, 7], false, 3);
    // Without the last row and column, which the pool after it does not read.
    check(Geometry { after: [0, 0], ..same(256, 256, 3, 1) }, 6, [7, 7], true, 6);
    check(same(16, 32, 3, 2), 9, [28, 28], true, 4);
    check(same(32, 32, 3, 1), 11, [14, 14], true, 5);
}

#[test]
fn a_layer_run_twice_answers_the_same() {
    let geometry = Geometry { inputs: 12, outputs: 9, kernel: [3; 2], strides: [1; 2], before: [1; 2], after: [1; 2] };
    let layer = Convolution::new(geometry, [7, 7], &noise(1, 12 * 9 * 9), &noise(2, 9), false);
    let input = noise(3, 2 * 49 * 12);
    let [mut first, mut second] = [vec![0.0; 2 * 49 * 9], vec![0.0; 2 * 49 * 9]];
    layer.run(&input, 2, [7, 7], &mut first);
    // Something larger in between leaves its values in the working memory.
    check(Geometry { inputs: 24, ..geometry }, 3, [14, 14], true, 9);
    layer.run(&input, 2, [7, 7], &mut second);
    assert_eq!(first, second);
}

proptest! {
    #[test]
    fn convolutions_are_within_the_bound(
        (inputs, outputs) in (1..20_usize, 1..20_usize),
        kernel in prop_oneof![Just([3, 3]), Just([6, 6]), [1..7_usize, 1..7]],
        strides in prop_oneof![Just([1, 1]), [1..4_usize, 1..4]],
        [top, left, bottom, right] in [0..6_usize, 0..6, 0..6, 0..6],
        size in [1..18_usize, 1..18],
        count in 0..5_usize,
        rectify: bool,
        seed in 0..1000_u64,
    ) {
        let geometry = Geometry { inputs, outputs, kernel, strides, before: [top, left], after: [bottom, right] };
        check(geometry, count, size, rectify, seed);
    }

    #[test]
    fn dense_layers_are_sums_of_products(
        (inputs, outputs, count) in (1..90_usize, 1..90_usize, 0..5_usize),
        zeros in 0.0..1.0_f32,
        rectify: bool,
        seed in 0..1000_u64,
    ) {
        let (weights, bias) = (noise(seed, inputs * outputs), noise(seed + 1, outputs));
        let mut input = noise(seed + 2, count * inputs);
        for (value, chance) in input.iter_mut().zip(noise(seed + 3, count * inputs)) {
            *value = if chance.abs() < zeros { 0.0 } else { *value };
        }
        let mut output = vec![f32::NAN; count * outputs];
        Dense::new((inputs, outputs), |i, o| weights[i * outputs + o], &bias, rectify).run(&input, &mut output);
        let bound = 4.0 * (inputs as f64).sqrt() * ROUNDOFF * (inputs as f64 + 1.0);
        for (at, got) in output.iter().enumerate() {
            let row = &input[at / outputs * inputs..][..inputs];
            let products = row.iter().enumerate().map(|(i, x)| f64::from(*x) * f64::from(weights[i * outputs + at % outputs]));
            let sum = f64::from(bias[at % outputs]) + products.sum::<f64>();
            let expected = if rectify { sum.max(0.0) } else { sum };
            prop_assert!((f64::from(*got) - expected).abs() <= bound, "{got} and {expected}");
        }
    }

    #[test]
    fn pools_are_maxima(
        channels in 1..10_usize,
        kernel in [1..5_usize, 1..5],
        strides in [1..4_usize, 1..4],
        padding in [0..4_usize, 0..4, 0..4, 0..4],
        size in [1..12_usize, 1..12],
        count in 0..4_usize,
        seed in 0..1000_u64,
    ) {
        let [top, left, bottom, right] = padding;
        let [top, bottom] = [top, bottom].map(|pad| pad.min(kernel[0] - 1));
        let [left, right] = [left, right].map(|pad| pad.min(kernel[1] - 1));
        let geometry =
            Geometry { inputs: channels, outputs: channels, kernel, strides, before: [top, left], after: [bottom, right] };
        let Some([height, width]) = geometry.output_size(size) else { return Ok(()) };
        let input = noise(seed, count * size[0] * size[1] * channels);
        let mut output = vec![f32::NAN; count * height * width * channels];
        Pool::new(geometry).run(&input, count, size, &mut output);
        let mut expected = Vec::new();
        for (image, row, column) in places(count, height, width) {
            for channel in 0..channels {
                let under = places(1, kernel[0], kernel[1]).filter_map(|(_, y, x)| {
                    let down = (row * strides[0] + y).checked_sub(top).filter(|at| *at < size[0])?;
                    let across = (column * strides[1] + x).checked_sub(left).filter(|at| *at < size[1])?;
                    Some(input[((image * size[0] + down) * size[1] + across) * channels + channel])
                });
                expected.push(under.fold(f32::NEG_INFINITY, f32::max));
            }
        }
        prop_assert_eq!(output, expected);
    }
}
