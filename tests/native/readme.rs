//! The README's figures are those of models/metrics.json.

use std::fs;
use std::path::Path;

use vitrine::measure::evaluate::{self, Metrics};
use vitrine::publish::readme;
use vitrine::storage::models::Models;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn models() -> Models {
    Models::at(root().join("models"))
}

fn metrics() -> Metrics {
    models().read_json(evaluate::FILE).unwrap().unwrap()
}

#[test]
fn the_readme_shows_the_committed_figures() {
    let text = fs::read_to_string(root().join("README.md")).unwrap();
    assert_eq!(text, readme::with_figures(&text, &metrics()).unwrap(), "run ./build.sh evaluate --save");
}

#[test]
fn a_readme_without_marks_is_refused() {
    assert_eq!(readme::with_figures("no marks", &metrics()).unwrap_err().code(), "format");
}
