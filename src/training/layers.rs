//! What a layer is, and a list of them with sizes or with what each learned: by that one list the burn module is made and
//! runs, the processor trains and the ONNX file is written.

use crate::error::{Blame, Error, Result};
use crate::image::SIDE;
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

/// Zero rows or columns before and after, for a kernel of this size: at stride 1 the size stays the same, and of an odd
/// number the larger half goes after (`SAME_UPPER`).
pub const fn same_padding(kernel: usize) -> (usize, usize) {
    ((kernel - 1) / 2, kernel / 2)
}

/// The numbers of one convolution `(O, I, K, K)` or dense layer `(I, O)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameters {
    /// Row-major.
    pub weight: Vec<f32>,
    /// The sizes of `weight`.
    pub shape: Vec<usize>,
    /// One per output.
    pub bias: Vec<f32>,
}

/// A layer that holds what it learned: `C` of a convolution and the norm after it, `D` of a dense layer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Filled<C, D> {
    /// [`Layer::Conv`], and [`Layer::Norm`] where one follows.
    Conv {
        /// What both learned.
        learned: C,
        /// Height and width of the kernel.
        kernel: usize,
        /// Rows and columns from one placing of the kernel to the next.
        stride: usize,
    },
    /// [`Layer::Relu`].
    Relu,
    /// [`Layer::MaxPool`].
    MaxPool,
    /// [`Layer::Skip`].
    Skip,
    /// [`Layer::Add`].
    Add,
    /// [`Layer::Mean`].
    Mean,
    /// [`Layer::Flatten`].
    Flatten,
    /// [`Layer::Dense`].
    Dense(D),
    /// [`Layer::Dropout`].
    Dropout,
}

/// The layers of a network whose convolutions hold `C`, norms `N` and dense layers `D`.
pub type FilledLayers<C, N, D> = Vec<Filled<(C, Option<N>), D>>;

/// A layer as it is exported: norms are folded into their convolutions.
pub type Learned = Filled<Parameters, Parameters>;

/// Sizes of a convolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConvSizes {
    /// Its place among the layers, from 0.
    pub number: usize,
    /// Maps that go in.
    pub inputs: usize,
    /// Maps that come out.
    pub outputs: usize,
    /// Height and width of the maps that go in.
    pub side: usize,
    /// Whether a norm follows, in place of a bias.
    pub normed: bool,
}

/// Sizes of a dense layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DenseSizes {
    /// Its place among the layers, from 0.
    pub number: usize,
    /// Values that go in.
    pub inputs: usize,
    /// Values that come out.
    pub outputs: usize,
}

/// A layer with its sizes; norms belong to their convolutions.
pub type Resolved = Filled<ConvSizes, DenseSizes>;

/// What goes from one layer to the next, of one image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Values {
    Maps { channels: usize, side: usize },
    Vector(usize),
}

/// The layers with their sizes, from `(N, 1, 28, 28)` to `(N, 10)`: whoever makes, trains or writes a network goes by this list.
///
/// # Errors
/// [`Blame::Internal`] when they cannot run in this order or do not end in logits.
pub fn resolved(layers: &[Layer]) -> Result<Vec<Resolved>> {
    let mut values = Values::Maps { channels: 1, side: SIDE };
    let (mut resolved, mut remembered) = (Vec::with_capacity(layers.len()), None);
    let mut layers = layers.iter().enumerate().peekable();
    while let Some((number, layer)) = layers.next() {
        let (layer, after) = match (*layer, values) {
            (Layer::Conv { channels: outputs, kernel, stride }, Values::Maps { channels, side }) => {
                let normed = layers.next_if(|(_, next)| **next == Layer::Norm).is_some();
                let sizes = ConvSizes { number, inputs: channels, outputs, side, normed };
                let after = Values::Maps { channels: outputs, side: side.div_ceil(stride) };
                (Filled::Conv { learned: sizes, kernel, stride }, after)
            }
            (Layer::MaxPool, Values::Maps { channels, side }) if side > 1 => {
                (Filled::MaxPool, Values::Maps { channels, side: side / 2 })
            }
            (Layer::Mean, Values::Maps { channels, .. }) => (Filled::Mean, Values::Maps { channels, side: 1 }),
            (Layer::Skip, Values::Maps { .. }) if remembered.is_none() => {
                remembered = Some(values);
                (Filled::Skip, values)
            }
            (Layer::Add, Values::Maps { .. }) if remembered.take() == Some(values) => (Filled::Add, values),
            (Layer::Flatten, Values::Maps { channels, side }) => {
                (Filled::Flatten, Values::Vector(channels * side * side))
            }
            (Layer::Dense(outputs), Values::Vector(inputs)) => {
                (Filled::Dense(DenseSizes { number, inputs, outputs }), Values::Vector(outputs))
            }
            (Layer::Dropout, Values::Vector(_)) => (Filled::Dropout, values),
            (Layer::Relu, _) => (Filled::Relu, values),
            _ => return Err(misplaced(&format!("{layer:?} as number {number}, of {values:?}"))),
        };
        resolved.push(layer);
        values = after;
    }
    match (values, remembered) {
        (Values::Vector(CLASSES), None) => Ok(resolved),
        _ => Err(misplaced(&format!("{values:?} at the end"))),
    }
}

/// The layers with what they learned, taken in layer order from `convs`, `norms` and `denses`.
///
/// # Errors
/// [`Blame::Internal`] when there is too little or too much of one kind: such a network would train and answer as another
/// one; and those of [`resolved`].
pub fn filled<C, N, D>(
    layers: &[Layer],
    convs: impl IntoIterator<Item = C>,
    norms: impl IntoIterator<Item = N>,
    denses: impl IntoIterator<Item = D>,
) -> Result<FilledLayers<C, N, D>> {
    let wrong = |got: &str| Error::new(Blame::Internal, "layers").expected("parameters for each of them").got(got);
    let (mut convs, mut norms, mut denses) = (convs.into_iter(), norms.into_iter(), denses.into_iter());
    let mut filled = Vec::with_capacity(layers.len());
    for layer in resolved(layers)? {
        filled.push(layer.map(
            |sizes| {
                let conv = convs.next().ok_or_else(|| wrong("a convolution too few"))?;
                let norm = sizes.normed.then(|| norms.next().ok_or_else(|| wrong("a norm too few"))).transpose()?;
                Ok((conv, norm))
            },
            |_| denses.next().ok_or_else(|| wrong("a dense layer too few")),
        )?);
    }
    match (convs.next(), norms.next(), denses.next()) {
        (None, None, None) => Ok(filled),
        _ => Err(wrong("some that no layer takes")),
    }
}

/// A layer stands where it cannot run.
pub fn misplaced(layer: &str) -> Error {
    Error::new(Blame::Internal, "layers").expected("an order that can run").got(layer)
}

impl<C, D> Filled<C, D> {
    /// The same layer with what it learned in another form.
    ///
    /// # Errors
    /// Those of `conv` and `dense`.
    pub fn map<E, F>(
        self,
        conv: impl FnOnce(C) -> Result<E>,
        dense: impl FnOnce(D) -> Result<F>,
    ) -> Result<Filled<E, F>> {
        Ok(match self {
            Self::Conv { learned, kernel, stride } => Filled::Conv { learned: conv(learned)?, kernel, stride },
            Self::Dense(learned) => Filled::Dense(dense(learned)?),
            Self::Relu => Filled::Relu,
            Self::MaxPool => Filled::MaxPool,
            Self::Skip => Filled::Skip,
            Self::Add => Filled::Add,
            Self::Mean => Filled::Mean,
            Self::Flatten => Filled::Flatten,
            Self::Dropout => Filled::Dropout,
        })
    }
}

impl Learned {
    /// What it learned, where it learns.
    pub fn parameters(&self) -> Option<&Parameters> {
        match self {
            Self::Conv { learned, .. } | Self::Dense(learned) => Some(learned),
            _ => None,
        }
    }
}
