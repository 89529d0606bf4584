//! manifest.json: what it must be, and that a model file and its entry go together.

use serde_json::{Value, json};
use vitrine::labels::NAMES;
use vitrine::manifest::{Dimension, Entry, Manifest};
use vitrine::sha256::Sha256;
use vitrine::storage::models::Models;

use crate::data::scratch;

/// FIPS 180-4's example of an empty message.
const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn dataset() -> Sha256 {
    EMPTY.parse().unwrap()
}

fn valid() -> Value {
    let mut manifest = Manifest::new(dataset());
    for role in ["mlp", "cnn"] {
        manifest.upsert(Entry::new(role, &format!("{role}.onnx"), role.as_bytes())).unwrap();
    }
    serde_json::from_str(&manifest.to_json()).unwrap()
}

#[test]
fn sums_are_those_of_the_standard() {
    // FIPS 180-4's examples: the empty message and "abc".
    assert_eq!(Sha256::of(b"").to_string(), EMPTY);
    assert_eq!(Sha256::of(b"abc").to_string(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[test]
fn a_sum_survives_its_text_and_nothing_else_is_one() {
    let sum = Sha256::of(b"abc");
    assert_eq!(sum.to_string().parse::<Sha256>().unwrap(), sum);
    assert_eq!(serde_json::from_str::<Sha256>(&serde_json::to_string(&sum).unwrap()).unwrap(), sum);
    let text = sum.to_string();
    for wrong in [
        "",
        "abc",
        &text[1..],
        &text.to_uppercase(),
        &format!("{text}0"),
        &format!("{text}00"),
        &text.replace('b', "ü"),
    ] {
        let error = wrong.parse::<Sha256>().unwrap_err();
        assert!(error.to_string().contains("64 lower-case hexadecimal digits"), "{wrong}: {error}");
    }
}

#[test]
fn a_manifest_survives_its_json() {
    let text = valid().to_string();
    let manifest = Manifest::parse(text.as_bytes()).unwrap();
    assert_eq!(Manifest::parse(manifest.to_json().as_bytes()).unwrap(), manifest);
    assert_eq!(manifest.files.iter().map(|file| file.role.as_str()).collect::<Vec<_>>(), ["cnn", "mlp"]);
    let mlp = manifest.entry("mlp").unwrap();
    assert_eq!(mlp.input_shape, ["N".into(), 1.into(), 28.into(), Dimension::Fixed(28)]);
    assert!(mlp.verify(b"mlp").is_ok());
    assert!(manifest.entry("svm").unwrap_err().to_string().contains("cnn, mlp"));
}

#[test]
fn malformed_manifests_are_refused() {
    type Change = fn(&mut Value);
    let cases: [(&str, Change, &str); 12] = [
        ("schema", |m| m["schema"] = json!(2), "expected schema 1, got schema 2"),
        ("no schema", |m| drop(m.as_object_mut().unwrap().remove("schema")), "schema"),
        ("no labels", |m| m["labels"] = json!([]), "got []"),
        (
            "labels in another order",
            |m| m["labels"] = json!(NAMES.iter().rev().collect::<Vec<_>>()),
            "got [\"Ankle boot\"",
        ),
        ("dataset", |m| m["dataset_sha256"] = json!("abc"), "got \"abc\""),
        ("upper case", |m| m["files"][0]["sha256"] = json!("A".repeat(64)), "lower-case"),
        ("a path upwards", |m| m["files"][0]["path"] = json!("../cnn.onnx"), "file name"),
        ("an absolute path", |m| m["files"][0]["path"] = json!("/etc/passwd"), "file name"),
        ("a hidden file", |m| m["files"][0]["path"] = json!(".."), "file name"),
        ("a role twice", |m| m["files"][0]["role"] = json!("mlp"), "\"mlp\" twice"),
        ("a path twice", |m| m["files"][0]["path"] = json!("mlp.onnx"), "\"mlp.onnx\" twice"),
        ("negative length", |m| m["files"][0]["bytes"] = json!(-1), "bytes"),
    ];
    for (case, change, says) in cases {
        let mut manifest = valid();
        change(&mut manifest);
        let error = Manifest::parse(manifest.to_string().as_bytes()).unwrap_err();
        assert_eq!(error.code(), "format", "{case}: {error}");
        assert!(error.to_string().contains(says) || case == "negative length", "{case}: {error}");
    }
    for bytes in [&b""[..], b"{", b"[]", b"\xff\xfe", b"null"] {
        assert_eq!(Manifest::parse(bytes).unwrap_err().code(), "format");
    }
}

#[test]
fn a_truncated_manifest_never_panics() {
    let text = valid().to_string();
    for end in 0..text.len() {
        assert!(Manifest::parse(&text.as_bytes()[..end]).is_err(), "{end}");
    }
}

#[test]
fn published_files_are_loaded_and_altered_ones_are_refused() {
    let models = Models::at(scratch("published_files").join("models"));
    assert_eq!(models.load("mlp").unwrap_err().code(), "io");
    let entry = |role: &str, bytes: &[u8]| Entry::new(role, &format!("{role}.onnx"), bytes);
    models.publish(entry("mlp", b"one"), b"one", dataset()).unwrap();
    models.publish(entry("cnn", b"two"), b"two", dataset()).unwrap();
    models.publish(entry("mlp", b"three"), b"three", dataset()).unwrap();
    assert_eq!(models.load("mlp").unwrap(), (entry("mlp", b"three"), b"three".to_vec()));
    assert_eq!(models.load("cnn").unwrap().1, b"two");
    assert_eq!(models.manifest().unwrap().files.len(), 2);
    let mut names: Vec<_> = std::fs::read_dir(models.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, [".lock", "cnn.onnx", "manifest.json", "mlp.onnx"], "a temporary file is left");

    assert_eq!(models.publish(entry("mlp", b"four"), b"five", dataset()).unwrap_err().code(), "integrity");
    assert_eq!(models.publish(entry("mlp", b"four"), b"four", Sha256::of(b"other")).unwrap_err().code(), "parameter");
    assert_eq!(models.load("mlp").unwrap().1, b"three", "a refused file was written");

    std::fs::write(models.path().join("mlp.onnx"), b"thrEe").unwrap();
    let error = models.load("mlp").unwrap_err();
    assert_eq!(error.code(), "integrity");
    assert!(error.to_string().contains("mlp.onnx: expected SHA-256"), "{error}");
    std::fs::write(models.path().join("mlp.onnx"), b"thre").unwrap();
    assert!(models.load("mlp").unwrap_err().to_string().contains("expected 5 bytes, got 4 bytes"));
    std::fs::remove_file(models.path().join("mlp.onnx")).unwrap();
    assert_eq!(models.load("mlp").unwrap_err().code(), "io");

    std::fs::write(models.path().join("manifest.json"), b"{").unwrap();
    assert_eq!(models.publish(entry("mlp", b"one"), b"one", dataset()).unwrap_err().code(), "format");
}
