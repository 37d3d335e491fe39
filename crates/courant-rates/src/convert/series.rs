//! Rates over a span of days.

use courant_news::CurrencyCode;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::{ConvertError, HISTORY_BEGINS, LOOK_BACK_DAYS, Moment, NoRate, Reason, path, reason};
use crate::ledger::{Day, DayQuery, Ledger};
use crate::{Anchor, Currency, Exact, Source};

/// The longest span, in days: thirty years.
pub const SPAN_MAX_DAYS: i32 = 10_958;

/// Which rates are asked for.
#[derive(Clone, Debug)]
pub struct SeriesAsked {
    /// One of this …
    pub from: CurrencyCode,
    /// … is how many of that.
    pub to: CurrencyCode,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// What stands for a day without a fixing.
    pub fill: Fill,
    /// By whose rates.
    pub source: Source,
    /// As it was known then; see [`Asked::known_at`](super::Asked::known_at).
    pub known_at: Option<Timestamp>,
}

/// What stands for a day without a fixing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fill {
    /// Nothing: only days with a fixing are answered.
    #[default]
    None,
    /// The rate before: every day of the calendar is answered, each with the day it is from.
    Previous,
}

/// The rate of one day.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesRow {
    /// The day.
    pub requested: Date,
    /// The day the rate is from.
    pub observed: Date,
    /// Why that day.
    pub reason: Reason,
    /// The rate, exactly.
    pub rate: Exact,
}

/// The rates of a span, oldest first. Days on which the source did not quote a currency are left out, so a span of nothing but
/// weekends is an empty answer and no error.
///
/// # Errors
/// A [`NoRate`] for an unknown currency or a span that is impossible, too long or wholly before history, or a breakage of the ledger.
pub fn series(ledger: &dyn Ledger, asked: &SeriesAsked, moment: Moment) -> Result<Vec<SeriesRow>, ConvertError> {
    let last = checked_last(asked, moment.today)?;
    let first = asked.first.max(HISTORY_BEGINS);
    let carried_from = match asked.fill {
        Fill::None => first,
        Fill::Previous => first.saturating_sub(LOOK_BACK_DAYS.days()),
    };
    let needed = needed(asked);
    let days = ledger.days(
        &DayQuery { source: asked.source, currencies: Some(&needed), on: last, earliest: carried_from, known_at: asked.known_at },
        usize::MAX,
    )?;
    let rates: Vec<(Day, Exact)> =
        days.into_iter().filter_map(|day| Some((rate_on(&day, asked)?, day)).map(|(rate, day)| (day, rate))).collect();
    let row = |requested: Date, day: &Day, rate: &Exact| SeriesRow {
        requested,
        observed: day.dated,
        reason: reason(asked.source, requested, day, moment),
        rate: rate.clone(),
    };
    Ok(match asked.fill {
        Fill::None => rates.iter().map(|(day, rate)| row(day.dated, day, rate)).collect(),
        Fill::Previous => filled(first, last, &rates, row),
    })
}

/// The two currencies, and what either may hang on.
fn needed(asked: &SeriesAsked) -> Vec<CurrencyCode> {
    let mut needed = vec![asked.from, asked.to];
    let mut next = 0;
    while let Some(code) = needed.get(next).copied() {
        let hangs_on = Anchor::legacies().iter().chain(Anchor::pegs()).filter(|anchor| anchor.code == code).map(|anchor| anchor.on);
        let more: Vec<CurrencyCode> = hangs_on.filter(|on| !needed.contains(on)).collect();
        needed.extend(more);
        next += 1;
    }
    needed
}

fn filled(first: Date, last: Date, rates: &[(Day, Exact)], row: impl Fn(Date, &Day, &Exact) -> SeriesRow) -> Vec<SeriesRow> {
    let mut rows = Vec::new();
    let mut next = 0;
    for day in first.series(1.day()).take_while(|day| *day <= last) {
        while next < rates.len() && rates[next].0.dated <= day {
            next += 1;
        }
        let Some((fixed, rate)) = next.checked_sub(1).map(|at| &rates[at]) else {
            continue;
        };
        if day.saturating_sub(LOOK_BACK_DAYS.days()) <= fixed.dated {
            rows.push(row(day, fixed, rate));
        }
    }
    rows
}

/// The rate by the quotes of one day, over pegs where it has none; `None` when it cannot be had.
fn rate_on(day: &Day, asked: &SeriesAsked) -> Option<Exact> {
    let end = |code| {
        let mut end = path::End::of(code, day.dated);
        while day.worth(end.code).is_none() {
            if !end.follow_peg(day.dated) {
                return None;
            }
        }
        Some(end)
    };
    for code in [asked.from, asked.to] {
        super::alive(code, day.dated).ok()?;
    }
    let (from, to) = (end(asked.from)?, end(asked.to)?);
    let across = (from.code != to.code).then_some(day);
    Some(path::product(&path::joined(&from, across, &to)))
}

fn checked_last(asked: &SeriesAsked, today: Date) -> Result<Date, NoRate> {
    let (first, last) = (asked.first, asked.last.min(today));
    for code in [asked.from, asked.to] {
        if Currency::find(code).is_none() {
            return Err(NoRate::Unknown { code });
        }
    }
    if today < first {
        return Err(NoRate::Future { on: first, today });
    }
    if asked.last < HISTORY_BEGINS {
        return Err(NoRate::BeforeHistory { on: asked.last });
    }
    let refused = |problem| Err(NoRate::Range { first, last: asked.last, problem });
    if asked.last < first {
        return refused("runs backwards; give the earlier day first");
    }
    if SPAN_MAX_DAYS < first.until(last).map_or(i32::MAX, |span| span.get_days()) {
        return refused("is longer than thirty years; ask for a shorter one");
    }
    Ok(last)
}
