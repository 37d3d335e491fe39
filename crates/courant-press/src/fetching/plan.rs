//! When a source is asked next.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::Health;

/// How often a source is asked of which nothing is known yet.
const INTERVAL_FIRST: SignedDuration = SignedDuration::from_mins(10);
/// How the interval changes with what an ask brought: much, one thing, nothing. In hundredths.
const FASTER_PERCENT: i32 = 60;
const A_LITTLE_FASTER_PERCENT: i32 = 75;
const SLOWER_PERCENT: i32 = 125;
/// From so many new reports on an ask has brought much.
const MUCH: u64 = 3;
/// A source can say that its document keeps; it is not believed for longer.
const KEEPS_MAX: SignedDuration = SignedDuration::from_hours(6);
/// The wait after the first failure; each further one doubles it, up to the longest.
const BACKOFF_FIRST: SignedDuration = SignedDuration::from_mins(2);
const BACKOFF_MAX: SignedDuration = SignedDuration::from_hours(12);
const DOUBLINGS_MAX: u32 = 10;
/// Asks are spread over this part of the wait, so that sources which began together do not stay together.
const SPREAD_PERCENT: i32 = 10;
/// How often a source is asked whose hub announces changes: hubs fail too.
const BESIDE_A_HUB: SignedDuration = SignedDuration::from_hours(1);
/// Hours and days to skip are looked through for at most so long.
const SKIP_LOOKED_HOURS: i64 = 8 * 24;
/// A source that has not answered for so long is late.
const LATE: SignedDuration = SignedDuration::from_hours(24);

/// How often a source is asked at most and at least.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Not more often than this.
    pub shortest: SignedDuration,
    /// Not less often, unless the source itself asks for it.
    pub longest: SignedDuration,
}

impl Default for Bounds {
    /// Two minutes, four hours.
    fn default() -> Self {
        Self { shortest: SignedDuration::from_mins(2), longest: SignedDuration::from_hours(4) }
    }
}

/// The interval after an ask that brought so many new reports.
pub(super) fn learned(interval: Option<SignedDuration>, n_new: u64, bounds: &Bounds) -> SignedDuration {
    let Some(interval) = interval else { return INTERVAL_FIRST.clamp(bounds.shortest, bounds.longest) };
    let percent = match n_new {
        0 => SLOWER_PERCENT,
        1..MUCH => A_LITTLE_FASTER_PERCENT,
        MUCH.. => FASTER_PERCENT,
    };
    (interval * percent / 100).clamp(bounds.shortest, bounds.longest)
}

/// When to ask next; `None` for a source that is gone. `random` spreads the asks; any number will do, and the same one gives the same
/// answer.
pub fn next_at(health: &Health, now: Timestamp, bounds: &Bounds, random: u64) -> Option<Timestamp> {
    if health.is_gone {
        return None;
    }
    let Some(asked_at) = health.asked_at else { return Some(now) };
    let wait = if health.n_failures == 0 { wait(health, now, bounds, random) } else { backoff(health.n_failures, random) };
    let next = asked_at.checked_add(wait).unwrap_or(now);
    let next = health.not_before.map_or(next, |not_before| not_before.max(next));
    Some(if health.n_failures == 0 { after_skipped(health, next) } else { next })
}

/// Since when a source is late; `None` while it is not.
pub fn is_late(health: &Health, now: Timestamp) -> Option<Timestamp> {
    let answered_at = health.answered_at?;
    let patience = LATE.max(health.interval.unwrap_or(SignedDuration::ZERO) * 3);
    (!health.is_gone && patience <= now.duration_since(answered_at)).then_some(answered_at)
}

fn wait(health: &Health, now: Timestamp, bounds: &Bounds, random: u64) -> SignedDuration {
    let learned = health.interval.unwrap_or(INTERVAL_FIRST).clamp(bounds.shortest, bounds.longest);
    let beside = health.subscription.as_ref().filter(|subscription| subscription.is_live(now)).map(|_| BESIDE_A_HUB.max(bounds.shortest));
    let kept = health.hints.keeps.unwrap_or(SignedDuration::ZERO).min(KEEPS_MAX);
    let whole = learned.max(kept).max(beside.unwrap_or(SignedDuration::ZERO));
    // Later rather than earlier: the source has said how long, and the bounds hold.
    whole + part(whole * SPREAD_PERCENT / 100, random)
}

/// Between half and all of a wait that doubles with each failure.
fn backoff(n_failures: u32, random: u64) -> SignedDuration {
    let whole = (BACKOFF_FIRST * 2_i32.pow((n_failures - 1).min(DOUBLINGS_MAX))).min(BACKOFF_MAX);
    whole / 2 + part(whole / 2, random)
}

/// The first instant from there on that lies in no hour and on no day the source wants skipped. Who skips everything is not believed.
fn after_skipped(health: &Health, next: Timestamp) -> Timestamp {
    let hints = &health.hints;
    if hints.skip_hours == 0 && hints.skip_days == 0 {
        return next;
    }
    let mut at = next;
    for _ in 0..SKIP_LOOKED_HOURS {
        let in_utc = at.to_zoned_datetime(TimeZone::UTC);
        let is_skipped = hints.skip_hours >> in_utc.hour() & 1 == 1 || hints.skip_days >> in_utc.weekday().to_monday_zero_offset() & 1 == 1;
        if !is_skipped {
            return at;
        }
        let Ok(hour_later) = at.checked_add(1.hour()) else { return next };
        at = Timestamp::from_second(hour_later.as_second() - hour_later.as_second().rem_euclid(3_600)).unwrap_or(hour_later);
    }
    next
}

/// A part of a span, from nothing to nearly all of it.
fn part(span: SignedDuration, random: u64) -> SignedDuration {
    let millis = u64::try_from(span.as_millis()).unwrap_or(0).max(1);
    SignedDuration::from_millis(i64::try_from(random % millis).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::super::{Hints, Outcome, Subscription, Validators};
    use super::*;

    fn now(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn read(n_new: u64, hints: &Hints) -> Outcome {
        Outcome::Read { n_items: 30, n_new, faults: Vec::new(), validators: Validators::default(), hints: hints.clone() }
    }

    fn failed(retry_after: Option<SignedDuration>) -> Outcome {
        Outcome::Failed { problem: "down".to_owned(), retry_after }
    }

    /// Asks a source with something new every so many minutes at each planned time. Answers the waits in minutes.
    fn played(n_asks: usize, news_every_mins: i64) -> Vec<i64> {
        let (mut health, mut at, mut waits) = (Health::default(), now("2026-03-20T09:00:00Z"), Vec::new());
        let mut n_seen = at.as_second() / 60 / news_every_mins;
        for _ in 0..n_asks {
            let n_there = at.as_second() / 60 / news_every_mins;
            let n_new = u64::try_from(n_there - std::mem::replace(&mut n_seen, n_there)).unwrap();
            health = health.after(read(n_new, &Hints::default()), 200, at, &Bounds::default(), 0);
            let next = health.next_at.unwrap();
            waits.push(next.duration_since(at).as_mins());
            at = next;
        }
        waits
    }

    #[test]
    fn a_source_is_asked_as_often_as_it_changes() {
        let busy = played(40, 1);
        assert!(busy[0] == 10 && busy[20..].iter().all(|wait| (2..=5).contains(wait)), "{busy:?}");
        let silent = played(30, 1_000_000);
        assert_eq!((silent[0], *silent.last().unwrap()), (10, 240), "{silent:?}");
        let twice_an_hour = played(80, 30);
        assert!(twice_an_hour[40..].iter().all(|wait| (5..45).contains(wait)), "{twice_an_hour:?}");
    }

    #[test]
    fn what_the_source_says_about_keeping_goes_before_what_was_learned() {
        let at = now("2026-03-20T09:00:00Z");
        let asked = |keeps| {
            let hints = Hints { keeps: Some(keeps), ..Hints::default() };
            Health::default().after(read(1, &hints), 200, at, &Bounds::default(), 0).next_at.unwrap().duration_since(at).as_mins()
        };
        assert_eq!(asked(SignedDuration::from_mins(45)), 45);
        assert_eq!(asked(SignedDuration::from_secs(1)), 10);
        assert_eq!(asked(SignedDuration::from_hours(24 * 365)), 360, "nobody is believed for a year");
    }

    #[test]
    fn hours_and_days_to_skip_are_skipped() {
        // Friday 20 March 2026.
        let at = now("2026-03-20T21:55:00Z");
        let next = |hints: &Hints| Health::default().after(read(1, hints), 200, at, &Bounds::default(), 0).next_at.unwrap().to_string();
        let nightly = Hints { skip_hours: 1 << 22 | 1 << 23 | 1, ..Hints::default() };
        assert_eq!(next(&nightly), "2026-03-21T01:00:00Z");
        let weekend = Hints { skip_days: 1 << 5 | 1 << 6, ..nightly };
        assert_eq!(next(&weekend), "2026-03-23T01:00:00Z");
        let all = Hints { skip_hours: (1 << 24) - 1, ..Hints::default() };
        assert_eq!(next(&all), "2026-03-20T22:05:00Z", "who skips everything is not believed");
    }

    #[test]
    fn failures_double_the_wait_with_jitter() {
        let at = now("2026-03-20T09:00:00Z");
        let mut health = Health::default();
        let mut waits = Vec::new();
        for _ in 0..12 {
            health = health.after(failed(None), 500, at, &Bounds::default(), 0);
            let shortest = health.next_at.unwrap().duration_since(at).as_secs();
            let longest = (0..500_u64).filter_map(|random| next_at(&health, at, &Bounds::default(), random * 7_919));
            let longest = longest.map(|next| next.duration_since(at).as_secs()).max().unwrap();
            assert!(longest <= 2 * shortest && shortest < longest, "{shortest} {longest}");
            waits.push(shortest);
        }
        assert_eq!(waits, [60, 120, 240, 480, 960, 1_920, 3_840, 7_680, 15_360, 21_600, 21_600, 21_600]);
    }

    #[test]
    fn a_source_that_asks_for_patience_gets_it() {
        let at = now("2026-03-20T09:00:00Z");
        let health = Health::default().after(failed(Some(SignedDuration::from_mins(45))), 503, at, &Bounds::default(), 0);
        assert_eq!(health.next_at.unwrap().to_string(), "2026-03-20T09:45:00Z");
    }

    #[test]
    fn a_source_with_a_hub_is_asked_now_and_then_until_the_promise_ends() {
        let at = now("2026-03-20T09:00:00Z");
        let until = |until: &str| Some(Subscription { until: Some(now(until)), ..Subscription::default() });
        let next = |subscription| {
            let health = Health { subscription, ..Health::default() };
            health.after(read(9, &Hints::default()), 200, at, &Bounds::default(), 0).next_at.unwrap().duration_since(at).as_mins()
        };
        assert_eq!(next(until("2026-03-21T09:00:00Z")), 60);
        assert_eq!(next(until("2026-03-20T08:59:00Z")), 10);
    }

    #[test]
    fn a_silent_source_is_late_and_one_that_is_gone_is_not() {
        let mut health = Health { answered_at: Some(now("2026-03-20T09:00:00Z")), ..Health::default() };
        assert_eq!(is_late(&health, now("2026-03-21T08:59:00Z")), None);
        assert_eq!(is_late(&health, now("2026-03-21T09:00:00Z")), health.answered_at);
        health.is_gone = true;
        assert_eq!(is_late(&health, now("2026-03-22T09:00:00Z")), None);
    }

    proptest::proptest! {
        #[test]
        fn no_plan_is_in_the_past_or_further_than_what_is_promised(
            second in 915_148_800_i64..2_000_000_000, random: u64, n_failures in 0_u32..40, keeps in 0_i64..10_000_000, skip_hours: u32, skip_days: u8,
        ) {
            let at = Timestamp::from_second(second).unwrap();
            let hints = Hints { keeps: Some(SignedDuration::from_secs(keeps)), skip_hours, skip_days: skip_days & 127 };
            let health = Health { asked_at: Some(at), n_failures, hints, ..Health::default() };
            let next = next_at(&health, at, &Bounds::default(), random).unwrap();
            proptest::prop_assert!(at < next && next.duration_since(at) <= SignedDuration::from_hours(9 * 24), "{next}");
        }
    }
}
