//! Reads paths of ONNX files, one a line; for each prints what `vitrine inspect` and `vitrine evaluate` would make of it, as a
//! line of JSON: what refused it, or logits of three images, alone and together, and probabilities.

use std::io::{self, BufRead, Write};

use serde_json::{Value, json};
use vitrine::Images;
use vitrine::image::PIXELS;
use vitrine::network::Network;
use vitrine::network::describe::describe;

const IMAGES: usize = 3;

/// More than one batch, with a rest.
const MANY: usize = 70;

/// The formula of tests/native/made.rs.
fn images(count: usize) -> vitrine::Result<Images<'static>> {
    let pixel = |image: usize, at: usize| ((image * 7919 + at * (image + 1) * 31) % 256) as f32 / 255.0;
    Images::from_rows((0..count).map(|image| std::array::from_fn::<_, PIXELS, _>(|at| pixel(image, at))).collect())
}

/// Numbers, and the names of what is none, since JSON has no others.
fn values(row: &[f32]) -> Vec<Value> {
    row.iter().map(|value| if value.is_finite() { json!(value) } else { json!(value.to_string()) }).collect()
}

fn rows(rows: &[[f32; 10]]) -> Vec<Vec<Value>> {
    rows.iter().map(|row| values(row)).collect()
}

fn answer(bytes: &[u8]) -> vitrine::Result<Value> {
    let network = Network::from_onnx(bytes)?;
    let images = images(MANY)?;
    let first = images.slice(0, IMAGES);
    let alone: Vec<_> = first.chunks(1).map(|image| network.logits(&image)).collect::<vitrine::Result<_>>()?;
    let probabilities: Vec<_> = first.chunks(1).map(|image| network.probabilities(&image)).collect();
    let probabilities = probabilities.into_iter().collect::<vitrine::Result<Vec<_>>>();
    let probabilities = probabilities
        .map_or(Value::Null, |all| json!(all.iter().flatten().map(|row| values(row.values())).collect::<Vec<_>>()));
    Ok(json!({
        "logits": rows(&alone.concat()),
        "together": rows(&network.logits(&first)?),
        "many": rows(&network.logits(&images)?[..IMAGES]),
        "probabilities": probabilities,
    }))
}

/// Seconds of processor time so far: others' load does not count.
fn seconds() -> io::Result<f64> {
    let stat = std::fs::read_to_string("/proc/self/schedstat")?;
    Ok(stat.split(' ').next().and_then(|ns| ns.parse::<f64>().ok()).unwrap_or(0.0) / 1e9)
}

/// The most memory that the process has held since it was last asked, in megabytes.
fn megabytes() -> io::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse::<u64>().ok());
    std::fs::write("/proc/self/clear_refs", "5")?;
    Ok(line.unwrap_or(0) >> 10)
}

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for path in io::stdin().lock().lines() {
        let bytes = std::fs::read(path?)?;
        let began = seconds()?;
        let described = describe(&bytes);
        let mut found =
            answer(&bytes).unwrap_or_else(|error| json!({ "code": error.code(), "refused": error.to_string() }));
        found["described"] = json!(described.is_ok());
        found["seconds"] = json!(seconds()? - began);
        found["megabytes"] = json!(megabytes()?);
        writeln!(out, "{found}")?;
        out.flush()?;
    }
    Ok(())
}
