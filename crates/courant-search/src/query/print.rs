//! The canonical spelling of a query.

use std::fmt::{Display, Formatter, Result};

use jiff::civil::Date;

use super::{Moved, Near, Node, NodeKind, Query, Scope, When};

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        self.root.fmt(f)
    }
}

impl Display for Node {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match &self.kind {
            NodeKind::And(parts) => joined(parts, " ", f),
            NodeKind::Or(parts) => joined(parts, " OR ", f),
            NodeKind::Not(part) => {
                f.write_str("-")?;
                match &part.kind {
                    NodeKind::Near(near) => write!(f, "({near})"),
                    _ => part.fmt_as_part(f),
                }
            }
            NodeKind::Word(scope, word) => write!(f, "{}{word}", prefix(*scope)),
            NodeKind::Phrase(scope, words) => write!(f, "{}\"{words}\"", prefix(*scope)),
            NodeKind::Near(near) => near.fmt(f),
            NodeKind::Facet(facet, value) if is_plain(value) => write!(f, "{}:{value}", facet.name()),
            NodeKind::Facet(facet, value) => write!(f, "{}:\"{value}\"", facet.name()),
            NodeKind::UrgencyAtMost(urgency) => write!(f, "urgency:{urgency}"),
            NodeKind::Moved(moved) => moved.fmt(f),
            NodeKind::Corrected(true) => f.write_str("corrected:yes"),
            NodeKind::Corrected(false) => f.write_str("corrected:no"),
        }
    }
}

impl Display for Near {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let side = |text: &str, f: &mut Formatter<'_>| {
            let needs_quotes = !text.chars().all(char::is_alphanumeric) || matches!(text, "OR" | "AND");
            let quote = if needs_quotes { "\"" } else { "" };
            write!(f, "{}{quote}{text}{quote}", prefix(self.scope))
        };
        side(&self.first, f)?;
        write!(f, " near/{} ", self.within)?;
        side(&self.second, f)
    }
}

impl Node {
    /// In parentheses when it is more than one thing.
    fn fmt_as_part(&self, f: &mut Formatter<'_>) -> Result {
        match &self.kind {
            NodeKind::And(_) | NodeKind::Or(_) => write!(f, "({self})"),
            _ => self.fmt(f),
        }
    }
}

fn joined(parts: &[Node], between: &str, f: &mut Formatter<'_>) -> Result {
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            f.write_str(between)?;
        }
        part.fmt_as_part(f)?;
    }
    Ok(())
}

fn prefix(scope: Scope) -> &'static str {
    match scope {
        Scope::Anywhere => "",
        Scope::Title => "title:",
    }
}

/// Whether a facet value can stand without quotes.
fn is_plain(value: &str) -> bool {
    value.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':'))
}

impl Display for Moved {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let name = match self.when {
            When::On => "on",
            When::After => "after",
            When::Before => "before",
        };
        let period = Period { first: self.first, last: self.last };
        write!(f, "{name}:{period}")
    }
}

struct Period {
    first: Date,
    last: Date,
}

impl Display for Period {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let Self { first, last } = self;
        write!(f, "{:04}", first.year())?;
        if first.month() == last.month() {
            write!(f, "-{:02}", first.month())?;
        }
        if first == last {
            write!(f, "-{:02}", first.day())?;
        }
        Ok(())
    }
}
