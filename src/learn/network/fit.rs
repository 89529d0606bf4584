//! The training loop: epochs of seeded, augmented batches, validation of the averaged weights, a checkpoint each.

use std::fmt::Debug;
use std::path::PathBuf;
use std::time::Instant;

use burn::module::Module;
use burn::tensor::Device;

use super::adam::Rates;
use super::checkpoint::{Checkpoints, State};
use super::learner::Learner;
use super::lesson::{Augmented, epoch_stream};
use super::module::Net;
use super::tally::Tally;
use super::teacher::Teachers;
use crate::drawings::{self, Set};
use crate::error::{Blame, Error, Result};
use crate::idx::Samples;
use crate::probabilities::Probabilities;
use crate::training::architectures::Architecture;
use crate::training::history::{Epoch, History, machine};
use crate::training::hyperparameters::Hyperparameters;

/// Images per forward pass of a validation.
const VALIDATION_BATCH: usize = 500;

/// Where the arithmetic is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// The processor.
    Flex,
    /// A GPU through Vulkan, Metal or DirectX (build with `--features wgpu`).
    Wgpu,
}

impl Backend {
    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Flex => "flex",
            Self::Wgpu => "wgpu",
        }
    }

    fn device(self) -> Result<Device> {
        match self {
            Self::Flex => Ok(Device::flex()),
            #[cfg(feature = "wgpu")]
            Self::Wgpu => Ok(Device::wgpu(burn::tensor::DeviceKind::DefaultDevice)),
            #[cfg(not(feature = "wgpu"))]
            absent @ Self::Wgpu => Err(Error::new(Blame::Parameter, "--backend")
                .expected("a backend of this build")
                .got(absent.name())
                .remedy(format!("build it with `cargo build --release --features {}`", absent.name()))),
        }
    }
}

/// What to train and where.
pub struct Run {
    /// Which network.
    pub architecture: Architecture,
    /// How.
    pub hyperparameters: Hyperparameters,
    /// On what.
    pub backend: Backend,
    /// Whom it learns from beside the labels; the hyperparameters name them.
    pub teachers: Teachers,
    /// The checkpoints of a finished run whose averaged weights are the first ones here; the hyperparameters' `after` are
    /// its own.
    pub start: Option<PathBuf>,
    /// The folder of the checkpoints, if they are wanted.
    pub checkpoints: Option<PathBuf>,
    /// The folder in which teachers' answers are kept from one run to the next, if they are.
    pub answers: Option<PathBuf>,
    /// Whether checkpoints that are there are removed first.
    pub fresh: bool,
    /// Stop after so many epochs of the schedule, as a kill would; all of them when `None`.
    pub stop_after: Option<usize>,
}

/// What is told of a run while it goes on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Progress<'a> {
    /// It goes on from a checkpoint, after so many epochs.
    Resumed(usize),
    /// A step of an epoch is done.
    Step {
        /// The epoch of this run, from 1.
        epoch: usize,
        /// Of how many.
        epochs: usize,
        /// The step, from 1.
        step: usize,
        /// Of how many.
        steps: usize,
        /// Mean loss of the epoch so far.
        loss: f64,
        /// Share of right answers of the epoch so far.
        accuracy: f64,
    },
    /// An epoch is over; it stands last in the history.
    Epoch(&'a History),
}

/// Hears of a run's progress.
pub type Observer<'a> = &'a mut dyn FnMut(Progress<'_>);

/// Trains a network, or goes on with it from the run's checkpoints. Returns the averaged weights and the history.
///
/// # Errors
/// Those of [`Hyperparameters::check`]; [`Blame::Parameter`] for a backend that is not built in, or a checkpoint of another
/// run; [`Blame::Io`] for files.
pub fn fit(run: &Run, train: &Samples, validation: &Samples, observer: Observer<'_>) -> Result<(Net, History)> {
    let hyperparameters = &run.hyperparameters;
    hyperparameters.check(train.len())?;
    let (checkpoints, start) = (run.checkpoints.as_ref().map(Checkpoints::at), run.start.as_ref().map(Checkpoints::at));
    if let (Some(checkpoints), Some(start)) = (&checkpoints, &start)
        && checkpoints.are(start)
    {
        // Neither can be had without the other's end.
        return Err(Error::new(Blame::Parameter, "--finish")
            .expected("the checkpoints of a finished run, in another folder than those of this one")
            .got("the same folder")
            .remedy("name another with --checkpoints: the finished run would be lost"));
    }
    let _lock = checkpoints.as_ref().map(Checkpoints::lock).transpose()?;
    if let (Some(checkpoints), true) = (&checkpoints, run.fresh) {
        checkpoints.clear()?;
    }
    let device = run.backend.device()?;
    let net = Net::new(run.architecture, hyperparameters.seed, &device)?;
    let history = History {
        architecture: run.architecture,
        parameters: net.num_params(),
        seed: hyperparameters.seed,
        hyperparameters: hyperparameters.clone(),
        training_images: train.len(),
        validation_images: validation.len(),
        epochs: Vec::new(),
        best_validation_accuracy: None,
        total_seconds: 0.0,
        machine: machine(run.backend.name()),
        validated: None,
    };
    let mut state = State { learner: Learner::new(net, hyperparameters.batch, &device)?, history };
    if let Some(checkpoints) = &checkpoints
        && let Some(earlier) = checkpoints.history()?
    {
        same_training(&earlier, &state.history)?;
        state = checkpoints.restore(state)?;
        observer(Progress::Resumed(earlier.epochs.len()));
    } else if let Some(start) = &start {
        state = begun(state, start, run, &device)?;
    }
    let last = run.stop_after.unwrap_or(hyperparameters.epochs).min(hyperparameters.epochs);
    let done = state.history.epochs.len().saturating_sub(hyperparameters.epochs_before());
    let train = &drawings::behind(train, Set::Training, hyperparameters.drawings)?;
    let answers = if done < last { run.teachers.answers(train, run.answers.as_deref())? } else { Vec::new() };
    let mut trainer = Trainer { state, answers, train, validation };
    for epoch in done..last {
        trainer = trainer.epoch(epoch, observer)?;
        observer(Progress::Epoch(&trainer.state.history));
        if let Some(checkpoints) = &checkpoints {
            checkpoints.save(&trainer.state)?;
        }
    }
    Ok((trainer.state.learner.averaged(), trainer.state.history))
}

/// A state with the averaged weights and the history of a finished run, from which another begins.
fn begun(state: State, finished: &Checkpoints, run: &Run, device: &Device) -> Result<State> {
    let mut history = state.history;
    if let Some(earlier) = finished.history()? {
        let wanted = history.hyperparameters.after.as_deref();
        let is_whole = earlier.epochs.len() == earlier.hyperparameters.epochs_before() + earlier.hyperparameters.epochs;
        let same = wanted == Some(&earlier.hyperparameters)
            && earlier.architecture == history.architecture
            && earlier.training_images == history.training_images;
        if !(same && is_whole) {
            let of = |images: usize, by: &dyn Debug| format!("on {images} images by {by:?}");
            return Err(Error::new(Blame::Parameter, "checkpoint")
                .expected(format!("a finished run of this network {}", of(history.training_images, &wanted)))
                .got(format!(
                    "{} epochs {}",
                    earlier.epochs.len(),
                    of(earlier.training_images, &earlier.hyperparameters)
                ))
                .remedy("name the checkpoints of such a run"));
        }
        history.epochs = earlier.epochs;
        history.total_seconds = earlier.total_seconds;
        history.best_validation_accuracy = earlier.best_validation_accuracy;
    }
    let net = finished.averaged(Net::new(run.architecture, run.hyperparameters.seed, device)?)?;
    Ok(State { learner: Learner::new(net, run.hyperparameters.batch, device)?, history })
}

fn same_training(earlier: &History, wanted: &History) -> Result<()> {
    let same = earlier.hyperparameters == wanted.hyperparameters
        && earlier.architecture == wanted.architecture
        && earlier.training_images == wanted.training_images;
    if same {
        return Ok(());
    }
    Err(Error::new(Blame::Parameter, "checkpoint")
        .expected("the hyperparameters and the data of this run")
        .got(format!("{:?} on {} images", earlier.hyperparameters, earlier.training_images))
        .remedy("give the same options again, or start anew with --fresh"))
}

/// A run under way.
struct Trainer<'a> {
    state: State,
    /// What the teachers say of each training image; empty without teachers.
    answers: Vec<Probabilities>,
    train: &'a Samples,
    validation: &'a Samples,
}

impl Trainer<'_> {
    /// Epoch number `epoch`, from 0.
    fn epoch(mut self, epoch: usize, observer: Observer<'_>) -> Result<Self> {
        let hyperparameters = self.state.history.hyperparameters.clone();
        let steps = self.train.len() / hyperparameters.batch;
        let started = Instant::now();
        // Every epoch draws from streams of its own, so that a resumed run meets the same numbers.
        let number = hyperparameters.epochs_before() + epoch;
        let (mut stream, seed) = epoch_stream(hyperparameters.seed, number);
        self.state.learner.seed(seed);
        let order = stream.order(self.train.len());
        let mut tally = Tally::default();
        let mut rate = 0.0;
        for (step, indices) in order.chunks_exact(hyperparameters.batch).enumerate() {
            let done = epoch * steps + step;
            rate = hyperparameters.rate(done, hyperparameters.epochs * steps);
            let lessons = Augmented {
                samples: self.train,
                indices,
                place: (number, step * hyperparameters.batch),
                hyperparameters: &hyperparameters,
                answers: &self.answers,
            };
            // Early on the average would be mostly the initial weights: its memory grows with the steps taken.
            let averaging = hyperparameters.averaging.min((1 + done) as f64 / (10 + done) as f64);
            let rates = Rates { rate, weight_decay: hyperparameters.weight_decay, averaging, done };
            let (learner, batch) = self.state.learner.step(&lessons, &rates)?;
            self.state.learner = learner;
            tally.add(&batch);
            observer(Progress::Step {
                epoch: epoch + 1,
                epochs: hyperparameters.epochs,
                step: step + 1,
                steps,
                loss: tally.mean_loss(),
                accuracy: tally.accuracy(),
            });
        }
        tally.add(&self.state.learner.rest()?);
        let validation = evaluate(&mut self.state.learner, self.validation)?;
        let record = Epoch {
            epoch: number + 1,
            loss: tally.mean_loss(),
            accuracy: tally.accuracy(),
            validation_loss: (validation.images() > 0).then(|| validation.mean_loss()),
            validation_accuracy: (validation.images() > 0).then(|| validation.accuracy()),
            learning_rate: rate,
            seconds: started.elapsed().as_secs_f64(),
        };
        self.state.history.push(record);
        Ok(self)
    }
}

/// Cross-entropy and right answers over all samples.
fn evaluate(learner: &mut Learner, samples: &Samples) -> Result<Tally> {
    let mut total = Tally::default();
    for start in (0..samples.len()).step_by(VALIDATION_BATCH) {
        let images = samples.batch(start, VALIDATION_BATCH);
        let labels = &samples.labels()[start..start + images.len()];
        total.add(&Tally::of(&learner.logits(images)?, labels)?);
    }
    Ok(total)
}
