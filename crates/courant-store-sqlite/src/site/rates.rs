//! The rows of exchange rates.

use courant_news::Fixing;
use courant_projections::site::Touched;
use courant_wire::WireSeq;
use jiff::Timestamp;
use rusqlite::{Transaction, params};

use crate::newsroom::signed;

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
