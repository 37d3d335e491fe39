//! Feeds of others: RSS 0.90 to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed 1.0 and 1.1, as they are and not as they should be.
//!
//! [`read`] answers with a [`Feed`] of [`Entry`]s, which is all a reader of other media needs; [`stories`] makes news items of
//! them. Bytes become text by [`crate::encoding`], broken XML is mended, the maintained parser reads it, and what it
//! has no place for (languages, bases, instants in every habit of the wild) is put back.

pub(crate) mod dates;
mod dedupe;
mod entry;
mod hints;
mod inner;
mod json;
pub(crate) mod lex;
mod mend;
mod names;
mod person;
mod put;
pub(crate) mod references;
pub(crate) mod story;

use courant_news::{Block, Lang};
use jiff::Timestamp;
use url::Url;

use crate::encoding;
use crate::refused::{Problem, Refused, Repair};
pub use hints::{Hints, discover, hints, is_html};
pub use story::stories;

/// The longest feed, in bytes.
pub const FEED_LEN_BYTES_MAX: usize = 32 << 20;
/// How many entries of a feed are read.
pub const ENTRIES_MAX: usize = 10_000;
/// The longest text of one element, in bytes.
pub const WORDS_LEN_BYTES_MAX: usize = 4 << 20;

/// Where a feed came from, as far as that is known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Origin<'c> {
    /// The address it was fetched from, after redirects: relative addresses are relative to it.
    pub url: Option<&'c str>,
    /// The `charset` of its `Content-Type`.
    pub charset: Option<&'c str>,
}

/// A feed, mended.
#[derive(Clone, Debug, PartialEq)]
pub struct Feed {
    /// What it is written in.
    pub dialect: Dialect,
    /// The encoding it was in, by its WHATWG name.
    pub encoding: &'static str,
    /// Whether its XML was not well formed.
    pub is_broken: bool,
    /// Atom's id.
    pub id: Option<Box<str>>,
    /// What it is called, on one line.
    pub title: Option<Box<str>>,
    /// What it says of itself, on one line.
    pub description: Option<Box<str>>,
    /// The page it is the feed of.
    pub link: Option<Box<str>>,
    /// The language of what does not say otherwise.
    pub language: Option<Lang>,
    /// The copyright notice of the whole.
    pub rights: Option<Box<str>>,
    /// Who makes it.
    pub authors: Vec<Author>,
    /// What it is about.
    pub categories: Vec<Category>,
    /// When it was made.
    pub published: Option<Timestamp>,
    /// When it last changed.
    pub updated: Option<Timestamp>,
    /// Its entries, each once, in its order.
    pub entries: Vec<Entry>,
    /// What was mended in the feed as a whole.
    pub repairs: Vec<Repair>,
}

/// A story of a feed.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The line it begins on, from 1; in JSON its number.
    pub at: u64,
    /// What it is called for ever: its guid if that can be one, else its address, else a digest of its words.
    pub id: Box<str>,
    /// Where it can be read; absolute.
    pub link: Option<Box<str>>,
    /// The headline, on one line.
    pub title: Option<Box<str>>,
    /// A summary beside the text, on one line.
    pub summary: Option<Box<str>>,
    /// The text, sanitised, with absolute addresses; the summary's if there is no other.
    pub text: Vec<Block>,
    /// Its language.
    pub language: Option<Lang>,
    /// When it was published. UTC where no zone was given, which is among the repairs.
    pub published: Option<Timestamp>,
    /// When it last changed.
    pub updated: Option<Timestamp>,
    /// Who wrote it.
    pub authors: Vec<Author>,
    /// What it is filed under.
    pub categories: Vec<Category>,
    /// Files that go with it, each once.
    pub media: Vec<Media>,
    /// Its copyright notice.
    pub rights: Option<Box<str>>,
    /// What was mended in it.
    pub repairs: Vec<Repair>,
}

/// A person or a desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Author {
    /// The name.
    pub name: Option<Box<str>>,
    /// The mail address.
    pub email: Option<Box<str>>,
    /// A page.
    pub uri: Option<Box<str>>,
}

/// A category or tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// The word or code.
    pub term: Box<str>,
    /// The vocabulary.
    pub scheme: Option<Box<str>>,
    /// The word for people.
    pub label: Option<Box<str>>,
}

/// A file that goes with a story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Media {
    /// Its absolute address.
    pub url: Box<str>,
    /// Its media type, as given or by the end of its address.
    pub media_type: Option<Box<str>>,
    /// Width in pixels.
    pub width: Option<u32>,
    /// Height in pixels.
    pub height: Option<u32>,
    /// Its length in bytes.
    pub len_bytes: Option<u64>,
    /// What it shows.
    pub caption: Option<Box<str>>,
    /// Who made it.
    pub credit: Option<Box<str>>,
}

/// What a feed is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// RSS that does not say which, or a version nobody knows.
    Rss,
    /// RDF Site Summary 0.90.
    Rss090,
    /// Rich Site Summary 0.91.
    Rss091,
    /// RSS 0.92.
    Rss092,
    /// RSS 0.93.
    Rss093,
    /// RSS 0.94.
    Rss094,
    /// RDF Site Summary 1.0 and 1.1.
    Rss10,
    /// RSS 2.0.
    Rss20,
    /// Atom 0.3.
    Atom03,
    /// Atom 1.0, RFC 4287.
    Atom10,
    /// JSON Feed 1.0.
    JsonFeed10,
    /// JSON Feed 1.1.
    JsonFeed11,
}

impl Dialect {
    fn of_rss(version: &str) -> Self {
        match version {
            "0.90" => Self::Rss090,
            "0.91" => Self::Rss091,
            "0.92" => Self::Rss092,
            "0.93" => Self::Rss093,
            "0.94" => Self::Rss094,
            version if version.starts_with('2') => Self::Rss20,
            _ => Self::Rss,
        }
    }
}

/// Reads a feed of any dialect.
///
/// Scripts and all else that is no copy are gone from its texts, addresses are absolute or left out, an entry that stands in
/// it twice is one. Time and memory grow with the number of bytes.
///
/// # Errors
/// [`Refused`] when it is no feed, too long, or nested beyond reason.
pub fn read(bytes: &[u8], origin: &Origin<'_>) -> Result<Feed, Refused> {
    if FEED_LEN_BYTES_MAX < bytes.len() {
        let reason = format!("has {} bytes, and at most {FEED_LEN_BYTES_MAX} are read", bytes.len());
        return Err(Refused::of(Problem::new("the feed", "", reason, "ask for one with fewer entries")));
    }
    let decoded = encoding::decode(bytes, origin.charset);
    let url = origin.url.and_then(|url| Url::parse(url).ok());
    let text = decoded.without_declaration();
    let is_json = text.trim_start().starts_with(['{', '[']);
    let mut feed = if is_json { json::read(text, url.as_ref())? } else { entry::read(mend::mend(text, url.as_ref())?)? };
    feed.encoding = decoded.encoding;
    if let Some(repair) = decoded.repair {
        feed.repairs.insert(0, Repair::new("the feed", "", repair));
    }
    dedupe::dedupe(&mut feed);
    Ok(feed)
}

#[cfg(test)]
mod tests;
