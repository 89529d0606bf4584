//! The native tests that need no files, once more inside headless Chromium: the same modules, compiled to wasm.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use wasm_bindgen_test::wasm_bindgen_test_configure;

// A worker, as on the page.
wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[path = "../native/idx.rs"]
mod idx;
#[path = "../native/knn.rs"]
mod knn;
#[path = "../native/made.rs"]
#[allow(dead_code, reason = "the native tests use all of it")]
mod made;
mod memory;
mod metrics;
#[path = "../native/networks.rs"]
mod networks;
#[path = "../native/preprocess.rs"]
mod preprocess;
