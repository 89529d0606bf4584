//! A convolution in Winograd's domain: tiles of the input and filters are transformed, multiplied point by point, and the
//! products are transformed back.

use std::marker::PhantomData;

use pulp::Simd;

use super::convolution::Convolve;
use super::filtering::{Filtering, along_both};
use super::geometry::Geometry;
use super::lanes::{Lanes, vectors, vectors_mut};
use super::maps::{Maps, Results};
use super::scratch::{Scratch, room};
use super::tile::{ACROSS, HEIGHT, Panels};

/// Bytes of tiles and products that are worked on at once: what second-level caches hold beside the filters passing by.
const CACHED: usize = 256 << 10;
/// Blocks of tiles whose images are padded at once.
const PADDED: usize = 16;
/// Floats between one point's tiles and the next's: a cache line, so that a tile's points are not kept from each other by
/// lying a power of two apart.
const APART: usize = 16;

/// Transformed filters: a matrix `(inputs, outputs)` for each of the N·N points.
#[derive(Debug)]
pub(super) struct Winograd<S, F, const N: usize, const M: usize, const K: usize> {
    lanes: Lanes<S>,
    filters: Vec<Panels>,
    filtering: PhantomData<F>,
}

impl<S: Simd, F: Filtering<N, M, K>, const N: usize, const M: usize, const K: usize> Winograd<S, F, N, M, K> {
    /// G·g·Gᵀ of every pair of channels. `filter(output, input, row, column)`.
    pub(super) fn new(simd: S, geometry: &Geometry, filter: impl Fn(usize, usize, usize, usize) -> f32) -> Self {
        let (lanes, outputs) = (Lanes(simd), geometry.outputs());
        // Past the real inputs filters are zero.
        let inputs = geometry.inputs().next_multiple_of(S::F32_LANES);
        let mut filters: Vec<Panels> = (0..N * N).map(|_| Panels::zero::<S>(inputs, outputs)).collect();
        lanes.run(
            #[inline(always)]
            || {
                for first in (0..outputs).step_by(S::F32_LANES) {
                    let many = S::F32_LANES.min(outputs - first);
                    for input in 0..geometry.inputs() {
                        let mut taps = [[lanes.splat(0.0); K]; K];
                        for (row, taps) in taps.iter_mut().enumerate() {
                            for (column, taps) in taps.iter_mut().enumerate() {
                                *taps = lanes.each(many, |lane| filter(first + lane, input, row, column));
                            }
                        }
                        along_both(
                            lanes,
                            #[inline(always)]
                            |i, j| taps[i][j],
                            #[inline(always)]
                            |g| transform_taps::<S, F, N, M, K>(lanes, g),
                            #[inline(always)]
                            |i, j, value| filters[i * N + j].set::<S>(input, first / S::F32_LANES, value),
                        );
                    }
                }
            },
        );
        Self { lanes, filters, filtering: PhantomData }
    }

    #[inline(always)]
    fn image_by_image(&self, geometry: &Geometry, maps: &Maps, results: &mut Results, scratch: &mut Scratch) {
        let grid = Grid::<N>::new::<S, F, M, K>(maps, results);
        let Scratch { padded, tiles, products, .. } = scratch;
        let [height, width] = grid.padded;
        let channels = grid.vectors_in * S::F32_LANES;
        let block = grid.block();
        let of_image = grid.tiles[0] * grid.tiles[1];
        let images = (PADDED * block / of_image).max(1);
        let tiles = room(tiles, N * N * (block * channels + APART));
        let products = room(products, N * N * (block * grid.vectors_out * S::F32_LANES + APART));
        for first in (0..maps.count).step_by(images) {
            let last = (first + images).min(maps.count);
            let padded = room(padded, (last - first) * height * width * channels);
            maps.pad(first..last, geometry, grid.padded, channels, padded);
            let end = last * of_image;
            for start in (first * of_image..end).step_by(block) {
                let part = Part { first, start, tiles: block.min(end - start) };
                self.transform_tiles(&grid, &part, padded, tiles);
                self.multiply(&grid, &part, tiles, products);
                self.transform_products(&grid, &part, products, results);
            }
        }
    }

    /// Bᵀ·d·B of every tile and vector of channels.
    #[inline(always)]
    fn transform_tiles(&self, grid: &Grid<N>, part: &Part, padded: &[f32], tiles: &mut [f32]) {
        let (apart, inputs, [height, width]) = (grid.of_tiles(part), grid.vectors_in, grid.padded);
        let (padded, tiles) = (vectors::<S>(padded), vectors_mut::<S>(tiles));
        for tile in 0..part.tiles {
            let (image, down, across) = grid.place(part.start + tile);
            let corner = (((image - part.first) * height + down * M) * width + across * M) * inputs;
            for channel in 0..inputs {
                along_both(
                    self.lanes,
                    #[inline(always)]
                    |i, j| padded[corner + (i * width + j) * inputs + channel],
                    #[inline(always)]
                    |d| F::input(self.lanes, d),
                    #[inline(always)]
                    |i, j, value| tiles[(i * N + j) * apart + tile * inputs + channel] = value,
                );
            }
        }
    }

    /// The products of tiles and filters, point by point.
    #[inline(always)]
    fn multiply(&self, grid: &Grid<N>, part: &Part, tiles: &[f32], products: &mut [f32]) {
        let (of_tiles, of_products) = (grid.of_tiles(part) * S::F32_LANES, grid.of_products(part) * S::F32_LANES);
        let points = tiles.chunks_exact(of_tiles).zip(products.chunks_exact_mut(of_products));
        for (filter, (tiles, products)) in self.filters.iter().zip(points) {
            let products = vectors_mut::<S>(products).as_chunks_mut::<ACROSS>().0;
            let panels = grid.vectors_out / ACROSS;
            filter.multiply(
                self.lanes,
                &tiles[..part.tiles * grid.vectors_in * S::F32_LANES],
                #[inline(always)]
                |row, panel, sums| products[row * panels + panel] = sums,
            );
        }
    }

    /// Aᵀ·m·A of every tile and vector of channels, as far as it lies on the maps.
    #[inline(always)]
    fn transform_products(&self, grid: &Grid<N>, part: &Part, products: &[f32], results: &mut Results) {
        let apart = grid.of_products(part);
        let [rows, columns] = results.size;
        let products = vectors::<S>(products);
        for tile in 0..part.tiles {
            let (image, down, across) = grid.place(part.start + tile);
            for channel in 0..results.channels.div_ceil(S::F32_LANES) {
                along_both(
                    self.lanes,
                    #[inline(always)]
                    |i, j| products[(i * N + j) * apart + tile * grid.vectors_out + channel],
                    #[inline(always)]
                    |m| F::output(self.lanes, m),
                    #[inline(always)]
                    |i, j, value| {
                        let (row, column) = (down * M + i, across * M + j);
                        if row < rows && column < columns {
                            results.store(self.lanes, (image * rows + row) * columns + column, channel, value);
                        }
                    },
                );
            }
        }
    }
}

impl<S: Simd, F: Filtering<N, M, K>, const N: usize, const M: usize, const K: usize> Convolve
    for Winograd<S, F, N, M, K>
{
    fn convolve(&self, geometry: &Geometry, maps: &Maps, results: &mut Results, scratch: &mut Scratch) {
        self.lanes.run(
            #[inline(always)]
            || self.image_by_image(geometry, maps, results, scratch),
        );
    }
}

/// G·g.
#[inline(always)]
fn transform_taps<S: Simd, F: Filtering<N, M, K>, const N: usize, const M: usize, const K: usize>(
    lanes: Lanes<S>,
    taps: [S::f32s; K],
) -> [S::f32s; N] {
    let mut transformed = [lanes.splat(0.0); N];
    for (sum, factors) in transformed.iter_mut().zip(&F::FILTER) {
        for (tap, factor) in taps.iter().zip(factors) {
            *sum = lanes.plus(*sum, *tap, *factor);
        }
    }
    transformed
}

/// How maps are laid out in tiles of N² points.
struct Grid<const N: usize> {
    /// Down and across.
    tiles: [usize; 2],
    /// Pixels down and across of an image with the zeros around it.
    padded: [usize; 2],
    /// Vectors of the channels that come in.
    vectors_in: usize,
    /// Vectors of the products, in whole panels.
    vectors_out: usize,
    /// Of a vector.
    bytes: usize,
}

/// The tiles that are worked on at once, counted through all images.
struct Part {
    /// The first image that lies there padded.
    first: usize,
    start: usize,
    tiles: usize,
}

impl<const N: usize> Grid<N> {
    fn new<S: Simd, F: Filtering<N, M, K>, const M: usize, const K: usize>(maps: &Maps, results: &Results) -> Self {
        let tiles = results.size.map(|size| size.div_ceil(M));
        Self {
            tiles,
            padded: tiles.map(|tiles| (tiles - 1) * M + N),
            vectors_in: maps.channels.div_ceil(S::F32_LANES),
            vectors_out: results.channels.div_ceil(S::F32_LANES).next_multiple_of(ACROSS),
            bytes: S::F32_LANES * size_of::<f32>(),
        }
    }

    /// Tiles that fit the cache with their products.
    fn block(&self) -> usize {
        let per_tile = N * N * (self.vectors_in + self.vectors_out) * self.bytes;
        (CACHED / per_tile).next_multiple_of(HEIGHT).max(HEIGHT)
    }

    /// A tile's image, and its place down and across.
    fn place(&self, tile: usize) -> (usize, usize, usize) {
        let [tall, wide] = self.tiles;
        (tile / (tall * wide), tile / wide % tall, tile % wide)
    }

    /// Vectors from one point's tiles to the next's.
    fn of_tiles(&self, part: &Part) -> usize {
        part.tiles * self.vectors_in + APART * size_of::<f32>() / self.bytes
    }

    /// Vectors from one point's products to the next's.
    fn of_products(&self, part: &Part) -> usize {
        part.tiles * self.vectors_out + APART * size_of::<f32>() / self.bytes
    }
}
