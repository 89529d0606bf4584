//! Operators that rearrange, and the arithmetic on shapes with which exporters surround them.

use tract_hir::internal::*;
use tract_hir::ops::array::{Concat, Gather};
use tract_hir::tract_core::ops::array::{Pad, PadMode, Slice};
use tract_hir::tract_core::ops::cast::cast;
use tract_hir::tract_core::ops::change_axes::{perm_to_ops, to_axis_ops_with_onnx_rules};

use super::attributes::{self, find_float, find_integer, float, floats, integer, integers, text};
use super::{Call, axis, tensor};

/// `None` for an operator that is not supported.
pub(super) fn wire(call: &mut Call) -> TractResult<Option<OutletId>> {
    Ok(Some(match &*call.node.op_type {
        // Dropout does nothing outside training.
        "Identity" | "Dropout" => call.input(0)?,
        "Constant" => constant(call)?,
        "Cast" => {
            let kind = tensor::datum_type(find_integer(call.node, "to")?.context("a type to cast to is missing")?)?;
            call.wire("", cast(kind), &call.inputs(1)?)?
        }
        "Shape" => {
            let shape: Vec<i64> = call.shape(call.input(0)?)?.iter().map(|size| *size as i64).collect();
            call.model.add_const(call.name.clone(), tensor1(&shape))?
        }
        "Flatten" => {
            let shape = call.shape(call.input(0)?)?;
            let named = integer(call.node, "axis", 1)?;
            let axis = if named == shape.len() as i64 { shape.len() } else { axis(named, shape.len())? };
            let sizes = [shape[..axis].iter().product::<usize>(), shape[axis..].iter().product()];
            reshape(call, &sizes.map(|size| size as i64), true)?
        }
        "Reshape" => {
            let sizes = call.integers(1)?.context("the shape is missing")?;
            let zero_is_zero = integer(call.node, "allowzero", 0)? == 1;
            reshape(call, &sizes, zero_is_zero)?
        }
        "Squeeze" => squeeze(call)?,
        "Unsqueeze" => unsqueeze(call)?,
        "Transpose" => transpose(call)?,
        "Concat" => concat(call)?,
        "Gather" => {
            let inputs = call.inputs(2)?;
            let axis = axis(integer(call.node, "axis", 0)?, call.fact(inputs[0])?.rank())?;
            // Shapes are what exporters gather from, by constants.
            let most = call.shape(inputs[0])?[axis] as i64;
            let inside =
                call.integers(1)?.is_some_and(|indices| indices.iter().all(|index| (-most..most).contains(index)));
            ensure!(inside, "constant indices below {most} are expected");
            call.expand(&Gather::new(axis as i64), &inputs)?
        }
        "Slice" => slice(call)?,
        "Pad" => pad(call)?,
        _ => return Ok(None),
    }))
}

fn constant(call: &mut Call) -> TractResult<OutletId> {
    let node = call.node;
    let tensor = if let Some(value) = attributes::tensor(node, "value")? {
        tensor::read(value)?
    } else if let Some(value) = find_integer(node, "value_int")? {
        tensor0(value)
    } else if let Some(value) = find_float(node, "value_float")? {
        tensor0(value)
    } else if let Some(values) = integers(node, "value_ints")? {
        tensor1(values)
    } else if let Some(values) = floats(node, "value_floats")? {
        tensor1(values)
    } else {
        bail!("its value is of a kind that is not supported")
    };
    call.model.add_const(call.name.clone(), tensor)
}

fn reshape(call: &mut Call, sizes: &[i64], zero_is_zero: bool) -> TractResult<OutletId> {
    let mut outlet = call.input(0)?;
    let from = call.shape(outlet)?;
    let count: usize = from.iter().product();
    let mut to = Vec::with_capacity(sizes.len());
    for (index, size) in sizes.iter().enumerate() {
        to.push(match *size {
            0 if !zero_is_zero => *from.get(index).context("a size to copy")? as i64,
            size => size,
        });
    }
    let free = to.iter().filter(|size| **size == -1).count();
    let known = to.iter().filter(|size| **size != -1).try_fold(1_i64, |product, size| product.checked_mul(*size));
    let fits = match (free, known) {
        (0, Some(known)) => known == count as i64,
        (1, Some(known)) => known > 0 && count as i64 % known == 0,
        _ => false,
    };
    ensure!(fits && to.iter().all(|size| *size >= -1), "{from:?} cannot take the shape {sizes:?}");
    let [from, to]: [TVec<TDim>; 2] =
        [from.iter().map(|size| size.to_dim()).collect(), to.iter().map(|size| TDim::from(*size)).collect()];
    for op in to_axis_ops_with_onnx_rules(&from, &to, true)? {
        outlet = call.wire("shape", op, &[outlet])?;
    }
    Ok(outlet)
}

/// The axes that the second input names, or before opset 13 the attribute.
fn axes(call: &Call, rank: usize) -> TractResult<Option<Vec<usize>>> {
    let named = match call.integers(1)? {
        Some(axes) => Some(axes),
        None => integers(call.node, "axes")?.map(<[i64]>::to_vec),
    };
    let Some(named) = named else { return Ok(None) };
    let mut axes = named.into_iter().map(|named| axis(named, rank)).collect::<TractResult<Vec<usize>>>()?;
    axes.sort_unstable();
    ensure!(axes.windows(2).all(|pair| pair[0] != pair[1]), "an axis is named twice");
    Ok(Some(axes))
}

fn squeeze(call: &mut Call) -> TractResult<OutletId> {
    let mut outlet = call.input(0)?;
    let shape = call.shape(outlet)?;
    let ones = || (0..shape.len()).filter(|axis| shape[*axis] == 1).collect();
    for axis in axes(call, shape.len())?.unwrap_or_else(ones).into_iter().rev() {
        ensure!(shape[axis] == 1, "axis {axis} of {shape:?} has not one index");
        outlet = call.wire("squeezed", AxisOp::Rm(axis), &[outlet])?;
    }
    Ok(outlet)
}

fn unsqueeze(call: &mut Call) -> TractResult<OutletId> {
    let mut outlet = call.input(0)?;
    let rank = call.fact(outlet)?.rank();
    let many = match call.integers(1)? {
        Some(axes) => axes.len(),
        None => integers(call.node, "axes")?.map_or(0, |axes| axes.len()),
    };
    for axis in axes(call, rank + many)?.context("axes are missing")? {
        outlet = call.wire("unsqueezed", AxisOp::Add(axis), &[outlet])?;
    }
    Ok(outlet)
}

fn transpose(call: &mut Call) -> TractResult<OutletId> {
    let mut outlet = call.input(0)?;
    let rank = call.fact(outlet)?.rank();
    let order = match integers(call.node, "perm")? {
        Some(order) => order.iter().map(|named| axis(*named, rank)).collect::<TractResult<Vec<usize>>>()?,
        None => (0..rank).rev().collect(),
    };
    let mut sorted = order.clone();
    sorted.sort_unstable();
    ensure!(sorted.into_iter().eq(0..rank), "{order:?} is no order of {rank} axes");
    for op in perm_to_ops(&order) {
        outlet = call.wire("moved", op, &[outlet])?;
    }
    Ok(outlet)
}

fn concat(call: &mut Call) -> TractResult<OutletId> {
    let inputs = call.inputs(call.inputs.len())?;
    let first = call.shape(*inputs.first().context("inputs are missing")?)?;
    let axis = axis(find_integer(call.node, "axis")?.context("an axis is missing")?, first.len())?;
    for input in &inputs {
        let shape = call.shape(*input)?;
        let same = shape.len() == first.len() && (0..shape.len()).all(|own| own == axis || shape[own] == first[own]);
        ensure!(same, "{shape:?} does not fit {first:?} but for axis {axis}");
    }
    call.expand(&Concat::new(axis as i64), &inputs)
}

/// Ranges of constant ends, in steps of one.
fn slice(call: &mut Call) -> TractResult<OutletId> {
    let mut outlet = call.input(0)?;
    let shape = call.shape(outlet)?;
    let part = |index: usize, name: &str| match call.integers(index)? {
        Some(values) => Ok::<_, TractError>(Some(values)),
        None => Ok(integers(call.node, name)?.map(<[i64]>::to_vec)),
    };
    let starts = part(1, "starts")?.context("starts are missing")?;
    let ends = part(2, "ends")?.context("ends are missing")?;
    let axes = part(3, "axes")?.unwrap_or_else(|| (0..starts.len() as i64).collect());
    let steps = part(4, "steps")?.unwrap_or_else(|| vec![1; starts.len()]);
    ensure!(steps.iter().all(|step| *step == 1), "steps other than 1 are not supported");
    ensure!(ends.len() == starts.len() && axes.len() == starts.len(), "as many starts, ends and axes are expected");
    for ((start, end), named) in starts.into_iter().zip(ends).zip(axes) {
        let axis = axis(named, shape.len())?;
        let size = shape[axis] as i64;
        let place = |at: i64| if at < 0 { at.saturating_add(size) } else { at }.clamp(0, size) as usize;
        let (start, end) = (place(start), place(end));
        ensure!(start < end, "nothing is left of axis {axis}");
        outlet = call.wire("sliced", Slice::new(axis, start, end), &[outlet])?;
    }
    Ok(outlet)
}

/// Constant values around a tensor.
fn pad(call: &mut Call) -> TractResult<OutletId> {
    let input = call.input(0)?;
    let rank = call.fact(input)?.rank();
    let mode = text(call.node, "mode")?.unwrap_or("constant");
    ensure!(mode == "constant", "the mode {mode:?} is not supported");
    ensure!(call.optional(3).is_none(), "axes are not supported");
    let pads = match call.integers(1)? {
        Some(pads) => pads,
        None => integers(call.node, "pads")?.context("pads are missing")?.to_vec(),
    };
    ensure!(
        pads.len() == 2 * rank && pads.iter().all(|pad| (0..1 << 16).contains(pad)),
        "{rank} pairs of pads are expected"
    );
    let value = match call.float(2)? {
        Some(value) => value,
        None => float(call.node, "value", 0.0)?,
    };
    let pads = (0..rank).map(|axis| (pads[axis] as usize, pads[axis + rank] as usize)).collect();
    call.wire("", Pad { pads, mode: PadMode::Constant(tensor0(value).into_arc_tensor()) }, &[input])
}
