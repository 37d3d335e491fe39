//! The Central Bank of Armenia: SOAP, so many units cost so many drams. Gold and silver are by the gram.

use courant_news::{Fixing, FixingScope};
use jiff::civil::Date;

use super::Refused;
use super::document::Document;
use super::table::{Element, Table, iso_day};
use crate::Source;

/// `<CurrentDate>2026-03-18T00:00:00</CurrentDate>…<ExchangeRate><ISO>USD</ISO><Amount>1</Amount><Rate>377.39</Rate>…`
pub(super) fn latest(document: &Document<'_>) -> Result<Vec<Fixing>, Refused> {
    let root = Element::root(document)?;
    let result = root.find("ExchangeRatesLatestResult").ok_or(Refused::Empty)?;
    let dated = iso_day(result.wanted("CurrentDate")?)?;
    let mut table = Table::default();
    for quote in result.child("Rates").ok_or(Refused::Empty)?.all("ExchangeRate") {
        add(&mut table, dated, quote)?;
    }
    table.fixings(Source::Cba, FixingScope::Whole, document)
}

/// `<ExchangeRatesByRange><Rate>376.88</Rate><Amount>1</Amount><ISO>USD</ISO><RateDate>2026-03-02T00:00:00+04:00</RateDate>…`
pub(super) fn range(document: &Document<'_>) -> Result<Vec<Fixing>, Refused> {
    let root = Element::root(document)?;
    let mut table = Table::default();
    for quote in root.find("DocumentElement").ok_or(Refused::Empty)?.all("ExchangeRatesByRange") {
        add(&mut table, iso_day(quote.wanted("RateDate")?)?, quote)?;
    }
    // The codes are those that were asked for, which need not be all.
    table.fixings(Source::Cba, FixingScope::Excerpt, document)
}

fn add(table: &mut Table, dated: Date, quote: &Element) -> Result<(), Refused> {
    let (code, nominal, rate) = (quote.wanted("ISO")?, quote.wanted("Amount")?, quote.wanted("Rate")?);
    match code {
        "XAU" | "XAG" if nominal.trim() == "1" => table.add_per_gram(dated, code, rate),
        _ => table.add(dated, code, nominal, rate),
    }
}
