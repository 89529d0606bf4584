//! Any RGBA picture → [`Image`], by the recipe that made the training data, each step visible to the page.
//!
//! Photographs follow the data set's own recipe (Xiao et al. 2017, arXiv:1708.07747, section 2): trim edges within 5% of
//! the corner colour, longest edge to 28 by subsampling, sharpen with a Gaussian of radius and sigma 1, centre, negate.
//! Sketches are averaged over areas instead, since subsampling would lose thin lines. A picture of 28×28 goes straight
//! through. Every step can be switched, to see what it is good for.

mod picture;
mod raster;
mod recipe;
mod step;

use crate::error::{Blame, Error, Result};
use crate::image::{Image, SIDE};
use picture::{Colour, Picture};
use raster::Raster;
pub use recipe::Recipe;
pub use step::{Step, StepSet};

/// Pictures with more pixels are refused: 4096×4096.
pub const MOST_PIXELS: usize = 1 << 24;

/// Below this contrast between the lightest and the darkest pixel nothing is drawn: the tolerance of trimming.
const BLANK_CONTRAST: f32 = picture::TOLERANCE;

/// Views wider or higher than this are reduced to it; four times the network's input.
const LARGEST_VIEW: usize = 4 * SIDE;

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
    /// Every step in order; the last one shows the image.
    pub steps: Vec<View>,
}

/// How many pixels a picture of this size has, so that a reader can ask before it makes room for them.
///
/// # Errors
/// [`Blame::Limit`] past [`MOST_PIXELS`].
///
/// ```
/// use vitrine::preprocess::count;
/// assert_eq!(count(4096, 4096)?, vitrine::preprocess::MOST_PIXELS);
/// assert_eq!(count(65_535, 65_535).unwrap_err().code(), "limit");
/// # Ok::<(), vitrine::Error>(())
/// ```
pub fn count(width: usize, height: usize) -> Result<usize> {
    width.checked_mul(height).filter(|count| *count <= MOST_PIXELS).ok_or_else(|| {
        Error::new(Blame::Limit, "picture")
            .expected(format!("at most {MOST_PIXELS} pixels"))
            .got(format!("{width}×{height}"))
            .remedy("reduce it first")
    })
}

/// Prepares `rgba` (`height * width * 4` bytes, straight alpha) by `recipe`, or by the one that suits it when `None`:
/// exact for 28×28; sketch when the corners are dark, or transparent around a drawing; photograph otherwise.
///
/// # Errors
/// [`Blame::Shape`] when the length does not fit the size, the size is empty, or `Recipe::Exact` is asked of a picture
/// that is not 28×28; [`Blame::Limit`] past [`MOST_PIXELS`].
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
    prepare_switched(rgba, width, height, recipe, StepSet::default())
}

/// As [`prepare`], with the steps in `switched` off where the recipe has them on, and on where it has them off.
///
/// # Errors
/// Those of [`prepare`].
pub fn prepare_switched(
    rgba: &[u8],
    width: usize,
    height: usize,
    recipe: Option<Recipe>,
    switched: StepSet,
) -> Result<Prepared> {
    let picture = Picture::new(rgba, width, height)?;
    let recipe = recipe.unwrap_or_else(|| Recipe::for_picture(&picture));
    if recipe == Recipe::Exact && picture.size() != (SIDE, SIDE) {
        return Err(Error::new(Blame::Shape, "picture")
            .expected(format!("{SIDE}×{SIDE} pixels"))
            .got(format!("{width}×{height}"))
            .remedy("choose another recipe"));
    }
    let ground = picture.corner_colour();
    let behind = recipe.behind(&picture);
    let on = recipe.usual(picture::seen(ground, behind)).switched(switched);
    let mut work = Work::new(&picture, recipe, ground, behind, on.contains(Step::Grey));
    let (darkest, lightest) = work.raster.range();
    let mut steps = Vec::new();
    for step in recipe.steps() {
        let is_on = on.contains(*step);
        work.take(*step, is_on);
        let shown = work.raster.average(LARGEST_VIEW);
        steps.push(View { step: *step, is_on, width: shown.width(), height: shown.height(), grey: shown.to_bytes() });
    }
    let image = work.raster.into_image()?;
    let is_blank = lightest - darkest < BLANK_CONTRAST || image.pixels().iter().all(|pixel| *pixel < BLANK_CONTRAST);
    Ok(Prepared { image, is_blank, recipe, steps })
}

/// The picture between two steps.
struct Work<'a> {
    picture: &'a Picture<'a>,
    recipe: Recipe,
    ground: Colour,
    raster: Raster,
    /// The grey of the ground in `raster`.
    level: f32,
}

impl<'a> Work<'a> {
    fn new(picture: &'a Picture<'a>, recipe: Recipe, ground: Colour, behind: f32, is_grey: bool) -> Self {
        let tone = if is_grey { picture::seen } else { picture::red };
        Self { picture, recipe, ground, raster: picture.tones(tone, behind), level: tone(ground, behind) }
    }

    fn take(&mut self, step: Step, is_on: bool) {
        match step {
            Step::Trim if is_on => self.raster = self.raster.crop(self.picture.bounds_of_content(self.ground)),
            // The shop's photographs stand on pure white; a visitor's wall is greyer, and would come out as ink.
            Step::Ground if is_on => {
                let level = self.level.max(BLANK_CONTRAST);
                self.raster = self.raster.map(|value| (value / level).min(1.0));
                self.level = 1.0;
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

    fn fitted(&self, keeps_proportions: bool) -> Raster {
        match (self.recipe, keeps_proportions) {
            (Recipe::Photograph, true) => self.raster.subsample(SIDE),
            (Recipe::Photograph, false) => self.raster.subsample_to(SIDE, SIDE),
            (Recipe::Sketch | Recipe::Exact, true) => self.raster.average(SIDE),
            (Recipe::Sketch | Recipe::Exact, false) => self.raster.average_to(SIDE, SIDE),
        }
    }
}
