//! Winograd's minimal filtering: a convolution as products of transformed tiles (Lavin and Gray 2016, arXiv:1509.09308).
//!
//! F(m, r) computes m outputs of a filter with r taps from n = m + r - 1 inputs with n products instead of m·r; squared,
//! for images. Points at 0, ±1, ±2 (and ±½) keep the transforms to few additions, but the sums grow before they shrink:
//! in f32 the result of F(4, 3) and F(3, 6) is off by up to some 10 and 40 times what direct summation is (Barabasz et
//! al. 2020, arXiv:1803.10986, table 3, for n = 6 and n = 8). `tests/native/fast.rs` states and checks the bound.

use wide::f32x4;

use super::convolution::{Maps, Shape};
use super::lanes::multiply_add;
use super::scratch::{Scratch, take};
use super::tile::{HEIGHT, Panels, WIDTH};

/// Bytes of tiles and products that are worked on at once: what second-level caches hold beside the filters passing by.
const CACHED: usize = 256 << 10;
/// Floats between one point's tiles and the next's: a cache line, so that a tile's points are not kept from each other by
/// lying a power of two apart.
const APART: usize = 16;
/// Lanes of a vector.
const LANES: usize = 4;

/// One minimal filtering F(m, r) over n = m + r - 1 points.
pub(super) trait Filtering<const N: usize, const M: usize> {
    /// Taps of the filter.
    const TAPS: usize = N + 1 - M;
    /// Bᵀd.
    fn input(d: [f32x4; N]) -> [f32x4; N];
    /// Aᵀm.
    fn output(m: [f32x4; N]) -> [f32x4; M];
    /// The finite points and what scales their row of G; the last point is infinity.
    fn points() -> &'static [(f64, f64)];
}

/// F(4, 3).
#[derive(Debug)]
pub(super) struct FourOfThree;
/// F(3, 3): fewer products than F(4, 3) where its tiles would overlap the edge.
#[derive(Debug)]
pub(super) struct ThreeOfThree;
/// F(3, 6).
#[derive(Debug)]
pub(super) struct ThreeOfSix;

#[inline(always)]
fn add_scaled(sum: f32x4, value: f32x4, factor: f32) -> f32x4 {
    multiply_add(value, f32x4::splat(factor), sum)
}

impl Filtering<6, 4> for FourOfThree {
    #[inline(always)]
    fn input(d: [f32x4; 6]) -> [f32x4; 6] {
        let even = add_scaled(d[4], d[2], -4.0);
        let odd = add_scaled(d[3], d[1], -4.0);
        let low = d[4] - d[2];
        let high = (d[3] - d[1]) * f32x4::splat(2.0);
        [
            add_scaled(add_scaled(d[4], d[2], -5.0), d[0], 4.0),
            even + odd,
            even - odd,
            low + high,
            low - high,
            add_scaled(add_scaled(d[5], d[3], -5.0), d[1], 4.0),
        ]
    }

    #[inline(always)]
    fn output(m: [f32x4; 6]) -> [f32x4; 4] {
        let (sum_1, difference_1) = (m[1] + m[2], m[1] - m[2]);
        let (sum_2, difference_2) = (m[3] + m[4], m[3] - m[4]);
        [
            m[0] + sum_1 + sum_2,
            add_scaled(difference_1, difference_2, 2.0),
            add_scaled(sum_1, sum_2, 4.0),
            add_scaled(difference_1, difference_2, 8.0) + m[5],
        ]
    }

    fn points() -> &'static [(f64, f64)] {
        &[(0.0, 1.0 / 4.0), (1.0, -1.0 / 6.0), (-1.0, -1.0 / 6.0), (2.0, 1.0 / 24.0), (-2.0, 1.0 / 24.0)]
    }
}

impl Filtering<5, 3> for ThreeOfThree {
    #[inline(always)]
    fn input(d: [f32x4; 5]) -> [f32x4; 5] {
        let shared = d[3] - d[2];
        [
            add_scaled(d[3] - d[1], d[0] - d[2], 2.0),
            add_scaled(shared, d[1], -2.0),
            add_scaled(shared, d[1] - d[2], 2.0),
            d[3] - d[1],
            add_scaled(d[4] - d[2], d[1] - d[3], 2.0),
        ]
    }

    #[inline(always)]
    fn output(m: [f32x4; 5]) -> [f32x4; 3] {
        let (sum, difference) = (m[1] + m[2], m[1] - m[2]);
        [m[0] + sum + m[3], add_scaled(difference, m[3], 2.0), add_scaled(sum, m[3], 4.0) + m[4]]
    }

    fn points() -> &'static [(f64, f64)] {
        &[(0.0, 1.0 / 2.0), (1.0, -1.0 / 2.0), (-1.0, -1.0 / 6.0), (2.0, 1.0 / 6.0)]
    }
}

impl Filtering<8, 3> for ThreeOfSix {
    #[inline(always)]
    fn input(d: [f32x4; 8]) -> [f32x4; 8] {
        let even_1 = add_scaled(d[2] + d[6], d[4], -4.25);
        let odd_1 = add_scaled(d[1] + d[5], d[3], -4.25);
        let even_2 = add_scaled(add_scaled(d[6], d[2], 0.25), d[4], -1.25);
        let odd_2 = add_scaled(add_scaled(d[1] * f32x4::splat(0.5), d[3], -2.5), d[5], 2.0);
        let even_half = add_scaled(add_scaled(d[6], d[2], 4.0), d[4], -5.0);
        let odd_half = add_scaled(add_scaled(d[1] * f32x4::splat(2.0), d[3], -2.5), d[5], 0.5);
        [
            add_scaled(d[0] - d[6], d[4] - d[2], 5.25),
            even_1 + odd_1,
            even_1 - odd_1,
            even_2 + odd_2,
            even_2 - odd_2,
            even_half + odd_half,
            even_half - odd_half,
            add_scaled(d[7] - d[1], d[3] - d[5], 5.25),
        ]
    }

    #[inline(always)]
    fn output(m: [f32x4; 8]) -> [f32x4; 3] {
        let (sum_1, difference_1) = (m[1] + m[2], m[1] - m[2]);
        let (sum_2, difference_2) = (m[3] + m[4], m[3] - m[4]);
        let (sum_half, difference_half) = (m[5] + m[6], m[5] - m[6]);
        [
            m[0] + sum_1 + (sum_2 + sum_half),
            add_scaled(add_scaled(difference_1, difference_2, 2.0), difference_half, 0.5),
            add_scaled(add_scaled(sum_1, sum_2, 4.0), sum_half, 0.25) + m[7],
        ]
    }

    fn points() -> &'static [(f64, f64)] {
        const POINTS: [(f64, f64); 7] = [
            (0.0, 1.0),
            (1.0, -2.0 / 9.0),
            (-1.0, -2.0 / 9.0),
            (2.0, 1.0 / 90.0),
            (-2.0, 1.0 / 90.0),
            (0.5, 32.0 / 45.0),
            (-0.5, 32.0 / 45.0),
        ];
        &POINTS
    }
}

/// The filters G·g·Gᵀ of every pair of channels: a matrix `(inputs, outputs)` for each of the N·N points.
/// `filter(output, input, row, column)`; `inputs` is a multiple of four, past the real ones the filter is zero.
pub(super) fn filters<const N: usize, const M: usize, F: Filtering<N, M>>(
    inputs: usize,
    outputs: usize,
    filter: impl Fn(usize, usize, usize, usize) -> f32,
) -> Vec<Panels> {
    let taps = F::TAPS;
    let mut rows = vec![[0.0_f64; 8]; N];
    for (row, (point, scale)) in rows.iter_mut().zip(F::points()) {
        (0..taps).fold(*scale, |power, tap| {
            row[tap] = power;
            power * point
        });
    }
    rows[N - 1][taps - 1] = 1.0;
    // Transformed once per pair of channels, in f64: [point][input][output].
    let mut transformed = vec![0.0_f32; N * N * inputs * outputs];
    for output in 0..outputs {
        for input in 0..inputs {
            let mut half = [[0.0_f64; 8]; N];
            for (half, g) in half.iter_mut().zip(&rows) {
                for (column, half) in half.iter_mut().enumerate().take(taps) {
                    *half = (0..taps).map(|row| g[row] * f64::from(filter(output, input, row, column))).sum();
                }
            }
            for (i, half) in half.iter().enumerate() {
                for (j, g) in rows.iter().enumerate() {
                    let value: f64 = (0..taps).map(|column| half[column] * g[column]).sum();
                    transformed[((i * N + j) * inputs + input) * outputs + output] = value as f32;
                }
            }
        }
    }
    transformed
        .chunks_exact(inputs * outputs)
        .map(|matrix| Panels::new(inputs, outputs, |input, output| matrix[input * outputs + output]))
        .collect()
}

/// Convolves maps with transformed `filters`. `padded` gets the input between zeros.
pub(super) fn convolve<const N: usize, const M: usize, F: Filtering<N, M>>(
    filters: &[Panels],
    maps: &Maps,
    shape: &Shape,
    output: &mut [f32],
    scratch: &mut Scratch,
    finish: impl Fn(usize, f32x4) -> f32x4,
) {
    let [tall, wide] = shape.outputs.map(|size| size.div_ceil(M));
    let [height, width] = [tall, wide].map(|tiles| (tiles - 1) * M + N);
    let inputs = maps.channels.div_ceil(LANES);
    let columns = shape.channels.next_multiple_of(WIDTH);
    let per_tile = N * N * (inputs * LANES + columns) * size_of::<f32>();
    let all = maps.count * tall * wide;
    let block = (CACHED / per_tile).min(all).next_multiple_of(HEIGHT).max(HEIGHT);
    let Scratch { gathered, tiles, products, .. } = scratch;
    let padded = take(gathered, maps.count * height * width * inputs * LANES);
    pad(maps, shape.before, [height, width], padded);
    let padded = padded.as_chunks::<LANES>().0;
    let tiles = take(tiles, N * N * (block * inputs * LANES + APART));
    let products = take(products, N * N * (block * columns + APART));
    let place = |tile: usize| (tile / (tall * wide), tile / wide % tall, tile % wide);

    for start in (0..all).step_by(block) {
        let many = block.min(all - start);
        let rows = many.next_multiple_of(HEIGHT);
        let (of_tiles, of_products) = (rows * inputs * LANES + APART, rows * columns + APART);
        let transformed = tiles.as_chunks_mut::<LANES>().0;
        for tile in 0..many {
            let (image, down, across) = place(start + tile);
            let corner = ((image * height + down * M) * width + across * M) * inputs;
            for channel in 0..inputs {
                let mut half = [[f32x4::ZERO; N]; N];
                for j in 0..N {
                    let mut d = [f32x4::ZERO; N];
                    for (i, d) in d.iter_mut().enumerate() {
                        *d = f32x4::new(padded[corner + (i * width + j) * inputs + channel]);
                    }
                    for (half, value) in half.iter_mut().zip(F::input(d)) {
                        half[j] = value;
                    }
                }
                for (i, half) in half.into_iter().enumerate() {
                    for (j, value) in F::input(half).into_iter().enumerate() {
                        transformed[(i * N + j) * (of_tiles / LANES) + tile * inputs + channel] = value.to_array();
                    }
                }
            }
        }
        let points = tiles.chunks_exact(of_tiles).zip(products.chunks_exact_mut(of_products));
        for (filter, (tiles, products)) in filters.iter().zip(points) {
            let tiles = &tiles[..rows * inputs * LANES];
            let products = products.as_chunks_mut::<WIDTH>().0;
            filter.multiply(tiles, |row, panel, [left, right]| {
                let [[a, b, c, d], [e, f, g, h]] = [left.to_array(), right.to_array()];
                products[row * (columns / WIDTH) + panel] = [a, b, c, d, e, f, g, h];
            });
        }
        let products = products.as_chunks::<LANES>().0;
        for tile in 0..many {
            let (image, down, across) = place(start + tile);
            for channel in 0..shape.channels.div_ceil(LANES) {
                let mut half = [[f32x4::ZERO; N]; M];
                for j in 0..N {
                    let mut m = [f32x4::ZERO; N];
                    for (i, m) in m.iter_mut().enumerate() {
                        *m = f32x4::new(
                            products[(i * N + j) * (of_products / LANES) + tile * (columns / LANES) + channel],
                        );
                    }
                    for (half, value) in half.iter_mut().zip(F::output(m)) {
                        half[j] = value;
                    }
                }
                for (i, half) in half.into_iter().enumerate().take(shape.outputs[0] - down * M) {
                    let line = (image * shape.outputs[0] + down * M + i) * shape.outputs[1];
                    for (j, value) in F::output(half).into_iter().enumerate().take(shape.outputs[1] - across * M) {
                        let at = (line + across * M + j) * shape.channels + channel * LANES;
                        store(&mut output[at..], shape.channels - channel * LANES, finish(channel, value));
                    }
                }
            }
        }
    }
}

/// Writes a vector's first `count` lanes, all four when there are as many.
#[inline(always)]
pub(super) fn store(output: &mut [f32], count: usize, value: f32x4) {
    match output.first_chunk_mut::<LANES>() {
        Some(chunk) if count >= LANES => *chunk = value.to_array(),
        _ => output.iter_mut().zip(value.to_array()).take(count).for_each(|(output, value)| *output = value),
    }
}

/// Copies maps between zeros: images of `size` pixels with a multiple of four channels.
fn pad(maps: &Maps, before: [usize; 2], [height, width]: [usize; 2], padded: &mut [f32]) {
    let channels = maps.channels.next_multiple_of(LANES);
    padded.fill(0.0);
    let [rows, columns] = maps.size;
    for (line, pixels) in maps.values.chunks_exact(columns * maps.channels).enumerate() {
        let (image, row) = (line / rows, line % rows);
        let start = ((image * height + row + before[0]) * width + before[1]) * channels;
        let target = &mut padded[start..start + columns * channels];
        if channels == maps.channels {
            target.copy_from_slice(pixels);
        } else {
            for (target, pixel) in target.chunks_exact_mut(channels).zip(pixels.chunks_exact(maps.channels)) {
                target[..maps.channels].copy_from_slice(pixel);
            }
        }
    }
}
