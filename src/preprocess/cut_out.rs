//! A garment cut out of its ground: the ground becomes white, or black where the garment is lighter, and the garment keeps its
//! own shades.

use super::ground::Found;
use super::picture::Colour;
use super::raster::Raster;

/// Ground that is darker than this tells nothing of the light.
const LIT: f64 = 0.5;

/// The ink that a garment is to have on the average; with less, its own shades count as they are.
const LEAST_INK: f32 = 0.25;

/// How a garment is cut out.
pub(super) struct CutOut {
    /// Whether the garment is lighter than its ground.
    is_light: bool,
    /// The ground's shade for every pixel, where the garment's are measured by it.
    ground: Option<Raster>,
}

impl CutOut {
    /// `tones`: the picture, `mask`: what stands out of it, `tone`: how colours became tones.
    pub(super) fn new(
        tones: &Raster,
        mask: &Raster,
        found: &Found,
        is_light: bool,
        tone: impl Fn(Colour) -> f32,
    ) -> Self {
        let size = (tones.width(), tones.height());
        let shade = |at: usize| {
            let [red, green, blue] =
                found.colour((at % size.0, at / size.0), size).map(|value| value.clamp(0.0, 1.0) as f32);
            tone([red, green, blue, 1.0])
        };
        let measured = Self { is_light, ground: Some(Raster::new(size.0, (0..size.0 * size.1).map(shade).collect())) };
        let is_lit = if is_light { found.luma < LIT } else { found.luma >= LIT };
        let own = Self { is_light, ground: None };
        if is_lit && measured.ink(tones, mask) >= LEAST_INK { measured } else { own }
    }

    /// The picture with its ground taken away.
    pub(super) fn of(&self, tones: &Raster, mask: &Raster) -> Raster {
        let empty = if self.is_light { 0.0 } else { 1.0 };
        let values = (0..tones.values().len()).map(|at| empty + (self.shade(tones, at) - empty) * mask.values()[at]);
        Raster::new(tones.width(), values.collect())
    }

    fn shade(&self, tones: &Raster, at: usize) -> f32 {
        let value = tones.values()[at];
        match &self.ground {
            None => value,
            Some(ground) if self.is_light => {
                ((value - ground.values()[at]) / (1.0 - ground.values()[at]).max(0.05)).max(0.0)
            }
            Some(ground) => (value / ground.values()[at].max(LIT as f32)).min(1.0),
        }
    }

    /// The mean ink of what stands out.
    fn ink(&self, tones: &Raster, mask: &Raster) -> f32 {
        let (mut sum, mut count) = (0.0_f64, 0_usize);
        for at in (0..tones.values().len()).filter(|at| mask.values()[*at] > 0.5) {
            let shade = f64::from(self.shade(tones, at));
            sum += if self.is_light { shade } else { 1.0 - shade };
            count += 1;
        }
        (sum / count.max(1) as f64) as f32
    }
}
