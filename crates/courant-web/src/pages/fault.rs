//! What is said when a page cannot be given: what is wrong, and what to do.

use askama::Template;
use jiff::Timestamp;

use super::assets::Sheet;
use super::chrome::{Chrome, ChromeView};
use super::head::{Head, page_title};
use super::rows::{Row, RowView};
use crate::words::{Arg, Words};

/// The page of an answer that is no news.
#[derive(Clone, Debug)]
pub struct FaultPage {
    /// What is around it.
    pub chrome: Chrome,
    /// What is wrong.
    pub fault: Fault,
    /// The newest stories, to go on with. May be empty.
    pub latest: Vec<Row>,
}

/// Why a page cannot be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// 404: nothing has this address. `chrome.here` is shown, cut to 200 characters.
    NotFound,
    /// 404: an address of a day that the calendar does not have, as typed.
    NoSuchDay {
        /// The path as typed.
        typed: String,
    },
    /// 400: a cursor that is no number, as typed.
    BadCursor {
        /// The parameter: `before` or `after`.
        parameter: String,
        /// Its value.
        value: String,
    },
    /// 400: a parameter that cannot be what it has to be, as typed.
    BadParameter {
        /// Its name.
        parameter: String,
        /// Its value.
        value: String,
    },
    /// 400: `at=` is no instant, or one that is still to come.
    BadMoment {
        /// Its value, as typed.
        value: String,
        /// Whether it can be read, but lies in the future.
        is_future: bool,
    },
    /// 404: the story had not moved at the instant asked for.
    NotYetMoved {
        /// The instant.
        at: Timestamp,
    },
    /// 404: the story never had this version, or nothing of it is kept.
    NoSuchVersion {
        /// The version, as typed.
        version: String,
    },
    /// 405: the page can only be read.
    ReadOnly,
    /// 414: the address is too long.
    TooLong {
        /// The most bytes an address may have.
        limit: u64,
    },
    /// 503: the site is busy or starting, or something is broken.
    Unavailable,
}

#[derive(Template)]
#[template(path = "fault.html")]
struct FaultTemplate<'a> {
    c: ChromeView,
    h: Head,
    w: &'static Words,
    css: &'static str,
    title: &'a str,
    text: String,
    latest: Vec<RowView>,
}

impl FaultPage {
    const ADDRESS_CHARS_MAX: usize = 200;

    /// The whole page.
    pub fn render(&self) -> String {
        let (chrome, words) = (&self.chrome, self.chrome.words());
        let (title, text) = match &self.fault {
            Fault::NotFound => ("not-found-title", words.with("not-found-text", "address", &cut(&chrome.here))),
            Fault::NoSuchDay { typed } => ("not-found-title", words.with("bad-day", "text", &cut(typed))),
            Fault::BadCursor { parameter, value } => {
                ("bad-request-title", words.say("bad-cursor", &[("parameter", Arg::Text(parameter)), ("value", Arg::Text(&cut(value)))]))
            }
            Fault::BadParameter { parameter, value } => {
                ("bad-request-title", words.say("bad-parameter", &[("parameter", Arg::Text(parameter)), ("value", Arg::Text(&cut(value)))]))
            }
            Fault::BadMoment { value, is_future: false } => ("bad-request-title", words.with("bad-moment", "value", &cut(value))),
            Fault::BadMoment { value, is_future: true } => ("bad-request-title", words.with("future-moment", "value", &cut(value))),
            Fault::NotYetMoved { at } => ("not-found-title", words.with("not-yet-moved", "time", &words.date_time(*at, &chrome.zone))),
            Fault::NoSuchVersion { version } => ("not-found-title", words.with("no-such-version", "version", &cut(version))),
            Fault::ReadOnly => ("bad-request-title", words.t("read-only").to_owned()),
            Fault::TooLong { limit } => ("too-long-title", words.with("too-long-text", "limit", &words.number(*limit))),
            Fault::Unavailable => ("failure-title", words.t("failure-text").to_owned()),
        };
        let title = words.t(title);
        let template = FaultTemplate {
            c: ChromeView::of(chrome, self.latest.first().map(|row| row.at)),
            h: Head::unlisted(page_title(chrome, title)),
            w: words,
            css: Sheet::Story.css(),
            title,
            text,
            latest: RowView::all(&self.latest, chrome),
        };
        template.render().expect("writing a template to a String cannot fail")
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(FaultPage::ADDRESS_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
