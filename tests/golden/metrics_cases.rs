//! The cases of metrics.json as functions that panic where Vitrine differs, for native and browser tests alike.

use serde::Deserialize;
use vitrine::metrics::calibration::{
    expected_calibration_error, fit_temperature, log_loss, log_loss_of_logits, reliability,
};
use vitrine::metrics::curves::Curves;
use vitrine::metrics::interval::wilson;
use vitrine::metrics::mcnemar::exact_p;
use vitrine::metrics::novelty::auroc;
use vitrine::metrics::selective::{answered, top_k_accuracy};
use vitrine::metrics::{Confusion, Report, Scores};
use vitrine::{Label, Probabilities};

#[derive(Deserialize)]
struct Golden {
    reports: Vec<ReportCase>,
    intervals: Vec<IntervalCase>,
    mcnemar: Vec<McNemarCase>,
    calibration: Vec<CalibrationCase>,
    novelty: Vec<NoveltyCase>,
    thresholds: Vec<f32>,
    trust: Vec<TrustCase>,
}

#[derive(Deserialize)]
struct ReportCase {
    name: String,
    truth: String,
    predicted: String,
    digits: usize,
    confusion: [[u64; 10]; 10],
    accuracy: f64,
    classes: [(f64, f64, f64, u64); 10],
    #[serde(rename = "macro")]
    macro_average: [f64; 3],
    weighted: [f64; 3],
    text: String,
}

#[derive(Deserialize)]
struct IntervalCase {
    successes: u64,
    total: u64,
    interval: [f64; 2],
}

#[derive(Deserialize)]
struct McNemarCase {
    a: u64,
    b: u64,
    p: f64,
}

#[derive(Deserialize)]
struct CalibrationCase {
    name: String,
    truth: String,
    logits: Vec<[f32; 10]>,
    error: f64,
    log_loss: f64,
    temperature: f64,
    log_loss_then: f64,
}

#[derive(Deserialize)]
struct NoveltyCase {
    familiar: Vec<f32>,
    unfamiliar: Vec<f32>,
    auroc: f64,
}

#[derive(Deserialize)]
struct TrustCase {
    name: String,
    truth: String,
    probabilities: Vec<[f32; 10]>,
    bins: [(u64, u64, f64); 15],
    top_two: f64,
    answered: Vec<(u64, u64)>,
    log_loss: Option<f64>,
    classes: [Option<CurveCase>; 10],
}

#[derive(Deserialize)]
struct CurveCase {
    roc: Vec<[f64; 2]>,
    area: f64,
    precision_recall: Vec<[f64; 2]>,
    average_precision: f64,
}

fn golden() -> Golden {
    serde_json::from_str(include_str!("metrics.json")).unwrap()
}

fn labels(digits: &str) -> Vec<Label> {
    digits.bytes().map(|digit| Label::new(digit - b'0').unwrap()).collect()
}

fn close(what: &str, got: f64, expected: f64, relative: f64) {
    let difference = (got - expected).abs();
    assert!(difference <= relative * expected.abs(), "{what}: got {got:e}, expected {expected:e}, off {difference:e}");
}

/// Counts, scores and text are scikit-learn's: the text to the character, the scores to a rounding error.
pub fn reports() {
    for case in golden().reports {
        let confusion = Confusion::new(&labels(&case.truth), &labels(&case.predicted)).unwrap();
        assert_eq!(confusion.counts(), &case.confusion, "{}", case.name);
        let report = Report::new(&confusion);
        assert_eq!(report.text(case.digits), case.text, "{}", case.name);
        close(&case.name, report.accuracy, case.accuracy, 1e-15);
        let expected = case.classes.map(|(precision, recall, f1, support)| Scores { precision, recall, f1, support });
        let averages = [(report.macro_average, case.macro_average), (report.weighted_average, case.weighted)];
        let averages = averages.map(|(got, [precision, recall, f1])| {
            (got, Scores { precision, recall, f1, support: case.truth.len() as u64 })
        });
        for (got, expected) in report.classes.into_iter().zip(expected).chain(averages) {
            assert_eq!(got.support, expected.support, "{}", case.name);
            // Both sides are a handful of operations in double precision.
            close(&case.name, got.precision, expected.precision, 1e-14);
            close(&case.name, got.recall, expected.recall, 1e-14);
            close(&case.name, got.f1, expected.f1, 1e-14);
        }
    }
}

/// Wilson's intervals are SciPy's.
pub fn intervals() {
    for IntervalCase { successes, total, interval } in golden().intervals {
        let got = wilson(successes, total);
        for (got, expected) in got.into_iter().zip(interval) {
            // Near 0 the bound is a difference of numbers near 1/2.
            close(&format!("{successes} of {total}"), got, expected, 1e-12);
        }
    }
}

/// The exact test's p-values are those of SciPy's `binomtest`.
pub fn mcnemar() {
    for McNemarCase { a, b, p } in golden().mcnemar {
        // Thousands of logarithms are added and the sum, as large as 3,800, is exponentiated.
        close(&format!("{a} and {b}"), exact_p(a, b), p, 1e-9);
        assert_eq!(exact_p(a, b).to_bits(), exact_p(b, a).to_bits());
    }
}

/// Calibration error, log-loss and the best temperature are those of NumPy, scikit-learn and SciPy.
pub fn calibration() {
    for case in golden().calibration {
        let truth = labels(&case.truth);
        let predicted: Vec<_> =
            case.logits.iter().map(|logits| Probabilities::from_logits(logits, 1.0).unwrap()).collect();
        // Logits and probabilities are f32 here and f64 there.
        close(&case.name, expected_calibration_error(&truth, &predicted).unwrap(), case.error, 1e-5);
        close(&case.name, log_loss_of_logits(&truth, &case.logits, 1.0).unwrap(), case.log_loss, 1e-6);
        let temperature = fit_temperature(&truth, &case.logits).unwrap();
        // The minimum is flat: the place is found to half the digits of the value.
        close(&case.name, temperature, case.temperature, 1e-5);
        close(&case.name, log_loss_of_logits(&truth, &case.logits, temperature).unwrap(), case.log_loss_then, 1e-6);
    }
}

/// The area under the curve is scikit-learn's.
pub fn novelty() {
    for case in golden().novelty {
        close("area", auroc(&case.familiar, &case.unfamiliar).unwrap(), case.auroc, 1e-12);
    }
}

fn probabilities(case: &TrustCase) -> Vec<Probabilities> {
    case.probabilities.iter().map(|row| Probabilities::from_values(*row).unwrap()).collect()
}

/// Bins, second guesses and what is answered above a threshold are NumPy's counts; the log-loss is scikit-learn's.
pub fn trust() {
    let Golden { thresholds, trust, .. } = golden();
    for case in &trust {
        let (truth, predicted) = (labels(&case.truth), probabilities(case));
        for (bin, (images, right, confidence)) in reliability(&truth, &predicted).unwrap().iter().zip(case.bins) {
            assert_eq!((bin.images, bin.right), (images, right), "{}", case.name);
            close(&case.name, bin.confidence, confidence, 1e-14);
        }
        close(&case.name, top_k_accuracy(&truth, &predicted, 2).unwrap(), case.top_two, 1e-15);
        let counts = answered(&truth, &predicted, &thresholds).unwrap();
        let counts: Vec<_> = counts.iter().map(|answered| (answered.images, answered.right)).collect();
        assert_eq!(counts, case.answered, "{}", case.name);
        match case.log_loss {
            // There the rows are divided by their sums, which are 1 but for f32's rounding.
            Some(expected) => close(&case.name, log_loss(&truth, &predicted).unwrap(), expected, 1e-6),
            None => assert_eq!(log_loss(&truth, &predicted).unwrap(), f64::INFINITY, "{}", case.name),
        }
    }
}

/// The curves of every class are scikit-learn's, point by point; a class without images has none.
pub fn curves() {
    for case in &golden().trust {
        let (truth, predicted) = (labels(&case.truth), probabilities(case));
        for (class, expected) in Label::all().zip(&case.classes) {
            let got = Curves::new(class, &truth, &predicted);
            let Some(expected) = expected else {
                assert_eq!(got.unwrap_err().code(), "parameter", "{}", case.name);
                continue;
            };
            let (got, what) = (got.unwrap(), format!("{}: {}", case.name, class.name()));
            for (got, expected) in [(&got.roc, &expected.roc), (&got.precision_recall, &expected.precision_recall)] {
                assert_eq!(got.len(), expected.len(), "{what}");
                for (got, expected) in got.as_flattened().iter().zip(expected.as_flattened()) {
                    // Quotients of whole numbers; the reader of JSON may miss the last bit.
                    close(&what, *got, *expected, 1e-15);
                }
            }
            // Sums of a hundred of them.
            close(&what, got.area, expected.area, 1e-13);
            close(&what, got.average_precision, expected.average_precision, 1e-13);
        }
    }
}
