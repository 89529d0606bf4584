//! `vitrine-xz < FILE > FILE.xz`: packs as tightly as the format can.

use std::io::{self, Write};
use std::process::ExitCode;

use lzma_rust2::{XzOptions, XzWriter};

/// The best of presets, which are 0 to 9.
const PRESET: u32 = 9;

fn pack() -> io::Result<()> {
    let mut writer = XzWriter::new(io::stdout().lock(), XzOptions::with_preset(PRESET))?;
    io::copy(&mut io::stdin().lock(), &mut writer)?;
    writer.finish()?.flush()
}

fn main() -> ExitCode {
    match pack() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("vitrine-xz: {error}");
            ExitCode::FAILURE
        }
    }
}
