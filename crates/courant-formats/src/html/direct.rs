//! Markup read straight into the tree, wherever it is sure what an HTML parser would make of it.
//!
//! Feeds and agencies write markup that is nearly well formed: a `</p>` too many, a line of a list that is not closed, a
//! script, a frame. [`read`] knows what the HTML standard says of those ("in body", "in table" and the rest of section 13.2.6)
//! and takes away what the sanitiser would. Where the standard would move or repeat elements (marks that overlap, words
//! between the cells of a table) it answers `None`, and the sanitiser reads the markup: a property test holds both ways
//! equal. Nothing that is read here is kept as markup, so what is allowed is what [`Tag`] can say.

use std::borrow::Cow;

use memchr::memchr;
use url::Url;

use super::Cleaned;
use super::sanitise::{bad_scheme, report};
use super::token::{DEPTH_MAX, Element, Node, Tag, decode, is_plain_address, past_comment};

/// How many attributes an element may have before it needs the sanitiser.
const ATTRIBUTES_SEEN_MAX: usize = 48;

/// What [`read`] finds.
pub(super) struct Direct<'h> {
    pub(super) nodes: Vec<Node<'h>>,
    /// What was taken away.
    pub(super) cleaned: Vec<Cleaned>,
}

/// How the HTML standard treats an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// Ends a paragraph that is open.
    Block,
    /// As a block; there is one at a time.
    Form,
    /// As a block; a line end behind its tag is none.
    Preformatted,
    Heading,
    Paragraph,
    Line,
    /// `dt` and `dd`.
    Term,
    /// Marks that the standard opens again where they overlap.
    Formatting,
    /// Any other element.
    Ordinary,
    Void,
    /// A void element that ends a paragraph.
    Divider,
    Table,
    Caption,
    Columns,
    Column,
    Body,
    Row,
    Cell,
    /// Its content is text up to its end tag. Taken away.
    Raw,
    /// Another language. Taken away.
    Foreign,
    /// Film and sound with what stands in for them. Taken away.
    Media,
}

impl Rule {
    /// Whether elements inside do not see those around it.
    fn is_boundary(self) -> bool {
        matches!(self, Self::Table | Self::Caption | Self::Cell)
    }

    /// Whether words directly inside would be moved in front of the table.
    fn is_of_table(self) -> bool {
        matches!(self, Self::Table | Self::Columns | Self::Body | Self::Row)
    }

    /// What the standard calls special, as far as it is ever open here.
    fn is_special(self) -> bool {
        !matches!(self, Self::Formatting | Self::Ordinary)
    }
}

/// The rule for a name in small letters, and what it is to us. `None` for those with rules that are not known here.
fn known(name: &str) -> Option<(Rule, Option<Tag>)> {
    Some(match name {
        "p" => (Rule::Paragraph, Some(Tag::Paragraph)),
        "a" => (Rule::Formatting, Some(Tag::Link)),
        "br" => (Rule::Void, Some(Tag::Break)),
        "img" => (Rule::Void, Some(Tag::Image)),
        "em" | "i" => (Rule::Formatting, Some(Tag::Emphasis)),
        "strong" | "b" => (Rule::Formatting, Some(Tag::Strong)),
        "span" | "sub" | "sup" | "abbr" => (Rule::Ordinary, Some(Tag::Decoration)),
        "u" | "s" | "small" => (Rule::Formatting, Some(Tag::Decoration)),
        "li" => (Rule::Line, Some(Tag::Line)),
        "ul" => (Rule::Block, Some(Tag::List)),
        "ol" => (Rule::Block, Some(Tag::NumberedList)),
        "div" | "section" | "article" | "aside" | "header" | "main" | "nav" | "address" | "center" | "details" | "summary" | "dl"
        | "fieldset" => (Rule::Block, Some(Tag::Container)),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => (Rule::Heading, Some(Tag::Heading)),
        "blockquote" => (Rule::Block, Some(Tag::Quote)),
        "figure" => (Rule::Block, Some(Tag::Figure)),
        "figcaption" => (Rule::Block, Some(Tag::FigureCaption)),
        "footer" => (Rule::Block, Some(Tag::Footer)),
        "pre" => (Rule::Preformatted, Some(Tag::Preformatted)),
        "form" => (Rule::Form, Some(Tag::Container)),
        "dt" | "dd" => (Rule::Term, Some(Tag::Container)),
        "legend" => (Rule::Ordinary, Some(Tag::Container)),
        "hr" => (Rule::Divider, Some(Tag::Rule)),
        "source" => (Rule::Void, Some(Tag::Source)),
        "picture" => (Rule::Ordinary, Some(Tag::Picture)),
        "dfn" => (Rule::Ordinary, Some(Tag::Emphasis)),
        "time" => (Rule::Ordinary, Some(Tag::Time)),
        "data" => (Rule::Ordinary, Some(Tag::Data)),
        "cite" => (Rule::Ordinary, Some(Tag::Cite)),
        "q" => (Rule::Ordinary, Some(Tag::Marks)),
        "table" => (Rule::Table, Some(Tag::Table)),
        "caption" => (Rule::Caption, Some(Tag::TableCaption)),
        "thead" => (Rule::Body, Some(Tag::TableHead)),
        "tbody" | "tfoot" => (Rule::Body, Some(Tag::TableBody)),
        "tr" => (Rule::Row, Some(Tag::Row)),
        "th" => (Rule::Cell, Some(Tag::HeadCell)),
        "td" => (Rule::Cell, Some(Tag::Cell)),
        "colgroup" => (Rule::Columns, None),
        "col" => (Rule::Column, None),
        "code" | "font" | "tt" | "big" | "strike" => (Rule::Formatting, None),
        "wbr" | "area" | "input" | "link" | "meta" | "base" | "embed" | "param" | "track" => (Rule::Void, None),
        "script" | "style" | "iframe" | "noscript" | "title" | "textarea" | "noframes" | "noembed" => (Rule::Raw, None),
        "svg" | "math" => (Rule::Foreign, None),
        "video" | "audio" => (Rule::Media, None),
        // Of NITF: to HTML they are any element, to us they stand apart from the line.
        "block" | "hedline" | "byline" | "dateline" | "lede" | "media-caption" | "media-producer" | "note" | "hl1" | "hl2" => return None,
        // Elements with rules that are not known here, or that are taken away with what they hold.
        "body" | "html" | "head" | "frame" | "frameset" | "template" | "select" | "option" | "optgroup" | "button" | "object"
        | "applet" | "marquee" | "canvas" | "ruby" | "rb" | "rt" | "rtc" | "rp" | "nobr" | "plaintext" | "xmp" | "listing" | "image"
        | "keygen" | "basefont" | "bgsound" | "dialog" | "dir" | "hgroup" | "menu" | "search" | "selectedcontent" => return None,
        _ => (Rule::Ordinary, None),
    })
}

/// Elements that are reported when they are taken away or unwrapped.
fn is_reported(rule: Rule, name: &str) -> bool {
    matches!(rule, Rule::Raw | Rule::Foreign | Rule::Media | Rule::Form) || matches!(name, "embed" | "input" | "link" | "meta" | "base")
}

/// The attribute that is kept of an element.
fn kept_attribute(tag: Tag, name: &str, attribute: &str) -> Option<&'static str> {
    let of = |known: &[&'static str]| known.iter().find(|known| **known == attribute).copied();
    match tag {
        Tag::Link => of(&["href"]),
        Tag::Image => of(&["src", "alt", "width", "height", "class"]),
        Tag::Source => of(&["srcset", "type", "width", "height"]),
        Tag::Time => of(&["datetime"]),
        Tag::Data => of(&["value", "class"]),
        Tag::Paragraph | Tag::Footer => of(&["class"]),
        Tag::Container if matches!(name, "aside" | "div") => of(&["class"]),
        Tag::Decoration if matches!(name, "span" | "small") => of(&["class"]),
        _ => None,
    }
}

/// An element that is open.
#[derive(Clone, Copy)]
struct Open<'h> {
    name: &'h str,
    rule: Rule,
    /// Whether it is among the elements that are kept.
    is_kept: bool,
}

/// A start tag with what is kept of it.
struct Start<'h> {
    name: &'h str,
    rule: Rule,
    tag: Option<Tag>,
    attributes: Vec<(&'h str, Cow<'h, str>)>,
}

struct Reader<'h> {
    top: Vec<Node<'h>>,
    elements: Vec<Element<'h>>,
    open: Vec<Open<'h>>,
    cleaned: Vec<Cleaned>,
}

/// The tree of some markup; `None` when only an HTML parser can tell.
pub(super) fn read(html: &str) -> Option<Direct<'_>> {
    if html.starts_with('\u{feff}') {
        return None;
    }
    let mut reader = Reader { top: Vec::new(), elements: Vec::new(), open: Vec::new(), cleaned: Vec::new() };
    let mut rest = html;
    while !rest.is_empty() {
        let Some(text_len) = memchr(b'<', rest.as_bytes()) else {
            reader.text(rest)?;
            break;
        };
        if text_len != 0 {
            reader.text(&rest[..text_len])?;
        }
        let after = &rest[text_len + 1..];
        rest = match after.as_bytes().first() {
            Some(b'/') => reader.end_tag(&after[1..])?,
            Some(b'!') => past_comment(&rest[text_len..])?,
            Some(b'?') => return None,
            Some(byte) if byte.is_ascii_alphabetic() => reader.start_tag(after)?,
            // A sign that begins nothing is a word.
            Some(_) | None => {
                reader.text("<")?;
                after
            }
        };
    }
    reader.pop_to(0);
    Some(Direct { nodes: reader.top, cleaned: reader.cleaned })
}

impl<'h> Reader<'h> {
    fn current(&self) -> Option<Open<'h>> {
        self.open.last().copied()
    }

    fn is_in_table(&self) -> bool {
        self.current().is_some_and(|open| open.rule.is_of_table())
    }

    fn push_node(&mut self, node: Node<'h>) {
        let siblings = self.elements.last_mut().map_or(&mut self.top, |element| &mut element.children);
        // Where nothing is kept between two texts, they are one.
        if let (Node::Text(more), Some(Node::Text(text))) = (&node, siblings.last_mut()) {
            text.to_mut().push_str(more);
            return;
        }
        siblings.push(node);
    }

    fn text(&mut self, text: &'h str) -> Option<()> {
        if self.is_in_table() {
            // Words between cells would be moved; white space means nothing there.
            return text.bytes().all(|byte| byte.is_ascii_whitespace()).then_some(());
        }
        let text = decode(text, true, false)?;
        self.push_node(Node::Text(text));
        Some(())
    }

    /// Closes everything from the `len`th open element on.
    fn pop_to(&mut self, len: usize) {
        while len < self.open.len() {
            if self.open.pop().is_some_and(|open| open.is_kept)
                && let Some(element) = self.elements.pop()
            {
                self.push_node(Node::Element(element));
            }
        }
    }

    /// Closes an open element with all inside it. `None` when marks among those would be opened again behind it.
    fn close(&mut self, open_idx: usize) -> Option<()> {
        if self.open[open_idx + 1..].iter().any(|open| open.rule == Rule::Formatting) {
            return None;
        }
        self.pop_to(open_idx);
        Some(())
    }

    /// The innermost open element that `is_it`, if none before it `ends` the search.
    fn find(&self, is_it: impl Fn(Open<'h>) -> bool, ends: impl Fn(Open<'h>) -> bool) -> Option<usize> {
        for (open_idx, open) in self.open.iter().enumerate().rev() {
            if is_it(*open) {
                return Some(open_idx);
            }
            if ends(*open) {
                return None;
            }
        }
        None
    }

    fn close_paragraph(&mut self) -> Option<()> {
        match self.find(|open| open.rule == Rule::Paragraph, |open| open.rule.is_boundary()) {
            Some(open_idx) => self.close(open_idx),
            None => Some(()),
        }
    }

    fn push(&mut self, start: Start<'h>) -> Option<()> {
        if DEPTH_MAX <= self.open.len() {
            return None;
        }
        self.open.push(Open { name: start.name, rule: start.rule, is_kept: start.tag.is_some() });
        if let Some(tag) = start.tag {
            self.elements.push(Element { tag, attributes: start.attributes, children: Vec::new() });
        }
        Some(())
    }

    fn push_leaf(&mut self, start: Start<'h>) {
        if let Some(tag) = start.tag {
            self.push_node(Node::Element(Element { tag, attributes: start.attributes, children: Vec::new() }));
        }
    }

    /// Reads a start tag behind its `<`, with what belongs to it. Answers with the rest.
    fn start_tag(&mut self, text: &'h str) -> Option<&'h str> {
        let (name, after) = tag_name(text)?;
        let (rule, tag) = known(name)?;
        if is_reported(rule, name) {
            report(&mut self.cleaned, &format!("<{name}>"));
        }
        let (attributes, mut rest) = attributes(name, tag, after, &mut self.cleaned)?;
        let start = Start { name, rule, tag, attributes };
        let is_in_table = self.is_in_table();
        match rule {
            Rule::Table | Rule::Caption | Rule::Columns | Rule::Column | Rule::Body | Rule::Row | Rule::Cell => {
                self.start_of_table(start)?;
            }
            Rule::Raw => {
                if is_in_table && !matches!(name, "script" | "style") {
                    return None;
                }
                rest = past_raw(name, rest)?;
            }
            _ if is_in_table => return None,
            Rule::Block => {
                self.close_paragraph()?;
                self.push(start)?;
            }
            Rule::Form => {
                if self.open.iter().any(|open| open.rule == Rule::Form) {
                    return None;
                }
                self.close_paragraph()?;
                self.push(start)?;
            }
            Rule::Preformatted => {
                self.close_paragraph()?;
                self.push(start)?;
                rest = rest.strip_prefix('\n').unwrap_or(rest);
            }
            Rule::Paragraph => {
                self.close_paragraph()?;
                self.push(start)?;
            }
            Rule::Heading => {
                self.close_paragraph()?;
                if self.current().is_some_and(|open| open.rule == Rule::Heading) {
                    self.pop_to(self.open.len() - 1);
                }
                self.push(start)?;
            }
            Rule::Line | Rule::Term => {
                let ends =
                    |open: Open<'_>| open.rule.is_special() && open.rule != Rule::Paragraph && !matches!(open.name, "address" | "div");
                if let Some(open_idx) = self.find(|open| open.rule == rule, ends) {
                    self.close(open_idx)?;
                }
                self.close_paragraph()?;
                self.push(start)?;
            }
            Rule::Formatting => {
                if name == "a" && self.open.iter().any(|open| open.name == "a") {
                    return None;
                }
                self.push(start)?;
            }
            Rule::Ordinary => self.push(start)?,
            Rule::Void => self.push_leaf(start),
            Rule::Divider => {
                self.close_paragraph()?;
                self.push_leaf(start);
            }
            Rule::Foreign => rest = past_foreign(name, rest)?,
            Rule::Media => rest = self.past_media(name, rest)?,
        }
        Some(rest)
    }

    /// A part of a table. What it ends is closed, what it lacks is opened.
    fn start_of_table(&mut self, start: Start<'h>) -> Option<()> {
        if start.rule == Rule::Table {
            if self.is_in_table() {
                return None;
            }
            self.close_paragraph()?;
            return self.push(start);
        }
        let around = self.find(|open| open.rule.is_of_table() || open.rule.is_boundary(), |_| false)?;
        // A cell, a caption or columns end with the next part, and marks inside do not go on behind them.
        let may_hold = |holder: Rule| match start.rule {
            Rule::Cell => matches!(holder, Rule::Row | Rule::Body | Rule::Table),
            Rule::Row => matches!(holder, Rule::Body | Rule::Table),
            Rule::Column => matches!(holder, Rule::Columns | Rule::Table),
            _ => holder == Rule::Table,
        };
        let mut holder_idx = around;
        while !may_hold(self.open[holder_idx].rule) {
            if matches!(self.open[holder_idx].rule, Rule::Table) {
                return None;
            }
            holder_idx = holder_idx.checked_sub(1)?;
        }
        let holder = self.open[holder_idx].rule;
        self.pop_to(holder_idx + 1);
        if start.rule == Rule::Column {
            return Some(());
        }
        if start.rule == Rule::Cell && holder != Rule::Row {
            self.push(Start { name: "tr", rule: Rule::Row, tag: Some(Tag::Row), attributes: Vec::new() })?;
        }
        self.push(start)
    }

    /// Reads an end tag behind its `</`. Answers with the rest.
    fn end_tag(&mut self, text: &'h str) -> Option<&'h str> {
        let (name, after) = tag_name(text)?;
        let len = memchr(b'>', after.as_bytes())?;
        if !after[..len].bytes().all(|byte| byte.is_ascii_whitespace()) {
            return None;
        }
        let rest = &after[len + 1..];
        let (rule, _) = known(name)?;
        if let Rule::Table | Rule::Caption | Rule::Columns | Rule::Body | Rule::Row | Rule::Cell = rule {
            self.end_of_table(name, rule)?;
            return Some(rest);
        }
        if self.is_in_table() {
            return None;
        }
        let is_it = |open: Open<'_>| open.name == name;
        let in_scope = |open: Open<'_>| open.rule.is_boundary();
        let found = match rule {
            Rule::Block | Rule::Preformatted | Rule::Term => self.find(is_it, in_scope),
            Rule::Form => {
                let found = self.find(is_it, in_scope);
                // It may be taken out from between others.
                if found.is_some_and(|found| found + 1 != self.open.len()) {
                    return None;
                }
                found
            }
            Rule::Heading => self.find(|open| open.rule == Rule::Heading, in_scope),
            Rule::Line => self.find(is_it, |open| in_scope(open) || matches!(open.name, "ul" | "ol")),
            Rule::Paragraph => {
                let found = self.find(is_it, in_scope);
                if found.is_none() {
                    self.push_node(Node::Element(Element { tag: Tag::Paragraph, attributes: Vec::new(), children: Vec::new() }));
                }
                found
            }
            Rule::Formatting => {
                let found = self.find(is_it, in_scope);
                if found.is_some_and(|found| self.open[found + 1..].iter().any(|open| open.rule.is_special())) {
                    return None;
                }
                found
            }
            Rule::Ordinary => self.find(is_it, |open| open.rule.is_special()),
            Rule::Void if name == "br" => {
                self.push_node(Node::Element(Element { tag: Tag::Break, attributes: Vec::new(), children: Vec::new() }));
                None
            }
            Rule::Void | Rule::Divider | Rule::Raw | Rule::Foreign | Rule::Media => None,
            Rule::Table | Rule::Caption | Rule::Columns | Rule::Column | Rule::Body | Rule::Row | Rule::Cell => return None,
        };
        // What was never open ends nothing.
        if let Some(open_idx) = found {
            self.close(open_idx)?;
        }
        Some(rest)
    }

    /// Ends a part of a table with all inside it.
    fn end_of_table(&mut self, name: &str, rule: Rule) -> Option<()> {
        let is_part = |open: Open<'_>| open.rule.is_of_table() || open.rule.is_boundary();
        let Some(mut open_idx) = self.find(is_part, |_| false) else {
            // Outside of a table it is nothing.
            return Some(());
        };
        loop {
            let open = self.open[open_idx];
            if open.rule == rule {
                // One part's end for another's is passed over in some places and not in others.
                return (open.name == name).then(|| self.pop_to(open_idx));
            }
            if open.rule == Rule::Table || (open.rule == Rule::Caption && rule != Rule::Table) {
                return None;
            }
            open_idx = open_idx.checked_sub(1)?;
        }
    }

    /// What is behind a film or a sound: only what is harmless may stand in for it.
    fn past_media(&mut self, name: &'h str, html: &'h str) -> Option<&'h str> {
        let mut names = vec![name];
        let mut rest = html;
        loop {
            let after = &rest[memchr(b'<', rest.as_bytes())? + 1..];
            if let Some(after) = after.strip_prefix('/') {
                let (name, after) = tag_name(after)?;
                if names.pop() != Some(name) {
                    return None;
                }
                rest = after.strip_prefix('>')?;
                if names.is_empty() {
                    return Some(rest);
                }
                continue;
            }
            let (name, after) = tag_name(after)?;
            let is_void = matches!(name, "source" | "track" | "img" | "br" | "wbr" | "param");
            if !is_void && (!matches!(name, "a" | "em" | "strong" | "b" | "i" | "span") || DEPTH_MAX <= names.len()) {
                return None;
            }
            if name == "a" && (names.contains(&"a") || self.open.iter().any(|open| open.name == "a")) {
                return None;
            }
            (_, rest) = attributes(name, None, after, &mut self.cleaned)?;
            if !is_void {
                names.push(name);
            }
        }
    }
}

/// The name of a tag, in small letters, and what is behind it.
fn tag_name(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    if !bytes.first()?.is_ascii_alphabetic() {
        return None;
    }
    let len = bytes.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))?;
    let (name, after) = text.split_at(len);
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b':' | b'_');
    if name.bytes().all(is_name) {
        return Some((name, after));
    }
    // People who write in capitals write few elements.
    let lowered = *UPPER.iter().find(|known| known.eq_ignore_ascii_case(name))?;
    Some((lowered, after))
}

/// The elements that are known in capitals.
const UPPER: [&str; 28] = [
    "p",
    "a",
    "br",
    "b",
    "i",
    "em",
    "strong",
    "u",
    "img",
    "div",
    "span",
    "font",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "tbody",
    "blockquote",
    "center",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
    "small",
];

type Attributes<'h> = Vec<(&'h str, Cow<'h, str>)>;

/// The attributes of a start tag that are kept, and what is behind its end. What is taken away with a meaning of its own is
/// reported as the survey before the sanitiser does.
fn attributes<'h>(name: &str, tag: Option<Tag>, text: &'h str, cleaned: &mut Vec<Cleaned>) -> Option<(Attributes<'h>, &'h str)> {
    let mut kept: Attributes<'h> = Vec::new();
    // Of those dropped that could come again.
    let mut is_dropped = false;
    let mut rest = text;
    for _ in 0..ATTRIBUTES_SEEN_MAX {
        rest = rest.trim_start_matches(|letter: char| letter.is_ascii_whitespace() || letter == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return Some((kept, after));
        }
        let (attribute, value, after) = attribute(rest)?;
        rest = after;
        let lowered;
        let attribute = if attribute.bytes().any(|byte| byte.is_ascii_uppercase()) {
            lowered = attribute.to_ascii_lowercase();
            lowered.as_str()
        } else {
            attribute
        };
        if attribute.len() > 2 && attribute.starts_with("on") {
            report(cleaned, &format!("the handler {attribute} of <{name}>"));
        } else if attribute == "style" {
            report(cleaned, "style attributes");
        }
        let kept_as = tag.and_then(|tag| kept_attribute(tag, name, attribute));
        let is_address = matches!(attribute, "href" | "src" | "action" | "formaction" | "xlink:href" | "srcset" | "poster");
        if is_address
            && !is_plain_address(value)
            && let Some(scheme) = bad_scheme(value)
        {
            report(cleaned, &format!("a {scheme}: address of <{name}>"));
        }
        let Some(kept_as) = kept_as else { continue };
        // Of two the first counts, even if it is not kept.
        if kept.iter().any(|(known, _)| *known == kept_as) || (is_dropped && matches!(kept_as, "href" | "src")) {
            continue;
        }
        let value = decode(value, true, true)?;
        if matches!(kept_as, "href" | "src") && !is_plain_address(&value) && !is_harmless(&value) {
            is_dropped = true;
            continue;
        }
        kept.push((kept_as, value));
    }
    None
}

/// Whether the sanitiser would keep an address.
fn is_harmless(address: &str) -> bool {
    match Url::parse(address) {
        Ok(url) => matches!(url.scheme(), "http" | "https" | "mailto"),
        Err(error) => error == url::ParseError::RelativeUrlWithoutBase,
    }
}

/// One attribute: its name, its value as it stands, and what is behind it.
fn attribute(text: &str) -> Option<(&str, &str, &str)> {
    let bytes = text.as_bytes();
    // An equals sign that comes first is part of the name.
    let len = bytes.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'>' | b'/')).filter(|len| *len != 0)?;
    let (name, after) = text.split_at(len);
    if name.bytes().any(|byte| byte == 0) {
        return None;
    }
    let white = |letter: char| letter.is_ascii_whitespace();
    let Some(value) = after.trim_start_matches(white).strip_prefix('=') else { return Some((name, "", after)) };
    let value = value.trim_start_matches(white);
    match value.as_bytes().first()? {
        quote @ (b'"' | b'\'') => {
            let len = memchr(*quote, &value.as_bytes()[1..])?;
            Some((name, &value[1..=len], &value[len + 2..]))
        }
        _ => {
            let len = value.bytes().position(|byte| byte.is_ascii_whitespace() || byte == b'>')?;
            Some((name, &value[..len], &value[len..]))
        }
    }
}

/// What is behind an element of raw text, whose start tag was read.
fn past_raw<'h>(name: &str, html: &'h str) -> Option<&'h str> {
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(len) = memchr::memmem::find(&bytes[at..], b"</") {
        let found = at + len;
        let behind = found + 2 + name.len();
        let is_it = bytes.get(found + 2..behind).is_some_and(|other| other.eq_ignore_ascii_case(name.as_bytes()));
        if is_it && bytes.get(behind).is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/')) {
            // Inside a comment, a script may hold another.
            if name == "script" && memchr::memmem::find(&bytes[..found], b"<!--").is_some() {
                return None;
            }
            let end = memchr(b'>', &bytes[behind..])?;
            let is_plain = bytes[behind..behind + end].iter().all(u8::is_ascii_whitespace);
            return is_plain.then(|| &html[behind + end + 1..]);
        }
        at = found + 2;
    }
    None
}

/// What is behind a drawing or a formula, whose start tag was read. Only what is plainly one.
fn past_foreign<'h>(name: &'h str, html: &'h str) -> Option<&'h str> {
    let mut names = vec![name];
    let mut rest = html;
    loop {
        let from = memchr(b'<', rest.as_bytes())?;
        let after = &rest[from + 1..];
        match after.as_bytes().first()? {
            b'/' => {
                let (name, after) = foreign_name(&after[1..])?;
                if !names.pop()?.eq_ignore_ascii_case(name) {
                    return None;
                }
                rest = after.strip_prefix('>')?;
                if names.is_empty() {
                    return Some(rest);
                }
            }
            b'!' => rest = past_comment(&rest[from..])?,
            _ => {
                let (name, after) = foreign_name(after)?;
                // Inside of a title it is HTML again.
                let is_in_title = names.last().is_some_and(|open| matches!(*open, "title" | "desc"));
                if DEPTH_MAX <= names.len() || is_in_title || leaves_foreign(name) {
                    return None;
                }
                let is_closed;
                (is_closed, rest) = past_attributes(after)?;
                if !is_closed {
                    names.push(name);
                }
            }
        }
    }
}

fn foreign_name(text: &str) -> Option<(&str, &str)> {
    let len = text.bytes().position(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b':' | b'_')).filter(|len| *len != 0)?;
    Some(text.split_at(len))
}

/// Whether an element would end a drawing, or is read in ways of its own inside it.
fn leaves_foreign(name: &str) -> bool {
    const NAMES: [&str; 57] = [
        "b",
        "big",
        "blockquote",
        "body",
        "br",
        "center",
        "code",
        "dd",
        "div",
        "dl",
        "dt",
        "em",
        "embed",
        "font",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "hr",
        "i",
        "img",
        "li",
        "listing",
        "menu",
        "meta",
        "nobr",
        "ol",
        "p",
        "pre",
        "ruby",
        "s",
        "small",
        "span",
        "strong",
        "strike",
        "sub",
        "sup",
        "table",
        "tt",
        "u",
        "ul",
        "var",
        "script",
        "style",
        "template",
        "foreignobject",
        "annotation-xml",
        "mi",
        "mo",
        "mn",
        "ms",
        "mtext",
        "svg",
        "math",
    ];
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether a tag of another language closes itself, and what is behind it.
fn past_attributes(text: &str) -> Option<(bool, &str)> {
    let mut rest = text;
    for _ in 0..ATTRIBUTES_SEEN_MAX {
        rest = rest.trim_start_matches(|letter: char| letter.is_ascii_whitespace());
        if let Some(after) = rest.strip_prefix("/>") {
            return Some((true, after));
        }
        if let Some(after) = rest.strip_prefix('>') {
            return Some((false, after));
        }
        (_, _, rest) = attribute(rest)?;
    }
    None
}
