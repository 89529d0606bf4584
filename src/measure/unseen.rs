//! Seeded images of no garment, to measure how well a novelty score tells them from garments.

use embedded_graphics::mono_font::MonoTextStyle;
use embedded_graphics::mono_font::ascii::FONT_10X20;
use embedded_graphics::pixelcolor::BinaryColor;
use embedded_graphics::prelude::*;
use embedded_graphics::text::{Baseline, Text};

use crate::distort::{self, Pixels, Pose};
use crate::image::{PIXELS, SIDE};
use crate::images::Images;
use crate::random::Stream;

/// Images of each kind.
pub const COUNT: usize = 1000;

/// The seed of all of them.
const SEED: u64 = 12;

/// What they show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unseen {
    /// Letters and digits of a font, turned, scaled and moved.
    Glyphs,
    /// Independent grey levels, sharp or blurred.
    Noise,
    /// Stripes and checks.
    Patterns,
    /// One grey all over.
    Blank,
}

/// All kinds.
pub const ALL: [Unseen; 4] = [Unseen::Glyphs, Unseen::Noise, Unseen::Patterns, Unseen::Blank];

impl Unseen {
    /// Its name in metrics.json.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Glyphs => "letters and digits",
            Self::Noise => "noise",
            Self::Patterns => "stripes and checks",
            Self::Blank => "one grey",
        }
    }

    /// [`COUNT`] images.
    ///
    /// # Errors
    /// None: every kind stays within [0, 1].
    pub fn images(self) -> crate::Result<Images<'static>> {
        let images = (0..COUNT).map(|number| self.image(number, &mut Stream::new(SEED, number as u64)));
        Images::from_rows(images.collect())
    }

    fn image(self, number: usize, stream: &mut Stream) -> Pixels {
        match self {
            Self::Glyphs => glyph(number, stream),
            Self::Noise => {
                let noise: Pixels = std::array::from_fn(|_| stream.unit());
                if number.is_multiple_of(2) { noise } else { distort::blur(&noise, 0.5 + 1.5 * stream.unit()) }
            }
            Self::Patterns => pattern(number, stream),
            Self::Blank => [(number as f32 + 1.0) / COUNT as f32; PIXELS],
        }
    }
}

fn glyph(number: usize, stream: &mut Stream) -> Pixels {
    let characters: Vec<char> = ('0'..='9').chain('A'..='Z').chain('a'..='z').collect();
    let mut bitmap = Bitmap([0.0; PIXELS]);
    let text = characters[number % characters.len()].to_string();
    let style = MonoTextStyle::new(&FONT_10X20, BinaryColor::On);
    // The bitmap takes every pixel and cannot fail.
    let _ = Text::with_baseline(&text, Point::new(9, 4), style, Baseline::Top).draw(&mut bitmap);
    let mut within = |low: f32, high: f32| low + (high - low) * stream.unit();
    let size = within(1.0, 1.5);
    let pose = Pose { angle: within(-0.3, 0.3), scale: [size, size], shift: [within(-2.0, 2.0), within(-2.0, 2.0)] };
    let glyph = pose.apply(&bitmap.0);
    if stream.below(2) == 0 { glyph } else { distort::thicker(&glyph) }
}

/// Two greys in turns, along one direction or two.
fn pattern(number: usize, stream: &mut Stream) -> Pixels {
    let period = 2.0 + 6.0 * stream.unit();
    let (sin, cos) = (std::f32::consts::TAU * stream.unit()).sin_cos();
    let greys = [0.3 * stream.unit(), 0.5 + 0.5 * stream.unit()];
    std::array::from_fn(|place| {
        let (x, y) = ((place % SIDE) as f32, (place / SIDE) as f32);
        let odd = |along: f32| (along / period).floor() as i32 & 1 == 1;
        let (first, second) = (odd(cos * x + sin * y), odd(cos * y - sin * x));
        greys[usize::from(if number.is_multiple_of(2) { first } else { first ^ second })]
    })
}

struct Bitmap(Pixels);

impl OriginDimensions for Bitmap {
    fn size(&self) -> Size {
        Size::new(SIDE as u32, SIDE as u32)
    }
}

impl DrawTarget for Bitmap {
    type Color = BinaryColor;
    type Error = std::convert::Infallible;

    fn draw_iter<I: IntoIterator<Item = Pixel<BinaryColor>>>(&mut self, pixels: I) -> Result<(), Self::Error> {
        for Pixel(Point { x, y }, colour) in pixels {
            if let (Ok(x @ 0..SIDE), Ok(y @ 0..SIDE)) = (usize::try_from(x), usize::try_from(y)) {
                self.0[y * SIDE + x] = f32::from(u8::from(colour.is_on()));
            }
        }
        Ok(())
    }
}
