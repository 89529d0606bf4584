//! The file `knn.thumbnails`: the decoder that recalls a picture from each code of an index.
//!
//! | bytes | what (integers are little-endian u32) |
//! |---|---|
//! | 8 | magic `VITRTHM` and a line feed |
//! | 4 | version, 1 |
//! | 2 × 4 | numbers in a code, hidden units |
//! | 32 | SHA-256 of the codes of the index that it belongs to |
//! | 32 | SHA-256 of the decoder |
//! | 32 | SHA-256 of all of the above |
//! | … | the decoder: its two layers, see `dense` |
//!
//! It is a file of its own because votes need no pictures: who only asks for classes does not fetch it.

use super::bytes::{Reader, altered, word};
use super::codec::{Decoder, MAX_DIMS, MAX_HIDDEN};
use super::index::KnnIndex;
use crate::error::{Blame, Error, Result};
use crate::image::PIXELS;
use crate::sha256::Sha256;

const MAGIC: [u8; 8] = *b"VITRTHM\n";
const VERSION: u32 = 1;
const FILE: &str = "thumbnails";
const HEADER: usize = 8 + 3 * 4 + 3 * Sha256::LENGTH;

/// Pictures of the references of one index.
#[derive(Debug, Clone)]
pub struct Thumbnails {
    decoder: Decoder,
    /// [`KnnIndex::codes_sum`] of that index.
    codes: Sha256,
}

impl Thumbnails {
    /// The pictures that `decoder` recalls from the codes of `index`.
    ///
    /// # Errors
    /// [`Blame::Shape`] when its codes have another length.
    pub fn new(decoder: Decoder, index: &KnnIndex) -> Result<Self> {
        let dims = index.encoder().dims();
        if decoder.dims() != dims {
            return Err(Error::new(Blame::Shape, FILE)
                .expected(format!("codes of {dims} numbers"))
                .got(format!("{} numbers", decoder.dims())));
        }
        Ok(Self { decoder, codes: index.codes_sum() })
    }

    /// The bytes of the file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let decoder = self.decoder.to_bytes();
        let mut bytes = MAGIC.to_vec();
        bytes.extend([VERSION as usize, self.decoder.dims(), self.decoder.hidden()].into_iter().flat_map(word));
        bytes.extend(self.codes.as_bytes());
        bytes.extend(Sha256::of(&decoder).as_bytes());
        bytes.extend(*Sha256::of(&bytes).as_bytes());
        bytes.extend(decoder);
        bytes
    }

    /// The thumbnails in these bytes. Sums and sizes are checked before anything is allocated.
    ///
    /// # Errors
    /// [`Blame::Format`] when they are none, of another version, or truncated; [`Blame::Integrity`] when a sum differs;
    /// [`Blame::Limit`] when the decoder is larger than this build accepts.
    ///
    /// ```
    /// use vitrine::knn::thumbnails::Thumbnails;
    /// assert_eq!(Thumbnails::from_bytes(b"no thumbnails").unwrap_err().code(), "format");
    /// ```
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let mut reader = Reader::open(FILE, bytes, &MAGIC, VERSION)?;
        let [dims, hidden] = reader.words()?;
        let (codes, of_decoder) = (reader.sum()?, reader.sum()?);
        if reader.sum()? != Sha256::of(&bytes[..HEADER - Sha256::LENGTH]) {
            return Err(altered("header of the thumbnails"));
        }
        if !(1..=MAX_DIMS).contains(&dims) || !(1..=MAX_HIDDEN).contains(&hidden) {
            return Err(Error::new(Blame::Limit, FILE)
                .expected(format!("at most {MAX_DIMS} numbers a code, {MAX_HIDDEN} hidden units"))
                .got(format!("{dims} and {hidden}")));
        }
        let decoder = reader.take(Decoder::encoded_len(dims, hidden))?;
        reader.end()?;
        if Sha256::of(decoder) != of_decoder {
            return Err(altered("decoder"));
        }
        Ok(Self { decoder: Decoder::from_bytes(decoder, dims, hidden)?, codes })
    }

    /// The picture of a stored reference as its code recalls it, row-major bytes, 255 = ink.
    ///
    /// # Errors
    /// [`Blame::Integrity`] when these are the thumbnails of another index; [`Blame::Parameter`] past the end.
    pub fn picture(&self, index: &KnnIndex, place: usize) -> Result<[u8; PIXELS]> {
        if self.codes != index.codes_sum() {
            return Err(Error::new(Blame::Integrity, FILE)
                .expected("those of this index")
                .got("those of another")
                .remedy("take both files from the same release"));
        }
        let reference = index.code(place).zip(index.label(place));
        let (code, label) = reference.ok_or_else(|| {
            Error::new(Blame::Parameter, "reference").expected(format!("below {}", index.len())).got(place)
        })?;
        Ok(self.decoder.thumbnail(code, label))
    }
}
