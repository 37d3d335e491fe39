//! Documents out of a stream, one at a time in memory: JSON objects one after another, a source that is one document, and
//! parts of XML that holds more items than memory should.

use std::io::{self, BufRead, Read as _};
use std::sync::Arc;

use crate::ninjs::DOCUMENT_LEN_BYTES_MAX;

mod batches;
mod whole;

pub use batches::{Batches, batches};
pub use whole::whole;

/// One document, and where it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The source, as the caller named it: a file's path.
    pub name: Arc<str>,
    /// The line it begins on, from 1.
    pub line: u64,
    /// The byte it begins at, from 0.
    pub offset_bytes: u64,
    /// Its bytes. Whether they are a document is the reader's to say.
    pub bytes: Vec<u8>,
}

/// Why a document or the rest of a source could not be had.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// A document is longer than the limit. It was passed over; the next one can be read.
    #[error(
        "{name} line {line}: the document that begins at byte {offset_bytes} is longer than {DOCUMENT_LEN_BYTES_MAX} bytes; it was passed over"
    )]
    TooLong {
        /// The source.
        name: Arc<str>,
        /// The line it begins on.
        line: u64,
        /// The byte it begins at.
        offset_bytes: u64,
    },
    /// A source that is one document is longer than the limit.
    #[error("{name} is longer than {len_bytes_max} bytes; split it")]
    WholeTooLong {
        /// The source.
        name: Arc<str>,
        /// The longest that is read, in bytes.
        len_bytes_max: u64,
    },
    /// The source cannot be read any further.
    #[error("{name}: cannot read beyond byte {offset_bytes}")]
    Broken {
        /// The source.
        name: Arc<str>,
        /// How far reading came.
        offset_bytes: u64,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}

/// The documents of `reader`, which is called `name` in reports.
///
/// Takes a single JSON object, an array of objects, JSON Lines, and objects one after another. Memory holds one
/// document. In JSON Lines, a line that is broken costs only itself.
pub fn items<R: BufRead>(reader: R, name: impl Into<Arc<str>>) -> Items<R> {
    let name: Arc<str> = name.into();
    let is_named_lines = [".jsonl", ".ndjson", ".jsonlines"].iter().any(|ending| name.to_ascii_lowercase().ends_with(ending));
    Items {
        reader,
        shape: if is_named_lines { Shape::Lines } else { Shape::Unknown },
        name,
        line: 1,
        offset_bytes: 0,
        held: Vec::new(),
        held_at: 0,
        has_ended: false,
    }
}

/// The iterator that [`items`] answers with.
#[derive(Debug)]
pub struct Items<R> {
    reader: R,
    name: Arc<str>,
    shape: Shape,
    line: u64,
    offset_bytes: u64,
    /// A first line that was read to find out the shape, and how much of it was handed on.
    held: Vec<u8>,
    held_at: usize,
    has_ended: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Unknown,
    /// A document a line.
    Lines,
    /// Objects, with or without an array around them, over any number of lines.
    Objects,
}

/// Where a scan over JSON text stands.
#[derive(Default)]
struct Scan {
    depth: usize,
    in_text: bool,
    is_escaped: bool,
}

impl Scan {
    /// Takes one byte; `true` when it closes the outermost object.
    fn closes(&mut self, byte: u8) -> bool {
        if self.in_text {
            match byte {
                _ if self.is_escaped => self.is_escaped = false,
                b'\\' => self.is_escaped = true,
                b'"' => self.in_text = false,
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' => self.in_text = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}

/// Whether a byte may stand between objects.
fn is_between(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b',' | b'[' | b']' | 0x1e | 0xef | 0xbb | 0xbf)
}

/// An object on its way in.
#[derive(Default)]
struct Gathered {
    bytes: Vec<u8>,
    line: u64,
    offset_bytes: u64,
    scan: Scan,
    is_too_long: bool,
    is_after_line_end: bool,
}

impl Gathered {
    /// A line end inside a text is no JSON: the document is broken, and the next begins on a line of its own.
    fn is_torn_before(&self, byte: u8) -> bool {
        self.scan.in_text && self.is_after_line_end && byte == b'{'
    }

    /// Takes one byte; `true` when the object is whole, or what stands in its place ends with its line.
    fn take(&mut self, byte: u8) -> bool {
        if self.bytes.is_empty() && !self.is_too_long && is_between(byte) {
            return false;
        }
        if self.is_too_long || DOCUMENT_LEN_BYTES_MAX <= self.bytes.len() {
            self.is_too_long = true;
            self.bytes = Vec::new();
        } else {
            self.bytes.push(byte);
        }
        self.is_after_line_end = byte == b'\n';
        let is_inside = self.scan.depth != 0 || self.scan.in_text;
        self.scan.closes(byte) || (!is_inside && byte == b'\n')
    }
}

impl<R: BufRead> Iterator for Items<R> {
    type Item = Result<Document, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_ended {
            return None;
        }
        let next = match self.shape {
            Shape::Unknown => self.find_shape().and_then(|()| self.advance()),
            Shape::Lines | Shape::Objects => self.advance(),
        };
        match next {
            Ok(None) => {
                self.has_ended = true;
                None
            }
            Ok(Some(document)) => Some(Ok(document)),
            Err(error) => {
                self.has_ended = matches!(error, SourceError::Broken { .. });
                Some(Err(error))
            }
        }
    }
}

impl<R: BufRead> Items<R> {
    fn advance(&mut self) -> Result<Option<Document>, SourceError> {
        if self.shape == Shape::Lines { self.next_line() } else { self.next_object() }
    }

    /// A source is JSON Lines when its first line is a whole object.
    fn find_shape(&mut self) -> Result<(), SourceError> {
        let mut line = Vec::new();
        let limit = DOCUMENT_LEN_BYTES_MAX as u64 + 1;
        loop {
            line.clear();
            let n_bytes = (&mut self.reader).take(limit).read_until(b'\n', &mut line).map_err(|source| self.broken(source))?;
            if n_bytes == 0 {
                self.shape = Shape::Lines;
                return Ok(());
            }
            if !line.iter().all(u8::is_ascii_whitespace) {
                break;
            }
            self.step(&line);
        }
        let text = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line).trim_ascii();
        let mut scan = Scan::default();
        let end = text.iter().position(|byte| scan.closes(*byte));
        let is_whole = text.first() == Some(&b'{') && end.is_some_and(|end| end + 1 == text.len());
        self.shape = if is_whole { Shape::Lines } else { Shape::Objects };
        self.held = line;
        Ok(())
    }

    fn next_line(&mut self) -> Result<Option<Document>, SourceError> {
        loop {
            let (line, offset_bytes) = (self.line, self.offset_bytes);
            let mut bytes = std::mem::take(&mut self.held);
            if bytes.is_empty() {
                let limit = DOCUMENT_LEN_BYTES_MAX as u64 + 1;
                let read = (&mut self.reader).take(limit).read_until(b'\n', &mut bytes);
                if read.map_err(|source| self.broken(source))? == 0 {
                    return Ok(None);
                }
            }
            self.step(&bytes);
            let is_cut = DOCUMENT_LEN_BYTES_MAX < bytes.len() && !bytes.ends_with(b"\n");
            if is_cut {
                drop(bytes);
                self.pass_over_line()?;
                return Err(SourceError::TooLong { name: Arc::clone(&self.name), line, offset_bytes });
            }
            if bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            while bytes.last().is_some_and(u8::is_ascii_whitespace) {
                bytes.pop();
            }
            return Ok(Some(Document { name: Arc::clone(&self.name), line, offset_bytes, bytes }));
        }
    }

    fn pass_over_line(&mut self) -> Result<(), SourceError> {
        loop {
            let (n_bytes, has_ended) = {
                let buffer = self.reader.fill_buf();
                match buffer {
                    Ok(buffer) => match buffer.iter().position(|byte| *byte == b'\n') {
                        Some(at) => (at + 1, true),
                        None => (buffer.len(), buffer.is_empty()),
                    },
                    Err(source) => return Err(self.broken(source)),
                }
            };
            self.reader.consume(n_bytes);
            self.offset_bytes += n_bytes as u64;
            if has_ended {
                self.line += u64::from(n_bytes != 0);
                return Ok(());
            }
        }
    }

    /// The next object, whatever stands between objects: white space, commas, the brackets of an array.
    fn next_object(&mut self) -> Result<Option<Document>, SourceError> {
        let mut gathered = Gathered::default();
        loop {
            let from_held = self.held_at < self.held.len();
            let chunk = if from_held {
                &self.held[self.held_at..]
            } else {
                match self.reader.fill_buf() {
                    Ok(buffer) => buffer,
                    Err(source) => {
                        return Err(SourceError::Broken { name: Arc::clone(&self.name), offset_bytes: self.offset_bytes, source });
                    }
                }
            };
            let is_end = chunk.is_empty();
            let mut n_used = 0;
            let mut is_whole = false;
            for byte in chunk.iter().copied() {
                if gathered.is_torn_before(byte) {
                    is_whole = true;
                    break;
                }
                n_used += 1;
                if gathered.bytes.is_empty() && !gathered.is_too_long && !is_between(byte) {
                    (gathered.line, gathered.offset_bytes) = (self.line, self.offset_bytes);
                }
                self.offset_bytes += 1;
                self.line += u64::from(byte == b'\n');
                if gathered.take(byte) {
                    is_whole = true;
                    break;
                }
            }
            if from_held {
                self.held_at += n_used;
            } else {
                self.reader.consume(n_used);
            }
            if is_whole || is_end {
                let Gathered { mut bytes, line, offset_bytes, is_too_long, .. } = gathered;
                if is_too_long {
                    return Err(SourceError::TooLong { name: Arc::clone(&self.name), line, offset_bytes });
                }
                // What was begun and not ended is handed out, so that somebody says so.
                bytes.truncate(bytes.trim_ascii_end().len());
                return Ok((!bytes.is_empty()).then(|| Document { name: Arc::clone(&self.name), line, offset_bytes, bytes }));
            }
        }
    }

    fn step(&mut self, bytes: &[u8]) {
        self.offset_bytes += bytes.len() as u64;
        // `bytes` ends with its line, so it holds one line end or none.
        self.line += u64::from(bytes.ends_with(b"\n"));
    }

    fn broken(&self, source: io::Error) -> SourceError {
        SourceError::Broken { name: Arc::clone(&self.name), offset_bytes: self.offset_bytes, source }
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn check(text: &str) -> Vec<(u64, u64, String)> {
        items(BufReader::with_capacity(7, text.as_bytes()), "x")
            .map(|document| document.unwrap())
            .map(|document| (document.line, document.offset_bytes, String::from_utf8(document.bytes).unwrap()))
            .collect()
    }

    fn at(line: u64, offset: u64, text: &str) -> (u64, u64, String) {
        (line, offset, text.to_owned())
    }

    #[test]
    fn a_single_object_over_many_lines_is_one_document() {
        assert_eq!(check("\n{\n \"a\": \"}{\\\"\"\n}\n"), [at(2, 1, "{\n \"a\": \"}{\\\"\"\n}")]);
    }

    #[test]
    fn lines_arrays_and_rows_of_objects_are_read_alike() {
        assert_eq!(check("{\"a\":1}\n\n{\"b\":2}\r\n"), [at(1, 0, "{\"a\":1}"), at(3, 9, "{\"b\":2}")]);
        assert_eq!(check("[{\"a\":[1]},\n {\"b\":2}]"), [at(1, 1, "{\"a\":[1]}"), at(2, 13, "{\"b\":2}")]);
        assert_eq!(check("{\"a\":1} {\"b\":2}"), [at(1, 0, "{\"a\":1}"), at(1, 8, "{\"b\":2}")]);
        assert_eq!(check(""), []);
        assert_eq!(check("[]"), []);
    }

    #[test]
    fn a_broken_line_costs_only_itself() {
        assert_eq!(check("{\"a\":1}\n{\"b\":\n{\"c\":3}"), [at(1, 0, "{\"a\":1}"), at(2, 8, "{\"b\":"), at(3, 14, "{\"c\":3}")]);
        let torn = items(BufReader::new(&b"{\"a\":\n{\"c\":3}\n"[..]), "x.jsonl");
        assert_eq!(torn.map(|document| document.unwrap().line).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn what_ends_too_early_is_handed_out_as_it_is() {
        assert_eq!(check("{\"a\":\n 1"), [at(1, 0, "{\"a\":\n 1")]);
        assert_eq!(check("nonsense\n{\"a\":1}"), [at(1, 0, "nonsense"), at(2, 9, "{\"a\":1}")]);
    }

    #[test]
    fn a_document_that_is_too_long_is_passed_over() {
        let mut text = b"{\"a\":1}\n{\"b\":\"".to_vec();
        text.resize(DOCUMENT_LEN_BYTES_MAX + 20, b'x');
        text.extend_from_slice(b"\"}\n{\"c\":3}\n");
        let found: Vec<_> = items(&text[..], "x").collect();
        assert_eq!(found.len(), 3);
        assert!(matches!(found[1], Err(SourceError::TooLong { line: 2, offset_bytes: 8, .. })), "{:?}", found[1]);
        assert_eq!(found[2].as_ref().unwrap().line, 3);
    }
}
