//! What can go wrong with an index, and what the caller does about it.

use std::path::PathBuf;

use tantivy::TantivyError;

/// Why an index cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Written by another version of the product. Discard it and apply the wire from entry 1.
    #[error("the search index in {folder} has revision {found}, this version needs {needed}; run `courant rebuild search`")]
    OtherRevision {
        /// Where it is.
        folder: PathBuf,
        /// Its revision.
        found: u32,
        /// Ours.
        needed: u32,
    },
    /// The folder holds something else. Nothing was touched.
    #[error("{folder} is not a search index of Courant: {reason}; name another folder, or empty this one")]
    Foreign {
        /// Where it is.
        folder: PathBuf,
        /// What tells.
        reason: String,
    },
    /// Files are missing, cut short or changed. Discard it and apply the wire from entry 1.
    #[error("the search index in {folder} is damaged: {reason}; run `courant rebuild search`")]
    Damaged {
        /// Where it is.
        folder: PathBuf,
        /// What tells.
        reason: String,
    },
    /// There is no index yet; only a writer makes one.
    #[error("there is no search index in {folder}; start the server once, or run `courant rebuild search`")]
    Absent {
        /// Where it was looked for.
        folder: PathBuf,
    },
    /// Another process writes to it. Open it for reading instead.
    #[error("another process writes to the search index in {folder}; stop it, or open the index for reading")]
    Locked {
        /// Where it is.
        folder: PathBuf,
    },
    /// The folder cannot be read or written.
    #[error("cannot use {folder} for the search index: {source}")]
    Folder {
        /// Where it is.
        folder: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The engine failed otherwise.
    #[error("cannot open the search index: {0}")]
    Engine(#[source] TantivyError),
}

impl OpenError {
    /// Whether the remedy is [`SearchIndex::discard`](super::SearchIndex::discard) and applying
    /// the wire again.
    pub fn wants_rebuild(&self) -> bool {
        matches!(self, Self::OtherRevision { .. } | Self::Damaged { .. })
    }
}

/// Why changes were not applied. Nothing of them is visible, and the cursor is where it was.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The index was opened for reading.
    #[error("the search index is open for reading only")]
    ReadOnly,
    /// A cursor that goes back; the view would repeat or lose entries.
    #[error("the search index stands at wire entry {at} and cannot go back to {asked}; clear it first")]
    CursorGoesBack {
        /// Where it stands.
        at: u64,
        /// Where it was told to go.
        asked: u64,
    },
    /// The engine or the disk failed.
    #[error("cannot write to the search index: {0}")]
    Engine(#[from] TantivyError),
    /// Waiting for the disk failed.
    #[error("cannot bring the search index to the disk: {0}")]
    Disk(#[from] std::io::Error),
}

/// Why a search was not answered.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// A page too large or too deep.
    #[error("{what} is {asked}, at most {most} is possible; narrow the query")]
    PageOutOfRange {
        /// The number in question.
        what: &'static str,
        /// What was asked.
        asked: usize,
        /// The bound.
        most: usize,
    },
    /// The engine failed: a file went missing or is unreadable.
    #[error("cannot search: {0}")]
    Engine(#[from] TantivyError),
    /// A file of the index cannot be read.
    #[error("cannot read the search index: {0}")]
    Read(#[from] std::io::Error),
}
