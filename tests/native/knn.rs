//! k nearest neighbours against scikit-learn, the features against numpy: the golden cases that need no data set.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use serde::Deserialize;
use std::collections::BTreeMap;
use vitrine::Label;
use vitrine::image::{PIXELS, unit_from_byte};
use vitrine::knn::exact::ExactKnn;
use vitrine::knn::features::hog;

#[derive(Deserialize)]
struct Golden {
    library: String,
    synthetic: Synthetic,
}

#[derive(Deserialize)]
struct Synthetic {
    dims: usize,
    references: Vec<u8>,
    labels: Vec<u8>,
    queries: Vec<u8>,
    neighbours: BTreeMap<usize, Expected>,
}

#[derive(Deserialize)]
struct Expected {
    indices: Vec<Vec<usize>>,
    distances: Vec<Vec<f32>>,
}

#[derive(Deserialize)]
struct HogGolden {
    library: String,
    cases: Vec<HogCase>,
}

#[derive(Deserialize)]
struct HogCase {
    pixels: Vec<u8>,
    hog: Vec<f32>,
}

fn golden() -> Golden {
    serde_json::from_str(include_str!("../golden/knn.json")).unwrap()
}

fn labels(numbers: &[u8]) -> Vec<Label> {
    numbers.iter().map(|number| Label::new(*number).unwrap()).collect()
}

#[test]
fn neighbours_of_vectors_with_ties_are_scikit_learns() {
    let Golden { library, synthetic, .. } = golden();
    let knn = ExactKnn::new(synthetic.references, synthetic.dims, labels(&synthetic.labels)).unwrap();
    assert_eq!(synthetic.neighbours.keys().copied().collect::<Vec<_>>(), (1..=7).collect::<Vec<_>>());
    for (k, expected) in synthetic.neighbours {
        let found = knn.nearest(&synthetic.queries, k).unwrap();
        assert_eq!(found.len(), expected.indices.len());
        for ((found, indices), distances) in found.iter().zip(&expected.indices).zip(&expected.distances) {
            assert_eq!(&found.iter().map(|near| near.index).collect::<Vec<_>>(), indices, "k = {k}, {library}");
            for (near, distance) in found.iter().zip(distances) {
                assert_eq!(near.label.number(), synthetic.labels[near.index]);
                // The golden distances are rounded to 1e-6, ours to f32 (3e-5 at 500).
                assert!((near.distance - distance).abs() <= 3.5e-5, "k = {k}: {} against {distance}", near.distance);
            }
        }
    }
}

#[test]
fn more_neighbours_than_references_are_all_of_them() {
    let knn = ExactKnn::new(vec![9, 1, 5], 1, labels(&[3, 4, 5])).unwrap();
    let found = knn.nearest(&[0], 7).unwrap();
    assert_eq!(found[0].iter().map(|near| near.index).collect::<Vec<_>>(), [1, 2, 0]);
    assert!(knn.nearest(&[0], 0).unwrap()[0].is_empty());
}

#[test]
fn the_largest_distance_is_exact() {
    let knn = ExactKnn::new(vec![0; PIXELS], PIXELS, labels(&[0])).unwrap();
    let found = knn.nearest(&[255; PIXELS], 1).unwrap();
    assert_eq!(found[0][0].distance, 255.0 * 28.0);
}

#[test]
fn lengths_that_disagree_are_refused() {
    assert_eq!(ExactKnn::new(vec![0; 7], 2, labels(&[1, 2, 3])).unwrap_err().code(), "shape");
    assert_eq!(ExactKnn::new(vec![], 0, vec![]).unwrap_err().code(), "parameter");
    assert_eq!(ExactKnn::new(vec![0; 4], 2, labels(&[1, 2])).unwrap().nearest(&[1], 1).unwrap_err().code(), "shape");
}

#[test]
fn histograms_of_gradients_are_those_of_the_reference() {
    let golden: HogGolden = serde_json::from_str(include_str!("../golden/hog.json")).unwrap();
    assert_eq!(golden.cases.len(), 3);
    for (case, expected) in golden.cases.iter().enumerate() {
        let pixels: Vec<f32> = expected.pixels.iter().map(|byte| unit_from_byte(*byte)).collect();
        let found = hog(pixels.as_slice().try_into().unwrap());
        assert_eq!(found.len(), expected.hog.len());
        for (place, (found, expected)) in found.iter().zip(&expected.hog).enumerate() {
            // Values are below 1; the arc tangent is within 2e-6 of half a turn, 1.6e-5 of a bin.
            assert!(
                (found - expected).abs() < 2e-5,
                "case {case}, value {place}: {found} against {expected}, {}",
                golden.library
            );
        }
    }
}
