//! When a source fixes rates, and when it does not.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::Source;

/// The longest a source pauses, in days, with room.
const PAUSE_MAX_DAYS: usize = 14;

/// Why a source fixed nothing on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// It was a Saturday or a Sunday.
    Weekend,
    /// It was a holiday of its calendar.
    Holiday,
    /// It was a day of the week on which it never does.
    OffDay,
}

impl Source {
    /// Why the source fixes nothing on that day; `None` for a day on which rates are expected.
    ///
    /// The ECB keeps the calendar of TARGET, the Bank of Russia the holidays of the Labour Code. Of the others only the weekend is
    /// certain: national holidays move by decree, as do some days off in Russia, which are not known here.
    pub fn closed_on(self, day: Date) -> Option<Closed> {
        if matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            return Some(Closed::Weekend);
        }
        match self {
            Self::Ecb => is_target_holiday(day).then_some(Closed::Holiday),
            Self::NbpB => (day.weekday() != Weekday::Wednesday).then_some(Closed::OffDay),
            Self::Cbr | Self::CbrMetals => is_russian_holiday(day).then_some(Closed::Holiday),
            Self::NbpA | Self::NbpGold | Self::Nbk | Self::Cba | Self::Nbu => None,
        }
    }

    /// The day it is in the zone of the source.
    pub fn day_at(self, now: Timestamp) -> Date {
        now.to_zoned_datetime(self.time_zone()).date()
    }

    /// When the source is next expected to publish: the next instant after `now` that is its hour on a day it works.
    pub fn next_expected(self, now: Timestamp) -> Option<Timestamp> {
        let (hour, minute) = self.facts().published_by;
        let mut day = self.day_at(now);
        for _ in 0..PAUSE_MAX_DAYS {
            let at = self.time_zone().to_timestamp(day.at(hour, minute, 0, 0)).ok()?;
            if self.closed_on(day).is_none() && now < at {
                return Some(at);
            }
            day = day.checked_add(1.day()).ok()?;
        }
        None
    }

    /// The zone of its calendar.
    pub fn time_zone(self) -> TimeZone {
        TimeZone::get(self.facts().zone).expect("the zones of the table of sources are in the database that is built in")
    }
}

/// The closing days of TARGET: 1 January, Good Friday, Easter Monday, 1 May, 25 and 26 December since 2000; in 1999 only 1 January and
/// 25 December. The last days of 1999 and 2001 were closed besides.
fn is_target_holiday(day: Date) -> bool {
    if (day.month(), day.day()) == (12, 31) && matches!(day.year(), 1999 | 2001) {
        return true;
    }
    match (day.month(), day.day()) {
        (1, 1) | (12, 25) => true,
        _ if day.year() < 2000 => false,
        (5, 1) | (12, 26) => true,
        _ => {
            let easter = easter_sunday(day.year());
            easter.checked_sub(2.days()).is_ok_and(|good_friday| good_friday == day)
                || easter.checked_add(1.day()).is_ok_and(|easter_monday| easter_monday == day)
        }
    }
}

/// The days that are no working days of the Bank of Russia whatever is decreed.
///
/// Source: Labour Code of the Russian Federation, article 112, in the wording since 2013.
fn is_russian_holiday(day: Date) -> bool {
    matches!((day.month(), day.day()), (1, 1..=8) | (2, 23) | (3, 8) | (5, 1 | 9) | (6, 12) | (11, 4))
}

/// The Gregorian rule, after Meeus, Jones and Butcher.
fn easter_sunday(year: i16) -> Date {
    let year = i32::from(year);
    let (golden, century, in_century) = (year % 19, year / 100, year % 100);
    let epact = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
    let correction = (golden + 11 * epact + 22 * weekday) / 451;
    let sum = epact + weekday - 7 * correction + 114;
    let small = |number: i32| i8::try_from(number).expect("a month and a day are small");
    Date::new(i16::try_from(year).expect("it was one"), small(sum / 31), small(sum % 31 + 1)).expect("Easter is in March or April")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn easter_is_where_the_almanac_has_it() {
        for day in [date(1999, 4, 4), date(2000, 4, 23), date(2008, 3, 23), date(2011, 4, 24), date(2024, 3, 31), date(2026, 4, 5)] {
            assert_eq!(easter_sunday(day.year()), day);
        }
    }

    #[test]
    fn the_bank_of_russia_rests_on_the_holidays_of_the_labour_code() {
        for day in [date(2026, 1, 8), date(2026, 2, 23), date(2026, 5, 1), date(2026, 6, 12), date(2026, 11, 4)] {
            assert_eq!(Source::Cbr.closed_on(day), Some(Closed::Holiday), "{day}");
        }
        for day in [date(2026, 1, 9), date(2026, 4, 6), date(2026, 12, 25)] {
            assert_eq!(Source::Cbr.closed_on(day), None, "{day}");
        }
    }

    #[test]
    fn rule_09_the_next_fixing_is_expected_after_christmas() {
        let now = |text: &str| text.parse::<Timestamp>().unwrap();
        let next = |text| Source::Ecb.next_expected(now(text)).unwrap().to_string();
        assert_eq!(next("2026-03-20T12:00:00Z"), "2026-03-20T15:00:00Z");
        assert_eq!(next("2026-03-20T15:00:00Z"), "2026-03-23T15:00:00Z", "the weekend");
        assert_eq!(next("2025-12-24T16:00:00Z"), "2025-12-29T15:00:00Z", "Christmas 2025");
        assert_eq!(next("2026-04-02T18:00:00Z"), "2026-04-07T14:00:00Z", "Easter 2026, in summer time");
    }
}
