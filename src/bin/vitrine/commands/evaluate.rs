//! `vitrine evaluate`: measures models on the test set.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use indicatif::ProgressBar;
use vitrine::dataset::folder::DataDir;
use vitrine::error::{Blame, Error, Result};
use vitrine::idx::Samples;
use vitrine::image::PIXELS;
use vitrine::knn::exact::ExactKnn;
use vitrine::labels::Label;
use vitrine::manifest::Entry;
use vitrine::measure::classifier::{Classifier, INDEX_ROLE};
use vitrine::measure::corruption::Robustness;
use vitrine::measure::evaluate::{self, Exact, Measured, Metrics, comparisons, measured};
use vitrine::measure::index as build;
use vitrine::publish::card;
use vitrine::publish::readme;
use vitrine::storage::files;
use vitrine::storage::models::{self, Models};

use super::bars::bar;

/// Voters of the exact search: those of the notebook which it stands for.
const EXACT_K: usize = 3;

/// Measure the models on the 10,000 test images
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
    /// Measure on corrupted images too, and what the index makes of images of no garment
    #[arg(long)]
    robustness: bool,
    /// Write metrics.json (with --robustness and the exact search) and the model card README.md beside the models
    #[arg(long, conflicts_with = "model")]
    save: bool,
    /// The folder of the models
    #[arg(long, value_name = "DIR", default_value = models::FOLDER)]
    models: PathBuf,
}

pub fn run(args: EvaluateArgs) -> Result<()> {
    let models = Models::at(&args.models);
    let names = if args.model.is_empty() { roles(&models)? } else { args.model };
    let robust = args.robustness || args.save;
    let samples = DataDir::locate()?.test()?;
    let (mut results, mut predicted) = (BTreeMap::new(), BTreeMap::new());
    let mut classifiers = BTreeMap::new();
    for name in &names {
        let (file, bytes, classifier) = open(&models, name)?;
        let (result, labels) = measure(&file, &bytes, &classifier, &samples)?;
        if !args.json {
            print(name, &result);
        }
        results.insert(name.clone(), result);
        predicted.insert(name.clone(), labels);
        classifiers.insert(name.as_str(), classifier);
    }
    let comparisons = comparisons(samples.labels(), &predicted)?;
    let robustness = robust.then(|| {
        Robustness::measure(&samples, &names, |name, images| classifiers[name].accuracy(images, samples.labels()))
    });
    let novelty = match classifiers.get(INDEX_ROLE) {
        Some(Classifier::Index(index)) if robust => Some(evaluate::novelty(index, &samples)?),
        _ => None,
    };
    let exact = match predicted.get(INDEX_ROLE) {
        Some(by_index) if args.save => Some(exact(by_index, &samples)?),
        _ => None,
    };
    let robustness = robustness.transpose()?;
    let metrics = Metrics { schema: evaluate::SCHEMA, models: results, comparisons, robustness, novelty, exact };
    if args.json {
        let text = serde_json::to_string_pretty(&metrics)
            .map_err(|error| Error::new(Blame::Internal, evaluate::FILE).got(error))?;
        println!("{text}");
    } else {
        for pair in &metrics.comparisons {
            let (only_first, only_second) = (pair.comparison.only_first, pair.comparison.only_second);
            let (first, second, p) = (&pair.first, &pair.second, pair.comparison.p);
            println!("only {first} right: {only_first}, only {second} right: {only_second}; exact McNemar p = {p:.2e}");
        }
        if let Some(robustness) = &metrics.robustness {
            println!("\n{}", robustness.table());
        }
    }
    if args.save {
        models.write_json(evaluate::FILE, &metrics)?;
        card::write(&models)?;
        refresh_readme(&args.models.join("..").join("README.md"), &metrics)?;
    }
    Ok(())
}

/// Renews the figures of the project's README; models elsewhere stand beside none.
fn refresh_readme(path: &Path, metrics: &Metrics) -> Result<()> {
    if !path.exists() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&files::read(path)?).into_owned();
    files::write(path, readme::with_figures(&text, metrics)?.as_bytes())
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
    let predicted = build::predict_exact(&knn, samples, EXACT_K, |done| bar.inc(done))?;
    bar.finish_and_clear();
    let agreement = build::share(&predicted, by_index)?;
    Ok(Exact { k: EXACT_K, accuracy: build::share(&predicted, samples.labels())?, agreement })
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
    Ok((entry.path, bytes, Classifier::of_role(models, name)?))
}

fn measure(file: &str, bytes: &[u8], classifier: &Classifier, samples: &Samples) -> Result<(Measured, Vec<Label>)> {
    let bar = progress(file, samples.len());
    let answers = classifier.answer(samples, &|done| bar.set_position(done as u64))?;
    bar.finish_and_clear();
    let temperature = classifier.temperature().unwrap_or(1.0);
    let measured = measured(file, bytes, samples.labels(), &answers, temperature)?;
    Ok((Measured { validation: classifier.validation(), ..measured }, answers.best()))
}

fn print(name: &str, result: &Measured) {
    let Measured { file, bytes, images, accuracy, interval: [low, high], wall_seconds, .. } = result;
    println!("{name} ({file}, {bytes} bytes)");
    println!("accuracy {accuracy:.4}, 95% interval {low:.4} to {high:.4}");
    print!("calibration error {:.4}", result.calibration_error);
    if let (Some(log_loss), Some(temperature)) = (result.log_loss, result.temperature) {
        print!(", log-loss {log_loss:.4}, temperature {temperature:.4}");
    }
    if let Some([stored, single]) = result.validation {
        let points = 100.0 * (single - stored);
        print!("\nvalidation accuracy {stored:.4}, of the f32 weights {single:.4}: {points:.2} points lost to storage");
    }
    println!("\n{images} images in {wall_seconds:.2} s: {:.0} a second\n", *images as f64 / wall_seconds);
    println!("{}", result.text);
}
