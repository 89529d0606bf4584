//! Winograd's minimal filtering and its adjoint, lane by lane (Lavin and Gray 2016, arXiv:1509.09308).
//!
//! The 1-D convolution y = Aᵀ((G·g) ⊙ (Bᵀ·d)) is linear in each of g and d, so that its gradients are those of the same
//! products, taken through the transposed matrices: A·ȳ, B·v̄, Gᵀ·ū. Points and scales are those of `src/network/fast/`.

use pulp::Simd;

use crate::network::fast::{FourOfThree, ThreeOfSix};

/// F(m, r) over N = m + r - 1 points with M = m outputs and K = r taps.
pub(super) trait Transforms<const N: usize, const M: usize, const K: usize>: Send + Sync {
    /// G, which transforms the taps.
    const FILTER: [[f32; K]; N];
    /// Bᵀ·d.
    fn input<S: Simd>(simd: S, d: [S::f32s; N]) -> [S::f32s; N];
    /// B·v, the adjoint of [`Self::input`].
    fn input_adjoint<S: Simd>(simd: S, v: [S::f32s; N]) -> [S::f32s; N];
    /// Aᵀ·m.
    fn output<S: Simd>(simd: S, m: [S::f32s; N]) -> [S::f32s; M];
    /// A·y, the adjoint of [`Self::output`].
    fn output_adjoint<S: Simd>(simd: S, y: [S::f32s; M]) -> [S::f32s; N];
}

/// Sums of lanes, in short.
#[derive(Clone, Copy)]
struct Lanes<S>(S);

impl<S: Simd> Lanes<S> {
    #[inline(always)]
    fn add(self, a: S::f32s, b: S::f32s) -> S::f32s {
        self.0.add_f32s(a, b)
    }

    #[inline(always)]
    fn sub(self, a: S::f32s, b: S::f32s) -> S::f32s {
        self.0.sub_f32s(a, b)
    }

    #[inline(always)]
    fn times(self, a: S::f32s, factor: f32) -> S::f32s {
        self.0.mul_f32s(a, self.0.splat_f32s(factor))
    }

    /// sum + a · factor.
    #[inline(always)]
    fn plus(self, sum: S::f32s, a: S::f32s, factor: f32) -> S::f32s {
        self.0.mul_add_e_f32s(a, self.0.splat_f32s(factor), sum)
    }

    /// a + b and a - b.
    #[inline(always)]
    fn both(self, a: S::f32s, b: S::f32s) -> (S::f32s, S::f32s) {
        (self.add(a, b), self.sub(a, b))
    }
}

impl Transforms<6, 4, 3> for FourOfThree {
    const FILTER: [[f32; 3]; 6] = [
        [1.0 / 4.0, 0.0, 0.0],
        [-1.0 / 6.0, -1.0 / 6.0, -1.0 / 6.0],
        [-1.0 / 6.0, 1.0 / 6.0, -1.0 / 6.0],
        [1.0 / 24.0, 1.0 / 12.0, 1.0 / 6.0],
        [1.0 / 24.0, -1.0 / 12.0, 1.0 / 6.0],
        [0.0, 0.0, 1.0],
    ];

    #[inline(always)]
    fn input<S: Simd>(simd: S, d: [S::f32s; 6]) -> [S::f32s; 6] {
        let l = Lanes(simd);
        let (v1, v2) = l.both(l.plus(d[4], d[2], -4.0), l.plus(d[3], d[1], -4.0));
        let (v3, v4) = l.both(l.sub(d[4], d[2]), l.times(l.sub(d[3], d[1]), 2.0));
        let first = l.plus(l.plus(d[4], d[2], -5.0), d[0], 4.0);
        let last = l.plus(l.plus(d[5], d[3], -5.0), d[1], 4.0);
        [first, v1, v2, v3, v4, last]
    }

    #[inline(always)]
    fn input_adjoint<S: Simd>(simd: S, v: [S::f32s; 6]) -> [S::f32s; 6] {
        let l = Lanes(simd);
        let ((s1, m1), (s2, m2)) = (l.both(v[1], v[2]), l.both(v[3], v[4]));
        [
            l.times(v[0], 4.0),
            l.plus(l.plus(l.times(v[5], 4.0), m1, -4.0), m2, -2.0),
            l.plus(l.plus(l.times(v[0], -5.0), s1, -4.0), s2, -1.0),
            l.plus(l.plus(m1, m2, 2.0), v[5], -5.0),
            l.add(v[0], l.add(s1, s2)),
            v[5],
        ]
    }

    #[inline(always)]
    fn output<S: Simd>(simd: S, m: [S::f32s; 6]) -> [S::f32s; 4] {
        let l = Lanes(simd);
        let ((s1, d1), (s2, d2)) = (l.both(m[1], m[2]), l.both(m[3], m[4]));
        [l.add(m[0], l.add(s1, s2)), l.plus(d1, d2, 2.0), l.plus(s1, s2, 4.0), l.add(l.plus(d1, d2, 8.0), m[5])]
    }

    #[inline(always)]
    fn output_adjoint<S: Simd>(simd: S, y: [S::f32s; 4]) -> [S::f32s; 6] {
        let l = Lanes(simd);
        let (m1, m2) = l.both(l.add(y[0], y[2]), l.add(y[1], y[3]));
        let (m3, m4) = l.both(l.plus(y[0], y[2], 4.0), l.times(l.plus(y[1], y[3], 4.0), 2.0));
        [y[0], m1, m2, m3, m4, y[3]]
    }
}

impl Transforms<8, 3, 6> for ThreeOfSix {
    const FILTER: [[f32; 6]; 8] = [
        [1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        [-2.0 / 9.0, -2.0 / 9.0, -2.0 / 9.0, -2.0 / 9.0, -2.0 / 9.0, -2.0 / 9.0],
        [-2.0 / 9.0, 2.0 / 9.0, -2.0 / 9.0, 2.0 / 9.0, -2.0 / 9.0, 2.0 / 9.0],
        [1.0 / 90.0, 2.0 / 90.0, 4.0 / 90.0, 8.0 / 90.0, 16.0 / 90.0, 32.0 / 90.0],
        [1.0 / 90.0, -2.0 / 90.0, 4.0 / 90.0, -8.0 / 90.0, 16.0 / 90.0, -32.0 / 90.0],
        [32.0 / 45.0, 16.0 / 45.0, 8.0 / 45.0, 4.0 / 45.0, 2.0 / 45.0, 1.0 / 45.0],
        [32.0 / 45.0, -16.0 / 45.0, 8.0 / 45.0, -4.0 / 45.0, 2.0 / 45.0, -1.0 / 45.0],
        [0.0, 0.0, 0.0, 0.0, 0.0, 1.0],
    ];

    #[inline(always)]
    fn input<S: Simd>(simd: S, d: [S::f32s; 8]) -> [S::f32s; 8] {
        let l = Lanes(simd);
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
    fn input_adjoint<S: Simd>(simd: S, v: [S::f32s; 8]) -> [S::f32s; 8] {
        let l = Lanes(simd);
        let ((s1, m1), (s2, m2), (s3, m3)) = (l.both(v[1], v[2]), l.both(v[3], v[4]), l.both(v[5], v[6]));
        [
            v[0],
            l.plus(l.plus(l.sub(m1, v[7]), m2, 0.5), m3, 2.0),
            l.plus(l.plus(l.plus(s1, v[0], -5.25), s2, 0.25), s3, 4.0),
            l.plus(l.plus(l.times(v[7], 5.25), m1, -4.25), l.add(m2, m3), -2.5),
            l.plus(l.plus(l.plus(l.times(v[0], 5.25), s1, -4.25), s2, -1.25), s3, -5.0),
            l.plus(l.plus(l.plus(m1, m2, 2.0), m3, 0.5), v[7], -5.25),
            l.add(l.sub(s1, v[0]), l.add(s2, s3)),
            v[7],
        ]
    }

    #[inline(always)]
    fn output<S: Simd>(simd: S, m: [S::f32s; 8]) -> [S::f32s; 3] {
        let l = Lanes(simd);
        let ((s1, d1), (s2, d2), (s3, d3)) = (l.both(m[1], m[2]), l.both(m[3], m[4]), l.both(m[5], m[6]));
        [
            l.add(l.add(m[0], s1), l.add(s2, s3)),
            l.plus(l.plus(d1, d2, 2.0), d3, 0.5),
            l.add(l.plus(l.plus(s1, s2, 4.0), s3, 0.25), m[7]),
        ]
    }

    #[inline(always)]
    fn output_adjoint<S: Simd>(simd: S, y: [S::f32s; 3]) -> [S::f32s; 8] {
        let l = Lanes(simd);
        let (m1, m2) = l.both(l.add(y[0], y[2]), y[1]);
        let (m3, m4) = l.both(l.plus(y[0], y[2], 4.0), l.times(y[1], 2.0));
        let (m5, m6) = l.both(l.plus(y[0], y[2], 0.25), l.times(y[1], 0.5));
        [y[0], m1, m2, m3, m4, m5, m6, y[2]]
    }
}
