//! What is drawn of the committed models: layers with their activations, shapes and weights.

use std::fs;
use std::path::PathBuf;

use prost::Message;
use vitrine::diagram::{self, LayerDetail, LayerInfo};
use vitrine::knn::index::KnnIndex;
use vitrine::network::describe::describe;

use crate::graphs::{classifier, node, tensor};

fn model(name: &str) -> Vec<u8> {
    fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("models").join(name)).unwrap()
}

fn drawn(name: &str) -> Vec<LayerInfo> {
    diagram::network::layers(&describe(&model(name)).unwrap())
}

fn window(kernel: [i64; 2], stride: i64) -> LayerDetail {
    LayerDetail::Window { kernel: kernel.to_vec(), stride }
}

fn seen(layer: &LayerInfo) -> (&str, Option<&str>, Vec<i64>) {
    let shape = layer.output.as_ref().map(|output| output.shape.clone());
    (&layer.operator, layer.activation.as_deref(), shape.unwrap_or_default())
}

#[test]
fn the_mlp_is_a_chain_of_dense_layers() {
    let layers = drawn("mlp.onnx");
    let operators: Vec<_> = layers.iter().map(seen).collect();
    assert_eq!(operators[0], ("Flatten", None, vec![1, 784]));
    assert_eq!(operators[1], ("Gemm", Some("Relu"), vec![1, 400]));
    assert_eq!(operators.last().unwrap(), &("Gemm", None, vec![1, 10]));
    // Weights and biases of the notebook's network: 784-400-200-100-10.
    assert_eq!(layers.iter().map(|layer| layer.parameters).sum::<usize>(), 415_310);
    assert_eq!(layers[1].parameters, 784 * 400 + 400);
    assert!(layers.iter().all(|layer| layer.output.as_ref().unwrap().dtype == "f32"), "{layers:?}");
    assert_eq!(layers[1].weights[0].to_string(), "INT8 (784, 400)");
    for (before, layer) in layers[1..].iter().enumerate() {
        assert_eq!(layer.sources, [before]);
    }
}

#[test]
fn convolutions_say_their_kernel_and_stride() {
    let layers = drawn("cnn.onnx");
    assert_eq!(layers.iter().map(|layer| layer.parameters).sum::<usize>(), 1_412_938);
    let first = &layers[0];
    assert_eq!(seen(first), ("Conv", Some("Relu"), vec![1, 64, 28, 28]));
    assert_eq!((first.detail.as_ref(), first.sources.len()), (Some(&window([6, 6], 1)), 0));
    let pool = layers.iter().find(|layer| layer.operator == "MaxPool").unwrap();
    assert_eq!((pool.detail.as_ref(), pool.parameters), (Some(&window([2, 2], 2)), 0));
}

#[test]
fn an_addition_names_both_its_sources() {
    let layers = drawn("cnn-slim.onnx");
    let additions: Vec<_> = layers.iter().filter(|layer| layer.operator == "Add").collect();
    assert!(!additions.is_empty());
    for addition in additions {
        let [one, other] = addition.sources[..] else { panic!("{addition:?}") };
        assert_ne!(one, other);
        assert_eq!(layers[one].output, layers[other].output);
    }
}

#[test]
fn the_index_is_drawn_from_what_its_file_holds() {
    let index = KnnIndex::from_bytes(&model("knn.index")).unwrap();
    let layers = diagram::knn::layers(&index);
    assert_eq!(seen(&layers[0]), ("Features", None, vec![1, 1176]));
    assert_eq!(
        (layers[2].detail.clone(), layers[2].parameters),
        (Some(LayerDetail::Search { references: index.len() }), 0)
    );
    assert_eq!(layers[2].stored, layers[2].weights[0].values());
    assert_eq!(layers[1].weights.len(), 2);
    assert_eq!(seen(&layers[3]), ("Vote", None, vec![1, 10]));
    assert_eq!(
        layers.iter().map(|layer| layer.sources.clone()).collect::<Vec<_>>(),
        [vec![], vec![0], vec![1], vec![2]]
    );
}

/// A file of such nodes, drawn.
fn drawn_of(nodes: Vec<vitrine::onnx::NodeProto>, constants: Vec<vitrine::onnx::TensorProto>) -> Vec<LayerInfo> {
    let bytes = classifier(nodes, constants, 784).encode_to_vec();
    diagram::network::layers(&describe(&bytes).unwrap())
}

#[test]
fn a_sum_of_one_layer_with_itself_has_two_sources_and_names_are_whole() {
    let named = |name: &str, node: vitrine::onnx::NodeProto| vitrine::onnx::NodeProto { name: name.into(), ..node };
    let nodes =
        vec![named("a; b", node("Abs", &["image"], "bent")), named("a; b", node("Add", &["bent", "bent"], "features"))];
    let layers = drawn_of(nodes, Vec::new());
    assert_eq!([&*layers[0].name, &*layers[1].name], ["a; b"; 2]);
    assert_eq!(layers[1].sources, [0, 0]);
    assert_eq!(layers[2].sources, [1]);
}

#[test]
fn what_cannot_run_is_drawn_without_shapes() {
    let nodes = vec![node("Unheard", &["image", "c"], "features")];
    let layers = drawn_of(nodes, vec![tensor("c", &[2, 3], &[0.0; 6])]);
    assert_eq!((&*layers[0].operator, layers[0].output.as_ref(), layers[0].parameters), ("Unheard", None, 6));
    assert_eq!(layers[0].weights[0].to_string(), "FLOAT (2, 3)");
    assert_eq!(layers[1].sources, [0]);
}
