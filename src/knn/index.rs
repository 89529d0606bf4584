//! The file `knn.index`: all references as learned codes, with the encoder and the decoder of their thumbnails.
//!
//! | bytes | what (integers are little-endian u32) |
//! |---|---|
//! | 8 | magic `VITRKNN` and a line feed |
//! | 4 | version, 2 |
//! | 4 × 4 | numbers in a code, k, hidden units of the encoder, of the decoder |
//! | 10 × 4 | references of each class |
//! | 4 | radius, as f32: see [`Index::novelty`] |
//! | 32 | SHA-256 of the data set |
//! | 3 × 4 | lengths of the sections: codes, encoder, decoder |
//! | 3 × 32 | SHA-256 of each section |
//! | 32 | SHA-256 of all of the above |
//! | … | the sections |
//!
//! References stand in order of class, so that counts imply labels, and within a class in order of code, which makes the
//! leading columns nearly free once compressed: one class after the other, one number of the code after the other, two
//! references a byte (the first in the low half), each value plus 8. The encoder is the weights of the metric (a byte each,
//! in sixteenths), then its two layers; the decoder is its two layers; layers: see `dense`.

use sha2::{Digest, Sha256};

use super::codec::{CODE_RANGE, Decoder, Encoder, MAX_DIMS, MAX_HIDDEN};
use super::search::Scan;
use super::{Neighbour, vote};
use crate::error::{Blame, Error, Result};
use crate::image::{Image, PIXELS};
use crate::labels::{CLASSES, Label};
use crate::probabilities::Probabilities;

const MAGIC: [u8; 8] = *b"VITRKNN\n";
const VERSION: u32 = 2;
const SECTIONS: usize = 3;
const HEADER: usize = 8 + 4 * (1 + 4 + CLASSES + 1) + 32 + SECTIONS * (4 + 32) + 32;

/// Most references that a file may hold.
const MAX_REFERENCES: usize = 10_000_000;

/// k nearest neighbours in a learned metric.
#[derive(Debug, Clone)]
pub struct Index {
    source: [u8; 32],
    k: usize,
    radius: f32,
    encoder: Encoder,
    decoder: Decoder,
    /// Where each class begins, and where the last one ends.
    starts: [usize; CLASSES + 1],
    /// `(N, dims)`.
    codes: Vec<i8>,
    scan: Scan,
}

impl Index {
    /// An index of references, each a class and its code, which votes with `k` of them. `source` is the SHA-256 of the data
    /// set.
    ///
    /// # Errors
    /// [`Blame::Shape`] when a code or the decoder has another length than the encoder's codes; [`Blame::Parameter`] for a
    /// value outside [`CODE_RANGE`], or a `k` that is 0 or above the number of references; [`Blame::Limit`] above
    /// 10,000,000 references.
    pub fn new(
        source: [u8; 32],
        k: usize,
        encoder: Encoder,
        decoder: Decoder,
        mut references: Vec<(Label, Vec<i8>)>,
    ) -> Result<Self> {
        let dims = encoder.dims();
        if decoder.dims() != dims || references.iter().any(|(_, code)| code.len() != dims) {
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
        let codes = references.into_iter().flat_map(|(_, code)| code).collect();
        Self::assemble(source, k, encoder, decoder, counts, codes)
    }

    fn assemble(
        source: [u8; 32],
        k: usize,
        encoder: Encoder,
        decoder: Decoder,
        counts: [usize; CLASSES],
        codes: Vec<i8>,
    ) -> Result<Self> {
        let mut starts = [0; CLASSES + 1];
        for (class, count) in counts.into_iter().enumerate() {
            starts[class + 1] = starts[class] + count;
        }
        check_count(starts[CLASSES], k)?;
        let scan = Scan::new(&codes, encoder.metric());
        Ok(Self { source, k, radius: f32::INFINITY, encoder, decoder, starts, codes, scan })
    }

    /// The bytes of the file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let dims = self.encoder.dims();
        let mut codes = Vec::new();
        for class in self.codes_by_class() {
            for dim in 0..dims {
                let column: Vec<u8> = class.chunks_exact(dims).map(|code| nibble(code[dim])).collect();
                codes.extend(column.chunks(2).map(|pair| pair[0] | pair.get(1).unwrap_or(&0) << 4));
            }
        }
        let sections = [codes, self.encoder.to_bytes(), self.decoder.to_bytes()];
        let mut bytes = MAGIC.to_vec();
        let numbers = [VERSION as usize, dims, self.k, self.encoder.hidden(), self.decoder.hidden()];
        let counts = self.starts.windows(2).map(|pair| pair[1] - pair[0]);
        bytes.extend(numbers.into_iter().chain(counts).flat_map(word));
        bytes.extend(self.radius.to_le_bytes());
        bytes.extend(self.source);
        bytes.extend(sections.iter().flat_map(|section| word(section.len())));
        bytes.extend(sections.iter().flat_map(|section| sha256(section)));
        bytes.extend(sha256(&bytes));
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
    /// use vitrine::knn::index::Index;
    /// assert_eq!(Index::from_bytes(b"no index").unwrap_err().code(), "format");
    /// ```
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let truncated = || {
            Error::new(Blame::Format, "index")
                .expected("a complete file")
                .got("a truncated one")
                .remedy("fetch it again")
        };
        if bytes.get(..MAGIC.len()).is_some_and(|magic| magic != MAGIC) {
            return Err(Error::new(Blame::Format, "index").expected("a KNN index").got("another kind of file"));
        }
        let (header, body) = bytes.split_at_checked(HEADER).ok_or_else(truncated)?;
        let mut header = Reader(header);
        header.take(MAGIC.len())?;
        let [version] = header.words()?;
        if version != VERSION as usize {
            return Err(Error::new(Blame::Format, "index")
                .expected(format!("version {VERSION}"))
                .got(format!("version {version}"))
                .remedy("rebuild it with `vitrine index`"));
        }
        let [dims, k, encoder_hidden, decoder_hidden] = header.words()?;
        let counts: [usize; CLASSES] = header.words()?;
        let [radius] = header.words()?;
        let source = header.sum()?;
        let lengths: [usize; SECTIONS] = header.words()?;
        let sums = [header.sum()?, header.sum()?, header.sum()?];
        if header.sum()? != sha256(&bytes[..HEADER - 32]) {
            return Err(altered("header"));
        }
        let hidden = 1..=MAX_HIDDEN;
        let within = |count: &usize| *count <= MAX_REFERENCES;
        if !(1..=MAX_DIMS).contains(&dims)
            || !hidden.contains(&encoder_hidden)
            || !hidden.contains(&decoder_hidden)
            || !counts.iter().all(within)
        {
            return Err(Error::new(Blame::Limit, "index")
                .expected(format!("at most {MAX_DIMS} numbers a code, {MAX_HIDDEN} hidden units"))
                .got(format!("{dims} and {encoder_hidden}, {decoder_hidden}")));
        }
        // Ten counts of at most 10,000,000 cannot overflow 32 bits.
        check_count(counts.iter().sum(), k)?;
        let implied = [
            counts.iter().map(|count| count.div_ceil(2) * dims).sum(),
            Encoder::encoded_len(dims, encoder_hidden),
            Decoder::encoded_len(dims, decoder_hidden),
        ];
        if lengths != implied {
            return Err(Error::new(Blame::Format, "index sections")
                .expected(format!("{implied:?} bytes"))
                .got(format!("{lengths:?}")));
        }
        let mut body = Reader(body);
        let [codes, encoder, decoder] = lengths.map(|length| body.take(length));
        let (codes, encoder, decoder) = (codes?, encoder?, decoder?);
        if !body.0.is_empty() {
            return Err(Error::new(Blame::Format, "index").expected("no more bytes").got(body.0.len()));
        }
        for ((section, sum), name) in
            [codes, encoder, decoder].into_iter().zip(sums).zip(["codes", "encoder", "decoder"])
        {
            if sha256(section) != sum {
                return Err(altered(name));
            }
        }
        let encoder = Encoder::from_bytes(encoder, dims, encoder_hidden)?;
        let decoder = Decoder::from_bytes(decoder, dims, decoder_hidden)?;
        // Words are 32 bits wide.
        let radius = f32::from_bits(radius as u32);
        Self::assemble(source, k, encoder, decoder, counts, unpacked(codes, &counts, dims))?.with_radius(radius)
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
    pub fn source(&self) -> &[u8; 32] {
        &self.source
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

    /// The votes for each of `(N, 784)` pixels in [0, 1], by the file's own k.
    ///
    /// # Errors
    /// [`Blame::Shape`] when there is not a whole number of images.
    pub fn predict(&self, pixels: &[f32]) -> Result<Vec<Probabilities>> {
        let (images, rest) = pixels.as_chunks::<PIXELS>();
        if !rest.is_empty() {
            return Err(Error::new(Blame::Shape, "images")
                .expected(format!("a multiple of {PIXELS} pixels"))
                .got(pixels.len()));
        }
        images.iter().map(|image| vote(&self.nearest_to_pixels(image, self.k))).collect()
    }

    /// The picture of a stored reference as its code recalls it, row-major bytes, 255 = ink.
    ///
    /// # Errors
    /// [`Blame::Parameter`] past the end.
    pub fn thumbnail(&self, index: usize) -> Result<[u8; PIXELS]> {
        let dims = self.encoder.dims();
        let code = self.codes.chunks_exact(dims).nth(index).ok_or_else(|| {
            Error::new(Blame::Parameter, "reference").expected(format!("below {}", self.len())).got(index)
        })?;
        Ok(self.decoder.thumbnail(code, self.label_of(index)))
    }

    fn nearest_to_pixels(&self, pixels: &[f32; PIXELS], k: usize) -> Vec<Neighbour> {
        self.scan.nearest(&self.encoder.encode(pixels), &self.encoder, k, |index| self.label_of(index))
    }

    fn label_of(&self, index: usize) -> Label {
        Label::from_index(self.starts[1..CLASSES].partition_point(|start| *start <= index))
    }

    fn codes_by_class(&self) -> impl Iterator<Item = &[i8]> {
        let dims = self.encoder.dims();
        self.starts.windows(2).map(move |pair| &self.codes[pair[0] * dims..pair[1] * dims])
    }
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

fn word(value: usize) -> [u8; 4] {
    // Every number written here is below 2^32: sections are bounded by the limits on references and hidden units.
    (value as u32).to_le_bytes()
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

fn altered(part: &str) -> Error {
    Error::new(Blame::Integrity, format!("index {part}"))
        .expected("the SHA-256 in the file")
        .got("another")
        .remedy("the file has been altered: fetch it again")
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or_else(|| {
            Error::new(Blame::Format, "index")
                .expected(format!("{length} more bytes"))
                .got(self.0.len())
                .remedy("the file is truncated: fetch it again")
        })?;
        self.0 = rest;
        Ok(taken)
    }

    fn words<const N: usize>(&mut self) -> Result<[usize; N]> {
        let words = self.take(4 * N)?.as_chunks::<4>().0;
        Ok(std::array::from_fn(|index| u32::from_le_bytes(words[index]) as usize))
    }

    fn sum(&mut self) -> Result<[u8; 32]> {
        let mut sum = [0; 32];
        sum.copy_from_slice(self.take(32)?);
        Ok(sum)
    }
}
