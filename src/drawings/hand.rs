//! Whose hand draws: every random choice of a drawing, from the strata of its set.

use super::Set;
use crate::random::Stream;

/// Into how many parts a range is cut for each set.
const STRATA: f32 = 4.0;

/// The random choices of one drawing.
pub(super) struct Hand {
    stream: Stream,
    set: Set,
}

impl Hand {
    /// The hand of drawing `number` of a kind.
    pub(super) fn new(set: Set, kind: u64, number: usize) -> Self {
        Self { stream: Stream::new(set.seed(), kind << 32 | number as u64), set }
    }

    /// A parameter from this set's strata of `low..high`.
    pub(super) fn between(&mut self, low: f32, high: f32) -> f32 {
        let place = self.stream.unit() * STRATA;
        let stratum = place as usize as f32;
        let own = self.set as usize as f32;
        let sets = Set::ALL.len() as f32;
        low + (high - low) * (stratum + (own + place - stratum) / sets) / STRATA
    }

    /// A number from all of [-1, 1), more often near 0: the sum of two uniform ones. Not a parameter of a shape.
    pub(super) fn slip(&mut self) -> f32 {
        self.stream.unit() + self.stream.unit() - 1.0
    }

    /// Anything in [0, 1).
    pub(super) fn unit(&mut self) -> f32 {
        self.stream.unit()
    }

    /// True in this share of cases.
    pub(super) fn chance(&mut self, share: f32) -> bool {
        self.stream.unit() < share
    }

    /// One of them.
    pub(super) fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.stream.below(choices.len())]
    }
}
