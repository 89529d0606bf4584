//! A convolution without its bias, by the method that takes the fewest products.

use super::filtering::{FourOfThree, ThreeOfSix};
use super::scratch::Scratch;
use super::unfolded::Unfolded;
use super::winograd::Winograd;
use super::{Back, Maps};

enum Method {
    Unfolded(Unfolded),
    Four(Winograd<6, 4, 3, FourOfThree>),
    Three(Winograd<8, 3, 6, ThreeOfSix>),
}

/// A convolution with zero padding of [`same_padding`](crate::training::layers::same_padding); maps are `(N, H, W, C)`, its
/// weight `(K, K, I, O)`.
pub struct Convolution {
    maps: Maps,
    method: Method,
}

impl Convolution {
    /// From `channels` in to channels out, on maps of `side` × `side` pixels.
    pub fn new([inputs, outputs]: [usize; 2], kernel: usize, stride: usize, side: usize) -> Self {
        Self::of(Maps { inputs, outputs, kernel, stride, side })
    }

    pub(super) fn of(maps: Maps) -> Self {
        let four = || Winograd::new(maps).map(Method::Four);
        let three = || Winograd::new(maps).map(Method::Three);
        let method = four().or_else(three).unwrap_or(Method::Unfolded(Unfolded(maps)));
        Self { maps, method }
    }

    /// Maps → maps.
    pub fn output(&self, weight: &[f32], input: &[f32]) -> Vec<f32> {
        let mut filters = vec![0.0; self.filters_len()];
        self.transform_filters(weight, &mut filters);
        let mut output = vec![0.0; input.len() / self.maps.image_in() * self.maps.image_out()];
        self.forward(weight, &filters, input, &mut output, &mut Scratch::default());
        output
    }

    /// From the gradient of the output: those of the weight and of the input.
    pub fn gradients(&self, weight: &[f32], input: &[f32], gradient: &[f32]) -> [Vec<f32>; 2] {
        let mut filters = vec![0.0; self.filters_len()];
        self.transform_filters(weight, &mut filters);
        let (mut of_weight, mut of_input) = (vec![0.0; weight.len()], vec![0.0; input.len()]);
        let back = Some(Back { gradient: &mut of_input, add: false });
        self.backward(weight, &filters, input, gradient, &mut of_weight, back, &mut Scratch::default());
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
        scratch: &mut Scratch,
    ) {
        match &self.method {
            Method::Unfolded(unfolded) => unfolded.forward(weight, input, output, scratch),
            Method::Four(winograd) => winograd.forward(filters, input, output, scratch),
            Method::Three(winograd) => winograd.forward(filters, input, output, scratch),
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
        scratch: &mut Scratch,
    ) {
        match &self.method {
            Method::Unfolded(unfolded) => unfolded.backward(weight, input, gradient, sums, back, scratch),
            Method::Four(winograd) => winograd.backward(filters, input, gradient, sums, back, scratch),
            Method::Three(winograd) => winograd.backward(filters, input, gradient, sums, back, scratch),
        }
    }
}
