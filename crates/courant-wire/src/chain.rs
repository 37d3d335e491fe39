//! The hash chain: each entry's hash covers its bytes and the hash before it.

use std::fmt;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::WireSeq;

/// The SHA-256 of an entry and, through its predecessor's, of the whole wire before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryHash(pub [u8; 32]);

/// So that no hash of ours can be mistaken for one of another protocol.
const DOMAIN: &[u8] = b"courant wire entry 1\n";

impl EntryHash {
    /// What the first entry names as its predecessor.
    pub const START: Self = Self([0; 32]);

    /// The hash of an entry.
    ///
    /// SHA-256 over: the domain line, the previous hash, the number and the instant (microseconds since 1970, both
    /// eight bytes, big-endian), the codec (four bytes, big-endian), the kind and the payload, each of these two
    /// preceded by its length in eight bytes, big-endian.
    pub fn of(previous: Self, seq: WireSeq, moved_at: Timestamp, codec: u32, kind: &str, payload: &[u8]) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(DOMAIN);
        hasher.update(previous.0);
        hasher.update(seq.0.to_be_bytes());
        hasher.update(moved_at.as_microsecond().to_be_bytes());
        hasher.update(codec.to_be_bytes());
        for part in [kind.as_bytes(), payload] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part);
        }
        Self(hasher.finalize().into())
    }

    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        for (byte_idx, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * byte_idx..2 * byte_idx + 2], 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl fmt::Display for EntryHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for EntryHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_counts() {
        let at = Timestamp::UNIX_EPOCH;
        let base = EntryHash::of(EntryHash::START, WireSeq(1), at, 1, "move", b"{}");
        for other in [
            EntryHash::of(base, WireSeq(1), at, 1, "move", b"{}"),
            EntryHash::of(EntryHash::START, WireSeq(2), at, 1, "move", b"{}"),
            EntryHash::of(EntryHash::START, WireSeq(1), Timestamp::MAX, 1, "move", b"{}"),
            EntryHash::of(EntryHash::START, WireSeq(1), at, 2, "move", b"{}"),
            EntryHash::of(EntryHash::START, WireSeq(1), at, 1, "mov", b"e{}"),
            EntryHash::of(EntryHash::START, WireSeq(1), at, 1, "move", b"{ }"),
        ] {
            assert_ne!(base, other);
        }
    }

    #[test]
    fn a_hash_is_read_back_from_hex() {
        let hash = EntryHash::of(EntryHash::START, WireSeq(1), Timestamp::UNIX_EPOCH, 1, "move", b"{}");
        assert_eq!(EntryHash::parse(&hash.to_string()), Some(hash));
        assert_eq!(EntryHash::parse("xyz"), None);
    }
}
