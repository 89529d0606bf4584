//! `vitrine train` on a few images of the data set: what it refuses, what it keeps, what it says of its files.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use vitrine::storage::models::Models;
use vitrine::training::history::Histories;

use crate::data::{data_or_skip, scratch};

/// A trial run in this folder, on 200 images.
fn train(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vitrine"));
    command.current_dir(folder).args(["train", "mlp", "--subset", "200", "--batch", "50"]).args(arguments);
    command.output().unwrap()
}

fn trained(folder: &Path, arguments: &[&str]) -> String {
    let output = train(folder, arguments);
    let (stdout, stderr) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(output.status.success(), "{arguments:?}: {stderr}");
    stdout
}

fn refused(folder: &Path, arguments: &[&str], says: &str) {
    let output = train(folder, arguments);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {stderr}");
    assert!(stderr.starts_with("error: ") && stderr.contains(says), "{arguments:?}: {stderr}");
}

fn checkpoints(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder.join("checkpoints/mlp")).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name != ".lock");
    names.sort();
    names
}

#[test]
fn a_finished_run_survives_every_remedy_and_its_files_say_how_they_were_made() {
    let Some(data) = data_or_skip("cli_train::a_finished_run_survives_every_remedy") else { return };
    let folder = scratch("cli_train");
    // Relative paths mean the test's own folder.
    let data = fs::canonicalize(data.path()).unwrap();
    let folder = folder.as_path();
    std::os::unix::fs::symlink(data, folder.join("data")).unwrap();

    let stdout = trained(folder, &["--epochs", "3"]);
    assert!(stdout.lines().filter(|line| line.starts_with("epoch ")).count() == 3, "{stdout}");
    // The last two are kept.
    assert_eq!(checkpoints(folder), ["epoch-0002", "epoch-0003"]);

    for arguments in
        [&["--finish", "checkpoints"][..], &["--finish", "checkpoints", "--fresh"], &["--finish", "./checkpoints/"]]
    {
        refused(folder, arguments, "in another folder");
    }
    for (arguments, says) in [
        (["--rate", "nan", "--fresh"], "learning rate: expected 0 or more, got NaN"),
        (["--smoothing", "1.5", "--fresh"], "smoothing: expected 0 to 1, got 1.5"),
    ] {
        refused(folder, &arguments, says);
    }
    assert_eq!(checkpoints(folder), ["epoch-0002", "epoch-0003"], "a refused command has cost a run");

    // A run that was killed while it wrote.
    fs::create_dir(folder.join("checkpoints/mlp/epoch-0004.partial")).unwrap();
    let finish = ["--finish", "checkpoints", "--checkpoints", "gone on", "--epochs", "1", "--out", "second"];
    let taught = ["--teacher", "mlp", "--teachers", "models", "--distillation", "0.25"];
    trained(folder, &[&finish[..], &taught].concat());
    let entry = Models::at(folder.join("second")).manifest().unwrap().entry("mlp").unwrap().clone();
    for option in ["--finish checkpoints", "--teacher mlp", "--teachers models", "--distillation 0.25", "--subset 200"]
    {
        assert!(entry.provenance.contains(option), "{option} is not in {}", entry.provenance);
    }
    let Histories(histories) = Models::at(folder.join("second")).read().unwrap().unwrap();
    assert_eq!(histories["mlp"].epochs.len(), 4);

    // Anew: the old run is gone, and so is what was never completed.
    trained(folder, &["--epochs", "1", "--fresh"]);
    assert_eq!(checkpoints(folder), ["epoch-0001"]);
}
