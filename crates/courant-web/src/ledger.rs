//! The fixings of the read model as a ledger of exchange rates.

use courant_news::CurrencyCode;
use courant_projections::site::{FixedDay, FixedDaysQuery, RateStore};
use courant_rates::Source;
use courant_rates::convert::speaks_of;
use courant_rates::ledger::{Breakage, Day, DayQuery, Ledger};
use jiff::civil::Date;

/// How many days are looked through for one that speaks of all currencies; excerpts may not.
const DAYS_LOOKED_THROUGH: usize = 60;

/// What moved on the wire, as [`courant_rates::convert`](mod@courant_rates::convert) asks for it. Over it goes nothing; under it goes the
/// history that is built in ([`courant_rates::Layered`]).
pub struct SiteLedger<'a>(pub &'a dyn RateStore);

impl Ledger for SiteLedger<'_> {
    fn day(&self, query: &DayQuery<'_>) -> Result<Option<Day>, Breakage> {
        let days = self.days(query, DAYS_LOOKED_THROUGH)?;
        Ok(days.into_iter().rev().find(|day| speaks_of(day, query.currencies)))
    }

    fn days(&self, query: &DayQuery<'_>, limit: usize) -> Result<Vec<Day>, Breakage> {
        let days = self.0.fixed_days(FixedDaysQuery {
            source: &query.source.name(),
            currencies: query.currencies,
            first: query.earliest,
            last: query.on,
            known_at: query.known_at,
            limit,
        })?;
        Ok(days.into_iter().map(day).collect())
    }

    fn quoted(&self, source: Source, currency: CurrencyCode) -> Result<Option<(Date, Date)>, Breakage> {
        Ok(self.0.quoted(&source.name(), currency)?)
    }
}

fn day(fixed: FixedDay) -> Day {
    let FixedDay { dated, date_kind, base, quotation, scope, quotes } = fixed;
    Day { dated, date_kind, base, quotation, scope, quotes }
}
