//! Seeded changes to training images: those of the data set's own kind, and those that drawings bring.

use serde::{Deserialize, Serialize};

use crate::distort::{self, Pixels, Pose};
use crate::image::{PIXELS, SIDE, unit_from_byte};
use crate::random::Stream;

/// Sides of an erased rectangle, in pixels: `ERASED.0..=ERASED.1`.
const ERASED: (usize, usize) = (3, 11);

/// The furthest a drawing turns, in radians (40°), and moves, in pixels.
const TURN: f32 = 0.7;
const MOVE: f32 = 4.0;

/// The smallest and largest size of a drawing beside the data set's own.
const SIZE: (f32, f32) = (0.65, 1.2);

/// Which changes are made, each drawn anew for every image and epoch.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Augment {
    /// Whether half of the images are mirrored left to right.
    pub flip: bool,
    /// Images move by up to this many pixels along each axis; ground comes in at the edge.
    pub shift: usize,
    /// The probability of a rectangle of one random grey level (Zhong et al. 2017, arXiv:1708.04896).
    pub erase: f32,
    /// The probability that an image becomes like a careless drawing or photograph: turned, scaled, moved, and perhaps
    /// thicker, thinner, an outline, inverted, blurred, noisy or of another contrast.
    #[serde(default)]
    pub sketch: f32,
}

impl Augment {
    /// The changed image, in [0, 1].
    pub fn apply(&self, image: &[u8; PIXELS], stream: &mut Stream) -> Pixels {
        let mirrored = self.flip && stream.below(2) == 1;
        let [down, right] = [(); 2].map(|()| stream.below(2 * self.shift + 1));
        let mut changed: Pixels = std::array::from_fn(|place| {
            let (x, y) = (place % SIDE, place / SIDE);
            let x = if mirrored { SIDE - 1 - x } else { x };
            // Wrapping below zero lands far past SIDE: both edges are one comparison.
            let [y, x] = [(y + down).wrapping_sub(self.shift), (x + right).wrapping_sub(self.shift)];
            if y < SIDE && x < SIDE { unit_from_byte(image[y * SIDE + x]) } else { 0.0 }
        });
        // An image suffers one or the other: both at once is more than anyone could recognise.
        if self.sketch > 0.0 && stream.unit() < self.sketch {
            changed = sketch(&changed, stream);
        } else if stream.unit() < self.erase {
            erase(&mut changed, stream);
        }
        changed
    }
}

fn erase(pixels: &mut Pixels, stream: &mut Stream) {
    let size = [(); 2].map(|()| ERASED.0 + stream.below(ERASED.1 - ERASED.0 + 1));
    let corner = size.map(|size| stream.below(SIDE - size + 1));
    distort::erase(pixels, corner, size, stream.unit());
}

fn sketch(image: &Pixels, stream: &mut Stream) -> Pixels {
    let mut within = |low: f32, high: f32| low + (high - low) * stream.unit();
    let size = within(SIZE.0, SIZE.1);
    let pose = Pose {
        angle: within(-TURN, TURN),
        scale: [size * within(0.9, 1.1), size * within(0.9, 1.1)],
        shift: [within(-MOVE, MOVE), within(-MOVE, MOVE)],
    };
    let posed = pose.apply(image);
    let amount = within(0.0, 1.0);
    match stream.below(9) {
        0 => distort::thicker(&posed),
        1 => distort::thinner(&posed),
        2 => distort::outline(&posed, 0.4 + 0.6 * amount),
        3 => distort::outline(&distort::thicker(&posed), 0.4 + 0.6 * amount),
        4 => distort::inverted(&posed),
        5 => distort::blur(&posed, 0.4 + 1.2 * amount),
        6 => posed.map(|value| (value + 0.4 * amount * (2.0 * stream.unit() - 1.0)).clamp(0.0, 1.0)),
        7 => distort::contrast(&posed, 0.3 + 1.4 * amount),
        _ => posed,
    }
}
