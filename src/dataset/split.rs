//! The project's one division of the 60,000 training images into training and validation.

use crate::labels::{CLASSES, Label};
use crate::random::Stream;

/// Validation images of each class in [`Split::standard`].
const STANDARD_PER_CLASS: usize = 1000;

/// The seed of [`Split::standard`]. Another one would make every published validation figure incomparable.
const STANDARD_SEED: u64 = 20_170_828;

/// Indices into the training set, ascending and disjoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// What a model learns from.
    pub train: Vec<usize>,
    /// What every choice is made on.
    pub validation: Vec<usize>,
}

impl Split {
    /// The split that every model uses: 1,000 validation images per class.
    pub fn standard(labels: &[Label]) -> Self {
        stratified(labels, STANDARD_PER_CLASS, STANDARD_SEED)
    }
}

/// A seeded split with `validation_per_class` images of each class for validation, or all of a class that has fewer.
pub fn stratified(labels: &[Label], validation_per_class: usize, seed: u64) -> Split {
    let mut held_out = vec![false; labels.len()];
    for class in 0..CLASSES {
        let members: Vec<usize> = (0..labels.len()).filter(|&index| labels[index].index() == class).collect();
        let order = Stream::new(seed, class as u64).order(members.len());
        for position in order.into_iter().take(validation_per_class) {
            held_out[members[position]] = true;
        }
    }
    let (validation, train) = (0..labels.len()).partition(|&index| held_out[index]);
    Split { train, validation }
}
