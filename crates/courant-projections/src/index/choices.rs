//! What each choice of a filter keeps of a day, counted in one pass over its stories.
//!
//! A reader who makes a filter wants to know what a choice does before making it. Every condition of a filter is a hurdle; a story is
//! counted for a choice when it passes all hurdles but the one the choice belongs to. So a count says what the page will have, whatever
//! else is chosen: `section=economy` counts with the languages and mutes that are in force, and without the sections that are.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use courant_news::filter::Facet;
use courant_news::{Filter, StoryId};
use courant_search::{Facet as IndexFacet, Query, SearchError, SearchIndex, Table};
use jiff::civil::Date;

use super::words::phrase;

/// The most stories of a day that are counted.
const STORIES_MAX: usize = 20_000;
/// How many stories stand as examples of what an expression finds.
pub const EXAMPLES: usize = 3;

/// What a filter and each choice beside it make of a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// The stories of the day.
    pub n_stories: u64,
    /// Those the filter shows.
    pub n_kept: u64,
    /// Those that pass all its conditions, but for a mute.
    pub n_muted: u64,
    /// For each facet, what each of its values would keep if it were the only one chosen.
    pub any_of: BTreeMap<Facet, Counted<String>>,
    /// For each facet, what each of its values would take away if it were the only one left out.
    pub none_of: BTreeMap<Facet, Counted<String>>,
    /// What an urgency of at most so much would keep.
    pub urgency: Counted<u8>,
    /// What the words in force find, in the order of the filter.
    pub words: Vec<Found>,
}

/// The choices of one condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted<V> {
    /// How many stories pass every other condition.
    pub of: u64,
    /// How many of them each value has; none for a value without any.
    pub values: BTreeMap<V, u64>,
}

impl<V> Default for Counted<V> {
    fn default() -> Self {
        Self { of: 0, values: BTreeMap::new() }
    }
}

/// What a search expression or a mute finds among the stories that pass every other condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is in the filter.
    pub kind: WordsKind,
    /// The expression as the filter has it.
    pub expression: String,
    /// How many stories it finds.
    pub n_stories: u64,
    /// The newest of them, at most [`EXAMPLES`].
    pub examples: Vec<StoryId>,
}

/// What words are for in a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WordsKind {
    /// A story must answer one of these.
    Query,
    /// A story must answer none of these.
    NotQuery,
    /// Stories with them are hidden.
    Mute,
}

/// A condition of a filter that a story has not passed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hurdle {
    AnyOf(Facet),
    NoneOf(Facet),
    UrgencyAtMost,
    UrgencyAbove,
    Words(WordsKind),
}

/// The expressions of a filter with the stories each finds on a day.
pub struct DayWords {
    found: Vec<(WordsKind, String, HashSet<u64>)>,
}

impl DayWords {
    /// Asks the index each expression of the filter on a day of the site. One that cannot be read finds nothing, as everywhere.
    ///
    /// # Errors
    /// A [`SearchError`] when the index cannot be read.
    pub fn ask(index: &SearchIndex, filter: &Filter, day: Date) -> Result<Self, SearchError> {
        let typed = [(WordsKind::Query, &filter.queries), (WordsKind::NotQuery, &filter.not_queries), (WordsKind::Mute, &filter.mutes)];
        let mut found = Vec::new();
        for (kind, expression) in typed.into_iter().flat_map(|(kind, all)| all.iter().map(move |one| (kind, one))) {
            let query = match kind {
                WordsKind::Mute => phrase(expression),
                WordsKind::Query | WordsKind::NotQuery => Query::parse(expression).ok(),
            };
            let stories = match query.zip(on(day)) {
                Some((query, on)) => index.all(&on.and(query))?.into_iter().map(|listed| listed.story).collect(),
                None => HashSet::new(),
            };
            found.push((kind, expression.clone(), stories));
        }
        Ok(Self { found })
    }

    /// The mute that hides a story, the first in their order; the words of a filter asked of what [`Self::lets`] through.
    pub fn muted_by(&self, story: StoryId) -> Option<&str> {
        let mut mutes = self.found.iter().filter(|(kind, ..)| *kind == WordsKind::Mute);
        mutes.find(|(_, _, stories)| stories.contains(&story.number())).map(|(_, mute, _)| mute.as_str())
    }

    /// Whether a story passes the search expressions, mutes not looked at.
    pub fn lets(&self, story: StoryId) -> bool {
        !self.hurdles(story.number()).any(|kind| kind != WordsKind::Mute)
    }

    /// The kinds of words a story does not pass.
    fn hurdles(&self, story: u64) -> impl Iterator<Item = WordsKind> {
        let of = |wanted: WordsKind| self.found.iter().filter(move |(kind, ..)| *kind == wanted);
        let hits = move |wanted: WordsKind| of(wanted).any(|(_, _, stories)| stories.contains(&story));
        let misses_query = of(WordsKind::Query).next().is_some() && !hits(WordsKind::Query);
        [(WordsKind::Query, misses_query), (WordsKind::NotQuery, hits(WordsKind::NotQuery)), (WordsKind::Mute, hits(WordsKind::Mute))]
            .into_iter()
            .filter_map(|(kind, stands)| stands.then_some(kind))
    }
}

/// Counts what a filter, and each choice beside it, keeps of the stories that first moved on a day.
///
/// # Errors
/// A [`SearchError`] when the index cannot be read.
pub fn choices(index: &SearchIndex, filter: &Filter, day: Date) -> Result<Choices, SearchError> {
    let Some(on) = on(day) else {
        return Ok(Choices::default());
    };
    let table = index.table(&on, STORIES_MAX)?;
    let words = DayWords::ask(index, filter, day)?;
    Ok(Tally::new(filter, &words, &table).counted(&table))
}

/// The condition that a story first moved on a day.
fn on(day: Date) -> Option<Query> {
    Query::parse(&format!("on:{day}")).ok()
}

/// One pass over a table.
struct Tally<'a> {
    filter: &'a Filter,
    words: &'a DayWords,
    /// What the places of the table are called in a filter.
    terms: Vec<Option<(Facet, &'a str)>>,
    choices: Choices,
}

impl<'a> Tally<'a> {
    fn new(filter: &'a Filter, words: &'a DayWords, table: &'a Table) -> Self {
        let known: HashMap<IndexFacet, Facet> = Facet::ALL.into_iter().map(|facet| (super::narrowing_facet(facet), facet)).collect();
        let terms = table.facets.iter().map(|(facet, value)| Some((*known.get(facet)?, value.as_str()))).collect();
        let found = words.found.iter().map(|(kind, expression, _)| Found {
            kind: *kind,
            expression: expression.clone(),
            n_stories: 0,
            examples: Vec::new(),
        });
        let choices = Choices { words: found.collect(), ..Choices::default() };
        Self { filter, words, terms, choices }
    }

    fn counted(mut self, table: &Table) -> Choices {
        for row in &table.rows {
            let filed: Vec<(Facet, &str)> = row.facets.iter().filter_map(|place| self.terms.get(*place as usize).copied()?).collect();
            let hurdles = self.hurdles(row.story, row.urgency, &filed);
            self.choices.n_stories += 1;
            match hurdles.as_slice() {
                [] => self.choices.n_kept += 1,
                [Hurdle::Words(WordsKind::Mute)] => self.choices.n_muted += 1,
                _ => {}
            }
            let stands_alone = |hurdle: Hurdle| hurdles.iter().all(|other| *other == hurdle);
            for facet in Facet::ALL {
                if stands_alone(Hurdle::AnyOf(facet)) {
                    count(self.choices.any_of.entry(facet).or_default(), &filed, facet);
                }
                if stands_alone(Hurdle::NoneOf(facet)) {
                    count(self.choices.none_of.entry(facet).or_default(), &filed, facet);
                }
            }
            if stands_alone(Hurdle::UrgencyAtMost) {
                self.choices.urgency.of += 1;
                for most in row.urgency.max(1)..=9 {
                    *self.choices.urgency.values.entry(most).or_default() += 1;
                }
            }
            for (found, (kind, _, stories)) in self.choices.words.iter_mut().zip(&self.words.found) {
                if stands_alone(Hurdle::Words(*kind)) && stories.contains(&row.story) {
                    found.n_stories += 1;
                    if found.examples.len() < EXAMPLES {
                        found.examples.extend(StoryId::from_number(row.story));
                    }
                }
            }
        }
        self.choices
    }

    fn hurdles(&self, story: u64, urgency: u8, filed: &[(Facet, &str)]) -> Vec<Hurdle> {
        let filter = self.filter;
        let carries =
            |facet: Facet, wanted: &BTreeSet<String>| filed.iter().any(|(other, value)| *other == facet && wanted.contains(*value));
        let mut hurdles: Vec<Hurdle> = Vec::new();
        hurdles.extend(filter.any_of.iter().filter(|(facet, wanted)| !carries(**facet, wanted)).map(|(facet, _)| Hurdle::AnyOf(*facet)));
        hurdles.extend(filter.none_of.iter().filter(|(facet, wanted)| carries(**facet, wanted)).map(|(facet, _)| Hurdle::NoneOf(*facet)));
        if filter.urgency_at_most.is_some_and(|most| most.number() < urgency) {
            hurdles.push(Hurdle::UrgencyAtMost);
        }
        if filter.urgency_above.is_some_and(|above| urgency <= above.number()) {
            hurdles.push(Hurdle::UrgencyAbove);
        }
        hurdles.extend(self.words.hurdles(story).map(Hurdle::Words));
        hurdles
    }
}

fn count(counted: &mut Counted<String>, filed: &[(Facet, &str)], facet: Facet) {
    counted.of += 1;
    for (_, value) in filed.iter().filter(|(other, _)| *other == facet) {
        match counted.values.get_mut(*value) {
            Some(n_stories) => *n_stories += 1,
            None => _ = counted.values.insert((*value).to_owned(), 1),
        }
    }
}
