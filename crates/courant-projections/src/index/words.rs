//! Filters and searches asked of the index, and of a single story in the same words.

use std::collections::{BTreeMap, BTreeSet};

use courant_news::filter::{Facet as FilterFacet, Words};
use courant_news::{Filter, NewsItem};
use courant_search::analysis::Analysers;
use courant_search::{Document, Facet, Matcher, Page, PreparedStory, Query, SearchError, SearchIndex, Selection};
use courant_wire::WireSeq;
use jiff::tz::TimeZone;

use super::document;
use crate::site::Cursor;

/// The positions and stories a filter with words shows, newest first; a page of at most `limit`.
///
/// # Errors
/// A [`SearchError`] when the index cannot be read or `limit` is beyond its own.
pub fn list(index: &SearchIndex, filter: &Filter, cursor: Cursor, limit: usize) -> Result<Vec<courant_search::Listed>, SearchError> {
    let Some(mut asked) = AskedOfIndex::of(filter) else {
        return Ok(Vec::new());
    };
    asked.excluded.extend(mutes(filter));
    let page = match cursor {
        Cursor::Newest => Page { before: None, after: None, limit },
        Cursor::Before(WireSeq(seq)) => Page { before: Some(seq), after: None, limit },
        Cursor::After(WireSeq(seq)) => Page { before: None, after: Some(seq), limit },
    };
    index.list(&asked.selection(), page)
}

/// How many stories the mutes of a filter hide between two positions, both exclusive; open where `None`.
///
/// # Errors
/// A [`SearchError`] when the index cannot be read.
pub fn count_muted(index: &SearchIndex, filter: &Filter, above: Option<WireSeq>, below: Option<WireSeq>) -> Result<u64, SearchError> {
    let (Some(mut asked), Some(muted)) = (AskedOfIndex::of(filter), Query::any_of(mutes(filter))) else {
        return Ok(0);
    };
    asked.queries.push(muted);
    index.count_listed(&asked.selection(), Page { before: below.map(|seq| seq.0), after: above.map(|seq| seq.0), limit: 0 })
}

/// The conditions of a filter, its mutes left out, in the index's own form.
struct AskedOfIndex {
    any_of: Vec<(Facet, Vec<String>)>,
    none_of: Vec<(Facet, Vec<String>)>,
    urgency_at_most: Option<u8>,
    queries: Vec<Query>,
    excluded: Vec<Query>,
}

impl AskedOfIndex {
    /// `None` when nothing can pass: a query that cannot be read is satisfied by nothing.
    fn of(filter: &Filter) -> Option<Self> {
        let mut queries = Vec::new();
        if !filter.queries.is_empty() {
            queries.push(Query::any_of(readable(&filter.queries))?);
        }
        let mut excluded: Vec<Query> = readable(&filter.not_queries).collect();
        if let Some(above) = filter.urgency_above {
            excluded.extend(Query::parse(&format!("urgency:{}", above.number())));
        }
        Some(Self {
            any_of: selected(&filter.any_of),
            none_of: selected(&filter.none_of),
            urgency_at_most: filter.urgency_at_most.map(courant_news::Urgency::number),
            queries,
            excluded,
        })
    }

    fn selection(&self) -> Selection<'_> {
        Selection {
            any_of: &self.any_of,
            none_of: &self.none_of,
            urgency_at_most: self.urgency_at_most,
            queries: &self.queries,
            muted: &self.excluded,
        }
    }
}

fn readable(queries: &BTreeSet<String>) -> impl Iterator<Item = Query> {
    queries.iter().filter_map(|query| Query::parse(query).ok())
}

/// The mutes of a filter as queries.
pub(super) fn mutes(filter: &Filter) -> impl Iterator<Item = Query> {
    filter.mutes.iter().filter_map(|mute| phrase(mute))
}

fn selected(facets: &BTreeMap<FilterFacet, BTreeSet<String>>) -> Vec<(Facet, Vec<String>)> {
    facets.iter().map(|(facet, values)| (narrowing_facet(*facet), values.iter().cloned().collect())).collect()
}

/// The index's name of a facet when it narrows a search.
pub fn narrowing_facet(facet: FilterFacet) -> Facet {
    super::search_facet(facet).unwrap_or(Facet::Language)
}

pub(super) fn phrase(mute: &str) -> Option<Query> {
    Query::parse(&format!("\"{mute}\"")).ok()
}

/// A story made ready to be asked many filters.
pub struct AskedStory {
    prepared: PreparedStory,
}

impl AskedStory {
    /// Analyses the words of a story; days are of `zone`.
    pub fn new(item: &NewsItem, zone: &TimeZone) -> Self {
        Self::of(&document(item, WireSeq::START, zone))
    }

    fn of(document: &Document) -> Self {
        Self { prepared: PreparedStory::new(document, &mut Analysers::default()) }
    }

    fn answers(&self, query: Option<Query>) -> bool {
        query.is_some_and(|query| Matcher::new(query).matches(&self.prepared, &mut Analysers::default()))
    }
}

/// The words of this one story, whatever item is asked about.
impl Words for AskedStory {
    fn contains(&self, _: &NewsItem, mute: &str) -> bool {
        self.answers(phrase(mute))
    }

    fn satisfies(&self, _: &NewsItem, query: &str) -> bool {
        self.answers(Query::parse(query).ok())
    }
}
