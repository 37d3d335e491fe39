//! The history that Courant ships: the reference rates of the European Central Bank, as it published them since 4 January 1999.
//!
//! Facts; the source is named wherever they are shown. Made by `cargo xtask rates-history` from the bank's own file.

mod packed;

use std::sync::LazyLock;

use courant_news::{CurrencyCode, DateKind, Fixing, FixingScope, Quotation, RateQuote, RateText, RawHash, Read};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::Source;
use crate::ledger::{Breakage, Day, DayQuery, Ledger};

use packed::Columns;
pub use packed::{Unpackable, pack};

/// Columns of days and rates, compressed; see [`pack`].
static PACKED: &[u8] = include_bytes!("../data/ecb-history.zst");

static SHIPPED: LazyLock<Shipped> = LazyLock::new(|| {
    let columns = packed::unpack(PACKED).expect("the history that is built in was packed by this release and is tested");
    Shipped::of(columns)
});

/// The shipped history. It is unpacked when it is first asked for.
pub struct Shipped {
    columns: Columns,
    /// For each day of the calendar from the first on, the line of the last fixing not after it.
    line_of_day: Vec<u16>,
}

/// A rate as the history keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShippedRate {
    /// The day it was fixed.
    pub dated: Date,
    /// How many hundredths, ten thousandths and so on of the currency one euro was.
    pub mantissa: u32,
    /// The decimal places of the mantissa.
    pub places: u8,
}

impl Shipped {
    /// The history that is built in.
    pub fn get() -> &'static Self {
        &SHIPPED
    }

    /// The size of what is built in, in bytes.
    pub fn packed_len() -> usize {
        PACKED.len()
    }

    fn of(columns: Columns) -> Self {
        let mut line_of_day = Vec::new();
        for (line, pair) in (0_u16..).zip(columns.days.windows(2)) {
            let n_days = usize::try_from(days_between(pair[0], pair[1])).unwrap_or(0);
            line_of_day.extend(std::iter::repeat_n(line, n_days));
        }
        line_of_day.extend(u16::try_from(columns.days.len().saturating_sub(1)));
        Self { columns, line_of_day }
    }

    /// Its first and its last day.
    pub fn span(&self) -> (Date, Date) {
        (self.columns.days[0], *self.columns.days.last().expect("a history has a day"))
    }

    /// How many days it has.
    pub fn n_days(&self) -> usize {
        self.columns.days.len()
    }

    /// The currencies it ever quotes, in the order of their codes.
    pub fn currencies(&self) -> impl Iterator<Item = CurrencyCode> + '_ {
        self.columns.columns.iter().map(|column| column.code)
    }

    /// The rate of the last fixing not after `on`; `None` before the first, or when that fixing does not quote the currency.
    pub fn rate(&self, currency: CurrencyCode, on: Date) -> Option<ShippedRate> {
        let line = self.line(on)?;
        let column = self.columns.column(currency)?;
        let mantissa = column.scaled[line];
        (mantissa != 0).then(|| ShippedRate { dated: self.columns.days[line], mantissa, places: column.places })
    }

    /// The last `n_days` days, oldest first.
    pub fn last_days(&self, n_days: usize) -> Vec<Day> {
        let lines = self.columns.days.len();
        (lines.saturating_sub(n_days)..lines).map(|line| self.day_at(line, None)).collect()
    }

    /// The last `n_days` days as fixings, oldest first, for a wire that has none. They count as read from the packed history at
    /// `fetched_at`.
    pub fn fixings(&self, n_days: usize, fetched_at: Timestamp) -> Vec<Fixing> {
        let read = Read { scope: FixingScope::Whole, fetched_at, raw_hash: RawHash::of(PACKED) };
        let fixing = |day: Day| {
            let fixing = Fixing::of(Source::Ecb.name(), day.base, day.quotation, day.date_kind, day.dated, read);
            fixing.with_quotes(day.quotes).expect("a day of the history quotes each currency once")
        };
        self.last_days(n_days).into_iter().map(fixing).collect()
    }

    fn line(&self, on: Date) -> Option<usize> {
        let offset = usize::try_from(days_between(self.columns.days[0], on)).ok()?;
        let line = self.line_of_day.get(offset).or(self.line_of_day.last())?;
        Some(usize::from(*line))
    }

    fn day_at(&self, line: usize, wanted: Option<&[CurrencyCode]>) -> Day {
        let columns: Vec<_> = match wanted {
            Some(wanted) => wanted.iter().filter_map(|code| self.columns.column(*code)).collect(),
            None => self.columns.columns.iter().collect(),
        };
        let mut quotes: Vec<RateQuote> = columns
            .into_iter()
            .filter_map(|column| {
                let text = column.text(line)?;
                let rate = RateText::parse(&text).expect("the history holds rates");
                Some(RateQuote::new(column.code, 1, rate).expect("1 is a nominal"))
            })
            .collect();
        quotes.sort_by_key(|quote| quote.currency);
        Day {
            dated: self.columns.days[line],
            date_kind: DateKind::Observed,
            base: CurrencyCode::EUR,
            quotation: Quotation::PerBase,
            scope: FixingScope::Whole,
            quotes,
        }
    }
}

/// The columns of these fixings of the ECB, for a test that compares them with what is shipped.
pub fn unpacked(fixings: &[Fixing]) -> Result<Shipped, Unpackable> {
    Ok(Shipped::of(packed::unpack(&pack(fixings)?)?))
}

fn days_between(earlier: Date, later: Date) -> i32 {
    earlier.until(later).map_or(0, |span| span.get_days())
}

impl Ledger for Shipped {
    fn day(&self, query: &DayQuery<'_>) -> Result<Option<Day>, Breakage> {
        let line = self.line(query.on).filter(|_| query.source == Source::Ecb);
        Ok(line.filter(|line| query.earliest <= self.columns.days[*line]).map(|line| self.day_at(line, query.currencies)))
    }

    fn days(&self, query: &DayQuery<'_>, limit: usize) -> Result<Vec<Day>, Breakage> {
        let Some(last) = self.line(query.on).filter(|_| query.source == Source::Ecb) else {
            return Ok(Vec::new());
        };
        let before = query.earliest.saturating_sub(1.day());
        let first = self.line(before).map_or(0, |line| line + 1).max((last + 1).saturating_sub(limit));
        Ok((first..=last).map(|line| self.day_at(line, query.currencies)).collect())
    }

    fn quoted(&self, source: Source, currency: CurrencyCode) -> Result<Option<(Date, Date)>, Breakage> {
        let column = self.columns.column(currency).filter(|_| source == Source::Ecb);
        Ok(column.and_then(|column| {
            let first = column.scaled.iter().position(|value| *value != 0)?;
            let last = column.scaled.iter().rposition(|value| *value != 0)?;
            Some((self.columns.days[first], self.columns.days[last]))
        }))
    }
}
