//! Instants, as the many agencies write them.

use std::fmt::Display;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::findings::Findings;
use crate::refused::Problem;

/// News is not older than this year.
const YEAR_MIN: i16 = 1900;
/// How far a sender's clock may run ahead, in hours; what it says then is taken as now.
const AHEAD_HOURS_MAX: i64 = 24;
/// How far an embargo may reach, in days: ten years.
const EMBARGO_DAYS_MAX: i64 = 3_660;

/// How exactly an instant was given.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Given {
    Instant(Timestamp),
    /// Without a zone.
    Local(DateTime),
    /// Without a time of day.
    Day(Date),
}

fn given(text: &str) -> Option<Given> {
    let text = text.trim();
    // Superdesk writes `+0000`, which RFC 3339 does not know; jiff reads both.
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(Given::Instant(at));
    }
    if text.len() <= 10 {
        return text.parse().ok().map(Given::Day);
    }
    text.parse().ok().map(Given::Local)
}

fn in_utc(at: DateTime) -> Option<Timestamp> {
    TimeZone::UTC.to_timestamp(at).ok()
}

/// What may not be used, since it lies where no news was or is.
fn impossible(at: Timestamp, now: Timestamp) -> Option<String> {
    if at.to_zoned_datetime(TimeZone::UTC).year() < YEAR_MIN {
        return Some(format!("lies before {YEAR_MIN}"));
    }
    let latest = now.checked_add(AHEAD_HOURS_MAX.hours()).unwrap_or(now);
    (latest < at).then(|| format!("lies in the future; it is {now} now"))
}

/// The instant that a field gives, whole microseconds. A zone that is missing is UTC; a clock that runs up to a day ahead is
/// set back to `now`; what cannot be read is left out, each with a note. What lies before 1900 or further ahead
/// refuses the document: a wrong day files the story where nobody finds it.
pub(crate) fn past(findings: &Findings, field: &dyn Display, text: &str, now: Timestamp) -> Option<Timestamp> {
    let at = match given(text) {
        Some(Given::Instant(at)) => Some(at),
        Some(Given::Local(local)) => {
            findings.mended(field, text, "gives no time zone; taken as UTC");
            in_utc(local)
        }
        Some(Given::Day(day)) => {
            findings.mended(field, text, "gives no time of day; taken as midnight UTC");
            in_utc(day.to_datetime(jiff::civil::Time::midnight()))
        }
        None => None,
    };
    let Some(at) = at.and_then(micros) else {
        findings.mended(field, text, "is not an instant such as 2026-11-24T08:30:00Z; left out");
        return None;
    };
    if let Some(reason) = impossible(at, now) {
        findings.refuse(Problem::new(field.to_string(), text, reason, "send the true instant"));
        return None;
    }
    if now < at {
        findings.mended(field, text, format!("lies ahead of this clock; taken as now, {now}"));
        return Some(now);
    }
    Some(at)
}

/// The instant an embargo ends. One that cannot be read refuses the document, since guessing would break it. A day
/// alone begins when it has begun everywhere on earth.
pub(crate) fn embargo(findings: &Findings, field: &dyn Display, text: &str, now: Timestamp) -> Option<Timestamp> {
    // The day line lies twelve hours west of UTC.
    let behind = |at: DateTime| in_utc(at).and_then(|at| at.checked_add(12.hours()).ok());
    let until = match given(text) {
        Some(Given::Instant(at)) => Some(at),
        Some(Given::Local(local)) => {
            let until = behind(local);
            findings.mended(
                field,
                text,
                "gives no time zone; the embargo holds until that hour has come everywhere, twelve hours after UTC",
            );
            until
        }
        Some(Given::Day(day)) => {
            findings.mended(field, text, "gives no time of day; the embargo holds until that day has begun everywhere, at noon UTC");
            behind(day.to_datetime(jiff::civil::Time::midnight()))
        }
        None => None,
    };
    let Some(until) = until.and_then(micros) else {
        findings.refuse(Problem::new(
            field.to_string(),
            text,
            "is not an instant, so the embargo cannot be kept",
            "send one such as 2026-11-24T08:30:00Z",
        ));
        return None;
    };
    let latest = now.checked_add((24 * EMBARGO_DAYS_MAX).hours()).unwrap_or(now);
    if latest < until {
        findings.refuse(Problem::new(field.to_string(), text, "lies more than ten years ahead", "send the true instant"));
        return None;
    }
    Some(until)
}

/// What the wire keeps: whole microseconds.
pub(crate) fn micros(at: Timestamp) -> Option<Timestamp> {
    Timestamp::from_microsecond(at.as_microsecond()).ok()
}

/// An instant that one of our own conventions wrote.
pub(crate) fn exact(text: &str) -> Option<Timestamp> {
    text.parse().ok().and_then(micros)
}
