//! Named, seeded corruptions at three strengths, and what they cost each model.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::distort::{self, Pixels, Pose};
use crate::idx::Samples;
use crate::image::{SIDE, unit_from_byte};
use crate::images::Images;
use crate::random::Stream;

/// How many test images are corrupted: the first ones, which are in no order.
pub const IMAGES: usize = 2000;

/// The seed of every corruption's random numbers.
const SEED: u64 = 11;

/// What happens to an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Corruption {
    /// Moved in a random direction.
    Shift,
    /// Turned to a random side.
    Rotate,
    /// Made smaller.
    Scale,
    /// Gaussian blur.
    Blur,
    /// Gaussian noise on every pixel.
    Noise,
    /// Pulled towards middle grey, the ground left as it is.
    Contrast,
    /// A square of a random grey somewhere.
    Erase,
    /// Emptied inside, the edges left.
    Outline,
}

use Corruption::{Blur, Contrast, Erase, Noise, Outline, Rotate, Scale, Shift};

/// All of them.
pub const ALL: [Corruption; 8] = [Shift, Rotate, Scale, Blur, Noise, Contrast, Erase, Outline];

impl Corruption {
    /// Its name in metrics.json.
    pub const fn name(self) -> &'static str {
        match self {
            Shift => "shift",
            Rotate => "rotate",
            Scale => "scale",
            Blur => "blur",
            Noise => "noise",
            Contrast => "contrast",
            Erase => "erase",
            Outline => "outline",
        }
    }

    /// Its weak, middling and strong amount, and what the number means.
    pub const fn strengths(self) -> ([f32; 3], &'static str) {
        match self {
            Shift => ([2.0, 4.0, 6.0], "pixels"),
            Rotate => ([10.0, 20.0, 40.0], "degrees"),
            Scale => ([0.8, 0.65, 0.5], "of the size"),
            Blur => ([0.7, 1.2, 2.0], "pixels of standard deviation"),
            Noise => ([0.1, 0.2, 0.3], "of white as standard deviation"),
            Contrast => ([0.6, 0.4, 0.2], "of the contrast"),
            Erase => ([6.0, 10.0, 14.0], "pixels wide"),
            Outline => ([0.6, 0.8, 1.0], "of the inside removed"),
        }
    }

    /// The image with this amount of it, clamped to [0, 1].
    pub fn apply(self, image: &Pixels, amount: f32, stream: &mut Stream) -> Pixels {
        let changed = match self {
            Shift => {
                let (sin, cos) = (std::f32::consts::TAU * stream.unit()).sin_cos();
                Pose { shift: [amount * cos, amount * sin], ..Pose::UPRIGHT }.apply(image)
            }
            Rotate => {
                let side = if stream.below(2) == 0 { 1.0 } else { -1.0 };
                Pose { angle: side * amount.to_radians(), ..Pose::UPRIGHT }.apply(image)
            }
            Scale => Pose { scale: [amount, amount], ..Pose::UPRIGHT }.apply(image),
            Blur => distort::blur(image, amount),
            Noise => distort::noise(image, amount, stream),
            Contrast => distort::contrast(image, amount),
            Erase => {
                let size = amount as usize;
                let corner = [(); 2].map(|()| stream.below(SIDE - size + 1));
                let mut changed = *image;
                distort::erase(&mut changed, corner, [size, size], stream.unit());
                changed
            }
            Outline => distort::outline(image, amount),
        };
        changed.map(|value| value.clamp(0.0, 1.0))
    }

    /// The first `count` of `samples` with this amount: each image draws from a stream of its own.
    ///
    /// # Errors
    /// [`Blame::Parameter`](crate::error::Blame::Parameter) for an amount that means nothing, such as a NaN.
    pub fn batch(self, samples: &Samples, count: usize, amount: f32) -> crate::Result<Images<'static>> {
        let images: Vec<Pixels> = (0..count.min(samples.len()))
            .into_par_iter()
            .filter_map(|index| {
                let image = samples.image_bytes(index)?.map(unit_from_byte);
                Some(self.apply(&image, amount, &mut Stream::new(SEED, index as u64)))
            })
            .collect();
        Images::from_rows(images)
    }
}

/// The accuracy of every model under every corruption.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Robustness {
    /// How many test images were corrupted.
    pub images: usize,
    /// The models' accuracy on these images as they are.
    pub clean: BTreeMap<String, f64>,
    /// In the order of [`ALL`], weakest first.
    pub rows: Vec<CorruptionRow>,
}

/// One corruption at one strength.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CorruptionRow {
    /// Which.
    pub corruption: Corruption,
    /// 1 to 3.
    pub strength: usize,
    /// The amount, such as `2 pixels`.
    pub amount: String,
    /// By role.
    pub accuracy: BTreeMap<String, f64>,
}

impl Robustness {
    /// Measures every model: `classify` says which share of images a role gets right, in the samples' order.
    ///
    /// # Errors
    /// Those of `classify`.
    pub fn measure(
        samples: &Samples,
        roles: &[String],
        mut classify: impl FnMut(&str, &Images<'_>) -> crate::Result<f64>,
    ) -> crate::Result<Self> {
        let images = IMAGES.min(samples.len());
        let mut each = |images: &Images<'_>| -> crate::Result<BTreeMap<String, f64>> {
            roles.iter().map(|role| Ok((role.clone(), classify(role, images)?))).collect()
        };
        let clean = each(&samples.batch(0, images))?;
        let mut rows = Vec::new();
        for corruption in ALL {
            let (amounts, unit) = corruption.strengths();
            for (strength, amount) in (1..).zip(amounts) {
                let accuracy = each(&corruption.batch(samples, images, amount)?)?;
                rows.push(CorruptionRow { corruption, strength, amount: format!("{amount} {unit}"), accuracy });
            }
        }
        Ok(Self { images, clean, rows })
    }

    /// The mean accuracy of a role over all rows; `None` for one that was not measured.
    pub fn mean(&self, role: &str) -> Option<f64> {
        let values: Option<Vec<f64>> = self.rows.iter().map(|row| row.accuracy.get(role).copied()).collect();
        values.filter(|values| !values.is_empty()).map(|values| values.iter().sum::<f64>() / values.len() as f64)
    }

    /// The table as Markdown.
    pub fn table(&self) -> String {
        let roles: Vec<&str> = self.clean.keys().map(String::as_str).collect();
        let line =
            |first: &str, second: &str, cells: &[String]| format!("| {first} | {second} | {} |\n", cells.join(" | "));
        let of = |accuracy: &BTreeMap<String, f64>| -> Vec<String> {
            roles
                .iter()
                .map(|role| accuracy.get(*role).map_or_else(|| "–".to_owned(), |value| format!("{value:.3}")))
                .collect()
        };
        let mut table = line("corruption", "amount", &roles.iter().map(|role| (*role).to_owned()).collect::<Vec<_>>());
        table += &line("---", "---", &roles.iter().map(|_| "---:".to_owned()).collect::<Vec<_>>());
        table += &line("none", "", &of(&self.clean));
        for row in &self.rows {
            table += &line(row.corruption.name(), &row.amount, &of(&row.accuracy));
        }
        let means = roles.iter().map(|role| (role.to_string(), self.mean(role).unwrap_or_default())).collect();
        table + &line("mean of the 24", "", &of(&means))
    }
}
