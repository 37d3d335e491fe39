//! What pages and commands ask of exchange rates.

use courant_news::{CurrencyCode, DateKind, Fixing, FixingScope, Quotation, RateQuote, RateSource};
use courant_wire::{StoreError, WireSeq};
use jiff::Timestamp;
use jiff::civil::Date;

/// Which days of a source.
#[derive(Clone, Copy, Debug)]
pub struct FixedDaysQuery<'a> {
    /// Whose.
    pub source: &'a RateSource,
    /// The currencies wanted; `None` for all.
    pub currencies: Option<&'a [CurrencyCode]>,
    /// The earliest day.
    pub first: Date,
    /// The latest day.
    pub last: Date,
    /// Only what had moved by then; `None` for all.
    pub known_at: Option<Timestamp>,
    /// The most days; the latest are answered.
    pub limit: usize,
}

/// A day of a source as its fixings, in the order they moved, leave it: a later one has revised the quotes it repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixedDay {
    /// The day, as the source dates it.
    pub dated: Date,
    /// What the date means.
    pub date_kind: DateKind,
    /// The currency everything is quoted against.
    pub base: CurrencyCode,
    /// Which way round.
    pub quotation: Quotation,
    /// Whether the whole table of the day was ever fixed.
    pub scope: FixingScope,
    /// What it quotes of the currencies that were asked for, in the order of their codes.
    pub quotes: Vec<RateQuote>,
}

/// A fixing as it moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixingLine {
    /// The entry.
    pub seq: WireSeq,
    /// When it moved.
    pub moved_at: Timestamp,
    /// What was published.
    pub fixing: Fixing,
}

/// A source that has fixed something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateSourceLine {
    /// Its name.
    pub source: RateSource,
    /// How many days it has.
    pub n_days: u64,
    /// The first of them.
    pub first: Date,
    /// The last.
    pub last: Date,
    /// When its last entry moved.
    pub moved_at: Timestamp,
}

/// Exchange rates in the read model. Every method answers a [`StoreError`] when it cannot be read.
pub trait RateStore {
    /// Days of a source, oldest first.
    fn fixed_days(&self, query: FixedDaysQuery<'_>) -> Result<Vec<FixedDay>, StoreError>;

    /// The first and the last day on which a source quoted a currency.
    fn quoted(&self, source: &RateSource, currency: CurrencyCode) -> Result<Option<(Date, Date)>, StoreError>;

    /// The latest fixings as they moved, newest entry first; at most `limit`, of one source or of all.
    fn fixings(&self, source: Option<&RateSource>, limit: usize) -> Result<Vec<FixingLine>, StoreError>;

    /// The sources that have fixed something, by name.
    fn rate_sources(&self) -> Result<Vec<RateSourceLine>, StoreError>;
}
