//! `vitrine evaluate`: measures models on the test set.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use indicatif::ProgressBar;
use vitrine::dataset::folder::DataDir;
use vitrine::dataset::split::Split;
use vitrine::drawings::Set;
use vitrine::error::{Blame, Error, Result};
use vitrine::idx::Samples;
use vitrine::image::PIXELS;
use vitrine::knn::exact::{ExactKnn, NOTEBOOK_K};
use vitrine::labels::Label;
use vitrine::manifest::Entry;
use vitrine::measure::answers::{TestAnswers, Told};
use vitrine::measure::classifier::{Answers, Classifier, INDEX_ROLE};
use vitrine::measure::corruption::Robustness;
use vitrine::measure::drawings::Drawings;
use vitrine::measure::evaluate::{self, Exact, Measured, Metrics, comparisons, measured};
use vitrine::measure::knn as build;
use vitrine::publish::card;
use vitrine::publish::readme;
use vitrine::storage::files;
use vitrine::storage::models::{self, Document, Models};

use super::bars::bar;
use super::out::say;

/// Measure the models on the 10,000 test images, or on what choices are made on
///
/// Prints accuracy with its 95% Wilson interval, calibration, scikit-learn's classification report, and the exact McNemar
/// test between the models. The files are verified against the manifest first; what is measured is the very file that a
/// visitor's browser runs.
#[derive(clap::Args)]
pub struct EvaluateArgs {
    /// Measure only this: a role in the manifest (mlp, cnn, knn), or an ONNX file; may be repeated
    #[arg(long, value_name = "NAME|FILE.onnx")]
    model: Vec<String>,
    /// Print JSON in the form of models/metrics.json
    #[arg(long)]
    json: bool,
    /// Measure on corrupted images and on drawings too, and what the index makes of images of no garment
    #[arg(long)]
    robustness: bool,
    /// Measure on the 10,000 validation images and on drawings of their own instead: what choices are made on
    #[arg(long, conflicts_with = "save")]
    validation: bool,
    /// Write metrics.json (with --robustness and the exact search), test.answers with every answer, and the model card
    /// README.md beside the models
    #[arg(long, conflicts_with = "model")]
    save: bool,
    /// The folder of the models
    #[arg(long, value_name = "DIR", default_value = models::FOLDER)]
    models: PathBuf,
}

pub fn run(args: EvaluateArgs) -> Result<()> {
    let models = Models::at(&args.models);
    let readme = args.models.join("..").join("README.md");
    let names = if args.model.is_empty() { roles(&models)? } else { args.model };
    let robust = args.robustness || args.save;
    let (samples, set) = if args.validation {
        let train = DataDir::locate()?.train()?;
        (train.select(&Split::standard(train.labels()).validation), Set::Validation)
    } else {
        (DataDir::locate()?.test()?, Set::Report)
    };
    // What was measured is saved even if it cannot be printed.
    let mut printed = Ok(());
    let (mut results, mut predicted, mut classifiers) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let mut told = BTreeMap::new();
    for name in &names {
        let (file, bytes, classifier) = open(&models, name)?;
        let (result, answers) = measure(&file, &bytes, &classifier, &samples)?;
        if !args.json {
            printed = printed.and_then(|()| show(name, &result));
        }
        if !args.save && printed.is_err() {
            return printed;
        }
        told.insert(name.clone(), Told::new(result.sha256, &answers));
        results.insert(name.clone(), result);
        predicted.insert(name.clone(), answers.best());
        classifiers.insert(name.as_str(), classifier);
    }
    let comparisons = comparisons(samples.labels(), &predicted)?;
    let robustness = robust.then(|| {
        Robustness::measure(&samples, &names, |name, images| classifiers[name].accuracy(images, samples.labels()))
    });
    let drawings = robust.then(|| Drawings::measure(set, &names, |name, images| classifiers[name].labels(images)));
    let novelty = match classifiers.get(INDEX_ROLE) {
        Some(Classifier::Knn(index)) if robust => Some(evaluate::novelty(index, &samples, set)?),
        _ => None,
    };
    let exact = match predicted.get(INDEX_ROLE) {
        Some(by_index) if args.save => Some(exact(by_index, &samples)?),
        _ => None,
    };
    let (robustness, drawings) = (robustness.transpose()?, drawings.transpose()?);
    let metrics =
        Metrics { schema: evaluate::SCHEMA, models: results, comparisons, robustness, drawings, novelty, exact };
    if args.save {
        // Made before anything is written: a README with one mark is mended first.
        let readme = readme::refreshed(&readme, &metrics)?;
        models.write(&metrics)?;
        let answers = TestAnswers { truth: samples.labels().to_vec(), models: told };
        answers.publish(&models, models.manifest()?.dataset_sha256)?;
        card::write(&models)?;
        readme.map_or(Ok(()), |(path, text)| files::write(&path, text.as_bytes()))?;
    }
    printed.and_then(|()| if args.json { say!("{}", json(&metrics)?) } else { show_comparisons(&metrics) })
}

fn json(metrics: &Metrics) -> Result<String> {
    serde_json::to_string_pretty(metrics).map_err(|error| Error::new(Blame::Internal, Metrics::FILE).got(error))
}

fn show_comparisons(metrics: &Metrics) -> Result<()> {
    for pair in &metrics.comparisons {
        let (only_first, only_second) = (pair.comparison.only_first, pair.comparison.only_second);
        let (first, second, p) = (&pair.first, &pair.second, pair.comparison.p);
        say!("only {first} right: {only_first}, only {second} right: {only_second}; exact McNemar p = {p:.2e}")?;
    }
    if let Some(robustness) = &metrics.robustness {
        say!("\n{}", robustness.table())?;
    }
    match &metrics.drawings {
        Some(drawings) => say!("\n{}", drawings.table()),
        None => Ok(()),
    }
}

fn roles(models: &Models) -> Result<Vec<String>> {
    let roles: Vec<String> =
        models.manifest()?.files.into_iter().filter(Entry::is_classifier).map(|entry| entry.role).collect();
    if roles.is_empty() {
        return Err(Error::new(Blame::Parameter, models.path().display())
            .expected("at least one model")
            .got("an empty manifest")
            .remedy("make one: `vitrine train mlp`"));
    }
    Ok(roles)
}

/// The exact search on all training images, measured on the test images beside what the index said of them.
fn exact(by_index: &[Label], samples: &Samples) -> Result<Exact> {
    let train = DataDir::locate()?.train()?;
    let knn = ExactKnn::new(train.bytes().to_vec(), PIXELS, train.labels().to_vec())?;
    let bar = progress("exact search", samples.len());
    let predicted = build::predict_exact(&knn, samples, NOTEBOOK_K, |done| bar.inc(done))?;
    bar.finish_and_clear();
    let agreement = build::share(&predicted, by_index)?;
    Ok(Exact { k: NOTEBOOK_K, accuracy: build::share(&predicted, samples.labels())?, agreement })
}

fn progress(name: &str, images: usize) -> ProgressBar {
    bar(images, "{msg} {wide_bar} {pos}/{len} images, {eta} left").with_message(name.to_owned())
}

/// A model's file name, bytes and classifier.
fn open(models: &Models, name: &str) -> Result<(String, Vec<u8>, Classifier)> {
    if name.ends_with(".onnx") {
        let bytes = files::read(Path::new(name))?;
        let classifier = Classifier::from_onnx(&bytes).map_err(|error| error.within(name))?;
        return Ok((name.to_owned(), bytes, classifier));
    }
    let (entry, bytes) = models.load(name)?;
    let classifier = Classifier::from_bytes(&entry, &bytes)?;
    Ok((entry.path, bytes, classifier))
}

fn measure(file: &str, bytes: &[u8], classifier: &Classifier, samples: &Samples) -> Result<(Measured, Answers)> {
    let bar = progress(file, samples.len());
    let answers = classifier.answer(samples, &|done| bar.set_position(done as u64))?;
    bar.finish_and_clear();
    let temperature = classifier.temperature().unwrap_or(1.0);
    let measured = measured(file, bytes, samples.labels(), &answers, temperature)?;
    Ok((Measured { validation: classifier.validation(), ..measured }, answers))
}

fn show(name: &str, result: &Measured) -> Result<()> {
    let Measured { file, bytes, images, accuracy, interval: [low, high], wall_seconds, .. } = result;
    say!("{name} ({file}, {bytes} bytes)")?;
    say!("accuracy {accuracy:.4}, 95% interval {low:.4} to {high:.4}")?;
    let mut calibration = format!("calibration error {:.4}", result.calibration_error);
    if let (Some(log_loss), Some(temperature)) = (result.log_loss, result.temperature) {
        calibration += &format!(", log-loss {log_loss:.4}, temperature {temperature:.4}");
    }
    say!("{calibration}")?;
    if let Some([stored, single]) = result.validation {
        let points = 100.0 * (single - stored);
        say!("validation accuracy {stored:.4}, of the f32 weights {single:.4}: {points:.2} points lost to storage")?;
    }
    say!("{images} images in {wall_seconds:.2} s: {:.0} a second\n", *images as f64 / wall_seconds)?;
    say!("{}", result.text)
}
