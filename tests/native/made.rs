//! What tests are made of: images by a formula, noise by a seed, samples in the data set's own format.

use vitrine::idx::Samples;
use vitrine::image::PIXELS;
use vitrine::images::Images;
use vitrine::random::Stream;

/// The images of tests/golden/operators.py and networks.py.
pub fn images(count: usize) -> Images<'static> {
    let pixel = |image: usize, at: usize| ((image * 7919 + at * (image + 1) * 31) % 256) as f32 / 255.0;
    Images::from_rows((0..count).map(|image| std::array::from_fn(|at| pixel(image, at))).collect()).unwrap()
}

/// Values in [-1, 1) that a seed determines.
pub fn noise(seed: u64, count: usize) -> Vec<f32> {
    let mut stream = Stream::new(seed, 0);
    (0..count).map(|_| 2.0 * stream.unit() - 1.0).collect()
}

/// Bytes that a seed determines.
pub fn noisy_bytes(seed: u64, count: usize) -> Vec<u8> {
    let mut stream = Stream::new(seed, 0);
    (0..count).map(|_| stream.below(256) as u8).collect()
}

/// Images of noise.
#[cfg(feature = "train")]
pub fn noisy_images(seed: u64, count: usize) -> Images<'static> {
    let mut stream = Stream::new(seed, 0);
    Images::from_rows((0..count).map(|_| std::array::from_fn(|_| stream.unit())).collect()).unwrap()
}

/// A decompressed IDX file.
pub fn idx(magic: u32, sizes: &[u32], bytes: &[u8]) -> Vec<u8> {
    let words = [&[magic], sizes].concat();
    [words.iter().flat_map(|word| word.to_be_bytes()).collect(), bytes.to_vec()].concat()
}

/// Samples of these pixels, 784 for each label.
pub fn samples(pixels: &[u8], labels: &[u8]) -> Samples {
    assert_eq!(pixels.len(), labels.len() * PIXELS);
    let count = labels.len() as u32;
    let (images, labels) = (idx(0x803, &[count, 28, 28], pixels), idx(0x801, &[count], labels));
    Samples::from_idx(("images", &images), ("labels", &labels)).unwrap()
}

/// A sample for each (label, shade): an image with all bytes of that shade.
pub fn shades(of: &[(u8, u8)]) -> Samples {
    let pixels: Vec<u8> = of.iter().flat_map(|(_, shade)| [*shade; PIXELS]).collect();
    let labels: Vec<u8> = of.iter().map(|(label, _)| *label).collect();
    samples(&pixels, &labels)
}
