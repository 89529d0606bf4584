//! Operators that make one value of many: pools over maps, reductions of axes, softmax.

use tract_hir::internal::*;
use tract_hir::ops::cnn::HirSumPool;
use tract_hir::ops::nn::{Reduce, Reducer};
use tract_hir::tract_core::ops::cnn::MaxPool;
use tract_hir::tract_core::ops::math::div;
use tract_hir::tract_core::ops::nn::{self as core_nn, Softmax, SoftmaxKind};

use super::attributes::{flag, integer, integers, sizes};
use super::call::{Call, Operator, axis};
use super::extents::{Window, volume};
use crate::labels::CLASSES;

/// `None` for an operator of another file.
pub(super) fn wire(call: &mut Call) -> TractResult<Option<OutletId>> {
    let operator: Operator = match &*call.node.op_type {
        "MaxPool" => |call| pool(call, false),
        "AveragePool" => |call| pool(call, true),
        "GlobalAveragePool" => global_average,
        "GlobalMaxPool" => global_maximum,
        "ReduceMean" => |call| reduce(call, Reducer::Mean),
        "ReduceSum" => |call| reduce(call, Reducer::Sum),
        "ReduceMax" => |call| reduce(call, Reducer::Max),
        "Softmax" => |call| softmax(call, SoftmaxKind::Softmax),
        "LogSoftmax" => |call| softmax(call, SoftmaxKind::LogSoftmax),
        _ => return Ok(None),
    };
    operator(call).map(Some)
}

fn pool(call: &mut Call, averages: bool) -> TractResult<OutletId> {
    let maps = call.floats(0)?;
    let shape = call.shape(maps)?;
    ensure!(shape.len() > 2, "maps are expected, got {shape:?}");
    let kernel = sizes(call.node, "kernel_shape", shape.len() - 2)?.context("kernel_shape is missing")?;
    call.ledger.window(volume(&kernel))?;
    let window = Window::new(call.node, &kernel, &shape[2..])?;
    let [before, after] = window.pads();
    let narrow = before.iter().zip(after).zip(&kernel).all(|((before, after), side)| before.max(after) < side);
    ensure!(narrow, "pads {before:?} and {after:?} are as wide as the window {kernel:?}");
    ensure!(window.always_touches(&shape[2..]), "a window {kernel:?} misses the maps {shape:?} at some place");
    let mut expected: TVec<usize> = shape[..2].into();
    expected.extend(window.places(&shape[2..]));
    call.ledger.work(volume(&expected).saturating_mul(window.area()))?;
    let pool_spec = window.spec(shape[1], shape[1], true);
    let outlet = if averages {
        let counts_padding = flag(call.node, "count_include_pad", false)?;
        call.expand(&HirSumPool::new(pool_spec, counts_padding, true), &[maps])?
    } else {
        call.wire("", MaxPool { pool_spec, with_index_outputs: None }, &[maps])?
    };
    call.foreseen(outlet, &expected)
}

fn global_average(call: &mut Call) -> TractResult<OutletId> {
    let (maps, shape) = whole_maps(call)?;
    let sums = core_nn::Reduce::new((2..shape.len()).collect(), core_nn::Reducer::Sum);
    let sums = call.wire("sums", sums, &[maps])?;
    let places = call.scalar("places", volume(&shape[2..]) as f32, shape.len())?;
    call.wire("", div(), &[sums, places])
}

fn global_maximum(call: &mut Call) -> TractResult<OutletId> {
    let (maps, shape) = whole_maps(call)?;
    call.wire("", core_nn::Reduce::new((2..shape.len()).collect(), core_nn::Reducer::Max), &[maps])
}

fn whole_maps(call: &mut Call) -> TractResult<(OutletId, TVec<usize>)> {
    let maps = call.floats(0)?;
    let shape = call.shape(maps)?;
    ensure!(shape.len() > 2, "maps are expected, got {shape:?}");
    call.ledger.work(volume(&shape))?;
    Ok((maps, shape))
}

fn reduce(call: &mut Call, reducer: Reducer) -> TractResult<OutletId> {
    let input = call.floats(0)?;
    let shape = call.shape(input)?;
    let named = match call.list(1)? {
        Some(axes) => Some(axes),
        None => integers(call.node, "axes")?,
    };
    let named = named.filter(|axes| !axes.is_empty());
    let keeps_axes = flag(call.node, "keepdims", true)?;
    if named.is_none() && flag(call.node, "noop_with_empty_axes", false)? {
        return Ok(input);
    }
    let axes = match named {
        Some(named) => distinct(&named, shape.len())?,
        None => (0..shape.len()).collect(),
    };
    if axes.is_empty() {
        return Ok(input);
    }
    call.ledger.work(volume(&shape))?;
    call.mixes |= axes.contains(&0);
    let axes = axes.into_iter().map(|axis| axis as i64).collect();
    call.expand(&Reduce::new(Some(axes), keeps_axes, reducer), &[input])
}

/// Axes of a tensor of this rank in their order.
pub(super) fn distinct(named: &[i64], rank: usize) -> TractResult<Vec<usize>> {
    let mut axes = named.iter().map(|named| axis(*named, rank)).collect::<TractResult<Vec<usize>>>()?;
    axes.sort_unstable();
    ensure!(axes.windows(2).all(|pair| pair[0] != pair[1]), "an axis is named twice in {named:?}");
    Ok(axes)
}

fn softmax(call: &mut Call, kind: SoftmaxKind) -> TractResult<OutletId> {
    let input = call.floats(0)?;
    let shape = call.shape(input)?;
    // Before opset 13 all axes from the named one on count as one.
    let flattens = call.opset < 13;
    let first = axis(integer(call.node, "axis", if flattens { 1 } else { -1 })?, shape.len())?;
    let axes: TVec<usize> = if flattens { (first..shape.len()).collect() } else { tvec!(first) };
    let spans: usize = axes.iter().map(|axis| shape[*axis]).product();
    let ends = call.is_last && kind == SoftmaxKind::Softmax;
    if ends && spans == CLASSES && volume(&shape) == (call.images * CLASSES) as u64 {
        return Ok(input);
    }
    call.ledger.work(volume(&shape))?;
    call.mixes |= first == 0;
    call.wire("", Softmax { axes, quant_output_dt: None, kind }, &[input])
}
