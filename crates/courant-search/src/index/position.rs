//! Where a story stands, asked by its identity.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED, Term};

use super::{SearchError, SearchIndex, schema};

impl SearchIndex {
    /// The position of a story that searches show or that is on hold; `None` when it is neither. What is staged does not count.
    ///
    /// # Errors
    /// [`SearchError::Engine`] when files are unreadable.
    pub fn position_of(&self, story: u64) -> Result<Option<u64>, SearchError> {
        let searcher = self.reader.searcher();
        let term = Term::from_field_u64(self.fields.story, story);
        for segment in searcher.segment_readers() {
            let Some(mut postings) = segment.inverted_index(self.fields.story)?.read_postings(&term, IndexRecordOption::Basic)? else {
                continue;
            };
            let mut doc = postings.doc();
            while doc != TERMINATED {
                if !segment.is_deleted(doc) {
                    let positions = segment.fast_fields().u64(schema::POSITION)?;
                    return Ok(positions.first(doc));
                }
                doc = postings.advance();
            }
        }
        Ok(self.state().held.position_of(story))
    }
}
