//! Character references of XML, of HTML and of people who know neither.

use markup5ever::data::NAMED_ENTITIES;

use crate::html::is_unprintable;

/// The longest name of a reference, in bytes; HTML's longest has 31.
const NAME_LEN_BYTES_MAX: usize = 32;

/// Appends `text` as well-formed XML: references to letters that XML does not name become the letters, an ampersand that
/// begins no reference and a `<` that begins no tag are escaped, what may not stand in XML is left out.
pub(crate) fn push_mended(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>') || !(b' '..0xef).contains(&byte)) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let letter = rest.chars().next().expect("the position is inside the text");
        rest = match letter {
            '&' => push_reference(rest, out),
            '<' => pushed(rest, "&lt;", out),
            '>' => pushed(rest, "&gt;", out),
            letter => {
                if !is_unprintable(letter) || matches!(letter, '\n' | '\t' | '\r') {
                    out.push(letter);
                }
                &rest[letter.len_utf8()..]
            }
        };
    }
    out.push_str(rest);
}

fn pushed<'r>(rest: &'r str, instead: &str, out: &mut String) -> &'r str {
    out.push_str(instead);
    &rest[1..]
}

/// Appends the reference that `rest` begins with; answers what is behind it.
fn push_reference<'r>(rest: &'r str, out: &mut String) -> &'r str {
    let Some((meaning, len)) = reference(rest) else { return pushed(rest, "&amp;", out) };
    match meaning {
        Meaning::Xml => out.push_str(&rest[..len]),
        Meaning::Letters(letters) => push_escaped(&letters, out),
        Meaning::Letter(letter) => push_escaped(letter.encode_utf8(&mut [0; 4]), out),
        Meaning::Nothing => {}
    }
    &rest[len..]
}

/// Appends the words that `text` stands for.
pub(crate) fn push_decoded(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
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
    fn references_of_html_become_letters_and_stray_ampersands_are_escaped() {
        let mended = |text: &str| {
            let mut out = String::new();
            push_mended(text, &mut out);
            out
        };
        assert_eq!(mended("a &amp; b &nbsp;&eacute;&beta; R&D &#146;x&#0; < 2"), "a &amp; b \u{a0}éβ R&amp;D ’x &lt; 2");
        assert_eq!(mended("\u{1}a\u{fffe}b 𝄞"), "ab 𝄞");
        assert_eq!(decoded("a &amp;amp; &lt;b&gt; &copy; &x; &"), "a &amp; <b> © &x; &");
    }
}
