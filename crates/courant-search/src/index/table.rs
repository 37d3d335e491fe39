//! Stories with all they are filed under, in one pass over the matches: for counting what each choice of a filter keeps.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use tantivy::columnar::ColumnValues;
use tantivy::query::{EnableScoring, Query as Clause};

use super::ask::Asked;
use super::{SearchError, SearchIndex, schema};
use crate::document::Facet;
use crate::query::Query;

/// The stories that match a query, and what each is filed under.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Every value that one of them has, folded.
    pub facets: Vec<(Facet, String)>,
    /// The stories, newest position first.
    pub rows: Vec<TableRow>,
}

/// A story of a [`Table`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// Its position.
    pub position: u64,
    /// The story.
    pub story: u64,
    /// Its urgency; 0 when it has none.
    pub urgency: u8,
    /// What it is filed under, as places in [`Table::facets`].
    pub facets: Vec<u32>,
}

impl SearchIndex {
    /// Every story that matches, with its facets; the `rows_max` newest of them. Nothing but columns is read.
    ///
    /// # Errors
    /// [`SearchError::Engine`].
    pub fn table(&self, query: &Query, rows_max: usize) -> Result<Table, SearchError> {
        let state = self.state();
        let searcher = self.reader.searcher();
        let asked = Asked { fields: self.fields, searcher: &searcher, state: &state };
        let weight = asked.clause(query, false).weight(EnableScoring::disabled_from_searcher(&searcher))?;
        let mut places: HashMap<String, Option<u32>> = HashMap::new();
        let mut table = Table::default();
        for segment in searcher.segment_readers() {
            let columns = segment.fast_fields();
            let position: Arc<dyn ColumnValues<u64>> = columns.column_first_or_default(schema::POSITION)?;
            let story: Arc<dyn ColumnValues<u64>> = columns.column_first_or_default(schema::STORY)?;
            let urgency: Arc<dyn ColumnValues<u64>> = columns.column_first_or_default(schema::URGENCY)?;
            let Some(facet) = columns.str(schema::FACET)? else { continue };
            let alive = segment.alive_bitset();
            let mut found = Vec::new();
            weight.for_each_no_score(segment, &mut |docs| {
                found.extend(docs.iter().copied().filter(|doc| alive.is_none_or(|alive| alive.is_alive(*doc))));
            })?;
            // A value is a number within its segment; all are looked up in one go, in their order.
            let ordinals: Vec<u64> = found.iter().flat_map(|doc| facet.term_ords(*doc)).collect::<BTreeSet<_>>().into_iter().collect();
            let mut named: Vec<Option<u32>> = Vec::with_capacity(ordinals.len());
            facet.dictionary().sorted_ords_to_term_cb(&ordinals, |term| {
                named.push(table.place(&mut places, &String::from_utf8_lossy(term)));
            })?;
            let known: HashMap<u64, Option<u32>> = ordinals.into_iter().zip(named).collect();
            for doc in found {
                let facets = facet.term_ords(doc).filter_map(|ordinal| known.get(&ordinal).copied().flatten()).collect();
                let urgency = u8::try_from(urgency.get_val(doc)).unwrap_or_default();
                table.rows.push(TableRow { position: position.get_val(doc), story: story.get_val(doc), urgency, facets });
            }
        }
        table.rows.sort_unstable_by_key(|row| std::cmp::Reverse(row.position));
        table.rows.truncate(rows_max);
        Ok(table)
    }
}

impl Table {
    /// The place of a term of the index; `None` for a mark that is no facet.
    fn place(&mut self, places: &mut HashMap<String, Option<u32>>, term: &str) -> Option<u32> {
        if let Some(place) = places.get(term) {
            return *place;
        }
        let mut letters = term.chars();
        let place = letters.next().and_then(Facet::from_mark).and_then(|facet| {
            let place = u32::try_from(self.facets.len()).ok()?;
            self.facets.push((facet, letters.as_str().to_owned()));
            Some(place)
        });
        places.insert(term.to_owned(), place);
        place
    }
}
