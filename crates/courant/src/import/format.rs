//! The formats that come in: how documents are cut out of a source, and what reads them.

use std::io::BufRead;
use std::sync::Arc;

use courant_formats::feed_in::{self, Origin};
use courant_formats::incoming::{Arrival, Incoming, Position, Reading};
use courant_formats::source::{self, Document, SourceError};
use courant_formats::xml::DOCUMENT_LEN_BYTES_MAX;
use courant_formats::{ghost, iptc7901, newsml_g2, newsml1, ninjs, nitf, wxr};
use courant_rates::amounts::InStory;

use super::amounts::Amounts;
use super::report::Where;
use super::sources::Found;
use crate::cli::ImportFormat;

/// A source that is one document.
const DOCUMENT: Cut = Cut::Whole { len_bytes_max: DOCUMENT_LEN_BYTES_MAX };

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
    /// The whole source, up to so many bytes.
    Whole { len_bytes_max: usize },
    /// The whole source up to so many bytes, and a longer one in parts with some of its items each.
    Parts { items: &'static [&'static str], len_bytes_max: usize },
}

impl Format {
    pub(super) fn of(format: ImportFormat) -> Self {
        match format {
            ImportFormat::Rss => Self {
                endings: &["rss", "xml", "atom", "rdf", "json"],
                cut: Cut::Parts { items: &["item", "entry"], len_bytes_max: feed_in::FEED_LEN_BYTES_MAX },
                read: read_feed,
            },
            ImportFormat::Wxr => {
                let cut = Cut::Parts { items: &["item"], len_bytes_max: wxr::EXPORT_LEN_BYTES_MAX };
                Self { endings: &["xml", "wxr"], cut, read: wxr::arrivals }
            }
            ImportFormat::Ghost => {
                Self { endings: &["json"], cut: Cut::Whole { len_bytes_max: ghost::EXPORT_LEN_BYTES_MAX }, read: ghost::arrivals }
            }
            ImportFormat::Ninjs => Self { endings: &["json", "jsonl", "ndjson", "ninjs"], cut: Cut::Objects, read: read_ninjs },
            ImportFormat::Newsml1 => Self { endings: &["xml", "newsml"], cut: DOCUMENT, read: newsml1::read },
            ImportFormat::NewsmlG2 => {
                let cut = Cut::Parts {
                    items: &["newsItem", "packageItem", "conceptItem", "knowledgeItem"],
                    len_bytes_max: DOCUMENT_LEN_BYTES_MAX,
                };
                Self { endings: &["xml", "newsml"], cut, read: newsml_g2::read }
            }
            ImportFormat::Iptc7901 => Self { endings: &["txt", "tst", "iptc", "anpa"], cut: DOCUMENT, read: iptc7901::read },
            ImportFormat::Nitf => Self { endings: &["xml", "nitf"], cut: DOCUMENT, read: nitf::read },
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
            Err((place, problem)) => vec![Parsed::at(place, Err(problem))],
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
            Self::Whole { len_bytes_max } => Box::new(source::whole(reader, name, len_bytes_max as u64).transpose().into_iter()),
            Self::Parts { items, len_bytes_max } => Box::new(source::batches(reader, name, items, len_bytes_max)),
        }
    }
}

/// A story after parsing.
pub(super) struct Parsed {
    pub(super) place: Where,
    pub(super) read: Result<Incoming, String>,
    /// The amounts found in it, and how many of them were marked.
    pub(super) proposals: Vec<InStory>,
    pub(super) n_marked: usize,
}

impl Parsed {
    /// A story of the document that begins on `line` of its source.
    fn of(arrival: Arrival, name: Arc<str>, line: u64) -> Self {
        let place = match arrival.at {
            Position::Whole => Where { name, line: Some(line), path: None },
            Position::Line(within) => Where { name, line: Some(line + within.saturating_sub(1)), path: None },
            Position::Path(path) => Where { name, line: None, path: Some(path) },
        };
        Self::at(place, arrival.read.map_err(|refused| refused.to_string()))
    }

    fn at(place: Where, read: Result<Incoming, String>) -> Self {
        Self { place, read, proposals: Vec::new(), n_marked: 0 }
    }

    /// Looks for amounts of money, as far as that was asked for.
    pub(super) fn propose(&mut self, amounts: Amounts) {
        if let Ok(read) = &mut self.read {
            (self.proposals, self.n_marked) = amounts.apply(&mut read.content);
        }
    }
}

fn read_ninjs(document: &[u8], reading: &Reading<'_>) -> Vec<Arrival> {
    let read = ninjs::read(document, reading).map(|read| Incoming { content: read.content, repairs: read.repairs, is_numbered: true });
    vec![Arrival { at: Position::Whole, read }]
}

/// A feed; its address is not known, so what is relative is relative to its own home page.
fn read_feed(document: &[u8], reading: &Reading<'_>) -> Vec<Arrival> {
    match feed_in::read(document, &Origin::default()) {
        Ok(feed) => feed_in::stories(feed, reading),
        Err(refused) => vec![Arrival { at: Position::Whole, read: Err(refused) }],
    }
}
