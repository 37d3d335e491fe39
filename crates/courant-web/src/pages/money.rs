//! The marked amounts of a story in the currency a reader chose.

use std::collections::BTreeMap;

use courant_news::{CurrencyCode, Money};
use courant_rates::{Decimal, Source};
use jiff::civil::Date;

use super::body::escaped;
use crate::words::{Arg, Words};

/// What is offered and what is chosen.
#[derive(Clone, Debug, Default)]
pub struct MoneyShown {
    /// The currencies to choose from, by code; none when the story has no marked amount.
    pub offered: Vec<CurrencyCode>,
    /// The choice.
    pub choice: MoneyChoice,
}

/// A reader's choice.
#[derive(Clone, Debug, Default)]
pub enum MoneyChoice {
    /// Nothing was chosen.
    #[default]
    AsPrinted,
    /// This currency.
    In(InCurrency),
    /// Something that is no currency.
    Unknown {
        /// What was typed.
        typed: String,
    },
    /// A currency, for a story whose copy has no marked amount.
    NothingMarked,
}

/// The amounts in another currency.
#[derive(Clone, Debug)]
pub struct InCurrency {
    /// Which.
    pub to: CurrencyCode,
    /// The day of the story, whose rates were asked for.
    pub on: Date,
    /// Whose rates.
    pub source: Source,
    /// Each amount, by its currency and its decimal text, rounded as it is shown.
    pub amounts: BTreeMap<(CurrencyCode, String), Decimal>,
    /// The rates that were used, in the order of the copy.
    pub rates: Vec<RateUsed>,
    /// Currencies without a rate for that day.
    pub lacking: Vec<CurrencyCode>,
}

/// A rate that amounts were converted at.
#[derive(Clone, Debug)]
pub struct RateUsed {
    /// One of this currency
    pub from: CurrencyCode,
    /// is so many of the chosen one,
    pub rate: Decimal,
    /// by the rates of this day.
    pub observed: Date,
}

impl MoneyShown {
    /// The code that was chosen; empty for none.
    pub(super) fn chosen(&self) -> &str {
        match &self.choice {
            MoneyChoice::In(shown) => shown.to.as_str(),
            MoneyChoice::AsPrinted | MoneyChoice::Unknown { .. } | MoneyChoice::NothingMarked => "",
        }
    }

    /// What stands behind a marked amount, as HTML: the printed words stay, the converted amount is set apart in brackets.
    pub(super) fn beside(&self, money: &Money, words: &Words) -> Option<String> {
        let MoneyChoice::In(shown) = &self.choice else { return None };
        let from = CurrencyCode::parse(&money.currency).ok()?;
        let amount = shown.amounts.get(&(from, money.amount.to_string()))?;
        let amount = format!("≈\u{a0}{}\u{a0}{}", words.exact(amount), shown.to);
        Some(format!(" <small class=\"in\">[<bdi>{}</bdi>]</small>", escaped(&amount)))
    }

    /// What is said above the copy, a sentence a line: by which rates of which day and whose, and what has none.
    pub(super) fn notes(&self, words: &Words) -> Vec<String> {
        match &self.choice {
            MoneyChoice::AsPrinted => Vec::new(),
            MoneyChoice::Unknown { typed } => vec![words.say("money-unknown", &[("typed", Arg::Text(typed))])],
            MoneyChoice::NothingMarked => vec![words.t("money-none").to_owned()],
            MoneyChoice::In(shown) => {
                let (date, bank) = (words.date(shown.on), shown.source.facts().bank);
                let currency = words.currency(shown.to);
                let mut notes = Vec::new();
                if !shown.rates.is_empty() {
                    notes.push(
                        words.say(
                            "money-note",
                            &[("currency", Arg::Text(&currency)), ("date", Arg::Text(&date)), ("source", Arg::Text(bank))],
                        ),
                    );
                }
                notes.extend(shown.rates.iter().map(|used| {
                    let rate = format!("1\u{a0}{} = {}\u{a0}{}", used.from, words.exact(&used.rate), shown.to);
                    if used.observed == shown.on { rate } else { format!("{rate} ({})", words.date(used.observed)) }
                }));
                if !shown.lacking.is_empty() {
                    let codes: Vec<&str> = shown.lacking.iter().map(CurrencyCode::as_str).collect();
                    let codes = codes.join(", ");
                    notes.push(
                        words
                            .say("money-lacking", &[("codes", Arg::Text(&codes)), ("date", Arg::Text(&date)), ("source", Arg::Text(bank))]),
                    );
                }
                notes
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::words::UiLanguage;

    fn in_euros() -> MoneyShown {
        let usd = CurrencyCode::parse("USD").unwrap();
        let decimal = |text: &str| Decimal::parse(text).unwrap();
        MoneyShown {
            offered: vec![CurrencyCode::EUR, usd],
            choice: MoneyChoice::In(InCurrency {
                to: CurrencyCode::EUR,
                on: date(2017, 3, 19),
                source: Source::Ecb,
                amounts: BTreeMap::from([((usd, "3200000".to_owned()), decimal("2980000"))]),
                rates: vec![RateUsed { from: usd, rate: decimal("0.931706"), observed: date(2017, 3, 17) }],
                lacking: vec![CurrencyCode::parse("XAU").unwrap()],
            }),
        }
    }

    #[test]
    fn the_converted_amount_stands_beside_the_printed_one() {
        let words = Words::of(UiLanguage::English);
        let beside =
            |words_printed: &str, amount: &str, code: &str| in_euros().beside(&Money::new(words_printed, amount, code).unwrap(), words);
        assert_eq!(
            beside("$3.2 million", "3200000", "USD").unwrap(),
            " <small class=\"in\">[<bdi>≈\u{a0}2,980,000\u{a0}EUR</bdi>]</small>"
        );
        assert_eq!(beside("$5", "5", "USD"), None, "an amount that was not converted");
        assert_eq!(MoneyShown::default().beside(&Money::new("$5", "5", "USD").unwrap(), words), None);
    }

    #[test]
    fn day_source_and_what_is_lacking_are_said_in_every_language() {
        for language in UiLanguage::ALL {
            let notes = in_euros().notes(Words::of(language));
            assert_eq!(notes.len(), 3, "{notes:?}");
            assert!(notes[0].contains("European Central Bank"), "{notes:?}");
            assert!(notes[1].contains("USD") && notes[1].contains("EUR") && notes[1].contains('('), "its own day: {notes:?}");
            assert!(notes[2].contains("XAU"), "{notes:?}");
        }
        let unknown = MoneyShown { offered: Vec::new(), choice: MoneyChoice::Unknown { typed: "<b>".to_owned() } };
        assert!(unknown.notes(Words::of(UiLanguage::English))[0].contains("<b>"), "the template escapes it");
    }
}
