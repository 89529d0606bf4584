//! Photographs as visitors take them: none loses its garment in preparation, and the best model knows most of them.

use std::path::Path;

use vitrine::drawings::{PHOTOGRAPHS, Photograph, photograph};
use vitrine::image::PIXELS;
use vitrine::images::Images;
use vitrine::measure::classifier::Classifier;
use vitrine::preprocess::{Ground, Prepared, Recipe, Spot, Wish, prepare, prepare_as};
use vitrine::sha256::Sha256;
use vitrine::storage::models::Models;

fn photographs() -> Vec<Photograph> {
    (0..PHOTOGRAPHS).map(photograph).collect()
}

fn prepared(photograph: &Photograph, wish: &Wish) -> Prepared {
    prepare_as(&photograph.rgba, photograph.width, photograph.height, wish).unwrap()
}

/// Where a garment would be if it alone were in the picture, and where it is: the share of both of all places.
fn kept(photograph: &Photograph, prepared: &Prepared) -> f32 {
    let alone: Vec<u8> = photograph.garment.iter().flat_map(|share| [*share, *share, *share, 255]).collect();
    let alone = prepare(&alone, photograph.width, photograph.height, Some(Recipe::Sketch)).unwrap();
    let is_in = |image: &vitrine::Image, at: usize| image.pixels()[at] > 0.12;
    let count = |holds: &dyn Fn(bool, bool) -> bool| {
        (0..PIXELS).filter(|at| holds(is_in(&alone.image, *at), is_in(&prepared.image, *at))).count() as f32
    };
    count(&|a, b| a && b) / count(&|a, b| a || b)
}

#[test]
fn twelve_photographs_keep_their_garments() {
    let all = photographs();
    assert_eq!(all.len(), 12);
    for photograph in &all {
        let prepared = prepared(photograph, &Wish::default());
        assert!(!prepared.is_blank && !prepared.is_lost, "{}", photograph.name);
        let kept = kept(photograph, &prepared);
        assert!(kept > 0.75, "{}: {kept} as a {}", photograph.name, prepared.recipe.name());
        let contrast = prepared.image.pixels().iter().fold(0.0_f32, |most, ink| most.max(*ink));
        assert!(contrast > 0.3, "{}: {contrast}", photograph.name);
    }
}

#[test]
fn the_best_model_knows_nine_of_twelve_photographs() {
    let models = Models::at(Path::new("models"));
    let roles = models.manifest().unwrap().files.into_iter().filter(vitrine::manifest::Entry::is_classifier);
    let all = photographs();
    let right = |role: &str| {
        let classifier = Classifier::of_role(&models, role).unwrap();
        let knows = |photograph: &&Photograph| {
            let image = prepared(photograph, &Wish::default()).image;
            classifier.probabilities(&Images::from(&image)).unwrap()[0].best() == photograph.label
        };
        all.iter().filter(knows).count()
    };
    let right: Vec<(String, usize)> = roles.map(|entry| (entry.role.clone(), right(&entry.role))).collect();
    assert!(right.iter().any(|(_, right)| *right >= 9), "{right:?}");
}

#[test]
fn an_uneven_ground_is_noticed_and_an_even_one_is_not() {
    for photograph in photographs() {
        let is_uneven = ["wooden", "unevenly", "light floor", "evening", "corner"]
            .iter()
            .any(|word| photograph.name.contains(word));
        let ground = prepared(&photograph, &Wish::default()).ground;
        assert_eq!(ground == Ground::Uneven, is_uneven, "{}", photograph.name);
    }
}

#[test]
fn a_garment_is_kept_wherever_its_ground_is_tapped() {
    for photograph in photographs().into_iter().filter(|photograph| photograph.rgba[3] == 255) {
        for place in ["30,30", "970,40", "30,960", "960,970"] {
            let wish = Wish { ground: Spot::from_text(place).unwrap(), ..Wish::default() };
            let prepared = prepared(&photograph, &wish);
            assert_eq!(prepared.ground, Ground::Tapped);
            let kept = kept(&photograph, &prepared);
            assert!(kept > 0.7, "{}, tapped at {place}: {kept}", photograph.name);
        }
    }
}

/// The pixels are those that figures were measured with, on every machine.
#[test]
fn the_photographs_are_the_same_everywhere() {
    let bytes: Vec<u8> = photographs().into_iter().flat_map(|photograph| photograph.rgba).collect();
    assert_eq!(Sha256::of(&bytes).to_string(), PHOTOGRAPHS_SUM);
}

const PHOTOGRAPHS_SUM: &str = "babd76bc1f92cb69447bd27438b8cd459d1e65cb52a741edea85dd09422a3b60";
