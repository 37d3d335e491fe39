//! Dates, times and zones as printed. Never relative: a cached page must not say "two minutes ago".

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

use super::{Arg, Words};

impl Words {
    /// A civil date: `March 20, 2017`, `20 марта 2017`, `2017年3月20日`, `20 مارس 2017`.
    pub fn date(&self, date: Date) -> String {
        self.say("date", &self.date_args(date, &date.day().to_string(), &date.year().to_string(), ""))
    }

    /// A civil date with its day of the week, as the heading of a day: `Monday, March 20, 2017`.
    pub fn day(&self, date: Date) -> String {
        self.say("day", &self.date_args(date, &date.day().to_string(), &date.year().to_string(), self.weekday(date.weekday())))
    }

    /// An instant in a zone, with the zone: `March 20, 2017, 11:44 UTC+3`.
    pub fn date_time(&self, at: Timestamp, zone: &TimeZone) -> String {
        let date = self.date(at.to_zoned_datetime(zone.clone()).date());
        self.say("date-time", &[("date", Arg::Text(&date)), ("clock", Arg::Text(&clock(at, zone))), ("zone", Arg::Text(&offset(at, zone)))])
    }

    /// The time of day in a zone, with the zone: `11:44 UTC+3`.
    pub fn clock_zone(&self, at: Timestamp, zone: &TimeZone) -> String {
        self.say("clock-zone", &[("clock", Arg::Text(&clock(at, zone))), ("zone", Arg::Text(&offset(at, zone)))])
    }

    /// The statement of the one zone of a page: `All times on this page: UTC+3 (Europe/Moscow)`. `at` is an instant the
    /// page shows, whose offset is printed; without one the zone is only named.
    pub fn times_are(&self, zone: &TimeZone, at: Option<Timestamp>) -> String {
        self.with("times-are", "zone", &zone_name(zone, at))
    }

    /// A month with its year, as a heading: `March 2017`, `Март 2017`, `2017年3月`.
    pub fn month_of(&self, date: Date) -> String {
        const NAMES: [&str; 12] = [
            "month-name-1",
            "month-name-2",
            "month-name-3",
            "month-name-4",
            "month-name-5",
            "month-name-6",
            "month-name-7",
            "month-name-8",
            "month-name-9",
            "month-name-10",
            "month-name-11",
            "month-name-12",
        ];
        let month = self.t(NAMES[usize::from(date.month().unsigned_abs()) - 1]);
        self.say("month-of", &[("month", Arg::Text(month)), ("year", Arg::Text(&format!("{:04}", date.year())))])
    }

    /// A day of the week, as it heads a day.
    pub fn weekday(&self, weekday: Weekday) -> &str {
        const NAMES: [&str; 7] = ["weekday-1", "weekday-2", "weekday-3", "weekday-4", "weekday-5", "weekday-6", "weekday-7"];
        self.t(NAMES[usize::from(weekday.to_monday_zero_offset().unsigned_abs())])
    }

    /// A day of the week in the column of a calendar: two or three letters.
    pub fn weekday_short(&self, weekday: Weekday) -> &str {
        const NAMES: [&str; 7] = [
            "weekday-short-1",
            "weekday-short-2",
            "weekday-short-3",
            "weekday-short-4",
            "weekday-short-5",
            "weekday-short-6",
            "weekday-short-7",
        ];
        self.t(NAMES[usize::from(weekday.to_monday_zero_offset().unsigned_abs())])
    }

    /// A month as it stands in a date: `March`, `марта`.
    pub fn month(&self, date: Date) -> &str {
        const MONTHS: [&str; 12] = [
            "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9", "month-10", "month-11",
            "month-12",
        ];
        self.t(MONTHS[usize::from(date.month().unsigned_abs()) - 1])
    }

    fn date_args<'a>(&'a self, date: Date, day: &'a str, year: &'a str, weekday: &'a str) -> [(&'static str, Arg<'a>); 4] {
        [("month", Arg::Text(self.month(date))), ("day", Arg::Text(day)), ("year", Arg::Text(year)), ("weekday", Arg::Text(weekday))]
    }
}

/// The time of day in a zone, `11:44`; the same in every language of the interface.
pub fn clock(at: Timestamp, zone: &TimeZone) -> String {
    let zoned = at.to_zoned_datetime(zone.clone());
    format!("{:02}:{:02}", zoned.hour(), zoned.minute())
}

/// The offset from UTC at an instant as readers know it: `UTC`, `UTC+3`, `UTC+5:30`, `UTC−3` (with a minus sign).
/// Historic offsets are those of the time zone database: Moscow was UTC+4 from 2011 to 2014.
pub fn offset(at: Timestamp, zone: &TimeZone) -> String {
    let seconds = zone.to_offset(at).seconds();
    if seconds == 0 {
        return "UTC".to_owned();
    }
    let sign = if seconds < 0 { '−' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    match (minutes / 60, minutes % 60) {
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

/// An instant as HTML, JSON-LD and feeds take it: RFC 3339 with the zone's offset, to the second.
pub fn rfc3339(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

fn zone_name(zone: &TimeZone, at: Option<Timestamp>) -> String {
    let offset = offset(at.unwrap_or(Timestamp::UNIX_EPOCH), zone);
    match (zone.iana_name(), at) {
        (None | Some("UTC" | "Etc/UTC" | "Etc/GMT" | "GMT"), _) => offset,
        (Some(name), None) => name.replace('_', " "),
        (Some(name), Some(_)) => format!("{offset} ({})", name.replace('_', " ")),
    }
}
