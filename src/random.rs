//! Seeded random streams: the same numbers in every version of this crate and, but for normal ones, on every machine.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A stream of random numbers, named by a seed and a number: two names never share a stream.
#[derive(Debug, Clone)]
pub struct Stream(ChaCha8Rng);

impl Stream {
    /// Stream `number` of `seed`.
    pub fn new(seed: u64, number: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(number);
        Self(rng)
    }

    /// Uniform over `0..bound`; 0 when `bound` is 0. The bias is below `bound / 2^32`.
    pub fn below(&mut self, bound: usize) -> usize {
        ((u64::from(self.0.next_u32()) * bound as u64) >> 32) as usize
    }

    /// Uniform over [0, 1), with 24 bits.
    pub fn unit(&mut self) -> f32 {
        (self.0.next_u32() >> 8) as f32 / (1 << 24) as f32
    }

    /// Standard normal; see [`Self::normal_of`].
    pub fn normal(&mut self) -> f32 {
        self.normal_of(1.0)
    }

    /// Normal with mean 0 and this standard deviation (Box and Muller 1958); two numbers of the stream each. Its logarithm and
    /// cosine are the platform's: the last bit may differ from one machine to another.
    pub fn normal_of(&mut self, deviation: f32) -> f32 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        deviation * radius * (std::f32::consts::TAU * self.unit()).cos()
    }

    /// A random order of `0..count` (Fisher and Yates; Durstenfeld 1964).
    pub fn order(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for last in (1..count).rev() {
            order.swap(last, self.below(last + 1));
        }
        order
    }
}
