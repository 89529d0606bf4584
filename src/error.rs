//! The one error type: who is to blame, what was expected, what came, and what to do about it.

use std::fmt;

use crate::printable::printable;

/// Characters of each part of a message: its four fill no more than a screen of 80 columns and 24 lines.
const MOST: usize = 400;

/// What every fallible function of this crate returns.
pub type Result<T> = std::result::Result<T, Error>;

/// Who is to blame. [`Blame::code`] is stable: the page and the tests name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blame {
    /// The bytes are not in the format that they claim.
    Format,
    /// The numbers are well-formed but there are too many or too few, or in the wrong arrangement.
    Shape,
    /// The caller chose a value that has no meaning.
    Parameter,
    /// The input is larger than this build is willing to process.
    Limit,
    /// The bytes are not the ones that were published: a checksum or a length differs.
    Integrity,
    /// A model file asks for something that the network reader does not support.
    Network,
    /// A file or a download could not be read or written.
    Io,
    /// A defect of this crate.
    Internal,
}

impl Blame {
    /// The stable code, lower case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Shape => "shape",
            Self::Parameter => "parameter",
            Self::Limit => "limit",
            Self::Integrity => "integrity",
            Self::Network => "network",
            Self::Io => "io",
            Self::Internal => "internal",
        }
    }
}

/// An error that says what it is about, what was expected, what was found, and the remedy.
///
/// Shown, it is one line of [`printable`] text, at most a screen long, whatever a file put into it.
///
/// ```
/// use vitrine::error::{Blame, Error};
/// let error = Error::new(Blame::Format, "knn.index")
///     .expected("version 1")
///     .got("version 3")
///     .remedy("rebuild it with `vitrine index`");
/// assert_eq!(error.to_string(), "knn.index: expected version 1, got version 3; rebuild it with `vitrine index`");
/// assert_eq!(error.code(), "format");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(Box<Detail>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Detail {
    blame: Blame,
    subject: String,
    expected: String,
    got: String,
    remedy: String,
}

impl Error {
    /// An error about `subject`: a file's name, a parameter, a step.
    pub fn new(blame: Blame, subject: impl fmt::Display) -> Self {
        let (expected, got, remedy) = Default::default();
        Self(Box::new(Detail { blame, subject: subject.to_string(), expected, got, remedy }))
    }

    /// What would have been right.
    #[must_use]
    pub fn expected(mut self, expected: impl fmt::Display) -> Self {
        self.0.expected = expected.to_string();
        self
    }

    /// What came instead.
    #[must_use]
    pub fn got(mut self, got: impl fmt::Display) -> Self {
        self.0.got = got.to_string();
        self
    }

    /// What the reader can do about it, as an imperative.
    #[must_use]
    pub fn remedy(mut self, remedy: impl fmt::Display) -> Self {
        self.0.remedy = remedy.to_string();
        self
    }

    /// The same error, about a more precise subject: a parser knows bytes, its caller knows the file.
    #[must_use]
    pub fn within(mut self, subject: impl fmt::Display) -> Self {
        self.0.subject =
            if self.0.subject.is_empty() { subject.to_string() } else { format!("{subject}: {}", self.0.subject) };
        self
    }

    /// Who is to blame.
    pub fn blame(&self) -> Blame {
        self.0.blame
    }

    /// The stable code of [`Self::blame`].
    pub fn code(&self) -> &'static str {
        self.0.blame.code()
    }
}

impl std::error::Error for Error {}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Detail { subject, expected, got, remedy, .. } = &*self.0;
        let [subject, expected, got, remedy] = [subject, expected, got, remedy].map(|part| printable(part, MOST));
        f.write_str(&subject)?;
        match (expected.is_empty(), got.is_empty()) {
            (false, false) => write!(f, ": expected {expected}, got {got}")?,
            (false, true) => write!(f, ": expected {expected}")?,
            (true, false) => write!(f, ": {got}")?,
            (true, true) => {}
        }
        if remedy.is_empty() { Ok(()) } else { write!(f, "; {remedy}") }
    }
}
