//! Whose currency a name is, and why.

use std::fmt;

use courant_news::{CurrencyCode, NewsItem};
use jiff::civil::Date;

use super::family::{Country, Family};
use super::names::Meaning;

/// What the story says of itself, as far as it tells currencies apart.
#[derive(Clone, Debug)]
pub struct Context {
    /// The primary language of the copy: `en`.
    pub lang: Box<str>,
    /// The country the story is filed from.
    pub filed_from: Option<Country>,
    /// The countries it is about.
    pub about: Vec<Country>,
    /// The day of the story, which tells the zloty of 1990 from that of 2000.
    pub on: Date,
}

impl Context {
    /// What `item` says: its language, the place of its dateline, its places, the day it first moved.
    ///
    /// A dateline without a country counts when its city is one that agencies print alone.
    pub fn of(item: &NewsItem) -> Self {
        let country = |place: &courant_news::Place| place.country_code.as_deref().and_then(Country::parse);
        Self {
            lang: item.lang.primary().into(),
            filed_from: item
                .dateline
                .as_ref()
                .and_then(|line| country(&line.place).or_else(|| Country::of_dateline_city(&line.place.name))),
            about: item.places.iter().filter_map(country).collect(),
            on: item.times.first_moved_at.to_zoned_datetime(jiff::tz::TimeZone::UTC).date(),
        }
    }
}

/// How sure a currency is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// It follows from the place or from usage, not from the words alone.
    Likely,
    /// The words say it.
    Certain,
}

impl Confidence {
    /// The word for reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

/// Why an amount is taken to be in its currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The code, sign or name belongs to one currency only.
    Named,
    /// A word beside the name says whose it is: *Canadian*.
    Owner(Country),
    /// The story is filed from a country that has a currency of that name.
    FiledFrom(Country),
    /// Of the countries the story is about, one has a currency of that name.
    About(Country),
    /// Copy from countries without a currency of that name means this country's.
    Usage(Country),
    /// It is the other end of a range.
    Range,
    /// It is compared with an amount before it.
    Compared,
}

impl Reason {
    /// How sure the currency is for this reason.
    pub fn confidence(self) -> Confidence {
        match self {
            Self::Named | Self::Owner(_) => Confidence::Certain,
            Self::FiledFrom(_) | Self::About(_) | Self::Usage(_) | Self::Range | Self::Compared => Confidence::Likely,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named => f.write_str("the words name one currency only"),
            Self::Owner(country) => write!(f, "the words say that it is the currency of {}", country.as_str()),
            Self::FiledFrom(country) => write!(f, "the story is filed from {}, which has a currency of that name", country.as_str()),
            Self::About(country) => write!(f, "of the countries the story is about, only {} has a currency of that name", country.as_str()),
            Self::Usage(country) => write!(f, "without a word of whose it is, copy from there means the currency of {}", country.as_str()),
            Self::Range => f.write_str("it is one end of a range whose other end names the currency"),
            Self::Compared => f.write_str("it is compared with an amount before it, which names the currency"),
        }
    }
}

/// The currency that is meant and why, or the currencies it may be.
pub(super) fn resolve(meaning: Meaning, owner: Option<Country>, context: &Context) -> Result<(CurrencyCode, Reason), Vec<CurrencyCode>> {
    let (family, year) = match meaning {
        Meaning::One(code, _) => return Ok((code, Reason::Named)),
        Meaning::Shared(family, _) => (family, context.on.year()),
    };
    if let Some(owner) = owner {
        return family.code_in(owner, year).map(|code| (code, Reason::Owner(owner))).ok_or_else(|| candidates(family, year));
    }
    let by_reason = |country: Country, reason: Reason| family.code_in(country, year).map(|code| (code, reason));
    let filed_from = || context.filed_from.and_then(|country| by_reason(country, Reason::FiledFrom(country)));
    let only = || family.only_issuer().and_then(|country| by_reason(country, Reason::Named));
    let usage = || {
        let is_foreign = context.filed_from.is_some() || has_no_dollar(&context.lang);
        family.usual_issuer(year).filter(|_| is_foreign).and_then(|country| by_reason(country, Reason::Usage(country)))
    };
    let about = || sole_issuer(family, context, year).and_then(|country| by_reason(country, Reason::About(country)));
    filed_from().or_else(only).or_else(usage).or_else(about).ok_or_else(|| candidates(family, year))
}

/// Languages of which no country calls its own currency a dollar, so that a bare dollar is a foreign one.
fn has_no_dollar(lang: &str) -> bool {
    matches!(lang, "de" | "es" | "ru" | "ja" | "ar" | "it" | "pl" | "uk" | "tr")
}

/// The one country among those the story is about that has a currency of the name.
fn sole_issuer(family: Family, context: &Context, year: i16) -> Option<Country> {
    // A pound is a weight and `won` a verb wherever they are not money.
    if matches!(family, Family::Pound | Family::Won) {
        return None;
    }
    let mut issuers = context.about.iter().copied().filter(|&country| family.code_in(country, year).is_some());
    let first = issuers.next()?;
    issuers.all(|other| family.code_in(other, year) == family.code_in(first, year)).then_some(first)
}

/// What it may be, each code once, as of the year.
fn candidates(family: Family, year: i16) -> Vec<CurrencyCode> {
    let mut codes = Vec::new();
    for issuer in family.issuers() {
        if let Some(code) = family.code_in(issuer.country, year).filter(|code| !codes.contains(code)) {
            codes.push(code);
        }
    }
    codes
}
