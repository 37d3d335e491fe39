//! Filters and searches asked of the index, and of a single story in the same words.

use courant_news::filter::{Facet as FilterFacet, Words};
use courant_news::{Filter, NewsItem};
use courant_search::analysis::Analysers;
use courant_search::{Document, Facet, Matcher, Page, PreparedStory, Query, SearchError, SearchIndex, Selection};
use courant_wire::WireSeq;
use jiff::tz::TimeZone;

use super::document;
use crate::site::Cursor;

/// The positions and stories a filter with words lets through, newest first; a page of at most `limit`.
///
/// # Errors
/// A [`SearchError`] when the index cannot be read or `limit` is beyond its own.
pub fn list(index: &SearchIndex, filter: &Filter, cursor: Cursor, limit: usize) -> Result<Vec<courant_search::Listed>, SearchError> {
    let any_of = selected(&filter.any_of);
    let none_of = selected(&filter.none_of);
    let mut queries = Vec::new();
    if !filter.queries.is_empty() {
        match any_of_queries(&filter.queries) {
            Some(query) => queries.push(query),
            // A query that cannot be read is satisfied by nothing.
            None => return Ok(Vec::new()),
        }
    }
    let mut muted: Vec<Query> = filter.mutes.iter().filter_map(|mute| phrase(mute)).collect();
    muted.extend(filter.not_queries.iter().filter_map(|query| Query::parse(query).ok()));
    if let Some(above) = filter.urgency_above {
        muted.extend(Query::parse(&format!("urgency:{}", above.number())));
    }
    let selection = Selection {
        any_of: &any_of,
        none_of: &none_of,
        urgency_at_most: filter.urgency_at_most.map(courant_news::Urgency::number),
        queries: &queries,
        muted: &muted,
    };
    let page = match cursor {
        Cursor::Newest => Page { before: None, after: None, limit },
        Cursor::Before(WireSeq(seq)) => Page { before: Some(seq), after: None, limit },
        Cursor::After(WireSeq(seq)) => Page { before: None, after: Some(seq), limit },
    };
    index.list(&selection, page)
}

fn selected(facets: &std::collections::BTreeMap<FilterFacet, std::collections::BTreeSet<String>>) -> Vec<(Facet, Vec<String>)> {
    facets.iter().map(|(facet, values)| (narrowing_facet(*facet), values.iter().cloned().collect())).collect()
}

/// The index's name of a facet when it narrows a search.
pub fn narrowing_facet(facet: FilterFacet) -> Facet {
    super::search_facet(facet).unwrap_or(Facet::Language)
}

/// One query for any of several. `None` when one of them alone cannot be read and no other is left.
fn any_of_queries(queries: &std::collections::BTreeSet<String>) -> Option<Query> {
    let readable: Vec<String> = queries.iter().filter(|query| Query::parse(query).is_ok()).map(|query| format!("({query})")).collect();
    if readable.is_empty() { None } else { Query::parse(&readable.join(" OR ")).ok() }
}

fn phrase(mute: &str) -> Option<Query> {
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
