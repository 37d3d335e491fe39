//! Answers queries from the index.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use tantivy::Searcher;
use tantivy::SegmentReader;
use tantivy::columnar::ColumnValues;
use tantivy::query::{EnableScoring, Query as Clause, Weight};

use super::ask::Asked;
use super::tally::{Best, Tally};
use super::{SearchError, SearchIndex, schema};
use crate::document::Facet;
use crate::limits::{MAX_FACET_VALUES, MAX_LIMIT, MAX_OFFSET};
use crate::query::Query;

/// How results are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Best first: an exact headline, then how much and how rarely the words are said, a little in
    /// favour of the new. Equal scores: newest first.
    #[default]
    Relevance,
    /// By position, highest first.
    Newest,
}

/// What part of the results is wanted, in which order, and what to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchOptions {
    /// The order.
    pub order: Order,
    /// Stories to return, at most [`MAX_LIMIT`].
    pub limit: usize,
    /// Stories to skip, at most [`MAX_OFFSET`].
    pub offset: usize,
    /// Only stories at a lower position, exclusive: the cursor of pages in newest order. It does
    /// not change [`Found::total`] and the facets.
    pub before: Option<u64>,
    /// How many values of each facet to count, at most [`MAX_FACET_VALUES`]; 0 for none, which is
    /// faster.
    pub facet_values: usize,
}

impl Default for SearchOptions {
    fn default() -> Self {
        Self { order: Order::Relevance, limit: 10, offset: 0, before: None, facet_values: 0 }
    }
}

/// The answer to a search.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Stories that match, all pages together.
    pub total: u64,
    /// The stories of this page, in order.
    pub hits: Vec<Hit>,
    /// How the matches divide, most frequent value first; only facets with a value. Of months all, newest first.
    pub facets: BTreeMap<Facet, Vec<FacetCount>>,
    /// Whether there are more after this page.
    pub has_more: bool,
}

/// A story found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The story.
    pub story: u64,
    /// Its position; of the last hit, the cursor of the next page in newest order.
    pub position: u64,
    /// How well it answers; comparable within one search. 0 in newest order.
    pub score: f32,
}

/// How many of the matches have a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCount {
    /// The value, folded.
    pub value: String,
    /// Matches that have it.
    pub count: u64,
}

/// A list of stories by conditions rather than by relevance: a filter with words in it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Selection<'a> {
    /// Stories must have one of the values, for each facet named.
    pub any_of: &'a [(Facet, Vec<String>)],
    /// Stories must have none of the values.
    pub none_of: &'a [(Facet, Vec<String>)],
    /// Urgency from 1 to this.
    pub urgency_at_most: Option<u8>,
    /// Stories must match each of these.
    pub queries: &'a [Query],
    /// Stories must match none of these.
    pub muted: &'a [Query],
}

/// Which stretch of a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Page {
    /// Only lower positions, exclusive.
    pub before: Option<u64>,
    /// Only higher positions, exclusive. Without `before` the page is the one that ends just above
    /// it, so that a reader going back in pages sees each story once.
    pub after: Option<u64>,
    /// Stories to return, at most [`MAX_LIMIT`].
    pub limit: usize,
}

impl Page {
    /// Whether a position is between its bounds.
    fn has(self, position: u64) -> bool {
        self.before.is_none_or(|before| position < before) && self.after.is_none_or(|after| after < position)
    }
}

/// A story of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed {
    /// Its position.
    pub position: u64,
    /// The story.
    pub story: u64,
}

impl SearchIndex {
    /// Answers a query.
    ///
    /// # Errors
    /// [`SearchError`].
    pub fn search(&self, query: &Query, options: &SearchOptions) -> Result<Found, SearchError> {
        within("limit", options.limit, MAX_LIMIT)?;
        within("offset", options.offset, MAX_OFFSET)?;
        within("facet_values", options.facet_values, MAX_FACET_VALUES)?;
        let state = self.state();
        let searcher = self.reader.searcher();
        let asked = Asked { fields: self.fields, searcher: &searcher, state: &state };
        let scored = options.order == Order::Relevance;
        let clause = asked.clause(query, scored);
        let scoring =
            if scored { EnableScoring::enabled_from_searcher(&searcher) } else { EnableScoring::disabled_from_searcher(&searcher) };
        let weight = clause.weight(scoring)?;
        let mut tally = Tally::new(options, state.newest_day);
        for (ordinal, segment) in searcher.segment_readers().iter().enumerate() {
            tally.segment(weight.as_ref(), ordinal, segment)?;
        }
        let neighbours = if scored { asked.neighbours(query)? } else { Vec::new() };
        tally.finish(&searcher, &neighbours)
    }

    /// How many stories match.
    ///
    /// # Errors
    /// [`SearchError::Engine`].
    pub fn count(&self, query: &Query) -> Result<u64, SearchError> {
        let state = self.state();
        let searcher = self.reader.searcher();
        let asked = Asked { fields: self.fields, searcher: &searcher, state: &state };
        let weight = asked.clause(query, false).weight(EnableScoring::disabled_from_searcher(&searcher))?;
        let mut total = 0;
        for segment in searcher.segment_readers() {
            total += u64::from(weight.count(segment)?);
        }
        Ok(total)
    }

    /// The stories of a selection, newest first.
    ///
    /// # Errors
    /// [`SearchError`].
    pub fn list(&self, selection: &Selection<'_>, page: Page) -> Result<Vec<Listed>, SearchError> {
        within("limit", page.limit, MAX_LIMIT)?;
        let state = self.state();
        let searcher = self.reader.searcher();
        let asked = Asked { fields: self.fields, searcher: &searcher, state: &state };
        let clause = asked.selection(selection);
        let weight = clause.weight(EnableScoring::disabled_from_searcher(&searcher))?;
        let backwards = page.after.is_some() && page.before.is_none();
        // Kept by what is best: the highest positions, or going back the lowest above the cursor.
        let mut listed: Vec<Listed> = if backwards {
            let mut best = Best::new(page.limit);
            for_each_position(&searcher, weight.as_ref(), |position, story| {
                if page.has(position) {
                    best.offer(Reverse(Listed { position, story }));
                }
            })?;
            best.into_sorted().into_iter().map(|Reverse(listed)| listed).collect()
        } else {
            let mut best = Best::new(page.limit);
            for_each_position(&searcher, weight.as_ref(), |position, story| {
                if page.has(position) {
                    best.offer(Listed { position, story });
                }
            })?;
            best.into_sorted()
        };
        listed.sort_unstable_by(|a, b| b.cmp(a));
        Ok(listed)
    }

    /// How many stories of a selection stand between the bounds of a page; its `limit` is not looked at.
    ///
    /// # Errors
    /// [`SearchError::Engine`].
    pub fn count_listed(&self, selection: &Selection<'_>, page: Page) -> Result<u64, SearchError> {
        let state = self.state();
        let searcher = self.reader.searcher();
        let asked = Asked { fields: self.fields, searcher: &searcher, state: &state };
        let weight = asked.selection(selection).weight(EnableScoring::disabled_from_searcher(&searcher))?;
        let mut count = 0;
        for_each_position(&searcher, weight.as_ref(), |position, _| count += u64::from(page.has(position)))?;
        Ok(count)
    }

    /// Every story that matches and where it stands, in no order: for comparing an index with its rebuild.
    ///
    /// # Errors
    /// [`SearchError::Engine`].
    pub fn all(&self, query: &Query) -> Result<Vec<Listed>, SearchError> {
        let state = self.state();
        let searcher = self.reader.searcher();
        let asked = Asked { fields: self.fields, searcher: &searcher, state: &state };
        let weight = asked.clause(query, false).weight(EnableScoring::disabled_from_searcher(&searcher))?;
        let mut stories = Vec::new();
        for_each_position(&searcher, weight.as_ref(), |position, story| stories.push(Listed { position, story }))?;
        Ok(stories)
    }
}

fn within(what: &'static str, asked: usize, most: usize) -> Result<(), SearchError> {
    if asked > most { Err(SearchError::PageOutOfRange { what, asked, most }) } else { Ok(()) }
}

/// Calls `found` with position and identity of every matching story.
fn for_each_position(searcher: &Searcher, weight: &dyn Weight, mut found: impl FnMut(u64, u64)) -> Result<(), SearchError> {
    for segment in searcher.segment_readers() {
        let numbers = Numbers::open(segment)?;
        let alive = segment.alive_bitset();
        weight.for_each_no_score(segment, &mut |docs| {
            for &doc in docs {
                if alive.is_none_or(|alive| alive.is_alive(doc)) {
                    found(numbers.position.get_val(doc), numbers.story.get_val(doc));
                }
            }
        })?;
    }
    Ok(())
}

/// The numbers every story has.
struct Numbers {
    position: Arc<dyn ColumnValues<u64>>,
    story: Arc<dyn ColumnValues<u64>>,
}

impl Numbers {
    fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        Ok(Self {
            position: segment.fast_fields().column_first_or_default(schema::POSITION)?,
            story: segment.fast_fields().column_first_or_default(schema::STORY)?,
        })
    }
}
