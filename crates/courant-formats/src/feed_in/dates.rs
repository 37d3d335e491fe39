//! Dates in every habit of the wild.
//!
//! RFC 822 and 2822 with wrong days of the week, names of months in other languages, years of two digits and zones by their
//! letters; RFC 3339 and W3CDTF whole or cut short; what `asctime` and databases print; seconds since 1970. A date whose day
//! and month cannot be told apart is none: a wrong day is worse than no day.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};

/// The longest text that is looked at, in bytes.
const LEN_BYTES_MAX: usize = 100;
/// Seconds since 1970 are taken for a date from 1990 on, milliseconds likewise.
const EPOCH_SECONDS_MIN: i64 = 631_152_000;
const EPOCH_SECONDS_MAX: i64 = 7_000_000_000;

/// An instant, and how exactly it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) at: Timestamp,
    /// Whether a zone was given; one that was not is UTC.
    pub(crate) has_zone: bool,
}

/// The instant that a text means.
pub(crate) fn parse(text: &str) -> Option<Given> {
    let text = text.trim();
    if text.is_empty() || LEN_BYTES_MAX < text.len() {
        return None;
    }
    // What most feeds write, and what all should.
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(Given { at, has_zone: true });
    }
    since_1970(text).or_else(|| of_iso(text)).or_else(|| of_words(text))
}

fn since_1970(text: &str) -> Option<Given> {
    if !(9..=13).contains(&text.len()) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = text.parse().ok()?;
    let seconds = if text.len() == 13 { number / 1_000 } else { number };
    let is_likely = (EPOCH_SECONDS_MIN..EPOCH_SECONDS_MAX).contains(&seconds);
    is_likely.then(|| Timestamp::from_second(seconds).ok()).flatten().map(|at| Given { at, has_zone: true })
}

/// ISO 8601 with the year first, as much of it as there is.
fn of_iso(text: &str) -> Option<Given> {
    let digits = |from: usize, len: usize| -> Option<i16> {
        let part = text.get(from..from + len)?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok()).flatten()
    };
    let year = digits(0, 4)?;
    let separator = text.as_bytes().get(4).copied();
    let (month, day, past) = match separator {
        None => (1, 1, 4),
        Some(separator @ (b'-' | b'/' | b'.')) => {
            let month = digits(5, 2)?;
            match (text.as_bytes().get(7), digits(8, 2)) {
                (Some(other), Some(day)) if *other == separator => (month, day, 10),
                (None, _) => (month, 1, 7),
                // The day of the year: 2003-335.
                _ if digits(5, 3).is_some() => return of_year_day(year, digits(5, 3)?),
                _ => return None,
            }
        }
        Some(b'0'..=b'9') => match (digits(4, 2)?, digits(6, 2)) {
            (month, Some(day)) => (month, day, 8),
            _ if text.len() == 7 => return of_year_day(year, digits(4, 3)?),
            (month, None) if text.len() == 6 => (month, 1, 6),
            _ => return None,
        },
        Some(_) => return None,
    };
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let rest = text[past..].trim_start_matches(['T', 't', ' ', ',']);
    if rest.is_empty() {
        return Some(in_utc(date.to_datetime(Time::midnight())));
    }
    let mut parts = Parts { date: Some(date), ..Parts::default() };
    parts.clock_and_zone(rest)?;
    parts.given()
}

fn of_year_day(year: i16, day: i16) -> Option<Given> {
    let date = Date::new(year, 1, 1).ok()?.checked_add(i64::from(day.checked_sub(1)?).days()).ok()?;
    (date.year() == year).then(|| in_utc(date.to_datetime(Time::midnight())))
}

fn in_utc(at: DateTime) -> Given {
    Given { at: TimeZone::UTC.to_timestamp(at).unwrap_or_default(), has_zone: false }
}

/// A date in words: its month by name, the rest in nearly any order.
fn of_words(text: &str) -> Option<Given> {
    let mut parts = Parts::default();
    let mut month = None;
    let mut numbers: Vec<(i16, usize)> = Vec::new();
    let mut rest_at = 0;
    let words: Vec<&str> = text.split([' ', ',', '\t', '\n', '\u{a0}']).filter(|word| !word.is_empty()).collect();
    let mut words_left = words.as_slice();
    while let Some((word, left)) = words_left.split_first() {
        words_left = left;
        rest_at += 1;
        if word.contains(':') {
            // The clock; what comes behind it is its zone, or a year in the manner of `asctime`.
            let behind: Vec<&str> = left.iter().copied().filter(|word| !is_year(word)).collect();
            numbers.extend(left.iter().filter(|word| is_year(word)).filter_map(|word| word.parse().ok()).map(|year| (year, 4)));
            parts.clock_and_zone(&format!("{word} {}", behind.join(" ")))?;
            break;
        }
        if let Some((first, others)) = numeric_date(word) {
            if !numbers.is_empty() {
                return None;
            }
            return of_numbers(first, others, &words[rest_at..]);
        }
        for piece in word.split(['-', '/', '.']).filter(|piece| !piece.is_empty()) {
            let number = piece.trim_end_matches(|letter: char| letter.is_alphabetic());
            if let Ok(number) = number.parse::<i16>() {
                numbers.push((number, piece.len()));
            } else if let Some(found) = month_of(piece) {
                // The last one counts: some days of the week begin like a month.
                month = Some(found);
            }
        }
    }
    let (day, year) = match (numbers.as_slice(), month) {
        ([(year, 4), (day, _)] | [(day, _), (year, _)], Some(_)) => (*day, *year),
        _ => return None,
    };
    let year = if (0..100).contains(&year) { year + if year < 70 { 2_000 } else { 1_900 } } else { year };
    parts.date = Date::new(year, month?, i8::try_from(day).ok()?).ok();
    parts.given()
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()) && (word.starts_with("19") || word.starts_with("20"))
}

/// The numbers of `25/11/2026` and the like.
fn numeric_date(word: &str) -> Option<(char, [i16; 3])> {
    let separator = word.chars().find(|letter| !letter.is_ascii_digit()).filter(|letter| matches!(letter, '/' | '.' | '-'))?;
    let mut numbers = [0; 3];
    let mut n_numbers = 0;
    for part in word.split(separator).filter(|part| !part.is_empty()) {
        *numbers.get_mut(n_numbers)? = part.parse().ok()?;
        n_numbers += 1;
    }
    (n_numbers == 3).then_some((separator, numbers))
}

/// A date in numbers with the year last. With dots and hyphens the day comes first; with a slash that is told by a number
/// above twelve, or not at all.
fn of_numbers(separator: char, [first, second, year]: [i16; 3], rest: &[&str]) -> Option<Given> {
    let (day, month) = match (first, second) {
        (day, month) if separator != '/' || 12 < day || day == month => (day, month),
        (month, day) if 12 < day => (day, month),
        _ => return None,
    };
    let year = if (0..100).contains(&year) { year + if year < 70 { 2_000 } else { 1_900 } } else { year };
    let mut parts = Parts { date: Some(Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?), ..Parts::default() };
    if !rest.is_empty() {
        parts.clock_and_zone(&rest.join(" "))?;
    }
    parts.given()
}

#[derive(Default)]
struct Parts {
    date: Option<Date>,
    time: Option<Time>,
    zone: Option<Zone>,
    is_next_day: bool,
}

enum Zone {
    Fixed(Offset),
    Named(TimeZone),
}

impl Parts {
    fn given(self) -> Option<Given> {
        let mut at = self.date?.to_datetime(self.time.unwrap_or(Time::midnight()));
        if self.is_next_day {
            at = at.checked_add(1.day()).ok()?;
        }
        let (zone, has_zone) = match self.zone {
            Some(Zone::Fixed(offset)) => (TimeZone::fixed(offset), true),
            Some(Zone::Named(zone)) => (zone, true),
            None => (TimeZone::UTC, false),
        };
        Some(Given { at: zone.to_timestamp(at).ok()?, has_zone })
    }

    /// Reads `08:30:15.25 PM +0100` and its relatives.
    fn clock_and_zone(&mut self, text: &str) -> Option<()> {
        let text = text.trim();
        let clock_len = text.find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, ':' | '.' | ',')).unwrap_or(text.len());
        let (clock, rest) = text.split_at(clock_len);
        let mut rest = rest.trim();
        let (clock, fraction) =
            clock.trim_end_matches(['.', ',']).split_once(['.', ',']).unwrap_or((clock.trim_end_matches(['.', ',']), ""));
        let is_packed = !clock.contains(':') && matches!(clock.len(), 4 | 6);
        let numbers: Vec<i8> = if is_packed {
            clock.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok()?.parse().ok()).collect::<Option<_>>()?
        } else {
            clock.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?
        };
        let (mut hour, minute, second) = match *numbers.as_slice() {
            [hour] => (hour, 0, 0),
            [hour, minute] => (hour, minute, 0),
            // A leap second is kept as the last one before it.
            [hour, minute, second] => (hour, minute, second.min(59)),
            _ => return None,
        };
        if let Some(half) = rest.get(..2).filter(|half| half.eq_ignore_ascii_case("am") || half.eq_ignore_ascii_case("pm"))
            && hour <= 12
        {
            hour = hour % 12 + if half.eq_ignore_ascii_case("pm") { 12 } else { 0 };
            rest = rest[2..].trim();
        }
        if hour == 24 {
            (hour, self.is_next_day) = (0, true);
        }
        let fraction: i32 = format!("{fraction:0<9.9}").parse().unwrap_or(0);
        self.time = Some(Time::new(hour, minute, second, fraction).ok()?);
        self.zone = zone_of(rest)?;
        Some(())
    }
}

/// The zone that a text names, if it names one. `None` for a text that is something else.
#[expect(clippy::option_option, reason = "no zone and no such zone are two answers")]
fn zone_of(text: &str) -> Option<Option<Zone>> {
    // `+0100 (CET)` says it twice; `GMT+2` and `UTC +03:00` once.
    let text = text.split('(').next().unwrap_or_default().trim();
    if text.is_empty() {
        return Some(None);
    }
    let plain = ["GMT", "UTC", "UT"].iter().find_map(|name| text.strip_prefix(name)).map_or(text, str::trim);
    if plain.is_empty() {
        return Some(Some(Zone::Fixed(Offset::UTC)));
    }
    if let Some(offset) = offset_of(plain.split_whitespace().next().unwrap_or_default()) {
        return Some(Some(Zone::Fixed(offset)));
    }
    if plain.contains('/') && plain.len() < 40 {
        return TimeZone::get(plain).ok().map(|zone| Some(Zone::Named(zone)));
    }
    let name = plain.to_ascii_uppercase();
    let minutes = ZONES.iter().find(|(known, _)| *known == name).map(|(_, minutes)| *minutes)?;
    Offset::from_seconds(minutes * 60).ok().map(|offset| Some(Zone::Fixed(offset)))
}

/// `+0100`, `+01:00`, `+1`, `-1030`.
fn offset_of(text: &str) -> Option<Offset> {
    let (sign, digits) = match text.chars().next()? {
        '+' => (1, &text[1..]),
        '-' => (-1, &text[1..]),
        '−' | '–' => (-1, text.trim_start_matches(['−', '–'])),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some((hours, minutes)) => (hours, minutes.split(':').next().unwrap_or("0")),
        None if digits.len() <= 2 => (digits, "0"),
        None => digits.split_at_checked(digits.len().checked_sub(2)?)?,
    };
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    ((0..=14).contains(&hours) && (0..60).contains(&minutes))
        .then(|| Offset::from_seconds(sign * (hours * 60 + minutes) * 60).ok())
        .flatten()
}

/// Zones by their letters, in minutes east of UTC. Of letters with several meanings, that which feeds mean: RFC 822 for
/// those it names, Europe for `BST` and India for `IST`.
const ZONES: [(&str, i32); 47] = [
    ("Z", 0),
    ("WET", 0),
    ("WEST", 60),
    ("BST", 60),
    ("CET", 60),
    ("MET", 60),
    ("CEST", 120),
    ("MEST", 120),
    ("MESZ", 120),
    ("MEZ", 60),
    ("EET", 120),
    ("SAST", 120),
    ("CAT", 120),
    ("EEST", 180),
    ("MSK", 180),
    ("MSD", 240),
    ("EAT", 180),
    ("TRT", 180),
    ("GST", 240),
    ("PKT", 300),
    ("IST", 330),
    ("NPT", 345),
    ("ICT", 420),
    ("WIB", 420),
    ("HKT", 480),
    ("SGT", 480),
    ("PHT", 480),
    ("AWST", 480),
    ("JST", 540),
    ("KST", 540),
    ("AEST", 600),
    ("AEDT", 660),
    ("NZST", 720),
    ("NZDT", 780),
    ("EST", -300),
    ("EDT", -240),
    ("CST", -360),
    ("CDT", -300),
    ("MST", -420),
    ("MDT", -360),
    ("PST", -480),
    ("PDT", -420),
    ("AKST", -540),
    ("AKDT", -480),
    ("HST", -600),
    ("BRT", -180),
    ("ART", -180),
];

/// The month that a word names. Three letters are enough in English; other languages need as many as tell it apart.
fn month_of(word: &str) -> Option<i8> {
    let lowered = word.to_lowercase();
    let found = MONTHS.iter().position(|names| names.split(' ').any(|name| lowered.starts_with(name)))?;
    i8::try_from(found + 1).ok()
}

/// Beginnings of the names of months: English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Russian.
const MONTHS: [&str; 12] = [
    "jan jän janv ene gen sty янв",
    "feb fév fev lut фев",
    "mar mär mrz maa мар",
    "apr avr abr kwi апр",
    "may mai mei mag maj мая май",
    "jun juin giu cze июн",
    "jul juil lug lip июл",
    "aug août aou ago sie авг",
    "sep set wrz сен",
    "oct okt ott out paź paz окт",
    "nov lis ноя",
    "dec dez déc dic gru дек",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let given = parse(text).unwrap_or_else(|| panic!("{text} is not read"));
        assert_eq!(given.at.to_string(), expected, "{text}");
    }

    #[test]
    fn the_standards_and_their_relatives_are_read() {
        check("Tue, 24 Nov 2026 08:30:00 GMT", "2026-11-24T08:30:00Z");
        check("Wed, 24 Nov 2026 08:30:00 +0300", "2026-11-24T05:30:00Z");
        check("Tuesday, 24 November 2026 8:30 EST", "2026-11-24T13:30:00Z");
        check("24 Nov 26 08:30 PST", "2026-11-24T16:30:00Z");
        check("Nov 24, 2026 8:30 PM UTC+3", "2026-11-24T17:30:00Z");
        check("Tue Nov 24 08:30:00 2026", "2026-11-24T08:30:00Z");
        check("Tue Nov 24 08:30:00 UTC 2026", "2026-11-24T08:30:00Z");
        check("24-Nov-2026 08:30:00 GMT", "2026-11-24T08:30:00Z");
        check("Thu, 1st Jan 2004 24:00:00 GMT", "2004-01-02T00:00:00Z");
        check("Di, 24 Dez 2026 08:30:00 CET", "2026-12-24T07:30:00Z");
        check("24 ноября 2026 08:30 MSK", "2026-11-24T05:30:00Z");
        check("Tue, 24 Nov 2026 08:30:00 Europe/Moscow", "2026-11-24T05:30:00Z");
        check("Tue, 24 Nov 2026 08:30:00 +0100 (CET)", "2026-11-24T07:30:00Z");
        check("2026-11-24T08:30:00+0300", "2026-11-24T05:30:00Z");
        check("2026-11-24 08:30:00", "2026-11-24T08:30:00Z");
        check("2026-11-24T08:30Z", "2026-11-24T08:30:00Z");
        check("2026-11-24T08:30:00.25-05:00", "2026-11-24T13:30:00.25Z");
        check("20261124T083000Z", "2026-11-24T08:30:00Z");
        check("2026-11", "2026-11-01T00:00:00Z");
        check("2003-335", "2003-12-01T00:00:00Z");
        check("24.11.2026 08:30", "2026-11-24T08:30:00Z");
        check("11/24/2026 8:30:00 AM", "2026-11-24T08:30:00Z");
        check("1795509000", "2026-11-24T08:30:00Z");
        check("1795509000000", "2026-11-24T08:30:00Z");
    }

    #[test]
    fn what_could_be_two_days_is_none() {
        for text in ["04/05/2026", "yesterday", "", "Tue, 32 Nov 2026 08:30:00 GMT", "08:30", "2026-13-01", "24 Nov 2026 08:30 XYZT"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert!(!parse("2026-11-24 08:30:00").unwrap().has_zone && parse("2026-11-24 08:30:00 UTC").unwrap().has_zone);
    }
}
