//! Reading and writing whole files, with errors that name the file.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::error::{Blame, Error, Result};

/// The bytes of a file.
///
/// # Errors
/// [`Blame::Io`], naming the path, when it cannot be read.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| io_error(path, &error))
}

/// Writes a file so that a reader, or a run that was killed, finds either the old bytes or all of the new ones. Folders
/// that are missing are made.
///
/// # Errors
/// [`Blame::Io`], naming the path, when it cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| io_error(folder, &error))?;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let temporary = path.with_file_name(name);
    let written = fs::File::create(&temporary)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&temporary, path));
    written.map_err(|error| {
        // The error that matters is the first; a leftover file is only untidy.
        let _ = fs::remove_file(&temporary);
        io_error(path, &error)
    })
}

/// The error of the operating system about this path.
pub fn io_error(path: &Path, error: &std::io::Error) -> Error {
    Error::new(Blame::Io, path.display()).got(error)
}
