//! Training as data: lists of layers take what was learned without remainder, hyperparameters mean something.

use vitrine::network::Network;
use vitrine::publish::onnx::{Weights, write};
use vitrine::training::architectures::Architecture;
use vitrine::training::augment::Augment;
use vitrine::training::hyperparameters::Hyperparameters;
use vitrine::training::layers::{Filled, Layer, Parameters, filled, resolved};

use crate::made::{images, noise};

const ALL: [Architecture; 3] = [Architecture::Mlp, Architecture::Cnn, Architecture::CnnSlim];

/// So many of what the layers call for.
fn counts(layers: &[Layer]) -> [usize; 3] {
    let count = |wanted: fn(&Layer) -> bool| layers.iter().filter(|layer| wanted(layer)).count();
    [
        count(|layer| matches!(layer, Layer::Conv { .. })),
        count(|layer| *layer == Layer::Norm),
        count(|layer| matches!(layer, Layer::Dense(_))),
    ]
}

#[test]
fn every_layer_takes_what_it_learned_in_order() {
    for architecture in ALL {
        let [convs, norms, denses] = counts(architecture.layers());
        let layers = filled(architecture.layers(), 0..convs, 0..norms, 0..denses).unwrap();
        let (mut conv, mut dense) = (0, 0);
        for layer in &layers {
            match layer {
                Filled::Conv { learned, .. } => {
                    // Every convolution of these networks has a norm.
                    assert_eq!(*learned, (conv, Some(conv)));
                    conv += 1;
                }
                Filled::Dense(learned) => {
                    assert_eq!(*learned, dense);
                    dense += 1;
                }
                _ => {}
            }
        }
        assert_eq!([conv, norms, dense], [convs, norms, denses]);
        assert_eq!(layers.len(), architecture.layers().len() - norms);
    }
}

#[test]
fn a_layer_too_few_or_too_many_is_an_error_and_no_other_network() {
    for architecture in ALL {
        let layers = architecture.layers();
        let right = counts(layers);
        for kind in 0..right.len() {
            for change in [-1, 1] {
                let mut wrong = right;
                let Some(count) = wrong[kind].checked_add_signed(change) else { continue };
                wrong[kind] = count;
                let result = filled(layers, 0..wrong[0], 0..wrong[1], 0..wrong[2]);
                assert_eq!(result.unwrap_err().code(), "internal", "{}: {wrong:?}", architecture.name());
            }
        }
    }
}

#[test]
fn an_order_that_cannot_run_is_refused() {
    let conv = Layer::Conv { channels: 4, kernel: 3, stride: 1 };
    let halve = Layer::Conv { channels: 4, kernel: 3, stride: 2 };
    let end = [Layer::Flatten, Layer::Dense(10)];
    assert_eq!(resolved(&[&[conv, Layer::Skip, conv, Layer::Add][..], &end].concat()).unwrap().len(), 6);
    for start in [
        &[Layer::Relu, Layer::Norm][..],
        &[Layer::Dense(10)],
        &[Layer::Dropout],
        &[conv, Layer::Add],
        &[conv, Layer::Skip, halve, Layer::Add],
        &[conv, Layer::Skip],
        &[conv, Layer::Skip, Layer::Skip, conv, Layer::Add],
        &[Layer::Flatten, Layer::Norm],
        &[Layer::Flatten, Layer::Dense(10), conv],
        &[Layer::Mean, Layer::MaxPool],
    ] {
        assert_eq!(resolved(&[start, &end].concat()).unwrap_err().code(), "internal", "{start:?}");
    }
    assert_eq!(resolved(&[Layer::Flatten, Layer::Dense(9)]).unwrap_err().code(), "internal");
}

#[test]
fn hyperparameters_that_mean_nothing_are_refused_with_a_remedy() {
    let good = Hyperparameters::standard(Architecture::Cnn);
    for architecture in ALL {
        let standard = Hyperparameters::standard(architecture);
        standard.check(50_000).unwrap();
        Hyperparameters::finish(architecture, standard).check(50_000).unwrap();
    }
    type Change = fn(&mut Hyperparameters);
    let changes: [(&str, Change); 17] = [
        ("epochs: expected at least 1, got 0", |of| of.epochs = 0),
        ("batch: expected 1 to 100, the number of training images, got 0", |of| of.batch = 0),
        ("batch: expected 1 to 100, the number of training images, got 101", |of| of.batch = 101),
        ("learning rate: expected 0 or more, got NaN", |of| of.peak_rate = f64::NAN),
        ("learning rate: expected 0 or more, got inf", |of| of.peak_rate = f64::INFINITY),
        ("learning rate: expected 0 or more, got -0.1", |of| of.peak_rate = -0.1),
        ("weight decay", |of| of.weight_decay = f32::NAN),
        ("smoothing: expected 0 to 1, got 1.5", |of| of.smoothing = 1.5),
        ("smoothing", |of| of.smoothing = -0.1),
        ("distillation: expected 0 to 1, got -3", |of| of.distillation = -3.0),
        ("distillation", |of| of.distillation = f32::NAN),
        ("warm-up", |of| of.warm_up = 1.0),
        ("averaging", |of| of.averaging = 1.0),
        ("shift", |of| of.augment = Augment { shift: 28, ..of.augment }),
        ("rectangle", |of| of.augment = Augment { erase: 1.5, ..of.augment }),
        ("sketch", |of| of.augment = Augment { sketch: f32::NAN, ..of.augment }),
        ("averaging", |of| of.averaging = f64::NAN),
    ];
    for (says, change) in changes {
        let mut changed = Hyperparameters { batch: 100, ..good.clone() };
        change(&mut changed);
        let error = changed.check(100).unwrap_err();
        assert_eq!(error.code(), "parameter", "{error}");
        assert!(error.to_string().contains(says) && error.to_string().contains("; leave"), "{says}: {error}");
    }
}

#[test]
fn an_output_whose_weights_are_all_zero_is_stored_in_a_byte_each_too() {
    let (weight, bias) = (noise(1, 784 * 10), noise(2, 10));
    let weight = weight.into_iter().enumerate().map(|(at, value)| if at % 10 == 3 { 0.0 } else { value }).collect();
    let dense = Parameters { weight, shape: vec![784, 10], bias: bias.clone() };
    let layers = [Filled::Flatten, Filled::Dense(dense)];
    let [exact, stored] = [Weights::Single, Weights::Int8].map(|weights| {
        let file = write("one layer", &layers, weights, &[]).unwrap();
        Network::from_onnx(&file).unwrap().logits(&images(4)).unwrap()
    });
    for (exact, stored) in exact.iter().zip(&stored) {
        assert_eq!([exact[3], stored[3]], [bias[3]; 2]);
        assert_ne!(exact, stored, "the weights are stored as they are");
        for (exact, stored) in exact.iter().zip(stored) {
            // A weight is off by half of 1/127 of the largest at most, some 784 of them by chance: five times √784/254/√3.
            assert!((exact - stored).abs() < 0.32, "{exact} became {stored}");
        }
    }
}
