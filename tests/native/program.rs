//! Networks of fast layers alone run without tract's plan: the same answers in every batch, and no allocation.

use vitrine::images::Images;
use vitrine::labels::CLASSES;
use vitrine::network::{LARGEST_BATCH, Network};

use crate::made::images;
use crate::operators::{Case, bytes, golden};

const COMMITTED: [(&str, &[u8]); 3] = [
    ("mlp.onnx", include_bytes!("../../models/mlp.onnx")),
    ("cnn.onnx", include_bytes!("../../models/cnn.onnx")),
    ("cnn-slim.onnx", include_bytes!("../../models/cnn-slim.onnx")),
];

/// What one more call allocates, in numbers of allocations.
fn allocations(network: &Network, images: &Images<'_>) -> u64 {
    let mut logits = vec![[0.0; CLASSES]; images.len()];
    network.logits_into(images, &mut logits).unwrap();
    allocation_counter::measure(|| network.logits_into(images, &mut logits).unwrap()).count_total
}

#[test]
fn the_committed_networks_allocate_nothing_once_they_have_run() {
    for (name, bytes) in COMMITTED {
        let network = Network::from_onnx(bytes).unwrap();
        for count in [1, 3, LARGEST_BATCH, LARGEST_BATCH + 1] {
            assert_eq!(allocations(&network, &images(count)), 0, "{name}, {count} images");
        }
        assert!(network.runs_without_allocating(), "{name}");
    }
}

#[test]
fn what_tract_runs_is_told_apart_and_does_allocate() {
    let mut told = [0, 0];
    for Case { name, onnx, .. } in golden().cases {
        let network = Network::from_onnx(&bytes(&onnx)).unwrap();
        let kept = network.runs_without_allocating();
        if name.starts_with("stock:") {
            assert!(!kept, "{name}");
        }
        if name.starts_with("dense:") || name == "fast: residual, mean" {
            assert!(kept, "{name}");
        }
        for count in [1, 2] {
            assert_eq!(allocations(&network, &images(count)) == 0, kept, "{name}, {count} images");
        }
        told[usize::from(kept)] += 1;
    }
    assert!(told.iter().all(|count| *count > 5), "{told:?}");
}

#[test]
fn an_image_has_the_same_logits_in_every_batch() {
    let images = images(LARGEST_BATCH + 5);
    for (name, bytes) in COMMITTED {
        let network = Network::from_onnx(bytes).unwrap();
        let together = network.logits(&images).unwrap();
        for (image, row) in images.chunks(1).zip(together) {
            assert_eq!(network.logits(&image).unwrap(), [row], "{name}");
        }
    }
}

#[test]
fn logits_of_another_number_are_refused() {
    let network = Network::from_onnx(COMMITTED[0].1).unwrap();
    let error = network.logits_into(&images(2), &mut [[0.0; CLASSES]]).unwrap_err();
    assert_eq!(error.code(), "shape");
}
