//! What the code is learned from: neighbours of the right class, few bits, faithful thumbnails.

use burn::module::{Module, Param};
use burn::prelude::*;
use burn::tensor::activation::{relu, sigmoid, softplus};

use super::principal::directions;
use super::settings::Settings;
use crate::image::PIXELS;
use crate::knn::features::FEATURES;
use crate::labels::CLASSES;
use crate::random::Stream;

/// The decoder's input for one step of the code: with it, the decoder's weights are of the size that its learning rate
/// suits.
pub const CODE_SCALE: f32 = 0.2;

/// The encoder, the decoder, and what only learning needs.
#[derive(Module, Debug)]
pub struct Codec {
    /// Centred features → linear outputs, then hidden units; `(1176, dims + hidden)`.
    pub encoder_wide: Param<Tensor<2>>,
    pub encoder_bias: Param<Tensor<2>>,
    /// `(hidden, dims)`.
    pub encoder_narrow: Param<Tensor<2>>,
    /// Scaled code and one-hot class → hidden units; `(dims + 10, hidden)`.
    pub decoder_narrow: Param<Tensor<2>>,
    pub decoder_narrow_bias: Param<Tensor<2>>,
    /// Hidden units, then the inputs of `decoder_narrow` → pixels; `(hidden + dims + 10, 784)`.
    pub decoder_wide: Param<Tensor<2>>,
    pub decoder_wide_bias: Param<Tensor<2>>,
    /// Logits of the metric's weights, `(1, dims)`.
    pub metric: Param<Tensor<2>>,
    /// Logarithm of the factor from squared distance to logit, `(1, 1)`.
    pub sharpness: Param<Tensor<2>>,
    /// The squared distance, as a logit, at which a query is as likely a stranger as not, `(1, 1)`.
    pub horizon: Param<Tensor<2>>,
    /// Where each class's numbers lie, and the logarithm of how widely; `(10, dims)`.
    pub centres: Param<Tensor<2>>,
    pub spreads: Param<Tensor<2>>,
}

/// One step's images, each of which is a reference and a query, `(batch, …)`, and queries beside them.
pub struct Batch {
    /// Centred features.
    pub features: Tensor<2>,
    /// Pixels in [0, 1].
    pub pixels: Tensor<2>,
    /// One-hot classes.
    pub classes: Tensor<2>,
    /// Rounding errors to expect in references, uniform in ±½.
    pub noise: Tensor<2>,
    /// 0 for a dropped hidden unit, else the factor that makes up for the dropped; of the images and of the other queries.
    pub kept: Tensor<2>,
    /// Centred features of the other queries, `(others, 1176)`, those that no image is like last; `None` when there are none.
    pub others: Option<Tensor<2>>,
    /// How many of them no image is like.
    pub strangers: usize,
    /// Their one-hot classes; strangers have none.
    pub other_classes: Tensor<2>,
    /// 1 where a reference is what a query was made of, `(batch + others, batch)`.
    pub itself: Tensor<2>,
}

/// The loss and its parts, `(1)` each.
pub struct Loss {
    pub total: Tensor<1>,
    pub neighbours: Tensor<1>,
    pub novelty: Tensor<1>,
    pub bits: Tensor<1>,
    pub error: Tensor<1>,
}

impl Codec {
    /// Principal directions for the linear part, class means for the thumbnails, seeded noise for the rest.
    pub fn new(
        settings: &Settings,
        features: &ndarray::ArrayView2<f32>,
        class_means: &[f32],
        stream: &mut Stream,
        device: &Device,
    ) -> Self {
        let Settings { dims, encoder_hidden, decoder_hidden, .. } = *settings;
        let (basis, deviations) = directions(features, dims, stream);
        let mut wide = normal(FEATURES * (dims + encoder_hidden), (2.0 / FEATURES as f32).sqrt(), stream);
        for (row, basis) in wide.chunks_exact_mut(dims + encoder_hidden).zip(basis.rows()) {
            for ((weight, direction), deviation) in row.iter_mut().zip(basis).zip(&deviations) {
                // Half-whitened, and some code steps wide.
                *weight = 3.0 * direction / deviation.max(1e-6).sqrt();
            }
        }
        let inputs = dims + CLASSES;
        let he = |inputs: usize| 0.3 * (2.0 / inputs as f32).sqrt();
        let mut decoder_narrow = normal(dims * decoder_hidden, he(dims), stream);
        decoder_narrow.resize(inputs * decoder_hidden, 0.0);
        let mut decoder_wide = normal(decoder_hidden * PIXELS, he(decoder_hidden), stream);
        decoder_wide.extend(normal(dims * PIXELS, 0.1 * (2.0 / dims as f32).sqrt(), stream));
        decoder_wide.extend(class_means);
        let metric = (0..dims).map(|dim| 2.0 - 4.0 * dim as f32 / dims as f32).collect();
        let param = |values: Vec<f32>, rows: usize| {
            let columns = values.len() / rows;
            Param::from_data(TensorData::new(values, [rows, columns]), device)
        };
        Self {
            encoder_wide: param(wide, FEATURES),
            encoder_bias: param(vec![0.0; dims + encoder_hidden], 1),
            encoder_narrow: param(normal(encoder_hidden * dims, he(encoder_hidden), stream), encoder_hidden),
            decoder_narrow: param(decoder_narrow, inputs),
            decoder_narrow_bias: param(vec![0.0; decoder_hidden], 1),
            decoder_wide: param(decoder_wide, decoder_hidden + inputs),
            decoder_wide_bias: param(vec![0.0; PIXELS], 1),
            metric: param(metric, 1),
            sharpness: param(vec![-1.0], 1),
            horizon: param(vec![5.0], 1),
            centres: param(vec![0.0; CLASSES * dims], CLASSES),
            spreads: param(vec![0.5; CLASSES * dims], CLASSES),
        }
    }

    /// The loss of one batch: neighbourhood components analysis (Goldberger et al. 2004, with the log of the probability)
    /// over queries that are exact and references that are rounded, plus `novelty` × the cross-entropy of telling strangers
    /// by their distance, plus `rate` × bits, plus `fidelity` × squared error.
    pub fn loss(&self, batch: &Batch, settings: &Settings) -> Loss {
        let (features, classes) = match &batch.others {
            Some(others) => (
                Tensor::cat(vec![batch.features.clone(), others.clone()], 0),
                Tensor::cat(vec![batch.classes.clone(), batch.other_classes.clone()], 0),
            ),
            None => (batch.features.clone(), batch.classes.clone()),
        };
        let query = self.encode(&features, &batch.kept);
        let images = batch.features.dims()[0];
        let reference = query.clone().narrow(0, 0, images) + batch.noise.clone();
        let same = classes.matmul(batch.classes.clone().transpose());
        let (neighbours, novelty) = self.neighbours(&query, &reference, same, batch);
        let bits = self.bits(&reference, &batch.classes);
        let error = (self.decode(reference, batch.classes.clone()) - batch.pixels.clone()).square().mean();
        let total = neighbours.clone()
            + novelty.clone() * settings.novelty
            + bits.clone() * settings.rate
            + error.clone() * settings.fidelity;
        Loss { total, neighbours, novelty, bits, error }
    }

    /// The metric's weights in (0, 1), `(1, dims)`.
    pub fn metric_weights(&self) -> Tensor<2> {
        sigmoid(self.metric.val())
    }

    fn encode(&self, features: &Tensor<2>, kept: &Tensor<2>) -> Tensor<2> {
        let dims = self.encoder_narrow.val().dims()[1];
        let outputs = features.clone().matmul(self.encoder_wide.val()) + self.encoder_bias.val();
        let width = outputs.dims()[1];
        let linear = outputs.clone().narrow(1, 0, dims);
        let hidden = relu(outputs.narrow(1, dims, width - dims)) * kept.clone();
        linear + hidden.matmul(self.encoder_narrow.val())
    }

    fn decode(&self, code: Tensor<2>, classes: Tensor<2>) -> Tensor<2> {
        let inputs = Tensor::cat(vec![code * CODE_SCALE, classes], 1);
        let hidden = relu(inputs.clone().matmul(self.decoder_narrow.val()) + self.decoder_narrow_bias.val());
        Tensor::cat(vec![hidden, inputs], 1).matmul(self.decoder_wide.val()) + self.decoder_wide_bias.val()
    }

    /// −log of the probability that a neighbour drawn by softmax(−distance) has the query's class, on average; and the
    /// cross-entropy of telling strangers from all others by the softmax's mass, that of either half the loss. `same`: 1 where
    /// query and reference are of one class, `(queries, references)`.
    fn neighbours(
        &self,
        query: &Tensor<2>,
        reference: &Tensor<2>,
        same: Tensor<2>,
        batch: &Batch,
    ) -> (Tensor<1>, Tensor<1>) {
        let weights = self.metric_weights() * self.sharpness.val().exp();
        let norm = |code: &Tensor<2>| (code.clone().square() * weights.clone()).sum_dim(1);
        let product = (query.clone() * weights.clone()).matmul(reference.clone().transpose());
        // The query's own norm cancels in the softmax.
        let closeness = product * 2.0 - norm(reference).transpose() - batch.itself.clone() * 1e9;
        let largest = closeness.clone().detach().max_dim(1);
        let mass = (closeness - largest.clone()).exp();
        let own = (mass.clone() * same).sum_dim(1);
        let log_mass = mass.sum_dim(1).log();
        let known = query.dims()[0] - batch.strangers;
        // A query with no mass at all in its class is mislabelled or hopeless: its pull is bounded.
        let neighbours = (log_mass.clone() - (own + 1e-12).log()).narrow(0, 0, known).mean();
        let familiar = log_mass + largest - norm(query) + self.horizon.val();
        let missed = softplus(-familiar.clone().narrow(0, 0, known), 1.0).mean();
        let novelty = if batch.strangers == 0 {
            missed
        } else {
            missed + softplus(familiar.narrow(0, known, batch.strangers), 1.0).mean()
        };
        (neighbours, novelty * 0.5)
    }

    /// The mean bits of a code given its class, each number logistic and independent of the others.
    fn bits(&self, reference: &Tensor<2>, classes: &Tensor<2>) -> Tensor<1> {
        let centre = classes.clone().matmul(self.centres.val());
        let spread = classes.clone().matmul(self.spreads.val()).exp() + 0.05;
        let below = |edge: f32| sigmoid((reference.clone() + edge - centre.clone()) / spread.clone());
        let probability = (below(0.5) - below(-0.5)).clamp_min(1e-6);
        probability.log().sum_dim(1).mean() * -std::f32::consts::LOG2_E
    }
}

/// Normal deviates.
fn normal(count: usize, deviation: f32, stream: &mut Stream) -> Vec<f32> {
    (0..count).map(|_| stream.normal_of(deviation)).collect()
}
