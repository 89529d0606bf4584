//! The model card `models/README.md`, rendered from the JSON files beside it and from nothing else.

use std::fmt::Write;

use crate::error::Result;
use crate::manifest::Manifest;
use crate::measure::corruption::Robustness;
use crate::measure::drawings::Drawings;
use crate::measure::eda::Eda;
use crate::measure::evaluate::{Drawn, Exact, Measured, Metrics, Novelty, UnseenKind};
use crate::storage::files;
use crate::storage::models::Models;
use crate::training::history::{Histories, History};

/// The card's file name.
pub const FILE: &str = "README.md";

/// Renders the card and writes it.
///
/// # Errors
/// Those of [`render`]; [`Blame::Io`](crate::error::Blame::Io) when it cannot be written.
pub fn write(models: &Models) -> Result<()> {
    files::write(&models.path().join(FILE), render(models)?.as_bytes())
}

/// The card of these models, as Markdown. What has not been made yet (metrics, history, exploration) is left out.
///
/// # Errors
/// [`Blame::Io`](crate::error::Blame::Io) when there is no manifest or a file cannot be read;
/// [`Blame::Format`](crate::error::Blame::Format) when one is malformed.
pub fn render(models: &Models) -> Result<String> {
    let manifest = models.manifest()?;
    let mut card = String::from(HEAD);
    if let Some(metrics) = models.read::<Metrics>()? {
        card += &scores(&metrics);
        card += &metrics.robustness.as_ref().map_or_else(String::new, robustness);
        card += &metrics.drawings.as_ref().map_or_else(String::new, drawings);
        card += &metrics.novelty.as_ref().map_or_else(String::new, novelty);
        card += &metrics.exact.as_ref().map_or_else(String::new, exact);
    }
    card += &provenance(&manifest);
    if let Some(history) = models.read::<Histories>()? {
        card += &training(&history);
    }
    if let Some(eda) = models.read::<Eda>()? {
        card += &data(&eda);
    }
    Ok(card + TAIL)
}

const HEAD: &str = "<!-- Written by `vitrine evaluate --save`. Do not edit. -->

# Model card

Classifiers of 28×28 grey images of garments into the ten classes of
[Fashion-MNIST](https://github.com/zalandoresearch/fashion-mnist) (Zalando SE, MIT licence; 60,000 training and 10,000 test
images). The networks (`*.onnx`) take `(N, 1, 28, 28)` f32 pixels in [0, 1], ink = 1, and give `(N, 10)` logits; their
metadata says what to divide the logits by before the softmax. `knn.index` holds all training images as short learned codes:
it is a k-nearest-neighbour classifier in a learned metric, not in raw pixels.

Every choice (epochs, hyperparameters, k) was made on 10,000 validation images taken from the training set. The test images were
used for the figures below and for finding duplicates, and for nothing else.
";

const TAIL: &str = "
## Use and limits

For teaching and for comparing kinds of model. The images are shop photographs of 2017 on white ground, one garment each;
drawings, photographs with a background, and anything that is no garment lie outside of what was learned, and the
probabilities mean little there. Shirts, T-shirts, pullovers and coats overlap at this resolution, and some labels are wrong.

## Make them anew

`./build.sh models` makes all of it from nothing, and goes on where it was stopped. `vitrine inspect` shows what is in the
files.
";

fn scores(metrics: &Metrics) -> String {
    let rows = metrics.models.iter().map(|(role, result)| {
        let Measured { file, bytes, accuracy, interval: [low, high], macro_average, calibration_error, .. } = result;
        let f1 = macro_average.f1;
        let loss = result.log_loss.map_or_else(|| "–".to_owned(), |loss| format!("{loss:.4}"));
        format!(
            "| {role} | `{file}` | {bytes} | {accuracy:.4} | {low:.4} to {high:.4} | {f1:.4} | {calibration_error:.4} | {loss} |\n"
        )
    });
    let mut text = String::from(
        "\n## Scores on the test set\n\n\
         | model | file | bytes | accuracy | 95% interval | macro F1 | calibration error | log-loss |\n\
         | --- | --- | ---: | ---: | --- | ---: | ---: | ---: |\n",
    );
    text.extend(rows);
    text += "\nIntervals are Wilson's; the calibration error is over 15 bins; the log-loss is in nats.\n";
    if !metrics.comparisons.is_empty() {
        text += "\n| first | second | only first right | only second right | exact McNemar p |\n\
                 | --- | --- | ---: | ---: | ---: |\n";
    }
    for pair in &metrics.comparisons {
        let (first, second, comparison) = (&pair.first, &pair.second, pair.comparison);
        let (only_first, only_second, p) = (comparison.only_first, comparison.only_second, comparison.p);
        // Writing to a string cannot fail.
        let _ = writeln!(text, "| {first} | {second} | {only_first} | {only_second} | {p:.2e} |");
    }
    for (role, result) in &metrics.models {
        let _ = write!(text, "\n### {role}\n\n```text\n{}```\n", result.text);
    }
    text
}

fn robustness(robustness: &Robustness) -> String {
    format!(
        "\n## Under corruption\n\nAccuracy on the first {} test images, corrupted with a fixed seed.\n\n{}",
        robustness.images,
        robustness.table()
    )
}

fn drawings(drawings: &Drawings) -> String {
    format!(
        "\n## Drawings\n\nAccuracy on {} drawings of the project's own, by style and by class: silhouettes from parameters, \
         drawn with the page's brush and prepared as the page prepares them, without an image of the data set. Others, of other \
         parameters, served for choices.\n\n{}",
        drawings.images,
        drawings.table()
    )
}

fn novelty(novelty: &Novelty) -> String {
    let mut text = format!(
        "\n## Images of no garment\n\nThe index calls an image novel when its k-th neighbour is farther away than a radius that \
         holds 95% of the validation images, and of drawings of garments where it learned from drawings. Of the test images it calls {:.1}% so.\n\n\
         | images of | how many | AUROC against test images | called novel |\n| --- | ---: | ---: | ---: |\n",
        100.0 * novelty.false_alarms
    );
    let drawn = novelty.drawn.iter().flat_map(|drawn| &drawn.others).map(|other| ("drawings: ", other));
    for (drawn, UnseenKind { kind, images, auroc, detected }) in
        novelty.unseen.iter().map(|kind| ("", kind)).chain(drawn)
    {
        let _ = writeln!(text, "| {drawn}{kind} | {images} | {auroc:.3} | {:.1}% |", 100.0 * detected);
    }
    if let Some(Drawn { garments, styles, .. }) = &novelty.drawn {
        let styles: Vec<String> =
            styles.iter().map(|(style, share)| format!("{style} {:.1}%", 100.0 * share)).collect();
        let _ = writeln!(
            text,
            "\nOf the drawings of garments it calls {:.1}% novel: {}.",
            100.0 * garments,
            styles.join(", ")
        );
    }
    text
}

fn exact(Exact { k, accuracy, agreement }: &Exact) -> String {
    format!(
        "\n## The exact search\n\nExact nearest neighbours on raw pixels (k = {k}, all training images, 47 MB) score \
         {accuracy:.4}; they and `knn.index` call {:.1}% of the test images the same. Learning the metric gives other \
         neighbours, not the same ones for less.\n",
        100.0 * agreement
    )
}

fn provenance(manifest: &Manifest) -> String {
    let mut text = format!("\n## Files\n\nLearned from the data set with SHA-256 `{}`.\n\n", manifest.dataset_sha256);
    text += "| file | role | bytes | seed | SHA-256 | made by |\n| --- | --- | ---: | ---: | --- | --- |\n";
    let mut entries: Vec<_> = manifest.files.iter().collect();
    entries.sort_by(|a, b| a.role.cmp(&b.role));
    for entry in entries {
        // A bar would end the cell.
        let provenance = entry.provenance.replace('|', "\\|");
        let (path, role, bytes, seed, sum) = (&entry.path, &entry.role, entry.bytes, entry.seed, &entry.sha256);
        let _ = writeln!(text, "| `{path}` | {role} | {bytes} | {seed} | `{sum}` | {provenance} |");
    }
    text
}

fn training(Histories(histories): &Histories) -> String {
    let mut text = String::from(
        "\n## Training\n\n\
         | network | parameters | epochs | training / validation images | last validation accuracy | time | machine |\n\
         | --- | ---: | ---: | --- | ---: | ---: | --- |\n",
    );
    for (name, history) in histories {
        let History { parameters, training_images, validation_images, epochs, machine, .. } = history;
        let last = history.epochs.iter().rev().find_map(|epoch| epoch.validation_accuracy);
        let accuracy = last.map_or_else(|| "–".to_owned(), |accuracy| format!("{accuracy:.4}"));
        let (count, minutes) = (epochs.len(), history.seconds_of_all() / 60.0);
        let _ = writeln!(
            text,
            "| {name} | {parameters} | {count} | {training_images} / {validation_images} | {accuracy} | {minutes:.0} min | {machine} |"
        );
    }
    for (name, history) in histories.iter().filter(|(_, history)| history.validation_images == 0) {
        let _ = writeln!(
            text,
            "\n{name} learned from all {} training images, by hyperparameters that the validation images had chosen before; its \
             temperature is that of the network they were kept from{}.",
            history.training_images,
            history.validated.as_ref().and_then(|before| before.epochs.last()?.validation_accuracy).map_or_else(
                String::new,
                |accuracy| format!(", which answers {:.2}% of them rightly", 100.0 * accuracy)
            )
        );
    }
    text + "\nHyperparameters and every epoch's figures: `history.json`.\n"
}

fn data(eda: &Eda) -> String {
    let mut text = String::from(
        "\n## The training images\n\n\
         | class | images | mean intensity: median | quartiles | outliers |\n| --- | ---: | ---: | --- | ---: |\n",
    );
    for class in &eda.classes {
        let summary = class.mean_intensity_box;
        let [low, median, high] = summary.quartiles;
        let (name, count, outliers) = (&class.name, class.count, summary.outliers);
        let _ = writeln!(text, "| {name} | {count} | {median:.3} | {low:.3} to {high:.3} | {outliers} |");
    }
    let within: usize = eda.duplicates_within_train.iter().map(|group| group.len() - 1).sum();
    let across = eda.duplicates_across.iter().map(|group| group.test.len()).sum::<usize>();
    text += &match (within, across) {
        (0, 0) => "\nNo training image repeats another pixel by pixel, and no test image stands in the training set.\n"
            .to_owned(),
        _ => format!(
            "\n{within} training images repeat an earlier one pixel by pixel; {across} test images stand in the training set \
             too (`eda.json` lists them). They were left where they are, so that figures compare with those of others.\n"
        ),
    };
    if let Some(first) = eda.suspicious_labels.first() {
        let _ = writeln!(
            text,
            "\nSome labels look wrong: `eda.json` lists the {} that the images' nearest others contradict most, first image {} \
             ({}, but {:.0}% of its neighbours are {}). None was changed.",
            eda.suspicious_labels.len(),
            first.index,
            first.label,
            100.0 * first.support,
            first.suggested
        );
    }
    text
}
