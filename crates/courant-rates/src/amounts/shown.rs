//! A converted amount as it stands beside the printed one.

use crate::{Currency, CurrencyCode, Decimal, Exact};

/// The fewest figures a converted amount is shown with.
const FIGURES_MIN: usize = 3;

/// A converted amount with as many figures as the printed one has, three at least, and never finer than the minor unit of its
/// currency: what *$4.5 million* comes to is known to the nearest ten thousand, not to the cent.
///
/// `printed` is the printed amount as decimal text. Rounded half-up, once.
pub fn shown(result: &Exact, printed: &str, to: CurrencyCode) -> Decimal {
    let places = Currency::find(to).map_or(2, Currency::places);
    let whole = result.round(0).to_string();
    let n_whole = whole.trim_start_matches('-').len();
    let figures = figures_of(printed).max(FIGURES_MIN);
    let Some(n_zeros) = n_whole.checked_sub(figures) else {
        return result.round(places);
    };
    let zeros = "0".repeat(n_zeros);
    let unit = Decimal::parse(&format!("1{zeros}")).expect("a one and zeros are a number");
    let rounded = (result / &Exact::from(&unit)).round(0);
    Decimal::parse(&format!("{rounded}{zeros}")).unwrap_or_else(|_| result.round(0))
}

/// How many figures a number is printed with: 2 for `4500000`, 4 for `12.50`, whose last zero was printed.
fn figures_of(printed: &str) -> usize {
    let digits: String = printed.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    if printed.contains('.') { digits.len() } else { digits.trim_end_matches('0').len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown_as(result: &str, printed: &str, to: &str) -> String {
        shown(&Exact::from(&Decimal::parse(result).unwrap()), printed, CurrencyCode::parse(to).unwrap()).to_string()
    }

    #[test]
    fn a_converted_amount_claims_no_more_than_the_printed_one() {
        assert_eq!(shown_as("4184567.891", "4500000", "EUR"), "4180000");
        assert_eq!(shown_as("4185000", "4500000", "EUR"), "4190000", "half-up");
        assert_eq!(shown_as("413021.55", "413021", "EUR"), "413022");
        assert_eq!(shown_as("0.23456", "0.25", "EUR"), "0.23");
        assert_eq!(shown_as("46.5049", "50", "EUR"), "46.50");
        assert_eq!(shown_as("999.6", "1000", "JPY"), "1000");
        assert_eq!(shown_as("9996.5", "1000", "JPY"), "10000");
        assert_eq!(shown_as("0", "1000", "EUR"), "0.00");
    }

    #[test]
    fn very_large_amounts_are_shown_whole() {
        assert_eq!(shown_as("4184567891234567890123456789", "4.5", "EUR"), "4180000000000000000000000000");
    }
}
