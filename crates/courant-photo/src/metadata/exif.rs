//! The few fields of Exif that say who made the picture, when, and which way is up.

use ::exif::{In, Reader, Tag, Value};

use super::charset::repaired;

/// The most bytes of Exif that are read. JPEG has room for 64 KiB.
const EXIF_BYTES_MAX: usize = 1 << 20;
/// The longest text that is kept, in bytes.
const TEXT_BYTES_MAX: usize = 8 << 10;

/// What a picture's Exif says. Where it was taken is left out on purpose: it is where the photographer stood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exif {
    /// `ImageDescription`.
    pub description: Option<Box<str>>,
    /// Artist.
    pub artist: Option<Box<str>>,
    /// Copyright.
    pub copyright: Option<Box<str>>,
    /// `DateTimeOriginal` with its offset when that is known, as ISO 8601.
    pub taken: Option<Box<str>>,
    /// Orientation, 1 to 8; 1 when it is not said.
    pub orientation: u8,
}

impl Exif {
    /// Reads the TIFF structure as far as it makes sense. `None` when it makes none.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        if EXIF_BYTES_MAX < bytes.len() {
            return None;
        }
        let read = Reader::new().continue_on_error(true).read_raw(bytes.to_vec());
        let fields = read.or_else(|error| error.distill_partial_result(|_| ())).ok()?;
        let text = |tag| fields.get_field(tag, In::PRIMARY).and_then(|field| words(&field.value));
        let orientation = fields.get_field(Tag::Orientation, In::PRIMARY).and_then(|field| field.value.get_uint(0));
        Some(Self {
            description: text(Tag::ImageDescription),
            artist: text(Tag::Artist),
            copyright: text(Tag::Copyright),
            taken: text(Tag::DateTimeOriginal).and_then(|taken| iso(&taken, text(Tag::OffsetTimeOriginal).as_deref())),
            orientation: orientation.and_then(|turn| u8::try_from(turn).ok()).filter(|turn| (1..=8).contains(turn)).unwrap_or(1),
        })
    }
}

/// ASCII by the standard, in practice UTF-8 or a code page. `None` when a camera left it blank.
fn words(value: &Value) -> Option<Box<str>> {
    let Value::Ascii(parts) = value else { return None };
    let bytes = parts.iter().find(|part| !part.is_empty())?;
    let bytes = &bytes[..bytes.len().min(TEXT_BYTES_MAX)];
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => repaired(text),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    };
    let text = text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\0');
    (!text.is_empty()).then(|| text.into())
}

/// `2026:11:25 21:44:00` as `2026-11-25T21:44:00`, with the offset when it has the form of one.
fn iso(taken: &str, offset: Option<&str>) -> Option<Box<str>> {
    let digits_at = |range: std::ops::Range<usize>| taken.get(range).is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let is_moment = taken.len() == 19 && [0..4, 5..7, 8..10, 11..13, 14..16, 17..19].into_iter().all(digits_at);
    if !is_moment || taken.starts_with("0000") {
        return None;
    }
    let offset = offset.filter(|offset| offset.len() == 6 && offset.starts_with(['+', '-'])).unwrap_or_default();
    Some(format!("{}-{}-{}T{}{offset}", &taken[..4], &taken[5..7], &taken[8..10], &taken[11..]).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_becomes_iso() {
        assert_eq!(iso("2026:11:25 21:44:00", Some("+01:00")).as_deref(), Some("2026-11-25T21:44:00+01:00"));
        for wrong in ["0000:00:00 00:00:00", "2026:11:25", "ü026:11:25 21:44:0"] {
            assert_eq!(iso(wrong, None), None, "{wrong}");
        }
    }
}
