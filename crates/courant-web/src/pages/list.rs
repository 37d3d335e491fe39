//! A list of stories: all news, a section, a topic, a dossier, a place, a byline, a day.

use askama::Template;
use courant_news::Place;
use jiff::Timestamp;
use jiff::civil::Date;

use super::archive;
use super::assets::{Script, Sheet};
use super::chrome::{Chrome, ChromeView, Link};
use super::dossier::{DossierHead, DossierView};
use super::filter_form::{FilterForm, FilterView};
use super::head::{Head, page_title};
use super::hidden::{Hidden, HiddenView};
use super::locator::locator_html;
use super::rows::{DayView, Row};
use super::suggest::SuggestView;
use super::topics::{SubjectTree, TreeView};
use crate::words::Words;

/// A page of a list, newest first, with its day headings.
#[derive(Clone, Debug)]
pub struct ListPage {
    /// What is around it. `chrome.here` is the canonical address of this page of the list.
    pub chrome: Chrome,
    /// What it is a list of.
    pub of: ListOf,
    /// The stories, in the order of their position.
    pub rows: Vec<Row>,
    /// What the filter hides of this page, when it hides rather than folds what it mutes.
    pub hidden: Option<Hidden>,
    /// How many stories the whole list has, when that is known.
    pub total: Option<u64>,
    /// The page of newer stories. `None` on the first.
    pub newer: Option<String>,
    /// The page of older stories. `None` on the last.
    pub older: Option<String>,
    /// The same list as RSS, with its filter.
    pub feed: String,
    /// The list's event stream with the same filter, and `after=` the last number of the wire the page knows, so that
    /// nothing is missed between making the page and opening the stream. Only for the first page of a list.
    pub stream: Option<String>,
    /// The filter, on lists that take one.
    pub filter: Option<FilterForm>,
    /// A day of the month whose calendar is linked.
    pub archive: Option<Date>,
    /// The place the list is of, when its coordinates are known: for a map.
    pub place: Option<Place>,
    /// What is broader and narrower, when it is the list of a subject.
    pub tree: Option<SubjectTree>,
    /// Says that this is the list as it was at an instant.
    pub moment: Option<Moment>,
}

/// That a page shows how things were at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The instant.
    pub at: Timestamp,
    /// The same page as it is now.
    pub now: String,
}

impl Moment {
    /// Says so, and leads to the page as it is now.
    pub(super) fn link(&self, chrome: &Chrome) -> Link {
        let words = chrome.words();
        Link::new(self.now.as_str(), words.with("past-list", "time", &words.date_time(self.at, &chrome.zone)))
    }
}

/// What a list is a list of; gives the page its heading.
#[derive(Clone, Debug, PartialEq)]
pub enum ListOf {
    /// Everything that passes the filter.
    AllNews,
    /// A section, by slug.
    Section(Box<str>),
    /// A subject, by its printed name.
    Topic(Box<str>),
    /// A dossier.
    Dossier(Box<DossierHead>),
    /// A place, by its printed name.
    Place(Box<str>),
    /// A byline, as printed.
    By(Box<str>),
    /// A day, with the paths of the nearest days before and after that have news.
    Day {
        /// The day, in the page's zone.
        date: Date,
        /// The nearest earlier day with news.
        previous: Option<Date>,
        /// The nearest later day with news.
        next: Option<Date>,
    },
}

#[derive(Template)]
#[template(path = "list.html")]
struct ListTemplate<'a> {
    c: ChromeView,
    h: Head,
    w: &'static Words,
    css: &'static str,
    title: String,
    dossier: Option<DossierView<'a>>,
    locator: Option<String>,
    total: Option<String>,
    hidden: Option<HiddenView<'a>>,
    days: Vec<DayView>,
    wide: bool,
    empty: &'a str,
    newer: Option<Link>,
    older: Option<Link>,
    /// For the script that appends them: what it says of how many, as JSON.
    older_forms: String,
    more: &'static str,
    /// The days beside a day.
    later: Option<Link>,
    earlier: Option<Link>,
    feed: &'a str,
    archive: Option<Link>,
    tree: Option<TreeView<'a>>,
    live: Option<LiveView<'a>>,
    filter: Option<FilterView>,
    moment: Option<Link>,
    keep: &'static str,
    suggest: SuggestView,
}

/// What the script of live lists reads from the page.
pub(super) struct LiveView<'a> {
    pub(super) stream: &'a str,
    pub(super) script: &'static str,
    pub(super) poll: &'static str,
    /// `[["one","{n} new story"],…]` as JSON.
    pub(super) forms: String,
}

impl<'a> LiveView<'a> {
    pub(super) fn of(stream: &'a str, chrome: &Chrome) -> Self {
        Self { stream, script: Script::Live.path(), poll: Script::Poll.path(), forms: plural_json("live-new", chrome) }
    }
}

/// The plural forms of a message as JSON, for a script that counts on the page itself.
pub(super) fn plural_json(message: &str, chrome: &Chrome) -> String {
    let forms = chrome.words().plural_forms(message).into_iter();
    let forms: serde_json::Map<String, serde_json::Value> = forms.map(|(category, text)| (category.to_owned(), text.into())).collect();
    serde_json::Value::Object(forms).to_string()
}

impl ListPage {
    /// The whole page.
    pub fn render(&self) -> String {
        let (chrome, words) = (&self.chrome, self.chrome.words());
        let title = self.title();
        let mut head = Head::of_list(chrome, &title, page_title(chrome, &title), &self.feed);
        // A subject that nobody has written of yet is nothing to be found by machines.
        let is_empty_subject = self.tree.is_some() && self.rows.is_empty();
        if is_empty_subject || self.moment.is_some() || self.filter.as_ref().is_some_and(|form| !form.problems.is_empty()) {
            head.canonical = None;
        }
        let (later, earlier) = match &self.of {
            ListOf::Day { previous, next, .. } => (next.map(|date| day_link(date, chrome)), previous.map(|date| day_link(date, chrome))),
            _ => (None, None),
        };
        let template = ListTemplate {
            c: ChromeView::of(chrome, self.rows.first().map(|row| row.at)),
            h: head,
            w: words,
            css: Sheet::List.css(),
            dossier: match &self.of {
                ListOf::Dossier(head) => Some(DossierView::of(head, chrome)),
                _ => None,
            },
            locator: self.place.as_ref().and_then(|place| locator_html(place, words)),
            total: self.total.filter(|total| *total != 0).map(|total| words.count("stories", total)),
            hidden: self.hidden.as_ref().and_then(|hidden| HiddenView::of(hidden, self.stream.is_some(), chrome)),
            days: DayView::group(&self.rows, chrome),
            wide: true,
            empty: match (&self.of, &self.newer) {
                (ListOf::Day { .. }, _) => words.t("empty-day"),
                (_, Some(_)) => words.t("empty-end"),
                (_, None) => words.t("empty"),
            },
            newer: self.newer.as_ref().map(|href| Link::new(href.as_str(), words.t("newer"))),
            older: self.older.as_ref().map(|href| Link::new(href.as_str(), words.t("older"))),
            older_forms: plural_json("more-shown", chrome),
            more: Script::More.path(),
            later,
            earlier,
            feed: &self.feed,
            tree: self.tree.as_ref().map(|tree| TreeView::of(tree, chrome)),
            archive: self.archive.map(|date| archive::month_link(date, chrome)),
            live: self.stream.as_deref().map(|stream| LiveView::of(stream, chrome)),
            filter: self.filter.as_ref().map(|form| form.view(chrome, self.own_section())),
            moment: self.moment.as_ref().map(|moment| moment.link(chrome)),
            keep: Script::Keep.path(),
            suggest: SuggestView::of(chrome),
            title,
        };
        template.render().expect("writing a template to a String cannot fail")
    }

    fn own_section(&self) -> Option<&str> {
        match &self.of {
            ListOf::Section(slug) => Some(slug),
            _ => None,
        }
    }

    fn title(&self) -> String {
        let words = self.chrome.words();
        match &self.of {
            ListOf::AllNews => words.t("all-news").to_owned(),
            ListOf::Section(slug) => words.section(slug).into_owned(),
            ListOf::Topic(name) => words.with("topic-title", "name", name),
            ListOf::Dossier(head) => words.with("dossier-title", "name", &head.title),
            ListOf::Place(name) => words.with("place-title", "name", name),
            ListOf::By(name) => words.with("by-title", "name", name),
            ListOf::Day { date, .. } => words.day(*date),
        }
    }
}

pub(super) fn day_link(date: Date, chrome: &Chrome) -> Link {
    let path = format!("/{:04}/{:02}/{:02}{}", date.year(), date.month(), date.day(), chrome.edition());
    Link::new(path, chrome.words().date(date))
}
