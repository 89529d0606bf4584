//! One node on its way into tract's model: its inputs, each checked for what is asked of it.

use std::sync::Arc;

use crate::onnx::NodeProto;
use tract_hir::internal::*;

use super::ledger::Ledger;
use crate::network::wire::wire;

/// Integers that an operator reads: axes, sizes, indices.
const LONGEST_LIST: usize = 1 << 12;

/// What wires a kind of node. Called by its address and so never inlined: a browser compiles the operators that a file has.
pub(super) type Operator = fn(&mut Call) -> TractResult<OutletId>;

pub(super) struct Call<'a, 'b> {
    /// Its name in tract's model, which no other node has.
    pub(super) name: String,
    pub(super) node: &'a NodeProto,
    pub(super) inputs: Vec<Option<OutletId>>,
    pub(super) model: &'a mut TypedModel,
    pub(super) ledger: &'a mut Ledger<'b>,
    pub(super) opset: i64,
    /// Images that go in.
    pub(super) images: usize,
    /// Whether its values come out of the network: a softmax is left out then, since the caller applies one.
    pub(super) is_last: bool,
    /// Set by an operator that makes one image's values of another's.
    pub(super) mixes: bool,
}

impl Call<'_, '_> {
    pub(super) fn optional(&self, index: usize) -> Option<OutletId> {
        self.inputs.get(index).copied().flatten()
    }

    /// An input with values.
    pub(super) fn input(&self, index: usize) -> TractResult<OutletId> {
        let input = self.optional(index).with_context(|| format!("input {index} is missing"))?;
        ensure!(self.shape(input)?.iter().all(|size| *size > 0), "input {index} is empty");
        Ok(input)
    }

    /// An input of f32 values.
    pub(super) fn floats(&self, index: usize) -> TractResult<OutletId> {
        let input = self.input(index)?;
        let kind = self.fact(input)?.datum_type;
        ensure!(kind == f32::datum_type(), "input {index}: FLOAT is expected, got {kind:?}");
        Ok(input)
    }

    /// An input of stored f32 values, all of which are numbers.
    pub(super) fn weights(&self, index: usize) -> TractResult<OutletId> {
        let input = self.floats(index)?;
        ensure!(self.fact(input)?.konst.is_some(), "input {index}: constant values are expected");
        Ok(input)
    }

    pub(super) fn fact(&self, outlet: OutletId) -> TractResult<&TypedFact> {
        self.model.outlet_fact(outlet)
    }

    pub(super) fn shape(&self, outlet: OutletId) -> TractResult<TVec<usize>> {
        Ok(self.fact(outlet)?.shape.as_concrete().context("a concrete shape is expected")?.into())
    }

    pub(super) fn constant(&self, outlet: OutletId) -> TractResult<Arc<Tensor>> {
        self.fact(outlet)?.konst.clone().context("a constant is expected")
    }

    /// The few integers of an input that is a constant.
    pub(super) fn integers(&self, index: usize) -> TractResult<Option<Vec<i64>>> {
        let Some(outlet) = self.optional(index) else { return Ok(None) };
        let constant = self.constant(outlet)?;
        ensure!(constant.len() <= LONGEST_LIST, "input {index}: at most {LONGEST_LIST} integers are expected");
        ensure!(constant.datum_type().is_integer(), "input {index}: integers are expected");
        let integers = constant.cast_to::<i64>()?;
        Ok(Some(integers.to_plain_array_view::<i64>()?.iter().copied().collect()))
    }

    /// The integers of an input that is a constant and has one axis.
    pub(super) fn list(&self, index: usize) -> TractResult<Option<Vec<i64>>> {
        if let Some(outlet) = self.optional(index) {
            let shape = self.shape(outlet)?;
            ensure!(shape.len() == 1, "input {index}: a list is expected, got {shape:?}");
        }
        self.integers(index)
    }

    /// The one float of an input that is a constant.
    pub(super) fn float(&self, index: usize) -> TractResult<Option<f32>> {
        let Some(outlet) = self.optional(index) else { return Ok(None) };
        let constant = self.constant(outlet)?;
        ensure!(constant.datum_type() == f32::datum_type(), "input {index}: FLOAT is expected");
        ensure!(constant.len() == 1, "input {index}: one value is expected, got {}", constant.len());
        Ok(constant.to_plain_array_view::<f32>()?.iter().next().copied())
    }

    pub(super) fn wire(
        &mut self,
        suffix: &str,
        op: impl Into<Box<dyn TypedOp>>,
        inputs: &[OutletId],
    ) -> TractResult<OutletId> {
        self.wire_boxed(suffix, op.into(), inputs)
    }

    fn wire_boxed(&mut self, suffix: &str, op: Box<dyn TypedOp>, inputs: &[OutletId]) -> TractResult<OutletId> {
        let name = &self.name;
        let name = if suffix.is_empty() { name.clone() } else { format!("{name}.{suffix}.{}", self.model.nodes.len()) };
        Ok(wire(self.model, name, op, inputs)?[0])
    }

    /// Wires what tract knows how to expand.
    pub(super) fn expand(&mut self, op: &dyn Expansion, inputs: &[OutletId]) -> TractResult<OutletId> {
        Ok(op.wire(&self.name, self.model, inputs)?[0])
    }

    /// A value that fits a tensor of any shape of `rank` axes.
    pub(super) fn scalar(&mut self, suffix: &str, value: f32, rank: usize) -> TractResult<OutletId> {
        let name = format!("{}.{suffix}", self.name);
        self.model.add_const(name, Tensor::from_shape(&vec![1; rank], &[value])?)
    }

    /// `outlet`, whose shape was foreseen.
    pub(super) fn foreseen(&self, outlet: OutletId, shape: &[usize]) -> TractResult<OutletId> {
        let made = self.shape(outlet)?;
        ensure!(*made == *shape, "{shape:?} was expected of tract, which makes {made:?}");
        Ok(outlet)
    }
}

/// `axis` of a tensor of this rank, counted from the end when it is negative.
pub(super) fn axis(axis: i64, rank: usize) -> TractResult<usize> {
    let counted = if axis < 0 { axis.checked_add(rank as i64) } else { Some(axis) };
    let found = counted.and_then(|axis| usize::try_from(axis).ok()).filter(|axis| *axis < rank);
    found.with_context(|| format!("axis {axis} of a tensor of rank {rank}"))
}
