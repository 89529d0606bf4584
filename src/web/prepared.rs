//! A prepared picture for JavaScript.

use wasm_bindgen::prelude::*;

use crate::preprocess::{self, Frame, Recipe, Spot, StepSet, Wish};

/// A picture on its way to a network, with every step that it took.
#[wasm_bindgen]
pub struct Prepared(preprocess::Prepared);

#[wasm_bindgen]
impl Prepared {
    /// `rgba`: `height * width * 4` bytes, straight alpha, as `ImageData` has them. `recipe`: `auto`, `photograph`,
    /// `light-on-dark`, `sketch` or `exact`. `switched`: names of steps, separated by commas, that are off where the recipe has them on,
    /// and on where it has them off. `ground`: a place of the ground, `x,y`; `frame`: the part that counts,
    /// `left,top,width,height`; both in thousandths of the sides, or empty.
    ///
    /// # Errors
    /// `shape`, `limit` or `parameter`.
    #[wasm_bindgen(constructor)]
    pub fn new(
        rgba: &[u8],
        width: usize,
        height: usize,
        recipe: &str,
        switched: &str,
        ground: &str,
        frame: &str,
    ) -> Result<Self, JsValue> {
        let wish = Wish {
            recipe: Recipe::from_name(recipe)?,
            switched: StepSet::from_names(switched)?,
            ground: Spot::from_text(ground)?,
            frame: Frame::from_text(frame)?,
        };
        Ok(Self(preprocess::prepare_as(rgba, width, height, &wish)?))
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

    /// What the ground was found to be: `plain`, `uneven` or `tapped`.
    #[wasm_bindgen(getter)]
    pub fn ground(&self) -> String {
        self.0.ground.name().to_owned()
    }

    /// Whether much of what differs from the ground is no ink in the end.
    #[wasm_bindgen(getter)]
    pub fn is_lost(&self) -> bool {
        self.0.is_lost
    }

    /// The recipe that was used: `photograph`, `light-on-dark`, `sketch` or `exact`.
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

/// A picture of any size on its way to one of at most 1024 pixels a side, row by row; see [`preprocess::Reducer`].
#[wasm_bindgen]
pub struct Reducer {
    reducer: preprocess::Reducer,
}

#[wasm_bindgen]
impl Reducer {
    /// For a picture of this size in pixels.
    ///
    /// # Errors
    /// `shape` when it is empty, `limit` past 10,000 a side.
    #[wasm_bindgen(constructor)]
    pub fn new(width: usize, height: usize) -> Result<Self, JsValue> {
        Ok(Self { reducer: preprocess::Reducer::new(width, height)? })
    }

    /// Takes the next bytes of straight RGBA, from the top.
    ///
    /// # Errors
    /// `shape` when the picture is not that large.
    pub fn push(&mut self, rgba: &[u8]) -> Result<(), JsValue> {
        Ok(self.reducer.push(rgba)?)
    }

    /// Pixels across of what comes out.
    #[wasm_bindgen(getter)]
    pub fn width(&self) -> usize {
        self.reducer.width()
    }

    /// Pixels down of what comes out.
    #[wasm_bindgen(getter)]
    pub fn height(&self) -> usize {
        self.reducer.height()
    }

    /// The straight RGBA, once all rows have come; it takes no more.
    ///
    /// # Errors
    /// `shape` when rows are missing.
    pub fn finish(self) -> Result<Vec<u8>, JsValue> {
        Ok(self.reducer.finish()?.rgba)
    }
}
