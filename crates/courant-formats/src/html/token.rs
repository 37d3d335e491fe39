//! Reading markup that is well formed: every element closed where it was opened, every attribute quoted.
//!
//! The sanitiser writes such markup. [`parse`] builds a small tree from it; that of others is built by
//! [`direct`](super::direct).

use std::borrow::Cow;

use markup5ever::data::NAMED_ENTITIES;

/// How deep elements may nest; deeper ones lose their tags and keep their words.
pub(super) const DEPTH_MAX: usize = 100;
/// How many attributes that mean something to us an element of the sanitiser's may have.
const ATTRIBUTES_MAX: usize = 12;
/// The longest name of a character, in bytes.
const NAME_LEN_BYTES_MAX: usize = 32;
/// A part of the tree.
#[derive(Debug, PartialEq)]
pub(super) enum Node<'h> {
    Text(Cow<'h, str>),
    Element(Element<'h>),
}

/// An element with those attributes that mean something to us.
#[derive(Debug, PartialEq)]
pub(super) struct Element<'h> {
    pub(super) tag: Tag,
    pub(super) attributes: Vec<(&'h str, Cow<'h, str>)>,
    pub(super) children: Vec<Node<'h>>,
}

impl Element<'_> {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_ref())
    }

    pub(super) fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|classes| classes.split_ascii_whitespace().any(|known| known == class))
    }
}

/// What an element is to us. Those that only separate or only decorate share a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Paragraph,
    /// Separates blocks and means nothing else: `div`, `section`, `article`.
    Container,
    Heading,
    Quote,
    Footer,
    List,
    NumberedList,
    Line,
    Table,
    TableCaption,
    TableHead,
    TableBody,
    Row,
    HeadCell,
    Cell,
    Figure,
    FigureCaption,
    Preformatted,
    /// A line between blocks; dropped.
    Rule,
    Picture,
    Source,
    Image,
    Link,
    Emphasis,
    Strong,
    Break,
    Time,
    Data,
    Cite,
    Marks,
    /// Decorates words and means nothing else: `span`, `u`, `small`.
    Decoration,
}

/// Every element that is kept, with its kind.
pub(super) const TAGS: [(&str, Tag); 72] = [
    ("p", Tag::Paragraph),
    ("div", Tag::Container),
    ("section", Tag::Container),
    ("article", Tag::Container),
    ("aside", Tag::Container),
    ("header", Tag::Container),
    ("main", Tag::Container),
    ("nav", Tag::Container),
    ("address", Tag::Container),
    ("center", Tag::Container),
    ("details", Tag::Container),
    ("summary", Tag::Container),
    ("dl", Tag::Container),
    ("dt", Tag::Container),
    ("dd", Tag::Container),
    ("fieldset", Tag::Container),
    ("legend", Tag::Container),
    ("form", Tag::Container),
    // NITF
    ("block", Tag::Container),
    ("hedline", Tag::Container),
    ("byline", Tag::Container),
    ("dateline", Tag::Container),
    ("lede", Tag::Container),
    ("media-caption", Tag::Container),
    ("media-producer", Tag::Container),
    ("note", Tag::Container),
    ("hl1", Tag::Heading),
    ("hl2", Tag::Heading),
    ("h1", Tag::Heading),
    ("h2", Tag::Heading),
    ("h3", Tag::Heading),
    ("h4", Tag::Heading),
    ("h5", Tag::Heading),
    ("h6", Tag::Heading),
    ("blockquote", Tag::Quote),
    ("footer", Tag::Footer),
    ("ul", Tag::List),
    ("ol", Tag::NumberedList),
    ("li", Tag::Line),
    ("table", Tag::Table),
    ("caption", Tag::TableCaption),
    ("thead", Tag::TableHead),
    ("tbody", Tag::TableBody),
    ("tfoot", Tag::TableBody),
    ("tr", Tag::Row),
    ("th", Tag::HeadCell),
    ("td", Tag::Cell),
    ("figure", Tag::Figure),
    ("figcaption", Tag::FigureCaption),
    ("pre", Tag::Preformatted),
    ("hr", Tag::Rule),
    ("picture", Tag::Picture),
    ("source", Tag::Source),
    ("img", Tag::Image),
    ("a", Tag::Link),
    ("em", Tag::Emphasis),
    ("i", Tag::Emphasis),
    ("dfn", Tag::Emphasis),
    ("strong", Tag::Strong),
    ("b", Tag::Strong),
    ("br", Tag::Break),
    ("time", Tag::Time),
    ("data", Tag::Data),
    ("cite", Tag::Cite),
    ("q", Tag::Marks),
    ("span", Tag::Decoration),
    ("u", Tag::Decoration),
    ("s", Tag::Decoration),
    ("small", Tag::Decoration),
    ("sub", Tag::Decoration),
    ("sup", Tag::Decoration),
    ("abbr", Tag::Decoration),
];

impl Tag {
    fn of(name: &str) -> Option<Self> {
        match name {
            "p" => Some(Self::Paragraph),
            _ => TAGS.iter().find(|(known, _)| *known == name).map(|(_, tag)| *tag),
        }
    }

    fn is_void(self) -> bool {
        matches!(self, Self::Break | Self::Rule | Self::Image | Self::Source)
    }

    /// Whether it stands inside a paragraph.
    pub(super) fn is_inline(self) -> bool {
        matches!(
            self,
            Self::Link
                | Self::Emphasis
                | Self::Strong
                | Self::Break
                | Self::Time
                | Self::Data
                | Self::Cite
                | Self::Marks
                | Self::Decoration
                | Self::Image
                | Self::Picture
                | Self::Source
        )
    }
}

/// The tree of what the sanitiser wrote; `None` when it is not well formed.
pub(super) fn parse(html: &str) -> Option<Vec<Node<'_>>> {
    let mut top: Vec<Node<'_>> = Vec::new();
    let mut open: Vec<Element<'_>> = Vec::new();
    // The names of all that is open, and whether each is among the elements that are.
    let mut names: Vec<(&str, bool)> = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let (text, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        if !text.is_empty() {
            let text = decode(text, false, false)?;
            children(&mut top, &mut open).push(Node::Text(text));
        }
        if after.is_empty() {
            break;
        }
        rest = if let Some(after) = after.strip_prefix("</") {
            let (name, after) = after.split_once('>')?;
            let (begun, is_kept) = names.pop()?;
            if begun != name {
                return None;
            }
            if is_kept {
                let element = open.pop()?;
                children(&mut top, &mut open).push(Node::Element(element));
            }
            after
        } else {
            let (name, attributes, after) = start_tag(&after[1..])?;
            let tag = Tag::of(name)?;
            let element = Element { tag, attributes, children: Vec::new() };
            if tag.is_void() {
                children(&mut top, &mut open).push(Node::Element(element));
            } else {
                let is_kept = names.len() < DEPTH_MAX;
                if is_kept {
                    open.push(element);
                }
                names.push((name, is_kept));
            }
            after
        };
    }
    names.is_empty().then_some(top)
}

fn children<'t, 'h>(top: &'t mut Vec<Node<'h>>, open: &'t mut [Element<'h>]) -> &'t mut Vec<Node<'h>> {
    open.last_mut().map_or(top, |element| &mut element.children)
}

type StartTag<'h> = (&'h str, Vec<(&'h str, Cow<'h, str>)>, &'h str);

/// Reads `name attribute="value">…`, as the sanitiser writes it, and answers with the rest after it.
fn start_tag(text: &str) -> Option<StartTag<'_>> {
    let (name, mut rest) = tag_name(text)?;
    let mut attributes: Vec<(&str, Cow<'_, str>)> = Vec::new();
    loop {
        let trimmed = rest.trim_start_matches([' ', '\n', '\t']);
        if let Some(after) = trimmed.strip_prefix('>') {
            return Some((name, attributes, after));
        }
        if trimmed.len() == rest.len() || ATTRIBUTES_MAX <= attributes.len() {
            return None;
        }
        let (attribute, after) = trimmed.split_once('=')?;
        let is_plain = !attribute.is_empty() && attribute.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        if !is_plain || attributes.iter().any(|(known, _)| *known == attribute) {
            return None;
        }
        let (value, after) = after.strip_prefix('"')?.split_once('"')?;
        attributes.push((attribute, decode(value, false, true)?));
        rest = after;
    }
}

fn tag_name(text: &str) -> Option<(&str, &str)> {
    let len = text.find(|letter: char| !(letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-'))?;
    Some(text.split_at(len))
}

/// What is behind a comment that everybody ends at the same place.
pub(super) fn past_comment(text: &str) -> Option<&str> {
    let inner = text.strip_prefix("<!--")?;
    let (inner, after) = inner.split_once("-->")?;
    let is_plain = !inner.starts_with(['>', '-']) && !inner.ends_with('-') && !inner.contains("--") && !inner.contains('<');
    is_plain.then_some(after)
}

/// Whether every reader of addresses would agree on this one, and the sanitiser leave it as it is.
pub(super) fn is_plain_address(href: &str) -> bool {
    let is_tail = |text: &str| !text.bytes().any(|byte| byte <= b' ' || matches!(byte, b'\\' | b'"' | b'<' | b'>' | b'`' | 0x7f));
    let Some(after) = href.strip_prefix("https://").or_else(|| href.strip_prefix("http://")) else {
        // A path, a query or a fragment; without a colon it has no scheme.
        let is_relative = href.as_bytes().first().is_some_and(|byte| byte.is_ascii_alphanumeric() || b"/#?._-".contains(byte));
        return is_relative && !href.starts_with("//") && !href.contains(':') && is_tail(href);
    };
    let (host, path) = after.split_at(after.find(['/', '?', '#']).unwrap_or(after.len()));
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_host = host.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'.')
        && host.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric)
        // Numbers are an address of four bytes, and `xn--` is another spelling.
        && last.as_bytes().first().is_some_and(u8::is_ascii_lowercase)
        && !host.contains("xn--")
        && !host.contains("..");
    is_host && is_tail(path)
}

/// Whether an address is whole and written as joining it to any base would write it.
pub(super) fn is_as_joined(href: &str) -> bool {
    let Some(after) = href.strip_prefix("https://").or_else(|| href.strip_prefix("http://")) else { return false };
    let Some(host_len) = memchr::memchr(b'/', after.as_bytes()) else { return false };
    let tail = &after[host_len..];
    // What a segment of dots is, percent signs can hide.
    let is_kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&()*+,;=:@/?#".contains(&byte);
    tail.bytes().all(is_kept) && !tail.contains("/.") && is_plain_address(href)
}

/// The text with its character references replaced. `None` for one that is not among those everybody reads alike, and, if
/// `strict`, for characters that an HTML parser changes. In what is not the sanitiser's (`strict`), references are read as
/// HTML does: the longest name counts, and what is no name is words.
pub(super) fn decode(text: &str, strict: bool, in_attribute: bool) -> Option<Cow<'_, str>> {
    if strict && memchr::memchr2(0, b'\r', text.as_bytes()).is_some() {
        return None;
    }
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else { return Some(Cow::Borrowed(text)) };
    let mut decoded = String::with_capacity(text.len());
    decoded.push_str(&text[..first]);
    let mut rest = &text[first..];
    loop {
        let reference = &rest[1..];
        rest = match reference.as_bytes().first() {
            Some(byte) if byte.is_ascii_alphabetic() && strict => push_named(reference, in_attribute, &mut decoded),
            // A sign that begins no reference is one.
            Some(byte) if strict && *byte != b'#' => {
                decoded.push('&');
                reference
            }
            None if strict => {
                decoded.push('&');
                reference
            }
            _ => {
                let end = reference.bytes().take(12).position(|byte| byte == b';')?;
                decoded.push(named(&reference[..end])?);
                &reference[end + 1..]
            }
        };
        let Some(at) = memchr::memchr(b'&', rest.as_bytes()) else { break };
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
    }
    decoded.push_str(rest);
    Some(Cow::Owned(decoded))
}

/// Appends the letters of the name that `reference` begins with, and answers with what is behind it (WHATWG, named character
/// reference state).
fn push_named<'r>(reference: &'r str, in_attribute: bool, decoded: &mut String) -> &'r str {
    let bytes = reference.as_bytes();
    let name_len = bytes.iter().take(NAME_LEN_BYTES_MAX).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let letters = |name: &str| NAMED_ENTITIES.get(name).filter(|(first, _)| *first != 0);
    let ended = (bytes.get(name_len) == Some(&b';')).then(|| letters(&reference[..=name_len])).flatten();
    let found = ended.map(|found| (found, name_len + 1)).or_else(|| {
        // Old names count without their end too.
        let found = (2..=name_len).rev().find_map(|len| Some((letters(&reference[..len])?, len)))?;
        let is_held_apart = !bytes.get(found.1).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'=');
        (!in_attribute || is_held_apart).then_some(found)
    });
    let Some(((first, second), len)) = found else {
        decoded.push('&');
        return reference;
    };
    decoded.extend([*first, *second].into_iter().filter(|number| *number != 0).filter_map(char::from_u32));
    &reference[len..]
}

/// The character that a reference such as `amp` or `#8217` stands for.
pub(crate) fn named(reference: &str) -> Option<char> {
    if let Some(number) = reference.strip_prefix('#') {
        let code = match number.strip_prefix('x') {
            Some(hex) if !hex.starts_with('+') => u32::from_str_radix(hex, 16).ok()?,
            None if number.bytes().all(|byte| byte.is_ascii_digit()) => number.parse().ok()?,
            _ => return None,
        };
        // Below: controls and Windows-1252 numbers, which HTML reads in ways of its own.
        return char::from_u32(code).filter(|_| code == 0x09 || code == 0x0a || (0x20..0x7f).contains(&code) || 0xa0 <= code);
    }
    if let Some((_, letter)) = NAMED.iter().find(|(name, _)| *name == reference) {
        return Some(*letter);
    }
    let at = LATIN_1.split_ascii_whitespace().position(|name| name == reference)?;
    char::from_u32(0xa0 + u32::try_from(at).ok()?)
}

/// The names of the letters from U+00A0 to U+00FF, in order.
const LATIN_1: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy \
    reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo \
    frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute \
    Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times \
    Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring \
    aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute \
    ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

const NAMED: [(&str, char); 24] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("hellip", '…'),
    ("euro", '€'),
    ("bull", '•'),
    ("trade", '™'),
    ("minus", '−'),
    ("sbquo", '‚'),
    ("bdquo", '„'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("oelig", 'œ'),
    ("OElig", 'Œ'),
    ("scaron", 'š'),
    ("Scaron", 'Š'),
];
