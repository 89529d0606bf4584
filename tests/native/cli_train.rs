//! `vitrine train` on a few images of the data set: what it refuses, what it keeps, what it says of its files.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use vitrine::network::Network;
use vitrine::storage::models::Models;
use vitrine::training::history::{Histories, History};

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

fn history(models: &Models) -> History {
    let Histories(mut histories) = models.read().unwrap().unwrap();
    histories.remove("mlp").unwrap()
}

/// Lets relative paths in this folder mean the test's own, and its data set the one there is; `None` where there is none.
fn ready(folder: &Path, test: &str) -> Option<()> {
    let data = fs::canonicalize(data_or_skip(test)?.path()).unwrap();
    std::os::unix::fs::symlink(data, folder.join("data")).unwrap();
    Some(())
}

#[test]
fn all_images_are_learned_from_by_what_was_validated_and_by_nothing_else() {
    let folder = &scratch("cli_train_all");
    let Some(()) = ready(folder, "cli_train::all_images_are_learned_from") else { return };
    let first = ["--out", "first", "--checkpoints", "first"];
    refused(folder, &["--all", "first"], "first");
    trained(folder, &[&["--epochs", "2", "--rate", "0.001", "--drawings", "10"][..], &first].concat());
    let last = ["--all", "first", "--out", "models", "--checkpoints", "last"];
    refused(
        folder,
        &[&last[..], &["--rate", "0.002"]].concat(),
        "--all: expected the hyperparameters that were validated",
    );
    refused(folder, &[&last[..], &["--teacher", "mlp", "--teachers", "first"]].concat(), "the teachers of that run");
    let stdout = trained(folder, &last);
    assert!(!stdout.contains("validation accuracy"), "{stdout}");
    let [before, after] = ["first", "models"].map(|name| Models::at(folder.join(name)));
    let [was, is] = [&before, &after].map(history);
    assert_eq!((is.validation_images, is.epochs.len(), &is.hyperparameters), (0, 2, &was.hyperparameters));
    assert_eq!(is.validated.as_deref(), Some(&was));
    assert!(is.seconds_of_all() > is.total_seconds);
    let temperature =
        |models: &Models| Network::from_onnx(&models.load("mlp").unwrap().1).unwrap().metadata().temperature;
    assert_eq!(temperature(&before), temperature(&after));
    // What was learned from all images validates nothing.
    refused(
        folder,
        &["--all", "models", "--out", "third", "--checkpoints", "third"],
        "--all: expected the history of mlp, validated",
    );
}

#[test]
fn all_images_are_learned_from_in_the_runs_that_were_validated() {
    let folder = &scratch("cli_train_all_finish");
    let Some(()) = ready(folder, "cli_train::all_images_are_learned_from_in_the_runs") else { return };
    let to = |name| ["--out", name, "--checkpoints", name];
    let short = ["--epochs", "2", "--drawings", "10"];
    trained(folder, &[&short[..], &to("first")].concat());
    trained(folder, &[&short[..], &["--rate", "0.001"], &to("other")].concat());
    trained(folder, &[&["--finish", "first", "--epochs", "1"][..], &to("second")].concat());
    for (arguments, says) in [
        (&["--all", "second"][..], "--all: expected --finish, for the run that was validated went on with another"),
        (&["--all", "first", "--finish", "first"], "--all: expected a run from its first epoch on"),
        (
            &["--all", "second", "--finish", "other"],
            "checkpoint: expected a finished run of this network on 200 images",
        ),
    ] {
        refused(folder, &[arguments, &to("models")].concat(), says);
    }
    trained(folder, &[&["--all", "first"][..], &to("before")].concat());
    trained(folder, &[&["--all", "second", "--finish", "before"][..], &to("models")].concat());
    let [was, is] = ["second", "models"].map(|name| history(&Models::at(folder.join(name))));
    assert_eq!((is.validation_images, is.epochs.len(), &is.hyperparameters), (0, 3, &was.hyperparameters));
    assert_eq!(is.validated.as_deref(), Some(&was));
}

#[test]
fn a_finished_run_survives_every_remedy_and_its_files_say_how_they_were_made() {
    let folder = &scratch("cli_train");
    let Some(()) = ready(folder, "cli_train::a_finished_run_survives_every_remedy") else { return };

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
