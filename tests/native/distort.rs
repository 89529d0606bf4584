//! Distortions against what they mean: where a pixel goes, what is kept and what is lost.

use std::f32::consts::FRAC_PI_2;

use proptest::prelude::*;

use vitrine::Image;
use vitrine::distort::{Distortion, Pixels, Pose, blur, contrast, erase, inverted, outline, thicker, thinner};
use vitrine::image::{PIXELS, SIDE};
use vitrine::random::Stream;

fn spots(places: &[(usize, usize)]) -> Pixels {
    let mut image = [0.0; PIXELS];
    places.iter().for_each(|(x, y)| image[y * SIDE + x] = 1.0);
    image
}

fn noise_image(seed: u64) -> Pixels {
    let mut stream = Stream::new(seed, 0);
    std::array::from_fn(|_| stream.unit())
}

/// A filled square from `low` up to, not including, `high`.
fn square(low: usize, high: usize) -> Pixels {
    let inside = |value: usize| (low..high).contains(&value);
    std::array::from_fn(|place| if inside(place % SIDE) && inside(place / SIDE) { 1.0 } else { 0.0 })
}

fn assert_near(a: &Pixels, b: &Pixels) {
    for (place, (a, b)) in a.iter().zip(b).enumerate() {
        assert!((a - b).abs() < 1e-4, "({}, {}): {a} and {b}", place % SIDE, place / SIDE);
    }
}

#[test]
fn an_upright_pose_changes_nothing_and_a_shift_by_whole_pixels_moves_them() {
    assert_near(&Pose::UPRIGHT.apply(&noise_image(1)), &noise_image(1));
    let moved = Pose { shift: [3.0, -2.0], ..Pose::UPRIGHT }.apply(&spots(&[(10, 10), (26, 5)]));
    assert_near(&moved, &spots(&[(13, 8)]));
    let half = Pose { shift: [0.5, 0.0], ..Pose::UPRIGHT }.apply(&spots(&[(10, 10)]));
    assert_eq!((half[10 * SIDE + 10], half[10 * SIDE + 11]), (0.5, 0.5));
}

#[test]
fn a_quarter_turn_takes_right_to_down_and_four_of_them_take_everything_back() {
    let quarter = Pose { angle: FRAC_PI_2, ..Pose::UPRIGHT };
    assert_near(&quarter.apply(&spots(&[(20, 10)])), &spots(&[(17, 20)]));
    let back = (0..4).fold(noise_image(2), |image, _| quarter.apply(&image));
    assert_near(&back, &noise_image(2));
}

#[test]
fn a_scale_of_a_half_halves_each_side_and_a_negative_one_mirrors() {
    let half = Pose { scale: [0.5, 0.5], ..Pose::UPRIGHT }.apply(&square(4, 24));
    assert_near(&half, &square(9, 19));
    let mirrored = Pose { scale: [-1.0, 1.0], ..Pose::UPRIGHT }.apply(&spots(&[(4, 9)]));
    assert_near(&mirrored, &spots(&[(23, 9)]));
}

#[test]
fn a_blur_keeps_the_mean_inside_and_a_flat_image_as_it_is() {
    assert_near(&blur(&[0.4; PIXELS], 1.5), &[0.4; PIXELS]);
    let image = blur(&spots(&[(14, 14)]), 1.0);
    assert!((image.iter().sum::<f32>() - 1.0).abs() < 1e-5);
    // The Gaussian's own ratio one pixel away.
    assert!((image[14 * SIDE + 15] / image[14 * SIDE + 14] - (-0.5_f32).exp()).abs() < 1e-5);
}

#[test]
fn thicker_and_thinner_move_every_edge_by_a_pixel_and_the_outline_is_what_thinner_took() {
    assert_near(&thicker(&square(8, 20)), &square(7, 21));
    assert_near(&thinner(&square(8, 20)), &square(9, 19));
    // The smallest of a neighbourhood is the inverse of the largest of the inverse.
    assert_near(&thinner(&noise_image(3)), &inverted(&thicker(&inverted(&noise_image(3)))));
    let line = outline(&square(8, 20), 1.0);
    assert_eq!(line.iter().filter(|pixel| **pixel == 1.0).count(), 12 * 12 - 10 * 10);
    assert_near(&outline(&noise_image(4), 0.0), &noise_image(4));
    // At the border the image is continued, not cut.
    assert_near(&thinner(&[1.0; PIXELS]), &[1.0; PIXELS]);
}

#[test]
fn contrast_turns_about_middle_grey_and_leaves_the_ground_alone() {
    let mut image = spots(&[(5, 5)]);
    image[0] = 0.25;
    let flat = contrast(&image, 0.5);
    assert_eq!((flat[0], flat[5 * SIDE + 5], flat[1]), (0.375, 0.75, 0.0));
    assert_eq!(contrast(&image, 4.0)[0], 0.0);
}

#[test]
fn a_rectangle_is_erased_and_nothing_beside_it() {
    let mut image = [0.0; PIXELS];
    erase(&mut image, [25, 1], [3, 2], 0.5);
    let grey: Vec<usize> = (0..PIXELS).filter(|&place| image[place] == 0.5).collect();
    assert_eq!(grey, [53, 54, 55, 81, 82, 83]);
}

#[test]
fn amounts_of_nothing_change_nothing_and_each_amount_is_its_own_distortion() {
    let image = Image::new(&noise_image(5)).unwrap();
    let pixels = image.pixels();
    let apply = |distortion: Distortion| *distortion.apply(&image).unwrap().pixels();
    let none = Distortion::NONE;
    assert_eq!(&apply(none), pixels);
    let pose = Pose { angle: 30_f32.to_radians(), scale: [0.8, 0.8], shift: [2.0, -1.0] };
    assert_eq!(apply(Distortion { shift: [2.0, -1.0], degrees: 30.0, scale: 0.8, ..none }), pose.apply(pixels));
    assert_near(&apply(Distortion { blur: 1.2, ..none }), &blur(pixels, 1.2));
    assert_eq!(apply(Distortion { outline: 0.8, ..none }), outline(pixels, 0.8));
    assert_eq!(apply(Distortion { contrast: 0.4, ..none }), contrast(pixels, 0.4));
    let erased = apply(Distortion { erase: 6, ..none });
    let changed: Vec<usize> = (0..PIXELS).filter(|&place| erased[place] != pixels[place]).collect();
    assert_eq!((changed.len(), changed[35] - changed[0]), (36, 5 * SIDE + 5));
}

#[test]
fn noise_is_the_seed_s_and_has_the_deviation_asked_for() {
    let grey = Image::new(&[0.5; PIXELS]).unwrap();
    let noisy = |seed| *Distortion { noise: 0.1, seed, ..Distortion::NONE }.apply(&grey).unwrap().pixels();
    assert_eq!(noisy(1), noisy(1));
    assert_ne!(noisy(1), noisy(2));
    let deviations: Vec<f32> = noisy(1).iter().map(|value| value - 0.5).collect();
    let squares = deviations.iter().map(|value| value * value).sum::<f32>() / PIXELS as f32;
    // The estimate's own standard deviation is 0.1 / sqrt(2 · 784) = 0.0025: four of them.
    assert!((squares.sqrt() - 0.1).abs() < 0.01, "{}", squares.sqrt());
}

#[test]
fn amounts_outside_their_range_are_refused_by_name() {
    let none = Distortion::NONE;
    let image = Image::new(&[0.5; PIXELS]).unwrap();
    let wrong = [
        (Distortion { shift: [29.0, 0.0], ..none }, "shift to the right"),
        (Distortion { shift: [0.0, f32::NAN], ..none }, "shift down"),
        (Distortion { degrees: f32::INFINITY, ..none }, "rotation"),
        (Distortion { scale: 0.0, ..none }, "scale"),
        (Distortion { blur: -1.0, ..none }, "blur"),
        (Distortion { outline: 1.5, ..none }, "outline"),
        (Distortion { contrast: f32::NAN, ..none }, "contrast"),
        (Distortion { erase: 29, ..none }, "erased square"),
        (Distortion { noise: 11.0, ..none }, "noise"),
    ];
    for (distortion, name) in wrong {
        let error = distortion.apply(&image).unwrap_err();
        assert_eq!(error.code(), "parameter");
        assert!(error.to_string().starts_with(name), "{error}");
    }
}

proptest! {
    #[test]
    fn any_amounts_within_range_give_an_image(
        shift in prop::array::uniform2(-28.0..=28.0_f32),
        degrees in -3600.0..=3600.0_f32,
        scale in 0.1..=10.0_f32,
        amounts in prop::array::uniform4(0.0..=1.0_f32),
        erase in 0..=28_usize,
        seed in any::<u64>(),
    ) {
        let [blur, outline, contrast, noise] = amounts;
        let distortion = Distortion {
            shift, degrees, scale, blur: 10.0 * blur, outline, contrast: 10.0 * contrast, erase, noise: 10.0 * noise, seed,
        };
        // Image::new refuses what is not in [0, 1].
        prop_assert!(distortion.apply(&Image::new(&noise_image(seed)).unwrap()).is_ok());
    }
}
