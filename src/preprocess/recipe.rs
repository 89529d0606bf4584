//! The recipes: which steps in which order, which of them are on, and which recipe suits a picture.

use super::picture::{self, Picture};
use super::step::{Step, StepSet};
use crate::error::{Blame, Error, Result};
use crate::image::SIDE;

/// How a picture becomes an [`Image`](crate::Image).
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

    /// The recipe of this name; `None` for `auto`, which leaves the choice to [`prepare`](super::prepare).
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

    /// The recipe that suits `picture`.
    pub(super) fn for_picture(picture: &Picture) -> Self {
        let ground = picture.corner_colour();
        if picture.size() == (SIDE, SIDE) {
            Self::Exact
        } else if picture::is_clear(ground) {
            // A garment that was cut out of its photograph has shades, a drawing on a clear layer hardly any.
            if picture.is_flat() { Self::Sketch } else { Self::Photograph }
        } else if picture::seen(ground, picture::BLACK) < 0.5 {
            Self::Sketch
        } else {
            Self::Photograph
        }
    }

    /// What transparency shows: a garment without background stands on white; a drawing on what it differs from.
    pub(super) fn behind(self, picture: &Picture) -> f32 {
        match self {
            Self::Photograph => picture::WHITE,
            Self::Sketch if picture.content_luma() < 0.5 => picture::WHITE,
            Self::Sketch | Self::Exact => picture::BLACK,
        }
    }

    /// Its steps in order, whether or not they are on by themselves.
    pub(super) const fn steps(self) -> &'static [Step] {
        use Step::{Centre, Fit, Grey, Ground, Invert, Sharpen, Trim};
        match self {
            Self::Photograph => &[Grey, Trim, Ground, Fit, Sharpen, Centre, Invert],
            Self::Sketch => &[Grey, Invert, Trim, Fit, Sharpen, Centre],
            Self::Exact => &[Grey, Trim, Fit, Sharpen, Centre, Invert],
        }
    }

    /// The steps that are on unless the visitor switches them; `ground`: the grey of the picture's ground.
    pub(super) fn usual(self, ground: f32) -> StepSet {
        use Step::{Centre, Fit, Grey, Invert, Trim};
        match self {
            Self::Photograph => self.steps().iter().copied().collect(),
            Self::Sketch if ground >= 0.5 => [Grey, Invert, Trim, Fit, Centre].into_iter().collect(),
            Self::Sketch => [Grey, Trim, Fit, Centre].into_iter().collect(),
            Self::Exact => [Grey].into_iter().collect(),
        }
    }
}
