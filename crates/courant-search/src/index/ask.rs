//! Turns queries into the engine's clauses.

use std::ops::Bound;

use tantivy::query::{
    AllQuery, BooleanQuery, ConstScoreQuery, EmptyQuery, EnableScoring, Occur, PhraseQuery, Query as Clause, RangeQuery, TermQuery,
    TermSetQuery, Weight,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{Searcher, Term};

use super::State;
use super::excluded::Excluded;
use super::near::NearClause;
use super::run::Selection;
use super::schema::{Fields, headline_term, language_term};
use super::tally::EXACT_HEADLINE;
use crate::analysis::{Analysis, with_analyser};
use crate::document::Facet;
use crate::plan::{Plan, Together, analyses_of, analysis_term, facet_terms, headline_keys, neighbours};
use crate::query::{Query, Scope};

/// How many places two neighbours of a query may be off in a story.
const NEIGHBOUR_SLOP: u32 = 2;

/// A query on its way into one state of the index.
pub(super) struct Asked<'a> {
    pub(super) fields: Fields,
    pub(super) searcher: &'a Searcher,
    pub(super) state: &'a State,
}

impl Asked<'_> {
    /// The query in every language that has stories; each language only asks its own.
    pub(super) fn clause(&self, query: &Query, scored: bool) -> Box<dyn Clause> {
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
                clause = self.with_exact_headline(query, analysis, clause);
            }
            alternatives.push((Occur::Should, clause));
        }
        match alternatives.len() {
            0 => Box::new(EmptyQuery),
            1 => alternatives.remove(0).1,
            _ => Box::new(BooleanQuery::new(alternatives)),
        }
    }

    /// Puts a story whose headline says exactly what the query says before all others.
    fn with_exact_headline(&self, query: &Query, analysis: Analysis, clause: Box<dyn Clause>) -> Box<dyn Clause> {
        let mut parts = vec![(Occur::Must, clause)];
        for key in with_analyser(analysis, |analyser| headline_keys(query, analyser)) {
            let term = Term::from_field_text(self.fields.title, &headline_term(key));
            if self.exists(&term) {
                let exact: Box<dyn Clause> = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
                parts.push((Occur::Should, Box::new(ConstScoreQuery::new(exact, EXACT_HEADLINE))));
            }
        }
        if parts.len() == 1 { parts.remove(0).1 } else { Box::new(BooleanQuery::new(parts)) }
    }

    /// The pairs of words that lift a match in which they stand together.
    pub(super) fn neighbours(&self, query: &Query) -> tantivy::Result<Vec<Box<dyn Weight>>> {
        let scoring = EnableScoring::enabled_from_searcher(self.searcher);
        let mut weights = Vec::new();
        for analysis in analyses_of(query, &self.state.present) {
            for pair in with_analyser(analysis, |analyser| neighbours(query, analyser)) {
                let first = self.term(analysis, Scope::Anywhere, &pair.first);
                let second = self.term(analysis, Scope::Anywhere, &pair.second);
                if self.exists(&first) && self.exists(&second) {
                    let pair = vec![(0, first), (pair.distance, second)];
                    let phrase = PhraseQuery::new_with_offset_and_slop(pair, NEIGHBOUR_SLOP);
                    weights.push(phrase.weight(scoring)?);
                }
            }
        }
        Ok(weights)
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
            Plan::Near(near) => near.first.iter().chain(&near.second).all(|word| self.exists(&self.term(analysis, near.scope, word))),
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
                let record = if scored { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
                Box::new(TermQuery::new(self.term(analysis, *scope, word), record))
            }
            Plan::Phrase(scope, words) => Box::new(PhraseQuery::new(self.terms(analysis, *scope, words))),
            Plan::Near(near) => self.near(analysis, near, scored),
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

    fn terms(&self, analysis: Analysis, scope: Scope, words: &[String]) -> Vec<Term> {
        words.iter().map(|word| self.term(analysis, scope, word)).collect()
    }

    /// The condition that they stand close together narrows; what is scored are the two themselves.
    fn near(&self, analysis: Analysis, near: &Together, scored: bool) -> Box<dyn Clause> {
        let together = NearClause {
            first: self.terms(analysis, near.scope, &near.first),
            second: self.terms(analysis, near.scope, &near.second),
            within: near.within.into(),
        };
        if !scored {
            return Box::new(together);
        }
        let side = |words: &[String]| match words {
            [word] => Plan::Term(near.scope, word.clone()),
            _ => Plan::Phrase(near.scope, words.to_vec()),
        };
        let mut parts: Vec<(Occur, Box<dyn Clause>)> = vec![(Occur::Must, unscored(Box::new(together)))];
        parts.extend([&near.first, &near.second].map(|words| (Occur::Must, self.part(analysis, &side(words), true))));
        Box::new(BooleanQuery::new(parts))
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

    pub(super) fn selection(&self, selection: &Selection<'_>) -> Box<dyn Clause> {
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
