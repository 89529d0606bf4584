//! Images of no garment: seeded, within bounds, of many kinds.

use vitrine::image::PIXELS;
use vitrine::measure::unseen::{ALL, COUNT, Unseen};

#[test]
fn they_are_reproducible_within_bounds_and_differ() {
    for kind in ALL {
        let batch = kind.images().unwrap();
        assert_eq!(batch.len(), COUNT, "{}", kind.name());
        assert_eq!(batch, kind.images().unwrap());
        let mut images = batch.rows().to_vec();
        images.sort_by(|a, b| a.partial_cmp(b).unwrap());
        images.dedup();
        assert_eq!(images.len(), COUNT, "{}", kind.name());
    }
}

#[test]
fn letters_are_ink_on_dark_ground_that_stays_off_the_edge() {
    for glyph in Unseen::Glyphs.images().unwrap().rows() {
        let ink: f32 = glyph.iter().sum();
        assert!((8.0..350.0).contains(&ink), "{ink}");
        assert_eq!((glyph[0], glyph[PIXELS - 1]), (0.0, 0.0));
    }
}
