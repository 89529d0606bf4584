//! What is drawn of the committed models: layers with their activations, shapes and weights.

use std::fs;
use std::path::PathBuf;

use vitrine::diagram::{self, Layer};
use vitrine::knn::index::KnnIndex;
use vitrine::network::describe::describe;

fn model(name: &str) -> Vec<u8> {
    fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("models").join(name)).unwrap()
}

fn drawn(name: &str) -> Vec<Layer> {
    diagram::network::layers(&describe(&model(name)).unwrap())
}

#[test]
fn the_mlp_is_a_chain_of_dense_layers() {
    let layers = drawn("mlp.onnx");
    let operators: Vec<_> = layers.iter().map(|layer| (&*layer.operator, &*layer.activation, &*layer.shape)).collect();
    assert_eq!(operators[0], ("Flatten", "", "(1, 784)"));
    assert_eq!(operators[1], ("Gemm", "Relu", "(1, 400)"));
    assert_eq!(operators.last().unwrap(), &("Gemm", "", "(1, 10)"));
    // Weights and biases of the notebook's network: 784-400-200-100-10.
    assert_eq!(layers.iter().map(|layer| layer.parameters).sum::<usize>(), 415_310);
    assert_eq!(layers[1].parameters, 784 * 400 + 400);
    assert!(layers.iter().all(|layer| layer.dtype == "f32"), "{layers:?}");
    assert!(layers[1].weights[0].ends_with("(784, 400)"), "{:?}", layers[1].weights);
    for pair in layers.windows(2) {
        assert_eq!(pair[1].sources, std::slice::from_ref(&pair[0].name));
    }
}

#[test]
fn convolutions_say_their_kernel_and_stride() {
    let layers = drawn("cnn.onnx");
    assert_eq!(layers.iter().map(|layer| layer.parameters).sum::<usize>(), 1_412_938);
    let first = &layers[0];
    assert_eq!((&*first.operator, &*first.activation, &*first.shape), ("Conv", "Relu", "(1, 64, 28, 28)"));
    assert_eq!(first.sources, Vec::<String>::new());
    let pool = layers.iter().find(|layer| layer.operator == "MaxPool").unwrap();
    assert_eq!((&*pool.detail, pool.parameters), ("2×2, stride 2", 0));
}

#[test]
fn an_addition_names_both_its_sources() {
    let layers = drawn("cnn-slim.onnx");
    let additions: Vec<_> = layers.iter().filter(|layer| layer.operator == "Add").collect();
    assert!(!additions.is_empty());
    for addition in additions {
        assert_eq!(addition.sources.len(), 2);
        assert!(addition.sources.iter().all(|name| layers.iter().any(|layer| layer.name == *name)));
    }
}

#[test]
fn the_index_is_drawn_from_what_its_file_holds() {
    let index = KnnIndex::from_bytes(&model("knn.index")).unwrap();
    let layers = diagram::knn::layers(&index);
    assert_eq!(layers.first().map(|layer| &*layer.shape), Some("(1, 1176)"));
    assert_eq!(layers[2].detail, format!("{} references", index.len()));
    assert_eq!(layers.last().map(|layer| &*layer.shape), Some("(1, 10)"));
}
