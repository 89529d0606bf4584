//! Operators that rearrange, and those on shapes with which exporters surround them.

use crate::onnx::tensor_proto::DataType;
use tract_hir::internal::*;
use tract_hir::ops::array::{Concat, Gather};
use tract_hir::tract_core::ops::array::{Pad, PadMode, Slice};
use tract_hir::tract_core::ops::cast::cast;
use tract_hir::tract_core::ops::change_axes::{perm_to_ops, to_axis_ops_with_onnx_rules};

use super::attributes::{flag, float, floats, integer, integers, optional_float, optional_integer, stored, text};
use super::call::{Call, Operator, axis};
use super::extents::volume;
use super::pools::distinct;
use super::tensor;

/// Pads are smaller.
const WIDEST_PAD: i64 = 1 << 16;

/// `None` for an operator that is not supported.
pub(super) fn wire(call: &mut Call) -> TractResult<Option<OutletId>> {
    let operator: Operator = match &*call.node.op_type {
        "Identity" => |call| call.input(0),
        "Dropout" => dropout,
        "Constant" => constant,
        "Cast" => cast_to,
        "Shape" => shape_of,
        "Flatten" => flatten,
        "Reshape" => |call| {
            let sizes = call.list(1)?.context("the shape is missing")?;
            let zero_is_zero = flag(call.node, "allowzero", false)?;
            reshape(call, &sizes, zero_is_zero)
        },
        "Squeeze" => squeeze,
        "Unsqueeze" => unsqueeze,
        "Transpose" => transpose,
        "Concat" => concat,
        "Gather" => gather,
        "Slice" => slice,
        "Pad" => pad,
        _ => return Ok(None),
    };
    operator(call).map(Some)
}

/// Outside training it does nothing.
fn dropout(call: &mut Call) -> TractResult<OutletId> {
    let trains = call.integers(2)?.is_some_and(|flags| flags.iter().any(|flag| *flag != 0));
    ensure!(!trains, "a network in training mode is not supported");
    call.input(0)
}

fn constant(call: &mut Call) -> TractResult<OutletId> {
    let node = call.node;
    let tensor = if let Some(value) = stored(node, "value")? {
        tensor::read(value)?
    } else if let Some(value) = optional_integer(node, "value_int")? {
        tensor0(value)
    } else if let Some(value) = optional_float(node, "value_float")? {
        tensor0(value)
    } else if let Some(values) = integers(node, "value_ints")? {
        tensor1(&values)
    } else if let Some(values) = floats(node, "value_floats")? {
        tensor1(values)
    } else {
        bail!("its value is of a kind that is not supported")
    };
    call.model.add_const(call.name.clone(), tensor)
}

/// Numbers of another kind: floats are f32 in any case, integers those with which exporters compute shapes.
fn cast_to(call: &mut Call) -> TractResult<OutletId> {
    let input = call.input(0)?;
    let kind = integer(call.node, "to", 0)?;
    let kind = i32::try_from(kind).ok().and_then(|kind| DataType::try_from(kind).ok()).unwrap_or_default();
    let to = match kind {
        DataType::Float | DataType::Double | DataType::Float16 => f32::datum_type(),
        DataType::Int64 => i64::datum_type(),
        DataType::Int32 => i32::datum_type(),
        _ => bail!("a cast to {} is not supported", kind.name()),
    };
    let from = call.fact(input)?.datum_type;
    if from == to {
        return Ok(input);
    }
    if from == f32::datum_type() {
        let values = call.constant(input)?;
        let most = if to == i64::datum_type() { i64::MAX as f32 } else { i32::MAX as f32 };
        let fit = values.to_plain_array_view::<f32>()?.iter().all(|value| value.abs() < most);
        ensure!(fit, "a value has no place in {}", kind.name());
    }
    call.wire("", cast(to), &[input])
}

fn shape_of(call: &mut Call) -> TractResult<OutletId> {
    let shape: Vec<i64> = call.shape(call.input(0)?)?.iter().map(|size| *size as i64).collect();
    let rank = shape.len() as i64;
    let place = |at: i64| if at < 0 { at.saturating_add(rank) } else { at }.clamp(0, rank) as usize;
    let (start, end) = (place(integer(call.node, "start", 0)?), place(integer(call.node, "end", rank)?));
    let sizes = shape.get(start..end).filter(|sizes| !sizes.is_empty()).context("no axes are named")?;
    call.model.add_const(call.name.clone(), tensor1(sizes))
}

/// Two axes: those before the named one, and the rest.
fn flatten(call: &mut Call) -> TractResult<OutletId> {
    let shape = call.shape(call.input(0)?)?;
    let named = integer(call.node, "axis", 1)?;
    let axis = if named == shape.len() as i64 { shape.len() } else { axis(named, shape.len())? };
    let sizes = [volume(&shape[..axis]), volume(&shape[axis..])];
    reshape(call, &sizes.map(|size| size as i64), true)
}

fn reshape(call: &mut Call, sizes: &[i64], zero_is_zero: bool) -> TractResult<OutletId> {
    let mut outlet = call.input(0)?;
    let from = call.shape(outlet)?;
    call.ledger.axes(sizes.len())?;
    let count = volume(&from) as i64;
    let mut to = Vec::with_capacity(sizes.len());
    for (index, size) in sizes.iter().enumerate() {
        to.push(match *size {
            0 if !zero_is_zero => *from.get(index).context("a size to copy is missing")? as i64,
            size => size,
        });
    }
    let wrong = || format!("{from:?} cannot take the shape {sizes:?}");
    let known = to.iter().filter(|size| **size != -1).try_fold(1_i64, |product, size| product.checked_mul(*size));
    let known = known.filter(|known| *known > 0 && count % known == 0).with_context(wrong)?;
    for size in &mut to {
        if *size == -1 {
            *size = count / known;
        }
    }
    let product = to.iter().try_fold(1_i64, |product, size| product.checked_mul(*size));
    ensure!(product == Some(count) && to.iter().all(|size| *size > 0), wrong());
    let [from, to]: [TVec<TDim>; 2] =
        [from.iter().map(|size| size.to_dim()).collect(), to.iter().map(|size| TDim::from(*size)).collect()];
    for op in to_axis_ops_with_onnx_rules(&from, &to, true)? {
        outlet = call.wire("shape", op, &[outlet])?;
    }
    Ok(outlet)
}

/// The axes that the second input names, or before opset 13 the attribute.
fn axes(call: &Call) -> TractResult<Option<Vec<i64>>> {
    match call.list(1)? {
        Some(axes) => Ok(Some(axes)),
        None => integers(call.node, "axes"),
    }
}

fn squeeze(call: &mut Call) -> TractResult<OutletId> {
    let mut outlet = call.input(0)?;
    let shape = call.shape(outlet)?;
    let axes = match axes(call)? {
        Some(named) => distinct(&named, shape.len())?,
        None => (0..shape.len()).filter(|axis| shape[*axis] == 1).collect(),
    };
    for axis in axes.into_iter().rev() {
        ensure!(shape[axis] == 1, "axis {axis} of {shape:?} has not one index");
        outlet = call.wire("squeezed", AxisOp::Rm(axis), &[outlet])?;
    }
    Ok(outlet)
}

fn unsqueeze(call: &mut Call) -> TractResult<OutletId> {
    let mut outlet = call.input(0)?;
    let named = axes(call)?.context("axes are missing")?;
    let rank = call.fact(outlet)?.rank() + named.len();
    call.ledger.axes(rank)?;
    for axis in distinct(&named, rank)? {
        outlet = call.wire("unsqueezed", AxisOp::Add(axis), &[outlet])?;
    }
    Ok(outlet)
}

fn transpose(call: &mut Call) -> TractResult<OutletId> {
    let mut outlet = call.input(0)?;
    let rank = call.fact(outlet)?.rank();
    let order = match integers(call.node, "perm")? {
        Some(order) => order.into_iter().map(|named| axis(named, rank)).collect::<TractResult<Vec<usize>>>()?,
        None => (0..rank).rev().collect(),
    };
    let mut sorted = order.clone();
    sorted.sort_unstable();
    ensure!(sorted.into_iter().eq(0..rank), "{order:?} is no order of {rank} axes");
    call.mixes |= order.first().is_some_and(|first| *first != 0);
    for op in perm_to_ops(&order) {
        outlet = call.wire("moved", op, &[outlet])?;
    }
    Ok(outlet)
}

fn concat(call: &mut Call) -> TractResult<OutletId> {
    let inputs = (0..call.inputs.len()).map(|index| call.input(index)).collect::<TractResult<TVec<_>>>()?;
    let first = call.fact(*inputs.first().context("inputs are missing")?)?.clone();
    let mut expected = call.shape(inputs[0])?;
    let named = optional_integer(call.node, "axis")?.context("the axis is missing")?;
    let axis = axis(named, expected.len())?;
    expected[axis] = 0;
    for input in &inputs {
        let shape = call.shape(*input)?;
        let same =
            shape.len() == expected.len() && (0..shape.len()).all(|own| own == axis || shape[own] == expected[own]);
        ensure!(same, "{shape:?} does not fit {:?} but for axis {axis}", first.shape);
        let kind = call.fact(*input)?.datum_type;
        ensure!(kind == first.datum_type, "{kind:?} and {:?} are put together", first.datum_type);
        expected[axis] = expected[axis].saturating_add(shape[axis]);
        // Rows of a constant are not the same for all images.
        call.mixes |= call.fact(*input)?.konst.is_some() && shape[0] != 1;
    }
    call.mixes |= axis == 0;
    let outlet = call.expand(&Concat::new(axis as i64), &inputs)?;
    call.foreseen(outlet, &expected)
}

fn gather(call: &mut Call) -> TractResult<OutletId> {
    let (input, indices) = (call.input(0)?, call.input(1)?);
    let shape = call.shape(input)?;
    let axis = axis(integer(call.node, "axis", 0)?, shape.len())?;
    call.ledger.axes(shape.len() - 1 + call.fact(indices)?.rank())?;
    // Shapes are what exporters gather from, by constants.
    let most = shape[axis] as i64;
    let inside = call.integers(1)?.is_some_and(|indices| indices.iter().all(|index| (-most..most).contains(index)));
    ensure!(inside, "constant indices from -{most} to {} are expected", most - 1);
    call.mixes |= axis == 0;
    call.expand(&Gather::new(axis as i64), &[input, indices])
}

/// Ranges of constant ends, in steps of one.
fn slice(call: &mut Call) -> TractResult<OutletId> {
    let mut outlet = call.input(0)?;
    let shape = call.shape(outlet)?;
    let part = |index: usize, name: &str| match call.list(index)? {
        Some(values) => Ok::<_, TractError>(Some(values)),
        None => integers(call.node, name),
    };
    let starts = part(1, "starts")?.context("starts are missing")?;
    let ends = part(2, "ends")?.context("ends are missing")?;
    let named = part(3, "axes")?.unwrap_or_else(|| (0..starts.len() as i64).collect());
    let steps = part(4, "steps")?.unwrap_or_else(|| vec![1; starts.len()]);
    ensure!(steps.iter().all(|step| *step == 1), "steps other than 1 are not supported");
    ensure!(ends.len() == starts.len() && named.len() == starts.len(), "as many starts, ends and axes are expected");
    distinct(&named, shape.len())?;
    for ((start, end), named) in starts.into_iter().zip(ends).zip(named) {
        let axis = axis(named, shape.len())?;
        let size = shape[axis] as i64;
        let place = |at: i64| if at < 0 { at.saturating_add(size) } else { at }.clamp(0, size) as usize;
        let (start, end) = (place(start), place(end));
        ensure!(start < end, "nothing is left of axis {axis} of {shape:?}");
        call.mixes |= axis == 0;
        outlet = call.wire("sliced", Slice::new(axis, start, end), &[outlet])?;
    }
    Ok(outlet)
}

/// Constant values around a tensor.
fn pad(call: &mut Call) -> TractResult<OutletId> {
    let input = call.floats(0)?;
    let mut expected = call.shape(input)?;
    let rank = expected.len();
    let mode = text(call.node, "mode", "constant")?;
    ensure!(mode == "constant", "the mode {mode:?} is not supported");
    ensure!(call.optional(3).is_none(), "axes are not supported");
    let pads = match call.list(1)? {
        Some(pads) => pads,
        None => integers(call.node, "pads")?.context("pads are missing")?,
    };
    ensure!(
        pads.len() == 2 * rank && pads.iter().all(|pad| (0..WIDEST_PAD).contains(pad)),
        "{rank} pairs of pads from 0 to {} are expected, got {pads:?}",
        WIDEST_PAD - 1
    );
    let value = match call.float(2)? {
        Some(value) => value,
        None => float(call.node, "value", 0.0)?,
    };
    let pads: Vec<_> = (0..rank).map(|axis| (pads[axis] as usize, pads[axis + rank] as usize)).collect();
    for (size, (before, after)) in expected.iter_mut().zip(&pads) {
        *size += before + after;
    }
    call.mixes |= pads.first().is_some_and(|first| *first != (0, 0));
    let outlet = call.wire("", Pad { pads, mode: PadMode::Constant(tensor0(value).into_arc_tensor()) }, &[input])?;
    call.foreseen(outlet, &expected)
}
