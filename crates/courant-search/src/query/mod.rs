//! The query language, as the reader writes it.
//!
//! | written | means |
//! | --- | --- |
//! | `rate decision` | both words, anywhere, in any of their forms |
//! | `"rate decision"` | the words side by side |
//! | `gold near/5 silver`, `"gold price" near/5 silver` | at most five words apart, in either order; binds closest of all |
//! | `-word`, `-"a phrase"`, `-topic:x`, `-(…)` | not this |
//! | `gold OR silver` | either; binds closer than the space between words |
//! | `( … )` | grouping |
//! | `title:word`, `title:"a phrase"` | in the headline |
//! | `section:` `topic:` `dossier:` `place:` `by:` `lang:` `type:` `source:` | narrowed to a value; `section:world,economy` = either |
//! | `urgency:3` | urgency 3 or higher, that is 1 to 3 |
//! | `corrected:yes`, `corrected:no` | has been corrected since it moved, or never |
//! | `on:2017-03-20`, `on:2017-03`, `on:2017` | first moved on that day, in that month, in that year |
//! | `after:2017-03-20`, `before:2017` | first moved after the end of it, before the start of it |
//!
//! A query is never half understood: what cannot be read is refused with its place.

mod error;
mod parse;
mod print;

use jiff::civil::Date;

use crate::document::Facet;

pub use error::{QueryError, QueryProblem};

/// Where a part of a query stands in what was typed, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// Characters before it.
    pub start: usize,
    /// Characters of it.
    pub length: usize,
}

/// A query, understood.
///
/// Its [`Display`](std::fmt::Display) is the canonical spelling; two queries are equal when that
/// is the same.
#[derive(Debug, Clone)]
pub struct Query {
    root: Node,
    typed: String,
}

/// A part of a query and where it was typed.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it says.
    pub kind: NodeKind,
    /// Where it says it.
    pub span: Span,
}

impl PartialEq for Node {
    /// Where a part was typed does not make it another part.
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl Eq for Node {}

/// The kinds of parts a query is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodeKind {
    /// All of these; two or more.
    And(Vec<Node>),
    /// Any of these; two or more.
    Or(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// A word.
    Word(Scope, String),
    /// Words side by side.
    Phrase(Scope, String),
    /// Two words or phrases close to each other.
    Near(Near),
    /// A facet has this value (folded).
    Facet(Facet, String),
    /// Urgency from 1 to this.
    UrgencyAtMost(u8),
    /// First moved within these days.
    Moved(Moved),
    /// Has been corrected, or never.
    Corrected(bool),
}

/// Two words or phrases that stand close to each other, in either order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// Where they are looked for, both in the same place.
    pub scope: Scope,
    /// The words of the one that was written first, to be said side by side.
    pub first: String,
    /// Those of the other.
    pub second: String,
    /// The most words from the end of the one to the start of the other: 1 is side by side. At most [`MAX_NEAR`](crate::MAX_NEAR).
    pub within: u8,
}

/// Where a word is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Headline and copy.
    Anywhere,
    /// The headline only.
    Title,
}

/// A condition on the day a story first moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// On which side of the period.
    pub when: When,
    /// First day of the year, month or day that was named.
    pub first: Date,
    /// Its last day.
    pub last: Date,
}

/// How a story's day relates to a named period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Within it.
    On,
    /// After its last day.
    After,
    /// Before its first day.
    Before,
}

impl Moved {
    /// Whether a day is meant.
    pub fn includes(self, day: Date) -> bool {
        match self.when {
            When::On => self.first <= day && day <= self.last,
            When::After => self.last < day,
            When::Before => day < self.first,
        }
    }
}

impl PartialEq for Query {
    fn eq(&self, other: &Self) -> bool {
        self.root == other.root
    }
}

impl Eq for Query {}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// [`QueryError`] names the place, what is there, what should be, and a remedy. An empty
    /// query is one too: it means nothing, not everything.
    pub fn parse(typed: &str) -> Result<Self, QueryError> {
        parse::parse(typed).map(|root| Self { root, typed: typed.to_owned() })
    }

    /// Takes a text literally: all its words, no operators. For "more of this headline" and for
    /// text that did not come from a search box.
    ///
    /// # Errors
    /// [`QueryError`] when there is no word in it or it is longer than a query may be.
    pub fn words(text: &str) -> Result<Self, QueryError> {
        parse::words(text).map(|root| Self { root, typed: text.to_owned() })
    }

    /// The same query where any of its words may match; conditions and exclusions still hold.
    #[must_use]
    pub fn any(self) -> Self {
        let NodeKind::And(parts) = self.root.kind else { return self };
        let span = self.root.span;
        let (texts, mut others): (Vec<_>, Vec<_>) = parts.into_iter().partition(Node::is_text);
        let mut alternatives = Vec::with_capacity(texts.len());
        for text in texts {
            match text.kind {
                NodeKind::Or(inner) => alternatives.extend(inner),
                _ => alternatives.push(text),
            }
        }
        match alternatives.len() {
            0 => {}
            1 => others.extend(alternatives),
            _ => others.insert(0, Node { kind: NodeKind::Or(alternatives), span }),
        }
        let root = match others.len() {
            1 => others.remove(0),
            _ => Node { kind: NodeKind::And(others), span },
        };
        Self { root, typed: self.typed }
    }

    /// Both queries at once: what was typed, narrowed by conditions from elsewhere, such as the
    /// page's filter. The limits of a typed query do not apply to the sum.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let span = self.root.span;
        let parts = [self.root, other.root].into_iter().flat_map(|root| match root.kind {
            NodeKind::And(parts) => parts,
            _ => vec![root],
        });
        Self { root: Node { kind: NodeKind::And(parts.collect()), span }, typed: self.typed }
    }

    /// What any of these means; `None` when there are none. The limits of a typed query do not apply to the sum.
    pub fn any_of(queries: impl IntoIterator<Item = Self>) -> Option<Self> {
        let mut parts = Vec::new();
        for query in queries {
            match query.root.kind {
                NodeKind::Or(inner) => parts.extend(inner),
                _ => parts.push(query.root),
            }
        }
        let root = match parts.len() {
            0 | 1 => parts.pop()?,
            _ => Node { kind: NodeKind::Or(parts), span: Span::default() },
        };
        Some(Self { typed: root.to_string(), root })
    }

    /// The query as a tree.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// What was typed, unchanged.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// The languages the query insists on, when a `lang:` condition must hold.
    pub fn languages(&self) -> Option<Vec<&str>> {
        self.root.languages()
    }

    /// Whether it looks for any word at all, rather than only narrowing.
    pub fn has_words(&self) -> bool {
        self.root.has_words()
    }
}

/// Everything the query does not mean.
impl std::ops::Not for Query {
    type Output = Self;

    fn not(self) -> Self {
        let span = self.root.span;
        let root = match self.root.kind {
            NodeKind::Not(inner) => *inner,
            _ => Node { kind: NodeKind::Not(Box::new(self.root)), span },
        };
        Self { typed: root.to_string(), root }
    }
}

impl Node {
    /// Whether all of it is words to be found, so that `any` may loosen it.
    fn is_text(&self) -> bool {
        match &self.kind {
            NodeKind::Word(..) | NodeKind::Phrase(..) | NodeKind::Near(_) => true,
            NodeKind::Or(parts) => parts.iter().all(Self::is_text),
            NodeKind::And(_)
            | NodeKind::Not(_)
            | NodeKind::Facet(..)
            | NodeKind::UrgencyAtMost(_)
            | NodeKind::Moved(_)
            | NodeKind::Corrected(_) => false,
        }
    }

    fn has_words(&self) -> bool {
        match &self.kind {
            NodeKind::Word(..) | NodeKind::Phrase(..) | NodeKind::Near(_) => true,
            NodeKind::And(parts) | NodeKind::Or(parts) => parts.iter().any(Self::has_words),
            NodeKind::Not(part) => part.has_words(),
            NodeKind::Facet(..) | NodeKind::UrgencyAtMost(_) | NodeKind::Moved(_) | NodeKind::Corrected(_) => false,
        }
    }

    fn languages(&self) -> Option<Vec<&str>> {
        match &self.kind {
            NodeKind::Facet(Facet::Language, value) => Some(vec![value]),
            NodeKind::And(parts) => parts.iter().find_map(Self::languages),
            NodeKind::Or(parts) => {
                let each: Option<Vec<_>> = parts.iter().map(Self::languages).collect();
                each.map(|each| each.into_iter().flatten().collect())
            }
            _ => None,
        }
    }

    /// Calls `found` with every word and phrase the query wants to see, left to right.
    pub(crate) fn each_wanted_text<'q>(&'q self, found: &mut impl FnMut(Scope, &'q str)) {
        match &self.kind {
            NodeKind::Word(scope, text) | NodeKind::Phrase(scope, text) => found(*scope, text),
            NodeKind::Near(near) => [&near.first, &near.second].into_iter().for_each(|text| found(near.scope, text)),
            NodeKind::And(parts) | NodeKind::Or(parts) => {
                for part in parts {
                    part.each_wanted_text(found);
                }
            }
            NodeKind::Not(_) | NodeKind::Facet(..) | NodeKind::UrgencyAtMost(_) | NodeKind::Moved(_) | NodeKind::Corrected(_) => {}
        }
    }
}

#[cfg(test)]
mod tests;
