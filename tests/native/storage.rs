//! Files: whole or not at all, plain, of bounded size; a folder that several processes write to.

use std::fs::{self, File};
use std::process::Command;
use std::thread;

use vitrine::manifest::Entry;
use vitrine::sha256::Sha256;
use vitrine::storage::files;
use vitrine::storage::models::Models;
use vitrine::training::architectures::Architecture;
use vitrine::training::history::{Histories, History};

use crate::data::scratch;

#[test]
fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
    let folder = scratch("files_write").join("made/on/the/way");
    let path = folder.join("file");
    for bytes in [&b"first"[..], b"second, longer", b""] {
        files::write(&path, bytes).unwrap();
        assert_eq!(files::read(&path).unwrap(), bytes);
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    let error = files::write(&path.join("below a file"), b"").unwrap_err();
    assert_eq!(error.code(), "io");
}

#[test]
fn only_plain_files_of_bounded_size_are_read() {
    let folder = scratch("files_read");
    let says = |path: &std::path::Path| {
        let error = files::read(path).unwrap_err();
        (error.code(), error.to_string())
    };
    assert!(says(&folder).1.ends_with("expected a plain file, got a folder"));
    assert_eq!(says(&folder.join("nothing")).0, "io");
    let huge = folder.join("huge");
    // Sparse: it takes no room.
    File::create(&huge).unwrap().set_len(files::LARGEST + 1).unwrap();
    assert_eq!(says(&huge).0, "limit");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_refused_before_anything_waits_for_it() {
    let pipe = scratch("files_pipe").join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for path in [pipe.as_path(), std::path::Path::new("/dev/zero")] {
        let error = files::read(path).unwrap_err();
        assert_eq!(error.code(), "io");
        assert!(error.to_string().ends_with("expected a plain file, got a pipe or a device"), "{error}");
    }
}

#[test]
fn a_lock_is_held_until_it_is_dropped() {
    let path = scratch("files_lock").join("lock");
    let held = files::lock(&path).unwrap();
    assert!(files::try_lock(&path).unwrap().is_none());
    drop(held);
    assert!(files::try_lock(&path).unwrap().is_some());
}

#[test]
fn publishers_at_the_same_time_lose_no_entry() {
    let models = Models::at(scratch("publishers").join("models"));
    let roles: Vec<String> = (0..16).map(|number| format!("role-{number}")).collect();
    thread::scope(|scope| {
        for role in &roles {
            let models = &models;
            scope.spawn(move || {
                for round in 0..4 {
                    let bytes = format!("{role} {round}").into_bytes();
                    let entry = Entry::new(role, &format!("{role}.onnx"), &bytes);
                    models.publish(entry, &bytes, Sha256::of(b"data")).unwrap();
                }
            });
        }
    });
    let manifest = models.manifest().unwrap();
    assert_eq!(manifest.files.len(), roles.len());
    for entry in &manifest.files {
        assert_eq!(models.load_entry(entry).unwrap(), format!("{} 3", entry.role).into_bytes());
    }
}

#[test]
fn what_stands_beside_a_new_history_stays_to_the_last_digit() {
    let folder = scratch("history_digits");
    let models = Models::at(&folder);
    let own = crate::evaluate::history();
    own.merge_into(&models).unwrap();
    let path = folder.join("history.json");
    // 17 digits, which a reader of numbers and a writer may change between them; and a field of a newer build.
    let digits = "\"total_seconds\": 3.0999999999999996e-71, \"of a newer build\": [1.10]";
    let other = fs::read_to_string(&path).unwrap();
    let seconds = other.lines().find(|line| line.trim_start().starts_with("\"total_seconds\"")).unwrap();
    let other = other.replace(seconds.trim().trim_end_matches(','), digits);
    fs::write(&path, &other).unwrap();
    let another = History { architecture: Architecture::CnnSlim, ..own.clone() };
    for _ in 0..3 {
        another.merge_into(&models).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap();
    assert!(written.contains(digits), "{written}");
    let Histories(all) = models.read().unwrap().unwrap();
    assert_eq!(all.len(), 2);
    assert_eq!(all["cnn-slim"], another);
    // In the form of every other document.
    own.merge_into(&models).unwrap();
    let both = Histories([("cnn-slim".to_owned(), another), (own.architecture.name().to_owned(), own)].into());
    assert_eq!(fs::read_to_string(&path).unwrap(), serde_json::to_string_pretty(&both).unwrap() + "\n");

    fs::write(&path, "{\"mlp\": 1}").unwrap();
    let before = fs::read(&path).unwrap();
    assert_eq!(both.0["mlp"].merge_into(&models).unwrap_err().code(), "format");
    assert_eq!(fs::read(&path).unwrap(), before);
}
