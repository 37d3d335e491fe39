//! XML as a tree, within limits.
//!
//! Names are taken without their prefix: agencies bind namespaces wrongly often enough that asking for them would refuse real
//! news. Entities that a document declares are never expanded.

#[cfg(test)]
pub(crate) mod schema;
mod tree;
mod write;

use std::borrow::Cow;
use std::collections::HashSet;

use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesRef, Event};

use crate::findings::Findings;
use crate::html::reference;
use crate::incoming::{Problem, Refused, Repair};

pub(crate) use tree::{Child, Element};
use tree::{NONE, Node, What};
pub(crate) use write::Writer;

/// The longest document, in bytes.
pub const DOCUMENT_LEN_BYTES_MAX: usize = 32 << 20;
/// How deep elements may nest.
pub const DEPTH_MAX: usize = 128;
/// How many elements and texts a document may have.
pub const NODES_MAX: usize = 1_000_000;
/// How many attributes an element may have.
pub const ATTRIBUTES_MAX: usize = 256;
/// How many items of news one document may hold.
pub const ITEMS_MAX: usize = 50_000;
/// The longest value of an attribute, in bytes.
pub const ATTRIBUTE_LEN_BYTES_MAX: usize = 256 << 10;

const DOCUMENT: &str = "the document";
/// How many damaged references are noted; finding the line of each takes time.
const NOTED_MAX: usize = 20;
/// How many entities that a document declares are remembered.
const DECLARED_MAX: usize = 10_000;

/// A document as a tree. It borrows from its text.
pub(crate) struct Tree<'t> {
    text: &'t str,
    nodes: Vec<Node<'t>>,
    attributes: Vec<(&'t str, Cow<'t, str>)>,
}

impl<'t> Tree<'t> {
    /// The tree of a text. What is mended on the way is reported to `findings`.
    ///
    /// # Errors
    /// [`Refused`] with line and column when it is no XML, or exceeds a limit.
    pub(crate) fn parse(text: &'t str, findings: &Findings) -> Result<Self, Refused> {
        if DOCUMENT_LEN_BYTES_MAX < text.len() {
            let reason = format!("has {} bytes, and at most {DOCUMENT_LEN_BYTES_MAX} are read", text.len());
            return Err(refused("", reason, "send the items one by one"));
        }
        let mut growing = Growing {
            tree: Self { text, nodes: Vec::with_capacity(text.len() / 40), attributes: Vec::with_capacity(text.len() / 80) },
            open: Vec::new(),
            findings,
            declared: HashSet::new(),
            n_noted: 0,
        };
        growing.grow()?;
        let tree = growing.tree;
        if tree.nodes.is_empty() {
            return Err(refused("", "holds no element".to_owned(), "send an XML document"));
        }
        Ok(tree)
    }

    /// Counts lines for elements in the order of the document.
    pub(crate) fn lines(&self) -> Lines<'t> {
        Lines { text: self.text, offset: 0, line: 1 }
    }

    /// The element that holds all others.
    pub(crate) fn root(&self) -> Element<'_, 't> {
        Element { tree: self, idx: 0 }
    }
}

/// Counts the lines of a document up to one element after another, so that many of them cost no more than one.
pub(crate) struct Lines<'t> {
    text: &'t str,
    offset: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line an element begins on, from 1. Elements must be asked for in the order of the document.
    pub(crate) fn of(&mut self, element: Element<'_, '_>) -> u64 {
        let offset = element.offset().max(self.offset);
        self.line += self.text[self.offset..offset].matches('\n').count() as u64;
        self.offset = offset;
        self.line
    }
}

struct Growing<'t, 'f> {
    tree: Tree<'t>,
    /// The elements that are open, and the last child of each.
    open: Vec<(u32, u32)>,
    findings: &'f Findings,
    /// The names of the entities that the document declares.
    declared: HashSet<&'t str>,
    n_noted: usize,
}

impl<'t> Growing<'t, '_> {
    fn grow(&mut self) -> Result<(), Refused> {
        let text = self.tree.text;
        let mut reader = Reader::from_str(text);
        reader.config_mut().allow_dangling_amp = true;
        loop {
            let from = position(&reader);
            let event = reader.read_event().map_err(|error| broken(text, reader.error_position(), &error))?;
            match event {
                Event::Start(start) => {
                    self.begin(from, start.len(), start.name().0.len())?;
                    let idx = self.last();
                    self.open.push((idx, NONE));
                    if DEPTH_MAX < self.open.len() {
                        return Err(refused("", format!("nests deeper than {DEPTH_MAX} levels {}", place(text, from)), "flatten it"));
                    }
                }
                Event::Empty(start) => self.begin(from, start.len(), start.name().0.len())?,
                Event::End(_) => {
                    self.open.pop();
                }
                Event::Text(words) => {
                    let words = words.into_inner();
                    if words.contains('&') {
                        self.note("&", from, "is bare", "taken as it stands");
                    }
                    self.words(words)?;
                }
                Event::CData(words) => self.words(words.into_inner())?,
                Event::GeneralRef(given) => self.entity(&given, from)?,
                Event::DocType(_) => self.declare(&text[from..position(&reader)]),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof if self.open.is_empty() => return Ok(()),
                Event::Eof => {
                    let Some(name) = self.open.last().and_then(|(idx, _)| self.name_of(*idx)) else { return Ok(()) };
                    return Err(refused("", format!("ends in the middle: <{name}> is never closed"), "send it again, complete"));
                }
            }
        }
    }

    /// A new element, whose tag begins at `from`.
    fn begin(&mut self, from: usize, len: usize, name_len: usize) -> Result<(), Refused> {
        let text = self.tree.text;
        if self.open.is_empty() && !self.tree.nodes.is_empty() {
            return Err(refused("", format!("has a second root {}", place(text, from)), "send each document by itself"));
        }
        let tag = text.get(from + 1..from + 1 + len).unwrap_or_default();
        let full_name = &tag[..name_len];
        let name = full_name.rsplit(':').next().unwrap_or(full_name);
        let first = self.tree.attributes.len();
        let mut attributes = Attributes::new(tag, name_len);
        // Comparing each with all before it would take time that grows with the square of their number.
        attributes.with_checks(false);
        for attribute in attributes {
            let attribute = attribute.map_err(|error| {
                refused(full_name, format!("has an attribute that cannot be read {}: {error}", place(text, from)), "mend it there")
            })?;
            if ATTRIBUTES_MAX <= self.tree.attributes.len() - first {
                let reason = format!("has more than {ATTRIBUTES_MAX} attributes {}", place(text, from));
                return Err(refused(full_name, reason, "send fewer"));
            }
            if ATTRIBUTE_LEN_BYTES_MAX < attribute.value.len() {
                let reason = format!(
                    "has an attribute of {} bytes {}, and at most {ATTRIBUTE_LEN_BYTES_MAX} are read",
                    attribute.value.len(),
                    place(text, from)
                );
                return Err(refused(full_name, reason, "send long data in a file of its own"));
            }
            let value = self.unescaped(attribute.value, from)?;
            let key = attribute.key.0;
            // `xml:lang` is known by its last part too.
            self.tree.attributes.push((key.rsplit(':').next().unwrap_or(key), value));
        }
        let range = (index(first), index(self.tree.attributes.len()));
        self.push(What::Element { name, offset: index(from), attributes: range, first: NONE })
    }

    /// The value of an attribute with its references resolved.
    fn unescaped(&mut self, value: Cow<'t, str>, from: usize) -> Result<Cow<'t, str>, Refused> {
        if !value.contains('&') {
            return Ok(value);
        }
        let mut plain = String::with_capacity(value.len());
        let mut rest: &str = &value;
        while let Some(at) = rest.find('&') {
            plain.push_str(&rest[..at]);
            let after = &rest[at + 1..];
            let name = after.bytes().take(40).position(|byte| byte == b';').map(|end| &after[..end]);
            let Some(name) = name else {
                plain.push('&');
                rest = after;
                continue;
            };
            self.resolve(name, from, &mut plain)?;
            rest = &after[name.len() + 1..];
        }
        plain.push_str(rest);
        Ok(Cow::Owned(plain))
    }

    fn entity(&mut self, given: &BytesRef<'t>, from: usize) -> Result<(), Refused> {
        let mut words = String::new();
        self.resolve(given, from, &mut words)?;
        self.words(Cow::Owned(words))
    }

    /// Appends what a reference stands for.
    fn resolve(&mut self, name: &str, from: usize, out: &mut String) -> Result<(), Refused> {
        if let Some(letter) = reference(name) {
            out.push(letter);
            return Ok(());
        }
        // A carriage return, as systems of one maker write each line end.
        if matches!(name, "#13" | "#xD" | "#xd") {
            out.push('\n');
            return Ok(());
        }
        let shown = format!("&{name};");
        if name.starts_with('#') {
            self.note(&shown, from, "is no letter", "left out");
            return Ok(());
        }
        if self.declared.contains(name) {
            let here = place(self.tree.text, from);
            let reason = format!("is an entity that the document declares itself, used {here}; such are not expanded");
            return Err(refused(&shown, reason, "send the letters it stands for"));
        }
        self.note(&shown, from, "is an entity nobody declared", "kept as it stands");
        out.push_str(&shown);
        Ok(())
    }

    /// Reports a damaged reference, if not too many were before.
    fn note(&mut self, reference: &str, from: usize, fault: &str, done: &str) {
        self.n_noted += 1;
        if self.n_noted <= NOTED_MAX {
            let here = place(self.tree.text, from);
            self.findings.repair(Repair::new(DOCUMENT, reference, format!("{fault} {here}; {done}")));
        }
    }

    fn declare(&mut self, doctype: &'t str) {
        let declarations = doctype.split("<!ENTITY").skip(1).take(DECLARED_MAX);
        self.declared = declarations.filter_map(|declaration| declaration.split_whitespace().find(|word| *word != "%")).collect();
    }

    /// Words inside the element that is open. Those outside of the root are none.
    fn words(&mut self, words: Cow<'t, str>) -> Result<(), Refused> {
        let Some((_, last)) = self.open.last() else { return Ok(()) };
        if words.is_empty() {
            return Ok(());
        }
        // A reference parts a text in three; they are one text to everybody else.
        if let Some(Node { what: What::Text(before), .. }) = self.tree.nodes.get_mut(*last as usize) {
            before.to_mut().push_str(&words);
            return Ok(());
        }
        self.push(What::Text(words))
    }

    fn push(&mut self, what: What<'t>) -> Result<(), Refused> {
        let idx = self.tree.nodes.len();
        if NODES_MAX <= idx {
            return Err(refused("", format!("has more than {NODES_MAX} elements and texts"), "send the items one by one"));
        }
        self.tree.nodes.push(Node { what, next: NONE });
        let idx = index(idx);
        if let Some((parent, last)) = self.open.last_mut() {
            if *last == NONE {
                if let What::Element { first, .. } = &mut self.tree.nodes[*parent as usize].what {
                    *first = idx;
                }
            } else {
                self.tree.nodes[*last as usize].next = idx;
            }
            *last = idx;
        }
        Ok(())
    }

    fn last(&self) -> u32 {
        index(self.tree.nodes.len() - 1)
    }

    fn name_of(&self, idx: u32) -> Option<&'t str> {
        match self.tree.nodes.get(idx as usize)?.what {
            What::Element { name, .. } => Some(name),
            What::Text(_) => None,
        }
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn index(number: usize) -> u32 {
    u32::try_from(number).expect("the limits of a document are far below four thousand million")
}

/// Refuses a document with too many items.
pub(crate) fn check_items(n_items: usize) -> Result<(), Refused> {
    if n_items <= ITEMS_MAX {
        return Ok(());
    }
    Err(refused("", format!("holds {n_items} items, and at most {ITEMS_MAX} are read"), "send it in parts"))
}

fn refused(value: &str, reason: String, remedy: &str) -> Refused {
    Refused::of(Problem::new(DOCUMENT, value, reason, remedy))
}

fn broken(text: &str, at: u64, error: &Error) -> Refused {
    let here = place(text, usize::try_from(at).unwrap_or(usize::MAX));
    match error {
        Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
            refused("", format!("closes <{expected}> with </{found}> {here}"), "mend it there")
        }
        Error::IllFormed(IllFormedError::UnmatchedEndTag(name)) => {
            refused("", format!("closes <{name}>, which is not open, {here}"), "mend it there")
        }
        error => refused("", format!("is not XML {here}: {error}"), "mend it there"),
    }
}

/// `at line 3, column 12`.
fn place(text: &str, at: usize) -> String {
    let before = text.as_bytes().get(..at).unwrap_or(text.as_bytes());
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    let n_lines = before.split(|byte| *byte == b'\n').count();
    format!("at line {n_lines}, column {}", before.len() - line_start + 1)
}

#[cfg(test)]
mod tests;
