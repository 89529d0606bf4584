//! The adjoints of Winograd's minimal filtering, lane by lane.
//!
//! The 1-D convolution y = Aᵀ((G·g) ⊙ (Bᵀ·d)) is linear in each of g and d, so that its gradients are those of the same
//! products, taken through the transposed matrices: A·ȳ, B·v̄, Gᵀ·ū.

use pulp::Simd;

use crate::network::fast::filtering::{Filtering, FourOfThree, ThreeOfSix};
use crate::network::fast::lanes::Lanes;

/// A minimal filtering that is learned through.
pub(super) trait Adjoint<const N: usize, const M: usize, const K: usize>: Filtering<N, M, K> {
    /// B·v.
    fn input_adjoint<S: Simd>(lanes: Lanes<S>, v: [S::f32s; N]) -> [S::f32s; N];
    /// A·y.
    fn output_adjoint<S: Simd>(lanes: Lanes<S>, y: [S::f32s; M]) -> [S::f32s; N];
}

impl Adjoint<6, 4, 3> for FourOfThree {
    #[inline(always)]
    fn input_adjoint<S: Simd>(l: Lanes<S>, v: [S::f32s; 6]) -> [S::f32s; 6] {
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
    fn output_adjoint<S: Simd>(l: Lanes<S>, y: [S::f32s; 4]) -> [S::f32s; 6] {
        let (m1, m2) = l.both(l.add(y[0], y[2]), l.add(y[1], y[3]));
        let (m3, m4) = l.both(l.plus(y[0], y[2], 4.0), l.times(l.plus(y[1], y[3], 4.0), 2.0));
        [y[0], m1, m2, m3, m4, y[3]]
    }
}

impl Adjoint<8, 3, 6> for ThreeOfSix {
    #[inline(always)]
    fn input_adjoint<S: Simd>(l: Lanes<S>, v: [S::f32s; 8]) -> [S::f32s; 8] {
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
    fn output_adjoint<S: Simd>(l: Lanes<S>, y: [S::f32s; 3]) -> [S::f32s; 8] {
        let (m1, m2) = l.both(l.add(y[0], y[2]), y[1]);
        let (m3, m4) = l.both(l.plus(y[0], y[2], 4.0), l.times(y[1], 2.0));
        let (m5, m6) = l.both(l.plus(y[0], y[2], 0.25), l.times(y[1], 0.5));
        [y[0], m1, m2, m3, m4, m5, m6, y[2]]
    }
}
