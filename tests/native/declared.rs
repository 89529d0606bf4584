//! What a file declares is taken at its word: types, shapes and classes other than this build's, and what comes out.

use prost::Message;
use vitrine::image::PIXELS;
use vitrine::labels::{CLASSES, NAMES};
use vitrine::network::Network;
use vitrine::network::activations::Activations;
use vitrine::onnx::{ModelProto, NodeProto, StringStringEntryProto, ValueInfoProto};
use vitrine::{Image, Images, Probabilities};

use crate::graphs::{classifier, int, ints, model, node, shaped, tensor, typed, weights, whole, with};
use crate::hostile::refuses;
use crate::made::images;
use crate::network::linear;

fn read(model: &ModelProto) -> Network {
    Network::from_onnx(&model.encode_to_vec()).unwrap()
}

fn logits(network: &Network, count: usize) -> Vec<[f32; CLASSES]> {
    network.logits(&images(count)).unwrap()
}

fn taking(input: ValueInfoProto) -> ModelProto {
    let mut model = linear();
    model.graph.as_mut().unwrap().input = vec![input];
    model
}

fn refusal(model: &ModelProto) -> String {
    Network::from_onnx(&model.encode_to_vec()).err().unwrap().to_string()
}

/// `linear` with more nodes behind its logits.
fn ending(nodes: Vec<NodeProto>) -> ModelProto {
    let mut model = linear();
    let graph = model.graph.as_mut().unwrap();
    graph.output[0].name = nodes.last().unwrap().output[0].clone();
    graph.node.extend(nodes);
    model
}

#[test]
fn every_shape_of_one_grey_image_is_the_same_image() {
    let expected = logits(&read(&linear()), 3);
    let shapes: [&[Option<i64>]; 10] = [
        &[None, Some(1), Some(28), Some(28)],
        &[None, Some(28), Some(28), Some(1)],
        &[None, Some(28), Some(28)],
        &[None, Some(784)],
        &[None, Some(1), Some(784)],
        &[None, Some(784), Some(1)],
        &[None, None, None, None],
        &[None, None, Some(28), None],
        &[Some(1), Some(1), Some(28), Some(28)],
        &[Some(1), Some(784)],
    ];
    for shape in shapes {
        assert_eq!(logits(&read(&taking(shaped("image", shape))), 3), expected, "{shape:?}");
    }
}

#[test]
fn a_shape_of_no_grey_28_by_28_image_is_refused() {
    let shapes: [&[i64]; 9] = [
        &[1, 32, 32],
        &[3, 28, 28],
        &[28, 28, 3],
        &[1024],
        &[32, 32],
        &[14, 56],
        &[0, 28, 28],
        &[-1, 28, 28],
        &[1, 1, 28, 28],
    ];
    for sizes in shapes {
        let shape: Vec<Option<i64>> = std::iter::once(None).chain(sizes.iter().copied().map(Some)).collect();
        let message = refusal(&taking(shaped("image", &shape)));
        let sizes: Vec<String> = sizes.iter().map(ToString::to_string).collect();
        let got = format!("got (?, {})", sizes.join(", "));
        assert!(message.contains("input \"image\": expected images of (N, 1, 28, 28)"), "{message}");
        assert!(message.contains(&got) && message.contains("28×28 pixels"), "{got}: {message}");
    }
}

#[test]
fn pixels_of_whole_numbers_go_from_0_to_255() {
    let expected = logits(&read(&linear()), 3);
    for kind in [2, 4, 5, 6, 7, 12, 13] {
        let mut model = taking(typed("image", kind, &[None, Some(28), Some(28), Some(1)]));
        let graph = model.graph.as_mut().unwrap();
        graph.node.insert(0, with(node("Cast", &["image"], "float"), [int("to", 1)]));
        graph.node.insert(1, node("Div", &["float", "most"], "unit"));
        graph.node[2].input[0] = "unit".into();
        graph.initializer.push(tensor("most", &[], &[255.0]));
        for (got, expected) in logits(&read(&model), 3).as_flattened().iter().zip(expected.as_flattened()) {
            // A whole number divided by 255 in f32 is the very pixel; 784 of them are summed in another order.
            assert!((got - expected).abs() < 3e-5, "type {kind}: {got} and {expected}");
        }
        // Between two whole numbers the nearer one is meant.
        let network = read(&model);
        let grey = |shade: f32| network.logits(&Images::new(&[shade / 255.0; PIXELS]).unwrap()).unwrap();
        assert_eq!(grey(100.4), grey(100.0));
    }
}

#[test]
fn feature_maps_see_the_pixels_that_the_network_sees() {
    let conv = || with(node("Conv", &["in", "k"], "maps"), [ints("pads", &[1, 1, 1, 1])]);
    let nodes = |of_bytes: bool| {
        let mut nodes =
            vec![conv(), node("GlobalAveragePool", &["maps"], "mean"), node("Flatten", &["mean"], "logits")];
        if of_bytes {
            nodes.insert(0, with(node("Cast", &["image"], "whole"), [int("to", 1)]));
            nodes.insert(1, node("Div", &["whole", "most"], "in"));
        } else {
            nodes.insert(0, node("Identity", &["image"], "in"));
        }
        nodes
    };
    let constants = vec![weights("k", &[10, 1, 3, 3]), tensor("most", &[], &[255.0])];
    let image = Image::new(images(1).pixels()).unwrap();
    let maps = |kind: i32| {
        let mut model = model(nodes(kind != 1), constants.clone());
        model.graph.as_mut().unwrap().input = vec![typed("image", kind, &[None, Some(1), Some(28), Some(28)])];
        let maps = Activations::new(&read(&model)).unwrap().unwrap().maps(&image).unwrap();
        assert_eq!(maps[0].name, "maps");
        maps[0].values.clone()
    };
    for (of_floats, of_bytes) in maps(1).iter().zip(maps(2)) {
        // Nine products of numbers below one: 9 · 2^-24.
        assert!((of_floats - of_bytes).abs() < 6e-7, "{of_floats} and {of_bytes}");
    }
}

#[test]
fn other_types_of_pixels_are_refused() {
    for (kind, name) in [(3, "INT8"), (8, "STRING"), (9, "BOOL"), (16, "BFLOAT16")] {
        let message = refusal(&taking(typed("image", kind, &[None, Some(784)])));
        assert!(message.contains(&format!("type {name}")) && message.contains("0 to 255"), "{message}");
    }
}

fn labelled(labels: &[&str]) -> ModelProto {
    let mut model = linear();
    let value = serde_json::to_string(labels).unwrap();
    model.metadata_props = vec![StringStringEntryProto { key: "labels".into(), value }];
    model
}

#[test]
fn classes_in_another_order_are_put_in_this_build_s() {
    let expected = read(&linear()).logits(&images(3)).unwrap();
    let order: [usize; CLASSES] = std::array::from_fn(|place| (place * 7 + 3) % CLASSES);
    let network = read(&labelled(&order.map(|class| NAMES[class])));
    let found = network.logits(&images(3)).unwrap();
    for (found, given) in found.iter().zip(&expected) {
        for (place, class) in order.into_iter().enumerate() {
            assert_eq!(found[class], given[place], "class {class} is output {place}");
        }
    }
    let alone = network.logits(&images(1)).unwrap();
    assert_eq!(alone[0], found[0]);
    assert_eq!(read(&labelled(&NAMES)).logits(&images(3)).unwrap(), expected);
}

#[test]
fn other_classes_are_refused() {
    let mut digits = NAMES;
    digits[3] = "three";
    let mut twice = NAMES;
    twice[3] = NAMES[4];
    for labels in [&digits[..], &twice, &NAMES[..9], &[]] {
        let error = Network::from_onnx(&labelled(labels).encode_to_vec()).err().unwrap();
        assert_eq!(error.code(), "format");
        assert!(error.to_string().contains("T-shirt/top, Trouser, Pullover"), "{error}");
    }
}

#[test]
fn a_softmax_in_the_file_is_not_applied_twice() {
    let (expected, count) = (read(&linear()), 3);
    let softmax = || with(node("Softmax", &["logits"], "shares"), [int("axis", 1)]);
    let split = || {
        vec![
            node("Exp", &["small"], "powers"),
            node("ReduceSum", &["powers", "axis"], "sum"),
            node("Div", &["powers", "sum"], "shares"),
        ]
    };
    let by_hand = |handed: Vec<NodeProto>| {
        let mut model =
            ending(std::iter::once(node("Mul", &["logits", "less"], "small")).chain(split()).chain(handed).collect());
        let graph = model.graph.as_mut().unwrap();
        // Logits of some fifty would leave f32: their shares are 0 and 1.
        graph.initializer.extend([whole("axis", &[1], &[1]), tensor("less", &[], &[0.01])]);
        model
    };
    let direct: [(&str, ModelProto); 3] = [
        ("softmax", ending(vec![softmax()])),
        ("softmax, then other shapes", {
            let handed = vec![
                softmax(),
                node("Identity", &["shares"], "same"),
                node("Unsqueeze", &["same", "axis"], "long"),
                node("Flatten", &["long"], "flat again"),
            ];
            let mut model = ending(handed);
            model.graph.as_mut().unwrap().initializer.push(whole("axis", &[1], &[2]));
            model
        }),
        ("softmax of old operators", {
            let mut model = ending(vec![softmax()]);
            model.opset_import[0].version = 11;
            model
        }),
    ];
    for (name, model) in direct {
        assert_eq!(logits(&read(&model), count), logits(&expected, count), "{name}");
    }
    for handed in [vec![], vec![node("Identity", &["shares"], "same")]] {
        let probabilities = read(&by_hand(handed)).probabilities(&images(count)).unwrap();
        let logits = expected.logits(&images(count)).unwrap();
        for (found, logits) in probabilities.iter().zip(&logits) {
            let small = logits.map(|logit| logit * 0.01);
            let expected = Probabilities::from_logits(&small, 1.0).unwrap();
            for (found, expected) in found.values().iter().zip(expected.values()) {
                // A logarithm and a power of e, each rounded once or twice.
                assert!((found - expected).abs() < 1e-6, "{found} and {expected}");
            }
        }
    }
}

#[test]
fn a_softmax_that_is_not_the_end_is_one() {
    let attention = with(node("Softmax", &["logits"], "shares"), [int("axis", 1)]);
    let network = read(&{
        let mut model = ending(vec![attention, node("Mul", &["logits", "shares"], "weighed")]);
        model.graph.as_mut().unwrap().name = "weighed".into();
        model
    });
    let plain = read(&linear());
    let (weighed, probabilities) = (network.logits(&images(1)).unwrap(), plain.probabilities(&images(1)).unwrap());
    for (class, logit) in plain.logits(&images(1)).unwrap()[0].iter().enumerate() {
        let expected = logit * probabilities[0].values()[class];
        assert!((weighed[0][class] - expected).abs() < 1e-4, "{expected}");
    }
}

/// Files that were written for one image, and those in which the images of a batch meet.
#[test]
fn images_that_do_not_go_together_go_one_by_one() {
    let fixed = {
        let mut model = taking(shaped("image", &[Some(1), Some(1), Some(28), Some(28)]));
        let graph = model.graph.as_mut().unwrap();
        graph.node[0] = node("Reshape", &["image", "shape"], "flat");
        graph.initializer.push(whole("shape", &[2], &[1, 784]));
        model
    };
    // Its input says nothing of one image, its shapes do.
    let written_for_one = {
        let mut model = fixed.clone();
        model.graph.as_mut().unwrap().input = vec![shaped("image", &[None, Some(1), Some(28), Some(28)])];
        model
    };
    let by_axis = |op: &str, axis: i64| with(node(op, &["logits"], "met"), [int("axis", axis)]);
    let of_batch = with(node("ReduceMax", &["logits"], "most"), [ints("axes", &[0]), int("keepdims", 1)]);
    let meeting: [ModelProto; 3] = [
        ending(vec![by_axis("LogSoftmax", 0), node("Add", &["met", "logits"], "sum")]),
        ending(vec![of_batch, node("Sub", &["logits", "most"], "rest"), node("Add", &["rest", "logits"], "sum")]),
        ending(vec![
            with(node("Transpose", &["logits"], "across"), [ints("perm", &[1, 0])]),
            node("MatMul", &["logits", "across"], "square"),
            node("MatMul", &["square", "logits"], "sum"),
        ]),
    ];
    for (index, model) in [fixed, written_for_one].iter().chain(&meeting).enumerate() {
        let network = read(model);
        let together = network.logits(&images(35)).unwrap();
        for (image, row) in images(35).chunks(1).zip(together) {
            assert_eq!(network.logits(&image).unwrap(), [row], "file {index}");
        }
    }
}

#[test]
fn attributes_and_inputs_that_an_operator_does_not_have_are_refused() {
    let flat = |attributes| {
        let flatten = with(node("Flatten", &["image"], "flat"), attributes);
        let gemm = with(node("Gemm", &["flat", "w"], "logits"), vec![int("transB", 0)]);
        model(vec![flatten, gemm], vec![weights("w", &[784, 10])])
    };
    assert!(Network::from_onnx(&flat(vec![int("axis", 1)]).encode_to_vec()).is_ok());
    refuses("a stride of Flatten", &flat(vec![ints("strides", &[2, 2])]), "network", &["Flatten \"flat\"", "strides"]);

    let mut half = flat(vec![]);
    half.graph.as_mut().unwrap().node[1].attribute[0].i = 2;
    refuses("a flag that is none", &half, "network", &["Gemm \"logits\"", "transB", "0 or 1", "2"]);

    let mut more = flat(vec![]);
    more.graph.as_mut().unwrap().node[0].input.push("w".into());
    refuses("a second input of Flatten", &more, "network", &["Flatten \"flat\"", "at most 1 inputs"]);

    // The axes of a mean are an attribute up to version 17, and an input from 18 on.
    let mean = |version, axes_as_input: bool| {
        let inputs: &[&str] = if axes_as_input { &["image", "axes"] } else { &["image"] };
        let attributes = if axes_as_input { vec![] } else { vec![ints("axes", &[2, 3])] };
        let mean = with(node("ReduceMean", inputs, "features"), attributes);
        let mut model = classifier(vec![mean], vec![whole("axes", &[2], &[2, 3])], 1);
        model.opset_import[0].version = version;
        model
    };
    for (version, axes_as_input) in [(17, false), (18, true)] {
        assert!(Network::from_onnx(&mean(version, axes_as_input).encode_to_vec()).is_ok(), "{version}");
    }
    refuses("an attribute of the past", &mean(18, false), "network", &["axes", "version 18"]);
    refuses("an input of the future", &mean(17, true), "network", &["at most 1 inputs"]);
}

#[test]
fn a_batch_of_no_images_is_refused() {
    let mut empty = classifier(vec![node("Identity", &["image"], "features")], vec![], 784);
    empty.graph.as_mut().unwrap().input = vec![shaped("image", &[Some(0), Some(1), Some(28), Some(28)])];
    refuses("no images", &empty, "network", &["input \"image\"", "(0, 1, 28, 28)"]);
}
