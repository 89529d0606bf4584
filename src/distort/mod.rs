//! What drawings and photographs do to a garment, on images in [0, 1]: the parts of augmentation, of corruption, and of
//! what a visitor does to a picture.

mod distortion;

use crate::image::{PIXELS, SIDE};
use crate::random::Stream;

pub use distortion::Distortion;

/// An image while it is changed.
pub type Pixels = [f32; PIXELS];

/// Where the middle of an image lies, in pixels.
const CENTRE: f32 = (SIDE as f32 - 1.0) / 2.0;

/// How a garment lies on its ground: turned about the centre, scaled, then moved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pose {
    /// Radians, from the x axis towards the y axis.
    pub angle: f32,
    /// 1 keeps the size, 2 doubles it, a negative one mirrors; along x and y. At 0 there is no image: the pixels are no
    /// numbers; [`Distortion`] checks what comes from outside.
    pub scale: [f32; 2],
    /// Pixels, along x and y.
    pub shift: [f32; 2],
}

impl Pose {
    /// The pose of the data set's own images.
    pub const UPRIGHT: Self = Self { angle: 0.0, scale: [1.0, 1.0], shift: [0.0, 0.0] };

    /// The image in this pose, bilinearly sampled; ground comes in from outside.
    pub fn apply(&self, image: &Pixels) -> Pixels {
        let (sin, cos) = self.angle.sin_cos();
        from_places(|x, y| {
            let [u, v] = [x as f32 - CENTRE - self.shift[0], y as f32 - CENTRE - self.shift[1]];
            let source = [(cos * u + sin * v) / self.scale[0], (cos * v - sin * u) / self.scale[1]];
            sample(image, source.map(|offset| offset + CENTRE))
        })
    }
}

/// The image between pixels, linear in each direction.
fn sample(image: &Pixels, [x, y]: [f32; 2]) -> f32 {
    let [left, top] = [x.floor(), y.floor()];
    let [right_share, lower_share] = [x - left, y - top];
    let at = |x: f32, y: f32| {
        let inside = |value: f32| (0.0..SIDE as f32).contains(&value);
        if inside(x) && inside(y) { image[y as usize * SIDE + x as usize] } else { 0.0 }
    };
    let row = |y: f32| at(left, y) * (1.0 - right_share) + at(left + 1.0, y) * right_share;
    row(top) * (1.0 - lower_share) + row(top + 1.0) * lower_share
}

/// A Gaussian blur with this standard deviation in pixels, which must be above 0 and finite: [`Distortion`] checks what comes
/// from outside. Edges are continued outwards.
pub fn blur(image: &Pixels, sigma: f32) -> Pixels {
    let reach = (3.0 * sigma).ceil() as isize;
    let weights: Vec<f32> = (-reach..=reach).map(|step| (-0.5 * (step as f32 / sigma).powi(2)).exp()).collect();
    let total: f32 = weights.iter().sum();
    let along = |image: &Pixels, stride: [isize; 2]| {
        from_places(|x, y| {
            let places = (-reach..=reach).map(|step| clamped(x, step * stride[0], y, step * stride[1]));
            places.zip(&weights).map(|(place, weight)| image[place] * weight).sum::<f32>() / total
        })
    };
    along(&along(image, [1, 0]), [0, 1])
}

/// Strokes a pixel wider on each side: the largest of each 3×3 neighbourhood (grey dilation).
pub fn thicker(image: &Pixels) -> Pixels {
    neighbourhood(image, f32::max)
}

/// Strokes a pixel narrower on each side: the smallest of each 3×3 neighbourhood (grey erosion).
pub fn thinner(image: &Pixels) -> Pixels {
    neighbourhood(image, f32::min)
}

/// The image less this share of its inside; at 1 only a line of about a pixel along every edge is left.
pub fn outline(image: &Pixels, share: f32) -> Pixels {
    let inside = thinner(image);
    std::array::from_fn(|place| image[place] - share * inside[place])
}

/// Ink and ground exchanged, as when a white-on-black picture was taken for black on white.
pub fn inverted(image: &Pixels) -> Pixels {
    image.map(|value| 1.0 - value)
}

/// The contrast multiplied about middle grey for everything that is not ground.
pub fn contrast(image: &Pixels, factor: f32) -> Pixels {
    image.map(|value| if value > 0.0 { (0.5 + factor * (value - 0.5)).clamp(0.0, 1.0) } else { 0.0 })
}

/// Gaussian noise of this standard deviation on every pixel; values may leave [0, 1].
pub fn noise(image: &Pixels, deviation: f32, stream: &mut Stream) -> Pixels {
    image.map(|value| value + deviation * stream.normal())
}

/// A filled rectangle of one grey.
pub fn erase(pixels: &mut Pixels, [left, top]: [usize; 2], [width, height]: [usize; 2], grey: f32) {
    for row in pixels.chunks_exact_mut(SIDE).skip(top).take(height) {
        row[left..left + width].fill(grey);
    }
}

fn neighbourhood(image: &Pixels, choose: fn(f32, f32) -> f32) -> Pixels {
    let along = |image: &Pixels, [dx, dy]: [isize; 2]| {
        from_places(|x, y| {
            let [before, after] = [-1, 1].map(|step| image[clamped(x, step * dx, y, step * dy)]);
            choose(choose(before, image[y * SIDE + x]), after)
        })
    };
    along(&along(image, [1, 0]), [0, 1])
}

/// The place at an offset, or the one at the edge nearest to it.
fn clamped(x: usize, dx: isize, y: usize, dy: isize) -> usize {
    let move_by = |value: usize, by: isize| value.saturating_add_signed(by).min(SIDE - 1);
    move_by(y, dy) * SIDE + move_by(x, dx)
}

fn from_places(value: impl Fn(usize, usize) -> f32) -> Pixels {
    std::array::from_fn(|place| value(place % SIDE, place / SIDE))
}
