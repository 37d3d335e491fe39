//! The pieces of XML that may be broken: tags and what stands between them, in order and without a tree.

/// The longest value of an attribute that is looked for, in bytes.
const ATTRIBUTE_LEN_BYTES_MAX: usize = 64 << 10;
/// The longest inner part of a document type, in bytes.
const DOCUMENT_TYPE_LEN_BYTES_MAX: usize = 64 << 10;

/// A piece of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'s> {
    /// A start tag; `attributes` is what stands between the name and its end.
    Start { name: &'s str, attributes: &'s str, is_empty: bool },
    /// An end tag.
    End { name: &'s str },
    /// Words between tags, with their references as they stand.
    Text(&'s str),
    /// A section of character data, in which nothing is a tag or a reference.
    Data(&'s str),
    /// A comment, a processing instruction or a document type.
    Aside,
}

/// The pieces of a text, whatever it is. A `<` that begins nothing is a word.
#[derive(Clone)]
pub(crate) struct Pieces<'s> {
    source: &'s str,
    at: usize,
    had_document_type: bool,
}

impl<'s> Pieces<'s> {
    pub(crate) fn of(source: &'s str) -> Self {
        Self { source, at: 0, had_document_type: false }
    }

    /// Where the next piece begins, in bytes.
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// What is left.
    fn rest(&self) -> &'s str {
        &self.source[self.at..]
    }

    /// The text up to `end` behind `open_len` bytes, which are passed over with it. What does not end goes to the end of all.
    fn until(&mut self, open_len: usize, end: &str) -> &'s str {
        let inner = &self.rest()[open_len..];
        let (len, past) =
            memchr::memmem::find(inner.as_bytes(), end.as_bytes()).map_or((inner.len(), inner.len()), |len| (len, len + end.len()));
        self.at += open_len + past;
        &inner[..len]
    }

    /// Passes over a document type. Its inner part may hold `>` and is passed over whole: nobody's entities are expanded.
    /// A document has one; what looks like another costs no search for its end.
    fn document_type(&mut self) {
        let rest = self.rest();
        let Some(end) = memchr::memchr(b'>', rest.as_bytes()) else {
            self.at = self.source.len();
            return;
        };
        let mut len = end + 1;
        if !std::mem::replace(&mut self.had_document_type, true) && rest[..end].contains('[') {
            let inner = &rest.as_bytes()[..rest.len().min(DOCUMENT_TYPE_LEN_BYTES_MAX)];
            len = memchr::memmem::find(inner, b"]>").map_or(len, |inner_end| inner_end + 2);
        }
        self.at += len;
    }

    fn tag(&mut self) -> Piece<'s> {
        let rest = self.rest();
        let is_end = rest.as_bytes()[1] == b'/';
        let from = 1 + usize::from(is_end);
        let inner = &rest[from..];
        let name_len =
            inner.bytes().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/' | b'<')).unwrap_or(inner.len());
        let name = &inner[..name_len];
        let after = &inner[name_len..];
        let len = tag_len(after);
        let has_end = after.as_bytes().get(len) == Some(&b'>');
        self.at += from + name_len + len + usize::from(has_end);
        let attributes = &after[..len];
        if is_end {
            return Piece::End { name };
        }
        match attributes.strip_suffix('/') {
            Some(attributes) => Piece::Start { name, attributes, is_empty: true },
            None => Piece::Start { name, attributes, is_empty: false },
        }
    }
}

impl<'s> Iterator for Pieces<'s> {
    type Item = Piece<'s>;

    fn next(&mut self) -> Option<Piece<'s>> {
        let rest = self.rest();
        let first = *rest.as_bytes().first()?;
        if first != b'<' || !begins_markup(rest) {
            let mut len = usize::from(first == b'<');
            len += loop {
                match memchr::memchr(b'<', &rest.as_bytes()[len..]) {
                    Some(found) if !begins_markup(&rest[len + found..]) => len += found + 1,
                    Some(found) => break found,
                    None => break rest.len() - len,
                }
            };
            self.at += len;
            return Some(Piece::Text(&rest[..len]));
        }
        if rest.starts_with("<![CDATA[") {
            return Some(Piece::Data(self.until("<![CDATA[".len(), "]]>")));
        }
        if rest.starts_with("<!--") {
            self.until("<!--".len(), "-->");
            return Some(Piece::Aside);
        }
        if rest.starts_with("<?") {
            self.until("<?".len(), ">");
            return Some(Piece::Aside);
        }
        if rest.starts_with("<!") {
            self.document_type();
            return Some(Piece::Aside);
        }
        Some(self.tag())
    }
}

fn begins_markup(rest: &str) -> bool {
    let bytes = rest.as_bytes();
    let is_name = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'_' || 0x80 <= *byte;
    match bytes.get(1) {
        Some(b'!' | b'?') => true,
        Some(b'/') => bytes.get(2).is_some_and(is_name),
        Some(byte) => is_name(byte),
        None => false,
    }
}

/// The length up to the `>` that ends a tag. One inside quotes does not, unless the quotes never end; another `<` outside
/// of quotes shows that the end was forgotten.
fn tag_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'>' | b'<' => return at,
            b'"' | b'\'' if text[..at].trim_end().ends_with('=') => {
                // An attribute over very many bytes is one whose quote was forgotten.
                let limit = bytes.len().min(at + ATTRIBUTE_LEN_BYTES_MAX);
                match bytes[at + 1..limit].iter().position(|other| other == byte) {
                    Some(len) => at += len + 2,
                    None => return text.find('>').unwrap_or(text.len()),
                }
            }
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The attributes of a tag, in order: names as written, values with their references. A value may lack its quotes.
pub(crate) fn attributes(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|letter: char| letter.is_ascii_whitespace() || letter == '/' || letter == '=');
        if rest.is_empty() {
            return None;
        }
        let name_len = rest.find(|letter: char| letter.is_ascii_whitespace() || letter == '=').unwrap_or(rest.len());
        let (name, after) = rest.split_at(name_len);
        let Some(value) = after.trim_start().strip_prefix('=').map(str::trim_start) else {
            rest = after;
            return Some((name, ""));
        };
        let (value, after) = match value.as_bytes().first() {
            Some(quote @ (b'"' | b'\'')) => value[1..].split_once(char::from(*quote)).unwrap_or((&value[1..], "")),
            _ => value.split_at(value.find(|letter: char| letter.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        rest = after;
        Some((name, value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start<'s>(name: &'s str, attributes: &'s str) -> Piece<'s> {
        Piece::Start { name, attributes, is_empty: false }
    }

    fn check(text: &str, expected: &[Piece<'_>]) {
        assert_eq!(Pieces::of(text).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn pieces_are_taken_as_they_stand() {
        check(
            "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a '>'>]><a b='>'>x &amp; <![CDATA[<y>]]></a><!-- <z> --><c/>",
            &[
                Piece::Aside,
                Piece::Aside,
                start("a", " b='>'"),
                Piece::Text("x &amp; "),
                Piece::Data("<y>"),
                Piece::End { name: "a" },
                Piece::Aside,
                Piece::Start { name: "c", attributes: "", is_empty: true },
            ],
        );
    }

    #[test]
    fn what_is_broken_costs_little() {
        check("1 < 2 <3", &[Piece::Text("1 < 2 <3")]);
        check("<a href=\"x><b>y</b>", &[start("a", " href=\"x"), start("b", ""), Piece::Text("y"), Piece::End { name: "b" }]);
        check("<a <b>y", &[start("a", " "), start("b", ""), Piece::Text("y")]);
        check("<![CDATA[never ends", &[Piece::Data("never ends")]);
        check("<a", &[start("a", "")]);
    }

    #[test]
    fn only_one_document_type_costs_a_search_for_its_end() {
        check("<!DOCTYPE a [>]><!b [>]>", &[Piece::Aside, Piece::Aside, Piece::Text("]>")]);
    }

    #[test]
    fn attributes_may_lack_quotes_and_values() {
        let found: Vec<_> = attributes(" a=\"1\" b = '2 3' c=4 d e=\"x").collect();
        assert_eq!(found, [("a", "1"), ("b", "2 3"), ("c", "4"), ("d", ""), ("e", "x")]);
    }
}
