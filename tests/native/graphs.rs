//! ONNX graphs in a few words, for tests.

use vitrine::onnx::{
    AttributeProto, GraphProto, ModelProto, NodeProto, OperatorSetIdProto, TensorProto, TensorShapeProto, TypeProto,
    ValueInfoProto, attribute_proto::AttributeType, tensor_shape_proto::Dimension,
    tensor_shape_proto::dimension::Value, type_proto,
};

pub fn shaped(name: &str, sizes: &[Option<i64>]) -> ValueInfoProto {
    typed(name, 1, sizes)
}

/// `kind` is a number of ONNX's `TensorProto.DataType`.
pub fn typed(name: &str, kind: i32, sizes: &[Option<i64>]) -> ValueInfoProto {
    let value = |size: &Option<i64>| size.map_or_else(|| Value::DimParam("N".into()), Value::DimValue);
    let dim = sizes.iter().map(|size| Dimension { value: Some(value(size)) }).collect();
    let tensor = type_proto::Tensor { elem_type: kind, shape: Some(TensorShapeProto { dim }) };
    let r#type = Some(TypeProto { value: Some(type_proto::Value::TensorType(tensor)) });
    ValueInfoProto { name: name.into(), r#type }
}

pub fn tensor(name: &str, dims: &[i64], values: &[f32]) -> TensorProto {
    let raw_data = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    TensorProto { name: name.into(), dims: dims.to_vec(), data_type: 1, raw_data, ..Default::default() }
}

pub fn whole(name: &str, dims: &[i64], values: &[i64]) -> TensorProto {
    TensorProto {
        name: name.into(),
        dims: dims.to_vec(),
        data_type: 7,
        int64_data: values.to_vec(),
        ..Default::default()
    }
}

/// Signed bytes (3) or unsigned ones (2).
pub fn bytes(name: &str, kind: i32, dims: &[i64], values: &[i32]) -> TensorProto {
    TensorProto {
        name: name.into(),
        dims: dims.to_vec(),
        data_type: kind,
        int32_data: values.to_vec(),
        ..Default::default()
    }
}

/// Weights that a formula makes.
pub fn weights(name: &str, dims: &[i64]) -> TensorProto {
    let count = dims.iter().product::<i64>() as usize;
    tensor(
        name,
        dims,
        &(0..count).map(|at| ((at * 7919 + at * at * 31) % 257) as f32 / 257.0 - 0.5).collect::<Vec<_>>(),
    )
}

pub fn node(op: &str, inputs: &[&str], output: &str) -> NodeProto {
    let input = inputs.iter().map(ToString::to_string).collect();
    NodeProto { op_type: op.into(), name: output.into(), input, output: vec![output.into()], ..Default::default() }
}

pub fn with(mut node: NodeProto, attributes: impl IntoIterator<Item = AttributeProto>) -> NodeProto {
    node.attribute.extend(attributes);
    node
}

pub fn ints(name: &str, values: &[i64]) -> AttributeProto {
    let kind = AttributeType::Ints as i32;
    AttributeProto { name: name.into(), r#type: kind, ints: values.to_vec(), ..Default::default() }
}

pub fn int(name: &str, value: i64) -> AttributeProto {
    AttributeProto { name: name.into(), r#type: AttributeType::Int as i32, i: value, ..Default::default() }
}

/// A model from `image` `(N, 1, 28, 28)` to `logits`.
pub fn model(nodes: Vec<NodeProto>, constants: Vec<TensorProto>) -> ModelProto {
    let graph = GraphProto {
        name: "graph".into(),
        node: nodes,
        initializer: constants,
        input: vec![shaped("image", &[None, Some(1), Some(28), Some(28)])],
        output: vec![shaped("logits", &[None, Some(10)])],
    };
    let opset = OperatorSetIdProto { version: 17, ..Default::default() };
    ModelProto { ir_version: 8, opset_import: vec![opset], graph: Some(graph), ..Default::default() }
}

/// `nodes` from `image` to `features`, of which an image has so many, and ten logits of them.
pub fn classifier(mut nodes: Vec<NodeProto>, mut constants: Vec<TensorProto>, features: i64) -> ModelProto {
    nodes.extend([node("Flatten", &["features"], "flat"), node("Gemm", &["flat", "w", "b"], "logits")]);
    constants.extend([weights("w", &[features, 10]), weights("b", &[10])]);
    model(nodes, constants)
}
