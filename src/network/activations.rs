//! What a convolutional network makes of an image on the way: its first layers' filters and feature maps.
//!
//! The plan is built from the model as it was read, whatever operators the plan for logits uses.

use std::sync::Arc;

use tract_hir::prelude::tract_ndarray::{ArrayD, Axis, Ix4};
use tract_hir::prelude::*;
use tract_hir::tract_core::ops::binary::TypedBinOp;
use tract_hir::tract_core::ops::cnn::{Conv, KernelFormat};
use tract_hir::tract_core::ops::element_wise::ElementWiseOp;
use tract_hir::tract_core::ops::nn::DataFormat;

use super::onnx::{Graph, name_in_file};
use super::plan::bytes;
use super::{Network, refused};
use crate::error::Result;
use crate::image::{Image, SIDE};

/// Convolutions that are shown: those after them mix too many channels for a picture to mean much.
pub const MOST_LAYERS: usize = 2;

/// Planes of numbers with a name, `(N, C, H, W)` row-major.
#[derive(Debug, Clone, PartialEq)]
pub struct Planes {
    /// The convolution's name in the file.
    pub name: String,
    /// N (1 for the maps of an image, output channels for filters), C, H, W.
    pub shape: [usize; 4],
    /// As many as the shape says.
    pub values: Vec<f32>,
}

/// A network of which the first convolutions can be looked into.
pub struct Activations {
    runnable: Arc<TypedRunnableModel>,
    takes_bytes: bool,
    layers: Vec<(String, DataFormat)>,
    filters: Option<Planes>,
}

impl Activations {
    /// The first convolutions of `network`, after their activations; `None` when it has no convolution.
    ///
    /// # Errors
    /// [`Blame::Network`](crate::error::Blame::Network) when tract cannot run that part alone.
    pub fn new(network: &Network) -> Result<Option<Self>> {
        compile(&network.graph).map_err(|error| refused(&error))
    }

    /// The weights of the first convolution, `(output channels, input channels, H, W)`; `None` when they are computed and
    /// not stored.
    pub fn filters(&self) -> Option<&Planes> {
        self.filters.as_ref()
    }

    /// The feature maps of each layer for one image, `(1, C, H, W)`, first layer first.
    ///
    /// # Errors
    /// [`Blame::Network`](crate::error::Blame::Network) when running it fails.
    pub fn maps(&self, image: &Image) -> Result<Vec<Planes>> {
        self.try_maps(image).map_err(|error| refused(&error))
    }

    fn try_maps(&self, image: &Image) -> TractResult<Vec<Planes>> {
        let scaled = if self.takes_bytes { bytes(image.pixels()) } else { image.pixels().to_vec() };
        let input = Tensor::from_shape(&[1, 1, SIDE, SIDE], &scaled)?;
        let outputs = self.runnable.run(tvec!(input.into()))?;
        let layers = self.layers.iter().zip(&outputs);
        layers
            .map(|((name, format), output)| {
                let mut values = output.to_plain_array_view::<f32>()?.to_owned();
                if !format.has_n() {
                    values.insert_axis_inplace(Axis(0));
                }
                if format.c_is_last() {
                    values = values.permuted_axes(&[0, 3, 1, 2][..]);
                }
                maps(name, values)
            })
            .collect()
    }
}

fn compile(graph: &Graph) -> TractResult<Option<Activations>> {
    // Not decluttered yet: that turns some convolutions into other operators.
    let mut typed = graph.model(1)?.typed;
    let mut outlets = Vec::new();
    let mut layers = Vec::new();
    let mut filters = None;
    for id in typed.eval_order()? {
        let node = typed.node(id);
        let Some(convolution) = node.op_as::<Conv>() else { continue };
        if outlets.len() == MOST_LAYERS {
            break;
        }
        if outlets.is_empty() {
            filters = stored_filters(&typed, id, convolution)?;
        }
        outlets.push(activated(&typed, id)?);
        layers.push((name_in_file(&node.name), convolution.pool_spec.data_format));
    }
    if outlets.is_empty() {
        return Ok(None);
    }
    typed.select_output_outlets(&outlets)?;
    let runnable = typed.into_decluttered()?.into_optimized()?.into_runnable()?;
    Ok(Some(Activations { runnable, takes_bytes: graph.takes_bytes(), layers, filters }))
}

/// Where the convolution's values are after its activation: past the single-input operators on its only way on.
fn activated(model: &TypedModel, convolution: usize) -> TractResult<OutletId> {
    let mut outlet = OutletId::new(convolution, 0);
    while let [next] = model.outlet_successors(outlet) {
        let node = model.node(next.node);
        let others = node.inputs.iter().filter(|input| **input != outlet);
        let mut varying = false;
        for other in others {
            varying |= model.outlet_fact(*other)?.konst.is_none();
        }
        let is_activation = node.op_is::<ElementWiseOp>() || node.op_is::<TypedBinOp>();
        let after = OutletId::new(next.node, 0);
        let same_shape = model.outlet_fact(outlet)?.shape == model.outlet_fact(after)?.shape;
        if varying || !is_activation || !same_shape {
            break;
        }
        outlet = after;
    }
    Ok(outlet)
}

fn stored_filters(model: &TypedModel, id: usize, convolution: &Conv) -> TractResult<Option<Planes>> {
    let node = model.node(id);
    let Some(kernel) = node.inputs.get(1).map(|input| model.outlet_fact(*input)).transpose()? else { return Ok(None) };
    let Some(kernel) = &kernel.konst else { return Ok(None) };
    let order = match convolution.kernel_fmt {
        KernelFormat::OIHW => [0, 1, 2, 3],
        KernelFormat::HWIO => [3, 2, 0, 1],
        KernelFormat::OHWI => [0, 3, 1, 2],
    };
    if kernel.rank() != order.len() || convolution.group != 1 {
        return Ok(None);
    }
    let kernel = kernel.cast_to::<f32>()?;
    let values = kernel.to_plain_array_view::<f32>()?.to_owned().permuted_axes(&order[..]);
    maps(&name_in_file(&node.name), values).map(Some)
}

fn maps(name: &str, values: ArrayD<f32>) -> TractResult<Planes> {
    let values = values.into_dimensionality::<Ix4>()?;
    let (count, channels, height, width) = values.dim();
    let shape = [count, channels, height, width];
    Ok(Planes { name: name.to_owned(), shape, values: values.iter().copied().collect() })
}
