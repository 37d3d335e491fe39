//! The files a page shows of a picture.
//!
//! The whole picture at a few fixed widths, and cut to three shapes around the point that matters, each as WebP and as
//! JPEG. Every file says of itself what the picture says, is named by its content, and is never larger than the original.

use std::borrow::Cow;

use courant_news::Focus;
use image::RgbImage;
use image::imageops::{self, FilterType};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use sha2::{Digest, Sha256};

use crate::Format;
use crate::metadata::{PhotoSays, iim_block, xmp_packet};
use crate::still::{Refused, Still};

/// The widths of the whole picture, in pixels.
const WIDTHS_PX: [u32; 4] = [320, 640, 1280, 1920];
/// The widths of a cut.
const CUT_WIDTHS_PX: [u32; 2] = [640, 1280];
/// The tallest file, in pixels: a strip of 1 to 20 is no use on a page.
const HEIGHT_MAX_PX: u32 = 4_000;
/// The widest picture files are made from, in pixels: a camera's is brought to it once, so that it is not walked for each file.
const BASE_WIDTH_MAX_PX: u32 = 2_560;
/// The width a page shows when it cannot choose.
const MAIN_WIDTH_PX: u32 = 1280;
/// Of 100. With optimised tables this is where a news photograph shows no more loss at arm's length.
const JPEG_QUALITY: u8 = 80;
/// Of 100; about as good to the eye.
const WEBP_QUALITY: f32 = 76.0;
/// Bytes of the hash of a file that name it: 128 bits never meet by chance.
const NAME_BYTES: usize = 16;

/// A file of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenditionFile {
    /// What it shows of the picture.
    pub shape: Shape,
    /// JPEG or WebP.
    pub format: Format,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The file.
    pub bytes: Vec<u8>,
    /// Its name: the first 128 bits of its SHA-256 in hexadecimal, with an ending.
    pub name: String,
}

/// What a file shows of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// All of it.
    Whole,
    /// 16 to 9 of it.
    Wide,
    /// 4 to 3 of it.
    Classic,
    /// A square of it.
    Square,
}

impl Shape {
    /// Every shape, the whole first.
    const ALL: [Self; 4] = [Self::Whole, Self::Wide, Self::Classic, Self::Square];

    fn ratio(self) -> Option<(u32, u32)> {
        match self {
            Self::Whole => None,
            Self::Wide => Some((16, 9)),
            Self::Classic => Some((4, 3)),
            Self::Square => Some((1, 1)),
        }
    }
}

/// A part of a picture, in its pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cut {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

/// Makes the files of a picture. The first is what a page shows when it cannot choose: the whole picture as JPEG at about
/// 1,280 pixels.
///
/// # Errors
/// [`Refused::Damaged`] when an encoder fails, which none does with a picture that was admitted.
pub fn renditions(still: &Still, focus: Focus, says: &PhotoSays) -> Result<Vec<RenditionFile>, Refused> {
    let (xmp, iim) = (xmp_packet(says), iim_block(says));
    let base = base(&still.pixels);
    let mut files = Vec::new();
    for shape in Shape::ALL {
        let cut = cut(base.dimensions(), shape, focus);
        for (width, height) in sizes(cut, shape) {
            let pixels = resized(&base, cut, width, height);
            for (format, bytes) in
                [(Format::WebP, webp(&pixels, width, height, &xmp)?), (Format::Jpeg, jpeg(&pixels, width, height, &xmp, &iim)?)]
            {
                let name = format!("{}.{}", content_name(&bytes), format.ending());
                files.push(RenditionFile { shape, format, width, height, bytes, name });
            }
        }
    }
    let is_main = |file: &RenditionFile| file.shape == Shape::Whole && file.format == Format::Jpeg && file.width <= MAIN_WIDTH_PX;
    // The narrowest is always narrow enough, unless the picture is one strip.
    if let Some(main) = files.iter().rposition(is_main) {
        files[..=main].rotate_right(1);
    }
    Ok(files)
}

/// The largest part of that shape, as near to the focus as the edges let it.
fn cut((width, height): (u32, u32), shape: Shape, focus: Focus) -> Cut {
    let (width, height) = (f64::from(width), f64::from(height));
    let Some((across, down)) = shape.ratio() else {
        return Cut { left: 0.0, top: 0.0, width, height };
    };
    let ratio = f64::from(across) / f64::from(down);
    let (cut_width, cut_height) = if ratio * height < width { (ratio * height, height) } else { (width, width / ratio) };
    let place = |whole: f64, part: f64, at: f64| (at * whole - part / 2.0).clamp(0.0, (whole - part).max(0.0));
    Cut { left: place(width, cut_width, focus.x()), top: place(height, cut_height, focus.y()), width: cut_width, height: cut_height }
}

/// The sizes a part is made in, narrowest first; never larger than it is.
fn sizes(cut: Cut, shape: Shape) -> Vec<(u32, u32)> {
    let widths: &[u32] = if shape == Shape::Whole { &WIDTHS_PX } else { &CUT_WIDTHS_PX };
    let own_width = (cut.width.min(f64::from(HEIGHT_MAX_PX) * cut.width / cut.height)).max(1.0);
    let mut sizes: Vec<u32> = widths.iter().copied().filter(|width| f64::from(*width) <= own_width).collect();
    // What the picture has beyond the last step is shown, or all it has when it is narrower than the first.
    if sizes.len() < widths.len() && (sizes.is_empty() || shape == Shape::Whole) {
        sizes.push(whole_number(own_width));
    }
    sizes.dedup();
    sizes.into_iter().map(|width| (width, whole_number(f64::from(width) * cut.height / cut.width).max(1))).collect()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sides are positive and below 20,000")]
fn whole_number(side: f64) -> u32 {
    side.round() as u32
}

/// The picture, or a smaller one that still has more than any file shows.
fn base(pixels: &RgbImage) -> Cow<'_, RgbImage> {
    let (width, height) = pixels.dimensions();
    if width <= BASE_WIDTH_MAX_PX {
        return Cow::Borrowed(pixels);
    }
    let base_height = whole_number(f64::from(height) * f64::from(BASE_WIDTH_MAX_PX) / f64::from(width)).max(1);
    Cow::Owned(imageops::resize(pixels, BASE_WIDTH_MAX_PX, base_height, FilterType::Lanczos3))
}

fn resized(base: &RgbImage, cut: Cut, width: u32, height: u32) -> Vec<u8> {
    let [left, top, cut_width, cut_height] = [cut.left, cut.top, cut.width, cut.height].map(whole_number);
    let part = imageops::crop_imm(base, left, top, cut_width.max(1), cut_height.max(1));
    imageops::resize(&*part, width, height, FilterType::Lanczos3).into_raw()
}

fn jpeg(pixels: &[u8], width: u32, height: u32, xmp: &[u8], iim: &[u8]) -> Result<Vec<u8>, Refused> {
    let unmade = |error: jpeg_encoder::EncodingError| Refused::Damaged { why: error.to_string() };
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, JPEG_QUALITY);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.add_app_segment(1, [b"http://ns.adobe.com/xap/1.0/\0", xmp].concat()).map_err(unmade)?;
    encoder.add_app_segment(13, iim.to_vec()).map_err(unmade)?;
    let (width, height) = (u16::try_from(width).unwrap_or(u16::MAX), u16::try_from(height).unwrap_or(u16::MAX));
    encoder.encode(pixels, width, height, ColorType::Rgb).map_err(unmade)?;
    Ok(file)
}

/// The picture in the extended form of WebP, which has room for XMP (RFC 9649, 2.7).
fn webp(pixels: &[u8], width: u32, height: u32, xmp: &[u8]) -> Result<Vec<u8>, Refused> {
    const HAS_XMP: u8 = 0b100;
    let encoded = webp::Encoder::from_rgb(pixels, width, height).encode_simple(false, WEBP_QUALITY);
    let encoded = encoded.map_err(|error| Refused::Damaged { why: format!("WebP encoder: {error:?}") })?;
    let frame = encoded.get(12..).unwrap_or_default();
    let mut chunks = b"WEBPVP8X\x0a\0\0\0".to_vec();
    chunks.extend([HAS_XMP, 0, 0, 0]);
    for side in [width, height] {
        chunks.extend(&(side - 1).to_le_bytes()[..3]);
    }
    chunks.extend(frame);
    chunks.extend(b"XMP ");
    chunks.extend(u32::try_from(xmp.len()).expect("a packet of limited length").to_le_bytes());
    chunks.extend(xmp);
    chunks.extend((xmp.len() & 1 == 1).then_some(0));
    let mut file = b"RIFF".to_vec();
    file.extend(u32::try_from(chunks.len()).expect("a picture of limited size").to_le_bytes());
    file.extend(chunks);
    Ok(file)
}

/// The name a file has by its content, in hexadecimal.
fn content_name(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().take(NAME_BYTES).fold(String::new(), |mut name, byte| {
        let _ = write!(name, "{byte:02x}");
        name
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn focus(x: f64, y: f64) -> Focus {
        Focus::new(x, y).unwrap()
    }

    #[test]
    fn a_cut_goes_to_the_focus_as_far_as_the_edges_let_it() {
        let corner = |shape, size, at| {
            let cut = cut(size, shape, at);
            (whole_number(cut.left), whole_number(cut.top), whole_number(cut.width), whole_number(cut.height))
        };
        assert_eq!(corner(Shape::Square, (300, 200), focus(0.5, 0.5)), (50, 0, 200, 200));
        assert_eq!(corner(Shape::Square, (300, 200), focus(0.0, 0.0)), (0, 0, 200, 200));
        assert_eq!(corner(Shape::Square, (300, 200), focus(0.9, 0.0)), (100, 0, 200, 200));
        assert_eq!(corner(Shape::Wide, (320, 900), focus(0.5, 1.0)), (0, 720, 320, 180));
    }

    #[test]
    fn nothing_is_made_larger_than_it_is() {
        let whole = |width, height| {
            let cut = cut((width, height), Shape::Whole, Focus::CENTRE);
            sizes(cut, Shape::Whole).into_iter().map(|(width, _)| width).collect::<Vec<_>>()
        };
        assert_eq!(whole(4000, 3000), [320, 640, 1280, 1920]);
        assert_eq!(whole(1000, 500), [320, 640, 1000]);
        assert_eq!(whole(640, 480), [320, 640]);
        assert_eq!(whole(100, 80), [100]);
        assert_eq!(whole(1000, 20_000), [200], "a strip is held to the tallest file");
        let cut = cut((100, 80), Shape::Square, Focus::CENTRE);
        assert_eq!(sizes(cut, Shape::Square), [(80, 80)]);
    }
}
