//! Attributes: one by name and kind, and those that several operators share.

use crate::onnx::attribute_proto::AttributeType;
use crate::onnx::{AttributeProto, NodeProto, TensorProto};
use tract_hir::internal::*;
use tract_hir::ops::cnn::{PaddingSpec, PoolSpec};
use tract_hir::ops::nn::DataFormat;

/// The attribute `name`, when there is one.
///
/// # Errors
/// When it is of another kind.
fn find<'a>(node: &'a NodeProto, name: &str, kind: AttributeType) -> TractResult<Option<&'a AttributeProto>> {
    let Some(found) = node.attribute.iter().find(|attribute| attribute.name == name) else { return Ok(None) };
    let got = AttributeType::try_from(found.r#type);
    ensure!(
        got == Ok(kind),
        "{name}: {kind:?} expected, got {}",
        got.map_or("an unknown kind".into(), |got| format!("{got:?}"))
    );
    Ok(Some(found))
}

pub(super) fn find_float(node: &NodeProto, name: &str) -> TractResult<Option<f32>> {
    Ok(find(node, name, AttributeType::Float)?.map(|attribute| attribute.f))
}

pub(super) fn find_integer(node: &NodeProto, name: &str) -> TractResult<Option<i64>> {
    Ok(find(node, name, AttributeType::Int)?.map(|attribute| attribute.i))
}

pub(super) fn floats<'a>(node: &'a NodeProto, name: &str) -> TractResult<Option<&'a [f32]>> {
    Ok(find(node, name, AttributeType::Floats)?.map(|attribute| &*attribute.floats))
}

pub(super) fn integers<'a>(node: &'a NodeProto, name: &str) -> TractResult<Option<&'a [i64]>> {
    Ok(find(node, name, AttributeType::Ints)?.map(|attribute| &*attribute.ints))
}

pub(super) fn tensor<'a>(node: &'a NodeProto, name: &str) -> TractResult<Option<&'a TensorProto>> {
    let Some(attribute) = find(node, name, AttributeType::Tensor)? else { return Ok(None) };
    Ok(Some(attribute.t.as_ref().with_context(|| format!("{name} has no tensor"))?))
}

pub(super) fn text<'a>(node: &'a NodeProto, name: &str) -> TractResult<Option<&'a str>> {
    let Some(attribute) = find(node, name, AttributeType::String)? else { return Ok(None) };
    Ok(Some(std::str::from_utf8(&attribute.s).with_context(|| format!("{name} is no text"))?))
}

/// The attribute `name` when there is one, else `default`.
pub(super) fn float(node: &NodeProto, name: &str, default: f32) -> TractResult<f32> {
    Ok(find_float(node, name)?.unwrap_or(default))
}

/// The attribute `name` when there is one, else `default`.
pub(super) fn integer(node: &NodeProto, name: &str, default: i64) -> TractResult<i64> {
    Ok(find_integer(node, name)?.unwrap_or(default))
}

/// Sizes along the axes of a window, `rank` of them.
pub(super) fn sizes(node: &NodeProto, name: &str, rank: usize) -> TractResult<Option<TVec<usize>>> {
    let Some(values) = integers(node, name)? else { return Ok(None) };
    ensure!(values.len() == rank, "{name}: {rank} values expected, got {}", values.len());
    let sizes = values.iter().map(|value| usize::try_from(*value)).collect::<Result<_, _>>();
    Ok(Some(sizes.with_context(|| format!("{name}: sizes are expected, got {values:?}"))?))
}

/// Zeros around the maps of a window over `rank` axes. Pools may round up.
pub(super) fn padding(node: &NodeProto, rank: usize, pools: bool) -> TractResult<PaddingSpec> {
    let rounds_up = integer(node, "ceil_mode", 0)? == 1;
    match text(node, "auto_pad")?.unwrap_or("NOTSET") {
        "NOTSET" | "" => {}
        "VALID" => return Ok(PaddingSpec::Valid),
        "SAME_UPPER" => return Ok(PaddingSpec::SameUpper),
        "SAME_LOWER" => return Ok(PaddingSpec::SameLower),
        other => bail!("auto_pad {other:?} is not known"),
    }
    let pads = sizes(node, "pads", 2 * rank)?.unwrap_or_else(|| tvec!(0; 2 * rank));
    let (before, after) = pads.split_at(rank);
    Ok(if pools {
        PaddingSpec::ExplicitOnnxPool(before.into(), after.into(), rounds_up)
    } else {
        PaddingSpec::Explicit(before.into(), after.into())
    })
}

/// The window of a pool over maps of `shape`, `(N, C, …)`.
pub(super) fn window(node: &NodeProto, shape: &[usize]) -> TractResult<PoolSpec> {
    ensure!(shape.len() > 2, "maps are expected, got a tensor of rank {}", shape.len());
    let rank = shape.len() - 2;
    let kernel = sizes(node, "kernel_shape", rank)?.context("kernel_shape is missing")?;
    Ok(PoolSpec {
        data_format: DataFormat::NCHW,
        kernel_shape: kernel,
        padding: padding(node, rank, true)?,
        dilations: sizes(node, "dilations", rank)?,
        strides: sizes(node, "strides", rank)?,
        input_channels: shape[1],
        output_channels: shape[1],
    })
}
