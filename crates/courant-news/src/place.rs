//! Places: where a report is from, and what it is about.

use jiff::tz::TimeZone;

use crate::{FieldError, field, slugify};

/// Countries with one time zone: code and zone, one a line. Source and licence are named in its first lines.
static ZONES: &str = include_str!("../data/zones.tsv");

/// A point on the earth in degrees: latitude -90 to 90, longitude -180 to 180, WGS 84. GeoJSON's `Point`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Degrees north of the equator.
    pub latitude: f64,
    /// Degrees east of Greenwich.
    pub longitude: f64,
}

impl Point {
    /// A point, if both numbers are in range.
    ///
    /// # Errors
    /// A [`FieldError`] naming the number that is not.
    pub fn new(latitude: f64, longitude: f64) -> Result<Self, FieldError> {
        if !(-90.0..=90.0).contains(&latitude) {
            return Err(FieldError::new("latitude", &latitude.to_string(), "is outside -90 to 90 degrees"));
        }
        if !(-180.0..=180.0).contains(&longitude) {
            return Err(FieldError::new("longitude", &longitude.to_string(), "is outside -180 to 180 degrees"));
        }
        Ok(Self { latitude, longitude })
    }
}

/// A city, region or country. ninjs `places`, `located`.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The name in the story's language, 1 to 200 characters.
    pub name: Box<str>,
    /// The slug that addresses and filters use, the same in every language when the sender gave a code.
    pub slug: Box<str>,
    /// The country's name in the story's language.
    pub country: Option<Box<str>>,
    /// ISO 3166-1 alpha-2, upper case.
    pub country_code: Option<Box<str>>,
    /// Where it is.
    pub point: Option<Point>,
    /// Its IANA time zone, such as `Asia/Tokyo`; known to the time zone database Courant ships.
    pub zone: Option<Box<str>>,
}

impl Place {
    /// A place called `name`, whose slug is `slug`, or is made from the name.
    ///
    /// # Errors
    /// A [`FieldError`] when the name is empty or too long.
    pub fn new(name: &str, slug: Option<&str>) -> Result<Self, FieldError> {
        let name = field::line("place", name, 200)?;
        let slug = slug.and_then(slugify).or_else(|| slugify(&name)).unwrap_or_else(|| "place".to_owned());
        Ok(Self { name, slug: slug.into(), country: None, country_code: None, point: None, zone: None })
    }

    /// With its country: a name, an ISO 3166-1 alpha-2 code, or both.
    ///
    /// # Errors
    /// A [`FieldError`] when the code is not two letters or the name is too long.
    pub fn in_country(mut self, name: Option<&str>, code: Option<&str>) -> Result<Self, FieldError> {
        self.country = name.map(|name| field::line("country", name, 200)).transpose()?;
        self.country_code = match code {
            Some(code) if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic()) => Some(code.to_ascii_uppercase().into()),
            Some(code) => return Err(FieldError::new("country code", code, "is not two letters; use ISO 3166-1 alpha-2, such as JP")),
            None => None,
        };
        Ok(self)
    }

    /// With its IANA time zone.
    ///
    /// # Errors
    /// A [`FieldError`] when the time zone database does not know it.
    pub fn in_zone(mut self, zone: &str) -> Result<Self, FieldError> {
        if TimeZone::get(zone).is_err() {
            return Err(FieldError::new("time zone", zone, "is not in the IANA time zone database; use a name such as Asia/Tokyo"));
        }
        self.zone = Some(zone.into());
        Ok(self)
    }

    /// With its point.
    #[must_use]
    pub fn at(mut self, point: Point) -> Self {
        self.point = Some(point);
        self
    }

    /// Its time zone: its own, or that of its country where there is only one. `None` when it could be in several: a time that may be
    /// wrong is worse than none.
    pub fn time_zone(&self) -> Option<TimeZone> {
        let zone = self.zone.as_deref().or_else(|| only_zone(self.country_code.as_deref()?))?;
        TimeZone::get(zone).ok()
    }
}

/// The zone of a country that has no other.
fn only_zone(country_code: &str) -> Option<&'static str> {
    let lines = ZONES.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).find(|(code, _)| *code == country_code).map(|(_, zone)| zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_knows_its_zone_and_country() {
        let tokyo = Place::new("東京", Some("tokyo")).unwrap().in_country(Some("日本"), Some("jp")).unwrap().in_zone("Asia/Tokyo").unwrap();
        assert_eq!(tokyo.slug.as_ref(), "tokyo");
        assert_eq!(tokyo.country_code.as_deref(), Some("JP"));
        assert!(tokyo.time_zone().is_some());
        assert!(Place::new("Atlantis", None).unwrap().in_zone("Sea/Atlantis").is_err());
        assert!(Point::new(91.0, 0.0).is_err() && Point::new(0.0, f64::NAN).is_err());
    }

    #[test]
    fn a_place_without_a_zone_has_that_of_its_country_only_where_there_is_no_other() {
        let zone = |code: &str| {
            let place = Place::new("Somewhere", None).unwrap().in_country(None, Some(code)).unwrap();
            place.time_zone().and_then(|zone| zone.iana_name().map(str::to_owned))
        };
        assert_eq!(zone("jp").as_deref(), Some("Asia/Tokyo"));
        assert_eq!(zone("EG").as_deref(), Some("Africa/Cairo"));
        for several in ["RU", "US", "CN", "UA", "ES", "PT", "AU", "KZ", "DE", "XX"] {
            assert_eq!(zone(several), None, "{several}");
        }
        assert_eq!(Place::new("Somewhere", None).unwrap().time_zone(), None);
        for (_, zone) in ZONES.lines().filter(|line| !line.starts_with('#')).map(|line| line.split_once('\t').unwrap()) {
            assert!(TimeZone::get(zone).is_ok(), "{zone} is not in the time zone database");
        }
    }
}
