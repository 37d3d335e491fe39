//! The archive: a calendar of each month, the months of each year.
//!
//! Counts are asked of an index over the times when stories first moved. A year of a million stories is counted in the time one
//! reader waits for it, and then lies in the page cache; no table of days is kept, since days depend on the site's zone.

use axum::response::{IntoResponse, Response};
use courant_news::Filter;
use courant_news::filter::{Facet, Parsed};
use courant_projections::site::Span;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::SiteState;
use super::answer::{self, Refused};
use super::common::{self, ALL};
use super::lists::lang_of;
use crate::pages::{Fault, MonthPage, YearPage};
use crate::serve::Tag;
use crate::words::UiLanguage;

/// `/2026/11`: the days of a month with how many stories each has.
pub(super) fn month(state: &SiteState, first: Date, query: &str) -> Result<Response, Refused> {
    let path = month_path(first);
    let asked = Asked::read(query, &path)?;
    let days: Vec<Span> =
        (1..=first.days_in_month()).map(|day| day_of(first, day)).map(|day| span(state, day, 1.day(), &path)).collect::<Result<_, _>>()?;
    let (previous, next) = neighbours(state, whole(&days))?;
    let page = MonthPage {
        counts: state.site.counts(&days, asked.lang().as_ref())?,
        chrome: common::chrome(state, asked.language, asked.here(&path)),
        first,
        previous: previous.map(Date::first_of_month),
        next: next.map(Date::first_of_month),
    };
    Ok(answer::html(page.render()).until([Tag::of(ALL)]).canonical(asked.here(&path)).into_response())
}

/// `/2026`: the months of a year with how many stories each has.
pub(super) fn year(state: &SiteState, first: Date, query: &str) -> Result<Response, Refused> {
    let path = format!("/{:04}", first.year());
    let asked = Asked::read(query, &path)?;
    let months = (0..12).map(|n| span(state, first.saturating_add(n.months()), 1.month(), &path)).collect::<Result<Vec<_>, _>>()?;
    let (previous, next) = neighbours(state, whole(&months))?;
    let page = YearPage {
        counts: state.site.counts(&months, asked.lang().as_ref())?,
        chrome: common::chrome(state, asked.language, asked.here(&path)),
        year: first.year(),
        previous: previous.map(Date::year),
        next: next.map(Date::year),
    };
    Ok(answer::html(page.render()).until([Tag::of(ALL)]).canonical(asked.here(&path)).into_response())
}

/// The address of a month's calendar.
pub(super) fn month_path(date: Date) -> String {
    format!("/{:04}/{:02}", date.year(), date.month())
}

/// What a calendar can be asked for: a language, by which it also counts.
struct Asked {
    language: UiLanguage,
    counts_all: bool,
}

impl Asked {
    /// A calendar knows no other filter: an address that has one leads to the one without.
    fn read(query: &str, path: &str) -> Result<Self, Refused> {
        let Parsed { filter, problems } = Filter::parse(query, &[]);
        let language = common::list_language(&filter);
        let asked = Self { language, counts_all: !filter.any_of.contains_key(&Facet::Lang) };
        let edition = if asked.counts_all { Filter::default() } else { common::edition(language) };
        if filter == edition && problems.is_empty() { Ok(asked) } else { Err(Refused::Found(asked.here(path))) }
    }

    fn lang(&self) -> Option<courant_news::Lang> {
        (!self.counts_all).then(|| lang_of(self.language))
    }

    fn here(&self, path: &str) -> String {
        let edition = if self.counts_all { Filter::default() } else { common::edition(self.language) };
        common::target(path, &edition, &[])
    }
}

fn day_of(first: Date, day: i8) -> Date {
    first.with().day(day).build().unwrap_or(first)
}

/// The instants of a time on the calendar, in the site's zone.
fn span(state: &SiteState, from: Date, length: jiff::Span, path: &str) -> Result<Span, Refused> {
    let instant = |date: Date| Some(date.to_zoned_datetime(state.agency.zone.clone()).ok()?.timestamp());
    let until = from.checked_add(length).ok().and_then(instant);
    let bounds = instant(from).zip(until);
    // The first and the last year that can be computed with have an end in no zone.
    let (from, until) = bounds.ok_or_else(|| Refused::Fault(Fault::NoSuchDay { typed: path.to_owned() }))?;
    Ok(Span { from, until })
}

fn whole(parts: &[Span]) -> Span {
    let (first, last) = (parts.first(), parts.last());
    Span { from: first.map_or(Timestamp::MIN, |span| span.from), until: last.map_or(Timestamp::MAX, |span| span.until) }
}

/// The nearest days with news before a span and after it.
pub(super) fn neighbours(state: &SiteState, span: Span) -> Result<(Option<Date>, Option<Date>), Refused> {
    let date_of = |instant: Timestamp| instant.to_zoned_datetime(state.agency.zone.clone()).date();
    let before = state.site.moved_within(Span { from: Timestamp::MIN, until: span.from })?;
    let after = state.site.moved_within(Span { from: span.until, until: Timestamp::MAX })?;
    Ok((before.map(|(_, latest)| date_of(latest)), after.map(|(earliest, _)| date_of(earliest))))
}
