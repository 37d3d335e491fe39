//! What names a story and its versions.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::FieldError;

/// What a story is called over its whole life, in every format and on every machine.
///
/// An IRI or any other text without white space, 1 to [`Guid::LEN_MAX_BYTES`] bytes. Corrections, holds and kills
/// repeat it unchanged. ninjs `uri`; NewsML-G2 `guid`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Guid(Box<str>);

impl Guid {
    /// The longest guid, in bytes.
    pub const LEN_MAX_BYTES: usize = 500;

    /// Parses what a sender gave. Outer white space is dropped.
    ///
    /// # Errors
    /// A [`FieldError`] when it is empty, too long, or holds white space or control characters.
    pub fn parse(given: &str) -> Result<Self, FieldError> {
        let text = given.trim();
        if text.is_empty() {
            return Err(FieldError::new("guid", given, "is empty; every story needs a stable uri"));
        }
        if Self::LEN_MAX_BYTES < text.len() {
            let problem = format!("has {} bytes, and at most {} are allowed", text.len(), Self::LEN_MAX_BYTES);
            return Err(FieldError::new("guid", given, problem));
        }
        if text.chars().any(|letter| letter.is_whitespace() || letter.is_control()) {
            return Err(FieldError::new("guid", given, "holds white space; use an IRI such as tag:agency.example,2026:1"));
        }
        Ok(Self(text.into()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The short public name that addresses use; see [`StoryId`].
    pub fn story_id(&self) -> StoryId {
        StoryId::of(self)
    }
}

impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The short name of a story in public addresses: twelve characters such as `4n7k0wq2rv5c`.
///
/// The first 60 bits of the SHA-256 of the guid, in Crockford's base 32, lower case. It is a pure function of the
/// guid, so every projection computes the same address without asking another. At 11 million stories the chance
/// that any two share one is below one in ten thousand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoryId(u64);

impl StoryId {
    /// How many characters it has in an address.
    pub const LEN_CHARS: usize = 12;
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

    /// The id of the story called `guid`.
    pub fn of(guid: &Guid) -> Self {
        let digest = Sha256::digest(guid.as_str().as_bytes());
        let first = digest[..8].iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        Self(first >> 4)
    }

    /// Reads an id from an address; upper case is accepted. `None` when it cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != Self::LEN_CHARS {
            return None;
        }
        text.bytes()
            .try_fold(0_u64, |number, byte| {
                let digit = Self::ALPHABET.iter().position(|letter| *letter == byte.to_ascii_lowercase())?;
                Some(number << 5 | digit as u64)
            })
            .map(Self)
    }

    /// As a number below 2^60, for stores and indexes.
    pub fn number(self) -> u64 {
        self.0
    }

    /// The id a store or index kept as a number. `None` when it is 2^60 or more.
    pub fn from_number(number: u64) -> Option<Self> {
        (number < 1 << 60).then_some(Self(number))
    }
}

impl fmt::Display for StoryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for place in (0..Self::LEN_CHARS).rev() {
            let digit = (self.0 >> (5 * place)) & 31;
            let letter = Self::ALPHABET[usize::try_from(digit).expect("five bits fit")];
            f.write_str(char::from(letter).encode_utf8(&mut [0; 4]))?;
        }
        Ok(())
    }
}

/// The edition of a story, from 1. ninjs and NewsML-G2 `version`.
///
/// Every act that re-issues the story raises it by one, a pure change of status too; a repeat does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(u32);

impl Version {
    /// The version a story first moves with.
    pub const FIRST: Self = Self(1);

    /// The version with this number. `None` for 0.
    pub fn new(number: u32) -> Option<Self> {
        (number != 0).then_some(Self(number))
    }

    /// The number, 1 or more.
    pub fn number(self) -> u32 {
        self.0
    }

    /// The version after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_id_survives_its_address() {
        for guid in ["tag:courant.example,2026:1", "urn:newsml:x", "a"] {
            let id = Guid::parse(guid).unwrap().story_id();
            assert_eq!(StoryId::parse(&id.to_string()), Some(id));
            assert_eq!(StoryId::from_number(id.number()), Some(id));
            assert_eq!(StoryId::parse(&id.to_string().to_uppercase()), Some(id));
        }
    }

    #[test]
    fn the_id_of_a_guid_never_changes() {
        // SHA-256("a") begins ca978112ca1bbdc; an address once given out must hold for ever.
        assert_eq!(Guid::parse("a").unwrap().story_id().number(), 0x0ca9_7811_2ca1_bbdc);
    }

    #[test]
    fn what_is_not_an_id_is_none() {
        for wrong in ["", "4n7k", "4n7k0wq2rv5l", "4n7k0wq2rv5cc", "4n7k0wq2rv5é"] {
            assert_eq!(StoryId::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_guid_with_white_space_is_refused() {
        assert!(Guid::parse("urn:a b").is_err());
        assert!(Guid::parse("").is_err());
        assert!(Guid::parse(&"g".repeat(501)).is_err());
    }
}
