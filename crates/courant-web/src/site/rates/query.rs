//! The parameters of pages of rates.

use courant_news::{CurrencyCode, Lang};
use courant_rates::Source;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::words::UiLanguage;

/// How much of a value is looked at, in characters.
pub(in crate::site) const VALUE_CHARS_MAX: usize = 500;

/// The parameters of an address, decoded.
pub(in crate::site) struct Query(Vec<(String, String)>);

/// A parameter that cannot be what it has to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BadParameter {
    pub(super) name: &'static str,
    pub(super) value: String,
    /// What is wrong and the remedy, for machines; pages say it in their own words.
    pub(super) problem: String,
}

impl Query {
    pub(in crate::site) fn read(query: &str) -> Self {
        let decoded = |text: &str| {
            let spaced = text.replace('+', " ");
            let text = percent_encoding::percent_decode_str(&spaced).decode_utf8_lossy().into_owned();
            text.chars().take(VALUE_CHARS_MAX).collect::<String>()
        };
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        Self(pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).map(|(name, value)| (decoded(name), decoded(value))).collect())
    }

    /// The value of a parameter; an empty one counts as absent, since a form sends those too.
    pub(in crate::site) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(found, value)| found == name && !value.trim().is_empty()).map(|(_, value)| value.trim())
    }

    pub(super) fn language(&self) -> UiLanguage {
        let lang = self.get("lang").and_then(|tag| Lang::parse(tag).ok());
        lang.map_or(UiLanguage::English, |lang| UiLanguage::of(&lang))
    }

    pub(super) fn currency(&self, names: &[&'static str], otherwise: CurrencyCode) -> Result<CurrencyCode, BadParameter> {
        for name in names {
            if let Some(value) = self.get(name) {
                return CurrencyCode::parse(value).map_err(|error| BadParameter {
                    name,
                    value: error.value,
                    problem: "is not a code of ISO 4217; give three letters such as EUR".to_owned(),
                });
            }
        }
        Ok(otherwise)
    }

    pub(super) fn date(&self, name: &'static str) -> Result<Option<Date>, BadParameter> {
        self.get(name).map(|value| date(name, value)).transpose()
    }

    pub(super) fn source(&self) -> Result<Source, BadParameter> {
        let Some(value) = self.get("source") else {
            return Ok(Source::Ecb);
        };
        let known: Vec<&str> = Source::ALL.iter().map(|source| source.facts().slug).collect();
        Source::parse(value).ok_or_else(|| bad("source", value, format!("is not known; use one of {}", known.join(", "))))
    }

    /// By what had moved at an instant: `as_known_at`, or `at` as on every other page.
    pub(super) fn known_at(&self) -> Result<Option<Timestamp>, BadParameter> {
        let Some((name, value)) = ["as_known_at", "at"].into_iter().find_map(|name| Some((name, self.get(name)?))) else {
            return Ok(None);
        };
        let instant = value.parse().map_err(|_| bad(name, value, "is not an instant; write it like 2026-04-13T15:00:00Z".to_owned()))?;
        Ok(Some(instant))
    }

    /// The same as the address of a page spells it; empty when everything counts.
    pub(super) fn known_at_typed(&self) -> &str {
        self.get("as_known_at").or_else(|| self.get("at")).unwrap_or_default()
    }
}

pub(super) fn date(name: &'static str, value: &str) -> Result<Date, BadParameter> {
    value.parse().map_err(|_| bad(name, value, "is not a day of the calendar; write it like 2017-03-20".to_owned()))
}

pub(super) fn bad(name: &'static str, value: &str, problem: String) -> BadParameter {
    let mut shown: String = value.chars().take(60).collect();
    if shown.len() < value.len() {
        shown.push('…');
    }
    BadParameter { name, value: shown, problem }
}

impl std::fmt::Display for BadParameter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} “{}” {}", self.name, self.value, self.problem)
    }
}

/// An address from its parts; empty values are left out.
pub(super) fn target(path: &str, parameters: &[(&str, &str)]) -> String {
    let mut target = path.to_owned();
    let mut sign = '?';
    for (name, value) in parameters.iter().filter(|(_, value)| !value.is_empty()) {
        target.push(sign);
        target.push_str(name);
        target.push('=');
        target.push_str(&courant_news::address::segment(value));
        sign = '&';
    }
    target
}
