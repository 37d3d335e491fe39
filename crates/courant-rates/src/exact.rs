//! Numbers that are calculated with.

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Div, Mul, Neg, Sub};

use courant_news::RateText;
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Pow, Signed, ToPrimitive, Zero};

use crate::Decimal;

/// A fraction of whole numbers: what amounts and rates are while they are calculated with. Nothing is rounded on the way.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exact(BigRational);

impl Exact {
    /// One.
    pub fn one() -> Self {
        Self(BigRational::one())
    }

    /// A whole number.
    pub fn whole(number: i64) -> Self {
        Self(BigRational::from_integer(number.into()))
    }

    /// The number a source printed.
    pub fn of_rate(rate: &RateText) -> Self {
        let number = Decimal::parse(&rate.with_point()).expect("a rate is a decimal number of at most 40 characters");
        Self::from(&number)
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Its distance from zero.
    #[must_use]
    pub fn abs(&self) -> Self {
        Self(self.0.abs())
    }

    /// The number divided into one; `None` for zero.
    pub fn inverse(&self) -> Option<Self> {
        (!self.is_zero()).then(|| Self(self.0.recip()))
    }

    /// Rounded to so many places, half-up: a tie goes away from zero, as Regulation (EC) No 1103/97, article 5, has it.
    pub fn round(&self, places: u32) -> Decimal {
        let scaled = &self.0 * BigRational::from_integer(power_of_ten(places));
        let doubled: BigInt = scaled.numer().abs() * 2 + scaled.denom();
        let rounded = doubled.div_floor(&(scaled.denom() * 2));
        Decimal::new(if self.0.is_negative() { -rounded } else { rounded }, places)
    }

    /// Rounded half-up to `figures` significant figures, but never inside the whole number.
    pub fn round_to_figures(&self, figures: u32) -> Decimal {
        let places = i64::from(figures) - 1 - self.magnitude();
        self.round(u32::try_from(places).unwrap_or(0))
    }

    /// The decimal exponent of its first figure: 2 for 431.5, -3 for 0.0012; 0 for zero.
    fn magnitude(&self) -> i64 {
        if self.is_zero() {
            return 0;
        }
        let n_digits = |number: &BigInt| i64::try_from(number.magnitude().to_string().len()).unwrap_or(i64::MAX);
        let estimate = n_digits(self.0.numer()) - n_digits(self.0.denom());
        let power = BigRational::from_integer(BigInt::from(10)).pow(i32::try_from(estimate).unwrap_or(i32::MAX));
        if self.0.abs() < power { estimate - 1 } else { estimate }
    }

    /// The nearest binary fraction, for drawing.
    pub fn to_f64(&self) -> f64 {
        self.0.to_f64().unwrap_or(f64::NAN)
    }
}

fn power_of_ten(places: u32) -> BigInt {
    Pow::pow(BigInt::from(10_u32), places)
}

impl From<&Decimal> for Exact {
    fn from(number: &Decimal) -> Self {
        Self(BigRational::new(number.digits().clone(), power_of_ten(number.places())))
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl PartialEq<Decimal> for Exact {
    fn eq(&self, other: &Decimal) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd<Decimal> for Exact {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        self.partial_cmp(&Self::from(other))
    }
}

/// Declares an operation on references; none of them can fail but the division by zero, which callers rule out.
macro_rules! operation {
    ($trait:ident, $method:ident) => {
        impl $trait for &Exact {
            type Output = Exact;

            fn $method(self, other: &Exact) -> Exact {
                Exact((&self.0).$method(&other.0))
            }
        }
    };
}
operation!(Add, add);
operation!(Sub, sub);
operation!(Mul, mul);
operation!(Div, div);

impl Neg for &Exact {
    type Output = Exact;

    fn neg(self) -> Exact {
        Exact(-&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn exact(text: &str) -> Exact {
        Exact::from(&Decimal::parse(text).unwrap())
    }

    #[test]
    fn ties_go_away_from_zero_and_not_to_the_even_digit() {
        for (given, places, rounded) in [
            ("0.125", 2, "0.13"),
            ("0.135", 2, "0.14"),
            ("-0.125", 2, "-0.13"),
            ("2.5", 0, "3"),
            ("0.5", 0, "1"),
            ("0.4999", 0, "0"),
            ("1", 2, "1.00"),
        ] {
            assert_eq!(exact(given).round(places).to_string(), rounded, "{given}");
        }
    }

    #[test]
    fn figures_are_counted_from_the_first_that_is_not_zero() {
        for (given, figures) in [
            ("0.000123456789", "0.000123457"),
            ("1.23456789", "1.23457"),
            ("9.9999999", "10.00000"),
            ("123456789", "123456789"),
            ("0.1", "0.100000"),
            ("99999.96", "100000.0"),
            ("0", "0.00000"),
        ] {
            assert_eq!(exact(given).round_to_figures(6).to_string(), figures, "{given}");
        }
    }

    proptest! {
        #[test]
        fn rounding_is_never_off_by_more_than_half_a_unit(numerator in -1_000_000_i64..1_000_000, denominator in 1_i64..10_000, places in 0_u32..12) {
            let number = &Exact::whole(numerator) / &Exact::whole(denominator);
            let rounded = Exact::from(&number.round(places));
            let unit = Exact::from(&Decimal::new(BigInt::from(1), places));
            prop_assert!(&(&rounded - &number).abs() + &(&rounded - &number).abs() <= unit);
        }
    }
}
