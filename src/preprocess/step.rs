//! The steps of preparation by name, and sets of them.

use crate::error::{Blame, Error, Result};

/// One step of a recipe; what happens without it stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Colours become luma; without it the red channel alone counts.
    Grey,
    /// Edges near the corner colour go; without it the whole picture counts.
    Trim,
    /// The ground becomes white; without it a grey wall is faint ink.
    Ground,
    /// The longer edge becomes 28 pixels; without it both do, whatever the proportions.
    Fit,
    /// Edges become crisp.
    Sharpen,
    /// The garment moves to the middle; without it it stays in the corner.
    Centre,
    /// Dark and light change places.
    Invert,
}

impl Step {
    const ALL: [Self; 7] = [Self::Grey, Self::Trim, Self::Ground, Self::Fit, Self::Sharpen, Self::Centre, Self::Invert];

    /// The stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Grey => "grey",
            Self::Trim => "trim",
            Self::Ground => "ground",
            Self::Fit => "fit",
            Self::Sharpen => "sharpen",
            Self::Centre => "centre",
            Self::Invert => "invert",
        }
    }
}

/// A set of steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StepSet(u8);

impl StepSet {
    /// The set of these names, separated by commas; empty for an empty text.
    ///
    /// # Errors
    /// [`Blame::Parameter`] for a name that is no step's.
    ///
    /// ```
    /// use vitrine::preprocess::{Step, StepSet};
    /// let set = StepSet::from_names("trim,centre")?;
    /// assert!(set.contains(Step::Trim) && !set.contains(Step::Fit));
    /// assert_eq!(StepSet::from_names("polish").unwrap_err().code(), "parameter");
    /// # Ok::<(), vitrine::Error>(())
    /// ```
    pub fn from_names(names: &str) -> Result<Self> {
        let step = |name: &str| {
            Step::ALL.into_iter().find(|step| step.name() == name).ok_or_else(|| {
                Error::new(Blame::Parameter, "steps")
                    .expected(format!("any of {}", Step::ALL.map(Step::name).join(", ")))
                    .got(format!("{name:?}"))
            })
        };
        names.split(',').filter(|name| !name.is_empty()).map(step).collect()
    }

    /// Whether `step` is in it.
    pub const fn contains(self, step: Step) -> bool {
        self.0 & (1 << step as u8) != 0
    }

    /// The steps that are in one of both sets, not in both.
    #[must_use]
    pub const fn switched(self, other: Self) -> Self {
        Self(self.0 ^ other.0)
    }
}

impl FromIterator<Step> for StepSet {
    fn from_iter<I: IntoIterator<Item = Step>>(steps: I) -> Self {
        Self(steps.into_iter().fold(0, |set, step| set | 1 << step as u8))
    }
}
