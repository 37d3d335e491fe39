//! Words as numbers: 64 bits that mean the same on every machine and in every release.

/// FNV-1a with a last stirring, so that low bits are as good as high ones.
pub(crate) fn key(kind: u64, word: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ kind.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for byte in word.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    stir(hash)
}

/// A key of a key in a language.
pub(crate) fn within(lang: u64, key: u64) -> u64 {
    stir(key ^ lang.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// Spreads a number over all bits.
pub(crate) fn stir(mut hash: u64) -> u64 {
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ (hash >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_the_same_for_ever() {
        assert_eq!(key(1, "tokyo"), key(1, "tokyo"));
        assert_ne!(key(1, "tokyo"), key(2, "tokyo"));
        assert_ne!(within(1, key(1, "gold")), within(2, key(1, "gold")));
    }
}
