//! A picture file → pixels, the same as the page's browser gives: profiles and gamma count in neither, of 16 bits the upper eight
//! do. Its size is asked for before there is room for its pixels.

use std::io::{Cursor, ErrorKind};
use std::path::Path;

use image::{DynamicImage, ImageBuffer, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, Rgba, RgbaImage};
use vitrine::error::{Blame, Error, Result};
use vitrine::preprocess::{LONGEST_SIDE, count};
use vitrine::storage::files;

/// Larger files are refused: a picture of 5,700 pixels a side as an uncompressed BMP.
const MOST_BYTES: usize = 1 << 27;

/// What a decoder may allocate beside the file: the largest picture with 16 bits a channel.
const MOST_MEMORY: u64 = 8 * (LONGEST_SIDE * LONGEST_SIDE) as u64;

/// The pixels of a PNG, JPEG, WebP, GIF or BMP file, turned as its EXIF says; of an animation the first.
///
/// # Errors
/// [`Blame::Io`] when the file cannot be read; [`Blame::Limit`] when it, or the picture in it, is too large;
/// [`Blame::Format`] when it is no picture, or is cut off.
pub fn read(path: &Path) -> Result<RgbaImage> {
    let bytes = files::read(path)?;
    decode(&bytes).map_err(|error| error.within(path.display()))
}

fn decode(bytes: &[u8]) -> Result<RgbaImage> {
    if bytes.len() > MOST_BYTES {
        return Err(Error::new(Blame::Limit, "picture file")
            .expected(format!("at most {MOST_BYTES} bytes"))
            .got(bytes.len())
            .remedy("reduce the picture first"));
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|error| wrong(&error.into(), None, bytes))?;
    reader.limits(limits);
    let format = reader.format();
    let wrong = |error: ImageError| wrong(&error, format, bytes);
    let mut decoder = reader.into_decoder().map_err(wrong)?;
    let (width, height) = decoder.dimensions();
    count(width as usize, height as usize)?;
    let orientation = decoder.orientation().map_err(wrong)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(wrong)?;
    // Its decoder fills what is missing with grey.
    if format == Some(ImageFormat::Jpeg) && !jpeg_is_whole(bytes) {
        return Err(cut_off());
    }
    picture.apply_orientation(orientation);
    Ok(eight_bits(picture))
}

/// The upper eight bits of each channel: rounding, as the `image` crate has it, is not what browsers do.
fn eight_bits(picture: DynamicImage) -> RgbaImage {
    let is_deep = matches!(
        picture,
        DynamicImage::ImageLuma16(_)
            | DynamicImage::ImageLumaA16(_)
            | DynamicImage::ImageRgb16(_)
            | DynamicImage::ImageRgba16(_)
    );
    if !is_deep {
        return picture.into_rgba8();
    }
    let deep = picture.into_rgba16();
    ImageBuffer::from_fn(deep.width(), deep.height(), |x, y| {
        Rgba(deep.get_pixel(x, y).0.map(|value| (value >> 8) as u8))
    })
}

fn wrong(error: &ImageError, format: Option<ImageFormat>, bytes: &[u8]) -> Error {
    let blame = match error {
        ImageError::Limits(_) => Blame::Limit,
        ImageError::IoError(error) if error.kind() == ErrorKind::UnexpectedEof => return cut_off(),
        _ if !has_end(format, bytes) => return cut_off(),
        _ => Blame::Format,
    };
    Error::new(blame, "picture").expected("a PNG, JPEG, WebP, GIF or BMP picture").got(error)
}

/// Whether a file goes as far as its format says: asked where its decoder gives another reason.
fn has_end(format: Option<ImageFormat>, bytes: &[u8]) -> bool {
    match (format, bytes) {
        (Some(ImageFormat::Jpeg), _) => jpeg_is_whole(bytes),
        (Some(ImageFormat::Gif), _) => bytes.last() == Some(&b';'),
        (Some(ImageFormat::WebP), [_, _, _, _, a, b, c, d, rest @ ..]) => {
            rest.len() >= u32::from_le_bytes([*a, *b, *c, *d]) as usize
        }
        _ => true,
    }
}

fn cut_off() -> Error {
    Error::new(Blame::Format, "picture")
        .expected("a whole file")
        .got("one that is cut off")
        .remedy("copy or download it again")
}

/// Whether the end marker stands behind a JPEG's scans.
fn jpeg_is_whole(bytes: &[u8]) -> bool {
    const END: u8 = 0xd9;
    // Past the marker that every JPEG begins with.
    let mut rest = bytes.get(2..).unwrap_or_default();
    loop {
        let step = match *rest {
            [0xff, END, ..] => return true,
            // Data of a scan, with the zero that follows its own 0xff, fill bytes, and restarts, which have no length.
            [0xff, 0xff, ..] => 1,
            [0xff, 0x00 | 0x01 | 0xd0..=0xd7, ..] => 2,
            [0xff, _, high, low, ..] => 2 + usize::from(u16::from_be_bytes([high, low])),
            _ => rest.iter().position(|byte| *byte == 0xff).filter(|step| *step > 0).unwrap_or(rest.len().max(1)),
        };
        let Some(after) = rest.get(step..) else { return false };
        rest = after;
    }
}
