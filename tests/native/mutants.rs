//! Files that were valid once: whole messages changed, and every bit of small ones flipped. Nothing panics, nothing hangs, and
//! what is still accepted answers, each image as it does alone.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::Index;
use prost::Message;
use rayon::prelude::*;
use vitrine::network::Network;
use vitrine::network::describe::describe;
use vitrine::onnx::{
    ModelProto, NodeProto, ValueInfoProto, attribute_proto::AttributeType, tensor_shape_proto::dimension, type_proto,
};

use crate::graphs::{int, ints, node, tensor, weights, whole, with};
use crate::made::images;
use crate::operators::{bytes, golden};

/// Sizes that have undone readers.
const SIZES: [i64; 12] = [0, 1, 2, 3, 10, 28, -1, 784, 65_535, 1 << 31, i64::MAX, i64::MIN];

const OPERATORS: [&str; 16] = [
    "Add",
    "AveragePool",
    "Concat",
    "Conv",
    "Div",
    "Flatten",
    "Gather",
    "Gemm",
    "GlobalAveragePool",
    "MatMul",
    "MaxPool",
    "Pad",
    "ReduceMean",
    "Relu",
    "Reshape",
    "Transpose",
];

/// The graphs of every operator, and the committed networks of few weights.
static GRAPHS: LazyLock<Vec<ModelProto>> = LazyLock::new(|| {
    let files = golden().cases.into_iter().map(|case| bytes(&case.onnx));
    let committed =
        [include_bytes!("../../models/cnn-slim.onnx").to_vec(), include_bytes!("../../models/mlp.onnx").to_vec()];
    files.chain(committed).map(|file| ModelProto::decode(&*file).unwrap()).collect()
});

/// One change; an index picks among what there is.
#[derive(Debug, Clone)]
enum Change {
    Dimension(Index, Index, i64),
    /// The values of a list of integers: axes, shapes, pads.
    Listed(Index, Index, i64),
    Type(Index, i32),
    Attribute(Index, Index, Index, i64),
    NewAttribute(Index, &'static str, Vec<i64>),
    Input(Index, Index, Index),
    Swap(Index),
    Missing(Index),
    Operator(Index, &'static str),
    Remove(Index),
    Declared(Index, i64),
    DeclaredType(i32),
    Version(i64),
}

fn change() -> impl Strategy<Value = Change> {
    let size = || prop::sample::select(&SIZES[..]);
    let at = any::<Index>;
    let attribute = prop::sample::select(
        &[
            "strides",
            "dilations",
            "pads",
            "kernel_shape",
            "axes",
            "perm",
            "axis",
            "group",
            "keepdims",
            "transB",
            "ceil_mode",
        ][..],
    );
    prop_oneof![
        (at(), at(), size()).prop_map(|(a, b, size)| Change::Dimension(a, b, size)),
        (at(), at(), size()).prop_map(|(a, b, size)| Change::Listed(a, b, size)),
        (at(), 0..17).prop_map(|(a, kind)| Change::Type(a, kind)),
        (at(), at(), at(), size()).prop_map(|(a, b, c, size)| Change::Attribute(a, b, c, size)),
        (at(), attribute, prop::collection::vec(size(), 1..5))
            .prop_map(|(a, name, v)| Change::NewAttribute(a, name, v)),
        (at(), at(), at()).prop_map(|(a, b, c)| Change::Input(a, b, c)),
        at().prop_map(Change::Swap),
        at().prop_map(Change::Missing),
        (at(), prop::sample::select(&OPERATORS[..])).prop_map(|(a, op)| Change::Operator(a, op)),
        at().prop_map(Change::Remove),
        (at(), size()).prop_map(|(a, size)| Change::Declared(a, size)),
        (0..17).prop_map(Change::DeclaredType),
        (6..20_i64).prop_map(Change::Version),
    ]
}

fn pick<'a, T>(at: &Index, from: &'a mut [T]) -> Option<&'a mut T> {
    if from.is_empty() { None } else { Some(at.get_mut(from)) }
}

/// Makes one change; `None` when there is nothing to change.
fn apply(model: &mut ModelProto, change: &Change) -> Option<()> {
    if let Change::Version(version) = change {
        model.opset_import.first_mut()?.version = *version;
        return Some(());
    }
    let graph = model.graph.as_mut()?;
    match change {
        Change::Dimension(tensor, axis, size) => {
            *pick(axis, &mut pick(tensor, &mut graph.initializer)?.dims)? = *size;
        }
        Change::Listed(tensor, place, value) => {
            let mut lists: Vec<_> = graph.initializer.iter_mut().filter(|tensor| tensor.data_type == 7).collect();
            let tensor = pick(tensor, &mut lists)?;
            let (values, _) = tensor.raw_data.as_chunks_mut::<8>();
            *pick(place, values)? = value.to_le_bytes();
        }
        Change::Type(tensor, kind) => pick(tensor, &mut graph.initializer)?.data_type = *kind,
        Change::Attribute(node, attribute, place, value) => {
            let attribute = pick(attribute, &mut pick(node, &mut graph.node)?.attribute)?;
            match AttributeType::try_from(attribute.r#type).ok()? {
                AttributeType::Ints => *pick(place, &mut attribute.ints)? = *value,
                _ => attribute.i = *value,
            }
        }
        Change::NewAttribute(node, name, values) => {
            let node = pick(node, &mut graph.node)?;
            node.attribute.retain(|attribute| attribute.name != *name);
            let single = ["axis", "group", "keepdims", "transB", "ceil_mode"].contains(name);
            node.attribute.push(if single { int(name, values[0]) } else { ints(name, values) });
        }
        Change::Input(node, place, other) => {
            let outputs = graph.node.iter().flat_map(|node| node.output.clone());
            let mut names: Vec<String> =
                outputs.chain(graph.initializer.iter().map(|tensor| tensor.name.clone())).collect();
            let name = pick(other, &mut names)?.clone();
            *pick(place, &mut pick(node, &mut graph.node)?.input)? = name;
        }
        Change::Swap(node) => pick(node, &mut graph.node)?.input.reverse(),
        Change::Missing(node) => drop(pick(node, &mut graph.node)?.input.pop()?),
        Change::Operator(node, operator) => pick(node, &mut graph.node)?.op_type = (*operator).into(),
        Change::Remove(node) => {
            let removed =
                graph.node.remove(if graph.node.is_empty() { return None } else { node.index(graph.node.len()) });
            let (from, to) = (removed.input.first()?.clone(), removed.output.first()?.clone());
            for input in graph.node.iter_mut().flat_map(|node| &mut node.input).filter(|input| **input == to) {
                input.clone_from(&from);
            }
        }
        Change::Declared(axis, size) => {
            let sizes = &mut declared(graph.input.first_mut()?)?.shape.as_mut()?.dim;
            pick(axis, sizes)?.value = Some(dimension::Value::DimValue(*size));
        }
        Change::DeclaredType(kind) => declared(graph.input.first_mut()?)?.elem_type = *kind,
        Change::Version(_) => {}
    }
    Some(())
}

fn declared(input: &mut ValueInfoProto) -> Option<&mut type_proto::Tensor> {
    let type_proto::Value::TensorType(tensor) = input.r#type.as_mut()?.value.as_mut()?;
    Some(tensor)
}

/// Reads a file; what is accepted answers, three images as each alone. Whether it was accepted.
fn survives(file: &[u8]) -> bool {
    let _ = describe(file);
    let Ok(network) = Network::from_onnx(file) else { return false };
    let images = images(3);
    let together = network.logits(&images).unwrap();
    for (image, row) in images.chunks(1).zip(&together) {
        let alone = network.logits(&image).unwrap()[0];
        for (together, alone) in row.iter().zip(alone) {
            // Sums of other order; a network of large values or none has no better.
            let close =
                (together - alone).abs() <= 1e-4 * alone.abs().max(1.0) || !together.is_finite() || !alone.is_finite();
            assert!(close, "{together} in a batch, {alone} alone");
        }
        // Logits that are no numbers are never probabilities.
        assert_eq!(network.probabilities(&image).is_ok(), alone.iter().all(|logit| logit.is_finite()));
    }
    true
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn changed_graphs_are_refused_or_answered(graph in any::<Index>(), changes in prop::collection::vec(change(), 1..4)) {
        let mut model = graph.get(&GRAPHS).clone();
        for change in &changes {
            let _ = apply(&mut model, change);
        }
        survives(&model.encode_to_vec());
    }

    #[test]
    fn cut_and_spliced_files_are_refused_or_answered(
        graph in any::<Index>(), other in any::<Index>(), from in 0.0..1.0_f64, to in 0.0..1.0_f64
    ) {
        let [file, other] = [graph, other].map(|graph| graph.get(&GRAPHS).encode_to_vec());
        let cut = |file: &[u8], share: f64| (file.len() as f64 * share) as usize;
        survives(&[&file[..cut(&file, from)], &other[cut(&other, to)..]].concat());
    }
}

proptest! {
    // An answer of the exact CNN takes a thousand times as long as one of a small graph's.
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn changes_of_the_exact_cnn_are_refused_or_answered(changes in prop::collection::vec(change(), 1..3)) {
        let mut model = ModelProto::decode(&include_bytes!("../../models/cnn.onnx")[..]).unwrap();
        for change in &changes {
            let _ = apply(&mut model, change);
        }
        survives(&model.encode_to_vec());
    }
}

/// Two classifiers of a few hundred bytes each, which between them hold messages of every kind that a reader looks into.
fn small() -> [ModelProto; 2] {
    let conv =
        with(node("Conv", &["image", "k", "c"], "maps"), [ints("strides", &[3, 3]), ints("pads", &[1, 1, 1, 1])]);
    let pool = with(node("MaxPool", &["maps"], "pooled"), [ints("kernel_shape", &[2, 2]), ints("strides", &[2, 2])]);
    let convolutional: Vec<NodeProto> = vec![
        conv,
        node("Relu", &["maps"], "active"),
        NodeProto { input: vec!["active".into()], ..pool },
        node("GlobalAveragePool", &["pooled"], "mean"),
        node("Flatten", &["mean"], "flat"),
        node("Softmax", &["flat"], "logits"),
    ];
    let rearranged = vec![
        node("Slice", &["image", "starts", "ends", "axes"], "part"),
        node("Shape", &["part"], "sizes"),
        with(node("Gather", &["sizes", "zero"], "count"), [int("axis", 0)]),
        with(node("Concat", &["count", "rest"], "shape"), [int("axis", 0)]),
        node("Reshape", &["part", "shape"], "flat"),
        node("MatMul", &["flat", "m"], "logits"),
    ];
    let constants = vec![
        whole("starts", &[2], &[10, 11]),
        whole("ends", &[2], &[12, 13]),
        whole("axes", &[2], &[2, 3]),
        whole("zero", &[1], &[0]),
        whole("rest", &[1], &[-1]),
        weights("m", &[4, 10]),
    ];
    [
        crate::graphs::model(convolutional, vec![weights("k", &[10, 1, 3, 3]), tensor("c", &[10], &[0.5; 10])]),
        crate::graphs::model(rearranged, constants),
    ]
}

#[test]
fn every_flipped_bit_is_refused_or_answered() {
    for model in small() {
        let file = model.encode_to_vec();
        assert!(survives(&file));
        let accepted: usize = (0..8 * file.len())
            .into_par_iter()
            .filter(|bit| {
                let mut flipped = file.clone();
                flipped[bit / 8] ^= 1 << (bit % 8);
                survives(&flipped)
            })
            .count();
        // Weights and names may hold nearly anything, structure may not.
        assert!((file.len()..7 * file.len()).contains(&accepted), "{accepted} of {}", 8 * file.len());
    }
}
