//! `vitrine classify`: pictures in, each model's best classes out.

use std::path::PathBuf;

use vitrine::Images;
use vitrine::error::Result;
use vitrine::manifest::Entry;
use vitrine::measure::classifier::Classifier;
use vitrine::preprocess::{Recipe, prepare};
use vitrine::storage::models::{self, Models};

use super::out::say;
use super::picture;

/// How many classes are printed.
const TOP: usize = 3;

/// Classify pictures of garments with every model
///
/// Each picture is brought to 28×28 as the page does it, then shown to every model of the manifest. The three most
/// probable classes are printed; a blank picture gets none.
#[derive(clap::Args)]
pub struct ClassifyArgs {
    /// PNG, JPEG, WebP, GIF or BMP files
    #[arg(required = true)]
    images: Vec<PathBuf>,
    /// How a picture becomes 28×28: auto, photograph, sketch or exact
    #[arg(long, default_value = "auto")]
    recipe: String,
    /// The folder of the models
    #[arg(long, value_name = "DIR", default_value = models::FOLDER)]
    models: PathBuf,
}

pub fn run(args: ClassifyArgs) -> Result<()> {
    let recipe = Recipe::from_name(&args.recipe)?;
    let models = Models::at(&args.models);
    let mut classifiers = Vec::new();
    for entry in models.manifest()?.files.into_iter().filter(Entry::is_classifier) {
        classifiers.push((Classifier::of_role(&models, &entry.role)?, entry.role));
    }
    for path in &args.images {
        let picture = picture::read(path)?;
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let prepared =
            prepare(picture.as_raw(), width, height, recipe).map_err(|error| error.within(path.display()))?;
        say!("{} ({width}×{height}, as a {})", path.display(), prepared.recipe.name())?;
        if prepared.is_blank {
            say!("  blank: no class")?;
            continue;
        }
        for (classifier, role) in &classifiers {
            for probabilities in classifier.probabilities(&Images::from(&prepared.image))? {
                let best = probabilities
                    .ranked()
                    .into_iter()
                    .take(TOP)
                    .map(|label| format!("{} {:.1}%", label.name(), 100.0 * probabilities.values()[label.index()]));
                say!("  {role:8} {}", best.collect::<Vec<_>>().join(", "))?;
            }
        }
    }
    Ok(())
}
