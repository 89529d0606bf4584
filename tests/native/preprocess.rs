//! Preprocessing: each recipe on pictures whose answer is known, and what no picture may do.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use vitrine::error::Result;
use vitrine::image::{PIXELS, SIDE};
use vitrine::preprocess::{Frame, Ground, Prepared, Recipe, Reducer, Spot, Step, StepSet, Wish, prepare, prepare_as};

fn prepare_switched(
    rgba: &[u8],
    width: usize,
    height: usize,
    recipe: Option<Recipe>,
    switched: StepSet,
) -> Result<Prepared> {
    prepare_as(rgba, width, height, &Wish { recipe, switched, ..Wish::default() })
}

/// A picture of `width`×`height` from a function of x and y.
fn picture(width: usize, height: usize, colour: impl Fn(usize, usize) -> [u8; 4]) -> Vec<u8> {
    (0..width * height).flat_map(|at| colour(at % width, at / width)).collect()
}

fn grey(value: u8) -> [u8; 4] {
    [value, value, value, 255]
}

fn is_on(prepared: &Prepared, step: Step) -> bool {
    prepared.steps.iter().any(|view| view.step == step && view.is_on)
}

/// A dark garment of 100×50 at (20, 10) on a light grey wall of 300×200.
fn on_a_wall() -> Vec<u8> {
    picture(300, 200, |x, y| if (20..120).contains(&x) && (10..60).contains(&y) { grey(30) } else { grey(220) })
}

/// `on_a_wall` as a photograph with one step switched.
fn without(step: Step) -> Prepared {
    let switched = StepSet::from_names(step.name()).unwrap();
    let prepared = prepare_switched(&on_a_wall(), 300, 200, Some(Recipe::Photograph), switched).unwrap();
    assert!(!is_on(&prepared, step));
    prepared
}

fn row(image: &vitrine::Image, y: usize) -> &[f32] {
    &image.pixels()[y * SIDE..][..SIDE]
}

#[test]
fn exact_pictures_go_straight_through() {
    let bytes: [u8; PIXELS] = std::array::from_fn(|at| (at * 7 % 256) as u8);
    let rgba = picture(SIDE, SIDE, |x, y| grey(bytes[y * SIDE + x]));
    let prepared = prepare(&rgba, SIDE, SIDE, None).unwrap();
    assert_eq!(prepared.recipe, Recipe::Exact);
    assert_eq!(prepared.image.to_bytes(), bytes);
}

#[test]
fn a_photograph_is_trimmed_fitted_centred_and_negated() {
    // A dark garment of 100×50 on a large white ground, off centre.
    let rgba =
        picture(300, 200, |x, y| if (20..120).contains(&x) && (10..60).contains(&y) { grey(0) } else { grey(255) });
    let prepared = prepare(&rgba, 300, 200, None).unwrap();
    assert_eq!(prepared.recipe, Recipe::Photograph);
    let names: Vec<_> = prepared.steps.iter().map(|view| view.step.name()).collect();
    assert_eq!(names, ["grey", "trim", "ground", "fit", "sharpen", "centre", "invert"]);
    assert!(prepared.steps.iter().all(|view| view.is_on));
    // 100×50 becomes 28×14 with 7 empty rows above and below.
    assert_eq!(row(&prepared.image, 6), [0.0; SIDE]);
    assert_eq!(row(&prepared.image, 7), [1.0; SIDE]);
    assert_eq!(row(&prepared.image, 20), [1.0; SIDE]);
    assert_eq!(row(&prepared.image, 21), [0.0; SIDE]);
    assert!(!prepared.is_blank);
}

#[test]
fn a_grey_wall_is_ground_and_not_ink() {
    let rgba =
        picture(90, 90, |x, y| if (30..60).contains(&x) && (30..60).contains(&y) { grey(20) } else { grey(200) });
    let on_wall =
        picture(90, 90, |x, y| if (30..60).contains(&x) || (30..60).contains(&y) { grey(20) } else { grey(200) });
    assert!(prepare(&rgba, 90, 90, None).unwrap().image.pixels().iter().all(|pixel| *pixel > 0.8));
    assert!(prepare(&on_wall, 90, 90, None).unwrap().image.pixels().contains(&0.0));
}

#[test]
fn a_dark_drawing_on_paper_and_a_light_one_on_slate_are_the_same_sketch() {
    let ink =
        |x: usize, y: usize| (60..180).contains(&x) && (40..200).contains(&y) && (x / 3 + y / 5).is_multiple_of(2);
    let light = picture(240, 240, |x, y| grey(if ink(x, y) { 255 } else { 0 }));
    let dark = picture(240, 240, |x, y| grey(if ink(x, y) { 0 } else { 255 }));
    let light = prepare(&light, 240, 240, Some(Recipe::Sketch)).unwrap();
    let dark = prepare(&dark, 240, 240, Some(Recipe::Sketch)).unwrap();
    assert_eq!(light.image.to_bytes(), dark.image.to_bytes());
    assert!(is_on(&dark, Step::Invert) && !is_on(&light, Step::Invert));
}

#[test]
fn averaging_keeps_the_mean() {
    let rgba = picture(97, 97, |x, y| grey(((x * 31 + y * 17) % 256) as u8));
    let mean = |values: &[f32]| values.iter().sum::<f32>() / values.len() as f32;
    let prepared = prepare(&rgba, 97, 97, Some(Recipe::Sketch)).unwrap();
    let original: Vec<f32> = rgba.chunks(4).map(|pixel| f32::from(pixel[0]) / 255.0).collect();
    // Each of 784 averages and the sum of 9,409 values is rounded in f32.
    assert!((mean(prepared.image.pixels()) - mean(&original)).abs() < 1e-5);
}

#[test]
fn transparent_ground_is_ground() {
    let cut_out = picture(80, 80, |x, _| if (20..60).contains(&x) { [255, 255, 255, 255] } else { [255, 255, 255, 0] });
    let prepared = prepare(&cut_out, 80, 80, None).unwrap();
    assert_eq!(prepared.recipe, Recipe::Sketch);
    assert_eq!(&row(&prepared.image, 14)[5..9], [0.0, 0.0, 1.0, 1.0]);
}

#[test]
fn a_cut_out_garment_stands_on_white_and_a_drawing_on_what_it_differs_from() {
    let cut_out = |shade: fn(usize) -> u8| {
        picture(80, 80, move |x, y| if (20..60).contains(&x) { grey(shade(y)) } else { [0, 0, 0, 0] })
    };
    let garment = prepare(&cut_out(|y| y as u8), 80, 80, None).unwrap();
    assert_eq!(garment.recipe, Recipe::Photograph);
    assert!(!garment.is_blank && garment.image.pixels()[14 * SIDE + 14] > 0.8, "a dark garment is ink");
    let drawing = prepare(&cut_out(|_| 0), 80, 80, None).unwrap();
    assert_eq!(drawing.recipe, Recipe::Sketch);
    assert!(is_on(&drawing, Step::Invert));
    assert_eq!(&row(&drawing.image, 14)[5..9], [0.0, 0.0, 1.0, 1.0]);
}

#[test]
fn without_trimming_the_ground_stays_around() {
    // 100 of 300 columns and 50 of 200 rows: the whole picture is 28×19, and its garment about 9×5.
    let inked = |prepared: &Prepared| prepared.image.pixels().iter().filter(|pixel| **pixel > 0.5).count();
    assert_eq!(inked(&prepare(&on_a_wall(), 300, 200, None).unwrap()), 28 * 14);
    assert!((30..70).contains(&inked(&without(Step::Trim))), "{}", inked(&without(Step::Trim)));
}

#[test]
fn without_levelling_a_grey_wall_is_faint_ink() {
    let middle_of_the_wall = |switched| {
        let switched = StepSet::from_names(switched).unwrap();
        let prepared = prepare_switched(&on_a_wall(), 300, 200, Some(Recipe::Photograph), switched).unwrap();
        row(&prepared.image, 13)[14]
    };
    assert_eq!(middle_of_the_wall("trim"), 0.0);
    // Sharpening a plain area divides by what it multiplied with, in f32.
    assert!((middle_of_the_wall("trim,ground") - (1.0 - 220.0 / 255.0)).abs() < 1e-6);
}

#[test]
fn without_fitting_the_square_is_filled() {
    assert!(without(Step::Fit).image.pixels().iter().all(|pixel| *pixel > 0.8));
}

#[test]
fn without_centring_the_garment_stays_in_the_corner() {
    let image = without(Step::Centre).image;
    assert!(row(&image, 0).iter().all(|pixel| *pixel > 0.8));
    assert_eq!(row(&image, 14), [0.0; SIDE]);
}

#[test]
fn without_inverting_dark_stays_dark() {
    let (usual, other) = (prepare(&on_a_wall(), 300, 200, None).unwrap(), without(Step::Invert));
    for (ink, light) in usual.image.pixels().iter().zip(other.image.pixels()) {
        assert_eq!(*ink, 1.0 - light);
    }
}

#[test]
fn without_grey_the_red_channel_counts() {
    let rgba = picture(60, 60, |x, _| if (20..40).contains(&x) { [255, 0, 0, 255] } else { [255; 4] });
    let prepared =
        |names| prepare_switched(&rgba, 60, 60, Some(Recipe::Photograph), StepSet::from_names(names).unwrap());
    assert!(!prepared("").unwrap().is_blank);
    assert!(prepared("grey").unwrap().is_blank, "red on white has no contrast in red");
}

#[test]
fn an_exact_picture_can_be_sharpened_and_one_that_is_switched_twice_is_itself() {
    let rgba = picture(SIDE, SIDE, |x, y| grey((x * 7 + y) as u8));
    let exact = prepare(&rgba, SIDE, SIDE, None).unwrap();
    let sharp = prepare_switched(&rgba, SIDE, SIDE, None, StepSet::from_names("sharpen").unwrap()).unwrap();
    assert_ne!(exact.image, sharp.image);
    let set = StepSet::from_names("sharpen").unwrap();
    assert_eq!(set.switched(set), StepSet::default());
}

#[test]
fn an_empty_canvas_is_blank_in_every_recipe() {
    for value in [0, 128, 255] {
        for (side, recipes) in [(280, &[Recipe::Photograph, Recipe::Sketch][..]), (28, &[Recipe::Exact])] {
            let rgba = picture(side, side, |_, _| grey(value));
            for recipe in recipes {
                assert!(prepare(&rgba, side, side, Some(*recipe)).unwrap().is_blank, "{value} by {}", recipe.name());
            }
        }
    }
    assert!(prepare(&[0; 4 * 280 * 280], 280, 280, None).unwrap().is_blank, "fully transparent");
}

/// A garment of one colour in the middle of a ground, 200×200.
fn on_ground(garment: [u8; 4], ground: impl Fn(usize, usize) -> [u8; 4]) -> Vec<u8> {
    picture(200, 200, |x, y| if (60..140).contains(&x) && (40..160).contains(&y) { garment } else { ground(x, y) })
}

fn as_wished(rgba: &[u8], wish: Wish) -> Prepared {
    prepare_as(rgba, 200, 200, &wish).unwrap()
}

/// How many pixels of an image are ink.
fn inked(prepared: &Prepared) -> usize {
    prepared.image.pixels().iter().filter(|pixel| **pixel > 0.25).count()
}

/// 80×120 pixels, fitted to 28.
const FITTED: std::ops::RangeInclusive<usize> = 17 * 28..=21 * 28;

#[test]
fn what_is_lighter_than_its_ground_is_ink_without_being_inverted() {
    let light = as_wished(&on_ground(grey(220), |_, _| grey(90)), Wish::default());
    assert_eq!((light.recipe, light.ground), (Recipe::LightOnDark, Ground::Plain));
    assert!(FITTED.contains(&inked(&light)) && !is_on(&light, Step::Invert), "{}", inked(&light));
    assert_eq!(row(&light.image, 14)[0], 0.0);
    let wall = as_wished(&on_ground(grey(250), |_, _| grey(160)), Wish::default());
    assert_eq!(wall.recipe, Recipe::LightOnDark);
    assert!(FITTED.contains(&inked(&wall)));
    // A drawing on black, or on the page's pad, is one.
    assert_eq!(as_wished(&on_ground(grey(220), |_, _| grey(0)), Wish::default()).recipe, Recipe::Sketch);
}

#[test]
fn a_ground_of_the_garments_grey_is_told_by_its_colour() {
    // Luma 101 and 100 of 255.
    let prepared = as_wished(&on_ground([220, 50, 50, 255], |_, _| [30, 148, 40, 255]), Wish::default());
    assert!(!prepared.is_blank && !prepared.is_lost);
    assert!(FITTED.contains(&inked(&prepared)), "{}", inked(&prepared));
}

#[test]
fn an_uneven_ground_is_levelled_before_it_is_trimmed() {
    let slope = |x: usize, y: usize| grey((240 - x / 2 - y / 5) as u8);
    let prepared = as_wished(&on_ground(grey(40), slope), Wish::default());
    assert_eq!((prepared.recipe, prepared.ground), (Recipe::Photograph, Ground::Uneven));
    let names: Vec<_> = prepared.steps.iter().map(|view| view.step.name()).collect();
    assert_eq!(names, ["grey", "ground", "trim", "fit", "sharpen", "centre", "invert"]);
    assert!(FITTED.contains(&inked(&prepared)), "{}", inked(&prepared));
    assert_eq!(row(&prepared.image, 14)[0], 0.0);
    let bare = as_wished(&picture(200, 200, slope), Wish::default());
    assert!(bare.is_blank, "a wall alone is no garment");
}

#[test]
fn what_a_recipe_loses_is_said() {
    let lost = |garment, ground, recipe| {
        as_wished(&on_ground(grey(garment), move |_, _| grey(ground)), Wish { recipe: Some(recipe), ..Wish::default() })
            .is_lost
    };
    assert!(lost(255, 120, Recipe::Photograph));
    assert!(lost(20, 120, Recipe::LightOnDark) || !lost(20, 120, Recipe::Photograph));
    assert!(!lost(20, 220, Recipe::Photograph) && !lost(220, 20, Recipe::LightOnDark));
}

#[test]
fn the_ground_is_where_it_is_tapped() {
    // Two grounds beside each other, and a garment on the border.
    let two = on_ground(grey(30), |x, _| if x < 100 { [200, 180, 90, 255] } else { [90, 170, 200, 255] });
    let tapped = |place| as_wished(&two, Wish { ground: Spot::from_text(place).unwrap(), ..Wish::default() });
    let (left, right) = (tapped("100,500"), tapped("900,500"));
    assert_eq!((left.ground, right.ground), (Ground::Tapped, Ground::Tapped));
    assert_ne!(left.image, right.image);
    // The garment and the other ground are 140×200 pixels: 20×28 of them, with 4 empty columns on the left.
    assert_eq!(row(&left.image, 2)[6], 0.0);
    assert!(row(&left.image, 2)[20] > 0.1, "the other ground stands out");
}

#[test]
fn what_is_outside_of_the_frame_does_not_count() {
    let rgba = picture(200, 200, |x, y| match (x, y) {
        (30..60, 30..60) => grey(20),
        (120..180, 120..180) => grey(90),
        _ => grey(255),
    });
    let framed = |frame| as_wished(&rgba, Wish { frame: Frame::from_text(frame).unwrap(), ..Wish::default() });
    let (one, other) = (framed("100,100,300,300"), framed("550,550,400,400"));
    assert!(one.image.pixels().iter().all(|pixel| *pixel > 0.9), "the dark one fills it");
    assert!(other.image.pixels().iter().all(|pixel| (0.5..0.8).contains(pixel)), "the light one fills it");
    // A place is one of the whole picture, whatever the frame.
    let wish = Wish {
        ground: Spot::from_text("900,600").unwrap(),
        frame: Frame::from_text("550,550,400,400").unwrap(),
        ..Wish::default()
    };
    assert_eq!(as_wished(&rgba, wish).ground, Ground::Tapped);
    assert!(FITTED.end() < &inked(&as_wished(&rgba, wish)));
}

#[test]
fn a_picture_is_reduced_to_the_same_pixels_however_it_comes() {
    let rgba = picture(1500, 37, |x, y| [x as u8, (x * 7 + y) as u8, y as u8, (x * y) as u8]);
    let reduced = |portion: usize| {
        let mut reducer = Reducer::new(1500, 37).unwrap();
        rgba.chunks(portion).for_each(|part| reducer.push(part).unwrap());
        reducer.finish().unwrap()
    };
    let whole = reduced(rgba.len());
    assert_eq!((whole.width, whole.height), (1024, 25));
    for portion in [1, 7, 4 * 1500, 4 * 1500 + 3] {
        assert_eq!(reduced(portion), whole, "in portions of {portion}");
    }
    assert_eq!(prepare(&whole.rgba, 1024, 25, None).unwrap(), prepare(&rgba, 1500, 37, None).unwrap());
    let mut short = Reducer::new(3, 3).unwrap();
    short.push(&[0; 12]).unwrap();
    assert_eq!(short.push(&[0; 25]).unwrap_err().code(), "shape");
    assert_eq!(short.finish().unwrap_err().code(), "shape");
    assert_eq!(Reducer::new(0, 9).err().unwrap().code(), "shape");
    assert_eq!(Reducer::new(10_001, 1).err().unwrap().code(), "limit");
}

/// What a canvas keeps of a pixel and gives back: colours by their opacity, rounded.
fn through_canvas([red, green, blue, opacity]: [u8; 4]) -> [u8; 4] {
    let share = f64::from(opacity) / 255.0;
    let colour = |value: u8| {
        if opacity == 0 { 0 } else { ((f64::from(value) * share).round() / share).round().min(255.0) as u8 }
    };
    [colour(red), colour(green), colour(blue), opacity]
}

#[test]
fn a_canvas_in_between_changes_nothing() {
    let rgba = picture(256, 256, |x, y| [x as u8, 255 - x as u8, (x * 7) as u8, y as u8]);
    let canvas: Vec<u8> = rgba.as_chunks().0.iter().flat_map(|pixel| through_canvas(*pixel)).collect();
    assert_ne!(rgba, canvas);
    for recipe in [None, Some(Recipe::Photograph), Some(Recipe::Sketch)] {
        assert_eq!(prepare(&rgba, 256, 256, recipe).unwrap(), prepare(&canvas, 256, 256, recipe).unwrap());
    }
}

#[test]
fn places_and_frames_that_make_no_sense_are_refused() {
    for text in ["1", "1,2,3", "-1,2", "1,1001", "a,b", "1,2,", ","] {
        assert_eq!(Spot::from_text(text).unwrap_err().code(), "parameter", "{text}");
    }
    for text in ["1,2,3", "0,0,19,100", "990,0,20,100", "0,0,1001,100", "0,0,100,100,0"] {
        assert_eq!(Frame::from_text(text).unwrap_err().code(), "parameter", "{text}");
    }
}

#[test]
fn wrong_sizes_are_refused() {
    let code = |rgba: &[u8], width, height, recipe| prepare(rgba, width, height, recipe).unwrap_err().code();
    assert_eq!(code(&[], 0, 0, None), "shape");
    assert_eq!(code(&[0; 4], 2, 1, None), "shape");
    assert_eq!(code(&[0; 5], 1, 1, None), "shape");
    assert_eq!(code(&[], usize::MAX, 2, None), "limit");
    assert_eq!(code(&[], 100_000, 100_000, None), "limit");
    assert_eq!(code(&[0; 16], 2, 2, Some(Recipe::Exact)), "shape");
}

#[cfg(not(target_arch = "wasm32"))]
mod properties {
    use proptest::prelude::*;
    use vitrine::random::Stream;

    use super::*;

    const NAMES: &[&str] = &["grey", "trim", "ground", "fit", "sharpen", "centre", "invert"];

    proptest! {
        #[test]
        fn every_picture_becomes_an_image(width in 1_usize..70, height in 1_usize..70, seed in any::<u64>(), sparse in any::<bool>(), switched in proptest::sample::subsequence(NAMES, 0..=NAMES.len()), ground in proptest::sample::select(&["", "0,0", "1000,1000", "480,510"][..]), frame in proptest::sample::select(&["", "0,0,1000,1000", "980,0,20,20", "333,1,500,900"][..])) {
            let mut stream = Stream::new(seed, 0);
            let rgba: Vec<u8> = (0..width * height * 4)
                .map(|_| if sparse && stream.below(16) > 0 { 0 } else { stream.below(256) as u8 })
                .collect();
            let switched = StepSet::from_names(&switched.join(",")).unwrap();
            for recipe in [None, Some(Recipe::Photograph), Some(Recipe::LightOnDark), Some(Recipe::Sketch)] {
                let wish = Wish { recipe, switched, ground: Spot::from_text(ground).unwrap(), frame: Frame::from_text(frame).unwrap() };
                let prepared = prepare_as(&rgba, width, height, &wish).unwrap();
                for step in &prepared.steps {
                    prop_assert_eq!(step.grey.len(), step.width * step.height);
                }
                let last = prepared.steps.last().unwrap();
                prop_assert_eq!((last.width, last.height), (SIDE, SIDE));
            }
        }
    }
}
