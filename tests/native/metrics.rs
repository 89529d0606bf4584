//! Metrics: the golden cases, and what must hold whatever the predictions.

use proptest::prelude::*;
use vitrine::metrics::calibration::{
    expected_calibration_error, fit_temperature, log_loss, log_loss_of_logits, reliability,
};
use vitrine::metrics::curves::Curves;
use vitrine::metrics::interval::wilson;
use vitrine::metrics::mcnemar::{Comparison, exact_p};
use vitrine::metrics::novelty::{auroc, threshold};
use vitrine::metrics::selective::{answered, top_k_accuracy};
use vitrine::metrics::{Confusion, Report};
use vitrine::{Label, Probabilities};

#[path = "../golden/metrics_cases.rs"]
mod cases;

#[test]
fn reports_equal_scikit_learn() {
    cases::reports();
}

#[test]
fn intervals_equal_scipy() {
    cases::intervals();
}

#[test]
fn mcnemar_equals_scipy() {
    cases::mcnemar();
}

#[test]
fn calibration_equals_the_references() {
    cases::calibration();
}

#[test]
fn areas_under_curves_equal_scikit_learn() {
    cases::novelty();
}

#[test]
fn trust_equals_the_references() {
    cases::trust();
}

#[test]
fn curves_equal_scikit_learn() {
    cases::curves();
}

#[test]
fn a_threshold_leaves_a_twentieth_above_it() {
    let scores: Vec<f32> = (0..200).map(|score| ((score * 77) % 200) as f32).collect();
    let most = threshold(&scores).unwrap();
    assert_eq!(scores.iter().filter(|score| **score > most).count(), 10);
    assert_eq!(threshold(&[3.0]).unwrap(), 3.0);
    assert_eq!(threshold(&[]).unwrap_err().code(), "parameter");
    assert_eq!(auroc(&[], &[1.0]).unwrap_err().code(), "parameter");
}

#[test]
fn nothing_measured_is_zero_and_not_a_number() {
    let report = Report::new(&Confusion::default());
    assert_eq!((report.accuracy, report.macro_average.f1, report.weighted_average.f1), (0.0, 0.0, 0.0));
    assert!(!report.text(4).contains("NaN"));
    assert_eq!(wilson(0, 0), [0.0, 1.0]);
    assert_eq!(exact_p(0, 0), 1.0);
}

#[test]
fn unequal_lengths_are_refused() {
    let label = Label::new(3).unwrap();
    let even = Probabilities::from_logits(&[0.0; 10], 1.0).unwrap();
    assert_eq!(Confusion::new(&[label], &[]).unwrap_err().code(), "shape");
    assert_eq!(Comparison::new(&[label], &[label], &[]).unwrap_err().code(), "shape");
    assert_eq!(expected_calibration_error(&[label], &[even, even]).unwrap_err().code(), "shape");
    assert_eq!(log_loss_of_logits(&[], &[], 1.0).unwrap_err().code(), "shape");
    assert_eq!(reliability(&[], &[]).unwrap_err().code(), "shape");
    assert_eq!(log_loss(&[label], &[]).unwrap_err().code(), "shape");
    assert_eq!(answered(&[label], &[], &[0.5]).unwrap_err().code(), "shape");
    assert_eq!(top_k_accuracy(&[], &[even], 2).unwrap_err().code(), "shape");
    assert_eq!(Curves::new(label, &[label], &[]).unwrap_err().code(), "shape");
    assert_eq!(Curves::new(label, &[], &[]).unwrap_err().code(), "parameter");
    assert_eq!(fit_temperature(&[label], &[]).unwrap_err().code(), "shape");
    for temperature in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(log_loss_of_logits(&[label], &[[0.0; 10]], temperature).unwrap_err().code(), "parameter");
    }
    assert_eq!(fit_temperature(&[label], &[[f32::NAN; 10]]).unwrap_err().code(), "parameter");
}

#[test]
fn models_are_compared_where_they_disagree() {
    let labels = |numbers: [u8; 5]| numbers.map(|number| Label::new(number).unwrap());
    let (truth, first, second) = (labels([0, 1, 2, 3, 4]), labels([0, 1, 2, 9, 9]), labels([0, 9, 9, 3, 8]));
    let comparison = Comparison::new(&truth, &first, &second).unwrap();
    // Right are {0, 1, 2} and {0, 3}: two of three disagreements, p = 2 · P(at most 1 of 3) = 1.
    assert_eq!((comparison.only_first, comparison.only_second, comparison.p), (2, 1, 1.0));
}

#[test]
fn only_probabilities_are_taken_for_some() {
    let row = |first: f32, second: f32| {
        let mut row = [0.0; 10];
        (row[0], row[1]) = (first, second);
        Probabilities::from_values(row)
    };
    assert_eq!(row(0.25, 0.75).unwrap().best().number(), 1);
    for (first, second) in [(-0.5, 1.5), (0.3, 0.3), (f32::NAN, 1.0), (f32::INFINITY, 0.0)] {
        assert_eq!(row(first, second).unwrap_err().code(), "parameter", "{first} {second}");
    }
}

#[test]
fn logits_that_overflow_cost_a_finite_loss() {
    let label = Label::new(1).unwrap();
    let mut logits = [[-1000.0; 10]];
    logits[0][0] = 1000.0;
    assert_eq!(log_loss_of_logits(&[label], &logits, 1.0).unwrap(), 2000.0);
}

proptest! {
    #[test]
    fn identities_of_the_confusion_matrix(pairs in prop::collection::vec((0..10_u8, 0..10_u8), 1..200)) {
        let side = |pick: fn(&(u8, u8)) -> u8| pairs.iter().map(|pair| Label::new(pick(pair)).unwrap()).collect::<Vec<_>>();
        let confusion = Confusion::new(&side(|pair| pair.0), &side(|pair| pair.1)).unwrap();
        let report = Report::new(&confusion);
        prop_assert_eq!(confusion.total(), pairs.len() as u64);
        prop_assert_eq!(confusion.predicted().iter().sum::<u64>(), confusion.support().iter().sum::<u64>());
        // Recall weighted by support is accuracy; ten divisions and sums round.
        prop_assert!((report.weighted_average.recall - report.accuracy).abs() < 1e-14);
        for scores in report.classes {
            let harmonic = 2.0 * scores.precision * scores.recall / (scores.precision + scores.recall).max(f64::MIN_POSITIVE);
            prop_assert!((scores.f1 - harmonic).abs() < 1e-14);
        }
    }

    #[test]
    fn the_interval_holds_the_share(total in 1..20_000_u64, share in 0.0..=1.0_f64) {
        let successes = (share * total as f64) as u64;
        let [low, high] = wilson(successes, total);
        let share = successes as f64 / total as f64;
        prop_assert!((0.0..=share).contains(&low) && (share..=1.0).contains(&high), "{} {} {}", low, share, high);
    }
}
