//! The calendar of a month, the months of a year.

use askama::Template;
use jiff::ToSpan;
use jiff::civil::Date;

use super::assets::Sheet;
use super::chrome::{Chrome, ChromeView, Link};
use super::head::{Head, page_title};
use super::list::day_link;
use crate::words::Words;

/// `/2026/11`: a table of weeks whose days with news are links.
#[derive(Clone, Debug)]
pub struct MonthPage {
    /// What is around it.
    pub chrome: Chrome,
    /// The first day of the month.
    pub first: Date,
    /// How many stories first moved on each of its days, from the first on.
    pub counts: Vec<u64>,
    /// The nearest month before with news.
    pub previous: Option<Date>,
    /// The nearest month after with news.
    pub next: Option<Date>,
}

/// `/2026`: a table of its months.
#[derive(Clone, Debug)]
pub struct YearPage {
    /// What is around it.
    pub chrome: Chrome,
    /// The year.
    pub year: i16,
    /// How many stories first moved in each of its months, from January on.
    pub counts: Vec<u64>,
    /// The nearest year before with news.
    pub previous: Option<i16>,
    /// The nearest year after with news.
    pub next: Option<i16>,
}

#[derive(Template)]
#[template(path = "month.html")]
struct MonthTemplate {
    c: ChromeView,
    h: Head,
    w: &'static Words,
    css: &'static str,
    title: String,
    year: Link,
    total: String,
    /// The short name of each day of the week and the whole, in the order of the language.
    weekdays: Vec<(&'static str, &'static str)>,
    weeks: Vec<Vec<Option<DayCell>>>,
    later: Option<Link>,
    earlier: Option<Link>,
}

#[derive(Template)]
#[template(path = "year.html")]
struct YearTemplate {
    c: ChromeView,
    h: Head,
    w: &'static Words,
    css: &'static str,
    title: String,
    total: String,
    months: Vec<MonthRow>,
    later: Option<Link>,
    earlier: Option<Link>,
}

/// A day of a calendar.
struct DayCell {
    date: Date,
    /// `None` for a day without news.
    news: Option<DayNews>,
}

struct DayNews {
    href: String,
    n_stories: String,
    /// The same in words.
    stories: String,
}

struct MonthRow {
    link: Link,
    /// Whether it has news, and so a page worth going to.
    has_news: bool,
    n_stories: String,
}

impl MonthPage {
    /// The whole page.
    pub fn render(&self) -> String {
        let (chrome, words) = (&self.chrome, self.chrome.words());
        let title = words.month_of(self.first);
        let template = MonthTemplate {
            c: ChromeView::of(chrome, None),
            h: head(chrome, &title, &self.counts),
            w: words,
            css: Sheet::Archive.css(),
            title,
            year: year_link(self.first.year(), chrome),
            total: words.count("stories", self.counts.iter().sum()),
            weekdays: self.weekdays(),
            weeks: self.weeks(),
            later: self.next.map(|date| month_link(date, chrome)),
            earlier: self.previous.map(|date| month_link(date, chrome)),
        };
        template.render().expect("writing a template to a String cannot fail")
    }

    fn weekdays(&self) -> Vec<(&'static str, &'static str)> {
        let words = self.chrome.words();
        let week = self.chrome.language.first_weekday().cycle_forward().take(7);
        week.map(|weekday| (words.weekday_short(weekday), words.weekday(weekday))).collect()
    }

    /// The days by weeks, with gaps before the first and after the last.
    fn weeks(&self) -> Vec<Vec<Option<DayCell>>> {
        let n_before = self.first.weekday().since(self.chrome.language.first_weekday());
        let mut cells: Vec<Option<DayCell>> = (0..n_before).map(|_| None).collect();
        let days = self.first.series(1.day()).zip(&self.counts);
        cells.extend(days.map(|(date, n_stories)| Some(self.cell(date, *n_stories))));
        let mut weeks = Vec::new();
        while !cells.is_empty() {
            let rest = cells.split_off(cells.len().min(7));
            cells.resize_with(7, || None);
            weeks.push(std::mem::replace(&mut cells, rest));
        }
        weeks
    }

    fn cell(&self, date: Date, n_stories: u64) -> DayCell {
        let words = self.chrome.words();
        let news = (n_stories != 0).then(|| DayNews {
            href: day_link(date, &self.chrome).href,
            n_stories: words.number(n_stories),
            stories: words.count("stories", n_stories),
        });
        DayCell { date, news }
    }
}

impl YearPage {
    /// The whole page.
    pub fn render(&self) -> String {
        let (chrome, words) = (&self.chrome, self.chrome.words());
        let title = words.with("year-title", "year", &format!("{:04}", self.year));
        let months = Date::new(self.year, 1, 1).into_iter().flat_map(|first| first.series(1.month())).zip(&self.counts);
        let template = YearTemplate {
            c: ChromeView::of(chrome, None),
            h: head(chrome, &title, &self.counts),
            w: words,
            css: Sheet::Archive.css(),
            title,
            total: words.count("stories", self.counts.iter().sum()),
            months: months
                .map(|(first, n_stories)| MonthRow {
                    link: month_link(first, chrome),
                    has_news: *n_stories != 0,
                    n_stories: words.number(*n_stories),
                })
                .collect(),
            later: self.next.map(|year| year_link(year, chrome)),
            earlier: self.previous.map(|year| year_link(year, chrome)),
        };
        template.render().expect("writing a template to a String cannot fail")
    }
}

/// Calendars go on for ever in both directions; those without a story are nothing to be found by machines.
fn head(chrome: &Chrome, title: &str, counts: &[u64]) -> Head {
    let title = page_title(chrome, title);
    if counts.iter().all(|n_stories| *n_stories == 0) { Head::unlisted(title) } else { Head::plain(chrome, title) }
}

/// The calendar of the month a day is in.
pub(super) fn month_link(date: Date, chrome: &Chrome) -> Link {
    Link::new(format!("/{:04}/{:02}{}", date.year(), date.month(), chrome.edition()), chrome.words().month_of(date))
}

fn year_link(year: i16, chrome: &Chrome) -> Link {
    Link::new(format!("/{year:04}{}", chrome.edition()), chrome.words().with("year-title", "year", &format!("{year:04}")))
}
