//! A convolution in Winograd's domain, forwards and backwards: per point of a tile one matrix product each for the output,
//! the weight's gradient and the input's. 88.8 M products an image become 27 M for the CNN.

use std::marker::PhantomData;

use faer::linalg::matmul::matmul;
use faer::{Accum, Par};
use pulp::Arch;

use super::adjoint::Adjoint;
use super::buffers::{Buffers, matrix, matrix_mut, room};
use super::sweeps::{BackSweep, FilterSweep, GradientSweep, ImageTiles, InputSweep, OutputSweep};
use super::{Back, Sizes};
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
pub(super) struct TrainableWinograd<const N: usize, const M: usize, const K: usize, F> {
    sizes: Sizes,
    /// Tiles along an axis.
    tiles: usize,
    filtering: PhantomData<F>,
}

impl<const N: usize, const M: usize, const K: usize, F: Adjoint<N, M, K>> TrainableWinograd<N, M, K, F> {
    /// `None` where channels do not fill vectors.
    pub fn new(sizes: Sizes) -> Option<Self> {
        let fits = sizes.inputs.is_multiple_of(LANES) && sizes.outputs.is_multiple_of(LANES);
        (fits && sizes.stride == 1 && sizes.kernel == K).then(|| {
            let tiles = sizes.side.div_ceil(M);
            Self { sizes, tiles, filtering: PhantomData }
        })
    }

    /// Floats of the transformed weight.
    pub fn filters_len(&self) -> usize {
        N * N * self.of_filters()
    }

    /// G·g·Gᵀ of the weight `(K, K, I, O)`: a matrix `(I, O)` for each point.
    pub fn transform_filters(&self, weight: &[f32], filters: &mut [f32]) {
        let (pairs, apart) = (self.sizes.inputs * self.sizes.outputs, self.of_filters());
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
    pub fn forward(&self, filters: &[f32], input: &[f32], output: &mut [f32], buffers: &mut Buffers) {
        let Sizes { inputs, outputs, .. } = self.sizes;
        let Buffers { padded, tiles, products, .. } = buffers;
        let images = self.images_at_once();
        let blocks =
            input.chunks(images * self.sizes.image_in()).zip(output.chunks_mut(images * self.sizes.image_out()));
        for (input, output) in blocks {
            let count = input.len() / self.sizes.image_in() * self.tiles * self.tiles;
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
            for (number, output) in output.chunks_exact_mut(self.sizes.image_out()).enumerate() {
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
        buffers: &mut Buffers,
    ) {
        let Sizes { inputs, outputs, .. } = self.sizes;
        let Buffers { padded, tiles, products, filters: sums, .. } = buffers;
        let sums = room(sums, self.filters_len());
        let images = self.images_at_once();
        let blocks = input.chunks(images * self.sizes.image_in()).zip(gradient.chunks(images * self.sizes.image_out()));
        for (block, (input, gradient)) in blocks.enumerate() {
            let count = input.len() / self.sizes.image_in() * self.tiles * self.tiles;
            let tiles = self.transform_input(input, padded, tiles);
            let products = room(products, N * N * (count * outputs + APART));
            for (number, gradient) in gradient.chunks_exact(self.sizes.image_out()).enumerate() {
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
                let start = block * images * self.sizes.image_in();
                let back = &mut back[start..start + input.len()];
                for (number, back) in back.chunks_exact_mut(self.sizes.image_in()).enumerate() {
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
        let inputs = self.sizes.inputs;
        let count = input.len() / self.sizes.image_in() * self.tiles * self.tiles;
        let tiles = room(tiles, N * N * (count * inputs + APART));
        let padded = room(padded, self.padded().pow(2) * inputs);
        padded.fill(0.0);
        for (number, input) in input.chunks_exact(self.sizes.image_in()).enumerate() {
            self.pad(input, padded);
            let grid = self.grid(count, number, inputs);
            Arch::new().dispatch(InputSweep::<N, M, K, F> { padded, tiles, grid, filtering: PhantomData });
        }
        tiles
    }

    fn grid(&self, count: usize, image: usize, channels: usize) -> ImageTiles {
        let first = image * self.tiles * self.tiles;
        ImageTiles {
            tiles: self.tiles,
            side: self.sizes.side,
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
        self.sizes.inputs * self.sizes.outputs + APART
    }

    fn images_at_once(&self) -> usize {
        (BLOCK / (self.tiles * self.tiles)).max(1)
    }

    /// Rows of an image, and where they lie between the zeros.
    fn rows(&self) -> impl Iterator<Item = (usize, usize, usize)> {
        let (before, _) = same_padding(K);
        let (side, padded, inputs) = (self.sizes.side, self.padded(), self.sizes.inputs);
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

fn transposed<const A: usize, const B: usize>(matrix: &[[f32; A]; B]) -> [[f32; B]; A] {
    std::array::from_fn(|i| std::array::from_fn(|j| matrix[j][i]))
}
