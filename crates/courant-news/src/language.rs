//! The language of a story and the way it is written.

use std::fmt;

use crate::FieldError;

/// A language tag in the sense of BCP 47, lower case: `en`, `pt-br`, `zh-hans`.
///
/// Only the grammar is checked (letters, digits, hyphens; 2 to 8 letters first), not the registry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(Box<str>);

/// The direction a language is written in. HTML `dir`; ninjs `language` decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Lang {
    const LEN_MAX_BYTES: usize = 35; // RFC 5646 section 4.4.1: no registered combination is longer.

    /// Parses a tag; `_` is read as `-`.
    ///
    /// # Errors
    /// A [`FieldError`] when it is not a well-formed tag.
    pub fn parse(given: &str) -> Result<Self, FieldError> {
        let tag = given.trim().to_ascii_lowercase().replace('_', "-");
        let well_formed = tag.len() <= Self::LEN_MAX_BYTES
            && tag.split('-').all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
            && tag.split('-').next().is_some_and(|first| first.len() >= 2 && first.bytes().all(|byte| byte.is_ascii_alphabetic()));
        if well_formed {
            Ok(Self(tag.into()))
        } else {
            Err(FieldError::new("language", given, "is not a language tag; use BCP 47, such as en or pt-br"))
        }
    }

    /// English, for what says nothing else.
    pub fn english() -> Self {
        Self("en".into())
    }

    /// The whole tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first part, which names the language: `zh` of `zh-hans`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// The direction its usual script is written in.
    pub fn direction(&self) -> Direction {
        let script = self.0.split('-').nth(1);
        match (self.primary(), script) {
            (_, Some("latn" | "cyrl")) => Direction::Ltr,
            (_, Some("arab" | "hebr" | "thaa" | "nkoo" | "syrc" | "adlm" | "rohg")) => Direction::Rtl,
            ("ar" | "fa" | "he" | "iw" | "ur" | "ps" | "sd" | "ug" | "yi" | "dv" | "ckb" | "arc" | "syr" | "nqo" | "ks", _) => {
                Direction::Rtl
            }
            _ => Direction::Ltr,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Direction {
    /// The value of HTML's `dir`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_tidied_and_checked() {
        assert_eq!(Lang::parse("pt_BR").unwrap().as_str(), "pt-br");
        assert_eq!(Lang::parse("zh-Hans").unwrap().primary(), "zh");
        for wrong in ["", "e", "english language", "12", "en--us", "en-"] {
            assert!(Lang::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn arabic_runs_from_the_right_unless_written_in_latin() {
        assert_eq!(Lang::parse("ar-EG").unwrap().direction(), Direction::Rtl);
        assert_eq!(Lang::parse("ar-latn").unwrap().direction(), Direction::Ltr);
        assert_eq!(Lang::parse("az-arab").unwrap().direction(), Direction::Rtl);
        assert_eq!(Lang::parse("ru").unwrap().direction(), Direction::Ltr);
    }
}
