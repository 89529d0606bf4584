//! Everything that a visitor does to one image, at once.

use super::{Pixels, Pose, blur, contrast, erase, noise, outline};
use crate::error::{Blame, Error, Result};
use crate::image::{Image, PIXELS, SIDE};
use crate::random::Stream;

/// Amounts of each distortion; [`Distortion::NONE`] leaves an image as it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distortion {
    /// Pixels, to the right and down; at most 28 either way.
    pub shift: [f32; 2],
    /// Clockwise as seen; at most ten turns either way.
    pub degrees: f32,
    /// 1 keeps the size; 0.1 to 10.
    pub scale: f32,
    /// Pixels of standard deviation, 0 to 10.
    pub blur: f32,
    /// The share of the inside that is removed, 0 to 1.
    pub outline: f32,
    /// 1 keeps the contrast; 0 to 10.
    pub contrast: f32,
    /// The side of a square of a random grey somewhere, 0 to 28 pixels.
    pub erase: usize,
    /// Standard deviation as a share of white, 0 to 10.
    pub noise: f32,
    /// Names the random numbers: where the square lies, which noise it is.
    pub seed: u64,
}

impl Distortion {
    /// No change.
    pub const NONE: Self = Self {
        shift: [0.0, 0.0],
        degrees: 0.0,
        scale: 1.0,
        blur: 0.0,
        outline: 0.0,
        contrast: 1.0,
        erase: 0,
        noise: 0.0,
        seed: 0,
    };

    /// The image in its pose, then blurred, outlined, changed in contrast, erased and noisy; clamped to [0, 1].
    ///
    /// # Errors
    /// [`Blame::Parameter`] for an amount outside its range.
    ///
    /// ```
    /// use vitrine::Image;
    /// use vitrine::distort::Distortion;
    /// let image = Image::new(&[0.5; 784])?;
    /// assert_eq!(Distortion::NONE.apply(&image)?, image);
    /// assert!(Distortion { scale: 0.0, ..Distortion::NONE }.apply(&image).is_err());
    /// # Ok::<(), vitrine::Error>(())
    /// ```
    pub fn apply(&self, image: &Image) -> Result<Image> {
        self.check()?;
        let mut pixels = *image.pixels();
        // Steps that change nothing are skipped: a blur of 0 would divide by it, a pose would cost 784 samples.
        let mut step = |wanted: bool, change: &mut dyn FnMut(&Pixels) -> Pixels| {
            if wanted {
                pixels = change(&pixels);
            }
        };
        let pose = Pose { angle: self.degrees.to_radians(), scale: [self.scale; 2], shift: self.shift };
        step(pose != Pose::UPRIGHT, &mut |image| pose.apply(image));
        step(self.blur > 0.0, &mut |image| blur(image, self.blur));
        step(self.outline > 0.0, &mut |image| outline(image, self.outline));
        step(self.contrast != 1.0, &mut |image| contrast(image, self.contrast));
        step(self.erase > 0, &mut |image| self.with_square(image));
        step(self.noise > 0.0, &mut |image| noise(image, self.noise, &mut self.stream(1)));
        Image::new(&pixels.map(|value| value.clamp(0.0, 1.0)))
    }

    fn with_square(&self, image: &[f32; PIXELS]) -> Pixels {
        let mut stream = self.stream(0);
        let corner = [(); 2].map(|()| stream.below(SIDE - self.erase + 1));
        let mut changed = *image;
        erase(&mut changed, corner, [self.erase; 2], stream.unit());
        changed
    }

    /// A stream for each use: moving one slider leaves the other's random numbers alone.
    fn stream(&self, number: u64) -> Stream {
        Stream::new(self.seed, number)
    }

    fn check(&self) -> Result<()> {
        let side = SIDE as f32;
        let ranges = [
            ("shift to the right", self.shift[0], -side, side),
            ("shift down", self.shift[1], -side, side),
            ("rotation", self.degrees, -3600.0, 3600.0),
            ("scale", self.scale, 0.1, 10.0),
            ("blur", self.blur, 0.0, 10.0),
            ("outline", self.outline, 0.0, 1.0),
            ("contrast", self.contrast, 0.0, 10.0),
            ("erased square", self.erase as f32, 0.0, side),
            ("noise", self.noise, 0.0, 10.0),
        ];
        match ranges.iter().find(|(_, amount, least, most)| !(least..=most).contains(&amount)) {
            Some((name, amount, least, most)) => {
                Err(Error::new(Blame::Parameter, name).expected(format!("{least} to {most}")).got(amount))
            }
            None => Ok(()),
        }
    }
}
