//! Training that survives a kill: after each epoch its whole state, in a folder that appears at once or not at all.

use std::fs;
use std::path::{Path, PathBuf};

use burn::module::Module;
use burn::optim::ModuleOptimizer;
use burn::store::ModuleRecord;

use super::module::Net;
use crate::error::{Blame, Error, Result};
use crate::storage::files::{self, io_error};
use crate::training::history::History;

/// What training continues from.
pub struct State {
    /// The weights that are being learned.
    pub net: Net,
    /// Their running average, which is validated and exported.
    pub averaged: Net,
    /// AdamW's moments.
    pub optimizer: ModuleOptimizer,
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

    /// Writes the state after `state.history.epochs.len()` epochs, then removes older ones.
    ///
    /// # Errors
    /// [`Blame::Io`] when it cannot be written.
    pub fn save(&self, state: &State) -> Result<()> {
        let epochs = state.history.epochs.len();
        let folder = self.0.join(format!("epoch-{epochs:04}"));
        let partial = self.0.join(format!("epoch-{epochs:04}.partial"));
        if partial.exists() {
            fs::remove_dir_all(&partial).map_err(|error| io_error(&partial, &error))?;
        }
        fs::create_dir_all(&partial).map_err(|error| io_error(&partial, &error))?;
        state.net.clone().into_record().save(partial.join("net")).map_err(|error| failed(&partial, &error))?;
        state
            .averaged
            .clone()
            .into_record()
            .save(partial.join("averaged"))
            .map_err(|error| failed(&partial, &error))?;
        state.optimizer.save(partial.join("optimizer")).map_err(|error| failed(&partial, &error))?;
        let history = serde_json::to_vec_pretty(&state.history)
            .map_err(|error| Error::new(Blame::Internal, "history").got(error))?;
        files::write(&partial.join("history.json"), &history)?;
        let older = self.complete()?;
        fs::rename(&partial, &folder).map_err(|error| io_error(&folder, &error))?;
        for (_, path) in older {
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
                .remedy("start anew with --fresh")
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
        let net = state.net.load_record(load("net")?);
        let averaged = state.averaged.load_record(load("averaged")?);
        let optimizer = state.optimizer.load(folder.join("optimizer")).map_err(|error| failed(&folder, &error))?;
        Ok(State { net, averaged, optimizer, history })
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

    /// Removes all of them.
    ///
    /// # Errors
    /// [`Blame::Io`] when one cannot be removed.
    pub fn clear(&self) -> Result<()> {
        for (_, path) in self.complete()? {
            fs::remove_dir_all(&path).map_err(|error| io_error(&path, &error))?;
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
        if !self.0.exists() {
            return Ok(Vec::new());
        }
        let entries = fs::read_dir(&self.0).map_err(|error| io_error(&self.0, &error))?;
        let mut found: Vec<(usize, PathBuf)> = entries
            .flatten()
            .filter_map(|entry| {
                let epochs = entry.file_name().to_str()?.strip_prefix("epoch-")?.parse().ok()?;
                Some((epochs, entry.path()))
            })
            .collect();
        found.sort();
        Ok(found)
    }
}

fn failed(path: &Path, error: &impl std::fmt::Debug) -> Error {
    Error::new(Blame::Io, path.display()).got(format!("{error:?}")).remedy("start anew with --fresh")
}
