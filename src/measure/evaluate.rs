//! models/metrics.json: what each model scores on the test set.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::classifier::Answers;
use super::corruption::Robustness;
use super::drawings::Drawings;
use super::unseen::{self, Unseen};
use crate::drawings::{self, Other, Set, Style};
use crate::error::Result;
use crate::idx::Samples;
use crate::image::Image;
use crate::images::Images;
use crate::knn::index::KnnIndex;
use crate::labels::{CLASSES, Label, NAMES};
use crate::metrics::calibration::{expected_calibration_error, log_loss_of_logits};
use crate::metrics::interval::wilson;
use crate::metrics::mcnemar::Comparison;
use crate::metrics::novelty::auroc;
use crate::metrics::report::DIGITS;
use crate::metrics::{Confusion, Report, Scores};
use crate::sha256::Sha256;
use crate::storage::models::Document;

/// The schema that this build writes.
pub const SCHEMA: u32 = 1;

/// The test images with ink and ground exchanged: the one kind of [`Novelty::unseen`] that is made of garments.
pub const INVERTED: &str = "inverted garments";

/// All of metrics.json.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Metrics {
    /// [`SCHEMA`].
    pub schema: u32,
    /// By role.
    pub models: BTreeMap<String, Measured>,
    /// Every pair of models on the same images, in order of role.
    pub comparisons: Vec<Pair>,
    /// What corrupted images cost each model, where it was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub robustness: Option<Robustness>,
    /// What each model makes of drawings, where it was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawings: Option<Drawings>,
    /// How well the index's novelty tells images of no garment from test images, where it was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub novelty: Option<Novelty>,
    /// The index beside the exact search that it stands for, where it was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exact: Option<Exact>,
}

impl Document for Metrics {
    const FILE: &'static str = "metrics.json";
    const SCHEMA: Option<u32> = Some(SCHEMA);
}

/// What [`KnnIndex::novelty`] makes of the test images and of images of no garment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Novelty {
    /// The share of test images above 1, of which 0.05 is aimed at.
    pub false_alarms: f64,
    /// Each kind of image of no garment.
    pub unseen: Vec<UnseenKind>,
    /// The same of drawings, where it was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawn: Option<Drawn>,
}

/// What the novelty makes of drawings that took no part in any choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Drawn {
    /// The share of drawings of garments above 1.
    pub garments: f64,
    /// Of each style.
    pub styles: BTreeMap<String, f64>,
    /// Each kind of drawing of no garment; its area is against test images.
    pub others: Vec<UnseenKind>,
}

/// One kind of image of no garment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnseenKind {
    /// What they show.
    pub kind: String,
    /// How many.
    pub images: usize,
    /// The area under the receiver operating characteristic against the test images.
    pub auroc: f64,
    /// The share above 1.
    pub detected: f64,
}

/// Exact nearest neighbours on raw pixels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Exact {
    /// Voters.
    pub k: usize,
    /// The share of right answers on the test set.
    pub accuracy: f64,
    /// The share of test images that the index and the exact search call the same.
    pub agreement: f64,
}

/// Measures the novelty score of an index, on these images and on the drawings of a set.
///
/// # Errors
/// [`Blame::Parameter`](crate::error::Blame::Parameter) when there are no test images.
pub fn novelty(index: &KnnIndex, samples: &Samples, set: Set) -> Result<Novelty> {
    let scores = |images: &Images<'_>| -> Result<Vec<f32>> {
        images.rows().par_iter().map(|image| Ok(index.novelty(&Image::new(image)?))).collect()
    };
    let above = |scores: &[f32]| scores.iter().filter(|score| **score > 1.0).count() as f64 / scores.len() as f64;
    let images = samples.batch(0, samples.len());
    let familiar = scores(&images)?;
    let of = |kind: &str, images: &Images<'_>| {
        let unfamiliar = scores(images)?;
        let auroc = auroc(&familiar, &unfamiliar)?;
        let detected = above(&unfamiliar);
        Ok(UnseenKind { kind: kind.to_owned(), images: unfamiliar.len(), auroc, detected })
    };
    let mut kinds: Vec<UnseenKind> =
        unseen::ALL.iter().map(|kind: &Unseen| of(kind.name(), &kind.images()?)).collect::<Result<_>>()?;
    kinds.push(of(INVERTED, &images.inverted())?);
    let others = Other::ALL.iter().map(|kind| of(kind.name(), &kind.images(set)?)).collect::<Result<_>>()?;
    let drawn = drawings::garments(set, drawings::COUNT)?;
    let unlike: Vec<f32> = scores(&Images::from_rows(drawn.iter().map(|own| *own.image.pixels()).collect())?)?;
    let styles = Style::ALL.map(|style| {
        let own = drawn.iter().zip(&unlike).filter(|(drawing, _)| drawing.style == style);
        (style.name().to_owned(), above(&own.map(|(_, score)| *score).collect::<Vec<f32>>()))
    });
    let drawn = Drawn { garments: above(&unlike), styles: styles.into(), others };
    Ok(Novelty { false_alarms: above(&familiar), unseen: kinds, drawn: Some(drawn) })
}

/// What one model scores.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// The measured file.
    pub file: String,
    /// Its length.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: Sha256,
    /// How many images were classified.
    pub images: usize,
    /// The share of right answers.
    pub accuracy: f64,
    /// The 95% Wilson interval of the accuracy.
    pub interval: [f64; 2],
    /// Per class, in label order.
    pub report: Vec<Row>,
    /// The plain mean over the classes.
    #[serde(rename = "macro")]
    pub macro_average: Scores,
    /// The mean weighted by support.
    #[serde(rename = "weighted")]
    pub weighted_average: Scores,
    /// A row for each true class, in it a column for each answer.
    pub confusion: [[u64; CLASSES]; CLASSES],
    /// The text of scikit-learn's `classification_report`.
    pub text: String,
    /// Expected calibration error over 15 bins.
    pub calibration_error: f64,
    /// Mean −ln p(truth) in nats; an index has none, since a vote can be 0.
    pub log_loss: Option<f64>,
    /// What the logits were divided by; an index has none.
    pub temperature: Option<f64>,
    /// The validation accuracy of the file and of the f32 weights that it stores, where it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validation: Option<[f64; 2]>,
    /// Wall time on all cores of the machine that measured.
    pub wall_seconds: f64,
}

/// The scores of one class with its name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The class.
    pub name: String,
    /// Its scores.
    #[serde(flatten)]
    pub scores: Scores,
}

/// Two models on the same images.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// The first model's role.
    pub first: String,
    /// The second model's role.
    pub second: String,
    /// Where exactly one of them is right, and the exact McNemar test.
    #[serde(flatten)]
    pub comparison: Comparison,
}

/// What `answers` of the model in `file`, whose bytes these are, score against the truth.
///
/// # Errors
/// [`Blame::Shape`](crate::error::Blame::Shape) when there are not as many answers as truths, or none;
/// [`Blame::Parameter`](crate::error::Blame::Parameter) when a logit is not finite.
pub fn measured(file: &str, bytes: &[u8], truth: &[Label], answers: &Answers, temperature: f64) -> Result<Measured> {
    let confusion = Confusion::new(truth, &answers.best())?;
    let report = Report::new(&confusion);
    let rows = NAMES.iter().zip(report.classes).map(|(name, scores)| Row { name: (*name).to_owned(), scores });
    Ok(Measured {
        file: file.to_owned(),
        bytes: bytes.len() as u64,
        sha256: Sha256::of(bytes),
        images: truth.len(),
        accuracy: report.accuracy,
        interval: wilson(confusion.correct(), confusion.total()),
        report: rows.collect(),
        macro_average: report.macro_average,
        weighted_average: report.weighted_average,
        confusion: *confusion.counts(),
        text: report.text(DIGITS),
        calibration_error: expected_calibration_error(truth, &answers.probabilities)?,
        log_loss: answers.logits.as_ref().map(|logits| log_loss_of_logits(truth, logits, temperature)).transpose()?,
        temperature: answers.logits.as_ref().map(|_| temperature),
        validation: None,
        wall_seconds: answers.seconds,
    })
}

/// Compares every pair of models, by their predictions on the same images.
///
/// # Errors
/// [`Blame::Shape`](crate::error::Blame::Shape) when the lengths differ.
pub fn comparisons(truth: &[Label], predicted: &BTreeMap<String, Vec<Label>>) -> Result<Vec<Pair>> {
    let models: Vec<_> = predicted.iter().collect();
    let mut pairs = Vec::new();
    for (index, (first, of_first)) in models.iter().enumerate() {
        for (second, of_second) in &models[index + 1..] {
            let comparison = Comparison::new(truth, of_first, of_second)?;
            pairs.push(Pair { first: (*first).clone(), second: (*second).clone(), comparison });
        }
    }
    Ok(pairs)
}
