//! ONNX bytes → [`Network`] → logits: the only module that names tract.

pub mod activations;
mod budget;
pub mod describe;
pub mod fast;
mod metadata;
mod onnx;
mod plan;
mod wire;

use std::sync::{Arc, Mutex, PoisonError};

use crate::onnx::ModelProto;
use prost::Message;
use tract_hir::prelude::*;

use crate::error::{Blame, Error, Result};
use crate::image::PIXELS;
use crate::images::Images;
use crate::labels::CLASSES;
use crate::probabilities::Probabilities;

pub use budget::Budget;
use fast::Packed;
pub use metadata::Metadata;
use onnx::{Graph, scan};
use plan::Plan;

/// Larger batches bring nothing: the activations leave the cache, and a cancelled measurement waits longer.
pub const LARGEST_BATCH: usize = 32;

/// Values that a batch computes, 64 MiB: a network with many runs on fewer images at once.
const MOST_VALUES_AT_ONCE: u64 = 1 << 24;

/// How far ten values that sum to one may be from it: rounding takes less.
const SUM_TOLERANCE: f32 = 1e-4;

/// A classifier read from ONNX: images → ten logits each.
///
/// A file may declare its images as `(N, 28, 28, 1)`, `(N, 28, 28)` or `(N, 784)`, its pixels as whole numbers from 0 to 255,
/// and its classes in another order: pixels go in and logits come out as they do everywhere else. Where it ends in a
/// softmax, logits are what that softmax takes.
///
/// Plans are built per batch size when first needed and kept; running one takes `&self`, so threads share a network.
pub struct Network {
    graph: Graph,
    metadata: Metadata,
    ends_in_probabilities: bool,
    plans: Mutex<Plans>,
}

/// What has been compiled so far.
struct Plans {
    single: Arc<Plan>,
    /// For as many images at once as go together, which may be one.
    together: Option<Arc<Plan>>,
    packed: Packed,
}

impl Network {
    /// Reads an ONNX file that keeps within the default [`Budget`].
    ///
    /// # Errors
    /// [`Blame::Limit`] past the budget; [`Blame::Format`] when the bytes are no ONNX model or its metadata contradicts this
    /// build's labels; [`Blame::Network`] when an operator is not supported or contradicts its inputs, a stored value is no
    /// number, or the network does not turn one grey 28×28 image into ten values.
    ///
    /// ```
    /// use vitrine::network::Network;
    /// assert_eq!(Network::from_onnx(b"not a model").err().map(|error| error.code()), Some("format"));
    /// ```
    pub fn from_onnx(bytes: &[u8]) -> Result<Self> {
        Self::from_onnx_within(bytes, &Budget::default())
    }

    /// Reads an ONNX file that keeps within `budget`.
    ///
    /// # Errors
    /// Those of [`Self::from_onnx`].
    pub fn from_onnx_within(bytes: &[u8], budget: &Budget) -> Result<Self> {
        let proto = decode(bytes, budget)?;
        let metadata = Metadata::from_proto(&proto)?;
        let graph = Graph::new(proto, budget)?;
        let mut packed = Packed::default();
        let single = Plan::new(&graph, 1, &mut packed).map_err(|error| refused(&error))?;
        let ends_in_probabilities = graph.may_end_in_probabilities() && makes_probabilities(&single)?;
        let plans = Mutex::new(Plans { single: Arc::new(single), together: None, packed });
        Ok(Self { graph, metadata, ends_in_probabilities, plans })
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
        let (mut images, mut rows) = (images.rows(), logits);
        while !images.is_empty() {
            let plan = if images.len() == 1 { self.single() } else { self.together() };
            let (now, later) = images.split_at(plan.images().min(images.len()));
            let (answered, waiting) = rows.split_at_mut(now.len());
            plan.run(now, answered)?;
            answered.iter_mut().for_each(|row| self.arrange(row));
            (images, rows) = (later, waiting);
        }
        Ok(())
    }

    /// What the file gives for an image as logits in this build's order.
    fn arrange(&self, row: &mut [f32; CLASSES]) {
        if self.ends_in_probabilities {
            *row = row.map(|value| value.max(f32::MIN_POSITIVE).ln());
        }
        let given = *row;
        *row = self.metadata.order.map(|place| given[place]);
    }

    /// Whether every node was recognised, so that the network runs on buffers that are kept.
    pub fn runs_without_allocating(&self) -> bool {
        self.single().is_program() && self.together().is_program()
    }

    /// The probabilities of each image, at the file's temperature.
    ///
    /// # Errors
    /// Those of [`Self::logits`]; [`Blame::Parameter`] when a logit is not finite.
    pub fn probabilities(&self, images: &Images<'_>) -> Result<Vec<Probabilities>> {
        let temperature = self.metadata.temperature;
        self.logits(images)?.iter().map(|row| Probabilities::from_logits(row, temperature)).collect()
    }

    fn single(&self) -> Arc<Plan> {
        // A poisoned lock guards plans that are whole: they are set last.
        Arc::clone(&self.plans.lock().unwrap_or_else(PoisonError::into_inner).single)
    }

    /// The plan for several images: they go one by one where the file insists on one, or lets one change another's logits.
    fn together(&self) -> Arc<Plan> {
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        let Plans { single, together, packed } = &mut *plans;
        let compiled = together.get_or_insert_with(|| {
            let at_once = (MOST_VALUES_AT_ONCE / single.values().max(1)).clamp(1, LARGEST_BATCH as u64) as usize;
            if at_once == 1 || self.graph.takes_one_image() {
                return Arc::clone(single);
            }
            match Plan::new(&self.graph, at_once, packed) {
                Ok(plan) if plan.keeps_images_apart() => Arc::new(plan),
                // Its shapes are written for one image.
                _ => Arc::clone(single),
            }
        });
        Arc::clone(compiled)
    }
}

/// Whether what comes out are probabilities, as far as three images show.
fn makes_probabilities(plan: &Plan) -> Result<bool> {
    let ramp = std::array::from_fn(|at| at as f32 / PIXELS as f32);
    for image in [[0.0; PIXELS], [1.0; PIXELS], ramp] {
        let mut rows = [[0.0; CLASSES]];
        plan.run(&[image], &mut rows)?;
        let [row] = rows;
        let sum: f32 = row.iter().sum();
        if !row.iter().all(|value| (0.0..=1.0).contains(value)) || (sum - 1.0).abs() > SUM_TOLERANCE {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The messages of an ONNX file, once there is known to be room for them.
fn decode(bytes: &[u8], budget: &Budget) -> Result<ModelProto> {
    scan::scan(bytes, budget)?;
    ModelProto::decode(bytes).map_err(scan::malformed)
}

/// The error for a model that is not run: which node, and why.
fn refused(error: &TractError) -> Error {
    let blame = error.downcast_ref::<Error>().map_or(Blame::Network, Error::blame);
    Error::new(blame, "network")
        .expected(format!("ONNX operators that turn (N, 1, 28, 28) into (N, {CLASSES}) logits"))
        .got(format!("{error:#}"))
        .remedy("docs/onnx.md says what can be read")
}
