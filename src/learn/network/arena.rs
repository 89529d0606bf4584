//! All numbers of a network in one vector, so that an optimiser's step is one pass over slices.
//!
//! They stand in layer order: of a convolution its weight `(K, K, I, O)`, then its bias, or its norm's beta, gamma, running
//! mean and running variance; of a dense layer its weight `(I, O)` and its bias.

use std::ops::Range;

use burn::module::{Param, RunningState};
use burn::nn::BatchNorm;
use burn::nn::conv::Conv2d;
use burn::tensor::{Tensor, TensorData};

use super::module::{Net, to_vec};
use crate::error::Result;
use crate::training::layers::{ConvSizes, DenseSizes, Filled, Resolved};

/// What becomes of numbers in a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// They follow their gradient and decay.
    Weight,
    /// They follow their gradient: biases, betas and gammas.
    Plain,
    /// They follow what a norm sees: its running statistics.
    Running,
}

/// A norm's numbers beside beta.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NormPlaces {
    /// One factor per channel.
    pub gamma: Range<usize>,
    /// The running mean of each channel.
    pub mean: Range<usize>,
    /// The running variance of each channel.
    pub variance: Range<usize>,
}

/// Where the numbers of one convolution or dense layer lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// `(K, K, I, O)` or `(I, O)`.
    pub weight: Range<usize>,
    /// The bias, or the norm's beta.
    pub shift: Range<usize>,
    /// Of the norm that follows, if there is one.
    pub norm: Option<NormPlaces>,
}

/// Where the numbers of each layer lie that has some, in layer order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    places: Vec<Places>,
    kinds: Vec<(Range<usize>, Kind)>,
    len: usize,
}

impl Layout {
    /// That of a network with these layers.
    pub fn new(layers: &[Resolved]) -> Self {
        let mut layout = Self { places: Vec::new(), kinds: Vec::new(), len: 0 };
        for layer in layers {
            match *layer {
                Filled::Conv { learned: ConvSizes { inputs, outputs, normed, .. }, kernel, .. } => {
                    let weight = layout.take(kernel * kernel * inputs * outputs, Kind::Weight);
                    let shift = layout.take(outputs, Kind::Plain);
                    let norm = normed.then(|| NormPlaces {
                        gamma: layout.take(outputs, Kind::Plain),
                        mean: layout.take(outputs, Kind::Running),
                        variance: layout.take(outputs, Kind::Running),
                    });
                    layout.places.push(Places { weight, shift, norm });
                }
                Filled::Dense(DenseSizes { inputs, outputs, .. }) => {
                    let weight = layout.take(inputs * outputs, Kind::Weight);
                    let shift = layout.take(outputs, Kind::Plain);
                    layout.places.push(Places { weight, shift, norm: None });
                }
                _ => {}
            }
        }
        layout
    }

    fn take(&mut self, count: usize, kind: Kind) -> Range<usize> {
        let range = self.len..self.len + count;
        self.len = range.end;
        self.kinds.push((range.clone(), kind));
        range
    }

    /// Where the numbers of each convolution and each dense layer lie, in layer order.
    pub fn places(&self) -> &[Places] {
        &self.places
    }

    /// What becomes of them: ranges without gaps, in order.
    pub fn kinds(&self) -> &[(Range<usize>, Kind)] {
        &self.kinds
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
}

impl Net {
    /// Its numbers as [`Layout`] has them.
    ///
    /// # Errors
    /// [`Blame::Internal`](crate::error::Blame::Internal) when they cannot be read back from the device as f32.
    pub fn values(&self) -> Result<Vec<f32>> {
        let (convs, norms, denses) = self.parts();
        let mut values = Vec::new();
        let mut norms = norms.iter();
        for conv in convs {
            values.extend(to_vec(conv.weight.val().without_autodiff().permute([2, 3, 1, 0]))?);
            if let Some(bias) = &conv.bias {
                values.extend(to_vec(bias.val().without_autodiff())?);
            } else if let Some(norm) = norms.next() {
                for param in [&norm.beta, &norm.gamma] {
                    values.extend(to_vec(param.val().without_autodiff())?);
                }
                for state in [&norm.running_mean, &norm.running_var] {
                    values.extend(to_vec(state.value_sync())?);
                }
            }
        }
        for dense in denses {
            values.extend(to_vec(dense.weight.val().without_autodiff())?);
            if let Some(bias) = &dense.bias {
                values.extend(to_vec(bias.val().without_autodiff())?);
            }
        }
        Ok(values)
    }

    /// The same network with these numbers, as [`Layout`] has them.
    #[must_use]
    pub fn with_values(mut self, values: &[f32]) -> Self {
        let mut values = values;
        let (convs, norms, denses) = self.parts_mut();
        let mut norms = norms.iter_mut();
        for conv in convs {
            set_weight(conv, &mut values);
            if let Some(bias) = &mut conv.bias {
                set(bias, &mut values);
            } else if let Some(norm) = norms.next() {
                set_norm(norm, &mut values);
            }
        }
        for dense in denses {
            set(&mut dense.weight, &mut values);
            if let Some(bias) = &mut dense.bias {
                set(bias, &mut values);
            }
        }
        self
    }
}

fn set_weight(conv: &mut Conv2d, values: &mut &[f32]) {
    let [outputs, inputs, height, width] = conv.weight.dims();
    let (taken, rest) = values.split_at(outputs * inputs * height * width);
    let data = TensorData::new(taken.to_vec(), [height, width, inputs, outputs]);
    let weight = Tensor::<4>::from_data(data, &conv.weight.device()).permute([3, 2, 0, 1]);
    conv.weight = Param::initialized(conv.weight.id, weight);
    *values = rest;
}

fn set_norm(norm: &mut BatchNorm, values: &mut &[f32]) {
    set(&mut norm.beta, values);
    set(&mut norm.gamma, values);
    for state in [&mut norm.running_mean, &mut norm.running_var] {
        let old = state.value_sync();
        let (taken, rest) = values.split_at(old.dims()[0]);
        // Clones of a network share their running statistics: these are its own.
        *state = RunningState::new(Tensor::from_data(TensorData::new(taken.to_vec(), [taken.len()]), &old.device()));
        *values = rest;
    }
}

fn set<const D: usize>(param: &mut Param<Tensor<D>>, values: &mut &[f32]) {
    let shape = param.dims();
    let (taken, rest) = values.split_at(shape.iter().product());
    *param = Param::initialized(param.id, Tensor::from_data(TensorData::new(taken.to_vec(), shape), &param.device()));
    *values = rest;
}
