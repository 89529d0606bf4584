//! Learning the index's code, on images that a test can make.

use vitrine::drawings::{Other, Set};
use vitrine::idx::Samples;
use vitrine::image::Image;
use vitrine::images::Images;
use vitrine::knn::thumbnails::Thumbnails;
use vitrine::learn::knn::fit::fit;
use vitrine::learn::knn::settings::Settings;
use vitrine::measure::knn as build;
use vitrine::publish::knn::index_of;
use vitrine::random::Stream;

use crate::made::samples;

/// Ten classes told apart by where a bright bar lies, with seeded noise and position.
fn bars(count: u32, seed: u64) -> Samples {
    let mut stream = Stream::new(seed, 0);
    let mut pixels = Vec::new();
    let mut labels = Vec::new();
    for index in 0..count {
        let class = index % 10;
        labels.push(class as u8);
        let begin = stream.below(13) as u32;
        for y in 0..28_u32 {
            for x in 0..28_u32 {
                let (along, across) = if class < 5 { (x, y) } else { (y, x) };
                let within = across / 5 == class % 5 && (begin..begin + 15).contains(&along);
                pixels.push(if within { 180 } else { 0 } + stream.below(32) as u8);
            }
        }
    }
    samples(&pixels, &labels)
}

/// What a decoder that ignores the code would reach, in dB.
fn psnr_of_class_means(samples: &Samples) -> f64 {
    let mut error = 0.0;
    for label in vitrine::Label::all() {
        let of_class: Vec<usize> = (0..samples.len()).filter(|&index| samples.labels()[index] == label).collect();
        for pixel in 0..784 {
            let values = of_class.iter().map(|index| f64::from(samples.bytes()[index * 784 + pixel]));
            let mean = values.clone().sum::<f64>() / of_class.len() as f64;
            error += values.map(|value| (value - mean).powi(2)).sum::<f64>();
        }
    }
    10.0 * (255.0_f64.powi(2) / (error / samples.bytes().len() as f64)).log10()
}

fn settings() -> Settings {
    let small =
        Settings { epochs: 12, batch: 100, dims: 6, encoder_hidden: 8, decoder_hidden: 16, ..Settings::default() };
    Settings { drawings: 50, changed: 0.3, novelty: 0.0, rate: 0.02, ..small }
}

#[test]
fn a_learned_code_separates_classes_and_recalls_images() {
    let (train, fresh) = (bars(1000, 1), bars(500, 2));
    let mut bits = Vec::new();
    let settings = Settings { epochs: 25, rate: 0.002, fidelity: 300.0, ..settings() };
    let (encoder, decoder) = fit(&train, &settings, |progress| bits.push(progress.bits)).unwrap();
    assert_eq!(bits.len(), 25);
    let index = index_of(&train, encoder.clone(), 5, [0; 32].into()).unwrap();
    let accuracy = build::share(&build::predict(&index, &fresh).unwrap(), fresh.labels()).unwrap();
    assert!(accuracy > 0.95, "{accuracy}");
    let (k, best) = build::choose_k(&build::accuracies(&index, &fresh).unwrap()).unwrap();
    assert!(best >= accuracy && k % 2 == 1);
    let fidelity = build::fidelity(&fresh, &encoder, &decoder).unwrap();
    let means = psnr_of_class_means(&fresh);
    assert!(fidelity.psnr_of_mean > means + 0.5, "{fidelity:?} against {means} dB of the class means");
    assert!(fidelity.psnr_of_mean <= fidelity.mean_psnr + 1e-9, "{fidelity:?}");
}

#[test]
fn the_same_seed_learns_the_same_code() {
    let train = bars(300, 3);
    let bytes = |seed| {
        let settings = Settings { seed, epochs: 2, ..settings() };
        let (encoder, decoder) = fit(&train, &settings, |_| ()).unwrap();
        let index = index_of(&train, encoder, 1, [0; 32].into()).unwrap();
        [index.to_bytes(), Thumbnails::new(decoder, &index).unwrap().to_bytes()].concat()
    };
    let first = bytes(5);
    assert!(first == bytes(5));
    assert!(first != bytes(6));
}

#[test]
fn what_is_no_garment_is_learned_to_be_far() {
    let (train, fresh) = (bars(600, 5), bars(200, 6));
    let contrast = |novelty: f32| {
        let settings = Settings { novelty, encoder_hidden: 16, ..settings() };
        let (encoder, _) = fit(&train, &settings, |_| ()).unwrap();
        let index = index_of(&train, encoder, 5, [0; 32].into()).unwrap().with_radius(1.0).unwrap();
        let of = |images: Images<'_>| -> Vec<f32> {
            images.rows().iter().map(|pixels| index.novelty(&Image::new(pixels).unwrap())).collect()
        };
        let total = |images: Images<'_>| of(images).iter().sum::<f32>();
        total(Other::Letters.images(Set::Report).unwrap()) / total(fresh.batch(0, 200))
    };
    let (untold, told) = (contrast(0.0), contrast(1.0));
    assert!(told > 1.5 * untold, "{told} against {untold}");
}

#[test]
fn settings_without_meaning_are_refused_by_name() {
    let train = bars(50, 4);
    let settings = Settings { batch: 10, ..settings() };
    let cases: [(&str, Settings); 19] = [
        ("batch: expected 2 to 50 images, got 51", Settings { batch: 51, ..settings }),
        ("batch: expected 2 to 50 images, got 1", Settings { batch: 1, ..settings }),
        ("epochs: expected 1 to 10000, got 0", Settings { epochs: 0, ..settings }),
        ("epochs: expected 1 to 10000, got 10001", Settings { epochs: 10_001, ..settings }),
        ("dims: expected 1 to 16, got 0", Settings { dims: 0, ..settings }),
        ("dims: expected 1 to 16, got 17", Settings { dims: 17, ..settings }),
        ("hidden units of the encoder: expected 1 to 4096, got 0", Settings { encoder_hidden: 0, ..settings }),
        ("hidden units of the encoder: expected 1 to 4096, got 4097", Settings { encoder_hidden: 4097, ..settings }),
        ("hidden units of the decoder: expected 1 to 4096, got 0", Settings { decoder_hidden: 0, ..settings }),
        ("dropout: expected 0 to below 1, got 1", Settings { dropout: 1.0, ..settings }),
        ("dropout: expected 0 to below 1, got NaN", Settings { dropout: f32::NAN, ..settings }),
        ("share of changed images: expected 0 to 1, got 1.5", Settings { changed: 1.5, ..settings }),
        ("novelty: expected 0 or more, got -1", Settings { novelty: -1.0, ..settings }),
        ("learning rate: expected above 0, got 0", Settings { learning_rate: 0.0, ..settings }),
        ("learning rate: expected above 0, got inf", Settings { learning_rate: f64::INFINITY, ..settings }),
        ("rate: expected 0 or more, got -1", Settings { rate: -1.0, ..settings }),
        ("rate: expected 0 or more, got NaN", Settings { rate: f32::NAN, ..settings }),
        ("fidelity: expected 0 or more, got -0.5", Settings { fidelity: -0.5, ..settings }),
        ("fidelity: expected 0 or more, got inf", Settings { fidelity: f32::INFINITY, ..settings }),
    ];
    for (says, settings) in cases {
        let error = fit(&train, &settings, |_| panic!("{says}: learned all the same")).unwrap_err();
        assert_eq!(error.code(), "parameter");
        assert!(error.to_string().starts_with(says), "{error}");
    }
}
