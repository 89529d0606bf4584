//! A learned code → models/knn.index, all training images as references, and models/knn.thumbnails.

use rayon::prelude::*;

use crate::error::Result;
use crate::idx::Samples;
use crate::image::PIXELS;
use crate::knn::codec::Encoder;
use crate::knn::index::KnnIndex;
use crate::knn::thumbnails::Thumbnails;
use crate::manifest::Entry;
use crate::sha256::Sha256;
use crate::storage::models::Models;

/// The file names of an index and of its thumbnails.
pub const FILES: [&str; 2] = ["knn.index", "knn.thumbnails"];

/// An index of all these samples under a learned code. `source` is the SHA-256 of the data set.
///
/// # Errors
/// Those of [`KnnIndex::new`].
pub fn index_of(samples: &Samples, encoder: Encoder, k: usize, source: Sha256) -> Result<KnnIndex> {
    let images = samples.bytes().as_chunks::<PIXELS>().0;
    let references = images.par_iter().zip(samples.labels()).map(|(image, label)| (*label, encoder.reference(image)));
    KnnIndex::new(source, k, encoder.clone(), references.collect())
}

/// Writes an index and its thumbnails with their entries in the manifest. Returns the files' sizes in bytes.
///
/// # Errors
/// Those of [`Models::publish`].
pub fn publish(
    models: &Models,
    index: &KnnIndex,
    thumbnails: &Thumbnails,
    seed: u64,
    made: &str,
) -> Result<[usize; 2]> {
    let [index_file, thumbnails_file] = FILES;
    let (bytes, pictures) = (index.to_bytes(), thumbnails.to_bytes());
    let of_index = Entry { seed, provenance: made.to_owned(), ..Entry::new("knn", index_file, &bytes) };
    let of_pictures = Entry {
        seed,
        provenance: made.to_owned(),
        input_shape: vec!["N".into(), (index.encoder().dims() as u64).into()],
        output_shape: vec!["N".into(), (PIXELS as u64).into()],
        ..Entry::new("knn-thumbnails", thumbnails_file, &pictures)
    };
    models.publish(of_index, &bytes, index.source())?;
    models.publish(of_pictures, &pictures, index.source())?;
    Ok([bytes.len(), pictures.len()])
}
