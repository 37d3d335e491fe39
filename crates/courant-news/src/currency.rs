//! What names a currency.

use std::fmt;

use crate::FieldError;

/// The code of a currency as ISO 4217 writes it: three letters, upper case.
///
/// It says nothing about whether such a currency ever existed; the tables of ISO 4217 are `courant-rates`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CurrencyCode([u8; 3]);

impl CurrencyCode {
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");

    /// Reads a code, in any case, with white space around it.
    ///
    /// # Errors
    /// A [`FieldError`] when it is not three letters of ASCII.
    pub fn parse(given: &str) -> Result<Self, FieldError> {
        match given.trim().as_bytes() {
            &[first, second, third] if [first, second, third].iter().all(u8::is_ascii_alphabetic) => {
                Ok(Self([first, second, third].map(|letter| letter.to_ascii_uppercase())))
            }
            _ => Err(FieldError::new("currency", given, "is not a code of ISO 4217; give three letters such as EUR")),
        }
    }

    /// The code that these three capitals are, for tables that are part of a program.
    ///
    /// # Panics
    /// While compiling, when a byte is no capital.
    pub const fn literal(code: &[u8; 3]) -> Self {
        assert!(code[0].is_ascii_uppercase() && code[1].is_ascii_uppercase() && code[2].is_ascii_uppercase(), "a code is three capitals");
        Self(*code)
    }

    /// The three capitals.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("three capitals of ASCII are UTF-8")
    }
}

impl fmt::Display for CurrencyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CurrencyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CurrencyCode({})", self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_letters_are_a_code_and_nothing_else_is() {
        assert_eq!(CurrencyCode::parse(" usd ").unwrap().as_str(), "USD");
        for bad in ["", "US", "USDT", "U1D", "€", "руб"] {
            let refused = CurrencyCode::parse(bad).unwrap_err();
            assert!(refused.to_string().contains("give three letters"), "{refused}");
        }
    }
}
