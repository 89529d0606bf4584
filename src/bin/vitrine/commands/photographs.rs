//! `vitrine photographs`: the project's own photographs as files, to look at and to try things on.

use std::path::PathBuf;

use image::RgbaImage;
use vitrine::drawings::{PHOTOGRAPHS, photograph};
use vitrine::error::{Blame, Error, Result};

use super::out::say;

/// Write the project's own photographs of garments as PNG files
///
/// Twelve pictures as visitors take them: on wood, on walls that are darker, coloured or unevenly lit, small and off centre,
/// cut out, of their ground's grey. Preparation is measured with them. No image of the data set is in them.
#[derive(clap::Args)]
pub struct PhotographsArgs {
    /// The folder to write them to
    folder: PathBuf,
}

pub fn run(args: PhotographsArgs) -> Result<()> {
    let failed = |error: &dyn std::fmt::Display| Error::new(Blame::Io, args.folder.display()).got(error);
    std::fs::create_dir_all(&args.folder).map_err(|error| failed(&error))?;
    for number in 0..PHOTOGRAPHS {
        let photograph = photograph(number);
        let path = args.folder.join(format!("photograph-{number:02}.png"));
        let size = (photograph.width as u32, photograph.height as u32);
        let picture = RgbaImage::from_raw(size.0, size.1, photograph.rgba)
            .ok_or_else(|| Error::new(Blame::Internal, photograph.name).expected("its size"))?;
        picture.save(&path).map_err(|error| failed(&error))?;
        say!("{}  {} ({})", path.display(), photograph.name, photograph.label.name())?;
    }
    Ok(())
}
