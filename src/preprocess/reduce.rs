//! Pictures of any size → at most [`WORKING_SIDE`] pixels a side, by the mean over the area that each pixel covers; rows come
//! in any portions, so that nobody has to hold the whole picture twice.
//!
//! Colours count by their opacity, in the bytes that a browser's canvas keeps (premultiplied, rounded to nearest): what a canvas
//! gives back of a picture and what its file holds become the same bytes. All sums are of integers, and exact.

use super::{WORKING_SIDE, count};
use crate::error::{Blame, Error, Result};

/// Bytes of a pixel.
const CHANNELS: usize = 4;

/// A picture while its rows come in, from the top.
pub struct Reducer {
    /// Of what comes in, and of what comes out.
    from: [usize; 2],
    to: [usize; 2],
    /// The part of a row that has not come whole.
    rest: Vec<u8>,
    /// One row of output cells, each channel times the part of the width that a pixel covers.
    row: Vec<u32>,
    /// The same, summed over the rows that the cells cover.
    sums: Vec<u64>,
    /// How many rows have come.
    y: usize,
    rgba: Vec<u8>,
}

/// A picture of straight RGBA.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reduced {
    /// `height * width * 4` bytes.
    pub rgba: Vec<u8>,
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
}

impl Reducer {
    /// For a picture of this size.
    ///
    /// # Errors
    /// [`Blame::Shape`] when it is empty; those of [`count`].
    ///
    /// ```
    /// use vitrine::preprocess::Reducer;
    /// let mut reducer = Reducer::new(2048, 2)?;
    /// reducer.push(&[10; 2048 * 4])?;
    /// reducer.push(&[20; 2048 * 4])?;
    /// let reduced = reducer.finish()?;
    /// assert_eq!((reduced.width, reduced.height), (1024, 1));
    /// # Ok::<(), vitrine::Error>(())
    /// ```
    pub fn new(width: usize, height: usize) -> Result<Self> {
        Self::to(width, height, WORKING_SIDE)
    }

    /// The same for another longest side.
    pub(super) fn to(width: usize, height: usize, longest: usize) -> Result<Self> {
        if count(width, height)? == 0 {
            return Err(Error::new(Blame::Shape, "picture").expected("at least one pixel").got("none"));
        }
        let edge = width.max(height);
        // Below 2^32 in wasm too: a side has at most 10,000 pixels.
        let scaled =
            |length: usize| if edge <= longest { length } else { ((2 * length * longest + edge) / (2 * edge)).max(1) };
        let to = [scaled(width), scaled(height)];
        Ok(Self {
            from: [width, height],
            to,
            rest: Vec::new(),
            row: vec![0; to[0] * CHANNELS],
            sums: vec![0; to[0] * CHANNELS],
            y: 0,
            rgba: Vec::with_capacity(to[0] * to[1] * CHANNELS),
        })
    }

    /// Pixels across of what comes out.
    pub fn width(&self) -> usize {
        self.to[0]
    }

    /// Pixels down of what comes out.
    pub fn height(&self) -> usize {
        self.to[1]
    }

    /// Takes the next bytes of straight RGBA, row by row from the top.
    ///
    /// # Errors
    /// [`Blame::Shape`] when the picture is not that large.
    pub fn push(&mut self, mut rgba: &[u8]) -> Result<()> {
        let length = self.from[0] * CHANNELS;
        if self.rest.len() + rgba.len() > (self.from[1] - self.y) * length {
            return Err(self.wrong_length("more"));
        }
        if !self.rest.is_empty() {
            let (first, others) = rgba.split_at(rgba.len().min(length - self.rest.len()));
            self.rest.extend_from_slice(first);
            rgba = others;
            if self.rest.len() < length {
                return Ok(());
            }
            let row = std::mem::take(&mut self.rest);
            self.take(&row);
        }
        let rows = rgba.chunks_exact(length);
        self.rest.extend_from_slice(rows.remainder());
        for row in rows {
            self.take(row);
        }
        Ok(())
    }

    /// The picture, once all of it has come.
    ///
    /// # Errors
    /// [`Blame::Shape`] when rows are missing.
    pub fn finish(self) -> Result<Reduced> {
        if self.y < self.from[1] {
            return Err(self.wrong_length("fewer"));
        }
        let [width, height] = self.to;
        Ok(Reduced { rgba: self.rgba, width, height })
    }

    fn wrong_length(&self, got: &str) -> Error {
        let [width, height] = self.from;
        Error::new(Blame::Shape, "picture").expected(format!("{width}×{height} pixels of {CHANNELS} bytes")).got(got)
    }

    /// In units of which a pixel has as many as there are cells, and a cell as many as there are pixels, every border is an
    /// integer: a pixel lies in one cell or two.
    fn take(&mut self, row: &[u8]) {
        let ([width, height], down) = (self.from, self.to[1]);
        self.across(row);
        let (start, end) = (self.y * down, (self.y + 1) * down);
        let border = (start / height + 1) * height;
        let inside = end.min(border) - start;
        add(&mut self.sums, &self.row, inside);
        if end >= border {
            let area = (width * height) as u64;
            self.rgba.extend(self.sums.as_chunks::<CHANNELS>().0.iter().flat_map(|sums| straight(*sums, area)));
            self.sums.fill(0);
            add(&mut self.sums, &self.row, end - border);
        }
        self.y += 1;
    }

    /// Sums a row's pixels into `self.row`.
    fn across(&mut self, row: &[u8]) {
        let [width, across] = [self.from[0], self.to[0]];
        let cells = self.row.as_chunks_mut::<CHANNELS>().0;
        cells.fill([0; CHANNELS]);
        let (mut cell, mut border) = (0, width);
        let mut start = 0;
        for pixel in row.as_chunks::<CHANNELS>().0 {
            let values = premultiplied(*pixel);
            let end = start + across;
            let inside = end.min(border) - start;
            weigh(&mut cells[cell], values, inside);
            if end >= border {
                cell += 1;
                if end > border {
                    weigh(&mut cells[cell], values, end - border);
                }
                border += width;
            }
            start = end;
        }
    }
}

/// A picture of at most `longest` pixels a side.
///
/// # Errors
/// Those of [`Reducer::new`] and of [`Reducer::push`].
pub(super) fn reduced(rgba: &[u8], width: usize, height: usize, longest: usize) -> Result<Reduced> {
    let mut reducer = Reducer::to(width, height, longest)?;
    reducer.push(rgba)?;
    reducer.finish()
}

fn weigh(cell: &mut [u32; CHANNELS], values: [u32; CHANNELS], weight: usize) {
    for (sum, value) in cell.iter_mut().zip(values) {
        // At most 255 times the width, which is at most 10,000.
        *sum += value * weight as u32;
    }
}

fn add(sums: &mut [u64], row: &[u32], weight: usize) {
    for (sum, value) in sums.iter_mut().zip(row) {
        *sum += u64::from(*value) * weight as u64;
    }
}

fn premultiplied([red, green, blue, opacity]: [u8; CHANNELS]) -> [u32; CHANNELS] {
    let opacity = u32::from(opacity);
    if opacity == 255 {
        return [red, green, blue, 255].map(u32::from);
    }
    let [red, green, blue] = [red, green, blue].map(|value| (u32::from(value) * opacity + 127) / 255);
    [red, green, blue, opacity]
}

/// The mean of premultiplied pixels, as straight bytes: rounded before it is divided by the opacity, so that doing it twice
/// changes nothing.
fn straight(sums: [u64; CHANNELS], area: u64) -> [u8; CHANNELS] {
    let [red, green, blue, opacity] = sums.map(|sum| (sum + area / 2) / area);
    let colour = |value: u64| (value * 255 + opacity / 2).checked_div(opacity).unwrap_or(0).min(255) as u8;
    [colour(red), colour(green), colour(blue), opacity as u8]
}
