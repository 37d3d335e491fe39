//! What was fixed, as it is asked for.

use courant_news::{CurrencyCode, DateKind, Fixing, FixingScope, Quotation, QuoteUnit, RateQuote};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::convert::speaks_of;
use crate::{Exact, Source};

/// Grams in a troy ounce, exactly: the pound of 1959 is 0.45359237 kg, and an ounce of it 480/7000.
const GRAMS_IN_AN_OUNCE: (i64, i64) = (311_034_768, 10_000_000);

/// A breakage of what keeps the fixings.
pub type Breakage = Box<dyn std::error::Error + Send + Sync>;

/// Where fixings are kept. A later fixing of the same source and day revises the quotes it repeats.
pub trait Ledger {
    /// The latest day not after `query.on` and not before `query.earliest` that says something about all of `query.currencies`: a
    /// day whose whole table was fixed, or an excerpt that quotes all of them.
    ///
    /// # Errors
    /// A [`Breakage`] when the ledger cannot be read.
    fn day(&self, query: &DayQuery<'_>) -> Result<Option<Day>, Breakage>;

    /// The days from `first` to `query.on`, oldest first, at most `limit` of the latest, with what they quote of `query.currencies`.
    ///
    /// # Errors
    /// As [`Ledger::day`].
    fn days(&self, query: &DayQuery<'_>, limit: usize) -> Result<Vec<Day>, Breakage>;

    /// The first and the last day on which the source quoted the currency.
    ///
    /// # Errors
    /// As [`Ledger::day`].
    fn quoted(&self, source: Source, currency: CurrencyCode) -> Result<Option<(Date, Date)>, Breakage>;
}

/// Which day is asked for.
#[derive(Clone, Copy, Debug)]
pub struct DayQuery<'a> {
    /// Whose fixing.
    pub source: Source,
    /// The currencies wanted; `None` for all that are quoted.
    pub currencies: Option<&'a [CurrencyCode]>,
    /// The latest day that will do.
    pub on: Date,
    /// The earliest.
    pub earliest: Date,
    /// Only what had moved by then; `None` for all.
    pub known_at: Option<Timestamp>,
}

/// What a source fixed for a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// The day, as the source dates it.
    pub dated: Date,
    /// What the date means.
    pub date_kind: DateKind,
    /// The currency everything is quoted against.
    pub base: CurrencyCode,
    /// Which way round.
    pub quotation: Quotation,
    /// Whether a currency that is not quoted was not fixed.
    pub scope: FixingScope,
    /// The quotes that were asked for, in the order of their codes.
    pub quotes: Vec<RateQuote>,
}

impl Day {
    /// What the day quotes for a currency.
    pub fn quote(&self, currency: CurrencyCode) -> Option<&RateQuote> {
        self.quotes.iter().find(|quote| quote.currency == currency)
    }

    /// Whether it quotes all of these; the base needs no quote.
    pub fn quotes_all(&self, currencies: &[CurrencyCode]) -> bool {
        currencies.iter().all(|currency| *currency == self.base || self.quote(*currency).is_some())
    }

    /// How many of the base one unit of the currency is worth; `None` when it is not quoted.
    pub fn worth(&self, currency: CurrencyCode) -> Option<Exact> {
        if currency == self.base {
            return Some(Exact::one());
        }
        let quote = self.quote(currency)?;
        let (rate, nominal) = (Exact::of_rate(&quote.rate), Exact::whole(quote.nominal.into()));
        let per_unit = match self.quotation {
            Quotation::PerBase => &nominal / &rate,
            Quotation::InBase => &rate / &nominal,
        };
        Some(match quote.unit {
            QuoteUnit::Code => per_unit,
            QuoteUnit::Gram => &per_unit * &(&Exact::whole(GRAMS_IN_AN_OUNCE.0) / &Exact::whole(GRAMS_IN_AN_OUNCE.1)),
        })
    }
}

impl From<&Fixing> for Day {
    fn from(fixing: &Fixing) -> Self {
        Self {
            dated: fixing.dated,
            date_kind: fixing.date_kind,
            base: fixing.base,
            quotation: fixing.quotation,
            scope: fixing.scope,
            quotes: fixing.quotes().to_vec(),
        }
    }
}

/// Fixings in memory, for what a command was handed and for tests. Those that come later in the list moved later.
#[derive(Clone, Debug, Default)]
pub struct InMemory {
    fixings: Vec<(Fixing, Timestamp)>,
}

impl InMemory {
    /// A ledger of these fixings; each counts as known from when it was fetched.
    pub fn of(fixings: Vec<Fixing>) -> Self {
        let mut fixings: Vec<_> = fixings
            .into_iter()
            .map(|fixing| {
                let at = fixing.fetched_at;
                (fixing, at)
            })
            .collect();
        fixings.sort_by_key(|(fixing, at)| (fixing.dated, *at));
        Self { fixings }
    }
}

impl Ledger for InMemory {
    fn day(&self, query: &DayQuery<'_>) -> Result<Option<Day>, Breakage> {
        let days = self.days(query, usize::MAX)?;
        Ok(days.into_iter().rev().find(|day| speaks_of(day, query.currencies)))
    }

    fn days(&self, query: &DayQuery<'_>, limit: usize) -> Result<Vec<Day>, Breakage> {
        let name = query.source.name();
        let mut days: Vec<Day> = Vec::new();
        let known = |at: &Timestamp| query.known_at.is_none_or(|known| *at <= known);
        for (fixing, _) in self.fixings.iter().filter(|(fixing, at)| fixing.source == name && known(at)) {
            if !(query.earliest..=query.on).contains(&fixing.dated) {
                continue;
            }
            let day = Day::from(fixing);
            match days.last_mut() {
                Some(last) if last.dated == day.dated => last.revise(day),
                _ => days.push(day),
            }
        }
        for day in &mut days {
            day.quotes.retain(|quote| query.currencies.is_none_or(|wanted| wanted.contains(&quote.currency)));
        }
        Ok(days.split_off(days.len().saturating_sub(limit)))
    }

    fn quoted(&self, source: Source, currency: CurrencyCode) -> Result<Option<(Date, Date)>, Breakage> {
        let name = source.name();
        let mut days = self.fixings.iter().filter(|(fixing, _)| fixing.source == name && fixing.quote(currency).is_some());
        let first = days.next().map(|(fixing, _)| fixing.dated);
        Ok(first.map(|first| (first, days.next_back().map_or(first, |(fixing, _)| fixing.dated))))
    }
}

impl Day {
    /// Takes what a later fixing of the same day says.
    pub fn revise(&mut self, later: Self) {
        for quote in later.quotes {
            match self.quotes.binary_search_by_key(&quote.currency, |known| known.currency) {
                Ok(at) => self.quotes[at] = quote,
                Err(at) => self.quotes.insert(at, quote),
            }
        }
        if later.scope == FixingScope::Whole {
            self.scope = FixingScope::Whole;
        }
    }
}
