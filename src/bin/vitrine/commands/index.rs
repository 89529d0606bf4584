//! `vitrine index`: learns the compact KNN index, or measures the exact one.

use std::path::PathBuf;
use std::time::Duration;

use vitrine::dataset::folder::DataDir;
use vitrine::dataset::split::Split;
use vitrine::error::{Blame, Error};
use vitrine::idx::Samples;
use vitrine::image::PIXELS;
use vitrine::knn::codec::{Decoder, Encoder};
use vitrine::knn::exact::ExactKnn;
use vitrine::knn::thumbnails::Thumbnails;
use vitrine::learn::index::learn::{Settings, learn};
use vitrine::manifest::Entry;
use vitrine::measure::index as build;
use vitrine::storage::files;
use vitrine::storage::models::Models;

use super::bars::bar;

/// Voters of the exact search: those of the notebook which it stands for.
const EXACT_K: usize = 3;

/// Learn the compact KNN index and write models/knn.index and models/knn.thumbnails
///
/// A code of a few small integers an image is learned from 50,000 training images; k is chosen on the other 10,000; then
/// the code is learned again from all 60,000, which become the references. The test images are not opened.
#[derive(clap::Args)]
pub struct IndexArgs {
    /// Passes over the images
    #[arg(long, default_value_t = Settings::default().epochs)]
    epochs: usize,
    /// Seed of every random choice
    #[arg(long, default_value_t = Settings::default().seed)]
    seed: u64,
    /// Numbers in a code, at most 16
    #[arg(long, default_value_t = Settings::default().dims)]
    dims: usize,
    /// Hidden units of the encoder
    #[arg(long, default_value_t = Settings::default().encoder_hidden)]
    hidden: usize,
    /// Share of the hidden units that a step leaves out
    #[arg(long, default_value_t = Settings::default().dropout)]
    dropout: f32,
    /// Loss for a bit of code: more gives a smaller file
    #[arg(long, default_value_t = Settings::default().rate)]
    rate: f32,
    /// Loss for a thumbnail's squared error: more gives better thumbnails
    #[arg(long, default_value_t = Settings::default().fidelity)]
    fidelity: f32,
    /// Stop after the validation, and write nothing
    #[arg(long)]
    trial: bool,
    /// Folder of the results
    #[arg(long, default_value = "models")]
    out: PathBuf,
    /// Instead, write the exact raw-pixel index (47 MB; k = 3) here, and print its validation accuracy. Format: magic
    /// `VITRRAW` and a line feed, the count as little-endian u32, a byte a label, 784 bytes an image
    #[arg(long, value_name = "FILE")]
    exact: Option<PathBuf>,
}

pub fn run(args: IndexArgs) -> vitrine::Result<()> {
    let data = DataDir::locate()?;
    let samples = data.train()?;
    let split = Split::standard(samples.labels());
    let (train, validation) = (samples.select(&split.train), samples.select(&split.validation));
    if let Some(path) = args.exact {
        return exact(&path, &samples, &train, &validation);
    }
    let settings = Settings {
        seed: args.seed,
        epochs: args.epochs,
        dims: args.dims,
        encoder_hidden: args.hidden,
        dropout: args.dropout,
        rate: args.rate,
        fidelity: args.fidelity,
        ..Settings::default()
    };
    let dataset = data.sha256()?;
    let source = digest(&dataset)?;

    let (encoder, decoder) = learned("50,000 images", &train, &settings)?;
    let fidelity = build::fidelity(&validation, &encoder, &decoder)?;
    let index = build::index_of(&train, encoder, 1, source)?;
    let accuracies = build::accuracies(&index, &validation)?;
    let (k, accuracy) = build::choose_k(&accuracies)?;
    for (k, accuracy) in accuracies {
        println!("k = {k:2}: validation accuracy {accuracy:.4}");
    }
    println!("chosen: k = {k}, validation accuracy {accuracy:.4}");
    let index = index.with_k(k)?;
    let radius = build::radius(&index, &validation)?;
    println!("radius that holds 95% of validation images: {radius:.4}");
    let psnr = (fidelity.mean_psnr, fidelity.psnr_of_mean);
    println!("thumbnails of validation images: PSNR {:.2} dB on average, {:.2} dB of the mean error", psnr.0, psnr.1);
    if args.trial {
        println!("a trial: {} bytes, not written", index.to_bytes().len());
        return Ok(());
    }

    let (encoder, decoder) = learned("60,000 images", &samples, &settings)?;
    let fidelity = build::fidelity(&samples, &encoder, &decoder)?;
    let index = build::index_of(&samples, encoder, k, source)?.with_radius(radius)?;
    let (bytes, thumbnails) = (index.to_bytes(), Thumbnails::new(decoder, &index)?.to_bytes());
    let mut entry = Entry::new("knn", "knn.index", &bytes);
    entry.seed = settings.seed;
    entry.provenance = format!(
        "vitrine {} index; k = {k} chosen at validation accuracy {accuracy:.4}; thumbnails {:.2} dB; {settings:?}",
        env!("CARGO_PKG_VERSION"),
        fidelity.mean_psnr
    );
    let models = Models::at(&args.out);
    let mut pictures = Entry::new("knn-thumbnails", "knn.thumbnails", &thumbnails);
    pictures.input_shape = vec!["N".into(), (settings.dims as u64).into()];
    pictures.output_shape = vec!["N".into(), (PIXELS as u64).into()];
    (pictures.seed, pictures.provenance) = (entry.seed, entry.provenance.clone());
    models.publish(entry, &bytes, &dataset)?;
    models.publish(pictures, &thumbnails, &dataset)?;
    println!("{}: {} bytes, {} references", args.out.join("knn.index").display(), bytes.len(), samples.len());
    println!("{}: {} bytes", args.out.join("knn.thumbnails").display(), thumbnails.len());
    let psnr = (fidelity.mean_psnr, fidelity.psnr_of_mean);
    println!("thumbnails of all references: PSNR {:.2} dB on average, {:.2} dB of the mean error", psnr.0, psnr.1);
    Ok(())
}

fn learned(from: &str, samples: &Samples, settings: &Settings) -> vitrine::Result<(Encoder, Decoder)> {
    let bar = bar(settings.epochs, "{bar:30} {pos}/{len} epochs, {eta} left  {msg}");
    bar.enable_steady_tick(Duration::from_millis(500));
    bar.set_message(format!("learning from {from}"));
    let learned = learn(samples, settings, |progress| {
        bar.set_position(progress.epoch as u64);
        let (neighbours, bits) = (progress.neighbours, progress.bits);
        bar.set_message(format!("{from}: neighbours {neighbours:.4}, {bits:.1} bits, error {:.5}", progress.error));
    })?;
    bar.finish();
    Ok(learned)
}

fn exact(path: &std::path::Path, all: &Samples, train: &Samples, validation: &Samples) -> vitrine::Result<()> {
    let knn = ExactKnn::new(train.bytes().to_vec(), PIXELS, train.labels().to_vec())?;
    let bar = bar(validation.len(), "{bar:30} {pos}/{len} images, {eta} left  {msg}");
    let predicted = build::predict_exact(&knn, validation, EXACT_K, |done| bar.inc(done))?;
    bar.finish();
    let accuracy = build::share(&predicted, validation.labels())?;
    println!("exact, raw pixels, k = {EXACT_K}, {} references: validation accuracy {accuracy:.4}", train.len());
    let labels = all.labels().iter().map(|label| label.number());
    let bytes: Vec<u8> = b"VITRRAW\n".iter().copied().chain((all.len() as u32).to_le_bytes()).chain(labels).collect();
    files::write(path, &[bytes.as_slice(), all.bytes()].concat())?;
    println!("{}: {} references", path.display(), all.len());
    Ok(())
}

/// The bytes of a SHA-256 in hexadecimal.
fn digest(hexadecimal: &str) -> vitrine::Result<[u8; 32]> {
    let byte =
        |index: usize| hexadecimal.get(2 * index..2 * index + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    let bytes: Option<Vec<u8>> = (0..32).map(byte).collect();
    bytes
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| Error::new(Blame::Internal, "SHA-256").expected("64 hexadecimal digits").got(hexadecimal))
}
