//! Seeded changes to training images: flip, shift, erase.

use serde::{Deserialize, Serialize};

use super::random::Stream;
use crate::image::{PIXELS, SIDE, unit_from_byte};

/// Sides of an erased rectangle, in pixels: `ERASED.0..=ERASED.1`.
const ERASED: (usize, usize) = (3, 11);

/// Which changes are made, each drawn anew for every image and epoch.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Augment {
    /// Whether half of the images are mirrored left to right.
    pub flip: bool,
    /// Images move by up to this many pixels along each axis; ground comes in at the edge.
    pub shift: usize,
    /// The probability of a rectangle of one random grey level (Zhong et al. 2017, arXiv:1708.04896).
    pub erase: f32,
}

impl Augment {
    /// Appends the changed image, [`PIXELS`] values in [0, 1].
    pub fn apply(&self, image: &[u8; PIXELS], stream: &mut Stream, pixels: &mut Vec<f32>) {
        let mirrored = self.flip && stream.below(2) == 1;
        let [down, right] = [(); 2].map(|()| stream.below(2 * self.shift + 1));
        let start = pixels.len();
        for y in 0..SIDE {
            for x in 0..SIDE {
                let x = if mirrored { SIDE - 1 - x } else { x };
                // Wrapping below zero lands far past SIDE: both edges are one comparison.
                let [y, x] = [(y + down).wrapping_sub(self.shift), (x + right).wrapping_sub(self.shift)];
                pixels.push(if y < SIDE && x < SIDE { unit_from_byte(image[y * SIDE + x]) } else { 0.0 });
            }
        }
        if stream.unit() < self.erase {
            erase(&mut pixels[start..], stream);
        }
    }
}

fn erase(pixels: &mut [f32], stream: &mut Stream) {
    let [height, width] = [(); 2].map(|()| ERASED.0 + stream.below(ERASED.1 - ERASED.0 + 1));
    let [top, left] = [height, width].map(|size| stream.below(SIDE - size + 1));
    let grey = stream.unit();
    for row in pixels.chunks_exact_mut(SIDE).skip(top).take(height) {
        row[left..left + width].fill(grey);
    }
}
