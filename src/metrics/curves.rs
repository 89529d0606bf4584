//! How well scores tell one class from the rest, at every threshold: the curves of scikit-learn's `roc_curve` and
//! `precision_recall_curve`, and the areas below them.

use crate::error::{Blame, Error, Result};
use crate::labels::Label;
use crate::probabilities::Probabilities;

/// One class against the rest.
#[derive(Debug, Clone, PartialEq)]
pub struct Curves {
    /// From `[0, 0]` to `[1, 1]` as the threshold falls: the shares of the rest and of the class that score at least as
    /// much. Points on a straight line are left out, as with `drop_intermediate=True`.
    pub roc: Vec<[f64; 2]>,
    /// The area below `roc`: scikit-learn's `roc_auc_score`.
    pub area: f64,
    /// From the lowest threshold to `[0, 1]` as it rises: recall and precision. Points between two of the same recall are
    /// left out, as with `drop_intermediate=True`.
    pub precision_recall: Vec<[f64; 2]>,
    /// Precision averaged over the steps of recall: scikit-learn's `average_precision_score`.
    pub average_precision: f64,
}

/// How many images of the class, and of the rest, score at least as much as some threshold.
#[derive(Debug, Clone, Copy)]
struct Passed {
    class: u64,
    rest: u64,
}

impl Curves {
    /// The curves of the probabilities of `class`.
    ///
    /// # Errors
    /// [`Blame::Shape`] when there are not as many predictions as truths; [`Blame::Parameter`] when all images, or none, are
    /// of the class.
    pub fn new(class: Label, truth: &[Label], predicted: &[Probabilities]) -> Result<Self> {
        if truth.len() != predicted.len() {
            return Err(Error::new(Blame::Shape, "predictions").expected(truth.len()).got(predicted.len()));
        }
        let scores = truth.iter().zip(predicted).map(|(truth, row)| (row.values()[class.index()], *truth == class));
        let passed = passed(scores.collect());
        let all = passed.last().filter(|all| all.class > 0 && all.rest > 0).ok_or_else(|| {
            Error::new(Blame::Parameter, class.name())
                .expected("images of the class and of others")
                .got("one kind only")
        })?;
        let recall = |at: &Passed| at.class as f64 / all.class as f64;
        let precision = |at: &Passed| at.class as f64 / (at.class + at.rest) as f64;

        let bends = |[before, at, after]: [&Passed; 3]| {
            before.rest + after.rest != 2 * at.rest || before.class + after.class != 2 * at.class
        };
        let rates = |at: &Passed| [at.rest as f64 / all.rest as f64, recall(at)];
        let roc: Vec<[f64; 2]> = std::iter::once([0.0, 0.0]).chain(kept(&passed, bends).map(rates)).collect();
        let area = roc.windows(2).map(|step| (step[1][0] - step[0][0]) * (step[0][1] + step[1][1]) / 2.0).sum();

        let moves = |[before, at, after]: [&Passed; 3]| before.class != at.class || at.class != after.class;
        let mut precision_recall: Vec<_> = kept(&passed, moves).map(|at| [recall(at), precision(at)]).collect();
        precision_recall.reverse();
        precision_recall.push([0.0, 1.0]);
        let first = std::iter::once(recall(&passed[0]) * precision(&passed[0]));
        let steps = passed.windows(2).map(|step| (recall(&step[1]) - recall(&step[0])) * precision(&step[1]));
        Ok(Self { roc, area, precision_recall, average_precision: first.chain(steps).sum() })
    }
}

/// What passes each distinct score, from the greatest down.
fn passed(mut scores: Vec<(f32, bool)>) -> Vec<Passed> {
    scores.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut so_far = Passed { class: 0, rest: 0 };
    let mut passed = Vec::new();
    for equals in scores.chunk_by(|a, b| a.0 == b.0) {
        let class = equals.iter().filter(|(_, is_class)| *is_class).count() as u64;
        so_far = Passed { class: so_far.class + class, rest: so_far.rest + equals.len() as u64 - class };
        passed.push(so_far);
    }
    passed
}

/// The first, the last, and those between that `matter` beside their neighbours.
fn kept(all: &[Passed], matter: impl Fn([&Passed; 3]) -> bool) -> impl Iterator<Item = &Passed> {
    let inner = all.windows(3).filter(move |three| matter([&three[0], &three[1], &three[2]])).map(|three| &three[1]);
    let last = if all.len() > 1 { all.last() } else { None };
    all.first().into_iter().chain(inner).chain(last)
}
