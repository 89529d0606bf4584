//! The network reader: a small model against arithmetic by hand, and files that must be refused.

use proptest::prelude::*;
use prost::Message;
use vitrine::image::PIXELS;
use vitrine::images::Images;
use vitrine::network::Network;
use vitrine::onnx::{
    AttributeProto, GraphProto, ModelProto, NodeProto, OperatorSetIdProto, StringStringEntryProto, TensorProto,
    TensorShapeProto, TypeProto, ValueInfoProto, attribute_proto::AttributeType, tensor_shape_proto::Dimension,
    tensor_shape_proto::dimension::Value, type_proto,
};

pub fn shaped(name: &str, sizes: &[Option<i64>]) -> ValueInfoProto {
    let value = |size: &Option<i64>| size.map_or_else(|| Value::DimParam("N".into()), Value::DimValue);
    let dim = sizes.iter().map(|size| Dimension { value: Some(value(size)), ..Default::default() }).collect();
    let tensor = type_proto::Tensor { elem_type: 1, shape: Some(TensorShapeProto { dim }) };
    let r#type = Some(TypeProto { value: Some(type_proto::Value::TensorType(tensor)), ..Default::default() });
    ValueInfoProto { name: name.into(), r#type, ..Default::default() }
}

pub fn tensor(name: &str, dims: &[i64], values: &[f32]) -> TensorProto {
    let raw_data = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    TensorProto { name: name.into(), dims: dims.to_vec(), data_type: 1, raw_data, ..Default::default() }
}

pub fn node(op: &str, inputs: &[&str], output: &str) -> NodeProto {
    let input = inputs.iter().map(ToString::to_string).collect();
    NodeProto { op_type: op.into(), name: output.into(), input, output: vec![output.into()], ..Default::default() }
}

fn weight(row: usize, column: usize) -> f32 {
    ((row * 10 + column) % 17) as f32 / 17.0 - 0.5
}

/// logits = flatten(image) · W + b, with b = 0, 1, …, 9.
pub fn linear() -> ModelProto {
    let weights: Vec<f32> = (0..PIXELS * 10).map(|at| weight(at / 10, at % 10)).collect();
    let biases: Vec<f32> = (0..10_u8).map(f32::from).collect();
    let graph = GraphProto {
        name: "linear".into(),
        node: vec![node("Flatten", &["image"], "flat"), node("Gemm", &["flat", "w", "b"], "logits")],
        initializer: vec![tensor("w", &[784, 10], &weights), tensor("b", &[10], &biases)],
        input: vec![shaped("image", &[None, Some(1), Some(28), Some(28)])],
        output: vec![shaped("logits", &[None, Some(10)])],
        ..Default::default()
    };
    let opset = OperatorSetIdProto { version: 17, ..Default::default() };
    ModelProto { ir_version: 8, opset_import: vec![opset], graph: Some(graph), ..Default::default() }
}

fn read(model: &ModelProto) -> vitrine::Result<Network> {
    Network::from_onnx(&model.encode_to_vec())
}

#[test]
fn logits_equal_arithmetic_by_hand_for_every_batch_size() {
    let network = read(&linear()).unwrap();
    for count in [0, 1, 2, 31, 32, 33, 70] {
        let pixels: Vec<f32> = (0..count * PIXELS).map(|at| (at % 101) as f32 / 101.0).collect();
        let logits = network.logits(&Images::new(&pixels).unwrap()).unwrap();
        assert_eq!(logits.len(), count);
        for (image, row) in pixels.chunks(PIXELS).zip(&logits) {
            for (class, logit) in row.iter().enumerate() {
                let sum: f64 = image.iter().enumerate().map(|(at, pixel)| f64::from(pixel * weight(at, class))).sum();
                let expected = sum + class as f64;
                // 784 products of magnitude at most 0.5 in f32: 784 · 0.5 · 2^-24 < 3e-5.
                assert!((expected - f64::from(*logit)).abs() < 3e-5, "{expected} and {logit}");
            }
        }
    }
}

#[test]
fn metadata_is_read() {
    let mut model = linear();
    let entry = |key: &str, value: &str| StringStringEntryProto { key: key.into(), value: value.into() };
    model.metadata_props = vec![entry("architecture", "linear"), entry("temperature", "1.5"), entry("seed", "7")];
    let network = read(&model).unwrap();
    let metadata = network.metadata();
    assert_eq!((&*metadata.architecture, metadata.temperature), ("linear", 1.5));
    assert_eq!(metadata.get("seed"), Some("7"));
    assert_eq!(metadata.labels[8], "Bag");
    for (key, value) in [("temperature", "0"), ("temperature", "warm"), ("labels", "[\"one\"]"), ("labels", "{")] {
        model.metadata_props = vec![entry(key, value)];
        assert_eq!(read(&model).err().unwrap().code(), "format", "{key} = {value}");
    }
}

#[test]
fn what_tract_would_panic_on_is_refused_first() {
    type Change = fn(&mut GraphProto);
    let strides = |node: &mut NodeProto, ints: Vec<i64>| {
        node.attribute = vec![AttributeProto {
            name: "strides".into(),
            r#type: AttributeType::Ints as i32,
            ints,
            ..Default::default()
        }];
    };
    let stride_0 = {
        let mut model = linear();
        let graph = model.graph.as_mut().unwrap();
        graph.node.insert(0, node("MaxPool", &["image"], "pooled"));
        graph.node[1].input[0] = "pooled".into();
        strides(&mut graph.node[0], vec![0, 0]);
        model
    };
    assert_eq!(read(&stride_0).err().unwrap().code(), "network");
    let changes: [(Change, &str); 8] = [
        (|graph| graph.output[0].name = "nothing".into(), "format"),
        (|graph| graph.output.clear(), "network"),
        (|graph| graph.input.clear(), "network"),
        (|graph| graph.initializer[0].dims = vec![-1, 10], "limit"),
        (|graph| graph.initializer[0].dims = vec![1 << 33, 10], "limit"),
        (|graph| graph.node[1].op_type = "Gemmm".into(), "network"),
        (|graph| graph.initializer[0].dims = vec![784, 9], "network"),
        (|graph| graph.node[1].input[0] = "nowhere".into(), "network"),
    ];
    for (index, (change, code)) in changes.into_iter().enumerate() {
        let mut model = linear();
        change(model.graph.as_mut().unwrap());
        assert_eq!(read(&model).err().map(|error| error.code()), Some(code), "change {index}");
    }
    assert_eq!(read(&ModelProto::default()).err().unwrap().code(), "format");
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..500)) {
        prop_assert!(Network::from_onnx(&bytes).is_err());
    }

    #[test]
    fn truncations_are_refused(share in 0.0..1.0_f64) {
        let bytes = linear().encode_to_vec();
        let cut = (bytes.len() as f64 * share) as usize;
        prop_assert!(Network::from_onnx(&bytes[..cut]).is_err());
    }
}
