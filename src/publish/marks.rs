//! The generated part of a document: what stands between two marks.

use std::path::Path;

use crate::error::{Blame, Error, Result};
use crate::storage::files;

/// Where the generated part of a document begins and ends.
pub(super) struct Marks {
    pub begin: &'static str,
    pub end: &'static str,
}

impl Marks {
    /// The document at `path`; `None` where there is no file, or one without the marks: it is another project's.
    ///
    /// # Errors
    /// [`Blame::Io`] when it cannot be read.
    pub fn read(&self, path: &Path) -> Result<Option<String>> {
        if !path.exists() {
            return Ok(None);
        }
        // A document of ours is UTF-8: without the marks it is nobody's business what it is.
        let Ok(text) = String::from_utf8(files::read(path)?) else { return Ok(None) };
        Ok((text.contains(self.begin) || text.contains(self.end)).then_some(text))
    }

    /// `text` with `content` between its marks.
    ///
    /// # Errors
    /// [`Blame::Format`] when a mark is missing.
    pub fn replace(&self, text: &str, content: &str) -> Result<String> {
        let Marks { begin, end } = self;
        let wrong = || {
            Error::new(Blame::Format, "marks")
                .expected(format!("the lines {begin:?} and {end:?}"))
                .got("neither, or one")
                .remedy("put the missing one where the table shall end or begin")
        };
        let (before, rest) = text.split_once(begin).ok_or_else(wrong)?;
        let (_, after) = rest.split_once(end).ok_or_else(wrong)?;
        Ok(format!("{before}{begin}{content}{end}{after}"))
    }
}
