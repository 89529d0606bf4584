//! `vitrine train`: trains a network and writes its ONNX file and its history.

use std::path::{Path, PathBuf};

use vitrine::dataset::folder::DataDir;
use vitrine::dataset::split::Split;
use vitrine::error::{Blame, Error};
use vitrine::learn::network::checkpoint::Checkpoints;
use vitrine::learn::network::fit::{Plan, fit};
use vitrine::learn::network::teacher::Teachers;
use vitrine::publish::network::{Target, export};
use vitrine::storage::models::Models;
use vitrine::training::architectures::Architecture;
use vitrine::training::hyperparameters::Recipe;

use super::choices::{Device, Network, Storage};
use super::report::Report;

/// Train a network and write models/NAME.onnx, its entry in models/manifest.json, and models/history.json
///
/// It learns from 50,000 of the 60,000 training images and is validated on the other 10,000 after each epoch; the
/// test images are not opened. After each epoch the whole state goes to a checkpoint: the same command run again
/// after a kill goes on where it was, on the same schedule. What is exported are the averaged weights of the last
/// epoch. The same seed on the same machine gives the same file.
#[derive(clap::Args)]
pub struct TrainArgs {
    /// Which network
    #[arg(value_enum)]
    network: Network,
    /// Passes over the training images; the learning rate's schedule stretches with them [default: the recipe's]
    #[arg(long)]
    epochs: Option<usize>,
    /// Images per step [default: the recipe's]
    #[arg(long)]
    batch: Option<usize>,
    /// Seed of the weights, the order of the images, dropout and augmentation [default: the recipe's]
    #[arg(long)]
    seed: Option<u64>,
    /// Largest learning rate [default: the recipe's]
    #[arg(long)]
    rate: Option<f64>,
    /// Learn from the answers of this network too: its role in the manifest of --teachers; may be repeated
    #[arg(long, value_name = "ROLE")]
    teacher: Vec<String>,
    /// Folder of the teachers [default: that of the results]
    #[arg(long, value_name = "DIR", requires = "teacher")]
    teachers: Option<PathBuf>,
    /// The teachers' share of each target [default: the recipe's]
    #[arg(long, requires = "teacher")]
    distillation: Option<f32>,
    /// The share of each label that is spread over all classes [default: the recipe's]
    #[arg(long)]
    smoothing: Option<f32>,
    /// Where to compute
    #[arg(long, value_enum, default_value_t = Device::Flex)]
    backend: Device,
    /// Folder of the results
    #[arg(long, default_value = "models")]
    out: PathBuf,
    /// Folder of the checkpoints
    #[arg(long, default_value = "checkpoints")]
    checkpoints: PathBuf,
    /// Begin with the averaged weights of the finished run in this folder of checkpoints, by the recipe for going on
    #[arg(long, value_name = "DIR")]
    finish: Option<PathBuf>,
    /// Start anew, whatever checkpoints there are
    #[arg(long)]
    fresh: bool,
    /// Learn from all 60,000 training images, without validation: once every choice has been made
    #[arg(long, conflicts_with = "subset")]
    all: bool,
    /// Stop after this epoch of the schedule and export what there is; run again without it to go on
    #[arg(long, value_name = "EPOCH")]
    stop_after: Option<usize>,
    /// How the file stores the weights
    #[arg(long, value_enum, default_value_t = Storage::Int8)]
    weights: Storage,
    /// Use only the first N training images and N validation images, for a trial run
    #[arg(long, value_name = "N")]
    subset: Option<usize>,
}

pub fn run(args: TrainArgs) -> vitrine::Result<()> {
    let architecture = Architecture::from(args.network);
    let name = architecture.name();
    let data = DataDir::locate()?;
    let samples = data.train()?;
    let mut split = Split::standard(samples.labels());
    if let Some(count) = args.subset {
        split.train.truncate(count);
        split.validation.truncate(count);
    }
    if args.all {
        split.train = (0..samples.len()).collect();
        split.validation.clear();
    }
    let start = args.finish.map(|folder| folder.join(name));
    let mut recipe = match &start {
        None => Recipe::standard(architecture),
        Some(folder) => Recipe::finish(architecture, finished(folder)?),
    };
    recipe.epochs = args.epochs.unwrap_or(recipe.epochs);
    recipe.batch = args.batch.unwrap_or(recipe.batch);
    recipe.seed = args.seed.unwrap_or(recipe.seed);
    recipe.peak_rate = args.rate.unwrap_or(recipe.peak_rate);
    recipe.smoothing = args.smoothing.unwrap_or(recipe.smoothing);
    let models = Models::at(args.out);
    let school = args.teachers.map_or_else(|| models.clone(), Models::at);
    let teachers = Teachers::of_roles(&school, &args.teacher)?;
    recipe.teachers = teachers.names().to_vec();
    let share = if teachers.is_empty() { 0.0 } else { recipe.distillation };
    recipe.distillation = args.distillation.unwrap_or(share);
    let checkpoints = args.checkpoints.join(name);
    if args.fresh {
        Checkpoints::at(&checkpoints).clear()?;
    }
    let plan = Plan {
        architecture,
        recipe,
        backend: args.backend.into(),
        teachers,
        start,
        checkpoints: Some(checkpoints),
        stop_after: args.stop_after,
    };
    let validation = samples.select(&split.validation);
    let mut report = Report::default();
    let train = samples.select(&split.train);
    let (net, history) = fit(&plan, &train, &validation, &mut |progress| report.tell(progress))?;
    let target = Target { models: &models, weights: args.weights.into(), dataset_sha256: &data.sha256()? };
    let exported = export(&net, &history, &validation, &target)?;
    println!("{exported}");
    Ok(())
}

/// The recipe of the run in this folder.
fn finished(folder: &Path) -> vitrine::Result<Recipe> {
    Checkpoints::at(folder).history()?.map(|history| history.recipe).ok_or_else(|| {
        Error::new(Blame::Parameter, "--finish")
            .expected("the checkpoints of a finished run")
            .got(format!("none in {}", folder.display()))
            .remedy("train the network first, without --finish")
    })
}
