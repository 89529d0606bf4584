//! The golden cases of the metrics, in the browser.

use wasm_bindgen_test::wasm_bindgen_test;

#[path = "../golden/metrics_cases.rs"]
mod cases;

#[wasm_bindgen_test]
fn reports_equal_scikit_learn() {
    cases::reports();
}

#[wasm_bindgen_test]
fn intervals_equal_scipy() {
    cases::intervals();
}

#[wasm_bindgen_test]
fn mcnemar_equals_scipy() {
    cases::mcnemar();
}

#[wasm_bindgen_test]
fn calibration_equals_the_references() {
    cases::calibration();
}

#[wasm_bindgen_test]
fn areas_under_curves_equal_scikit_learn() {
    cases::novelty();
}

#[wasm_bindgen_test]
fn trust_equals_the_references() {
    cases::trust();
}

#[wasm_bindgen_test]
fn curves_equal_scikit_learn() {
    cases::curves();
}
