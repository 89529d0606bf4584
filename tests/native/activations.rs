//! Feature maps and filters of a tiny network against arithmetic by hand, and of the committed ones.

use prost::Message;
use vitrine::Image;
use vitrine::image::{PIXELS, SIDE};
use vitrine::network::Network;
use vitrine::network::activations::Activations;
use vitrine::onnx::ModelProto;

use crate::graphs::{ints, model, node, tensor, with};
use crate::network::linear;

/// Two filters of 3×3: an edge and a sum.
const FILTERS: [[f32; 9]; 2] = [[1.0, 0.0, -1.0, 2.0, 0.0, -2.0, 1.0, 0.0, -1.0], [0.25; 9]];
const BIASES: [f32; 2] = [0.0, -0.5];
/// What the second convolution makes of the two maps.
const MIX: [f32; 2] = [0.5, -2.0];

/// image → Conv 3×3 → Relu → Conv 1×1 of stride 2 → logits.
fn convolutional() -> ModelProto {
    let weights: Vec<f32> = (0..14 * 14 * 10).map(|at| (at % 7) as f32 / 7.0).collect();
    let first = node("Conv", &["image", "w1", "b1"], "first");
    let second = node("Conv", &["active", "w2"], "second");
    model(
        vec![
            with(first, [ints("pads", &[1, 1, 1, 1]), ints("kernel_shape", &[3, 3])]),
            node("Relu", &["first"], "active"),
            with(second, [ints("strides", &[2, 2]), ints("kernel_shape", &[1, 1])]),
            node("Flatten", &["second"], "flat"),
            node("Gemm", &["flat", "w3", "b3"], "logits"),
        ],
        vec![
            tensor("w1", &[2, 1, 3, 3], FILTERS.as_flattened()),
            tensor("b1", &[2], &BIASES),
            tensor("w2", &[1, 2, 1, 1], &MIX),
            tensor("w3", &[196, 10], &weights),
            tensor("b3", &[10], &[0.0; 10]),
        ],
    )
}

fn activations(model: &ModelProto) -> Option<Activations> {
    Activations::new(&Network::from_onnx(&model.encode_to_vec()).unwrap()).unwrap()
}

fn image() -> Image {
    Image::new(&std::array::from_fn::<f32, PIXELS, _>(|at| (at % 13) as f32 / 13.0)).unwrap()
}

/// The first layer's value by hand: the sum over the 3×3 neighbourhood, zeros outside, then max(0, ·).
fn by_hand(pixels: &[f32], filter: usize, x: usize, y: usize) -> f32 {
    let at = |dx: usize, dy: usize| {
        let (x, y) = ((x + dx).wrapping_sub(1), (y + dy).wrapping_sub(1));
        if x < SIDE && y < SIDE { pixels[y * SIDE + x] } else { 0.0 }
    };
    let sum: f32 = (0..9).map(|tap| FILTERS[filter][tap] * at(tap % 3, tap / 3)).sum();
    (sum + BIASES[filter]).max(0.0)
}

#[test]
fn maps_equal_arithmetic_by_hand() {
    let layers = activations(&convolutional()).unwrap().maps(&image()).unwrap();
    assert_eq!(layers.iter().map(|layer| layer.shape).collect::<Vec<_>>(), [[1, 2, 28, 28], [1, 1, 14, 14]]);
    for (place, value) in layers[0].values.iter().enumerate() {
        let expected = by_hand(image().pixels(), place / PIXELS, place % SIDE, place % PIXELS / SIDE);
        // Nine products of magnitude at most 2 in f32: 18 · 2^-24 < 2e-6.
        assert!((value - expected).abs() < 2e-6, "place {place}: {value} and {expected}");
    }
    for (place, value) in layers[1].values.iter().enumerate() {
        let (x, y) = (place % 14 * 2, place / 14 * 2);
        let expected: f32 = (0..2).map(|filter| MIX[filter] * by_hand(image().pixels(), filter, x, y)).sum();
        // No activation follows: negative values stay. Sums of magnitude at most 10: 10 · 2^-22 < 3e-6.
        assert!((value - expected).abs() < 3e-6, "place {place}: {value} and {expected}");
    }
    assert!(layers[1].values.iter().any(|value| *value < 0.0));
}

#[test]
fn filters_are_the_file_s_weights() {
    let activations = activations(&convolutional()).unwrap();
    let filters = activations.filters().unwrap();
    assert_eq!(filters.shape, [2, 1, 3, 3]);
    assert_eq!(filters.values, FILTERS.as_flattened());
}

#[test]
fn a_network_without_convolutions_has_none() {
    assert!(activations(&linear()).is_none());
}

#[test]
fn the_committed_networks_can_be_looked_into() {
    for (file, looks) in [("cnn.onnx", true), ("cnn-slim.onnx", true), ("mlp.onnx", false)] {
        let bytes = std::fs::read(format!("{}/models/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let activations = Activations::new(&Network::from_onnx(&bytes).unwrap()).unwrap();
        assert_eq!(activations.is_some(), looks, "{file}");
        let Some(activations) = activations else { continue };
        let filters = activations.filters().unwrap();
        let layers = activations.maps(&image()).unwrap();
        assert_eq!((filters.shape[0], filters.shape[1]), (layers[0].shape[1], 1), "{file}");
        for layer in &layers {
            assert_eq!(layer.values.len(), layer.shape.iter().product::<usize>());
            // Both networks have a Relu behind every convolution.
            assert!(layer.values.iter().all(|value| *value >= 0.0), "{file}: {}", layer.name);
        }
    }
}
