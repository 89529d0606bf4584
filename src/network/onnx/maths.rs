//! Operators that work value by value.

use tract_hir::internal::*;
use tract_hir::ops::activations::{Clip, HardSigmoid, LeakyRelu};
use tract_hir::tract_core::ops::change_axes::wire_rank_broadcast;
use tract_hir::tract_core::ops::math;
use tract_hir::tract_core::ops::nn as core_nn;

use super::attributes::{float, optional_float};
use super::call::{Call, Operator};
use super::extents::broadcast;
use super::integers;

/// `None` for an operator of another file.
pub(super) fn wire(call: &mut Call) -> TractResult<Option<OutletId>> {
    let operator: Operator = match &*call.node.op_type {
        "Relu" => rectifier,
        "LeakyRelu" => |call| expand(call, &LeakyRelu(float(call.node, "alpha", 0.01)?)),
        "HardSigmoid" => |call| {
            let hard = HardSigmoid(float(call.node, "alpha", 0.2)?, float(call.node, "beta", 0.5)?);
            expand(call, &hard)
        },
        "Elu" => elu,
        "Softplus" => softplus,
        "Clip" => clip,
        "Sigmoid" => |call| unary(call, core_nn::sigmoid()),
        "HardSwish" => |call| unary(call, core_nn::hard_swish()),
        "Tanh" => |call| unary(call, math::tanh()),
        "Exp" => |call| unary(call, math::exp()),
        "Log" => |call| unary(call, math::ln()),
        "Sqrt" => |call| unary(call, math::sqrt()),
        "Neg" => |call| unary(call, math::neg()),
        "Abs" => |call| unary(call, math::abs()),
        "Erf" => |call| unary(call, math::erf()),
        "Add" => |call| binary(call, math::add()),
        "Sub" => |call| binary(call, math::sub()),
        "Mul" => |call| binary(call, math::mul()),
        "Div" => |call| binary(call, math::div()),
        "Max" => |call| binary(call, math::max()),
        "Min" => |call| binary(call, math::min()),
        _ => return Ok(None),
    };
    operator(call).map(Some)
}

fn expand(call: &mut Call, op: &dyn Expansion) -> TractResult<OutletId> {
    let input = call.floats(0)?;
    call.expand(op, &[input])
}

/// `max(x, 0)`.
fn rectifier(call: &mut Call) -> TractResult<OutletId> {
    let input = call.floats(0)?;
    let zero = call.scalar("zero", 0.0, call.fact(input)?.rank())?;
    call.wire("", math::max(), &[input, zero])
}

fn unary(call: &mut Call, op: impl Into<Box<dyn TypedOp>>) -> TractResult<OutletId> {
    let input = call.floats(0)?;
    call.wire("", op, &[input])
}

fn binary(call: &mut Call, op: impl Into<Box<dyn TypedOp>>) -> TractResult<OutletId> {
    binary_boxed(call, op.into())
}

fn binary_boxed(call: &mut Call, op: Box<dyn TypedOp>) -> TractResult<OutletId> {
    if let Some(outlet) = integers::wire(call)? {
        return Ok(outlet);
    }
    let inputs = [call.floats(0)?, call.floats(1)?];
    let [a, b] = [call.shape(inputs[0])?, call.shape(inputs[1])?];
    let alike = call.opset > 7 || !matches!(&*call.node.op_type, "Max" | "Min");
    ensure!(alike || a == b, "before version 8 of the operators shapes are alike, got {a:?} and {b:?}");
    let expected = broadcast(&a, &b)?;
    for (input, shape) in inputs.into_iter().zip([&a, &b]) {
        // Along the axis of the images there are images, or the same for all of them.
        let of_images = call.fact(input)?.konst.is_none();
        let leads = shape.len() == expected.len() && expected.len() > 1;
        call.mixes |= if of_images { !leads } else { leads && shape[0] != 1 };
    }
    let outlet = if a.len() == b.len() {
        call.wire("", op, &inputs)?
    } else {
        let inputs = wire_rank_broadcast(&call.name, call.model, &inputs)?;
        call.wire("", op, &inputs)?
    };
    call.foreseen(outlet, &expected)
}

/// `x` above zero and `alpha · (eˣ - 1)` below, as a sum: `max(x, 0) + alpha · (e^min(x, 0) - 1)`.
fn elu(call: &mut Call) -> TractResult<OutletId> {
    let input = call.floats(0)?;
    let rank = call.fact(input)?.rank();
    let alpha = float(call.node, "alpha", 1.0)?;
    let (zero, one) = (call.scalar("zero", 0.0, rank)?, call.scalar("one", 1.0, rank)?);
    let alpha = call.scalar("alpha", alpha, rank)?;
    let above = call.wire("above", math::max(), &[input, zero])?;
    let mut below = call.wire("below", math::min(), &[input, zero])?;
    below = call.wire("exponential", math::exp(), &[below])?;
    below = call.wire("less_one", math::sub(), &[below, one])?;
    below = call.wire("scaled", math::mul(), &[below, alpha])?;
    call.wire("sum", math::add(), &[above, below])
}

/// `ln(eˣ + 1)`, as `max(x, 0) + ln(e^-|x| + 1)`: no power of e is too large for a number.
fn softplus(call: &mut Call) -> TractResult<OutletId> {
    let input = call.floats(0)?;
    let rank = call.fact(input)?.rank();
    let (zero, one) = (call.scalar("zero", 0.0, rank)?, call.scalar("one", 1.0, rank)?);
    let above = call.wire("above", math::max(), &[input, zero])?;
    let mut rest = call.wire("size", math::abs(), &[input])?;
    rest = call.wire("negative", math::neg(), &[rest])?;
    rest = call.wire("exponential", math::exp(), &[rest])?;
    rest = call.wire("and_one", math::add(), &[rest, one])?;
    rest = call.wire("logarithm", math::ln(), &[rest])?;
    call.wire("sum", math::add(), &[above, rest])
}

fn clip(call: &mut Call) -> TractResult<OutletId> {
    let input = call.floats(0)?;
    let bound = |index: usize, name: &str| {
        let bound = match call.float(index)? {
            Some(bound) => Some(bound),
            None => optional_float(call.node, name)?,
        };
        ensure!(bound.is_none_or(|bound| !bound.is_nan()), "the bound {name} is no number");
        Ok(bound)
    };
    let (least, most) = (bound(1, "min")?, bound(2, "max")?);
    let ordered = least.zip(most).is_none_or(|(least, most)| least <= most);
    ensure!(call.opset > 10 || ordered, "the bounds {least:?} and {most:?} leave no value");
    let clip = Clip::new(least, most);
    call.expand(&clip, &[input])
}
