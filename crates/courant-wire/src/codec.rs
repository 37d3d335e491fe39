//! The stored form of events: versioned, and readable by every later release.
//!
//! Only this module knows it. A payload is written once, hashed as it stands, and never rewritten. A new form gets a
//! new number and a module beside `v1`; golden files under `golden/` keep the old ones honest. The limits of
//! `courant-news` may be loosened but never tightened, since reading goes through the same constructors.

mod v1;

use courant_news::{Dossier, FieldError, NewsItem, WireEvent};

use crate::WireSeq;

/// The codec new entries are written with.
pub const CURRENT: u32 = 1;

/// Bytes that no codec of this release can read.
#[derive(Debug, thiserror::Error)]
#[error("{place}{problem}")]
pub struct CodecError {
    place: String,
    problem: String,
}

impl CodecError {
    fn new(problem: impl std::fmt::Display) -> Self {
        Self { place: String::new(), problem: problem.to_string() }
    }

    pub(crate) fn in_entry(mut self, seq: WireSeq) -> Self {
        self.place = format!("entry {seq}: ");
        self
    }
}

impl From<serde_json::Error> for CodecError {
    fn from(error: serde_json::Error) -> Self {
        Self::new(error)
    }
}

impl From<FieldError> for CodecError {
    fn from(error: FieldError) -> Self {
        Self::new(error)
    }
}

/// The stored form of `event` under the [`CURRENT`] codec. Equal events give equal bytes.
pub fn encode(event: &WireEvent) -> Vec<u8> {
    v1::encode(event)
}

/// The event whose kind is `kind` and whose stored form is `payload`.
///
/// # Errors
/// A [`CodecError`] when the codec is unknown or the bytes are not of its form.
pub fn decode(codec: u32, kind: &str, payload: &[u8]) -> Result<WireEvent, CodecError> {
    match codec {
        1 => v1::decode(kind, payload),
        _ => Err(CodecError::new(format_args!("codec {codec} is unknown to this release; use a newer one"))),
    }
}

/// The stored form of one item, for read models that keep items.
pub fn encode_item(item: &NewsItem) -> Vec<u8> {
    v1::encode_item(item)
}

/// The item whose stored form is `bytes`, written by [`encode_item`] of this release's [`CURRENT`] codec.
///
/// # Errors
/// A [`CodecError`] when the bytes are not of its form.
pub fn decode_item(bytes: &[u8]) -> Result<NewsItem, CodecError> {
    v1::decode_item(bytes)
}

/// The stored form of one dossier, for read models that keep dossiers.
pub fn encode_dossier(dossier: &Dossier) -> Vec<u8> {
    v1::encode_dossier(dossier)
}

/// The dossier whose stored form is `bytes`, written by [`encode_dossier`] of this release's [`CURRENT`] codec.
///
/// # Errors
/// A [`CodecError`] when the bytes are not of its form.
pub fn decode_dossier(bytes: &[u8]) -> Result<Dossier, CodecError> {
    v1::decode_dossier(bytes)
}
