//! `vitrine eda`: explores the training images.

use std::path::PathBuf;

use vitrine::Result;
use vitrine::dataset::folder::DataDir;
use vitrine::knn::index::KnnIndex;
use vitrine::manifest;
use vitrine::measure::classifier::INDEX_ROLE;
use vitrine::measure::eda::{self, Eda};
use vitrine::storage::models::{Document, FOLDER, Models};

use super::out::say;

/// Explore the training images and write models/eda.json
///
/// Class counts, the density of total intensity and the box plot of mean intensity per class, average images, images that
/// stand twice in the training set or in both sets, and the labels that an image's neighbours contradict most; with the
/// places of these images in the folder's index, when it has one, so that its thumbnails show them.
#[derive(clap::Args)]
pub struct EdaArgs {
    /// Use only the first N images of either set, for a trial run
    #[arg(long, value_name = "N")]
    subset: Option<usize>,
    /// The folder of the index and of the results
    #[arg(long, value_name = "DIR", default_value = FOLDER)]
    out: PathBuf,
}

pub fn run(args: EdaArgs) -> Result<()> {
    let data = DataDir::locate()?;
    let models = Models::at(&args.out);
    let index = index(&models)?;
    let [train, test] = [data.train()?, data.test()?].map(|samples| match args.subset {
        Some(count) => samples.select(&(0..count.min(samples.len())).collect::<Vec<_>>()),
        None => samples,
    });
    let found = eda::explore(&train, &test, data.sha256()?, index.as_ref())?;
    // Written first: it is worth having even if it cannot be printed.
    models.write(&found)?;
    show(&found)?;
    say!("{}: written", args.out.join(Eda::FILE).display())
}

fn show(found: &Eda) -> Result<()> {
    say!("{:12} {:>6}  {:>6}  {:>17}  {:>8}", "class", "images", "median", "quartiles", "outliers")?;
    for class in &found.classes {
        let [low, median, high] = class.mean_intensity_box.quartiles;
        let (name, count, outliers) = (&class.name, class.count, class.mean_intensity_box.outliers);
        say!("{name:12} {count:6}  {median:6.4}  {low:.4} to {high:.4}  {outliers:8}")?;
    }
    let (within, across) = (found.duplicates_within_train.len(), found.duplicates_across.len());
    say!("pictures that stand more than once in the training set: {within}; in both sets: {across}")?;
    say!("the labels that neighbours trust least:")?;
    for suspect in found.suspicious_labels.iter().take(10) {
        let (index, label, suggested, support) = (suspect.index, &suspect.label, &suspect.suggested, suspect.support);
        say!("  image {index:5}: {label}, {:.0}% of its neighbours are {suggested}", 100.0 * support)?;
    }
    Ok(())
}

/// The folder's index; `None` before it is learned.
fn index(models: &Models) -> Result<Option<KnnIndex>> {
    if !models.path().join(manifest::FILE).exists() {
        return Ok(None);
    }
    let manifest = models.manifest()?;
    let entry = manifest.entry(INDEX_ROLE).ok();
    entry.map(|entry| KnnIndex::from_bytes(&models.load_entry(entry)?)).transpose()
}
