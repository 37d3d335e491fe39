//! Walking the tree of a document.

use std::borrow::Cow;

use super::Tree;

/// Stands for no node.
pub(super) const NONE: u32 = u32::MAX;

pub(super) struct Node<'t> {
    pub(super) what: What<'t>,
    /// The node after it under the same parent.
    pub(super) next: u32,
}

pub(super) enum What<'t> {
    Text(Cow<'t, str>),
    Element {
        /// Without its prefix.
        name: &'t str,
        /// Where its tag begins, in bytes.
        offset: u32,
        /// Its own among the attributes of the tree, from and to.
        attributes: (u32, u32),
        /// The first node inside it.
        first: u32,
    },
}

/// An element of a document.
#[derive(Clone, Copy)]
pub(crate) struct Element<'d, 't> {
    pub(super) tree: &'d Tree<'t>,
    pub(super) idx: u32,
}

/// What stands inside an element.
pub(crate) enum Child<'d, 't> {
    Text(&'d str),
    Element(Element<'d, 't>),
}

impl<'d, 't> Element<'d, 't> {
    /// Its name, without a prefix.
    pub(crate) fn name(self) -> &'d str {
        match &self.tree.nodes[self.idx as usize].what {
            What::Element { name, .. } => name,
            What::Text(_) => "",
        }
    }

    /// Where its tag begins, in bytes.
    pub(super) fn offset(self) -> usize {
        match self.tree.nodes[self.idx as usize].what {
            What::Element { offset, .. } => offset as usize,
            What::Text(_) => 0,
        }
    }

    /// The value of an attribute, known by the last part of its name: `lang` is `xml:lang` too. Blank ones are none.
    pub(crate) fn attribute(self, name: &str) -> Option<&'d str> {
        let What::Element { attributes: (from, to), .. } = self.tree.nodes[self.idx as usize].what else { return None };
        let own = &self.tree.attributes[from as usize..to as usize];
        own.iter().find(|(known, _)| *known == name).map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// What stands inside it, in order.
    pub(crate) fn nodes(self) -> impl Iterator<Item = Child<'d, 't>> {
        let tree = self.tree;
        let mut next = match tree.nodes[self.idx as usize].what {
            What::Element { first, .. } => first,
            What::Text(_) => NONE,
        };
        std::iter::from_fn(move || {
            let idx = next;
            let node = tree.nodes.get(idx as usize)?;
            next = node.next;
            Some(match &node.what {
                What::Text(text) => Child::Text(text),
                What::Element { .. } => Child::Element(Element { tree, idx }),
            })
        })
    }

    /// The elements directly inside it.
    pub(crate) fn children(self) -> impl Iterator<Item = Self> {
        self.nodes().filter_map(|node| match node {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    /// The elements of this name directly inside it.
    pub(crate) fn all(self, name: &str) -> impl Iterator<Item = Self> {
        self.children().filter(move |child| child.name() == name)
    }

    /// The first element of this name directly inside it.
    pub(crate) fn child(self, name: &str) -> Option<Self> {
        self.children().find(|child| child.name() == name)
    }

    /// The element at the end of a path of first children.
    pub(crate) fn at(self, path: &[&str]) -> Option<Self> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// The first element of this name anywhere inside it, in the order of the document.
    pub(crate) fn find(self, name: &str) -> Option<Self> {
        self.children().find_map(|child| if child.name() == name { Some(child) } else { child.find(name) })
    }

    /// All its words, white space between them as one space. `None` when there are none.
    pub(crate) fn line_of_text(self) -> Option<String> {
        let mut words = String::new();
        self.push_text(&mut words);
        let line = crate::html::one_line(&words);
        (!line.is_empty()).then_some(line)
    }

    /// All its words as they stand, those of separate elements parted by white space.
    pub(crate) fn text(self) -> String {
        let mut words = String::new();
        self.push_text(&mut words);
        words
    }

    fn push_text(self, words: &mut String) {
        for node in self.nodes() {
            match node {
                Child::Text(text) => words.push_str(text),
                Child::Element(element) => {
                    let is_inline = INLINE.contains(&element.name());
                    words.push_str(if is_inline { "" } else { " " });
                    element.push_text(words);
                    words.push_str(if is_inline { "" } else { " " });
                }
            }
        }
    }
}

/// Elements that do not part words.
const INLINE: [&str; 19] = [
    "a",
    "b",
    "i",
    "u",
    "em",
    "strong",
    "span",
    "q",
    "sub",
    "sup",
    "person",
    "org",
    "money",
    "chron",
    "num",
    "event",
    "lang",
    "pronounce",
    "copyrite",
];
