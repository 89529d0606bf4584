//! The recipes: which steps in which order, which of them are on, and which recipe suits a picture.

use super::ground::{Found, Ground};
use super::picture::{self, Picture};
use super::step::{Step, StepSet};
use crate::error::{Blame, Error, Result};
use crate::image::SIDE;

/// A plain ground that is darker than this is black paper, or the page's own pad.
pub(super) const SLATE: f32 = 0.1;

/// How a picture becomes an [`Image`](crate::Image).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipe {
    /// The data set's own recipe, for a garment that is darker than its ground.
    Photograph,
    /// The same for a garment that is lighter than its ground, averaged over areas: nothing is inverted.
    LightOnDark,
    /// Averaged over areas, for drawings; light ink on a dark ground or the reverse.
    Sketch,
    /// The pixels as they are, for pictures of 28×28.
    Exact,
}

impl Recipe {
    /// The stable name: `photograph`, `light-on-dark`, `sketch` or `exact`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Photograph => "photograph",
            Self::LightOnDark => "light-on-dark",
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
            "light-on-dark" => Ok(Some(Self::LightOnDark)),
            "sketch" => Ok(Some(Self::Sketch)),
            "exact" => Ok(Some(Self::Exact)),
            _ => Err(Error::new(Blame::Parameter, "recipe")
                .expected("auto, photograph, light-on-dark, sketch or exact")
                .got(format!("{name:?}"))),
        }
    }

    /// The recipe that suits `picture`, whose ground is as it was found where it was looked for.
    pub(super) fn for_picture(picture: &Picture, found: Option<&Found>) -> Self {
        let ground = picture.corner_colour();
        if picture.size() == (SIDE, SIDE) {
            return Self::Exact;
        }
        if picture::is_clear(ground) && found.is_none() {
            // A garment that was cut out of its photograph has shades, a drawing on a clear layer hardly any.
            return if picture.is_flat() { Self::Sketch } else { Self::Photograph };
        }
        let grey = picture::seen(ground, picture::BLACK);
        match found {
            Some(found) if found.kind == Ground::Plain && grey < SLATE => Self::Sketch,
            Some(found) if found.is_clear() && found.is_light() => Self::LightOnDark,
            Some(found) if found.is_clear() || found.is_bare() => Self::Photograph,
            _ if grey < 0.5 => Self::Sketch,
            _ => Self::Photograph,
        }
    }

    /// What transparency shows: a garment without background stands on white; a drawing on what it differs from.
    pub(super) fn behind(self, picture: &Picture) -> f32 {
        match self {
            Self::Photograph => picture::WHITE,
            Self::Sketch if picture.content_luma() < 0.5 => picture::WHITE,
            Self::LightOnDark | Self::Sketch | Self::Exact => picture::BLACK,
        }
    }

    /// Its steps in order, whether or not they are on by themselves. Where the garment is cut out, edges are trimmed after
    /// that: before, they differ from each other.
    pub(super) const fn steps(self, is_cut_out: bool) -> &'static [Step] {
        use Step::{Centre, Fit, Grey, Ground, Invert, Sharpen, Trim};
        match self {
            Self::Photograph | Self::LightOnDark if is_cut_out => &[Grey, Ground, Trim, Fit, Sharpen, Centre, Invert],
            Self::Photograph | Self::LightOnDark => &[Grey, Trim, Ground, Fit, Sharpen, Centre, Invert],
            Self::Sketch => &[Grey, Invert, Trim, Fit, Sharpen, Centre],
            Self::Exact => &[Grey, Trim, Fit, Sharpen, Centre, Invert],
        }
    }

    /// The steps that are on unless the visitor switches them; `ground`: the grey of the picture's ground.
    pub(super) fn usual(self, ground: f32) -> StepSet {
        use Step::{Centre, Fit, Grey, Ground, Invert, Sharpen, Trim};
        match self {
            Self::Photograph => [Grey, Trim, Ground, Fit, Sharpen, Centre, Invert].into_iter().collect(),
            Self::LightOnDark => [Grey, Trim, Ground, Fit, Sharpen, Centre].into_iter().collect(),
            Self::Sketch if ground >= 0.5 => [Grey, Invert, Trim, Fit, Centre].into_iter().collect(),
            Self::Sketch => [Grey, Trim, Fit, Centre].into_iter().collect(),
            Self::Exact => [Grey].into_iter().collect(),
        }
    }

    /// Whether light is ink without being inverted.
    pub(super) const fn is_light(self) -> bool {
        matches!(self, Self::LightOnDark)
    }

    /// Whether it takes the ground away.
    pub(super) const fn has_ground(self) -> bool {
        matches!(self, Self::Photograph | Self::LightOnDark)
    }
}
