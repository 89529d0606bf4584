//! A grey picture of any size and the operations on it; values in [0, 1], row-major.

use std::ops::Range;

use crate::error::Result;
use crate::image::Image;

/// At least one pixel; `values.len()` is a multiple of `width`.
pub(super) struct Raster {
    width: usize,
    values: Vec<f32>,
}

impl Raster {
    pub(super) fn new(width: usize, values: Vec<f32>) -> Self {
        debug_assert!(width > 0 && !values.is_empty() && values.len().is_multiple_of(width));
        Self { width, values }
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    pub(super) fn height(&self) -> usize {
        self.values.len() / self.width
    }

    pub(super) fn values(&self) -> &[f32] {
        &self.values
    }

    /// How far the lightest value is from the darkest.
    pub(super) fn contrast(&self) -> f32 {
        let (least, most) =
            self.values.iter().fold((1.0_f32, 0.0_f32), |(least, most), value| (value.min(least), value.max(most)));
        most - least
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        self.values.iter().map(|value| (value * 255.0).round() as u8).collect()
    }

    /// # Errors
    /// Those of [`Image::new`]: the raster must be 28×28.
    pub(super) fn into_image(self) -> Result<Image> {
        Image::new(&self.values)
    }

    pub(super) fn map(&self, f: impl Fn(f32) -> f32) -> Self {
        Self::new(self.width, self.values.iter().map(|value| f(*value)).collect())
    }

    pub(super) fn crop(&self, (columns, rows): (Range<usize>, Range<usize>)) -> Self {
        let width = columns.len();
        let rows = self.values.chunks_exact(self.width).skip(rows.start).take(rows.len());
        Self::new(width, rows.flat_map(|row| &row[columns.clone()]).copied().collect())
    }

    /// Every n-th pixel such that the longer edge is `longest`; a smaller picture is repeated instead.
    pub(super) fn subsample(&self, longest: usize) -> Self {
        let (width, height) = self.fitted(longest);
        self.subsample_to(width, height)
    }

    /// The same for a given size, whatever the proportions.
    pub(super) fn subsample_to(&self, width: usize, height: usize) -> Self {
        // The middle of each cell, so that neither side is favoured.
        let source = |at: usize, to: usize, from: usize| (2 * at + 1) * from / (2 * to);
        let pixel = |x, y| self.at(source(x, width, self.width()), source(y, height, self.height()));
        Self::new(width, (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| pixel(x, y)).collect())
    }

    /// The mean over the area that each pixel covers, such that the longer edge is at most `longest`; never magnified,
    /// since a dot is not a garment.
    pub(super) fn average(&self, longest: usize) -> Self {
        if self.width().max(self.height()) <= longest {
            return Self::new(self.width, self.values.clone());
        }
        let (width, height) = self.fitted(longest);
        self.average_to(width, height)
    }

    /// The same for a given size, whatever the proportions; magnified where that is larger.
    pub(super) fn average_to(&self, width: usize, height: usize) -> Self {
        let (columns, rows) = (covers(self.width(), width), covers(self.height(), height));
        let mut values = Vec::with_capacity(width * height);
        for row in &rows {
            for column in &columns {
                let sum: f64 = row.iter().map(|(y, down)| down * self.weighted(*y, column)).sum();
                values.push((sum as f32).clamp(0.0, 1.0));
            }
        }
        Self::new(width, values)
    }

    /// At another size, linear between the middles of pixels.
    pub(super) fn stretched(&self, width: usize, height: usize) -> Self {
        let lines = |from: usize, to: usize| -> Vec<(usize, usize, f32)> {
            let line = |at: usize| {
                let place = ((2 * at + 1) as f32 * from as f32 / (2 * to) as f32 - 0.5).clamp(0.0, (from - 1) as f32);
                (place as usize, (place as usize + 1).min(from - 1), place.fract())
            };
            (0..to).map(line).collect()
        };
        let (columns, rows) = (lines(self.width(), width), lines(self.height(), height));
        let mut values = Vec::with_capacity(width * height);
        for (up, down, lower) in &rows {
            for (left, right, later) in &columns {
                let row = |y: usize| self.at(*left, y) + (self.at(*right, y) - self.at(*left, y)) * later;
                values.push(row(*up) + (row(*down) - row(*up)) * lower);
            }
        }
        Self::new(width, values)
    }

    /// The smallest rectangle (columns, rows) that holds every value above a half; all of it when none is.
    pub(super) fn bounds(&self) -> (Range<usize>, Range<usize>) {
        bounds(&self.values, self.width, |value| *value > 0.5)
    }

    /// `ImageMagick`'s `-sharpen 1x1`: a 3×3 Gaussian with sigma 1 whose centre is minus twice the sum of its negated
    /// weights, normalised; edges repeat.
    pub(super) fn sharpen(&self) -> Self {
        let (side, corner) = ((-0.5_f32).exp(), (-1.0_f32).exp());
        let sum = 1.0 + 4.0 * side + 4.0 * corner;
        let around = |x: usize, y: usize| {
            let (left, right) = (x.saturating_sub(1), (x + 1).min(self.width() - 1));
            let (up, down) = (y.saturating_sub(1), (y + 1).min(self.height() - 1));
            let sides = self.at(left, y) + self.at(right, y) + self.at(x, up) + self.at(x, down);
            let corners = self.at(left, up) + self.at(right, up) + self.at(left, down) + self.at(right, down);
            side * sides + corner * corners
        };
        let values = self.values.iter().enumerate().map(|(index, value)| {
            let sharp = (2.0 * sum * value - around(index % self.width, index / self.width)) / (sum + 1.0);
            sharp.clamp(0.0, 1.0)
        });
        Self::new(self.width, values.collect())
    }

    /// In the middle of a square of `side`, the rest `ground`; an odd pixel goes to the right and the bottom.
    pub(super) fn centre(&self, side: usize, ground: f32) -> Self {
        self.placed((side - self.width()) / 2, (side - self.height()) / 2, side, ground)
    }

    /// In the upper left corner of a square of `side`, the rest `ground`.
    pub(super) fn corner(&self, side: usize, ground: f32) -> Self {
        self.placed(0, 0, side, ground)
    }

    fn placed(&self, left: usize, top: usize, side: usize, ground: f32) -> Self {
        let mut values = vec![ground; side * side];
        for (y, row) in self.values.chunks_exact(self.width).enumerate() {
            let start = (top + y) * side + left;
            values[start..start + row.len()].copy_from_slice(row);
        }
        Self::new(side, values)
    }

    fn at(&self, x: usize, y: usize) -> f32 {
        self.values[y * self.width + x]
    }

    fn weighted(&self, y: usize, weights: &[(usize, f64)]) -> f64 {
        weights.iter().map(|(x, weight)| weight * f64::from(self.at(*x, y))).sum()
    }

    /// The size with the same proportions whose longer edge is `longest`; at least one pixel each way.
    fn fitted(&self, longest: usize) -> (usize, usize) {
        let edge = self.width().max(self.height());
        // In wasm a usize has 32 bits: with edges up to 2^24 and 112 pixels the sum stays below 2^32.
        let scaled = |length: usize| ((2 * length * longest + edge) / (2 * edge)).max(1);
        (scaled(self.width()), scaled(self.height()))
    }
}

/// The smallest rectangle (columns, rows) that holds every pixel of which `is_in` holds; all of them when it holds of none.
pub(super) fn bounds<Pixel>(
    pixels: &[Pixel],
    width: usize,
    is_in: impl Fn(&Pixel) -> bool,
) -> (Range<usize>, Range<usize>) {
    let height = pixels.len() / width;
    let (mut left, mut right, mut top, mut bottom) = (width, 0, height, 0);
    for (y, row) in pixels.chunks_exact(width).enumerate() {
        if let (Some(first), Some(last)) = (row.iter().position(&is_in), row.iter().rposition(&is_in)) {
            (left, right) = (left.min(first), right.max(last + 1));
            (top, bottom) = (top.min(y), y + 1);
        }
    }
    if left < right { (left..right, top..bottom) } else { (0..width, 0..height) }
}

/// For each of `to` cells across `from` pixels: which pixels it covers, and with which share of its area.
fn covers(from: usize, to: usize) -> Vec<Vec<(usize, f64)>> {
    // In units of which a pixel has `to` and a cell has `from`, every border is an integer.
    let cell = |index: usize| {
        let (start, end) = (index * from, (index + 1) * from);
        let covered = |pixel: usize| end.min((pixel + 1) * to) - start.max(pixel * to);
        (start / to..end.div_ceil(to)).map(|pixel| (pixel, covered(pixel) as f64 / from as f64)).collect()
    };
    (0..to).map(cell).collect()
}
