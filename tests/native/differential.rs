//! Two readers of ONNX: tract's own, which knows every operator, and this product's. What both read they answer alike.

use std::fs;
use std::path::Path;

use tract_hir::prelude::*;
use vitrine::image::SIDE;
use vitrine::images::Images;
use vitrine::network::Network;

use crate::made::images;
use crate::operators::{Golden, bytes, golden};

/// The logits of one image by tract's reader and tract's plan.
fn tract(file: &[u8], image: &[f32]) -> TractResult<Vec<f32>> {
    let model = tract_onnx::onnx().model_for_read(&mut &*file)?;
    let model = model.with_input_fact(0, f32::fact([1, 1, SIDE, SIDE]).into())?;
    let outputs =
        model.into_optimized()?.into_runnable()?.run(tvec!(Tensor::from_shape(&[1, 1, SIDE, SIDE], image)?.into()))?;
    Ok(outputs[0].to_plain_array_view::<f32>()?.iter().copied().collect())
}

/// Both answer within the project's bar for agreement between engines.
fn agree(name: &str, file: &[u8]) {
    let two = images(2);
    let image = &two.rows()[1];
    let expected = tract(file, image).unwrap_or_else(|error| panic!("{name}: tract refuses it: {error:?}"));
    let network = Network::from_onnx(file).unwrap_or_else(|error| panic!("{name}: {error}"));
    let image = Images::new(image).unwrap();
    // Of a softmax at the end, tract gives what it makes: logits are what it takes.
    let found = if name.starts_with("Softmax") {
        network.probabilities(&image).unwrap().iter().map(|row| *row.values()).collect()
    } else {
        network.logits(&image).unwrap()
    };
    assert_eq!((found.len(), expected.len()), (1, found[0].len()), "{name}");
    for (class, (found, expected)) in found[0].iter().zip(&expected).enumerate() {
        let most = 1e-4 * expected.abs().max(1.0);
        assert!((found - expected).abs() <= most, "{name}, class {class}: {found}, tract {expected}");
    }
}

#[test]
fn every_golden_graph_is_read_as_tracts_own_reader_reads_it() {
    let Golden { cases } = golden();
    cases.iter().for_each(|case| agree(&case.name, &bytes(&case.onnx)));
}

#[test]
fn every_committed_network_is_read_as_tracts_own_reader_reads_it() {
    for name in ["mlp", "cnn", "cnn-slim"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("models/{name}.onnx"));
        agree(name, &fs::read(path).unwrap());
    }
}
