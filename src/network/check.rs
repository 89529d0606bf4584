//! What must hold of a stranger's graph before tract reads it: the cases on which tract panics instead of refusing.

use std::collections::HashSet;

use crate::onnx::{GraphProto, ModelProto, NodeProto};

use crate::error::{Blame, Error, Result};

/// Largest number of nodes; the largest of our own networks has 30.
const MOST_NODES: usize = 4096;

pub(super) fn graph(model: &ModelProto) -> Result<()> {
    let graph = model.graph.as_ref().ok_or_else(|| {
        Error::new(Blame::Format, "ONNX file").expected("a graph").got("none").remedy("export the model again")
    })?;
    if graph.node.len() > MOST_NODES {
        return Err(Error::new(Blame::Limit, "ONNX graph")
            .expected(format!("at most {MOST_NODES} nodes"))
            .got(graph.node.len()));
    }
    ends(graph)?;
    graph.initializer.iter().try_for_each(|tensor| dimensions(&tensor.name, &tensor.dims))?;
    graph.node.iter().try_for_each(node)
}

/// One real input, one output, and an output that something produces (else tract indexes a map with it).
fn ends(graph: &GraphProto) -> Result<()> {
    let constants: HashSet<&str> = graph.initializer.iter().map(|tensor| &*tensor.name).collect();
    let inputs: Vec<&str> =
        graph.input.iter().map(|input| &*input.name).filter(|name| !constants.contains(name)).collect();
    if inputs.len() != 1 || graph.output.len() != 1 {
        return Err(Error::new(Blame::Network, "ONNX graph")
            .expected("one input and one output")
            .got(format!("{} and {}", inputs.len(), graph.output.len()))
            .remedy("export the classifier alone, with its logits as the output"));
    }
    let output = &*graph.output[0].name;
    let produced = graph.node.iter().flat_map(|node| &node.output).any(|name| name == output);
    if !produced {
        return Err(Error::new(Blame::Format, "ONNX graph")
            .expected("a node that produces the graph's output")
            .got(format!("none for {output:?}"))
            .remedy("export the model again"));
    }
    Ok(())
}

/// Sizes fit 32 bits, their product too: on wasm32 tract would truncate them.
fn dimensions(name: &str, sizes: &[i64]) -> Result<()> {
    let product = sizes.iter().try_fold(1_u32, |product, size| product.checked_mul(u32::try_from(*size).ok()?));
    match product {
        Some(product) if product < 1 << 28 => Ok(()),
        _ => Err(Error::new(Blame::Limit, format!("tensor {name:?}"))
            .expected("fewer than 2^28 values")
            .got(format!("{sizes:?}"))),
    }
}

/// Strides, dilations and kernels are positive (tract divides by them), pads are not negative, and all are small.
fn node(node: &NodeProto) -> Result<()> {
    for attribute in &node.attribute {
        let smallest = match &*attribute.name {
            "strides" | "dilations" | "kernel_shape" => 1,
            "pads" => 0,
            _ => continue,
        };
        if let Some(wrong) = attribute.ints.iter().find(|value| !(smallest..1 << 16).contains(*value)) {
            return Err(Error::new(Blame::Network, format!("{} {:?}", node.op_type, node.name))
                .expected(format!("{} of at least {smallest} and below 65536", attribute.name))
                .got(wrong));
        }
    }
    Ok(())
}
