//! Reading and writing whole files, with errors that name the file.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;

use crate::error::{Blame, Error, Result};

/// Larger files are refused: the largest that anything here reads has 26 MB.
pub const LARGEST: u64 = 256 << 20;

/// The bytes of a file.
///
/// # Errors
/// [`Blame::Io`], naming the path, when it cannot be read or is no plain file (a pipe or a device may never end);
/// [`Blame::Limit`] past [`LARGEST`].
pub fn read(path: &Path) -> Result<Vec<u8>> {
    let on_disk = |error: std::io::Error| io_error(path, &error);
    // Before it is opened: opening a pipe waits for somebody who writes.
    let kind = fs::metadata(path).map_err(on_disk)?.file_type();
    if !kind.is_file() {
        let got = if kind.is_dir() { "a folder" } else { "a pipe or a device" };
        return Err(Error::new(Blame::Io, path.display()).expected("a plain file").got(got));
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(on_disk)?.take(LARGEST + 1).read_to_end(&mut bytes).map_err(on_disk)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Error::new(Blame::Limit, path.display()).expected(format!("at most {LARGEST} bytes")).got("more"));
    }
    Ok(bytes)
}

/// Writes a file so that a reader, or a run that was killed, finds either the old bytes or all of the new ones. Folders
/// that are missing are made.
///
/// # Errors
/// [`Blame::Io`], naming the path, when it cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    make_parent(path)?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let temporary = path.with_file_name(name);
    let written = File::create(&temporary)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&temporary, path));
    written.map_err(|error| {
        // The error that matters is the first; a leftover file is only untidy.
        let _ = fs::remove_file(&temporary);
        io_error(path, &error)
    })?;
    sync_parent(path);
    Ok(())
}

/// Waits for everything in this folder, its files first, to reach the disk.
///
/// # Errors
/// [`Blame::Io`], naming the path, when one cannot be read or synced.
pub fn sync_folder(folder: &Path) -> Result<()> {
    let entries = fs::read_dir(folder).map_err(|error| io_error(folder, &error))?;
    for entry in entries {
        let path = entry.map_err(|error| io_error(folder, &error))?.path();
        File::open(&path).and_then(|file| file.sync_all()).map_err(|error| io_error(&path, &error))?;
    }
    sync_parent(&folder.join("."));
    Ok(())
}

/// Brings the names in the folder of `path` to the disk, where folders can be opened (Windows does it by itself).
pub fn sync_parent(path: &Path) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // The bytes are safe by now: at worst a power cut brings back an older name.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

/// Waits until nobody else holds this file, which is made when it is missing, and holds it until the result is dropped.
///
/// # Errors
/// [`Blame::Io`], naming the path, when it cannot be made or locked.
pub fn lock(path: &Path) -> Result<File> {
    let file = lockable(path)?;
    file.lock().map_err(|error| io_error(path, &error))?;
    Ok(file)
}

/// Holds this file, as [`lock`] does, if nobody else does; `None` if somebody does.
///
/// # Errors
/// Those of [`lock`].
pub fn try_lock(path: &Path) -> Result<Option<File>> {
    let file = lockable(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(fs::TryLockError::WouldBlock) => Ok(None),
        Err(fs::TryLockError::Error(error)) => Err(io_error(path, &error)),
    }
}

fn lockable(path: &Path) -> Result<File> {
    make_parent(path)?;
    let open = File::options().create(true).write(true).truncate(false).open(path);
    open.map_err(|error| io_error(path, &error))
}

fn make_parent(path: &Path) -> Result<()> {
    let Some(folder) = path.parent() else { return Ok(()) };
    fs::create_dir_all(folder).map_err(|error| io_error(folder, &error))
}

/// The error of the operating system about this path.
pub fn io_error(path: &Path, error: &std::io::Error) -> Error {
    Error::new(Blame::Io, path.display()).got(error)
}
