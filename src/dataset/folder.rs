//! Where the four Fashion-MNIST files lie, and what they must be: present, complete, unaltered.

use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use md5::Md5;
use sha2::Digest;

use crate::error::{Blame, Error, Result};
use crate::idx::Samples;
use crate::image::PIXELS;
use crate::sha256::Sha256;
use crate::storage::files;

/// The environment variable that names the folder of the four files.
pub const VARIABLE: &str = "VITRINE_DATA";

/// The folder that is used when [`VARIABLE`] is not set.
pub const FOLDER: &str = "data";

/// How many training images there are.
pub const TRAIN_COUNT: usize = 60_000;

/// How many test images there are.
pub const TEST_COUNT: usize = 10_000;

const REMEDY: &str = "run `./build.sh data` to fetch it";

/// One of the files as published by Zalando Research (github.com/zalandoresearch/fashion-mnist).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// Its name, with `.gz`.
    pub name: &'static str,
    /// How many bytes it has, compressed.
    pub bytes: u64,
    /// The MD5 sum of the compressed file, lower-case hexadecimal.
    pub md5: &'static str,
}

/// The images and the labels of the training set, in this order.
pub const TRAIN: [Published; 2] = [
    Published { name: "train-images-idx3-ubyte.gz", bytes: 26_421_880, md5: "8d4fb7e6c68d591d4c3dfef9ec88bf0d" },
    Published { name: "train-labels-idx1-ubyte.gz", bytes: 29_515, md5: "25c81989df183df01b3e8a0aad5dffbe" },
];

/// The images and the labels of the test set, in this order.
pub const TEST: [Published; 2] = [
    Published { name: "t10k-images-idx3-ubyte.gz", bytes: 4_422_102, md5: "bef4ecab320f06d8554ea6380940ec79" },
    Published { name: "t10k-labels-idx1-ubyte.gz", bytes: 5_148, md5: "bb300cfdad3c16e7a12a480ee83cd310" },
];

/// All four files: training images and labels, test images and labels.
pub fn published() -> impl Iterator<Item = Published> {
    TRAIN.into_iter().chain(TEST)
}

impl Published {
    /// Whether these compressed bytes are the published ones.
    ///
    /// # Errors
    /// [`Blame::Integrity`] when the length or the MD5 sum differs.
    pub fn check(&self, bytes: &[u8]) -> Result<()> {
        let error = || Error::new(Blame::Integrity, self.name).remedy("delete it and run `./build.sh data`");
        if bytes.len() as u64 != self.bytes {
            return Err(error().expected(format!("{} bytes", self.bytes)).got(format!("{} bytes", bytes.len())));
        }
        let sum: String = Md5::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        if sum != self.md5 {
            return Err(error().expected(format!("MD5 {}", self.md5)).got(format!("MD5 {sum}")));
        }
        Ok(())
    }
}

/// A folder that holds the four files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataDir {
    path: PathBuf,
}

impl DataDir {
    /// The folder that [`VARIABLE`] names, or `./data` when it is not set.
    ///
    /// # Errors
    /// Those of [`Self::at`].
    pub fn locate() -> Result<Self> {
        Self::at(Self::default_path())
    }

    /// The path which [`Self::locate`] looks at, whether anything is there or not.
    pub fn default_path() -> PathBuf {
        match std::env::var_os(VARIABLE) {
            Some(path) if !path.is_empty() => path.into(),
            _ => FOLDER.into(),
        }
    }

    /// This folder. Its files are there, but their bytes are checked only when they are read.
    ///
    /// # Errors
    /// [`Blame::Io`] when one of the four files is missing, naming it.
    pub fn at(path: impl Into<PathBuf>) -> Result<Self> {
        let path = path.into();
        match published().map(|file| path.join(file.name)).find(|file| !file.is_file()) {
            Some(missing) => Err(Error::new(Blame::Io, missing.display())
                .expected("a file of the Fashion-MNIST data set")
                .got("no such file")
                .remedy(format!("run `./build.sh data` to fetch it, or name its folder in {VARIABLE}"))),
            None => Ok(Self { path }),
        }
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The 60,000 training images.
    ///
    /// # Errors
    /// [`Blame::Io`] when a file cannot be read, [`Blame::Integrity`] when it is not the published one.
    pub fn train(&self) -> Result<Samples> {
        self.samples(TRAIN, TRAIN_COUNT)
    }

    /// The 10,000 test images. Only an evaluation and the search for duplicates may read them.
    ///
    /// # Errors
    /// Those of [`Self::train`].
    pub fn test(&self) -> Result<Samples> {
        self.samples(TEST, TEST_COUNT)
    }

    /// SHA-256 over the four decompressed files, one after the other: training images and labels, test images and
    /// labels.
    ///
    /// # Errors
    /// Those of [`Self::train`].
    pub fn sha256(&self) -> Result<Sha256> {
        let mut sum = sha2::Sha256::new();
        for file in published() {
            sum.update(gunzip(file.name, &self.read(file)?)?);
        }
        Ok(Sha256::from(<[u8; Sha256::LENGTH]>::from(sum.finalize())))
    }

    /// Checks all four files.
    ///
    /// # Errors
    /// Those of [`Self::train`].
    pub fn check(&self) -> Result<()> {
        published().try_for_each(|file| self.read(file).map(drop))
    }

    fn samples(&self, [images, labels]: [Published; 2], count: usize) -> Result<Samples> {
        let (image_bytes, label_bytes) = (self.read(images)?, self.read(labels)?);
        samples_from_gz((images.name, &image_bytes), (labels.name, &label_bytes), count)
    }

    fn read(&self, file: Published) -> Result<Vec<u8>> {
        let bytes = files::read(&self.path.join(file.name))?;
        file.check(&bytes).map_err(|error| error.within(self.path.display()))?;
        Ok(bytes)
    }
}

/// `count` labelled samples from two compressed IDX files, each with the name that errors give it.
///
/// # Errors
/// [`Blame::Format`] when they are not gzip, not IDX of 28×28 images and their labels, or not `count` of them.
pub fn samples_from_gz(images: (&str, &[u8]), labels: (&str, &[u8]), count: usize) -> Result<Samples> {
    let (image_bytes, label_bytes) = (gunzip(images.0, images.1)?, gunzip(labels.0, labels.1)?);
    let samples = Samples::from_idx((images.0, &image_bytes), (labels.0, &label_bytes))?;
    if samples.len() != count {
        return Err(Error::new(Blame::Format, images.0)
            .expected(format!("{count} images"))
            .got(samples.len())
            .remedy(REMEDY));
    }
    Ok(samples)
}

fn gunzip(name: &str, bytes: &[u8]) -> Result<Vec<u8>> {
    // The largest file decompresses to 16 + 60,000 × 784 bytes; anything longer is not the data set.
    let limit = (16 + TRAIN_COUNT * PIXELS) as u64;
    let mut decompressed = Vec::new();
    GzDecoder::new(bytes)
        .take(limit + 1)
        .read_to_end(&mut decompressed)
        .map_err(|error| Error::new(Blame::Format, name).expected("a complete gzip file").got(error).remedy(REMEDY))?;
    if decompressed.len() as u64 > limit {
        return Err(Error::new(Blame::Limit, name).expected(format!("at most {limit} bytes")).got("more"));
    }
    Ok(decompressed)
}
