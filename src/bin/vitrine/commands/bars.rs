//! Progress bars on standard error.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar of this length, drawn by an indicatif template.
pub fn bar(length: usize, template: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(length as u64).with_style(style.progress_chars("=> "))
}
