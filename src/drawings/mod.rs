//! Drawings of garments of the project's own, to measure what models make of what visitors draw: silhouettes from parameters,
//! drawn by a brush like the page's in several hands and prepared as the page prepares them. No image of the data set is in
//! them.
//!
//! Every drawing is named by its set and a number. The sets share no parameter of a shape: each range is cut into strata, of
//! which every set has its own. Only operations that IEEE 754 rounds exactly are used, so that a drawing has the same pixels
//! on every machine.

mod bag;
mod canvas;
mod clothes;
mod hand;
mod others;
mod path;
mod photographs;
mod shoes;
mod style;

use rayon::prelude::*;

use crate::error::Result;
use crate::idx::Samples;
use crate::image::Image;
use crate::labels::{CLASSES, Label};
use hand::Hand;
use path::Path;

pub use others::{Other, other};
pub use photographs::{PHOTOGRAPHS, Photograph, photograph};
pub use style::Style;

/// Drawings of garments that are measured with, and as many of what is no garment.
pub const COUNT: usize = 2000;

/// Which parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    /// For choices and thresholds.
    Validation,
    /// For what is reported, and for nothing else.
    Report,
    /// For whoever wants to learn from drawings; of any length.
    Training,
}

impl Set {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Validation, Self::Report, Self::Training];

    const fn seed(self) -> u64 {
        match self {
            Self::Validation => 101,
            Self::Report => 102,
            Self::Training => 103,
        }
    }
}

/// A drawing of a garment, as the models see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// 28×28.
    pub image: Image,
    /// What it shows.
    pub label: Label,
    /// How it was drawn.
    pub style: Style,
}

/// What a garment is made of, on a square from -1 to 1, y downwards.
#[derive(Debug, Clone, Default)]
struct Figure {
    /// Closed, drawn in order: filled with ink, or their edges alone. The second number multiplies the ink where there are
    /// shades.
    areas: Vec<(Path, f32)>,
    /// Drawn with the brush whatever the style: straps, handles.
    straps: Vec<Path>,
    /// Without which it could be another class: the front of a coat, the buttons of a shirt.
    marks: Vec<Path>,
    /// What some draw and some do not: seams, laces.
    details: Vec<Path>,
}

/// Drawing `number` of a set.
///
/// # Errors
/// Those of [`crate::preprocess::prepare`], which has none for a canvas of this size.
pub fn garment(set: Set, number: usize) -> Result<Drawing> {
    let label = Label::from_index(number % CLASSES);
    let style = Style::ALL[number / CLASSES % Style::ALL.len()];
    let mut hand = Hand::new(set, 0, number);
    let figure = match label.index() {
        0 => clothes::t_shirt(&mut hand),
        1 => clothes::trouser(&mut hand),
        2 => clothes::pullover(&mut hand),
        3 => clothes::dress(&mut hand),
        4 => clothes::coat(&mut hand),
        5 => shoes::sandal(&mut hand),
        6 => clothes::shirt(&mut hand),
        7 => shoes::sneaker(&mut hand),
        8 => bag::bag(&mut hand),
        _ => shoes::ankle_boot(&mut hand),
    };
    Ok(Drawing { image: style.draw(&figure, &mut hand)?, label, style })
}

/// The first `count` drawings of a set: as many of each class, and of each style but for a few.
///
/// # Errors
/// Those of [`garment`].
pub fn garments(set: Set, count: usize) -> Result<Vec<Drawing>> {
    (0..count).into_par_iter().map(|number| garment(set, number)).collect()
}

/// `samples`, and the first `count` drawings of a set behind them.
///
/// # Errors
/// Those of [`garment`].
pub fn behind(samples: &Samples, set: Set, count: usize) -> Result<Samples> {
    let drawn = garments(set, count)?;
    Ok(samples.followed_by(drawn.into_iter().map(|drawing| (drawing.image, drawing.label))))
}
