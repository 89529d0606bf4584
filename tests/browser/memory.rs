//! Predictions leave nothing behind: the memory of a tab that predicts all day does not grow.

use vitrine::image::PIXELS;
use vitrine::images::Images;
use vitrine::knn::index::KnnIndex;
use vitrine::network::{LARGEST_BATCH, Network};
use wasm_bindgen_test::wasm_bindgen_test;

/// Pages of 64 KiB that this module has, of which it can give none back.
fn pages() -> usize {
    core::arch::wasm32::memory_size(0)
}

/// An image of its own for each `number`.
fn image(number: usize) -> [f32; PIXELS] {
    std::array::from_fn(|at| ((number * 7919 + at * 31) % 251) as f32 / 250.0)
}

/// Whether memory stands still over `count` predictions, after `warm` of them that fill what is kept.
fn stands_still(count: usize, warm: usize, predict: impl Fn(&Images<'_>)) {
    let images = Images::from_rows((0..64).map(image).collect()).unwrap();
    let turns = |count| (0..count).for_each(|turn: usize| predict(&images.slice(turn % images.len(), 1)));
    turns(warm);
    let before = pages();
    turns(count);
    assert_eq!(pages(), before, "pages of memory after {count} more predictions");
}

#[wasm_bindgen_test]
fn a_hundred_thousand_predictions_take_no_more_memory() {
    let mlp = Network::from_onnx(include_bytes!("../../models/mlp.onnx")).unwrap();
    stands_still(100_000, 100, |image| assert_eq!(mlp.probabilities(image).unwrap().len(), 1));
}

#[wasm_bindgen_test]
fn convolutions_and_batches_take_no_more_memory() {
    let cnn = Network::from_onnx(include_bytes!("../../models/cnn-slim.onnx")).unwrap();
    stands_still(5_000, 20, |image| assert_eq!(cnn.probabilities(image).unwrap().len(), 1));
    let batch = |image: &Images<'_>| {
        let many = Images::from_rows(vec![image.rows()[0]; LARGEST_BATCH]).unwrap();
        assert_eq!(cnn.probabilities(&many).unwrap().len(), LARGEST_BATCH);
    };
    stands_still(200, 5, batch);
}

#[wasm_bindgen_test]
fn queries_take_no_more_memory() {
    let index = KnnIndex::from_bytes(include_bytes!("../../models/knn.index")).unwrap();
    stands_still(20_000, 20, |image| assert_eq!(index.predict(image).unwrap().len(), 1));
}
