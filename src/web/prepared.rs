//! A prepared picture for JavaScript.

use wasm_bindgen::prelude::*;

use crate::preprocess::{self, Recipe};

/// A picture on its way to a network, with every step that it took.
#[wasm_bindgen]
pub struct Prepared(preprocess::Prepared);

#[wasm_bindgen]
impl Prepared {
    /// `rgba`: `height * width * 4` bytes, straight alpha, as `ImageData` has them. `recipe`: `auto`, `photograph`,
    /// `sketch` or `exact`.
    ///
    /// # Errors
    /// `shape`, `limit` or `parameter`.
    #[wasm_bindgen(constructor)]
    pub fn new(rgba: &[u8], width: usize, height: usize, recipe: &str) -> Result<Self, JsValue> {
        Ok(Self(preprocess::prepare(rgba, width, height, Recipe::from_name(recipe)?)?))
    }

    /// What the network sees: 784 pixels in [0, 1], 1 = ink.
    #[wasm_bindgen(getter)]
    pub fn pixels(&self) -> Vec<f32> {
        self.0.image.pixels().to_vec()
    }

    /// Whether nothing is drawn: no class is due.
    #[wasm_bindgen(getter)]
    pub fn is_blank(&self) -> bool {
        self.0.is_blank
    }

    /// The recipe that was used: `photograph`, `sketch` or `exact`.
    #[wasm_bindgen(getter)]
    pub fn recipe(&self) -> String {
        self.0.recipe.name().to_owned()
    }

    /// How many steps there were.
    #[wasm_bindgen(getter)]
    pub fn step_count(&self) -> usize {
        self.0.steps.len()
    }

    /// The name of step `index`; empty past the end.
    pub fn step_name(&self, index: usize) -> String {
        self.0.steps.get(index).map_or("", |step| step.name).to_owned()
    }

    /// Pixels across after step `index`; 0 past the end.
    pub fn step_width(&self, index: usize) -> usize {
        self.0.steps.get(index).map_or(0, |step| step.width)
    }

    /// Pixels down after step `index`; 0 past the end.
    pub fn step_height(&self, index: usize) -> usize {
        self.0.steps.get(index).map_or(0, |step| step.height)
    }

    /// The picture after step `index`, one byte a pixel as seen (255 is white); empty past the end.
    pub fn step_grey(&self, index: usize) -> Vec<u8> {
        self.0.steps.get(index).map_or_else(Vec::new, |step| step.grey.clone())
    }
}
