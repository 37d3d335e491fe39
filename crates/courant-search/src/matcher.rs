//! Asks one story a query, without an index: for streams, alerts and saved filters.
//!
//! [`Matcher::matches`] answers exactly what the index would: a story is in the results of a
//! search when, and only when, it matches.

use std::collections::HashMap;

use crate::analysis::{Analyser, Analysers, Analysis};
use crate::document::{Document, day_number};
use crate::limits::PART_GAP;
use crate::near::{Said, are_near, starts_of_phrase};
use crate::plan::Plan;
use crate::query::{Query, Scope};

/// A story made ready to be asked many queries. Making it costs one analysis of the text.
#[derive(Debug, Clone)]
pub struct PreparedStory {
    analysis: Analysis,
    title: Positions,
    /// Places in headline and copy; the copy is counted on from the headline, with a gap.
    text: Positions,
    facets: Vec<String>,
    urgency: u8,
    day: i32,
}

type Positions = HashMap<Box<str>, Vec<u32>>;

impl PreparedStory {
    /// Analyses a story.
    pub fn new(document: &Document, analysers: &mut Analysers) -> Self {
        let analysis = Analysis::for_tag(&document.lang);
        let analyser = analysers.of(analysis);
        let mut title = Positions::new();
        let after_title = places(analyser, &document.title, 0, &mut title);
        let mut text = title.clone();
        places(analyser, &document.body, after_title + PART_GAP, &mut text);
        Self { analysis, title, text, facets: document.facet_terms(), urgency: document.urgency, day: day_number(document.moved_on) }
    }

    fn satisfies(&self, plan: &Plan) -> bool {
        match plan {
            Plan::Nothing => false,
            Plan::And(parts) => parts.iter().all(|part| self.satisfies(part)),
            Plan::Or(parts) => parts.iter().any(|part| self.satisfies(part)),
            Plan::Not(part) => !self.satisfies(part),
            Plan::Term(scope, term) => self.positions(*scope).contains_key(term.as_str()),
            Plan::Phrase(scope, terms) => !self.starts(*scope, terms).is_empty(),
            Plan::Near(near) => {
                let (first, second) = (self.starts(near.scope, &near.first), self.starts(near.scope, &near.second));
                let said = |starts, terms: &[String]| Said { starts, n_words: u32::try_from(terms.len()).unwrap_or(u32::MAX) };
                are_near(&said(&first, &near.first), &said(&second, &near.second), near.within.into())
            }
            Plan::Facet(term) => self.facets.binary_search(term).is_ok(),
            Plan::UrgencyAtMost(most) => (1..=*most).contains(&self.urgency),
            Plan::Days(first, last) => first.is_none_or(|first| first <= self.day) && last.is_none_or(|last| self.day <= last),
        }
    }

    /// Where these terms follow each other.
    fn starts(&self, scope: Scope, terms: &[String]) -> Vec<u32> {
        let positions = self.positions(scope);
        let each: Option<Vec<&[u32]>> = terms.iter().map(|term| positions.get(term.as_str()).map(Vec::as_slice)).collect();
        each.map_or_else(Vec::new, |each| starts_of_phrase(&each))
    }

    fn positions(&self, scope: Scope) -> &Positions {
        match scope {
            Scope::Anywhere => &self.text,
            Scope::Title => &self.title,
        }
    }
}

/// Notes where every term of `text` stands, counting from `first`; answers the next free place.
fn places(analyser: &mut Analyser, text: &str, first: u32, into: &mut Positions) -> u32 {
    let mut place = first;
    analyser.each(text, |token| {
        match into.get_mut(token.text) {
            Some(places) => places.push(place),
            None => {
                into.insert(token.text.into(), vec![place]);
            }
        }
        place += 1;
    });
    place
}

/// A query made ready to be asked of many stories. It keeps its plan for every language it has
/// met.
#[derive(Debug, Clone)]
pub struct Matcher {
    query: Query,
    plans: Vec<(Analysis, Plan)>,
}

impl Matcher {
    /// A matcher for a query.
    pub fn new(query: Query) -> Self {
        Self { query, plans: Vec::new() }
    }

    /// The query it asks.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Whether the story is one the query means.
    pub fn matches(&mut self, story: &PreparedStory, analysers: &mut Analysers) -> bool {
        if let Some((_, plan)) = self.plans.iter().find(|(analysis, _)| *analysis == story.analysis) {
            return story.satisfies(plan);
        }
        let plan = Plan::new(&self.query, analysers.of(story.analysis));
        let answer = story.satisfies(&plan);
        self.plans.push((story.analysis, plan));
        answer
    }
}

/// Whether one story matches one query. For many of either, keep a [`Matcher`] and a
/// [`PreparedStory`].
pub fn matches(query: &Query, document: &Document) -> bool {
    let mut analysers = Analysers::default();
    let story = PreparedStory::new(document, &mut analysers);
    Matcher::new(query.clone()).matches(&story, &mut analysers)
}
