//! A network compiled for one batch size.

use std::sync::Arc;

use tract_hir::prelude::*;

use super::fast::{Packed, Program, rewrite};
use super::onnx::{Graph, Model};
use super::refused;
use crate::error::{Blame, Error, Result};
use crate::image::{PIXELS, SIDE};
use crate::labels::CLASSES;

/// A runnable model for up to `images` images.
pub(super) struct Plan {
    engine: Engine,
    images: usize,
    values: u64,
    keeps_images_apart: bool,
    takes_bytes: bool,
}

enum Engine {
    /// Every node is a fast layer, or little enough.
    Program(Program),
    Tract(Arc<TypedRunnableModel>),
}

impl Plan {
    /// `packed`: what earlier plans of this network left, and later ones will find.
    pub(super) fn new(graph: &Graph, images: usize, packed: &mut Packed) -> TractResult<Self> {
        let Model { typed, values, keeps_images_apart } = graph.model(images)?;
        let output = typed.output_fact(0)?;
        let shape = output.shape.as_concrete().unwrap_or_default();
        if output.datum_type != f32::datum_type() || shape != [images, CLASSES] {
            return Err(TractError::msg(format!("an output of {:?} {shape:?}", output.datum_type)));
        }
        let engine = compile(rewrite(&typed, packed)?)?;
        Ok(Self { engine, images, values, keeps_images_apart, takes_bytes: graph.takes_bytes() })
    }

    /// Images at once.
    pub(super) fn images(&self) -> usize {
        self.images
    }

    /// Values that it computes.
    pub(super) fn values(&self) -> u64 {
        self.values
    }

    /// Whether no image changes another's logits.
    pub(super) fn keeps_images_apart(&self) -> bool {
        self.keeps_images_apart
    }

    /// Whether running it allocates nothing.
    pub(super) fn is_program(&self) -> bool {
        matches!(self.engine, Engine::Program(_)) && !self.takes_bytes
    }

    /// What the file gives for up to [`Self::images`] images, ten values each.
    pub(super) fn run(&self, images: &[[f32; PIXELS]], values: &mut [[f32; CLASSES]]) -> Result<()> {
        let (pixels, values) = (images.as_flattened(), values.as_flattened_mut());
        if self.takes_bytes { self.run_scaled(&bytes(pixels), values) } else { self.run_scaled(pixels, values) }
    }

    fn run_scaled(&self, pixels: &[f32], values: &mut [f32]) -> Result<()> {
        match &self.engine {
            Engine::Program(program) => {
                program.run(pixels, pixels.len() / PIXELS, values);
                Ok(())
            }
            Engine::Tract(runnable) => self.run_tract(runnable, pixels, values),
        }
    }

    /// Missing images are zeros: tract's plan is for exactly `images`.
    fn run_tract(&self, runnable: &Arc<TypedRunnableModel>, pixels: &[f32], values: &mut [f32]) -> Result<()> {
        let mut input = vec![0.0; self.images * PIXELS];
        input[..pixels.len()].copy_from_slice(pixels);
        let input = Tensor::from_shape(&[self.images, 1, SIDE, SIDE], &input).map_err(|error| refused(&error))?;
        let outputs = runnable.run(tvec!(input.into())).map_err(|error| refused(&error))?;
        let output = outputs[0].to_plain_array_view::<f32>().map_err(|error| refused(&error))?;
        if output.len() != self.images * CLASSES {
            return Err(Error::new(Blame::Network, "output")
                .expected(format!("{} values", self.images * CLASSES))
                .got(output.len()));
        }
        values.iter_mut().zip(&output).for_each(|(value, given)| *value = *given);
        Ok(())
    }
}

/// Pixels in [0, 1] as the whole numbers from 0 to 255 that some files declare.
pub(super) fn bytes(pixels: &[f32]) -> Vec<f32> {
    pixels.iter().map(|pixel| (pixel * 255.0).round()).collect()
}

fn compile(model: TypedModel) -> TractResult<Engine> {
    if let Some(program) = Program::new(&model)? {
        return Ok(Engine::Program(program));
    }
    Ok(Engine::Tract(model.into_optimized()?.into_runnable()?))
}
