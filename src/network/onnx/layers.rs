//! Operators with weights: convolutions, products, normalisation and quantised weights.

use tract_hir::internal::*;
use tract_hir::tract_core::ops::cnn::{Conv, KernelFormat};
use tract_hir::tract_core::ops::einsum::EinSum;
use tract_hir::tract_core::ops::math::{add, mul};

use super::attributes::{flag, float, integer};
use super::call::{Call, Operator, axis};
use super::extents::{Window, broadcast, product, volume};

/// `None` for an operator of another file.
pub(super) fn wire(call: &mut Call) -> TractResult<Option<OutletId>> {
    let operator: Operator = match &*call.node.op_type {
        "Conv" => conv,
        "Gemm" => gemm,
        "MatMul" => matmul,
        "BatchNormalization" => batch_norm,
        "DequantizeLinear" => dequantise,
        _ => return Ok(None),
    };
    operator(call).map(Some)
}

fn conv(call: &mut Call) -> TractResult<OutletId> {
    let (maps, kernel) = (call.floats(0)?, call.weights(1)?);
    let (shape, sides) = (call.shape(maps)?, call.shape(kernel)?);
    ensure!(shape.len() > 2 && shape.len() == sides.len(), "maps {shape:?} and a kernel {sides:?} do not fit");
    let group = integer(call.node, "group", 1)?;
    let fits = usize::try_from(group).is_ok_and(|group| {
        group > 0 && sides[0].is_multiple_of(group) && sides[1].checked_mul(group) == Some(shape[1])
    });
    ensure!(fits, "maps {shape:?} and a kernel {sides:?} do not fit in {group} groups");
    let window = Window::new(call.node, &sides[2..], &shape[2..])?;
    if let Some(said) = super::attributes::sizes(call.node, "kernel_shape", shape.len() - 2)? {
        ensure!(*said == sides[2..], "kernel_shape {said:?} is not that of the kernel {sides:?}");
    }
    let mut expected: TVec<usize> = tvec!(shape[0], sides[0]);
    expected.extend(window.places(&shape[2..]));
    call.ledger.window(window.area())?;
    call.ledger.work(volume(&expected).saturating_mul(volume(&sides[1..])))?;
    let spec = window.spec(shape[1], sides[0], false);
    let bias = if call.optional(2).is_some() {
        let bias = call.weights(2)?;
        ensure!(*call.shape(bias)? == [sides[0]], "one bias for each of {} outputs is expected", sides[0]);
        bias
    } else {
        call.scalar("bias", 0.0, 0)?
    };
    // What is one for all outputs has no axis in tract.
    let bias = if call.shape(bias)?.first() == Some(&1) { call.wire("bias", AxisOp::Rm(0), &[bias])? } else { bias };
    let conv = Conv::new(spec, KernelFormat::OIHW, group as usize, None);
    let outlet = call.wire("", conv, &[maps, kernel, bias])?;
    call.foreseen(outlet, &expected)
}

fn matmul(call: &mut Call) -> TractResult<OutletId> {
    let (a, b) = (call.floats(0)?, call.floats(1)?);
    multiply(call, [false; 2], [a, b])
}

/// `a · b`, each of them transposed or not.
fn multiply(call: &mut Call, transposed: [bool; 2], [a, b]: [OutletId; 2]) -> TractResult<OutletId> {
    let (mut left, mut right) = (call.shape(a)?, call.shape(b)?);
    for (shape, transposed) in [&mut left, &mut right].into_iter().zip(transposed) {
        if transposed {
            shape.swap(0, 1);
        }
    }
    let (expected, multiply_adds) = product(&left, &right)?;
    call.ledger.work(multiply_adds)?;
    let stored = |outlet| Ok::<_, TractError>(call.fact(outlet)?.konst.is_some());
    let kept = match (stored(a)?, stored(b)?) {
        (true, true) => true,
        (false, true) => left.len() > 1 && !transposed[0],
        // The axis of the images is summed over unless there are two axes more.
        (true, false) => left.len() < 3 && right.len() > 2,
        (false, false) => left.len() == right.len() && left.len() > 2,
    };
    call.mixes |= !kept;
    let axes = axes_of_product([left.len(), right.len()], transposed)?.parse()?;
    let outlet = call.wire("", EinSum { axes, operating_dt: f32::datum_type(), q_params: None }, &[a, b])?;
    call.foreseen(outlet, &expected)
}

/// Names of the axes of `a`, of `b` and of their product: those before the last two are counted from the end.
fn axes_of_product(ranks: [usize; 2], transposed: [bool; 2]) -> TractResult<String> {
    let before = ranks.map(|rank| rank.saturating_sub(2));
    let most = before[0].max(before[1]);
    let names: String = ('A'..='Z').take(most).collect();
    ensure!(names.len() == most, "products of more than {} axes are not supported", names.len() + 2);
    let [a, b] = before.map(|count| &names[names.len() - count..]);
    let (a, m) = match (ranks[0], transposed[0]) {
        (1, _) => ("k".to_owned(), ""),
        (_, false) => (format!("{a}mk"), "m"),
        (_, true) => (format!("{a}km"), "m"),
    };
    let (b, n) = match (ranks[1], transposed[1]) {
        (1, _) => ("k".to_owned(), ""),
        (_, false) => (format!("{b}kn"), "n"),
        (_, true) => (format!("{b}nk"), "n"),
    };
    Ok(format!("{a},{b}->{names}{m}{n}"))
}

/// `alpha · A · B + beta · C`.
fn gemm(call: &mut Call) -> TractResult<OutletId> {
    ensure!(call.opset > 10 || call.optional(2).is_some(), "before version 11 of the operators a bias is expected");
    let [alpha, beta] = [float(call.node, "alpha", 1.0)?, float(call.node, "beta", 1.0)?];
    let transposed = [flag(call.node, "transA", false)?, flag(call.node, "transB", false)?];
    let operands = [call.floats(0)?, call.floats(1)?];
    for operand in operands {
        ensure!(call.fact(operand)?.rank() == 2, "matrices are expected, got {:?}", call.shape(operand)?);
    }
    let mut sum = multiply(call, transposed, operands)?;
    if alpha != 1.0 {
        let alpha = call.scalar("alpha", alpha, 2)?;
        sum = call.wire("scaled", mul(), &[sum, alpha])?;
    }
    if call.optional(2).is_none() || beta == 0.0 {
        return Ok(sum);
    }
    let mut bias = call.floats(2)?;
    let (shape, added) = (call.shape(sum)?, call.shape(bias)?);
    ensure!(*broadcast(&shape, &added)? == *shape, "a bias {added:?} does not fit {shape:?}");
    while call.fact(bias)?.rank() < 2 {
        bias = call.wire("bias_axis", AxisOp::Add(0), &[bias])?;
    }
    if beta != 1.0 {
        let beta = call.scalar("beta", beta, 2)?;
        bias = call.wire("bias", mul(), &[bias, beta])?;
    }
    call.wire("sum", add(), &[sum, bias])
}

/// `(x - mean) / √(variance + epsilon) · scale + shift`, with constants, as one factor and one summand per channel.
fn batch_norm(call: &mut Call) -> TractResult<OutletId> {
    let maps = call.floats(0)?;
    let shape = call.shape(maps)?;
    ensure!(shape.len() > 1, "maps are expected, got {shape:?}");
    ensure!(!flag(call.node, "training_mode", false)?, "a network in training mode is not supported");
    let epsilon = float(call.node, "epsilon", 1e-5)?;
    let mut numbers = Vec::new();
    for index in 1..5 {
        let constant = call.constant(call.weights(index)?)?;
        ensure!(
            constant.shape() == [shape[1]],
            "{} values per channel are expected, got {:?}",
            shape[1],
            constant.shape()
        );
        numbers.push(constant.to_plain_array_view::<f32>()?.iter().copied().collect::<Vec<f32>>());
    }
    let factor: Vec<f32> =
        numbers[0].iter().zip(&numbers[3]).map(|(scale, variance)| scale / (variance + epsilon).sqrt()).collect();
    let moved = numbers[1].iter().zip(&numbers[2]).zip(&factor);
    let summand: Vec<f32> = moved.map(|((shift, mean), factor)| shift - mean * factor).collect();
    let finite = factor.iter().chain(&summand).all(|value| value.is_finite());
    ensure!(finite, "its variances make values that are no numbers");
    let mut sizes = vec![1; shape.len()];
    sizes[1] = shape[1];
    let factor = call.model.add_const(format!("{}.factor", call.name), Tensor::from_shape(&sizes, &factor)?)?;
    let summand = call.model.add_const(format!("{}.summand", call.name), Tensor::from_shape(&sizes, &summand)?)?;
    let scaled = call.wire("scaled", mul(), &[maps, factor])?;
    call.wire("sum", add(), &[scaled, summand])
}

/// Stored bytes as f32, `(x - zero) · scale`, with one scale or one per index of an axis. Activations are not quantised.
fn dequantise(call: &mut Call) -> TractResult<OutletId> {
    ensure!(integer(call.node, "block_size", 0)? == 0, "scales of blocks are not supported");
    let codes = call.constant(call.input(0)?)?;
    ensure!(codes.datum_type().is_integer(), "integers are expected, got {:?}", codes.datum_type());
    let scales = call.constant(call.weights(1)?)?;
    ensure!(scales.rank() < 2, "a scale or a list of them is expected, got {:?}", scales.shape());
    let zeros = match call.optional(2) {
        Some(_) => call.constant(call.input(2)?)?.cast_to::<f32>()?.into_owned(),
        None => Tensor::zero::<f32>(scales.shape())?,
    };
    let scales: Vec<f32> = scales.to_plain_array_view()?.iter().copied().collect();
    let zeros: Vec<f32> = zeros.to_plain_array_view()?.iter().copied().collect();
    let (channels, stride) = if scales.len() == 1 {
        (1, codes.len())
    } else {
        let axis = axis(integer(call.node, "axis", 1)?, codes.rank())?;
        (codes.shape()[axis], codes.shape()[axis + 1..].iter().product())
    };
    ensure!(
        scales.len() == channels && zeros.len() == channels,
        "{channels} scales and zero points are expected for {:?}, got {} and {}",
        codes.shape(),
        scales.len(),
        zeros.len()
    );
    let mut values = floats_of(&codes)?;
    // Not empty: an input without values has been refused.
    for (index, block) in values.chunks_mut(stride).enumerate() {
        let channel = index % channels;
        block.iter_mut().for_each(|value| *value = (*value - zeros[channel]) * scales[channel]);
    }
    call.model.add_const(call.name.clone(), Tensor::from_shape(codes.shape(), &values)?)
}

/// Integers as f32. tract casts between all of its types in one function, which a browser would compile for a first answer.
fn floats_of(codes: &Tensor) -> TractResult<Vec<f32>> {
    let plain = codes.try_as_plain_ram()?;
    Ok(match codes.datum_type() {
        DatumType::I8 => plain.as_slice::<i8>()?.iter().map(|code| f32::from(*code)).collect(),
        DatumType::U8 => plain.as_slice::<u8>()?.iter().map(|code| f32::from(*code)).collect(),
        _ => codes.cast_to::<f32>()?.try_as_plain_ram()?.as_slice::<f32>()?.to_vec(),
    })
}
