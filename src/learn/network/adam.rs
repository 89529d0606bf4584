//! AdamW and the running average of what it makes, in one pass over all numbers.

use rayon::join;

use pulp::Arch;

use super::arena::{Kind, Layout};

/// Decays of the moments, and what keeps a quotient finite (Kingma and Ba 2015, arXiv:1412.6980, algorithm 1).
pub(super) const BETAS: (f32, f32) = (0.9, 0.999);
/// See [`BETAS`].
pub(super) const EPSILON: f32 = 1e-8;

/// The share of a batch's statistics in a norm's running ones; burn's own.
const MOMENTUM: f32 = 0.1;

/// What an optimiser moves, as [`Layout`] has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Moving {
    /// The numbers that are being learned.
    pub values: Vec<f32>,
    /// Their running average.
    pub averaged: Vec<f32>,
    /// The running mean of their gradients.
    pub first: Vec<f32>,
    /// The running mean of their squares.
    pub second: Vec<f32>,
}

/// How far, in one step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rates {
    /// The learning rate.
    pub rate: f64,
    /// AdamW's decoupled decay of weights (Loshchilov and Hutter 2019, arXiv:1711.05101): of nothing else, since norms and
    /// biases do not make a network less smooth.
    pub weight_decay: f32,
    /// The share of the average that stays.
    pub averaging: f64,
    /// Steps taken before.
    pub done: usize,
}

/// One share's gradients each.
type Gradients<'a> = [&'a [f32]; 2];

impl Moving {
    /// Before the first step.
    pub fn from(values: Vec<f32>) -> Self {
        let zeros = vec![0.0; values.len()];
        Self { averaged: values.clone(), values, first: zeros.clone(), second: zeros }
    }

    /// One step along the sum of these gradients, in the order of `layout`.
    pub fn step(&mut self, layout: &Layout, gradients: Gradients<'_>, rates: &Rates) {
        let half = layout.len() / 2;
        let (values, averaged, first, second) =
            (&mut self.values, &mut self.averaged, &mut self.first, &mut self.second);
        let [(v0, v1), (a0, a1), (m0, m1), (s0, s1)] =
            [values, averaged, first, second].map(|all| all.split_at_mut(half));
        let [(g0, g1), (h0, h1)] = gradients.map(|all| all.split_at(half));
        let part = |start: usize, moving: [&mut [f32]; 4], gradients: Gradients<'_>| {
            Arch::new().dispatch(
                #[inline(always)]
                || ranges(layout, start, moving, gradients, rates),
            );
        };
        join(|| part(0, [v0, a0, m0, s0], [g0, h0]), || part(half, [v1, a1, m1, s1], [g1, h1]));
    }
}

/// Those from `start` on.
#[inline(always)]
fn ranges(layout: &Layout, start: usize, moving: [&mut [f32]; 4], gradients: Gradients<'_>, rates: &Rates) {
    let end = start + moving[0].len();
    let [values, averaged, first, second] = moving;
    let keep = rates.averaging as f32;
    let time = (rates.done + 1) as f64;
    let corrections = [BETAS.0, BETAS.1].map(|beta| 1.0 - f64::from(beta).powf(time));
    let rate = (rates.rate / corrections[0]) as f32;
    let second_correction = (1.0 / corrections[1]) as f32;
    for (range, kind) in layout.kinds() {
        let range = range.start.max(start)..range.end.min(end);
        if range.is_empty() {
            continue;
        }
        let range = range.start - start..range.end - start;
        let decay = if *kind == Kind::Weight { 1.0 - (rates.rate * f64::from(rates.weight_decay)) as f32 } else { 1.0 };
        let [g, h] = gradients.map(|all| &all[range.clone()]);
        let (values, averaged) = (&mut values[range.clone()], &mut averaged[range.clone()]);
        let both = values.iter_mut().zip(averaged).zip(g).zip(h);
        if *kind == Kind::Running {
            for (((value, average), g), h) in both {
                *value += MOMENTUM * (g + h - *value);
                *average = keep * *average + (1.0 - keep) * *value;
            }
        } else {
            let moments = first[range.clone()].iter_mut().zip(&mut second[range]);
            for ((((value, average), g), h), (first, second)) in both.zip(moments) {
                let gradient = g + h;
                *first = BETAS.0 * *first + (1.0 - BETAS.0) * gradient;
                *second = BETAS.1 * *second + (1.0 - BETAS.1) * gradient * gradient;
                *value = decay * *value - rate * *first / ((*second * second_correction).sqrt() + EPSILON);
                *average = keep * *average + (1.0 - keep) * *value;
            }
        }
    }
}
