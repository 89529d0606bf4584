//! A convolution in Winograd's domain, forwards and backwards: per point of a tile one matrix product each for the output,
//! the weight's gradient and the input's. 88.8 M products an image become 27 M for the CNN.

use std::marker::PhantomData;

use faer::linalg::matmul::matmul;
use faer::{Accum, Par};
use pulp::{Arch, Simd, WithSimd};

use super::filtering::Filtering;
use super::scratch::{Scratch, matrix, matrix_mut, room};
use super::{Back, Maps};
use crate::training::layers::same_padding;

/// Tiles that are worked on at once, more or less: their products are worth a matrix product's while, and they stay in the
/// caches until they are transformed back.
const BLOCK: usize = 128;

/// Floats between one point's matrix and the next: a cache line, so that a tile's points are not kept from each other by
/// lying a power of two apart.
const APART: usize = 16;

/// Channels are a multiple of this: the most lanes that a vector has.
pub(super) const LANES: usize = 16;

/// A convolution of stride 1 that keeps the size; maps are `(N, H, W, C)`.
pub(super) struct Winograd<const N: usize, const M: usize, const K: usize, F> {
    maps: Maps,
    /// Tiles along an axis.
    tiles: usize,
    filtering: PhantomData<F>,
}

impl<const N: usize, const M: usize, const K: usize, F: Filtering<N, M, K>> Winograd<N, M, K, F> {
    /// `None` where channels do not fill vectors.
    pub fn new(maps: Maps) -> Option<Self> {
        let fits = maps.inputs.is_multiple_of(LANES) && maps.outputs.is_multiple_of(LANES);
        (fits && maps.stride == 1 && maps.kernel == K).then(|| {
            let tiles = maps.side.div_ceil(M);
            Self { maps, tiles, filtering: PhantomData }
        })
    }

    /// Floats of the transformed weight.
    pub fn filters_len(&self) -> usize {
        N * N * self.of_filters()
    }

    /// G·g·Gᵀ of the weight `(K, K, I, O)`: a matrix `(I, O)` for each point.
    pub fn transform_filters(&self, weight: &[f32], filters: &mut [f32]) {
        let (pairs, apart) = (self.maps.inputs * self.maps.outputs, self.of_filters());
        Arch::new().dispatch(FilterSweep {
            from: weight,
            to: filters,
            pairs,
            of_from: pairs,
            of_to: apart,
            matrix: &F::FILTER,
        });
    }

    /// The output of the transformed weight.
    pub fn forward(&self, filters: &[f32], input: &[f32], output: &mut [f32], scratch: &mut Scratch) {
        let Maps { inputs, outputs, .. } = self.maps;
        let Scratch { padded, tiles, products, .. } = scratch;
        let images = self.images_at_once();
        let blocks = input.chunks(images * self.maps.image_in()).zip(output.chunks_mut(images * self.maps.image_out()));
        for (input, output) in blocks {
            let count = input.len() / self.maps.image_in() * self.tiles * self.tiles;
            let tiles = self.transform_input(input, padded, tiles);
            let products = room(products, N * N * (count * outputs + APART));
            let points =
                tiles.chunks_exact(count * inputs + APART).zip(products.chunks_exact_mut(count * outputs + APART));
            for ((tiles, products), filter) in points.zip(filters.chunks_exact(self.of_filters())) {
                let filter = matrix(&filter[..inputs * outputs], outputs);
                let tiles = matrix(&tiles[..count * inputs], inputs);
                matmul(
                    matrix_mut(&mut products[..count * outputs], outputs),
                    Accum::Replace,
                    tiles,
                    filter,
                    1.0,
                    Par::Seq,
                );
            }
            for (number, output) in output.chunks_exact_mut(self.maps.image_out()).enumerate() {
                let grid = self.grid(count, number, outputs);
                Arch::new().dispatch(OutputSweep::<N, M, K, F> { products, output, grid, filtering: PhantomData });
            }
        }
    }

    /// From the gradient of the output: that of the weight, and that of the input where it is wanted.
    pub fn backward(
        &self,
        filters: &[f32],
        input: &[f32],
        gradient: &[f32],
        weight: &mut [f32],
        mut back: Option<Back<'_>>,
        scratch: &mut Scratch,
    ) {
        let Maps { inputs, outputs, .. } = self.maps;
        let Scratch { padded, tiles, products, filters: sums, .. } = scratch;
        let sums = room(sums, self.filters_len());
        let images = self.images_at_once();
        let blocks = input.chunks(images * self.maps.image_in()).zip(gradient.chunks(images * self.maps.image_out()));
        for (block, (input, gradient)) in blocks.enumerate() {
            let count = input.len() / self.maps.image_in() * self.tiles * self.tiles;
            let tiles = self.transform_input(input, padded, tiles);
            let products = room(products, N * N * (count * outputs + APART));
            for (number, gradient) in gradient.chunks_exact(self.maps.image_out()).enumerate() {
                let grid = self.grid(count, number, outputs);
                Arch::new().dispatch(GradientSweep::<N, M, K, F> { gradient, products, grid, filtering: PhantomData });
            }
            let accumulate = if block == 0 { Accum::Replace } else { Accum::Add };
            let points =
                tiles.chunks_exact_mut(count * inputs + APART).zip(products.chunks_exact(count * outputs + APART));
            let of_filters = filters.chunks_exact(self.of_filters()).zip(sums.chunks_exact_mut(self.of_filters()));
            for ((tiles, products), (filter, sums)) in points.zip(of_filters) {
                let (tiles, products) = (&mut tiles[..count * inputs], matrix(&products[..count * outputs], outputs));
                let sums = matrix_mut(&mut sums[..inputs * outputs], outputs);
                matmul(sums, accumulate, matrix(tiles, inputs).transpose(), products, 1.0, Par::Seq);
                if back.is_some() {
                    // What came in has been used: its gradient takes its place.
                    let filter = matrix(&filter[..inputs * outputs], outputs).transpose();
                    matmul(matrix_mut(tiles, inputs), Accum::Replace, products, filter, 1.0, Par::Seq);
                }
            }
            if let Some(Back { gradient: back, add }) = &mut back {
                let start = block * images * self.maps.image_in();
                let back = &mut back[start..start + input.len()];
                for (number, back) in back.chunks_exact_mut(self.maps.image_in()).enumerate() {
                    let padded = room(padded, self.padded().pow(2) * inputs);
                    padded.fill(0.0);
                    let grid = self.grid(count, number, inputs);
                    Arch::new().dispatch(BackSweep::<N, M, K, F> { tiles, padded, grid, filtering: PhantomData });
                    self.unpad(padded, back, *add);
                }
            }
        }
        let transposed = transposed(&F::FILTER);
        let (pairs, apart) = (inputs * outputs, self.of_filters());
        Arch::new().dispatch(FilterSweep {
            from: sums,
            to: weight,
            pairs,
            of_from: apart,
            of_to: pairs,
            matrix: &transposed,
        });
    }

    /// Bᵀ·d·B of every tile of these images: for each point a matrix `(tiles, I)`.
    fn transform_input<'a>(&self, input: &[f32], padded: &mut Vec<f32>, tiles: &'a mut Vec<f32>) -> &'a mut [f32] {
        let inputs = self.maps.inputs;
        let count = input.len() / self.maps.image_in() * self.tiles * self.tiles;
        let tiles = room(tiles, N * N * (count * inputs + APART));
        let padded = room(padded, self.padded().pow(2) * inputs);
        padded.fill(0.0);
        for (number, input) in input.chunks_exact(self.maps.image_in()).enumerate() {
            self.pad(input, padded);
            let grid = self.grid(count, number, inputs);
            Arch::new().dispatch(InputSweep::<N, M, K, F> { padded, tiles, grid, filtering: PhantomData });
        }
        tiles
    }

    fn grid(&self, count: usize, image: usize, channels: usize) -> Grid {
        let first = image * self.tiles * self.tiles;
        Grid {
            tiles: self.tiles,
            side: self.maps.side,
            padded: self.padded(),
            channels,
            first,
            apart: count * channels + APART,
        }
    }

    /// Pixels along an axis of an image with the zeros around it.
    fn padded(&self) -> usize {
        (self.tiles - 1) * M + N
    }

    /// Floats from one point's filter to the next.
    fn of_filters(&self) -> usize {
        self.maps.inputs * self.maps.outputs + APART
    }

    fn images_at_once(&self) -> usize {
        (BLOCK / (self.tiles * self.tiles)).max(1)
    }

    /// Rows of an image, and where they lie between the zeros.
    fn rows(&self) -> impl Iterator<Item = (usize, usize, usize)> {
        let (before, _) = same_padding(K);
        let (side, padded, inputs) = (self.maps.side, self.padded(), self.maps.inputs);
        (0..side).map(move |row| (row * side * inputs, ((row + before) * padded + before) * inputs, side * inputs))
    }

    fn pad(&self, image: &[f32], padded: &mut [f32]) {
        for (from, to, length) in self.rows() {
            padded[to..to + length].copy_from_slice(&image[from..from + length]);
        }
    }

    fn unpad(&self, padded: &[f32], image: &mut [f32], add: bool) {
        for (to, from, length) in self.rows() {
            let (from, to) = (&padded[from..from + length], &mut image[to..to + length]);
            if add {
                super::add(to, from);
            } else {
                to.copy_from_slice(from);
            }
        }
    }
}

/// Where an image's tiles lie among those of its block.
#[derive(Clone, Copy)]
struct Grid {
    /// Along an axis.
    tiles: usize,
    /// Pixels along an axis.
    side: usize,
    /// The same with zeros around.
    padded: usize,
    channels: usize,
    /// The image's first tile.
    first: usize,
    /// Floats from one point to the next.
    apart: usize,
}

impl Grid {
    /// Of each tile: its row and column, and where its first point stands, in vectors.
    fn each(self, lanes: usize) -> impl Iterator<Item = (usize, usize, usize)> {
        let of_tile = self.channels / lanes;
        (0..self.tiles * self.tiles)
            .map(move |tile| (tile / self.tiles, tile % self.tiles, (self.first + tile) * of_tile))
    }
}

/// One transform along each axis: `one` of the columns, then of the rows. What is passed has to be inlined always: outside of
/// a function that is compiled for the processor's vectors, each operation on them is a call.
#[inline(always)]
fn along_both<S: Simd, const A: usize, const B: usize>(
    simd: S,
    load: impl Fn(usize, usize) -> S::f32s,
    one: impl Fn([S::f32s; A]) -> [S::f32s; B],
    mut store: impl FnMut(usize, usize, S::f32s),
) {
    let zero = simd.splat_f32s(0.0);
    let mut half = [[zero; A]; B];
    for j in 0..A {
        let mut column = [zero; A];
        for (i, value) in column.iter_mut().enumerate() {
            *value = load(i, j);
        }
        for (half, value) in half.iter_mut().zip(one(column)) {
            half[j] = value;
        }
    }
    for (i, row) in half.into_iter().enumerate() {
        for (j, value) in one(row).into_iter().enumerate() {
            store(i, j, value);
        }
    }
}

/// Bᵀ·d·B of one image's tiles.
struct InputSweep<'a, const N: usize, const M: usize, const K: usize, F> {
    padded: &'a [f32],
    tiles: &'a mut [f32],
    grid: Grid,
    filtering: PhantomData<F>,
}

impl<const N: usize, const M: usize, const K: usize, F: Filtering<N, M, K>> WithSimd for InputSweep<'_, N, M, K, F> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (padded, _) = S::as_simd_f32s(self.padded);
        let (tiles, _) = S::as_mut_simd_f32s(self.tiles);
        let (channels, apart, width) =
            (self.grid.channels / S::F32_LANES, self.grid.apart / S::F32_LANES, self.grid.padded);
        for (down, across, first) in self.grid.each(S::F32_LANES) {
            let corner = (down * M * width + across * M) * channels;
            for channel in 0..channels {
                along_both::<S, N, N>(
                    simd,
                    #[inline(always)]
                    |i, j| padded[corner + (i * width + j) * channels + channel],
                    #[inline(always)]
                    |d| F::input(simd, d),
                    #[inline(always)]
                    |i, j, value| tiles[(i * N + j) * apart + first + channel] = value,
                );
            }
        }
    }
}

/// Aᵀ·m·A of one image's tiles, as far as it lies on the maps.
struct OutputSweep<'a, const N: usize, const M: usize, const K: usize, F> {
    products: &'a [f32],
    output: &'a mut [f32],
    grid: Grid,
    filtering: PhantomData<F>,
}

impl<const N: usize, const M: usize, const K: usize, F: Filtering<N, M, K>> WithSimd for OutputSweep<'_, N, M, K, F> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (products, _) = S::as_simd_f32s(self.products);
        let (output, _) = S::as_mut_simd_f32s(self.output);
        let (channels, apart, side) =
            (self.grid.channels / S::F32_LANES, self.grid.apart / S::F32_LANES, self.grid.side);
        for (down, across, first) in self.grid.each(S::F32_LANES) {
            for channel in 0..channels {
                along_both::<S, N, M>(
                    simd,
                    #[inline(always)]
                    |i, j| products[(i * N + j) * apart + first + channel],
                    #[inline(always)]
                    |m| F::output(simd, m),
                    #[inline(always)]
                    |i, j, value| {
                        let (y, x) = (down * M + i, across * M + j);
                        if y < side && x < side {
                            output[(y * side + x) * channels + channel] = value;
                        }
                    },
                );
            }
        }
    }
}

/// A·ȳ·Aᵀ of one image's tiles: the adjoint of [`OutputSweep`].
struct GradientSweep<'a, const N: usize, const M: usize, const K: usize, F> {
    gradient: &'a [f32],
    products: &'a mut [f32],
    grid: Grid,
    filtering: PhantomData<F>,
}

impl<const N: usize, const M: usize, const K: usize, F: Filtering<N, M, K>> WithSimd for GradientSweep<'_, N, M, K, F> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (gradient, _) = S::as_simd_f32s(self.gradient);
        let (products, _) = S::as_mut_simd_f32s(self.products);
        let (channels, apart, side) =
            (self.grid.channels / S::F32_LANES, self.grid.apart / S::F32_LANES, self.grid.side);
        let zero = simd.splat_f32s(0.0);
        for (down, across, first) in self.grid.each(S::F32_LANES) {
            for channel in 0..channels {
                along_both::<S, M, N>(
                    simd,
                    #[inline(always)]
                    |i, j| {
                        let (y, x) = (down * M + i, across * M + j);
                        if y < side && x < side { gradient[(y * side + x) * channels + channel] } else { zero }
                    },
                    #[inline(always)]
                    |y| F::output_adjoint(simd, y),
                    #[inline(always)]
                    |i, j, value| products[(i * N + j) * apart + first + channel] = value,
                );
            }
        }
    }
}

/// B·v̄·Bᵀ of one image's tiles, added where they overlap: the adjoint of [`InputSweep`].
struct BackSweep<'a, const N: usize, const M: usize, const K: usize, F> {
    tiles: &'a [f32],
    padded: &'a mut [f32],
    grid: Grid,
    filtering: PhantomData<F>,
}

impl<const N: usize, const M: usize, const K: usize, F: Filtering<N, M, K>> WithSimd for BackSweep<'_, N, M, K, F> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (tiles, _) = S::as_simd_f32s(self.tiles);
        let (padded, _) = S::as_mut_simd_f32s(self.padded);
        let (channels, apart, width) =
            (self.grid.channels / S::F32_LANES, self.grid.apart / S::F32_LANES, self.grid.padded);
        for (down, across, first) in self.grid.each(S::F32_LANES) {
            let corner = (down * M * width + across * M) * channels;
            for channel in 0..channels {
                along_both::<S, N, N>(
                    simd,
                    #[inline(always)]
                    |i, j| tiles[(i * N + j) * apart + first + channel],
                    #[inline(always)]
                    |v| F::input_adjoint(simd, v),
                    #[inline(always)]
                    |i, j, value| {
                        let sum = &mut padded[corner + (i * width + j) * channels + channel];
                        *sum = simd.add_f32s(*sum, value);
                    },
                );
            }
        }
    }
}

fn transposed<const A: usize, const B: usize>(matrix: &[[f32; A]; B]) -> [[f32; B]; A] {
    std::array::from_fn(|i| std::array::from_fn(|j| matrix[j][i]))
}

/// `matrix · from · matrixᵀ` of every pair of channels: what transforms filters, and with the transposed matrix its adjoint.
struct FilterSweep<'a, const A: usize, const B: usize> {
    /// A·A matrices of `pairs`, `of_from` floats apart.
    from: &'a [f32],
    /// B·B matrices of `pairs`, `of_to` floats apart.
    to: &'a mut [f32],
    pairs: usize,
    of_from: usize,
    of_to: usize,
    matrix: &'a [[f32; A]; B],
}

/// Pairs of channels that are worked on at once.
const PAIRS: usize = 64;

impl<const A: usize, const B: usize> WithSimd for FilterSweep<'_, A, B> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let mut taps = [[[0.0_f32; PAIRS]; A]; A];
        let mut half = [[[0.0_f32; PAIRS]; A]; B];
        for start in (0..self.pairs).step_by(PAIRS) {
            for (number, tap) in taps.as_flattened_mut().iter_mut().enumerate() {
                tap.copy_from_slice(&self.from[number * self.of_from + start..][..PAIRS]);
            }
            for (half, row) in half.iter_mut().zip(self.matrix) {
                for (x, half) in half.iter_mut().enumerate() {
                    let mut sum = [0.0_f32; PAIRS];
                    for (factor, taps) in row.iter().zip(&taps) {
                        sum.iter_mut().zip(&taps[x]).for_each(|(sum, tap)| *sum += factor * tap);
                    }
                    *half = sum;
                }
            }
            for (i, half) in half.iter().enumerate() {
                for (j, row) in self.matrix.iter().enumerate() {
                    let mut sum = [0.0_f32; PAIRS];
                    for (factor, half) in row.iter().zip(half) {
                        sum.iter_mut().zip(half).for_each(|(sum, half)| *sum += factor * half);
                    }
                    self.to[(i * B + j) * self.of_to + start..][..PAIRS].copy_from_slice(&sum);
                }
            }
        }
    }
}
