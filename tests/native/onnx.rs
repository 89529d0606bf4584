//! The committed networks, read by tract, against onnxruntime's logits of real test images (tests/golden/networks.py).

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use serde::Deserialize;
use vitrine::network::Network;
use vitrine::sha256::Sha256;

use crate::data::data_or_skip;

#[derive(Deserialize)]
struct Golden {
    models: BTreeMap<String, Reference>,
}

#[derive(Deserialize)]
struct Reference {
    sha256: Sha256,
    logits: Vec<[f32; 10]>,
}

fn root(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn golden() -> Golden {
    serde_json::from_slice(&fs::read(root("tests/golden/networks.json")).unwrap()).unwrap()
}

#[test]
fn every_committed_network_is_the_one_that_onnxruntime_ran() {
    let golden = golden();
    let mut names: Vec<String> = fs::read_dir(root("models"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".onnx"))
        .collect();
    names.sort();
    assert!(!names.is_empty());
    assert_eq!(names, golden.models.keys().cloned().collect::<Vec<_>>(), "run tests/golden/networks.py again");
    for (name, reference) in &golden.models {
        let sum = Sha256::of(&fs::read(root("models").join(name)).unwrap());
        assert_eq!(sum, reference.sha256, "{name} has changed: run tests/golden/networks.py again");
    }
}

#[test]
fn tract_agrees_with_onnxruntime_on_real_test_images() {
    let Some(data) = data_or_skip("onnx::tract_agrees_with_onnxruntime_on_real_test_images") else { return };
    let test = data.test().unwrap();
    for (name, reference) in golden().models {
        let network = Network::from_onnx(&fs::read(root("models").join(&name)).unwrap()).unwrap();
        let logits = network.logits(&test.batch(0, reference.logits.len())).unwrap();
        for (row, expected) in logits.iter().zip(&reference.logits) {
            for (got, expected) in row.iter().zip(expected) {
                // The project's bar for agreement between engines; the golden values have 7 digits.
                assert!((got - expected).abs() < 1e-4, "{name}: tract {got}, onnxruntime {expected}");
            }
        }
    }
}
