//! What nobody can guess: tokens of addresses, keys of signatures, challenges.

use std::fmt::Write as _;

use rustls::crypto::ring::default_provider;

/// The length in bytes: as many possibilities as a UUID has, and more.
const LEN_BYTES: usize = 16;

/// A new one, in hexadecimal digits. `None` when the system gives no chance; then nothing that hangs on it may be done.
pub(crate) fn unguessable() -> Option<String> {
    let mut bytes = [0; LEN_BYTES];
    default_provider().secure_random.fill(&mut bytes).ok()?;
    Some(hexadecimal(&bytes))
}

/// Bytes as digits, two each, in lower case.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_are_the_same() {
        let (one, other) = (unguessable().unwrap(), unguessable().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.len(), 2 * LEN_BYTES);
        assert_eq!(hexadecimal(&[0, 10, 255]), "000aff");
    }
}
