//! The networks as lists of layers, from which the burn module, the fast convolutions and the ONNX graph are all built.

use serde::{Deserialize, Serialize};

use crate::labels::CLASSES;

/// One layer. Those before [`Layer::Flatten`] see maps `(N, C, H, W)`, those after it vectors `(N, F)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Layer {
    /// Convolution with zero padding of [`same_padding`]: `H` becomes `H / stride`, rounded up. It has a bias unless
    /// [`Layer::Norm`] follows.
    Conv {
        /// Maps that come out.
        channels: usize,
        /// Height and width of the kernel.
        kernel: usize,
        /// Rows and columns from one placing of the kernel to the next.
        stride: usize,
    },
    /// Batch normalisation of the convolution before it (Ioffe and Szegedy 2015, arXiv:1502.03167). It exists in
    /// training only: the file's convolution has it folded into its weight and bias.
    Norm,
    /// max(x, 0).
    Relu,
    /// The maximum of each 2×2 block; an odd last row or column is dropped.
    MaxPool,
    /// Remembers its input for the next [`Layer::Add`].
    Skip,
    /// Adds what [`Layer::Skip`] remembered (He et al. 2016, arXiv:1512.03385).
    Add,
    /// The mean of each map: `(N, C, H, W)` → `(N, C, 1, 1)`.
    Mean,
    /// `(N, C, H, W)` → `(N, C·H·W)`, row-major.
    Flatten,
    /// `x · W + b` with this many outputs.
    Dense(usize),
    /// In training, zeroes a fifth of the values and scales the others by 1.25.
    Dropout,
}

use Layer::{Add, Dense, Dropout, Flatten, MaxPool, Mean, Norm, Relu, Skip};

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

/// Zero rows or columns before and after, for a kernel of this size: at stride 1 the size stays the same, and of an odd
/// number the larger half goes after (`SAME_UPPER`).
pub const fn same_padding(kernel: usize) -> (usize, usize) {
    ((kernel - 1) / 2, kernel / 2)
}
