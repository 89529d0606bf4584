//! Files that ask for more than there is: each limit of the budget, and what a few hundred bytes once took.

use prost::Message;
use vitrine::network::{Budget, Network};
use vitrine::onnx::{ModelProto, NodeProto, TensorProto};

use crate::graphs::{classifier, int, ints, node, weights, whole, with};
use crate::hostile::refuses;
use crate::network::linear;

/// A few hundred bytes that ask for gigabytes, or for years.
#[test]
fn what_asks_for_too_much_is_refused_before_it_is_made() {
    let doubled = |first: &str, axis: i64, times: usize, constants: Vec<TensorProto>| {
        let mut nodes: Vec<NodeProto> = Vec::new();
        for step in 0..times {
            let (from, to) = (if step == 0 { first.to_owned() } else { format!("q{step}") }, format!("q{}", step + 1));
            nodes.push(with(node("Concat", &[&from, &from], &to), [int("axis", axis)]));
        }
        nodes.push(node("GlobalAveragePool", &[&format!("q{times}")], "features"));
        classifier(nodes, constants, 1)
    };
    let padded = |pads: &[i64]| {
        let nodes = vec![node("Pad", &["image", "pads"], "wide"), node("GlobalAveragePool", &["wide"], "features")];
        classifier(nodes, vec![whole("pads", &[8], pads)], 1)
    };
    let many_axes = {
        let nodes = vec![node("Reshape", &["image", "shape"], "long"), node("Transpose", &["long"], "features")];
        let sizes: Vec<i64> = [1; 300].into_iter().chain([28, 28]).collect();
        classifier(nodes, vec![whole("shape", &[302], &sizes)], 784)
    };
    let wide_window = {
        let pool = with(
            node("AveragePool", &["image"], "features"),
            [ints("kernel_shape", &[4097, 4097]), ints("pads", &[4096, 4096, 4096, 4096])],
        );
        classifier(vec![pool], vec![], 1)
    };
    let long_chain = {
        let mut nodes = vec![node("Relu", &["image"], "r0")];
        nodes.extend((0..3000).map(|at| node("Relu", &[&format!("r{at}")], &format!("r{}", at + 1))));
        nodes.push(node("Identity", &["r3000"], "features"));
        classifier(nodes, vec![], 784)
    };
    let heavy = {
        let conv = |from: &str, to: &str| with(node("Conv", &[from, "k"], to), [ints("pads", &[2, 2, 2, 2])]);
        let mut nodes = vec![with(node("Conv", &["image", "k0"], "c0"), [ints("pads", &[2, 2, 2, 2])])];
        nodes.extend((0..4).map(|at| conv(&format!("c{at}"), &format!("c{}", at + 1))));
        nodes.push(node("GlobalAveragePool", &["c4"], "features"));
        classifier(nodes, vec![weights("k0", &[128, 1, 5, 5]), weights("k", &[128, 128, 5, 5])], 128)
    };
    let cases: [(&str, ModelProto, &[&str]); 8] = [
        ("an image doubled", doubled("image", 1, 16, vec![]), &["Concat \"q14\"", "8388608 values"]),
        (
            "a constant doubled",
            doubled("c", 2, 30, vec![weights("c", &[1, 1, 1, 28])]),
            &["Concat \"q", "8388608 values"],
        ),
        (
            "pads of 65535",
            padded(&[0, 0, 65_535, 65_535, 0, 0, 65_535, 65_535]),
            &["Pad \"wide\"", "131098", "8388608 values"],
        ),
        ("batches of pads", padded(&[65_535, 65_535, 0, 0, 65_535, 65_535, 0, 0]), &["Pad \"wide\"", "8388608 values"]),
        ("302 axes", many_axes, &["Reshape \"long\"", "8 axes", "302"]),
        ("a window of 4097 × 4097", wide_window, &["AveragePool \"features\"", "4096 taps", "16785409"]),
        ("3003 nodes", long_chain, &["2048 nodes"]),
        ("128 maps five times", heavy, &["Conv \"c", "1073741824 multiply-adds"]),
    ];
    for (name, model, says) in &cases {
        refuses(name, model, "limit", says);
    }
}

/// Files of messages that would be a hundred times as large in memory.
#[test]
fn messages_are_counted_before_they_are_decoded() {
    let refuses = |name: &str, bytes: &[u8], code: &str, says: &str| {
        let error = Network::from_onnx(bytes).err().unwrap_or_else(|| panic!("{name} is accepted"));
        assert_eq!(error.code(), code, "{name}: {error}");
        assert!(error.to_string().contains(says), "{name}: {error}");
    };
    let held = |field: u8, bytes: &[u8]| {
        let mut message = vec![field << 3 | 2];
        let mut length = bytes.len();
        while length >= 0x80 {
            message.push(length as u8 | 0x80);
            length >>= 7;
        }
        message.push(length as u8);
        message.extend(bytes);
        message
    };
    let (graph, of_graph, of_node) = (7, 1, 5);
    refuses("empty nodes", &held(graph, &[of_graph << 3 | 2, 0].repeat(1 << 20)), "limit", "131072 messages");
    refuses(
        "empty attributes",
        &held(graph, &held(of_graph, &[of_node << 3 | 2, 0].repeat(1 << 20))),
        "limit",
        "messages",
    );
    let listed = held(graph, &held(of_graph, &held(of_node, &held(8, &vec![1; 1 << 24]))));
    refuses("integers of one byte", &listed, "limit", "8388608 listed numbers");
    let unpacked = held(graph, &held(of_graph, &held(of_node, &[8 << 3, 1].repeat(1 << 23))));
    refuses("integers one by one", &[unpacked.as_slice(), &[8, 1]].concat(), "limit", "listed numbers");
    let nested = (0..40).fold(Vec::new(), |inner, _| held(of_graph, &held(of_node, &held(6, &inner))));
    refuses("graphs in graphs", &held(graph, &nested), "limit", "16 messages within messages");
    refuses("a large file", &vec![0; (32 << 20) + 1], "limit", "33554432 bytes");
    refuses("a length past the end", &[graph << 3 | 2, 9, 1], "format", "ends past its message");
    refuses("an endless length", &[0xff; 12], "format", "does not end");
    refuses("a group", &[graph << 3 | 3], "format", "unknown kind");
}

#[test]
fn each_limit_of_the_budget_counts() {
    let file = linear().encode_to_vec();
    let whole = Budget::default();
    let reads = |budget| Network::from_onnx_within(&file, &budget).map(drop);
    assert_eq!(reads(whole), Ok(()));
    // 784 and 7840 and 10 stored, 784 in the image, 784 flat, 10 and 10 computed; one product.
    let exact = Budget { bytes: file.len(), depth: 7, nodes: 2, rank: 4, tensor: 7840, multiply_adds: 7840, ..whole };
    assert_eq!(reads(exact), Ok(()));
    let narrower: [(&str, Budget); 9] = [
        ("bytes", Budget { bytes: file.len() - 1, ..whole }),
        ("messages within messages", Budget { depth: 3, ..whole }),
        ("messages and texts", Budget { messages: 20, ..whole }),
        ("listed numbers", Budget { numbers: 5, ..whole }),
        ("nodes", Budget { nodes: 1, ..whole }),
        ("axes", Budget { rank: 3, ..whole }),
        ("values", Budget { tensor: 7839, ..whole }),
        ("values", Budget { values: 8000, ..whole }),
        ("multiply-adds", Budget { multiply_adds: 7839, ..whole }),
    ];
    for (what, budget) in narrower {
        let error = reads(budget).unwrap_err();
        assert_eq!(error.code(), "limit", "{what}: {error}");
        assert!(error.to_string().contains(what), "{what}: {error}");
    }
}

#[test]
fn the_documentation_has_the_default_budget() {
    let text = include_str!("../../docs/onnx.md");
    let rows =
        text.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |")?.rsplit_once(" | ")?.1.parse().ok());
    let Budget { bytes, depth, messages, numbers, nodes, rank, window, tensor, values, multiply_adds } =
        Budget::default();
    let limits = [bytes, depth, messages, numbers, nodes, rank, window, tensor, values, multiply_adds];
    assert_eq!(rows.collect::<Vec<usize>>(), limits);
}
