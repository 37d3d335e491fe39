//! Character references of XML, of HTML and of people who know neither.

use std::borrow::Cow;

use markup5ever::data::NAMED_ENTITIES;

use crate::html::is_unprintable;

/// The longest name of a reference, in bytes; HTML's longest has 31.
const NAME_LEN_BYTES_MAX: usize = 32;

/// A text without letters of number zero, which an HTML parser would make visible. Whatever else may not stand in XML is
/// left out where texts become lines and blocks.
pub(crate) fn printable(text: Cow<'_, str>) -> Cow<'_, str> {
    match memchr::memchr(0, text.as_bytes()) {
        None => text,
        Some(_) => Cow::Owned(text.replace('\0', "")),
    }
}

fn pushed<'r>(rest: &'r str, instead: &str, out: &mut String) -> &'r str {
    out.push_str(instead);
    &rest[1..]
}

/// Appends the words that `text` stands for.
pub(crate) fn push_decoded(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // Markup inside of words is mostly these.
        if let Some((letter, len)) = common(rest.as_bytes()) {
            out.push(letter);
            rest = &rest[len..];
            continue;
        }
        let Some((meaning, len)) = reference(rest) else {
            rest = pushed(rest, "&", out);
            continue;
        };
        match meaning {
            Meaning::Xml => out.push_str(quick_xml::escape::resolve_xml_entity(&rest[1..len - 1]).unwrap_or_default()),
            Meaning::Letters(letters) => out.push_str(&letters),
            Meaning::Letter(letter) => out.push(letter),
            Meaning::Nothing => {}
        }
        rest = &rest[len..];
    }
    out.push_str(rest);
}

fn common(rest: &[u8]) -> Option<(char, usize)> {
    match rest {
        [b'&', b'l', b't', b';', ..] => Some(('<', 4)),
        [b'&', b'g', b't', b';', ..] => Some(('>', 4)),
        [b'&', b'a', b'm', b'p', b';', ..] => Some(('&', 5)),
        [b'&', b'q', b'u', b'o', b't', b';', ..] => Some(('"', 6)),
        _ => None,
    }
}

/// The words that `text` stands for.
pub(crate) fn decoded(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    push_decoded(text, &mut words);
    words
}

/// Appends words as XML.
pub(crate) fn push_escaped(words: &str, out: &mut String) {
    let mut rest = words;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"') || !(b' '..0xef).contains(&byte)) {
        out.push_str(&rest[..at]);
        let letter = rest[at..].chars().next().expect("the position is inside the text");
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter if is_unprintable(letter) && !matches!(letter, '\n' | '\t' | '\r') => {}
            letter => out.push(letter),
        }
        rest = &rest[at + letter.len_utf8()..];
    }
    out.push_str(rest);
}

enum Meaning {
    /// One of the five that XML names.
    Xml,
    Letters(String),
    Letter(char),
    /// A letter that may not stand in any text.
    Nothing,
}

/// What the reference at the start of `rest` means, and its length. `None` when it is none.
fn reference(rest: &str) -> Option<(Meaning, usize)> {
    let after = &rest[1..];
    let len = after.bytes().take(NAME_LEN_BYTES_MAX).position(|byte| byte == b';')?;
    let name = &after[..len];
    let past = len + 2;
    if let Some(digits) = name.strip_prefix('#') {
        let number = match digits.strip_prefix(['x', 'X']) {
            Some(hex) if hex.bytes().all(|byte| byte.is_ascii_hexdigit()) => u32::from_str_radix(hex, 16).ok()?,
            Some(_) => return None,
            None => digits.parse().ok()?,
        };
        let letter = from_number(number);
        return Some((letter.map_or(Meaning::Nothing, Meaning::Letter), past));
    }
    if matches!(name, "amp" | "lt" | "gt" | "quot" | "apos") {
        return Some((Meaning::Xml, past));
    }
    // The table keeps a name with its semicolon, and one or two letters for it.
    let (first, second) = NAMED_ENTITIES.get(&after[..=len])?;
    let letters: String = [*first, *second].into_iter().filter(|number| *number != 0).filter_map(char::from_u32).collect();
    (!letters.is_empty()).then_some((Meaning::Letters(letters), past))
}

/// The letter of a number. Those from 128 to 159 are meant in windows-1252, as HTML says (WHATWG, *numeric character
/// reference end state*).
fn from_number(number: u32) -> Option<char> {
    if let 0x80..=0x9f = number {
        let byte = u8::try_from(number).ok()?;
        return encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next().filter(|letter| !is_unprintable(*letter));
    }
    char::from_u32(number).filter(|letter| !is_unprintable(*letter) || matches!(letter, '\n' | '\t' | '\r'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_of_html_become_letters_and_what_no_xml_may_hold_goes() {
        assert_eq!(printable("\u{0}ab 𝄞".into()), "ab 𝄞");
        assert_eq!(
            decoded("a &amp;amp; &lt;b&gt; &copy; &x; & &nbsp;&eacute;&beta; R&D &#146;x&#0;"),
            "a &amp; <b> © &x; & \u{a0}éβ R&D ’x"
        );
    }
}
