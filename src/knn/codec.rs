//! The learned code: an encoder from an image to a few numbers, and a decoder back to a thumbnail.

use super::features::{FEATURES, features};
use super::int8_dense::Int8Dense;
use crate::error::{Blame, Error, Result};
use crate::image::{PIXELS, unit_from_byte};
use crate::labels::{CLASSES, Label};

/// Most numbers in a code: their products with a query are summed in 16 bits (see `search`).
pub const MAX_DIMS: usize = 16;

/// Most hidden units of either network.
pub const MAX_HIDDEN: usize = 4096;

/// The values that a reference's numbers take: four bits.
pub const CODE_RANGE: std::ops::RangeInclusive<i8> = -8..=7;

/// What [`Encoder::metric`] counts in: a weight of 16 is 1.
pub const WEIGHT_STEPS: u8 = 16;

/// [`features`] → `dims` numbers: a linear map plus one hidden layer of rectified units.
#[derive(Debug, Clone, PartialEq)]
pub struct Encoder {
    metric: Vec<u8>,
    /// Features → `dims` linear outputs, then the hidden units before rectification.
    wide: Int8Dense,
    /// Hidden units → `dims`, added to the linear outputs.
    narrow: Int8Dense,
}

impl Encoder {
    /// An encoder of `wide`: 1176 → `dims + hidden`, `narrow`: `hidden` → `dims`, and the weight of each number in the
    /// distance, in sixteenths.
    ///
    /// # Errors
    /// [`Blame::Shape`] when the layers do not fit each other or the features; [`Blame::Limit`] when a code has more than
    /// [`MAX_DIMS`] numbers or there are more than [`MAX_HIDDEN`] hidden units; [`Blame::Parameter`] for a weight above
    /// [`WEIGHT_STEPS`].
    pub fn new(metric: Vec<u8>, wide: Int8Dense, narrow: Int8Dense) -> Result<Self> {
        let (dims, hidden) = (narrow.outputs(), narrow.inputs());
        check_sizes(dims, hidden)?;
        if metric.len() != dims {
            return Err(Error::new(Blame::Shape, "metric").expected(format!("{dims} weights")).got(metric.len()));
        }
        if let Some(weight) = metric.iter().find(|weight| **weight > WEIGHT_STEPS) {
            return Err(Error::new(Blame::Parameter, "metric").expected(format!("0 to {WEIGHT_STEPS}")).got(weight));
        }
        if (wide.inputs(), wide.outputs()) != (FEATURES, dims + hidden) {
            return Err(Error::new(Blame::Shape, "encoder")
                .expected(format!("{FEATURES} → {}", dims + hidden))
                .got(format!("{} → {}", wide.inputs(), wide.outputs())));
        }
        Ok(Self { metric, wide, narrow })
    }

    /// The weight of each number of a code in the squared distance, in sixteenths. A number that serves the thumbnail
    /// more than the class weighs less.
    pub fn metric(&self) -> &[u8] {
        &self.metric
    }

    /// Numbers in a code.
    pub fn dims(&self) -> usize {
        self.narrow.outputs()
    }

    /// Hidden units.
    pub fn hidden(&self) -> usize {
        self.narrow.inputs()
    }

    /// The `dims` numbers of an image's row-major pixels in [0, 1], not rounded.
    pub fn encode(&self, pixels: &[f32; PIXELS]) -> Vec<f32> {
        let outputs = self.wide.apply(&features(pixels));
        let (linear, hidden) = outputs.split_at(self.dims());
        let hidden: Vec<f32> = hidden.iter().map(|value| value.max(0.0)).collect();
        self.narrow.apply(&hidden).iter().zip(linear).map(|(bent, linear)| bent + linear).collect()
    }

    /// The code under which an image's bytes are stored: the nearest integers in [`CODE_RANGE`].
    pub fn reference(&self, bytes: &[u8; PIXELS]) -> Vec<i8> {
        let (lowest, highest) = (f32::from(*CODE_RANGE.start()), f32::from(*CODE_RANGE.end()));
        let rounded = |value: f32| value.round().clamp(lowest, highest) as i8;
        self.encode(&bytes.map(unit_from_byte)).into_iter().map(rounded).collect()
    }

    pub(super) fn encoded_len(dims: usize, hidden: usize) -> usize {
        dims + Int8Dense::encoded_len(FEATURES, dims + hidden) + Int8Dense::encoded_len(hidden, dims)
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.metric.clone();
        self.wide.encode(&mut bytes);
        self.narrow.encode(&mut bytes);
        bytes
    }

    pub(super) fn from_bytes(bytes: &[u8], dims: usize, hidden: usize) -> Result<Self> {
        let truncated = || Error::new(Blame::Format, "encoder").expected("more bytes").got(bytes.len());
        let (metric, rest) = bytes.split_at_checked(dims).ok_or_else(truncated)?;
        let (wide, rest) = Int8Dense::decode(rest, FEATURES, dims + hidden)?;
        let (narrow, _) = Int8Dense::decode(rest, hidden, dims)?;
        Self::new(metric.to_vec(), wide, narrow)
    }
}

/// The decoder's input for a class: of the size of a code's numbers, so that the weights of both, which share one scale an
/// output, are of one size too.
pub const CLASS_INPUT: f32 = 8.0;

/// A code and its class → a picture: a linear map plus one hidden layer of rectified units.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoder {
    /// Code, then one input a class ([`CLASS_INPUT`] for its own) → hidden units before rectification.
    narrow: Int8Dense,
    /// Hidden units, then the inputs of `narrow` → 784 pixels in [0, 1].
    wide: Int8Dense,
}

impl Decoder {
    /// A decoder of `narrow`: `dims + 10` → `hidden`, and `wide`: `hidden + dims + 10` → 784.
    ///
    /// # Errors
    /// [`Blame::Shape`] when the layers do not fit each other or an image; [`Blame::Limit`] as for [`Encoder::new`].
    pub fn new(narrow: Int8Dense, wide: Int8Dense) -> Result<Self> {
        let (inputs, hidden) = (narrow.inputs(), narrow.outputs());
        check_sizes(inputs.saturating_sub(CLASSES), hidden)?;
        if (wide.inputs(), wide.outputs()) != (hidden + inputs, PIXELS) {
            return Err(Error::new(Blame::Shape, "decoder")
                .expected(format!("{} → {PIXELS}", hidden + inputs))
                .got(format!("{} → {}", wide.inputs(), wide.outputs())));
        }
        Ok(Self { narrow, wide })
    }

    /// Numbers in a code.
    pub fn dims(&self) -> usize {
        self.narrow.inputs() - CLASSES
    }

    /// Hidden units.
    pub fn hidden(&self) -> usize {
        self.narrow.outputs()
    }

    /// The thumbnail of a reference, row-major bytes, 255 = ink.
    pub fn thumbnail(&self, code: &[i8], label: Label) -> [u8; PIXELS] {
        let mut inputs = vec![0.0; self.narrow.inputs()];
        for (input, value) in inputs.iter_mut().zip(code) {
            *input = f32::from(*value);
        }
        inputs[self.dims() + label.index()] = CLASS_INPUT;
        let mut hidden = self.narrow.apply(&inputs);
        hidden.iter_mut().for_each(|value| *value = value.max(0.0));
        hidden.extend(inputs);
        let pixels = self.wide.apply(&hidden);
        std::array::from_fn(|index| (pixels[index] * 255.0).round().clamp(0.0, 255.0) as u8)
    }

    pub(super) fn encoded_len(dims: usize, hidden: usize) -> usize {
        let inputs = dims + CLASSES;
        Int8Dense::encoded_len(inputs, hidden) + Int8Dense::encoded_len(hidden + inputs, PIXELS)
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.narrow.encode(&mut bytes);
        self.wide.encode(&mut bytes);
        bytes
    }

    pub(super) fn from_bytes(bytes: &[u8], dims: usize, hidden: usize) -> Result<Self> {
        let (narrow, rest) = Int8Dense::decode(bytes, dims + CLASSES, hidden)?;
        let (wide, _) = Int8Dense::decode(rest, hidden + dims + CLASSES, PIXELS)?;
        Self::new(narrow, wide)
    }
}

fn check_sizes(dims: usize, hidden: usize) -> Result<()> {
    if !(1..=MAX_DIMS).contains(&dims) {
        return Err(Error::new(Blame::Limit, "numbers in a code").expected(format!("1 to {MAX_DIMS}")).got(dims));
    }
    if !(1..=MAX_HIDDEN).contains(&hidden) {
        return Err(Error::new(Blame::Limit, "hidden units").expected(format!("1 to {MAX_HIDDEN}")).got(hidden));
    }
    Ok(())
}
