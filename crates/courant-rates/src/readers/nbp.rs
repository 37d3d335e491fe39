//! Narodowy Bank Polski: JSON, one unit costs so many zlotys.

use courant_news::{FieldError, Fixing, FixingScope};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::Refused;
use super::document::Document;
use super::table::{Table, at, iso_day};
use crate::Source;

#[derive(Deserialize)]
struct TableOfDay<'a> {
    table: String,
    #[serde(rename = "effectiveDate")]
    effective_date: String,
    #[serde(borrow)]
    rates: Vec<Rate<'a>>,
}

#[derive(Deserialize)]
struct Rate<'a> {
    code: String,
    /// As printed: a number of JSON would lose its last zeros.
    #[serde(borrow)]
    mid: &'a RawValue,
}

#[derive(Deserialize)]
struct GoldPrice<'a> {
    data: String,
    #[serde(borrow)]
    cena: &'a RawValue,
}

/// `[{"table":"A","effectiveDate":"2026-03-02","rates":[{"code":"THB","mid":0.1146},…`
pub(super) fn table(document: &Document<'_>) -> Result<Vec<Fixing>, Refused> {
    let (mut table_a, mut table_b) = (Table::default(), Table::default());
    for day in json::<Vec<TableOfDay<'_>>>(document)? {
        let table = match day.table.as_str() {
            "A" => &mut table_a,
            "B" => &mut table_b,
            other => {
                let error = FieldError::new("table", other, "is not A or B, the tables of middle rates; ask for one of them");
                return Err(at(&day.effective_date)(error));
            }
        };
        let dated = iso_day(&day.effective_date)?;
        for rate in &day.rates {
            table.add(dated, &rate.code, "1", rate.mid.get())?;
        }
    }
    let mut fixings = table_a.fixings(Source::NbpA, FixingScope::Whole, document)?;
    fixings.extend(table_b.fixings(Source::NbpB, FixingScope::Whole, document)?);
    Ok(fixings)
}

/// `[{"data":"2026-03-02","cena":595.71},…`, zlotys for a gram.
pub(super) fn gold(document: &Document<'_>) -> Result<Vec<Fixing>, Refused> {
    let mut table = Table::default();
    for price in json::<Vec<GoldPrice<'_>>>(document)? {
        table.add_per_gram(iso_day(&price.data)?, "XAU", price.cena.get())?;
    }
    table.fixings(Source::NbpGold, FixingScope::Whole, document)
}

pub(super) fn json<'a, T: Deserialize<'a>>(document: &'a Document<'_>) -> Result<T, Refused> {
    serde_json::from_str(&document.text).map_err(|error| Refused::Broken { problem: error.to_string() })
}
