//! Maps as the fast layers hold them: `(N, H, W, C)`, row-major, so that channels are the lanes.

use wide::f32x4;

use super::lanes::{LANES, at_least};

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
    pub(super) bias: &'a [[f32; LANES]],
    pub(super) least: f32x4,
}

impl Results<'_> {
    /// Stores the sums of four channels, the `four`th of them, of one pixel, counted through all maps. Channels past the last
    /// are dropped.
    #[inline(always)]
    pub(super) fn store(&mut self, pixel: usize, four: usize, sums: f32x4) {
        let Some(count) = self.channels.checked_sub(four * LANES) else { return };
        let values = at_least(sums + f32x4::new(self.bias[four]), self.least).to_array();
        let target = &mut self.values[pixel * self.channels + four * LANES..];
        match target.first_chunk_mut::<LANES>() {
            Some(chunk) if count >= LANES => *chunk = values,
            _ => target.iter_mut().zip(values).take(count).for_each(|(target, value)| *target = value),
        }
    }
}
