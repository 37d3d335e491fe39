//! How the bytes of an item lie in a database: packed, since agency copy packs to less than half.
//!
//! Packed bytes say of themselves that they are (they open with the magic number of a zstd frame, RFC 8878 clause 3.1.1, while a
//! stored form is JSON), so what an earlier release kept unpacked is read as it stands. Hashes are of the unpacked bytes: packing
//! is how a database keeps a payload, not what was said on the wire.

use std::cell::RefCell;
use std::io;
use std::sync::LazyLock;

use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};

/// Trained on the stored forms of the demonstration, in four languages: `zstd --train --maxdict=8192 --dictID=1701`.
///
/// Never change it: what was packed with it can be read with nothing else. A better one is a second dictionary with another
/// number, chosen by the number a frame names.
static DICTIONARY: &[u8] = include_bytes!("../packing-1.dict");
/// Faster levels save no time worth having, slower ones no space.
const LEVEL: i32 = 3;
/// What opens a zstd frame.
const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
/// The most bytes one payload unpacks to: twice what an import accepts, as JSON may grow by its escapes.
const UNPACKED_MAX: usize = 64 << 20;

static ENCODER: LazyLock<EncoderDictionary<'static>> = LazyLock::new(|| EncoderDictionary::copy(DICTIONARY, LEVEL));
static DECODER: LazyLock<DecoderDictionary<'static>> = LazyLock::new(|| DecoderDictionary::copy(DICTIONARY));

thread_local! {
    /// A compressor needs a few hundred kilobytes of working memory; one for each thread that packs.
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static DECOMPRESSOR: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

/// The bytes as they are kept: packed, or as they stand where that would not make them shorter.
pub(crate) fn pack(bytes: Vec<u8>) -> Vec<u8> {
    let packed = COMPRESSOR.with_borrow_mut(|kept| {
        let compressor = match kept {
            Some(compressor) => compressor,
            absent => absent.insert(Compressor::with_prepared_dictionary(&ENCODER)?),
        };
        compressor.compress(&bytes)
    });
    match packed {
        Ok(packed) if packed.len() < bytes.len() => packed,
        // Out of memory is the only way to fail; the bytes are as good unpacked.
        Ok(_) | Err(_) => bytes,
    }
}

/// The bytes that were packed.
///
/// # Errors
/// When they open like packed bytes and are not, or unpack to more than [`UNPACKED_MAX`].
pub(crate) fn unpack(kept: &[u8]) -> io::Result<Vec<u8>> {
    if !kept.starts_with(&MAGIC) {
        return Ok(kept.to_vec());
    }
    let n_bytes = match zstd::zstd_safe::get_frame_content_size(kept) {
        Ok(Some(n_bytes)) => usize::try_from(n_bytes).unwrap_or(usize::MAX),
        Ok(None) | Err(_) => return Err(invalid("it does not say how long it is")),
    };
    if UNPACKED_MAX < n_bytes {
        return Err(invalid(&format!("it unpacks to {n_bytes} bytes, more than {UNPACKED_MAX}")));
    }
    DECOMPRESSOR.with_borrow_mut(|kept_ready| {
        let decompressor = match kept_ready {
            Some(decompressor) => decompressor,
            absent => absent.insert(Decompressor::with_prepared_dictionary(&DECODER)?),
        };
        decompressor.decompress(kept, n_bytes)
    })
}

fn invalid(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("packed bytes cannot be unpacked: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const COPY: &str = r#"{"item":{"guid":"urn:a","version":1,"type":"text","status":"usable","urgency":5,"headline":"Harbour office moves tide tables to metres"}}"#;

    #[test]
    fn what_is_packed_is_shorter_and_unpacks_to_the_same_bytes() {
        let packed = pack(COPY.as_bytes().to_vec());
        assert!(packed.len() < COPY.len() / 2, "{} of {}", packed.len(), COPY.len());
        assert_eq!(unpack(&packed).unwrap(), COPY.as_bytes());
    }

    #[test]
    fn what_an_earlier_release_kept_is_read_as_it_stands() {
        assert_eq!(unpack(COPY.as_bytes()).unwrap(), COPY.as_bytes());
        assert_eq!(unpack(b"").unwrap(), b"");
        // Too short to gain by packing.
        assert_eq!(pack(b"{}".to_vec()), b"{}");
    }

    /// The bytes an earlier release packed must be readable for ever, whatever becomes of the dictionary.
    #[test]
    fn golden_bytes_of_the_first_dictionary_are_read() {
        let golden = include_bytes!("../packing-1.golden");
        assert_eq!(unpack(golden).unwrap(), COPY.as_bytes());
    }

    #[test]
    fn damaged_bytes_are_refused() {
        let mut packed = pack(COPY.as_bytes().to_vec());
        packed.truncate(packed.len() - 3);
        assert!(unpack(&packed).is_err());
        assert!(unpack(&MAGIC).is_err());
        // A frame that claims 1 TiB: one segment, eight bytes of content size.
        let mut bomb = MAGIC.to_vec();
        bomb.extend([0b1110_0000, 0, 0, 0, 0, 0, 1, 0, 0]);
        assert!(unpack(&bomb).unwrap_err().to_string().contains("more than"));
    }
}
