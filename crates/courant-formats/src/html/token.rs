//! Reading markup that is well formed: every element closed where it was opened, every attribute quoted.
//!
//! The sanitiser writes such markup, and most newsrooms send it. [`parse`] builds a small tree from it; in
//! [`Trust::Nobody`] it also insists that an HTML parser would build the same tree, and answers `None` otherwise, so
//! that the costly way through the sanitiser is only taken for what needs it.

use std::borrow::Cow;

/// How deep elements may nest; deeper ones lose their tags and keep their words.
pub(super) const DEPTH_MAX: usize = 100;
/// How many attributes that mean something to us an element of the sanitiser's may have.
const ATTRIBUTES_MAX: usize = 12;
/// How many attributes an element may have before it needs the sanitiser.
const ATTRIBUTES_SEEN_MAX: usize = 32;

/// Who wrote the markup.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// The sanitiser: what it wrote may be taken as it stands.
    Sanitiser,
    /// Anybody: whatever HTML would read differently, or the sanitiser would change, is not accepted.
    Nobody,
}

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

    /// Whether HTML lets this element stand directly in `parent` (`None`: at the top) without moving anything. Only what is
    /// common: tables, definition lists and forms have rules of their own.
    fn may_stand_in(self, parent: Option<Self>, open: &[Element<'_>]) -> bool {
        let is_inside = |tag: Self| open.iter().any(|element| element.tag == tag);
        let is_in_list = matches!(parent, Some(Self::List | Self::NumberedList));
        match self {
            Self::Line => is_in_list,
            Self::Link => !is_in_list && !is_inside(Self::Link),
            Self::Emphasis
            | Self::Strong
            | Self::Break
            | Self::Time
            | Self::Data
            | Self::Decoration
            | Self::Marks
            | Self::Cite
            | Self::Image
            | Self::Picture
            | Self::Source => !is_in_list,
            // Each of these ends a paragraph that is open.
            Self::Paragraph
            | Self::Container
            | Self::Quote
            | Self::Footer
            | Self::List
            | Self::NumberedList
            | Self::Figure
            | Self::FigureCaption
            | Self::Preformatted
            | Self::Rule => !is_in_list && !is_inside(Self::Paragraph),
            Self::Heading => !is_in_list && !is_inside(Self::Paragraph) && !is_inside(Self::Heading),
            Self::Table | Self::TableCaption | Self::TableHead | Self::TableBody | Self::Row | Self::HeadCell | Self::Cell => false,
        }
    }
}

/// Elements that are kept, and that HTML knows nothing of or has rules of their own for.
const ODD: [&str; 16] = [
    "dl",
    "dt",
    "dd",
    "fieldset",
    "legend",
    "form",
    "block",
    "hedline",
    "byline",
    "dateline",
    "lede",
    "media-caption",
    "media-producer",
    "note",
    "hl1",
    "hl2",
];
/// Elements that decorate words and are not kept: only their tags go.
const UNWRAPPED: [&str; 12] = ["code", "kbd", "samp", "var", "del", "ins", "mark", "bdi", "tt", "big", "strike", "font"];

/// What [`parse`] finds.
pub(super) struct Tree<'h> {
    pub(super) nodes: Vec<Node<'h>>,
    /// How many style attributes were left out.
    pub(super) n_styles: usize,
}

/// The tree of well-formed markup; `None` when it is not, or `trust` says that it cannot be taken as it stands.
pub(super) fn parse(html: &str, trust: Trust) -> Option<Tree<'_>> {
    let mut n_styles = 0;
    let strict = trust == Trust::Nobody;
    if strict && html.starts_with('\u{feff}') {
        return None;
    }
    let mut top: Vec<Node<'_>> = Vec::new();
    let mut open: Vec<Element<'_>> = Vec::new();
    // The names of all that is open, and whether each is among the elements that are.
    let mut names: Vec<(&str, bool)> = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let (text, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        if !text.is_empty() {
            let text = decode(text, strict, false)?;
            let only_white = |text: &str| text.bytes().all(|byte| byte.is_ascii_whitespace());
            if strict && open.last().is_some_and(|parent| matches!(parent.tag, Tag::List | Tag::NumberedList)) && !only_white(&text) {
                return None;
            }
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
        } else if strict && after.starts_with("<!--") {
            past_comment(after)?
        } else {
            let (name, attributes, after) = if strict { loose_start_tag(&after[1..], &mut n_styles)? } else { start_tag(&after[1..])? };
            let Some(tag) = Tag::of(name) else {
                if !strict || !UNWRAPPED.contains(&name) || DEPTH_MAX <= names.len() {
                    return None;
                }
                names.push((name, false));
                rest = after;
                continue;
            };
            if strict && (ODD.contains(&name) || !tag.may_stand_in(open.last().map(|element| element.tag), &open)) {
                return None;
            }
            let element = Element { tag, attributes, children: Vec::new() };
            if tag.is_void() {
                children(&mut top, &mut open).push(Node::Element(element));
            } else {
                if strict && DEPTH_MAX <= names.len() {
                    return None;
                }
                let is_kept = names.len() < DEPTH_MAX;
                if is_kept {
                    open.push(element);
                }
                names.push((name, is_kept));
            }
            after
        };
    }
    names.is_empty().then_some(Tree { nodes: top, n_styles })
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

/// As [`start_tag`], of anybody: either quotes, or no value. Only the attributes that the sanitiser keeps are kept; style
/// attributes are counted. What it would report, or might read differently, is not accepted.
fn loose_start_tag<'h>(text: &'h str, n_styles: &mut usize) -> Option<StartTag<'h>> {
    let (name, mut rest) = tag_name(text)?;
    let mut attributes: Vec<(&str, Cow<'_, str>)> = Vec::new();
    for _ in 0..=ATTRIBUTES_SEEN_MAX {
        let trimmed = rest.trim_start_matches([' ', '\n', '\t']);
        if let Some(after) = trimmed.strip_prefix('>') {
            return Some((name, attributes, after));
        }
        if let Some(after) = trimmed.strip_prefix("/>") {
            // HTML ignores the slash, so only an element that is empty anyway may carry it.
            return matches!(name, "br" | "img" | "hr" | "source").then_some((name, attributes, after));
        }
        if trimmed.len() == rest.len() {
            return None;
        }
        let attribute_len =
            trimmed.find(|letter: char| letter.is_ascii_whitespace() || "=>/\"'<".contains(letter)).filter(|len| *len != 0)?;
        let (attribute, after) = trimmed.split_at(attribute_len);
        let (value, after) = match after.as_bytes() {
            [b'=', quote @ (b'"' | b'\''), ..] => after[2..].split_once(char::from(*quote))?,
            [b'=', ..] => return None,
            _ => ("", after),
        };
        rest = after;
        if attribute.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return None;
        }
        match attribute {
            "style" => *n_styles += 1,
            "action" | "formaction" | "xlink:href" | "poster" | "srcdoc" => return None,
            attribute if attribute.starts_with("on") => return None,
            attribute if !is_kept(name, attribute) => {
                // Even where it is not kept, an address that could do harm is reported.
                if matches!(attribute, "href" | "src" | "srcset") && !is_plain_address(value) {
                    return None;
                }
            }
            attribute => {
                let value = decode(value, true, true)?;
                if matches!(attribute, "href" | "src") && !is_plain_address(&value) {
                    return None;
                }
                if attribute == "srcset" && !value.split(',').all(|one| is_plain_address(one.split_whitespace().next().unwrap_or_default()))
                {
                    return None;
                }
                if !attributes.iter().any(|(known, _)| *known == attribute) {
                    attributes.push((attribute, value));
                }
            }
        }
    }
    None
}

fn tag_name(text: &str) -> Option<(&str, &str)> {
    let len = text.find(|letter: char| !(letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-'))?;
    Some(text.split_at(len))
}

/// Whether the sanitiser keeps an attribute of an element.
fn is_kept(name: &str, attribute: &str) -> bool {
    match name {
        "a" => attribute == "href",
        "img" => matches!(attribute, "src" | "alt" | "width" | "height" | "class"),
        "source" => matches!(attribute, "srcset" | "type" | "width" | "height"),
        "time" => attribute == "datetime",
        "data" => matches!(attribute, "value" | "class"),
        "p" | "aside" | "div" | "span" | "small" | "footer" => attribute == "class",
        _ => false,
    }
}

/// What is behind a comment that everybody ends at the same place.
fn past_comment(text: &str) -> Option<&str> {
    let inner = text.strip_prefix("<!--")?;
    let (inner, after) = inner.split_once("-->")?;
    let is_plain = !inner.starts_with(['>', '-']) && !inner.ends_with('-') && !inner.contains("--") && !inner.contains('<');
    is_plain.then_some(after)
}

/// Whether every reader of addresses would agree on this one, and the sanitiser leave it as it is.
fn is_plain_address(href: &str) -> bool {
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

/// The text with its character references replaced. `None` for one that is not among the few everybody reads alike,
/// and, if `strict`, for characters that an HTML parser changes. An ampersand that begins no reference is one.
fn decode(text: &str, strict: bool, in_attribute: bool) -> Option<Cow<'_, str>> {
    if strict && text.bytes().any(|byte| byte == b'\r' || byte == 0) {
        return None;
    }
    if !text.contains('&') {
        return Some(Cow::Borrowed(text));
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        let reference = &rest[at + 1..];
        let name_len = reference.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let is_alone = name_len == 0 && !reference.starts_with('#');
        // In an attribute, `?a=1&b=2` holds no reference (WHATWG, named character reference state).
        if strict && (is_alone || (in_attribute && reference[name_len..].starts_with('='))) {
            decoded.push('&');
            rest = reference;
            continue;
        }
        let end = reference.bytes().take(12).position(|byte| byte == b';')?;
        decoded.push(named(&reference[..end])?);
        rest = &reference[end + 1..];
    }
    decoded.push_str(rest);
    Some(Cow::Owned(decoded))
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
