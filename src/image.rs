//! The normal form of every picture: 28×28 `f32` in [0, 1], ink = 1 on an empty ground of 0.

use crate::error::{Blame, Error, Result};

/// Width and height in pixels.
pub const SIDE: usize = 28;

/// How many pixels an image has.
pub const PIXELS: usize = SIDE * SIDE;

/// One picture in normal form, row-major.
#[derive(Debug, Clone, PartialEq)]
pub struct Image(Box<[f32; PIXELS]>);

impl Image {
    /// An image of these pixels.
    ///
    /// # Errors
    /// [`Blame::Shape`] when there are not [`PIXELS`] of them; [`Blame::Parameter`] when one is not in [0, 1] (NaN is not).
    ///
    /// ```
    /// use vitrine::image::{Image, PIXELS};
    /// assert!(Image::new(&[0.5; PIXELS]).is_ok());
    /// assert_eq!(Image::new(&[0.5; 3]).unwrap_err().code(), "shape");
    /// assert_eq!(Image::new(&[f32::NAN; PIXELS]).unwrap_err().code(), "parameter");
    /// ```
    pub fn new(pixels: &[f32]) -> Result<Self> {
        let pixels: Box<[f32; PIXELS]> = Box::<[f32]>::from(pixels).try_into().map_err(|wrong: Box<[f32]>| {
            Error::new(Blame::Shape, "image").expected(format!("{PIXELS} pixels")).got(wrong.len())
        })?;
        match pixels.iter().find(|pixel| !(0.0..=1.0).contains(*pixel)) {
            Some(pixel) => Err(Error::new(Blame::Parameter, "image").expected("pixels in [0, 1]").got(pixel)),
            None => Ok(Self(pixels)),
        }
    }

    /// An image of the data set's bytes: 0 is ground, 255 is ink.
    pub fn from_bytes(bytes: &[u8; PIXELS]) -> Self {
        Self(Box::new(bytes.map(unit_from_byte)))
    }

    /// The pixels, row-major.
    pub fn pixels(&self) -> &[f32; PIXELS] {
        &self.0
    }

    /// The pixels as bytes, rounded: 0 is ground, 255 is ink.
    pub fn to_bytes(&self) -> [u8; PIXELS] {
        self.0.map(|pixel| (pixel * 255.0).round() as u8)
    }
}

/// A byte of the data set on the scale of [`Image`].
pub fn unit_from_byte(byte: u8) -> f32 {
    f32::from(byte) / 255.0
}
