//! Distortions against what they mean: where a pixel goes, what is kept and what is lost.

use std::f32::consts::FRAC_PI_2;

use vitrine::image::{PIXELS, SIDE};
use vitrine::train::distort::{Pixels, Pose, blur, contrast, erase, inverted, outline, thicker, thinner};
use vitrine::train::random::Stream;

fn spots(places: &[(usize, usize)]) -> Pixels {
    let mut image = [0.0; PIXELS];
    places.iter().for_each(|(x, y)| image[y * SIDE + x] = 1.0);
    image
}

fn noise(seed: u64) -> Pixels {
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
    assert_near(&Pose::UPRIGHT.apply(&noise(1)), &noise(1));
    let moved = Pose { shift: [3.0, -2.0], ..Pose::UPRIGHT }.apply(&spots(&[(10, 10), (26, 5)]));
    assert_near(&moved, &spots(&[(13, 8)]));
    let half = Pose { shift: [0.5, 0.0], ..Pose::UPRIGHT }.apply(&spots(&[(10, 10)]));
    assert_eq!((half[10 * SIDE + 10], half[10 * SIDE + 11]), (0.5, 0.5));
}

#[test]
fn a_quarter_turn_takes_right_to_down_and_four_of_them_take_everything_back() {
    let quarter = Pose { angle: FRAC_PI_2, ..Pose::UPRIGHT };
    assert_near(&quarter.apply(&spots(&[(20, 10)])), &spots(&[(17, 20)]));
    let back = (0..4).fold(noise(2), |image, _| quarter.apply(&image));
    assert_near(&back, &noise(2));
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
    assert_near(&thinner(&noise(3)), &inverted(&thicker(&inverted(&noise(3)))));
    let line = outline(&square(8, 20), 1.0);
    assert_eq!(line.iter().filter(|pixel| **pixel == 1.0).count(), 12 * 12 - 10 * 10);
    assert_near(&outline(&noise(4), 0.0), &noise(4));
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
