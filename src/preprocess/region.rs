//! Places and frames on a picture as visitors say them: in thousandths of its sides, so that they mean the same at every size.

use std::ops::Range;

use crate::error::{Blame, Error, Result};

/// Thousandths.
const WHOLE: usize = 1000;

/// A frame has at least this many thousandths each way.
const LEAST: usize = 20;

/// A point of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    x: usize,
    y: usize,
}

impl Spot {
    /// The place that a text names, as `x,y` in thousandths of width and height from the upper left; `None` for an empty text.
    ///
    /// # Errors
    /// [`Blame::Parameter`] for any other text, and outside of the picture.
    ///
    /// ```
    /// use vitrine::preprocess::Spot;
    /// assert!(Spot::from_text("500,1000")?.is_some());
    /// assert_eq!(Spot::from_text("")?, None);
    /// assert_eq!(Spot::from_text("1001,0").unwrap_err().code(), "parameter");
    /// # Ok::<(), vitrine::Error>(())
    /// ```
    pub fn from_text(text: &str) -> Result<Option<Self>> {
        match numbers(text).as_deref() {
            Some([]) => Ok(None),
            Some([x, y]) if *x <= WHOLE && *y <= WHOLE => Ok(Some(Self { x: *x, y: *y })),
            _ => Err(Error::new(Blame::Parameter, "ground")
                .expected(format!("x,y from 0 to {WHOLE}"))
                .got(format!("{text:?}"))),
        }
    }

    /// The same place of the part that a frame holds; outside of it, the nearest one that is inside.
    pub(super) fn within(self, frame: Frame) -> Self {
        let share = |at: usize, start: usize, length: usize| (at.saturating_sub(start) * WHOLE / length).min(WHOLE);
        Self { x: share(self.x, frame.left, frame.width), y: share(self.y, frame.top, frame.height) }
    }

    /// The pixel there.
    pub(super) fn on(self, width: usize, height: usize) -> (usize, usize) {
        ((self.x * width / WHOLE).min(width - 1), (self.y * height / WHOLE).min(height - 1))
    }
}

/// A rectangle of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    left: usize,
    top: usize,
    width: usize,
    height: usize,
}

impl Frame {
    /// The frame that a text names, as `left,top,width,height` in thousandths of width and height; `None` for an empty text.
    ///
    /// # Errors
    /// [`Blame::Parameter`] for any other text, and for a frame that is narrower than 20 or leaves the picture.
    ///
    /// ```
    /// use vitrine::preprocess::Frame;
    /// assert!(Frame::from_text("250,0,500,1000")?.is_some());
    /// assert_eq!(Frame::from_text("600,0,500,1000").unwrap_err().code(), "parameter");
    /// # Ok::<(), vitrine::Error>(())
    /// ```
    pub fn from_text(text: &str) -> Result<Option<Self>> {
        let fits = |start: usize, length: usize| length >= LEAST && start + length <= WHOLE;
        match numbers(text).as_deref() {
            Some([]) => Ok(None),
            Some([left, top, width, height]) if fits(*left, *width) && fits(*top, *height) => {
                Ok(Some(Self { left: *left, top: *top, width: *width, height: *height }))
            }
            _ => Err(Error::new(Blame::Parameter, "frame")
                .expected(format!("left,top,width,height within {WHOLE}, at least {LEAST} wide and high"))
                .got(format!("{text:?}"))),
        }
    }

    /// The columns and rows that it holds, at least one of each.
    pub(super) fn on(self, width: usize, height: usize) -> (Range<usize>, Range<usize>) {
        let span = |start: usize, length: usize, whole: usize| {
            let first = (start * whole / WHOLE).min(whole - 1);
            first..((start + length) * whole / WHOLE).clamp(first + 1, whole)
        };
        (span(self.left, self.width, width), span(self.top, self.height, height))
    }
}

/// Up to four numbers with commas between them, none for an empty text.
fn numbers(text: &str) -> Option<Vec<usize>> {
    let number = |word: &str| word.parse::<u16>().ok().map(usize::from);
    if text.is_empty() { Some(Vec::new()) } else { text.splitn(5, ',').map(number).collect() }
}
