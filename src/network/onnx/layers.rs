//! Operators with weights, pools, normalisation and quantised weights.

use tract_hir::internal::*;
use tract_hir::ops::cnn::{Conv, HirSumPool};
use tract_hir::ops::matmul::MatMulInference;
use tract_hir::ops::nn::{GlobalAvgPool, GlobalMaxPool, Reduce, Reducer};
use tract_hir::tract_core::ops::cnn::MaxPool;
use tract_hir::tract_core::ops::math::{add, mul};

use super::attributes::{float, integer, integers, padding, sizes, window};
use super::{Call, axis};

/// `None` for an operator of another file.
pub(super) fn wire(call: &mut Call) -> TractResult<Option<OutletId>> {
    Ok(Some(match &*call.node.op_type {
        "Conv" => conv(call)?,
        "Gemm" => gemm(call)?,
        "MatMul" => call.expand(&MatMulInference::default(), &call.inputs(2)?)?,
        "BatchNormalization" => batch_norm(call)?,
        "DequantizeLinear" => dequantise(call)?,
        "MaxPool" => {
            let input = call.input(0)?;
            let pool_spec = window(call.node, &call.shape(input)?)?;
            call.wire("", MaxPool { pool_spec, with_index_outputs: None }, &[input])?
        }
        "AveragePool" => {
            let input = call.input(0)?;
            let counts_padding = integer(call.node, "count_include_pad", 0)? == 1;
            let pool = HirSumPool::new(window(call.node, &call.shape(input)?)?, counts_padding, true);
            call.expand(&pool, &[input])?
        }
        "GlobalAveragePool" => call.expand(&GlobalAvgPool, &call.inputs(1)?)?,
        "GlobalMaxPool" => call.expand(&GlobalMaxPool, &call.inputs(1)?)?,
        "ReduceMean" => reduce(call, Reducer::Mean)?,
        "ReduceSum" => reduce(call, Reducer::Sum)?,
        "ReduceMax" => reduce(call, Reducer::Max)?,
        _ => return Ok(None),
    }))
}

fn conv(call: &mut Call) -> TractResult<OutletId> {
    let (maps, kernel) = (call.input(0)?, call.input(1)?);
    let (shape, kernel_shape) = (call.shape(maps)?, call.shape(kernel)?);
    ensure!(shape.len() > 2 && shape.len() == kernel_shape.len(), "maps {shape:?} and a kernel {kernel_shape:?}");
    let rank = shape.len() - 2;
    let group = integer(call.node, "group", 1)?;
    ensure!(group > 0 && kernel_shape[0] as i64 % group == 0, "{group} groups of {} outputs", kernel_shape[0]);
    let mut conv = Conv::default().padding(padding(call.node, rank, false)?).group(group as usize);
    conv.strides = sizes(call.node, "strides", rank)?;
    conv.dilations = sizes(call.node, "dilations", rank)?;
    let mut inputs = tvec!(maps, kernel);
    if let Some(bias) = call.optional(2) {
        ensure!(*call.shape(bias)? == [kernel_shape[0]], "one bias per output is expected");
        inputs.push(bias);
        conv = conv.bias_input(2);
    }
    call.expand(&conv, &inputs)
}

/// `alpha · A · B + beta · C`.
fn gemm(call: &mut Call) -> TractResult<OutletId> {
    let [alpha, beta] = [float(call.node, "alpha", 1.0)?, float(call.node, "beta", 1.0)?];
    let transposed = |name| Ok::<_, TractError>(integer(call.node, name, 0)? == 1);
    let product = MatMulInference::default().with_a_trans(transposed("transA")?).with_b_trans(transposed("transB")?);
    let operands = [call.input(0)?, call.input(1)?];
    for operand in operands {
        ensure!(call.fact(operand)?.rank() == 2, "matrices are expected");
    }
    let mut sum = call.expand(&product, &operands)?;
    if alpha != 1.0 {
        let alpha = call.model.add_const(format!("{}.alpha", call.name), tensor2(&[[alpha]]))?;
        sum = call.wire("scaled", mul(), &[sum, alpha])?;
    }
    let Some(mut bias) = call.optional(2).filter(|_| beta != 0.0) else { return Ok(sum) };
    while call.fact(bias)?.rank() < 2 {
        bias = call.wire("bias_axis", AxisOp::Add(0), &[bias])?;
    }
    if beta != 1.0 {
        let beta = call.model.add_const(format!("{}.beta", call.name), tensor2(&[[beta]]))?;
        bias = call.wire("bias", mul(), &[bias, beta])?;
    }
    call.wire("sum", add(), &[sum, bias])
}

/// `(x - mean) / √(variance + epsilon) · scale + shift`, with constants, as one factor and one summand per channel.
fn batch_norm(call: &mut Call) -> TractResult<OutletId> {
    let inputs = call.inputs(5)?;
    let shape = call.shape(inputs[0])?;
    ensure!(shape.len() > 1, "maps are expected");
    ensure!(integer(call.node, "training_mode", 0)? == 0, "a network in training mode is not supported");
    let epsilon = float(call.node, "epsilon", 1e-5)?;
    let mut numbers = Vec::new();
    for input in &inputs[1..] {
        let constant = call.constant(*input)?;
        let values: Vec<f32> = constant.to_plain_array_view::<f32>()?.iter().copied().collect();
        ensure!(values.len() == shape[1], "{} values per channel expected, got {}", shape[1], values.len());
        numbers.push(values);
    }
    let factor: Vec<f32> =
        numbers[0].iter().zip(&numbers[3]).map(|(scale, variance)| scale / (variance + epsilon).sqrt()).collect();
    let moved = numbers[1].iter().zip(&numbers[2]).zip(&factor);
    let summand: Vec<f32> = moved.map(|((shift, mean), factor)| shift - mean * factor).collect();
    let mut sizes = vec![1; shape.len()];
    sizes[1] = shape[1];
    let factor = call.model.add_const(format!("{}.factor", call.name), Tensor::from_shape(&sizes, &factor)?)?;
    let summand = call.model.add_const(format!("{}.summand", call.name), Tensor::from_shape(&sizes, &summand)?)?;
    let scaled = call.wire("scaled", mul(), &[inputs[0], factor])?;
    call.wire("sum", add(), &[scaled, summand])
}

/// Stored bytes as f32, `(x - zero) · scale`, with one scale or one per index of an axis. Activations are not quantised.
fn dequantise(call: &mut Call) -> TractResult<OutletId> {
    ensure!(integer(call.node, "block_size", 0)? == 0, "scales of blocks are not supported");
    let codes = call.constant(call.input(0)?)?;
    let scales = call.constant(call.input(1)?)?.cast_to::<f32>()?.into_owned();
    let zeros = match call.optional(2) {
        Some(zeros) => call.constant(zeros)?.cast_to::<f32>()?.into_owned(),
        None => Tensor::zero::<f32>(scales.shape())?,
    };
    let scales: Vec<f32> = scales.to_plain_array_view()?.iter().copied().collect();
    let zeros: Vec<f32> = zeros.to_plain_array_view()?.iter().copied().collect();
    let (channels, stride) = if scales.len() == 1 {
        (1, codes.len().max(1))
    } else {
        let axis = axis(integer(call.node, "axis", 1)?, codes.rank())?;
        (codes.shape()[axis], codes.shape()[axis + 1..].iter().product())
    };
    ensure!(scales.len() == channels && zeros.len() == channels, "{channels} scales and zero points are expected");
    let mut values = codes.cast_to::<f32>()?.into_owned();
    let mut view = values.try_as_plain_ram_mut()?;
    for (index, block) in view.as_slice_mut::<f32>()?.chunks_mut(stride).enumerate() {
        let channel = index % channels;
        block.iter_mut().for_each(|value| *value = (*value - zeros[channel]) * scales[channel]);
    }
    call.model.add_const(call.name.clone(), values)
}

fn reduce(call: &mut Call, reducer: Reducer) -> TractResult<OutletId> {
    let input = call.input(0)?;
    let rank = call.fact(input)?.rank();
    let axes = match call.integers(1)? {
        Some(axes) => Some(axes),
        None => integers(call.node, "axes")?.map(<[i64]>::to_vec),
    };
    let axes = axes.filter(|axes| !axes.is_empty());
    for named in axes.iter().flatten() {
        axis(*named, rank)?;
    }
    let keeps_axes = integer(call.node, "keepdims", 1)? == 1;
    ensure!(axes.is_some() || integer(call.node, "noop_with_empty_axes", 0)? == 0, "no axes are given");
    call.expand(&Reduce::new(axes, keeps_axes, reducer), &[input])
}
