//! The National Bank of Kazakhstan: so many units cost so many tenge from that day on.

use courant_news::{Fixing, FixingScope};

use super::Refused;
use super::document::Document;
use super::table::{Element, Table, dotted_day};
use crate::Source;

/// `<rates><date>01.04.2026</date><item><title>AUD</title><description>328.01</description><quant>1</quant>…`
pub(super) fn rates(document: &Document<'_>) -> Result<Vec<Fixing>, Refused> {
    let root = Element::root(document)?;
    let dated = dotted_day(root.wanted("date")?)?;
    let mut table = Table::default();
    for quote in root.all("item") {
        table.add(dated, quote.wanted("title")?, quote.wanted("quant")?, quote.wanted("description")?)?;
    }
    table.fixings(Source::Nbk, FixingScope::Whole, document)
}
