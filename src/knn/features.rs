//! What the learned metric sees of an image: square-root pixels and histograms of gradient orientation.
//!
//! The trainer and the browser run this same code. It uses only operations that IEEE 754 rounds exactly (and no fused
//! ones), so both get the same bits: the arc tangent is a polynomial of its own.

use crate::image::{PIXELS, SIDE};

/// Width and height of a cell in pixels.
const CELL: usize = 4;

/// Cells along each side.
pub const CELLS: usize = SIDE / CELL;

/// Orientation bins over half a turn: an edge and its negative are alike.
pub const BINS: usize = 8;

/// Length of the histograms: `(CELLS, CELLS, BINS)`.
pub const HOG: usize = CELLS * CELLS * BINS;

/// Length of the features: pixels, then histograms.
pub const FEATURES: usize = PIXELS + HOG;

/// Weights the square-root pixels so that the histograms, whose total variance is equal after [`HOG_WEIGHT`], count twice
/// as much.
const PIXEL_WEIGHT: f32 = 0.7;

/// Brings the histograms' total variance over the training images to that of the square-root pixels: √(81.75 / 2.836).
const HOG_WEIGHT: f32 = 5.369;

/// Added to a block's energy, so that noise on an empty ground stays small: (20 grey levels × cell width)².
const FLOOR: f32 = (20.0 * CELL as f32 / 255.0) * (20.0 * CELL as f32 / 255.0);

/// `[0.7 · √pixel ; histograms]`, `(784 + 392)`, of row-major pixels in [0, 1].
///
/// ```
/// use vitrine::image::PIXELS;
/// use vitrine::knn::features::{FEATURES, features};
/// let mut pixels = [0.0; PIXELS];
/// assert_eq!(features(&pixels), [0.0; FEATURES]);
/// pixels[0] = 1.0;
/// assert_eq!(features(&pixels)[0], 0.7);
/// ```
pub fn features(pixels: &[f32; PIXELS]) -> [f32; FEATURES] {
    let mut features = [0.0; FEATURES];
    let (roots, histograms) = features.split_at_mut(PIXELS);
    for (root, pixel) in roots.iter_mut().zip(pixels) {
        *root = PIXEL_WEIGHT * pixel.sqrt();
    }
    for (scaled, value) in histograms.iter_mut().zip(hog(pixels)) {
        *scaled = HOG_WEIGHT * value;
    }
    features
}

/// Histograms of gradient orientation, `(7, 7, 8)` flattened, of row-major pixels in [0, 1].
///
/// Central differences; each pixel's magnitude is shared linearly between the two nearest bins and, along each axis, the
/// two nearest cells; each cell is divided by √(energy of the 3×3 cells around it + floor). After Dalal and Triggs 2005,
/// "Histograms of oriented gradients for human detection", sections 6.2 to 6.4, with one block a cell.
pub fn hog(pixels: &[f32; PIXELS]) -> [f32; HOG] {
    let mut cells = [0.0; HOG];
    for y in 0..SIDE {
        for x in 0..SIDE {
            let [across, down] = gradient(pixels, x, y);
            let magnitude = (across * across + down * down).sqrt();
            if magnitude == 0.0 {
                continue;
            }
            let place = half_turn(across, down) * BINS as f32;
            let lower = place as usize;
            let share = place - lower as f32;
            for (row, row_share) in near_cells(y) {
                for (column, column_share) in near_cells(x) {
                    let cell = &mut cells[(row * CELLS + column) * BINS..][..BINS];
                    let weight = magnitude * row_share * column_share;
                    cell[lower % BINS] += weight * (1.0 - share);
                    cell[(lower + 1) % BINS] += weight * share;
                }
            }
        }
    }
    normalised(&cells)
}

/// `[across, down]`, pixels outside the image being 0.
fn gradient(pixels: &[f32; PIXELS], x: usize, y: usize) -> [f32; 2] {
    let at = |x: usize, y: usize| if x < SIDE && y < SIDE { pixels[y * SIDE + x] } else { 0.0 };
    [at(x + 1, y) - at(x.wrapping_sub(1), y), at(x, y + 1) - at(x, y.wrapping_sub(1))]
}

/// The one or two cells whose centres are less than a cell from this pixel along an axis, with their shares.
fn near_cells(pixel: usize) -> impl Iterator<Item = (usize, f32)> + Clone {
    (0..CELLS).skip((pixel / CELL).saturating_sub(1)).take(3).filter_map(move |cell| {
        let centre = cell as f32 * CELL as f32 + (CELL as f32 - 1.0) / 2.0;
        let share = 1.0 - (pixel as f32 - centre).abs() / CELL as f32;
        (share > 0.0).then_some((cell, share))
    })
}

/// Orientation of a gradient as a part of half a turn, in [0, 1]; opposite gradients are equal.
fn half_turn(across: f32, down: f32) -> f32 {
    let (wide, high) = (across.abs(), down.abs());
    let eighth = arc_tangent_over_pi(wide.min(high) / wide.max(high));
    let quarter = if high > wide { 0.5 - eighth } else { eighth };
    if (across < 0.0) == (down < 0.0) || down == 0.0 || across == 0.0 { quarter } else { 1.0 - quarter }
}

/// atan(t) / π for t in [0, 1], within 2e-6 (Abramowitz and Stegun 1964, 4.4.49).
fn arc_tangent_over_pi(t: f32) -> f32 {
    const COEFFICIENTS: [f32; 8] = [
        0.002_866_225_7,
        -0.016_165_737,
        0.042_909_614,
        -0.075_289_64,
        0.106_562_64,
        -0.142_089,
        0.199_935_51,
        -0.333_331_45,
    ];
    let square = t * t;
    let series = COEFFICIENTS.iter().fold(0.0, |sum, coefficient| (sum + coefficient) * square);
    (1.0 + series) * t * std::f32::consts::FRAC_1_PI
}

fn normalised(cells: &[f32; HOG]) -> [f32; HOG] {
    let mut energies = [0.0; CELLS * CELLS];
    for (energy, cell) in energies.iter_mut().zip(cells.chunks_exact(BINS)) {
        *energy = cell.iter().map(|value| value * value).sum();
    }
    let mut values = *cells;
    for (index, cell) in values.chunks_exact_mut(BINS).enumerate() {
        let (row, column) = (index / CELLS, index % CELLS);
        let mut energy = FLOOR;
        for row in row.saturating_sub(1)..(row + 2).min(CELLS) {
            for column in column.saturating_sub(1)..(column + 2).min(CELLS) {
                energy += energies[row * CELLS + column];
            }
        }
        let scale = 1.0 / energy.sqrt();
        cell.iter_mut().for_each(|value| *value *= scale);
    }
    values
}
