//! A number as a story prints it, exact.

use std::fmt;

/// The most digits a printed number may have; longer ones are no amounts.
const DIGITS_MAX: usize = 24;
/// Powers of ten a number may be moved by in all: from a thousandth of a cent to a trillion of trillions.
const EXPONENT_MAX: i32 = 24;

/// `coefficient` times ten to the power of `exponent`. Never negative: a story writes a loss in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Printed {
    coefficient: u128,
    exponent: i32,
}

impl Printed {
    pub(super) const ONE: Self = Self { coefficient: 1, exponent: 0 };
    pub(super) const HALF: Self = Self { coefficient: 5, exponent: -1 };

    pub(super) fn whole(value: u32) -> Self {
        Self { coefficient: value.into(), exponent: 0 }
    }

    /// Digits of ASCII, of which the last `n_decimals` stand behind the point.
    pub(super) fn parse(digits: &str, n_decimals: usize) -> Option<Self> {
        if digits.is_empty() || DIGITS_MAX < digits.len() {
            return None;
        }
        let coefficient = digits.parse().ok()?;
        Some(Self { coefficient, exponent: -i32::try_from(n_decimals).ok()? })
    }

    /// Times ten to this power; `None` beyond what any story prints.
    pub(super) fn moved(self, power: i32) -> Option<Self> {
        let exponent = self.exponent + power;
        (exponent.abs() <= EXPONENT_MAX).then_some(Self { exponent, ..self })
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let exponent = self.exponent.min(other.exponent);
        let raised = |number: Self| {
            let power = u32::try_from(number.exponent - exponent).ok()?;
            number.coefficient.checked_mul(10_u128.checked_pow(power)?)
        };
        Some(Self { coefficient: raised(self)?.checked_add(raised(other)?)?, exponent })
    }

    /// `numerator / denominator`, for the halves to sixty-fourths that prices are quoted in.
    pub(super) fn fraction(numerator: u32, denominator: u32) -> Option<Self> {
        if !matches!(denominator, 2 | 4 | 8 | 16 | 32 | 64) || denominator <= numerator {
            return None;
        }
        // A sixty-fourth has six decimals.
        Some(Self { coefficient: u128::from(numerator) * u128::from(1_000_000 / denominator), exponent: -6 })
    }

    pub(super) fn is_zero(self) -> bool {
        self.coefficient == 0
    }

    pub(super) fn is_below(self, other: Self) -> bool {
        let exponent = self.exponent.min(other.exponent);
        let raised = |number: Self| {
            let power = u32::try_from(number.exponent - exponent).unwrap_or(u32::MAX);
            10_u128.checked_pow(power).and_then(|factor| number.coefficient.checked_mul(factor)).unwrap_or(u128::MAX)
        };
        raised(self) < raised(other)
    }
}

/// Plain digits with at most one point, no needless zeros: `3200000`, `0.25`.
impl fmt::Display for Printed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.coefficient.to_string();
        if self.coefficient == 0 {
            return f.write_str("0");
        }
        let Ok(n_decimals) = usize::try_from(-self.exponent) else {
            return write!(f, "{digits}{}", "0".repeat(self.exponent.unsigned_abs() as usize));
        };
        let padded = format!("{digits:0>width$}", width = n_decimals + 1);
        let (whole, decimals) = padded.split_at(padded.len() - n_decimals);
        let decimals = decimals.trim_end_matches('0');
        f.write_str(whole)?;
        if decimals.is_empty() { Ok(()) } else { write!(f, ".{decimals}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_moved_added_and_printed_exactly() {
        let printed = |digits: &str, decimals, power| Printed::parse(digits, decimals).unwrap().moved(power).unwrap().to_string();
        assert_eq!(printed("45", 1, 6), "4500000");
        assert_eq!(printed("25", 0, -2), "0.25");
        assert_eq!(printed("50", 1, -2), "0.05");
        assert_eq!(printed("0", 0, 6), "0");
        assert_eq!(Printed::whole(37).plus(Printed::fraction(1, 2).unwrap()).unwrap().moved(-2).unwrap().to_string(), "0.375");
        assert_eq!(Printed::fraction(3, 64).unwrap().to_string(), "0.046875");
        assert_eq!((Printed::fraction(1, 3), Printed::fraction(8, 8), Printed::parse(&"9".repeat(25), 0)), (None, None, None));
    }
}
