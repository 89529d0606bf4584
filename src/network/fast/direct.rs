//! A convolution as it is written: each result is a sum over the pixels under the kernel, read where they lie.

use pulp::Simd;

use super::convolution::Convolve;
use super::geometry::Geometry;
use super::lanes::Lanes;
use super::maps::{Maps, Results};
use super::scratch::{Scratch, room};
use super::tile::{ACROSS, HEIGHT, Panels, accumulate};

/// The kernel with a row for each of its taps and inputs.
#[derive(Debug)]
pub(super) struct Direct<S> {
    lanes: Lanes<S>,
    kernel: Panels,
}

impl<S: Simd> Direct<S> {
    /// `weight(output, input, row, column)`.
    pub(super) fn new(simd: S, geometry: &Geometry, weight: impl Fn(usize, usize, usize, usize) -> f32) -> Self {
        let ([rows, columns], inputs) = (geometry.kernel(), geometry.inputs());
        let kernel = Panels::new::<S>(rows * columns * inputs, geometry.outputs(), |k, output| {
            weight(output, k % inputs, k / inputs / columns, k / inputs % columns)
        });
        Self { lanes: Lanes(simd), kernel }
    }

    #[inline(always)]
    fn image_by_image(&self, geometry: &Geometry, maps: &Maps, results: &mut Results, scratch: &mut Scratch) {
        let Scratch { padded, places, .. } = scratch;
        let ([rows, columns], strides, kernel) = (results.size, geometry.strides(), geometry.kernel());
        let [height, width] = [(rows - 1) * strides[0] + kernel[0], (columns - 1) * strides[1] + kernel[1]];
        let line = width * maps.channels;
        places.clear();
        places.extend(
            (0..rows * columns)
                .map(|pixel| pixel / columns * strides[0] * line + pixel % columns * strides[1] * maps.channels),
        );
        let padded = room(padded, height * line);
        for image in 0..maps.count {
            maps.pad(image..image + 1, geometry, [height, width], maps.channels, padded);
            let first = image * places.len();
            let (fours, rest) = places.as_chunks::<HEIGHT>();
            for (panel, columns) in self.kernel.each::<S>().enumerate() {
                let lines = columns.chunks_exact(kernel[1] * maps.channels);
                for (index, four) in fours.iter().enumerate() {
                    let sums = self.sums(*four, lines.clone(), line, padded);
                    self.store(first + index * HEIGHT, panel, sums, results);
                }
                for (index, place) in rest.iter().enumerate() {
                    let sums = self.sums([*place], lines.clone(), line, padded);
                    self.store(first + fours.len() * HEIGHT + index, panel, sums, results);
                }
            }
        }
    }

    /// The sums at places of the map, each the kernel's upper left corner.
    #[inline(always)]
    fn sums<'a, const PLACES: usize>(
        &self,
        places: [usize; PLACES],
        kernel: impl Iterator<Item = &'a [[S::f32s; ACROSS]]>,
        line: usize,
        padded: &[f32],
    ) -> [[S::f32s; ACROSS]; PLACES] {
        let mut sums = [[self.lanes.splat(0.0); ACROSS]; PLACES];
        for (row, columns) in kernel.enumerate() {
            let under = places.map(|place| &padded[place + row * line..]);
            sums = accumulate(self.lanes, sums, under, columns);
        }
        sums
    }

    #[inline(always)]
    fn store<const PIXELS: usize>(
        &self,
        first: usize,
        panel: usize,
        sums: [[S::f32s; ACROSS]; PIXELS],
        results: &mut Results,
    ) {
        for (pixel, sums) in sums.into_iter().enumerate() {
            for (vector, sums) in sums.into_iter().enumerate() {
                results.store(self.lanes, first + pixel, panel * ACROSS + vector, sums);
            }
        }
    }
}

impl<S: Simd> Convolve for Direct<S> {
    fn convolve(&self, geometry: &Geometry, maps: &Maps, results: &mut Results, scratch: &mut Scratch) {
        self.lanes.run(
            #[inline(always)]
            || self.image_by_image(geometry, maps, results, scratch),
        );
    }
}
