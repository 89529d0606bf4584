//! What a step learns from: images as they are changed, what they should be answered with, and their random numbers.

use crate::idx::Samples;
use crate::image::PIXELS;
use crate::labels::{CLASSES, Label};
use crate::probabilities::Probabilities;
use crate::random::Stream;
use crate::training::hyperparameters::Hyperparameters;

/// Numbers of the random streams of one seed: weights take those from 0, epochs those from here.
const EPOCH_STREAMS: u64 = 1 << 32;

/// Images take those from here, [`EPOCH_STREAMS`] an epoch.
const IMAGE_STREAMS: u64 = 1 << 48;

/// The images of a batch. Whoever asks for one gets the same, whenever and in whichever order: shares of a batch make
/// theirs side by side.
pub trait Lessons: Sync {
    /// How many there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Writes the pixels in [0, 1] of the image at this position, and the probabilities that it should be answered with.
    /// Returns its label, and the stream that dropout draws from.
    fn give(&self, position: usize, pixels: &mut [f32; PIXELS], target: &mut [f32; CLASSES]) -> (Label, Stream);
}

/// Augmented training images.
pub struct Augmented<'a> {
    /// The training images.
    pub samples: &'a Samples,
    /// Which of them, in order.
    pub indices: &'a [usize],
    /// The epoch, from 0, and the place of the first of them in it.
    pub place: (usize, usize),
    /// How they are changed, and how sure of them one should be.
    pub hyperparameters: &'a Hyperparameters,
    /// What teachers say of each of the training images; empty without teachers.
    pub answers: &'a [Probabilities],
}

impl Lessons for Augmented<'_> {
    fn len(&self) -> usize {
        self.indices.len()
    }

    fn give(&self, position: usize, pixels: &mut [f32; PIXELS], target: &mut [f32; CLASSES]) -> (Label, Stream) {
        let index = self.indices[position];
        let (epoch, first) = self.place;
        // Streams by place, so that a resumed run meets the same numbers, and each thread its own.
        let number = IMAGE_STREAMS + epoch as u64 * EPOCH_STREAMS + (first + position) as u64;
        let mut stream = Stream::new(self.hyperparameters.seed, number);
        if let Some(image) = self.samples.image_bytes(index) {
            *pixels = self.hyperparameters.augment.apply(image, &mut stream);
        }
        let label = self.samples.labels()[index];
        *target = self.hyperparameters.target(label, self.answers.get(index));
        (label, stream)
    }
}

/// The stream of an epoch, from 0: the order of its images, and the seed of what else is drawn in it.
pub fn epoch_stream(seed: u64, epoch: usize) -> (Stream, u64) {
    let number = EPOCH_STREAMS + epoch as u64;
    (Stream::new(seed, number), seed.wrapping_add(number))
}
