//! A training run for the eye: a bar an epoch, a line when it is over.

use std::time::Duration;

use indicatif::{HumanDuration, ProgressBar};
use vitrine::error::{Error, Result};
use vitrine::learn::network::fit::Progress;
use vitrine::training::history::History;

use super::bars::bar;
use super::out::{note, say};

/// Draws and prints what it is told. A run goes on when nothing can be printed.
#[derive(Default)]
pub struct RunReport {
    bar: Option<ProgressBar>,
    failure: Option<Error>,
}

impl RunReport {
    /// Takes note of one piece of progress.
    pub fn tell(&mut self, progress: Progress<'_>) {
        match progress {
            Progress::Resumed(epochs) => {
                note(format_args!("going on after epoch {epochs} (weights, averages, moments and schedule restored)"));
            }
            Progress::Step { epoch, epochs, step, steps, loss, accuracy } => {
                let bar = self.bar.get_or_insert_with(|| {
                    let bar = bar(steps, "epoch {prefix} [{bar:30}] {pos}/{len} {msg}, epoch ends in {eta}");
                    bar.with_prefix(format!("{epoch}/{epochs}"))
                });
                bar.set_message(format!("loss {loss:.4}, accuracy {accuracy:.4}"));
                bar.set_position(step as u64);
            }
            Progress::Epoch(history) => {
                self.bar.take().iter().for_each(ProgressBar::finish_and_clear);
                self.failure = self.failure.take().or(line(history).err());
            }
        }
    }

    /// Whether every line was printed.
    ///
    /// # Errors
    /// The first failure.
    pub fn end(self) -> Result<()> {
        self.failure.map_or(Ok(()), Err)
    }
}

/// One line on the epoch that has just ended.
fn line(history: &History) -> Result<()> {
    let Some(epoch) = history.epochs.last() else { return Ok(()) };
    let all = history.hyperparameters.epochs_before() + history.hyperparameters.epochs;
    let left = all.saturating_sub(epoch.epoch);
    let seconds = history.total_seconds / history.epochs.len() as f64 * left as f64;
    let validation = match (epoch.validation_loss, epoch.validation_accuracy) {
        (Some(loss), Some(accuracy)) => format!("validation loss {loss:.4}, validation accuracy {accuracy:.4}, "),
        _ => String::new(),
    };
    say!(
        "epoch {}/{}: loss {:.4}, accuracy {:.4}, {validation}{:.1} s, {:.0} images/s, {} left",
        epoch.epoch,
        all,
        epoch.loss,
        epoch.accuracy,
        epoch.seconds,
        history.training_images as f64 / epoch.seconds,
        HumanDuration(Duration::from_secs_f64(seconds)),
    )
}
