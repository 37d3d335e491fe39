//! The wire: an append-only, gap-free, hash-chained log of everything the agency has sent.
//!
//! Reading order: [`WireEntry`] (one entry), [`codec`] (its stored form), [`WireStore`] (where it is kept),
//! [`verify()`] (the proof that nothing was changed), [`pump`] (how projections follow it).

mod chain;
mod entry;
mod head;
mod store;
mod verify;

pub mod codec;
pub mod conformance;
pub mod pump;

pub use chain::EntryHash;
pub use entry::{RawEntry, WireEntry, WireSeq};
pub use head::Head;
pub use store::{AppendError, Appended, StoreError, StoryOnWire, WireStore};
pub use verify::{Fault, Verified, verify};
