//! A rate that stands apart from what other banks fix for the same time.

use courant_news::{CurrencyCode, Fixing};
use jiff::civil::Date;

use crate::Exact;
use crate::ledger::Day;

/// How many banks have to fix a currency before one can stand apart.
const SOURCES_MIN: usize = 4;
/// How many times the median distance from the median is too far.
const DISTANCES: i64 = 10;
/// What is never too far: a twentieth of the median.
const FLOOR: (i64, i64) = (1, 20);
/// How many days apart two fixings may be and still speak of the same time.
const DAYS_APART_MAX: i32 = 7;
/// In which currencies prices are compared; the second serves for the first.
const MEASURES: [CurrencyCode; 2] = [CurrencyCode::literal(b"USD"), CurrencyCode::EUR];

/// A rate that is held back because of what the others say. The message is shown to the operator as it stands.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{by} of {dated}: a {code} at {here} {measure} stands apart from {n_sources} sources, whose median is {median}; \
     look what the source says, and import it with --accept-moves if it is right"
)]
pub struct Apart {
    /// The source.
    pub by: String,
    /// The day it is dated.
    pub dated: Date,
    /// The currency.
    pub code: CurrencyCode,
    /// What one of it costs by this fixing, to six figures.
    pub here: String,
    /// The currency that prices are compared in.
    pub measure: CurrencyCode,
    /// How many sources were compared, this one among them.
    pub n_sources: usize,
    /// The median of what they say, to six figures.
    pub median: String,
}

/// The rates of `fixing` that stand apart: further from the median of at least four sources than ten times the median distance from it,
/// and than a twentieth of it. `others` are the latest days of other sources; those more than a week away are not counted.
pub fn apart(fixing: &Fixing, others: &[Day]) -> Vec<Apart> {
    let here = Day::from(fixing);
    let others: Vec<&Day> = others.iter().filter(|day| is_near(day.dated, fixing.dated)).collect();
    let quoted = fixing.quotes().iter().map(|quote| quote.currency);
    quoted.filter_map(|code| stands_apart(code, &here, &others, fixing)).collect()
}

fn stands_apart(code: CurrencyCode, here: &Day, others: &[&Day], fixing: &Fixing) -> Option<Apart> {
    let measure = MEASURES.into_iter().find(|measure| *measure != code)?;
    let own = price(here, code, measure)?;
    let mut prices: Vec<Exact> = others.iter().filter_map(|day| price(day, code, measure)).collect();
    prices.push(own.clone());
    let n_sources = prices.len();
    if n_sources < SOURCES_MIN {
        return None;
    }
    let middle = median(&mut prices);
    let mut distances: Vec<Exact> = prices.iter().map(|price| (price - &middle).abs()).collect();
    let floor = &(&middle * &Exact::whole(FLOOR.0)) / &Exact::whole(FLOOR.1);
    let allowed = (&median(&mut distances) * &Exact::whole(DISTANCES)).max(floor);
    (allowed < (&own - &middle).abs()).then(|| Apart {
        by: fixing.source.to_string(),
        dated: fixing.dated,
        code,
        here: own.round_to_figures(6).to_string(),
        measure,
        n_sources,
        median: middle.round_to_figures(6).to_string(),
    })
}

/// What one of a currency costs in another by the rates of a day.
fn price(day: &Day, code: CurrencyCode, measure: CurrencyCode) -> Option<Exact> {
    Some(&day.worth(code)? / &day.worth(measure)?)
}

/// The middle one, or the mean of the two in the middle. There is at least one.
fn median(numbers: &mut [Exact]) -> Exact {
    numbers.sort();
    let middle = numbers.len() / 2;
    if numbers.len() % 2 == 1 {
        return numbers[middle].clone();
    }
    &(&numbers[middle - 1] + &numbers[middle]) / &Exact::whole(2)
}

fn is_near(one: Date, other: Date) -> bool {
    one.until(other).is_ok_and(|span| span.get_days().abs() <= DAYS_APART_MAX)
}

#[cfg(test)]
mod tests {
    use courant_news::{FixingScope, RateQuote, RateText, RawHash, Read};
    use jiff::Timestamp;
    use jiff::civil::date;

    use super::*;
    use crate::Source;

    fn fixing(source: Source, dated: Date, quotes: &[(&str, &str)]) -> Fixing {
        let facts = source.facts();
        let read = Read { scope: FixingScope::Whole, fetched_at: Timestamp::UNIX_EPOCH, raw_hash: RawHash::of(b"") };
        let quotes = quotes
            .iter()
            .map(|(code, rate)| RateQuote::new(CurrencyCode::parse(code).unwrap(), 1, RateText::parse(rate).unwrap()).unwrap());
        Fixing::of(source.name(), facts.base, facts.quotation, facts.date_kind, dated, read).with_quotes(quotes.collect()).unwrap()
    }

    const DAY: Date = date(2026, 4, 13);

    fn ecb(gbp: &str) -> Fixing {
        fixing(Source::Ecb, DAY, &[("USD", "1.17"), ("GBP", gbp)])
    }

    fn others(n: usize) -> Vec<Day> {
        let all = [
            fixing(Source::Cbr, date(2026, 4, 14), &[("USD", "80"), ("EUR", "93.6"), ("GBP", "107.6")]),
            fixing(Source::NbpA, DAY, &[("USD", "3.60"), ("EUR", "4.212"), ("GBP", "4.845")]),
            fixing(Source::Nbu, DAY, &[("USD", "42"), ("EUR", "49.14"), ("GBP", "56.5")]),
            fixing(Source::Nbk, DAY, &[("USD", "500"), ("EUR", "585"), ("GBP", "672.6")]),
        ];
        all[..n].iter().map(Day::from).collect()
    }

    #[test]
    fn rule_12_a_rate_that_four_sources_contradict_is_held() {
        // A pound is about 1.345 dollars to all of them.
        assert_eq!(apart(&ecb("0.8698"), &others(4)), []);
        let held = apart(&ecb("0.7698"), &others(4));
        assert_eq!(held.len(), 1);
        let sentence = held[0].to_string();
        assert!(
            sentence.starts_with("ecb of 2026-04-13: a GBP at 1.51988 USD stands apart from 5 sources, whose median is 1.34"),
            "{sentence}"
        );
    }

    #[test]
    fn rule_12_three_sources_are_not_enough_and_old_days_do_not_count() {
        assert_eq!(apart(&ecb("0.7698"), &others(2)), []);
        assert_eq!(apart(&ecb("0.7698"), &others(3)).len(), 1);
        let mut old = others(4);
        for day in &mut old {
            day.dated = date(2026, 4, 1);
        }
        assert_eq!(apart(&ecb("0.7698"), &old), []);
    }

    #[test]
    fn rule_12_a_move_below_a_twentieth_is_never_held() {
        // 4.5 % away, while all the others agree to the last figure.
        let same: Vec<Day> = others(1).into_iter().cycle().take(4).collect();
        assert_eq!(apart(&ecb("0.9089"), &same), []);
        assert_eq!(apart(&ecb("0.9289"), &same).len(), 1);
    }

    #[test]
    fn the_dollar_itself_is_measured_in_euros() {
        let held = apart(&fixing(Source::Ecb, DAY, &[("USD", "11.7")]), &others(4));
        assert_eq!(
            held.iter().map(|held| (held.code.to_string(), held.measure.to_string())).collect::<Vec<_>>(),
            [("USD".into(), "EUR".into())]
        );
    }
}
