//! A training run for the eye: a bar an epoch, a line when it is over.

use std::time::Duration;

use indicatif::{HumanDuration, ProgressBar};
use vitrine::learn::network::fit::Progress;
use vitrine::training::history::History;

use super::bars::bar;

/// Draws and prints what it is told.
#[derive(Default)]
pub struct Report {
    bar: Option<ProgressBar>,
}

impl Report {
    /// Takes note of one piece of progress.
    pub fn tell(&mut self, progress: Progress<'_>) {
        match progress {
            Progress::Resumed(epochs) => {
                eprintln!("going on after epoch {epochs} (weights, averages, moments and schedule restored)");
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
                line(history);
            }
        }
    }
}

/// One line on the epoch that has just ended.
fn line(history: &History) {
    let Some(epoch) = history.epochs.last() else { return };
    let all = history.recipe.epochs_before() + history.recipe.epochs;
    let left = all.saturating_sub(epoch.epoch);
    let seconds = history.total_seconds / history.epochs.len() as f64 * left as f64;
    let validation = match (epoch.validation_loss, epoch.validation_accuracy) {
        (Some(loss), Some(accuracy)) => format!("validation loss {loss:.4}, validation accuracy {accuracy:.4}, "),
        _ => String::new(),
    };
    println!(
        "epoch {}/{}: loss {:.4}, accuracy {:.4}, {validation}{:.1} s, {} left",
        epoch.epoch,
        all,
        epoch.loss,
        epoch.accuracy,
        epoch.seconds,
        HumanDuration(Duration::from_secs_f64(seconds)),
    );
}
