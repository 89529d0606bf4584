//! A node's attributes.

use crate::onnx::attribute_proto::AttributeType;
use crate::onnx::{AttributeProto, NodeProto, TensorProto};
use tract_hir::internal::*;

/// The attribute `name` when there is one.
///
/// # Errors
/// When it is of another kind.
fn find<'a>(node: &'a NodeProto, name: &str, kind: AttributeType) -> TractResult<Option<&'a AttributeProto>> {
    let Some(found) = node.attribute.iter().find(|attribute| attribute.name == name) else { return Ok(None) };
    ensure!(found.r#type == kind as i32, "the attribute {name} is no {kind:?}");
    Ok(Some(found))
}

/// The attribute `name` when there is one, else `default`.
pub(super) fn float(node: &NodeProto, name: &str, default: f32) -> TractResult<f32> {
    let value = optional_float(node, name)?.unwrap_or(default);
    ensure!(value.is_finite(), "the attribute {name} is {value}");
    Ok(value)
}

/// The attribute `name`, which may be infinite.
pub(super) fn optional_float(node: &NodeProto, name: &str) -> TractResult<Option<f32>> {
    Ok(find(node, name, AttributeType::Float)?.map(|found| found.f))
}

/// The attribute `name` when there is one, else `default`.
pub(super) fn integer(node: &NodeProto, name: &str, default: i64) -> TractResult<i64> {
    Ok(optional_integer(node, name)?.unwrap_or(default))
}

/// The attribute `name` when there is one, else `default`: 0 or 1.
pub(super) fn flag(node: &NodeProto, name: &str, default: bool) -> TractResult<bool> {
    match integer(node, name, i64::from(default))? {
        0 => Ok(false),
        1 => Ok(true),
        other => bail!("the attribute {name}: 0 or 1 is expected, got {other}"),
    }
}

pub(super) fn optional_integer(node: &NodeProto, name: &str) -> TractResult<Option<i64>> {
    Ok(find(node, name, AttributeType::Int)?.map(|found| found.i))
}

pub(super) fn integers(node: &NodeProto, name: &str) -> TractResult<Option<Vec<i64>>> {
    Ok(find(node, name, AttributeType::Ints)?.map(|found| found.ints.clone()))
}

pub(super) fn floats<'a>(node: &'a NodeProto, name: &str) -> TractResult<Option<&'a [f32]>> {
    Ok(find(node, name, AttributeType::Floats)?.map(|found| &*found.floats))
}

pub(super) fn stored<'a>(node: &'a NodeProto, name: &str) -> TractResult<Option<&'a TensorProto>> {
    Ok(find(node, name, AttributeType::Tensor)?.and_then(|found| found.t.as_ref()))
}

pub(super) fn text<'a>(node: &'a NodeProto, name: &str, default: &'a str) -> TractResult<&'a str> {
    match find(node, name, AttributeType::String)? {
        Some(found) => Ok(str::from_utf8(&found.s)?),
        None => Ok(default),
    }
}

/// Sizes, `count` of them, none of which is negative.
pub(super) fn sizes(node: &NodeProto, name: &str, count: usize) -> TractResult<Option<TVec<usize>>> {
    let Some(found) = integers(node, name)? else { return Ok(None) };
    let sizes: Option<TVec<usize>> = found.iter().map(|size| usize::try_from(*size).ok()).collect();
    let sizes = sizes.filter(|sizes| sizes.len() == count);
    Ok(Some(sizes.with_context(|| format!("{name}: {count} sizes are expected, got {found:?}"))?))
}
