//! Small networks of every supported operator against onnxruntime's answers (tests/golden/operators.py), and some that are
//! refused.

use std::fs::File;
use std::path::Path;

use flate2::read::GzDecoder;
use serde::Deserialize;
use vitrine::images::Images;
use vitrine::network::Network;

use crate::made::images;

#[derive(Deserialize)]
pub struct Golden {
    pub cases: Vec<Case>,
}

#[derive(Deserialize)]
pub struct Case {
    pub name: String,
    pub onnx: String,
    logits: Vec<[f32; 10]>,
}

pub fn golden() -> Golden {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/operators.json.gz");
    serde_json::from_reader(GzDecoder::new(File::open(path).unwrap())).unwrap()
}

pub fn bytes(hex: &str) -> Vec<u8> {
    hex.as_bytes()
        .as_chunks::<2>()
        .0
        .iter()
        .map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

#[test]
fn every_supported_operator_answers_as_onnxruntime_does() {
    let Golden { cases } = golden();
    assert!(cases.len() > 40);
    for Case { name, onnx, logits } in cases {
        let network = Network::from_onnx(&bytes(&onnx)).unwrap_or_else(|error| panic!("{name}: {error}"));
        // Of a softmax, onnxruntime gives what it makes: logits are what it takes.
        let ends_in_softmax = name.starts_with("Softmax");
        let answered = |images: &Images<'_>| -> Vec<[f32; 10]> {
            if ends_in_softmax {
                return network.probabilities(images).unwrap().iter().map(|row| *row.values()).collect();
            }
            network.logits(images).unwrap()
        };
        let images = images(logits.len());
        let found = answered(&images);
        for (image, row) in logits.iter().enumerate() {
            let alone = answered(&images.slice(image, 1));
            for (class, expected) in row.iter().enumerate() {
                // The project's bar for agreement between engines, on logits of any size.
                let most = 1e-4 * expected.abs().max(1.0);
                for got in [found[image][class], alone[0][class]] {
                    let off = (got - expected).abs();
                    assert!(off <= most, "{name}, image {image}, class {class}: {got}, onnxruntime {expected}");
                }
            }
        }
    }
}
