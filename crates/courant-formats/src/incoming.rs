//! What every reader answers with, whatever the format: stories, withdrawals, and what was mended or refused.

use courant_news::{EdNote, Guid, NewsItem, PubStatus, Reason, Version};
use jiff::Timestamp;

pub use crate::refused::{Problem, Refused, Repair};

/// What reading needs from its caller.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'c> {
    /// What time it is: later dates are not believed.
    pub now: Timestamp,
    /// This site's own address (`https://news.example`): pictures and links under it become paths.
    pub base_url: Option<&'c str>,
}

/// One of the stories that a document holds, or why it is none. A document that cannot be read at all is one arrival.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrival {
    /// Where in the document it stood.
    pub at: Position,
    /// What it says.
    pub read: Result<Incoming, Refused>,
}

/// Where in a document something stood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Position {
    /// It is the document.
    #[default]
    Whole,
    /// A line of the document, from 1.
    Line(u64),
    /// A path in it: `posts[3]`.
    Path(Box<str>),
}

/// What a reader makes of a story.
#[derive(Clone, Debug, PartialEq)]
pub struct Incoming {
    /// The story, or its withdrawal.
    pub content: Content,
    /// What was mended or left out.
    pub repairs: Vec<Repair>,
    /// Whether the sender numbers its versions. Where not, other words are a new version if they are not older.
    pub is_numbered: bool,
}

/// What a document is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A story that may be used (ninjs `pubStatus` `usable`, or none).
    Story(Box<NewsItem>),
    /// A story that may not (`withheld`, `canceled`).
    Withdrawal(Box<Withdrawal>),
}

/// A document with `pubStatus` `withheld` or `canceled`. The caller makes the notice, from the story it knows.
#[derive(Clone, Debug, PartialEq)]
pub struct Withdrawal {
    /// The story.
    pub guid: Guid,
    /// Withheld or canceled.
    pub pub_status: PubStatus,
    /// The version the sender gives the notice.
    pub version: Version,
    /// Why, for the public: a description with role `reason`.
    pub reason: Option<Reason>,
    /// Why, for editors.
    pub ednote: Option<EdNote>,
    /// The story, when the document still has words to make one of. A canceled one may lack everything but its uri.
    pub item: Option<NewsItem>,
}
