//! ONNX bytes → [`Network`] → logits: the only module that names tract.

pub mod activations;
mod check;
pub mod describe;
pub mod fast;
mod metadata;
mod onnx;
mod plan;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use prost::Message;
use tract_hir::prelude::TractError;

use crate::error::{Blame, Error, Result};
use crate::images::Images;
use crate::labels::CLASSES;
use crate::onnx::ModelProto;
use crate::probabilities::Probabilities;

use fast::Layers;
pub use metadata::Metadata;
use onnx::Graph;
use plan::Plan;

/// Larger batches bring nothing: the activations leave the cache, and a cancelled measurement waits longer.
pub const LARGEST_BATCH: usize = 32;

/// Larger files are refused before they are decoded, in bytes. The exact CNN in f32 has 5.5 MB.
pub const LARGEST_FILE: usize = 64 << 20;

/// A classifier read from ONNX: `(N, 1, 28, 28)` f32 in [0, 1] → `(N, 10)` logits.
///
/// Plans are built per batch size when first needed and kept; running one takes `&self`, so threads share a network.
pub struct Network {
    graph: Graph,
    metadata: Metadata,
    plans: Mutex<Plans>,
}

/// What has been compiled so far.
#[derive(Default)]
struct Plans {
    by_batch: HashMap<usize, Arc<Plan>>,
    layers: Layers,
}

impl Network {
    /// Reads an ONNX file.
    ///
    /// # Errors
    /// [`Blame::Limit`] past [`LARGEST_FILE`]; [`Blame::Format`] when the bytes are no ONNX model or its metadata
    /// contradicts this build's labels; [`Blame::Network`] when an operator is not supported, or the network does not
    /// turn `(1, 1, 28, 28)` into `(1, 10)`.
    ///
    /// ```
    /// use vitrine::network::Network;
    /// assert_eq!(Network::from_onnx(b"not a model").err().map(|error| error.code()), Some("format"));
    /// ```
    pub fn from_onnx(bytes: &[u8]) -> Result<Self> {
        if bytes.len() > LARGEST_FILE {
            return Err(Error::new(Blame::Limit, "ONNX file")
                .expected(format!("at most {LARGEST_FILE} bytes"))
                .got(bytes.len()));
        }
        let proto = decode(bytes)?;
        check::graph(&proto)?;
        let metadata = Metadata::from_proto(&proto)?;
        let graph = Graph::new(proto).map_err(|error| refused(&error))?;
        let network = Self { graph, metadata, plans: Mutex::default() };
        network.plan(1)?;
        Ok(network)
    }

    /// What the file says of itself.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// The logits of each image.
    ///
    /// # Errors
    /// [`Blame::Network`] when running it fails.
    pub fn logits(&self, images: &Images<'_>) -> Result<Vec<[f32; CLASSES]>> {
        let mut logits = vec![[0.0; CLASSES]; images.len()];
        self.logits_into(images, &mut logits)?;
        Ok(logits)
    }

    /// The logits of each image, into `logits`.
    ///
    /// Where [`Self::runs_without_allocating`], this allocates nothing once the thread has run as many images before.
    ///
    /// # Errors
    /// [`Blame::Shape`] when there are not as many rows as images; [`Blame::Network`] when running it fails.
    pub fn logits_into(&self, images: &Images<'_>, logits: &mut [[f32; CLASSES]]) -> Result<()> {
        if logits.len() != images.len() {
            return Err(Error::new(Blame::Shape, "logits")
                .expected(format!("a row for each of {} images", images.len()))
                .got(logits.len()));
        }
        for (batch, logits) in images.chunks(LARGEST_BATCH).zip(logits.chunks_mut(LARGEST_BATCH)) {
            // Two sizes of plan serve every N.
            let size = if batch.len() == 1 { 1 } else { LARGEST_BATCH };
            self.plan(size)?.run(batch.pixels(), logits.as_flattened_mut())?;
        }
        Ok(())
    }

    /// Whether every node was recognised, so that the network runs on buffers that are kept.
    ///
    /// # Errors
    /// Those of [`Self::logits`] for the shape that is not compiled yet.
    pub fn runs_without_allocating(&self) -> Result<bool> {
        Ok(self.plan(1)?.is_program() && self.plan(LARGEST_BATCH)?.is_program())
    }

    /// The probabilities of each image, at the file's temperature.
    ///
    /// # Errors
    /// Those of [`Self::logits`]; [`Blame::Parameter`] when a logit is not finite.
    pub fn probabilities(&self, images: &Images<'_>) -> Result<Vec<Probabilities>> {
        let temperature = self.metadata.temperature;
        self.logits(images)?.iter().map(|row| Probabilities::from_logits(row, temperature)).collect()
    }

    fn plan(&self, batch: usize) -> Result<Arc<Plan>> {
        // A poisoned lock guards a map that is whole: insertion is its last step.
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(plan) = plans.by_batch.get(&batch) {
            return Ok(Arc::clone(plan));
        }
        let plan = Arc::new(Plan::new(&self.graph, batch, &mut plans.layers)?);
        plans.by_batch.insert(batch, Arc::clone(&plan));
        Ok(plan)
    }
}

fn decode(bytes: &[u8]) -> Result<ModelProto> {
    ModelProto::decode(bytes)
        .map_err(|error| Error::new(Blame::Format, "ONNX file").expected("an ONNX model").got(error))
}

/// The error for a model that tract will not run, with tract's innermost reason.
fn refused(error: &TractError) -> Error {
    Error::new(Blame::Network, "network")
        .expected(format!("ONNX operators that turn (N, 1, 28, 28) into (N, {CLASSES}) logits"))
        .got(first_line(error))
        .remedy("export it with static shapes but for the batch, and without control flow")
}

fn first_line(error: &TractError) -> String {
    let cause = error.root_cause().to_string();
    cause.lines().next().unwrap_or_default().chars().take(200).collect()
}
