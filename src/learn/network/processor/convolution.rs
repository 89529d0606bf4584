//! A convolution without its bias, by the method that takes the fewest products.

use super::buffers::Buffers;
use super::unfolded::Unfolded;
use super::winograd::TrainableWinograd;
use super::{Back, Sizes};
use crate::network::fast::filtering::{FourOfThree, ThreeOfSix};

enum Method {
    Unfolded(Unfolded),
    Four(TrainableWinograd<6, 4, 3, FourOfThree>),
    Three(TrainableWinograd<8, 3, 6, ThreeOfSix>),
}

/// A convolution with zero padding of [`same_padding`](crate::training::layers::same_padding); maps are `(N, H, W, C)`, its
/// weight `(K, K, I, O)`.
pub struct TrainableConvolution {
    sizes: Sizes,
    method: Method,
}

impl TrainableConvolution {
    /// From `channels` in to channels out, on maps of `side` × `side` pixels.
    pub fn new([inputs, outputs]: [usize; 2], kernel: usize, stride: usize, side: usize) -> Self {
        Self::of(Sizes { inputs, outputs, kernel, stride, side })
    }

    pub(super) fn of(sizes: Sizes) -> Self {
        let four = || TrainableWinograd::new(sizes).map(Method::Four);
        let three = || TrainableWinograd::new(sizes).map(Method::Three);
        let method = four().or_else(three).unwrap_or(Method::Unfolded(Unfolded(sizes)));
        Self { sizes, method }
    }

    /// Maps → maps.
    pub fn output(&self, weight: &[f32], input: &[f32]) -> Vec<f32> {
        let mut filters = vec![0.0; self.filters_len()];
        self.transform_filters(weight, &mut filters);
        let mut output = vec![0.0; input.len() / self.sizes.image_in() * self.sizes.image_out()];
        self.forward(weight, &filters, input, &mut output, &mut Buffers::default());
        output
    }

    /// From the gradient of the output: those of the weight and of the input.
    pub fn gradients(&self, weight: &[f32], input: &[f32], gradient: &[f32]) -> [Vec<f32>; 2] {
        let mut filters = vec![0.0; self.filters_len()];
        self.transform_filters(weight, &mut filters);
        let (mut of_weight, mut of_input) = (vec![0.0; weight.len()], vec![0.0; input.len()]);
        let back = Some(Back { gradient: &mut of_input, add: false });
        self.backward(weight, &filters, input, gradient, &mut of_weight, back, &mut Buffers::default());
        [of_weight, of_input]
    }

    /// Floats of the transformed weight.
    pub(super) fn filters_len(&self) -> usize {
        match &self.method {
            Method::Unfolded(_) => 0,
            Method::Four(winograd) => winograd.filters_len(),
            Method::Three(winograd) => winograd.filters_len(),
        }
    }

    pub(super) fn transform_filters(&self, weight: &[f32], filters: &mut [f32]) {
        match &self.method {
            Method::Unfolded(_) => {}
            Method::Four(winograd) => winograd.transform_filters(weight, filters),
            Method::Three(winograd) => winograd.transform_filters(weight, filters),
        }
    }

    pub(super) fn forward(
        &self,
        weight: &[f32],
        filters: &[f32],
        input: &[f32],
        output: &mut [f32],
        buffers: &mut Buffers,
    ) {
        match &self.method {
            Method::Unfolded(unfolded) => unfolded.forward(weight, input, output, buffers),
            Method::Four(winograd) => winograd.forward(filters, input, output, buffers),
            Method::Three(winograd) => winograd.forward(filters, input, output, buffers),
        }
    }

    /// From the gradient of the output: that of the weight, into `sums`, and that of the input where it is wanted.
    #[expect(clippy::too_many_arguments, reason = "the weight in both forms, what came in, and where gradients go")]
    pub(super) fn backward(
        &self,
        weight: &[f32],
        filters: &[f32],
        input: &[f32],
        gradient: &[f32],
        sums: &mut [f32],
        back: Option<Back<'_>>,
        buffers: &mut Buffers,
    ) {
        match &self.method {
            Method::Unfolded(unfolded) => unfolded.backward(weight, input, gradient, sums, back, buffers),
            Method::Four(winograd) => winograd.backward(filters, input, gradient, sums, back, buffers),
            Method::Three(winograd) => winograd.backward(filters, input, gradient, sums, back, buffers),
        }
    }
}
