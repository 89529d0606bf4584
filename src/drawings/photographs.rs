//! Twelve photographs as visitors take them, of the project's own: on wood, on walls that are darker, coloured or unevenly lit,
//! small and off centre, cut out, of their ground's grey. To measure what preparation keeps of a garment. The same pixels on
//! every machine.

use super::canvas::{coverage, to_segment};
use super::hand::Hand;
use super::path::{Path, Point};
use super::{Figure, Set, bag, clothes, shoes};
use crate::labels::Label;
use crate::random::Stream;

/// How many there are.
pub const PHOTOGRAPHS: usize = SCENES.len();

/// A picture of a garment that knows what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photograph {
    /// What is special about it.
    pub name: &'static str,
    /// What it shows.
    pub label: Label,
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// `height * width * 4` bytes, straight alpha.
    pub rgba: Vec<u8>,
    /// How much of each pixel is garment, 0 to 255.
    pub garment: Vec<u8>,
}

/// Red, green and blue in [0, 1].
type Colour = [f32; 3];

/// A ground at a place of the unit square, with a random number of the pixel's; `None` is transparent.
type Ground = fn(Point, f32) -> Option<Colour>;

struct Scene {
    name: &'static str,
    label: usize,
    /// Which hand draws the garment.
    number: usize,
    size: [usize; 2],
    /// Its middle, in shares of the sides, and its size, of the shorter side.
    at: Point,
    share: f32,
    cloth: Colour,
    ground: Ground,
}

const SCENES: [Scene; 12] = [
    Scene {
        name: "a dark shirt on a wooden floor",
        label: 0,
        number: 0,
        size: [900, 1200],
        at: [0.5, 0.5],
        share: 0.8,
        cloth: [0.16, 0.2, 0.34],
        ground: wood,
    },
    Scene {
        name: "a light shirt on a dark wall",
        label: 0,
        number: 10,
        size: [800, 1000],
        at: [0.5, 0.48],
        share: 0.82,
        cloth: [0.86, 0.85, 0.8],
        ground: dark_wall,
    },
    Scene {
        name: "a small pullover on an unevenly lit wall",
        label: 2,
        number: 22,
        size: [1200, 900],
        at: [0.3, 0.36],
        share: 0.36,
        cloth: [0.36, 0.12, 0.16],
        ground: lit_wall,
    },
    Scene {
        name: "a pullover on grey",
        label: 2,
        number: 42,
        size: [900, 900],
        at: [0.52, 0.5],
        share: 0.8,
        cloth: [0.24, 0.25, 0.27],
        ground: grey_wall,
    },
    Scene {
        name: "a red dress on green of the same grey",
        label: 3,
        number: 3,
        size: [700, 1000],
        at: [0.5, 0.5],
        share: 1.1,
        cloth: [0.86, 0.2, 0.2],
        ground: green,
    },
    Scene {
        name: "trousers that were cut out",
        label: 1,
        number: 1,
        size: [600, 900],
        at: [0.5, 0.5],
        share: 1.2,
        cloth: [0.3, 0.33, 0.42],
        ground: nothing,
    },
    Scene {
        name: "a coat on an ochre wall",
        label: 4,
        number: 4,
        size: [900, 1200],
        at: [0.48, 0.52],
        share: 0.95,
        cloth: [0.2, 0.2, 0.22],
        ground: ochre,
    },
    Scene {
        name: "a bag on a white table",
        label: 8,
        number: 8,
        size: [1000, 800],
        at: [0.5, 0.52],
        share: 0.8,
        cloth: [0.45, 0.28, 0.16],
        ground: table,
    },
    Scene {
        name: "an ankle boot on a light floor",
        label: 9,
        number: 9,
        size: [1000, 900],
        at: [0.52, 0.5],
        share: 0.72,
        cloth: [0.2, 0.14, 0.1],
        ground: light_floor,
    },
    Scene {
        name: "a white sneaker on a dark carpet",
        label: 7,
        number: 7,
        size: [1100, 800],
        at: [0.5, 0.5],
        share: 0.85,
        cloth: [0.88, 0.88, 0.9],
        ground: carpet,
    },
    Scene {
        name: "a dress on a blue wall in the evening",
        label: 3,
        number: 13,
        size: [900, 1200],
        at: [0.55, 0.5],
        share: 0.85,
        cloth: [0.12, 0.1, 0.14],
        ground: evening,
    },
    Scene {
        name: "beige trousers on a dark floor in a corner of the light",
        label: 1,
        number: 11,
        size: [900, 1200],
        at: [0.42, 0.5],
        share: 0.9,
        cloth: [0.8, 0.74, 0.62],
        ground: dark_floor,
    },
];

/// The photograph of this number, counted from 0; past the end they begin anew.
pub fn photograph(number: usize) -> Photograph {
    let scene = &SCENES[number % PHOTOGRAPHS];
    let [width, height] = scene.size;
    let mut hand = Hand::new(Set::Validation, 0, scene.number);
    let figure = figure(scene.label, &mut hand);
    let half = scene.share * width.min(height) as f32 / 2.0;
    let place = |[x, y]: Point| [scene.at[0] * width as f32 + x * half, scene.at[1] * height as f32 + y * half];
    let mut garment = vec![0.0_f32; width * height];
    let mut shade = vec![1.0_f32; width * height];
    for (area, tone) in &figure.areas {
        lay(&mut garment, &mut shade, &coverage(&area.clone().closed().map(place), width, height), *tone);
    }
    let lines = figure.straps.iter().map(|path| (path, 0.05, 1.0));
    let lines = lines.chain(figure.marks.iter().map(|path| (path, 0.016, 0.55)));
    for (path, wide, tone) in lines.chain(figure.details.iter().map(|path| (path, 0.01, 0.7))) {
        lay(&mut garment, &mut shade, &stroke(&path.map(place), wide * half, width, height), tone);
    }
    let mut grain = Stream::new(Set::Validation.seed(), (1 << 40) | number as u64);
    let mut rgba = Vec::with_capacity(4 * garment.len());
    for (at, (share, tone)) in garment.iter().zip(&shade).enumerate() {
        let [x, y] = [at % width, at / width];
        let place = [x as f32 / width as f32, y as f32 / height as f32];
        let noise = grain.unit() - 0.5;
        let ground = (scene.ground)(place, noise);
        // Light from the upper left, folds, and the grain of a sensor.
        let light = 1.06 - 0.16 * place[0] - 0.08 * place[1] + 0.09 * (wave(7.0 * place[0] + 1.5 * place[1]) - 0.5);
        let cloth = scene.cloth.map(|value| value * light * tone + 0.02 * noise);
        let colour = match ground {
            Some(ground) => [0, 1, 2].map(|channel| ground[channel] + (cloth[channel] - ground[channel]) * share),
            None => cloth,
        };
        rgba.extend(colour.map(byte));
        rgba.push(if ground.is_some() { 255 } else { byte(*share) });
    }
    Photograph {
        name: scene.name,
        label: Label::from_index(scene.label),
        width,
        height,
        rgba,
        garment: garment.into_iter().map(byte).collect(),
    }
}

fn figure(label: usize, hand: &mut Hand) -> Figure {
    match label {
        0 => clothes::t_shirt(hand),
        1 => clothes::trouser(hand),
        2 => clothes::pullover(hand),
        3 => clothes::dress(hand),
        4 => clothes::coat(hand),
        7 => shoes::sneaker(hand),
        8 => bag::bag(hand),
        _ => shoes::ankle_boot(hand),
    }
}

/// Lays a part of the garment over what is there.
fn lay(garment: &mut [f32], shade: &mut [f32], covered: &[f32], tone: f32) {
    for ((garment, shade), share) in garment.iter_mut().zip(shade).zip(covered) {
        *shade += (tone - *shade) * share;
        *garment += (1.0 - *garment) * share;
    }
}

/// What a line of this width covers.
fn stroke(Path(points): &Path, wide: f32, width: usize, height: usize) -> Vec<f32> {
    let mut covered = vec![0.0_f32; width * height];
    let reach = wide / 2.0 + 0.5;
    for pair in points.windows(2) {
        let span = |axis: usize, length: usize| {
            let [low, high] = [pair[0][axis].min(pair[1][axis]) - reach, pair[0][axis].max(pair[1][axis]) + reach];
            low.clamp(0.0, length as f32) as usize..high.ceil().clamp(0.0, length as f32) as usize
        };
        for y in span(1, height) {
            for x in span(0, width) {
                let off = to_segment([x as f32 + 0.5, y as f32 + 0.5], pair[0], pair[1]);
                let share = &mut covered[y * width + x];
                *share = share.max((reach - off).clamp(0.0, 1.0));
            }
        }
    }
    covered
}

fn byte(value: f32) -> u8 {
    (value.clamp(0.0, 1.0) * 255.0).round() as u8
}

/// Up and down between 0 and 1, once for each whole number.
fn wave(at: f32) -> f32 {
    let share = at - at.floor();
    2.0 * share.min(1.0 - share)
}

fn lit(colour: Colour, light: f32, noise: f32) -> Option<Colour> {
    Some(colour.map(|value| value * light + noise))
}

/// Boards with grain along them and dark joints between.
fn boards([x, y]: Point, noise: f32, colour: Colour, contrast: f32) -> Option<Colour> {
    let board = (x * 5.0).floor();
    let joint = if x * 5.0 - board < 0.02 { 0.7 } else { 1.0 };
    let tint = 1.0 + contrast * (wave(board * 0.37) - 0.5);
    let grain = 1.0 + contrast * (wave(x * 90.0 + 0.6 * wave(y * 3.0 + board * 0.3)) - 0.5);
    lit(colour, tint * grain * joint, 0.05 * noise)
}

fn wood(place: Point, noise: f32) -> Option<Colour> {
    boards(place, noise, [0.66, 0.46, 0.28], 0.16)
}

fn light_floor(place: Point, noise: f32) -> Option<Colour> {
    boards(place, noise, [0.8, 0.7, 0.56], 0.1)
}

fn dark_floor([x, y]: Point, noise: f32) -> Option<Colour> {
    lit([0.26, 0.24, 0.22], 1.5 - 0.7 * x - 0.5 * y, 0.04 * noise)
}

fn dark_wall([x, _]: Point, noise: f32) -> Option<Colour> {
    lit([0.24, 0.27, 0.31], 1.05 - 0.1 * x, 0.03 * noise)
}

fn lit_wall([x, y]: Point, noise: f32) -> Option<Colour> {
    lit([0.92, 0.9, 0.86], 1.0 - 0.34 * x - 0.16 * y * y, 0.03 * noise)
}

fn grey_wall(_: Point, noise: f32) -> Option<Colour> {
    lit([0.55, 0.55, 0.55], 1.0, 0.04 * noise)
}

/// Its luma is the red cloth's.
fn green(_: Point, noise: f32) -> Option<Colour> {
    lit([0.12, 0.58, 0.2], 1.0, 0.03 * noise)
}

fn nothing(_: Point, _: f32) -> Option<Colour> {
    None
}

fn ochre([_, y]: Point, noise: f32) -> Option<Colour> {
    lit([0.82, 0.62, 0.3], 1.01 - 0.03 * y, 0.03 * noise)
}

fn table([x, y]: Point, noise: f32) -> Option<Colour> {
    lit([0.95, 0.95, 0.94], 1.01 - 0.03 * x - 0.03 * y, 0.02 * noise)
}

fn carpet(place: Point, noise: f32) -> Option<Colour> {
    lit([0.2, 0.17, 0.2], 1.0 + 0.3 * (wave(place[0] * 60.0) - 0.5) * (wave(place[1] * 45.0) - 0.5), 0.12 * noise)
}

fn evening([x, y]: Point, noise: f32) -> Option<Colour> {
    lit([0.42, 0.52, 0.74], 1.1 - 0.3 * (1.0 - x) - 0.3 * y, 0.03 * noise)
}
