//! The fast layers against scalar references in f64, over odd sizes, strides, paddings and batches.

use proptest::prelude::*;
use vitrine::network::fast::{Convolution, Dense, Geometry, Pool};

use crate::made::noise;

/// The exact result, and the root mean square that results of such sums have: that of the roots of the sums of squares.
struct Reference {
    sums: Vec<f64>,
    size: f64,
}

/// The sum over the kernel, one output after the other.
fn scalar(
    geometry: &Geometry,
    weights: &[f32],
    bias: &[f32],
    input: &[f32],
    count: usize,
    size: [usize; 2],
) -> Reference {
    let (inputs, outputs, kernel) = (geometry.inputs(), geometry.outputs(), geometry.kernel());
    let (strides, before) = (geometry.strides(), geometry.before());
    let [height, width] = geometry.output_size(size).unwrap();
    let (mut sums, mut squares) = (Vec::new(), 0.0);
    for (image, row, column) in places(count, height, width) {
        for output in 0..outputs {
            let mut sum = f64::from(bias[output]);
            squares += sum * sum;
            for (input_channel, y, x) in places(inputs, kernel[0], kernel[1]) {
                let down = (row * strides[0] + y).checked_sub(before[0]).filter(|at| *at < size[0]);
                let across = (column * strides[1] + x).checked_sub(before[1]).filter(|at| *at < size[1]);
                if let (Some(down), Some(across)) = (down, across) {
                    let pixel = input[((image * size[0] + down) * size[1] + across) * inputs + input_channel];
                    let weight = weights[((output * inputs + input_channel) * kernel[0] + y) * kernel[1] + x];
                    let product = f64::from(pixel) * f64::from(weight);
                    sum += product;
                    squares += product * product;
                }
            }
            sums.push(sum);
        }
    }
    Reference { size: (squares / sums.len().max(1) as f64).sqrt(), sums }
}

fn places(a: usize, b: usize, c: usize) -> impl Iterator<Item = (usize, usize, usize)> {
    (0..a * b * c).map(move |at| (at / (b * c), at / c % b, at % c))
}

/// Errors that are allowed, as shares of the results' size: root mean square, and the largest.
///
/// Measured over 60 tiles of each of the committed networks' layers, in f32 and without fused products: the largest error of
/// F(3, 6) is 1.5e-4, of F(4, 3) 2.6e-4 and of F(3, 3) 7.5e-5 on results of size 16, some 1e-5 of it; that of F(5, 3), over as
/// many tiles of noise, is F(4, 3)'s. This is five to ten times as much; filters kept in half precision are off by 1e-2, and a tap that is missed by 1e-1.
const WINOGRAD: [f64; 2] = [1e-5, 1e-4];
/// A sum of n rounded products is off by some √n/4 roundoffs (2^-24) of its size; n is at most 2304 here.
const SUMMED: [f64; 2] = [1.5e-6, 1e-5];

/// That `output` is `reference` within `allowed`, rectified or not.
fn agrees(output: &[f32], reference: &Reference, rectify: bool, [mean, largest]: [f64; 2], what: &str) {
    assert_eq!(output.len(), reference.sums.len(), "{what}");
    let mut squares = 0.0;
    for (at, (got, sum)) in output.iter().zip(&reference.sums).enumerate() {
        let expected = if rectify { sum.max(0.0) } else { *sum };
        let off = (f64::from(*got) - expected).abs();
        assert!(
            off <= largest * reference.size,
            "{what}: output {at} is {got}, not {expected}; off by {off}, {} of {}",
            off / reference.size,
            reference.size
        );
        squares += off * off;
    }
    let off = (squares / output.len().max(1) as f64).sqrt();
    let size = reference.size;
    assert!(off <= mean * size, "{what}: off by {off} in the mean, {} of {size}", off / size);
}

fn check(geometry: Geometry, count: usize, size: [usize; 2], rectify: bool, seed: u64) {
    let Some([height, width]) = geometry.output_size(size) else { return };
    let (inputs, outputs, kernel) = (geometry.inputs(), geometry.outputs(), geometry.kernel());
    let weights = noise(seed, outputs * inputs * kernel[0] * kernel[1]);
    let bias = noise(seed + 1, outputs);
    let input = noise(seed + 2, count * size[0] * size[1] * inputs);
    let mut output = vec![f32::NAN; count * height * width * outputs];
    let convolution = Convolution::new(geometry, size, &weights, &bias, rectify).unwrap();
    convolution.run(&input, count, size, &mut output);
    let reference = scalar(&geometry, &weights, &bias, &input, count, size);
    // Which way is taken stands in no result but its rounding.
    let in_tiles = inputs >= 8 && geometry.strides() == [1, 1] && [[3, 3], [6, 6]].contains(&kernel);
    let allowed = if in_tiles { WINOGRAD } else { SUMMED };
    agrees(&output, &reference, rectify, allowed, &format!("{geometry:?}, {count} of {size:?}"));
}

/// As many rows and columns come out as go in, divided by the stride.
fn same(inputs: usize, outputs: usize, kernel: usize, stride: usize) -> Geometry {
    let (before, after) = ((kernel - 1) / 2, kernel / 2);
    Geometry::new([inputs, outputs], [kernel; 2], [stride; 2]).unwrap().padded([before; 2], [after; 2])
}

#[test]
fn the_networks_own_convolutions_are_as_exact_as_measured() {
    // Batches that fill more than one block of tiles, and leave a rest.
    check(same(1, 64, 6, 1), 3, [28, 28], true, 1);
    check(same(64, 64, 6, 1), 5, [14, 14], true, 2);
    check(same(128, 256, 3, 1), 7, [7, 7], false, 3);
    // Without the last row and column, which the pool after it does not read.
    let whole = same(256, 256, 3, 1);
    check(whole.padded(whole.before(), [0, 0]), 6, [7, 7], true, 6);
    check(same(16, 32, 3, 2), 9, [28, 28], true, 4);
    check(same(32, 32, 3, 1), 11, [14, 14], true, 5);
}

#[test]
fn a_layer_run_twice_answers_the_same() {
    let geometry = same(12, 9, 3, 1);
    let layer = Convolution::new(geometry, [7, 7], &noise(1, 12 * 9 * 9), &noise(2, 9), false).unwrap();
    let input = noise(3, 2 * 49 * 12);
    let [mut first, mut second] = [vec![0.0; 2 * 49 * 9], vec![0.0; 2 * 49 * 9]];
    layer.run(&input, 2, [7, 7], &mut first);
    // Something larger in between leaves its values in the working memory.
    check(same(24, 9, 3, 1), 3, [14, 14], true, 9);
    layer.run(&input, 2, [7, 7], &mut second);
    assert_eq!(first, second);
}

/// One weight a million times the others: in transforms its rounding would drown results that it does not touch.
#[test]
fn a_weight_that_stands_out_costs_the_others_nothing() {
    for kernel in [3, 6] {
        let geometry = same(8, 4, kernel, 1);
        let (mut weights, bias) = (noise(1, 32 * kernel * kernel), noise(2, 4));
        weights[kernel + 1] = 1e6;
        let mut input = noise(3, 14 * 14 * 8);
        input.iter_mut().step_by(16).for_each(|pixel| *pixel = 0.0);
        let mut output = vec![f32::NAN; 14 * 14 * 4];
        Convolution::new(geometry, [14, 14], &weights, &bias, false).unwrap().run(&input, 1, [14, 14], &mut output);
        let reference = scalar(&geometry, &weights, &bias, &input, 1, [14, 14]);
        let untouched = |(_, sum): &(&f32, &f64)| sum.abs() < 100.0;
        let pairs: Vec<(&f32, &f64)> = output.iter().zip(&reference.sums).filter(untouched).collect();
        assert!(pairs.len() > 3 * 14 * 14 + 14 * 6, "{}", pairs.len());
        for (got, sum) in pairs {
            // Sums of at most 288 products of values below one.
            assert!((f64::from(*got) - sum).abs() < 1e-5 * 288_f64.sqrt(), "{kernel}×{kernel}: {got}, not {sum}");
        }
    }
}

#[test]
fn what_is_no_number_stays_none() {
    for (inputs, kernel) in [(1, 3), (8, 3), (8, 6)] {
        let geometry = same(inputs, 4, kernel, 1);
        let weights = noise(1, inputs * 4 * kernel * kernel);
        let convolution = Convolution::new(geometry, [14, 14], &weights, &[0.0; 4], true).unwrap();
        let mut output = vec![0.0; 14 * 14 * 4];
        convolution.run(&vec![f32::NAN; 14 * 14 * inputs], 1, [14, 14], &mut output);
        assert!(output.iter().all(|value| value.is_nan()), "{inputs}, {kernel}");
    }
    let mut output = [0.0; 3];
    Dense::new((2, 3), |_, _| 1.0, &[0.0; 3], true).unwrap().run(&[0.0, f32::NAN], &mut output);
    assert!(output.iter().all(|value| value.is_nan()));
}

#[test]
fn numbers_that_make_no_layer_make_none() {
    for (channels, kernel, strides) in
        [([0, 1], [1, 1], [1, 1]), ([1, 0], [1, 1], [1, 1]), ([1, 1], [0, 1], [1, 1]), ([1, 1], [1, 1], [1, 0])]
    {
        assert_eq!(Geometry::new(channels, kernel, strides), None);
    }
    let geometry = same(2, 3, 3, 1);
    let convolution = |weights: usize, bias: usize| {
        Convolution::new(geometry, [7, 7], &vec![0.0; weights], &vec![0.0; bias], false).is_some()
    };
    assert!(convolution(54, 3));
    assert!(!convolution(53, 3) && !convolution(55, 3) && !convolution(54, 2) && !convolution(54, 4));
    let dense =
        |inputs, outputs, bias: usize| Dense::new((inputs, outputs), |_, _| 0.0, &vec![0.0; bias], false).is_some();
    assert!(dense(2, 3, 3));
    assert!(!dense(0, 3, 3) && !dense(2, 0, 0) && !dense(2, 3, 2));
    let pool = |channels, pad| Pool::new(Geometry::new(channels, [2, 2], [2, 2]).unwrap().padded([pad; 2], [0; 2]));
    assert!(pool([3, 3], 1).is_some());
    assert!(pool([3, 2], 0).is_none() && pool([3, 3], 2).is_none());
}

proptest! {
    #[test]
    fn convolutions_are_sums_over_the_kernel(
        (inputs, outputs) in (1..20_usize, 1..20_usize),
        kernel in prop_oneof![Just([3, 3]), Just([6, 6]), [1..7_usize, 1..7]],
        strides in prop_oneof![Just([1, 1]), [1..4_usize, 1..4]],
        [top, left, bottom, right] in [0..6_usize, 0..6, 0..6, 0..6],
        size in [1..18_usize, 1..18],
        count in 0..5_usize,
        rectify: bool,
        seed in 0..1000_u64,
    ) {
        let geometry = Geometry::new([inputs, outputs], kernel, strides).unwrap();
        let geometry = geometry.padded([top, left], [bottom, right]);
        check(geometry, count, size, rectify, seed);
    }

    #[test]
    fn dense_layers_are_sums_of_products(
        (inputs, outputs, count) in (1..90_usize, 1..90_usize, 0..5_usize),
        zeros in 0.0..1.0_f32,
        stored in prop_oneof![Just(None), Just(Some(127.0)), Just(Some(128.0)), Just(Some(255.0)), Just(Some(300.0))],
        rectify: bool,
        seed in 0..1000_u64,
    ) {
        let (mut weights, bias) = (noise(seed, inputs * outputs), noise(seed + 1, outputs));
        if let Some(most) = stored {
            // As a file has them that stores whole numbers and a scale for each output.
            let scales: Vec<f32> = noise(seed + 4, outputs).iter().map(|scale| scale.abs() / most).collect();
            for (at, weight) in weights.iter_mut().enumerate() {
                let code = if at < outputs { most } else { (*weight * most).round() };
                *weight = code * scales[at % outputs];
            }
        }
        let mut input = noise(seed + 2, count * inputs);
        for (value, chance) in input.iter_mut().zip(noise(seed + 3, count * inputs)) {
            *value = if chance.abs() < zeros { 0.0 } else { *value };
        }
        let mut output = vec![f32::NAN; count * outputs];
        let dense = Dense::new((inputs, outputs), |i, o| weights[i * outputs + o], &bias, rectify).unwrap();
        dense.run(&input, &mut output);
        // A convolution of one pixel is the same sum.
        let pixel = Geometry::new([inputs, outputs], [1, 1], [1, 1]).unwrap();
        let turned: Vec<f32> = (0..inputs * outputs).map(|at| weights[at % inputs * outputs + at / inputs]).collect();
        let reference = scalar(&pixel, &turned, &bias, &input, count, [1, 1]);
        agrees(&output, &reference, rectify, SUMMED, "dense");
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
        let geometry = Geometry::new([channels; 2], kernel, strides).unwrap().padded([top, left], [bottom, right]);
        let Some([height, width]) = geometry.output_size(size) else { return Ok(()) };
        let input = noise(seed, count * size[0] * size[1] * channels);
        let mut output = vec![f32::NAN; count * height * width * channels];
        Pool::new(geometry).unwrap().run(&input, count, size, &mut output);
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
