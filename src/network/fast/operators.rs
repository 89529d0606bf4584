//! The fast layers as ordinary tract operators. Maps between them are `(N, H, W, C)`, so that channels are the lanes.

use std::sync::Arc;

use tract_hir::internal::*;

use super::{Convolution, Dense, Pool};

/// A layer that every plan of a network shares: equal when it is the same one.
#[derive(Debug)]
pub(super) struct Shared<T>(Arc<T>);

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Eq for Shared<T> {}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ConvolutionOp(Shared<Convolution>);
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DenseOp(Shared<Dense>);
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PoolOp(Pool);
/// Moves the channels of maps last, or back to the second place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LayoutOp {
    ToNhwc,
    ToNchw,
}

impl ConvolutionOp {
    pub(super) fn new(convolution: Arc<Convolution>) -> Self {
        Self(Shared(convolution))
    }
}

impl DenseOp {
    pub(super) fn new(dense: Arc<Dense>) -> Self {
        Self(Shared(dense))
    }
}

impl PoolOp {
    pub(super) fn new(pool: Pool) -> Self {
        Self(pool)
    }
}

/// What an operator here has to say; the rest is the same for all.
pub(super) trait Kernel: std::fmt::Debug + Send + Sync {
    /// The output's shape, given a concrete input's.
    fn shape(&self, input: &[usize]) -> TractResult<TVec<usize>>;
    fn run(&self, shape: &[usize], input: &[f32], output: &mut [f32]);
}

impl Kernel for ConvolutionOp {
    fn shape(&self, input: &[usize]) -> TractResult<TVec<usize>> {
        let geometry = self.0.0.geometry();
        let ([count, height, width], channels) = maps(input)?;
        ensure!(channels == geometry.inputs(), "{} channels expected, got {channels}", geometry.inputs());
        let [height, width] = geometry.output_size([height, width]).context("the kernel does not fit")?;
        Ok(tvec!(count, height, width, geometry.outputs()))
    }

    fn run(&self, shape: &[usize], input: &[f32], output: &mut [f32]) {
        self.0.0.run(input, shape[0], [shape[1], shape[2]], output);
    }
}

impl Kernel for PoolOp {
    fn shape(&self, input: &[usize]) -> TractResult<TVec<usize>> {
        let ([count, height, width], channels) = maps(input)?;
        let [height, width] = self.0.geometry().output_size([height, width]).context("the window does not fit")?;
        Ok(tvec!(count, height, width, channels))
    }

    fn run(&self, shape: &[usize], input: &[f32], output: &mut [f32]) {
        self.0.run(input, shape[0], [shape[1], shape[2]], output);
    }
}

impl Kernel for DenseOp {
    fn shape(&self, input: &[usize]) -> TractResult<TVec<usize>> {
        let dense = &self.0.0;
        match *input {
            [count, inputs] if inputs == dense.inputs() => Ok(tvec!(count, dense.outputs())),
            _ => bail!("(N, {}) expected, got {input:?}", dense.inputs()),
        }
    }

    fn run(&self, _shape: &[usize], input: &[f32], output: &mut [f32]) {
        self.0.0.run(input, output);
    }
}

impl Kernel for LayoutOp {
    fn shape(&self, input: &[usize]) -> TractResult<TVec<usize>> {
        let ([count, a, b], c) = maps(input)?;
        Ok(match self {
            Self::ToNhwc => tvec!(count, b, c, a),
            Self::ToNchw => tvec!(count, c, a, b),
        })
    }

    fn run(&self, shape: &[usize], input: &[f32], output: &mut [f32]) {
        let (rows, columns) = match self {
            Self::ToNhwc => (shape[1], shape[2] * shape[3]),
            Self::ToNchw => (shape[1] * shape[2], shape[3]),
        };
        let images = input.chunks_exact(rows * columns).zip(output.chunks_exact_mut(rows * columns));
        for (input, output) in images {
            for (column, line) in output.chunks_exact_mut(rows).enumerate() {
                for (value, row) in line.iter_mut().zip(input.chunks_exact(columns)) {
                    *value = row[column];
                }
            }
        }
    }
}

/// The first three sizes of maps and the last.
fn maps(shape: &[usize]) -> TractResult<([usize; 3], usize)> {
    match *shape {
        [count, a, b, c] => Ok(([count, a, b], c)),
        _ => bail!("four axes expected, got {shape:?}"),
    }
}

fn run(layer: &impl Kernel, input: &Tensor) -> TractResult<TVec<TValue>> {
    let mut output = Tensor::zero::<f32>(&layer.shape(input.shape())?)?;
    let values = input.try_as_plain_ram()?;
    let mut target = output.try_as_plain_ram_mut()?;
    if !target.is_empty() {
        layer.run(input.shape(), values.as_slice()?, target.as_slice_mut()?);
    }
    Ok(tvec!(output.into_tvalue()))
}

macro_rules! operators {
    ($($layer:ty: $name:literal),+) => {$(
        impl Op for $layer {
            fn name(&self) -> StaticName {
                $name.into()
            }

            fn validation(&self) -> Validation {
                Validation::Rounding
            }

            op_as_typed_op!();
        }

        impl EvalOp for $layer {
            op_out_of_plan!();

            fn eval(&self, _context: &EvalContext, inputs: TVec<TValue>) -> TractResult<TVec<TValue>> {
                let input = args_1!(inputs);
                run(self, &input)
            }
        }

        impl TypedOp for $layer {
            fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
                let shape = inputs[0].shape.as_concrete().context("a concrete shape is expected")?;
                Ok(tvec!(f32::fact(self.shape(shape)?)))
            }

            as_op!();
        }
    )+};
}

operators!(
    ConvolutionOp: "FastConvolution",
    DenseOp: "FastDense",
    PoolOp: "FastMaxPool",
    LayoutOp: "FastLayout"
);
