//! k nearest neighbours: what a neighbour is and how neighbours vote.
//!
//! Two searches share this: [`exact`] compares raw pixels and is the reference; [`index`] compares learned codes and is
//! what the page loads. Both order neighbours by distance, then by lower index.

use crate::error::Result;
use crate::labels::{CLASSES, Label};
use crate::probabilities::Probabilities;

mod bytes;
pub mod codec;
pub mod exact;
pub mod features;
pub mod index;
pub mod int8_dense;
mod search;
pub mod thumbnails;

/// A reference that is near a query.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbour {
    /// Its position among the stored references.
    pub index: usize,
    /// Its class.
    pub label: Label,
    /// Euclidean distance to the query, in the units of the search which found it.
    pub distance: f32,
}

/// The share of neighbours in each class. [`Probabilities::best`] is the majority; of equally many votes the lowest label
/// wins, as in scikit-learn's `KNeighborsClassifier` with uniform weights.
///
/// # Errors
/// [`Blame::Parameter`](crate::error::Blame::Parameter) when there are no neighbours.
///
/// ```
/// use vitrine::Label;
/// use vitrine::knn::{Neighbour, vote};
/// let near = |index, label| Ok::<_, vitrine::Error>(Neighbour { index, label: Label::new(label)?, distance: 1.0 });
/// assert_eq!(vote(&[near(0, 7)?, near(1, 4)?])?.best().number(), 4);
/// assert!(vote(&[]).is_err());
/// # Ok::<(), vitrine::Error>(())
/// ```
pub fn vote(neighbours: &[Neighbour]) -> Result<Probabilities> {
    let mut votes = [0; CLASSES];
    for neighbour in neighbours {
        votes[neighbour.label.index()] += 1;
    }
    Probabilities::from_votes(&votes)
}

/// The `k` smallest of a stream of squared distances, kept in order of (distance, index).
///
/// Indices must be offered in ascending order, which is what makes ties go to the lower one.
#[derive(Debug, Clone)]
struct Nearest {
    k: usize,
    found: Vec<(u32, usize)>,
}

impl Nearest {
    fn new(k: usize) -> Self {
        Self { k, found: Vec::with_capacity(k.saturating_add(1).min(1024)) }
    }

    /// A squared distance must be below this to be kept.
    fn bound(&self) -> u32 {
        if self.found.len() < self.k { u32::MAX } else { self.found.last().map_or(0, |worst| worst.0) }
    }

    fn offer(&mut self, squared: u32, index: usize) {
        if squared < self.bound() {
            let place = self.found.partition_point(|kept| kept.0 <= squared);
            self.found.insert(place, (squared, index));
            self.found.truncate(self.k);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Nearest;

    #[test]
    fn ties_keep_the_lower_index_and_order() {
        let mut nearest = Nearest::new(3);
        for (index, squared) in [5, 2, 5, 2, 9, 2, 1].into_iter().enumerate() {
            nearest.offer(squared, index);
        }
        assert_eq!(nearest.found, [(1, 6), (2, 1), (2, 3)]);
    }

    #[test]
    fn keeps_nothing_when_nothing_is_asked_for() {
        let mut nearest = Nearest::new(0);
        nearest.offer(1, 0);
        assert!(nearest.found.is_empty());
    }
}
