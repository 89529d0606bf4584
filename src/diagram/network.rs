//! A described network as layers: activations inside of them, weights counted once however they are stored.

use std::collections::HashMap;

use super::{LayerDetail, LayerInfo};
use crate::network::describe::{Description, Node, TensorInfo};

/// Operators that only bend each value: they are drawn inside the layer before them.
const ACTIVATIONS: [&str; 7] = ["Relu", "LeakyRelu", "Elu", "Gelu", "Sigmoid", "Tanh", "Softmax"];

/// The layers of a described file, in order of execution.
pub fn layers(description: &Description) -> Vec<LayerInfo> {
    let mut layers: Vec<LayerInfo> = Vec::new();
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
            && layers[at].activation.is_none()
            && readers(tensor) == 1
        {
            layers[at].activation = Some(node.operator.clone());
            made.extend(node.outputs.iter().map(|tensor| (&**tensor, at)));
            continue;
        }
        let stored: Vec<&Node> = node.inputs.iter().filter_map(|tensor| expanded.remove(&**tensor)).collect();
        let sources = node.inputs.iter().filter_map(|tensor| made.get(&**tensor).copied()).collect();
        // Of a node that expands weights only the first tensor is a weight: the others are scales and zero points.
        let kept = stored.iter().filter_map(|node| node.weights.first());
        let weights: Vec<TensorInfo> = kept.chain(&node.weights).cloned().collect();
        made.extend(node.outputs.iter().map(|tensor| (&**tensor, layers.len())));
        layers.push(LayerInfo {
            name: node.name.clone(),
            operator: node.operator.clone(),
            detail: window(node),
            activation: None,
            output: node.output.clone(),
            parameters: weights.iter().fold(0, |sum, weight| sum.saturating_add(weight.values())),
            weights,
            stored: 0,
            sources,
        });
    }
    layers
}

/// Kernel and stride, where the node has them.
fn window(node: &Node) -> Option<LayerDetail> {
    let attribute = |name: &str| node.attributes.iter().find(|(own, _)| own == name).map(|(_, values)| values);
    let kernel = attribute("kernel_shape").cloned().unwrap_or_default();
    let stride = attribute("strides").and_then(|steps| steps.iter().max()).copied().unwrap_or(1);
    (!kernel.is_empty() || stride > 1).then_some(LayerDetail::Window { kernel, stride })
}
