//! The proof that the wire is what it was: a walk over the whole chain.

use crate::{EntryHash, RawEntry, StoreError, WireSeq, WireStore};

/// How many entries are read at once.
const BATCH: usize = 1_000;

/// What a walk over the wire found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many entries hold, from the first on.
    pub n_entries: u64,
    /// The hash of the last of them.
    pub head: EntryHash,
    /// Where the chain breaks; `None` when it holds to its end.
    pub fault: Option<Fault>,
}

/// The first entry that does not hold, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A number is missing.
    #[error("entry {expected} is missing; {found} follows the one before it")]
    Gap {
        /// The number that should come next.
        expected: WireSeq,
        /// The number found.
        found: WireSeq,
    },
    /// It names another predecessor.
    #[error("entry {seq} names {named} as the hash before it, but that is {actual}")]
    Predecessor {
        /// The entry.
        seq: WireSeq,
        /// What it names.
        named: EntryHash,
        /// What the entry before it hashes to.
        actual: EntryHash,
    },
    /// Its bytes do not hash to what it says.
    #[error("entry {seq} was changed: its bytes hash to {actual}, not to {named}")]
    Changed {
        /// The entry.
        seq: WireSeq,
        /// The hash it carries.
        named: EntryHash,
        /// The hash of its bytes.
        actual: EntryHash,
    },
    /// No codec of this release reads it.
    #[error("entry {seq} cannot be read: {why}")]
    Unreadable {
        /// The entry.
        seq: WireSeq,
        /// What the codec says.
        why: String,
    },
    /// Time ran backwards.
    #[error("entry {seq} is older than the one before it")]
    Backwards {
        /// The entry.
        seq: WireSeq,
    },
}

/// Walks the wire from its first entry and checks numbers, chain, bytes, order of time and that each can be read.
/// `progress` is told the number of each batch's last entry.
///
/// # Errors
/// A [`StoreError`] when the store cannot be read; a fault of the wire is an answer, not an error.
pub fn verify(store: &dyn WireStore, mut progress: impl FnMut(WireSeq)) -> Result<Verified, StoreError> {
    let mut verified = Verified { n_entries: 0, head: EntryHash::START, fault: None };
    let mut moved_at = None;
    loop {
        let entries = store.read_after(WireSeq(verified.n_entries), BATCH)?;
        if entries.is_empty() {
            return Ok(verified);
        }
        for entry in &entries {
            let fault = check(entry, WireSeq(verified.n_entries + 1), verified.head);
            let backwards = moved_at.is_some_and(|before| entry.moved_at < before).then_some(Fault::Backwards { seq: entry.seq });
            if let Some(fault) = fault.or(backwards) {
                verified.fault = Some(fault);
                return Ok(verified);
            }
            moved_at = Some(entry.moved_at);
            verified.n_entries += 1;
            verified.head = entry.hash;
        }
        progress(WireSeq(verified.n_entries));
    }
}

fn check(entry: &RawEntry, expected: WireSeq, previous: EntryHash) -> Option<Fault> {
    let seq = entry.seq;
    if seq != expected {
        return Some(Fault::Gap { expected, found: seq });
    }
    if entry.previous != previous {
        return Some(Fault::Predecessor { seq, named: entry.previous, actual: previous });
    }
    let actual = EntryHash::of(previous, seq, entry.moved_at, entry.codec, &entry.kind, &entry.payload);
    if actual != entry.hash {
        return Some(Fault::Changed { seq, named: entry.hash, actual });
    }
    entry.decode().err().map(|error| Fault::Unreadable { seq, why: error.to_string() })
}
