//! The time a story was sent, as its trailer gives it.

use jiff::civil::DateTime;

/// The months, by the first three letters that agencies of several languages use.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen"],
    &["feb", "fév", "fev"],
    &["mar", "mär", "mrz"],
    &["apr", "avr", "abr"],
    &["may", "mai", "mag"],
    &["jun", "jui", "giu"],
    &["jul", "lug"],
    &["aug", "aoû", "aou", "ago"],
    &["sep", "set"],
    &["oct", "okt", "ott", "out"],
    &["nov"],
    &["dec", "dez", "déc", "dic"],
];

/// The instant of an IPTC 7901 trailer: day, hour and minute, zone, month, year: `071341 GMT Okt 15`. It is written as other
/// readers of instants understand it; a zone that is not UTC is left to them to miss.
pub(super) fn of_iptc(trailer: &str) -> Option<String> {
    let mut words = trailer.split_whitespace();
    let clock = words.next().filter(|clock| clock.len() == 6 && clock.bytes().all(|byte| byte.is_ascii_digit()))?;
    let rest: Vec<&str> = words.collect();
    let month_idx = rest.iter().position(|word| month_of(word).is_some())?;
    let month = month_of(rest[month_idx])?;
    let year = year_of(rest.get(month_idx + 1)?)?;
    let is_utc = rest[..month_idx].iter().any(|zone| matches!(zone.to_ascii_uppercase().as_str(), "GMT" | "UTC" | "Z"));
    let number = |from: usize| clock[from..from + 2].parse::<i8>().ok();
    Some(written(DateTime::new(year, month, number(0)?, number(2)?, number(4)?, 0, 0).ok()?, is_utc))
}

/// The instant of an ANPA 1312 trailer: `AP-WF-11-13-13 0713GMT`.
pub(super) fn of_anpa(trailer: &str) -> Option<String> {
    let mut words = trailer.split_whitespace();
    let date = words.next()?;
    let clock = words.next()?;
    let mut parts = date.rsplit('-');
    let year = year_of(parts.next()?)?;
    let mut number = || parts.next().and_then(|part| part.parse::<i8>().ok());
    let (day, month) = (number()?, number()?);
    let digits: String = clock.chars().take_while(char::is_ascii_digit).collect();
    let (hour, minute) = (digits.get(..2)?.parse().ok()?, digits.get(2..4)?.parse().ok()?);
    let is_utc = clock[digits.len()..].to_ascii_uppercase().starts_with("GMT");
    Some(written(DateTime::new(year, month, day, hour, minute, 0, 0).ok()?, is_utc))
}

fn month_of(word: &str) -> Option<i8> {
    let small: String = word.to_lowercase().chars().take(3).collect();
    let idx = MONTHS.iter().position(|names| names.contains(&small.as_str()))?;
    i8::try_from(idx + 1).ok()
}

/// Two digits are of 1970 to 2069: no wire is older, and none will be read later in this form.
fn year_of(word: &str) -> Option<i16> {
    let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
    let year: i16 = digits.parse().ok()?;
    match digits.len() {
        2 if year < 70 => Some(2000 + year),
        2 => Some(1900 + year),
        4 => Some(year),
        _ => None,
    }
}

fn written(at: DateTime, is_utc: bool) -> String {
    format!("{}{}", at.strftime("%Y-%m-%dT%H:%M:%S"), if is_utc { "Z" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trailers_of_both_wires_are_read() {
        assert_eq!(of_iptc("071341 GMT Okt 15 ").as_deref(), Some("2015-10-07T13:41:00Z"));
        assert_eq!(of_iptc("211259 Nov 18").as_deref(), Some("2018-11-21T12:59:00"));
        assert_eq!(of_iptc("311259 Jui 98").as_deref(), None, "no such day");
        assert_eq!(of_iptc("soon"), None);
        assert_eq!(of_anpa("AP-WF-11-13-13 0713GMT<").as_deref(), Some("2013-11-13T07:13:00Z"));
        assert_eq!(of_anpa("AP-WF-13-13-13 0713GMT<"), None);
        assert_eq!(of_anpa("x"), None);
    }
}
