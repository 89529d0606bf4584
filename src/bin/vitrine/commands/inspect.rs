//! `vitrine inspect`: what the files of `models/` hold.

use std::path::PathBuf;

use vitrine::knn::index::KnnIndex;
use vitrine::labels::{CLASSES, Label};
use vitrine::manifest::Dimension;
use vitrine::network::describe::{self, TensorInfo};
use vitrine::printable::printable;
use vitrine::sha256::Sha256;
use vitrine::storage::files;
use vitrine::storage::models::{self, Models};

use super::out::say;

/// Show what a model file holds, or what the manifest lists
///
/// Without a file: every file of the manifest, and whether it is the one described. With an ONNX file: inputs, outputs,
/// metadata, and every operator with its shape and parameters. With an index: its header.
#[derive(clap::Args)]
pub struct InspectArgs {
    /// An ONNX file or an index
    file: Option<PathBuf>,
    /// The folder of the models
    #[arg(long, value_name = "DIR", default_value = models::FOLDER)]
    models: PathBuf,
}

pub fn run(args: InspectArgs) -> vitrine::Result<()> {
    let Some(path) = args.file else { return manifest(&Models::at(&args.models)) };
    let bytes = files::read(&path)?;
    say!("{}: {} bytes, SHA-256 {}", path.display(), bytes.len(), Sha256::of(&bytes))?;
    // Every index begins so, of whatever version; the reader then says what is wrong with it.
    let shown = if bytes.starts_with(b"VITRKNN") { index(&bytes) } else { network(&bytes) };
    shown.map_err(|error| error.within(path.display()))
}

fn manifest(models: &Models) -> vitrine::Result<()> {
    let manifest = models.manifest()?;
    say!("schema {}, data set {}", manifest.schema, manifest.dataset_sha256)?;
    say!("labels: {}", manifest.labels.join(", "))?;
    let mut broken = None;
    for entry in &manifest.files {
        let state = models.load_entry(entry).map(drop);
        let verdict = if state.is_ok() { "as described" } else { "NOT as described" };
        let [path, role, provenance] =
            [&entry.path, &entry.role, &entry.provenance].map(|text| printable(text, usize::MAX));
        say!("\n{path}: {} bytes, {verdict}", entry.bytes)?;
        say!("  role {role}, {} → {}", shape(&entry.input_shape), shape(&entry.output_shape))?;
        say!("  seed {}, SHA-256 {}", entry.seed, entry.sha256)?;
        say!("  {provenance}")?;
        broken = broken.or(state.err());
    }
    broken.map_or(Ok(()), Err)
}

fn shape(dimensions: &[Dimension]) -> String {
    let extents = dimensions.iter().map(|extent| printable(&extent.to_string(), usize::MAX));
    describe::shape(&extents.collect::<Vec<_>>())
}

fn network(bytes: &[u8]) -> vitrine::Result<()> {
    let description = describe::describe(bytes)?;
    say!("ONNX, opset {}, by {}", description.opset, description.producer)?;
    say!("{}\n", description.doc)?;
    say!("in:  {}\nout: {}\n", description.inputs.join(", "), description.outputs.join(", "))?;
    say!("{:24} {:20} {:>18} {:>10}  weights", "name", "operator", "output", "parameters")?;
    for node in &description.nodes {
        let (name, operator, parameters) = (&node.name, &node.operator, node.parameters());
        let output = node.output.as_ref().map_or_else(String::new, |output| describe::shape(&output.shape));
        let weights: Vec<String> = node.weights.iter().map(TensorInfo::to_string).collect();
        say!("{name:24} {operator:20} {output:>18} {parameters:10}  {}", weights.join(", "))?;
    }
    say!("{:24} {:20} {:>18} {:10}\n", "", "", "in all", description.parameters())?;
    for (key, value) in &description.properties {
        say!("{key}: {value}")?;
    }
    Ok(())
}

fn index(bytes: &[u8]) -> vitrine::Result<()> {
    let index = KnnIndex::from_bytes(bytes)?;
    say!("KNN index: {} references, codes of {} numbers, k = {}", index.len(), index.encoder().dims(), index.k())?;
    say!("data set {}", index.source())?;
    let mut counts = [0_usize; CLASSES];
    for label in (0..index.len()).filter_map(|place| index.label(place)) {
        counts[label.index()] += 1;
    }
    for label in Label::all() {
        say!("  {:12} {:6}", label.name(), counts[label.index()])?;
    }
    Ok(())
}
