//! The rows of exchange rates.

use std::collections::BTreeMap;

use courant_news::{
    CurrencyCode, DateKind, FieldError, Fixing, FixingScope, Quotation, QuoteUnit, RateQuote, RateSource, RateText, RawHash, Read,
};
use courant_projections::site::{FixedDay, FixedDaysQuery, FixingLine, RateSourceLine, RateStore, Touched};
use courant_wire::{StoreError, WireSeq};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::SiteDb;
use crate::newsroom::{instant, signed, unreadable, unsigned};

const DOING: &str = "read the exchange rates";

/// Adds a fixing. Nothing is replaced: what an earlier entry said of the same day can still be asked for.
pub(super) fn fix(
    tx: &Transaction<'_>,
    seq: WireSeq,
    moved_at: Timestamp,
    fixing: &Fixing,
    touched: &mut Touched,
) -> Result<(), rusqlite::Error> {
    let dated = fixing.dated.to_string();
    tx.prepare_cached(include_str!("../../sql/site_put_fixing.sql"))?.execute(params![
        signed(seq.0),
        moved_at.as_microsecond(),
        fixing.source.as_str(),
        dated,
        fixing.date_kind.as_str(),
        fixing.base.as_str(),
        fixing.quotation.as_str(),
        fixing.scope.as_str(),
        fixing.fetched_at.as_microsecond(),
        fixing.raw_hash.0,
    ])?;
    let mut put = tx.prepare_cached(include_str!("../../sql/site_put_quote.sql"))?;
    for quote in fixing.quotes() {
        let (source, currency) = (fixing.source.as_str(), quote.currency.as_str());
        put.execute(params![source, currency, dated, signed(seq.0), quote.nominal, quote.rate.as_str(), quote.unit.as_str()])?;
    }
    touched.names.insert("rates".to_owned());
    Ok(())
}

impl RateStore for SiteDb {
    fn fixed_days(&self, query: FixedDaysQuery<'_>) -> Result<Vec<FixedDay>, StoreError> {
        self.database().read(DOING, |view| {
            let mut days = days_without_quotes(view, &query)?;
            match query.currencies {
                None => add_quotes(view, &mut days, &query, "q.source = ?1 AND q.dated BETWEEN ?2 AND ?3 AND ?4 IS NULL", None)?,
                Some(wanted) => {
                    for currency in wanted {
                        let condition = "q.source = ?1 AND q.currency = ?4 AND q.dated BETWEEN ?2 AND ?3";
                        add_quotes(view, &mut days, &query, condition, Some(currency.as_str()))?;
                    }
                }
            }
            Ok(days
                .into_values()
                .map(|(mut day, quotes)| {
                    day.quotes = quotes.into_values().collect();
                    day
                })
                .collect())
        })
    }

    fn quoted(&self, source: &RateSource, currency: CurrencyCode) -> Result<Option<(Date, Date)>, StoreError> {
        self.database().read(DOING, |view| {
            view.prepare_cached(
                "SELECT min(dated), max(dated) FROM quote WHERE source = ?1 AND currency = ?2 HAVING min(dated) IS NOT NULL",
            )?
            .query_row(params![source.as_str(), currency.as_str()], |row| Ok((day(row, 0)?, day(row, 1)?)))
            .optional()
        })
    }

    fn fixings(&self, source: Option<&RateSource>, limit: usize) -> Result<Vec<FixingLine>, StoreError> {
        self.database().read(DOING, |view| {
            let lines: Vec<FixingLine> = view
                .prepare_cached(include_str!("../../sql/site_fixings.sql"))?
                .query_map(params![source.map(RateSource::as_str), signed(limit as u64)], fixing_line)?
                .collect::<Result<_, _>>()?;
            lines.into_iter().map(|line| with_quotes(view, line)).collect()
        })
    }

    fn rate_sources(&self) -> Result<Vec<RateSourceLine>, StoreError> {
        self.database().read(DOING, |view| {
            view.prepare_cached(
                "SELECT source, count(DISTINCT dated), min(dated), max(dated), max(moved_at_us) FROM fixing GROUP BY source ORDER BY source",
            )?
            .query_map([], |row| {
                Ok(RateSourceLine {
                    source: field(0, RateSource::parse(row.get_ref(0)?.as_str()?))?,
                    n_days: unsigned(row, 1)?,
                    first: day(row, 2)?,
                    last: day(row, 3)?,
                    moved_at: instant(row, 4)?,
                })
            })?
            .collect()
        })
    }
}

/// Days by their date, each with its quotes by currency.
type Days = BTreeMap<Date, (FixedDay, BTreeMap<CurrencyCode, RateQuote>)>;

fn days_without_quotes(view: &Connection, query: &FixedDaysQuery<'_>) -> Result<Days, rusqlite::Error> {
    let mut days = Days::new();
    let mut statement = view.prepare_cached(include_str!("../../sql/site_fixed_days.sql"))?;
    let mut rows = statement.query(params![
        query.source.as_str(),
        query.first.to_string(),
        query.last.to_string(),
        known_at_us(query),
        signed(query.limit as u64),
    ])?;
    while let Some(row) = rows.next()? {
        let fixed = FixedDay {
            dated: day(row, 0)?,
            date_kind: word(row, 1, DateKind::from_word)?,
            base: field(2, CurrencyCode::parse(row.get_ref(2)?.as_str()?))?,
            quotation: word(row, 3, Quotation::from_word)?,
            scope: word(row, 4, FixingScope::from_word)?,
            quotes: Vec::new(),
        };
        let known = &mut days.entry(fixed.dated).or_insert_with(|| (fixed.clone(), BTreeMap::new())).0;
        if fixed.scope == FixingScope::Whole {
            known.scope = FixingScope::Whole;
        }
    }
    Ok(days)
}

/// Adds the quotes that meet `condition`, in the order they moved.
fn add_quotes(
    view: &Connection,
    days: &mut Days,
    query: &FixedDaysQuery<'_>,
    condition: &str,
    currency: Option<&str>,
) -> Result<(), rusqlite::Error> {
    let Some(first) = days.keys().next().copied() else {
        return Ok(());
    };
    let text = format!(
        "SELECT q.dated, q.currency, q.nominal, q.rate, q.unit FROM quote q JOIN fixing f ON f.seq = q.seq \
         WHERE {condition} AND f.moved_at_us <= ?5 ORDER BY q.dated, q.seq"
    );
    let mut statement = view.prepare_cached(&text)?;
    let mut rows =
        statement.query(params![query.source.as_str(), first.to_string(), query.last.to_string(), currency, known_at_us(query)])?;
    while let Some(row) = rows.next()? {
        if let Some((_, quotes)) = days.get_mut(&day(row, 0)?) {
            let quote = quote(row, 1)?;
            quotes.insert(quote.currency, quote);
        }
    }
    Ok(())
}

fn known_at_us(query: &FixedDaysQuery<'_>) -> i64 {
    query.known_at.map_or(i64::MAX, Timestamp::as_microsecond)
}

/// A fixing whose quotes are still to be read.
fn fixing_line(row: &Row<'_>) -> Result<FixingLine, rusqlite::Error> {
    let hash = row.get_ref(9)?.as_blob()?.try_into().map_err(|_| unreadable(9, "the hash is not of 32 bytes"))?;
    let read = Read { scope: word(row, 7, FixingScope::from_word)?, fetched_at: instant(row, 8)?, raw_hash: RawHash(hash) };
    let fixing = Fixing::of(
        field(2, RateSource::parse(row.get_ref(2)?.as_str()?))?,
        field(5, CurrencyCode::parse(row.get_ref(5)?.as_str()?))?,
        word(row, 6, Quotation::from_word)?,
        word(row, 4, DateKind::from_word)?,
        day(row, 3)?,
        read,
    );
    Ok(FixingLine { seq: WireSeq(unsigned(row, 0)?), moved_at: instant(row, 1)?, fixing })
}

fn with_quotes(view: &Connection, line: FixingLine) -> Result<FixingLine, rusqlite::Error> {
    let quotes = view
        .prepare_cached("SELECT currency, nominal, rate, unit FROM quote WHERE source = ?1 AND dated = ?2 AND seq = ?3")?
        .query_map(params![line.fixing.source.as_str(), line.fixing.dated.to_string(), signed(line.seq.0)], |row| quote(row, 0))?
        .collect::<Result<_, _>>()?;
    Ok(FixingLine { fixing: field(0, line.fixing.with_quotes(quotes))?, ..line })
}

/// A quote whose columns begin at `first`: currency, nominal, rate, unit.
fn quote(row: &Row<'_>, first: usize) -> Result<RateQuote, rusqlite::Error> {
    let currency = field(first, CurrencyCode::parse(row.get_ref(first)?.as_str()?))?;
    let rate = field(first + 2, RateText::parse(row.get_ref(first + 2)?.as_str()?))?;
    let quote = field(first + 1, RateQuote::new(currency, row.get(first + 1)?, rate))?;
    Ok(match word(row, first + 3, QuoteUnit::from_word)? {
        QuoteUnit::Code => quote,
        QuoteUnit::Gram => quote.per_gram(),
    })
}

fn day(row: &Row<'_>, column: usize) -> Result<Date, rusqlite::Error> {
    row.get_ref(column)?.as_str()?.parse().map_err(|error: jiff::Error| unreadable(column, error))
}

fn word<T>(row: &Row<'_>, column: usize, read: fn(&str) -> Option<T>) -> Result<T, rusqlite::Error> {
    read(row.get_ref(column)?.as_str()?).ok_or_else(|| unreadable(column, "the word is unknown"))
}

fn field<T>(column: usize, read: Result<T, FieldError>) -> Result<T, rusqlite::Error> {
    read.map_err(|error| unreadable(column, error))
}

#[cfg(test)]
mod tests;
