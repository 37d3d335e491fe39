//! What stands inside an element and in its tag, and how it is written again.

use std::borrow::Cow;
use std::fmt::Write as _;

use url::Url;

use super::lex::{Piece, Pieces, attributes};
use super::references::{printable, push_decoded, push_escaped};

/// What stands inside an element.
#[derive(Clone, Copy, Default)]
pub(super) struct Inner<'s> {
    pub(super) raw: &'s str,
    pub(super) has_markup: bool,
}

impl<'s> Inner<'s> {
    pub(super) fn is_blank(&self) -> bool {
        match self.raw.trim_start().as_bytes().first() {
            None => true,
            // Markup, character data and references have to be looked into.
            Some(b'<' | b'&') => !self.has_markup && self.text().trim().is_empty(),
            Some(_) => false,
        }
    }

    /// Its words, decoded; those between tags are joined.
    pub(super) fn words(&self) -> String {
        let mut words = String::new();
        for piece in Pieces::of(self.raw) {
            match piece {
                Piece::Text(text) => push_decoded(text, &mut words),
                Piece::Data(data) => words.push_str(data),
                Piece::Start { .. } | Piece::End { .. } | Piece::Aside => {}
            }
        }
        let trimmed = words.trim();
        if trimmed.len() == words.len() { words } else { trimmed.to_owned() }
    }

    /// What it spells: words, or words that are markup. What may not stand in XML is left out. Nothing is copied that can
    /// be taken as it stands.
    pub(super) fn text(&self) -> Cow<'s, str> {
        if self.has_markup {
            return Cow::Owned(printable(Cow::Owned(self.as_markup())).into_owned());
        }
        let mut text: Cow<'s, str> = Cow::Borrowed("");
        // Many lay character data out with white space around it, which is no reason for a copy.
        let mut white = "";
        for piece in Pieces::of(self.raw) {
            let more: Cow<'s, str> = match piece {
                Piece::Text(words) if words.trim_ascii().is_empty() => {
                    white = words;
                    continue;
                }
                Piece::Text(words) if memchr::memchr(b'&', words.as_bytes()).is_some() => {
                    let mut decoded = String::with_capacity(words.len());
                    push_decoded(words, &mut decoded);
                    Cow::Owned(decoded)
                }
                Piece::Text(words) => Cow::Borrowed(words),
                Piece::Data(data) => Cow::Borrowed(data),
                Piece::Start { .. } | Piece::End { .. } | Piece::Aside => continue,
            };
            if text.is_empty() {
                text = more;
            } else {
                let text = text.to_mut();
                text.push_str(white);
                text.push_str(&more);
            }
            white = "";
        }
        printable(text)
    }

    /// It as HTML: tags lose their prefix, character data is escaped.
    fn as_markup(&self) -> String {
        let mut markup = String::with_capacity(self.raw.len());
        for piece in Pieces::of(self.raw) {
            match piece {
                Piece::Text(text) => markup.push_str(text),
                Piece::Data(data) => push_escaped(data, &mut markup),
                Piece::Start { name, attributes, is_empty } => {
                    let local = name.rsplit(':').next().unwrap_or(name);
                    markup.push('<');
                    markup.push_str(local);
                    markup.push_str(attributes);
                    // HTML knows only some elements that end where they begin.
                    if is_empty && !matches!(local, "br" | "img" | "hr" | "source" | "wbr" | "input" | "meta" | "link") {
                        let _ = write!(markup, "></{local}");
                    }
                    markup.push('>');
                }
                Piece::End { name } => {
                    let _ = write!(markup, "</{}>", name.rsplit(':').next().unwrap_or(name));
                }
                Piece::Aside => {}
            }
        }
        markup
    }
}

/// The value of an attribute, with its references.
pub(super) fn attribute<'s>(text: &'s str, name: &str) -> Option<&'s str> {
    if !text.contains(name) {
        return None;
    }
    attributes(text).find(|(found, _)| *found == name).map(|(_, value)| value)
}

pub(super) fn push_attribute(name: &str, value: &str, xml: &mut String) {
    if !value.trim().is_empty() {
        let _ = write!(xml, " {name}=\"");
        push_escaped(value.trim(), xml);
        xml.push('"');
    }
}

pub(super) fn push_number(written: &str, attributes: &str, name: &str, xml: &mut String) {
    if let Some(number) = attribute(attributes, name).and_then(|number| number.trim().trim_end_matches("px").parse::<u64>().ok()) {
        let _ = write!(xml, " {written}=\"{number}\"");
    }
}

pub(super) fn is_media_type(given: &str) -> bool {
    let is_token = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-._".contains(&byte));
    given.split_once('/').is_some_and(|(kind, part)| is_token(kind) && is_token(part))
}

/// Whether an address begins as one of the web does.
pub(super) fn is_web(address: &str) -> bool {
    let begins = |scheme: &str| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    begins("http://") || begins("https://")
}

/// An address joined to its base.
pub(super) fn absolute(given: &str, base: Option<&Url>) -> Option<Url> {
    let given = given.trim();
    match base {
        Some(base) => base.join(given).ok(),
        None => Url::parse(given).ok(),
    }
}

/// The text that some base64 spells (RFC 4648, section 4), white space apart.
pub(super) fn from_base64(raw: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(raw.len() / 4 * 3);
    let (mut bits, mut n_bits) = (0_u32, 0_u32);
    for letter in raw.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=') {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0xff_ffff;
        n_bits += 6;
        if 8 <= n_bits {
            n_bits -= 8;
            bytes.push(u8::try_from(bits >> n_bits & 0xff).ok()?);
        }
    }
    String::from_utf8(bytes).ok()
}
