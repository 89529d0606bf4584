//! The committed networks against onnxruntime, on images that a formula makes: the same in the browser.

use std::collections::BTreeMap;

use serde::Deserialize;
use vitrine::network::Network;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::made::images;

#[derive(Deserialize)]
struct Golden {
    models: BTreeMap<String, Reference>,
}

#[derive(Deserialize)]
struct Reference {
    synthetic: Vec<[f32; 10]>,
}

fn compare(name: &str, bytes: &[u8]) {
    let golden: Golden = serde_json::from_str(include_str!("../golden/networks.json")).unwrap();
    let expected = &golden.models[name].synthetic;
    let logits = Network::from_onnx(bytes).unwrap().logits(&images(expected.len())).unwrap();
    for (image, (row, expected)) in logits.iter().zip(expected).enumerate() {
        for (logit, expected) in row.iter().zip(expected) {
            assert!((logit - expected).abs() <= 1e-4, "{name}, image {image}: {logit} and onnxruntime's {expected}");
        }
    }
}

#[test]
fn the_mlp_answers_as_onnxruntime_does() {
    compare("mlp.onnx", include_bytes!("../../models/mlp.onnx"));
}

#[test]
fn the_slim_cnn_answers_as_onnxruntime_does() {
    compare("cnn-slim.onnx", include_bytes!("../../models/cnn-slim.onnx"));
}

#[test]
fn the_cnn_answers_as_onnxruntime_does() {
    compare("cnn.onnx", include_bytes!("../../models/cnn.onnx"));
}
