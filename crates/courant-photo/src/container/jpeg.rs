//! JPEG: segments up to the first scan (ISO/IEC 10918-1, B.1).

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{BLOCK_BYTES_MAX, Container, Format, NotAPicture, PARTS_MAX, number};

const EXIF: &[u8] = b"Exif\0\0";
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
/// Followed by a digest of 32 letters, the full length and the offset of this part (XMP part 3, 1.1.3.1).
const EXTENDED_XMP: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";
const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";
/// A JUMBF superbox whose content is of C2PA, inside APP11 (ISO/IEC 19566-5; C2PA 2.x, 11.1).
const C2PA: &[u8] = b"c2pa";
/// End of image.
const END: &[u8] = &[0xff, 0xd9];

pub(super) fn read(bytes: &[u8]) -> Result<Container<'_>, NotAPicture> {
    let broken = |problem| NotAPicture::Broken { kind: "a JPEG", problem };
    let mut picture = Container::empty(Format::Jpeg);
    let mut photoshop = Vec::new();
    let mut extended = Extended::default();
    let mut at = 2;
    for _ in 0..PARTS_MAX {
        let Some((marker, segment, next)) = segment(bytes, at) else {
            picture.faults.push("a segment runs past the end of the file");
            break;
        };
        match marker {
            // Frame headers: all SOF but DHT (C4), JPG (C8) and DAC (CC).
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let (height, width) = (number::<2>(segment, 1), number::<2>(segment, 3));
                picture.size = (width.unwrap_or(0), height.unwrap_or(0));
                picture.n_channels = segment.get(5).copied();
            }
            0xe1 => {
                if let Some(exif) = segment.strip_prefix(EXIF) {
                    picture.exif.get_or_insert(Cow::Borrowed(exif));
                } else if let Some(xmp) = segment.strip_prefix(XMP) {
                    picture.xmp.get_or_insert(Cow::Borrowed(xmp));
                } else if let Some(part) = segment.strip_prefix(EXTENDED_XMP) {
                    extended.take(part);
                }
            }
            0xeb => picture.has_c2pa |= segment.windows(C2PA.len()).take(200).any(|window| window == C2PA),
            0xed => {
                if let Some(resources) = segment.strip_prefix(PHOTOSHOP)
                    && photoshop.len() + resources.len() <= BLOCK_BYTES_MAX
                {
                    photoshop.extend_from_slice(resources);
                }
            }
            // The scan begins: what follows are pixels, in which an end marker can stand for nothing else.
            0xda => {
                picture.is_whole = bytes.get(next..).is_some_and(|scan| scan.windows(2).any(|pair| pair == END));
                break;
            }
            0xd9 => break,
            _ => {}
        }
        at = next;
    }
    // A file of metadata alone, as XMP test sets have, is read too; its pixels are refused later.
    if picture.size == (0, 0) && picture.exif.is_none() && picture.xmp.is_none() && photoshop.is_empty() {
        return Err(broken("no frame header is in it"));
    }
    picture.photoshop = (!photoshop.is_empty()).then_some(Cow::Owned(photoshop));
    picture.extended_xmp = extended.whole(&mut picture.faults);
    Ok(picture)
}

/// The marker at `at`, what it holds, and where the next one is. `None` when the file ends before.
fn segment(bytes: &[u8], mut at: usize) -> Option<(u8, &[u8], usize)> {
    // Any number of FF may fill the room before a marker.
    while bytes.get(at) == Some(&0xff) && bytes.get(at + 1) == Some(&0xff) {
        at += 1;
    }
    let (0xff, marker) = (*bytes.get(at)?, *bytes.get(at + 1)?) else { return None };
    // Markers that stand alone.
    if matches!(marker, 0x01 | 0xd0..=0xd9) {
        return Some((marker, &[], at + 2));
    }
    let length = usize::try_from(number::<2>(bytes, at + 2)?).ok()?;
    let next = at + 2 + length;
    Some((marker, bytes.get(at + 4..next)?, next))
}

/// The parts of extended XMP, which may come in any order.
#[derive(Default)]
struct Extended<'a> {
    digest: Option<&'a [u8]>,
    length: usize,
    parts: BTreeMap<usize, &'a [u8]>,
}

impl<'a> Extended<'a> {
    fn take(&mut self, part: &'a [u8]) {
        let (Some(digest), Some(length), Some(offset)) = (part.get(..32), number::<4>(part, 32), number::<4>(part, 36)) else { return };
        // Two packets in one file: the first is meant.
        if *self.digest.get_or_insert(digest) != digest {
            return;
        }
        self.length = length as usize;
        self.parts.insert(offset as usize, &part[40..]);
    }

    fn whole(self, faults: &mut Vec<&'static str>) -> Option<Vec<u8>> {
        self.digest?;
        let mut whole = Vec::new();
        for (offset, part) in self.parts {
            if offset != whole.len() || BLOCK_BYTES_MAX < whole.len() + part.len() {
                faults.push("a part of the extended XMP is missing");
                return None;
            }
            whole.extend_from_slice(part);
        }
        if whole.len() != self.length {
            faults.push("a part of the extended XMP is missing");
            return None;
        }
        Some(whole)
    }
}
