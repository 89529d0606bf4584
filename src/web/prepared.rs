//! A prepared picture for JavaScript.

use wasm_bindgen::prelude::*;

use crate::preprocess::{self, Recipe, StepSet};

/// A picture on its way to a network, with every step that it took.
#[wasm_bindgen]
pub struct Prepared(preprocess::Prepared);

#[wasm_bindgen]
impl Prepared {
    /// `rgba`: `height * width * 4` bytes, straight alpha, as `ImageData` has them. `recipe`: `auto`, `photograph`,
    /// `sketch` or `exact`. `switched`: names of steps, separated by commas, that are off where the recipe has them on,
    /// and on where it has them off.
    ///
    /// # Errors
    /// `shape`, `limit` or `parameter`.
    #[wasm_bindgen(constructor)]
    pub fn new(rgba: &[u8], width: usize, height: usize, recipe: &str, switched: &str) -> Result<Self, JsValue> {
        let (recipe, switched) = (Recipe::from_name(recipe)?, StepSet::from_names(switched)?);
        Ok(Self(preprocess::prepare_switched(rgba, width, height, recipe, switched)?))
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
        self.0.steps.get(index).map_or("", |view| view.step.name()).to_owned()
    }

    /// Whether step `index` was taken; false past the end.
    pub fn step_is_on(&self, index: usize) -> bool {
        self.0.steps.get(index).is_some_and(|view| view.is_on)
    }

    /// Pixels across after step `index`; 0 past the end.
    pub fn step_width(&self, index: usize) -> usize {
        self.0.steps.get(index).map_or(0, |view| view.width)
    }

    /// Pixels down after step `index`; 0 past the end.
    pub fn step_height(&self, index: usize) -> usize {
        self.0.steps.get(index).map_or(0, |view| view.height)
    }

    /// The picture after step `index`, one byte a pixel as seen (255 is white); empty past the end.
    pub fn step_grey(&self, index: usize) -> Vec<u8> {
        self.0.steps.get(index).map_or_else(Vec::new, |view| view.grey.clone())
    }
}
