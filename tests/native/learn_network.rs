//! Training: the exported file against the module, resuming against not stopping, what images and targets become.

use burn::tensor::{Device, Tensor, TensorData};
use vitrine::Label;
use vitrine::idx::Samples;
use vitrine::image::PIXELS;
use vitrine::learn::network::adam::Rates;
use vitrine::learn::network::checkpoint::Checkpoints;
use vitrine::learn::network::fit::{Backend, Progress, Run, fit};
use vitrine::learn::network::framework::{Framework, gradients};
use vitrine::learn::network::learner::Learner;
use vitrine::learn::network::module::{Net, to_vec};
use vitrine::learn::network::tally::Tally;
use vitrine::learn::network::teacher::Teachers;
use vitrine::network::Network;
use vitrine::probabilities::Probabilities;
use vitrine::publish::onnx::{self, Weights};
use vitrine::random::Stream;
use vitrine::storage::models::Models;
use vitrine::training::architectures::Architecture;
use vitrine::training::augment::Augment;
use vitrine::training::hyperparameters::Hyperparameters;
use vitrine::training::layers::{Layer, Learned};

use crate::data::scratch;
use crate::learn_gradients::{ALL, Noise};
use crate::made::{noisy_images, samples};

/// Labelled noise that can be told apart: each class is bright in a band of its own.
fn banded(count: usize) -> Samples {
    let mut stream = Stream::new(7, 0);
    let labels: Vec<u8> = (0..count).map(|index| (index % 10) as u8).collect();
    let pixels = labels.iter().flat_map(|label| (0..PIXELS).map(move |at| (at, *label)));
    let pixels = pixels.map(|(at, label)| {
        let band = if at / 79 == usize::from(label) { 120 } else { 0 };
        (band + stream.below(100)) as u8
    });
    samples(&pixels.collect::<Vec<u8>>(), &labels)
}

/// The largest difference, relative to the largest value (at least 1).
fn difference(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    let scale = b.iter().fold(1.0_f32, |scale, value| scale.max(value.abs()));
    a.iter().zip(b).map(|(a, b)| (a - b).abs() / scale).fold(0.0, f32::max)
}

fn tensor(pixels: &[f32], device: &Device) -> Tensor<4> {
    Tensor::from_data(TensorData::new(pixels.to_vec(), [pixels.len() / PIXELS, 1, 28, 28]), device)
}

/// A network that has taken steps, so that its norms' running statistics differ from those they start with.
fn seasoned(architecture: Architecture) -> Net {
    let device = Device::flex();
    let mut learner = Learner::new(Net::new(architecture, 5, &device).unwrap(), 10, &device).unwrap();
    for seed in 0..20 {
        let rates = Rates { rate: 1e-4, weight_decay: 0.0, averaging: 0.5, done: seed as usize };
        learner = learner.step(&Noise { seed, count: 10 }, &rates).unwrap().0;
    }
    learner.averaged()
}

#[test]
fn a_devices_answers_are_told_a_step_later_and_none_is_lost() {
    let device = Device::flex().autodiff();
    let net = Net::new(Architecture::CnnSlim, 5, &device).unwrap();
    // Without a rate the weights stay, and each step answers as the first network does.
    let rates = Rates { rate: 0.0, weight_decay: 0.0, averaging: 0.5, done: 0 };
    let lessons = [0, 1, 2].map(|seed| Noise { seed, count: 10 });
    let mut learner = Learner::Framework(Box::new(Framework::new(net.clone(), device.clone())));
    let mut told = Vec::new();
    for lessons in &lessons {
        let tally;
        (learner, tally) = learner.step(lessons, &rates).unwrap();
        told.push(tally);
    }
    told.push(learner.rest().unwrap());
    assert_eq!(learner.rest().unwrap(), Tally::default());
    let at_once = lessons.each_ref().map(|lessons| gradients(&net, lessons, &device).unwrap().1);
    assert_eq!(told, [&[Tally::default()], &at_once[..]].concat());
    assert!(at_once.iter().all(|tally| tally.images() == 10));
}

#[test]
fn the_exported_file_answers_as_the_module_does() {
    let device = Device::flex();
    for architecture in ALL {
        let net = seasoned(architecture);
        let metadata = [("architecture", architecture.name().to_owned()), ("temperature", "1".to_owned())];
        let network = Network::from_onnx(
            &onnx::write(architecture.name(), &net.learned().unwrap(), Weights::Single, &metadata).unwrap(),
        )
        .unwrap();
        assert_eq!(network.metadata().architecture, architecture.name());
        let images = noisy_images(4, 9);
        let expected = to_vec(net.forward(tensor(images.pixels(), &device)).unwrap()).unwrap();
        let exported = network.logits(&images).unwrap();
        // The project's bar for agreement between engines; the order of sums differs.
        assert!(difference(exported.as_flattened(), &expected) < 1e-4, "{}", architecture.name());
        let fast = Learner::new(net, 2, &device).unwrap().logits(images).unwrap();
        assert!(difference(fast.as_flattened(), &expected) < 1e-4, "{}", architecture.name());
    }
}

#[test]
fn int8_weights_take_a_quarter_and_answer_nearly_alike() {
    for architecture in ALL {
        let net = seasoned(architecture);
        let layers = net.learned().unwrap();
        let [single, int8] =
            [Weights::Single, Weights::Int8].map(|weights| onnx::write("net", &layers, weights, &[]).unwrap());
        assert!(int8.len() * 100 < single.len() * 28);
        let images = noisy_images(4, 4);
        let [single, int8] = [single, int8].map(|file| Network::from_onnx(&file).unwrap().logits(&images).unwrap());
        // Half a step of 1/127 of the largest weight, averaged over hundreds of inputs and a few layers.
        let difference = difference(int8.as_flattened(), single.as_flattened());
        assert!(difference < 0.02, "{}: {difference}", architecture.name());
        assert!(difference > 0.0);
    }
}

#[test]
fn the_slim_network_stays_within_its_bounds() {
    let net = Net::new(Architecture::CnnSlim, 1, &Device::flex()).unwrap();
    let parameters = all_parameters(&net).len();
    assert!(parameters <= 200_000, "{parameters}");
    assert!(multiply_adds(Architecture::CnnSlim) <= 10_000_000);
    assert_eq!(multiply_adds(Architecture::Cnn), 88_814_208);
}

/// Products of convolutions and dense layers for one image.
fn multiply_adds(architecture: Architecture) -> usize {
    let (mut channels, mut side, mut features, mut total) = (1, 28_usize, 784, 0);
    for layer in architecture.layers() {
        match *layer {
            Layer::Conv { channels: outputs, kernel, stride } => {
                side = side.div_ceil(stride);
                total += side * side * kernel * kernel * channels * outputs;
                channels = outputs;
                features = channels * side * side;
            }
            Layer::MaxPool => {
                side /= 2;
                features = channels * side * side;
            }
            Layer::Mean => features = channels,
            Layer::Dense(outputs) => {
                total += features * outputs;
                features = outputs;
            }
            _ => {}
        }
    }
    total
}

fn run(architecture: Architecture, folder: Option<&str>) -> Run {
    let augment = Augment { flip: true, shift: 1, erase: 0.5, sketch: 0.3 };
    let hyperparameters = Hyperparameters {
        epochs: 2,
        batch: 20,
        averaging: 0.5,
        drawings: 40,
        augment,
        ..Hyperparameters::standard(architecture)
    };
    let checkpoints = folder.map(scratch);
    let teachers = Teachers::default();
    Run {
        architecture,
        hyperparameters,
        backend: Backend::Flex,
        teachers,
        start: None,
        checkpoints,
        answers: None,
        fresh: false,
        stop_after: None,
    }
}

fn all_parameters(net: &Net) -> Vec<f32> {
    let layers = net.learned().unwrap();
    layers.iter().filter_map(Learned::parameters).flat_map(|of| [&*of.weight, &*of.bias].concat()).collect()
}

fn resumed_equals_uninterrupted(architecture: Architecture, images: usize) {
    let (train, validation) = (banded(images), banded(10));
    let straight = run(architecture, None);
    let (expected, expected_history) = fit(&straight, &train, &validation, &mut |_| ()).unwrap();

    let name = format!("resume-{}", architecture.name());
    let mut interrupted = Run { stop_after: Some(1), ..run(architecture, Some(&name)) };
    let (halfway, _) = fit(&interrupted, &train, &validation, &mut |_| ()).unwrap();
    assert_ne!(all_parameters(&halfway), all_parameters(&expected));
    interrupted.stop_after = None;
    let (resumed, history) = fit(&interrupted, &train, &validation, &mut |_| ()).unwrap();

    assert_eq!(all_parameters(&resumed), all_parameters(&expected));
    let figures = |history: &vitrine::training::history::History| -> Vec<(f64, Option<f64>)> {
        history.epochs.iter().map(|epoch| (epoch.loss, epoch.validation_loss)).collect()
    };
    assert_eq!(figures(&history), figures(&expected_history));

    // A finished run has nothing left to do; other hyperparameters must not take its checkpoint for its own.
    assert_eq!(
        all_parameters(&fit(&interrupted, &train, &validation, &mut |_| ()).unwrap().0),
        all_parameters(&expected)
    );
    let folder = interrupted.checkpoints.clone().unwrap();
    let held = Checkpoints::at(&folder).lock().unwrap();
    let error = fit(&interrupted, &train, &validation, &mut |_| ()).unwrap_err();
    assert!(error.to_string().contains("another run is using"), "{error}");
    drop(held);
    interrupted.hyperparameters.seed += 1;
    assert_eq!(fit(&interrupted, &train, &validation, &mut |_| ()).unwrap_err().code(), "parameter");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn training_that_is_resumed_gives_the_same_bits_as_training_that_is_not_stopped() {
    resumed_equals_uninterrupted(Architecture::Mlp, 60);
    resumed_equals_uninterrupted(Architecture::Cnn, 40);
    resumed_equals_uninterrupted(Architecture::CnnSlim, 40);
}

#[test]
fn the_rate_rises_to_its_peak_and_falls_to_nothing() {
    let hyperparameters = Hyperparameters::standard(Architecture::Mlp);
    let rates: Vec<f64> = (0..1000).map(|step| hyperparameters.rate(step, 1000)).collect();
    let peak = rates.iter().position(|rate| *rate == hyperparameters.peak_rate).unwrap();
    assert_eq!(peak, 200);
    assert!(rates[..=peak].is_sorted());
    assert!(rates[peak..].is_sorted_by(|a, b| a >= b));
    assert!(rates[999] < hyperparameters.peak_rate * 1e-4);
}

#[test]
fn augmentation_flips_shifts_and_erases_and_nothing_else() {
    let mut image = [0_u8; PIXELS];
    image[10 * 28 + 4] = 255;
    let changed = |augment: Augment, seed| augment.apply(&image, &mut Stream::new(seed, 0));
    let spot = |pixels: &[f32]| pixels.iter().position(|pixel| *pixel == 1.0).map(|at| (at / 28, at % 28));
    assert_eq!(spot(&changed(Augment::default(), 0)), Some((10, 4)));
    let flip = Augment { flip: true, ..Augment::default() };
    let flipped: Vec<_> = (0..20).map(|seed| spot(&changed(flip, seed)).unwrap()).collect();
    assert!(flipped.contains(&(10, 4)) && flipped.contains(&(10, 23)));
    let shift = Augment { shift: 2, ..Augment::default() };
    let mut places: Vec<_> = (0..500).map(|seed| spot(&changed(shift, seed)).unwrap()).collect();
    places.sort_unstable();
    places.dedup();
    assert_eq!(places.len(), 25);
    assert_eq!((places[0], places[24]), ((8, 2), (12, 6)));
    let erase = Augment { erase: 1.0, ..Augment::default() };
    let grey = changed(erase, 3).iter().filter(|pixel| **pixel > 0.0 && **pixel < 1.0).count();
    assert!((9..=121).contains(&grey), "{grey}");
}

#[test]
fn sketching_changes_every_image_in_its_own_way_and_keeps_it_within_bounds() {
    let image: [u8; PIXELS] = std::array::from_fn(|place| if (8..20).contains(&(place % 28)) { 200 } else { 0 });
    let changed = |augment: Augment, seed| augment.apply(&image, &mut Stream::new(seed, 0)).to_vec();
    let (plain, sketch) = (Augment::default(), Augment { sketch: 1.0, ..Augment::default() });
    let sketches: Vec<Vec<f32>> = (0..100).map(|seed| changed(sketch, seed)).collect();
    for (seed, pixels) in (0..).zip(&sketches) {
        assert_eq!(*pixels, changed(sketch, seed), "the same seed draws the same");
        assert_ne!(*pixels, changed(plain, seed));
        assert!(pixels.len() == PIXELS && pixels.iter().all(|pixel| (0.0..=1.0).contains(pixel)));
    }
    // One in nine takes ink for ground: only those are bright in their corners.
    let bright = sketches.iter().filter(|pixels| pixels[0] > 0.9 && pixels[PIXELS - 1] > 0.9).count();
    assert!((3..=25).contains(&bright), "{bright}");
    let seldom = Augment { sketch: 0.2, ..Augment::default() };
    let touched = (0..500).filter(|seed| changed(seldom, *seed) != changed(plain, *seed)).count();
    assert!((60..=140).contains(&touched), "{touched}");
}

#[test]
fn a_finished_run_is_gone_on_with_from_its_averaged_weights() {
    let (train, validation) = (banded(40), banded(10));
    let mut rough = Run { stop_after: Some(1), ..run(Architecture::Mlp, Some("finished")) };
    let mut gentle = Run {
        hyperparameters: Hyperparameters {
            epochs: 1,
            peak_rate: 0.0,
            ..Hyperparameters::finish(Architecture::Mlp, rough.hyperparameters.clone())
        },
        start: rough.checkpoints.clone(),
        ..run(Architecture::Mlp, None)
    };
    fit(&rough, &train, &validation, &mut |_| ()).unwrap();
    assert_eq!(fit(&gentle, &train, &validation, &mut |_| ()).map_err(|error| error.code()).err(), Some("parameter"));

    rough.stop_after = None;
    let (averaged, _) = fit(&rough, &train, &validation, &mut |_| ()).unwrap();
    let (unchanged, history) = fit(&gentle, &train, &validation, &mut |_| ()).unwrap();
    let itself = Run { checkpoints: rough.checkpoints.clone(), fresh: true, ..run(Architecture::Mlp, None) };
    let itself = Run { start: rough.checkpoints.clone(), hyperparameters: gentle.hyperparameters.clone(), ..itself };
    assert_eq!(fit(&itself, &train, &validation, &mut |_| ()).unwrap_err().code(), "parameter");
    assert!(
        Checkpoints::at(rough.checkpoints.as_ref().unwrap()).history().unwrap().is_some(),
        "the finished run is gone"
    );
    // A rate of zero moves nothing; an average of equals is one rounding away from them.
    assert!(difference(&all_parameters(&unchanged), &all_parameters(&averaged)) < 1e-6);
    assert_eq!(history.epochs.iter().map(|epoch| epoch.epoch).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(history.hyperparameters.after.as_deref(), Some(&rough.hyperparameters));

    gentle.hyperparameters.peak_rate = 1e-3;
    let (moved, _) = fit(&gentle, &train, &validation, &mut |_| ()).unwrap();
    assert!(difference(&all_parameters(&moved), &all_parameters(&averaged)) > 1e-5);
    std::fs::remove_dir_all(rough.checkpoints.unwrap()).unwrap();
}

#[test]
fn targets_are_smoothed_and_taught() {
    let label = Label::new(2).unwrap();
    let teacher = Probabilities::from_logits(&[0.0; 10], 1.0).unwrap();
    let expected = |at_label: f32, elsewhere: f32| {
        (0..10).map(|class| if class == 2 { at_label } else { elsewhere }).collect::<Vec<_>>()
    };
    let standard = Hyperparameters::standard(Architecture::Mlp);
    let hyperparameters = Hyperparameters { smoothing: 0.1, distillation: 0.5, ..standard };
    assert!(difference(&hyperparameters.target(label, None), &expected(0.91, 0.01)) < 1e-6);
    assert!(difference(&hyperparameters.target(label, Some(&teacher)), &expected(0.505, 0.055)) < 1e-6);
}

#[test]
fn drawings_are_learned_from_beside_the_images() {
    let mut run = run(Architecture::Mlp, None);
    let (train, validation) = (banded(60), banded(10));
    let mut learned = |drawings: usize| {
        run.hyperparameters.drawings = drawings;
        let mut steps = 0;
        let counted = &mut |progress: Progress<'_>| {
            if let Progress::Step { steps: of_epoch, .. } = progress {
                steps = of_epoch;
            }
        };
        let (net, history) = fit(&run, &train, &validation, counted).unwrap();
        assert_eq!(history.training_images, 60, "drawings are counted for themselves");
        (steps, all_parameters(&net))
    };
    let (alone, together) = (learned(0), learned(40));
    assert_eq!((alone.0, together.0), (3, 5));
    assert_ne!(alone.1, together.1);
}

#[test]
fn a_file_teaches_as_the_role_does() {
    let models = Models::at("models");
    let [by_role, by_file] =
        ["cnn-slim", "models/cnn-slim.onnx"].map(|name| Teachers::named(&models, &[name.to_owned()]).unwrap());
    let images = banded(10);
    let said = |teachers: &Teachers| -> Vec<f32> {
        teachers.answers(&images, None).unwrap().iter().flat_map(|answer| *answer.values()).collect()
    };
    assert_eq!(said(&by_role), said(&by_file));
    let sum = |teachers: &Teachers| teachers.names()[0].rsplit(' ').next().unwrap().to_owned();
    assert_eq!(sum(&by_role), sum(&by_file));
    let error = Teachers::named(&models, &["models/none.onnx".to_owned()]).err().unwrap();
    assert!(error.to_string().contains("models/none.onnx"), "{error}");
}
