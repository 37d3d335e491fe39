//! When a source is asked next, and when it is late.

use courant_news::DateKind;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::Health;
use crate::Source;

/// How long a source may take after its usual hour before it is late.
const GRACE: SignedDuration = SignedDuration::from_hours(2);
/// How often a source is asked whose rates of the day should be out: at first, later, and when it is very late.
const WAITING: SignedDuration = SignedDuration::from_mins(5);
const WAITING_LATE: SignedDuration = SignedDuration::from_mins(30);
const WAITING_VERY_LATE: SignedDuration = SignedDuration::from_hours(2);
/// From when on it is very late.
const VERY_LATE: SignedDuration = SignedDuration::from_hours(12);
/// The wait after the first failure; each further one doubles it, up to the longest.
const BACKOFF_FIRST: SignedDuration = SignedDuration::from_secs(60);
const BACKOFF_MAX: SignedDuration = SignedDuration::from_hours(1);
const DOUBLINGS_MAX: u32 = 10;
/// Asks are spread over so long, so that not every agency asks in the same second.
const SPREAD: SignedDuration = SignedDuration::from_secs(120);
/// No source is left alone for longer: a working Saturday by decree is in no calendar.
const IDLE_MAX: SignedDuration = SignedDuration::from_hours(24);
/// How far back a day is looked for on which something should have come.
const LOOK_BACK_DAYS: i8 = 14;

/// What should be there by now: the day the rates are dated and the instant by which they are usually out. `None` within the longest
/// pause of the source.
///
/// The Bank of Russia dates its rates by the day after it fixes them; the other banks that date by the day in force date by one not
/// before that of fixing.
pub fn expected(source: Source, now: Timestamp) -> Option<(Date, Timestamp)> {
    let (hour, minute) = source.facts().published_by;
    for back in 0..=LOOK_BACK_DAYS {
        let day = source.day_at(now).checked_sub(back.days()).ok()?;
        let out_at = source.time_zone().to_timestamp(day.at(hour, minute, 0, 0)).ok()?;
        if source.closed_on(day).is_none() && out_at <= now {
            let dated = match (source, source.facts().date_kind) {
                (Source::Cbr, DateKind::InForce) => day.checked_add(1.day()).ok()?,
                (_, DateKind::InForce | DateKind::Observed) => day,
            };
            return Some((dated, out_at));
        }
    }
    None
}

/// Since when the source is late; `None` when it has given what should be there, or is still within two hours of its usual time.
pub fn is_late(source: Source, latest: Option<Date>, now: Timestamp) -> Option<Timestamp> {
    let (dated, out_at) = expected(source, now)?;
    let is_there = latest.is_some_and(|latest| dated <= latest);
    (!is_there && GRACE <= now.duration_since(out_at)).then_some(out_at)
}

/// When to ask next. `random` spreads the asks; any number will do, and the same one gives the same answer.
pub fn next_at(source: Source, health: &Health, now: Timestamp, random: u64) -> Timestamp {
    let Some(asked_at) = health.asked_at else { return now };
    let wait = if health.n_failures != 0 {
        backoff(health.n_failures, random)
    } else {
        match expected(source, now).filter(|(dated, _)| health.latest.is_none_or(|latest| latest < *dated)) {
            Some((_, out_at)) => waiting(now.duration_since(out_at), random),
            None => {
                let until = source.next_expected(now).map_or(IDLE_MAX, |next| next.duration_since(now) + part(SPREAD, random));
                until.min(IDLE_MAX - part(SPREAD, random))
            }
        }
    };
    let next = asked_at.checked_add(wait).unwrap_or(now);
    health.not_before.map_or(next, |not_before| not_before.max(next))
}

/// Between half and all of a wait that doubles with each failure.
fn backoff(n_failures: u32, random: u64) -> SignedDuration {
    let doubled = BACKOFF_FIRST * 2_i32.pow((n_failures - 1).min(DOUBLINGS_MAX));
    let whole = doubled.min(BACKOFF_MAX);
    whole / 2 + part(whole / 2, random)
}

fn waiting(since: SignedDuration, random: u64) -> SignedDuration {
    let wait = if since < GRACE {
        WAITING
    } else if since < VERY_LATE {
        WAITING_LATE
    } else {
        WAITING_VERY_LATE
    };
    wait - part(wait / 10, random)
}

/// A part of a span, from nothing to nearly all of it.
fn part(span: SignedDuration, random: u64) -> SignedDuration {
    let millis = u64::try_from(span.as_millis()).unwrap_or(0).max(1);
    SignedDuration::from_millis(i64::try_from(random % millis).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::fetching::Outcome;

    fn now(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn healthy(latest: Date, asked_at: &str) -> Health {
        Health { asked_at: Some(now(asked_at)), answered_at: Some(now(asked_at)), latest: Some(latest), ..Health::default() }
    }

    fn next(source: Source, health: &Health, at: &str) -> String {
        next_at(source, health, now(at), 0).to_string()
    }

    #[test]
    fn rule_12_a_day_that_should_be_there_is_expected_and_its_lack_is_late() {
        let late = |latest, at| is_late(Source::Ecb, Some(latest), now(at)).map(|since| since.to_string());
        // Friday 20 March 2026, 16:00 in Frankfurt is 15:00 UTC.
        assert_eq!(late(date(2026, 3, 19), "2026-03-20T16:59:00Z"), None, "within two hours");
        assert_eq!(late(date(2026, 3, 19), "2026-03-20T17:00:00Z"), Some("2026-03-20T15:00:00Z".to_owned()));
        assert_eq!(late(date(2026, 3, 20), "2026-03-22T12:00:00Z"), None, "nothing is expected on a Sunday");
        assert_eq!(late(date(2026, 4, 2), "2026-04-06T20:00:00Z"), None, "nor on Easter Monday");
        assert_eq!(late(date(2026, 4, 2), "2026-04-07T17:00:00Z"), Some("2026-04-07T14:00:00Z".to_owned()), "in summer time");
        assert_eq!(is_late(Source::Ecb, None, now("2026-03-20T17:00:00Z")), Some(now("2026-03-20T15:00:00Z")));
    }

    #[test]
    fn the_bank_of_russia_dates_by_the_day_after() {
        // Friday's fixing is dated Saturday, and holds over Monday.
        assert_eq!(expected(Source::Cbr, now("2026-03-20T16:00:00Z")).unwrap().0, date(2026, 3, 21));
        assert_eq!(expected(Source::Cbr, now("2026-03-23T10:00:00Z")).unwrap().0, date(2026, 3, 21));
        assert_eq!(is_late(Source::Cbr, Some(date(2026, 3, 21)), now("2026-03-23T10:00:00Z")), None);
        assert_eq!(expected(Source::Cbr, now("2026-05-09T20:00:00Z")).unwrap().0, date(2026, 5, 9), "Victory Day is no working day");
    }

    #[test]
    fn a_source_that_has_given_its_rates_is_left_alone_until_the_next() {
        let health = healthy(date(2026, 3, 19), "2026-03-20T09:00:00Z");
        assert_eq!(next(Source::Ecb, &health, "2026-03-20T09:00:00Z"), "2026-03-20T15:00:00Z");
        let health = healthy(date(2026, 3, 20), "2026-03-20T15:01:00Z");
        assert_eq!(next(Source::Ecb, &health, "2026-03-20T15:01:00Z"), "2026-03-21T15:01:00Z", "but never for more than a day");
        assert_eq!(next_at(Source::Ecb, &Health::default(), now("2026-03-20T09:00:00Z"), 7), now("2026-03-20T09:00:00Z"), "never asked");
    }

    #[test]
    fn a_source_that_owes_its_rates_is_asked_often_then_less() {
        let owing = |at| next(Source::Ecb, &healthy(date(2026, 3, 19), at), at);
        assert_eq!(owing("2026-03-20T15:10:00Z"), "2026-03-20T15:15:00Z");
        assert_eq!(owing("2026-03-20T18:00:00Z"), "2026-03-20T18:30:00Z");
        assert_eq!(owing("2026-03-21T09:00:00Z"), "2026-03-21T11:00:00Z");
    }

    #[test]
    fn failures_double_the_wait_with_jitter_up_to_an_hour() {
        let failed = || Outcome::Failed { problem: "down".to_owned(), retry_after: None };
        let (mut health, at) = (Health::default(), now("2026-03-20T09:00:00Z"));
        let mut waits = Vec::new();
        for _ in 0..9 {
            health = health.after(failed(), at);
            let shortest = next_at(Source::Ecb, &health, at, 0).duration_since(at).as_secs();
            let longest = (0..500_u64).map(|random| next_at(Source::Ecb, &health, at, random * 7_919).duration_since(at)).max().unwrap();
            assert!(longest.as_secs() <= 2 * shortest && shortest < longest.as_secs(), "{shortest} {longest}");
            waits.push(shortest);
        }
        assert_eq!(waits, [30, 60, 120, 240, 480, 960, 1_800, 1_800, 1_800]);
        health.n_failures = u32::MAX;
        assert_eq!(next_at(Source::Ecb, &health, at, 0).duration_since(at).as_secs(), 1_800);
    }

    #[test]
    fn a_source_that_asks_for_patience_gets_it() {
        let at = now("2026-03-20T09:00:00Z");
        let failed = Outcome::Failed { problem: "busy".to_owned(), retry_after: Some(SignedDuration::from_mins(45)) };
        assert_eq!(next(Source::Ecb, &Health::default().after(failed, at), "2026-03-20T09:00:00Z"), "2026-03-20T09:45:00Z");
    }

    proptest::proptest! {
        #[test]
        fn no_plan_is_in_the_past_or_further_than_a_day(second in 915_148_800_i64..2_000_000_000, random: u64, behind in 0_i64..30, n_failures in 0_u32..40) {
            let at = Timestamp::from_second(second).unwrap();
            for source in Source::ALL {
                let latest = source.day_at(at).checked_sub(behind.days()).unwrap();
                let health = Health { asked_at: Some(at), latest: Some(latest), n_failures, ..Health::default() };
                let next = next_at(source, &health, at, random);
                proptest::prop_assert!(at < next && next.duration_since(at) <= SignedDuration::from_hours(24), "{source:?} {next}");
            }
        }
    }
}
