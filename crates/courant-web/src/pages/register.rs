//! The public register of corrections, holds and kills.

use askama::Template;
use courant_news::{EventKind, Lang};
use jiff::Timestamp;

use super::assets::Sheet;
use super::chrome::{Chrome, ChromeView, Link};
use super::head::{Head, page_title};
use super::rows::foreign;
use super::versions::{is_signal, kind_message};
use crate::words::{Words, dates};

/// What was put right and what was withdrawn, newest first.
#[derive(Clone, Debug)]
pub struct RegisterPage {
    /// What is around it.
    pub chrome: Chrome,
    /// The entries of this page.
    pub entries: Vec<RegisterEntry>,
    /// The page of older entries. `None` on the last.
    pub older: Option<String>,
    /// The register as RSS.
    pub feed: String,
}

/// One act in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterEntry {
    /// What happened.
    pub kind: EventKind,
    /// When.
    pub moved_at: Timestamp,
    /// The story, as it is called now. `None` when its headline must not be quoted.
    pub headline: Option<Box<str>>,
    /// The story's language.
    pub lang: Lang,
    /// Where it leads: to the story, or to its notice.
    pub path: String,
    /// The public reason.
    pub reason: Option<Box<str>>,
}

#[derive(Template)]
#[template(path = "register.html")]
struct RegisterTemplate<'a> {
    c: ChromeView,
    h: Head,
    w: &'static Words,
    css: &'static str,
    title: &'a str,
    feed: &'a str,
    entries: Vec<EntryView<'a>>,
    older: Option<Link>,
}

struct EntryView<'a> {
    kind: &'a str,
    signal: bool,
    rfc3339: String,
    at: String,
    href: &'a str,
    headline: &'a str,
    lang: String,
    dir: &'static str,
    reason: Option<&'a str>,
}

impl RegisterPage {
    /// The whole page.
    pub fn render(&self) -> String {
        let (chrome, words) = (&self.chrome, self.chrome.words());
        let title = words.t("corrections");
        let template = RegisterTemplate {
            c: ChromeView::of(chrome, self.entries.first().map(|entry| entry.moved_at)),
            h: Head::of_list(chrome, title, page_title(chrome, title), &self.feed),
            w: words,
            css: Sheet::Story.css(),
            title,
            feed: &self.feed,
            entries: self.entries.iter().map(|entry| self.entry(entry)).collect(),
            older: self.older.as_ref().map(|href| Link::new(href.as_str(), words.t("older"))),
        };
        template.render().expect("writing a template to a String cannot fail")
    }

    fn entry<'a>(&'a self, entry: &'a RegisterEntry) -> EntryView<'a> {
        let (chrome, words) = (&self.chrome, self.chrome.words());
        let (lang, dir) = match entry.headline {
            Some(_) => foreign(&entry.lang, chrome),
            None => (String::new(), ""),
        };
        EntryView {
            kind: words.t(kind_message(entry.kind)),
            signal: is_signal(entry.kind),
            rfc3339: dates::rfc3339(entry.moved_at, &chrome.zone),
            at: words.date_time(entry.moved_at, &chrome.zone),
            href: &entry.path,
            headline: entry.headline.as_deref().unwrap_or_else(|| words.t("to-notice")),
            lang,
            dir,
            reason: entry.reason.as_deref(),
        }
    }
}
