//! Standard output and standard error, which may be full, or closed because whoever read has had enough.

use std::fmt;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use vitrine::Result;
use vitrine::error::{Blame, Error};

/// Prints a line; takes what `format!` takes.
macro_rules! say {
    ($($argument:tt)*) => {
        $crate::commands::out::line(format_args!($($argument)*))
    };
}
pub(super) use say;

/// Whether a line could not be printed because nobody reads any more.
static CLOSED: AtomicBool = AtomicBool::new(false);

/// Prints a line.
///
/// # Errors
/// [`Blame::Io`] when it cannot be written: to a disk that is full, or to a pipe that nobody reads ([`is_closed`]).
pub fn line(text: fmt::Arguments<'_>) -> Result<()> {
    writeln!(io::stdout().lock(), "{text}").map_err(failed)
}

/// Standard output could not be written to.
pub fn failed(error: io::Error) -> Error {
    CLOSED.fetch_or(error.kind() == io::ErrorKind::BrokenPipe, Ordering::Relaxed);
    Error::new(Blame::Io, "standard output").got(error)
}

/// Whether whoever read the output has had enough: no reason to say that something failed.
pub fn is_closed() -> bool {
    CLOSED.load(Ordering::Relaxed)
}

/// A line on standard error. If that cannot be written there is nowhere left to say so.
pub fn note(text: impl fmt::Display) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
