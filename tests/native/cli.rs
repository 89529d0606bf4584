//! The command line as a visitor meets it: what it prints, and its exit code.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use image::{GrayImage, Luma};
use prost::Message;
use vitrine::manifest::{Entry, sha256};
use vitrine::storage::models::Models;

use crate::data::scratch;
use crate::network::linear;

/// Exit code, stdout and stderr.
fn vitrine(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_vitrine")).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn fails(arguments: &[&str], says: &str) {
    let (code, _, stderr) = vitrine(arguments);
    assert_eq!(code, Some(1), "{arguments:?}: {stderr}");
    assert!(stderr.starts_with("error: ") && stderr.contains(says), "{arguments:?}: {stderr}");
}

fn models(test: &str) -> (PathBuf, String) {
    let folder = scratch(test);
    let bytes = linear().encode_to_vec();
    let models = Models::at(&folder);
    models.publish(Entry::new("mlp", "mlp.onnx", &bytes), &bytes, &sha256(b"data")).unwrap();
    let name = folder.to_str().unwrap().to_owned();
    (folder, name)
}

fn picture(path: &Path, shade: impl Fn(u32, u32) -> u8) -> String {
    GrayImage::from_fn(56, 40, |x, y| Luma([shade(x, y)])).save(path).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn help_names_every_command() {
    let (code, help, _) = vitrine(&["--help"]);
    assert_eq!(code, Some(0));
    for command in ["data", "train", "index", "eda", "evaluate", "classify", "inspect"] {
        assert!(help.contains(&format!("\n  {command} ")), "{command} is not in\n{help}");
    }
    assert_eq!(vitrine(&["--version"]).1, format!("vitrine {}\n", env!("CARGO_PKG_VERSION")));
    assert_eq!(vitrine(&["knit"]).0, Some(2));
}

#[test]
fn errors_go_to_stderr_with_exit_code_one() {
    fails(&["inspect", "--models", "/nowhere"], "/nowhere/manifest.json");
    fails(&["inspect", "/nowhere/a.onnx"], "/nowhere/a.onnx");
    fails(&["classify", "--models", "/nowhere", "a.png"], "/nowhere/manifest.json");
    fails(&["classify", "--recipe", "soup", "a.png"], "soup");
    fails(&["evaluate", "--models", "/nowhere"], "/nowhere/manifest.json");
    let folder = scratch("cli_data");
    // Port 9 (discard) is open nowhere.
    fails(&["data", folder.to_str().unwrap(), "--from", "http://127.0.0.1:9"], "train-images-idx3-ubyte.gz");
    fs::write(folder.join("train-images-idx3-ubyte.gz"), "no").unwrap();
    fails(&["data", folder.to_str().unwrap()], "got 2 bytes");
}

#[test]
fn pictures_are_classified() {
    let (folder, name) = models("cli_classify");
    let shirt = picture(&folder.join("shirt.png"), |x, y| if (10..40).contains(&x) && y > 5 { 30 } else { 255 });
    let blank = picture(&folder.join("blank.png"), |_, _| 255);
    let (code, stdout, stderr) = vitrine(&["classify", "--models", &name, &shirt, &blank]);
    assert_eq!(code, Some(0), "{stderr}");
    let lines: Vec<_> = stdout.lines().collect();
    assert_eq!(lines.len(), 4, "{stdout}");
    assert!(lines[0].ends_with("shirt.png (56×40, as a photograph)"), "{stdout}");
    assert!(lines[1].trim().starts_with("mlp") && lines[1].matches('%').count() == 3, "{stdout}");
    assert_eq!(lines[3], "  blank: no class");

    fs::write(folder.join("text.png"), "no picture").unwrap();
    fails(&["classify", "--models", &name, folder.join("text.png").to_str().unwrap()], "text.png: expected a PNG");
    let bytes = fs::read(&shirt).unwrap();
    fs::write(folder.join("cut.png"), &bytes[..bytes.len() / 2]).unwrap();
    fails(&["classify", "--models", &name, folder.join("cut.png").to_str().unwrap()], "cut.png");
}

#[test]
fn files_are_inspected() {
    let (folder, name) = models("cli_inspect");
    let (code, stdout, _) = vitrine(&["inspect", "--models", &name]);
    assert_eq!(code, Some(0));
    assert!(stdout.contains("as described") && stdout.contains("(N, 1, 28, 28) → (N, 10)"), "{stdout}");

    let network = folder.join("mlp.onnx");
    let (code, stdout, stderr) = vitrine(&["inspect", network.to_str().unwrap()]);
    assert_eq!(code, Some(0), "{stderr}");
    let gemm = stdout.lines().find(|line| line.contains("Gemm")).unwrap().split_whitespace().collect::<Vec<_>>();
    // 784 × 10 weights and 10 biases.
    assert_eq!(gemm, ["logits", "Gemm", "(1,", "10)", "7850", "FLOAT", "(784,", "10),", "FLOAT", "(10)"], "{stdout}");
    assert!(stdout.contains("image (N, 1, 28, 28)") && stdout.contains("logits (N, 10)"), "{stdout}");

    fs::write(&network, "altered").unwrap();
    fails(&["inspect", "--models", &name], "mlp.onnx");
    fails(&["inspect", network.to_str().unwrap()], "expected an ONNX model");
    fs::write(&network, "VITRKNN\n").unwrap();
    fails(&["inspect", network.to_str().unwrap()], "truncated");
}
