//! The nearest-neighbour index for JavaScript.

use wasm_bindgen::prelude::*;

use crate::error::{Blame, Error};
use crate::image::Image;
use crate::images::Images;
use crate::knn::index;
use crate::knn::thumbnails::Thumbnails;

/// The compact index: all training garments as learned codes.
#[wasm_bindgen]
pub struct KnnIndex {
    index: index::KnnIndex,
    thumbnails: Option<Thumbnails>,
}

#[wasm_bindgen]
impl KnnIndex {
    /// Reads an index file.
    ///
    /// # Errors
    /// `format` or `integrity`.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &[u8]) -> Result<Self, JsValue> {
        Ok(Self { index: index::KnnIndex::from_bytes(bytes)?, thumbnails: None })
    }

    /// `(N, 784)` pixels in [0, 1] → `(N, 10)` shares of the k nearest neighbours' votes, both row-major.
    ///
    /// # Errors
    /// `shape` or `parameter`.
    pub fn predict(&self, pixels: &[f32]) -> Result<Vec<f32>, JsValue> {
        let probabilities = self.index.predict(&Images::new(pixels)?)?;
        Ok(probabilities.iter().flat_map(|row| *row.values()).collect())
    }

    /// The `k` references nearest to one image of 784 pixels, nearest first.
    ///
    /// # Errors
    /// `shape` or `parameter`.
    pub fn nearest(&self, pixels: &[f32], k: usize) -> Result<Neighbours, JsValue> {
        let found = self.index.nearest(&Image::new(pixels)?, k);
        Ok(Neighbours {
            indices: found.iter().map(|neighbour| neighbour.index as u32).collect(),
            labels: found.iter().map(|neighbour| neighbour.label.number()).collect(),
            distances: found.iter().map(|neighbour| neighbour.distance).collect(),
        })
    }

    /// How unlike the training garments an image of 784 pixels is: above 1, more than 95% of garments that the index had
    /// not seen.
    ///
    /// # Errors
    /// `shape` or `parameter`.
    pub fn novelty(&self, pixels: &[f32]) -> Result<f32, JsValue> {
        Ok(self.index.novelty(&Image::new(pixels)?))
    }

    /// Reads the file of this index's thumbnails.
    ///
    /// # Errors
    /// `format`, `limit` or `integrity`.
    pub fn read_thumbnails(&mut self, bytes: &[u8]) -> Result<(), JsValue> {
        self.thumbnails = Some(Thumbnails::from_bytes(bytes)?);
        Ok(())
    }

    /// The garment behind a reference, decoded: 784 bytes, 255 = ink; nothing before [`Self::read_thumbnails`].
    ///
    /// # Errors
    /// `parameter` when there is no such reference; `integrity` when the thumbnails are those of another index.
    pub fn thumbnail(&self, index: u32) -> Result<Option<Vec<u8>>, JsValue> {
        let picture = |thumbnails: &Thumbnails| thumbnails.picture(&self.index, index as usize);
        Ok(self.thumbnails.as_ref().map(picture).transpose()?.map(Vec::from))
    }

    /// The label of a reference.
    ///
    /// # Errors
    /// `parameter` when there is no such reference.
    pub fn label(&self, index: u32) -> Result<u8, JsValue> {
        let none =
            || Error::new(Blame::Parameter, "reference").expected(format!("below {}", self.index.len())).got(index);
        Ok(self.index.label(index as usize).ok_or_else(none)?.number())
    }

    /// How many neighbours vote.
    #[wasm_bindgen(getter)]
    pub fn k(&self) -> usize {
        self.index.k()
    }

    /// How many references there are.
    #[wasm_bindgen(getter)]
    pub fn size(&self) -> usize {
        self.index.len()
    }
}

/// Neighbours, nearest first; the three arrays run in parallel.
#[wasm_bindgen]
pub struct Neighbours {
    indices: Vec<u32>,
    labels: Vec<u8>,
    distances: Vec<f32>,
}

#[wasm_bindgen]
impl Neighbours {
    /// Stored indices.
    #[wasm_bindgen(getter)]
    pub fn indices(&self) -> Vec<u32> {
        self.indices.clone()
    }

    /// Labels, 0 to 9.
    #[wasm_bindgen(getter)]
    pub fn labels(&self) -> Vec<u8> {
        self.labels.clone()
    }

    /// Euclidean distances in the learned metric.
    #[wasm_bindgen(getter)]
    pub fn distances(&self) -> Vec<f32> {
        self.distances.clone()
    }
}
