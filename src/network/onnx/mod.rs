//! An ONNX graph → tract's typed model for one batch size, by the operators that this product supports.
//!
//! tract's own reader registers every operator it knows; each would be in the wasm whether a file uses it or not.

mod attributes;
mod layers;
mod maths;
mod shapes;
mod tensor;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::onnx::{ModelProto, NodeProto};
use tract_hir::internal::*;

use crate::image::SIDE;

/// A graph that [`super::check`] has passed, with its constants read.
pub(super) struct Graph {
    nodes: Vec<NodeProto>,
    constants: BTreeMap<String, Arc<Tensor>>,
    input: String,
    output: String,
    opset: i64,
}

/// The typed model of a graph as far as it can be built.
pub(super) struct Built {
    /// Up to the first node that is not supported, if there is one.
    pub(super) model: TypedModel,
    /// Where each named value is.
    pub(super) outlets: HashMap<String, OutletId>,
}

impl Graph {
    /// # Errors
    /// When a stored tensor is of a type that no supported operator reads, or its bytes are not as many as its shape says.
    pub(super) fn new(proto: ModelProto) -> TractResult<Self> {
        let default = |domain: &str| domain.is_empty() || domain == "ai.onnx";
        let opset = proto.opset_import.iter().find(|set| default(&set.domain)).map_or(0, |set| set.version);
        let graph = proto.graph.context("no graph")?;
        let mut constants = BTreeMap::new();
        for proto in &graph.initializer {
            let tensor = tensor::read(proto).with_context(|| format!("tensor {:?}", proto.name))?;
            constants.insert(proto.name.clone(), tensor.into_arc_tensor());
        }
        let input = graph.input.into_iter().map(|input| input.name).find(|name| !constants.contains_key(name));
        let output = graph.output.into_iter().next().map(|output| output.name);
        Ok(Self {
            nodes: graph.node,
            constants,
            input: input.context("no input")?,
            output: output.context("no output")?,
            opset,
        })
    }

    /// The model for `batch` images.
    ///
    /// # Errors
    /// When an operator is not supported, or its inputs or attributes contradict it.
    pub(super) fn model(&self, batch: usize) -> TractResult<TypedModel> {
        let (Built { mut model, outlets }, problem) = self.build(batch);
        problem.map_or(Ok(()), Err)?;
        let output = outlets.get(&self.output).context("the output is not produced")?;
        model.select_output_outlets(&[*output])?;
        Ok(model)
    }

    /// The model for `batch` images as far as it goes, and what stopped it.
    pub(super) fn build(&self, batch: usize) -> (Built, Option<TractError>) {
        let mut builder = Builder { model: TypedModel::default(), outlets: HashMap::new(), graph: self };
        let problem = builder.build(batch).err();
        (Built { model: builder.model, outlets: builder.outlets }, problem)
    }
}

struct Builder<'a> {
    model: TypedModel,
    outlets: HashMap<String, OutletId>,
    graph: &'a Graph,
}

impl Builder<'_> {
    fn build(&mut self, batch: usize) -> TractResult<()> {
        let image = self.model.add_source(&self.graph.input, f32::fact([batch, 1, SIDE, SIDE]))?;
        self.outlets.insert(self.graph.input.clone(), image);
        for (index, node) in self.graph.nodes.iter().enumerate() {
            let name = if node.name.is_empty() { format!("{}.{index}", node.op_type) } else { node.name.clone() };
            let before = self.model.nodes.len();
            let outlet = self.node(&name, node).with_context(|| format!("{} {name:?}", node.op_type))?;
            self.fold(before)?;
            let output = node.output.first().cloned().unwrap_or_default();
            ensure!(self.outlets.insert(output, outlet).is_none(), "{name:?}: its output has been produced already");
        }
        Ok(())
    }

    fn node(&mut self, name: &str, node: &NodeProto) -> TractResult<OutletId> {
        ensure!(matches!(&*node.domain, "" | "ai.onnx"), "operators of the domain {:?} are not supported", node.domain);
        let mut inputs = Vec::with_capacity(node.input.len());
        for input in &node.input {
            inputs.push(if input.is_empty() { None } else { Some(self.value(input)?) });
        }
        let mut call = Call { name: name.to_owned(), node, inputs, model: &mut self.model, opset: self.graph.opset };
        let wired = match layers::wire(&mut call)? {
            None => match maths::wire(&mut call)? {
                None => shapes::wire(&mut call)?,
                wired => wired,
            },
            wired => wired,
        };
        wired.context("this operator is not supported")
    }

    fn value(&mut self, name: &str) -> TractResult<OutletId> {
        if let Some(outlet) = self.outlets.get(name) {
            return Ok(*outlet);
        }
        let constant = self.graph.constants.get(name).with_context(|| format!("nothing produces {name:?}"))?;
        let outlet = self.model.add_const(name, Arc::clone(constant))?;
        self.outlets.insert(name.to_owned(), outlet);
        Ok(outlet)
    }

    /// Computes what depends on constants alone: the nodes from `start` on.
    fn fold(&mut self, start: usize) -> TractResult<()> {
        for id in start..self.model.nodes.len() {
            let node = &self.model.nodes[id];
            let inputs =
                node.inputs.iter().map(|input| Some(self.model.outlet_fact(*input).ok()?.konst.clone()?.into_tvalue()));
            let Some(inputs) = inputs.collect::<Option<TVec<TValue>>>().filter(|inputs| !inputs.is_empty()) else {
                continue;
            };
            let Some(outputs) = node.op.eval_out_of_plan(inputs)? else { continue };
            for (slot, output) in outputs.into_iter().enumerate() {
                self.model.nodes[id].outputs[slot].fact.konst = Some(output.into_arc_tensor());
            }
        }
        Ok(())
    }
}

/// One node on its way into the model.
struct Call<'a> {
    name: String,
    node: &'a NodeProto,
    inputs: Vec<Option<OutletId>>,
    model: &'a mut TypedModel,
    opset: i64,
}

impl Call<'_> {
    fn optional(&self, index: usize) -> Option<OutletId> {
        self.inputs.get(index).copied().flatten()
    }

    fn input(&self, index: usize) -> TractResult<OutletId> {
        self.optional(index).with_context(|| format!("input {index} is missing"))
    }

    /// The inputs, of which there must be `count`.
    fn inputs(&self, count: usize) -> TractResult<TVec<OutletId>> {
        ensure!(self.inputs.len() == count, "{count} inputs expected, got {}", self.inputs.len());
        (0..count).map(|index| self.input(index)).collect()
    }

    fn fact(&self, outlet: OutletId) -> TractResult<&TypedFact> {
        self.model.outlet_fact(outlet)
    }

    fn shape(&self, outlet: OutletId) -> TractResult<TVec<usize>> {
        Ok(self.fact(outlet)?.shape.as_concrete().context("a concrete shape is expected")?.into())
    }

    fn constant(&self, outlet: OutletId) -> TractResult<Arc<Tensor>> {
        self.fact(outlet)?.konst.clone().context("a constant is expected")
    }

    /// The integers of an input that is a constant.
    fn integers(&self, index: usize) -> TractResult<Option<Vec<i64>>> {
        let Some(outlet) = self.optional(index) else { return Ok(None) };
        let constant = self.constant(outlet)?;
        let integers = constant.cast_to::<i64>()?;
        Ok(Some(integers.to_plain_array_view::<i64>()?.iter().copied().collect()))
    }

    /// The one float of an input that is a constant.
    fn float(&self, index: usize) -> TractResult<Option<f32>> {
        let Some(outlet) = self.optional(index) else { return Ok(None) };
        let constant = self.constant(outlet)?;
        ensure!(constant.len() == 1, "one value is expected, got {}", constant.len());
        let float = constant.cast_to::<f32>()?;
        Ok(float.to_plain_array_view::<f32>()?.iter().next().copied())
    }

    fn wire(&mut self, suffix: &str, op: impl Into<Box<dyn TypedOp>>, inputs: &[OutletId]) -> TractResult<OutletId> {
        let name = if suffix.is_empty() { self.name.clone() } else { format!("{}.{suffix}", self.name) };
        let name = self.model.unique_name(name).into_owned();
        Ok(self.model.wire_node(name, op, inputs)?[0])
    }

    /// Wires what tract knows how to expand.
    fn expand(&mut self, op: &impl Expansion, inputs: &[OutletId]) -> TractResult<OutletId> {
        Ok(op.wire(&self.name, self.model, inputs)?[0])
    }
}

/// `axis` of a tensor of this rank, counted from the end when it is negative.
fn axis(axis: i64, rank: usize) -> TractResult<usize> {
    let counted = if axis < 0 { axis.checked_add(rank as i64) } else { Some(axis) };
    let found = counted.and_then(|axis| usize::try_from(axis).ok()).filter(|axis| *axis < rank);
    found.with_context(|| format!("axis {axis} of a tensor of rank {rank}"))
}
