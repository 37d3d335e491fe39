//! Goes through the matches once: counts them, counts their facets, keeps the best.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;

use tantivy::columnar::{Column, ColumnValues, StrColumn};
use tantivy::query::Weight;
use tantivy::{DocId, Searcher, SeekDangerResult, SegmentReader};

use super::run::{FacetCount, Found, Hit, Order, SearchOptions};
use super::{SearchError, schema};
use crate::document::Facet;
use crate::limits::MONTHS_MAX;

/// Added to the score of a story whose headline says exactly what the query says; no sum of word
/// scores comes near it.
pub(super) const EXACT_HEADLINE: f32 = 10_000.0;

/// A story of the newest day scores this much more than a very old one, all else equal.
const RECENCY: f32 = 0.15;

/// Days after which half of that advantage is gone.
const RECENCY_HALF_LIFE_DAYS: f32 = 30.0;

/// The part of a phrase's score that two words of a query earn for standing together. On the TIME
/// collection it lifts MAP from 0.579 to 0.595.
const NEIGHBOUR_BOOST: f32 = 0.4;

/// The best by their words, of which words standing together are looked for. It costs a look at
/// the places of words in each, so not all of many thousand matches are asked.
const WEIGHED_AGAIN: usize = 200;

/// The best few of many, by their order; the highest is the best.
pub(super) struct Best<T: Ord> {
    keep: usize,
    heap: BinaryHeap<Reverse<T>>,
}

impl<T: Ord> Best<T> {
    pub(super) fn new(keep: usize) -> Self {
        Self { keep, heap: BinaryHeap::with_capacity(keep.min(1_024) + 1) }
    }

    pub(super) fn offer(&mut self, candidate: T) {
        if self.heap.len() < self.keep {
            self.heap.push(Reverse(candidate));
        } else if let Some(mut worst) = self.heap.peek_mut()
            && candidate > worst.0
        {
            *worst = Reverse(candidate);
        }
    }

    /// Whether nothing below this is kept any more.
    fn worst(&self) -> Option<&T> {
        if self.heap.len() < self.keep { None } else { self.heap.peek().map(|Reverse(worst)| worst) }
    }

    pub(super) fn into_sorted(self) -> Vec<T> {
        self.heap.into_sorted_vec().into_iter().map(|Reverse(item)| item).collect()
    }
}

/// A match on the way to the page: ordered by score, then position.
#[derive(Clone, Copy, PartialEq)]
struct Ranked {
    score: f32,
    position: u64,
    segment: usize,
    doc: DocId,
}

impl Eq for Ranked {}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let by_score = self.score.total_cmp(&other.score).then(self.position.cmp(&other.position));
        by_score.then((other.segment, other.doc).cmp(&(self.segment, self.doc)))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// One pass over the matches: counts all, counts facets, keeps the best.
pub(super) struct Tally {
    options: SearchOptions,
    newest_day: i64,
    total: u64,
    best: Best<Ranked>,
    facets: BTreeMap<String, u64>,
}

impl Tally {
    pub(super) fn new(options: &SearchOptions, newest_day: i64) -> Self {
        let keep = (options.offset + options.limit + 1).max(WEIGHED_AGAIN);
        Self { options: *options, newest_day, total: 0, best: Best::new(keep), facets: BTreeMap::new() }
    }

    pub(super) fn segment(&mut self, weight: &dyn Weight, ordinal: usize, segment: &SegmentReader) -> Result<(), SearchError> {
        let position: Arc<dyn ColumnValues<u64>> = segment.fast_fields().column_first_or_default(schema::POSITION)?;
        let moved_on: Arc<dyn ColumnValues<i64>> = segment.fast_fields().column_first_or_default(schema::MOVED_ON)?;
        let mut facets = match self.options.facet_values {
            0 => None,
            _ => segment.fast_fields().str(schema::FACET)?.map(Ordinals::new),
        };
        let alive = segment.alive_bitset();
        let mut matched = 0;
        let (best, newest_day, before) = (&mut self.best, self.newest_day, self.options.before);
        match self.options.order {
            Order::Relevance => weight.for_each(segment, &mut |doc, score| {
                if alive.is_some_and(|alive| alive.is_deleted(doc)) {
                    return;
                }
                matched += 1;
                if let Some(facets) = &mut facets {
                    facets.count(doc);
                }
                // The advantage of the new is bounded, so most matches need not be dated.
                if best.worst().is_some_and(|worst| score * (1.0 + RECENCY) < worst.score) {
                    return;
                }
                let position = position.get_val(doc);
                if before.is_none_or(|before| position < before) {
                    // Of exact headlines the newest is first, however often it repeats itself.
                    let score = if score >= EXACT_HEADLINE { EXACT_HEADLINE } else { score * recency(newest_day - moved_on.get_val(doc)) };
                    best.offer(Ranked { score, position, segment: ordinal, doc });
                }
            })?,
            Order::Newest => weight.for_each_no_score(segment, &mut |docs| {
                for &doc in docs {
                    if alive.is_some_and(|alive| alive.is_deleted(doc)) {
                        continue;
                    }
                    matched += 1;
                    if let Some(facets) = &mut facets {
                        facets.count(doc);
                    }
                    let position = position.get_val(doc);
                    if before.is_none_or(|before| position < before) {
                        best.offer(Ranked { score: 0.0, position, segment: ordinal, doc });
                    }
                }
            })?,
        }
        self.total += matched;
        if let Some(facets) = facets {
            facets.add_to(&mut self.facets)?;
        }
        Ok(())
    }

    pub(super) fn finish(self, searcher: &Searcher, neighbours: &[Box<dyn Weight>]) -> Result<Found, SearchError> {
        let mut ranked = self.best.into_sorted();
        weigh_neighbours(&mut ranked, searcher, neighbours, self.newest_day)?;
        let has_more = ranked.len() > self.options.offset + self.options.limit;
        let mut hits = Vec::with_capacity(self.options.limit);
        for ranked in ranked.into_iter().skip(self.options.offset).take(self.options.limit) {
            let numbers = searcher.segment_readers()[ranked.segment].fast_fields();
            let story: Column<u64> = numbers.u64(schema::STORY)?;
            let story = story.first(ranked.doc).unwrap_or_default();
            hits.push(Hit { story, position: ranked.position, score: ranked.score });
        }
        let facets = top_values(self.facets, self.options.facet_values);
        Ok(Found { total: self.total, hits, facets, has_more })
    }
}

/// Lifts those of the best in which words of the query stand together, and orders them anew.
fn weigh_neighbours(
    ranked: &mut [Ranked],
    searcher: &Searcher,
    neighbours: &[Box<dyn Weight>],
    newest_day: i64,
) -> Result<(), SearchError> {
    let weighed = ranked.len().min(WEIGHED_AGAIN);
    let best = &mut ranked[..weighed];
    if neighbours.is_empty() || best.len() < 2 {
        return Ok(());
    }
    // The engine goes through a file forwards only.
    best.sort_unstable_by_key(|ranked| (ranked.segment, ranked.doc));
    for of_segment in best.chunk_by_mut(|one, next| one.segment == next.segment) {
        let segment = &searcher.segment_readers()[of_segment[0].segment];
        let moved_on: Arc<dyn ColumnValues<i64>> = segment.fast_fields().column_first_or_default(schema::MOVED_ON)?;
        for weight in neighbours {
            let (mut at, mut scorer) = weight.scorer_danger(segment, of_segment[0].doc, NEIGHBOUR_BOOST)?;
            for (place, ranked) in of_segment.iter_mut().enumerate() {
                if place > 0 {
                    match at {
                        // It told that nothing before this is of interest.
                        SeekDangerResult::SeekLowerBound(bound) if ranked.doc < bound => continue,
                        _ => at = scorer.seek_danger(ranked.doc),
                    }
                }
                if at == SeekDangerResult::Found && ranked.score < EXACT_HEADLINE {
                    ranked.score += scorer.score() * recency(newest_day - moved_on.get_val(ranked.doc));
                }
            }
        }
    }
    best.sort_unstable_by(|one, other| other.cmp(one));
    Ok(())
}

/// 1 for the very old, up to 1 + [`RECENCY`] for the newest.
#[expect(clippy::cast_precision_loss, reason = "ages in days are far below 2^24")]
fn recency(age_days: i64) -> f32 {
    1.0 + RECENCY / (1.0 + age_days.max(0) as f32 / RECENCY_HALF_LIFE_DAYS)
}

/// Counts the facet terms of one segment by their number there.
struct Ordinals {
    column: StrColumn,
    counts: Vec<u32>,
}

impl Ordinals {
    fn new(column: StrColumn) -> Self {
        let counts = vec![0; column.num_terms()];
        Self { column, counts }
    }

    fn count(&mut self, doc: DocId) {
        for ordinal in self.column.term_ords(doc) {
            if let Some(count) = usize::try_from(ordinal).ok().and_then(|at| self.counts.get_mut(at)) {
                *count += 1;
            }
        }
    }

    fn add_to(&self, totals: &mut BTreeMap<String, u64>) -> Result<(), SearchError> {
        // Looked up in one go: one by one, each costs the decoding of a block of the dictionary.
        let (ordinals, counts): (Vec<u64>, Vec<u32>) = (0_u64..).zip(self.counts.iter().copied()).filter(|(_, count)| *count > 0).unzip();
        let mut counts = counts.into_iter();
        self.column.dictionary().sorted_ords_to_term_cb(&ordinals, |term| {
            let count = u64::from(counts.next().unwrap_or_default());
            let term = String::from_utf8_lossy(term);
            match totals.get_mut(&*term) {
                Some(total) => *total += count,
                None => _ = totals.insert(term.into_owned(), count),
            }
        })?;
        Ok(())
    }
}

/// The most frequent values of each facet; equal counts in alphabetical order. Months newest first, and up to [`MONTHS_MAX`] of them: a
/// part of a histogram is none.
fn top_values(totals: BTreeMap<String, u64>, keep: usize) -> BTreeMap<Facet, Vec<FacetCount>> {
    let mut facets: BTreeMap<Facet, Vec<FacetCount>> = BTreeMap::new();
    for (term, count) in totals {
        let mut chars = term.chars();
        if let Some(facet) = chars.next().and_then(Facet::from_mark) {
            facets.entry(facet).or_default().push(FacetCount { value: chars.as_str().to_owned(), count });
        }
    }
    for (facet, values) in &mut facets {
        match facet {
            Facet::Month => {
                values.sort_by(|a, b| b.value.cmp(&a.value));
                values.truncate(MONTHS_MAX);
            }
            _ => {
                values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
                values.truncate(keep);
            }
        }
    }
    facets
}
