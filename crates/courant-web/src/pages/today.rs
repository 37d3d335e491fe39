//! The edition of a day: what leads, then the sections, then its end.

use askama::Template;
use jiff::civil::Date;

use super::assets::{Script, Sheet};
use super::chrome::{Chrome, ChromeView, Link};
use super::filter_form::{FilterForm, FilterView};
use super::front::{Teaser, TeaserView, teaser_view};
use super::head::{Head, page_title};
use super::hidden::{Hidden, HiddenView};
use super::list::Moment;
use super::rows::{Row, RowView};
use super::suggest::SuggestView;
use crate::words::{Arg, Words};

/// `/today`.
#[derive(Clone, Debug)]
pub struct TodayPage {
    /// What is around it.
    pub chrome: Chrome,
    /// The day, in the page's zone.
    pub date: Date,
    /// Whether it is the day of the site; else it is the newest with stories, or a past one.
    pub is_today: bool,
    /// The leading stories, most important first.
    pub leads: Vec<Teaser>,
    /// The others.
    pub sections: Vec<EditionSection>,
    /// How many stories of the day the filter lets through.
    pub n_stories: u64,
    /// How many of them the edition has.
    pub n_shown: u64,
    /// What the filter hides of the day.
    pub hidden: Option<Hidden>,
    /// The list of the whole day.
    pub whole_day: String,
    /// The edition of the nearest day before.
    pub previous: Option<(Date, String)>,
    /// The edition as RSS.
    pub feed: String,
    /// The filter; `None` in an edition of the past.
    pub filter: Option<FilterForm>,
    /// Says that this is the edition as it was at an instant.
    pub moment: Option<Moment>,
}

/// A section of an edition.
#[derive(Clone, Debug, PartialEq)]
pub struct EditionSection {
    /// Its slug.
    pub section: Box<str>,
    /// Its stories that do not lead, the most urgent first.
    pub rows: Vec<Row>,
    /// How many more it has.
    pub n_more: u64,
    /// Where those are.
    pub more: String,
}

#[derive(Template)]
#[template(path = "today.html")]
struct TodayTemplate<'a> {
    c: ChromeView,
    h: Head,
    w: &'static Words,
    css: &'static str,
    title: String,
    total: String,
    moment: Option<Link>,
    hidden: Option<HiddenView<'a>>,
    leads: Vec<TeaserView<'a>>,
    sections: Vec<SectionView>,
    end: String,
    whole_day: Link,
    previous: Option<Link>,
    feed: &'a str,
    filter: Option<FilterView>,
    keep: &'static str,
    suggest: SuggestView,
}

struct SectionView {
    link: Link,
    rows: Vec<RowView>,
    more: Option<Link>,
}

impl TodayPage {
    /// The whole page.
    pub fn render(&self) -> String {
        let (chrome, words) = (&self.chrome, self.chrome.words());
        let day = words.day(self.date);
        let title = words.with(if self.is_today { "today-title" } else { "edition-of" }, "day", &day);
        let mut head = Head::of_list(chrome, &title, page_title(chrome, &title), &self.feed);
        if self.moment.is_some() || self.filter.as_ref().is_some_and(|form| !form.problems.is_empty()) {
            head.canonical = None;
        }
        let at = self.leads.first().map(|lead| lead.row.at);
        let template = TodayTemplate {
            c: ChromeView::of(chrome, at),
            h: head,
            w: words,
            css: Sheet::Front.css(),
            total: words.count("stories", self.n_stories),
            moment: self.moment.as_ref().map(|moment| {
                let text = words.with("past-list", "time", &words.date_time(moment.at, &chrome.zone));
                Link::new(moment.now.as_str(), text)
            }),
            hidden: self.hidden.as_ref().and_then(|hidden| HiddenView::of(hidden, false, chrome)),
            leads: self.leads.iter().enumerate().map(|(idx, teaser)| teaser_view(idx, teaser, chrome)).collect(),
            sections: self
                .sections
                .iter()
                .map(|section| SectionView {
                    link: chrome.section(&section.section),
                    rows: RowView::all(&section.rows, chrome),
                    more: (section.n_more != 0).then(|| Link::new(section.more.as_str(), words.count("edition-more", section.n_more))),
                })
                .collect(),
            end: self.end(&day),
            whole_day: Link::new(self.whole_day.as_str(), words.t("edition-whole-day")),
            previous: self
                .previous
                .as_ref()
                .map(|(date, href)| Link::new(href.as_str(), words.with("edition-of", "day", &words.day(*date)))),
            feed: &self.feed,
            filter: self.filter.as_ref().map(|form| form.view(chrome, None)),
            keep: Script::Keep.path(),
            suggest: SuggestView::of(chrome),
            title,
        };
        template.render().expect("writing a template to a String cannot fail")
    }

    /// What is said at the end: that it is one, and what it is the end of.
    fn end(&self, day: &str) -> String {
        let words = self.chrome.words();
        match (self.n_stories, self.n_shown) {
            (0, _) => words.t("empty-day").to_owned(),
            (all, shown) if all == shown => words.say("edition-end", &[("n", Arg::Count(all)), ("day", Arg::Text(day))]),
            (all, shown) => {
                let of = words.number(shown);
                words.say("edition-end-of", &[("n", Arg::Count(all)), ("part", Arg::Text(&of)), ("day", Arg::Text(day))])
            }
        }
    }
}
