//! What is no garment, drawn with the same brush: letters, digits, scribbles and dabs, stripes, and garments with ink and
//! ground exchanged.

use super::canvas::{ACROSS, CELL, Canvas};
use super::hand::Hand;
use super::path::Path;
use super::style::Place;
use super::{Set, garment};
use crate::error::Result;
use crate::image::Image;
use crate::images::Images;

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Other {
    /// Capitals.
    Letters,
    /// From 0 to 9.
    Digits,
    /// Dabs, grains and scribbles.
    Noise,
    /// Strokes side by side, along one direction or two.
    Stripes,
    /// Drawings of garments with ink and ground exchanged.
    Inverted,
}

impl Other {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Letters, Self::Digits, Self::Noise, Self::Stripes, Self::Inverted];

    /// How many of each go with [`super::COUNT`] drawings of garments.
    pub const COUNT: usize = super::COUNT / Self::ALL.len();

    /// Its name in metrics.json.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Letters => "letters",
            Self::Digits => "digits",
            Self::Noise => "noise",
            Self::Stripes => "stripes",
            Self::Inverted => "inverted garments",
        }
    }

    /// The first [`Self::COUNT`] of them in a set.
    ///
    /// # Errors
    /// Those of [`other`].
    pub fn images(self, set: Set) -> Result<Images<'static>> {
        let images = (0..Self::COUNT).map(|number| Ok(*other(self, set, number)?.pixels()));
        Images::from_rows(images.collect::<Result<_>>()?)
    }
}

/// Strokes of each character on a grid of 5×7, digits first: pairs of column and row, strokes apart by blanks.
const CHARACTERS: [&str; 36] = [
    "103041453616050110",
    "112026 1636",
    "01103041420646",
    "0110304142334445361605",
    "36300444",
    "400003334445361605",
    "4130100105163645443303",
    "004016",
    "10304142331304051636454433 13020110",
    "423313020110304145361605",
    "062046 1333",
    "06003041423303 3344453606",
    "4130100105163645",
    "06003041453606",
    "40000646 0333",
    "400006 0333",
    "413010010516364543 2343",
    "0006 4046 0343",
    "1030 2026 1636",
    "4045361605",
    "0006 4003 0346",
    "000646",
    "0600234046",
    "06004640",
    "103041453616050110",
    "06003041423303",
    "103041453616050110 2446",
    "06003041423303 2346",
    "4130100102134445361605",
    "0040 2026",
    "000516364540",
    "002640",
    "0016233640",
    "0046 4006",
    "002340 2326",
    "00400646",
];

/// Drawing `number` of what is no garment.
///
/// # Errors
/// Those of [`garment`].
pub fn other(kind: Other, set: Set, number: usize) -> Result<Image> {
    let mut hand = Hand::new(set, 1 + kind as u64, number);
    if kind == Other::Inverted {
        let image = garment(set, number)?.image;
        return Image::new(&image.pixels().map(|pixel| 1.0 - pixel));
    }
    let mut canvas = Canvas::new(0.0);
    let ink = hand.one_of(&[0.78, 0.78, 0.6, 1.0]);
    let radius = hand.between(2.0, 4.5) * CELL as f32 / 2.0;
    match kind {
        Other::Letters => character(&mut canvas, 10 + number % 26, radius, ink, &mut hand),
        Other::Digits => character(&mut canvas, number % 10, radius, ink, &mut hand),
        Other::Noise => noise(&mut canvas, number, radius, ink, &mut hand),
        Other::Stripes | Other::Inverted => stripes(&mut canvas, number, radius, ink, &mut hand),
    }
    canvas.image()
}

fn character(canvas: &mut Canvas, which: usize, radius: f32, ink: f32, hand: &mut Hand) {
    let place = Place::new(hand.between(0.6, 0.9), hand);
    let (wide, tremor) = (hand.between(0.5, 0.8), hand.between(0.01, 0.06));
    for stroke in CHARACTERS[which].split(' ') {
        let points = stroke.as_bytes().as_chunks::<2>().0.iter().map(|[x, y]| {
            let [x, y] = [x, y].map(|digit| f32::from(digit - b'0'));
            [(x / 2.0 - 1.0) * wide, y / 3.0 - 1.0]
        });
        canvas.stroke(&Path(points.collect()).trembling(tremor, hand).map(|point| place.of(point)), radius, ink);
    }
}

fn noise(canvas: &mut Canvas, number: usize, radius: f32, ink: f32, hand: &mut Hand) {
    let anywhere = |hand: &mut Hand| [hand.unit() * ACROSS as f32, hand.unit() * ACROSS as f32];
    match number % 3 {
        0 => {
            for _ in 0..20 + (hand.unit() * 60.0) as usize {
                let (point, grey) = (anywhere(hand), hand.unit());
                canvas.stroke(&Path(vec![point]), radius * (0.4 + hand.unit()), grey);
            }
        }
        1 => {
            let path = Path((0..8 + (hand.unit() * 16.0) as usize).map(|_| anywhere(hand)).collect());
            canvas.stroke(&path, radius * 0.7, ink);
        }
        _ => {
            // Grains of a network's pixel.
            let greys: Vec<f32> = (0..ACROSS * ACROSS / CELL / CELL).map(|_| hand.unit()).collect();
            canvas.shade(|[x, y], _| greys[y as usize / CELL * (ACROSS / CELL) + x as usize / CELL]);
        }
    }
}

fn stripes(canvas: &mut Canvas, number: usize, radius: f32, ink: f32, hand: &mut Hand) {
    let apart = 2.0 * radius + hand.between(1.0, 5.0) * CELL as f32;
    // Any direction, by the tangent of half the angle.
    let half = 2.0 * hand.unit() - 1.0;
    let along = [(1.0 - half * half) / (1.0 + half * half), 2.0 * half / (1.0 + half * half)];
    let across = [-along[1], along[0]];
    let directions =
        if number.is_multiple_of(3) { vec![(along, across), (across, along)] } else { vec![(along, across)] };
    let (middle, reach) = (ACROSS as f32 / 2.0, ACROSS as f32 * 0.75);
    let tremor = hand.between(0.0, 0.02) * ACROSS as f32;
    for (along, across) in directions {
        let mut off = -reach + hand.unit() * apart;
        while off < reach {
            let end = |far: f32| [0, 1].map(|axis| middle + along[axis] * far + across[axis] * off);
            let mut points = Vec::new();
            for step in 0..=8_u8 {
                let [x, y] = end(reach * (f32::from(step) / 4.0 - 1.0));
                points.push([x + hand.slip() * tremor, y + hand.slip() * tremor]);
            }
            canvas.stroke(&Path(points), radius, ink);
            off += apart;
        }
    }
}
