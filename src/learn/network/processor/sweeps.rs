//! What Winograd's domain is entered and left by: transforms of tiles and filters, on vectors as wide as the processor's.

use std::marker::PhantomData;

use pulp::{Simd, WithSimd};

use super::adjoint::Adjoint;
use crate::network::fast::filtering::along_both;
use crate::network::fast::lanes::Lanes;

/// Where an image's tiles lie among those of its block.
#[derive(Clone, Copy)]
pub(super) struct ImageTiles {
    /// Along an axis.
    pub tiles: usize,
    /// Pixels along an axis.
    pub side: usize,
    /// The same with zeros around.
    pub padded: usize,
    pub channels: usize,
    /// The image's first tile.
    pub first: usize,
    /// Floats from one point to the next.
    pub apart: usize,
}

impl ImageTiles {
    /// Of each tile: its row and column, and where its first point stands, in vectors.
    fn each(self, lanes: usize) -> impl Iterator<Item = (usize, usize, usize)> {
        let of_tile = self.channels / lanes;
        (0..self.tiles * self.tiles)
            .map(move |tile| (tile / self.tiles, tile % self.tiles, (self.first + tile) * of_tile))
    }
}

/// Bᵀ·d·B of one image's tiles.
pub(super) struct InputSweep<'a, const N: usize, const M: usize, const K: usize, F> {
    pub padded: &'a [f32],
    pub tiles: &'a mut [f32],
    pub grid: ImageTiles,
    pub filtering: PhantomData<F>,
}

impl<const N: usize, const M: usize, const K: usize, F: Adjoint<N, M, K>> WithSimd for InputSweep<'_, N, M, K, F> {
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
                along_both(
                    Lanes(simd),
                    #[inline(always)]
                    |i, j| padded[corner + (i * width + j) * channels + channel],
                    #[inline(always)]
                    |d| F::input(Lanes(simd), d),
                    #[inline(always)]
                    |i, j, value| tiles[(i * N + j) * apart + first + channel] = value,
                );
            }
        }
    }
}

/// Aᵀ·m·A of one image's tiles, as far as it lies on the maps.
pub(super) struct OutputSweep<'a, const N: usize, const M: usize, const K: usize, F> {
    pub products: &'a [f32],
    pub output: &'a mut [f32],
    pub grid: ImageTiles,
    pub filtering: PhantomData<F>,
}

impl<const N: usize, const M: usize, const K: usize, F: Adjoint<N, M, K>> WithSimd for OutputSweep<'_, N, M, K, F> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (products, _) = S::as_simd_f32s(self.products);
        let (output, _) = S::as_mut_simd_f32s(self.output);
        let (channels, apart, side) =
            (self.grid.channels / S::F32_LANES, self.grid.apart / S::F32_LANES, self.grid.side);
        for (down, across, first) in self.grid.each(S::F32_LANES) {
            for channel in 0..channels {
                along_both(
                    Lanes(simd),
                    #[inline(always)]
                    |i, j| products[(i * N + j) * apart + first + channel],
                    #[inline(always)]
                    |m| F::output(Lanes(simd), m),
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
pub(super) struct GradientSweep<'a, const N: usize, const M: usize, const K: usize, F> {
    pub gradient: &'a [f32],
    pub products: &'a mut [f32],
    pub grid: ImageTiles,
    pub filtering: PhantomData<F>,
}

impl<const N: usize, const M: usize, const K: usize, F: Adjoint<N, M, K>> WithSimd for GradientSweep<'_, N, M, K, F> {
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
                along_both(
                    Lanes(simd),
                    #[inline(always)]
                    |i, j| {
                        let (y, x) = (down * M + i, across * M + j);
                        if y < side && x < side { gradient[(y * side + x) * channels + channel] } else { zero }
                    },
                    #[inline(always)]
                    |y| F::output_adjoint(Lanes(simd), y),
                    #[inline(always)]
                    |i, j, value| products[(i * N + j) * apart + first + channel] = value,
                );
            }
        }
    }
}

/// B·v̄·Bᵀ of one image's tiles, added where they overlap: the adjoint of [`InputSweep`].
pub(super) struct BackSweep<'a, const N: usize, const M: usize, const K: usize, F> {
    pub tiles: &'a [f32],
    pub padded: &'a mut [f32],
    pub grid: ImageTiles,
    pub filtering: PhantomData<F>,
}

impl<const N: usize, const M: usize, const K: usize, F: Adjoint<N, M, K>> WithSimd for BackSweep<'_, N, M, K, F> {
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
                along_both(
                    Lanes(simd),
                    #[inline(always)]
                    |i, j| tiles[(i * N + j) * apart + first + channel],
                    #[inline(always)]
                    |v| F::input_adjoint(Lanes(simd), v),
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

/// `matrix · from · matrixᵀ` of every pair of channels: what transforms filters, and with the transposed matrix its adjoint.
pub(super) struct FilterSweep<'a, const A: usize, const B: usize> {
    /// A·A matrices of `pairs`, `of_from` floats apart.
    pub from: &'a [f32],
    /// B·B matrices of `pairs`, `of_to` floats apart.
    pub to: &'a mut [f32],
    pub pairs: usize,
    pub of_from: usize,
    pub of_to: usize,
    pub matrix: &'a [[f32; A]; B],
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
