//! manifest.json: which files `models/` holds, and how to know that they are the published ones.

use serde::{Deserialize, Serialize};

use crate::error::{Blame, Error, Result};
use crate::labels::{CLASSES, NAMES};
use crate::sha256::Sha256;

/// The schema that this build reads and writes.
pub const SCHEMA: u32 = 1;

/// The manifest's own file name.
pub const FILE: &str = "manifest.json";

/// What `models/` holds. The fields are checked by [`Manifest::parse`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`SCHEMA`].
    pub schema: u32,
    /// The class names in label order.
    pub labels: Vec<String>,
    /// SHA-256 of the data set that everything here was learned from.
    pub dataset_sha256: Sha256,
    /// The files, by role.
    pub files: Vec<Entry>,
}

/// One file of `models/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The file's name; it lies beside the manifest.
    pub path: String,
    /// What it is for: "mlp", "cnn", "knn".
    pub role: String,
    /// Its length.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: Sha256,
    /// The shape of what goes in, such as `["N", 1, 28, 28]`.
    pub input_shape: Vec<Dimension>,
    /// The shape of what comes out, such as `["N", 10]`.
    pub output_shape: Vec<Dimension>,
    /// The seed of every random choice in its making.
    pub seed: u64,
    /// How it was made: the command and the version.
    pub provenance: String,
}

/// One extent of a shape: a number, or the name of one that is free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Dimension {
    /// So many.
    Fixed(u64),
    /// As many as the caller likes; "N" is the batch.
    Free(String),
}

impl From<u64> for Dimension {
    fn from(extent: u64) -> Self {
        Self::Fixed(extent)
    }
}

impl From<&str> for Dimension {
    fn from(name: &str) -> Self {
        Self::Free(name.to_owned())
    }
}

impl std::fmt::Display for Dimension {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Fixed(extent) => extent.fmt(f),
            Self::Free(name) => name.fmt(f),
        }
    }
}

impl Entry {
    /// The entry of a file with these bytes: images of 28×28 in, one number a class out, seed 0, no provenance. Change
    /// what differs.
    pub fn new(role: &str, path: &str, bytes: &[u8]) -> Self {
        Self {
            path: path.to_owned(),
            role: role.to_owned(),
            bytes: bytes.len() as u64,
            sha256: Sha256::of(bytes),
            input_shape: vec!["N".into(), 1.into(), 28.into(), 28.into()],
            output_shape: vec!["N".into(), (CLASSES as u64).into()],
            seed: 0,
            provenance: String::new(),
        }
    }

    /// Whether the file classifies; the others serve one that does.
    pub fn is_classifier(&self) -> bool {
        self.output_shape == ["N".into(), (CLASSES as u64).into()]
    }

    /// Whether these bytes are the ones that this entry describes.
    ///
    /// # Errors
    /// [`Blame::Integrity`] when the length or the SHA-256 differs.
    pub fn verify(&self, bytes: &[u8]) -> Result<()> {
        verify(&self.path, bytes, self.bytes, self.sha256)
    }
}

impl Manifest {
    /// A manifest without files, with the data set's own class names.
    pub fn new(dataset_sha256: Sha256) -> Self {
        let labels = NAMES.map(str::to_owned).to_vec();
        Self { schema: SCHEMA, labels, dataset_sha256, files: Vec::new() }
    }

    /// The manifest in these bytes of JSON.
    ///
    /// # Errors
    /// [`Blame::Format`] when they are not JSON of this schema, the labels are not [`NAMES`] in their order, a sum is not
    /// one, a path is not a plain file name, or two files share a path or a role.
    ///
    /// ```
    /// use vitrine::manifest::Manifest;
    /// let error = Manifest::parse(br#"{"schema": 3}"#).unwrap_err();
    /// assert!(error.to_string().contains("expected schema 1, got schema 3"));
    /// ```
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        let manifest: Self = of_schema(FILE, bytes, SCHEMA)?;
        manifest.check().map_err(|error| error.within(FILE))?;
        Ok(manifest)
    }

    /// The manifest as JSON: indented, files in order of role, a newline at the end.
    pub fn to_json(&self) -> String {
        let mut ordered = self.clone();
        ordered.files.sort_by(|a, b| a.role.cmp(&b.role));
        let text = serde_json::to_string_pretty(&ordered).expect("strings and numbers always have a JSON form");
        text + "\n"
    }

    /// The file with this role.
    ///
    /// # Errors
    /// [`Blame::Parameter`] when there is none.
    pub fn entry(&self, role: &str) -> Result<&Entry> {
        self.files.iter().find(|entry| entry.role == role).ok_or_else(|| {
            let roles: Vec<_> = self.files.iter().map(|entry| entry.role.as_str()).collect();
            Error::new(Blame::Parameter, format!("{FILE}: role {role:?}"))
                .expected(if roles.is_empty() { "a file that was made".to_owned() } else { roles.join(", ") })
                .got("no such role")
        })
    }

    /// Adds a file, in the place of the one with the same role if there is one.
    ///
    /// # Errors
    /// [`Blame::Format`] when the result would not be a manifest that [`Self::parse`] reads; it is unchanged then.
    pub fn upsert(&mut self, entry: Entry) -> Result<()> {
        let mut changed = self.clone();
        changed.files.retain(|other| other.role != entry.role);
        changed.files.push(entry);
        changed.check().map_err(|error| error.within(FILE))?;
        *self = changed;
        Ok(())
    }

    fn check(&self) -> Result<()> {
        let error = |subject: &str| Error::new(Blame::Format, subject);
        if self.labels != NAMES {
            // In any other order every answer would be called by another class's name.
            return Err(error("labels")
                .expected(format!("{NAMES:?}"))
                .got(format!("{:?}", self.labels))
                .remedy("take models that were made with these classes in this order"));
        }
        for entry in &self.files {
            let plain = !entry.path.starts_with('.')
                && entry.path.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
            if entry.path.is_empty() || !plain {
                return Err(error("path")
                    .expected("a file name of letters, digits, '.', '-' and '_'")
                    .got(format!("{:?}", entry.path)));
            }
            if entry.role.is_empty() {
                return Err(error(&entry.path).expected("a role").got("an empty one"));
            }
        }
        for (what, found) in [
            ("path", repeated(self.files.iter().map(|entry| &entry.path))),
            ("role", repeated(self.files.iter().map(|entry| &entry.role))),
        ] {
            if let Some(name) = found {
                return Err(error(what).expected("each once").got(format!("{name:?} twice")));
            }
        }
        Ok(())
    }
}

/// The JSON document of this schema in `bytes`, which errors call `name`.
///
/// # Errors
/// [`Blame::Format`] when they are not JSON of that schema and that form.
pub fn of_schema<T: serde::de::DeserializeOwned>(name: &str, bytes: &[u8], schema: u32) -> Result<T> {
    #[derive(Deserialize)]
    struct Preamble {
        schema: u32,
    }
    let malformed = |error: serde_json::Error| Error::new(Blame::Format, name).got(error);
    // Alone first: a document of another schema should be called that, and not malformed.
    let Preamble { schema: found } = serde_json::from_slice(bytes).map_err(malformed)?;
    if found != schema {
        return Err(Error::new(Blame::Format, name)
            .expected(format!("schema {schema}"))
            .got(format!("schema {found}"))
            .remedy("make models/ anew with this version"));
    }
    serde_json::from_slice(bytes).map_err(malformed)
}

fn repeated<'a>(names: impl Iterator<Item = &'a String>) -> Option<&'a String> {
    let mut seen = std::collections::BTreeSet::new();
    names.into_iter().find(|name| !seen.insert(*name))
}

/// Whether `bytes`, of the file `path`, have this length and this SHA-256.
///
/// # Errors
/// [`Blame::Integrity`] when one differs.
pub fn verify(path: &str, bytes: &[u8], expected_bytes: u64, expected_sha256: Sha256) -> Result<()> {
    let error = || Error::new(Blame::Integrity, path).remedy("restore the file, or make it anew");
    if bytes.len() as u64 != expected_bytes {
        return Err(error().expected(format!("{expected_bytes} bytes")).got(format!("{} bytes", bytes.len())));
    }
    let sum = Sha256::of(bytes);
    if sum != expected_sha256 {
        return Err(error().expected(format!("SHA-256 {expected_sha256}")).got(format!("SHA-256 {sum}")));
    }
    Ok(())
}
