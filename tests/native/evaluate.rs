//! Evaluation: all cores say what one says, metrics.json and the model card carry it, the committed ones are not stale.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use prost::Message;
use vitrine::Label;
use vitrine::drawings::Set;
use vitrine::manifest::Entry;
use vitrine::measure::answers::{self, TestAnswers, Told};
use vitrine::measure::classifier::Classifier;
use vitrine::measure::corruption::Robustness;
use vitrine::measure::drawings::{Drawings, Understood};
use vitrine::measure::eda;
use vitrine::measure::evaluate::{self, Exact, Measured, Metrics, comparisons, measured};
use vitrine::metrics::Confusion;
use vitrine::publish::card;
use vitrine::sha256::Sha256;
use vitrine::storage::models::Models;
use vitrine::training::architectures::Architecture;
use vitrine::training::history::{Epoch, History};
use vitrine::training::hyperparameters::Hyperparameters;

use crate::data::scratch;
use crate::made::shades as samples;
use crate::network::linear;

/// 300 images of one shade each.
fn shades() -> vitrine::idx::Samples {
    samples(&(0..300_u16).map(|at| ((at * 7 % 10) as u8, (at * 31 % 256) as u8)).collect::<Vec<_>>())
}

fn measure() -> Measured {
    let (bytes, samples) = (linear().encode_to_vec(), shades());
    let answers = Classifier::from_onnx(&bytes).unwrap().answer(&samples, &|_| {}).unwrap();
    measured("linear.onnx", &bytes, samples.labels(), &answers, 1.0).unwrap()
}

fn metrics() -> Metrics {
    let models = ["cnn", "mlp"].map(|role| (role.to_owned(), measure())).into();
    let label = |number| Label::new(number).unwrap();
    let predicted = [("cnn", label(0)), ("knn", label(1)), ("mlp", label(2))];
    let predicted: BTreeMap<_, _> =
        predicted.into_iter().map(|(role, label)| (role.to_owned(), vec![label; 3])).collect();
    let comparisons = comparisons(&[label(0), label(0), label(1)], &predicted).unwrap();
    let robustness =
        Robustness::measure(&shades(), &["mlp".to_owned()], |_, images| Ok(f64::from(images.rows()[0][0]))).unwrap();
    Metrics {
        schema: evaluate::SCHEMA,
        models,
        comparisons,
        robustness: Some(robustness),
        drawings: Some(drawings()),
        novelty: None,
        exact: Some(Exact { k: 3, accuracy: 0.8541, agreement: 0.875 }),
    }
}

/// What a model makes of drawings to which everything is a trouser.
fn drawings() -> Drawings {
    let trouser = Label::new(1).unwrap();
    Drawings::measure(Set::Report, &["mlp".to_owned()], |_, images| Ok(vec![trouser; images.len()])).unwrap()
}

#[test]
fn drawings_are_counted_by_style_and_class() {
    let Drawings { images, models } = drawings();
    let Understood { accuracy, styles, classes } = &models["mlp"];
    assert_eq!((images, *accuracy), (2000, 0.1));
    assert_eq!((styles.len(), classes.len()), (7, 10));
    // 28 or 29 of some 286.
    assert!(styles.values().all(|share| (0.09..0.11).contains(share)), "{styles:?}");
    assert!(classes.iter().all(|(class, share)| *share == f64::from(u8::from(class == "Trouser"))), "{classes:?}");
}

pub fn history() -> History {
    let epoch = Epoch {
        epoch: 1,
        loss: 0.5,
        accuracy: 0.8,
        validation_loss: Some(0.25),
        validation_accuracy: Some(0.9123),
        learning_rate: 1e-3,
        seconds: 120.0,
    };
    let mut history = History {
        architecture: Architecture::Mlp,
        parameters: 415_310,
        seed: 1,
        hyperparameters: Hyperparameters::standard(Architecture::Mlp),
        training_images: 50_000,
        validation_images: 10_000,
        epochs: Vec::new(),
        best_validation_accuracy: None,
        total_seconds: 0.0,
        machine: "a loom".to_owned(),
        validated: None,
    };
    history.push(epoch);
    history
}

#[test]
fn all_cores_answer_as_one() {
    let (samples, classifier) = (shades(), Classifier::from_onnx(&linear().encode_to_vec()).unwrap());
    let most = AtomicUsize::new(0);
    let progress = |done| {
        most.fetch_max(done, Ordering::Relaxed);
    };
    let answers = classifier.answer(&samples, &progress).unwrap();
    assert_eq!(most.into_inner(), 300);
    assert_eq!(answers.probabilities, classifier.probabilities(&samples.batch(0, 300)).unwrap());
    assert_eq!(answers.logits.as_ref().map(Vec::len), Some(300));
    let right = answers.best().iter().zip(samples.labels()).filter(|(answer, label)| answer == label).count();
    assert_eq!(classifier.accuracy(&samples.batch(0, 300), samples.labels()).unwrap(), right as f64 / 300.0);
}

#[test]
fn what_is_measured_agrees_with_itself() {
    let result = measure();
    let correct: u64 = (0..10).map(|class| result.confusion[class][class]).sum();
    assert_eq!((result.images, result.confusion.as_flattened().iter().sum::<u64>()), (300, 300));
    assert_eq!(result.accuracy, correct as f64 / 300.0);
    assert!(result.interval[0] <= result.accuracy && result.accuracy <= result.interval[1]);
    assert!(result.log_loss.is_some_and(|loss| loss > 0.0));
    assert_eq!(result.sha256, Sha256::of(&linear().encode_to_vec()));
    assert!(result.text.contains("weighted avg"));
}

/// Answers of two models to 300 images.
fn told() -> TestAnswers {
    let samples = shades();
    let answers = Classifier::from_onnx(&linear().encode_to_vec()).unwrap().answer(&samples, &|_| {}).unwrap();
    let models = ["cnn", "mlp"].map(|role| (role.to_owned(), Told::new(Sha256::of(role.as_bytes()), &answers)));
    for (own, (label, share)) in answers.probabilities.iter().zip(&models[0].1.answers) {
        let told = f32::from(*share) / f32::from(answers::FULL);
        assert!(
            *label == own.best()
                && (told - own.values()[label.index()]).abs() <= 0.5 / f32::from(answers::FULL) + f32::EPSILON
        );
    }
    TestAnswers { truth: samples.labels().to_vec(), models: models.into() }
}

#[test]
fn answers_survive_their_file_which_lies_beside_the_models() {
    let told = told();
    let bytes = told.to_bytes().unwrap();
    assert_eq!(TestAnswers::from_bytes(&bytes).unwrap(), told);
    let models = Models::at(scratch("answers"));
    told.publish(&models, Sha256::of(b"data")).unwrap();
    let (entry, read) = models.load(answers::ROLE).unwrap();
    assert!(read == bytes && !entry.is_classifier());
    let odd = TestAnswers { truth: told.truth[..299].to_vec(), ..told };
    assert_eq!(odd.to_bytes().unwrap_err().code(), "shape");
}

#[test]
fn what_is_no_file_of_answers_is_refused() {
    let bytes = told().to_bytes().unwrap();
    let longer = [&bytes[..], &[0]].concat();
    let mut label = bytes.clone();
    label[13] = 0xff;
    let mut images = bytes.clone();
    images[9..13].copy_from_slice(&u32::MAX.to_le_bytes());
    let cut = (0..bytes.len()).map(|length| bytes[..length].to_vec());
    for broken in cut.chain([longer, label, images]) {
        assert_eq!(TestAnswers::from_bytes(&broken).unwrap_err().code(), "format");
    }
}

#[test]
fn every_pair_is_compared_once() {
    let pairs = metrics().comparisons;
    let named: Vec<_> = pairs.iter().map(|pair| (pair.first.as_str(), pair.second.as_str())).collect();
    assert_eq!(named, [("cnn", "knn"), ("cnn", "mlp"), ("knn", "mlp")]);
    assert_eq!((pairs[0].comparison.only_first, pairs[0].comparison.only_second), (2, 1));
    assert_eq!((pairs[1].comparison.only_first, pairs[1].comparison.only_second), (2, 0));
}

#[test]
fn metrics_survive_their_json_and_have_the_names_that_the_page_reads() {
    let written = metrics();
    let text = serde_json::to_string(&written).unwrap();
    let read: Metrics = serde_json::from_str(&text).unwrap();
    assert_eq!(read.comparisons, written.comparisons);
    for (role, result) in &written.models {
        let again = &read.models[role];
        assert_eq!((&again.sha256, again.confusion, &again.text), (&result.sha256, result.confusion, &result.text));
        // serde_json's fast reader may miss the last bit.
        assert!((again.macro_average.f1 - result.macro_average.f1).abs() <= f64::EPSILON);
    }
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let model = &json["models"]["mlp"];
    assert!(model["accuracy"].is_f64() && model["macro"]["f1"].is_f64() && model["weighted"]["f1"].is_f64());
    assert_eq!(model["interval"].as_array().map(Vec::len), Some(2));
    assert_eq!(model["confusion"][9].as_array().map(Vec::len), Some(10));
    assert_eq!(model["report"][9]["name"], "Ankle boot");
    assert!(model["report"][9]["precision"].is_f64() && model["text"].is_string());
}

#[test]
fn the_card_says_what_the_files_say() {
    let models = Models::at(scratch("card"));
    assert_eq!(card::render(&models).unwrap_err().code(), "io");
    let bytes = linear().encode_to_vec();
    let mut entry = Entry::new("mlp", "mlp.onnx", &bytes);
    entry.provenance = "made | by hand".to_owned();
    models.publish(entry.clone(), &bytes, Sha256::of(b"data")).unwrap();
    let bare = card::render(&models).unwrap();
    assert!(
        bare.contains(&entry.sha256.to_string())
            && bare.contains("made \\| by hand")
            && bare.contains(&Sha256::of(b"data").to_string())
    );
    assert!(!bare.contains("Scores") && !bare.contains("Training") && !bare.contains("training images\n"));

    let metrics = metrics();
    models.write(&metrics).unwrap();
    let train: Vec<_> = (0..20).map(|shade| (shade / 2, shade)).collect();
    let eda = eda::explore(&samples(&train), &samples(&[(0, 3)]), Sha256::of(b"data"), None).unwrap();
    models.write(&eda).unwrap();
    history().merge_into(&models).unwrap();
    card::write(&models).unwrap();
    let card = std::fs::read_to_string(models.path().join(card::FILE)).unwrap();
    let accuracy = format!("{:.4}", metrics.models["mlp"].accuracy);
    for says in [
        &accuracy,
        &metrics.models["mlp"].text,
        "415310 | 1 | 50000 / 10000 | 0.9123 | 2 min | a loom",
        "1 test images",
        "| shift | 2 pixels |",
        "Accuracy on 2000 drawings",
        "\n| Trouser | 1.000 |\n| Pullover | 0.000 |",
        "87.5% of the test images",
    ] {
        assert!(card.contains(says), "{says:?} is not in\n{card}");
    }
    let broken: [(&str, &str, &str); 4] = [
        ("history.json", "{", "history.json: EOF"),
        ("history.json", r#"{"mlp": {"architecture": "mlp", "parameter": 1}}"#, "missing field `parameters`"),
        ("metrics.json", r#"{"schema": 2}"#, "metrics.json: expected schema 1, got schema 2"),
        ("eda.json", r#"{"schema": 0}"#, "eda.json: expected schema 1, got schema 0"),
    ];
    for (name, text, says) in broken {
        let path = models.path().join(name);
        let before = std::fs::read(&path).unwrap();
        std::fs::write(&path, text).unwrap();
        let error = card::render(&models).unwrap_err();
        assert!(error.code() == "format" && error.to_string().contains(says), "{says}: {error}");
        std::fs::write(&path, before).unwrap();
    }
    card::render(&models).unwrap();
}

#[test]
fn the_committed_figures_and_card_are_those_of_the_committed_files() {
    let models = Models::at(Path::new(env!("CARGO_MANIFEST_DIR")).join("models"));
    let manifest = models.manifest().unwrap();
    let metrics: Metrics = models.read().unwrap().expect("metrics.json: `vitrine evaluate --save`");
    manifest.files.iter().for_each(|entry| drop(models.load_entry(entry).unwrap()));
    let classifiers: Vec<_> = manifest.files.iter().filter(|entry| entry.is_classifier()).collect();
    for entry in &classifiers {
        assert_eq!(metrics.models[&entry.role].sha256, entry.sha256, "{}: `vitrine evaluate --save`", entry.path);
    }
    assert_eq!(metrics.models.len(), classifiers.len());
    let (_, bytes) = models.load(answers::ROLE).expect("test.answers: `vitrine evaluate --save`");
    assert!(bytes.len() <= 90_000, "{} bytes", bytes.len());
    let told = TestAnswers::from_bytes(&bytes).unwrap();
    assert!(told.models.keys().eq(metrics.models.keys()));
    for (role, Told { sha256, answers }) in &told.models {
        let Measured { sha256: measured, confusion, .. } = &metrics.models[role];
        assert_eq!(sha256, measured, "test.answers are not those of {role}: `vitrine evaluate --save`");
        let predicted: Vec<_> = answers.iter().map(|(label, _)| *label).collect();
        assert_eq!(Confusion::new(&told.truth, &predicted).unwrap().counts(), confusion, "{role}");
    }
    let card = std::fs::read_to_string(models.path().join(card::FILE)).unwrap();
    assert!(card == card::render(&models).unwrap(), "models/README.md is stale: `vitrine evaluate --save`");
}
