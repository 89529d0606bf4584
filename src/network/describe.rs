//! What an ONNX file holds, for people: its ends, its nodes with shapes, its metadata. Nothing is run.

use std::collections::{HashMap, HashSet};
use std::fmt;

use crate::onnx::attribute_proto::AttributeType;
use crate::onnx::tensor_proto::DataType;
use crate::onnx::{
    AttributeProto, GraphProto, NodeProto, TensorProto, ValueInfoProto, tensor_shape_proto::dimension, type_proto,
};

use super::onnx::{Built, Graph, no_graph};
use super::{Budget, decode};
use crate::error::Result;
use crate::printable::printable;

/// An ONNX file in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Description {
    /// Who wrote it, with version.
    pub producer: String,
    /// Its doc string.
    pub doc: String,
    /// The version of the default operator set.
    pub opset: i64,
    /// Name and shape of what goes in, such as `image (N, 1, 28, 28)`.
    pub inputs: Vec<String>,
    /// Name and shape of what comes out.
    pub outputs: Vec<String>,
    /// In order of execution.
    pub nodes: Vec<Node>,
    /// Every metadata property, in file order.
    pub properties: Vec<(String, String)>,
}

/// One operator.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Its name, or that of its first output when it has none.
    pub name: String,
    /// Its operator.
    pub operator: String,
    /// Its first output for one image, when that can be inferred.
    pub output: Option<TensorInfo>,
    /// The tensors that other nodes, or the caller, hand it.
    pub inputs: Vec<String>,
    /// The tensors that it hands on.
    pub outputs: Vec<String>,
    /// Its whole-number attributes, such as `kernel_shape` and `[3, 3]`.
    pub attributes: Vec<(String, Vec<i64>)>,
    /// The stored tensors that it reads.
    pub weights: Vec<TensorInfo>,
}

/// What a tensor is, but for its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TensorInfo {
    /// The type of its values: `INT8` of what is stored, `f32` of what is computed.
    pub dtype: String,
    /// Its sizes, as the file says.
    pub shape: Vec<i64>,
}

impl TensorInfo {
    /// How many values it holds.
    pub fn values(&self) -> usize {
        self.shape.iter().fold(1_i64, |size, extent| size.saturating_mul(*extent)).max(0) as usize
    }
}

/// Such as `INT8 (64, 1, 3, 3)`.
impl fmt::Display for TensorInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.dtype, shape(&self.shape))
    }
}

impl Node {
    /// How many values its stored tensors hold.
    pub fn parameters(&self) -> usize {
        self.weights.iter().fold(0, |sum, weight| sum.saturating_add(weight.values()))
    }
}

/// Describes an ONNX file.
///
/// Its texts are [`printable`]. What cannot be run is described too, as far as its shapes can be inferred.
///
/// # Errors
/// [`Blame::Limit`](crate::error::Blame::Limit) past the default [`Budget`] of messages;
/// [`Blame::Format`](crate::error::Blame::Format) when the bytes are no ONNX model, or have no graph.
pub fn describe(bytes: &[u8]) -> Result<Description> {
    let budget = Budget::default();
    let mut model = decode(bytes, &budget)?;
    let facts = Graph::new(model.clone(), &budget).map(|graph| facts(graph.build(1).0)).unwrap_or_default();
    let graph = model.graph.take().ok_or_else(no_graph)?;
    let opset = model.opset_import.iter().find(|set| set.domain.is_empty()).map_or(0, |set| set.version);
    let constants: HashSet<&str> = graph.initializer.iter().map(|tensor| &*tensor.name).collect();
    Ok(Description {
        producer: shown(format!("{} {}", model.producer_name, model.producer_version).trim()),
        doc: shown(&model.doc_string),
        opset,
        inputs: graph.input.iter().filter(|value| !constants.contains(&*value.name)).map(end).collect(),
        outputs: graph.output.iter().map(end).collect(),
        nodes: nodes(&graph, &facts),
        properties: model.metadata_props.iter().map(|entry| (shown(&entry.key), shown(&entry.value))).collect(),
    })
}

/// The whole of a text of the file.
fn shown(text: &str) -> String {
    printable(text, usize::MAX)
}

impl Description {
    /// How many values the file stores in all.
    pub fn parameters(&self) -> usize {
        self.nodes.iter().fold(0, |sum, node| sum.saturating_add(node.parameters()))
    }
}

/// Every tensor whose shape and type can be inferred, by name.
type Facts = HashMap<String, TensorInfo>;

fn nodes(graph: &GraphProto, facts: &Facts) -> Vec<Node> {
    let stored: HashSet<&str> = graph.initializer.iter().map(|tensor| &*tensor.name).collect();
    // A tensor that two nodes read counts for the first.
    let mut unread: HashMap<&str, _> = graph.initializer.iter().map(|tensor| (&*tensor.name, tensor)).collect();
    let mut described = Vec::with_capacity(graph.node.len());
    for node in &graph.node {
        let read: Vec<_> = node.input.iter().filter_map(|name| unread.remove(&**name)).collect();
        let output = node.output.first().map_or("", String::as_str);
        described.push(Node {
            name: shown(if node.name.is_empty() { output } else { &node.name }),
            operator: shown(&node.op_type),
            output: facts.get(output).cloned(),
            inputs: node.input.iter().filter(|name| !stored.contains(&***name)).map(|name| shown(name)).collect(),
            outputs: node.output.iter().map(|name| shown(name)).collect(),
            attributes: attributes(node),
            weights: read.into_iter().map(stored_tensor).collect(),
        });
    }
    described
}

fn stored_tensor(tensor: &TensorProto) -> TensorInfo {
    let dtype = DataType::try_from(tensor.data_type).map_or_else(|_| "?".to_owned(), DataType::name);
    TensorInfo { dtype, shape: tensor.dims.clone() }
}

fn attributes(node: &NodeProto) -> Vec<(String, Vec<i64>)> {
    let whole = |attribute: &AttributeProto| match AttributeType::try_from(attribute.r#type) {
        Ok(AttributeType::Int) => Some(vec![attribute.i]),
        Ok(AttributeType::Ints) => Some(attribute.ints.clone()),
        _ => None,
    };
    node.attribute.iter().filter_map(|attribute| Some((shown(&attribute.name), whole(attribute)?))).collect()
}

/// Shape and type of all named values.
fn facts(Built { model, outlets, .. }: Built) -> Facts {
    let known = |outlet| {
        let fact = model.outlet_fact(outlet).ok()?;
        let shape = fact.shape.as_concrete()?.iter().map(|extent| *extent as i64).collect();
        Some(TensorInfo { dtype: format!("{:?}", fact.datum_type).to_lowercase(), shape })
    };
    outlets.into_iter().filter_map(|(name, outlet)| Some((name, known(outlet)?))).collect()
}

fn end(value: &ValueInfoProto) -> String {
    let tensor = value.r#type.as_ref().and_then(|kind| kind.value.as_ref());
    let type_proto::Value::TensorType(tensor) = match tensor {
        Some(tensor) => tensor,
        None => return shown(&value.name),
    };
    let dims = tensor.shape.iter().flat_map(|shape| &shape.dim).map(|dim| match &dim.value {
        Some(dimension::Value::DimValue(extent)) => extent.to_string(),
        Some(dimension::Value::DimParam(name)) => shown(name),
        None => "?".to_owned(),
    });
    format!("{} {}", shown(&value.name), shape(&dims.collect::<Vec<_>>()))
}

/// Sizes as people write them, such as `(N, 1, 28, 28)`.
pub fn shape(dims: &[impl ToString]) -> String {
    let dims: Vec<String> = dims.iter().map(ToString::to_string).collect();
    format!("({})", dims.join(", "))
}
