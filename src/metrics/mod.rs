//! How good a model is: counts, scores, intervals, comparison and calibration. Predictions in, numbers out.
//!
//! Where a denominator is zero (a class that was never predicted, or never there) the score is 0, as with scikit-learn's
//! `zero_division=0`.

pub mod calibration;
pub mod confusion;
pub mod curves;
pub mod interval;
pub mod mcnemar;
pub mod novelty;
pub mod report;
pub mod selective;

pub use confusion::Confusion;
pub use report::{Report, Scores};
