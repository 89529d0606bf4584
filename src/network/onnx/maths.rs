//! Operators that work value by value, and softmax.

use tract_hir::internal::*;
use tract_hir::ops::activations::{Clip, HardSigmoid, LeakyRelu, Softplus};
use tract_hir::ops::nn::{LayerLogSoftmax, LayerSoftmax};
use tract_hir::tract_core::ops::change_axes::wire_with_rank_broadcast;
use tract_hir::tract_core::ops::math;
use tract_hir::tract_core::ops::nn as core_nn;

use super::attributes::{find_float, float, integer};
use super::{Call, axis};

/// `None` for an operator of another file.
pub(super) fn wire(call: &mut Call) -> TractResult<Option<OutletId>> {
    Ok(Some(match &*call.node.op_type {
        "Relu" => call.expand(&Clip::new(Some(0.0), None), &call.inputs(1)?)?,
        "LeakyRelu" => call.expand(&LeakyRelu(float(call.node, "alpha", 0.01)?), &call.inputs(1)?)?,
        "Elu" => elu(call)?,
        "HardSigmoid" => {
            let hard = HardSigmoid(float(call.node, "alpha", 0.2)?, float(call.node, "beta", 0.5)?);
            call.expand(&hard, &call.inputs(1)?)?
        }
        "Softplus" => call.expand(&Softplus, &call.inputs(1)?)?,
        "Clip" => clip(call)?,
        "Softmax" => {
            let (axis, flattens) = softmax_axis(call)?;
            call.expand(&LayerSoftmax::new(axis, flattens), &call.inputs(1)?)?
        }
        "LogSoftmax" => {
            let (axis, flattens) = softmax_axis(call)?;
            call.expand(&LayerLogSoftmax::new(axis, flattens), &call.inputs(1)?)?
        }
        "Sigmoid" => unary(call, core_nn::sigmoid())?,
        "HardSwish" => unary(call, core_nn::hard_swish())?,
        "Tanh" => unary(call, math::tanh())?,
        "Exp" => unary(call, math::exp())?,
        "Log" => unary(call, math::ln())?,
        "Sqrt" => unary(call, math::sqrt())?,
        "Neg" => unary(call, math::neg())?,
        "Abs" => unary(call, math::abs())?,
        "Erf" => unary(call, math::erf())?,
        "Add" => binary(call, math::add())?,
        "Sub" => binary(call, math::sub())?,
        "Mul" => binary(call, math::mul())?,
        "Div" => binary(call, math::div())?,
        "Max" => binary(call, math::max())?,
        "Min" => binary(call, math::min())?,
        _ => return Ok(None),
    }))
}

fn unary(call: &mut Call, op: impl Into<Box<dyn TypedOp>>) -> TractResult<OutletId> {
    let inputs = call.inputs(1)?;
    call.wire("", op, &inputs)
}

fn binary(call: &mut Call, op: impl Into<Box<dyn TypedOp>>) -> TractResult<OutletId> {
    let inputs = call.inputs(2)?;
    Ok(wire_with_rank_broadcast(&call.name, call.model, op, &inputs)?[0])
}

/// `x` above zero and `alpha · (eˣ - 1)` below, as a sum: `max(x, 0) + alpha · (e^min(x, 0) - 1)`.
fn elu(call: &mut Call) -> TractResult<OutletId> {
    let input = call.input(0)?;
    let ones = vec![1; call.fact(input)?.rank()];
    let mut constant = |name: &str, value: f32| {
        let tensor = Tensor::from_shape(&ones, &[value])?;
        call.model.add_const(format!("{}.{name}", call.name), tensor)
    };
    let alpha = float(call.node, "alpha", 1.0)?;
    let (zero, one, alpha) = (constant("zero", 0.0)?, constant("one", 1.0)?, constant("alpha", alpha)?);
    let above = call.wire("above", math::max(), &[input, zero])?;
    let mut below = call.wire("below", math::min(), &[input, zero])?;
    below = call.wire("exponential", math::exp(), &[below])?;
    below = call.wire("less_one", math::sub(), &[below, one])?;
    below = call.wire("scaled", math::mul(), &[below, alpha])?;
    call.wire("sum", math::add(), &[above, below])
}

fn clip(call: &mut Call) -> TractResult<OutletId> {
    let bound = |index: usize, name: &str| match call.float(index)? {
        Some(bound) => Ok(Some(bound)),
        None => find_float(call.node, name),
    };
    let clip = Clip::new(bound(1, "min")?, bound(2, "max")?);
    let input = call.input(0)?;
    call.expand(&clip, &[input])
}

/// The axis, and whether all axes from it on count as one, as they did before opset 13.
fn softmax_axis(call: &Call) -> TractResult<(isize, bool)> {
    let flattens = call.opset < 13;
    let named = integer(call.node, "axis", if flattens { 1 } else { -1 })?;
    Ok((axis(named, call.fact(call.input(0)?)?.rank())? as isize, flattens))
}
