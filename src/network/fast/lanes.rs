//! What the lanes of a vector do at once: as many as the instruction set has, which is known when weights are packed.

#[cfg(not(target_arch = "wasm32"))]
use pulp::Arch;
#[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
use pulp::wasm::RelaxedSimd as Own;
#[cfg(all(target_arch = "wasm32", not(target_feature = "relaxed-simd")))]
use pulp::wasm::Simd128 as Own;
use pulp::{Simd, WithSimd};

/// As many lanes as any vector has.
const MOST: usize = 16;

/// The vector unit's sums and products in short.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lanes<S>(pub S);

impl<S: Simd> Lanes<S> {
    /// a + b.
    #[inline(always)]
    pub fn add(self, a: S::f32s, b: S::f32s) -> S::f32s {
        self.0.add_f32s(a, b)
    }

    /// a - b.
    #[inline(always)]
    pub fn sub(self, a: S::f32s, b: S::f32s) -> S::f32s {
        self.0.sub_f32s(a, b)
    }

    /// a · factor.
    #[inline(always)]
    pub fn times(self, a: S::f32s, factor: f32) -> S::f32s {
        self.0.mul_f32s(a, self.splat(factor))
    }

    /// sum + a · factor, rounded once or twice, as the instruction set has it.
    #[inline(always)]
    pub fn plus(self, sum: S::f32s, a: S::f32s, factor: f32) -> S::f32s {
        self.plus_product(sum, a, self.splat(factor))
    }

    /// sum + a · b, rounded like [`Self::plus`].
    #[inline(always)]
    pub fn plus_product(self, sum: S::f32s, a: S::f32s, b: S::f32s) -> S::f32s {
        self.0.mul_add_e_f32s(a, b, sum)
    }

    /// a + b and a - b.
    #[inline(always)]
    pub fn both(self, a: S::f32s, b: S::f32s) -> (S::f32s, S::f32s) {
        (self.add(a, b), self.sub(a, b))
    }

    /// max(value, least); what is no number stays none.
    #[inline(always)]
    pub fn at_least(self, value: S::f32s, least: S::f32s) -> S::f32s {
        self.0.select_f32s(self.0.less_than_f32s(value, least), least, value)
    }

    /// The same in every lane.
    #[inline(always)]
    pub fn splat(self, value: f32) -> S::f32s {
        self.0.splat_f32s(value)
    }

    /// The floats whose upper halves are those of the words, and their lower halves zero.
    #[inline(always)]
    pub fn upper_halves(self, words: S::u32s) -> S::f32s {
        self.0.transmute_f32s_u32s(self.0.and_u32s(words, self.0.splat_u32s(0xffff_0000)))
    }

    /// The floats whose upper halves are the lower ones of the words, and their lower halves zero.
    #[inline(always)]
    pub fn lower_halves(self, words: S::u32s) -> S::f32s {
        self.0.transmute_f32s_u32s(self.0.wrapping_dyn_shl_u32s(words, self.0.splat_u32s(16)))
    }

    /// `value(lane)` in each of the first `many`, zero in the others.
    #[inline(always)]
    pub fn each(self, many: usize, value: impl Fn(usize) -> f32) -> S::f32s {
        let mut values = [0.0; MOST];
        for (lane, place) in values.iter_mut().enumerate().take(many) {
            *place = value(lane);
        }
        vectors::<S>(&values)[0]
    }

    /// Runs `work` compiled for the vector unit, as far as everything in it is inlined.
    #[inline(always)]
    pub fn run(self, work: impl FnOnce()) {
        self.0.vectorize(Inlined(work));
    }
}

/// Hands `work` the processor's best vector unit.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn with_best<W: WithSimd>(work: W) -> W::Output {
    Arch::new().dispatch(work)
}

/// Hands `work` the vector unit that this build is for.
#[cfg(target_arch = "wasm32")]
pub(super) fn with_best<W: WithSimd>(work: W) -> W::Output {
    work.with_simd(Own::try_new().expect("a browser refuses a file with instructions that it lacks"))
}

struct Inlined<F>(F);

impl<F: FnOnce()> WithSimd for Inlined<F> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        (self.0)();
    }
}

/// Floats as whole vectors; what is left over is no vector.
#[inline(always)]
pub(crate) fn vectors<S: Simd>(floats: &[f32]) -> &[S::f32s] {
    S::as_simd_f32s(floats).0
}

/// The same, to be written.
#[inline(always)]
pub(crate) fn vectors_mut<S: Simd>(floats: &mut [f32]) -> &mut [S::f32s] {
    S::as_mut_simd_f32s(floats).0
}

/// Words as whole vectors; what is left over is no vector.
#[inline(always)]
pub(crate) fn words<S: Simd>(words: &[u32]) -> &[S::u32s] {
    S::as_simd_u32s(words).0
}
