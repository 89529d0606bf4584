//! The folder `models/`: every file is written together with its entry in the manifest, and read against it.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs::File;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::{DeserializeOwned, Error as _, IgnoredAny};
use serde_json::Value;

use super::files;
use crate::error::{Blame, Error, Result};
use crate::manifest::{self, Entry, FILE, Manifest};
use crate::sha256::Sha256;

/// The folder that the command line uses.
pub const FOLDER: &str = "models";

/// Held by whoever reads, changes and writes again what others change too. It is empty and stays.
const LOCK: &str = ".lock";

/// A JSON document that lies beside the models.
pub trait Document: Serialize + DeserializeOwned {
    /// Its file's name.
    const FILE: &'static str;

    /// What its field `schema` must say; `None` when it has none, so that its form alone is checked.
    const SCHEMA: Option<u32>;

    /// Whether it is indented for people.
    const INDENTED: bool = true;
}

/// A folder of model files and their manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Models {
    path: PathBuf,
}

impl Models {
    /// The models in this folder. Nothing is read yet.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The manifest.
    ///
    /// # Errors
    /// [`Blame::Io`] when there is none; those of [`Manifest::parse`].
    pub fn manifest(&self) -> Result<Manifest> {
        let path = self.path.join(FILE);
        let bytes = files::read(&path).map_err(|error| error.remedy("make the models first: `vitrine train mlp`"))?;
        Manifest::parse(&bytes).map_err(|error| error.within(self.path.display()))
    }

    /// The entry and the bytes of the file with this role.
    ///
    /// # Errors
    /// Those of [`Self::manifest`] and [`Manifest::entry`]; [`Blame::Io`] when the file is missing;
    /// [`Blame::Integrity`] when it is not the one that the manifest describes.
    pub fn load(&self, role: &str) -> Result<(Entry, Vec<u8>)> {
        let entry = self.manifest()?.entry(role)?.clone();
        let bytes = self.load_entry(&entry)?;
        Ok((entry, bytes))
    }

    /// The bytes of the file that this entry describes.
    ///
    /// # Errors
    /// [`Blame::Io`] when it is missing; [`Blame::Integrity`] when it is another.
    pub fn load_entry(&self, entry: &Entry) -> Result<Vec<u8>> {
        let bytes = files::read(&self.path.join(&entry.path))?;
        entry.verify(&bytes).map_err(|error| error.within(self.path.display()))?;
        Ok(bytes)
    }

    /// Writes the file that `entry` describes, then its entry, which replaces the one with the same role. Each of the
    /// two is written whole or not at all, and after another process has written its own.
    ///
    /// # Errors
    /// [`Blame::Integrity`] when `bytes` are not those of the entry; [`Blame::Parameter`] when the manifest speaks of
    /// another data set; those of [`Manifest::upsert`]; [`Blame::Io`]. Nothing is written then, save with the last.
    pub fn publish(&self, entry: Entry, bytes: &[u8], dataset_sha256: Sha256) -> Result<()> {
        entry.verify(bytes)?;
        let _lock = self.lock()?;
        let mut manifest = match self.manifest() {
            Ok(manifest) => manifest,
            Err(_) if !self.path.join(FILE).exists() => Manifest::new(dataset_sha256),
            Err(error) => return Err(error),
        };
        if manifest.dataset_sha256 != dataset_sha256 {
            return Err(Error::new(Blame::Parameter, self.path.join(FILE).display())
                .expected(format!("models of the data set {dataset_sha256}"))
                .got(manifest.dataset_sha256)
                .remedy("write into another folder, or remove these models"));
        }
        let path = self.path.join(&entry.path);
        manifest.upsert(entry)?;
        files::write(&path, bytes)?;
        files::write(&self.path.join(FILE), manifest.to_json().as_bytes())
    }

    /// The document, or `None` when there is none.
    ///
    /// # Errors
    /// [`Blame::Io`] when it cannot be read, [`Blame::Format`] when it is malformed or of another schema.
    pub fn read<T: Document>(&self) -> Result<Option<T>> {
        let path = self.path.join(T::FILE);
        if !path.exists() {
            return Ok(None);
        }
        let (bytes, name) = (files::read(&path)?, path.display().to_string());
        match T::SCHEMA {
            Some(schema) => manifest::of_schema(&name, &bytes, schema).map(Some),
            None => {
                serde_json::from_slice(&bytes).map(Some).map_err(|error| Error::new(Blame::Format, name).got(error))
            }
        }
    }

    /// Writes the document.
    ///
    /// # Errors
    /// [`Blame::Io`] when it cannot be written, [`Blame::Internal`] when it has no JSON form.
    pub fn write<T: Document>(&self, document: &T) -> Result<()> {
        let text = if T::INDENTED { serde_json::to_string_pretty(document) } else { serde_json::to_string(document) };
        let text = text.map_err(|error| Error::new(Blame::Internal, T::FILE).got(error))?;
        files::write(&self.path.join(T::FILE), (text + "\n").as_bytes())
    }

    /// Puts a value into a document that is an object of named values, in the place of an earlier one of this name, after
    /// another process has put its own. The others stay as they are written, to the last digit.
    ///
    /// # Errors
    /// Those of [`Self::read`] and [`Self::write`].
    pub fn put<T: Document>(&self, name: &str, value: &impl Serialize) -> Result<()> {
        let _lock = self.lock()?;
        let path = self.path.join(T::FILE);
        let wrong = |got: &dyn Display| Error::new(Blame::Format, path.display()).got(got);
        let text = match self.read::<T>()? {
            Some(_) => String::from_utf8(files::read(&path)?).map_err(|error| wrong(&error))?,
            None => "{}".to_owned(),
        };
        let mut values = entries(&text).map_err(|error| wrong(&error))?;
        let value = serde_json::to_string_pretty(value)
            .map_err(|error| Error::new(Blame::Internal, T::FILE).got(error))?
            .replace('\n', "\n  ");
        values.insert(name.to_owned(), &value);
        let values: Vec<String> =
            values.iter().map(|(name, text)| format!("  {}: {text}", Value::from(&**name))).collect();
        files::write(&path, format!("{{\n{}\n}}\n", values.join(",\n")).as_bytes())
    }

    /// Waits until nobody else changes the folder; nobody does until what is returned is dropped.
    fn lock(&self) -> Result<File> {
        files::lock(&self.path.join(LOCK))
    }
}

/// The values of a JSON object by their names, each as it is written: reading a number and writing it again may change it.
fn entries(text: &str) -> serde_json::Result<BTreeMap<String, &str>> {
    let mut found = BTreeMap::new();
    let mut rest = text.trim_start().trim_start_matches('{').trim_start();
    while !rest.starts_with('}') {
        let (name, after) = first::<String>(rest)?;
        rest = after.trim_start_matches(':').trim_start();
        let (_, after) = first::<IgnoredAny>(rest)?;
        found.insert(name, rest[..rest.len() - after.len()].trim_end());
        rest = after.trim_start_matches(',').trim_start();
    }
    Ok(found)
}

/// The first JSON value of a text, and what follows it.
fn first<T: DeserializeOwned>(text: &str) -> serde_json::Result<(T, &str)> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<T>();
    let value = values.next().unwrap_or_else(|| Err(serde_json::Error::custom("a value is missing")))?;
    Ok((value, text[values.byte_offset()..].trim_start()))
}
