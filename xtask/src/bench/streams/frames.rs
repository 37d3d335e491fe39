//! The bytes of one event stream, taken apart into events as they arrive.
//!
//! Lines end with a line feed, as those of all servers measured here do.

use anyhow::{Context, bail};

/// An event of a measurement is far smaller.
const EVENT_BYTES_MAX: usize = 1 << 20;
/// The longest line that begins a chunk.
const SIZE_LINE_BYTES_MAX: usize = 64;

/// One stream between its head and its end.
#[derive(Default)]
pub(super) struct Frames {
    /// `None` when the body comes as it is.
    chunks: Option<Chunks>,
    /// The event that has begun.
    begun: Vec<u8>,
}

/// Where the reading of a chunked body stands (RFC 9112, section 7.1).
enum Chunks {
    /// In the line that says the size.
    Size(Vec<u8>),
    /// In the data, with so much to come.
    Data(usize),
    /// In the line end after the data, with so much to come.
    End(usize),
}

impl Frames {
    /// A stream whose body is in chunks, or not.
    pub(super) fn new(is_chunked: bool) -> Self {
        Self { chunks: is_chunked.then(|| Chunks::Size(Vec::new())), begun: Vec::new() }
    }

    /// Whether the next byte begins an event.
    pub(super) fn is_at_rest(&self) -> bool {
        let between_chunks = match &self.chunks {
            None => true,
            Some(Chunks::Size(line)) => line.is_empty(),
            Some(Chunks::Data(_) | Chunks::End(_)) => false,
        };
        between_chunks && self.begun.is_empty()
    }

    /// Takes what was read, and gives each event that is whole now to `each`, without its empty line.
    ///
    /// # Errors
    /// When the chunks are none, the body ends, or an event has no end.
    pub(super) fn take(&mut self, mut bytes: &[u8], mut each: impl FnMut(&[u8])) -> anyhow::Result<()> {
        while !bytes.is_empty() {
            let Some(chunks) = &mut self.chunks else {
                return self.body(bytes, &mut each);
            };
            match chunks {
                Chunks::Size(line) => {
                    let end = bytes.iter().position(|byte| *byte == b'\n');
                    line.extend_from_slice(&bytes[..end.unwrap_or(bytes.len())]);
                    bytes = end.map_or(&[], |end| &bytes[end + 1..]);
                    if SIZE_LINE_BYTES_MAX < line.len() {
                        bail!("a chunk's size has no end");
                    }
                    if end.is_some() {
                        let size = size(line)?;
                        *chunks = Chunks::Data(size);
                    }
                }
                Chunks::Data(left) => {
                    let (data, rest) = bytes.split_at(bytes.len().min(*left));
                    *left -= data.len();
                    if *left == 0 {
                        *chunks = Chunks::End(b"\r\n".len());
                    }
                    bytes = rest;
                    self.body(data, &mut each)?;
                }
                Chunks::End(left) => {
                    let n = bytes.len().min(*left);
                    *left -= n;
                    if *left == 0 {
                        *chunks = Chunks::Size(Vec::new());
                    }
                    bytes = &bytes[n..];
                }
            }
        }
        Ok(())
    }

    fn body(&mut self, bytes: &[u8], each: &mut impl FnMut(&[u8])) -> anyhow::Result<()> {
        // An empty line may be split between two reads.
        let looked = self.begun.len().saturating_sub(1);
        self.begun.extend_from_slice(bytes);
        let (mut from, mut at) = (0, looked);
        while let Some(found) = self.begun[at..].windows(2).position(|two| two == b"\n\n") {
            each(&self.begun[from..at + found]);
            from = at + found + 2;
            at = from;
        }
        self.begun.drain(..from);
        if self.begun.is_empty() {
            // Ten thousand readers would each keep a buffer.
            self.begun = Vec::new();
        }
        if EVENT_BYTES_MAX < self.begun.len() {
            bail!("an event has no end after {EVENT_BYTES_MAX} bytes");
        }
        Ok(())
    }
}

/// Reads `1f;extension`, carriage return included.
fn size(line: &[u8]) -> anyhow::Result<usize> {
    let line = String::from_utf8_lossy(line);
    let digits = line.split(';').next().unwrap_or_default().trim();
    let size = usize::from_str_radix(digits, 16).with_context(|| format!("not the size of a chunk: {line:?}"))?;
    if size == 0 {
        bail!("the server ended the stream");
    }
    Ok(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENTS: &[u8] = b"retry: 2000\nid: 1\n\nid: 2\ndata: one\n\n:\n\nid: 3\ndata: two\ndata: lines\n\n";

    fn events(mut frames: Frames, bytes: &[u8], step: usize) -> Vec<String> {
        let mut events = Vec::new();
        for part in bytes.chunks(step) {
            frames.take(part, |event| events.push(String::from_utf8_lossy(event).into_owned())).unwrap();
        }
        assert!(frames.is_at_rest());
        events
    }

    #[test]
    fn events_are_found_wherever_the_reads_fall() {
        let expected = ["retry: 2000\nid: 1", "id: 2\ndata: one", ":", "id: 3\ndata: two\ndata: lines"];
        for step in 1..=EVENTS.len() {
            assert_eq!(events(Frames::new(false), EVENTS, step), expected, "reads of {step}");
        }
    }

    #[test]
    fn chunks_do_not_show() {
        let mut chunked = Vec::new();
        for part in EVENTS.chunks(7) {
            chunked.extend_from_slice(format!("{:X};x\r\n", part.len()).as_bytes());
            chunked.extend_from_slice(part);
            chunked.extend_from_slice(b"\r\n");
        }
        for step in 1..=chunked.len() {
            assert_eq!(events(Frames::new(true), &chunked, step), events(Frames::new(false), EVENTS, 5), "reads of {step}");
        }
    }

    #[test]
    fn an_end_and_nonsense_are_refused() {
        assert!(Frames::new(true).take(b"0\r\n\r\n", |_| ()).is_err());
        assert!(Frames::new(true).take(b"data: hello\n\n", |_| ()).is_err());
        assert!(Frames::new(false).take(&vec![b'x'; EVENT_BYTES_MAX + 1], |_| ()).is_err());
    }
}
