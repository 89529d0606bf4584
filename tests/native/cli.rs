//! The command line as a visitor meets it: what it prints, and its exit code.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use image::{GrayImage, Luma};
use prost::Message;
use vitrine::manifest::{Dimension, Entry};
use vitrine::measure::evaluate::Metrics;
use vitrine::publish::card;
use vitrine::sha256::Sha256;
use vitrine::storage::models::Models;

use crate::data::{data_or_skip, scratch};
use crate::network::linear;

/// Exit code, stdout and stderr.
pub fn vitrine(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_vitrine")).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

pub fn fails(arguments: &[&str], says: &str) {
    let (code, _, stderr) = vitrine(arguments);
    assert_eq!(code, Some(1), "{arguments:?}: {stderr}");
    assert!(stderr.starts_with("error: ") && stderr.contains(says), "{arguments:?}: {stderr}");
}

pub fn models(test: &str) -> (PathBuf, String) {
    let folder = scratch(test);
    let bytes = linear().encode_to_vec();
    let models = Models::at(&folder);
    models.publish(Entry::new("mlp", "mlp.onnx", &bytes), &bytes, Sha256::of(b"data")).unwrap();
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
    for command in ["data", "train", "index", "eda", "evaluate", "classify", "inspect", "photographs"] {
        assert!(help.contains(&format!("\n  {command} ")), "{command} is not in\n{help}");
    }
    assert_eq!(vitrine(&["--version"]).1, format!("vitrine {}\n", env!("CARGO_PKG_VERSION")));
    assert_eq!(vitrine(&["knit"]).0, Some(2));
}

#[test]
fn what_a_manifest_says_reaches_no_terminal_raw() {
    let (folder, name) = models("manifest-control");
    let mut manifest = Models::at(&folder).manifest().unwrap();
    let entry = &mut manifest.files[0];
    entry.role = "mlp\u{1b}[2J".into();
    entry.provenance = "a\rb\u{1b}]0;c\u{7}".into();
    entry.input_shape = vec![Dimension::Free("N\u{1b}[31m".into())];
    fs::write(folder.join("manifest.json"), serde_json::to_string(&manifest).unwrap()).unwrap();
    let (code, stdout, stderr) = vitrine(&["inspect", "--models", &name]);
    let raw = |text: &str| text.chars().any(|letter| letter.is_control() && letter != '\n');
    assert!(!raw(&stdout) && !raw(&stderr), "{stdout:?}, {stderr:?}");
    assert_eq!(code, Some(0), "{stderr}");
    assert!(
        ["\\u{1b}[2J", "a\\rb\\u{1b}]0;c\\u{7}", "(N\\u{1b}[31m)"].iter().all(|text| stdout.contains(text)),
        "{stdout}"
    );
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

/// Exit code and stderr of a command whose output goes there.
#[cfg(unix)]
fn vitrine_into(arguments: &[&str], output: impl Into<std::process::Stdio>) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vitrine"));
    let child = command.args(arguments).stdout(output).stderr(std::process::Stdio::piped()).spawn().unwrap();
    let output = child.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_had_enough_ends_it_quietly() {
    let (folder, name) = models("cli_pipe");
    let shirt = picture(&folder.join("shirt.png"), |x, _| if x < 30 { 30 } else { 255 });
    for arguments in [&["inspect", "--models", &name][..], &["classify", "--models", &name, &shirt], &["--help"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        assert_eq!(vitrine_into(arguments, writer), (Some(0), String::new()), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let (_, name) = models("cli_full");
    for arguments in [&["inspect", "--models", &name][..], &["--help"], &["evaluate", "--help"], &["--version"]] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let (code, stderr) = vitrine_into(arguments, full);
        assert_eq!(code, Some(1), "{arguments:?}: {stderr}");
        assert!(stderr.starts_with("error: standard output: ") && stderr.lines().count() == 1, "{stderr}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_for_a_model_is_refused_and_not_waited_for() {
    let folder = scratch("cli_fifo");
    let pipe = folder.join("model.onnx");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    fails(&["inspect", pipe.to_str().unwrap()], "expected a plain file, got a pipe");
    fails(&["inspect", "/dev/zero"], "expected a plain file, got a pipe or a device");
}

#[cfg(unix)]
#[test]
fn what_is_measured_is_saved_even_if_nobody_reads_it() {
    let Some(_) = data_or_skip("cli::what_is_measured_is_saved_even_if_nobody_reads_it") else { return };
    let folder = scratch("cli_save");
    let models = Models::at(folder.join("models"));
    let bytes = linear().encode_to_vec();
    models.publish(Entry::new("mlp", "mlp.onnx", &bytes), &bytes, Sha256::of(b"data")).unwrap();
    let readme = folder.join("README.md");
    fs::write(&readme, b"\xff of somebody else").unwrap();
    let name = models.path().to_str().unwrap();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let (code, stderr) = vitrine_into(&["evaluate", "--save", "--models", name], writer);
    assert_eq!(code, Some(0), "{stderr}");
    let metrics: Metrics = models.read().unwrap().unwrap();
    assert_eq!((metrics.models["mlp"].images, metrics.models["mlp"].sha256), (10_000, Sha256::of(&bytes)));
    assert!(metrics.robustness.is_some());
    assert_eq!(fs::read(models.path().join("README.md")).unwrap(), card::render(&models).unwrap().into_bytes());
    assert_eq!(fs::read(&readme).unwrap(), b"\xff of somebody else");

    fs::write(&readme, "<!-- /figures -->").unwrap();
    fs::remove_file(models.path().join("metrics.json")).unwrap();
    fails(&["evaluate", "--save", "--models", name], "README.md: marks: expected");
    assert_eq!(models.read::<Metrics>().unwrap(), None, "something was written before the README was read");
}
