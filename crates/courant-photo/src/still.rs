//! A picture's pixels, within limits.
//!
//! A file of a few kilobytes may claim to be a picture of gigabytes, so its size is read and refused before anything is
//! made room for. What comes out is 8 bits a channel, turned the right way up, in RGB.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, RgbImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use crate::{Container, Format, Metadata};

/// The longest side, in pixels.
const SIDE_MAX_PX: u32 = 20_000;
/// The most pixels: the largest cameras of newsrooms have 102 million.
const PIXELS_MAX: u64 = 110_000_000;
/// The shortest side of a picture for a page, in pixels.
const SIDE_MIN_PX: u32 = 16;
/// The most memory a decoder may take beside the picture itself, and the most the picture may take before it is brought to 8
/// bits a channel, in bytes.
const DECODER_BYTES_MAX: u64 = 512 << 20;
/// What transparency is laid upon: paper.
const PAPER: u8 = 255;

/// A decoded picture, the right way up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Still {
    pub(crate) pixels: RgbImage,
    /// What was changed on the way, for the editor.
    pub notes: Vec<&'static str>,
}

/// Why a picture is not decoded. The message says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Beyond the limits.
    #[error(
        "the picture has {width} x {height} pixels; at most {SIDE_MAX_PX} a side and {PIXELS_MAX} together are taken, so save it smaller"
    )]
    TooLarge {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// Within the limits, but with too many bits for each pixel.
    #[error(
        "the picture takes {n_bytes} bytes once it is decoded, and at most {DECODER_BYTES_MAX} are given; save it with 8 bits a channel"
    )]
    TooDeep {
        /// What it takes.
        n_bytes: u64,
    },
    /// Too small to be shown.
    #[error("the picture has {width} x {height} pixels, and a page needs at least {SIDE_MIN_PX} a side; ask for the original")]
    TooSmall {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// It moves.
    #[error("the picture is animated, and a photograph stands still; save the frame that is wanted")]
    Animated,
    /// Cut off, damaged, or not what it claims to be.
    #[error("the pixels cannot be read ({why}); the file is cut off or damaged, ask for it again")]
    Damaged {
        /// What the decoder says.
        why: String,
    },
}

impl Still {
    /// Decodes a file that was taken apart. `metadata` tells which way is up.
    ///
    /// # Errors
    /// [`Refused`] when the picture is beyond the limits, moves, or is damaged.
    pub fn decode(bytes: &[u8], container: &Container<'_>, metadata: &Metadata) -> Result<Self, Refused> {
        let (width, height) = container.size;
        admit(width, height)?;
        if container.is_animated {
            return Err(Refused::Animated);
        }
        if !container.is_whole {
            return Err(Refused::Damaged { why: "the file ends before the picture does".to_owned() });
        }
        let damaged = |why: &dyn std::fmt::Display| Refused::Damaged { why: why.to_string() };
        let mut reader = ImageReader::with_format(Cursor::new(bytes), image_format(container.format));
        let mut limits = Limits::default();
        limits.max_image_width = Some(SIDE_MAX_PX);
        limits.max_image_height = Some(SIDE_MAX_PX);
        limits.max_alloc = Some(DECODER_BYTES_MAX);
        reader.limits(limits);
        let mut decoder = reader.into_decoder().map_err(|error| damaged(&error))?;
        // A lying header is caught here: what the decoder will fill is what was admitted.
        let (found_width, found_height) = decoder.dimensions();
        admit(found_width, found_height)?;
        if DECODER_BYTES_MAX < decoder.total_bytes() {
            return Err(Refused::TooDeep { n_bytes: decoder.total_bytes() });
        }
        let mut notes = Vec::new();
        let profile = decoder.icc_profile().ok().flatten();
        let color = decoder.original_color_type();
        let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| damaged(&error))?;
        if container.n_channels == Some(4) {
            notes.push("it was CMYK and is shown in RGB; colours may differ from print");
        } else if let Some(profile) = profile
            && to_srgb(&mut picture, &profile)
        {
            notes.push("its colours were brought to sRGB");
        }
        if 8 < color.bits_per_pixel() / u16::from(color.channel_count()).max(1) {
            notes.push("it had 16 bits a channel and is shown with 8");
        }
        let turn = metadata.exif.as_ref().map_or(1, |exif| exif.orientation);
        if let Some(orientation) = Orientation::from_exif(turn) {
            picture.apply_orientation(orientation);
        }
        Ok(Self { pixels: on_paper(picture), notes })
    }

    /// Width and height in pixels.
    pub fn size(&self) -> (u32, u32) {
        self.pixels.dimensions()
    }
}

fn admit(width: u32, height: u32) -> Result<(), Refused> {
    if SIDE_MAX_PX < width || SIDE_MAX_PX < height || PIXELS_MAX < u64::from(width) * u64::from(height) {
        return Err(Refused::TooLarge { width, height });
    }
    if width < SIDE_MIN_PX || height < SIDE_MIN_PX {
        return Err(Refused::TooSmall { width, height });
    }
    Ok(())
}

fn image_format(format: Format) -> image::ImageFormat {
    match format {
        Format::Jpeg => image::ImageFormat::Jpeg,
        Format::Png => image::ImageFormat::Png,
        Format::WebP => image::ImageFormat::WebP,
    }
}

/// Brings the colours of a picture with a profile of its own to sRGB, which is what a page shows and what a file without a
/// profile means. Answers whether it did.
fn to_srgb(picture: &mut DynamicImage, profile: &[u8]) -> bool {
    let is_srgb = profile.windows(4).any(|name| name == b"sRGB");
    if is_srgb || !picture.color().has_color() {
        return false;
    }
    let Ok(profile) = ColorProfile::new_from_slice(profile) else { return false };
    if profile.color_space != DataColorSpace::Rgb {
        return false;
    }
    let (layout, samples) = match picture.color().has_alpha() {
        true => (Layout::Rgba, picture.to_rgba8().into_raw()),
        false => (Layout::Rgb, picture.to_rgb8().into_raw()),
    };
    let Ok(transform) = profile.create_transform_8bit(layout, &ColorProfile::new_srgb(), layout, TransformOptions::default()) else {
        return false;
    };
    let mut brought = vec![0; samples.len()];
    if transform.transform(&samples, &mut brought).is_err() {
        return false;
    }
    let (width, height) = (picture.width(), picture.height());
    let brought = match layout {
        Layout::Rgba => image::RgbaImage::from_raw(width, height, brought).map(DynamicImage::ImageRgba8),
        _ => RgbImage::from_raw(width, height, brought).map(DynamicImage::ImageRgb8),
    };
    match brought {
        Some(brought) => {
            *picture = brought;
            true
        }
        None => false,
    }
}

/// Opaque RGB. What shines through is laid upon paper, since a JPEG has no transparency.
fn on_paper(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    let mut opaque = RgbImage::new(picture.width(), picture.height());
    for (onto, from) in opaque.pixels_mut().zip(picture.pixels()) {
        let alpha = u32::from(from[3]);
        for channel in 0..3 {
            let mixed = (u32::from(from[channel]) * alpha + u32::from(PAPER) * (255 - alpha) + 127) / 255;
            onto[channel] = u8::try_from(mixed).expect("a mean of two bytes");
        }
    }
    opaque
}
