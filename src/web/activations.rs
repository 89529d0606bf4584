//! The first layers of a convolutional network for JavaScript.

use wasm_bindgen::prelude::*;

use super::network::Network;
use crate::image::Image;
use crate::network::activations;

/// A network of which the first convolutions can be looked into.
#[wasm_bindgen]
pub struct Activations(Option<activations::Activations>);

#[wasm_bindgen]
impl Activations {
    /// The first convolutions of a network.
    ///
    /// # Errors
    /// `network`.
    #[wasm_bindgen(constructor)]
    pub fn new(network: &Network) -> Result<Self, JsValue> {
        Ok(Self(activations::Activations::new(&network.0)?))
    }

    /// The weights of the first convolution; nothing when there is none, or when they are not stored.
    pub fn filters(&self) -> Option<Planes> {
        self.0.as_ref().and_then(activations::Activations::filters).cloned().map(Planes)
    }

    /// The feature maps of the first convolutions for one image of 784 pixels, first layer first; empty when the network
    /// has no convolution.
    ///
    /// # Errors
    /// `shape`, `parameter` or `network`.
    pub fn maps(&self, pixels: &[f32]) -> Result<Vec<Planes>, JsValue> {
        let image = Image::new(pixels)?;
        let maps = self.0.as_ref().map_or_else(|| Ok(Vec::new()), |layers| layers.maps(&image))?;
        Ok(maps.into_iter().map(Planes).collect())
    }
}

/// Numbers with a name and a shape.
#[wasm_bindgen]
pub struct Planes(activations::Planes);

#[wasm_bindgen]
impl Planes {
    /// The convolution's name in the file.
    #[wasm_bindgen(getter)]
    pub fn name(&self) -> String {
        self.0.name.clone()
    }

    /// N (1 for the maps of an image, output channels for filters), C, H, W.
    #[wasm_bindgen(getter)]
    pub fn shape(&self) -> Vec<u32> {
        self.0.shape.map(|size| size as u32).to_vec()
    }

    /// As many as the shape says, row-major.
    #[wasm_bindgen(getter)]
    pub fn values(&self) -> Vec<f32> {
        self.0.values.clone()
    }
}
