//! Winograd's minimal filtering (Lavin and Gray 2016, arXiv:1509.09308): one dimension of a convolution with few products.
//!
//! F(m, r) computes m outputs of a filter with r taps from n = m + r - 1 inputs with n products instead of m·r; squared,
//! for images. Points at 0, ±1, ±2 (and ±½) keep the transforms to few additions, but the sums grow before they shrink:
//! in f32 the result of F(4, 3) and F(3, 6) is off by up to some 10 and 40 times what direct summation is (Barabasz et
//! al. 2020, arXiv:1803.10986, table 3, for n = 6 and n = 8). `tests/native/fast.rs` holds it to ten times what was measured.

use pulp::Simd;

use super::lanes::Lanes;

/// One minimal filtering with K taps over N points, M outputs.
pub(crate) trait Filtering<const N: usize, const M: usize, const K: usize>:
    std::fmt::Debug + Send + Sync + 'static
{
    /// G, which transforms the taps.
    const FILTER: [[f32; K]; N];
    /// Bᵀd.
    fn input<S: Simd>(lanes: Lanes<S>, d: [S::f32s; N]) -> [S::f32s; N];
    /// Aᵀm.
    fn output<S: Simd>(lanes: Lanes<S>, m: [S::f32s; N]) -> [S::f32s; M];
}

/// F(4, 3) at 0, ±1, ±2 and infinity.
#[derive(Debug)]
pub(crate) struct FourOfThree;
/// F(5, 3) at 0, ±1, ±2, ½ and infinity: fewer products than F(4, 3) where its tiles would overlap the edge.
#[derive(Debug)]
pub(super) struct FiveOfThree;
/// F(3, 3) at 0, ±1, 2 and infinity, for the same reason.
#[derive(Debug)]
pub(super) struct ThreeOfThree;
/// F(3, 6) at 0, ±1, ±2, ±½ and infinity.
#[derive(Debug)]
pub(crate) struct ThreeOfSix;

/// G of finite points, each with what scales its row; the last point is infinity.
const fn at_points<const N: usize, const K: usize>(points: &[(f32, f32)]) -> [[f32; K]; N] {
    let mut rows = [[0.0; K]; N];
    let mut n = 0;
    while n + 1 < N {
        let (point, mut power) = points[n];
        let mut k = 0;
        while k < K {
            rows[n][k] = power;
            power *= point;
            k += 1;
        }
        n += 1;
    }
    rows[N - 1][K - 1] = 1.0;
    rows
}

/// One transform along each axis: `one` of the columns, then of the rows. What is passed has to be inlined always: outside of
/// a function that is compiled for the processor's vectors, each operation on them is a call.
#[inline(always)]
pub(crate) fn along_both<S: Simd, const A: usize, const B: usize>(
    lanes: Lanes<S>,
    load: impl Fn(usize, usize) -> S::f32s,
    one: impl Fn([S::f32s; A]) -> [S::f32s; B],
    mut store: impl FnMut(usize, usize, S::f32s),
) {
    let zero = lanes.splat(0.0);
    let mut half = [[zero; A]; B];
    for j in 0..A {
        let mut column = [zero; A];
        for (i, value) in column.iter_mut().enumerate() {
            *value = load(i, j);
        }
        for (half, value) in half.iter_mut().zip(one(column)) {
            half[j] = value;
        }
    }
    for (i, row) in half.into_iter().enumerate() {
        for (j, value) in one(row).into_iter().enumerate() {
            store(i, j, value);
        }
    }
}

impl Filtering<6, 4, 3> for FourOfThree {
    const FILTER: [[f32; 3]; 6] =
        at_points(&[(0.0, 1.0 / 4.0), (1.0, -1.0 / 6.0), (-1.0, -1.0 / 6.0), (2.0, 1.0 / 24.0), (-2.0, 1.0 / 24.0)]);

    #[inline(always)]
    fn input<S: Simd>(l: Lanes<S>, d: [S::f32s; 6]) -> [S::f32s; 6] {
        let (v1, v2) = l.both(l.plus(d[4], d[2], -4.0), l.plus(d[3], d[1], -4.0));
        let (v3, v4) = l.both(l.sub(d[4], d[2]), l.times(l.sub(d[3], d[1]), 2.0));
        let first = l.plus(l.plus(d[4], d[2], -5.0), d[0], 4.0);
        let last = l.plus(l.plus(d[5], d[3], -5.0), d[1], 4.0);
        [first, v1, v2, v3, v4, last]
    }

    #[inline(always)]
    fn output<S: Simd>(l: Lanes<S>, m: [S::f32s; 6]) -> [S::f32s; 4] {
        let ((s1, d1), (s2, d2)) = (l.both(m[1], m[2]), l.both(m[3], m[4]));
        [l.add(m[0], l.add(s1, s2)), l.plus(d1, d2, 2.0), l.plus(s1, s2, 4.0), l.add(l.plus(d1, d2, 8.0), m[5])]
    }
}

impl Filtering<7, 5, 3> for FiveOfThree {
    const FILTER: [[f32; 3]; 7] = at_points(&[
        (0.0, -1.0 / 2.0),
        (1.0, -1.0 / 3.0),
        (-1.0, 1.0 / 9.0),
        (2.0, 1.0 / 36.0),
        (-2.0, -1.0 / 60.0),
        (0.5, 32.0 / 45.0),
    ]);

    /// Every polynomial but that of ½ has the factor x - ½; the rest is F(4, 3)'s.
    #[inline(always)]
    fn input<S: Simd>(l: Lanes<S>, d: [S::f32s; 7]) -> [S::f32s; 7] {
        let mut e = [l.splat(0.0); 6];
        for (e, pair) in e.iter_mut().zip(d.windows(2)) {
            *e = l.plus(pair[1], pair[0], -0.5);
        }
        let [v0, v1, v2, v3, v4, last] = FourOfThree::input(l, e);
        let half = l.plus(l.plus(d[5], d[3], -5.0), d[1], 4.0);
        [v0, v1, v2, v3, v4, half, last]
    }

    #[inline(always)]
    fn output<S: Simd>(l: Lanes<S>, m: [S::f32s; 7]) -> [S::f32s; 5] {
        let ((s1, d1), (s2, d2)) = (l.both(m[1], m[2]), l.both(m[3], m[4]));
        [
            l.add(l.add(m[0], m[5]), l.add(s1, s2)),
            l.plus(l.plus(d1, d2, 2.0), m[5], 0.5),
            l.plus(l.plus(s1, s2, 4.0), m[5], 0.25),
            l.plus(l.plus(d1, d2, 8.0), m[5], 0.125),
            l.plus(l.plus(l.add(s1, m[6]), s2, 16.0), m[5], 0.0625),
        ]
    }
}

impl Filtering<5, 3, 3> for ThreeOfThree {
    const FILTER: [[f32; 3]; 5] =
        at_points(&[(0.0, 1.0 / 2.0), (1.0, -1.0 / 2.0), (-1.0, -1.0 / 6.0), (2.0, 1.0 / 6.0)]);

    #[inline(always)]
    fn input<S: Simd>(l: Lanes<S>, d: [S::f32s; 5]) -> [S::f32s; 5] {
        let (high, low) = (l.sub(d[3], d[2]), l.sub(d[3], d[1]));
        [
            l.plus(low, l.sub(d[0], d[2]), 2.0),
            l.plus(high, d[1], -2.0),
            l.plus(high, l.sub(d[1], d[2]), 2.0),
            low,
            l.plus(l.sub(d[4], d[2]), low, -2.0),
        ]
    }

    #[inline(always)]
    fn output<S: Simd>(l: Lanes<S>, m: [S::f32s; 5]) -> [S::f32s; 3] {
        let (s, d) = l.both(m[1], m[2]);
        [l.add(l.add(m[0], s), m[3]), l.plus(d, m[3], 2.0), l.add(l.plus(s, m[3], 4.0), m[4])]
    }
}

impl Filtering<8, 3, 6> for ThreeOfSix {
    const FILTER: [[f32; 6]; 8] = at_points(&[
        (0.0, 1.0),
        (1.0, -2.0 / 9.0),
        (-1.0, -2.0 / 9.0),
        (2.0, 1.0 / 90.0),
        (-2.0, 1.0 / 90.0),
        (0.5, 32.0 / 45.0),
        (-0.5, 32.0 / 45.0),
    ]);

    #[inline(always)]
    fn input<S: Simd>(l: Lanes<S>, d: [S::f32s; 8]) -> [S::f32s; 8] {
        let (v1, v2) = l.both(l.plus(l.add(d[2], d[6]), d[4], -4.25), l.plus(l.add(d[1], d[5]), d[3], -4.25));
        let odd = l.plus(l.plus(l.times(d[1], 0.5), d[3], -2.5), d[5], 2.0);
        let (v3, v4) = l.both(l.plus(l.plus(d[6], d[2], 0.25), d[4], -1.25), odd);
        let odd = l.plus(l.plus(l.times(d[1], 2.0), d[3], -2.5), d[5], 0.5);
        let (v5, v6) = l.both(l.plus(l.plus(d[6], d[2], 4.0), d[4], -5.0), odd);
        let first = l.plus(l.sub(d[0], d[6]), l.sub(d[4], d[2]), 5.25);
        let last = l.plus(l.sub(d[7], d[1]), l.sub(d[3], d[5]), 5.25);
        [first, v1, v2, v3, v4, v5, v6, last]
    }

    #[inline(always)]
    fn output<S: Simd>(l: Lanes<S>, m: [S::f32s; 8]) -> [S::f32s; 3] {
        let ((s1, d1), (s2, d2), (s3, d3)) = (l.both(m[1], m[2]), l.both(m[3], m[4]), l.both(m[5], m[6]));
        [
            l.add(l.add(m[0], s1), l.add(s2, s3)),
            l.plus(l.plus(d1, d2, 2.0), d3, 0.5),
            l.add(l.plus(l.plus(s1, s2, 4.0), s3, 0.25), m[7]),
        ]
    }
}
