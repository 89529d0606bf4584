//! An RGBA picture as it arrives: its size is checked once, its ground and its content are found here.

use std::ops::Range;

use super::MOST_PIXELS;
use super::raster::Raster;
use crate::error::{Blame, Error, Result};

/// Edges within this distance of the corner colour are trimmed (arXiv:1708.07747, section 2: 5%).
pub(super) const TOLERANCE: f32 = 0.05;

/// What transparency shows: a garment without background stands on white, ink on black.
pub(super) const WHITE: f32 = 1.0;
pub(super) const BLACK: f32 = 0.0;

/// Red, green, blue and opacity in [0, 1].
pub(super) type Colour = [f32; 4];

/// A picture of at least one pixel.
pub(super) struct Picture<'a> {
    pixels: &'a [[u8; 4]],
    width: usize,
    height: usize,
}

impl<'a> Picture<'a> {
    pub(super) fn new(rgba: &'a [u8], width: usize, height: usize) -> Result<Self> {
        let count = width.checked_mul(height).filter(|count| *count <= MOST_PIXELS).ok_or_else(|| {
            Error::new(Blame::Limit, "picture")
                .expected(format!("at most {MOST_PIXELS} pixels"))
                .got(format!("{width}×{height}"))
                .remedy("reduce it first")
        })?;
        let (pixels, rest) = rgba.as_chunks::<4>();
        if count == 0 || pixels.len() != count || !rest.is_empty() {
            return Err(Error::new(Blame::Shape, "picture")
                .expected(format!("{width}×{height} pixels of 4 bytes, at least one"))
                .got(format!("{} bytes", rgba.len())));
        }
        Ok(Self { pixels, width, height })
    }

    pub(super) fn size(&self) -> (usize, usize) {
        (self.width, self.height)
    }

    /// Luminance where it is opaque, `behind` where it is not.
    pub(super) fn grey_on(&self, behind: f32) -> Raster {
        Raster::new(self.width, self.pixels.iter().map(|pixel| seen(unit(*pixel), behind)).collect())
    }

    /// The most usual of the four corners: the first that agrees with most others.
    pub(super) fn corner_colour(&self) -> Colour {
        let (right, bottom) = (self.width - 1, (self.height - 1) * self.width);
        let corners = [0, right, bottom, bottom + right].map(|at| unit(self.pixels[at]));
        let agreeing = |colour: &Colour| corners.iter().filter(|other| is_near(*colour, **other)).count();
        let mut best = corners[0];
        for corner in &corners[1..] {
            if agreeing(corner) > agreeing(&best) {
                best = *corner;
            }
        }
        best
    }

    /// The smallest rectangle (columns, rows) outside which every pixel is near `ground`; all of it when none differs.
    pub(super) fn bounds_of_content(&self, ground: Colour) -> (Range<usize>, Range<usize>) {
        let (mut left, mut right, mut top, mut bottom) = (self.width, 0, self.height, 0);
        for (y, row) in self.pixels.chunks_exact(self.width).enumerate() {
            let differs = |pixel: &[u8; 4]| !is_near(unit(*pixel), ground);
            if let (Some(first), Some(last)) = (row.iter().position(differs), row.iter().rposition(differs)) {
                (left, right) = (left.min(first), right.max(last + 1));
                (top, bottom) = (top.min(y), y + 1);
            }
        }
        if left < right { (left..right, top..bottom) } else { (0..self.width, 0..self.height) }
    }
}

/// The grey that `colour` shows in front of `behind`: Rec. 601 luma, as the data set's tools have it.
pub(super) fn seen([red, green, blue, opacity]: Colour, behind: f32) -> f32 {
    let luma = 0.299 * red + 0.587 * green + 0.114 * blue;
    (opacity * luma + (1.0 - opacity) * behind).min(1.0)
}

fn unit(pixel: [u8; 4]) -> Colour {
    pixel.map(|byte| f32::from(byte) / 255.0)
}

fn is_near(a: Colour, b: Colour) -> bool {
    // Two transparent pixels look alike whatever colour they hide.
    let both_clear = a[3] <= TOLERANCE && b[3] <= TOLERANCE;
    both_clear || a.iter().zip(b).all(|(a, b)| (a - b).abs() <= TOLERANCE)
}
