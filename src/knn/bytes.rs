//! What the index's files share: little-endian words, sums, and a reader that never runs past the end.

use crate::error::{Blame, Error, Result};
use crate::sha256::Sha256;

pub(super) fn word(value: usize) -> [u8; 4] {
    // Every number written here is below 2^32: sections are bounded by the limits on references and hidden units.
    (value as u32).to_le_bytes()
}

/// The error for a part whose sum differs.
pub(super) fn altered(part: &str) -> Error {
    Error::new(Blame::Integrity, part)
        .expected("the SHA-256 in the file")
        .got("another")
        .remedy("the file has been altered: fetch it again")
}

/// The part of a file that has not been read yet.
pub(super) struct Reader<'a> {
    /// What errors call the file.
    pub file: &'static str,
    pub rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// A reader past the magic and the version of `file`.
    pub fn open(file: &'static str, bytes: &'a [u8], magic: &[u8; 8], version: u32) -> Result<Self> {
        let mut reader = Self { file, rest: bytes };
        let of_another = bytes.get(..magic.len()).is_some_and(|found| found != magic);
        if of_another {
            return Err(Error::new(Blame::Format, file).expected("its magic number").got("another kind of file"));
        }
        reader.take(magic.len())?;
        let [found] = reader.words()?;
        if found != version as usize {
            return Err(Error::new(Blame::Format, file)
                .expected(format!("version {version}"))
                .got(format!("version {found}"))
                .remedy("rebuild it with `vitrine index`"));
        }
        Ok(reader)
    }

    pub fn take(&mut self, length: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or_else(|| {
            Error::new(Blame::Format, self.file)
                .expected(format!("{length} more bytes"))
                .got(self.rest.len())
                .remedy("the file is truncated: fetch it again")
        })?;
        self.rest = rest;
        Ok(taken)
    }

    pub fn words<const N: usize>(&mut self) -> Result<[usize; N]> {
        let words = self.take(4 * N)?.as_chunks::<4>().0;
        Ok(std::array::from_fn(|index| u32::from_le_bytes(words[index]) as usize))
    }

    pub fn sum(&mut self) -> Result<Sha256> {
        let mut sum = [0; Sha256::LENGTH];
        sum.copy_from_slice(self.take(Sha256::LENGTH)?);
        Ok(sum.into())
    }

    /// Refuses what is left.
    pub fn end(&self) -> Result<()> {
        if self.rest.is_empty() {
            return Ok(());
        }
        Err(Error::new(Blame::Format, self.file).expected("no more bytes").got(self.rest.len()))
    }
}
