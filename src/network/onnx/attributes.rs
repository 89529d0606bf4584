//! Attributes that several operators share.

use tract_onnx::pb::NodeProto;
use tract_onnx::tract_hir::internal::*;
use tract_onnx::tract_hir::ops::cnn::{PaddingSpec, PoolSpec};
use tract_onnx::tract_hir::ops::nn::DataFormat;

/// The attribute `name` when there is one, else `default`.
pub(super) fn float(node: &NodeProto, name: &str, default: f32) -> TractResult<f32> {
    Ok(node.get_attr_opt(name)?.unwrap_or(default))
}

/// The attribute `name` when there is one, else `default`.
pub(super) fn integer(node: &NodeProto, name: &str, default: i64) -> TractResult<i64> {
    Ok(node.get_attr_opt(name)?.unwrap_or(default))
}

pub(super) fn integers(node: &NodeProto, name: &str) -> TractResult<Option<Vec<i64>>> {
    node.get_attr_opt_vec(name)
}

/// Sizes along the axes of a window, `rank` of them.
pub(super) fn sizes(node: &NodeProto, name: &str, rank: usize) -> TractResult<Option<TVec<usize>>> {
    let sizes: Option<TVec<usize>> = node.get_attr_opt_tvec(name)?;
    if let Some(sizes) = &sizes {
        ensure!(sizes.len() == rank, "{name}: {rank} values expected, got {}", sizes.len());
    }
    Ok(sizes)
}

/// Zeros around the maps of a window over `rank` axes. Pools may round up.
pub(super) fn padding(node: &NodeProto, rank: usize, pools: bool) -> TractResult<PaddingSpec> {
    let rounds_up = integer(node, "ceil_mode", 0)? == 1;
    match node.get_attr_opt::<&str>("auto_pad")?.unwrap_or("NOTSET") {
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
