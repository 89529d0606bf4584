//! What the specification lists for each operator that is supported: its attributes, with the versions that have them, and
//! how many inputs it takes. An attribute that an operator does not have means something that is not done.

use std::ops::RangeInclusive;

use crate::onnx::NodeProto;
use tract_hir::internal::*;

type Versions = RangeInclusive<i64>;

const ALWAYS: Versions = 1..=i64::MAX;

const fn since(version: i64) -> Versions {
    version..=i64::MAX
}

const fn until(version: i64) -> Versions {
    1..=version
}

/// That a node has no attribute and no input more than its operator in this version of the operators has.
///
/// # Errors
/// Which it has; nothing is said of operators that are not supported.
pub(super) fn check(node: &NodeProto, opset: i64) -> TractResult<()> {
    let operator = &*node.op_type;
    let Some((inputs, attributes)) = signature(operator) else { return Ok(()) };
    let first = first_version(operator);
    ensure!(opset >= first, "it stands in version {first} of the operators and newer ones, not in {opset}");
    let inputs = if opset <= last_of_attributes(operator) { 1 } else { inputs };
    ensure!(node.input.len() <= inputs, "at most {inputs} inputs are expected, got {}", node.input.len());
    for attribute in &node.attribute {
        let known = |(name, versions): &(&str, Versions)| attribute.name == *name && versions.contains(&opset);
        let name = &attribute.name;
        ensure!(attributes.iter().any(known), "it has no attribute {name:?} in version {opset} of the operators");
    }
    Ok(())
}

/// The first version that has an operator, as far as versions this old are read.
fn first_version(operator: &str) -> i64 {
    match operator {
        "Erf" => 9,
        "DequantizeLinear" => 10,
        "HardSwish" => 14,
        _ => 1,
    }
}

/// The last version in which an operator had attributes in the place of its inputs but the first.
fn last_of_attributes(operator: &str) -> i64 {
    match operator {
        "Slice" => 9,
        "Clip" | "Pad" => 10,
        "Dropout" => 11,
        "ReduceSum" | "Squeeze" | "Unsqueeze" => 12,
        "ReduceMean" | "ReduceMax" => 17,
        _ => 0,
    }
}

/// Most inputs and attributes of an operator.
fn signature(operator: &str) -> Option<(usize, &'static [(&'static str, Versions)])> {
    Some(match operator {
        "Conv" => (
            3,
            const {
                &[
                    ("auto_pad", ALWAYS),
                    ("dilations", ALWAYS),
                    ("group", ALWAYS),
                    ("kernel_shape", ALWAYS),
                    ("pads", ALWAYS),
                    ("strides", ALWAYS),
                ]
            },
        ),
        "Gemm" => (3, const { &[("alpha", ALWAYS), ("beta", ALWAYS), ("transA", ALWAYS), ("transB", ALWAYS)] }),
        "BatchNormalization" => (
            5,
            const { &[("epsilon", ALWAYS), ("momentum", ALWAYS), ("spatial", until(8)), ("training_mode", since(14))] },
        ),
        "DequantizeLinear" => {
            (3, const { &[("axis", since(13)), ("block_size", since(21)), ("output_dtype", since(23))] })
        }
        "MaxPool" | "AveragePool" => (
            1,
            if operator == "MaxPool" {
                const {
                    &[
                        ("auto_pad", ALWAYS),
                        ("kernel_shape", ALWAYS),
                        ("pads", ALWAYS),
                        ("strides", ALWAYS),
                        ("ceil_mode", since(10)),
                        ("dilations", since(10)),
                        ("storage_order", since(8)),
                    ]
                }
            } else {
                const {
                    &[
                        ("auto_pad", ALWAYS),
                        ("kernel_shape", ALWAYS),
                        ("pads", ALWAYS),
                        ("strides", ALWAYS),
                        ("ceil_mode", since(10)),
                        ("dilations", since(19)),
                        ("count_include_pad", ALWAYS),
                    ]
                }
            },
        ),
        "ReduceSum" => (2, const { &[("keepdims", ALWAYS), ("axes", until(12)), ("noop_with_empty_axes", since(13))] }),
        "ReduceMean" | "ReduceMax" => {
            (2, const { &[("keepdims", ALWAYS), ("axes", until(17)), ("noop_with_empty_axes", since(18))] })
        }
        "Softmax" | "LogSoftmax" | "Flatten" => (1, const { &[("axis", ALWAYS)] }),
        "LeakyRelu" | "Elu" => (1, const { &[("alpha", ALWAYS)] }),
        "HardSigmoid" => (1, const { &[("alpha", ALWAYS), ("beta", ALWAYS)] }),
        "Clip" => (3, const { &[("min", until(10)), ("max", until(10))] }),
        "Dropout" => (3, const { &[("ratio", until(11)), ("seed", since(12))] }),
        "Constant" => (
            0,
            const {
                &[
                    ("value", ALWAYS),
                    ("sparse_value", since(11)),
                    ("value_float", since(12)),
                    ("value_floats", since(12)),
                    ("value_int", since(12)),
                    ("value_ints", since(12)),
                    ("value_string", since(12)),
                    ("value_strings", since(12)),
                ]
            },
        ),
        "Cast" => (1, const { &[("to", ALWAYS), ("saturate", since(19)), ("round_mode", since(24))] }),
        "Shape" => (1, const { &[("start", since(15)), ("end", since(15))] }),
        "Reshape" => (2, const { &[("allowzero", since(14))] }),
        "Squeeze" | "Unsqueeze" => (2, const { &[("axes", until(12))] }),
        "Transpose" => (1, const { &[("perm", ALWAYS)] }),
        "Concat" => (usize::MAX, const { &[("axis", ALWAYS)] }),
        "Gather" => (2, const { &[("axis", ALWAYS)] }),
        "Slice" => (5, const { &[("starts", until(9)), ("ends", until(9)), ("axes", until(9))] }),
        "Pad" => (4, const { &[("mode", ALWAYS), ("pads", until(10)), ("value", until(10))] }),
        "GlobalAveragePool" | "GlobalMaxPool" | "Relu" | "Softplus" | "Sigmoid" | "HardSwish" | "Tanh" | "Exp"
        | "Log" | "Sqrt" | "Neg" | "Abs" | "Erf" | "Identity" => (1, &[]),
        "MatMul" | "Add" | "Sub" | "Mul" | "Div" | "Max" | "Min" => (2, &[]),
        _ => return None,
    })
}
