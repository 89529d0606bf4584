//! The index as a chain of layers, so that it can be drawn beside the networks.

use super::{LayerDetail, LayerInfo};
use crate::image::PIXELS;
use crate::knn::features::{FEATURES, HOG};
use crate::knn::index::KnnIndex;
use crate::labels::CLASSES;
use crate::network::describe::TensorInfo;

/// From the pixels to the vote.
pub fn layers(index: &KnnIndex) -> Vec<LayerInfo> {
    let (dims, hidden) = (index.encoder().dims(), index.encoder().hidden());
    let tensor = |dtype: &str, shape: &[usize]| TensorInfo {
        dtype: dtype.to_owned(),
        shape: shape.iter().map(|extent| *extent as i64).collect(),
    };
    let layer = |name: &str, operator: &str, detail: LayerDetail, output: TensorInfo| LayerInfo {
        name: name.to_owned(),
        operator: operator.to_owned(),
        detail: Some(detail),
        output: Some(output),
        ..LayerInfo::default()
    };
    let mut layers = vec![
        layer(
            "features",
            "Features",
            LayerDetail::Features { roots: PIXELS, gradients: HOG },
            tensor("f32", &[1, FEATURES]),
        ),
        LayerInfo {
            activation: Some("Relu".to_owned()),
            weights: vec![tensor("INT8", &[FEATURES, dims + hidden]), tensor("INT8", &[hidden, dims])],
            parameters: (FEATURES + 1) * (dims + hidden) + (hidden + 1) * dims,
            ..layer("encoder", "Encoder", LayerDetail::Encoder { hidden }, tensor("f32", &[1, dims]))
        },
        LayerInfo {
            weights: vec![tensor("INT4", &[index.len(), dims])],
            stored: index.len() * dims,
            ..layer("search", "Search", LayerDetail::Search { references: index.len() }, tensor("f32", &[1, index.k()]))
        },
        layer("vote", "Vote", LayerDetail::Vote { neighbours: index.k() }, tensor("f32", &[1, CLASSES])),
    ];
    for (before, layer) in layers.iter_mut().skip(1).enumerate() {
        layer.sources = vec![before];
    }
    layers
}
