//! Distortions for JavaScript.

use wasm_bindgen::prelude::*;

use crate::distort;
use crate::image::Image;

/// Amounts of each distortion; a fresh one changes nothing.
#[wasm_bindgen]
pub struct Distortion {
    /// Pixels to the right, −28 to 28.
    pub shift_x: f32,
    /// Pixels down, −28 to 28.
    pub shift_y: f32,
    /// Degrees, clockwise as seen, −3600 to 3600.
    pub degrees: f32,
    /// 1 keeps the size; 0.1 to 10.
    pub scale: f32,
    /// Pixels of standard deviation, 0 to 10.
    pub blur: f32,
    /// The share of the inside that is removed, 0 to 1.
    pub outline: f32,
    /// 1 keeps the contrast; 0 to 10.
    pub contrast: f32,
    /// The side of a square of a random grey somewhere, 0 to 28 pixels.
    pub erase: usize,
    /// Standard deviation as a share of white, 0 to 10.
    pub noise: f32,
    /// Names the random numbers.
    pub seed: u32,
}

#[wasm_bindgen]
impl Distortion {
    /// One that changes nothing.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        let none = distort::Distortion::NONE;
        Self {
            shift_x: none.shift[0],
            shift_y: none.shift[1],
            degrees: none.degrees,
            scale: none.scale,
            blur: none.blur,
            outline: none.outline,
            contrast: none.contrast,
            erase: none.erase,
            noise: none.noise,
            seed: 0,
        }
    }

    /// 784 pixels in [0, 1], distorted: 784 pixels in [0, 1].
    ///
    /// # Errors
    /// `shape`, or `parameter` for a pixel or an amount outside its range.
    pub fn apply(&self, pixels: &[f32]) -> Result<Vec<f32>, JsValue> {
        let distortion = distort::Distortion {
            shift: [self.shift_x, self.shift_y],
            degrees: self.degrees,
            scale: self.scale,
            blur: self.blur,
            outline: self.outline,
            contrast: self.contrast,
            erase: self.erase,
            noise: self.noise,
            seed: self.seed.into(),
        };
        Ok(distortion.apply(&Image::new(pixels)?)?.pixels().to_vec())
    }
}

impl Default for Distortion {
    fn default() -> Self {
        Self::new()
    }
}
