//! The wasm boundary: borrowed slices in, typed arrays out; the only module with `#[wasm_bindgen]`.
//!
//! Nothing here decides anything. Errors arrive in JavaScript as `Error` objects with a `code` (see
//! [`crate::error::Blame::code`]).

mod activations;
mod calibration;
mod diagram;
mod distort;
mod knn;
mod network;
mod prepared;
mod report;
mod test_set;

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;

use crate::error::Error;
use crate::labels;
use crate::manifest;
use crate::sha256::Sha256;

impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        let js = js_sys::Error::new(&error.to_string());
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&js, &"code".into(), &error.code().into());
        js.into()
    }
}

#[wasm_bindgen(start)]
fn start() -> Result<(), JsValue> {
    console_error_panic_hook::set_once();
    // tract's kernels are listed by constructors. Where they are not exported, as in tests, the linker has every export call
    // them first.
    match Reflect::get(&wasm_bindgen::exports(), &"__wasm_call_ctors".into())?.dyn_ref::<Function>() {
        Some(construct) => construct.call0(&JsValue::UNDEFINED).map(drop),
        None => Ok(()),
    }
}

/// The ten class names in label order.
#[wasm_bindgen]
pub fn class_names() -> Vec<String> {
    labels::NAMES.map(String::from).to_vec()
}

/// Throws (code `integrity`) unless `bytes` have the length and the SHA-256 (lower-case hex) that the manifest gives.
///
/// # Errors
/// `integrity`; `format` when the expected sum is none.
#[wasm_bindgen]
pub fn verify(path: &str, bytes: &[u8], expected_bytes: f64, expected_sha256: &str) -> Result<(), JsValue> {
    let expected: Sha256 = expected_sha256.parse().map_err(|error: Error| error.within(path))?;
    Ok(manifest::verify(path, bytes, expected_bytes as u64, expected)?)
}
