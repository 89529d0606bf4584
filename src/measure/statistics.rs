//! Two summaries of a sample: its kernel density and its box plot.

use serde::{Deserialize, Serialize};

/// The density of `values` at each point of `grid`, by Gaussian kernels whose width is Scott's rule, n^(-1/5) standard
/// deviations (Scott 1992, doi:10.1002/9780470316849): SciPy's `gaussian_kde(values)(grid)`. All zeros when there are
/// fewer than two values or they are all equal, for which no width exists.
pub fn density(values: &[f64], grid: &[f64]) -> Vec<f64> {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let width = variance.sqrt() * n.powf(-0.2);
    if values.len() < 2 || width <= 0.0 {
        return vec![0.0; grid.len()];
    }
    let scale = 1.0 / (n * width * std::f64::consts::TAU.sqrt());
    let kernels = |at: f64| values.iter().map(move |value| (-0.5 * ((at - value) / width).powi(2)).exp());
    grid.iter().map(|at| scale * kernels(*at).sum::<f64>()).collect()
}

/// A box plot, as matplotlib's `boxplot` draws it with its default whiskers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct BoxPlot {
    /// The quarter, half and three-quarter points, interpolated linearly between neighbouring values.
    pub quartiles: [f64; 3],
    /// The outermost values within 1.5 times the distance of the quartiles from the box (Tukey 1977).
    pub whiskers: [f64; 2],
    /// How many values lie beyond the whiskers.
    pub outliers: usize,
}

impl BoxPlot {
    /// The box plot of these values; `None` when there are none or one is not a number.
    pub fn new(values: &[f64]) -> Option<Self> {
        if values.is_empty() || values.iter().any(|value| value.is_nan()) {
            return None;
        }
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let quartiles @ [low, _, high] = [0.25, 0.5, 0.75].map(|share| quantile(&sorted, share));
        let reach = 1.5 * (high - low);
        let inside = |value: &&f64| (low - reach..=high + reach).contains(*value);
        // A box that lies between two values has no value at its edge: the whisker then stays at the box.
        let bottom = sorted.iter().find(inside).map_or(low, |value| value.min(low));
        let top = sorted.iter().rfind(inside).map_or(high, |value| value.max(high));
        let outliers = values.iter().filter(|value| **value < bottom || **value > top).count();
        Some(Self { quartiles, whiskers: [bottom, top], outliers })
    }
}

/// NumPy's `percentile` with its default, linear, interpolation.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
    let fraction = place.fract();
    // From the nearer end, as NumPy does, so that the last digit is the same.
    if fraction < 0.5 { below + (above - below) * fraction } else { above - (above - below) * (1.0 - fraction) }
}
