//! `vitrine index`: learns the compact KNN index.

use std::path::PathBuf;
use std::time::Duration;

use vitrine::dataset::folder::DataDir;
use vitrine::dataset::split::Split;
use vitrine::drawings::{self, Set};
use vitrine::idx::Samples;
use vitrine::knn::codec::{Decoder, Encoder};
use vitrine::knn::index::KnnIndex;
use vitrine::knn::thumbnails::Thumbnails;
use vitrine::learn::knn::fit::fit;
use vitrine::learn::knn::settings::Settings;
use vitrine::measure::classifier::{Classifier, INDEX_ROLE};
use vitrine::measure::corruption::Robustness;
use vitrine::measure::drawings::Drawings;
use vitrine::measure::evaluate;
use vitrine::measure::knn::{self as measure, Fidelity};
use vitrine::publish::knn;
use vitrine::storage::models::Models;

use super::bars::bar;
use super::out::say;

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
    /// How many drawings of the project's own are queries beside the images
    #[arg(long, default_value_t = Settings::default().drawings)]
    drawings: usize,
    /// Share of the images that are queries once more, changed as drawings are
    #[arg(long, default_value_t = Settings::default().changed)]
    changed: f32,
    /// Loss for not telling drawings of no garment by their distance
    #[arg(long, default_value_t = Settings::default().novelty)]
    novelty: f32,
    /// Loss for a bit of code: more gives a smaller file
    #[arg(long, default_value_t = Settings::default().rate)]
    rate: f32,
    /// Loss for a thumbnail's squared error: more gives better thumbnails
    #[arg(long, default_value_t = Settings::default().fidelity)]
    fidelity: f32,
    /// Stop after the validation, and write nothing
    #[arg(long)]
    trial: bool,
    /// Use only the first N training images and N validation images, for a trial run
    #[arg(long, value_name = "N")]
    subset: Option<usize>,
    /// Folder of the results
    #[arg(long, default_value = "models")]
    out: PathBuf,
}

pub fn run(args: IndexArgs) -> vitrine::Result<()> {
    let data = DataDir::locate()?;
    let (train, validation, all) = parts(data.train()?, args.subset);
    let defaults = Settings::default();
    let settings = Settings {
        seed: args.seed,
        epochs: args.epochs,
        dims: args.dims,
        encoder_hidden: args.hidden,
        dropout: args.dropout,
        drawings: args.drawings,
        changed: args.changed,
        novelty: args.novelty,
        rate: args.rate,
        fidelity: args.fidelity,
        batch: defaults.batch.min(train.len()),
        ..defaults
    };
    let dataset = data.sha256()?;

    let (encoder, decoder, bits) = learned(&train, &settings)?;
    let fidelity = measure::fidelity(&validation, &encoder, &decoder)?;
    let index = knn::index_of(&train, encoder, 1, dataset)?;
    let accuracies = measure::accuracies(&index, &validation)?;
    let (k, accuracy) = measure::choose_k(&accuracies)?;
    let index = index.with_k(k)?;
    let mut radius = measure::radius(&index, &validation)?;
    if settings.drawings > 0 {
        // A code that has learned from drawings is to know them again.
        let drawn = drawings::behind(&validation.select(&[]), Set::Validation, drawings::COUNT)?;
        radius = radius.max(measure::radius(&index, &drawn)?);
    }
    let mut lines: Vec<String> =
        accuracies.iter().map(|(k, accuracy)| format!("k = {k:2}: validation accuracy {accuracy:.4}")).collect();
    lines.push(format!("chosen: k = {k}, validation accuracy {accuracy:.4}"));
    lines.push(format!(
        "radius that holds 95% of validation images, and of drawings where they were learned from: {radius:.4}"
    ));
    lines.push(format!("thumbnails of validation images: {}", decibels(&fidelity)));
    lines.push(format!("bits a code: {bits:.2}"));
    let index = index.with_radius(radius)?;
    if args.trial {
        lines.extend(abroad(&index, &validation)?);
    }
    // A trial is made to be read; what was learned is written even if it cannot be printed.
    let printed = say!("{}", lines.join("\n"));
    if args.trial {
        return printed.and_then(|()| say!("a trial: {} bytes, not written", index.to_bytes().len()));
    }

    let (encoder, decoder, _) = learned(&all, &settings)?;
    let fidelity = measure::fidelity(&all, &encoder, &decoder)?;
    let index = knn::index_of(&all, encoder, k, dataset)?.with_radius(radius)?;
    let subset = args.subset.map(|count| format!(" --subset {count}")).unwrap_or_default();
    let made = format!(
        "vitrine {} index{subset}; k = {k} chosen at validation accuracy {accuracy:.4}; thumbnails {:.2} dB; {settings:?}",
        env!("CARGO_PKG_VERSION"),
        fidelity.mean_psnr
    );
    let thumbnails = Thumbnails::new(decoder, &index)?;
    let sizes = knn::publish(&Models::at(&args.out), &index, &thumbnails, settings.seed, &made)?;
    printed?;
    for (file, bytes) in knn::FILES.iter().zip(sizes) {
        say!("{}: {bytes} bytes", args.out.join(file).display())?;
    }
    say!("{} references", index.len())?;
    say!("thumbnails of all references: {}", decibels(&fidelity))
}

/// What an index makes of what is not like its references: corrupted validation images, drawings, what is no garment.
fn abroad(index: &KnnIndex, validation: &Samples) -> vitrine::Result<Vec<String>> {
    let classifier = Classifier::Knn(Box::new(index.clone()));
    let role = [INDEX_ROLE.to_owned()];
    let corrupted =
        Robustness::measure(validation, &role, |_, images| classifier.accuracy(images, validation.labels()))?;
    let drawings = Drawings::measure(Set::Validation, &role, |_, images| classifier.labels(images))?;
    let novelty = evaluate::novelty(index, validation, Set::Validation)?;
    let mut lines = vec![
        format!("mean accuracy on corrupted validation images: {:.4}", corrupted.mean(INDEX_ROLE).unwrap_or_default()),
        format!("accuracy on drawings: {:.4}", drawings.models[INDEX_ROLE].accuracy),
    ];
    let drawn = novelty.drawn.into_iter().flat_map(|drawn| {
        let others = drawn.others.into_iter().map(|kind| (kind.kind, kind.detected));
        [("drawings of garments".to_owned(), drawn.garments)].into_iter().chain(others)
    });
    let unseen =
        novelty.unseen.into_iter().map(|kind| (format!("{}, AUROC {:.3}", kind.kind, kind.auroc), kind.detected));
    lines.extend(drawn.chain(unseen).map(|(kind, share)| format!("called novel: {:.1}% of {kind}", 100.0 * share)));
    Ok(lines)
}

/// What is learned from first, what choices are made on, and both together.
fn parts(samples: Samples, subset: Option<usize>) -> (Samples, Samples, Samples) {
    let Split { mut train, mut validation } = Split::standard(samples.labels());
    let Some(count) = subset else { return (samples.select(&train), samples.select(&validation), samples) };
    train.truncate(count);
    validation.truncate(count);
    let mut all = [&*train, &*validation].concat();
    all.sort_unstable();
    (samples.select(&train), samples.select(&validation), samples.select(&all))
}

fn decibels(Fidelity { mean_psnr, psnr_of_mean, .. }: &Fidelity) -> String {
    format!("PSNR {mean_psnr:.2} dB on average, {psnr_of_mean:.2} dB of the mean error")
}

/// An encoder, a decoder, and the mean bits of a code, as estimated while learning.
fn learned(samples: &Samples, settings: &Settings) -> vitrine::Result<(Encoder, Decoder, f32)> {
    let from = format!("{} images", samples.len());
    let bar = bar(settings.epochs, "{bar:30} {pos}/{len} epochs, {eta} left  {msg}");
    bar.enable_steady_tick(Duration::from_millis(500));
    bar.set_message(format!("learning from {from}"));
    let mut bits = 0.0;
    let learned = fit(samples, settings, |progress| {
        bar.set_position(progress.epoch as u64);
        let neighbours = progress.neighbours;
        bits = progress.bits;
        bar.set_message(format!("{from}: neighbours {neighbours:.4}, {bits:.1} bits, error {:.5}", progress.error));
    })?;
    bar.finish();
    Ok((learned.0, learned.1, bits))
}
