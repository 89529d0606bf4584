//! The index: its file against damage, its search against a plain one, its making from noise.

use proptest::prelude::*;
use vitrine::image::PIXELS;
use vitrine::knn::codec::{Decoder, Encoder};
use vitrine::knn::features::FEATURES;
use vitrine::knn::index::KnnIndex;
use vitrine::knn::int8_dense::Int8Dense;
use vitrine::knn::thumbnails::Thumbnails;
use vitrine::random::Stream;
use vitrine::sha256::Sha256;
use vitrine::{Image, Images, Label};

use crate::made::{noise, noisy_bytes};

fn layer(inputs: usize, outputs: usize, seed: u64) -> Int8Dense {
    let values: Vec<f32> = noise(seed, (inputs + 1) * outputs).into_iter().map(|value| 0.05 * value).collect();
    let (weights, biases) = values.split_at(inputs * outputs);
    Int8Dense::quantised(weights, biases).unwrap()
}

fn metric(dims: usize) -> Vec<u8> {
    (0..dims).map(|dim| 16 - dim as u8).collect()
}

fn codec(dims: usize) -> (Encoder, Decoder) {
    let encoder = Encoder::new(metric(dims), layer(FEATURES, dims + 3, 1), layer(3, dims, 2)).unwrap();
    (encoder, Decoder::new(layer(dims + 10, 2, 3), layer(dims + 12, PIXELS, 4)).unwrap())
}

fn references(count: usize, dims: usize, seed: u64) -> Vec<(Label, Vec<i8>)> {
    let mut stream = Stream::new(seed, 0);
    let mut reference = || {
        let label = Label::new(stream.below(10) as u8).unwrap();
        (label, (0..dims).map(|_| stream.below(16) as i8 - 8).collect())
    };
    (0..count).map(|_| reference()).collect()
}

fn index(count: usize, dims: usize, seed: u64) -> KnnIndex {
    let index = KnnIndex::new([7; 32].into(), 3.min(count), codec(dims).0, references(count, dims, seed)).unwrap();
    index.with_radius(2.5).unwrap()
}

fn thumbnails(index: &KnnIndex) -> Thumbnails {
    Thumbnails::new(codec(index.encoder().dims()).1, index).unwrap()
}

fn image(seed: u64) -> Image {
    Image::from_bytes(noisy_bytes(seed, PIXELS).as_slice().try_into().unwrap())
}

proptest! {
    // Each case hashes and decodes some hundred kilobytes.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read(count in 1_usize..300, dims in 1_usize..=16, seed: u64) {
        let index = index(count, dims, seed);
        let bytes = index.to_bytes();
        let read = KnnIndex::from_bytes(&bytes).unwrap();
        prop_assert_eq!(read.to_bytes(), bytes);
        prop_assert_eq!((read.len(), read.k(), read.source()), (count, 3.min(count), [7; 32].into()));
        let mut expected = references(count, dims, seed);
        expected.sort();
        for (position, (label, _)) in expected.iter().enumerate() {
            prop_assert_eq!(read.label(position), Some(*label));
        }
        let image = image(seed);
        prop_assert_eq!(read.nearest(&image, 5), index.nearest(&image, 5));
        let farthest = index.nearest(&image, 3.min(count)).pop().unwrap().distance;
        prop_assert_eq!(read.novelty(&image), farthest / 2.5);
        prop_assert!(read.label(count).is_none() && read.code(count).is_none());
        let pictures = thumbnails(&index);
        let bytes = pictures.to_bytes();
        let again = Thumbnails::from_bytes(&bytes).unwrap();
        prop_assert_eq!(again.to_bytes(), bytes);
        prop_assert_eq!(again.picture(&read, count - 1).unwrap(), pictures.picture(&index, count - 1).unwrap());
        prop_assert!(again.picture(&read, count).is_err());
    }

    #[test]
    fn thumbnails_that_were_changed_or_cut_are_refused(
        place: prop::sample::Index, change in 1_u8..=255, extra in 1_usize..9
    ) {
        let bytes = thumbnails(&index(40, 5, 9)).to_bytes();
        let place = place.index(bytes.len());
        let mut changed = bytes.clone();
        changed[place] ^= change;
        prop_assert!(Thumbnails::from_bytes(&changed).is_err(), "byte {}", place);
        prop_assert!(Thumbnails::from_bytes(&bytes[..place]).is_err());
        prop_assert!(Thumbnails::from_bytes(&[bytes, vec![0; extra]].concat()).is_err());
    }

    #[test]
    fn a_changed_byte_is_refused(place: prop::sample::Index, change in 1_u8..=255) {
        let mut bytes = index(40, 5, 9).to_bytes();
        let place = place.index(bytes.len());
        bytes[place] ^= change;
        prop_assert!(KnnIndex::from_bytes(&bytes).is_err(), "byte {}", place);
    }

    #[test]
    fn a_changed_header_is_refused(place in 0_usize..204, change in 1_u8..=255) {
        let mut bytes = index(40, 5, 9).to_bytes();
        bytes[place] ^= change;
        prop_assert!(KnnIndex::from_bytes(&bytes).is_err(), "byte {}", place);
    }

    #[test]
    fn a_truncated_or_longer_file_is_refused(length: prop::sample::Index, extra in 1_usize..9) {
        let mut bytes = index(40, 5, 9).to_bytes();
        prop_assert!(KnnIndex::from_bytes(&bytes[..length.index(bytes.len())]).is_err());
        bytes.resize(bytes.len() + extra, 0);
        prop_assert!(KnnIndex::from_bytes(&bytes).is_err());
    }

    #[test]
    fn noise_is_refused(mut bytes in prop::collection::vec(any::<u8>(), 0..600), prefixed: bool) {
        if prefixed {
            bytes.splice(..0, b"VITRKNN\n\x03\0\0\0".iter().copied());
        }
        prop_assert!(KnnIndex::from_bytes(&bytes).is_err());
    }

    #[test]
    fn the_scan_finds_what_a_plain_search_finds(count in 1_usize..700, dims in 1_usize..=16, seed: u64) {
        let index = index(count, dims, seed);
        let image = image(seed ^ 1);
        let query = index.encoder().encode(image.pixels());
        let metric = metric(dims);
        let mut stored = references(count, dims, seed);
        stored.sort();
        // The documented fixed point: a weighted query in sixteenths, at most 255 of them.
        let weighted = |(value, weight): (&f32, &u8)| (value * f32::from(*weight)).round().clamp(-255.0, 255.0) as i64;
        let fixed: Vec<i64> = query.iter().zip(&metric).map(weighted).collect();
        let closeness = |code: &[i8]| -> i64 {
            let norm: i64 = code.iter().zip(&metric).map(|(r, w)| i64::from(*r).pow(2) * i64::from(*w)).sum();
            let product: i64 = code.iter().zip(&fixed).map(|(r, q)| i64::from(*r) * q).sum();
            16 * norm - 32 * product
        };
        let mut expected: Vec<(i64, usize)> =
            stored.iter().enumerate().map(|(position, (_, code))| (closeness(code), position)).collect();
        expected.sort_unstable();
        let found = index.nearest(&image, 9);
        prop_assert_eq!(found.len(), 9.min(count));
        for (near, (_, position)) in found.iter().zip(&expected) {
            prop_assert_eq!(near.index, *position);
            prop_assert_eq!(near.label, stored[*position].0);
        }
        prop_assert!(found.is_sorted_by(|a, b| a.distance <= b.distance));
    }
}

#[test]
fn a_radius_is_positive_and_without_one_nothing_is_novel() {
    for radius in [0.0, -1.0, f32::NAN] {
        assert_eq!(index(5, 4, 1).with_radius(radius).unwrap_err().code(), "parameter");
    }
    let boundless = index(5, 4, 1).with_radius(f32::INFINITY).unwrap();
    assert_eq!(KnnIndex::from_bytes(&boundless.to_bytes()).unwrap().novelty(&image(1)), 0.0);
}

#[test]
fn distances_are_weighted_euclidean() {
    let index = index(300, 16, 5);
    let image = image(3);
    let query = index.encoder().encode(image.pixels());
    assert!(query.iter().all(|value| value.abs() < 8.0), "{query:?}");
    let mut stored = references(300, 16, 5);
    stored.sort();
    // The documented fixed point: a weighted query in sixteenths, squares in 256ths.
    let weighted: Vec<f32> = query.iter().zip(metric(16)).map(|(q, w)| (q * f32::from(w)).round()).collect();
    let query_norm = (16.0 * weighted.iter().zip(&query).fold(0.0, |norm, (w, q)| norm + w * q)) as i64;
    for near in index.nearest(&image, 300) {
        let code = &stored[near.index].1;
        let norm: i64 = code.iter().zip(metric(16)).map(|(r, w)| i64::from(*r).pow(2) * i64::from(w)).sum();
        let product: i64 = code.iter().zip(&weighted).map(|(r, w)| i64::from(*r) * *w as i64).sum();
        let squared = (query_norm + 16 * norm - 32 * product).max(0) as f64 / 256.0;
        assert_eq!(near.distance, squared.sqrt() as f32, "reference {}", near.index);
        // And that is the weighted Euclidean one: a weighted query is off by up to 1/32, which Σ w q² − 2 Σ (w q) r takes
        // |q − 2 r| times.
        let off = |((r, q), w): ((&i8, &f32), u8)| f32::from(w) / 16.0 * (f32::from(*r) - q).powi(2);
        let exact: f32 = code.iter().zip(&query).zip(metric(16)).map(off).sum();
        let most: f32 = code.iter().zip(&query).map(|(r, q)| (q - 2.0 * f32::from(*r)).abs() / 32.0).sum();
        assert!((squared as f32 - exact).abs() <= most + 0.01, "{squared} against {exact}, at most {most} off");
    }
}

/// Where the header's sum stands, and where the sections begin.
const SEAL: std::ops::Range<usize> = 172..204;

/// The same file with sums that are right again.
fn resealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let word = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    let lengths = [word(100), word(104)];
    let mut start = SEAL.end;
    for (section, length) in lengths.into_iter().enumerate() {
        let Some(found) = bytes.get(start..start.saturating_add(length)) else { break };
        let sum = *Sha256::of(found).as_bytes();
        bytes[108 + 32 * section..140 + 32 * section].copy_from_slice(&sum);
        start += length;
    }
    let sum = *Sha256::of(&bytes[..SEAL.start]).as_bytes();
    bytes[SEAL].copy_from_slice(&sum);
    bytes
}

#[test]
fn sizes_without_meaning_are_refused_although_every_sum_is_right() {
    let good = index(40, 5, 9).to_bytes();
    assert_eq!(resealed(good.clone()), good);
    let cases: [(&str, usize, u32, &str); 14] = [
        ("no numbers in a code", 12, 0, "limit"),
        ("too many numbers in a code", 12, 17, "limit"),
        ("another number of numbers", 12, 6, "format"),
        ("no voter", 16, 0, "parameter"),
        ("more voters than references", 16, 41, "parameter"),
        ("no hidden unit", 20, 0, "limit"),
        ("too many hidden units", 20, 5000, "limit"),
        ("another number of hidden units", 20, 4, "format"),
        ("too many of a class", 24, 10_000_001, "limit"),
        ("another number of a class", 24, 4000, "format"),
        ("no radius", 64, 0, "parameter"),
        ("a radius that is no number", 64, 0x7fc0_0000, "parameter"),
        ("a shorter section of codes", 100, 1, "format"),
        ("a longer encoder", 104, u32::MAX, "format"),
    ];
    for (case, at, value, code) in cases {
        let mut bytes = good.clone();
        bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
        let error = KnnIndex::from_bytes(&resealed(bytes)).unwrap_err();
        assert_eq!(error.code(), code, "{case}: {error}");
    }
}

proptest! {
    #[test]
    fn a_changed_file_with_right_sums_is_refused_or_answers(place: prop::sample::Index, change in 1_u8..=255) {
        let mut bytes = index(40, 5, 9).to_bytes();
        let place = place.index(bytes.len());
        bytes[place] ^= change;
        if let Ok(index) = KnnIndex::from_bytes(&resealed(bytes)) {
            prop_assert!(!index.nearest(&image(1), index.k()).is_empty());
        }
    }
}

#[test]
fn predictions_are_votes_of_the_nearest() {
    let index = index(500, 8, 2).with_k(9).unwrap();
    let images: Vec<Image> = (0..4).map(image).collect();
    let batch = Images::from_rows(images.iter().map(|image| *image.pixels()).collect()).unwrap();
    let predicted = index.predict(&batch).unwrap();
    for (image, votes) in images.iter().zip(&predicted) {
        assert_eq!(&vitrine::knn::vote(&index.nearest(image, 9)).unwrap(), votes);
    }
    assert_eq!(index.with_k(501).unwrap_err().code(), "parameter");
}

#[test]
fn parts_that_do_not_fit_are_refused() {
    let new = |k, references| KnnIndex::new([0; 32].into(), k, codec(4).0, references);
    let code = |error: vitrine::Error| error.code();
    assert_eq!(new(1, references(3, 5, 0)).map_err(code).err(), Some("shape"));
    assert_eq!(Thumbnails::new(codec(5).1, &index(3, 4, 0)).map_err(code).err(), Some("shape"));
    assert_eq!(thumbnails(&index(3, 4, 0)).picture(&index(3, 4, 1), 0).map_err(code).err(), Some("integrity"));
    assert_eq!(new(0, references(3, 4, 0)).map_err(code).err(), Some("parameter"));
    assert_eq!(new(4, references(3, 4, 0)).map_err(code).err(), Some("parameter"));
    assert_eq!(new(1, vec![(Label::new(0).unwrap(), vec![8, 0, 0, 0])]).map_err(code).err(), Some("parameter"));
    assert_eq!(Encoder::new(vec![17; 4], layer(FEATURES, 7, 1), layer(3, 4, 2)).map_err(code).err(), Some("parameter"));
    assert_eq!(Encoder::new(vec![1; 17], layer(FEATURES, 20, 1), layer(3, 17, 2)).map_err(code).err(), Some("limit"));
}

#[test]
fn another_version_is_named() {
    let mut bytes = index(3, 2, 0).to_bytes();
    bytes[8] = 77;
    let error = KnnIndex::from_bytes(&bytes).unwrap_err();
    assert_eq!(error.code(), "format");
    assert!(error.to_string().contains("expected version 3, got version 77; rebuild"), "{error}");
}

#[test]
fn a_sum_that_differs_is_an_integrity_error() {
    let mut bytes = index(40, 5, 9).to_bytes();
    *bytes.last_mut().unwrap() ^= 1;
    let error = KnnIndex::from_bytes(&bytes).unwrap_err();
    assert_eq!(error.code(), "integrity");
    assert!(error.to_string().contains("encoder"), "{error}");
}
