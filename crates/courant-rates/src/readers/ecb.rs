//! The European Central Bank: one euro is so many of each currency.

use std::collections::BTreeSet;

use courant_news::{FieldError, Fixing, FixingScope};
use jiff::civil::Date;

use super::Refused;
use super::document::Document;
use super::table::{Element, Table, at, bad_day, iso_day};
use crate::Source;

/// What the bank writes where it fixed nothing.
const NOT_FIXED: [&str; 3] = ["N/A", "", "NaN"];

/// `<Cube><Cube time="2026-04-13"><Cube currency="USD" rate="1.1684"/>…`
pub(super) fn xml(document: &Document<'_>) -> Result<Vec<Fixing>, Refused> {
    let root = Element::root(document)?;
    let mut table = Table::default();
    for day in root.child("Cube").ok_or(Refused::Empty)?.all("Cube") {
        let dated = iso_day(day.wanted_attribute("time")?)?;
        for quote in day.all("Cube") {
            table.add(dated, quote.wanted_attribute("currency")?, "1", quote.wanted_attribute("rate")?)?;
        }
    }
    table.fixings(Source::Ecb, FixingScope::Whole, document)
}

/// A column for each currency, a line for each day, a comma at the end of every line.
pub(super) fn csv(document: &Document<'_>) -> Result<Vec<Fixing>, Refused> {
    let (codes, lines) = columns(document)?;
    let mut table = Table::default();
    for line in lines {
        let dated = day(&line[0])?;
        for (code, rate) in codes.iter().zip(&line).skip(1) {
            if !code.is_empty() && !NOT_FIXED.contains(&rate.as_str()) {
                table.add(dated, code, "1", rate)?;
            }
        }
    }
    table.fixings(Source::Ecb, FixingScope::Whole, document)
}

/// A line for each currency and day; columns are found by their names.
pub(super) fn sdmx_csv(document: &Document<'_>) -> Result<Vec<Fixing>, Refused> {
    let (names, lines) = columns(document)?;
    let column = |name: &'static str| {
        let missing = || at("the first line")(FieldError::new(name, "", "is missing; ask for the form csvdata"));
        names.iter().position(|found| found == name).ok_or_else(missing)
    };
    let (currency, period, value) = (column("CURRENCY")?, column("TIME_PERIOD")?, column("OBS_VALUE")?);
    let against = names.iter().position(|found| found == "CURRENCY_DENOM");
    let mut table = Table::default();
    let mut currencies = BTreeSet::new();
    for line in &lines {
        if let Some(other) = against.map(|column| line[column].as_str()).filter(|other| *other != "EUR") {
            let error = FieldError::new("CURRENCY_DENOM", other, "is not EUR; ask for the series EXR/D..EUR.SP00.A");
            return Err(at(format_args!("{} {}", line[currency], line[period]))(error));
        }
        currencies.insert(line[currency].as_str());
        if !NOT_FIXED.contains(&line[value].as_str()) {
            table.add(iso_day(&line[period])?, &line[currency], "1", &line[value])?;
        }
    }
    // The form does not say whether all currencies were asked for; the bank never fixed as few as one.
    let scope = if currencies.len() == 1 { FixingScope::Excerpt } else { FixingScope::Whole };
    table.fixings(Source::Ecb, scope, document)
}

/// The first line and the lines after it; all are as long as the first.
fn columns(document: &Document<'_>) -> Result<(Vec<String>, Vec<Vec<String>>), Refused> {
    // A line that was cut off inside of a number would still look like one.
    if !document.text.ends_with('\n') {
        return Err(Refused::Broken { problem: "it ends inside of a line".to_owned() });
    }
    let mut lines = Vec::new();
    for record in csv::ReaderBuilder::new().has_headers(false).from_reader(document.text.as_bytes()).records() {
        let record = record.map_err(|error| Refused::Broken { problem: error.to_string() })?;
        lines.push(record.iter().map(|cell| cell.trim().to_owned()).collect::<Vec<_>>());
    }
    if lines.is_empty() {
        return Err(Refused::Empty);
    }
    let names = lines.remove(0);
    Ok((names, lines))
}

/// A day as in the history, or as in the file of one day: `13 April 2026`.
fn day(text: &str) -> Result<Date, Refused> {
    iso_day(text).or_else(|_| Date::strptime("%d %B %Y", text).map_err(|_| bad_day(text, "2026-04-13 or 13 April 2026")))
}
