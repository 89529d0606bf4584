//! What an ONNX file declares of its input and output, taken at its word: another type or shape of the same image is made,
//! and what is no 28×28 grey image is refused.

use std::collections::HashSet;

use crate::onnx::tensor_proto::DataType;
use crate::onnx::tensor_shape_proto::dimension::Value;
use crate::onnx::{GraphProto, ValueInfoProto, type_proto};

use crate::error::{Blame, Error, Result};

/// The shapes of an image in memory, without the axis of the batch: all of them are row by row, from the top.
const SHAPES: [&[usize]; 10] = [
    &[1, 28, 28],
    &[28, 28, 1],
    &[28, 1, 28],
    &[28, 28],
    &[784],
    &[1, 784],
    &[784, 1],
    &[1, 1, 784],
    &[1, 784, 1],
    &[784, 1, 1],
];

/// Operators that hand on values as they are.
const HANDS_ON: [&str; 7] = ["Identity", "Dropout", "Cast", "Flatten", "Reshape", "Squeeze", "Unsqueeze"];

/// Where an image goes in, and where logits come out.
pub(super) struct Ends {
    pub(super) input: String,
    /// The shape of an image, without the axis of the batch.
    pub(super) shape: &'static [usize],
    /// Images that the file insists on.
    pub(super) images: Option<i64>,
    /// Whether pixels are whole numbers from 0 to 255.
    pub(super) takes_bytes: bool,
    pub(super) output: String,
    /// The node whose values come out, whatever hands them on.
    pub(super) last: usize,
}

impl Ends {
    /// # Errors
    /// [`Blame::Network`] when there is not one input of one grey 28×28 image and one output; [`Blame::Format`] when nothing
    /// produces the output.
    pub(super) fn of(graph: &GraphProto) -> Result<Self> {
        let stored: HashSet<&str> = graph.initializer.iter().map(|tensor| &*tensor.name).collect();
        let inputs: Vec<&ValueInfoProto> = graph.input.iter().filter(|input| !stored.contains(&*input.name)).collect();
        let ([input], [output]) = (&*inputs, &*graph.output) else {
            return Err(Error::new(Blame::Network, "ONNX graph")
                .expected("one input and one output")
                .got(format!("{} and {}", inputs.len(), graph.output.len()))
                .remedy("export the classifier alone, with its logits as the output"));
        };
        let output = &output.name;
        let last = graph.node.iter().position(|node| node.output.first() == Some(output)).ok_or_else(|| {
            Error::new(Blame::Format, "ONNX graph")
                .expected("a node that produces the graph's output")
                .got(format!("none for {output:?}"))
                .remedy("export the model again")
        })?;
        let (kind, declared) = declared(input);
        let takes_bytes = takes_bytes(kind).ok_or_else(|| {
            wrong_input(input, format!("values of type {}", kind.name()))
                .remedy("export it with an input of type FLOAT (pixels in [0, 1]) or of whole numbers (0 to 255)")
        })?;
        let shape = shape(declared.as_deref()).ok_or_else(|| {
            wrong_input(input, shown(declared.as_deref().unwrap_or_default()))
                .remedy("export the classifier for grey images of 28×28 pixels")
        })?;
        let images = declared.as_ref().and_then(|sizes| sizes[0]);
        if images.is_some_and(|images| images < 1) {
            return Err(wrong_input(input, shown(declared.as_deref().unwrap_or_default())));
        }
        let last = source(graph, last);
        Ok(Self { input: input.name.clone(), shape, images, takes_bytes, output: output.clone(), last })
    }
}

fn wrong_input(input: &ValueInfoProto, got: String) -> Error {
    Error::new(Blame::Network, format!("input {:?}", input.name))
        .expected("images of (N, 1, 28, 28), (N, 28, 28, 1), (N, 28, 28) or (N, 784)")
        .got(got)
}

/// The type and the sizes that are declared; sizes may be open.
fn declared(input: &ValueInfoProto) -> (DataType, Option<Vec<Option<i64>>>) {
    let Some(type_proto::Value::TensorType(tensor)) = input.r#type.as_ref().and_then(|kind| kind.value.as_ref()) else {
        return (DataType::Float, None);
    };
    let sizes = tensor.shape.as_ref().map(|shape| {
        let size = |value: &Option<Value>| match value {
            Some(Value::DimValue(size)) => Some(*size),
            _ => None,
        };
        shape.dim.iter().map(|dim| size(&dim.value)).collect()
    });
    (DataType::try_from(tensor.elem_type).unwrap_or_default(), sizes)
}

/// Whether this type of input has pixels from 0 to 255; `None` when it cannot hold either kind.
fn takes_bytes(kind: DataType) -> Option<bool> {
    match kind {
        DataType::Float | DataType::Double | DataType::Float16 => Some(false),
        DataType::Uint8 | DataType::Int16 | DataType::Uint16 => Some(true),
        DataType::Int32 | DataType::Uint32 | DataType::Int64 | DataType::Uint64 => Some(true),
        _ => None,
    }
}

/// The first of [`SHAPES`] that is declared, open sizes being any.
fn shape(declared: Option<&[Option<i64>]>) -> Option<&'static [usize]> {
    let Some(declared) = declared else { return Some(SHAPES[0]) };
    let (_, sizes) = declared.split_first()?;
    let fits = |shape: &&'static [usize]| {
        let same = |(declared, size): (&Option<i64>, &usize)| declared.is_none_or(|declared| declared == *size as i64);
        shape.len() == sizes.len() && sizes.iter().zip(*shape).all(same)
    };
    SHAPES.into_iter().find(fits)
}

fn shown(sizes: &[Option<i64>]) -> String {
    let sizes: Vec<String> =
        sizes.iter().map(|size| size.map_or_else(|| "?".to_owned(), |size| size.to_string())).collect();
    format!("({})", sizes.join(", "))
}

/// The node whose values `last` hands on, to nobody else.
fn source(graph: &GraphProto, last: usize) -> usize {
    let mut at = last;
    // Nodes stand in order of execution, so that this ends.
    while let node = &graph.node[at]
        && HANDS_ON.contains(&&*node.op_type)
        && let Some(name) = node.input.first()
        && graph.node.iter().flat_map(|node| &node.input).filter(|input| *input == name).count() == 1
        && let Some(before) = graph.node[..at].iter().position(|node| node.output.first() == Some(name))
    {
        at = before;
    }
    at
}
