//! Batches of pictures in normal form: N × 784 `f32` in [0, 1], checked once, where they come in.

use std::borrow::Cow;

use crate::error::{Blame, Error, Result};
use crate::image::{Image, PIXELS, SIDE, unit_from_byte};

/// Pictures in normal form, one after the other; borrowed from a caller's pixels, or its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Images<'a>(Cow<'a, [[f32; PIXELS]]>);

impl<'a> Images<'a> {
    /// The images in these pixels, `(N, 784)` row-major. Nothing is copied.
    ///
    /// # Errors
    /// [`Blame::Shape`] when their number is no multiple of [`PIXELS`]; [`Blame::Parameter`] when one is not in [0, 1] (NaN
    /// is not).
    ///
    /// ```
    /// use vitrine::images::Images;
    /// assert_eq!(Images::new(&[0.5; 3 * 784])?.len(), 3);
    /// assert_eq!(Images::new(&[0.5; 785]).unwrap_err().code(), "shape");
    /// assert_eq!(Images::new(&[f32::NAN; 784]).unwrap_err().code(), "parameter");
    /// # Ok::<(), vitrine::Error>(())
    /// ```
    pub fn new(pixels: &'a [f32]) -> Result<Self> {
        let (rows, rest) = pixels.as_chunks::<PIXELS>();
        if !rest.is_empty() {
            return Err(Error::new(Blame::Shape, "images")
                .expected(format!("a multiple of {PIXELS} pixels"))
                .got(pixels.len()));
        }
        check(rows)?;
        Ok(Self(Cow::Borrowed(rows)))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The pixels of each.
    pub fn rows(&self) -> &[[f32; PIXELS]] {
        &self.0
    }

    /// All pixels, `(N, 784)` row-major.
    pub fn pixels(&self) -> &[f32] {
        self.0.as_flattened()
    }

    /// All pixels, `(N, 784)` row-major; without a copy when they are its own.
    pub fn into_pixels(self) -> Vec<f32> {
        self.0.into_owned().into_flattened()
    }

    /// Images `start..start + count`; fewer at the end, none past it.
    pub fn slice(&self, start: usize, count: usize) -> Images<'_> {
        let end = start.saturating_add(count).min(self.len());
        Images(Cow::Borrowed(&self.0[start.min(end)..end]))
    }

    /// The images in batches of `size` (at least 1), the last one of what is left.
    pub fn chunks(&self, size: usize) -> impl ExactSizeIterator<Item = Images<'_>> {
        self.0.chunks(size.max(1)).map(|rows| Images(Cow::Borrowed(rows)))
    }

    /// Each mirrored left to right.
    pub fn mirrored(&self) -> Images<'static> {
        self.map(|row| std::array::from_fn(|place| row[place / SIDE * SIDE + SIDE - 1 - place % SIDE]))
    }

    /// Each with ink and ground exchanged.
    pub fn inverted(&self) -> Images<'static> {
        self.map(|row| row.map(|value| 1.0 - value))
    }

    fn map(&self, change: impl Fn(&[f32; PIXELS]) -> [f32; PIXELS]) -> Images<'static> {
        Images(Cow::Owned(self.0.iter().map(change).collect()))
    }
}

impl Images<'static> {
    /// The images of these pixels.
    ///
    /// # Errors
    /// [`Blame::Parameter`] when a pixel is not in [0, 1].
    pub fn from_rows(rows: Vec<[f32; PIXELS]>) -> Result<Self> {
        check(&rows)?;
        Ok(Self(Cow::Owned(rows)))
    }

    /// The images of the data set's bytes: 0 is ground, 255 is ink.
    pub fn from_bytes(images: &[[u8; PIXELS]]) -> Self {
        Self(Cow::Owned(images.iter().map(|bytes| bytes.map(unit_from_byte)).collect()))
    }
}

impl<'a> From<&'a Image> for Images<'a> {
    /// A batch of one.
    fn from(image: &'a Image) -> Self {
        Self(Cow::Borrowed(std::slice::from_ref(image.pixels())))
    }
}

fn check(rows: &[[f32; PIXELS]]) -> Result<()> {
    let (pixels, valid) = (rows.as_flattened(), 0.0..=1.0);
    // Without a way out, which would keep it from going by vectors.
    if pixels.iter().fold(true, |all, pixel| all & valid.contains(pixel)) {
        return Ok(());
    }
    match pixels.iter().position(|pixel| !valid.contains(pixel)) {
        Some(at) => Err(Error::new(Blame::Parameter, format!("image {}", at / PIXELS))
            .expected("pixels in [0, 1]")
            .got(format!("{} at pixel {}", pixels[at], at % PIXELS))),
        None => Ok(()),
    }
}
