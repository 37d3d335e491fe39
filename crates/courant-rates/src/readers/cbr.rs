//! The Bank of Russia: windows-1251, a decimal comma, so many units cost so many roubles, and a day from which the rate is in force.

use courant_news::{FieldError, Fixing, FixingScope};

use super::Refused;
use super::document::Document;
use super::table::{Element, Table, at, dotted_day};
use crate::Source;

/// How the bank names currencies where it does not give their code.
const IDS: &str = include_str!("../../data/cbr-ids.tsv");

/// `<ValCurs Date="25.04.2026"><Valute ID="R01010"><CharCode>AUD</CharCode><Nominal>1</Nominal><Value>53,8359</Value>…`
pub(super) fn daily(document: &Document<'_>) -> Result<Vec<Fixing>, Refused> {
    let root = Element::root(document)?;
    let dated = dotted_day(root.wanted_attribute("Date")?)?;
    let mut table = Table::default();
    for quote in root.all("Valute") {
        table.add(dated, quote.wanted("CharCode")?, quote.wanted("Nominal")?, quote.wanted("Value")?)?;
    }
    table.fixings(Source::Cbr, FixingScope::Whole, document)
}

/// `<ValCurs ID="R01010" …><Record Date="03.03.2026" Id="R01010"><Nominal>1</Nominal><Value>54,7468</Value>…`
pub(super) fn dynamic(document: &Document<'_>) -> Result<Vec<Fixing>, Refused> {
    let root = Element::root(document)?;
    let mut table = Table::default();
    for record in root.all("Record") {
        let code = code_of(record.wanted_attribute("Id")?)?;
        table.add(dotted_day(record.wanted_attribute("Date")?)?, code, record.wanted("Nominal")?, record.wanted("Value")?)?;
    }
    table.fixings(Source::Cbr, FixingScope::Excerpt, document)
}

/// `<Metall …><Record Date="03.03.2026" Code="1"><Buy>12957,47</Buy>…`, roubles for a gram.
pub(super) fn metals(document: &Document<'_>) -> Result<Vec<Fixing>, Refused> {
    let root = Element::root(document)?;
    let mut table = Table::default();
    for record in root.all("Record") {
        let code = match record.wanted_attribute("Code")? {
            "1" => "XAU",
            "2" => "XAG",
            "3" => "XPT",
            "4" => "XPD",
            other => {
                let error = FieldError::new("Code", other, "is no metal that is known; 1 to 4 are gold, silver, platinum and palladium");
                return Err(at("<Record>")(error));
            }
        };
        table.add_per_gram(dotted_day(record.wanted_attribute("Date")?)?, code, record.wanted("Buy")?)?;
    }
    table.fixings(Source::CbrMetals, FixingScope::Whole, document)
}

fn code_of(id: &str) -> Result<&'static str, Refused> {
    let lines = IDS.lines().filter_map(|line| line.split_once('\t'));
    let unknown =
        || at("<Record>")(FieldError::new("Id", id, "is no currency that is known; use the file of the day, which names its code"));
    lines.into_iter().find(|(found, _)| *found == id.trim()).map(|(_, code)| code).ok_or_else(unknown)
}
