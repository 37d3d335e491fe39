//! WebP: RIFF chunks (RFC 9649, 2).

use std::borrow::Cow;

use super::{BLOCK_BYTES_MAX, Container, Format, NotAPicture, PARTS_MAX};

pub(super) fn read(bytes: &[u8]) -> Result<Container<'_>, NotAPicture> {
    let mut picture = Container::empty(Format::WebP);
    picture.is_whole = little::<4>(bytes, 4).is_some_and(|size| size as usize <= bytes.len() - 8);
    let mut at = 12;
    for _ in 0..PARTS_MAX {
        let Some((kind, chunk, next)) = chunk(bytes, at) else { break };
        match kind {
            b"VP8X" => {
                if let (Some(width), Some(height)) = (little::<3>(chunk, 4), little::<3>(chunk, 7)) {
                    picture.size = (width + 1, height + 1);
                }
                picture.is_animated = chunk.first().is_some_and(|flags| flags & 0b10 != 0);
            }
            b"ANIM" => picture.is_animated = true,
            // A key frame begins with three bytes of tag and three of start code (RFC 6386, 9.1).
            b"VP8 " if picture.size == (0, 0) => {
                let side = |at| little::<2>(chunk, at).map_or(0, |side| side & 0x3fff);
                picture.size = (side(6), side(8));
            }
            b"VP8L" if picture.size == (0, 0) => {
                if let Some(bits) = little::<4>(chunk, 1) {
                    picture.size = ((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
                }
            }
            b"EXIF" if chunk.len() <= BLOCK_BYTES_MAX => {
                // Some writers put JPEG's word before the structure.
                picture.exif = Some(Cow::Borrowed(chunk.strip_prefix(b"Exif\0\0").unwrap_or(chunk)));
            }
            b"XMP " if chunk.len() <= BLOCK_BYTES_MAX => picture.xmp = Some(Cow::Borrowed(chunk)),
            b"C2PA" => picture.has_c2pa = true,
            _ => {}
        }
        at = next;
    }
    if picture.size.0 == 0 || picture.size.1 == 0 {
        return Err(NotAPicture::Broken { kind: "a WebP", problem: "no frame with a size is in it" });
    }
    Ok(picture)
}

fn chunk(bytes: &[u8], at: usize) -> Option<(&[u8; 4], &[u8], usize)> {
    let kind = bytes.get(at..at + 4)?.try_into().ok()?;
    let length = little::<4>(bytes, at + 4)? as usize;
    let end = (at + 8).checked_add(length)?;
    // Chunks of an odd length are padded to an even one.
    Some((kind, bytes.get(at + 8..end)?, end + (length & 1)))
}

/// A little-endian number of `N` bytes at `at`.
fn little<const N: usize>(bytes: &[u8], at: usize) -> Option<u32> {
    let digits = bytes.get(at..at.checked_add(N)?)?;
    Some(digits.iter().rev().fold(0, |number, digit| number << 8 | u32::from(*digit)))
}
