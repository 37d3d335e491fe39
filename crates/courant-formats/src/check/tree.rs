//! XML as a tree that knows where everything stands, for checks: strict where the readers of this crate are kind.
//!
//! Nothing is mended. The limits are those of [`crate::xml`] but for the size, which follows the largest sitemap; entities that a
//! document declares are never expanded.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::events::Event;
use quick_xml::events::attributes::Attributes;

use super::rules::{self, Rule};
use crate::xml::{ATTRIBUTE_LEN_BYTES_MAX, ATTRIBUTES_MAX, DEPTH_MAX, NODES_MAX};

/// The namespace of `xml:lang` and its like.
pub(super) const XML_NAMESPACE: &str = "http://www.w3.org/XML/1998/namespace";
/// How many entities that a document declares are remembered.
const DECLARED_MAX: usize = 10_000;
/// How far into a line columns are counted, in bytes: every finding in a document without line ends would count all of it.
const COLUMN_WITHIN_BYTES: usize = 64 << 10;
/// How much of a line around an element is looked at for its sake, in bytes: a document may be one line.
const SOURCE_WITHIN_BYTES: usize = 4 << 10;
/// How many declarations of namespaces are remembered.
const NAMESPACES_MAX: usize = 1_000;

/// A document.
pub(super) struct Document<'t> {
    pub(super) text: &'t str,
    pub(super) root: Element<'t>,
    pub(super) doctype: Option<Doctype<'t>>,
    /// Every declaration of a namespace, in order.
    pub(super) declared: Vec<Declared<'t>>,
    lines: Lines,
}

/// `<!DOCTYPE …>`.
pub(super) struct Doctype<'t> {
    pub(super) at: usize,
    pub(super) text: &'t str,
    /// Whether it is that of RSS 0.91, which has the entities of HTML.
    is_rss_091: bool,
}

/// `xmlns:prefix="uri"`.
pub(super) struct Declared<'t> {
    pub(super) prefix: &'t str,
    pub(super) uri: Rc<str>,
    pub(super) at: usize,
}

/// An element.
pub(super) struct Element<'t> {
    pub(super) namespace: Option<Rc<str>>,
    pub(super) local: &'t str,
    pub(super) attributes: Vec<Attribute<'t>>,
    pub(super) nodes: Vec<Node<'t>>,
    /// Where its tag begins and where it ends, in bytes.
    pub(super) at: usize,
    pub(super) end: usize,
}

/// An attribute that declares no namespace.
pub(super) struct Attribute<'t> {
    pub(super) namespace: Option<Rc<str>>,
    pub(super) local: &'t str,
    pub(super) value: Cow<'t, str>,
}

/// What stands inside an element.
pub(super) enum Node<'t> {
    Text { text: Cow<'t, str>, at: usize },
    Element(Element<'t>),
}

impl<'t> Element<'t> {
    /// The elements directly inside it.
    pub(super) fn children(&self) -> impl Iterator<Item = &Element<'t>> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text { .. } => None,
        })
    }

    /// The text directly inside it.
    pub(super) fn text(&self) -> Cow<'_, str> {
        let mut texts = self.nodes.iter().filter_map(|node| match node {
            Node::Text { text, .. } => Some(&**text),
            Node::Element(_) => None,
        });
        let Some(first) = texts.next() else { return Cow::Borrowed("") };
        match texts.next() {
            None => Cow::Borrowed(first),
            Some(second) => Cow::Owned([first, second].into_iter().chain(texts).collect()),
        }
    }

    /// All text inside it, at any depth.
    pub(super) fn all_text(&self) -> String {
        let mut words = String::new();
        self.push_text(&mut words);
        words
    }

    fn push_text(&self, words: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text { text, .. } => words.push_str(text),
                Node::Element(element) => element.push_text(words),
            }
        }
    }

    /// An attribute in no namespace.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| attribute.namespace.is_none() && attribute.local == name).map(|found| &*found.value)
    }

    /// An attribute in a namespace.
    pub(super) fn attribute_of(&self, namespace: &str, name: &str) -> Option<&str> {
        let is_it = |attribute: &&Attribute<'_>| attribute.namespace.as_deref() == Some(namespace) && attribute.local == name;
        self.attributes.iter().find(is_it).map(|found| &*found.value)
    }

    pub(super) fn is(&self, namespace: Option<&str>, local: &str) -> bool {
        self.local == local && self.namespace.as_deref() == namespace
    }
}

/// Why there is no tree.
pub(super) struct Broken {
    pub(super) rule: &'static Rule,
    pub(super) at: usize,
    pub(super) reason: String,
    pub(super) lines: Lines,
}

/// Where lines begin.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        Self(std::iter::once(0).chain(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1)).collect())
    }

    /// Line and column of a place, from 1; the column in characters, or 0 in a line that goes on and on.
    pub(super) fn place(&self, text: &str, at: usize) -> (u64, u64) {
        let line = self.0.partition_point(|start| *start <= at).max(1);
        let start = self.0[line - 1];
        let before = text.as_bytes().get(start..at).unwrap_or_default();
        if COLUMN_WITHIN_BYTES < before.len() {
            return (line as u64, 0);
        }
        // Bytes that continue a character are none of their own.
        let column = before.iter().filter(|byte| **byte & 0xC0 != 0x80).count() + 1;
        (line as u64, column as u64)
    }

    /// Where the lines from one place to another begin and end.
    fn around(&self, text: &str, from: usize, to: usize) -> (usize, usize) {
        let line = self.0.partition_point(|start| *start <= from).max(1);
        let end = self.0.get(self.0.partition_point(|start| *start <= to)).copied().unwrap_or(text.len());
        (self.0[line - 1], end)
    }
}

impl<'t> Document<'t> {
    /// The tree of a text.
    pub(super) fn parse(text: &'t str) -> Result<Self, Broken> {
        let mut growing = Growing {
            text,
            open: Vec::new(),
            scopes: Vec::new(),
            bound: HashMap::new(),
            root: None,
            doctype: None,
            declared: Vec::new(),
            entities: HashSet::new(),
            n_nodes: 0,
        };
        match growing.grow() {
            Ok(root) => Ok(Self { text, root, doctype: growing.doctype, declared: growing.declared, lines: Lines::of(text) }),
            Err((rule, at, reason)) => Err(Broken { rule, at, reason, lines: Lines::of(text) }),
        }
    }

    pub(super) fn place(&self, at: usize) -> (u64, u64) {
        self.lines.place(self.text, at)
    }

    /// The lines an element stands on, as they were written; of long lines what is near.
    pub(super) fn source(&self, element: &Element<'_>) -> &'t str {
        let (from, to) = self.lines.around(self.text, element.at, element.end);
        let from = self.text.ceil_char_boundary(from.max(element.at.saturating_sub(SOURCE_WITHIN_BYTES)));
        let to = self.text.floor_char_boundary(to.min(element.end.saturating_add(SOURCE_WITHIN_BYTES)));
        self.text.get(from..to).unwrap_or_default()
    }
}

type Fault = (&'static Rule, usize, String);

struct Growing<'t> {
    text: &'t str,
    open: Vec<Element<'t>>,
    /// The prefixes each open element declares.
    scopes: Vec<Vec<&'t str>>,
    /// What each prefix stands for, the innermost last. Walking over all scopes instead would take as long for each name as a
    /// document has declarations around it.
    bound: HashMap<&'t str, Vec<Rc<str>>>,
    root: Option<Element<'t>>,
    doctype: Option<Doctype<'t>>,
    declared: Vec<Declared<'t>>,
    entities: HashSet<&'t str>,
    n_nodes: usize,
}

impl<'t> Growing<'t> {
    fn grow(&mut self) -> Result<Element<'t>, Fault> {
        let text = self.text;
        let mut reader = Reader::from_str(text);
        loop {
            let from = position(&reader);
            let event = reader.read_event().map_err(|error| broken(reader.error_position(), from, &error))?;
            match event {
                Event::Start(start) => {
                    let element = self.begin(from, start.len(), start.name().0.len())?;
                    self.open.push(element);
                    if DEPTH_MAX < self.open.len() {
                        return Err((rules::NOT_WELL_FORMED, from, format!("nests deeper than {DEPTH_MAX} levels; flatten it")));
                    }
                }
                Event::Empty(start) => {
                    let mut element = self.begin(from, start.len(), start.name().0.len())?;
                    element.end = position(&reader);
                    self.leave_scope();
                    self.close(element, from)?;
                }
                Event::End(_) => {
                    self.leave_scope();
                    if let Some(mut element) = self.open.pop() {
                        element.end = position(&reader);
                        self.close(element, from)?;
                    }
                }
                Event::Text(words) => {
                    let words = words.into_inner();
                    if words.contains("]]>") {
                        return Err((rules::NOT_WELL_FORMED, from, "has ]]> in text".to_owned()));
                    }
                    self.words(words, from)?;
                }
                Event::CData(words) => self.words(words.into_inner(), from)?,
                Event::GeneralRef(given) => {
                    let words = self.resolve(&given, from)?;
                    self.words(Cow::Owned(words), from)?;
                }
                Event::DocType(_) => {
                    let doctype = &text[from..position(&reader)];
                    let declarations = doctype.split("<!ENTITY").skip(1).take(DECLARED_MAX);
                    self.entities = declarations.filter_map(|one| one.split_whitespace().find(|word| *word != "%")).collect();
                    self.doctype = Some(Doctype { at: from, text: doctype, is_rss_091: doctype.contains("//DTD RSS 0.91//") });
                }
                Event::Decl(_) if from != 0 => {
                    return Err((rules::NOT_WELL_FORMED, from, "has an XML declaration that is not at its very beginning".to_owned()));
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof => {
                    if let Some(open) = self.open.last() {
                        return Err((rules::NOT_WELL_FORMED, from, format!("ends in the middle: <{}> is never closed", open.local)));
                    }
                    return self.root.take().ok_or_else(|| (rules::NOT_WELL_FORMED, from, "holds no element".to_owned()));
                }
            }
        }
    }

    fn begin(&mut self, at: usize, len: usize, name_len: usize) -> Result<Element<'t>, Fault> {
        let text = self.text;
        if self.open.is_empty() && self.root.is_some() {
            return Err((rules::NOT_WELL_FORMED, at, "has a second root".to_owned()));
        }
        self.count(at)?;
        let tag = text.get(at + 1..at + 1 + len).unwrap_or_default();
        let full_name = &tag[..name_len];
        let mut given = Vec::new();
        let mut declared: Vec<(&'t str, Rc<str>)> = Vec::new();
        for attribute in Attributes::new(tag, name_len) {
            let attribute = attribute
                .map_err(|error| (rules::NOT_WELL_FORMED, at, format!("<{full_name}> has an attribute that cannot be read: {error}")))?;
            if ATTRIBUTES_MAX <= given.len() + declared.len() {
                return Err((rules::NOT_WELL_FORMED, at, format!("<{full_name}> has more than {ATTRIBUTES_MAX} attributes")));
            }
            if ATTRIBUTE_LEN_BYTES_MAX < attribute.value.len() {
                let reason = format!("<{full_name}> has an attribute of more than {ATTRIBUTE_LEN_BYTES_MAX} bytes");
                return Err((rules::NOT_WELL_FORMED, at, reason));
            }
            let value = self.unescaped(attribute.value, at)?;
            let key = attribute.key.0;
            match key.strip_prefix("xmlns") {
                Some("") => declared.push(("", Rc::from(&*value))),
                Some(prefix) if prefix.starts_with(':') => declared.push((&prefix[1..], Rc::from(&*value))),
                Some(_) | None => given.push((key, value)),
            }
        }
        for (prefix, uri) in &declared {
            if uri.split_whitespace().nth(1).is_some() {
                return Err((rules::NOT_WELL_FORMED, at, format!("the namespace of prefix “{prefix}” holds white space")));
            }
            if self.declared.len() < NAMESPACES_MAX {
                self.declared.push(Declared { prefix, uri: Rc::clone(uri), at });
            }
        }
        self.scopes.push(declared.iter().map(|(prefix, _)| *prefix).collect());
        for (prefix, uri) in declared {
            self.bound.entry(prefix).or_default().push(uri);
        }
        let (namespace, local) = self.named(full_name, true, at)?;
        let mut attributes = Vec::with_capacity(given.len());
        for (key, value) in given {
            let (namespace, local) = self.named(key, false, at)?;
            attributes.push(Attribute { namespace, local, value });
        }
        Ok(Element { namespace, local, attributes, nodes: Vec::new(), at, end: at + len + 2 })
    }

    /// Forgets what the element that ends declared.
    fn leave_scope(&mut self) {
        for prefix in self.scopes.pop().unwrap_or_default() {
            if let Some(uris) = self.bound.get_mut(prefix) {
                uris.pop();
            }
        }
    }

    /// The namespace a name is in. A name without a prefix is in the default one, if it is an element's.
    fn named(&self, name: &'t str, is_element: bool, at: usize) -> Result<(Option<Rc<str>>, &'t str), Fault> {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        if prefix == "xml" {
            return Ok((Some(Rc::from(XML_NAMESPACE)), local));
        }
        if prefix.is_empty() && !is_element {
            return Ok((None, local));
        }
        match self.bound.get(prefix).and_then(|uris| uris.last()) {
            Some(uri) => Ok((Some(Rc::clone(uri)).filter(|uri| !uri.is_empty()), local)),
            None if prefix.is_empty() => Ok((None, local)),
            None => Err((rules::UNDECLARED_PREFIX, at, format!("uses “{name}”"))),
        }
    }

    fn unescaped(&self, value: Cow<'t, str>, at: usize) -> Result<Cow<'t, str>, Fault> {
        if value.contains('<') {
            return Err((rules::NOT_WELL_FORMED, at, "has < in an attribute".to_owned()));
        }
        if !value.contains('&') {
            return Ok(value);
        }
        let mut plain = String::with_capacity(value.len());
        let mut rest: &str = &value;
        while let Some(amp) = rest.find('&') {
            plain.push_str(&rest[..amp]);
            let after = &rest[amp + 1..];
            let Some(end) = after.find(';') else {
                return Err((rules::NOT_WELL_FORMED, at, "has a bare & in an attribute; write &amp;".to_owned()));
            };
            plain.push_str(&self.resolve(&after[..end], at)?);
            rest = &after[end + 1..];
        }
        plain.push_str(rest);
        Ok(Cow::Owned(plain))
    }

    /// What a reference stands for.
    fn resolve(&self, name: &str, at: usize) -> Result<String, Fault> {
        let number = match name.strip_prefix('#') {
            Some(hex) if hex.starts_with(['x', 'X']) => u32::from_str_radix(&hex[1..], 16).ok(),
            Some(digits) => digits.parse().ok(),
            None => {
                let letter = match name {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "apos" => "'",
                    _ if self.entities.contains(name) => {
                        return Err((rules::ENTITY_NOT_EXPANDED, at, format!("uses &{name};")));
                    }
                    _ if self.doctype.as_ref().is_some_and(|doctype| doctype.is_rss_091) => {
                        return Ok(crate::html::reference(name).map_or_else(String::new, String::from));
                    }
                    _ => {
                        let is_name = name.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_' || first == ':')
                            && name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | ':' | '-' | '.'));
                        let rule = if is_name { rules::UNDEFINED_ENTITY } else { rules::NOT_WELL_FORMED };
                        return Err((rule, at, format!("has &{name};")));
                    }
                };
                return Ok(letter.to_owned());
            }
        };
        let letter = number.and_then(char::from_u32).filter(|letter| is_xml_char(*letter));
        letter.map(String::from).ok_or_else(|| (rules::NOT_WELL_FORMED, at, format!("has &{name};, which is no character of XML")))
    }

    fn words(&mut self, words: Cow<'t, str>, at: usize) -> Result<(), Fault> {
        if let Some(bad) = words.chars().find(|letter| !is_xml_char(*letter)) {
            return Err((rules::NOT_WELL_FORMED, at, format!("holds the character U+{:04X}, which XML does not allow", u32::from(bad))));
        }
        let Some(open) = self.open.last_mut() else {
            if words.trim_start_matches('\u{feff}').trim().is_empty() {
                return Ok(());
            }
            return Err((rules::NOT_WELL_FORMED, at, "has text outside of its root".to_owned()));
        };
        if words.is_empty() {
            return Ok(());
        }
        if let Some(Node::Text { text, .. }) = open.nodes.last_mut() {
            text.to_mut().push_str(&words);
            return Ok(());
        }
        open.nodes.push(Node::Text { text: words, at });
        self.count(at)
    }

    fn close(&mut self, element: Element<'t>, at: usize) -> Result<(), Fault> {
        match self.open.last_mut() {
            Some(parent) => parent.nodes.push(Node::Element(element)),
            None if self.root.is_none() => self.root = Some(element),
            None => return Err((rules::NOT_WELL_FORMED, at, "has a second root".to_owned())),
        }
        Ok(())
    }

    fn count(&mut self, at: usize) -> Result<(), Fault> {
        self.n_nodes += 1;
        if self.n_nodes <= NODES_MAX {
            return Ok(());
        }
        Err((rules::TOO_LARGE, at, format!("has more than {NODES_MAX} elements and texts")))
    }
}

/// XML 1.0, 2.2.
fn is_xml_char(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn broken(at: u64, from: usize, error: &Error) -> Fault {
    let at = usize::try_from(at).unwrap_or(from);
    let reason = match error {
        Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => format!("closes <{expected}> with </{found}>"),
        Error::IllFormed(IllFormedError::UnmatchedEndTag(name)) => format!("closes <{name}>, which is not open"),
        Error::IllFormed(IllFormedError::UnclosedReference) => "has a bare &; write &amp;".to_owned(),
        error => format!("cannot be read: {error}"),
    };
    (rules::NOT_WELL_FORMED, at, reason)
}
