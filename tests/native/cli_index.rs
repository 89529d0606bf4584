//! `vitrine index` and `vitrine eda` on the data set: what they write, what they say, what is left when nobody reads it.

use std::fs;
use std::process::{Command, Stdio};

use vitrine::Label;
use vitrine::knn::index::KnnIndex;
use vitrine::measure::eda::Eda;
use vitrine::storage::models::Models;

use crate::data::{data_or_skip, scratch};

/// The smallest code, learned once over from few images: figures do not matter here.
const QUICK: [&str; 8] = ["--epochs", "1", "--dims", "2", "--hidden", "1", "--subset", "500"];

/// Exit code, stdout and stderr; nobody reads the output of one that is `unheard`.
fn vitrine(arguments: &[&str], unheard: bool) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vitrine"));
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    if unheard {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        command.stdout(writer);
    }
    let output = command.spawn().unwrap().wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn an_index_is_learned_written_and_explored_even_if_nobody_reads_it() {
    let Some(_) = data_or_skip("cli_index::an_index_is_learned_written_and_explored") else { return };
    let folder = scratch("cli_index");
    let out = folder.to_str().unwrap();

    let arguments: Vec<&str> = ["index", "--trial", "--out", out].into_iter().chain(QUICK).collect();
    let (code, stdout, stderr) = vitrine(&arguments, false);
    assert_eq!(code, Some(0), "{stderr}");
    assert!(stdout.contains("k =  1: validation accuracy ") && stdout.contains("chosen: k = "), "{stdout}");
    assert!(stdout.contains("bytes, not written"), "{stdout}");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0, "a trial writes nothing");

    let arguments: Vec<&str> = ["index", "--out", out].into_iter().chain(QUICK).collect();
    let (code, _, stderr) = vitrine(&arguments, true);
    assert_eq!((code, stderr.contains("error")), (Some(0), false), "{stderr}");
    let models = Models::at(&folder);
    for role in ["knn", "knn-thumbnails"] {
        let (entry, _) = models.load(role).unwrap();
        assert!(entry.provenance.contains("index --subset 500;"), "{}", entry.provenance);
        assert!(entry.provenance.contains("epochs: 1,"), "{}", entry.provenance);
    }

    let (_, index) = models.load("knn").unwrap();
    assert_eq!(KnnIndex::from_bytes(&index).unwrap().len(), 1000);

    // Fewer than the index was learned from: those of validation stand among them.
    let (code, stdout, stderr) = vitrine(&["eda", "--out", out, "--subset", "500"], false);
    assert_eq!(code, Some(0), "{stderr}");
    let counts = Label::all().map(|label| {
        let line = stdout.lines().find(|line| line.starts_with(label.name())).unwrap();
        line[label.name().len()..].split_whitespace().next().unwrap().parse::<usize>().unwrap()
    });
    assert_eq!(counts.sum::<usize>(), 500, "{stdout}");
    assert!(stdout.ends_with("eda.json: written\n"), "{stdout}");
    let found: Eda = models.read().unwrap().unwrap();
    assert!(!found.suspicious_labels.is_empty());
    assert!(found.suspicious_labels.iter().all(|suspect| suspect.reference.is_some()));
}

#[test]
fn settings_without_meaning_are_refused_before_anything_is_learned() {
    let Some(_) = data_or_skip("cli_index::settings_without_meaning_are_refused") else { return };
    let folder = scratch("cli_index_settings");
    for arguments in [["--epochs", "0"], ["--dims", "17"], ["--hidden", "0"], ["--dropout", "1.5"], ["--rate", "NaN"]] {
        let (code, _, stderr) =
            vitrine(&[&["index", "--out", folder.to_str().unwrap()][..], &arguments].concat(), false);
        assert_eq!(code, Some(1), "{arguments:?}: {stderr}");
        assert!(stderr.starts_with("error: "), "{arguments:?}: {stderr}");
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
}
