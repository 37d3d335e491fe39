//! The port of the log: what any store of the wire promises.

use std::sync::Arc;

use courant_news::{DossierBook, Guid, NewsItem, Offer, Refusal, Standing, WireEvent};
use jiff::Timestamp;

use crate::{EntryHash, RawEntry, WireSeq};

/// Where the wire is kept. Blocking: callers on an async runtime use a blocking thread.
pub trait WireStore: Send + Sync {
    /// Appends `event` as the next entry, or writes nothing.
    ///
    /// One durable transaction: the store re-reads the story's standing under the write lock, so of two editors
    /// racing exactly one wins, and a hold, a kill or a takedown always does. `now` is stamped as `moved_at`, to the
    /// microsecond, but never earlier than the entry before.
    ///
    /// # Errors
    /// [`AppendError::Refused`] when the rule table or the version says no; the caller never retries by itself.
    fn append(&self, event: WireEvent, offer: Offer, now: Timestamp) -> Result<Appended, AppendError> {
        let outcome = self.append_all(vec![(event, offer)], now)?.pop();
        match outcome {
            Some(outcome) => Ok(outcome?),
            None => Err(StoreError::new("append to the wire", "the store answered nothing").into()),
        }
    }

    /// Appends many events in one durable transaction, in order; a refused one uses no number and stops no other.
    ///
    /// # Errors
    /// A [`StoreError`] when nothing at all was written.
    fn append_all(&self, events: Vec<(WireEvent, Offer)>, now: Timestamp) -> Result<Vec<Result<Appended, Refusal>>, StoreError>;

    /// The number and hash of the last entry; number 0 and [`EntryHash::START`] for an empty wire.
    ///
    /// # Errors
    /// A [`StoreError`] when the store cannot be read.
    fn head(&self) -> Result<(WireSeq, EntryHash), StoreError>;

    /// At most `limit` entries after `cursor`, oldest first. Empty means caught up.
    ///
    /// # Errors
    /// A [`StoreError`] when the store cannot be read.
    fn read_after(&self, cursor: WireSeq, limit: usize) -> Result<Vec<RawEntry>, StoreError>;

    /// Every entry of a story, oldest first; at most `limit`, the latest ones.
    ///
    /// # Errors
    /// A [`StoreError`] when the store cannot be read.
    fn entries_of(&self, guid: &Guid, limit: usize) -> Result<Vec<RawEntry>, StoreError>;

    /// Where a story stands and its latest item; `None` when it never moved.
    ///
    /// # Errors
    /// A [`StoreError`] when the store cannot be read or holds what no codec can read.
    fn story(&self, guid: &Guid) -> Result<Option<StoryOnWire>, StoreError>;

    /// Every entry about dossiers, oldest first: descriptions and merges.
    ///
    /// # Errors
    /// A [`StoreError`] when the store cannot be read.
    fn dossier_entries(&self) -> Result<Vec<RawEntry>, StoreError>;

    /// Where every dossier stands.
    ///
    /// # Errors
    /// A [`StoreError`] when the store cannot be read or holds what no codec can read.
    fn dossier_book(&self) -> Result<DossierBook, StoreError> {
        let mut book = DossierBook::default();
        for entry in self.dossier_entries()? {
            book.note(&entry.decode().map_err(StoreError::while_doing("read the dossiers"))?.event);
        }
        Ok(book)
    }

    /// The stories whose embargo ended at or before `now` and was not lifted yet; at most `limit`.
    ///
    /// # Errors
    /// A [`StoreError`] when the store cannot be read.
    fn embargoes_due(&self, now: Timestamp, limit: usize) -> Result<Vec<Guid>, StoreError>;
}

/// What an append answers: the entry is durable and has its number.
#[derive(Clone, Debug, PartialEq)]
pub struct Appended {
    /// Its number.
    pub seq: WireSeq,
    /// When it was put on the wire.
    pub moved_at: Timestamp,
    /// Its hash.
    pub hash: EntryHash,
    /// The event as admitted, with the version a notice was given.
    pub event: WireEvent,
}

/// A story as the wire knows it.
#[derive(Clone, Debug, PartialEq)]
pub struct StoryOnWire {
    /// Where it stands.
    pub standing: Standing,
    /// The number of its latest entry.
    pub seq: WireSeq,
    /// The latest item that moved, which a later hold or kill does not carry.
    pub latest: Arc<NewsItem>,
}

/// Why an append did not happen. Nothing was written in any of these cases.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// Tell the editor; for a conflict ([`Refusal::is_conflict`]) show both versions.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Log it and page someone.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The store failed, or holds something we cannot read. Never the editor's fault.
#[derive(Debug, thiserror::Error)]
#[error("cannot {doing}: {source}")]
pub struct StoreError {
    /// What was attempted.
    pub doing: &'static str,
    /// Why it failed.
    #[source]
    pub source: Box<dyn std::error::Error + Send + Sync>,
}

impl StoreError {
    /// An error while `doing` something.
    pub fn new(doing: &'static str, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { doing, source: source.into() }
    }

    /// For `map_err`: wraps whatever failed while `doing` something.
    pub fn while_doing<E: Into<Box<dyn std::error::Error + Send + Sync>>>(doing: &'static str) -> impl Fn(E) -> Self + Copy {
        move |source| Self { doing, source: source.into() }
    }
}
