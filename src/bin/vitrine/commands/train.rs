//! `vitrine train`: trains a network and writes its ONNX file and its history.

use std::path::{Path, PathBuf};

use vitrine::dataset::folder::DataDir;
use vitrine::dataset::split::Split;
use vitrine::error::{Blame, Error};
use vitrine::learn::network::checkpoint::Checkpoints;
use vitrine::learn::network::fit::{Run, fit};
use vitrine::learn::network::teacher::Teachers;
use vitrine::network::Network;
use vitrine::publish::network::{Target, export};
use vitrine::publish::trials;
use vitrine::storage::models::{Document, Models};
use vitrine::training::architectures::Architecture;
use vitrine::training::augment::Augment;
use vitrine::training::history::{Histories, History};
use vitrine::training::hyperparameters::Hyperparameters;
use vitrine::training::trials::Trials;

use super::choices::{Device, NetworkName, Storage};
use super::out::say;
use super::report::RunReport;

/// Train a network and write models/NAME.onnx, its entry in models/manifest.json, and models/history.json
///
/// It learns from 50,000 of the 60,000 training images and is validated on the other 10,000 after each epoch; the
/// test images are not opened. After each epoch the whole state goes to a checkpoint: the same command run again
/// after a kill goes on where it was, on the same schedule. What is exported are the averaged weights of the last
/// epoch. The same seed on the same machine gives the same file. What a whole run reached on the validation images
/// goes to trials.json, and from there into docs/training.md.
#[derive(clap::Args)]
pub struct TrainArgs {
    /// Which network
    #[arg(value_enum)]
    network: NetworkName,
    /// Passes over the training images; the learning rate's schedule stretches with them [default: the network's own]
    #[arg(long)]
    epochs: Option<usize>,
    /// Images per step [default: the network's own]
    #[arg(long)]
    batch: Option<usize>,
    /// Seed of the weights, the order of the images, dropout and augmentation [default: the network's own]
    #[arg(long)]
    seed: Option<u64>,
    /// Largest learning rate [default: the network's own]
    #[arg(long)]
    rate: Option<f64>,
    /// Learn from the answers of this network too: its role in the manifest of --teachers, or an ONNX file; may be repeated
    #[arg(long, value_name = "ROLE|FILE.onnx")]
    teacher: Vec<String>,
    /// Folder of the teachers [default: that of the results]
    #[arg(long, value_name = "DIR", requires = "teacher")]
    teachers: Option<PathBuf>,
    /// The teachers' share of each target [default: the network's own]
    #[arg(long, requires = "teacher")]
    distillation: Option<f32>,
    /// The share of each label that is spread over all classes [default: the network's own]
    #[arg(long)]
    smoothing: Option<f32>,
    /// The share of the steps over which the rate rises to its peak [default: the network's own]
    #[arg(long, value_name = "SHARE")]
    warm_up: Option<f64>,
    /// AdamW's decay of weights; biases and norms do not decay [default: the network's own]
    #[arg(long)]
    decay: Option<f32>,
    /// The share of the averaged weights that a step leaves [default: the network's own]
    #[arg(long, value_name = "SHARE")]
    averaging: Option<f64>,
    /// Images move by up to this many pixels along each axis [default: the network's own]
    #[arg(long, value_name = "PIXELS")]
    shift: Option<usize>,
    /// The probability that a rectangle of an image becomes a random grey [default: the network's own]
    #[arg(long, value_name = "PROBABILITY")]
    erase: Option<f32>,
    /// The probability that an image is distorted as drawings are [default: the network's own]
    #[arg(long, value_name = "PROBABILITY")]
    sketch: Option<f32>,
    /// How many drawings of the project's own to learn from beside the images [default: the network's own]
    #[arg(long, value_name = "N")]
    drawings: Option<usize>,
    /// Where to compute
    #[arg(long, value_enum, default_value_t = Device::Flex)]
    backend: Device,
    /// Folder of the results
    #[arg(long, default_value = "models")]
    out: PathBuf,
    /// Folder of the checkpoints
    #[arg(long, default_value = "checkpoints")]
    checkpoints: PathBuf,
    /// Begin with the averaged weights of the finished run in this folder of checkpoints, with gentler hyperparameters
    #[arg(long, value_name = "DIR")]
    finish: Option<PathBuf>,
    /// Start anew, whatever checkpoints there are
    #[arg(long)]
    fresh: bool,
    /// Learn from all 60,000 training images, without validation, once every choice has been made: by the hyperparameters
    /// and at the temperature of the network of this name in this folder, and from the same teachers. Where that went on
    /// with a finished run, so does this, with --finish and one that learned from all images too
    #[arg(long, value_name = "DIR")]
    all: Option<PathBuf>,
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

/// The command that makes the same file: every option that decides what is learned, whether it was given or not.
fn command(args: &TrainArgs, name: &str, hyperparameters: &Hyperparameters) -> String {
    let Hyperparameters { epochs, batch, seed, peak_rate, smoothing, distillation, .. } = hyperparameters;
    let Hyperparameters { warm_up, weight_decay, averaging, augment, .. } = hyperparameters;
    let (Augment { shift, erase, sketch, .. }, drawings) = (augment, hyperparameters.drawings);
    let mut command = format!(
        "train {name} --epochs {epochs} --batch {batch} --seed {seed} --rate {peak_rate} --smoothing {smoothing} \
         --warm-up {warm_up} --decay {weight_decay} --averaging {averaging} --shift {shift} --erase {erase} --sketch {sketch} \
         --drawings {drawings}"
    );
    args.teacher.iter().for_each(|role| command += &format!(" --teacher {role}"));
    if !args.teacher.is_empty() {
        command += &format!(" --distillation {distillation}");
    }
    let given = [
        args.teachers.as_ref().map(|folder| format!("--teachers {}", folder.display())),
        args.finish.as_ref().map(|folder| format!("--finish {}", folder.display())),
        args.all.as_ref().map(|folder| format!("--all {}", folder.display())),
        args.subset.map(|count| format!("--subset {count}")),
        args.stop_after.map(|epoch| format!("--stop-after {epoch}")),
        matches!(args.weights, Storage::Single).then(|| "--weights single".to_owned()),
    ];
    given.into_iter().flatten().fold(command, |command, option| command + " " + &option)
}

pub fn run(args: TrainArgs) -> vitrine::Result<()> {
    let architecture = Architecture::from(args.network);
    let name = architecture.name();
    let data = DataDir::locate()?;
    let samples = data.train()?;
    let mut split = Split::standard(samples.labels());
    let validated = args.all.as_ref().map(|folder| Validated::read(&Models::at(folder), name)).transpose()?;
    if validated.is_some() {
        split.train = (0..samples.len()).collect();
        split.validation.clear();
    }
    if let Some(count) = args.subset {
        split.train.truncate(count);
        split.validation.truncate(count);
    }
    let start = args.finish.as_ref().map(|folder| folder.join(name));
    let before = start.as_deref().map(finished).transpose()?;
    let mut hyperparameters = match (before, &validated) {
        (_, Some(validated)) => validated.history.hyperparameters.clone(),
        (Some(before), None) => Hyperparameters::finish(architecture, before),
        (None, None) => Hyperparameters::standard(architecture),
    };
    hyperparameters.epochs = args.epochs.unwrap_or(hyperparameters.epochs);
    hyperparameters.batch = args.batch.unwrap_or(hyperparameters.batch);
    hyperparameters.seed = args.seed.unwrap_or(hyperparameters.seed);
    hyperparameters.peak_rate = args.rate.unwrap_or(hyperparameters.peak_rate);
    hyperparameters.smoothing = args.smoothing.unwrap_or(hyperparameters.smoothing);
    hyperparameters.warm_up = args.warm_up.unwrap_or(hyperparameters.warm_up);
    hyperparameters.weight_decay = args.decay.unwrap_or(hyperparameters.weight_decay);
    hyperparameters.averaging = args.averaging.unwrap_or(hyperparameters.averaging);
    hyperparameters.drawings = args.drawings.unwrap_or(hyperparameters.drawings);
    let augment = &mut hyperparameters.augment;
    augment.shift = args.shift.unwrap_or(augment.shift);
    augment.erase = args.erase.unwrap_or(augment.erase);
    augment.sketch = args.sketch.unwrap_or(augment.sketch);
    let models = Models::at(&args.out);
    let school = args.teachers.as_ref().map_or_else(|| models.clone(), Models::at);
    let teachers = Teachers::named(&school, &args.teacher)?;
    hyperparameters.teachers = teachers.names().to_vec();
    let share = if teachers.is_empty() { 0.0 } else { hyperparameters.distillation };
    hyperparameters.distillation = args.distillation.unwrap_or(share);
    if let Some(validated) = &validated {
        validated.check(&hyperparameters, start.is_some())?;
    }
    let checkpoints = args.checkpoints.join(name);
    let command = command(&args, name, &hyperparameters);
    let run = Run {
        architecture,
        hyperparameters,
        backend: args.backend.into(),
        teachers,
        start,
        checkpoints: Some(checkpoints),
        answers: Some(args.checkpoints.clone()),
        fresh: args.fresh,
        stop_after: args.stop_after,
    };
    let validation = samples.select(&split.validation);
    let mut report = RunReport::default();
    let train = samples.select(&split.train);
    let (net, mut history) = fit(&run, &train, &validation, &mut |progress| report.tell(progress))?;
    // Without validation images nothing says how sure to be but the network that they were kept from.
    let temperature = validated.as_ref().map(|validated| validated.temperature);
    history.validated = validated.map(|validated| Box::new(validated.history));
    let (weights, dataset_sha256) = (args.weights.into(), data.sha256()?);
    let target = Target { models: &models, weights, dataset_sha256, command: &command, temperature };
    let exported = export(&net.learned()?, &history, &validation, &target)?;
    say!("{exported}")?;
    // What was tried before all images were learned from goes where the network goes.
    let before = args.all.as_ref().map(|folder| Models::at(folder).read::<Trials>()).transpose()?.flatten();
    let mut trials = before.map_or_else(Vec::new, |Trials(trials)| trials.into_iter().collect());
    // Trial runs on a few images, and runs that were stopped, say nothing of their hyperparameters.
    trials.extend(
        exported.trial(&history).filter(|_| args.subset.or(args.stop_after).is_none()).map(|trial| (command, trial)),
    );
    for (command, trial) in &trials {
        models.put::<Trials>(command, trial)?;
    }
    if let (false, Some(trials), Some(house)) = (trials.is_empty(), models.read::<Trials>()?, args.out.parent()) {
        trials::refresh(&house.join("docs/training.md"), &trials)?;
    }
    report.end()
}

/// A network that the validation images were kept from.
struct Validated {
    history: History,
    temperature: f64,
}

impl Validated {
    fn read(models: &Models, name: &str) -> vitrine::Result<Self> {
        let (_, bytes) = models.load(name)?;
        let temperature = f64::from(Network::from_onnx(&bytes)?.metadata().temperature);
        let history = models.read::<Histories>()?.and_then(|Histories(mut histories)| histories.remove(name));
        match history.filter(|history| history.validation_images > 0) {
            Some(history) => Ok(Self { history, temperature }),
            None => Err(Error::new(Blame::Parameter, "--all")
                .expected(format!("the history of {name}, validated, in {}", Histories::FILE))
                .got(format!("none in {}", models.path().display()))
                .remedy("train it with --out in that folder first, without --all")),
        }
    }

    /// Whether a run is by the same hyperparameters and begins as it did.
    fn check(&self, hyperparameters: &Hyperparameters, goes_on: bool) -> vitrine::Result<()> {
        let validated = &self.history.hyperparameters;
        if goes_on != validated.after.is_some() {
            let [expected, got] = if goes_on {
                ["a run from its first epoch on, as was validated", "--finish"]
            } else {
                ["--finish, for the run that was validated went on with another", "none"]
            };
            return Err(Error::new(Blame::Parameter, "--all")
                .expected(expected)
                .got(got)
                .remedy("begin as that run did: with --finish and the checkpoints of one on all images, or without"));
        }
        if hyperparameters == validated {
            return Ok(());
        }
        Err(Error::new(Blame::Parameter, "--all")
            .expected(format!("the hyperparameters that were validated: {validated:?}"))
            .got(format!("{hyperparameters:?}"))
            .remedy("give the teachers of that run and no other option of learning"))
    }
}

/// The hyperparameters of the run in this folder.
fn finished(folder: &Path) -> vitrine::Result<Hyperparameters> {
    Checkpoints::at(folder).history()?.map(|history| history.hyperparameters).ok_or_else(|| {
        Error::new(Blame::Parameter, "--finish")
            .expected("the checkpoints of a finished run")
            .got(format!("none in {}", folder.display()))
            .remedy("train the network first, without --finish")
    })
}
