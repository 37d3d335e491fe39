//! How much of one currency an amount of another is, on a day, and why.

mod path;
mod refusal;
mod series;

use courant_news::{CurrencyCode, DateKind, FixingScope};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::ledger::{Breakage, Day, DayQuery, Ledger};
use crate::{Anchor, Closed, Currency, Decimal, Exact, Source};

pub use path::{Step, StepKind};
pub use refusal::{ConvertError, NoRate};
pub use series::{Fill, SPAN_MAX_DAYS, SeriesAsked, SeriesRow, series};

/// How many days before the one asked for a rate may be from.
pub const LOOK_BACK_DAYS: i32 = 14;
/// The first day of the euro's rates: no history goes further back.
pub const HISTORY_BEGINS: Date = jiff::civil::date(1999, 1, 4);
/// Significant figures of a rate that is shown.
pub const FIGURES: u32 = 6;

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// How much.
    pub amount: Decimal,
    /// Of what.
    pub from: CurrencyCode,
    /// In what.
    pub to: CurrencyCode,
    /// On which day; `None` for the latest rate there is, however old.
    pub on: Option<Date>,
    /// By whose rates.
    pub source: Source,
    /// As it was known then; `None` for what is known now. The history that Courant ships counts as known always.
    pub known_at: Option<Timestamp>,
}

/// When it is asked. Only the binary knows.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The instant.
    pub now: Timestamp,
    /// The day in the zone of whoever asks.
    pub today: Date,
}

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversion {
    /// How much, as asked.
    pub amount: Decimal,
    /// Of what.
    pub from: CurrencyCode,
    /// In what.
    pub to: CurrencyCode,
    /// How much that is, exactly.
    pub result: Exact,
    /// How many of `to` one of `from` is, exactly.
    pub rate: Exact,
    /// The day asked for.
    pub requested: Date,
    /// The day the rate is from.
    pub observed: Date,
    /// Why that day.
    pub reason: Reason,
    /// Whose rates.
    pub source: Source,
    /// How it was calculated, in order; empty for the same currency.
    pub path: Vec<Step>,
    /// When the source publishes next, where today's rate is not out yet.
    pub next_expected: Option<Timestamp>,
}

/// Why a rate is from the day it is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// It was fixed on the very day.
    Published,
    /// It was fixed before and is in force on the day.
    InForce,
    /// The source fixes nothing at weekends.
    Weekend,
    /// The source had a holiday.
    Holiday,
    /// The rate of the day is not out yet.
    NotYetPublished,
    /// The source fixed nothing on the day, for a reason that is not known.
    CarriedBack,
    /// The latest rate there is, and it is older than [`LOOK_BACK_DAYS`] days.
    LatestKnown,
    /// It is the same currency.
    Identity,
    /// It was fixed for ever when the euro came.
    Irrevocable,
    /// It is fixed by law.
    Peg,
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Published,
        Self::InForce,
        Self::Weekend,
        Self::Holiday,
        Self::NotYetPublished,
        Self::CarriedBack,
        Self::LatestKnown,
        Self::Identity,
        Self::Irrevocable,
        Self::Peg,
    ];

    /// The word for it in answers to machines.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::InForce => "in-force",
            Self::Weekend => "weekend",
            Self::Holiday => "holiday",
            Self::NotYetPublished => "not-yet-published",
            Self::CarriedBack => "carried-back",
            Self::LatestKnown => "latest-known",
            Self::Identity => "identity",
            Self::Irrevocable => "irrevocable",
            Self::Peg => "peg",
        }
    }
}

impl Conversion {
    /// The result in the minor units of its currency.
    pub fn rounded(&self) -> Decimal {
        self.result.round(Currency::find(self.to).map_or(2, Currency::places))
    }

    /// The rate with six significant figures or more, and no invented zeros at its end.
    pub fn rate_shown(&self) -> Decimal {
        shown(&self.rate)
    }
}

/// A rate as it is shown: six significant figures, or all of a whole number.
pub fn shown(rate: &Exact) -> Decimal {
    rate.round_to_figures(FIGURES).trimmed()
}

/// Converts. Everything is calculated in exact fractions; nothing is rounded on the way.
///
/// # Errors
/// A [`NoRate`] that says what to do, or a [`Breakage`] of the ledger.
pub fn convert(ledger: &dyn Ledger, asked: &Asked, moment: Moment) -> Result<Conversion, ConvertError> {
    let requested = asked.on.unwrap_or(moment.today);
    within_history(requested, moment.today)?;
    for code in [asked.from, asked.to] {
        alive(code, requested)?;
    }
    let found = find(ledger, asked, requested)?;
    let rate = path::product(&found.path);
    let observed = found.day.as_ref().map_or_else(|| path::since(&found.path).unwrap_or(requested), |day| day.dated);
    let reason = match &found.day {
        Some(day) => reason(asked.source, requested, day, moment),
        None => path::reason(&found.path),
    };
    Ok(Conversion {
        amount: asked.amount.clone(),
        from: asked.from,
        to: asked.to,
        result: &Exact::from(&asked.amount) * &rate,
        rate,
        requested,
        observed,
        reason,
        source: asked.source,
        path: found.path,
        next_expected: (reason == Reason::NotYetPublished).then(|| asked.source.next_expected(moment.now)).flatten(),
    })
}

fn within_history(requested: Date, today: Date) -> Result<(), NoRate> {
    if today < requested {
        return Err(NoRate::Future { on: requested, today });
    }
    if requested < HISTORY_BEGINS {
        return Err(NoRate::BeforeHistory { on: requested });
    }
    Ok(())
}

/// A currency has a rate while it lives; one that the euro replaced has one for ever.
fn alive(code: CurrencyCode, on: Date) -> Result<(), NoRate> {
    let Some(currency) = Currency::find(code) else {
        return Err(NoRate::Unknown { code });
    };
    if Anchor::irrevocable(code, on).is_some() || currency.lives_on(on) {
        return Ok(());
    }
    match currency.born_on {
        Some(born_on) if on < born_on => Err(NoRate::NotYetBorn { code, born_on, on }),
        _ => Err(NoRate::Gone { currency: Box::new(currency.clone()), on }),
    }
}

/// A way from one currency to the other, and the day whose quotes it uses; `None` when it uses none.
struct Found {
    path: Vec<Step>,
    day: Option<Day>,
}

/// Looks for a way: through the euro for what it replaced, then through one day of the source, and over a peg only where the source
/// has no quote.
fn find(ledger: &dyn Ledger, asked: &Asked, requested: Date) -> Result<Found, ConvertError> {
    let (mut from, mut to) = (path::End::of(asked.from, requested), path::End::of(asked.to, requested));
    loop {
        if from.code == to.code {
            return Ok(Found { path: path::joined(&from, None, &to), day: None });
        }
        let base = asked.source.facts().base;
        let wanted: Vec<CurrencyCode> = [from.code, to.code].into_iter().filter(|code| *code != base).collect();
        let earliest = match asked.on {
            Some(_) => requested.saturating_sub(LOOK_BACK_DAYS.days()),
            None => HISTORY_BEGINS,
        };
        let query = DayQuery { source: asked.source, currencies: Some(&wanted), on: requested, earliest, known_at: asked.known_at };
        let day = ledger.day(&query)?;
        let lacking = |code: CurrencyCode| code != base && day.as_ref().is_none_or(|day| day.quote(code).is_none());
        if let Some(day) = &day
            && !lacking(from.code)
            && !lacking(to.code)
        {
            let path = path::joined(&from, Some(day), &to);
            return Ok(Found { path, day: Some(day.clone()) });
        }
        let from_hangs = lacking(from.code) && from.follow_peg(requested);
        let to_hangs = lacking(to.code) && to.follow_peg(requested);
        if !from_hangs && !to_hangs {
            let code = if lacking(from.code) { from.code } else { to.code };
            return Err(not_quoted(ledger, asked, requested, code, day.as_ref())?.into());
        }
    }
}

fn not_quoted(ledger: &dyn Ledger, asked: &Asked, on: Date, code: CurrencyCode, day: Option<&Day>) -> Result<NoRate, Breakage> {
    let source = asked.source;
    let quoted = ledger.quoted(source, code)?;
    Ok(match (quoted, day) {
        (Some(_), None) => NoRate::TooLongAgo { by: source, on },
        (quoted, _) => NoRate::NotQuoted { by: source, code, on, quoted },
    })
}

fn reason(source: Source, requested: Date, day: &Day, moment: Moment) -> Reason {
    match day.date_kind {
        DateKind::InForce => return if too_old(requested, day.dated) { Reason::LatestKnown } else { Reason::InForce },
        DateKind::Observed if day.dated == requested => return Reason::Published,
        DateKind::Observed => {}
    }
    if too_old(requested, day.dated) {
        return Reason::LatestKnown;
    }
    match source.closed_on(requested) {
        Some(Closed::Weekend) => Reason::Weekend,
        Some(Closed::Holiday) => Reason::Holiday,
        Some(Closed::OffDay) => Reason::CarriedBack,
        None if source.day_at(moment.now) <= requested && still_expected(source, requested, moment.now) => Reason::NotYetPublished,
        None => Reason::CarriedBack,
    }
}

/// Whether the hour at which the source publishes the rates of that day is still to come.
fn still_expected(source: Source, day: Date, now: Timestamp) -> bool {
    source.next_expected(now).is_some_and(|next| source.day_at(next) <= day)
}

fn too_old(requested: Date, dated: Date) -> bool {
    dated < requested.saturating_sub(LOOK_BACK_DAYS.days())
}

/// Whether a day says something about every currency that was asked for: its whole table was fixed, or it quotes them all.
pub fn speaks_of(day: &Day, currencies: Option<&[CurrencyCode]>) -> bool {
    day.scope == FixingScope::Whole || currencies.is_none_or(|currencies| day.quotes_all(currencies))
}

#[cfg(test)]
mod tests;
