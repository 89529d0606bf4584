//! The library's choices as the command line spells them, each with its line of help.

use clap::ValueEnum;
use vitrine::learn::network::fit::Backend;
use vitrine::publish::onnx::Weights;
use vitrine::training::architectures::Architecture;

/// Which network.
#[derive(Clone, Copy, ValueEnum)]
pub enum NetworkName {
    /// Three hidden layers of 400, 200 and 100.
    Mlp,
    /// Five convolutions, two hidden layers.
    Cnn,
    /// Seven small convolutions, two of them residual pairs: a tenth of the CNN's arithmetic.
    CnnSlim,
}

/// Where the arithmetic is done.
#[derive(Clone, Copy, ValueEnum)]
pub enum Device {
    /// The processor.
    Flex,
    /// A GPU through Vulkan, Metal or DirectX (build with `--features wgpu`).
    Wgpu,
}

/// How the file stores weights. Biases are always f32.
#[derive(Clone, Copy, ValueEnum)]
pub enum Storage {
    /// f32, bit for bit.
    Single,
    /// One byte each and one scale per output, made f32 again by DequantizeLinear when the file is loaded.
    Int8,
}

impl From<NetworkName> for Architecture {
    fn from(network: NetworkName) -> Self {
        match network {
            NetworkName::Mlp => Self::Mlp,
            NetworkName::Cnn => Self::Cnn,
            NetworkName::CnnSlim => Self::CnnSlim,
        }
    }
}

impl From<Device> for Backend {
    fn from(device: Device) -> Self {
        match device {
            Device::Flex => Self::Flex,
            Device::Wgpu => Self::Wgpu,
        }
    }
}

impl From<Storage> for Weights {
    fn from(storage: Storage) -> Self {
        match storage {
            Storage::Single => Self::Single,
            Storage::Int8 => Self::Int8,
        }
    }
}
