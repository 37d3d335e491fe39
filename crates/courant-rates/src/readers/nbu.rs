//! The National Bank of Ukraine: JSON, so many units cost so many hryvnias from that day on.

use courant_news::{Fixing, FixingScope};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::Refused;
use super::document::Document;
use super::nbp::json;
use super::table::{Table, dotted_day};
use crate::Source;

#[derive(Deserialize)]
struct Line<'a> {
    exchangedate: String,
    cc: String,
    units: u32,
    #[serde(borrow)]
    rate: &'a RawValue,
}

/// `[{"exchangedate":"01.03.2026","cc":"THB","rate":13.9116,"units":10,…`
pub(super) fn rates(document: &Document<'_>) -> Result<Vec<Fixing>, Refused> {
    let mut table = Table::default();
    for line in json::<Vec<Line<'_>>>(document)? {
        table.add(dotted_day(&line.exchangedate)?, &line.cc, &line.units.to_string(), line.rate.get())?;
    }
    table.fixings(Source::Nbu, FixingScope::Whole, document)
}
