//! The ten classes of Fashion-MNIST, their order and their names.

use crate::error::{Blame, Error, Result};

/// How many classes there are.
pub const CLASSES: usize = 10;

/// The names in label order, as the data set's authors give them (arXiv:1708.07747, table 2).
pub const NAMES: [&str; CLASSES] =
    ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

/// A class: a number below [`CLASSES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(u8);

impl Label {
    /// The label with this number.
    ///
    /// # Errors
    /// [`Blame::Parameter`] when `number` is not below [`CLASSES`].
    ///
    /// ```
    /// use vitrine::Label;
    /// assert_eq!(Label::new(9)?.name(), "Ankle boot");
    /// assert!(Label::new(10).is_err());
    /// # Ok::<(), vitrine::Error>(())
    /// ```
    pub fn new(number: u8) -> Result<Self> {
        if usize::from(number) < CLASSES {
            Ok(Self(number))
        } else {
            Err(Error::new(Blame::Parameter, "label").expected("0 to 9").got(number))
        }
    }

    /// Every label in order.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        (0..CLASSES).map(Self::from_index)
    }

    /// The label of a class index that is known to be in range, as those from enumerating `[_; CLASSES]` are.
    pub(crate) fn from_index(index: usize) -> Self {
        debug_assert!(index < CLASSES);
        Self(index as u8)
    }

    /// Its number, 0 to 9.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Its number as an index.
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        NAMES[self.0 as usize]
    }
}
