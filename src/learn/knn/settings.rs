//! How an index's code is learned, as data.

use crate::error::{Blame, Error, Result};
use crate::knn::codec::{MAX_DIMS, MAX_HIDDEN};
use crate::training::augment::Augment;

/// More passes over the images than anyone waits for.
const MAX_EPOCHS: usize = 10_000;

/// What is learned and how; [`Settings::default`] is what `models/knn.index` is made with.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Seed of the initial weights, the order of images, rounding noise and dropout.
    pub seed: u64,
    /// Passes over the images.
    pub epochs: usize,
    /// Images a step: each is a query among the others.
    pub batch: usize,
    /// Largest learning rate; it falls to 0 along half a cosine.
    pub learning_rate: f64,
    /// Numbers in a code.
    pub dims: usize,
    /// Hidden units of the encoder.
    pub encoder_hidden: usize,
    /// Hidden units of the decoder.
    pub decoder_hidden: usize,
    /// Share of the encoder's hidden units that a step leaves out.
    pub dropout: f32,
    /// How many drawings of the project's own are queries beside the images ([`Set::Training`](crate::drawings::Set)).
    pub drawings: usize,
    /// The share of the images that are queries once more, changed as [`Settings::CHANGES`] says.
    pub changed: f32,
    /// Loss for a nat of not knowing who is a stranger ([`Other`](crate::drawings::Other), drawn by the project) and who is not.
    pub novelty: f32,
    /// Loss for a bit of code.
    pub rate: f32,
    /// Loss for a squared error of 1 in every pixel of a thumbnail.
    pub fidelity: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 1,
            epochs: 40,
            batch: 1000,
            learning_rate: 3e-3,
            dims: 16,
            encoder_hidden: 80,
            decoder_hidden: 128,
            dropout: 0.2,
            drawings: 5000,
            changed: 0.4,
            novelty: 0.3,
            rate: 0.03,
            fidelity: 100.0,
        }
    }
}

impl Settings {
    /// What changed queries are learned from: what the data set's own images bring, and mostly what drawings do.
    pub const CHANGES: Augment = Augment { flip: true, shift: 1, erase: 0.3, sketch: 0.7 };

    /// Whether they mean something for so many images.
    ///
    /// # Errors
    /// [`Blame::Parameter`], naming the first value that means nothing.
    pub fn check(&self, images: usize) -> Result<()> {
        let wrong = |what: &str, expected: String, got: String| {
            Err(Error::new(Blame::Parameter, what)
                .expected(expected)
                .got(got)
                .remedy("leave the option out for the value that models/knn.index was made with"))
        };
        if !(2..=images).contains(&self.batch) {
            return wrong("batch", format!("2 to {images} images"), self.batch.to_string());
        }
        let counts = [
            ("epochs", self.epochs, MAX_EPOCHS),
            ("dims", self.dims, MAX_DIMS),
            ("hidden units of the encoder", self.encoder_hidden, MAX_HIDDEN),
            ("hidden units of the decoder", self.decoder_hidden, MAX_HIDDEN),
        ];
        if let Some((what, count, most)) = counts.iter().find(|(_, count, most)| !(1..=*most).contains(count)) {
            return wrong(what, format!("1 to {most}"), count.to_string());
        }
        if !(0.0..1.0).contains(&self.dropout) {
            return wrong("dropout", "0 to below 1".into(), self.dropout.to_string());
        }
        if !(0.0..=1.0).contains(&self.changed) {
            return wrong("share of changed images", "0 to 1".into(), self.changed.to_string());
        }
        if !(self.learning_rate.is_finite() && self.learning_rate > 0.0) {
            return wrong("learning rate", "above 0".into(), self.learning_rate.to_string());
        }
        let losses = [("novelty", self.novelty), ("rate", self.rate), ("fidelity", self.fidelity)];
        match losses.iter().find(|(_, loss)| !(loss.is_finite() && *loss >= 0.0)) {
            Some((what, loss)) => wrong(what, "0 or more".into(), loss.to_string()),
            None => Ok(()),
        }
    }
}
