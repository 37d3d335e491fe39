//! What other media report of the same story.

mod bag;
pub mod boost;
mod clusters;
mod company;
mod compare;
mod differences;
mod endings;
pub mod fetching;
mod fingerprint;
mod index;
mod judge;
mod key;
mod lang;
mod lexicon;
mod likeness;
mod matching;
mod profile;
mod rarity;
mod report;
mod romanise;
mod territories;
pub mod topics;
mod trees;

pub use clusters::{Clusters, Settled, SnapshotError, WINDOW_SECS};
pub use compare::{Comparer, Comparison, Shared};
pub use differences::{Difference, DifferenceKind};
pub use fingerprint::Kind;
pub use judge::{Asked, Judge, Question, Shipped, margin, pair_trees};
pub use lang::Lang;
pub use likeness::{Likeness, Measure};
pub use matching::{Everyone, Found, Matcher, MatcherError, Relation, SOURCES_MIN, Side};
pub use report::Report;
pub use trees::{Trees, TreesError};
