//! The day that is today: the site's own, or the newest with stories.

use std::time::Duration;

use courant_news::{Filter, PubStatus};
use courant_projections::site::{Cursor, Line, ListQuery, Span};
use jiff::Timestamp;
use jiff::civil::Date;

use super::SiteState;
use super::answer::Refused;
use super::lists::day_span;

/// How many stories of a day are looked at: more than any day of a large agency has.
pub(super) const STORIES_MAX: usize = 5_000;
/// How many are read at a time.
const READ_AT_ONCE: usize = 1_000;
/// How long a page that names today is kept at most.
const AGE_MAX: Duration = Duration::from_mins(10);

/// A day with stories.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    /// The day, in the site's zone.
    pub(super) date: Date,
    /// Its instants.
    pub(super) span: Span,
    /// Whether it is the day of the instant that was asked about.
    pub(super) is_today: bool,
}

/// The day of an instant, or the newest before it that has stories; `None` when there is none.
pub(super) fn newest(state: &SiteState, now: Timestamp) -> Result<Option<Day>, Refused> {
    let zone = &state.agency.zone;
    let today = now.to_zoned_datetime(zone.clone()).date();
    let Some(of_today) = day_span(today, zone) else {
        return Ok(None);
    };
    // A story may say that it first moved a moment from now, by the clock of another machine; of the past only the past is asked.
    let until = if (state.now)() <= now { of_today.until } else { now.checked_add(jiff::Span::new().microseconds(1)).unwrap_or(now) };
    let Some((_, latest)) = state.site.moved_within(Span { from: Timestamp::MIN, until })? else {
        return Ok(None);
    };
    let date = latest.to_zoned_datetime(zone.clone()).date();
    Ok(day_span(date, zone).map(|span| Day { date, span, is_today: date == today }))
}

/// The stories that first moved on a day and pass a filter's facets, newest position first; its words are not looked at.
pub(super) fn lines(state: &SiteState, day: Day, filter: &Filter) -> Result<Vec<Line>, Refused> {
    let mut lines: Vec<Line> = Vec::new();
    let mut cursor = Cursor::Newest;
    while lines.len() < STORIES_MAX {
        let read = state.site.list(ListQuery { filter, cursor, first_moved: Some(day.span), limit: READ_AT_ONCE })?;
        let is_last = read.len() < READ_AT_ONCE;
        if let Some(last) = read.last() {
            cursor = Cursor::Before(last.position);
        }
        lines.extend(read);
        if is_last {
            break;
        }
    }
    Ok(lines)
}

/// How long a page of today may be kept: not beyond midnight.
pub(super) fn age_max(state: &SiteState) -> Duration {
    let now = (state.now)();
    let today = now.to_zoned_datetime(state.agency.zone.clone()).date();
    let left = day_span(today, &state.agency.zone).map(|span| span.until.duration_since(now).unsigned_abs());
    left.map_or(AGE_MAX, |left| left.min(AGE_MAX))
}

/// Whether nothing was withdrawn of a story.
pub(super) fn is_usable(line: &Line) -> bool {
    line.pub_status == PubStatus::Usable
}
