//! The read model behind every page and feed.

mod change;
mod follower;
mod line;
mod press;
mod rates;
mod store;

pub use change::{SiteChange, changes};
pub use follower::{OnApplied, SiteFollower, Touched};
pub use line::{DossierEntry, DossierLine, DossierMerged, KilledPhoto, Line, LinePicture, PastStory, SiteStory, TermLine, VersionLine};
pub use press::{PartnerLine, PressAbout, PressLine, PressStore, TakenLine, TeaserLine};
pub use rates::{FixedDay, FixedDaysQuery, FixingLine, RateSourceLine, RateStore};
pub use store::{Cursor, ListQuery, SiteStore, Span};

/// Raised when [`changes`] would answer differently for an old entry, or a store keeps it differently; the read model is
/// then rebuilt at the next start.
pub const REVISION: u32 = 7;
