//! The packed form: for each currency the differences from day to day, as numbers of variable length, compressed with zstd.
//!
//! ```text
//! "CRH1"  n_days  first day (days since 1970-01-01)  n_days - 1 differences
//! n_currencies, and for each:
//!   three letters  places  n_days differences (zigzag) of the rates at that many places, 0 for none
//!   n_exceptions, and for each: line, places        rates printed with zeros at their end
//! ```

use std::collections::BTreeMap;

use courant_news::{CurrencyCode, Fixing};
use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::{Decimal, Exact};

const MAGIC: &[u8] = b"CRH1";
const EPOCH: Date = date(1970, 1, 1);
/// How hard zstd works; it is done once.
const LEVEL: i32 = 22;
/// The largest unpacked form, in bytes.
const UNPACKED_MAX: usize = 16 << 20;

/// A history that cannot be packed or unpacked.
#[derive(Debug, thiserror::Error)]
#[error("the history cannot be packed or unpacked: {0}")]
pub struct Unpackable(String);

/// A history by columns.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Columns {
    /// The days, oldest first.
    pub(super) days: Vec<Date>,
    /// A column for each currency, in the order of their codes.
    pub(super) columns: Vec<Column>,
}

/// The rates of a currency.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) code: CurrencyCode,
    /// The decimal places of `scaled`.
    pub(super) places: u8,
    /// A rate for each day; 0 where there is none.
    pub(super) scaled: Vec<u32>,
    /// How many places the few rates were printed with that have zeros at their end.
    printed_places: BTreeMap<u32, u8>,
}

impl Columns {
    pub(super) fn column(&self, code: CurrencyCode) -> Option<&Column> {
        self.columns.binary_search_by_key(&code, |column| column.code).ok().map(|at| &self.columns[at])
    }
}

impl Column {
    /// The rate as it was printed.
    pub(super) fn text(&self, line: usize) -> Option<String> {
        let scaled = self.scaled[line];
        if scaled == 0 {
            return None;
        }
        let number = Decimal::new(scaled.into(), self.places.into());
        let printed = u32::try_from(line).ok().and_then(|line| self.printed_places.get(&line));
        Some(match printed {
            Some(places) => Exact::from(&number).round((*places).into()).to_string(),
            None => number.trimmed().to_string(),
        })
    }
}

/// Packs fixings that all are of the ECB, one for each day, oldest first.
///
/// # Errors
/// [`Unpackable`] when they are not, or a rate has more digits than the form holds.
pub fn pack(fixings: &[Fixing]) -> Result<Vec<u8>, Unpackable> {
    let columns = columns(fixings)?;
    let mut bytes = MAGIC.to_vec();
    put(&mut bytes, columns.days.len() as u64);
    let mut before = EPOCH;
    for day in &columns.days {
        let n_days = before.until(*day).map_err(|error| Unpackable(error.to_string()))?.get_days();
        put(&mut bytes, u64::try_from(n_days).map_err(|_| Unpackable(format!("{day} does not come after {before}")))?);
        before = *day;
    }
    put(&mut bytes, columns.columns.len() as u64);
    for column in &columns.columns {
        bytes.extend(column.code.as_str().as_bytes());
        bytes.push(column.places);
        let mut before = 0_i64;
        for scaled in &column.scaled {
            let scaled = i64::from(*scaled);
            put(&mut bytes, zigzag(scaled - before));
            before = scaled;
        }
        put(&mut bytes, column.printed_places.len() as u64);
        for (line, places) in &column.printed_places {
            put(&mut bytes, (*line).into());
            bytes.push(*places);
        }
    }
    zstd::bulk::compress(&bytes, LEVEL).map_err(|error| Unpackable(error.to_string()))
}

pub(super) fn unpack(packed: &[u8]) -> Result<Columns, Unpackable> {
    let bytes = zstd::bulk::decompress(packed, UNPACKED_MAX).map_err(|error| Unpackable(error.to_string()))?;
    let mut rest = Rest(bytes.strip_prefix(MAGIC).ok_or_else(|| Unpackable("it is not of this form".to_owned()))?);
    let n_days = rest.length()?;
    let mut days = Vec::with_capacity(n_days);
    let mut day = EPOCH;
    for _ in 0..n_days {
        let n_days = i64::try_from(rest.number()?).map_err(|_| ends())?;
        day = day.checked_add(n_days.days()).map_err(|error| Unpackable(error.to_string()))?;
        days.push(day);
    }
    let n_columns = rest.length()?;
    let columns = (0..n_columns).map(|_| rest.column(n_days)).collect::<Result<_, _>>()?;
    Ok(Columns { days, columns })
}

fn columns(fixings: &[Fixing]) -> Result<Columns, Unpackable> {
    let mut rates: BTreeMap<CurrencyCode, BTreeMap<usize, Decimal>> = BTreeMap::new();
    for (line, fixing) in fixings.iter().enumerate() {
        if fixing.source.as_str() != "ecb" {
            return Err(Unpackable(format!("{} of {} is not of the ECB", fixing.dated, fixing.source)));
        }
        for quote in fixing.quotes() {
            let number = Decimal::parse(quote.rate.as_str()).map_err(|error| Unpackable(error.to_string()))?;
            rates.entry(quote.currency).or_default().insert(line, number);
        }
    }
    let columns = rates.into_iter().map(|(code, rates)| column(code, &rates, fixings.len())).collect::<Result<_, _>>()?;
    Ok(Columns { days: fixings.iter().map(|fixing| fixing.dated).collect(), columns })
}

fn column(code: CurrencyCode, rates: &BTreeMap<usize, Decimal>, n_days: usize) -> Result<Column, Unpackable> {
    let too_long = || Unpackable(format!("a rate of {code} has more digits than the form holds"));
    let places = rates.values().map(|number| number.clone().trimmed().places()).max().unwrap_or(0);
    let mut scaled = vec![0; n_days];
    let mut printed_places = BTreeMap::new();
    for (line, number) in rates {
        let digits = Exact::from(number).round(places);
        scaled[*line] = u32::try_from(digits.digits()).map_err(|_| too_long())?;
        if number.clone().trimmed() != *number {
            let line = u32::try_from(*line).map_err(|_| too_long())?;
            printed_places.insert(line, u8::try_from(number.places()).map_err(|_| too_long())?);
        }
    }
    Ok(Column { code, places: u8::try_from(places).map_err(|_| too_long())?, scaled, printed_places })
}

/// What is left to read.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn column(&mut self, n_days: usize) -> Result<Column, Unpackable> {
        let letters = self.take(3)?;
        let code = std::str::from_utf8(letters).ok().and_then(|code| CurrencyCode::parse(code).ok()).ok_or_else(ends)?;
        let places = self.take(1)?[0];
        let mut scaled = Vec::with_capacity(n_days);
        let mut value = 0_i64;
        for _ in 0..n_days {
            value = value.checked_add(unzigzag(self.number()?)).ok_or_else(ends)?;
            scaled.push(u32::try_from(value).map_err(|_| ends())?);
        }
        let mut printed_places = BTreeMap::new();
        for _ in 0..self.length()? {
            let line = u32::try_from(self.number()?).map_err(|_| ends())?;
            printed_places.insert(line, self.take(1)?[0]);
        }
        Ok(Column { code, places, scaled, printed_places })
    }

    fn take(&mut self, n_bytes: usize) -> Result<&[u8], Unpackable> {
        let (taken, rest) = self.0.split_at_checked(n_bytes).ok_or_else(ends)?;
        self.0 = rest;
        Ok(taken)
    }

    /// A number of things that take at least a byte each.
    fn length(&mut self) -> Result<usize, Unpackable> {
        let length = usize::try_from(self.number()?).map_err(|_| ends())?;
        if self.0.len() < length { Err(ends()) } else { Ok(length) }
    }

    fn number(&mut self) -> Result<u64, Unpackable> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.take(1)?[0];
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(ends())
    }
}

fn ends() -> Unpackable {
    Unpackable("it ends too soon or holds a number that cannot be".to_owned())
}

fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while 0x80 <= number {
        bytes.push(u8::try_from(number & 0x7f).unwrap_or(0) | 0x80);
        number >>= 7;
    }
    bytes.push(u8::try_from(number).unwrap_or(0));
}

fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}

fn unzigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}
