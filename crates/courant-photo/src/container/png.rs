//! PNG: chunks up to the end (ISO/IEC 15948, 5; eXIf and acTL of the third edition).

use std::borrow::Cow;

use super::{BLOCK_BYTES_MAX, Container, Format, NotAPicture, PARTS_MAX, number};

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The keyword of an iTXt chunk that holds XMP, with the bytes for: not compressed, no language, no translation.
const XMP: &[u8] = b"XML:com.adobe.xmp\0\0\0\0\0";

pub(super) fn read(bytes: &[u8]) -> Result<Container<'_>, NotAPicture> {
    let mut picture = Container::empty(Format::Png);
    let mut at = SIGNATURE.len();
    for _ in 0..PARTS_MAX {
        let Some((kind, chunk, next)) = chunk(bytes, at) else { break };
        match kind {
            b"IHDR" => {
                picture.size = (number::<4>(chunk, 0).unwrap_or(0), number::<4>(chunk, 4).unwrap_or(0));
            }
            b"acTL" => picture.is_animated = number::<4>(chunk, 0).is_some_and(|n_frames| 1 < n_frames),
            b"eXIf" if chunk.len() <= BLOCK_BYTES_MAX => picture.exif = Some(Cow::Borrowed(chunk)),
            b"iTXt" if chunk.len() <= BLOCK_BYTES_MAX => {
                if let Some(xmp) = chunk.strip_prefix(XMP) {
                    picture.xmp = Some(Cow::Borrowed(xmp));
                }
            }
            b"caBX" => picture.has_c2pa = true,
            b"IEND" => {
                picture.is_whole = true;
                break;
            }
            _ => {}
        }
        at = next;
    }
    if picture.size.0 == 0 || picture.size.1 == 0 {
        return Err(NotAPicture::Broken { kind: "a PNG", problem: "no header with a size is in it" });
    }
    Ok(picture)
}

fn chunk(bytes: &[u8], at: usize) -> Option<(&[u8; 4], &[u8], usize)> {
    let length = number::<4>(bytes, at)? as usize;
    let kind = bytes.get(at + 4..at + 8)?.try_into().ok()?;
    let end = (at + 8).checked_add(length)?;
    Some((kind, bytes.get(at + 8..end)?, end + 4))
}
