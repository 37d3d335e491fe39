//! The read model behind every page and feed.

mod change;
mod follower;
mod line;
mod store;

pub use change::{SiteChange, changes};
pub use follower::{OnApplied, SiteFollower, Touched};
pub use line::{DossierLine, Line, LinePicture, PastStory, SiteStory, TermLine, VersionLine};
pub use store::{Cursor, ListQuery, SiteStore, Span};

/// Raised when [`changes`] would answer differently for an old entry, or a store keeps it differently; the read model is
/// then rebuilt at the next start.
pub const REVISION: u32 = 4;
