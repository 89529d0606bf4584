//! `vitrine data`: finds the data set, fetches what is missing, checks everything.

use std::path::PathBuf;

use vitrine::Result;
use vitrine::dataset::download;
use vitrine::dataset::folder::{DataDir, Published, published};
use vitrine::storage::files;

use super::bars::bar;
use super::out::say;

/// Find the data set's four files, fetch those that are missing, and check them all
///
/// A download that was interrupted goes on where it stopped. A file is kept only if its MD5 sum is the published one.
#[derive(clap::Args)]
pub struct DataArgs {
    /// The folder of the files [default: $VITRINE_DATA, else ./data]
    dir: Option<PathBuf>,
    /// The address of the folder that the files are fetched from
    #[arg(long, value_name = "URL", default_value = download::ADDRESS)]
    from: String,
}

pub fn run(args: DataArgs) -> Result<()> {
    let folder = args.dir.unwrap_or_else(DataDir::default_path);
    for file in published() {
        let path = folder.join(file.name);
        if path.exists() {
            file.check(&files::read(&path)?).map_err(|error| error.within(folder.display()))?;
        } else {
            fetch(&args.from, file, &folder)?;
        }
        say!("{}: as published", path.display())?;
    }
    Ok(())
}

fn fetch(address: &str, file: Published, folder: &std::path::Path) -> Result<()> {
    let template = "{msg} {wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta} left";
    let bar = bar(file.bytes as usize, template).with_message(file.name);
    let result = download::fetch(address, &file, folder, &mut |have| bar.set_position(have));
    bar.finish_and_clear();
    result
}
