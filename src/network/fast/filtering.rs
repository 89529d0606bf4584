//! Winograd's minimal filtering (Lavin and Gray 2016, arXiv:1509.09308): one dimension of a convolution with few products.
//!
//! F(m, r) computes m outputs of a filter with r taps from n = m + r - 1 inputs with n products instead of m·r; squared,
//! for images. Points at 0, ±1, ±2 (and ±½) keep the transforms to few additions, but the sums grow before they shrink:
//! in f32 the result of F(4, 3) and F(3, 6) is off by up to some 10 and 40 times what direct summation is (Barabasz et
//! al. 2020, arXiv:1803.10986, table 3, for n = 6 and n = 8). `tests/native/fast.rs` holds it to ten times what was measured.

use wide::f32x4;

use super::lanes::multiply_add;

/// One minimal filtering F(m, r) over n = m + r - 1 points.
pub(super) trait Filtering<const N: usize, const M: usize>: std::fmt::Debug + Send + Sync {
    /// Taps of the filter.
    const TAPS: usize = N + 1 - M;
    /// Bᵀd.
    fn input(d: [f32x4; N]) -> [f32x4; N];
    /// Aᵀm.
    fn output(m: [f32x4; N]) -> [f32x4; M];
    /// The finite points and what scales their row of G; the last point is infinity.
    fn points() -> &'static [(f64, f64)];
}

/// F(4, 3) at 0, ±1, ±2 and infinity.
#[derive(Debug)]
pub struct FourOfThree;
/// F(3, 3): fewer products than F(4, 3) where its tiles would overlap the edge.
#[derive(Debug)]
pub(super) struct ThreeOfThree;
/// F(3, 6) at 0, ±1, ±2, ±½ and infinity.
#[derive(Debug)]
pub struct ThreeOfSix;

#[inline(always)]
fn add_scaled(sum: f32x4, value: f32x4, factor: f32) -> f32x4 {
    multiply_add(value, f32x4::splat(factor), sum)
}

impl Filtering<6, 4> for FourOfThree {
    #[inline(always)]
    fn input(d: [f32x4; 6]) -> [f32x4; 6] {
        let even = add_scaled(d[4], d[2], -4.0);
        let odd = add_scaled(d[3], d[1], -4.0);
        let low = d[4] - d[2];
        let high = (d[3] - d[1]) * f32x4::splat(2.0);
        [
            add_scaled(add_scaled(d[4], d[2], -5.0), d[0], 4.0),
            even + odd,
            even - odd,
            low + high,
            low - high,
            add_scaled(add_scaled(d[5], d[3], -5.0), d[1], 4.0),
        ]
    }

    #[inline(always)]
    fn output(m: [f32x4; 6]) -> [f32x4; 4] {
        let (sum_1, difference_1) = (m[1] + m[2], m[1] - m[2]);
        let (sum_2, difference_2) = (m[3] + m[4], m[3] - m[4]);
        [
            m[0] + sum_1 + sum_2,
            add_scaled(difference_1, difference_2, 2.0),
            add_scaled(sum_1, sum_2, 4.0),
            add_scaled(difference_1, difference_2, 8.0) + m[5],
        ]
    }

    fn points() -> &'static [(f64, f64)] {
        &[(0.0, 1.0 / 4.0), (1.0, -1.0 / 6.0), (-1.0, -1.0 / 6.0), (2.0, 1.0 / 24.0), (-2.0, 1.0 / 24.0)]
    }
}

impl Filtering<5, 3> for ThreeOfThree {
    #[inline(always)]
    fn input(d: [f32x4; 5]) -> [f32x4; 5] {
        let shared = d[3] - d[2];
        [
            add_scaled(d[3] - d[1], d[0] - d[2], 2.0),
            add_scaled(shared, d[1], -2.0),
            add_scaled(shared, d[1] - d[2], 2.0),
            d[3] - d[1],
            add_scaled(d[4] - d[2], d[1] - d[3], 2.0),
        ]
    }

    #[inline(always)]
    fn output(m: [f32x4; 5]) -> [f32x4; 3] {
        let (sum, difference) = (m[1] + m[2], m[1] - m[2]);
        [m[0] + sum + m[3], add_scaled(difference, m[3], 2.0), add_scaled(sum, m[3], 4.0) + m[4]]
    }

    fn points() -> &'static [(f64, f64)] {
        &[(0.0, 1.0 / 2.0), (1.0, -1.0 / 2.0), (-1.0, -1.0 / 6.0), (2.0, 1.0 / 6.0)]
    }
}

impl Filtering<8, 3> for ThreeOfSix {
    #[inline(always)]
    fn input(d: [f32x4; 8]) -> [f32x4; 8] {
        let even_1 = add_scaled(d[2] + d[6], d[4], -4.25);
        let odd_1 = add_scaled(d[1] + d[5], d[3], -4.25);
        let even_2 = add_scaled(add_scaled(d[6], d[2], 0.25), d[4], -1.25);
        let odd_2 = add_scaled(add_scaled(d[1] * f32x4::splat(0.5), d[3], -2.5), d[5], 2.0);
        let even_half = add_scaled(add_scaled(d[6], d[2], 4.0), d[4], -5.0);
        let odd_half = add_scaled(add_scaled(d[1] * f32x4::splat(2.0), d[3], -2.5), d[5], 0.5);
        [
            add_scaled(d[0] - d[6], d[4] - d[2], 5.25),
            even_1 + odd_1,
            even_1 - odd_1,
            even_2 + odd_2,
            even_2 - odd_2,
            even_half + odd_half,
            even_half - odd_half,
            add_scaled(d[7] - d[1], d[3] - d[5], 5.25),
        ]
    }

    #[inline(always)]
    fn output(m: [f32x4; 8]) -> [f32x4; 3] {
        let (sum_1, difference_1) = (m[1] + m[2], m[1] - m[2]);
        let (sum_2, difference_2) = (m[3] + m[4], m[3] - m[4]);
        let (sum_half, difference_half) = (m[5] + m[6], m[5] - m[6]);
        [
            m[0] + sum_1 + (sum_2 + sum_half),
            add_scaled(add_scaled(difference_1, difference_2, 2.0), difference_half, 0.5),
            add_scaled(add_scaled(sum_1, sum_2, 4.0), sum_half, 0.25) + m[7],
        ]
    }

    fn points() -> &'static [(f64, f64)] {
        const POINTS: [(f64, f64); 7] = [
            (0.0, 1.0),
            (1.0, -2.0 / 9.0),
            (-1.0, -2.0 / 9.0),
            (2.0, 1.0 / 90.0),
            (-2.0, 1.0 / 90.0),
            (0.5, 32.0 / 45.0),
            (-0.5, 32.0 / 45.0),
        ];
        &POINTS
    }
}
