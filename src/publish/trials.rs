//! The table of trials in `docs/training.md`, rendered from `models/trials.json` between two marks.

use std::fmt::Write;
use std::path::Path;

use super::marks::Marks;
use crate::error::Result;
use crate::storage::files;
use crate::training::trials::Trials;

const MARKS: Marks =
    Marks { begin: "<!-- trials: written by `vitrine train` from models/trials.json -->\n", end: "<!-- /trials -->" };

/// Writes the table of `trials` into the file at `path`. One that is not there, or has no marks, is left alone: it is another
/// project's.
///
/// # Errors
/// [`crate::error::Blame::Io`] when it cannot be read or written; those of [`with_trials`].
pub fn refresh(path: &Path, trials: &Trials) -> Result<()> {
    let Some(text) = MARKS.read(path)? else { return Ok(()) };
    let text = with_trials(&text, trials).map_err(|error| error.within(path.display()))?;
    files::write(path, text.as_bytes())
}

/// `text` with the table of `trials` between its marks.
///
/// # Errors
/// [`crate::error::Blame::Format`] when a mark is missing.
pub fn with_trials(text: &str, trials: &Trials) -> Result<String> {
    MARKS.replace(text, &table(trials))
}

fn table(Trials(trials): &Trials) -> String {
    let mut table = String::from(
        "| network | epochs | images | validation accuracy | of the file | its calibration error | hours | command |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n",
    );
    for (command, trial) in trials {
        // Writing to a string cannot fail.
        let _ = writeln!(
            table,
            "| {} | {} | {} | {:.4} | {:.4} | {:.4} | {:.1} | `{command}` |",
            trial.network,
            trial.epochs,
            trial.training_images,
            trial.validation_accuracy,
            trial.file_accuracy,
            trial.calibration_error,
            trial.seconds / 3600.0,
        );
    }
    table
}
