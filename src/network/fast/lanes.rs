//! What four lanes do at once, in the fewest instructions that this build's vector unit has.

use wide::f32x4;

/// Lanes of a vector.
pub(super) const LANES: usize = 4;

/// a · b + c. Rounded once or twice: relaxed SIMD leaves that to the processor.
#[cfg(target_feature = "relaxed-simd")]
#[inline(always)]
pub(super) fn multiply_add(a: f32x4, b: f32x4, c: f32x4) -> f32x4 {
    let [a, b, c] = [a, b, c].map(bytemuck::cast);
    bytemuck::cast(core::arch::wasm32::f32x4_relaxed_madd(a, b, c))
}

/// a · b + c.
#[cfg(not(target_feature = "relaxed-simd"))]
#[inline(always)]
pub(super) fn multiply_add(a: f32x4, b: f32x4, c: f32x4) -> f32x4 {
    a.mul_add(b, c)
}

/// max(value, least); what is no number stays none. Of two operands SSE returns the second when one is NaN, others the first.
#[inline(always)]
pub(super) fn at_least(value: f32x4, least: f32x4) -> f32x4 {
    if cfg!(target_feature = "sse") { least.fast_max(value) } else { value.fast_max(least) }
}
