//! Images of no garment: seeded, within bounds, of many kinds.

use vitrine::image::PIXELS;
use vitrine::measure::unseen::{ALL, COUNT, Unseen};

#[test]
fn they_are_reproducible_within_bounds_and_differ() {
    for kind in ALL {
        let pixels = kind.images();
        assert_eq!(pixels.len(), COUNT * PIXELS, "{}", kind.name());
        assert!(pixels.iter().all(|value| (0.0..=1.0).contains(value)), "{}", kind.name());
        assert_eq!(pixels, kind.images());
        let mut images: Vec<&[f32]> = pixels.chunks_exact(PIXELS).collect();
        images.sort_by(|a, b| a.partial_cmp(b).unwrap());
        images.dedup();
        assert_eq!(images.len(), COUNT, "{}", kind.name());
    }
}

#[test]
fn letters_are_ink_on_dark_ground_that_stays_off_the_edge() {
    for glyph in Unseen::Glyphs.images().chunks_exact(PIXELS) {
        let ink: f32 = glyph.iter().sum();
        assert!((8.0..350.0).contains(&ink), "{ink}");
        assert_eq!((glyph[0], glyph[PIXELS - 1]), (0.0, 0.0));
    }
}
