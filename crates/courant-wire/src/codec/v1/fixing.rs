//! The stored form of a fixing.

use courant_news as news;
use serde::{Deserialize, Serialize};

use super::{CodecError, Text, instant};

#[derive(Serialize, Deserialize)]
pub(super) struct FixingV1 {
    source: Text,
    base: Text,
    quotation: Text,
    date_kind: Text,
    dated: Text,
    scope: Text,
    fetched_us: i64,
    raw_sha256: Text,
    quotes: Vec<QuoteV1>,
}

#[derive(Serialize, Deserialize)]
struct QuoteV1 {
    code: Text,
    #[serde(skip_serializing_if = "is_one", default = "one")]
    nominal: u32,
    rate: Text,
    /// Absent for the unit of the code.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    unit: Option<Text>,
}

pub(super) fn to_stored(fixing: &news::Fixing) -> FixingV1 {
    FixingV1 {
        source: fixing.source.as_str().into(),
        base: fixing.base.as_str().into(),
        quotation: fixing.quotation.as_str().into(),
        date_kind: fixing.date_kind.as_str().into(),
        dated: fixing.dated.to_string(),
        scope: fixing.scope.as_str().into(),
        fetched_us: fixing.fetched_at.as_microsecond(),
        raw_sha256: fixing.raw_hash.to_string(),
        quotes: fixing.quotes().iter().map(quote_v1).collect(),
    }
}

pub(super) fn from_stored(stored: &FixingV1) -> Result<news::Fixing, CodecError> {
    let read = news::Read {
        scope: word("scope of a fixing", &stored.scope, news::FixingScope::from_word)?,
        fetched_at: instant(stored.fetched_us)?,
        raw_hash: word("hash", &stored.raw_sha256, news::RawHash::from_hex)?,
    };
    let fixing = news::Fixing::of(
        news::RateSource::parse(&stored.source)?,
        news::CurrencyCode::parse(&stored.base)?,
        word("quotation", &stored.quotation, news::Quotation::from_word)?,
        word("kind of date", &stored.date_kind, news::DateKind::from_word)?,
        stored.dated.parse().map_err(CodecError::new)?,
        read,
    );
    Ok(fixing.with_quotes(stored.quotes.iter().map(quote).collect::<Result<_, _>>()?)?)
}

fn quote_v1(quote: &news::RateQuote) -> QuoteV1 {
    let unit = match quote.unit {
        news::QuoteUnit::Code => None,
        news::QuoteUnit::Gram => Some(quote.unit.as_str().into()),
    };
    QuoteV1 { code: quote.currency.as_str().into(), nominal: quote.nominal, rate: quote.rate.as_str().into(), unit }
}

fn quote(stored: &QuoteV1) -> Result<news::RateQuote, CodecError> {
    let quote = news::RateQuote::new(news::CurrencyCode::parse(&stored.code)?, stored.nominal, news::RateText::parse(&stored.rate)?)?;
    match &stored.unit {
        None => Ok(quote),
        Some(unit) => Ok(match word("unit of a quote", unit, news::QuoteUnit::from_word)? {
            news::QuoteUnit::Code => quote,
            news::QuoteUnit::Gram => quote.per_gram(),
        }),
    }
}

fn word<T>(what: &str, stored: &str, read: fn(&str) -> Option<T>) -> Result<T, CodecError> {
    read(stored).ok_or_else(|| CodecError::new(format_args!("the {what} {stored} is unknown")))
}

fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_one(nominal: &u32) -> bool {
    *nominal == one()
}
