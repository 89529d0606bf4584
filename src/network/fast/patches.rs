//! A convolution as a product of patches: the pixels under the kernel at each place, one row each.

use super::convolution::Convolve;
use super::geometry::Geometry;
use super::lanes::LANES;
use super::maps::{Maps, Results};
use super::scratch::{Scratch, room};
use super::tile::{HEIGHT, Panels, WIDTH};

/// Pixels whose patches are gathered at once.
const PATCHES: usize = 64;
/// Floats that are gathered at once: kernels that are larger than any of ours get fewer patches.
const GATHERED: usize = 1 << 20;

/// The kernel with a row for each of its taps and inputs.
#[derive(Debug)]
pub(super) struct Patches(Panels);

impl Patches {
    /// `weight(output, input, row, column)`.
    pub(super) fn new(geometry: &Geometry, weight: impl Fn(usize, usize, usize, usize) -> f32) -> Self {
        let ([rows, columns], inputs) = (geometry.kernel(), geometry.inputs());
        Self(Panels::new(rows * columns * inputs, geometry.outputs(), |k, output| {
            weight(output, k % inputs, k / inputs / columns, k / inputs % columns)
        }))
    }
}

impl Convolve for Patches {
    fn convolve(&self, geometry: &Geometry, maps: &Maps, results: &mut Results, scratch: &mut Scratch) {
        let depth = geometry.kernel().iter().product::<usize>() * maps.channels;
        let [rows, columns] = results.size;
        let all = maps.count * rows * columns;
        let at_once = PATCHES.min((GATHERED / depth).next_multiple_of(HEIGHT)).max(HEIGHT);
        let gathered = room(&mut scratch.gathered, at_once * depth);
        for start in (0..all).step_by(at_once) {
            let many = at_once.min(all - start);
            for (index, patch) in gathered.chunks_exact_mut(depth).enumerate().take(many) {
                let pixel = start + index;
                let (line, column) = (pixel / columns, pixel % columns);
                gather(geometry, maps, line / rows, [line % rows, column], patch);
            }
            let gathered = &gathered[..many.next_multiple_of(HEIGHT) * depth];
            self.0.multiply(gathered, |row, panel, sums| {
                for (half, sums) in sums.into_iter().enumerate() {
                    if row < many {
                        results.store(start + row, panel * (WIDTH / LANES) + half, sums);
                    }
                }
            });
        }
    }
}

/// The pixels under the kernel at one place, zeros beyond the map's edges.
fn gather(geometry: &Geometry, maps: &Maps, image: usize, place: [usize; 2], patch: &mut [f32]) {
    let (kernel, strides, before) = (geometry.kernel(), geometry.strides(), geometry.before());
    let [height, width] = maps.size;
    let channels = maps.channels;
    // Columns of the kernel that lie on the map, and the map's column under the first of them.
    let left = place[1] * strides[1];
    let skipped = before[1].saturating_sub(left).min(kernel[1]);
    let from = (left + skipped).saturating_sub(before[1]).min(width);
    let many = (kernel[1] - skipped).min(width - from);
    for (row, line) in patch.chunks_exact_mut(kernel[1] * channels).enumerate() {
        let y = (place[0] * strides[0] + row).checked_sub(before[0]).filter(|y| *y < height);
        let Some(y) = y else {
            line.fill(0.0);
            continue;
        };
        let source = ((image * height + y) * width + from) * channels;
        let (first, rest) = line.split_at_mut(skipped * channels);
        let (middle, last) = rest.split_at_mut(many * channels);
        first.fill(0.0);
        middle.copy_from_slice(&maps.values[source..source + many * channels]);
        last.fill(0.0);
    }
}
