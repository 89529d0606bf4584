//! The file `knn.index`: all references as learned codes, with the encoder.
//!
//! | bytes | what (integers are little-endian u32) |
//! |---|---|
//! | 8 | magic `VITRKNN` and a line feed |
//! | 4 | version, 3 |
//! | 3 × 4 | numbers in a code, k, hidden units of the encoder |
//! | 10 × 4 | references of each class |
//! | 4 | radius, as f32: see [`KnnIndex::novelty`] |
//! | 32 | SHA-256 of the data set |
//! | 2 × 4 | lengths of the sections: codes, encoder |
//! | 2 × 32 | SHA-256 of each section |
//! | 32 | SHA-256 of all of the above |
//! | … | the sections |
//!
//! References stand in order of class, so that counts imply labels, and within a class in order of code, which makes the
//! leading columns nearly free once compressed: one class after the other, one number of the code after the other, two
//! references a byte (the first in the low half), each value plus 8. The encoder is the weights of the metric (a byte each,
//! in sixteenths), then its two layers; layers: see `dense`. Pictures of the references are another file: `thumbnails`.

use super::bytes::{Reader, altered, word};
use super::codec::{CODE_RANGE, Encoder, MAX_DIMS, MAX_HIDDEN};
use super::search::Scan;
use super::{Neighbour, vote};
use crate::error::{Blame, Error, Result};
use crate::image::{Image, PIXELS};
use crate::images::Images;
use crate::labels::{CLASSES, Label};
use crate::probabilities::Probabilities;
use crate::sha256::Sha256;

const MAGIC: [u8; 8] = *b"VITRKNN\n";
const VERSION: u32 = 3;
const SECTIONS: usize = 2;
const HEADER: usize = 8 + 4 * (1 + 3 + CLASSES + 1) + Sha256::LENGTH + SECTIONS * (4 + Sha256::LENGTH) + Sha256::LENGTH;

/// Most references that a file may hold.
const MAX_REFERENCES: usize = 10_000_000;

/// k nearest neighbours in a learned metric.
#[derive(Debug, Clone)]
pub struct KnnIndex {
    source: Sha256,
    k: usize,
    radius: f32,
    encoder: Encoder,
    /// Where each class begins, and where the last one ends.
    starts: [usize; CLASSES + 1],
    /// `(N, dims)`.
    codes: Vec<i8>,
    /// SHA-256 of the section of codes.
    codes_sum: Sha256,
    scan: Scan,
}

impl KnnIndex {
    /// An index of references, each a class and its code, which votes with `k` of them. `source` is the SHA-256 of the data
    /// set.
    ///
    /// # Errors
    /// [`Blame::Shape`] when a code has another length than the encoder's; [`Blame::Parameter`] for a value outside
    /// [`CODE_RANGE`], or a `k` that is 0 or above the number of references; [`Blame::Limit`] above 10,000,000 references.
    pub fn new(source: Sha256, k: usize, encoder: Encoder, mut references: Vec<(Label, Vec<i8>)>) -> Result<Self> {
        let dims = encoder.dims();
        if references.iter().any(|(_, code)| code.len() != dims) {
            return Err(Error::new(Blame::Shape, "index")
                .expected(format!("codes of {dims} numbers"))
                .got("another length"));
        }
        if let Some(wrong) = references.iter().flat_map(|(_, code)| code).find(|value| !CODE_RANGE.contains(value)) {
            return Err(Error::new(Blame::Parameter, "code").expected("-8 to 7").got(wrong));
        }
        references.sort_unstable();
        let mut counts = [0; CLASSES];
        references.iter().for_each(|(label, _)| counts[label.index()] += 1);
        let codes: Vec<i8> = references.into_iter().flat_map(|(_, code)| code).collect();
        let codes_sum = Sha256::of(&packed(&codes, &counts, dims));
        Self::assemble(source, k, encoder, counts, (codes, codes_sum))
    }

    fn assemble(
        source: Sha256,
        k: usize,
        encoder: Encoder,
        counts: [usize; CLASSES],
        (codes, codes_sum): (Vec<i8>, Sha256),
    ) -> Result<Self> {
        let mut starts = [0; CLASSES + 1];
        for (class, count) in counts.into_iter().enumerate() {
            starts[class + 1] = starts[class] + count;
        }
        check_count(starts[CLASSES], k)?;
        let scan = Scan::new(&codes, encoder.metric());
        Ok(Self { source, k, radius: f32::INFINITY, encoder, starts, codes, codes_sum, scan })
    }

    /// The bytes of the file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let dims = self.encoder.dims();
        let counts = self.counts();
        let sections = [packed(&self.codes, &counts, dims), self.encoder.to_bytes()];
        let mut bytes = MAGIC.to_vec();
        let numbers = [VERSION as usize, dims, self.k, self.encoder.hidden()];
        bytes.extend(numbers.into_iter().chain(counts).flat_map(word));
        bytes.extend(self.radius.to_le_bytes());
        bytes.extend(self.source.as_bytes());
        bytes.extend(sections.iter().flat_map(|section| word(section.len())));
        bytes.extend(sections.iter().flat_map(|section| *Sha256::of(section).as_bytes()));
        bytes.extend(*Sha256::of(&bytes).as_bytes());
        bytes.extend(sections.concat());
        bytes
    }

    /// The index in these bytes. Sums and sizes are checked before anything is allocated.
    ///
    /// # Errors
    /// [`Blame::Format`] when they are no index, of another version, truncated or of sizes that contradict each other;
    /// [`Blame::Integrity`] when a sum differs; [`Blame::Limit`] when it is larger than this build accepts.
    ///
    /// ```
    /// use vitrine::knn::index::KnnIndex;
    /// assert_eq!(KnnIndex::from_bytes(b"no index").unwrap_err().code(), "format");
    /// ```
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let mut reader = Reader::open("index", bytes, &MAGIC, VERSION)?;
        let [dims, k, hidden] = reader.words()?;
        let counts: [usize; CLASSES] = reader.words()?;
        let [radius] = reader.words()?;
        let source = reader.sum()?;
        let lengths: [usize; SECTIONS] = reader.words()?;
        let sums = [reader.sum()?, reader.sum()?];
        if reader.sum()? != Sha256::of(&bytes[..HEADER - Sha256::LENGTH]) {
            return Err(altered("header of the index"));
        }
        let within = |count: &usize| *count <= MAX_REFERENCES;
        if !(1..=MAX_DIMS).contains(&dims) || !(1..=MAX_HIDDEN).contains(&hidden) || !counts.iter().all(within) {
            return Err(Error::new(Blame::Limit, "index")
                .expected(format!("at most {MAX_DIMS} numbers a code, {MAX_HIDDEN} hidden units"))
                .got(format!("{dims} and {hidden}")));
        }
        // Ten counts of at most 10,000,000 cannot overflow 32 bits.
        check_count(counts.iter().sum(), k)?;
        let implied = [counts.iter().map(|count| count.div_ceil(2) * dims).sum(), Encoder::encoded_len(dims, hidden)];
        if lengths != implied {
            return Err(Error::new(Blame::Format, "index sections")
                .expected(format!("{implied:?} bytes"))
                .got(format!("{lengths:?}")));
        }
        let (codes, encoder) = (reader.take(lengths[0])?, reader.take(lengths[1])?);
        reader.end()?;
        for ((section, sum), name) in [codes, encoder].into_iter().zip(sums).zip(["codes", "encoder"]) {
            if Sha256::of(section) != sum {
                return Err(altered(name));
            }
        }
        let encoder = Encoder::from_bytes(encoder, dims, hidden)?;
        // Words are 32 bits wide.
        let radius = f32::from_bits(radius as u32);
        let codes = (unpacked(codes, &counts, dims), sums[0]);
        Self::assemble(source, k, encoder, counts, codes)?.with_radius(radius)
    }

    /// How many references there are.
    pub fn len(&self) -> usize {
        self.starts[CLASSES]
    }

    /// Whether there are none; an index that was read or built has at least one.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many neighbours vote.
    pub fn k(&self) -> usize {
        self.k
    }

    /// The same index with another number of voters.
    ///
    /// # Errors
    /// [`Blame::Parameter`] when `k` is 0 or above [`Self::len`].
    pub fn with_k(self, k: usize) -> Result<Self> {
        check_count(self.len(), k)?;
        Ok(Self { k, ..self })
    }

    /// The same index with another radius.
    ///
    /// # Errors
    /// [`Blame::Parameter`] unless it is positive; it may be infinite.
    pub fn with_radius(self, radius: f32) -> Result<Self> {
        if radius > 0.0 {
            return Ok(Self { radius, ..self });
        }
        Err(Error::new(Blame::Parameter, "radius").expected("a positive number").got(radius))
    }

    /// How unlike the references an image is: the distance to the k-th nearest over the radius that holds 95% of
    /// validation images. Above 1, its classes mean little; always 0 when the index has no radius.
    pub fn novelty(&self, image: &Image) -> f32 {
        let nearest = self.nearest(image, self.k);
        nearest.last().map_or(0.0, |farthest| farthest.distance / self.radius)
    }

    /// SHA-256 of the data set which the references come from.
    pub fn source(&self) -> Sha256 {
        self.source
    }

    /// Maps images to codes.
    pub fn encoder(&self) -> &Encoder {
        &self.encoder
    }

    /// The class of a stored reference, or `None` past the end.
    pub fn label(&self, index: usize) -> Option<Label> {
        (index < self.len()).then(|| self.label_of(index))
    }

    /// The `k` references nearest to an image, by (distance, lower index); distances are in units of the code.
    pub fn nearest(&self, image: &Image, k: usize) -> Vec<Neighbour> {
        self.nearest_to_pixels(image.pixels(), k)
    }

    /// The votes for each of these images, by the file's own k.
    ///
    /// # Errors
    /// Those of [`vote`]; an index that was read or built has a voter.
    pub fn predict(&self, images: &Images<'_>) -> Result<Vec<Probabilities>> {
        images.rows().iter().map(|image| vote(&self.nearest_to_pixels(image, self.k))).collect()
    }

    /// The first reference that a training image of this label became; `None` when the index has none with its code.
    pub fn place(&self, label: Label, image: &[u8; PIXELS]) -> Option<usize> {
        let code = self.encoder.reference(image);
        (self.starts[label.index()]..self.starts[label.index() + 1]).find(|place| self.code(*place) == Some(&*code))
    }

    /// The code of a stored reference, or `None` past the end.
    pub fn code(&self, index: usize) -> Option<&[i8]> {
        self.codes.chunks_exact(self.encoder.dims()).nth(index)
    }

    /// SHA-256 of all codes as the file stores them: what belongs to this index names it.
    pub fn codes_sum(&self) -> Sha256 {
        self.codes_sum
    }

    fn nearest_to_pixels(&self, pixels: &[f32; PIXELS], k: usize) -> Vec<Neighbour> {
        self.scan.nearest(&self.encoder.encode(pixels), &self.encoder, k, |index| self.label_of(index))
    }

    fn label_of(&self, index: usize) -> Label {
        Label::from_index(self.starts[1..CLASSES].partition_point(|start| *start <= index))
    }

    fn counts(&self) -> [usize; CLASSES] {
        std::array::from_fn(|class| self.starts[class + 1] - self.starts[class])
    }
}

/// The section of codes: class by class, column by column, two a byte.
fn packed(codes: &[i8], counts: &[usize; CLASSES], dims: usize) -> Vec<u8> {
    let (mut bytes, mut rest) = (Vec::with_capacity(codes.len().div_ceil(2)), codes);
    for count in counts {
        let class;
        (class, rest) = rest.split_at(count * dims);
        for dim in 0..dims {
            let column: Vec<u8> = class.chunks_exact(dims).map(|code| nibble(code[dim])).collect();
            bytes.extend(column.chunks(2).map(|pair| pair[0] | pair.get(1).unwrap_or(&0) << 4));
        }
    }
    bytes
}

fn unpacked(bytes: &[u8], counts: &[usize; CLASSES], dims: usize) -> Vec<i8> {
    let mut codes = vec![0; counts.iter().sum::<usize>() * dims];
    let (mut bytes, mut classes) = (bytes, codes.as_mut_slice());
    for count in counts {
        let class;
        (class, classes) = classes.split_at_mut(count * dims);
        for dim in 0..dims {
            let column;
            (column, bytes) = bytes.split_at(count.div_ceil(2));
            for (row, code) in class.chunks_exact_mut(dims).enumerate() {
                code[dim] = ((column[row / 2] >> (row % 2 * 4)) & 15).cast_signed() + CODE_RANGE.start();
            }
        }
    }
    codes
}

fn nibble(value: i8) -> u8 {
    (value - CODE_RANGE.start()).cast_unsigned() & 15
}

fn check_count(count: usize, k: usize) -> Result<()> {
    if count > MAX_REFERENCES {
        return Err(Error::new(Blame::Limit, "references").expected(format!("at most {MAX_REFERENCES}")).got(count));
    }
    if !(1..=count).contains(&k) {
        return Err(Error::new(Blame::Parameter, "k").expected(format!("1 to {count}")).got(k));
    }
    Ok(())
}
