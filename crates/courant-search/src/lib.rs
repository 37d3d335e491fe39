//! Full text search over the wire: one query language, an index on disk, and a matcher that means
//! the same for a single story.
//!
//! - [`SearchIndex`] keeps the stories. [`SearchIndex::apply`] changes them together with the wire
//!   cursor; what it applied is found as soon as it returns.
//! - [`Query`] is what a reader typed, understood or refused with the place of the error.
//! - [`Matcher`] asks a story a query without the index, for streams and alerts.
//! - [`Highlighter`] marks headlines and picks the passage to show.
//!
//! ```
//! use courant_search::{Change, Document, Facet, Highlighter, Query, SearchIndex, SearchOptions};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let index = SearchIndex::in_memory()?; // or SearchIndex::open(folder)
//! let story = Document {
//!     story: 42,
//!     position: 7,
//!     moved_on: jiff::civil::date(2017, 3, 20),
//!     lang: "ru".to_owned(),
//!     title: "Приняты законы о выборах".to_owned(),
//!     body: "Депутаты проголосовали в понедельник.".to_owned(),
//!     urgency: 3,
//!     is_corrected: false,
//!     facets: vec![(Facet::Section, "politics".to_owned())],
//! };
//! index.apply(&[Change::Put(Box::new(story))], 7)?;
//!
//! let query = Query::parse("закона выборы section:politics on:2017-03")?;
//! let found = index.search(&query, &SearchOptions::default())?;
//! assert_eq!((found.total, found.hits[0].story), (1, 42));
//!
//! let title = Highlighter::new(&query).title("ru", "Приняты законы о выборах");
//! let marked: Vec<&str> = title.iter().filter(|piece| piece.is_match).map(|piece| piece.text.as_str()).collect();
//! assert_eq!(marked, ["законы", "выборах"]);
//!
//! let error = Query::parse("on:2017-13-01").unwrap_err();
//! assert_eq!((error.span.start, error.span.length), (3, 10));
//! # Ok(())
//! # }
//! ```
//!
//! The crate does no networking and reads no clock. It stores no copy: snippets are made from the
//! text the caller has.

pub mod analysis;
mod document;
mod highlight;
mod index;
mod limits;
mod matcher;
mod near;
mod plan;
pub mod query;

pub use document::{Document, Facet};
pub use highlight::{Highlighter, Piece, Snippet};
pub use index::{
    Change, FacetCount, Found, Hit, Listed, OpenError, Order, Page, SearchError, SearchIndex, SearchOptions, Selection, Table, TableRow,
    WriteError,
};
pub use limits::*;
pub use matcher::{Matcher, PreparedStory, matches};
pub use query::{Query, QueryError, QueryProblem};
