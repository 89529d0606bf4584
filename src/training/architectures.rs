//! The networks as lists of layers.

use serde::{Deserialize, Serialize};

use super::layers::Layer::{self, Add, Dense, Dropout, Flatten, MaxPool, Mean, Norm, Relu, Skip};
use crate::labels::CLASSES;

const fn conv(channels: usize, kernel: usize) -> Layer {
    Layer::Conv { channels, kernel, stride: 1 }
}

const fn halve(channels: usize) -> Layer {
    Layer::Conv { channels, kernel: 3, stride: 2 }
}

const MLP: &[Layer] =
    &[Flatten, Dense(400), Relu, Dense(200), Relu, Dropout, Dense(100), Relu, Dropout, Dense(CLASSES)];

const CNN: &[Layer] = &[
    conv(64, 6),
    Norm,
    Relu,
    MaxPool,
    conv(64, 6),
    Norm,
    Relu,
    conv(128, 3),
    Norm,
    Relu,
    MaxPool,
    conv(256, 3),
    Norm,
    Relu,
    conv(256, 3),
    Norm,
    Relu,
    MaxPool,
    Flatten,
    Dense(128),
    Relu,
    Dropout,
    Dense(64),
    Relu,
    Dropout,
    Dense(CLASSES),
];

const CNN_SLIM: &[Layer] = &[
    conv(16, 3),
    Norm,
    Relu,
    halve(32),
    Norm,
    Relu,
    Skip,
    conv(32, 3),
    Norm,
    Relu,
    conv(32, 3),
    Norm,
    Add,
    Relu,
    halve(64),
    Norm,
    Relu,
    Skip,
    conv(64, 3),
    Norm,
    Relu,
    conv(64, 3),
    Norm,
    Add,
    Relu,
    Mean,
    Flatten,
    Dense(CLASSES),
];

/// The networks that can be trained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Architecture {
    /// Three hidden layers of 400, 200 and 100.
    Mlp,
    /// Five convolutions, two hidden layers.
    Cnn,
    /// Seven small convolutions, two of them residual pairs: a tenth of the CNN's arithmetic.
    CnnSlim,
}

impl Architecture {
    /// Its name in file names and metadata.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mlp => "mlp",
            Self::Cnn => "cnn",
            Self::CnnSlim => "cnn-slim",
        }
    }

    /// Its layers, from `(N, 1, 28, 28)` to `(N, 10)` logits.
    pub const fn layers(self) -> &'static [Layer] {
        match self {
            Self::Mlp => MLP,
            Self::Cnn => CNN,
            Self::CnnSlim => CNN_SLIM,
        }
    }
}
