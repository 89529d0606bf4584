//! A convolution in Winograd's domain: tiles of the input and filters are transformed, multiplied point by point, and the
//! products are transformed back.

use std::marker::PhantomData;

use wide::f32x4;

use super::convolution::Convolve;
use super::filtering::Filtering;
use super::geometry::Geometry;
use super::lanes::LANES;
use super::maps::{Maps, Results};
use super::scratch::{Scratch, room};
use super::tile::{HEIGHT, Panels, WIDTH};

/// Bytes of tiles and products that are worked on at once: what second-level caches hold beside the filters passing by.
const CACHED: usize = 256 << 10;
/// Floats between one point's tiles and the next's: a cache line, so that a tile's points are not kept from each other by
/// lying a power of two apart.
const APART: usize = 16;

/// Transformed filters: a matrix `(inputs, outputs)` for each of the N·N points.
#[derive(Debug)]
pub(super) struct Winograd<const N: usize, const M: usize, F> {
    filters: Vec<Panels>,
    filtering: PhantomData<F>,
}

impl<const N: usize, const M: usize, F: Filtering<N, M>> Winograd<N, M, F> {
    /// G·g·Gᵀ of every pair of channels. `filter(output, input, row, column)`.
    pub(super) fn new(geometry: &Geometry, filter: impl Fn(usize, usize, usize, usize) -> f32) -> Self {
        let (inputs, outputs, taps) = (geometry.inputs().next_multiple_of(LANES), geometry.outputs(), F::TAPS);
        let mut rows = [[0.0_f64; N]; N];
        for (row, (point, scale)) in rows.iter_mut().zip(F::points()) {
            (0..taps).fold(*scale, |power, tap| {
                row[tap] = power;
                power * point
            });
        }
        rows[N - 1][taps - 1] = 1.0;
        // Transformed once per pair of channels, in f64: [point][input][output]. Past the real inputs filters are zero.
        let mut transformed = vec![0.0_f32; N * N * inputs * outputs];
        for output in 0..outputs {
            for input in 0..geometry.inputs() {
                let mut half = [[0.0_f64; N]; N];
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
        let filters = transformed
            .chunks_exact(inputs * outputs)
            .map(|matrix| Panels::new(inputs, outputs, |input, output| matrix[input * outputs + output]));
        Self { filters: filters.collect(), filtering: PhantomData }
    }
}

impl<const N: usize, const M: usize, F: Filtering<N, M>> Convolve for Winograd<N, M, F> {
    fn convolve(&self, geometry: &Geometry, maps: &Maps, results: &mut Results, scratch: &mut Scratch) {
        let grid = Grid::new::<N, M>(maps, results);
        let Scratch { gathered, tiles, products, .. } = scratch;
        let [height, width] = grid.padded;
        let padded = room(gathered, maps.count * height * width * grid.fours_in * LANES);
        pad(maps, geometry.before(), grid.padded, padded);
        let padded = padded.as_chunks::<LANES>().0;
        let all = maps.count * grid.tiles[0] * grid.tiles[1];
        let block = grid.block::<N>(all);
        let tiles = room(tiles, N * N * (block * grid.fours_in * LANES + APART));
        let products = room(products, N * N * (block * grid.fours_out * LANES + APART));
        for start in (0..all).step_by(block) {
            let part = Part { start, tiles: block.min(all - start) };
            transform_tiles::<N, M, F>(&grid, &part, padded, tiles);
            multiply::<N>(&grid, &part, &self.filters, tiles, products);
            transform_products::<N, M, F>(&grid, &part, products, results);
        }
    }
}

/// How maps are laid out in tiles.
struct Grid {
    /// Down and across.
    tiles: [usize; 2],
    /// Pixels down and across of an image with the zeros around it.
    padded: [usize; 2],
    /// Vectors of the channels that come in.
    fours_in: usize,
    /// Vectors of the products, whose columns are a multiple of a panel's.
    fours_out: usize,
}

/// The tiles that are worked on at once, counted through all images.
struct Part {
    start: usize,
    tiles: usize,
}

impl Grid {
    fn new<const N: usize, const M: usize>(maps: &Maps, results: &Results) -> Self {
        let tiles = results.size.map(|size| size.div_ceil(M));
        Self {
            tiles,
            padded: tiles.map(|tiles| (tiles - 1) * M + N),
            fours_in: maps.channels.div_ceil(LANES),
            fours_out: results.channels.next_multiple_of(WIDTH) / LANES,
        }
    }

    /// Tiles that fit the cache with their products.
    fn block<const N: usize>(&self, all: usize) -> usize {
        let per_tile = N * N * (self.fours_in + self.fours_out) * LANES * size_of::<f32>();
        (CACHED / per_tile).min(all).next_multiple_of(HEIGHT).max(HEIGHT)
    }

    /// A tile's image, and its place down and across.
    fn place(&self, tile: usize) -> (usize, usize, usize) {
        let [tall, wide] = self.tiles;
        (tile / (tall * wide), tile / wide % tall, tile % wide)
    }

    /// Vectors from one point's tiles to the next's.
    fn of_tiles(&self, part: &Part) -> usize {
        part.rows() * self.fours_in + APART / LANES
    }

    /// Vectors from one point's products to the next's.
    fn of_products(&self, part: &Part) -> usize {
        part.rows() * self.fours_out + APART / LANES
    }
}

impl Part {
    /// Rows of the matrices.
    fn rows(&self) -> usize {
        self.tiles.next_multiple_of(HEIGHT)
    }
}

/// Bᵀ·d·B of every tile and vector of channels.
#[inline(always)]
fn transform_tiles<const N: usize, const M: usize, F: Filtering<N, M>>(
    grid: &Grid,
    part: &Part,
    padded: &[[f32; LANES]],
    tiles: &mut [f32],
) {
    let (apart, inputs, [height, width]) = (grid.of_tiles(part), grid.fours_in, grid.padded);
    let transformed = tiles.as_chunks_mut::<LANES>().0;
    for tile in 0..part.tiles {
        let (image, down, across) = grid.place(part.start + tile);
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
                    transformed[(i * N + j) * apart + tile * inputs + channel] = value.to_array();
                }
            }
        }
    }
}

/// The products of tiles and filters, point by point.
#[inline(always)]
fn multiply<const N: usize>(grid: &Grid, part: &Part, filters: &[Panels], tiles: &[f32], products: &mut [f32]) {
    let (of_tiles, of_products) = (grid.of_tiles(part) * LANES, grid.of_products(part) * LANES);
    let points = tiles.chunks_exact(of_tiles).zip(products.chunks_exact_mut(of_products));
    let panels = grid.fours_out * LANES / WIDTH;
    for (filter, (tiles, products)) in filters.iter().zip(points) {
        let products = products.as_chunks_mut::<WIDTH>().0;
        filter.multiply(&tiles[..part.rows() * grid.fours_in * LANES], |row, panel, [left, right]| {
            let [[a, b, c, d], [e, f, g, h]] = [left.to_array(), right.to_array()];
            products[row * panels + panel] = [a, b, c, d, e, f, g, h];
        });
    }
}

/// Aᵀ·m·A of every tile and vector of channels, as far as it lies on the maps.
#[inline(always)]
fn transform_products<const N: usize, const M: usize, F: Filtering<N, M>>(
    grid: &Grid,
    part: &Part,
    products: &[f32],
    results: &mut Results,
) {
    let apart = grid.of_products(part);
    let [rows, columns] = results.size;
    let products = products.as_chunks::<LANES>().0;
    for tile in 0..part.tiles {
        let (image, down, across) = grid.place(part.start + tile);
        for channel in 0..results.channels.div_ceil(LANES) {
            let mut half = [[f32x4::ZERO; N]; M];
            for j in 0..N {
                let mut m = [f32x4::ZERO; N];
                for (i, m) in m.iter_mut().enumerate() {
                    *m = f32x4::new(products[(i * N + j) * apart + tile * grid.fours_out + channel]);
                }
                for (half, value) in half.iter_mut().zip(F::output(m)) {
                    half[j] = value;
                }
            }
            for (i, half) in half.into_iter().enumerate().take(rows - down * M) {
                let line = (image * rows + down * M + i) * columns;
                for (j, value) in F::output(half).into_iter().enumerate().take(columns - across * M) {
                    results.store(line + across * M + j, channel, value);
                }
            }
        }
    }
}

/// Copies maps between zeros: images of `height` × `width` pixels with a multiple of four channels.
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
