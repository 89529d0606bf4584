//! Drawings of the project's own: the same on every machine, of every class and style, within bounds; no two sets share one.

use std::collections::{BTreeSet, HashSet};

use proptest::prelude::*;
use rayon::prelude::*;
use vitrine::drawings::{COUNT, Drawing, Other, Set, Style, garment, garments, other};
use vitrine::image::{Image, PIXELS, SIDE};
use vitrine::labels::{CLASSES, Label};
use vitrine::sha256::Sha256;

fn ink(image: &Image) -> f32 {
    image.pixels().iter().sum()
}

fn sum<'a>(images: impl Iterator<Item = &'a Image>) -> String {
    Sha256::of(&images.flat_map(Image::to_bytes).collect::<Vec<u8>>()).to_string()
}

fn others(set: Set) -> Vec<Image> {
    let numbers: Vec<_> = Other::ALL.into_iter().flat_map(|kind| (0..Other::COUNT).map(move |at| (kind, at))).collect();
    numbers.into_par_iter().map(|(kind, number)| other(kind, set, number).unwrap()).collect()
}

/// Whatever changes a pixel changes what was reported: then these sums are made anew, and all figures with them.
#[test]
fn the_sets_are_those_that_were_reported() {
    let sums = [Set::Validation, Set::Report].map(|set| {
        let drawn = garments(set, COUNT).unwrap();
        (sum(drawn.iter().map(|drawing| &drawing.image)), sum(others(set).iter()))
    });
    let sums: Vec<&str> = sums.iter().flat_map(|(garments, others)| [&**garments, &**others]).collect();
    assert_eq!(sums, [GARMENTS_VALIDATION, OTHERS_VALIDATION, GARMENTS_REPORT, OTHERS_REPORT]);
}

#[test]
fn a_set_has_as_many_drawings_of_each_class_in_every_style() {
    let drawn = garments(Set::Report, COUNT).unwrap();
    assert_eq!(drawn.len(), COUNT);
    for label in Label::all() {
        let own: Vec<&Drawing> = drawn.iter().filter(|drawing| drawing.label == label).collect();
        assert_eq!(own.len(), COUNT / CLASSES);
        let styles: BTreeSet<Style> = own.iter().map(|drawing| drawing.style).collect();
        assert_eq!(styles.len(), Style::ALL.len());
        for style in Style::ALL {
            let count = own.iter().filter(|drawing| drawing.style == style).count();
            assert!((28..=29).contains(&count), "{} {}: {count}", label.name(), style.name());
        }
    }
}

#[test]
fn no_two_drawings_are_alike_in_or_between_sets() {
    let mut seen = HashSet::new();
    for set in [Set::Validation, Set::Report] {
        let drawn = garments(set, COUNT).unwrap().into_iter().map(|drawing| drawing.image).chain(others(set));
        for (number, image) in drawn.enumerate() {
            assert!(seen.insert(image.to_bytes()), "{set:?} {number}");
        }
    }
}

#[test]
fn drawings_reach_two_opposite_edges_and_leave_ground() {
    for set in [Set::Validation, Set::Report] {
        for (number, Drawing { image, label, style }) in garments(set, COUNT).unwrap().into_iter().enumerate() {
            let what = format!("{set:?} {number}: {} {}", label.name(), style.name());
            let ink = ink(&image);
            // From a sandal's straps to a coat.
            assert!((25.0..620.0).contains(&ink), "{what}: {ink}");
            let at = |place: usize| image.pixels()[place] > 0.1;
            let rows = [0, SIDE - 1].map(|y| (0..SIDE).any(|x| at(y * SIDE + x)));
            let columns = [0, SIDE - 1].map(|x| (0..SIDE).any(|y| at(y * SIDE + x)));
            // Paper that is lit unevenly is not always trimmed to its drawing.
            let reaches = rows == [true; 2] || columns == [true; 2] || style == Style::Paper;
            assert!(reaches, "{what}: rows {rows:?}, columns {columns:?}");
            let ground = image.pixels().iter().filter(|pixel| **pixel < 0.1).count();
            assert!(ground > PIXELS / 10, "{what}: {ground}");
        }
    }
}

#[test]
fn inverted_garments_are_garments_with_ink_and_ground_exchanged() {
    for number in 0..70 {
        let (upright, inverted) =
            (garment(Set::Report, number).unwrap().image, other(Other::Inverted, Set::Report, number).unwrap());
        for (pixel, exchanged) in upright.pixels().iter().zip(inverted.pixels()) {
            assert_eq!(*exchanged, 1.0 - pixel);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_number_is_drawn_twice_alike(number in 0_usize..1 << 30, which in 0_usize..3, kind in 0_usize..5) {
        let set = Set::ALL[which];
        let drawing = garment(set, number).unwrap();
        prop_assert_eq!(drawing.label.index(), number % CLASSES);
        prop_assert_eq!(&drawing, &garment(set, number).unwrap());
        let kind = Other::ALL[kind];
        let image = other(kind, set, number).unwrap();
        prop_assert!(ink(&image) > 5.0, "{}: {}", kind.name(), ink(&image));
        prop_assert_eq!(image, other(kind, set, number).unwrap());
    }
}

const GARMENTS_VALIDATION: &str = "5d76b529217c9aad8dddca07b9fa7c6886059457c683fad4806677bcee734887";
const OTHERS_VALIDATION: &str = "8e855cc0144c429552919c8d83cc040d3f927b98ee42105e9bf0c4b56c52cd88";
const GARMENTS_REPORT: &str = "ad5a5191bb485f8de16a300b8172edae8d7703f019074b803ed6c8a146b36872";
const OTHERS_REPORT: &str = "ffa2b5d989d8900f2c34bd3eb82b9943acf982ab11fec1e2400608fb95170fe2";
