//! A described network as layers: activations inside of them, weights counted once however they are stored.

use std::collections::HashMap;

use super::Layer;
use crate::network::describe::{Description, Node};

/// Operators that only bend each value: they are drawn inside the layer before them.
const ACTIVATIONS: [&str; 7] = ["Relu", "LeakyRelu", "Elu", "Gelu", "Sigmoid", "Tanh", "Softmax"];

/// The layers of a described file, in order of execution.
pub fn layers(description: &Description) -> Vec<Layer> {
    let mut layers: Vec<Layer> = Vec::new();
    // Which layer a tensor comes out of, and which node expands stored weights into it.
    let mut made: HashMap<&str, usize> = HashMap::new();
    let mut expanded: HashMap<&str, &Node> = HashMap::new();
    let readers =
        |tensor: &str| description.nodes.iter().flat_map(|node| &node.inputs).filter(|name| *name == tensor).count();
    for node in &description.nodes {
        if node.operator == "DequantizeLinear" && node.inputs.is_empty() {
            expanded.extend(node.outputs.iter().map(|tensor| (&**tensor, node)));
            continue;
        }
        let source = node.inputs.first().and_then(|tensor| Some((tensor, *made.get(&**tensor)?)));
        if let (true, Some((tensor, at))) = (ACTIVATIONS.contains(&&*node.operator), source)
            && layers[at].activation.is_empty()
            && readers(tensor) == 1
        {
            layers[at].activation.clone_from(&node.operator);
            made.extend(node.outputs.iter().map(|tensor| (&**tensor, at)));
            continue;
        }
        let stored: Vec<&Node> = node.inputs.iter().filter_map(|tensor| expanded.remove(&**tensor)).collect();
        let sources =
            node.inputs.iter().filter_map(|tensor| Some(layers[*made.get(&**tensor)?].name.clone())).collect();
        // Of a node that expands weights only the first tensor is a weight: the others are scales and zero points.
        let kept = stored.iter().filter_map(|node| Some((node.weights.first()?, *node.sizes.first()?)));
        let kept: Vec<(&String, usize)> = kept.chain(node.weights.iter().zip(node.sizes.iter().copied())).collect();
        made.extend(node.outputs.iter().map(|tensor| (&**tensor, layers.len())));
        layers.push(Layer {
            name: node.name.clone(),
            operator: node.operator.clone(),
            detail: detail(node),
            activation: String::new(),
            shape: node.shape.clone(),
            dtype: node.dtype.clone(),
            weights: kept.iter().map(|(weight, _)| (*weight).clone()).collect(),
            parameters: kept.iter().map(|(_, size)| size).sum(),
            sources,
        });
    }
    layers
}

/// Kernel and stride, where the node has them.
fn detail(node: &Node) -> String {
    let attribute = |name: &str| node.attributes.iter().find(|(own, _)| own == name).map(|(_, values)| values);
    let kernel = attribute("kernel_shape").map(|sides| sides.iter().map(i64::to_string).collect::<Vec<_>>().join("×"));
    let stride = attribute("strides").and_then(|steps| steps.iter().max()).filter(|step| **step > 1);
    let parts = [kernel, stride.map(|step| format!("stride {step}"))];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
