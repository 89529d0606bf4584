//! A network compiled for one batch size.

use std::sync::Arc;

use tract_onnx::prelude::*;

use super::fast::{Layers, rewrite};
use super::onnx::Graph;
use super::refused;
use crate::error::{Blame, Error, Result};
use crate::image::{PIXELS, SIDE};
use crate::labels::CLASSES;

/// A runnable model for exactly `batch` images.
pub(super) struct Plan {
    runnable: Arc<TypedRunnableModel>,
    batch: usize,
}

impl Plan {
    /// `layers`: what earlier plans of this network left, and later ones will find.
    pub(super) fn new(graph: &Graph, batch: usize, layers: &mut Layers) -> Result<Self> {
        let runnable = compile(graph, batch, layers).map_err(|error| refused(&error))?;
        Ok(Self { runnable, batch })
    }

    /// The logits of up to `batch` images, padded with zeros: `batch * 10` values.
    pub(super) fn run(&self, pixels: &[f32]) -> Result<Vec<f32>> {
        let mut input = vec![0.0; self.batch * PIXELS];
        input[..pixels.len()].copy_from_slice(pixels);
        self.try_run(&input).map_err(|error| refused(&error)).and_then(|logits| {
            if logits.len() == self.batch * CLASSES {
                Ok(logits)
            } else {
                Err(Error::new(Blame::Network, "output")
                    .expected(format!("{} logits", self.batch * CLASSES))
                    .got(logits.len()))
            }
        })
    }

    fn try_run(&self, input: &[f32]) -> TractResult<Vec<f32>> {
        let input = Tensor::from_shape(&[self.batch, 1, SIDE, SIDE], input)?;
        let outputs = self.runnable.run(tvec!(input.into()))?;
        Ok(outputs[0].to_plain_array_view::<f32>()?.iter().copied().collect())
    }
}

fn compile(graph: &Graph, batch: usize, layers: &mut Layers) -> TractResult<Arc<TypedRunnableModel>> {
    let model = graph.model(batch)?;
    let output = model.output_fact(0)?;
    if output.datum_type != f32::datum_type() || output.shape.as_concrete() != Some(&[batch, CLASSES]) {
        return Err(TractError::msg(format!("an output of {output:?}")));
    }
    rewrite(&model, layers)?.into_optimized()?.into_runnable()
}
