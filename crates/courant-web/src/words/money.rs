//! Numbers with a fraction, and the names of currencies.

use std::borrow::Cow;

use courant_news::CurrencyCode;
use courant_rates::{Currency, Decimal};

use super::{UiLanguage, Words};

/// Whole numbers of fewer digits are not grouped in Russian.
const GROUPED_FROM_DIGITS: usize = 5;

impl Words {
    /// A number as printed: `1,234.56`, `12 345,67` with no-break spaces in Russian. Digits are 0 to 9 in every language.
    pub fn exact(&self, number: &Decimal) -> String {
        let text = number.to_string();
        let (sign, digits) = match text.strip_prefix('-') {
            Some(digits) => ("−", digits),
            None => ("", text.as_str()),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let (group, point, grouped_from) = match self.language {
            UiLanguage::Russian => ("\u{a0}", ",", GROUPED_FROM_DIGITS),
            UiLanguage::English | UiLanguage::Japanese | UiLanguage::Arabic => (",", ".", 4),
        };
        let point = if fraction.is_empty() { "" } else { point };
        let whole = if whole.len() < grouped_from { whole.to_owned() } else { grouped(whole, group) };
        format!("{sign}{whole}{point}{fraction}")
    }

    /// A number as a source printed it, with the signs of this language.
    pub fn printed(&self, text: &str) -> String {
        Decimal::parse(text).map_or_else(|_| text.to_owned(), |number| self.exact(&number))
    }

    /// The name of a currency: from the catalogue where it has one, else as ISO 4217 writes it in English.
    pub fn currency(&self, code: CurrencyCode) -> Cow<'_, str> {
        let name = format!("currency-{}", code.as_str().to_ascii_lowercase());
        match self.fixed.get(name.as_str()) {
            Some(name) => Cow::Borrowed(name),
            None => Cow::Borrowed(Currency::find(code).map_or("", |currency| currency.name)),
        }
    }
}

fn grouped(digits: &str, separator: &str) -> String {
    let mut text = String::with_capacity(digits.len() * 2);
    for (idx, digit) in digits.chars().enumerate() {
        if idx != 0 && (digits.len() - idx).is_multiple_of(3) {
            text.push_str(separator);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_15_numbers_are_printed_as_the_language_has_them() {
        let said = |text: &str| UiLanguage::ALL.map(|language| Words::of(language).exact(&Decimal::parse(text).unwrap()));
        assert_eq!(said("1234.5"), ["1,234.5", "1234,5", "1,234.5", "1,234.5"]);
        assert_eq!(said("-1234567.89"), ["−1,234,567.89", "−1\u{a0}234\u{a0}567,89", "−1,234,567.89", "−1,234,567.89"]);
        assert_eq!(said("0.0000497957")[1], "0,0000497957");
    }

    #[test]
    fn a_currency_without_a_name_of_ours_has_that_of_iso() {
        let name = |code: &[u8; 3], language| Words::of(language).currency(CurrencyCode::literal(code)).into_owned();
        assert_eq!(name(b"JPY", UiLanguage::English), "Japanese yen");
        assert_eq!(name(b"JPY", UiLanguage::Japanese), "日本円");
        assert_eq!(name(b"ZMK", UiLanguage::Russian), "Zambian Kwacha");
    }
}
