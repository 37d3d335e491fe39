//! A source that is one document from its first byte to its last.

use std::io::{BufRead, Read as _};
use std::sync::Arc;

use super::{Document, SourceError};

/// The one document that `reader`, which is called `name` in reports, holds; an empty source holds none.
///
/// # Errors
/// [`SourceError::WholeTooLong`] when there are more than `len_bytes_max` bytes, of which no more are taken into
/// memory; [`SourceError::Broken`] when reading fails.
pub fn whole<R: BufRead>(reader: R, name: impl Into<Arc<str>>, len_bytes_max: u64) -> Result<Option<Document>, SourceError> {
    let name: Arc<str> = name.into();
    let mut bytes = Vec::new();
    if let Err(source) = reader.take(len_bytes_max.saturating_add(1)).read_to_end(&mut bytes) {
        return Err(SourceError::Broken { name, offset_bytes: bytes.len() as u64, source });
    }
    if len_bytes_max < bytes.len() as u64 {
        return Err(SourceError::WholeTooLong { name, len_bytes_max });
    }
    Ok((!bytes.is_empty()).then_some(Document { name, line: 1, offset_bytes: 0, bytes }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_taken_whole_up_to_its_limit() {
        assert_eq!(whole(&b"<rss/>"[..], "x", 6).unwrap().unwrap().bytes, b"<rss/>");
        assert_eq!(whole(&b""[..], "x", 6).unwrap(), None);
        let refused = whole(&b"<rss/>."[..], "x", 6).unwrap_err().to_string();
        assert_eq!(refused, "x is longer than 6 bytes; split it");
    }
}
