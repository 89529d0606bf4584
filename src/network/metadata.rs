//! What an ONNX file says of itself, in its `metadata_props`.

use crate::onnx::ModelProto;

use crate::error::{Blame, Error, Result};
use crate::labels::{CLASSES, NAMES};

/// The facts that the exporter writes beside the graph. A file from elsewhere may lack any of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Metadata {
    /// `mlp`, `cnn`, …; empty when the file does not say.
    pub architecture: String,
    /// Where each of this build's classes stands in the file's output; in this build's order when the file does not say.
    pub(super) order: [usize; CLASSES],
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
        let order = find("labels").map_or(Ok(std::array::from_fn(|class| class)), parse_labels)?;
        let temperature = find("temperature").map_or(Ok(1.0), parse_temperature)?;
        let architecture = find("architecture").unwrap_or_default().to_owned();
        Ok(Self { architecture, order, temperature, properties })
    }

    /// The value of one property, if the file has it.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.properties.iter().find(|(name, _)| name == key).map(|(_, value)| &**value)
    }
}

fn parse_labels(text: &str) -> Result<[usize; CLASSES]> {
    let wrong = |got: String| {
        Error::new(Blame::Format, "metadata property \"labels\"")
            .expected(format!("a JSON array of the {CLASSES} names {} in any order", NAMES.join(", ")))
            .got(got)
            .remedy("export the classifier for these classes")
    };
    let labels: Vec<String> = serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
    let places = NAMES.map(|name| labels.iter().position(|label| label == name));
    match places {
        _ if labels.len() != CLASSES => Err(wrong(format!("{} names", labels.len()))),
        _ if places.contains(&None) => Err(wrong(text.to_owned())),
        _ => Ok(places.map(Option::unwrap_or_default)),
    }
}

fn parse_temperature(text: &str) -> Result<f32> {
    match text.parse::<f32>() {
        Ok(temperature) if temperature.is_finite() && temperature > 0.0 => Ok(temperature),
        _ => {
            Err(Error::new(Blame::Format, "metadata property \"temperature\"").expected("a positive number").got(text))
        }
    }
}
