//! What a bank fixed: exchange rates as they were published, not as anybody computed them.

use std::collections::BTreeSet;
use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::{CurrencyCode, FieldError};

/// The rates a source fixed for one day, exactly as it published them.
///
/// Nothing in it is inverted, divided or rounded: the numbers are the source's own text. A later fixing of the same source and
/// day is a revision; it replaces the quotes it repeats from the moment it moves, and the earlier one stays on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixing {
    /// Who fixed it.
    pub source: RateSource,
    /// The currency everything is quoted against: the pivot of every calculation with this fixing.
    pub base: CurrencyCode,
    /// Which way round the quotes are.
    pub quotation: Quotation,
    /// What the day means.
    pub date_kind: DateKind,
    /// The day the source put on it.
    pub dated: Date,
    /// Whether a currency that is not quoted was not fixed.
    pub scope: FixingScope,
    /// What was quoted: at least one, at most [`Fixing::QUOTES_MAX`], no currency twice, in the order of their codes.
    quotes: Vec<RateQuote>,
    /// When it was fetched from the source.
    pub fetched_at: Timestamp,
    /// The bytes it was read from.
    pub raw_hash: RawHash,
}

/// One number of a fixing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateQuote {
    /// The currency that is quoted.
    pub currency: CurrencyCode,
    /// What one unit of it is.
    pub unit: QuoteUnit,
    /// The number of units the rate is for, 1 to [`RateQuote::NOMINAL_MAX`].
    pub nominal: u32,
    /// The rate as printed.
    pub rate: RateText,
}

/// Who fixes rates: a series of a bank, in lower case: `ecb`, `cbr`, `nbp-a`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RateSource(Box<str>);

/// A rate as its source printed it: digits with at most one point or comma; greater than zero.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RateText(Box<str>);

/// SHA-256 of the bytes that a source sent, so that anyone who kept them can prove what was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RawHash(pub [u8; 32]);

/// Which way round a source quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quotation {
    /// `nominal` units of the base buy `rate` of the quoted currency: 1 EUR = 1.1684 USD.
    PerBase,
    /// `nominal` units of the quoted currency cost `rate` of the base: 100 JPY = 51.02 RUB.
    InBase,
}

/// What the day of a fixing means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateKind {
    /// The rates were observed on that day.
    Observed,
    /// The rates were fixed before and are in force from that day on.
    InForce,
}

/// Whether a currency that is not quoted was not fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FixingScope {
    /// The whole table of the day: what is not in it has no rate.
    Whole,
    /// An excerpt, such as the history of one currency: nothing follows from what is not in it.
    Excerpt,
}

/// What one unit of a quoted currency is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteUnit {
    /// The unit of its ISO 4217 code; for a metal that is the troy ounce.
    Code,
    /// A gram of a metal.
    Gram,
}

impl Fixing {
    /// The most quotes of one fixing.
    pub const QUOTES_MAX: usize = 400;

    /// The quotes, in the order of their codes.
    pub fn quotes(&self) -> &[RateQuote] {
        &self.quotes
    }

    /// What it quotes for `currency`.
    pub fn quote(&self, currency: CurrencyCode) -> Option<&RateQuote> {
        self.quotes.binary_search_by_key(&currency, |quote| quote.currency).ok().map(|at| &self.quotes[at])
    }

    /// The fixing with these quotes in place of its own.
    ///
    /// # Errors
    /// A [`FieldError`] when there are none or more than [`Fixing::QUOTES_MAX`], or a currency is quoted twice or is the base.
    pub fn with_quotes(self, mut quotes: Vec<RateQuote>) -> Result<Self, FieldError> {
        let n_quotes = quotes.len();
        if n_quotes == 0 {
            return Err(FieldError::new("quotes", "", "are missing; a fixing quotes at least one currency"));
        }
        if Self::QUOTES_MAX < n_quotes {
            let problem = format!("are too many; a fixing has at most {}", Self::QUOTES_MAX);
            return Err(FieldError::new("quotes", &n_quotes.to_string(), problem));
        }
        quotes.sort_by_key(|quote| quote.currency);
        let mut seen = BTreeSet::new();
        for quote in &quotes {
            if quote.currency == self.base {
                return Err(FieldError::new("quotes", quote.currency.as_str(), "quote the base itself; leave it out"));
            }
            if !seen.insert(quote.currency) {
                return Err(FieldError::new("quotes", quote.currency.as_str(), "name this currency twice; keep one of them"));
            }
        }
        Ok(Self { quotes, ..self })
    }

    /// A fixing without quotes, to be filled by [`Fixing::with_quotes`].
    pub fn of(source: RateSource, base: CurrencyCode, quotation: Quotation, date_kind: DateKind, dated: Date, read: Read) -> Self {
        let Read { scope, fetched_at, raw_hash } = read;
        Self { source, base, quotation, date_kind, dated, scope, quotes: Vec::new(), fetched_at, raw_hash }
    }
}

/// Where a fixing was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    /// Whether it was the whole table.
    pub scope: FixingScope,
    /// When the bytes were fetched.
    pub fetched_at: Timestamp,
    /// Their hash.
    pub raw_hash: RawHash,
}

impl RateQuote {
    /// The largest nominal.
    pub const NOMINAL_MAX: u32 = 1_000_000;

    /// A quote of `nominal` units.
    ///
    /// # Errors
    /// A [`FieldError`] when the nominal is 0 or above [`RateQuote::NOMINAL_MAX`].
    pub fn new(currency: CurrencyCode, nominal: u32, rate: RateText) -> Result<Self, FieldError> {
        if !(1..=Self::NOMINAL_MAX).contains(&nominal) {
            let problem = format!("of {currency} is outside 1 to {}; look whether the source changed its form", Self::NOMINAL_MAX);
            return Err(FieldError::new("nominal", &nominal.to_string(), problem));
        }
        Ok(Self { currency, unit: QuoteUnit::Code, nominal, rate })
    }

    /// The same quote for grams.
    #[must_use]
    pub fn per_gram(self) -> Self {
        Self { unit: QuoteUnit::Gram, ..self }
    }
}

impl RateSource {
    /// The longest name, in bytes.
    pub const LEN_MAX_BYTES: usize = 32;

    /// Reads a name.
    ///
    /// # Errors
    /// A [`FieldError`] when it is not 1 to 32 lower-case letters, digits and hyphens that begin with a letter.
    pub fn parse(given: &str) -> Result<Self, FieldError> {
        let fits = given.len() <= Self::LEN_MAX_BYTES
            && given.starts_with(|first: char| first.is_ascii_lowercase())
            && given.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if fits {
            return Ok(Self(given.into()));
        }
        let problem = format!("is not the name of a source; use at most {} lower-case letters, such as ecb", Self::LEN_MAX_BYTES);
        Err(FieldError::new("source", given, problem))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RateSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl RawHash {
    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Reads 64 hexadecimal digits; `None` for anything else.
    pub fn from_hex(hex: &str) -> Option<Self> {
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let mut hash = [0; 32];
        if hex.len() != 2 * hash.len() {
            return None;
        }
        for (byte, digits) in hash.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
            *byte = digit(digits[0])? * 16 + digit(digits[1])?;
        }
        Some(Self(hash))
    }
}

impl fmt::Display for RawHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl RateText {
    /// The longest text, in bytes.
    pub const LEN_MAX_BYTES: usize = 40;

    /// Takes a rate as printed, white space around it dropped.
    ///
    /// # Errors
    /// A [`FieldError`] when it is no plain decimal number or is not greater than zero.
    pub fn parse(printed: &str) -> Result<Self, FieldError> {
        let text = printed.trim();
        let refused = |problem: &str| Err(FieldError::new("rate", printed, problem));
        if Self::LEN_MAX_BYTES < text.len() {
            return refused("has more than 40 characters; no bank prints such a rate, so the form of the source has changed");
        }
        let mut parts = text.split(['.', ',']);
        let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !parts.next().is_some_and(is_digits) || !parts.next().is_none_or(is_digits) || parts.next().is_some() {
            return refused("is no decimal number greater than zero, written like 1.1684 or 1,1684; look what the source says");
        }
        if !text.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
            return refused("is zero, and no currency costs nothing; look what the source says");
        }
        Ok(Self(text.into()))
    }

    /// The text as printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same number with a point.
    pub fn with_point(&self) -> String {
        self.0.replace(',', ".")
    }
}

impl fmt::Display for RateText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Declares the words of an enum for stored and sent forms.
macro_rules! words {
    ($name:ident, $($variant:ident = $word:literal),+) => {
        impl $name {
            /// The word that stands for it in stored and sent forms.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Reads the word; `None` when there is no such one.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}
words!(Quotation, PerBase = "per-base", InBase = "in-base");
words!(DateKind, Observed = "observed", InForce = "in-force");
words!(FixingScope, Whole = "whole", Excerpt = "excerpt");
words!(QuoteUnit, Code = "code", Gram = "gram");

#[cfg(test)]
mod tests {
    use super::*;

    fn fixing(codes: &[&str]) -> Result<Fixing, FieldError> {
        let read = Read { scope: FixingScope::Whole, fetched_at: Timestamp::UNIX_EPOCH, raw_hash: RawHash([0; 32]) };
        let source = RateSource::parse("ecb").unwrap();
        let quotes = codes
            .iter()
            .map(|code| RateQuote::new(CurrencyCode::parse(code).unwrap(), 1, RateText::parse("1.5").unwrap()))
            .collect::<Result<_, _>>()?;
        let day = jiff::civil::date(2026, 4, 13);
        Fixing::of(source, CurrencyCode::EUR, Quotation::PerBase, DateKind::Observed, day, read).with_quotes(quotes)
    }

    #[test]
    fn a_rate_is_kept_as_printed() {
        for text in ["1.1684", "53,8359", "0.000881", "20082.05", "13168"] {
            assert_eq!(RateText::parse(text).unwrap().as_str(), text);
        }
        assert_eq!(RateText::parse("53,8359").unwrap().with_point(), "53.8359");
    }

    #[test]
    fn what_is_no_rate_is_refused_with_the_remedy() {
        for bad in ["", "0", "0.000", "0,0", "-1.5", "+1.5", "1.2.3", "1,2.3", ".5", "5.", "1e5", "NaN", "inf", "N/A", "١", &"9".repeat(41)]
        {
            let refused = RateText::parse(bad).unwrap_err().to_string();
            assert!(refused.contains("source") && refused.starts_with("rate"), "{bad}: {refused}");
        }
    }

    #[test]
    fn a_hash_is_read_back_from_its_digits() {
        let hash = RawHash::of(b"");
        assert_eq!(hash.to_string(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(RawHash::from_hex(&hash.to_string()), Some(hash));
        assert!(RawHash::from_hex("e3").is_none() && RawHash::from_hex(&"g".repeat(64)).is_none());
    }

    #[test]
    fn a_fixing_quotes_each_currency_once_and_never_its_base() {
        assert_eq!(fixing(&["USD", "CHF"]).unwrap().quotes()[0].currency.as_str(), "CHF");
        assert!(fixing(&["USD"]).unwrap().quote(CurrencyCode::parse("USD").unwrap()).is_some());
        for (codes, named) in [(&[][..], "missing"), (&["USD", "USD"], "twice"), (&["EUR"], "base")] {
            let refused = fixing(codes).unwrap_err().to_string();
            assert!(refused.contains(named), "{refused}");
        }
        assert!(RateQuote::new(CurrencyCode::EUR, 0, RateText::parse("1").unwrap()).is_err());
    }
}
