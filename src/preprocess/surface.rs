//! The ground of a photograph as a surface of colours: light falls off across a wall, so each channel is a polynomial of second
//! degree in the place, fitted to what most of some samples agree on.

use super::picture::Rgb;

/// Coefficients of 1, x, y, x², xy, y².
const TERMS: usize = 6;

/// Rounds of fitting: how many terms each has.
const ROUNDS: [usize; 7] = [1, 3, 3, 3, TERMS, TERMS, TERMS];

/// Samples within this many robust deviations agree. Few sound ones are left out.
pub(super) const DEVIATIONS: f64 = 3.5;

/// Bounds of what agrees, in shades: noise is never finer, and what is coarser is no ground.
const AGREES: (f64, f64) = (0.04, 0.3);

/// How finely medians are told.
const SHADES: usize = 4096;

/// The median of a normal distribution's distances, as a share of its deviation, is the inverse of this.
const DEVIATION_OF_MEDIAN: f64 = 1.4826;

/// A colour at a place from -1 to 1 each way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sample {
    pub(super) at: [f64; 2],
    pub(super) colour: Rgb,
}

/// The colours of a ground, place by place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Surface {
    /// For each channel.
    coefficients: [[f64; TERMS]; 3],
    /// How far samples that agree lie from it: a robust deviation.
    pub(super) spread: f64,
}

impl Surface {
    /// What most of `samples` agree on.
    pub(super) fn of(samples: &[Sample]) -> Self {
        let mut surface = Self::constant(samples);
        for terms in ROUNDS {
            surface.fit(samples, terms);
        }
        surface
    }

    /// One colour everywhere: the middle of the samples'.
    pub(super) fn constant(samples: &[Sample]) -> Self {
        let mut surface = Self { coefficients: [[0.0; TERMS]; 3], spread: 0.0 };
        for (channel, coefficients) in surface.coefficients.iter_mut().enumerate() {
            coefficients[0] = median(&mut samples.iter().map(|sample| sample.colour[channel]));
        }
        surface.spread = surface.deviation(samples, f64::INFINITY);
        surface
    }

    /// One round: fits it to those samples that agree with it as it is.
    pub(super) fn refit(&mut self, samples: &[Sample]) {
        self.fit(samples, TERMS);
    }

    /// The colour at a place.
    pub(super) fn at(&self, place: [f64; 2]) -> Rgb {
        let terms = terms_at(place);
        self.coefficients.map(|own| own.iter().zip(terms).map(|(factor, term)| factor * term).sum())
    }

    /// How far a sample lies from it, in the channel that differs most.
    pub(super) fn distance(&self, sample: &Sample) -> f64 {
        let colour = self.at(sample.at);
        colour.iter().zip(sample.colour).fold(0.0, |most, (own, other)| f64::max(most, (own - other).abs()))
    }

    /// Within which samples agree with it.
    pub(super) fn bound(&self) -> f64 {
        (DEVIATIONS * self.spread).clamp(AGREES.0, AGREES.1)
    }

    /// How far samples within `bound` lie from it.
    fn deviation(&self, samples: &[Sample], bound: f64) -> f64 {
        let mut distances = samples.iter().map(|sample| self.distance(sample)).filter(|distance| *distance <= bound);
        DEVIATION_OF_MEDIAN * median(&mut distances)
    }

    fn fit(&mut self, samples: &[Sample], terms: usize) {
        self.spread = self.deviation(samples, f64::INFINITY);
        let bound = self.bound();
        let mut moments = [[0.0; TERMS]; TERMS];
        let mut sums = [[0.0; TERMS]; 3];
        let mut count = 0_usize;
        for sample in samples.iter().filter(|sample| self.distance(sample) <= bound) {
            let at = terms_at(sample.at);
            for (row, factor) in moments.iter_mut().zip(at) {
                row.iter_mut().zip(at).for_each(|(sum, term)| *sum += factor * term);
            }
            for (sums, value) in sums.iter_mut().zip(sample.colour) {
                sums.iter_mut().zip(at).for_each(|(sum, term)| *sum += value * term);
            }
            count += 1;
        }
        // What the samples do not settle stays small.
        for (at, row) in moments.iter_mut().enumerate().skip(1) {
            row[at] += 1e-3 * count as f64;
        }
        if count >= 4 * terms {
            self.coefficients = sums.map(|sums| solved(moments, sums, terms));
        }
        self.spread = self.deviation(samples, bound);
    }
}

fn terms_at([x, y]: [f64; 2]) -> [f64; TERMS] {
    [1.0, x, y, x * x, x * y, y * y]
}

/// Solves the first `terms` of symmetric positive definite equations by elimination; the other unknowns are 0.
fn solved(mut rows: [[f64; TERMS]; TERMS], mut right: [f64; TERMS], terms: usize) -> [f64; TERMS] {
    for pivot in 0..terms {
        let own = rows[pivot];
        for lower in pivot + 1..terms {
            let factor = rows[lower][pivot] / own[pivot];
            rows[lower].iter_mut().zip(own).for_each(|(value, above)| *value -= factor * above);
            right[lower] -= factor * right[pivot];
        }
    }
    let mut solution = [0.0; TERMS];
    for at in (0..terms).rev() {
        let known: f64 = (at + 1..terms).map(|other| rows[at][other] * solution[other]).sum();
        solution[at] = (right[at] - known) / rows[at][at];
    }
    solution
}

/// The middle of these values from 0 to 1, to the nearest of [`SHADES`]; 0 of none.
fn median(values: &mut dyn Iterator<Item = f64>) -> f64 {
    let mut counts = vec![0_usize; SHADES + 1];
    values.for_each(|value| counts[(value.clamp(0.0, 1.0) * SHADES as f64) as usize] += 1);
    let middle = counts.iter().sum::<usize>() / 2;
    let mut below = 0;
    let found = counts.iter().position(|count| {
        below += count;
        below > middle
    });
    found.unwrap_or(0) as f64 / SHADES as f64
}
