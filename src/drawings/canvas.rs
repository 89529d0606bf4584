//! The sheet that is drawn on: areas and strokes with soft edges, as the page's pad has them.

use super::path::{Path, Point};
use crate::error::Result;
use crate::image::{Image, SIDE};
use crate::preprocess::prepare;

/// Canvas pixels across one of the network's: half of the pad's.
pub(super) const CELL: usize = 8;

/// Canvas pixels across.
pub(super) const ACROSS: usize = SIDE * CELL;

/// Rows of samples within a pixel of an area's edge.
const SAMPLES: usize = 4;

/// Greys in [0, 1], 1 is white, row-major.
pub(super) struct Canvas(Vec<f32>);

impl Canvas {
    /// All of one grey.
    pub(super) fn new(grey: f32) -> Self {
        Self(vec![grey; ACROSS * ACROSS])
    }

    /// Every pixel changed by its place.
    pub(super) fn shade(&mut self, change: impl Fn(Point, f32) -> f32) {
        for (at, grey) in self.0.iter_mut().enumerate() {
            *grey = change([(at % ACROSS) as f32, (at / ACROSS) as f32], *grey);
        }
    }

    /// Fills a closed path of canvas pixels, by the even-odd rule, with a grey for each place.
    pub(super) fn fill(&mut self, path: &Path, grey: impl Fn(Point) -> f32) {
        for (at, (old, share)) in self.0.iter_mut().zip(coverage(path, ACROSS, ACROSS)).enumerate() {
            if share > 0.0 {
                *old += (grey([(at % ACROSS) as f32, (at / ACROSS) as f32]) - *old) * share;
            }
        }
    }

    /// A brush of this radius along a path of canvas pixels. At its edge a pixel takes as much of `grey` as the edge leaves of
    /// it, counted along the distance to its centre.
    pub(super) fn stroke(&mut self, path: &Path, radius: f32, grey: f32) {
        let points = if path.0.len() == 1 { vec![path.0[0]; 2] } else { path.0.clone() };
        let reach = radius + 0.5;
        // The stroke's own ink first: segments that overlap at their soft edges must not add up.
        let mut shares = vec![0.0_f32; ACROSS * ACROSS];
        for pair in points.windows(2) {
            let [from, to] = [pair[0], pair[1]];
            let span = |axis: usize| {
                let [low, high] = [from[axis].min(to[axis]) - reach, from[axis].max(to[axis]) + reach];
                (low.max(0.0) as usize)..(high.ceil().clamp(0.0, ACROSS as f32) as usize)
            };
            for y in span(1) {
                for x in span(0) {
                    let off = to_segment([x as f32 + 0.5, y as f32 + 0.5], from, to);
                    let share = &mut shares[y * ACROSS + x];
                    *share = share.max((reach - off).clamp(0.0, 1.0));
                }
            }
        }
        for (old, share) in self.0.iter_mut().zip(shares) {
            *old += (grey - *old) * share;
        }
    }

    /// What the models see of it, prepared as the page prepares a picture.
    ///
    /// # Errors
    /// Those of [`prepare`].
    pub(super) fn image(&self) -> Result<Image> {
        let rgba: Vec<u8> = self
            .0
            .iter()
            .flat_map(|grey| {
                let byte = (grey * 255.0).round().clamp(0.0, 255.0) as u8;
                [byte, byte, byte, 255]
            })
            .collect();
        Ok(prepare(&rgba, ACROSS, ACROSS, None)?.image)
    }
}

/// How much of each pixel a closed path holds, by the even-odd rule.
pub(super) fn coverage(path: &Path, width: usize, height: usize) -> Vec<f32> {
    let mut covered = vec![0.0; width * height];
    for (y, row) in covered.chunks_exact_mut(width).enumerate() {
        for sample in 0..SAMPLES {
            let mut crossings = crossings(path, y as f32 + (sample as f32 + 0.5) / SAMPLES as f32);
            crossings.sort_by(f32::total_cmp);
            for pair in crossings.chunks_exact(2) {
                cover(row, pair[0], pair[1]);
            }
        }
    }
    covered
}

/// Where a closed path crosses a height.
fn crossings(Path(points): &Path, height: f32) -> Vec<f32> {
    let next = points.iter().cycle().skip(1);
    let sides = points.iter().zip(next).filter(|([_, from], [_, to])| (*from <= height) != (*to <= height));
    sides.map(|([x, y], [to_x, to_y])| x + (to_x - x) * (height - y) / (to_y - y)).collect()
}

/// Adds a row of samples from `left` to `right`.
fn cover(covered: &mut [f32], left: f32, right: f32) {
    let [left, right] = [left, right].map(|x| x.clamp(0.0, covered.len() as f32));
    let first = left as usize;
    for (x, share) in covered.iter_mut().enumerate().take(right.ceil() as usize).skip(first) {
        *share += ((x as f32 + 1.0).min(right) - (x as f32).max(left)) / SAMPLES as f32;
    }
}

/// How far a point is from a straight line's nearest point.
pub(super) fn to_segment(point: Point, from: Point, to: Point) -> f32 {
    let [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    let square = dx * dx + dy * dy;
    let along = if square == 0.0 {
        0.0
    } else {
        (((point[0] - from[0]) * dx + (point[1] - from[1]) * dy) / square).clamp(0.0, 1.0)
    };
    super::path::distance(point, [from[0] + along * dx, from[1] + along * dy])
}
