//! The dateline: where and when a report was filed, and for whom.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::{Lang, Place};

/// The agency's mark between the date and the copy: `/COURANT/`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgencyMark(pub Box<str>);

/// Where and when a report was filed. It opens the copy, and is rendered by house style, never typed into the body.
///
/// ninjs `located` and `dateline`; NewsML-G2 `located` and `dateline`.
#[derive(Clone, Debug, PartialEq)]
pub struct Dateline {
    /// The place the report is from.
    pub place: Place,
    /// When it was filed. The printed date is this instant's date in the place's own time zone.
    pub filed_at: Timestamp,
    /// The agency's mark, such as `COURANT`. `None`: house style leaves it out.
    pub mark: Option<AgencyMark>,
}

impl Dateline {
    /// The civil date printed: of the filing instant in the place's time zone, or in UTC when that is not known.
    pub fn date(&self) -> Date {
        let zone = self.place.time_zone().unwrap_or(TimeZone::UTC);
        self.filed_at.to_zoned_datetime(zone).date()
    }

    /// The dateline as printed at the head of the copy in `lang`, without a space after it.
    ///
    /// ```text
    /// en  TOKYO, March 20. /COURANT/.
    /// ru  ТОКИО, 20 марта. /COURANT/.
    /// ja  【東京3月20日 COURANT】
    /// ar  طوكيو، 20 مارس. /COURANT/.
    /// ```
    /// A language without a pattern of its own takes the English one.
    pub fn in_house_style(&self, lang: &Lang) -> String {
        let date = self.date();
        let day = date.day();
        let month = |names: &[&'static str; 12]| names[usize::from(date.month().unsigned_abs()) - 1];
        let place = self.place.name.to_uppercase();
        let mark = |between: &str| self.mark.as_ref().map(|mark| format!("{between}/{}/.", mark.0)).unwrap_or_default();
        match lang.primary() {
            "ru" => format!("{place}, {day} {}.{}", month(&MONTHS_RU), mark(" ")),
            "ar" => format!("{place}، {day} {}.{}", month(&MONTHS_AR), mark(" ")),
            "ja" => {
                let mark = self.mark.as_ref().map(|mark| format!(" {}", mark.0)).unwrap_or_default();
                format!("【{place}{}月{day}日{mark}】", date.month())
            }
            _ => format!("{place}, {} {day}.{}", month(&MONTHS_EN), mark(" ")),
        }
    }
}

const MONTHS_EN: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const MONTHS_RU: [&str; 12] =
    ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"];
const MONTHS_AR: [&str; 12] =
    ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"];

#[cfg(test)]
mod tests {
    use super::*;

    fn filed(name: &str, zone: &str, at: &str) -> Dateline {
        Dateline {
            place: Place::new(name, None).unwrap().in_zone(zone).unwrap(),
            filed_at: at.parse().unwrap(),
            mark: Some(AgencyMark("COURANT".into())),
        }
    }

    #[test]
    fn the_date_is_the_date_in_the_place() {
        // 23:30 UTC on the 19th is already the 20th in Tokyo.
        let tokyo = filed("Tokyo", "Asia/Tokyo", "2017-03-19T23:30:00Z");
        assert_eq!(tokyo.in_house_style(&Lang::english()), "TOKYO, March 20. /COURANT/.");
    }

    #[test]
    fn each_language_has_its_style() {
        let style = |name, lang| filed(name, "Asia/Tokyo", "2017-03-20T08:44:00Z").in_house_style(&Lang::parse(lang).unwrap());
        assert_eq!(style("Токио", "ru"), "ТОКИО, 20 марта. /COURANT/.");
        assert_eq!(style("東京", "ja"), "【東京3月20日 COURANT】");
        assert_eq!(style("طوكيو", "ar"), "طوكيو، 20 مارس. /COURANT/.");
        assert_eq!(style("Tokio", "de"), "TOKIO, March 20. /COURANT/.");
    }

    #[test]
    fn a_dateline_without_a_mark_ends_with_its_date() {
        let mut london = filed("London", "Europe/London", "2026-11-23T12:00:00Z");
        london.mark = None;
        assert_eq!(london.in_house_style(&Lang::english()), "LONDON, November 23.");
    }
}
