//! Training that survives a kill: after each epoch its whole state, in a folder that appears at once or not at all.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use burn::module::Module;
use burn::store::ModuleRecord;

use super::learner::Learner;
use super::module::Net;
use crate::error::{Blame, Error, Result};
use crate::storage::files::{self, io_error};
use crate::training::history::History;

/// How many are kept: should the disk have lost the last one, the one before it is there.
const KEPT: usize = 2;

/// What their folders' names begin with; the number of epochs follows.
const PREFIX: &str = "epoch-";

/// Held by the run that writes them.
const LOCK: &str = ".lock";

/// The files of what an optimiser moves: weights, their average, AdamW's moments.
const MOVING: [&str; 4] = ["net", "averaged", "first", "second"];

/// What training continues from.
pub struct State {
    /// Weights, averaged weights and AdamW's moments.
    pub learner: Learner,
    /// The epochs done so far.
    pub history: History,
}

/// The checkpoints of one network.
pub struct Checkpoints(PathBuf);

impl Checkpoints {
    /// Those in this folder, which need not exist yet.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self(folder.into())
    }

    /// Keeps every other run out of the folder until what is returned is dropped.
    ///
    /// # Errors
    /// [`Blame::Parameter`] when another run is there; [`Blame::Io`].
    pub fn lock(&self) -> Result<File> {
        files::try_lock(&self.0.join(LOCK))?.ok_or_else(|| {
            Error::new(Blame::Parameter, self.0.display())
                .expected("a folder of checkpoints that no run is using")
                .got("one that another run is using")
                .remedy("wait for it to end, or name another folder with --checkpoints")
        })
    }

    /// Whether these lie in the folder of those.
    pub fn are(&self, others: &Self) -> bool {
        let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        real(&self.0) == real(&others.0)
    }

    /// Writes the state after `state.history.epochs.len()` epochs; the one before it stays, older ones go.
    ///
    /// # Errors
    /// [`Blame::Io`] when it cannot be written.
    pub fn save(&self, state: &State) -> Result<()> {
        let epochs = state.history.epochs.len();
        let folder = self.0.join(format!("{PREFIX}{epochs:04}"));
        let partial = self.0.join(format!("{PREFIX}{epochs:04}.partial"));
        if partial.exists() {
            fs::remove_dir_all(&partial).map_err(|error| io_error(&partial, &error))?;
        }
        fs::create_dir_all(&partial).map_err(|error| io_error(&partial, &error))?;
        let keep =
            |net: Net, name: &str| net.into_record().save(partial.join(name)).map_err(|error| failed(&partial, &error));
        match &state.learner {
            Learner::Processor(learner) => {
                learner.nets().into_iter().zip(MOVING).try_for_each(|(net, name)| keep(net, name))?;
            }
            Learner::Framework(framework) => {
                keep(framework.net.clone(), "net")?;
                keep(framework.averaged.clone(), "averaged")?;
                framework.optimizer.save(partial.join("optimizer")).map_err(|error| failed(&partial, &error))?;
            }
        }
        let history = serde_json::to_vec_pretty(&state.history)
            .map_err(|error| Error::new(Blame::Internal, "history").got(error))?;
        files::write(&partial.join("history.json"), &history)?;
        files::sync_folder(&partial)?;
        fs::rename(&partial, &folder).map_err(|error| io_error(&folder, &error))?;
        files::sync_parent(&folder);
        let mut complete = self.complete()?;
        complete.truncate(complete.len().saturating_sub(KEPT));
        for (_, path) in complete {
            fs::remove_dir_all(&path).map_err(|error| io_error(&path, &error))?;
        }
        Ok(())
    }

    /// The history of the latest complete checkpoint, if there is one.
    ///
    /// # Errors
    /// [`Blame::Io`] or [`Blame::Format`] when it cannot be read.
    pub fn history(&self) -> Result<Option<History>> {
        let Some((_, folder)) = self.complete()?.pop() else { return Ok(None) };
        let path = folder.join("history.json");
        let history = serde_json::from_slice(&files::read(&path)?).map_err(|error| {
            Error::new(Blame::Format, path.display())
                .expected("the history of this version")
                .got(error)
                .remedy(remedy(&folder))
        })?;
        Ok(Some(history))
    }

    /// Puts the latest checkpoint's weights and moments into a state that was made for the same network.
    ///
    /// # Errors
    /// [`Blame::Io`] when there is none or it cannot be read.
    pub fn restore(&self, state: State) -> Result<State> {
        let folder = self.latest()?;
        let history = self.history()?.unwrap_or(state.history);
        let load = |name: &str| ModuleRecord::load(folder.join(name)).map_err(|error| failed(&folder, &error));
        let learner = match state.learner {
            Learner::Processor(mut learner) => {
                // Networks share running statistics with what they are cloned from: each is made anew.
                let nets = learner.nets();
                let [values, averaged, first, second] = MOVING;
                let loaded = [load(values)?, load(averaged)?, load(first)?, load(second)?];
                let mut loaded = loaded.into_iter();
                let nets = nets.map(|net| match loaded.next() {
                    Some(record) => net.load_record(record),
                    None => net,
                });
                learner.put(nets.each_ref())?;
                Learner::Processor(learner)
            }
            Learner::Framework(mut framework) => {
                framework.net = framework.net.load_record(load("net")?);
                framework.averaged = framework.averaged.load_record(load("averaged")?);
                framework.optimizer =
                    framework.optimizer.load(folder.join("optimizer")).map_err(|error| failed(&folder, &error))?;
                Learner::Framework(framework)
            }
        };
        Ok(State { learner, history })
    }

    /// Puts the latest checkpoint's averaged weights into a network that was made alike.
    ///
    /// # Errors
    /// [`Blame::Io`] when there is none or it cannot be read.
    pub fn averaged(&self, net: Net) -> Result<Net> {
        let folder = self.latest()?;
        let record = ModuleRecord::load(folder.join("averaged")).map_err(|error| failed(&folder, &error))?;
        Ok(net.load_record(record))
    }

    /// Removes all of them, those too that were never completed.
    ///
    /// # Errors
    /// [`Blame::Io`] when one cannot be removed.
    pub fn clear(&self) -> Result<()> {
        for (name, path) in self.folders()? {
            if name.starts_with(PREFIX) {
                fs::remove_dir_all(&path).map_err(|error| io_error(&path, &error))?;
            }
        }
        Ok(())
    }

    fn latest(&self) -> Result<PathBuf> {
        let latest = self.complete()?.pop();
        latest
            .map(|(_, folder)| folder)
            .ok_or_else(|| Error::new(Blame::Io, self.0.display()).expected("a checkpoint").got("none"))
    }

    /// Complete checkpoints by number of epochs, ascending.
    fn complete(&self) -> Result<Vec<(usize, PathBuf)>> {
        let of_name = |name: &str| name.strip_prefix(PREFIX)?.parse().ok();
        let mut found: Vec<(usize, PathBuf)> =
            self.folders()?.into_iter().filter_map(|(name, path)| Some((of_name(&name)?, path))).collect();
        found.sort();
        Ok(found)
    }

    /// Everything in the folder, by name.
    fn folders(&self) -> Result<Vec<(String, PathBuf)>> {
        if !self.0.exists() {
            return Ok(Vec::new());
        }
        let on_disk = |error: std::io::Error| io_error(&self.0, &error);
        let mut found = Vec::new();
        for entry in fs::read_dir(&self.0).map_err(on_disk)? {
            let entry = entry.map_err(on_disk)?;
            found.extend(entry.file_name().into_string().ok().map(|name| (name, entry.path())));
        }
        Ok(found)
    }
}

fn failed(folder: &Path, error: &impl std::fmt::Debug) -> Error {
    Error::new(Blame::Io, folder.display()).got(format!("{error:?}")).remedy(remedy(folder))
}

fn remedy(folder: &Path) -> String {
    format!("remove {} to go on from the checkpoint before it, or start anew with --fresh", folder.display())
}
