//! The training loop: epochs of seeded, augmented batches, validation of the averaged weights, a checkpoint each.

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::Instant;

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param, ParamId};
use burn::optim::AdamWConfig;
use burn::tensor::{Device, Tensor};

use super::checkpoint::{Checkpoints, State};
use super::gradients::{Tally, Targets, gradients, logits};
use super::module::Net;
use super::teacher::Teachers;
use crate::error::{Blame, Error, Result};
use crate::idx::Samples;
use crate::image::PIXELS;
use crate::labels::Label;
use crate::probabilities::Probabilities;
use crate::random::Stream;
use crate::training::architectures::Architecture;
use crate::training::history::{Epoch, History, machine};
use crate::training::hyperparameters::Hyperparameters;

/// Images per forward pass of a validation.
const VALIDATION_BATCH: usize = 250;

/// Numbers of the random streams of one seed: weights take those from 0, epochs those from here.
const EPOCH_STREAMS: u64 = 1 << 32;

/// Where the arithmetic is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// The processor.
    Flex,
    /// A GPU through Vulkan, Metal or DirectX (build with `--features wgpu`).
    Wgpu,
    /// An NVIDIA GPU (build with `--features cuda`).
    Cuda,
}

impl Backend {
    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Flex => "flex",
            Self::Wgpu => "wgpu",
            Self::Cuda => "cuda",
        }
    }

    fn device(self) -> Result<Device> {
        match self {
            Self::Flex => Ok(Device::flex()),
            #[cfg(feature = "wgpu")]
            Self::Wgpu => Ok(Device::wgpu(burn::tensor::DeviceKind::DefaultDevice)),
            #[cfg(feature = "cuda")]
            Self::Cuda => Ok(Device::cuda(0)),
            #[cfg(not(all(feature = "wgpu", feature = "cuda")))]
            absent => Err(Error::new(Blame::Parameter, "--backend")
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
    let device = run.backend.device()?.autodiff();
    let net = Net::new(run.architecture, hyperparameters.seed, &device);
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
    };
    let optimizer = AdamWConfig::new().with_weight_decay(hyperparameters.weight_decay).with_epsilon(1e-8).init();
    let mut state = State { averaged: net.valid(), net, optimizer, history };
    if let Some(checkpoints) = &checkpoints
        && let Some(earlier) = checkpoints.history()?
    {
        same_training(&earlier, &state.history)?;
        state = checkpoints.restore(state)?;
        observer(Progress::Resumed(earlier.epochs.len()));
    } else if let Some(start) = &start {
        state = begun(state, start)?;
    }
    let last = run.stop_after.unwrap_or(hyperparameters.epochs).min(hyperparameters.epochs);
    let done = state.history.epochs.len().saturating_sub(hyperparameters.epochs_before());
    let lessons = if done < last { run.teachers.lessons(train)? } else { Vec::new() };
    let mut trainer = Trainer { state, device, lessons, train, validation };
    for epoch in done..last {
        trainer = trainer.epoch(epoch, observer)?;
        observer(Progress::Epoch(&trainer.state.history));
        if let Some(checkpoints) = &checkpoints {
            checkpoints.save(&trainer.state)?;
        }
    }
    Ok((trainer.state.averaged, trainer.state.history))
}

/// A state with the averaged weights and the history of a finished run, from which another begins.
fn begun(state: State, finished: &Checkpoints) -> Result<State> {
    let mut history = state.history;
    if let Some(earlier) = finished.history()? {
        let wanted = history.hyperparameters.after.as_deref();
        let is_whole = earlier.epochs.len() == earlier.hyperparameters.epochs_before() + earlier.hyperparameters.epochs;
        if wanted != Some(&earlier.hyperparameters) || earlier.architecture != history.architecture || !is_whole {
            return Err(Error::new(Blame::Parameter, "checkpoint")
                .expected("a finished run of this network by the hyperparameters before")
                .got(format!("{} epochs by {:?}", earlier.epochs.len(), earlier.hyperparameters)));
        }
        history.epochs = earlier.epochs;
        history.total_seconds = earlier.total_seconds;
        history.best_validation_accuracy = earlier.best_validation_accuracy;
    }
    let net = finished.averaged(state.net)?;
    Ok(State { averaged: net.valid(), net, history, ..state })
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
    device: Device,
    /// What the teachers say of each training image; empty without teachers.
    lessons: Vec<Probabilities>,
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
        let mut stream = Stream::new(hyperparameters.seed, EPOCH_STREAMS + number as u64);
        self.device.seed(hyperparameters.seed.wrapping_add(EPOCH_STREAMS).wrapping_add(number as u64));
        let order = stream.order(self.train.len());
        let mut tally = Tally::default();
        let mut rate = 0.0;
        for (step, indices) in order.chunks_exact(hyperparameters.batch).enumerate() {
            let done = epoch * steps + step;
            rate = hyperparameters.rate(done, hyperparameters.epochs * steps);
            let mut pixels = Vec::with_capacity(hyperparameters.batch * PIXELS);
            for image in indices.iter().filter_map(|&index| self.train.image_bytes(index)) {
                hyperparameters.augment.apply(image, &mut stream, &mut pixels);
            }
            let labels: Vec<Label> = indices.iter().map(|&index| self.train.labels()[index]).collect();
            let mut targets = Targets::smoothed(&labels, hyperparameters.smoothing);
            if !self.lessons.is_empty() {
                targets =
                    targets.taught(indices.iter().map(|&index| &self.lessons[index]), hyperparameters.distillation);
            }
            let (gradients, batch) = gradients(&self.state.net, pixels, &targets, &self.device)?;
            tally.add(&batch);
            self.state.net = self.state.optimizer.step(rate, self.state.net, gradients);
            // Early on the average would be mostly the initial weights: its memory grows with the steps taken.
            let decay = hyperparameters.averaging.min((1 + done) as f64 / (10 + done) as f64);
            self.state.averaged = average(self.state.averaged, &self.state.net, decay);
            observer(Progress::Step {
                epoch: epoch + 1,
                epochs: hyperparameters.epochs,
                step: step + 1,
                steps,
                loss: tally.mean_loss(),
                accuracy: tally.accuracy(),
            });
        }
        let validation = evaluate(&self.state.averaged, self.validation, &self.device.clone().inner())?;
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
fn evaluate(net: &Net, samples: &Samples, device: &Device) -> Result<Tally> {
    let mut total = Tally::default();
    for start in (0..samples.len()).step_by(VALIDATION_BATCH) {
        let images = samples.batch(start, VALIDATION_BATCH);
        let labels = &samples.labels()[start..start + images.len()];
        total.add(&Tally::of(&logits(net, images, device)?, labels)?);
    }
    Ok(total)
}

/// `decay · average + (1 - decay) · current`, parameter by parameter.
fn average(average: Net, current: &Net, decay: f64) -> Net {
    struct Collect(HashMap<ParamId, Tensor<1>>);
    impl ModuleVisitor for Collect {
        fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
            self.0.insert(param.id, param.val().without_autodiff().flatten(0, D - 1));
        }
    }
    struct Mix(HashMap<ParamId, Tensor<1>>, f64);
    impl ModuleMapper for Mix {
        fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
            let Some(current) = self.0.remove(&param.id) else { return param };
            let decay = self.1;
            param.map(|average| {
                let current = current.reshape(average.shape());
                average.mul_scalar(decay).add(current.mul_scalar(1.0 - decay))
            })
        }
    }
    let mut collect = Collect(HashMap::new());
    current.visit(&mut collect);
    average.map(&mut Mix(collect.0, decay))
}
