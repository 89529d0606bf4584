//! What an ONNX file says of itself, in its `metadata_props`.

use crate::onnx::ModelProto;

use crate::error::{Blame, Error, Result};
use crate::labels::{CLASSES, NAMES};

/// The facts that the exporter writes beside the graph. A file from elsewhere may lack any of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Metadata {
    /// `mlp`, `cnn`, …; empty when the file does not say.
    pub architecture: String,
    /// The class names in output order; the data set's when the file does not say.
    pub labels: Vec<String>,
    /// What the logits are divided by before the softmax; 1 when the file does not say.
    pub temperature: f32,
    /// Every property as written, in file order.
    pub properties: Vec<(String, String)>,
}

impl Metadata {
    pub(super) fn from_proto(model: &ModelProto) -> Result<Self> {
        let properties: Vec<(String, String)> =
            model.metadata_props.iter().map(|entry| (entry.key.clone(), entry.value.clone())).collect();
        let find = |key: &str| properties.iter().find(|(name, _)| name == key).map(|(_, value)| &**value);
        let labels = find("labels").map_or_else(|| Ok(NAMES.map(String::from).to_vec()), parse_labels)?;
        let temperature = find("temperature").map_or(Ok(1.0), parse_temperature)?;
        let architecture = find("architecture").unwrap_or_default().to_owned();
        Ok(Self { architecture, labels, temperature, properties })
    }

    /// The value of one property, if the file has it.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.properties.iter().find(|(name, _)| name == key).map(|(_, value)| &**value)
    }
}

fn parse_labels(text: &str) -> Result<Vec<String>> {
    let wrong = |got: String| {
        Error::new(Blame::Format, "metadata property \"labels\"")
            .expected(format!("a JSON array of {CLASSES} names"))
            .got(got)
    };
    let labels: Vec<String> = serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
    if labels.len() == CLASSES { Ok(labels) } else { Err(wrong(format!("{} names", labels.len()))) }
}

fn parse_temperature(text: &str) -> Result<f32> {
    match text.parse::<f32>() {
        Ok(temperature) if temperature.is_finite() && temperature > 0.0 => Ok(temperature),
        _ => {
            Err(Error::new(Blame::Format, "metadata property \"temperature\"").expected("a positive number").got(text))
        }
    }
}
