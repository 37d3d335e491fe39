//! Decimal numbers as they are typed and shown.

use std::fmt;

use courant_news::FieldError;
use num_bigint::BigInt;
use num_traits::{Signed, Zero};

/// A decimal number of any size, with the places it was written with: `1.50` keeps its zero.
///
/// Two are equal when they are written alike; compare amounts as [`Exact`](crate::Exact).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// The number without its point.
    digits: BigInt,
    /// How many of the digits stand behind the point.
    places: u32,
}

impl Decimal {
    /// The most digits of a number that is read.
    pub const DIGITS_MAX: usize = 40;

    /// Reads digits with at most one point and a sign before them: `1234.56`, `-7`.
    ///
    /// # Errors
    /// A [`FieldError`] for the field `amount` when it is anything else or has more than [`Decimal::DIGITS_MAX`] digits.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let refused = |problem: &str| FieldError::new("amount", text, problem);
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !is_digits(whole) || !is_digits(fraction) {
            return Err(refused("is not a number; write it like 1234.56"));
        }
        if Self::DIGITS_MAX < unsigned.len() {
            return Err(refused("has more than 40 digits; give fewer"));
        }
        let fraction = if unsigned.contains('.') { fraction } else { "" };
        let digits: BigInt = format!("{whole}{fraction}").parse().map_err(|_| refused("is not a number; write it like 1234.56"))?;
        let digits = if text.starts_with('-') { -digits } else { digits };
        Ok(Self { digits, places: u32::try_from(fraction.len()).unwrap_or(u32::MAX) })
    }

    /// The number `digits` / 10^`places`.
    pub fn new(digits: BigInt, places: u32) -> Self {
        Self { digits, places }
    }

    /// The number without its point.
    pub fn digits(&self) -> &BigInt {
        &self.digits
    }

    /// How many digits stand behind the point.
    pub fn places(&self) -> u32 {
        self.places
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        self.digits.is_zero()
    }

    /// Whether it is below zero.
    pub fn is_negative(&self) -> bool {
        self.digits.is_negative()
    }

    /// The same number without zeros at the end of its fraction.
    #[must_use]
    pub fn trimmed(self) -> Self {
        let Self { mut digits, mut places } = self;
        let ten = BigInt::from(10_u32);
        while 0 < places && (&digits % &ten).is_zero() {
            digits /= &ten;
            places -= 1;
        }
        Self { digits, places }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits.magnitude().to_string();
        let places = self.places as usize;
        let digits = if digits.len() <= places { format!("{digits:0>width$}", width = places + 1) } else { digits };
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let sign = if self.is_negative() { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_number_is_refused_with_the_remedy() {
        for bad in ["", "-", ".", "1.", ".5", "1.2.3", "1e5", "+1", "1 000", "NaN", "٣", &"9".repeat(400)] {
            let refused = Decimal::parse(bad).unwrap_err().to_string();
            assert!(refused.contains("write it like") || refused.contains("give fewer"), "{refused}");
        }
    }

    proptest! {
        #[test]
        fn a_number_is_printed_as_it_was_written(text in "-?(0|[1-9][0-9]{0,15})(\\.[0-9]{1,15})?") {
            let minus_zero = text.starts_with('-') && !text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
            prop_assume!(!minus_zero);
            prop_assert_eq!(Decimal::parse(&text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn zeros_at_the_end_can_be_dropped() {
        for (given, trimmed) in [("1.500", "1.5"), ("100", "100"), ("0.000", "0"), ("10.0", "10"), ("-2.50", "-2.5")] {
            assert_eq!(Decimal::parse(given).unwrap().trimmed().to_string(), trimmed);
        }
    }
}
