//! The interval within which a measured share is credible.

/// The 97.5% quantile of the normal distribution: what lies within ± this many standard deviations is 95%.
pub const Z95: f64 = 1.959_963_984_540_054;

/// The 95% score interval of a share, lowest and highest (Wilson 1927, doi:10.1080/01621459.1927.10502953); `[0, 1]` when
/// nothing was measured.
///
/// ```
/// let [low, high] = vitrine::metrics::interval::wilson(9_000, 10_000);
/// assert!(low < 0.9 && 0.9 < high && high - low < 0.012);
/// ```
pub fn wilson(successes: u64, total: u64) -> [f64; 2] {
    if total == 0 {
        return [0.0, 1.0];
    }
    let (n, share, z2) = (total as f64, successes as f64 / total as f64, Z95 * Z95);
    let centre = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z95 / (1.0 + z2 / n) * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    // At the ends the bound is exactly the share; rounding may put it beside.
    let low = if successes == 0 { 0.0 } else { centre - half };
    let high = if successes == total { 1.0 } else { centre + half };
    [low, high]
}
