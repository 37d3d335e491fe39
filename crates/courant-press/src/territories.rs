//! Names of territories in many languages, from the Unicode CLDR.
//!
//! The one place that knows `icu_locale`, whose interface to names may still change.

use icu_locale::Locale;
use icu_locale::names::{DisplayNamesPreferences, RegionDisplayName};
use icu_locale::subtags::Region;
use writeable::Writeable;

/// Languages whose names are taken; CLDR has more, but each costs memory in every process that matches.
pub(crate) const LANGS: &[&str] = &[
    "en", "es", "pt", "fr", "de", "it", "nl", "sv", "no", "da", "fi", "pl", "cs", "sk", "sl", "hr", "sr", "hu", "ro", "bg", "el", "tr",
    "ru", "uk", "be", "kk", "ar", "fa", "he", "hi", "id", "vi", "th", "ja", "ko", "zh",
];

/// Calls `sink` with the code of each territory and its name in `lang`; nothing when CLDR does not have the language.
pub(crate) fn each(lang: &str, mut sink: impl FnMut(&str, &str)) {
    let Ok(locale) = lang.parse::<Locale>() else { return };
    let preferences = DisplayNamesPreferences::from(&locale);
    for first in b'A'..=b'Z' {
        for second in b'A'..=b'Z' {
            let Ok(region) = Region::try_from_utf8(&[first, second]) else { continue };
            if let Ok(name) = RegionDisplayName::try_new_light(preferences, region) {
                sink(region.as_str(), &name.as_borrowed().write_to_string());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_names_its_territories() {
        for lang in LANGS {
            let mut n_names = 0;
            each(lang, |_, _| n_names += 1);
            assert!(200 < n_names, "{lang} names {n_names}");
        }
    }
}
