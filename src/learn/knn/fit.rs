//! Learns an index's encoder, metric and decoder together.

use burn::optim::{AdamConfig, GradientsParams};
use burn::prelude::*;
use ndarray::ArrayView2;
use rayon::prelude::*;

use super::objective::{Batch, CODE_SCALE, Codec};
use super::queries::{self, Query};
use super::settings::Settings;
use crate::error::{Blame, Error, Result};
use crate::idx::Samples;
use crate::image::{PIXELS, unit_from_byte};
use crate::knn::codec::{CLASS_INPUT, Decoder, Encoder, WEIGHT_STEPS};
use crate::knn::features::{FEATURES, features};
use crate::knn::int8_dense::Int8Dense;
use crate::labels::CLASSES;
use crate::random::Stream;

/// Images from which the principal directions are taken.
const PRINCIPAL_SAMPLE: usize = 10_000;

/// Where learning stands; means over an epoch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EpochMeans {
    /// Epochs done.
    pub epoch: usize,
    /// −log of the probability of a neighbour of the right class.
    pub neighbours: f32,
    /// −log of the probability of telling a stranger from the familiar.
    pub novelty: f32,
    /// Bits a code.
    pub bits: f32,
    /// Squared error a pixel.
    pub error: f32,
}

/// An encoder and a decoder learned from these samples; `progress` is called after each epoch.
///
/// # Errors
/// [`Blame::Parameter`] for settings that mean nothing; those of [`Encoder::new`].
pub fn fit(samples: &Samples, settings: &Settings, mut progress: impl FnMut(EpochMeans)) -> Result<(Encoder, Decoder)> {
    settings.check(samples.len())?;
    let device = Device::flex().autodiff();
    let mut stream = Stream::new(settings.seed, 0);
    let (rows, mean) = centred(samples);
    let sample = stream.order(samples.len()).into_iter().take(PRINCIPAL_SAMPLE);
    let sample: Vec<f32> = sample.flat_map(|index| &rows[index * FEATURES..][..FEATURES]).copied().collect();
    let shaped = ArrayView2::from_shape((sample.len() / FEATURES, FEATURES), &sample)
        .map_err(|error| Error::new(Blame::Internal, "sample of features").got(error))?;
    let mut codec = Codec::new(settings, &shaped, &class_means(samples), &mut stream, &device);
    let drawn = queries::drawn(settings.drawings, &mean)?;
    let strangers = if settings.novelty > 0.0 { queries::strangers(&mean)? } else { Vec::new() };
    let mut optimizer = AdamConfig::new().with_epsilon(1e-8).init();
    let steps = samples.len() / settings.batch;
    for epoch in 0..settings.epochs {
        let mut stream = Stream::new(settings.seed, 1 + epoch as u64);
        let order = stream.order(samples.len());
        let orders = [&drawn, &strangers].map(|queries| stream.order(queries.len()));
        let mut sums = [0.0; 4];
        for (step, indices) in order.chunks_exact(settings.batch).enumerate() {
            let mut others = queries::changed(samples, indices, settings.changed, &mean, &mut stream);
            for (queries, order) in [&drawn, &strangers].into_iter().zip(&orders) {
                let share = step * queries.len() / steps..(step + 1) * queries.len() / steps;
                others.extend(share.map(|place| queries[order[place]].clone()));
            }
            let batch = batch(samples, &rows, indices, &others, settings, &mut stream, &device);
            let loss = codec.loss(&batch, settings);
            for (sum, part) in sums.iter_mut().zip([&loss.neighbours, &loss.novelty, &loss.bits, &loss.error]) {
                *sum += part.clone().into_scalar::<f32>() / steps as f32;
            }
            let gradients = GradientsParams::from_grads(loss.total.backward(), &codec);
            let done = (epoch * steps + step) as f64 / (settings.epochs * steps) as f64;
            let rate = settings.learning_rate * 0.5 * (1.0 + (std::f64::consts::PI * done).cos());
            codec = optimizer.step(rate, codec, gradients);
        }
        let [neighbours, novelty, bits, error] = sums;
        progress(EpochMeans { epoch: epoch + 1, neighbours, novelty, bits, error });
    }
    quantised(&codec, &mean, settings)
}

/// The features of all samples less their mean, `(N, 1176)`, and the mean.
fn centred(samples: &Samples) -> (Vec<f32>, Vec<f32>) {
    let mut rows = vec![0.0; samples.len() * FEATURES];
    let images = samples.bytes().as_chunks::<PIXELS>().0;
    rows.par_chunks_exact_mut(FEATURES).zip(images).for_each(|(row, image)| {
        row.copy_from_slice(&features(&image.map(unit_from_byte)));
    });
    let mut sums = vec![0.0_f64; FEATURES];
    for row in rows.chunks_exact(FEATURES) {
        sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += f64::from(*value));
    }
    let mean: Vec<f32> = sums.iter().map(|sum| (sum / samples.len() as f64) as f32).collect();
    rows.par_chunks_exact_mut(FEATURES).for_each(|row| {
        row.iter_mut().zip(&mean).for_each(|(value, mean)| *value -= mean);
    });
    (rows, mean)
}

/// `(10, 784)`, in [0, 1]; a class without samples is empty ground.
fn class_means(samples: &Samples) -> Vec<f32> {
    let mut sums = vec![0.0_f64; CLASSES * PIXELS];
    let mut counts = [0.0_f64; CLASSES];
    for (image, label) in samples.bytes().as_chunks::<PIXELS>().0.iter().zip(samples.labels()) {
        counts[label.index()] += 1.0;
        let sum = &mut sums[label.index() * PIXELS..][..PIXELS];
        sum.iter_mut().zip(image).for_each(|(sum, byte)| *sum += f64::from(*byte) / 255.0);
    }
    let mean = |(index, sum): (usize, f64)| (sum / counts[index / PIXELS].max(1.0)) as f32;
    sums.into_iter().enumerate().map(mean).collect()
}

fn batch(
    samples: &Samples,
    rows: &[f32],
    indices: &[usize],
    others: &[Query],
    settings: &Settings,
    stream: &mut Stream,
    device: &Device,
) -> Batch {
    let count = indices.len();
    let tensor = |values: Vec<f32>, width: usize| {
        let rows = values.len() / width;
        Tensor::from_data(TensorData::new(values, [rows, width]), device)
    };
    let mut classes = vec![0.0; count * CLASSES];
    let (mut chosen, mut pixels) = (Vec::with_capacity(count * FEATURES), Vec::with_capacity(count * PIXELS));
    for (position, &index) in indices.iter().enumerate() {
        chosen.extend(&rows[index * FEATURES..][..FEATURES]);
        pixels.extend(samples.bytes()[index * PIXELS..][..PIXELS].iter().map(|byte| unit_from_byte(*byte)));
        classes[position * CLASSES + samples.labels()[index].index()] = 1.0;
    }
    let noise = (0..count * settings.dims).map(|_| stream.unit() - 0.5).collect();
    let factor = 1.0 / (1.0 - settings.dropout);
    let kept = |_| if stream.unit() < settings.dropout { 0.0 } else { factor };
    let queries = count + others.len();
    let kept = (0..queries * settings.encoder_hidden).map(kept).collect();
    let mut other_classes = vec![0.0; others.len() * CLASSES];
    let mut itself = vec![0.0; queries * count];
    (0..count).for_each(|position| itself[position * count + position] = 1.0);
    for (place, query) in others.iter().enumerate() {
        if let Some(label) = query.label {
            other_classes[place * CLASSES + label.index()] = 1.0;
        }
        if let Some(position) = query.of {
            itself[(count + place) * count + position] = 1.0;
        }
    }
    let other_features: Vec<f32> = others.iter().flat_map(|query| &query.features).copied().collect();
    Batch {
        features: tensor(chosen, FEATURES),
        pixels: tensor(pixels, PIXELS),
        classes: tensor(classes, CLASSES),
        noise: tensor(noise, settings.dims),
        kept: tensor(kept, settings.encoder_hidden),
        others: (!others.is_empty()).then(|| tensor(other_features, FEATURES)),
        strangers: others.iter().filter(|query| query.label.is_none()).count(),
        other_classes: tensor(other_classes, CLASSES),
        itself: tensor(itself, count),
    }
}

fn quantised(codec: &Codec, mean: &[f32], settings: &Settings) -> Result<(Encoder, Decoder)> {
    let wide = values(codec.encoder_wide.val())?;
    let mut biases = values(codec.encoder_bias.val())?;
    // The layer takes features as they come: what centring took off them goes off the bias.
    for (row, mean) in wide.chunks_exact(biases.len()).zip(mean) {
        biases.iter_mut().zip(row).for_each(|(bias, weight)| *bias -= mean * weight);
    }
    let metric = values(codec.metric_weights())?;
    let metric = metric.iter().map(|weight| (weight * f32::from(WEIGHT_STEPS)).round() as u8).collect();
    let narrow = Int8Dense::quantised(&values(codec.encoder_narrow.val())?, &vec![0.0; settings.dims])?;
    let encoder = Encoder::new(metric, Int8Dense::quantised(&wide, &biases)?, narrow)?;

    let inputs = settings.dims + CLASSES;
    let rescaled = |mut weights: Vec<f32>, outputs: usize| {
        let first = weights.len() - inputs * outputs;
        for (input, row) in weights[first..].chunks_exact_mut(outputs).enumerate() {
            let factor = if input < settings.dims { CODE_SCALE } else { 1.0 / CLASS_INPUT };
            row.iter_mut().for_each(|weight| *weight *= factor);
        }
        weights
    };
    let narrow = rescaled(values(codec.decoder_narrow.val())?, settings.decoder_hidden);
    let wide = rescaled(values(codec.decoder_wide.val())?, PIXELS);
    let narrow = Int8Dense::quantised(&narrow, &values(codec.decoder_narrow_bias.val())?)?;
    let wide = Int8Dense::quantised(&wide, &values(codec.decoder_wide_bias.val())?)?;
    Ok((encoder, Decoder::new(narrow, wide)?))
}

fn values(tensor: Tensor<2>) -> Result<Vec<f32>> {
    tensor
        .into_data()
        .try_to_vec()
        .map_err(|error| Error::new(Blame::Internal, "learned weights").got(format!("{error:?}")))
}
