//! `vitrine classify`: pictures in, each model's best classes out.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use vitrine::error::Result;
use vitrine::manifest::Entry;
use vitrine::measure::classifier::Classifier;
use vitrine::preprocess::{Frame, Ground, Prepared, Recipe, Spot, StepSet, Wish, prepare_as};
use vitrine::storage::models::{self, Models};
use vitrine::{Images, Probabilities};

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
    /// How a picture becomes 28×28: auto, photograph, light-on-dark, sketch or exact
    #[arg(long, default_value = "auto")]
    recipe: String,
    /// Steps to switch off, or on where the recipe has them off, with commas between them
    #[arg(long, value_name = "STEPS", default_value = "")]
    switch: String,
    /// A place of the ground, x,y in thousandths of the picture's sides
    #[arg(long, value_name = "PLACE", default_value = "")]
    ground: String,
    /// The part that counts: left,top,width,height in thousandths of the picture's sides
    #[arg(long, value_name = "FRAME", default_value = "")]
    frame: String,
    /// Print a line of JSON for each picture, with the 784 numbers that the models see
    #[arg(long)]
    json: bool,
    /// The folder of the models
    #[arg(long, value_name = "DIR", default_value = models::FOLDER)]
    models: PathBuf,
}

pub fn run(args: ClassifyArgs) -> Result<()> {
    let wish = Wish {
        recipe: Recipe::from_name(&args.recipe)?,
        switched: StepSet::from_names(&args.switch)?,
        ground: Spot::from_text(&args.ground)?,
        frame: Frame::from_text(&args.frame)?,
    };
    let models = Models::at(&args.models);
    let mut classifiers = Vec::new();
    for entry in models.manifest()?.files.into_iter().filter(Entry::is_classifier) {
        classifiers.push((Classifier::of_role(&models, &entry.role)?, entry.role));
    }
    for path in &args.images {
        let picture = picture::read(path)?;
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let prepared =
            prepare_as(picture.as_raw(), width, height, &wish).map_err(|error| error.within(path.display()))?;
        let mut answers = Vec::new();
        for (classifier, role) in classifiers.iter().filter(|_| !prepared.is_blank) {
            let probabilities = classifier.probabilities(&Images::from(&prepared.image))?;
            answers.extend(probabilities.into_iter().map(|own| (role.as_str(), own)));
        }
        if args.json {
            say!("{}", json(path, (width, height), &prepared, &answers))?;
        } else {
            tell(path, (width, height), &prepared, &answers)?;
        }
    }
    Ok(())
}

fn tell(
    path: &Path,
    (width, height): (usize, usize),
    prepared: &Prepared,
    answers: &[(&str, Probabilities)],
) -> Result<()> {
    say!("{} ({width}×{height}, as a {})", path.display(), prepared.recipe.name())?;
    if prepared.is_blank {
        return say!("  blank: no class");
    }
    if prepared.ground == Ground::Uneven {
        say!("  the ground is not even: say where it is by --ground, or leave it out by --frame")?;
    }
    if prepared.is_lost {
        say!("  much of what differs from the ground is lost: try another --recipe, --ground or --frame")?;
    }
    for (role, probabilities) in answers {
        let best = probabilities
            .ranked()
            .into_iter()
            .take(TOP)
            .map(|label| format!("{} {:.1}%", label.name(), 100.0 * probabilities.values()[label.index()]));
        say!("  {role:8} {}", best.collect::<Vec<_>>().join(", "))?;
    }
    Ok(())
}

fn json(path: &Path, (width, height): (usize, usize), prepared: &Prepared, answers: &[(&str, Probabilities)]) -> Value {
    let answers: Map<String, Value> =
        answers.iter().map(|(role, own)| ((*role).to_owned(), json!(own.values().as_slice()))).collect();
    json!({
        "file": path.display().to_string(),
        "width": width,
        "height": height,
        "recipe": prepared.recipe.name(),
        "ground": prepared.ground.name(),
        "lost": prepared.is_lost,
        "blank": prepared.is_blank,
        "pixels": prepared.image.pixels().as_slice(),
        "probabilities": answers,
    })
}
