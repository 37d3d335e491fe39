//! Why there is no rate.

use courant_news::CurrencyCode;
use jiff::civil::Date;

use super::{HISTORY_BEGINS, LOOK_BACK_DAYS};
use crate::ledger::Breakage;
use crate::{Currency, Source};

/// Why there is no rate. The message is shown to whoever asked, as it stands.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NoRate {
    /// No such code.
    #[error("currency “{code}” is no code of ISO 4217; the list of those that are is at /v1/currencies")]
    Unknown {
        /// What was given.
        code: CurrencyCode,
    },
    /// The currency came later.
    #[error("currency “{code}” began on {born_on}, so it has no rate on {on}; choose a day from {born_on} on{}", before(*.code))]
    NotYetBorn {
        /// The currency.
        code: CurrencyCode,
        /// Its first day.
        born_on: Date,
        /// The day asked for.
        on: Date,
    },
    /// The currency is gone.
    #[error("currency “{}” is gone, so it has no rate on {on}{}", .currency.code, after(.currency))]
    Gone {
        /// The currency.
        currency: Box<Currency>,
        /// The day asked for.
        on: Date,
    },
    /// The day is to come.
    #[error("date “{on}” is in the future, today is {today}; leave the date out for the latest rate")]
    Future {
        /// The day asked for.
        on: Date,
        /// The day it is.
        today: Date,
    },
    /// The day is before all history.
    #[error("date “{on}” is before the first rates, which are of {HISTORY_BEGINS}; choose a later day")]
    BeforeHistory {
        /// The day asked for.
        on: Date,
    },
    /// The source fixed rates, but not of this currency.
    #[error("currency “{code}” is not among the rates of {} on {on}{}", .by.facts().bank, span(.quoted.as_ref()))]
    NotQuoted {
        /// The source.
        by: Source,
        /// The currency.
        code: CurrencyCode,
        /// The day asked for.
        on: Date,
        /// The first and the last day on which it was.
        quoted: Option<(Date, Date)>,
    },
    /// The source fixed nothing for too long.
    #[error("{} has no rates within {LOOK_BACK_DAYS} days before {on} that are known here; leave the date out for the latest, or choose another day", .by.facts().bank)]
    TooLongAgo {
        /// The source.
        by: Source,
        /// The day asked for.
        on: Date,
    },
    /// A range runs backwards or is too long.
    #[error("the range from {first} to {last} {problem}")]
    Range {
        /// Its first day.
        first: Date,
        /// Its last day.
        last: Date,
        /// What is wrong, and the remedy.
        problem: &'static str,
    },
}

impl NoRate {
    /// The word for it in answers to machines.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "unknown-currency",
            Self::NotYetBorn { .. } => "currency-not-yet-born",
            Self::Gone { .. } => "currency-gone",
            Self::Future { .. } => "future-date",
            Self::BeforeHistory { .. } => "before-history",
            Self::NotQuoted { .. } => "not-quoted",
            Self::TooLongAgo { .. } => "no-rate-near",
            Self::Range { .. } => "bad-range",
        }
    }
}

/// What can keep [`convert`](super::convert()) from answering.
#[derive(Debug, thiserror::Error)]
pub enum ConvertError {
    /// There is no such rate.
    #[error(transparent)]
    NoRate(#[from] NoRate),
    /// The ledger cannot be read.
    #[error("the rates cannot be read: {0}")]
    Broken(#[from] Breakage),
}

/// The currency that came before.
fn before(code: CurrencyCode) -> String {
    let earlier = Currency::all().iter().find(|currency| currency.successor.is_some_and(|successor| successor.code == code));
    earlier.map_or_else(String::new, |currency| format!(", or {}, which it replaced", currency.code))
}

fn after(currency: &Currency) -> String {
    let gone = currency.gone_from.map_or_else(String::new, |day| format!(": it ended before {day}"));
    match currency.successor {
        Some(successor) => {
            format!("{gone}; use {}, of which one replaced {} {}", successor.code, successor.old_for_one, currency.code)
        }
        None => format!("{gone}; choose an earlier day"),
    }
}

fn span(quoted: Option<&(Date, Date)>) -> String {
    match quoted {
        Some((first, last)) => format!("; it was from {first} to {last}"),
        None => "; ask another source".to_owned(),
    }
}
