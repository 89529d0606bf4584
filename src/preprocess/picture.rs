//! An RGBA picture at the size that is worked on: its size is checked once, its corners and its content are found here.

use std::borrow::Cow;
use std::ops::Range;

use super::raster::{self, Raster};
use super::reduce::{Reduced, reduced};
use super::{WORKING_SIDE, count};
use crate::error::{Blame, Error, Result};

/// Edges within this distance of the corner colour are trimmed (arXiv:1708.07747, section 2: 5%).
pub(super) const TOLERANCE: f32 = 0.05;

/// The share of one shade from which on a cut-out is a drawing: its edges are soft, its inside is not.
const FLAT_SHARE: f32 = 0.9;

/// What transparency can show.
pub(super) const WHITE: f32 = 1.0;
pub(super) const BLACK: f32 = 0.0;

/// Red, green, blue and opacity in [0, 1].
pub(super) type Colour = [f32; 4];

/// Red, green and blue in [0, 1].
pub(super) type Rgb = [f64; 3];

/// The grey of a colour in front of another grey.
pub(super) type Tone = fn(Colour, f32) -> f32;

/// A picture of at least one pixel.
pub(super) struct Picture<'a> {
    rgba: Cow<'a, [u8]>,
    width: usize,
    height: usize,
}

impl<'a> Picture<'a> {
    pub(super) fn new(rgba: &'a [u8], width: usize, height: usize) -> Result<Self> {
        let count = count(width, height)?;
        let (pixels, rest) = rgba.as_chunks::<4>();
        if count == 0 || pixels.len() != count || !rest.is_empty() {
            return Err(Error::new(Blame::Shape, "picture")
                .expected(format!("{width}×{height} pixels of 4 bytes, at least one"))
                .got(format!("{} bytes", rgba.len())));
        }
        // An opaque picture of this size would come back as it is.
        if width.max(height) <= WORKING_SIDE && pixels.iter().all(|pixel| pixel[3] == 255) {
            return Ok(Self { rgba: Cow::Borrowed(rgba), width, height });
        }
        Ok(Self::from(reduced(rgba, width, height, WORKING_SIDE)?))
    }

    /// At most `longest` pixels a side.
    pub(super) fn smaller(&self, longest: usize) -> Result<Picture<'static>> {
        Ok(Picture::from(reduced(&self.rgba, self.width, self.height, longest)?))
    }

    /// A part of it.
    pub(super) fn part(&self, (columns, rows): (Range<usize>, Range<usize>)) -> Picture<'static> {
        let (width, height) = (columns.len(), rows.len());
        let rows = self.rgba.chunks_exact(self.width * 4).skip(rows.start).take(height);
        let rgba = rows.flat_map(|row| &row[columns.start * 4..columns.end * 4]).copied().collect();
        Picture { rgba: Cow::Owned(rgba), width, height }
    }

    fn pixels(&self) -> &[[u8; 4]] {
        self.rgba.as_chunks().0
    }

    /// Each pixel in front of white.
    pub(super) fn colours(&self) -> impl Iterator<Item = Rgb> {
        self.pixels().iter().map(|pixel| in_front_of_white(unit(*pixel)))
    }

    /// The colour of the corners, in front of white.
    pub(super) fn corner(&self) -> Rgb {
        in_front_of_white(self.corner_colour())
    }

    pub(super) fn size(&self) -> (usize, usize) {
        (self.width, self.height)
    }

    /// The grey that `tone` gives each pixel in front of `behind`.
    pub(super) fn tones(&self, tone: Tone, behind: f32) -> Raster {
        Raster::new(self.width, self.pixels().iter().map(|pixel| tone(unit(*pixel), behind)).collect())
    }

    /// The mean luma of what is opaque, in [0, 1]; 0 when nothing is.
    pub(super) fn content_luma(&self) -> f32 {
        let (mut sum, mut weight) = (0.0, 0.0);
        for colour in self.opaque() {
            sum += f64::from(luma(colour) * colour[3]);
            weight += f64::from(colour[3]);
        }
        if weight > 0.0 { (sum / weight) as f32 } else { 0.0 }
    }

    /// Whether nearly all of what is opaque has one shade: drawings do, garments do not.
    pub(super) fn is_flat(&self) -> bool {
        let mean = self.content_luma();
        let (mut count, mut near) = (0_usize, 0_usize);
        for colour in self.opaque() {
            count += 1;
            near += usize::from((luma(colour) - mean).abs() <= TOLERANCE);
        }
        near as f32 >= FLAT_SHARE * count as f32
    }

    fn opaque(&self) -> impl Iterator<Item = Colour> {
        self.pixels().iter().map(|pixel| unit(*pixel)).filter(|colour| !is_clear(*colour))
    }

    /// The most usual of the four corners: the first that agrees with most others.
    pub(super) fn corner_colour(&self) -> Colour {
        let (right, bottom) = (self.width - 1, (self.height - 1) * self.width);
        let corners = [0, right, bottom, bottom + right].map(|at| unit(self.pixels()[at]));
        let agreeing = |colour: &Colour| corners.iter().filter(|other| is_near(*colour, **other)).count();
        let mut best = corners[0];
        for corner in &corners[1..] {
            if agreeing(corner) > agreeing(&best) {
                best = *corner;
            }
        }
        best
    }

    /// Whether hardly anything along the edge differs from `colour`.
    pub(super) fn is_framed_by(&self, colour: Colour) -> bool {
        let pixels = self.pixels();
        let (width, height) = (self.width, self.height);
        let across = (0..width).flat_map(|x| [x, (height - 1) * width + x]);
        let down = (0..height).flat_map(|y| [y * width, y * width + width - 1]);
        let near = across.chain(down).filter(|at| is_near(unit(pixels[*at]), colour)).count();
        near as f32 >= FLAT_SHARE * (2 * (width + height)) as f32
    }

    /// The smallest rectangle (columns, rows) outside which every pixel is near `ground`; all of it when none differs.
    pub(super) fn bounds_of_content(&self, ground: Colour) -> (Range<usize>, Range<usize>) {
        raster::bounds(self.pixels(), self.width, |pixel| !is_near(unit(*pixel), ground))
    }
}

impl From<Reduced> for Picture<'_> {
    fn from(Reduced { rgba, width, height }: Reduced) -> Self {
        Self { rgba: Cow::Owned(rgba), width, height }
    }
}

fn in_front_of_white([red, green, blue, opacity]: Colour) -> Rgb {
    [red, green, blue].map(|value| f64::from(opacity * value + (1.0 - opacity) * WHITE))
}

/// As [`seen`], of an opaque colour.
pub(super) fn luma_of([red, green, blue]: Rgb) -> f64 {
    f64::from(luma([red as f32, green as f32, blue as f32, 1.0]))
}

/// The grey that `colour` shows in front of `behind`.
pub(super) fn seen(colour: Colour, behind: f32) -> f32 {
    (colour[3] * luma(colour) + (1.0 - colour[3]) * behind).min(1.0)
}

/// The red of `colour` in front of `behind`.
pub(super) fn red([red, _, _, opacity]: Colour, behind: f32) -> f32 {
    (opacity * red + (1.0 - opacity) * behind).min(1.0)
}

/// Whether `colour` is transparent.
pub(super) fn is_clear(colour: Colour) -> bool {
    colour[3] <= TOLERANCE
}

/// Rec. 601 luma, as the data set's tools have it.
fn luma([red, green, blue, _]: Colour) -> f32 {
    0.299 * red + 0.587 * green + 0.114 * blue
}

fn unit(pixel: [u8; 4]) -> Colour {
    pixel.map(|byte| f32::from(byte) / 255.0)
}

fn is_near(a: Colour, b: Colour) -> bool {
    // Two transparent pixels look alike whatever colour they hide.
    (is_clear(a) && is_clear(b)) || a.iter().zip(b).all(|(a, b)| (a - b).abs() <= TOLERANCE)
}
