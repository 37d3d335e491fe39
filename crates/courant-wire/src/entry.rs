//! One entry of the wire.

use std::fmt;

use courant_news::WireEvent;
use jiff::Timestamp;

use crate::EntryHash;
use crate::codec::{self, CodecError};

/// The number of an entry: 1, 2, 3, never skipped, never reused, never visible before a lower one.
///
/// The one number used everywhere: projection cursor, stream id, list cursor, log field. 0 stands before the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WireSeq(pub u64);

impl WireSeq {
    /// Before the first entry.
    pub const START: Self = Self(0);

    /// The number after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for WireSeq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// An entry as projections see it: typed and complete.
#[derive(Clone, Debug, PartialEq)]
pub struct WireEntry {
    /// Its number.
    pub seq: WireSeq,
    /// When it was put on this wire, to the microsecond.
    pub moved_at: Timestamp,
    /// The hash of the entry before it.
    pub previous: EntryHash,
    /// Its own hash.
    pub hash: EntryHash,
    /// What happened.
    pub event: WireEvent,
}

/// An entry as stores keep it: bytes that are hashed as they stand and never written again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawEntry {
    /// Its number.
    pub seq: WireSeq,
    /// When it was put on this wire, to the microsecond.
    pub moved_at: Timestamp,
    /// The hash of the entry before it.
    pub previous: EntryHash,
    /// Its own hash.
    pub hash: EntryHash,
    /// Which codec wrote the payload.
    pub codec: u32,
    /// The word for the event's kind.
    pub kind: String,
    /// The event, in that codec's form.
    pub payload: Vec<u8>,
}

impl RawEntry {
    /// The typed entry.
    ///
    /// # Errors
    /// A [`CodecError`] naming the entry, when no codec of this release can read it.
    pub fn decode(&self) -> Result<WireEntry, CodecError> {
        let event = codec::decode(self.codec, &self.kind, &self.payload).map_err(|error| error.in_entry(self.seq))?;
        Ok(WireEntry { seq: self.seq, moved_at: self.moved_at, previous: self.previous, hash: self.hash, event })
    }
}
