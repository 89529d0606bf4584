//! The IDX format in which Fashion-MNIST is published: decompressed bytes → images and labels.
//!
//! Images: magic 0x00000803, count, rows, columns (big-endian u32), then one byte a pixel. Labels: magic 0x00000801,
//! count, then one byte a label (<http://yann.lecun.com/exdb/mnist/>). Gzip is the caller's.

use crate::error::{Blame, Error, Result};
use crate::image::{Image, PIXELS, SIDE};
use crate::images::Images;
use crate::labels::Label;

const IMAGES_MAGIC: u32 = 0x0000_0803;
const LABELS_MAGIC: u32 = 0x0000_0801;

/// Labelled images, `(N, 784)` bytes and N labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Samples {
    pixels: Vec<u8>,
    labels: Vec<Label>,
}

impl Samples {
    /// The samples of two decompressed IDX files. `images_name` and `labels_name` appear in errors.
    ///
    /// # Errors
    /// [`Blame::Format`] for a wrong magic, a size other than 28×28, a length that differs from the header's, a label
    /// above 9, or counts that differ between the files.
    pub fn from_idx(images: (&str, &[u8]), labels: (&str, &[u8])) -> Result<Self> {
        let pixels = parse_images(images.1).map_err(|error| error.within(images.0))?;
        let parsed = parse_labels(labels.1).map_err(|error| error.within(labels.0))?;
        let count = pixels.len() / PIXELS;
        if count != parsed.len() {
            return Err(Error::new(Blame::Format, format!("{} and {}", images.0, labels.0))
                .expected("as many labels as images")
                .got(format!("{count} images and {} labels", parsed.len()))
                .remedy("take both files from the same set"));
        }
        Ok(Self { pixels: pixels.to_vec(), labels: parsed })
    }

    /// These samples and `others` behind them.
    pub fn followed_by(&self, others: impl IntoIterator<Item = (Image, Label)>) -> Self {
        let mut all = self.clone();
        for (image, label) in others {
            all.pixels.extend(image.to_bytes());
            all.labels.push(label);
        }
        all
    }

    /// How many samples there are.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// All pixels, `(N, 784)` bytes, 255 = ink.
    pub fn bytes(&self) -> &[u8] {
        &self.pixels
    }

    /// The pixels of one sample, or `None` past the end.
    pub fn image_bytes(&self, index: usize) -> Option<&[u8; PIXELS]> {
        self.pixels.as_chunks::<PIXELS>().0.get(index)
    }

    /// One sample as an [`Image`], or `None` past the end.
    pub fn image(&self, index: usize) -> Option<Image> {
        self.image_bytes(index).map(Image::from_bytes)
    }

    /// The labels, in order.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// Samples `start..start + count` as images; fewer at the end, none past it.
    pub fn batch(&self, start: usize, count: usize) -> Images<'static> {
        let end = start.saturating_add(count).min(self.len());
        Images::from_bytes(&self.pixels.as_chunks::<PIXELS>().0[start.min(end)..end])
    }

    /// The samples at these indices, in this order; indices past the end are left out.
    pub fn select(&self, indices: &[usize]) -> Self {
        let kept = indices.iter().filter(|index| **index < self.len());
        let pixels = kept.clone().filter_map(|index| self.image_bytes(*index)).flatten().copied().collect();
        Self { pixels, labels: kept.map(|index| self.labels[*index]).collect() }
    }
}

fn parse_images(bytes: &[u8]) -> Result<&[u8]> {
    let ([count, rows, columns], pixels) = header::<3>(bytes, IMAGES_MAGIC, "images")?;
    if (rows, columns) != (SIDE, SIDE) {
        return Err(Error::new(Blame::Format, "size")
            .expected(format!("{SIDE}×{SIDE} pixels"))
            .got(format!("{rows}×{columns}")));
    }
    check_length(count, PIXELS, pixels.len())?;
    Ok(pixels)
}

fn parse_labels(bytes: &[u8]) -> Result<Vec<Label>> {
    let ([count], labels) = header::<1>(bytes, LABELS_MAGIC, "labels")?;
    check_length(count, 1, labels.len())?;
    labels
        .iter()
        .enumerate()
        .map(|(index, &number)| {
            Label::new(number)
                .map_err(|_| Error::new(Blame::Format, format!("label {index}")).expected("0 to 9").got(number))
        })
        .collect()
}

fn header<'a, const N: usize>(bytes: &'a [u8], magic: u32, what: &str) -> Result<([usize; N], &'a [u8])> {
    let too_short = || {
        Error::new(Blame::Format, "header")
            .expected(format!("{} bytes", 4 * (N + 1)))
            .got(bytes.len())
            .remedy("the file is truncated: fetch it again")
    };
    let (words, rest) = bytes.split_at_checked(4 * (N + 1)).ok_or_else(too_short)?;
    let mut words = words.as_chunks::<4>().0.iter().map(|word| u32::from_be_bytes(*word));
    let found = words.next().ok_or_else(too_short)?;
    if found != magic {
        return Err(Error::new(Blame::Format, "magic number")
            .expected(format!("{magic:#010x} (IDX {what})"))
            .got(format!("{found:#010x}"))
            .remedy(format!("give the decompressed Fashion-MNIST {what} file")));
    }
    let mut sizes = [0; N];
    for (size, word) in sizes.iter_mut().zip(words) {
        *size = word as usize;
    }
    Ok((sizes, rest))
}

fn check_length(count: usize, item: usize, got: usize) -> Result<()> {
    // In u64, since the count is a stranger's and usize has 32 bits in the browser.
    if count as u64 * item as u64 == got as u64 {
        return Ok(());
    }
    Err(Error::new(Blame::Format, "length")
        .expected(format!("{} bytes for {count} items", count as u64 * item as u64))
        .got(got)
        .remedy("the file is truncated or has been altered: fetch it again"))
}
