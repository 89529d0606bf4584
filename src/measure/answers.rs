//! models/test.answers: what every model answers to every test image, so that nobody has to measure to see it.
//!
//! Little endian: [`MAGIC`]; the number of models, u8; of images, u32; the true labels, two a byte, the first in the low
//! half; then of each model, in order of role: the length of its role, u8, the role, the SHA-256 of its file, and an u16 an
//! image: the class in the upper four bits, the confidence as a multiple of 1/4095 below.

use std::collections::BTreeMap;

use super::classifier::Answers;
use crate::error::{Blame, Error, Result};
use crate::labels::{CLASSES, Label};
use crate::manifest::Entry;
use crate::sha256::Sha256;
use crate::storage::models::Models;

/// The file's name.
pub const FILE: &str = "test.answers";

/// Its role in the manifest.
pub const ROLE: &str = "answers";

/// What it begins with: its name and its version.
pub const MAGIC: [u8; 8] = *b"answers1";

/// The confidence that is told as 1. All edges of 15 bins are multiples of its inverse.
pub const FULL: u16 = 4095;

/// What one model answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Of its file.
    pub sha256: Sha256,
    /// Class and confidence of each image, the latter in multiples of 1 / [`FULL`].
    pub answers: Vec<(Label, u16)>,
}

impl Told {
    /// What `answers` say, of the model whose file has this sum.
    pub fn new(sha256: Sha256, answers: &Answers) -> Self {
        let told = answers.probabilities.iter().map(|own| {
            let best = own.best();
            (best, (own.values()[best.index()] * f32::from(FULL)).round() as u16)
        });
        Self { sha256, answers: told.collect() }
    }
}

/// All of the file: the truth, and the models by role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestAnswers {
    /// The label of each image.
    pub truth: Vec<Label>,
    /// By role.
    pub models: BTreeMap<String, Told>,
}

impl TestAnswers {
    /// The file's bytes.
    ///
    /// # Errors
    /// [`Blame::Shape`] when a model does not have as many answers as there are truths; [`Blame::Limit`] when there are more
    /// models, images or letters of a role than the format counts.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let too_many = |what: &str| Error::new(Blame::Limit, FILE).got(format!("too many {what}"));
        let mut bytes = MAGIC.to_vec();
        bytes.push(u8::try_from(self.models.len()).map_err(|_| too_many("models"))?);
        bytes.extend(u32::try_from(self.truth.len()).map_err(|_| too_many("images"))?.to_le_bytes());
        bytes.extend(
            self.truth.chunks(2).map(|pair| pair[0].number() | pair.get(1).map_or(0, |next| next.number() << 4)),
        );
        for (role, Told { sha256, answers }) in &self.models {
            if answers.len() != self.truth.len() {
                let error = Error::new(Blame::Shape, role).expected(format!("{} answers", self.truth.len()));
                return Err(error.got(answers.len()));
            }
            bytes.push(u8::try_from(role.len()).map_err(|_| too_many("letters of a role"))?);
            bytes.extend(role.bytes());
            bytes.extend(sha256.as_bytes());
            bytes.extend(
                answers.iter().flat_map(|(label, share)| (u16::from(label.number()) << 12 | share).to_le_bytes()),
            );
        }
        Ok(bytes)
    }

    /// What these bytes tell.
    ///
    /// # Errors
    /// [`Blame::Format`] when they are not such a file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        Unread(bytes).file().ok_or_else(|| {
            Error::new(Blame::Format, FILE)
                .expected("answers of version 1")
                .got(format!("{} other bytes", bytes.len()))
                .remedy("write it anew with `vitrine evaluate --save`")
        })
    }

    /// Writes the file with its entry in the manifest. `dataset_sha256`: of the data set that the models were learned from.
    ///
    /// # Errors
    /// Those of [`Self::to_bytes`] and [`Models::publish`].
    pub fn publish(&self, models: &Models, dataset_sha256: Sha256) -> Result<()> {
        let bytes = self.to_bytes()?;
        let entry = Entry {
            provenance: format!("vitrine {} evaluate --save", env!("CARGO_PKG_VERSION")),
            input_shape: vec![(self.truth.len() as u64).into(), 1.into(), 28.into(), 28.into()],
            output_shape: vec![(self.models.len() as u64).into(), (self.truth.len() as u64).into()],
            ..Entry::new(ROLE, FILE, &bytes)
        };
        models.publish(entry, &bytes, dataset_sha256)
    }
}

/// The bytes that are still to be read.
struct Unread<'bytes>(&'bytes [u8]);

impl<'bytes> Unread<'bytes> {
    fn take(&mut self, count: usize) -> Option<&'bytes [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<usize> {
        self.take(1).map(|byte| usize::from(byte[0]))
    }

    fn file(mut self) -> Option<TestAnswers> {
        if self.take(MAGIC.len())? != MAGIC {
            return None;
        }
        let models = self.number()?;
        let images = u32::from_le_bytes(self.take(4)?.try_into().ok()?) as usize;
        let halves = self.take(images.div_ceil(2))?.iter().flat_map(|byte| [byte & 15, byte >> 4]);
        let truth = halves.take(images).map(|half| Label::new(half).ok()).collect::<Option<_>>()?;
        let models = (0..models).map(|_| self.model(images)).collect::<Option<_>>()?;
        self.0.is_empty().then_some(TestAnswers { truth, models })
    }

    fn model(&mut self, images: usize) -> Option<(String, Told)> {
        let length = self.number()?;
        let role = std::str::from_utf8(self.take(length)?).ok()?.to_owned();
        let sum: [u8; Sha256::LENGTH] = self.take(Sha256::LENGTH)?.try_into().ok()?;
        let (pairs, _) = self.take(images.checked_mul(2)?)?.as_chunks::<2>();
        let answer = |pair: &[u8; 2]| {
            let both = u16::from_le_bytes(*pair);
            Some((Label::new((both >> 12) as u8).ok()?, both & FULL))
        };
        Some((role, Told { sha256: sum.into(), answers: pairs.iter().map(answer).collect::<Option<_>>()? }))
    }
}

const _: () = assert!(CLASSES <= 16 && FULL == 0x0fff);
