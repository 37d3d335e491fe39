//! The filter: one small algebra, one parser, one canonical form, one meaning everywhere.
//!
//! A filter is a query string (product contract 4.3). Its canonical form is the cache key, the feed's `self` and the
//! stream's group. Lists compile [`Filter`] to SQL, word filters to an index query, streams ask [`Filter::verdict`];
//! all three work on [`terms`], so they cannot disagree on what an item is filed under.

mod facet;
mod parse;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use jiff::civil::Date;

pub use facet::{Facet, Term, terms};
pub use parse::{MUTE_CHARS_MAX, Parsed, Problem, ProblemKind, decoded};

use crate::{NewsItem, Urgency, address};

/// What a reader chose to see. The default lets everything through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Filter {
    /// For each facet, an item must carry one of these terms.
    pub any_of: BTreeMap<Facet, BTreeSet<String>>,
    /// An item must carry none of these terms.
    pub none_of: BTreeMap<Facet, BTreeSet<String>>,
    /// An item must be at least as urgent as this: its number at most this one.
    pub urgency_at_most: Option<Urgency>,
    /// An item must be less urgent than this: its number above this one.
    pub urgency_above: Option<Urgency>,
    /// An item must satisfy one of these search expressions.
    pub queries: BTreeSet<String>,
    /// An item must satisfy none of these search expressions.
    pub not_queries: BTreeSet<String>,
    /// Words and phrases that hide an item.
    pub mutes: BTreeSet<String>,
    /// The last day the mutes hold.
    pub until: Option<Date>,
    /// What becomes of a muted item.
    pub show: Show,
}

/// What becomes of an item that a mute hides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Show {
    /// It is left out, and counted.
    #[default]
    Hide,
    /// Its line stays, folded.
    Collapse,
}

/// What a filter makes of an item: the whole answer, which every consumer matches on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict<'f> {
    /// The reader sees it.
    Shown,
    /// It passes every condition, but this mute hides it. What becomes of it then is [`Filter::show`]'s to say.
    Muted(&'f str),
    /// A condition keeps it out, as if it were not there.
    Out,
}

/// How words are compared. Implemented by the search index's analysis, so that a stream and a search agree.
pub trait Words {
    /// Whether the item's headline, lead or copy holds this word or phrase.
    fn contains(&self, item: &NewsItem, phrase: &str) -> bool;
    /// Whether the item satisfies this search expression. An expression that cannot be read is satisfied by nothing.
    fn satisfies(&self, item: &NewsItem, query: &str) -> bool;
}

impl Filter {
    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        *self == Self { show: self.show, until: self.until, ..Self::default() }
    }

    /// Whether it looks at words, so that a list needs the index to answer it.
    pub fn has_words(&self) -> bool {
        !(self.queries.is_empty() && self.not_queries.is_empty() && self.mutes.is_empty())
    }

    /// The filter as it holds on `today`: mutes that have ended are gone.
    #[must_use]
    pub fn on(mut self, today: Date) -> Self {
        if self.until.is_some_and(|until| until < today) {
            self.mutes.clear();
            self.until = None;
        }
        self
    }

    /// The last day of mutes that are over on `today`; `None` while they hold, or when there are none.
    pub fn ended(&self, today: Date) -> Option<Date> {
        self.until.filter(|until| *until < today && !self.mutes.is_empty())
    }

    /// The filter with one more condition: an item must also carry `term`.
    #[must_use]
    pub fn with(mut self, term: &Term) -> Self {
        self.any_of.insert(term.facet, BTreeSet::from([term.value.clone()]));
        self
    }

    /// The filter without its mutes: what it shows, folds and hides, all alike.
    #[must_use]
    pub fn unmuted(&self) -> Self {
        Self { mutes: BTreeSet::new(), until: None, show: Show::default(), ..self.clone() }
    }

    /// What the filter makes of an item. Of several mutes that hide it, the first in their order is named.
    pub fn verdict(&self, item: &NewsItem, words: &dyn Words) -> Verdict<'_> {
        if !self.passes(item, words) {
            return Verdict::Out;
        }
        match self.mutes.iter().find(|mute| words.contains(item, mute)) {
            Some(mute) => Verdict::Muted(mute),
            None => Verdict::Shown,
        }
    }

    /// Whether the item passes every condition but the mutes.
    fn passes(&self, item: &NewsItem, words: &dyn Words) -> bool {
        let filed_under = terms(item);
        let carries =
            |facet: Facet, wanted: &BTreeSet<String>| filed_under.iter().any(|term| term.facet == facet && wanted.contains(&term.value));
        self.any_of.iter().all(|(facet, wanted)| carries(*facet, wanted))
            && !self.none_of.iter().any(|(facet, wanted)| carries(*facet, wanted))
            && self.urgency_at_most.is_none_or(|most| item.urgency <= most)
            && self.urgency_above.is_none_or(|above| above < item.urgency)
            && (self.queries.is_empty() || self.queries.iter().any(|query| words.satisfies(item, query)))
            && !self.not_queries.iter().any(|query| words.satisfies(item, query))
    }

    /// The one way to write this filter: parameters sorted, values sorted, deduplicated and percent-encoded alike.
    /// Empty for a filter that lets everything through.
    pub fn canonical(&self) -> String {
        let mut parameters: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (sign, facets) in [("", &self.any_of), ("not.", &self.none_of)] {
            for (facet, values) in facets.iter().filter(|(_, values)| !values.is_empty()) {
                parameters.insert(format!("{sign}{}", facet.as_str()), values.iter().map(|value| encoded(value)).collect());
            }
        }
        let mut put = |name: &str, values: Vec<String>| {
            if !values.is_empty() {
                parameters.insert(name.to_owned(), values);
            }
        };
        put("urgency", self.urgency_at_most.iter().map(|level| level.number().to_string()).collect());
        put("not.urgency", self.urgency_above.iter().map(|level| level.number().to_string()).collect());
        put("q", self.queries.iter().map(|query| encoded_words(query)).collect());
        put("not.q", self.not_queries.iter().map(|query| encoded_words(query)).collect());
        put("mute", self.mutes.iter().map(|mute| encoded_mute(mute)).collect());
        if !self.mutes.is_empty() {
            put("until", self.until.iter().map(ToString::to_string).collect());
        }
        if self.show == Show::Collapse {
            put("show", vec!["collapse".to_owned()]);
        }
        let mut canonical = String::new();
        for (name, values) in parameters {
            let between = if canonical.is_empty() { "" } else { "&" };
            let _ = write!(canonical, "{between}{name}={}", values.join(","));
        }
        canonical
    }
}

fn encoded(value: &str) -> String {
    address::segment(value)
}

/// A mute: one word as it is, a phrase in quotes.
fn encoded_mute(mute: &str) -> String {
    let is_word = mute.chars().all(|letter| letter.is_alphanumeric() || letter == '-');
    if is_word { encoded(mute) } else { encoded(&format!("\"{mute}\"")) }
}

/// A search expression. A comma outside quotes would end it, so it is written as a space, which means the same.
fn encoded_words(query: &str) -> String {
    encoded(query)
}

#[cfg(test)]
mod tests;
