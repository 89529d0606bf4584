//! Any RGBA picture → [`Image`], by the recipe that made the training data, each step visible to the page.
//!
//! Photographs follow the data set's own recipe (Xiao et al. 2017, arXiv:1708.07747, section 2): trim edges within 5% of
//! the corner colour, longest edge to 28 by subsampling, sharpen with a Gaussian of radius and sigma 1, centre, negate.
//! Sketches are averaged over areas instead, since subsampling would lose thin lines. A picture of 28×28 goes straight
//! through.

mod picture;
mod raster;

use crate::error::{Blame, Error, Result};
use crate::image::{Image, SIDE};
use picture::Picture;
use raster::Raster;

/// Pictures with more pixels are refused: 4096×4096.
pub const MOST_PIXELS: usize = 1 << 24;

/// Below this contrast between the lightest and the darkest pixel nothing is drawn: the tolerance of trimming.
const BLANK_CONTRAST: f32 = picture::TOLERANCE;

/// Steps wider or higher than this are reduced to it for display; four times the network's input.
const LARGEST_STEP: usize = 4 * SIDE;

/// How a picture becomes an [`Image`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipe {
    /// The data set's own recipe, for a garment on a plain light ground.
    Photograph,
    /// Averaged over areas, for drawings; light ink on a dark ground or the reverse.
    Sketch,
    /// The pixels as they are, for pictures of 28×28.
    Exact,
}

impl Recipe {
    /// The stable name: `photograph`, `sketch` or `exact`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Photograph => "photograph",
            Self::Sketch => "sketch",
            Self::Exact => "exact",
        }
    }

    /// The recipe of this name; `None` for `auto`, which leaves the choice to [`prepare`].
    ///
    /// # Errors
    /// [`Blame::Parameter`] for any other name.
    pub fn from_name(name: &str) -> Result<Option<Self>> {
        match name {
            "auto" => Ok(None),
            "photograph" => Ok(Some(Self::Photograph)),
            "sketch" => Ok(Some(Self::Sketch)),
            "exact" => Ok(Some(Self::Exact)),
            _ => Err(Error::new(Blame::Parameter, "recipe")
                .expected("auto, photograph, sketch or exact")
                .got(format!("{name:?}"))),
        }
    }
}

/// The state of the picture after one step, reduced for display.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// `grey`, `invert`, `trim`, `ground`, `fit`, `sharpen` or `centre`.
    pub name: &'static str,
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
    /// Every step in order; the last one is the image.
    pub steps: Vec<Step>,
}

/// Prepares `rgba` (`height * width * 4` bytes, straight alpha) by `recipe`, or by the one that suits it when `None`:
/// exact for 28×28, sketch when the corners are dark or the picture is transparent there, photograph otherwise.
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
    let picture = Picture::new(rgba, width, height)?;
    let recipe = recipe.unwrap_or_else(|| choose(&picture));
    let mut trail = Trail::default();
    let image = match recipe {
        Recipe::Photograph => photograph(&picture, &mut trail),
        Recipe::Sketch => sketch(&picture, &mut trail),
        Recipe::Exact => exact(&picture, &mut trail),
    }?;
    let (darkest, lightest) = picture.grey_on(picture::BLACK).range();
    let is_blank = lightest - darkest < BLANK_CONTRAST || image.pixels().iter().all(|pixel| *pixel < BLANK_CONTRAST);
    Ok(Prepared { image, is_blank, recipe, steps: trail.0 })
}

fn choose(picture: &Picture) -> Recipe {
    if picture.size() == (SIDE, SIDE) {
        Recipe::Exact
    } else if picture::seen(picture.corner_colour(), picture::BLACK) < 0.5 {
        Recipe::Sketch
    } else {
        Recipe::Photograph
    }
}

fn photograph(picture: &Picture, trail: &mut Trail) -> Result<Image> {
    let ground = picture.corner_colour();
    let grey = trail.add("grey", picture.grey_on(picture::WHITE));
    let trimmed = trail.add("trim", grey.crop(picture.bounds_of_content(ground)));
    // The shop's photographs stand on pure white; a visitor's wall is greyer, and would come out as ink.
    let level = picture::seen(ground, picture::WHITE).max(BLANK_CONTRAST);
    let levelled = trail.add("ground", trimmed.map(|value| (value / level).min(1.0)));
    let fitted = trail.add("fit", levelled.subsample(SIDE));
    let sharp = trail.add("sharpen", fitted.sharpen());
    let centred = trail.add("centre", sharp.centre(SIDE, 1.0));
    trail.add("invert", centred.map(|value| 1.0 - value)).into_image()
}

fn sketch(picture: &Picture, trail: &mut Trail) -> Result<Image> {
    let ground = picture.corner_colour();
    let mut ink = trail.add("grey", picture.grey_on(picture::BLACK));
    if picture::seen(ground, picture::BLACK) >= 0.5 {
        ink = trail.add("invert", ink.map(|value| 1.0 - value));
    }
    let trimmed = trail.add("trim", ink.crop(picture.bounds_of_content(ground)));
    let fitted = trail.add("fit", trimmed.average(SIDE));
    trail.add("centre", fitted.centre(SIDE, 0.0)).into_image()
}

fn exact(picture: &Picture, trail: &mut Trail) -> Result<Image> {
    if picture.size() != (SIDE, SIDE) {
        let (width, height) = picture.size();
        return Err(Error::new(Blame::Shape, "picture")
            .expected(format!("{SIDE}×{SIDE} pixels"))
            .got(format!("{width}×{height}"))
            .remedy("choose another recipe"));
    }
    trail.add("grey", picture.grey_on(picture::BLACK)).into_image()
}

/// The steps so far.
#[derive(Default)]
struct Trail(Vec<Step>);

impl Trail {
    fn add(&mut self, name: &'static str, raster: Raster) -> Raster {
        let shown = raster.average(LARGEST_STEP);
        self.0.push(Step { name, width: shown.width(), height: shown.height(), grey: shown.to_bytes() });
        raster
    }
}
