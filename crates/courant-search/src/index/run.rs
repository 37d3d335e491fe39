//! Answers queries from the index.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::ops::Bound;
use std::sync::Arc;

use tantivy::columnar::{Column, ColumnValues, StrColumn};
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, EnableScoring, Occur, PhraseQuery, Query as Clause, RangeQuery,
    TermQuery, TermSetQuery, Weight,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Searcher, SegmentReader, Term};

use super::excluded::Excluded;
use super::schema::{self, Fields, headline_term, language_term};
use super::{SearchError, SearchIndex, State};
use crate::analysis::{Analysis, with_analyser};
use crate::document::Facet;
use crate::limits::{MAX_FACET_VALUES, MAX_LIMIT, MAX_OFFSET};
use crate::plan::{Plan, analyses_of, analysis_term, facet_terms, headline_keys, neighbours};
use crate::query::{Query, Scope};

/// Added to the score of a story whose headline says exactly what the query says; no sum of word
/// scores comes near it.
const EXACT_HEADLINE: f32 = 10_000.0;

/// A story of the newest day scores this much more than a very old one, all else equal.
const RECENCY: f32 = 0.15;

/// Days after which half of that advantage is gone.
const RECENCY_HALF_LIFE_DAYS: f32 = 30.0;

/// The part of a word's score that comes again when it stands in the headline.
const TITLE_BOOST: f32 = 0.5;

/// The part of a phrase's score that two words of a query earn for standing together, and how many
/// places they may be off. On the TIME collection it lifts MAP from 0.579 to 0.595.
const NEIGHBOUR_BOOST: f32 = 0.4;
const NEIGHBOUR_SLOP: u32 = 2;

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
    /// How the matches divide, most frequent value first; only facets with a value.
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
        tally.finish(&searcher)
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
        let inside = |position: u64| page.before.is_none_or(|before| position < before) && page.after.is_none_or(|after| after < position);
        // Kept by what is best: the highest positions, or going back the lowest above the cursor.
        let mut listed: Vec<Listed> = if backwards {
            let mut best = Best::new(page.limit);
            for_each_position(&searcher, weight.as_ref(), |position, story| {
                if inside(position) {
                    best.offer(Reverse(Listed { position, story }));
                }
            })?;
            best.into_sorted().into_iter().map(|Reverse(listed)| listed).collect()
        } else {
            let mut best = Best::new(page.limit);
            for_each_position(&searcher, weight.as_ref(), |position, story| {
                if inside(position) {
                    best.offer(Listed { position, story });
                }
            })?;
            best.into_sorted()
        };
        listed.sort_unstable_by(|a, b| b.cmp(a));
        Ok(listed)
    }

    /// Every story that matches, in no order: for comparing an index with its rebuild.
    ///
    /// # Errors
    /// [`SearchError::Engine`].
    pub fn all(&self, query: &Query) -> Result<Vec<u64>, SearchError> {
        let state = self.state();
        let searcher = self.reader.searcher();
        let asked = Asked { fields: self.fields, searcher: &searcher, state: &state };
        let weight = asked.clause(query, false).weight(EnableScoring::disabled_from_searcher(&searcher))?;
        let mut stories = Vec::new();
        for_each_position(&searcher, weight.as_ref(), |_, story| stories.push(story))?;
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

/// Turns queries into the engine's clauses.
struct Asked<'a> {
    fields: Fields,
    searcher: &'a Searcher,
    state: &'a State,
}

impl Asked<'_> {
    /// The query in every language that has stories; each language only asks its own.
    fn clause(&self, query: &Query, scored: bool) -> Box<dyn Clause> {
        let mut alternatives: Vec<(Occur, Box<dyn Clause>)> = Vec::new();
        for analysis in analyses_of(query, &self.state.present) {
            let plan = with_analyser(analysis, |analyser| Plan::new(query, analyser));
            if !self.can_match(analysis, &plan) {
                continue;
            }
            let mut clause = self.part(analysis, &plan, scored);
            if self.state.present.len() > 1 && !plan.is_bound_to_language() {
                let term = Term::from_field_text(self.fields.facet, &analysis_term(analysis));
                clause = both(clause, unscored(Box::new(TermQuery::new(term, IndexRecordOption::Basic))));
            }
            if scored && query.has_words() {
                clause = self.with_bonuses(query, analysis, clause);
            }
            alternatives.push((Occur::Should, clause));
        }
        match alternatives.len() {
            0 => Box::new(EmptyQuery),
            1 => alternatives.remove(0).1,
            _ => Box::new(BooleanQuery::new(alternatives)),
        }
    }

    /// Adds what lifts a match without making one: words side by side, and an exact headline.
    fn with_bonuses(&self, query: &Query, analysis: Analysis, clause: Box<dyn Clause>) -> Box<dyn Clause> {
        let mut parts = vec![(Occur::Must, clause)];
        for key in with_analyser(analysis, |analyser| headline_keys(query, analyser)) {
            let term = Term::from_field_text(self.fields.title, &headline_term(key));
            if self.exists(&term) {
                let exact: Box<dyn Clause> = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
                parts.push((Occur::Should, Box::new(ConstScoreQuery::new(exact, EXACT_HEADLINE))));
            }
        }
        for pair in with_analyser(analysis, |analyser| neighbours(query, analyser)) {
            let first = self.term(analysis, Scope::Anywhere, &pair.first);
            let second = self.term(analysis, Scope::Anywhere, &pair.second);
            if self.exists(&first) && self.exists(&second) {
                let pair = vec![(0, first), (pair.distance, second)];
                let phrase = PhraseQuery::new_with_offset_and_slop(pair, NEIGHBOUR_SLOP);
                let bonus = BoostQuery::new(Box::new(phrase), NEIGHBOUR_BOOST);
                parts.push((Occur::Should, Box::new(bonus)));
            }
        }
        if parts.len() == 1 { parts.remove(0).1 } else { Box::new(BooleanQuery::new(parts)) }
    }

    fn exists(&self, term: &Term) -> bool {
        // An unreadable file is reported by the search itself.
        self.searcher.doc_freq(term).is_ok_and(|stories| stories > 0)
    }

    /// Whether any story of the language can satisfy the plan; spares the union of languages most
    /// of its branches.
    fn can_match(&self, analysis: Analysis, plan: &Plan) -> bool {
        match plan {
            Plan::Nothing => false,
            Plan::Term(scope, word) => self.exists(&self.term(analysis, *scope, word)),
            Plan::Phrase(scope, words) => words.iter().all(|word| self.exists(&self.term(analysis, *scope, word))),
            Plan::And(parts) => parts.iter().all(|part| self.can_match(analysis, part)),
            Plan::Or(parts) => parts.iter().any(|part| self.can_match(analysis, part)),
            Plan::Facet(term) => self.exists(&Term::from_field_text(self.fields.facet, term)),
            Plan::Not(_) | Plan::UrgencyAtMost(_) | Plan::Days(..) => true,
        }
    }

    fn term(&self, analysis: Analysis, scope: Scope, word: &str) -> Term {
        let field = match scope {
            Scope::Anywhere => self.fields.text,
            Scope::Title => self.fields.title,
        };
        Term::from_field_text(field, &language_term(analysis, word))
    }

    fn part(&self, analysis: Analysis, plan: &Plan, scored: bool) -> Box<dyn Clause> {
        match plan {
            Plan::Nothing => Box::new(EmptyQuery),
            Plan::And(parts) => self.all_of(analysis, parts, scored),
            Plan::Or(parts) => {
                let each = |part| (Occur::Should, self.part(analysis, part, scored));
                Box::new(BooleanQuery::new(parts.iter().map(each).collect()))
            }
            Plan::Not(_) => self.all_of(analysis, std::slice::from_ref(plan), scored),
            Plan::Term(scope, word) => {
                let found = |scope| -> Box<dyn Clause> {
                    let term = self.term(analysis, scope, word);
                    let record = if scored { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
                    Box::new(TermQuery::new(term, record))
                };
                with_headline(*scope, scored, found)
            }
            Plan::Phrase(scope, words) => {
                let found = |scope| -> Box<dyn Clause> {
                    Box::new(PhraseQuery::new(words.iter().map(|word| self.term(analysis, scope, word)).collect()))
                };
                with_headline(*scope, scored, found)
            }
            Plan::Facet(term) => {
                let term = Term::from_field_text(self.fields.facet, term);
                unscored(Box::new(TermQuery::new(term, IndexRecordOption::Basic)))
            }
            Plan::UrgencyAtMost(most) => {
                let bound = |urgency| Bound::Included(Term::from_field_u64(self.fields.urgency, urgency));
                unscored(Box::new(RangeQuery::new(bound(1), bound(u64::from(*most)))))
            }
            Plan::Days(first, last) => {
                let bound = |day: Option<i32>| match day {
                    Some(day) => Bound::Included(Term::from_field_i64(self.fields.moved_on, i64::from(day))),
                    None => Bound::Unbounded,
                };
                unscored(Box::new(RangeQuery::new(bound(*first), bound(*last))))
            }
        }
    }

    fn all_of(&self, analysis: Analysis, parts: &[Plan], scored: bool) -> Box<dyn Clause> {
        let mut clauses: Vec<(Occur, Box<dyn Clause>)> = Vec::with_capacity(parts.len() + 1);
        for part in parts {
            match part {
                Plan::Not(inner) => clauses.push((Occur::MustNot, excluded(self.part(analysis, inner, false)))),
                _ => clauses.push((Occur::Must, self.part(analysis, part, scored))),
            }
        }
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, unscored(Box::new(AllQuery))));
        }
        Box::new(BooleanQuery::new(clauses))
    }

    fn selection(&self, selection: &Selection<'_>) -> Box<dyn Clause> {
        let set = |fields: &Fields, facet: Facet, values: &[String]| -> Box<dyn Clause> {
            let terms = facet_terms(facet, values).into_iter();
            let terms = terms.map(|term| Term::from_field_text(fields.facet, &term));
            Box::new(TermSetQuery::new(terms))
        };
        let mut clauses: Vec<(Occur, Box<dyn Clause>)> = Vec::new();
        for (facet, values) in selection.any_of {
            clauses.push((Occur::Must, set(&self.fields, *facet, values)));
        }
        for (facet, values) in selection.none_of {
            clauses.push((Occur::MustNot, set(&self.fields, *facet, values)));
        }
        if let Some(most) = selection.urgency_at_most {
            clauses.push((Occur::Must, self.part(Analysis::Neutral, &Plan::UrgencyAtMost(most), false)));
        }
        for query in selection.queries {
            clauses.push((Occur::Must, self.clause(query, false)));
        }
        for query in selection.muted {
            clauses.push((Occur::MustNot, excluded(self.clause(query, false))));
        }
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, Box::new(AllQuery)));
        }
        Box::new(BooleanQuery::new(clauses))
    }
}

/// What is found anywhere scores again, in part, for standing in the headline.
fn with_headline(scope: Scope, scored: bool, found: impl Fn(Scope) -> Box<dyn Clause>) -> Box<dyn Clause> {
    if !scored || scope == Scope::Title {
        return found(scope);
    }
    let again = BoostQuery::new(found(Scope::Title), TITLE_BOOST);
    Box::new(BooleanQuery::new(vec![(Occur::Must, found(scope)), (Occur::Should, Box::new(again))]))
}

fn both(first: Box<dyn Clause>, second: Box<dyn Clause>) -> Box<dyn Clause> {
    Box::new(BooleanQuery::new(vec![(Occur::Must, first), (Occur::Must, second)]))
}

/// A condition: it narrows, and says nothing of relevance.
fn unscored(clause: Box<dyn Clause>) -> Box<dyn Clause> {
    Box::new(ConstScoreQuery::new(clause, 0.0))
}

fn excluded(clause: Box<dyn Clause>) -> Box<dyn Clause> {
    Box::new(Excluded(clause))
}

/// The best few of many, by their order; the highest is the best.
struct Best<T: Ord> {
    keep: usize,
    heap: BinaryHeap<Reverse<T>>,
}

impl<T: Ord> Best<T> {
    fn new(keep: usize) -> Self {
        Self { keep, heap: BinaryHeap::with_capacity(keep.min(1_024) + 1) }
    }

    fn offer(&mut self, candidate: T) {
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

    fn into_sorted(self) -> Vec<T> {
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
struct Tally {
    options: SearchOptions,
    newest_day: i64,
    total: u64,
    best: Best<Ranked>,
    facets: BTreeMap<String, u64>,
}

impl Tally {
    fn new(options: &SearchOptions, newest_day: i64) -> Self {
        let keep = options.offset + options.limit + 1;
        Self { options: *options, newest_day, total: 0, best: Best::new(keep), facets: BTreeMap::new() }
    }

    fn segment(&mut self, weight: &dyn Weight, ordinal: usize, segment: &SegmentReader) -> Result<(), SearchError> {
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

    fn finish(self, searcher: &Searcher) -> Result<Found, SearchError> {
        let ranked = self.best.into_sorted();
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
        let mut term = String::new();
        for (ordinal, &count) in (0_u64..).zip(&self.counts) {
            if count > 0 {
                term.clear();
                if self.column.ord_to_str(ordinal, &mut term)? {
                    *totals.entry(term.clone()).or_default() += u64::from(count);
                }
            }
        }
        Ok(())
    }
}

/// The most frequent values of each facet; equal counts in alphabetical order, months newest first.
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
            Facet::Month => values.sort_by(|a, b| b.value.cmp(&a.value)),
            _ => values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value))),
        }
        values.truncate(keep);
    }
    facets
}
