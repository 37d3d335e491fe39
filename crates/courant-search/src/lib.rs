//! Full text search over the wire: one query language, an index on disk, and a matcher that means
//! the same for a single story.
//!
//! - [`SearchIndex`] keeps the stories. [`SearchIndex::apply`] changes them together with the wire
//!   cursor; what it applied is found as soon as it returns.
//! - [`Query`] is what a reader typed, understood or refused with the place of the error.
//! - [`Matcher`] asks a story a query without the index, for streams and alerts.
//! - [`Highlighter`] marks headlines and picks the passage to show.
//!
//! The crate does no networking and reads no clock. It stores no copy: snippets are made from the
//! text the caller has.

pub mod analysis;
mod document;
mod highlight;
mod index;
mod limits;
mod matcher;
mod plan;
pub mod query;

pub use document::{Document, Facet};
pub use highlight::{Highlighter, Piece, Snippet};
pub use index::{
    Change, FacetCount, Found, Hit, Listed, OpenError, Order, Page, SearchError, SearchIndex, SearchOptions, Selection, WriteError,
};
pub use limits::*;
pub use matcher::{Matcher, PreparedStory, matches};
pub use query::{Query, QueryError, QueryProblem};
