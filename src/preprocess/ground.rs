//! What is ground on a photograph and what stands out from it: by colour, since a garment may have its ground's grey.

use super::picture::{self, Picture, Rgb};
use super::raster::Raster;
use super::region::Spot;
use super::surface::{Sample, Surface};

/// The ground is looked at in a picture of at most this many pixels a side: what is finer is its grain.
pub(super) const SIDE: usize = 160;

/// Ground that differs by an eighth from the corners' colour is uneven.
const EVEN: f64 = 0.125;

/// The share of an edge that may differ from the corners by more than trimming allows before that would fail.
const SLOPE_SHARE: f64 = 0.02;

/// The share of a ground that may differ by more.
const UNEVEN_SHARE: f64 = 0.1;

/// The edge of a picture is this share of its shorter side wide.
const EDGE: usize = 16;

/// Half the side of the square that is looked at around a place, as a share of the longer side.
const AROUND: usize = 32;

/// What covers less of the picture than this is no garment; what covers more leaves no ground.
const GARMENT: std::ops::RangeInclusive<f64> = 0.002..=0.9;

/// Pieces smaller than this share of the largest are grain.
const LEAST_PIECE: usize = 12;

/// More pieces than this are a pattern.
const MOST_PIECES: usize = 3;

/// The share of the edge that has to be ground.
const EDGE_SHARE: f64 = 0.75;

/// How far what is thinner than three pixels may reach from what is not: straps do, joints between boards reach further.
const STRAP: usize = 4;

/// What ground a picture was found to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// One colour, or nearly.
    Plain,
    /// Light falls off, it has a pattern or a grain.
    Uneven,
    /// The visitor said where it is.
    Tapped,
}

impl Ground {
    /// The stable name: `plain`, `uneven` or `tapped`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Uneven => "uneven",
            Self::Tapped => "tapped",
        }
    }
}

/// A picture's ground, and what stands out.
pub(super) struct Found {
    pub(super) kind: Ground,
    surface: Surface,
    /// Whether it varies by more than trimming allows.
    pub(super) is_sloping: bool,
    /// 1 where something stands out, 0 on the ground, at a size of at most [`SIDE`].
    mask: Raster,
    /// The share of the picture that stands out.
    share: f64,
    /// Whether it is a pattern all over the picture, or reaches round it: neither is a garment.
    is_pattern: bool,
    /// Of what stands out, the shares that are darker and lighter than the ground by more than the tolerance.
    darker: f64,
    lighter: f64,
    /// The mean luma of the ground where something stands out.
    pub(super) luma: f64,
}

impl Found {
    /// `small`: the picture at a size of at most [`SIDE`]; `tapped`: where the visitor says that the ground is.
    pub(super) fn on(small: &Picture, tapped: Option<Spot>) -> Self {
        let samples = samples(small);
        let (width, height) = small.size();
        let of_ground = match tapped {
            Some(place) => around(&samples, width, height, place),
            None => edge(&samples, width, height),
        };
        let mut surface = Surface::of(&of_ground);
        let far = |most| share_beyond(most, &surface, &of_ground, small.corner());
        let is_sloping = far(f64::from(picture::TOLERANCE)) > SLOPE_SHARE;
        let kind = match tapped {
            Some(_) => Ground::Tapped,
            None if far(EVEN) > UNEVEN_SHARE => Ground::Uneven,
            None => Ground::Plain,
        };
        // What lies inside and agrees settles how the light falls there.
        for _ in 0..2 {
            let agreeing: Vec<Sample> =
                samples.iter().filter(|sample| surface.distance(sample) <= surface.bound()).copied().collect();
            surface.refit(&agreeing);
        }
        let tolerance = surface.bound().max(f64::from(picture::TOLERANCE));
        let mut mask: Vec<f32> = samples
            .iter()
            .map(|sample| ((surface.distance(sample) / tolerance - 0.75) * 2.0).clamp(0.0, 1.0) as f32)
            .collect();
        drop_lines(&mut mask, width);
        let pieces = drop_grain(&mut mask, width);
        let edge = edge(&samples, width, height);
        let agreeing = edge.iter().filter(|sample| surface.distance(sample) <= tolerance).count();
        let is_pattern =
            pieces > MOST_PIECES || (tapped.is_none() && (agreeing as f64) < EDGE_SHARE * edge.len() as f64);
        let mask = Raster::new(width, mask);
        let mut found =
            Self { kind, surface, is_sloping, mask, share: 0.0, is_pattern, darker: 0.0, lighter: 0.0, luma: 0.0 };
        found.count(&samples);
        found
    }

    /// Whether something can be cut out.
    pub(super) fn is_clear(&self) -> bool {
        GARMENT.contains(&self.share) && !self.is_pattern
    }

    /// Whether all there is is ground.
    pub(super) fn is_bare(&self) -> bool {
        self.share < *GARMENT.start() && self.surface.bound() < EVEN
    }

    /// Whether more of what stands out is lighter than its ground than is darker.
    pub(super) fn is_light(&self) -> bool {
        self.lighter > self.darker
    }

    /// The share of what stands out that is no darker than its ground, or no lighter where `is_light`.
    pub(super) fn unseen(&self, is_light: bool) -> f64 {
        1.0 - if is_light { self.lighter } else { self.darker }
    }

    /// How much each pixel of a picture of this size stands out.
    pub(super) fn mask(&self, width: usize, height: usize) -> Raster {
        self.mask.stretched(width, height)
    }

    /// The colour of the ground at a pixel of a picture of this size.
    pub(super) fn colour(&self, (x, y): (usize, usize), (width, height): (usize, usize)) -> Rgb {
        self.surface.at([place(x, width), place(y, height)])
    }

    fn count(&mut self, samples: &[Sample]) {
        let (mut count, mut darker, mut lighter, mut luma) = (0_usize, 0_usize, 0_usize, 0.0);
        for (sample, _) in samples.iter().zip(self.mask.values()).filter(|(_, mask)| **mask > 0.5) {
            let (own, ground) = (picture::luma_of(sample.colour), picture::luma_of(self.surface.at(sample.at)));
            darker += usize::from(own < ground - f64::from(picture::TOLERANCE));
            lighter += usize::from(own > ground + f64::from(picture::TOLERANCE));
            luma += ground;
            count += 1;
        }
        let of = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        self.share = of(count, samples.len());
        (self.darker, self.lighter) = (of(darker, count), of(lighter, count));
        self.luma = luma / count.max(1) as f64;
    }
}

/// From -1 to 1 across a side.
fn place(at: usize, length: usize) -> f64 {
    (2 * at + 1) as f64 / length as f64 - 1.0
}

fn samples(small: &Picture) -> Vec<Sample> {
    let (width, height) = small.size();
    let at = |index: usize| [place(index % width, width), place(index / width, height)];
    small.colours().enumerate().map(|(index, colour)| Sample { at: at(index), colour }).collect()
}

/// Those along the four sides.
fn edge(samples: &[Sample], width: usize, height: usize) -> Vec<Sample> {
    let wide = (width.min(height) / EDGE).max(1);
    let is_inside = |at: usize, length: usize| at >= wide && at + wide < length;
    let on_edge = |index: usize| !(is_inside(index % width, width) && is_inside(index / width, height));
    samples.iter().enumerate().filter(|(index, _)| on_edge(*index)).map(|(_, sample)| *sample).collect()
}

/// Those around a place, and those of the edge that are like them.
fn around(samples: &[Sample], width: usize, height: usize, tapped: Spot) -> Vec<Sample> {
    let (x, y) = tapped.on(width, height);
    let reach = (width.max(height) / AROUND).max(1);
    let is_near = |index: usize| (index % width).abs_diff(x) <= reach && (index / width).abs_diff(y) <= reach;
    let mut own: Vec<Sample> =
        samples.iter().enumerate().filter(|(index, _)| is_near(*index)).map(|(_, sample)| *sample).collect();
    // One colour: so small a part says nothing of how light falls off.
    let surface = Surface::constant(&own);
    own.extend(
        edge(samples, width, height).iter().filter(|sample| surface.distance(sample) <= surface.bound().max(EVEN)),
    );
    own
}

/// Of what agrees with a surface, the share that differs from the corners' colour by more than `most`.
fn share_beyond(most: f64, surface: &Surface, edge: &[Sample], corner: Rgb) -> f64 {
    let (mut count, mut far) = (0_usize, 0_usize);
    for sample in edge.iter().filter(|sample| surface.distance(sample) <= surface.bound()) {
        count += 1;
        far += usize::from(sample.colour.iter().zip(corner).any(|(own, other)| (own - other).abs() > most));
    }
    far as f64 / count.max(1) as f64
}

/// Empties what is thin and reaches far from what is not; where everything is thin, all stays.
fn drop_lines(mask: &mut [f32], width: usize) {
    let is_in = |at: usize| mask.get(at).is_some_and(|value| *value > 0.0);
    let is_row = |at: usize| is_in(at - 1) && is_in(at) && is_in(at + 1);
    let is_core = |at: &usize| {
        let x = at % width;
        x > 0 && x + 1 < width && *at > width && is_row(at - width) && is_row(*at) && is_row(at + width)
    };
    let core: Vec<usize> = (0..mask.len()).filter(is_core).collect();
    if core.is_empty() {
        return;
    }
    let mut reached = vec![false; mask.len()];
    core.iter().for_each(|at| reached[*at] = true);
    spread(mask, width, core, &mut reached, STRAP);
    mask.iter_mut().zip(reached).filter(|(_, is_reached)| !is_reached).for_each(|(value, _)| *value = 0.0);
}

/// Empties those connected pieces of a mask that are far smaller than the largest; how many are left.
fn drop_grain(mask: &mut [f32], width: usize) -> usize {
    let mut reached = vec![false; mask.len()];
    let mut pieces: Vec<Vec<usize>> = Vec::new();
    for start in 0..mask.len() {
        if mask[start] > 0.0 && !reached[start] {
            reached[start] = true;
            pieces.push(spread(mask, width, vec![start], &mut reached, usize::MAX));
        }
    }
    let largest = pieces.iter().map(Vec::len).max().unwrap_or(0);
    let mut left = 0;
    for piece in pieces {
        if piece.len() * LEAST_PIECE >= largest {
            left += 1;
        } else {
            piece.into_iter().for_each(|at| mask[at] = 0.0);
        }
    }
    left
}

/// What of a mask can be reached from `front` in so many steps and was not `reached` before, with `front` itself.
fn spread(mask: &[f32], width: usize, front: Vec<usize>, reached: &mut [bool], steps: usize) -> Vec<usize> {
    let mut found = front;
    let (mut from, mut step) = (0, 0);
    while from < found.len() && step < steps {
        let until = found.len();
        for next in from..until {
            let (at, x) = (found[next], found[next] % width);
            let beside = [
                (x > 0, at.wrapping_sub(1)),
                (x + 1 < width, at + 1),
                (at >= width, at.wrapping_sub(width)),
                (true, at + width),
            ];
            for (is_there, other) in beside {
                if is_there && other < mask.len() && mask[other] > 0.0 && !reached[other] {
                    reached[other] = true;
                    found.push(other);
                }
            }
        }
        (from, step) = (until, step + 1);
    }
    found
}
