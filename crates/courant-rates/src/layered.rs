//! What moved on the wire, over what was shipped.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use courant_news::CurrencyCode;
use jiff::civil::Date;

use crate::Source;
use crate::ledger::{Breakage, Day, DayQuery, Ledger};

/// Two ledgers as one: where both have a day, the upper one revises the lower one.
pub struct Layered<'a> {
    /// What has the last word.
    pub upper: &'a dyn Ledger,
    /// What is there besides.
    pub lower: &'a dyn Ledger,
}

impl Ledger for Layered<'_> {
    fn day(&self, query: &DayQuery<'_>) -> Result<Option<Day>, Breakage> {
        Ok(match (self.upper.day(query)?, self.lower.day(query)?) {
            (Some(upper), Some(lower)) => Some(match upper.dated.cmp(&lower.dated) {
                Ordering::Greater => upper,
                Ordering::Equal => revised(lower, upper),
                Ordering::Less => lower,
            }),
            (upper, lower) => upper.or(lower),
        })
    }

    fn days(&self, query: &DayQuery<'_>, limit: usize) -> Result<Vec<Day>, Breakage> {
        let mut days: BTreeMap<Date, Day> = self.lower.days(query, limit)?.into_iter().map(|day| (day.dated, day)).collect();
        for upper in self.upper.days(query, limit)? {
            let day = match days.remove(&upper.dated) {
                Some(lower) => revised(lower, upper),
                None => upper,
            };
            days.insert(day.dated, day);
        }
        let n_too_many = days.len().saturating_sub(limit);
        Ok(days.into_values().skip(n_too_many).collect())
    }

    fn quoted(&self, source: Source, currency: CurrencyCode) -> Result<Option<(Date, Date)>, Breakage> {
        Ok(match (self.upper.quoted(source, currency)?, self.lower.quoted(source, currency)?) {
            (Some(upper), Some(lower)) => Some((upper.0.min(lower.0), upper.1.max(lower.1))),
            (upper, lower) => upper.or(lower),
        })
    }
}

fn revised(mut lower: Day, upper: Day) -> Day {
    lower.revise(upper);
    lower
}
