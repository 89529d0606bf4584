//! The index as a chain of layers, so that it can be drawn beside the networks.

use super::Layer;
use crate::image::PIXELS;
use crate::knn::features::{FEATURES, HOG};
use crate::knn::index::KnnIndex;
use crate::labels::CLASSES;

/// From the pixels to the vote. Parameters: weights and biases of the encoder; numbers of the stored codes.
pub fn layers(index: &KnnIndex) -> Vec<Layer> {
    let (dims, hidden) = (index.encoder().dims(), index.encoder().hidden());
    let layer = |name: &str, operator: &str, detail: String, shape: String, parameters: usize| Layer {
        name: name.to_owned(),
        operator: operator.to_owned(),
        detail,
        shape,
        parameters,
        ..Layer::default()
    };
    let features = format!("√pixel ({PIXELS}), histograms of gradients ({HOG})");
    let weights = (FEATURES + 1) * (dims + hidden) + (hidden + 1) * dims;
    let mut layers = vec![
        layer("features", "Features", features, format!("(1, {FEATURES})"), 0),
        layer("encoder", "Encoder", format!("linear, plus {hidden} hidden units"), format!("(1, {dims})"), weights),
        layer(
            "search",
            "Search",
            format!("{} references", index.len()),
            format!("(1, {})", index.k()),
            index.len() * dims,
        ),
        layer("vote", "Vote", format!("{} nearest", index.k()), format!("(1, {CLASSES})"), 0),
    ];
    layers[0].dtype = "f32".to_owned();
    layers[1].dtype = "f32".to_owned();
    layers[1].weights = vec![format!("INT8 ({FEATURES}, {})", dims + hidden), format!("INT8 ({hidden}, {dims})")];
    layers[1].activation = "Relu".to_owned();
    layers[2].weights = vec![format!("INT4 ({}, {dims})", index.len())];
    layers[3].dtype = "f32".to_owned();
    for at in 1..layers.len() {
        layers[at].sources = vec![layers[at - 1].name.clone()];
    }
    layers
}
