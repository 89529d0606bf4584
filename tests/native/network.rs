//! The network reader: a small model against arithmetic by hand, and files that must be refused.

use proptest::prelude::*;
use prost::Message;
use vitrine::image::PIXELS;
use vitrine::images::Images;
use vitrine::network::Network;
use vitrine::onnx::{GraphProto, ModelProto, StringStringEntryProto};

use crate::graphs::{model, node, tensor};

fn weight(row: usize, column: usize) -> f32 {
    ((row * 10 + column) % 17) as f32 / 17.0 - 0.5
}

/// logits = flatten(image) · W + b, with b = 0, 1, …, 9.
pub fn linear() -> ModelProto {
    let weights: Vec<f32> = (0..PIXELS * 10).map(|at| weight(at / 10, at % 10)).collect();
    let biases: Vec<f32> = (0..10_u8).map(f32::from).collect();
    model(
        vec![node("Flatten", &["image"], "flat"), node("Gemm", &["flat", "w", "b"], "logits")],
        vec![tensor("w", &[784, 10], &weights), tensor("b", &[10], &biases)],
    )
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
    for (key, value) in [("temperature", "0"), ("temperature", "warm"), ("labels", "[\"one\"]"), ("labels", "{")] {
        model.metadata_props = vec![entry(key, value)];
        assert_eq!(read(&model).err().unwrap().code(), "format", "{key} = {value}");
    }
}

#[test]
fn graphs_that_contradict_themselves_are_refused() {
    type Change = fn(&mut GraphProto);
    let changes: [(Change, &str, &str); 9] = [
        (|graph| graph.output[0].name = "nothing".into(), "format", "got none for \"nothing\""),
        (|graph| graph.output.clear(), "network", "expected one input and one output, got 1 and 0"),
        (|graph| graph.input.clear(), "network", "expected one input and one output, got 0 and 1"),
        (|graph| graph.initializer[0].dims = vec![-1, 10], "network", "Gemm \"logits\": the tensor \"w\""),
        (|graph| graph.initializer[0].dims = vec![1 << 33, 10], "network", "Gemm \"logits\": the tensor \"w\""),
        (|graph| graph.node[1].op_type = "Gemmm".into(), "network", "Gemmm \"logits\": this operator is not supported"),
        (|graph| graph.initializer[0].dims = vec![784, 9], "network", "Gemm \"logits\": the tensor \"w\""),
        (|graph| graph.node[1].input[0] = "nowhere".into(), "network", "Gemm \"logits\": nothing produces \"nowhere\""),
        (|graph| graph.node.swap(0, 1), "network", "Gemm \"logits\": nothing produces \"flat\""),
    ];
    for (index, (change, code, says)) in changes.into_iter().enumerate() {
        let mut model = linear();
        change(model.graph.as_mut().unwrap());
        let error = read(&model).err().unwrap();
        assert_eq!(error.code(), code, "change {index}: {error}");
        assert!(error.to_string().contains(says), "change {index}: {error}");
    }
    assert_eq!(read(&ModelProto::default()).err().unwrap().code(), "format");
}

proptest! {
    #[test]
    fn truncations_are_refused(share in 0.0..1.0_f64) {
        let bytes = linear().encode_to_vec();
        let cut = (bytes.len() as f64 * share) as usize;
        prop_assert!(Network::from_onnx(&bytes[..cut]).is_err());
    }
}
