//! Corruptions: seeded, within bounds, stronger ones stronger.

use vitrine::image::PIXELS;
use vitrine::measure::corruption::{ALL, Corruption, IMAGES, Robustness};
use vitrine::random::Stream;

use crate::made::shades as samples;

/// A bright bar on dark ground, with some texture.
fn bar() -> [f32; PIXELS] {
    std::array::from_fn(|place| {
        let (x, y) = (place % 28, place / 28);
        if (6..20).contains(&x) && (4..24).contains(&y) { 0.6 + 0.3 * ((x * y % 5) as f32 / 5.0) } else { 0.0 }
    })
}

fn distance(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum()
}

#[test]
fn each_changes_an_image_more_with_each_strength() {
    for corruption in ALL {
        let ([weak, middle, strong], _) = corruption.strengths();
        let change = |amount| {
            let each = (0..20).map(|number| {
                let changed = corruption.apply(&bar(), amount, &mut Stream::new(1, number));
                assert!(changed.iter().all(|value| (0.0..=1.0).contains(value)), "{}", corruption.name());
                distance(&changed, &bar())
            });
            each.sum::<f32>()
        };
        let changes = [change(weak), change(middle), change(strong)];
        assert!(changes[0] > 0.0 && changes.is_sorted(), "{}: {changes:?}", corruption.name());
    }
}

#[test]
fn an_image_is_corrupted_alike_wherever_it_is_asked_for() {
    let samples = samples(&(0..40).map(|shade| (shade % 10, shade * 6)).collect::<Vec<_>>());
    for corruption in ALL {
        let all = corruption.batch(&samples, 40, corruption.strengths().0[1]).unwrap();
        assert_eq!(all.len(), 40);
        assert_eq!(all.slice(0, 7), corruption.batch(&samples, 7, corruption.strengths().0[1]).unwrap());
    }
    assert_eq!(Corruption::Blur.batch(&samples, 100, 1.0).unwrap().len(), 40);
    assert_eq!(Corruption::Noise.batch(&samples, 1, f32::NAN).unwrap_err().code(), "parameter");
}

#[test]
fn the_table_has_a_row_for_each_strength_and_their_mean() {
    let samples = samples(&[(0, 10), (1, 200)]);
    let mut calls = 0;
    let measured = Robustness::measure(&samples, &["a".to_owned()], |_, images| {
        calls += 1;
        assert_eq!(images.len(), 2);
        Ok(if calls == 1 { 1.0 } else { 0.25 })
    });
    let measured = measured.unwrap();
    assert_eq!((measured.images, measured.rows.len(), calls), (2.min(IMAGES), 24, 25));
    assert_eq!(measured.clean["a"], 1.0);
    assert_eq!((measured.mean("a"), measured.mean("b")), (Some(0.25), None));
    let table = measured.table();
    assert!(table.contains("| none |  | 1.000 |") && table.contains("| mean of the 24 |  | 0.250 |"));
}
