//! In which charset the text of IIM is: declared by dataset 1:90, or found out.
//!
//! The declaration is an escape sequence of ISO 2022. Most files have none, though their text is of a Mac, of Windows or
//! already UTF-8; and some are UTF-8 that went through a program that took it for Latin-1.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// The charset of one picture's IIM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Charset {
    encoding: &'static Encoding,
    is_declared: bool,
}

/// Escape sequences of 1:90 and what they designate (ISO 2022; ISO-IR numbers): to G0, G1 or G2 and invoked.
const DECLARED: &[(&[u8], &str)] = &[
    (b"\x1b%G", "utf-8"),
    (b"\x1b%/I", "utf-8"),
    (b"\x1b.A", "windows-1252"),
    (b"\x1b-A", "windows-1252"),
    (b"\x1b-B", "iso-8859-2"),
    (b"\x1b-C", "iso-8859-3"),
    (b"\x1b-D", "iso-8859-4"),
    (b"\x1b-F", "iso-8859-7"),
    (b"\x1b-G", "iso-8859-6"),
    (b"\x1b-H", "iso-8859-8"),
    (b"\x1b-L", "iso-8859-5"),
    (b"\x1b-M", "windows-1254"),
    (b"\x1b-b", "iso-8859-15"),
    (b"\x1b-T", "windows-874"),
    (b"\x1b$)A", "gbk"),
    (b"\x1b$)C", "euc-kr"),
    (b"\x1b$)B", "euc-jp"),
];

impl Charset {
    /// The charset of these values: the declared one if the bytes are of it, UTF-8 if they are, else the likeliest.
    pub(super) fn of(escape: Option<&[u8]>, values: &[Raw<'_>]) -> Self {
        let declared = escape.and_then(|escape| {
            let label = DECLARED.iter().find(|(known, _)| escape.starts_with(known))?.1;
            Encoding::for_label(label.as_bytes())
        });
        let is_utf8 = values.iter().all(|value| std::str::from_utf8(value.whole_letters()).is_ok());
        match declared {
            // A lying declaration is common: text is often left as it was when 1:90 is added.
            Some(encoding) if encoding != UTF_8 || is_utf8 => Self { encoding, is_declared: true },
            _ if is_utf8 => Self { encoding: UTF_8, is_declared: false },
            _ => Self { encoding: likeliest(values), is_declared: false },
        }
    }

    /// The text of a value.
    pub(super) fn text(self, value: Raw<'_>) -> String {
        let value = if self.encoding == UTF_8 { value.whole_letters() } else { value.bytes };
        // Some writers end a text with a NUL, as C does.
        let value = value.strip_suffix(b"\0").unwrap_or(value);
        let (text, _) = self.encoding.decode_without_bom_handling(value);
        repaired(&text)
    }

    pub(super) fn is_declared_utf8(self) -> bool {
        self.is_declared && self.encoding == UTF_8
    }

    pub(super) fn name(self) -> &'static str {
        self.encoding.name()
    }
}

/// A value as it stands in the file, and the most bytes its field has room for.
#[derive(Clone, Copy)]
pub(super) struct Raw<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) room: usize,
}

impl<'a> Raw<'a> {
    /// IIM counts bytes, so a full field may end within a letter of UTF-8; that letter is dropped. In a field with room left
    /// such an end is the last letter of another charset.
    fn whole_letters(self) -> &'a [u8] {
        let is_full = self.room < self.bytes.len() + 4;
        match std::str::from_utf8(self.bytes) {
            Err(error) if is_full && error.error_len().is_none() => &self.bytes[..error.valid_up_to()],
            _ => self.bytes,
        }
    }
}

fn likeliest(values: &[Raw<'_>]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    for value in values {
        detector.feed(value.bytes, false);
        detector.feed(b"\n", false);
    }
    detector.feed(b"", true);
    let n_beyond_ascii: usize = values.iter().map(|value| value.bytes.iter().filter(|byte| 0x80 <= **byte).count()).sum();
    // One copyright sign is no evidence of any alphabet.
    if n_beyond_ascii < 4 { WINDOWS_1252 } else { detector.guess(None, chardetng::Utf8Detection::Allow) }
}

/// Undoes a reading of UTF-8 as Windows-1252, `MÃ¼ller` for `Müller`, and only that: when every letter beyond ASCII can go
/// the way back and what comes out is UTF-8 with letters beyond ASCII. By chance that happens to no text of a language.
pub(super) fn repaired(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let Some(bytes) = as_windows_1252(text) else {
        return text.to_owned();
    };
    match String::from_utf8(bytes) {
        Ok(better) => better,
        Err(_) => text.to_owned(),
    }
}

/// The bytes Windows-1252 has for the text; what it leaves undefined stands for itself, as in Latin-1.
fn as_windows_1252(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    for letter in text.chars() {
        match u32::from(letter) {
            code @ (0..=0x7f | 0xa0..=0xff | 0x81 | 0x8d | 0x8f | 0x90 | 0x9d) => bytes.push(u8::try_from(code).ok()?),
            _ => {
                let mut utf8 = [0; 4];
                let (one, _, is_lossy) = WINDOWS_1252.encode(letter.encode_utf8(&mut utf8));
                match *one {
                    [byte] if !is_lossy => bytes.push(byte),
                    _ => return None,
                }
            }
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(escape: Option<&[u8]>, value: &[u8]) -> String {
        let value = Raw { bytes: value, room: 32 };
        Charset::of(escape, &[value]).text(value)
    }

    #[test]
    fn a_declared_charset_is_used() {
        assert_eq!(read(Some(b"\x1b%G"), "Zürich".as_bytes()), "Zürich");
        assert_eq!(read(Some(b"\x1b.A"), b"Z\xfcrich"), "Zürich");
        assert_eq!(read(Some(b"\x1b-L"), b"\xbc\xde\xe1\xda\xd2\xd0"), "Москва");
        assert_eq!(read(Some(b"\x1b-G"), b"\xc7\xe4\xe2\xc7\xe7\xd1\xc9"), "القاهرة");
    }

    #[test]
    fn an_undeclared_one_is_found_out() {
        assert_eq!(read(None, "Zürich".as_bytes()), "Zürich");
        assert_eq!(read(None, b"\xa9 2003"), "© 2003");
        assert_eq!(read(None, b"Sch\xe4rfung der Bl\xf6cke in Gr\xf6\xdfe und F\xfclle"), "Schärfung der Blöcke in Größe und Fülle");
    }

    #[test]
    fn a_declaration_that_lies_is_not_believed() {
        assert_eq!(read(Some(b"\x1b%G"), b"caf\xe9"), "café");
    }

    #[test]
    fn a_letter_that_was_cut_is_dropped() {
        let full = format!("{}ü", "Z".repeat(31));
        assert_eq!(read(Some(b"\x1b%G"), &full.as_bytes()[..32]), "Z".repeat(31));
        assert_eq!(read(None, b"Bogot\xe1"), "Bogotá", "the last letter of another charset is none");
    }

    #[test]
    fn utf8_that_was_taken_for_latin_1_is_mended_and_nothing_else() {
        assert_eq!(repaired("MÃ¼ller"), "Müller");
        assert_eq!(repaired("Itâ€™s â‚¬5"), "It’s €5");
        for right in ["Müller", "Navyís", "Ð", "東京", "naïve café", "Ã la carte", "© 2003"] {
            assert_eq!(repaired(right), right);
        }
    }
}
