//! Any RGBA picture → [`Image`], by the recipe that made the training data, each step visible to the page.
//!
//! Photographs follow the data set's own recipe (Xiao et al. 2017, arXiv:1708.07747, section 2): trim edges within 5% of
//! the corner colour, longest edge to 28 by subsampling, sharpen with a Gaussian of radius and sigma 1, centre, negate.
//! Sketches are averaged over areas instead, since subsampling would lose thin lines. A picture of 28×28 goes straight
//! through. Every step can be switched, to see what it is good for.
//!
//! The shop's garments lie on white. Where a ground is uneven, has the garment's grey, or was pointed at, what differs from it
//! in colour is cut out first ([`Ground`]).
//!
//! Larger pictures are first reduced to [`WORKING_SIDE`] by [`Reducer`]: the page and the command line see the same pixels.

mod cut_out;
mod ground;
mod picture;
mod raster;
mod recipe;
mod reduce;
mod region;
mod step;
mod surface;

use crate::error::{Blame, Error, Result};
use crate::image::{Image, SIDE};
use cut_out::CutOut;
use ground::Found;
pub use ground::Ground;
use picture::{Colour, Picture};
use raster::Raster;
pub use recipe::Recipe;
pub use reduce::{Reduced, Reducer};
pub use region::{Frame, Spot};
pub use step::{Step, StepSet};

/// Pictures with longer sides are refused, in pixels: a square of them takes 400 MB.
pub const LONGEST_SIDE: usize = 10_000;

/// Pixels a side to which larger pictures are reduced before anything else; the models see 28.
pub const WORKING_SIDE: usize = 1024;

/// Below this contrast between the lightest and the darkest pixel nothing is drawn: the tolerance of trimming.
const BLANK_CONTRAST: f32 = picture::TOLERANCE;

/// Views wider or higher than this are reduced to it; four times the network's input.
const LARGEST_VIEW: usize = 4 * SIDE;

/// The longer edge of the data set's photographs, in pixels (arXiv:1708.07747, section 2).
const SHOP: usize = 73;

/// Smaller pictures are drawings and their scans: light that falls off a little is trimmed by the corner's colour, as the figures for
/// drawings on paper were measured.
const SHEET: usize = 512;

/// Where more of a garment than this has its ground's grey, it is cut out by colour.
const UNSEEN: f64 = 0.25;

/// Where more of a garment than this is no ink in the end, it is said to be lost.
const LOST: f32 = 0.34;

/// The picture after one step, reduced for display.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// The step that led to it.
    pub step: Step,
    /// Whether the step was taken.
    pub is_on: bool,
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// `width * height` bytes, row-major, as seen (255 is white).
    pub grey: Vec<u8>,
}

/// A picture on its way to a network.
#[derive(Debug, Clone, PartialEq)]
pub struct Prepared {
    /// What the network sees.
    pub image: Image,
    /// Whether nothing is drawn on it: it gets no class.
    pub is_blank: bool,
    /// The recipe that was used.
    pub recipe: Recipe,
    /// What the ground was found to be, where a recipe asks for it.
    pub ground: Ground,
    /// Whether much of what differs from the ground is no ink in the end.
    pub is_lost: bool,
    /// Every step in order; the last one shows the image.
    pub steps: Vec<View>,
}

/// How a picture is to be prepared; by itself nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wish {
    /// The recipe; the one that suits the picture when `None`.
    pub recipe: Option<Recipe>,
    /// Steps that are off where the recipe has them on, and on where it has them off.
    pub switched: StepSet,
    /// A place of the ground, on the whole picture.
    pub ground: Option<Spot>,
    /// The part of the picture that counts.
    pub frame: Option<Frame>,
}

/// How many pixels a picture of this size has, so that a reader can ask before it makes room for them.
///
/// # Errors
/// [`Blame::Limit`] past [`LONGEST_SIDE`].
///
/// ```
/// use vitrine::preprocess::{LONGEST_SIDE, count};
/// assert_eq!(count(4096, 2)?, 8192);
/// assert_eq!(count(1, LONGEST_SIDE + 1).unwrap_err().code(), "limit");
/// # Ok::<(), vitrine::Error>(())
/// ```
pub fn count(width: usize, height: usize) -> Result<usize> {
    if width.max(height) > LONGEST_SIDE {
        return Err(Error::new(Blame::Limit, "picture")
            .expected(format!("at most {LONGEST_SIDE} pixels a side"))
            .got(format!("{width}×{height}"))
            .remedy("reduce it first"));
    }
    Ok(width * height)
}

/// Prepares `rgba` (`height * width * 4` bytes, straight alpha) by `recipe`, or by the one that suits it when `None`:
/// exact for 28×28; sketch on black, or of one shade on a transparent ground; light on dark for what is lighter than its
/// ground; photograph otherwise.
///
/// # Errors
/// [`Blame::Shape`] when the length does not fit the size, the size is empty, or `Recipe::Exact` is asked of a picture
/// that is not 28×28; [`Blame::Limit`] past [`LONGEST_SIDE`].
///
/// ```
/// use vitrine::preprocess::{Recipe, prepare};
/// let white_square_on_black: Vec<u8> = (0..100 * 100)
///     .flat_map(|i| if (25..75).contains(&(i % 100)) && (25..75).contains(&(i / 100)) { [255; 4] } else { [0, 0, 0, 255] })
///     .collect();
/// let prepared = prepare(&white_square_on_black, 100, 100, None)?;
/// assert_eq!(prepared.recipe, Recipe::Sketch);
/// assert_eq!(prepared.image.pixels(), &[1.0; 784]);
/// assert_eq!(prepare(&[0; 3], 1, 1, None).unwrap_err().code(), "shape");
/// # Ok::<(), vitrine::Error>(())
/// ```
pub fn prepare(rgba: &[u8], width: usize, height: usize, recipe: Option<Recipe>) -> Result<Prepared> {
    prepare_as(rgba, width, height, &Wish { recipe, ..Wish::default() })
}

/// As [`prepare`], in every respect as is wished.
///
/// # Errors
/// Those of [`prepare`].
pub fn prepare_as(rgba: &[u8], width: usize, height: usize, wish: &Wish) -> Result<Prepared> {
    let whole = Picture::new(rgba, width, height)?;
    let picture = match wish.frame {
        Some(frame) => whole.part(frame.on(whole.size().0, whole.size().1)),
        None => whole,
    };
    if wish.recipe == Some(Recipe::Exact) && picture.size() != (SIDE, SIDE) {
        let (width, height) = picture.size();
        return Err(Error::new(Blame::Shape, "picture")
            .expected(format!("{SIDE}×{SIDE} pixels"))
            .got(format!("{width}×{height}"))
            .remedy("choose another recipe"));
    }
    let place = wish.ground.map(|place| wish.frame.map_or(place, |frame| place.within(frame)));
    let found = found(&picture, wish.recipe, place)?;
    let recipe = wish.recipe.unwrap_or_else(|| Recipe::for_picture(&picture, found.as_ref()));
    let found = found.filter(|_| recipe.has_ground());
    let ground = picture.corner_colour();
    let behind = recipe.behind(&picture);
    let on = recipe.usual(picture::seen(ground, behind)).switched(wish.switched);
    let is_bare = found.as_ref().is_some_and(Found::is_bare);
    let mut work = Work::new(&picture, recipe, ground, behind, on.contains(Step::Grey), found.as_ref());
    let is_lost = on.contains(Step::Ground) && work.lost() > LOST;
    let mut contrast = work.raster.contrast();
    let mut steps = Vec::new();
    for step in recipe.steps(work.cut_out.is_some()) {
        let is_on = on.contains(*step);
        work.take(*step, is_on);
        if *step == Step::Ground && work.cut_out.is_some() {
            // A garment of its ground's grey shows only now.
            contrast = contrast.max(work.raster.contrast());
        }
        let shown = work.raster.average(LARGEST_VIEW);
        steps.push(View { step: *step, is_on, width: shown.width(), height: shown.height(), grey: shown.to_bytes() });
    }
    let image = work.raster.into_image()?;
    let is_blank = is_bare || contrast < BLANK_CONTRAST || image.pixels().iter().all(|pixel| *pixel < BLANK_CONTRAST);
    let ground = found.map_or(Ground::Plain, |found| found.kind);
    Ok(Prepared { image, is_blank, recipe, ground, is_lost, steps })
}

/// The ground, where it is to be looked for: a drawing has none, and around a cut-out there is nothing.
fn found(picture: &Picture, recipe: Option<Recipe>, place: Option<Spot>) -> Result<Option<Found>> {
    let is_wanted = match recipe {
        Some(recipe) => recipe.has_ground(),
        None => picture.size() != (SIDE, SIDE),
    };
    let corner = picture.corner_colour();
    // Around what was drawn there is black, all along the edge; and nothing around what was cut out.
    let is_pad =
        recipe.is_none() && picture::seen(corner, picture::WHITE) < recipe::SLATE && picture.is_framed_by(corner);
    if !is_wanted || (place.is_none() && (is_pad || picture::is_clear(corner))) {
        return Ok(None);
    }
    Ok(Some(Found::on(&picture.smaller(ground::SIDE)?, place)))
}

/// The picture between two steps.
struct Work<'a> {
    picture: &'a Picture<'a>,
    recipe: Recipe,
    ground: Colour,
    raster: Raster,
    /// The grey of the ground in `raster`.
    level: f32,
    /// What stands out, where that is known.
    mask: Option<Raster>,
    /// How it is cut out, where levelling would not do.
    cut_out: Option<CutOut>,
}

impl<'a> Work<'a> {
    fn new(
        picture: &'a Picture<'a>,
        recipe: Recipe,
        ground: Colour,
        behind: f32,
        is_grey: bool,
        found: Option<&Found>,
    ) -> Self {
        let tone = if is_grey { picture::seen } else { picture::red };
        let raster = picture.tones(tone, behind);
        let clear = found.filter(|found| found.is_clear());
        let mask = clear.map(|found| found.mask(raster.width(), raster.height()));
        let cut_out = clear
            .filter(|found| {
                let is_sloping = found.is_sloping && raster.width().max(raster.height()) > SHEET;
                found.kind != Ground::Plain || is_sloping || found.unseen(recipe.is_light()) > UNSEEN
            })
            .zip(mask.as_ref())
            .map(|(found, mask)| CutOut::new(&raster, mask, found, recipe.is_light(), |colour| tone(colour, behind)));
        let level = if cut_out.is_some() { f32::from(u8::from(!recipe.is_light())) } else { tone(ground, behind) };
        Self { picture, recipe, ground, raster, level, mask, cut_out }
    }

    fn take(&mut self, step: Step, is_on: bool) {
        match step {
            Step::Trim if is_on => {
                self.raster = self.raster.crop(match (&self.cut_out, &self.mask) {
                    (Some(_), Some(mask)) => mask.bounds(),
                    // A single pixel of a sensor's noise would keep an edge.
                    (None, Some(mask)) if mask.width().max(mask.height()) > SHEET => mask.bounds(),
                    _ => self.picture.bounds_of_content(self.ground),
                });
            }
            // The shop's photographs stand on pure white; a visitor's wall is greyer, and would come out as ink.
            Step::Ground if is_on => {
                self.raster = self.levelled();
                self.level = f32::from(u8::from(!self.recipe.is_light()));
            }
            Step::Fit => self.raster = self.fitted(is_on),
            Step::Sharpen if is_on => self.raster = self.raster.sharpen(),
            Step::Centre => {
                let ground = if self.level >= 0.5 { 1.0 } else { 0.0 };
                self.raster = if is_on { self.raster.centre(SIDE, ground) } else { self.raster.corner(SIDE, ground) };
            }
            Step::Invert if is_on => {
                self.raster = self.raster.map(|value| 1.0 - value);
                self.level = 1.0 - self.level;
            }
            // Grey is what the work began with.
            Step::Grey | Step::Trim | Step::Ground | Step::Sharpen | Step::Invert => {}
        }
    }

    /// The ground white, or black where the garment is light.
    fn levelled(&self) -> Raster {
        if let (Some(cut_out), Some(mask)) = (&self.cut_out, &self.mask) {
            return cut_out.of(&self.raster, mask);
        }
        if self.recipe.is_light() {
            let room = (1.0 - self.level).max(BLANK_CONTRAST);
            return self.raster.map(|value| ((value - self.level) / room).max(0.0));
        }
        let level = self.level.max(BLANK_CONTRAST);
        self.raster.map(|value| (value / level).min(1.0))
    }

    /// The share of what stands out that levelling makes ground.
    fn lost(&self) -> f32 {
        let Some(mask) = &self.mask else { return 0.0 };
        let ground = f32::from(u8::from(!self.recipe.is_light()));
        let levelled = self.levelled();
        let garment = levelled.values().iter().zip(mask.values()).filter(|(_, mask)| **mask > 0.5);
        let (count, lost) = garment.fold((0_usize, 0_usize), |(count, lost), (value, _)| {
            (count + 1, lost + usize::from((value - ground).abs() < BLANK_CONTRAST))
        });
        lost as f32 / count.max(1) as f32
    }

    fn fitted(&self, keeps_proportions: bool) -> Raster {
        match (self.recipe, keeps_proportions) {
            // The shop's photographs were hardly larger: from a fine one, single pixels would be picked.
            (Recipe::Photograph, true) if self.cut_out.is_some() => self.raster.average(SHOP).subsample(SIDE),
            (Recipe::Photograph, true) => self.raster.subsample(SIDE),
            (Recipe::Photograph, false) => self.raster.subsample_to(SIDE, SIDE),
            (_, true) => self.raster.average(SIDE),
            (_, false) => self.raster.average_to(SIDE, SIDE),
        }
    }
}
