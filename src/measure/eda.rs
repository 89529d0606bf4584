//! models/eda.json: what the training images are like, before anything is learned from them.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::statistics::{BoxPlot, density};
use super::suspects::{Suspect, suspects};
use crate::error::{Blame, Error, Result};
use crate::idx::Samples;
use crate::image::PIXELS;
use crate::knn::index::KnnIndex;
use crate::labels::Label;
use crate::sha256::Sha256;
use crate::storage::models::Document;

/// The schema that this build writes.
pub const SCHEMA: u32 = 1;

/// Points at which densities are given: a curve as wide as a page's column looks smooth.
const GRID: usize = 128;

/// How many suspicious labels are listed.
pub const SUSPECTS: usize = 200;

/// All of eda.json.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Eda {
    /// [`SCHEMA`].
    pub schema: u32,
    /// SHA-256 of the data set.
    pub dataset_sha256: Sha256,
    /// The total intensities at which each class's density is given: sums of 784 pixels in [0, 1], ascending, evenly
    /// spaced from the least to the greatest of any training image.
    pub total_intensity_grid: Vec<f64>,
    /// In label order.
    pub classes: Vec<Class>,
    /// Training images that are equal pixel by pixel, in groups of ascending indices.
    pub duplicates_within_train: Vec<Vec<usize>>,
    /// Images that are equal pixel by pixel and stand in both sets.
    pub duplicates_across: Vec<Across>,
    /// The labels that the images' neighbours trust least, at most [`SUSPECTS`].
    #[serde(default)]
    pub suspicious_labels: Vec<Suspect>,
}

impl Document for Eda {
    const FILE: &'static str = "eda.json";
    const SCHEMA: Option<u32> = Some(SCHEMA);
    // With a number a line, the average images would take thousands of lines.
    const INDENTED: bool = false;
}

/// One class of the training images.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Class {
    /// Its name.
    pub name: String,
    /// How many images it has.
    pub count: usize,
    /// The density of total intensity at each point of the grid, Gaussian kernels by Scott's rule, to seven digits.
    pub total_intensity_density: Vec<f64>,
    /// The box plot of mean intensity, in [0, 1].
    pub mean_intensity_box: BoxPlot,
    /// The mean of mean intensity, in [0, 1].
    pub mean_intensity: f64,
    /// The average image, 784 bytes, row-major, 255 = ink, rounded.
    pub mean_image: Vec<u8>,
}

/// One picture in both sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Across {
    /// Where it stands in the training set, ascending.
    pub train: Vec<usize>,
    /// Where it stands in the test set, ascending.
    pub test: Vec<usize>,
    /// Whether every copy has the same label.
    pub labels_agree: bool,
}

/// Explores the training images; the test images are only searched for copies of them. `index`: where the pages find
/// thumbnails of the images that are listed.
///
/// # Errors
/// [`Blame::Parameter`] when a class has no training image.
pub fn explore(train: &Samples, test: &Samples, dataset_sha256: Sha256, index: Option<&KnnIndex>) -> Result<Eda> {
    let totals: Vec<f64> = train.bytes().as_chunks::<PIXELS>().0.iter().map(total_intensity).collect();
    let (least, greatest) = totals
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(least, greatest), total| (least.min(*total), greatest.max(*total)));
    let grid: Vec<f64> = (0..GRID).map(|point| least + (greatest - least) * point as f64 / (GRID - 1) as f64).collect();
    let classes: Result<_> = Label::all().map(|label| class(label, train, &totals, &grid)).collect();
    let mut suspicious_labels = suspects(train, SUSPECTS)?;
    for suspect in &mut suspicious_labels {
        let label = train.labels()[suspect.index];
        suspect.reference =
            index.zip(train.image_bytes(suspect.index)).and_then(|(index, image)| index.place(label, image));
    }
    Ok(Eda {
        schema: SCHEMA,
        dataset_sha256,
        classes: classes?,
        total_intensity_grid: grid,
        duplicates_within_train: within(train),
        duplicates_across: across(train, test),
        suspicious_labels,
    })
}

fn total_intensity(image: &[u8; PIXELS]) -> f64 {
    // Summed as integers: one rounding instead of 784.
    f64::from(image.iter().map(|byte| u32::from(*byte)).sum::<u32>()) / 255.0
}

fn class(label: Label, train: &Samples, totals: &[f64], grid: &[f64]) -> Result<Class> {
    let members: Vec<usize> = (0..train.len()).filter(|index| train.labels()[*index] == label).collect();
    let of_class: Vec<f64> = members.iter().map(|index| totals[*index]).collect();
    let means: Vec<f64> = of_class.iter().map(|total| total / PIXELS as f64).collect();
    let mean_intensity_box = BoxPlot::new(&means).ok_or_else(|| {
        Error::new(Blame::Parameter, label.name()).expected("at least one training image").got("none")
    })?;
    let images = members.iter().filter_map(|index| train.image_bytes(*index));
    let mut sums = [0_u64; PIXELS];
    for image in images {
        for (sum, byte) in sums.iter_mut().zip(image) {
            *sum += u64::from(*byte);
        }
    }
    let count = members.len();
    Ok(Class {
        name: label.name().to_owned(),
        count,
        total_intensity_density: density(&of_class, grid).into_iter().map(rounded).collect(),
        mean_intensity_box,
        mean_intensity: means.iter().sum::<f64>() / count as f64,
        mean_image: sums.map(|sum| (sum as f64 / count as f64).round() as u8).to_vec(),
    })
}

/// Seven significant digits: the page draws the curves, and more digits would only travel.
fn rounded(value: f64) -> f64 {
    format!("{value:.6e}").parse().unwrap_or(value)
}

fn places(samples: &Samples) -> HashMap<&[u8; PIXELS], Vec<usize>> {
    let mut places: HashMap<_, Vec<usize>> = HashMap::with_capacity(samples.len());
    for (index, image) in samples.bytes().as_chunks::<PIXELS>().0.iter().enumerate() {
        places.entry(image).or_default().push(index);
    }
    places
}

fn within(train: &Samples) -> Vec<Vec<usize>> {
    let mut groups: Vec<_> = places(train).into_values().filter(|group| group.len() > 1).collect();
    groups.sort();
    groups
}

fn across(train: &Samples, test: &Samples) -> Vec<Across> {
    let of_test = places(test);
    let mut found: Vec<Across> = places(train)
        .into_iter()
        .filter_map(|(image, of_train)| {
            let of_test = of_test.get(image)?.clone();
            let mut labels: Vec<Label> = of_train.iter().map(|index| train.labels()[*index]).collect();
            labels.extend(of_test.iter().map(|index| test.labels()[*index]));
            labels.dedup();
            Some(Across { train: of_train, test: of_test, labels_agree: labels.len() == 1 })
        })
        .collect();
    found.sort_by(|a, b| a.train.cmp(&b.train));
    found
}
