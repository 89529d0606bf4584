//! The exploration: densities are SciPy's, box plots matplotlib's, duplicates are found.

use serde::Deserialize;
use vitrine::Label;
use vitrine::idx::Samples;
use vitrine::measure::eda::{Across, explore};
use vitrine::measure::statistics::{BoxPlot, density};
use vitrine::measure::suspects::{Suspect, suspects};
use vitrine::sha256::Sha256;

use crate::made::shades as samples;

#[derive(Deserialize)]
struct Golden {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    values: Vec<f64>,
    grid: Vec<f64>,
    density: Vec<f64>,
    quartiles: [f64; 3],
    whiskers: [f64; 2],
    outliers: usize,
}

fn golden() -> Vec<Case> {
    serde_json::from_str::<Golden>(include_str!("../golden/eda.json")).unwrap().cases
}

#[test]
fn densities_equal_scipy() {
    for case in golden() {
        let got = density(&case.values, &case.grid);
        assert_eq!(got.len(), case.density.len());
        for (got, expected) in got.into_iter().zip(&case.density) {
            // Far from every value the exponent is about -700 and magnifies the rounding of the width.
            let off = (got - expected).abs();
            assert!(off <= 1e-9 * expected, "{}: got {got:e}, expected {expected:e}", case.name);
        }
    }
}

#[test]
fn box_plots_equal_matplotlib() {
    for case in golden() {
        let plot = BoxPlot::new(&case.values).unwrap();
        let Case { quartiles, whiskers, outliers, .. } = case;
        assert_eq!(plot, BoxPlot { quartiles, whiskers, outliers }, "{}", case.name);
    }
    assert_eq!(BoxPlot::new(&[]), None);
    assert_eq!(BoxPlot::new(&[1.0, f64::NAN]), None);
}

#[test]
fn densities_of_too_little_are_zero() {
    assert_eq!(density(&[], &[0.0, 1.0]), [0.0, 0.0]);
    assert_eq!(density(&[2.0], &[2.0]), [0.0]);
}

/// Two images of each class: of class c all bytes 2c and all bytes 2c + 1.
fn two_of_each() -> Vec<(u8, u8)> {
    (0..20).map(|shade| (shade / 2, shade)).collect()
}

#[test]
fn classes_are_summarised() {
    let eda = explore(&samples(&two_of_each()), &samples(&[]), Sha256::of(b"data"), None).unwrap();
    let grid = &eda.total_intensity_grid;
    assert_eq!((grid.len(), grid[0]), (128, 0.0));
    // 19 of 255 on each of 784 pixels, divided once.
    assert_eq!(grid[127], 784.0 * 19.0 / 255.0);
    for (class, label) in eda.classes.iter().zip(Label::all()) {
        let shade = 2 * label.number();
        assert_eq!((class.name.as_str(), class.count), (label.name(), 2));
        // The average of 2c and 2c + 1 is rounded up.
        assert_eq!(class.mean_image, [shade + 1; 784]);
        let expected = (f64::from(shade) + 0.5) / 255.0;
        // Three roundings in double precision.
        assert!((class.mean_intensity - expected).abs() < 1e-15, "{}", class.mean_intensity);
        assert!((class.mean_intensity_box.quartiles[1] - expected).abs() < 1e-15);
        assert!(class.total_intensity_density.iter().any(|value| *value > 0.0));
    }
    assert!(eda.duplicates_within_train.is_empty() && eda.duplicates_across.is_empty());
}

#[test]
fn duplicates_are_found_with_their_indices() {
    let mut train = two_of_each();
    // Indices 20 to 22: shade 4 of class 2 again, shade 7 of class 3 as a class 9 and once more.
    train.extend([(2, 4), (9, 7), (3, 7)]);
    let test = [(0, 200), (2, 4), (5, 7), (1, 4)];
    let eda = explore(&samples(&train), &samples(&test), Sha256::of(b"data"), None).unwrap();
    assert_eq!(eda.duplicates_within_train, [vec![4, 20], vec![7, 21, 22]]);
    let across =
        |train: &[usize], test: &[usize]| Across { train: train.into(), test: test.into(), labels_agree: false };
    assert_eq!(eda.duplicates_across, [across(&[4, 20], &[1, 3]), across(&[7, 21, 22], &[2])]);
    let agreeing = explore(&samples(&two_of_each()), &samples(&[(2, 4)]), Sha256::of(b"data"), None).unwrap();
    assert_eq!(agreeing.duplicates_across, [Across { labels_agree: true, ..across(&[4], &[0]) }]);
}

#[test]
fn a_class_without_images_is_refused() {
    let empty: Samples = samples(&[]);
    assert_eq!(explore(&empty, &empty, Sha256::of(b"data"), None).unwrap_err().code(), "parameter");
}

#[test]
fn a_label_among_others_is_suspected() {
    // Forty bright images of class 1 and forty dark ones of class 2, and among the bright ones one called 2.
    let mut set: Vec<(u8, u8)> = (0..40).flat_map(|shade| [(1, 200 + shade), (2, 10 + shade)]).collect();
    set.push((2, 220));
    let found = suspects(&samples(&set), 5).unwrap();
    assert_eq!(found.len(), 1);
    let Suspect { index, label, suggested, confidence, support, reference } = &found[0];
    assert_eq!((*index, label.as_str(), suggested.as_str()), (80, "Pullover", "Trouser"));
    assert_eq!((*confidence, *support, *reference), (0.0, 1.0, None));
    assert_eq!(suspects(&samples(&[]), 5).unwrap(), []);
    assert_eq!(suspects(&samples(&[(1, 1)]), 5).unwrap(), []);
}
