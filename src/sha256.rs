//! SHA-256 (FIPS 180-4): the sum by which a file or a data set is known.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::Digest;

use crate::error::{Blame, Error, Result};

/// A sum; as text, 64 lower-case hexadecimal digits.
///
/// ```
/// use vitrine::sha256::Sha256;
/// let sum = Sha256::of(b"abc");
/// assert_eq!(sum.to_string(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
/// assert_eq!(sum.to_string().parse::<Sha256>()?, sum);
/// assert_eq!("BA7816".parse::<Sha256>().unwrap_err().code(), "format");
/// # Ok::<(), vitrine::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256([u8; Self::LENGTH]);

impl Sha256 {
    /// How many bytes it has.
    pub const LENGTH: usize = 32;

    /// The sum of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(sha2::Sha256::digest(bytes).into())
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8; Self::LENGTH] {
        &self.0
    }
}

impl From<[u8; Self::LENGTH]> for Sha256 {
    fn from(bytes: [u8; Self::LENGTH]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Sha256 {
    type Err = Error;

    /// # Errors
    /// [`Blame::Format`] when the text is not 64 lower-case hexadecimal digits.
    fn from_str(text: &str) -> Result<Self> {
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            _ => None,
        };
        let mut bytes = [0; Self::LENGTH];
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        let mut is_sum = rest.is_empty() && pairs.len() == Self::LENGTH;
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => *byte = high << 4 | low,
                _ => is_sum = false,
            }
        }
        if is_sum {
            return Ok(Self(bytes));
        }
        Err(Error::new(Blame::Format, "SHA-256")
            .expected("64 lower-case hexadecimal digits")
            .got(format!("{:?}", text.chars().take(80).collect::<String>())))
    }
}

impl Serialize for Sha256 {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Sha256 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}
