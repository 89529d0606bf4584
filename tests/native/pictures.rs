//! Picture files as the command line meets them: every format, turned, cut off, and headers that promise too much.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use image::{DynamicImage, GrayImage, ImageBuffer, ImageFormat, Luma};

use crate::cli::{fails, models, vitrine};

/// A garment that looks different from each side.
fn shade(x: u32, y: u32) -> u8 {
    if (4..16).contains(&x) && y > 5 { 30 + 6 * y as u8 } else { 255 }
}

fn garment() -> DynamicImage {
    DynamicImage::ImageLuma8(GrayImage::from_fn(28, 28, |x, y| Luma([shade(x, y)])))
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn written(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

/// What is said of a picture, but for its name.
fn answers(models: &str, picture: &str) -> String {
    let (code, stdout, stderr) = vitrine(&["classify", "--models", models, picture]);
    assert_eq!(code, Some(0), "{picture}: {stderr}");
    stdout.split_once(" (").unwrap().1.to_owned()
}

/// The formats that keep every pixel, and JPEG.
fn files() -> [(&'static str, Vec<u8>); 6] {
    let (colour, garment) = (DynamicImage::ImageRgba8(garment().into_rgba8()), garment());
    let deep = ImageBuffer::from_fn(28, 28, |x, y| Luma([u16::from(shade(x, y)) * 257]));
    [
        ("png", encoded(&garment, ImageFormat::Png)),
        ("deep.png", encoded(&DynamicImage::ImageLuma16(deep), ImageFormat::Png)),
        ("bmp", encoded(&garment, ImageFormat::Bmp)),
        ("gif", encoded(&colour, ImageFormat::Gif)),
        ("webp", encoded(&colour, ImageFormat::WebP)),
        ("jpeg", encoded(&garment, ImageFormat::Jpeg)),
    ]
}

/// A JPEG that says how it was held, in the EXIF segment that a camera writes.
fn held(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let (start, rest) = jpeg.split_at(2);
    let exif = [
        b"\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".as_slice(),
        &[orientation, 0, 0, 0, 0, 0, 0],
    ];
    [start, &exif.concat(), rest].concat()
}

#[test]
fn one_picture_has_the_same_answers_in_every_format() {
    let (folder, models) = models("pictures_formats");
    let [(_, reference), others @ ..] = files();
    let expected = answers(&models, &written(&folder, "reference.png", &reference));
    assert!(expected.starts_with("28×28, as a exact)"), "{expected}");
    for (name, bytes) in &others[..4] {
        assert_eq!(answers(&models, &written(&folder, &format!("same.{name}"), bytes)), expected, "{name}");
        // The content decides, not the name.
        assert_eq!(answers(&models, &written(&folder, &format!("{name}.txt"), bytes)), expected, "{name}");
    }
}

#[test]
fn a_picture_is_turned_as_its_exif_says() {
    let (folder, models) = models("pictures_exif");
    let jpeg = encoded(&garment(), ImageFormat::Jpeg);
    let decoded = image::load_from_memory(&jpeg).unwrap();
    // The numbers are EXIF's: 1 as it is, 2 mirrored, 3 upside down, 6 and 8 on its sides.
    let turned = [
        (1, decoded.clone()),
        (2, decoded.fliph()),
        (3, decoded.rotate180()),
        (6, decoded.rotate90()),
        (8, decoded.rotate270()),
    ];
    let mut seen = Vec::new();
    for (orientation, expected) in turned {
        let by_exif = answers(&models, &written(&folder, "held.jpg", &held(&jpeg, orientation)));
        let by_hand = answers(&models, &written(&folder, "turned.png", &encoded(&expected, ImageFormat::Png)));
        assert_eq!(by_exif, by_hand, "orientation {orientation}");
        assert!(!seen.contains(&by_exif), "orientation {orientation} looks like another");
        seen.push(by_exif);
    }
}

#[test]
fn a_file_that_is_cut_off_is_said_to_be() {
    let (folder, models) = models("pictures_cut");
    for (name, bytes) in files() {
        for share in [0.5, 0.9] {
            let cut = &bytes[..(bytes.len() as f64 * share) as usize];
            let path = written(&folder, &format!("cut.{name}"), cut);
            fails(&["classify", "--models", &models, &path], "expected a whole file, got one that is cut off");
        }
    }
}

#[test]
fn a_size_that_is_too_large_is_refused_from_the_header() {
    let (folder, models) = models("pictures_large");
    let mut gif = b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\0\0\0\x2c\0\0\0\0\xff\xff\xff\xff\0\x08\xff\0".to_vec();
    gif.resize(81, 0);
    let mut bmp = b"BM\x64\0\0\0\0\0\0\0\x36\x04\0\0\x28\0\0\0\x30\x75\0\0\x30\x75\0\0\x01\0\x08\0\x01".to_vec();
    bmp.resize(54, 0);
    bmp.resize(1080, 1);
    // 60,000 × 60,000 pixels of one bit, and the sum of that header.
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\xea\x60\0\0\xea\x60\x01\0\0\0\0";
    let png = [png.as_slice(), &crc32(&png[12..]).to_be_bytes(), b"\0\0\0\x02IDAT\x78\x9c", &[0; 64]].concat();
    let mut jpeg = encoded(&garment(), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|marker| matches!(marker, [0xff, 0xc0..=0xc2])).unwrap();
    jpeg[frame + 5..frame + 9].fill(0xff);
    for (name, bytes, size) in [
        ("a.gif", gif, "65535×65535"),
        ("a.bmp", bmp, "30000×30000"),
        ("a.png", png, "60000×60000"),
        ("a.jpg", jpeg, "65535×65535"),
    ] {
        let path = written(&folder, name, &bytes);
        fails(&["classify", "--models", &models, &path], &format!("expected at most 10000 pixels a side, got {size}"));
    }
}

/// PNG's sum of a chunk (ISO 3309).
fn crc32(bytes: &[u8]) -> u32 {
    let step = |sum: u32, _| if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 };
    !bytes.iter().fold(!0, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), step))
}

#[test]
fn what_is_no_picture_is_named() {
    let (folder, models) = models("pictures_none");
    let path: PathBuf = folder.join("text.png");
    fs::write(&path, "no picture").unwrap();
    fails(&["classify", "--models", &models, path.to_str().unwrap()], "text.png: picture: expected a PNG, JPEG");
    fs::write(&path, "").unwrap();
    fails(&["classify", "--models", &models, path.to_str().unwrap()], "text.png: picture: expected a PNG, JPEG");
    fails(&["classify", "--models", &models, folder.to_str().unwrap()], folder.to_str().unwrap());
}
