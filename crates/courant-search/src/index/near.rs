//! A clause of the engine: two runs of words within a distance of each other, in either order.
//!
//! The engine's own phrase with slop counts differently in the two directions and finds a word near itself, so the places
//! are compared here, by the rule the matcher uses.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

use crate::near::{Said, are_near, starts_of_phrase};

/// The words of both runs, none of them empty, all of one field.
#[derive(Clone, Debug)]
pub(super) struct NearClause {
    pub(super) first: Vec<Term>,
    pub(super) second: Vec<Term>,
    pub(super) within: u32,
}

impl Query for NearClause {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.first.iter().chain(&self.second).for_each(|term| visitor(term, true));
    }
}

impl Weight for NearClause {
    fn scorer(&self, reader: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let (Some(first), Some(second)) = (Run::open(reader, &self.first)?, Run::open(reader, &self.second)?) else {
            return Ok(Box::new(EmptyScorer));
        };
        let mut near = NearDocs { first, second, within: self.within, doc: 0 };
        near.doc = near.first_from(0);
        Ok(Box::new(near))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("near", 1.0))
    }
}

/// Words that are to follow each other, each with where it is said.
struct Run {
    words: Vec<Word>,
    starts: Vec<u32>,
}

struct Word {
    postings: SegmentPostings,
    places: Vec<u32>,
}

impl Run {
    /// `None` when a word is not said in any document of the segment.
    fn open(reader: &SegmentReader, terms: &[Term]) -> tantivy::Result<Option<Self>> {
        let mut words = Vec::with_capacity(terms.len());
        for term in terms {
            let found = reader.inverted_index(term.field())?.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?;
            let Some(postings) = found else { return Ok(None) };
            words.push(Word { postings, places: Vec::new() });
        }
        Ok(Some(Self { words, starts: Vec::new() }))
    }

    /// Moves every word to `target` or beyond; answers the furthest it came.
    fn seek(&mut self, target: DocId) -> DocId {
        let mut furthest = target;
        for word in &mut self.words {
            let doc = if word.postings.doc() < furthest { word.postings.seek(furthest) } else { word.postings.doc() };
            furthest = furthest.max(doc);
        }
        furthest
    }

    /// Where the run is said in the document all its words stand at.
    fn read(&mut self) -> Said<'_> {
        for word in &mut self.words {
            word.postings.positions(&mut word.places);
        }
        let places: Vec<&[u32]> = self.words.iter().map(|word| word.places.as_slice()).collect();
        self.starts = starts_of_phrase(&places);
        Said { starts: &self.starts, n_words: u32::try_from(self.words.len()).unwrap_or(u32::MAX) }
    }
}

struct NearDocs {
    first: Run,
    second: Run,
    within: u32,
    doc: DocId,
}

impl NearDocs {
    /// The first document at `target` or beyond in which the two stand near each other.
    fn first_from(&mut self, mut target: DocId) -> DocId {
        while target < TERMINATED {
            let reached = self.second.seek(self.first.seek(target));
            if reached != target {
                target = reached;
            } else if are_near(&self.first.read(), &self.second.read(), self.within) {
                return target;
            } else {
                target += 1;
            }
        }
        TERMINATED
    }
}

impl DocSet for NearDocs {
    fn advance(&mut self) -> DocId {
        if self.doc < TERMINATED {
            self.doc = self.first_from(self.doc + 1);
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = self.first_from(target);
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let words = self.first.words.iter().chain(&self.second.words);
        words.map(|word| word.postings.size_hint()).min().unwrap_or(0)
    }
}

impl Scorer for NearDocs {
    fn score(&mut self) -> Score {
        1.0
    }
}
