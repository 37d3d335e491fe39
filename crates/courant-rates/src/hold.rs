//! What is held back for somebody to look at, and what of a fixing is news.

use courant_news::{CurrencyCode, DateKind, FieldError, Fixing, FixingScope, RateQuote};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::ledger::Day;
use crate::{Currency, Exact};

/// How many days ahead a rate may come into force: a fixing before the longest holidays.
const IN_FORCE_AHEAD_MAX_DAYS: i32 = 14;
/// No currency has become so many times dearer or cheaper between two fixings of a source and stayed the same currency.
const MOVE_MAX: i64 = 5;

/// Why a fixing is held back. The message is shown to the operator as it stands.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Hold {
    /// It is of a day that has not come.
    #[error("{source_name} of {dated}: the day is in the future, today is {today}; look at the clock and at what the source sent")]
    Future {
        /// The source.
        source_name: String,
        /// The day it is dated.
        dated: Date,
        /// The day it is.
        today: Date,
    },
    /// A code that ISO 4217 does not have.
    #[error("{source_name} of {dated}: currency “{code}” is no code of ISO 4217; look whether the source changed its form")]
    Unknown {
        /// The source.
        source_name: String,
        /// The day it is dated.
        dated: Date,
        /// The code.
        code: CurrencyCode,
    },
    /// A rate moved beyond belief.
    #[error(
        "{source_name} of {dated}: rate “{rate}” of {code} is more than {MOVE_MAX} times away from {previous} on {before}; look what the source says, and import it with --accept-moves if it is right"
    )]
    Moved {
        /// The source.
        source_name: String,
        /// The day it is dated.
        dated: Date,
        /// The currency.
        code: CurrencyCode,
        /// What is printed now.
        rate: String,
        /// What was printed before.
        previous: String,
        /// On which day.
        before: Date,
    },
}

/// Why the fixing has to be held back; empty when it may move. `previous` is the day of the same source before it.
pub fn holds(fixing: &Fixing, previous: Option<&Day>, today: Date) -> Vec<Hold> {
    let source_name = || fixing.source.to_string();
    let dated = fixing.dated;
    let mut holds = Vec::new();
    let latest = match fixing.date_kind {
        DateKind::Observed => today,
        DateKind::InForce => today.saturating_add(IN_FORCE_AHEAD_MAX_DAYS.days()),
    };
    if latest < dated {
        holds.push(Hold::Future { source_name: source_name(), dated, today });
    }
    for quote in fixing.quotes() {
        let code = quote.currency;
        if Currency::find(code).is_none() {
            holds.push(Hold::Unknown { source_name: source_name(), dated, code });
        }
        if let Some((before, old)) = previous.and_then(|day| Some((day.dated, day.quote(code)?)))
            && is_beyond_belief(quote, old)
        {
            let (rate, previous) = (quote.rate.to_string(), old.rate.to_string());
            holds.push(Hold::Moved { source_name: source_name(), dated, code, rate, previous, before });
        }
    }
    holds
}

/// What of a fixing is not known of that day yet; `None` when all of it is. Quotes count as known when they say the same number.
///
/// # Errors
/// Never for a fixing whose quotes are in order; the type is that of making one.
pub fn news(mut fixing: Fixing, known: Option<&Day>) -> Result<Option<Fixing>, FieldError> {
    let Some(known) = known else {
        return Ok(Some(fixing));
    };
    let completes = fixing.scope == FixingScope::Whole && known.scope == FixingScope::Excerpt;
    let is_news =
        |quote: &RateQuote| known.quote(quote.currency).is_none_or(|old| per_unit(quote) != per_unit(old) || quote.unit != old.unit);
    let fresh: Vec<RateQuote> = fixing.quotes().iter().filter(|quote| completes || is_news(quote)).cloned().collect();
    if fresh.is_empty() {
        return Ok(None);
    }
    // The rest of the table is on the wire already.
    fixing.scope = if completes { FixingScope::Whole } else { FixingScope::Excerpt };
    fixing.with_quotes(fresh).map(Some)
}

fn is_beyond_belief(quote: &RateQuote, old: &RateQuote) -> bool {
    if quote.unit != old.unit {
        return true;
    }
    let (new, old) = (per_unit(quote), per_unit(old));
    let times = Exact::whole(MOVE_MAX);
    &old * &times < new || &new * &times < old
}

fn per_unit(quote: &RateQuote) -> Exact {
    &Exact::of_rate(&quote.rate) / &Exact::whole(quote.nominal.into())
}

#[cfg(test)]
mod tests {
    use courant_news::{RateText, RawHash, Read};
    use jiff::Timestamp;
    use jiff::civil::date;

    use super::*;
    use crate::Source;

    const TODAY: Date = date(2026, 4, 14);

    fn fixing(source: Source, dated: Date, quotes: &[(&str, &str)]) -> Fixing {
        let facts = source.facts();
        let read = Read { scope: FixingScope::Whole, fetched_at: Timestamp::UNIX_EPOCH, raw_hash: RawHash::of(b"") };
        let quotes = quotes
            .iter()
            .map(|(code, rate)| RateQuote::new(CurrencyCode::parse(code).unwrap(), 1, RateText::parse(rate).unwrap()).unwrap());
        Fixing::of(source.name(), facts.base, facts.quotation, facts.date_kind, dated, read).with_quotes(quotes.collect()).unwrap()
    }

    fn held(fixing: &Fixing, previous: Option<&Fixing>) -> Vec<String> {
        holds(fixing, previous.map(Day::from).as_ref(), TODAY).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn rule_12_a_day_in_the_future_is_held_but_not_one_that_comes_into_force() {
        assert!(held(&fixing(Source::Ecb, date(2026, 4, 15), &[("USD", "1.17")]), None)[0].contains("in the future, today is 2026-04-14"));
        assert_eq!(held(&fixing(Source::Cbr, date(2026, 4, 15), &[("USD", "80")]), None), Vec::<String>::new());
        assert!(held(&fixing(Source::Cbr, date(2026, 5, 15), &[("USD", "80")]), None)[0].contains("in the future"));
    }

    #[test]
    fn rule_12_an_absurd_rate_and_an_unknown_code_are_held() {
        let before = fixing(Source::Ecb, date(2026, 4, 13), &[("USD", "1.1684"), ("JPY", "186.75")]);
        let after = fixing(Source::Ecb, date(2026, 4, 14), &[("USD", "11684"), ("JPY", "187.00"), ("XQQ", "1")]);
        let held = held(&after, Some(&before));
        assert_eq!(held.len(), 2, "{held:?}");
        assert!(held[0].contains("rate “11684” of USD is more than 5 times away from 1.1684 on 2026-04-13"), "{held:?}");
        assert!(held[1].contains("“XQQ” is no code"), "{held:?}");
    }

    #[test]
    fn rule_11_only_what_changed_is_news() {
        let known = fixing(Source::Ecb, date(2026, 4, 13), &[("HUF", "366.9"), ("USD", "1.1684")]);
        let again = fixing(Source::Ecb, date(2026, 4, 13), &[("HUF", "366.90"), ("USD", "1.1684")]);
        assert_eq!(news(again, Some(&Day::from(&known))).unwrap(), None, "a zero at the end is no news");
        let revised = fixing(Source::Ecb, date(2026, 4, 13), &[("HUF", "366.90"), ("USD", "1.1685")]);
        let fresh = news(revised, Some(&Day::from(&known))).unwrap().unwrap();
        assert_eq!((fresh.quotes().len(), fresh.scope), (1, FixingScope::Excerpt));
        assert_eq!(news(known.clone(), None).unwrap(), Some(known));
    }
}
