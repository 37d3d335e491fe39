//! Text out of bytes, whatever they are encoded in and whatever is said of them.
//!
//! A byte order mark is believed before all else, bytes that are UTF-8 before a label that says otherwise (hardly any text of
//! another encoding is UTF-8 by chance), the label of the transport before that inside the document (RFC 7303, section 3). A
//! label that the bytes contradict is a lie; then the bytes say what they most likely are.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How far into a document its own label is looked for, in bytes.
const LABEL_WITHIN_BYTES: usize = 1_024;
/// How many bytes are looked at to guess an encoding.
const GUESS_BYTES_MAX: usize = 256 << 10;
/// Text that is UTF-8 but for a few bytes has at least this many good letters for each bad byte.
const GOOD_FOR_EACH_BAD: usize = 8;

/// Some text, and how it was got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded<'b> {
    /// The text, without a byte order mark. Borrowed when the bytes were UTF-8.
    pub text: Cow<'b, str>,
    /// The encoding it was in, by its name in the WHATWG Encoding Standard: `UTF-8`, `windows-1251`.
    pub encoding: &'static str,
    /// What was wrong and what was done: a sentence to put behind the name of the document. `None` when nothing was.
    pub repair: Option<Box<str>>,
}

impl Decoded<'_> {
    /// The text behind the XML declaration, if there is one: a parser that is handed text must not believe the encoding that
    /// the declaration names. Line numbers stay as they are.
    pub fn without_declaration(&self) -> &str {
        without_declaration(&self.text)
    }
}

/// The text that `bytes` spell. `said` is the label of the transport, such as the `charset` of a `Content-Type`; without one,
/// the label in the document's own XML declaration counts.
///
/// Any bytes have a text: what cannot be read becomes U+FFFD and is noted. Time and memory grow with the number of bytes.
pub fn decode<'b>(bytes: &'b [u8], said: Option<&str>) -> Decoded<'b> {
    if let Some((encoding, mark_len)) = Encoding::for_bom(bytes) {
        return decoded(&bytes[mark_len..], encoding, None);
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        return decoded(bytes, encoding, None);
    }
    let labels = [said.map(Cow::Borrowed), declared(bytes)];
    let label = labels.iter().flatten().find_map(|label| known(label));
    let unknown = labels.iter().flatten().find(|label| known(label).is_none());
    let is_seven_bit_code = label.is_some_and(|encoding| !encoding.is_ascii_compatible());
    if !is_seven_bit_code && let Ok(text) = std::str::from_utf8(bytes) {
        let is_lie = label.is_some_and(|encoding| encoding != UTF_8) && !bytes.is_ascii();
        let said = labels.iter().flatten().next().map_or("", |label| label.trim());
        let lie = is_lie.then(|| format!("is said to be {said} and is UTF-8; read as UTF-8"));
        return Decoded { text: Cow::Borrowed(text), encoding: UTF_8.name(), repair: lie.map(Into::into) };
    }
    match (label, unknown) {
        (Some(encoding), _) if encoding != UTF_8 => {
            // A second label is worth trying when the first leaves holes.
            let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
            if had_errors { guessed(bytes, Some(encoding.name())) } else { Decoded { text, encoding: encoding.name(), repair: None } }
        }
        (Some(_), _) => guessed(bytes, Some(UTF_8.name())),
        (None, Some(label)) => guessed(bytes, Some(label)),
        (None, None) => guessed(bytes, None),
    }
}

/// The encoding a label means, if anyone may still use it for text.
fn known(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.trim().as_bytes()).filter(|encoding| *encoding != REPLACEMENT)
}

fn decoded<'b>(bytes: &'b [u8], encoding: &'static Encoding, note: Option<String>) -> Decoded<'b> {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let holes = had_errors.then(|| format!("holds bytes that are not {}; each is shown as \u{fffd}", encoding.name()));
    Decoded { text, encoding: encoding.name(), repair: note.or(holes).map(Into::into) }
}

/// What bytes most likely are that are not what they are said to be.
fn guessed<'b>(bytes: &'b [u8], said: Option<&str>) -> Decoded<'b> {
    if is_nearly_utf_8(bytes) {
        return decoded(bytes, UTF_8, None);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    let sample = &bytes[..bytes.len().min(GUESS_BYTES_MAX)];
    detector.feed(sample, sample.len() == bytes.len());
    let guess = detector.guess(None, Utf8Detection::Deny);
    let (text, had_errors) = guess.decode_without_bom_handling(bytes);
    let (text, encoding) = if had_errors {
        let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
        (text, WINDOWS_1252)
    } else {
        (text, guess)
    };
    let note = match said {
        Some(said) => {
            let said = said.chars().filter(|letter| !letter.is_control()).take(40).collect::<String>();
            format!("is said to be {said} and is not; read as {}", encoding.name())
        }
        None => format!("does not say what it is encoded in and is not UTF-8; read as {}", encoding.name()),
    };
    Decoded { text, encoding: encoding.name(), repair: Some(note.into()) }
}

/// Whether a text is UTF-8 that a few bytes were damaged of, such as where somebody cut it.
fn is_nearly_utf_8(bytes: &[u8]) -> bool {
    let (mut n_good, mut n_bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        n_good += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        n_bad += usize::from(!chunk.invalid().is_empty());
    }
    n_good != 0 && n_bad * GOOD_FOR_EACH_BAD <= n_good
}

/// UTF-16 without a byte order mark begins with markup, of whose letters every other byte is zero.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes.get(..4)? {
        [first, 0, second, 0] if *first != 0 && *second != 0 => Some(UTF_16LE),
        [0, first, 0, second] if *first != 0 && *second != 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// The label in an XML declaration.
fn declared(bytes: &[u8]) -> Option<Cow<'static, str>> {
    declared_at(bytes).map(|(label, _)| Cow::Owned(label))
}

/// The label in an XML declaration, and its column from 1.
pub(crate) fn declared_at(bytes: &[u8]) -> Option<(String, u64)> {
    let declaration = declaration(bytes)?;
    let (label, at) = pseudo_attribute(declaration, "encoding")?;
    Some((label.to_owned(), at as u64 + 1))
}

/// The version an XML declaration names.
pub(crate) fn declared_version(bytes: &[u8]) -> Option<String> {
    pseudo_attribute(declaration(bytes)?, "version").map(|(version, _)| version.to_owned())
}

fn declaration(bytes: &[u8]) -> Option<&str> {
    let start = &bytes[..bytes.len().min(LABEL_WITHIN_BYTES)];
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    if !start.starts_with(b"<?xml") {
        return None;
    }
    let end = start.iter().position(|byte| *byte == b'>')?;
    std::str::from_utf8(&start[..end]).ok()
}

/// The value of `name="value"` and where it begins.
fn pseudo_attribute<'d>(declaration: &'d str, name: &str) -> Option<(&'d str, usize)> {
    let value = declaration[declaration.find(name)? + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let text = value[1..].split(quote).next()?;
    Some((text, declaration.len() - value.len() + 1))
}

/// A text behind its XML declaration.
pub(crate) fn without_declaration(text: &str) -> &str {
    let trimmed = text.trim_start();
    if !trimmed.starts_with("<?xml") || trimmed.starts_with("<?xml-") {
        return text;
    }
    match trimmed.find("?>") {
        // What stood before it and inside it may hold line ends; they are rare and not worth a copy.
        Some(end) if end < LABEL_WITHIN_BYTES => &trimmed[end + 2..],
        Some(_) | None => text,
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{BIG5, EUC_KR, GB18030, ISO_2022_JP, ISO_8859_2, KOI8_R, SHIFT_JIS, WINDOWS_1251};
    use proptest::prelude::*;

    use super::*;

    const RUSSIAN: &str = "Совет директоров сохранил ключевую ставку без изменений, сообщили в понедельник";
    const JAPANESE: &str = "日本銀行は月曜日、政策金利を据え置くと発表した。市場の予想どおりだった。";
    const CHINESE: &str = "中国人民银行周一宣布维持利率不变，符合市场预期。";
    const CZECH: &str = "Rada v pondělí ponechala základní úrokovou sazbu beze změny, uvedla tisková mluvčí";

    fn document(label: &str, text: &str) -> String {
        format!("<?xml version=\"1.0\" encoding='{label}'?>\n<a>{text}</a>")
    }

    fn encoded(encoding: &'static Encoding, text: &str) -> Vec<u8> {
        encoding.encode(text).0.into_owned()
    }

    #[test]
    fn a_true_label_is_believed() {
        for (encoding, label, text) in [
            (WINDOWS_1251, "windows-1251", RUSSIAN),
            (KOI8_R, "koi8-r", RUSSIAN),
            (SHIFT_JIS, "Shift_JIS", JAPANESE),
            (ISO_2022_JP, "iso-2022-jp", JAPANESE),
            (GB18030, "gb18030", CHINESE),
            (GB18030, "gb2312", CHINESE),
            (BIG5, "big5", "中央銀行週一宣布維持利率不變"),
            (EUC_KR, "euc-kr", "한국은행은 월요일 기준금리를 동결했다"),
            (ISO_8859_2, "ISO-8859-2", CZECH),
            (WINDOWS_1252, "iso-8859-1", "Zürich garde son taux à 1,75 %"),
        ] {
            let document = document(label, text);
            let bytes = encoded(encoding, &document);
            let found = decode(&bytes, None);
            assert_eq!((found.text.as_ref(), found.repair.as_deref()), (document.as_str(), None), "{label}");
            let by_transport = decode(&bytes, Some(label));
            assert_eq!(by_transport.text, found.text, "{label}");
        }
    }

    #[test]
    fn utf_16_is_known_by_its_mark_or_by_its_zeros() {
        let document = document("utf-16", RUSSIAN);
        for (with_mark, little) in [(true, true), (true, false), (false, true), (false, false)] {
            let mark = with_mark.then_some(0xfeff_u16);
            let units = mark.into_iter().chain(document.encode_utf16());
            let bytes: Vec<u8> = units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect();
            let found = decode(&bytes, Some("utf-8"));
            assert_eq!((found.text.as_ref(), found.repair), (document.as_str(), None));
        }
    }

    #[test]
    fn a_lie_is_found_out_and_noted() {
        let utf_8_said_otherwise = document("windows-1251", RUSSIAN);
        let found = decode(utf_8_said_otherwise.as_bytes(), None);
        assert_eq!(found.text, utf_8_said_otherwise);
        assert_eq!(found.repair.as_deref(), Some("is said to be windows-1251 and is UTF-8; read as UTF-8"));

        for (encoding, text) in [(WINDOWS_1251, RUSSIAN), (SHIFT_JIS, JAPANESE), (GB18030, CHINESE)] {
            let document = document("utf-8", &text.repeat(3));
            let bytes = encoded(encoding, &document);
            let found = decode(&bytes, None);
            let name = if encoding == GB18030 { "GBK" } else { encoding.name() };
            assert_eq!((found.encoding, found.text.as_ref()), (name, document.as_str()));
            assert_eq!(found.repair.unwrap().as_ref(), format!("is said to be UTF-8 and is not; read as {name}"));
        }
    }

    #[test]
    fn the_transport_goes_before_the_declaration() {
        let document = document("iso-8859-1", RUSSIAN);
        let bytes = encoded(WINDOWS_1251, &document);
        assert_eq!(decode(&bytes, Some("cp1251")).text, document);
    }

    #[test]
    fn a_label_nobody_knows_is_a_note() {
        let bytes = encoded(WINDOWS_1251, &document("klingon", &RUSSIAN.repeat(2)));
        let found = decode(&bytes, None);
        assert!(found.text.contains(RUSSIAN), "{found:?}");
        assert_eq!(found.repair.as_deref(), Some("is said to be klingon and is not; read as windows-1251"));
    }

    #[test]
    fn utf_8_with_a_torn_letter_stays_utf_8() {
        let mut bytes = RUSSIAN.as_bytes().to_vec();
        bytes.pop();
        let found = decode(&bytes, Some("utf-8"));
        assert_eq!(found.encoding, "UTF-8");
        assert!(found.text.ends_with('\u{fffd}') && found.text.starts_with("Совет"), "{found:?}");
        assert!(found.repair.unwrap().contains("holds bytes that are not UTF-8"));
    }

    #[test]
    fn the_declaration_is_taken_away_and_nothing_else() {
        let strip = |text: &str| decode(text.as_bytes(), None).without_declaration().to_owned();
        assert_eq!(strip("<?xml version='1.0' encoding='x'?>\n<a/>"), "\n<a/>");
        assert_eq!(strip("<?xml-stylesheet href='a'?><a/>"), "<?xml-stylesheet href='a'?><a/>");
        assert_eq!(strip("<a/>"), "<a/>");
        assert_eq!(strip("<?xml version='1.0'"), "<?xml version='1.0'");
    }

    proptest! {
        #[test]
        fn any_bytes_have_a_text(bytes in prop::collection::vec(any::<u8>(), 0..200), said in prop::option::of("[a-z0-9-]{0,12}")) {
            let found = decode(&bytes, said.as_deref());
            let has_holes = found.text.contains('\u{fffd}') && std::str::from_utf8(&bytes).is_err();
            prop_assert!(found.repair.is_some() || !has_holes);
        }

        #[test]
        fn utf_8_is_always_itself(text in "[^\u{feff}\u{0}][^\u{0}]{0,60}", said in prop::option::of("utf-8|windows-1251|x")) {
            let found = decode(text.as_bytes(), said.as_deref());
            prop_assert_eq!(found.text.as_ref(), text.as_str());
        }
    }
}
