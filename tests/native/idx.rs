//! The IDX reader: what it accepts, what it refuses and what it says.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use vitrine::idx::Samples;

use crate::made::idx;

fn images(count: u32, rows: u32, columns: u32, pixels: usize) -> Vec<u8> {
    idx(0x803, &[count, rows, columns], &(0..pixels).map(|index| index as u8).collect::<Vec<_>>())
}

fn labels(count: u32, labels: &[u8]) -> Vec<u8> {
    idx(0x801, &[count], labels)
}

fn read(images: &[u8], labels: &[u8]) -> Result<Samples, String> {
    Samples::from_idx(("the images", images), ("the labels", labels)).map_err(|error| error.to_string())
}

#[test]
fn a_well_formed_pair_is_read() {
    let samples = read(&images(2, 28, 28, 1568), &labels(2, &[3, 9])).unwrap();
    assert_eq!(samples.len(), 2);
    assert_eq!(samples.labels()[1].name(), "Ankle boot");
    assert_eq!(samples.image(1).unwrap().pixels()[0], f32::from((784 % 256) as u8) / 255.0);
    assert_eq!(samples.batch(1, 5).len(), 1);
    assert_eq!(samples.batch(7, 5).len(), 0);
    assert_eq!(samples.select(&[1, 0, 5]).labels(), [samples.labels()[1], samples.labels()[0]]);
    assert!(samples.image(2).is_none());
}

#[test]
fn what_is_wrong_is_named() {
    let (good_images, good_labels) = (images(1, 28, 28, 784), labels(1, &[0]));
    let refused = [
        (images(1, 28, 28, 783), good_labels.clone(), "the images: length: expected 784 bytes for 1 items, got 783"),
        (images(1, 28, 29, 812), good_labels.clone(), "the images: size: expected 28×28 pixels, got 28×29"),
        (good_labels.clone(), good_labels.clone(), "the images: header: expected 16 bytes, got 9"),
        (labels(9, &[0; 9]), good_labels.clone(), "expected 0x00000803 (IDX images), got 0x00000801"),
        (good_images.clone(), labels(1, &[10]), "the labels: label 0: expected 0 to 9, got 10"),
        (good_images.clone(), labels(2, &[0, 0]), "expected as many labels as images, got 1 images and 2 labels"),
        (images(u32::MAX, 28, 28, 784), good_labels, "got 784"),
    ];
    for (images, labels, message) in refused {
        let error = read(&images, &labels).unwrap_err();
        assert!(error.contains(message), "expected …{message}…\n     got {error}");
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod properties {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn noise_is_refused(
            sizes in prop::array::uniform4(prop_oneof![0..3_u32, 27..30_u32, any::<u32>()]),
            pixels in prop::collection::vec(any::<u8>(), 0..2000),
            numbers in prop::collection::vec(10..=u8::MAX, 1..20),
        ) {
            // With the right magic numbers, so that sizes and values are reached; no value is a label.
            let [count, rows, columns, labels] = sizes;
            let images = idx(0x803, &[count, rows, columns], &pixels);
            prop_assert!(read(&images, &idx(0x801, &[labels], &numbers)).is_err());
        }

        #[test]
        fn a_changed_header_is_refused_and_a_changed_value_read(place in 0_usize..16 + 1568, change in 1_u8..=255, of_labels: bool) {
            let (mut pixels, mut numbers) = (images(2, 28, 28, 1568), labels(2, &[1, 2]));
            let (file, header) = if of_labels { (&mut numbers, 8) } else { (&mut pixels, 16) };
            let place = place % file.len();
            file[place] ^= change;
            let is_right = place >= header && (!of_labels || file[place] < 10);
            let value = file[place];
            match read(&pixels, &numbers) {
                Ok(samples) if of_labels => prop_assert_eq!(samples.labels()[place - 8].number(), value),
                Ok(samples) => prop_assert_eq!(samples.bytes()[place - 16], value),
                Err(error) => prop_assert!(!is_right, "{}", error),
            }
        }

        #[test]
        fn every_truncation_is_refused(cut in 0_usize..1584) {
            prop_assert!(read(&images(2, 28, 28, 1568)[..cut], &labels(2, &[1, 2])).is_err());
        }
    }
}
