//! How a figure is drawn: filled or in outline, large or small, white on black or dark on paper.

use super::Figure;
use super::canvas::{ACROSS, CELL, Canvas};
use super::hand::Hand;
use super::path::{Path, Point};
use crate::error::Result;
use crate::image::Image;

/// The pad's inks, its usual one first.
const INKS: [f32; 4] = [0.78, 0.78, 0.6, 1.0];

/// Dark ink on a filled garment, as a part of its own.
const DARK: f32 = 0.3;

/// A way of drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// One grey, with nothing on it but what makes the class.
    Flat,
    /// Greys that change over the garment and from part to part.
    Shaded,
    /// Edges alone, with the thinnest brush.
    ThinOutline,
    /// Edges alone, with a wide brush.
    ThickOutline,
    /// Filled or in outline, a part of the sheet.
    Small,
    /// A filled drawing in dark ink on light paper.
    Paper,
    /// Filled or in outline, with zips, seams, collars, laces.
    Detailed,
}

impl Style {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Flat, Self::Shaded, Self::ThinOutline, Self::ThickOutline, Self::Small, Self::Paper, Self::Detailed];

    /// Its name in metrics.json.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Flat => "filled flat",
            Self::Shaded => "filled with shades",
            Self::ThinOutline => "thin outline",
            Self::ThickOutline => "thick outline",
            Self::Small => "small, off centre",
            Self::Paper => "dark on paper",
            Self::Detailed => "with details",
        }
    }

    /// # Errors
    /// Those of [`Canvas::image`].
    pub(super) fn draw(self, figure: &Figure, hand: &mut Hand) -> Result<Image> {
        let outlined = match self {
            Self::ThinOutline | Self::ThickOutline => true,
            Self::Small | Self::Detailed => hand.chance(0.4),
            Self::Flat | Self::Shaded | Self::Paper => false,
        };
        let detailed = match self {
            Self::Detailed => true,
            Self::Flat => false,
            _ => hand.chance(0.35),
        };
        let size = if self == Self::Small { hand.between(0.3, 0.6) } else { hand.between(0.72, 0.94) };
        let place = Place::new(size, hand);
        // In canvas pixels. On a small drawing the same brush is wide.
        let width = match self {
            Self::ThinOutline => hand.between(1.6, 2.2),
            Self::ThickOutline => hand.between(2.6, 3.6),
            Self::Small => hand.between(1.3, 1.8),
            _ => hand.between(1.8, 2.6),
        };
        let radius = width * CELL as f32 / 2.0;
        let tremor = hand.between(0.008, 0.035);
        let trembling = |path: &Path, hand: &mut Hand| path.trembling(tremor, hand).map(|point| place.of(point));
        let ink = hand.one_of(&INKS);
        let mut canvas = Canvas::new(0.0);
        let slope = if self == Self::Shaded { [hand.slip() * 0.35, hand.slip() * 0.35] } else { [0.0; 2] };
        for (area, tone) in &figure.areas {
            let path = trembling(&area.clone().closed(), hand);
            if outlined {
                canvas.stroke(&path, radius, ink);
            } else {
                let tone = if self == Self::Shaded || detailed { *tone } else { 1.0 };
                canvas.fill(&path, |point| {
                    let [x, y] = point.map(|at| at / ACROSS as f32 - 0.5);
                    (ink * tone * (1.0 + slope[0] * x + slope[1] * y)).clamp(0.15, 1.0)
                });
            }
        }
        for strap in &figure.straps {
            let path = trembling(strap, hand);
            canvas.stroke(&path, if outlined { radius } else { radius.max(0.036 * size * ACROSS as f32) }, ink);
        }
        let lines = figure.marks.iter().chain(figure.details.iter().filter(|_| detailed));
        let (thin, grey) = if outlined { (0.85 * radius, ink) } else { (0.6 * radius, ink * DARK) };
        for line in lines {
            let path = trembling(line, hand);
            canvas.stroke(&path, thin, grey);
        }
        if self == Self::Paper {
            let (paper, pencil) = (hand.between(0.82, 1.0), hand.between(0.05, 0.3));
            let light = [hand.slip() * 0.06, hand.slip() * 0.06];
            canvas.shade(|point, drawn| {
                let [x, y] = point.map(|at| at / ACROSS as f32 - 0.5);
                let lit = paper * (1.0 + light[0] * x + light[1] * y);
                (lit + (pencil - lit) * drawn / ink).clamp(0.0, 1.0)
            });
        }
        canvas.image()
    }
}

/// Where on the sheet, how large and how askew.
pub(super) struct Place {
    size: f32,
    centre: Point,
    /// Cosine and sine of the turn.
    turn: Point,
    stretch: f32,
}

impl Place {
    pub(super) fn new(size: f32, hand: &mut Hand) -> Self {
        let room = 0.5 - size / 2.0;
        let centre = [0.5 + hand.slip() * room, 0.5 + hand.slip() * room];
        // The tangent of half the turn, so that no sine is asked of the platform: up to 9°.
        let half = hand.slip() * 0.08;
        let turn = [(1.0 - half * half) / (1.0 + half * half), 2.0 * half / (1.0 + half * half)];
        Self { size, centre, turn, stretch: 1.0 + 0.12 * hand.slip() }
    }

    /// From the figure's square to canvas pixels.
    pub(super) fn of(&self, [x, y]: Point) -> Point {
        let [x, y] = [x * self.stretch, y / self.stretch];
        let [cos, sin] = self.turn;
        let turned = [cos * x - sin * y, sin * x + cos * y];
        [0, 1].map(|axis| (self.centre[axis] + turned[axis] * self.size / 2.0) * ACROSS as f32)
    }
}
