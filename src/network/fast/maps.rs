//! Maps as the fast layers hold them: `(N, H, W, C)`, row-major, so that channels are the lanes.

use std::ops::Range;

use pulp::Simd;

use super::geometry::Geometry;
use super::lanes::{Lanes, vectors, vectors_mut};

/// Maps that are read.
pub(super) struct Maps<'a> {
    pub(super) values: &'a [f32],
    pub(super) count: usize,
    pub(super) size: [usize; 2],
    pub(super) channels: usize,
}

/// Maps that are written, each value with its channel's bias, and no smaller than it may be.
pub(super) struct Results<'a> {
    pub(super) values: &'a mut [f32],
    pub(super) size: [usize; 2],
    pub(super) channels: usize,
    /// Whole vectors of all channels.
    pub(super) bias: &'a [f32],
    pub(super) least: f32,
}

impl Maps<'_> {
    /// Copies the images of `images` between zeros: `height` × `width` pixels of `channels`, those past the maps' own zero.
    /// Pixels further down or to the right are under no kernel.
    pub(super) fn pad(
        &self,
        images: Range<usize>,
        geometry: &Geometry,
        [height, width]: [usize; 2],
        channels: usize,
        padded: &mut [f32],
    ) {
        padded.fill(0.0);
        let ([rows, columns], before) = (self.size, geometry.before());
        let image = rows * columns * self.channels;
        let lines = self.values[images.start * image..images.end * image].chunks_exact(columns * self.channels);
        let many = width.saturating_sub(before[1]).min(columns);
        for (line, pixels) in lines.enumerate() {
            let (image, row) = (line / rows, line % rows + before[0]);
            if row >= height {
                continue;
            }
            let target =
                &mut padded[((image * height + row) * width + before[1].min(width)) * channels..][..many * channels];
            if channels == self.channels {
                target.copy_from_slice(&pixels[..many * channels]);
            } else {
                for (target, pixel) in target.chunks_exact_mut(channels).zip(pixels.chunks_exact(self.channels)) {
                    target[..self.channels].copy_from_slice(pixel);
                }
            }
        }
    }
}

impl Results<'_> {
    /// Stores the sums of one vector of channels, the `vector`th of them, of one pixel, counted through all maps. Channels past
    /// the last are dropped.
    #[inline(always)]
    pub(super) fn store<S: Simd>(&mut self, lanes: Lanes<S>, pixel: usize, vector: usize, sums: S::f32s) {
        let first = vector * S::F32_LANES;
        let Some(count) = self.channels.checked_sub(first) else { return };
        let biased = lanes.add(sums, vectors::<S>(self.bias)[vector]);
        let value = lanes.at_least(biased, lanes.splat(self.least));
        let target = &mut self.values[pixel * self.channels + first..];
        if count >= S::F32_LANES {
            vectors_mut::<S>(target)[0] = value;
        } else {
            lanes.0.partial_store_f32s(&mut target[..count], value);
        }
    }
}
