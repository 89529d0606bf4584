//! A trained network → a standard ONNX file (opset 17), through the very messages that the reader decodes.

use crate::onnx::tensor_proto::DataType;
use crate::onnx::{
    AttributeProto, GraphProto, ModelProto, NodeProto, OperatorSetIdProto, StringStringEntryProto, TensorProto,
    TensorShapeProto, TypeProto, ValueInfoProto, attribute_proto, tensor_shape_proto, type_proto,
};
use prost::Message;

use crate::error::{Blame, Error, Result};
use crate::image::SIDE;
use crate::labels::{CLASSES, NAMES};
use crate::sha256::Sha256;
use crate::training::history::History;
use crate::training::layers::{Filled, Learned, Parameters, misplaced, same_padding};

/// The oldest opset with every operator used here in its present form.
const OPSET: i64 = 17;

/// The file format of that opset's release (ONNX 1.12).
const IR_VERSION: i64 = 8;

/// Layers with fewer weights stay f32 in [`Weights::Int8`]: they save nothing, and onnxruntime replaces the last layer's
/// exact product of dequantised weights by an approximate one (MatMulNBits; seen in 1.32, off by 0.01).
const FEW_WEIGHTS: usize = 4096;

/// How the weights are stored. Biases are always f32.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weights {
    /// f32, bit for bit.
    Single,
    /// One byte each and one scale per output, made f32 again by DequantizeLinear when the file is loaded.
    Int8,
}

/// The ONNX file of the network `name` with these layers: input `image` `(N, 1, 28, 28)` in [0, 1], output `logits`
/// `(N, 10)`, no softmax.
///
/// # Errors
/// [`Blame::Internal`] when an addition has nothing to add.
pub fn write(name: &str, layers: &[Learned], weights: Weights, metadata: &[(&str, String)]) -> Result<Vec<u8>> {
    let mut chain = Chain::new(weights);
    for layer in layers {
        chain.layer(layer)?;
    }
    if let Some(last) = chain.nodes.last_mut() {
        last.output = vec!["logits".to_owned()];
    }
    let image = [None, Some(1), Some(SIDE), Some(SIDE)];
    let model = ModelProto {
        ir_version: IR_VERSION,
        opset_import: vec![OperatorSetIdProto { domain: String::new(), version: OPSET }],
        producer_name: env!("CARGO_PKG_NAME").to_owned(),
        producer_version: env!("CARGO_PKG_VERSION").to_owned(),
        doc_string: format!(
            "{name}: classifies 28×28 images of garments (Fashion-MNIST). Input: (N, 1, 28, 28) f32 in [0, 1], ink = 1. \
             Output: (N, 10) logits; divide by the property `temperature` and take the softmax."
        ),
        metadata_props: metadata
            .iter()
            .map(|(key, value)| StringStringEntryProto { key: (*key).to_owned(), value: value.clone() })
            .collect(),
        graph: Some(GraphProto {
            name: name.to_owned(),
            node: chain.nodes,
            initializer: chain.constants,
            input: vec![value_info("image", &image)],
            output: vec![value_info("logits", &[None, Some(CLASSES)])],
        }),
    };
    Ok(model.encode_to_vec())
}

/// What a trained network's file says of itself, for [`write()`].
///
/// # Errors
/// [`Blame::Internal`] when the hyperparameters have no JSON form.
pub fn metadata(history: &History, dataset_sha256: Sha256, temperature: f64) -> Result<Vec<(&'static str, String)>> {
    let internal = |error: serde_json::Error| Error::new(Blame::Internal, "metadata").got(error);
    Ok(vec![
        ("architecture", history.architecture.name().to_owned()),
        ("labels", serde_json::to_string(&NAMES).map_err(internal)?),
        ("normalisation", "x / 255".to_owned()),
        ("dataset_sha256", dataset_sha256.to_string()),
        ("seed", history.seed.to_string()),
        ("hyperparameters", serde_json::to_string(&history.hyperparameters).map_err(internal)?),
        ("temperature", temperature.to_string()),
    ])
}

/// A chain of nodes: each layer takes the output of the one before it.
struct Chain {
    weights: Weights,
    nodes: Vec<NodeProto>,
    constants: Vec<TensorProto>,
    /// The output of the last layer.
    current: String,
    /// The output that the next addition takes.
    skipped: Option<String>,
    /// How many layers with parameters there are so far.
    parametrised: usize,
}

impl Chain {
    fn new(weights: Weights) -> Self {
        let (nodes, constants) = Default::default();
        Self { weights, nodes, constants, current: "image".to_owned(), skipped: None, parametrised: 0 }
    }

    fn layer(&mut self, layer: &Learned) -> Result<()> {
        match layer {
            Filled::Conv { learned, kernel, stride } => {
                let constants = self.parameters(learned, 0);
                let (before, after) = same_padding(*kernel);
                let mut attributes =
                    vec![ints("kernel_shape", &[*kernel, *kernel]), ints("pads", &[before, before, after, after])];
                attributes.extend((*stride > 1).then(|| ints("strides", &[*stride, *stride])));
                self.chain("Conv", constants, attributes);
            }
            Filled::Skip => self.skipped = Some(self.current.clone()),
            Filled::Add => {
                let skipped = self.skipped.take().ok_or_else(|| misplaced("an addition of nothing"))?;
                self.chain("Add", vec![skipped], Vec::new());
            }
            Filled::Mean => self.chain("GlobalAveragePool", Vec::new(), Vec::new()),
            Filled::Dense(learned) => {
                let constants = self.parameters(learned, 1);
                self.chain("Gemm", constants, Vec::new());
            }
            Filled::Relu => self.chain("Relu", Vec::new(), Vec::new()),
            Filled::MaxPool => {
                let sizes = ["kernel_shape", "strides"].map(|name| ints(name, &[2, 2]));
                self.chain("MaxPool", Vec::new(), sizes.to_vec());
            }
            Filled::Flatten => self.chain("Flatten", Vec::new(), vec![int("axis", 1)]),
            // Nothing happens there outside training.
            Filled::Dropout => {}
        }
        Ok(())
    }

    /// Adds a layer's weight and bias and returns their names; `outputs` is the weight's axis of outputs.
    fn parameters(&mut self, Parameters { weight, shape, bias }: &Parameters, outputs: usize) -> Vec<String> {
        self.parametrised += 1;
        let [name, bias_name] = ["weight", "bias"].map(|kind| format!("{kind}_{}", self.parametrised));
        let stored = if weight.len() < FEW_WEIGHTS { Weights::Single } else { self.weights };
        match stored {
            Weights::Single => self.constants.push(tensor(&name, shape, weight)),
            Weights::Int8 => {
                let (codes, scales) = quantise(weight, shape, outputs);
                let [codes_name, scales_name] = ["int8", "scale"].map(|kind| format!("{name}_{kind}"));
                self.constants.push(int8_tensor(&codes_name, shape, &codes));
                self.constants.push(tensor(&scales_name, &[scales.len()], &scales));
                let axis = vec![int("axis", outputs as i64)];
                self.node("DequantizeLinear", vec![codes_name, scales_name], name.clone(), axis);
            }
        }
        self.constants.push(tensor(&bias_name, &[bias.len()], bias));
        vec![name, bias_name]
    }

    /// Adds a node that takes the last layer's output and these constants.
    fn chain(&mut self, operator: &str, constants: Vec<String>, attribute: Vec<AttributeProto>) {
        let name = format!("{}_{}", operator.to_lowercase(), self.nodes.len() + 1);
        let input = [vec![std::mem::replace(&mut self.current, name.clone())], constants].concat();
        self.node(operator, input, name, attribute);
    }

    fn node(&mut self, operator: &str, input: Vec<String>, name: String, attribute: Vec<AttributeProto>) {
        self.nodes.push(NodeProto {
            op_type: operator.to_owned(),
            output: vec![name.clone()],
            name,
            input,
            attribute,
            ..NodeProto::default()
        });
    }
}

/// Signed bytes and one scale per index of the axis `outputs`: of some scales up to largest/127, the one with the least
/// squared error (clipping a few outliers costs less than a coarser step for all).
fn quantise(weight: &[f32], shape: &[usize], outputs: usize) -> (Vec<i8>, Vec<f32>) {
    let channels = shape[outputs];
    let stride: usize = shape[outputs + 1..].iter().product();
    let channel = |index: usize| index / stride % channels;
    let mut largest = vec![0.0_f32; channels];
    for (index, value) in weight.iter().enumerate() {
        largest[channel(index)] = largest[channel(index)].max(value.abs());
    }
    let code = |value: f32, scale: f32| (value / scale).round().clamp(-127.0, 127.0);
    let mut best: Vec<(f64, f32)> = vec![(f64::INFINITY, 1.0); channels];
    for clip in 0..10_u8 {
        let scales: Vec<f32> = largest
            .iter()
            .map(|largest| if *largest > 0.0 { largest * (1.0 - 0.05 * f32::from(clip)) / 127.0 } else { 1.0 })
            .collect();
        let mut errors = vec![0.0_f64; channels];
        for (index, value) in weight.iter().enumerate() {
            let scale = scales[channel(index)];
            errors[channel(index)] += f64::from(value - code(*value, scale) * scale).powi(2);
        }
        for (best, (error, scale)) in best.iter_mut().zip(errors.into_iter().zip(scales)) {
            if error < best.0 {
                *best = (error, scale);
            }
        }
    }
    let scales: Vec<f32> = best.into_iter().map(|(_, scale)| scale).collect();
    let codes = weight.iter().enumerate().map(|(index, value)| code(*value, scales[channel(index)]) as i8).collect();
    (codes, scales)
}

fn int8_tensor(name: &str, shape: &[usize], values: &[i8]) -> TensorProto {
    TensorProto {
        name: name.to_owned(),
        dims: shape.iter().map(|size| *size as i64).collect(),
        data_type: DataType::Int8 as i32,
        raw_data: values.iter().map(|value| value.to_le_bytes()[0]).collect(),
        ..TensorProto::default()
    }
}

fn tensor(name: &str, shape: &[usize], values: &[f32]) -> TensorProto {
    TensorProto {
        name: name.to_owned(),
        dims: shape.iter().map(|size| *size as i64).collect(),
        data_type: DataType::Float as i32,
        raw_data: values.iter().flat_map(|value| value.to_le_bytes()).collect(),
        ..TensorProto::default()
    }
}

fn ints(name: &str, values: &[usize]) -> AttributeProto {
    AttributeProto {
        name: name.to_owned(),
        ints: values.iter().map(|value| *value as i64).collect(),
        r#type: attribute_proto::AttributeType::Ints as i32,
        ..AttributeProto::default()
    }
}

fn int(name: &str, value: i64) -> AttributeProto {
    AttributeProto {
        name: name.to_owned(),
        i: value,
        r#type: attribute_proto::AttributeType::Int as i32,
        ..AttributeProto::default()
    }
}

/// A float tensor's name and shape, `N` where no size is given.
fn value_info(name: &str, shape: &[Option<usize>]) -> ValueInfoProto {
    use tensor_shape_proto::{Dimension, dimension::Value};
    let dim = shape
        .iter()
        .map(|size| Dimension {
            value: Some(size.map_or_else(|| Value::DimParam("N".to_owned()), |size| Value::DimValue(size as i64))),
        })
        .collect();
    let tensor = type_proto::Tensor { elem_type: DataType::Float as i32, shape: Some(TensorShapeProto { dim }) };
    ValueInfoProto {
        name: name.to_owned(),
        r#type: Some(TypeProto { value: Some(type_proto::Value::TensorType(tensor)) }),
    }
}
