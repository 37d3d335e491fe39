//! The formats that come in: how documents are cut out of a source, and what reads them.

use std::io::BufRead;
use std::sync::Arc;

use courant_formats::incoming::{Arrival, Incoming, Position, Reading};
use courant_formats::source::{self, Document, SourceError};
use courant_formats::xml::DOCUMENT_LEN_BYTES_MAX;
use courant_formats::{iptc7901, newsml_g2, newsml1, ninjs, nitf};

use super::report::Where;
use super::sources::Found;
use crate::cli::ImportFormat;

/// How one format comes in.
#[derive(Clone, Copy)]
pub(super) struct Format {
    /// What a file must end with to be taken from a folder; a file that is named is taken whatever it is called.
    pub(super) endings: &'static [&'static str],
    /// How documents are cut out of a source.
    pub(super) cut: Cut,
    /// What a document holds: its stories in order, each read or refused by itself.
    read: fn(&[u8], &Reading<'_>) -> Vec<Arrival>,
}

/// How documents are cut out of a source.
#[derive(Clone, Copy)]
pub(super) enum Cut {
    /// JSON objects one after another, one at a time in memory.
    Objects,
    /// The source is one document.
    Whole,
}

impl Format {
    pub(super) fn of(format: ImportFormat) -> Self {
        match format {
            ImportFormat::Ninjs => Self { endings: &["json", "jsonl", "ndjson", "ninjs"], cut: Cut::Objects, read: read_ninjs },
            ImportFormat::Newsml1 => Self { endings: &["xml", "newsml"], cut: Cut::Whole, read: newsml1::read },
            ImportFormat::NewsmlG2 => Self { endings: &["xml", "newsml"], cut: Cut::Whole, read: newsml_g2::read },
            ImportFormat::Iptc7901 => Self { endings: &["txt", "tst", "iptc", "anpa"], cut: Cut::Whole, read: iptc7901::read },
            ImportFormat::Nitf => Self { endings: &["xml", "nitf"], cut: Cut::Whole, read: nitf::read },
        }
    }

    /// The stories of a document, or why there are none.
    pub(super) fn parse(self, found: Found, reading: &Reading<'_>) -> Vec<Parsed> {
        match found {
            Ok(document) => {
                let Document { name, line, .. } = document;
                let arrivals = (self.read)(&document.bytes, reading).into_iter();
                arrivals.map(|arrival| Parsed::of(arrival, Arc::clone(&name), line)).collect()
            }
            Err((place, problem)) => vec![Parsed { place, read: Err(problem) }],
        }
    }
}

impl Cut {
    /// The documents of a source.
    pub(super) fn documents<R: BufRead + 'static>(
        self,
        reader: R,
        name: Arc<str>,
    ) -> Box<dyn Iterator<Item = Result<Document, SourceError>>> {
        match self {
            Self::Objects => Box::new(source::items(reader, name)),
            Self::Whole => Box::new(source::whole(reader, name, DOCUMENT_LEN_BYTES_MAX as u64).transpose().into_iter()),
        }
    }
}

/// A story after parsing.
pub(super) struct Parsed {
    pub(super) place: Where,
    pub(super) read: Result<Incoming, String>,
}

impl Parsed {
    /// A story of the document that begins on `line` of its source.
    fn of(arrival: Arrival, name: Arc<str>, line: u64) -> Self {
        let place = match arrival.at {
            Position::Whole => Where { name, line: Some(line), path: None },
            Position::Line(within) => Where { name, line: Some(line + within.saturating_sub(1)), path: None },
            Position::Path(path) => Where { name, line: None, path: Some(path) },
        };
        Self { place, read: arrival.read.map_err(|refused| refused.to_string()) }
    }
}

fn read_ninjs(document: &[u8], reading: &Reading<'_>) -> Vec<Arrival> {
    let read = ninjs::read(document, reading).map(|read| Incoming { content: read.content, repairs: read.repairs });
    vec![Arrival { at: Position::Whole, read }]
}
