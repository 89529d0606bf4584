//! Files that once crashed a reader, ate its memory or never ended: each is refused, and the message names node and shapes.

use prost::Message;
use vitrine::network::Network;
use vitrine::onnx::{AttributeProto, GraphProto, ModelProto, NodeProto, TensorProto, attribute_proto::AttributeType};

use crate::graphs::{bytes, classifier, int, ints, model, node, tensor, typed, weights, whole, with};
use crate::made::images;
use crate::network::linear;

/// What is said of a model that is refused.
fn refusal(name: &str, model: &ModelProto) -> (&'static str, String) {
    match Network::from_onnx(&model.encode_to_vec()) {
        Ok(_) => panic!("{name} is accepted"),
        Err(error) => (error.code(), error.to_string()),
    }
}

pub fn refuses(name: &str, model: &ModelProto, code: &str, says: &[&str]) {
    let (found, message) = refusal(name, model);
    assert_eq!(found, code, "{name}: {message}");
    for part in says {
        assert!(message.contains(part), "{name}: {part:?} is not in {message:?}");
    }
}

/// Sizes that do not fit each other, or leave nothing.
#[test]
fn sizes_that_do_not_fit_are_refused_with_node_and_shapes() {
    let conv =
        |dims: &[i64]| classifier(vec![node("Conv", &["image", "k"], "features")], vec![weights("k", dims)], 784);
    let squeezed = || node("Squeeze", &["image", "axis"], "rows");
    let axis = || whole("axis", &[1], &[1]);
    let product = |op: &str, inputs: &[&str], dims: &[i64]| {
        classifier(vec![squeezed(), node(op, inputs, "features")], vec![axis(), weights("m", dims)], 280)
    };
    let pool = |attributes: Vec<AttributeProto>| {
        classifier(vec![with(node("MaxPool", &["image"], "features"), attributes)], vec![], 196)
    };
    let shaped_as = |sizes: &[i64], features| {
        let shape = whole("shape", &[sizes.len() as i64], sizes);
        classifier(vec![node("Reshape", &["image", "shape"], "features")], vec![shape], features)
    };
    let cases: [(&str, ModelProto, &[&str]); 23] = [
        ("a kernel without rows", conv(&[10, 1, 0, 3]), &["Conv \"features\"", "[10, 1, 0, 3]", "no values"]),
        ("no outputs", conv(&[0, 1, 3, 3]), &["Conv \"features\"", "[0, 1, 3, 3]", "no values"]),
        ("a kernel larger than the maps", conv(&[1, 1, 40, 40]), &["Conv \"features\"", "[40, 40]", "[28, 28]"]),
        ("a kernel for two maps", conv(&[4, 2, 3, 3]), &["Conv \"features\"", "[1, 1, 28, 28]", "[4, 2, 3, 3]"]),
        ("a kernel of another rank", conv(&[4, 1, 3]), &["Conv \"features\"", "[4, 1, 3]"]),
        (
            "28 against 29",
            product("MatMul", &["rows", "m"], &[29, 10]),
            &["MatMul \"features\"", "[1, 28, 28]", "[29, 10]"],
        ),
        ("28 against 100", product("MatMul", &["rows", "m"], &[100, 10]), &["[1, 28, 28]", "[100, 10]"]),
        ("28 against 1", product("MatMul", &["rows", "m"], &[1, 10]), &["[1, 28, 28]", "[1, 10]"]),
        ("constant on the left", product("MatMul", &["m", "rows"], &[10, 1000]), &["[10, 1000]", "[1, 28, 28]"]),
        ("Gemm of three axes", product("Gemm", &["rows", "m"], &[28, 10]), &["Gemm \"features\"", "matrices"]),
        (
            "maps that do not broadcast",
            product("Add", &["rows", "m"], &[27]),
            &["Add \"features\"", "[1, 28, 28]", "[27]"],
        ),
        ("an empty tensor", product("Mul", &["rows", "m"], &[0]), &["Mul \"features\"", "[0]", "no values"]),
        (
            "a stride of 0",
            pool(vec![ints("kernel_shape", &[2, 2]), ints("strides", &[0, 2])]),
            &["MaxPool \"features\"", "strides", "[0, 2]"],
        ),
        (
            "a dilation of 0",
            pool(vec![ints("kernel_shape", &[2, 2]), ints("dilations", &[0, 1])]),
            &["dilations", "[0, 1]"],
        ),
        ("a window of nothing", pool(vec![ints("kernel_shape", &[0, 2])]), &["[0, 2]", "[28, 28]"]),
        ("a window that is too wide", pool(vec![ints("kernel_shape", &[2, 29])]), &["[2, 29]", "[28, 28]"]),
        (
            "pads wider than the window",
            pool(vec![ints("kernel_shape", &[2, 2]), ints("pads", &[2, 2, 2, 2])]),
            &["[2, 2]"],
        ),
        (
            "taps that miss the maps",
            classifier(
                vec![
                    node("GlobalMaxPool", &["image"], "one"),
                    with(
                        node("MaxPool", &["one"], "features"),
                        [ints("kernel_shape", &[2, 2]), ints("dilations", &[2, 2]), ints("pads", &[1, 1, 1, 1])],
                    ),
                ],
                vec![],
                1,
            ),
            &["MaxPool \"features\"", "[1, 1, 1, 1]"],
        ),
        (
            "values that are not there",
            shaped_as(&[1, 785], 785),
            &["Reshape \"features\"", "[1, 1, 28, 28]", "[1, 785]"],
        ),
        ("a size of 0", shaped_as(&[1, 784, 0], 784), &["[1, 784, 0]"]),
        ("two open sizes", shaped_as(&[-1, -1], 784), &["[-1, -1]"]),
        (
            "an axis cut twice",
            classifier(
                vec![node("Slice", &["image", "starts", "ends", "axes"], "features")],
                vec![whole("starts", &[2], &[0, 20]), whole("ends", &[2], &[4, 28]), whole("axes", &[2], &[2, 2])],
                28,
            ),
            &["Slice \"features\"", "twice"],
        ),
        (
            "an index past the end",
            classifier(
                vec![with(node("Gather", &["image", "index"], "features"), [int("axis", 3)])],
                vec![whole("index", &[1], &[28])],
                28,
            ),
            &["Gather \"features\"", "-28 to 27"],
        ),
    ];
    for (name, model, says) in &cases {
        refuses(name, model, "network", says);
    }
}

/// What is computed while a file is read.
#[test]
fn constants_that_have_no_result_are_refused() {
    let computed = |op: &str, constants: Vec<TensorProto>| {
        let names: Vec<&str> = constants.iter().map(|tensor| &*tensor.name).collect();
        let nodes = vec![
            node(op, &names, "made"),
            with(node("Cast", &["made"], "float"), [int("to", 1)]),
            node("Add", &["image", "float"], "features"),
        ];
        classifier(nodes, constants.clone(), 784)
    };
    let codes = |dims: &[i64]| bytes("codes", 3, dims, &vec![1; dims.iter().product::<i64>() as usize]);
    let cases: [(&str, ModelProto, &[&str]); 9] = [
        (
            "6 / 0",
            computed("Div", vec![whole("left", &[1], &[6]), whole("right", &[1], &[0])]),
            &["Div \"made\"", "6 and 0"],
        ),
        (
            "the smallest / -1",
            computed("Div", vec![whole("left", &[1], &[i64::MIN]), whole("right", &[1], &[-1])]),
            &["Div \"made\"", "have no result"],
        ),
        (
            "the largest + 1",
            computed("Add", vec![whole("left", &[1], &[i64::MAX]), whole("right", &[1], &[1])]),
            &["Add \"made\""],
        ),
        (
            "bytes by bytes",
            computed("Div", vec![bytes("left", 2, &[1], &[6]), bytes("right", 2, &[1], &[0])]),
            &["Div \"made\"", "FLOAT, INT64 or INT32", "U8"],
        ),
        (
            "the mean of nothing",
            computed("ReduceMean", vec![tensor("left", &[0], &[])]),
            &["ReduceMean \"made\"", "[0]", "no values"],
        ),
        (
            "codes without values",
            computed("DequantizeLinear", vec![codes(&[3, 0]), weights("scales", &[3])]),
            &["DequantizeLinear \"made\"", "input 0 is empty"],
        ),
        (
            "scales for another axis",
            computed("DequantizeLinear", vec![codes(&[3, 4]), weights("scales", &[3])]),
            &["DequantizeLinear \"made\"", "4 scales", "[3, 4]", "got 3"],
        ),
        (
            "a negative variance",
            classifier(
                vec![node("BatchNormalization", &["image", "one", "one", "one", "below"], "features")],
                vec![tensor("one", &[1], &[1.0]), tensor("below", &[1], &[-1.0])],
                784,
            ),
            &["BatchNormalization \"features\"", "no numbers"],
        ),
        (
            "whole numbers into a rectifier",
            computed("Relu", vec![whole("left", &[1], &[1])]),
            &["Relu \"made\"", "FLOAT is expected", "I64"],
        ),
    ];
    for (name, model, says) in &cases {
        refuses(name, model, "network", says);
    }
}

#[test]
fn weights_that_are_no_numbers_are_refused_by_name() {
    for wrong in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        let mut model = linear();
        let mut values = vec![0.5; 7840];
        values[4321] = wrong;
        model.graph.as_mut().unwrap().initializer[0] = tensor("w", &[784, 10], &values);
        refuses(
            "a wrong weight",
            &model,
            "network",
            &["Gemm \"logits\"", "the tensor \"w\" holds", &wrong.to_string()],
        );
    }
    // Bounds may be infinite, and so may what lies around maps before their largest value is taken.
    let bounded = classifier(
        vec![
            node("Clip", &["image", "low", "high"], "clipped"),
            node("Pad", &["clipped", "pads", "low"], "padded"),
            with(node("MaxPool", &["padded"], "features"), [ints("kernel_shape", &[3, 3])]),
        ],
        vec![
            tensor("low", &[], &[f32::NEG_INFINITY]),
            tensor("high", &[], &[f32::INFINITY]),
            whole("pads", &[8], &[0, 0, 1, 1, 0, 0, 1, 1]),
        ],
        784,
    );
    let network = Network::from_onnx(&bounded.encode_to_vec()).unwrap();
    assert!(network.logits(&images(1)).unwrap()[0].iter().all(|logit| logit.is_finite()));
}

#[test]
fn what_is_not_supported_is_named_with_its_node() {
    let conv = classifier(vec![node("ConvTranspose", &["image"], "features")], vec![], 784);
    refuses("another operator", &conv, "network", &["ConvTranspose \"features\": this operator is not supported"]);
    let mut elsewhere = linear();
    elsewhere.graph.as_mut().unwrap().node[0].domain = "com.microsoft".into();
    refuses("another domain", &elsewhere, "network", &["Flatten \"flat\"", "\"com.microsoft\""]);
    let mut old = linear();
    old.opset_import[0].version = 6;
    refuses("old operators", &old, "network", &["version 7 or newer, got 6"]);
    let mut outside = linear();
    outside.graph.as_mut().unwrap().initializer[0].data_location = Some(1);
    refuses("weights elsewhere", &outside, "network", &["Gemm \"logits\"", "\"w\"", "in another file"]);
    let mut narrow = linear();
    narrow.graph.as_mut().unwrap().initializer[0].data_type = 16;
    refuses("bfloat16", &narrow, "network", &["Gemm \"logits\"", "\"w\"", "BFLOAT16"]);
    let attribute = AttributeProto { r#type: AttributeType::Float as i32, ..int("axis", 1) };
    let kind = classifier(vec![with(node("Concat", &["image", "image"], "features"), [attribute])], vec![], 1568);
    refuses("an attribute of another kind", &kind, "network", &["Concat \"features\"", "axis is no Int"]);
    let trains = classifier(
        vec![node("Dropout", &["image", "", "training"], "features")],
        vec![bytes("training", 9, &[], &[1])],
        784,
    );
    refuses("a network in training", &trains, "network", &["Dropout \"features\"", "training mode"]);
}

#[test]
fn names_of_a_file_reach_a_message_as_text() {
    let mut model = linear();
    let graph = model.graph.as_mut().unwrap();
    graph.node[0].name = "\u{1b}]0;title\u{7}\r\u{202e}".into();
    graph.node[0].op_type = "\u{1b}[2J".into();
    let (_, message) = refusal("control characters", &model);
    assert!(message.chars().all(|character| !character.is_control()), "{message:?}");
    assert!(message.contains(r"\u{1b}[2J") && message.contains(r"\u{1b}]0;title\u{7}"), "{message}");
    model.graph.as_mut().unwrap().node[0].name = "long ".repeat(1000);
    assert!(refusal("a long name", &model).1.chars().count() <= 80 * 24);
}

/// In a file, names of nodes need not differ.
#[test]
fn nodes_of_one_name_keep_their_own_weights() {
    let named = |name: &str| {
        let conv = |inputs: &[&str], output: &str, name: &str| NodeProto {
            name: name.into(),
            ..with(node("Conv", inputs, output), [ints("pads", &[1, 1, 1, 1])])
        };
        let second = if name.is_empty() { "other" } else { name };
        let nodes = vec![conv(&["image", "k"], "first", name), conv(&["first", "l"], "features", second)];
        classifier(nodes, vec![weights("k", &[8, 1, 3, 3]), weights("l", &[8, 8, 3, 3])], 6272)
    };
    let logits = |name| Network::from_onnx(&named(name).encode_to_vec()).unwrap().logits(&images(3)).unwrap();
    assert_eq!(logits("same"), logits(""));
}

#[test]
fn graphs_without_a_type_are_images() {
    let mut model = linear();
    let GraphProto { input, .. } = model.graph.as_mut().unwrap();
    input[0].r#type = None;
    assert!(Network::from_onnx(&model.encode_to_vec()).is_ok());
    input_is_refused(&typed("image", 1, &[]), "()");
}

fn input_is_refused(input: &vitrine::onnx::ValueInfoProto, got: &str) {
    let mut refused = linear();
    refused.graph.as_mut().unwrap().input[0] = input.clone();
    refuses("an input", &refused, "network", &["input \"image\"", "(N, 1, 28, 28)", got, "28×28"]);
}

#[test]
fn an_unused_tensor_that_cannot_be_read_matters_to_nobody() {
    let mut constants = vec![bytes("unused", 16, &[1], &[1])];
    constants.extend([weights("w2", &[784, 10])]);
    let nodes = vec![node("Flatten", &["image"], "flat"), node("MatMul", &["flat", "w2"], "logits")];
    assert!(Network::from_onnx(&model(nodes, constants).encode_to_vec()).is_ok());
}
