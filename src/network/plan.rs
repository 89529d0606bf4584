//! A network compiled for one batch size.

use std::sync::Arc;

use tract_hir::prelude::*;

use super::fast::{Layers, Program, rewrite};
use super::onnx::Graph;
use super::refused;
use crate::error::{Blame, Error, Result};
use crate::image::{PIXELS, SIDE};
use crate::labels::CLASSES;

/// A runnable model for up to `batch` images.
pub(super) struct Plan {
    engine: Engine,
    batch: usize,
}

enum Engine {
    /// Every node is a fast layer, or little enough.
    Program(Program),
    Tract(Arc<TypedRunnableModel>),
}

impl Plan {
    /// `layers`: what earlier plans of this network left, and later ones will find.
    pub(super) fn new(graph: &Graph, batch: usize, layers: &mut Layers) -> Result<Self> {
        let engine = compile(graph, batch, layers).map_err(|error| refused(&error))?;
        Ok(Self { engine, batch })
    }

    /// Whether running it allocates nothing.
    pub(super) fn is_program(&self) -> bool {
        matches!(self.engine, Engine::Program(_))
    }

    /// The logits of up to `batch` images, ten each.
    pub(super) fn run(&self, pixels: &[f32], logits: &mut [f32]) -> Result<()> {
        match &self.engine {
            Engine::Program(program) => {
                program.run(pixels, pixels.len() / PIXELS, logits);
                Ok(())
            }
            Engine::Tract(runnable) => self.run_tract(runnable, pixels, logits),
        }
    }

    /// Missing images are zeros: tract's plan is for exactly `batch`.
    fn run_tract(&self, runnable: &Arc<TypedRunnableModel>, pixels: &[f32], logits: &mut [f32]) -> Result<()> {
        let mut input = vec![0.0; self.batch * PIXELS];
        input[..pixels.len()].copy_from_slice(pixels);
        let input = Tensor::from_shape(&[self.batch, 1, SIDE, SIDE], &input).map_err(|error| refused(&error))?;
        let outputs = runnable.run(tvec!(input.into())).map_err(|error| refused(&error))?;
        let output = outputs[0].to_plain_array_view::<f32>().map_err(|error| refused(&error))?;
        if output.len() != self.batch * CLASSES {
            return Err(Error::new(Blame::Network, "output")
                .expected(format!("{} logits", self.batch * CLASSES))
                .got(output.len()));
        }
        logits.iter_mut().zip(&output).for_each(|(logit, value)| *logit = *value);
        Ok(())
    }
}

fn compile(graph: &Graph, batch: usize, layers: &mut Layers) -> TractResult<Engine> {
    let model = graph.model(batch)?;
    let output = model.output_fact(0)?;
    if output.datum_type != f32::datum_type() || output.shape.as_concrete() != Some(&[batch, CLASSES]) {
        return Err(TractError::msg(format!("an output of {output:?}")));
    }
    let model = rewrite(&model, layers)?;
    if let Some(program) = Program::new(&model)? {
        return Ok(Engine::Program(program));
    }
    Ok(Engine::Tract(model.into_optimized()?.into_runnable()?))
}
