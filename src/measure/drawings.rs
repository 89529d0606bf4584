//! What models make of the project's own drawings of garments.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::{Deserialize, Serialize};

use crate::drawings::{self, COUNT, Set, Style};
use crate::error::Result;
use crate::images::Images;
use crate::labels::Label;

/// Each model's accuracy on drawings: those of [`Set::Report`] take no part in any choice.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Drawings {
    /// How many.
    pub images: usize,
    /// By role.
    pub models: BTreeMap<String, Understood>,
}

/// What one model makes of them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Understood {
    /// The share of right answers.
    pub accuracy: f64,
    /// Of each style.
    pub styles: BTreeMap<String, f64>,
    /// Of each class.
    pub classes: BTreeMap<String, f64>,
}

impl Drawings {
    /// Draws those of a set and has every model answer: `answer` gives what the one of a role says of images.
    ///
    /// # Errors
    /// Those of `answer` and [`drawings::garments`].
    pub fn measure(
        set: Set,
        roles: &[String],
        answer: impl Fn(&str, &Images<'_>) -> Result<Vec<Label>>,
    ) -> Result<Self> {
        let drawn = drawings::garments(set, COUNT)?;
        let images = Images::from_rows(drawn.iter().map(|drawing| *drawing.image.pixels()).collect())?;
        let of_role = |role: &String| {
            let answers = answer(role, &images)?;
            let right: Vec<bool> =
                drawn.iter().zip(&answers).map(|(drawing, answer)| drawing.label == *answer).collect();
            let share = |of: &dyn Fn(&drawings::Drawing) -> bool| {
                let own: Vec<bool> =
                    drawn.iter().zip(&right).filter(|(drawing, _)| of(drawing)).map(|(_, right)| *right).collect();
                own.iter().filter(|right| **right).count() as f64 / own.len().max(1) as f64
            };
            let styles = Style::ALL.map(|style| (style.name().to_owned(), share(&|drawing| drawing.style == style)));
            let classes = Label::all().map(|label| (label.name().to_owned(), share(&|drawing| drawing.label == label)));
            let understood =
                Understood { accuracy: share(&|_| true), styles: styles.into(), classes: classes.collect() };
            Ok((role.clone(), understood))
        };
        Ok(Self { images: drawn.len(), models: roles.iter().map(of_role).collect::<Result<_>>()? })
    }

    /// As Markdown: a row for each style, then each class, and a column for each model.
    pub fn table(&self) -> String {
        let columns = |cell: &dyn Fn(&str, &Understood) -> String| {
            self.models.iter().map(|(role, own)| format!(" {} |", cell(role, own))).collect::<String>()
        };
        let figure = |share: Option<&f64>| share.map_or_else(|| "–".to_owned(), |share| format!("{share:.3}"));
        let mut table =
            format!("| drawings |{}\n| --- |{}\n", columns(&|role, _| role.to_owned()), columns(&|_, _| "---:".into()));
        let mut row = |name: &str, cell: &dyn Fn(&Understood) -> String| {
            // Writing to a string cannot fail.
            let _ = writeln!(table, "| {name} |{}", columns(&|_, own| cell(own)));
        };
        row("all", &|own| figure(Some(&own.accuracy)));
        for style in Style::ALL {
            row(style.name(), &|own| figure(own.styles.get(style.name())));
        }
        for label in Label::all() {
            row(label.name(), &|own| figure(own.classes.get(label.name())));
        }
        table
    }
}
