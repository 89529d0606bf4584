//! An ONNX graph → tract's typed model for one batch size, by the operators that this product supports.
//!
//! tract's own reader registers every operator it knows; each would be in the wasm whether a file uses it or not. And tract
//! believes a graph: sizes that do not fit make its kernels read outside of arrays. Every operator here says first what it
//! expects of its inputs, every tensor is held against the [`Budget`], and only then is anything wired or computed.

mod attributes;
mod call;
mod ends;
mod extents;
mod integers;
mod layers;
mod ledger;
mod maths;
mod pools;
pub(super) mod scan;
mod shapes;
mod signature;
mod tensor;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::onnx::{ModelProto, NodeProto};
use tract_hir::internal::*;
use tract_hir::tract_core::ops::cast::cast;
use tract_hir::tract_core::ops::change_axes::to_axis_ops_with_onnx_rules;

use super::budget::{Budget, within};
use super::wire::wire as wire_node;
use crate::error::{Blame, Error, Result};
use crate::image::SIDE;
use call::Call;
use ends::Ends;
use extents::volume;
use ledger::Ledger;

/// Older operators have other attributes under the same names.
const OLDEST_OPSET: i64 = 7;

/// Between a node's name in the file and its number: in the model no two have one name.
const NUMBERED: char = '#';

/// Operators that may read infinities: bounds, and what lies around maps.
const READS_INFINITIES: [&str; 6] = ["Clip", "Max", "Min", "Pad", "Identity", "Constant"];

/// A graph with its ends, and its constants read.
pub(super) struct Graph {
    nodes: Vec<NodeProto>,
    /// Or why a tensor cannot be read, which matters only where it is.
    constants: BTreeMap<String, TractResult<Arc<Tensor>>>,
    ends: Ends,
    opset: i64,
    budget: Budget,
}

/// The typed model of a graph as far as it can be built.
pub(super) struct Built {
    /// Up to the first node that is not supported, if there is one.
    pub(super) model: TypedModel,
    /// Where each named value is.
    pub(super) outlets: HashMap<String, OutletId>,
    /// Values of which each image has its own.
    apart: HashSet<OutletId>,
}

/// A model that can run.
pub(super) struct Model {
    pub(super) typed: TypedModel,
    /// Values that it computes.
    pub(super) values: u64,
    /// Whether no image changes another's logits.
    pub(super) keeps_images_apart: bool,
}

impl Graph {
    /// # Errors
    /// [`Blame::Format`] and [`Blame::Network`] when there is no graph from one 28×28 image to one output; [`Blame::Limit`]
    /// when it has too many nodes.
    pub(super) fn new(proto: ModelProto, budget: &Budget) -> Result<Self> {
        let default = |domain: &str| domain.is_empty() || domain == "ai.onnx";
        let opset = proto.opset_import.iter().find(|set| default(&set.domain)).map_or(0, |set| set.version);
        let graph = proto.graph.ok_or_else(no_graph)?;
        within("nodes", budget.nodes, graph.node.len())?;
        if opset < OLDEST_OPSET {
            return Err(Error::new(Blame::Network, "ONNX file")
                .expected(format!("operators of version {OLDEST_OPSET} or newer"))
                .got(opset)
                .remedy("export the model again"));
        }
        let ends = Ends::of(&graph)?;
        let constants = graph.initializer.iter().map(|proto| {
            let tensor = tensor::read(proto).map(Tensor::into_arc_tensor);
            (proto.name.clone(), tensor)
        });
        Ok(Self { constants: constants.collect(), nodes: graph.node, ends, opset, budget: *budget })
    }

    /// Whether pixels go in as whole numbers from 0 to 255.
    pub(super) fn takes_bytes(&self) -> bool {
        self.ends.takes_bytes
    }

    /// Whether the last operator is none of those that make logits.
    pub(super) fn may_end_in_probabilities(&self) -> bool {
        !matches!(&*self.nodes[self.ends.last].op_type, "Gemm" | "MatMul" | "Add")
    }

    /// Whether the file insists on one image at a time.
    pub(super) fn takes_one_image(&self) -> bool {
        self.ends.images == Some(1)
    }

    /// The model for so many images.
    ///
    /// # Errors
    /// When an operator is not supported, its inputs or attributes contradict it, or it asks for more than the budget.
    pub(super) fn model(&self, images: usize) -> TractResult<Model> {
        let (Built { mut model, outlets, apart }, problem) = self.build(images);
        problem.map_or(Ok(()), Err)?;
        let output = *outlets.get(&self.ends.output).context("the output is not produced")?;
        model.select_output_outlets(&[output])?;
        let outputs = model.nodes.iter().flat_map(|node| &node.outputs).filter(|output| output.fact.konst.is_none());
        let values = outputs.map(|output| output.fact.shape.as_concrete().map_or(0, volume)).sum();
        Ok(Model { typed: model, values, keeps_images_apart: apart.contains(&output) })
    }

    /// The model for so many images as far as it goes, and what stopped it.
    pub(super) fn build(&self, images: usize) -> (Built, Option<TractError>) {
        let mut builder = Builder {
            model: TypedModel::default(),
            outlets: HashMap::new(),
            apart: HashSet::new(),
            unfit: HashMap::new(),
            ledger: Ledger::new(&self.budget, images),
            settled: 0,
            images,
            graph: self,
        };
        let problem = builder.build().err();
        let Builder { model, outlets, apart, .. } = builder;
        (Built { model, outlets, apart }, problem)
    }
}

struct Builder<'a> {
    model: TypedModel,
    outlets: HashMap<String, OutletId>,
    apart: HashSet<OutletId>,
    /// A value of each constant that has one which is no number.
    unfit: HashMap<OutletId, f32>,
    ledger: Ledger<'a>,
    /// Nodes of the model that have been held against the budget, and computed when they could be.
    settled: usize,
    images: usize,
    graph: &'a Graph,
}

impl Builder<'_> {
    fn build(&mut self) -> TractResult<()> {
        let image = self.image()?;
        self.settle()?;
        self.apart.insert(image);
        self.outlets.insert(self.graph.ends.input.clone(), image);
        for (index, node) in self.graph.nodes.iter().enumerate() {
            let name = if node.name.is_empty() { node.output.first() } else { Some(&node.name) };
            let name = name.map_or("", String::as_str);
            let outlet = self.node(index, name, node).with_context(|| format!("{} {name:?}", node.op_type))?;
            let output = node.output.first().cloned().unwrap_or_default();
            ensure!(self.outlets.insert(output, outlet).is_none(), "{name:?}: its output has been produced already");
        }
        Ok(())
    }

    /// The images as the file has them declared.
    fn image(&mut self) -> TractResult<OutletId> {
        let Ends { input, shape, takes_bytes, .. } = &self.graph.ends;
        let from = [self.images, 1, SIDE, SIDE];
        let mut outlet = self.model.add_source(input, f32::fact(from))?;
        if *takes_bytes {
            outlet =
                wire_node(&mut self.model, format!("{input}.whole"), cast(i32::datum_type()).into(), &[outlet])?[0];
        }
        let to: TVec<TDim> = std::iter::once(&self.images).chain(*shape).map(|size| size.to_dim()).collect();
        for (index, op) in
            to_axis_ops_with_onnx_rules(&from.map(|size| size.to_dim()), &to, true)?.into_iter().enumerate()
        {
            outlet = wire_node(&mut self.model, format!("{input}.{index}"), op.into(), &[outlet])?[0];
        }
        Ok(outlet)
    }

    fn node(&mut self, index: usize, name: &str, node: &NodeProto) -> TractResult<OutletId> {
        ensure!(matches!(&*node.domain, "" | "ai.onnx"), "operators of the domain {:?} are not supported", node.domain);
        signature::check(node, self.graph.opset)?;
        let mut inputs = Vec::with_capacity(node.input.len());
        for input in &node.input {
            inputs.push(if input.is_empty() { None } else { Some(self.value(input)?) });
        }
        for (input, outlet) in node.input.iter().zip(&inputs) {
            let Some(outlet) = outlet else { continue };
            let reads = |value: &&f32| value.is_infinite() && READS_INFINITIES.contains(&&*node.op_type);
            if let Some(wrong) = self.unfit.get(outlet).filter(|value| !reads(value)) {
                bail!("the tensor {input:?} holds {wrong}");
            }
        }
        let mut call = Call {
            name: format!("{name}{NUMBERED}{index}"),
            node,
            inputs,
            model: &mut self.model,
            ledger: &mut self.ledger,
            opset: self.graph.opset,
            images: self.images,
            is_last: self.graph.ends.last == index,
            mixes: false,
        };
        let outlet = wire(&mut call)?.context("this operator is not supported")?;
        let (inputs, mixes) = (call.inputs, call.mixes);
        self.settle()?;
        let of_images = |input: &OutletId| self.model.outlet_fact(*input).is_ok_and(|fact| fact.konst.is_none());
        let apart = inputs.iter().flatten().filter(|input| of_images(input)).all(|input| self.apart.contains(input));
        let counts = self.model.outlet_fact(outlet)?.shape.first() == Some(&self.images.to_dim());
        if of_images(&outlet) && apart && counts && !mixes {
            self.apart.insert(outlet);
        }
        Ok(outlet)
    }

    fn value(&mut self, name: &str) -> TractResult<OutletId> {
        if let Some(outlet) = self.outlets.get(name) {
            return Ok(*outlet);
        }
        let constant = self.graph.constants.get(name).with_context(|| format!("nothing produces {name:?}"))?;
        let constant = constant.as_ref().map_err(|error| format_err!("the tensor {name:?}: {error:#}"))?;
        let outlet = self.model.add_const(name, Arc::clone(constant))?;
        self.outlets.insert(name.to_owned(), outlet);
        self.settle()?;
        Ok(outlet)
    }

    /// Holds what has been wired since against the budget, and computes what depends on constants alone.
    fn settle(&mut self) -> TractResult<()> {
        for id in self.settled..self.model.nodes.len() {
            for output in &self.model.nodes[id].outputs {
                let shape = output.fact.shape.as_concrete().context("a concrete shape is expected")?;
                self.ledger.hold(shape)?;
                // Lists of integers may be empty: they name no axis, say.
                let empty = shape.contains(&0) && (output.fact.konst.is_none() || output.fact.datum_type.is_float());
                ensure!(!empty, "a tensor of {shape:?} has no values");
            }
        }
        for id in std::mem::replace(&mut self.settled, self.model.nodes.len())..self.model.nodes.len() {
            let node = &self.model.nodes[id];
            let inputs =
                node.inputs.iter().map(|input| Some(self.model.outlet_fact(*input).ok()?.konst.clone()?.into_tvalue()));
            if let Some(inputs) = inputs.collect::<Option<TVec<TValue>>>().filter(|inputs| !inputs.is_empty())
                && let Some(outputs) = node.op.eval_out_of_plan(inputs)?
            {
                for (slot, output) in outputs.into_iter().enumerate() {
                    self.model.nodes[id].outputs[slot].fact.konst = Some(output.into_arc_tensor());
                }
            }
            let constant = self.model.nodes[id].outputs[0].fact.konst.as_deref();
            if let Some(wrong) = constant.and_then(unfit) {
                self.unfit.insert(id.into(), wrong);
            }
        }
        Ok(())
    }
}

pub(super) fn no_graph() -> Error {
    Error::new(Blame::Format, "ONNX file").expected("a graph").got("none").remedy("export the model again")
}

/// What a node is called in the file, by its name in the model.
pub(super) fn name_in_file(name: &str) -> String {
    name.rsplit_once(NUMBERED).map_or(name, |(name, _)| name).to_owned()
}

fn wire(call: &mut Call) -> TractResult<Option<OutletId>> {
    for operators in [layers::wire, pools::wire, maths::wire, shapes::wire] {
        if let Some(outlet) = operators(call)? {
            return Ok(Some(outlet));
        }
    }
    Ok(None)
}

/// A value that is no number, NaN before an infinity.
fn unfit(constant: &Tensor) -> Option<f32> {
    let values = constant.to_plain_array_view::<f32>().ok()?;
    let found = |unfit: fn(f32) -> bool| values.iter().copied().find(|value| unfit(*value));
    if values.iter().all(|value| value.is_finite()) {
        None
    } else {
        found(f32::is_nan).or_else(|| found(f32::is_infinite))
    }
}
