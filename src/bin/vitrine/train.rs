//! `vitrine train`: trains a network and writes its ONNX file and its history.

#[cfg(feature = "train")]
pub use with_framework::{TrainArgs, run};
#[cfg(not(feature = "train"))]
pub use without_framework::{TrainArgs, run};

#[cfg(feature = "train")]
mod with_framework {
    use std::path::{Path, PathBuf};

    use vitrine::error::{Blame, Error};
    use vitrine::train::checkpoint::Checkpoints;
    use vitrine::train::data::DataDir;
    use vitrine::train::export::{Target, export};
    use vitrine::train::fit::{Backend, Plan, fit};
    use vitrine::train::layers::Architecture;
    use vitrine::train::models::Models;
    use vitrine::train::onnx::Weights;
    use vitrine::train::recipe::Recipe;
    use vitrine::train::split::Split;
    use vitrine::train::teacher::Teachers;

    /// Train a network and write models/NAME.onnx, its entry in models/manifest.json, and models/history.json
    ///
    /// It learns from 50,000 of the 60,000 training images and is validated on the other 10,000 after each epoch; the
    /// test images are not opened. After each epoch the whole state goes to a checkpoint: the same command run again
    /// after a kill goes on where it was, on the same schedule. What is exported are the averaged weights of the last
    /// epoch. The same seed on the same machine gives the same file.
    #[derive(clap::Args)]
    pub struct TrainArgs {
        /// Which network
        network: Architecture,
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
        #[arg(long, value_enum, default_value_t = Backend::Flex)]
        backend: Backend,
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
        #[arg(long, value_enum, default_value_t = Weights::Int8)]
        weights: Weights,
        /// Use only the first N training images and N validation images, for a trial run
        #[arg(long, value_name = "N")]
        subset: Option<usize>,
    }

    pub fn run(args: TrainArgs) -> vitrine::Result<()> {
        let name = args.network.name();
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
            None => Recipe::standard(args.network),
            Some(folder) => Recipe::finish(args.network, finished(folder)?),
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
            architecture: args.network,
            recipe,
            backend: args.backend,
            teachers,
            start,
            checkpoints: Some(checkpoints),
            stop_after: args.stop_after,
        };
        let validation = samples.select(&split.validation);
        let (net, history) = fit(&plan, &samples.select(&split.train), &validation)?;
        let target = Target { models: &models, weights: args.weights, dataset_sha256: &data.sha256()? };
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
}

#[cfg(not(feature = "train"))]
mod without_framework {
    use vitrine::error::{Blame, Error};

    /// Train a network (needs a build with `--features train`)
    #[derive(clap::Args)]
    pub struct TrainArgs {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
        rest: Vec<String>,
    }

    pub fn run(args: TrainArgs) -> vitrine::Result<()> {
        Err(Error::new(Blame::Parameter, format!("train {}", args.rest.join(" ")))
            .expected("a build with the training framework")
            .got("one without")
            .remedy("run `cargo run --release --features train -- train ...`"))
    }
}
