//! XML that holds many items and is too long to be taken whole: cut between items into documents that hold a part of them.

use std::io::{BufRead, Read as _};
use std::sync::Arc;

use memchr::{memchr, memchr_iter, memmem};

use super::{Document, SourceError};

/// How long a part becomes, its head apart, in bytes. The last item that fits ends it.
const PART_LEN_BYTES: usize = 4 << 20;
/// How deep elements around items may nest.
const DEPTH_MAX: usize = 64;

/// The documents of `reader`, which is called `name` in reports: one, if it has no more than `len_bytes_max` bytes; else
/// parts with some of its `items` each, and with all that stands before the first. Memory holds one part.
///
/// A part is what the whole would be if the other items were not there, so what one item says of another (a picture of an
/// export, a concept of a message) is known only within a part.
pub fn batches<R: BufRead>(reader: R, name: impl Into<Arc<str>>, items: &'static [&'static str], len_bytes_max: usize) -> Batches<R> {
    Batches {
        reader,
        name: name.into(),
        items,
        len_bytes_max,
        held: Vec::new(),
        scanned: 0,
        open: Vec::new(),
        open_behind: Vec::new(),
        head: None,
        n_inside: 0,
        line: 1,
        offset_bytes: 0,
        is_at_end: false,
        has_ended: false,
        is_first: true,
    }
}

/// The iterator that [`batches`] answers with.
#[derive(Debug)]
pub struct Batches<R> {
    reader: R,
    name: Arc<str>,
    items: &'static [&'static str],
    len_bytes_max: usize,
    /// What was read and not yet handed out, and up to where it was looked at.
    held: Vec<u8>,
    scanned: usize,
    /// The names of the elements that are open around items.
    open: Vec<Vec<u8>>,
    /// Those that were open behind the last whole item.
    open_behind: Vec<Vec<u8>>,
    /// What stands before the first item.
    head: Option<Vec<u8>>,
    /// How many elements named as the item that is open are open.
    n_inside: usize,
    line: u64,
    offset_bytes: u64,
    is_at_end: bool,
    has_ended: bool,
    is_first: bool,
}

/// A piece of markup, by its place in what is held.
enum Piece {
    Start { name: (usize, usize), is_empty: bool, end: usize },
    End { name: (usize, usize), end: usize },
    Other { end: usize },
}

impl<R: BufRead> Iterator for Batches<R> {
    type Item = Result<Document, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_ended {
            return None;
        }
        let next = self.advance().transpose();
        self.has_ended |= !matches!(next, Some(Ok(_)));
        next
    }
}

impl<R: BufRead> Batches<R> {
    fn advance(&mut self) -> Result<Option<Document>, SourceError> {
        if std::mem::take(&mut self.is_first) {
            self.fill(self.len_bytes_max + 1)?;
            if self.held.len() <= self.len_bytes_max {
                self.has_ended = true;
                let bytes = std::mem::take(&mut self.held);
                return Ok((!bytes.is_empty()).then(|| Document { name: Arc::clone(&self.name), line: 1, offset_bytes: 0, bytes }));
            }
        }
        // Up to where whole items were found.
        let mut whole = 0;
        loop {
            while let Some(piece) = self.piece() {
                self.take(&piece, &mut whole)?;
                if PART_LEN_BYTES <= self.scanned && whole != 0 {
                    return Ok(Some(self.part(whole)));
                }
            }
            if self.is_at_end {
                // The last part ends as the document does.
                self.open_behind.clone_from(&self.open);
                return Ok((whole != 0).then(|| self.part(self.held.len())));
            }
            // Twice as much each time, so that a long piece is not looked at again and again.
            let wanted = (self.held.len() * 2).max(PART_LEN_BYTES);
            if self.len_bytes_max.max(PART_LEN_BYTES).saturating_mul(2) + 2 < wanted {
                return Err(self.too_long());
            }
            self.fill(wanted)?;
        }
    }

    fn too_long(&self) -> SourceError {
        SourceError::WholeTooLong { name: Arc::clone(&self.name), len_bytes_max: self.len_bytes_max as u64 }
    }

    fn fill(&mut self, len: usize) -> Result<(), SourceError> {
        let wanted = len.saturating_sub(self.held.len()) as u64;
        let read = (&mut self.reader).take(wanted).read_to_end(&mut self.held);
        let n_bytes = read.map_err(|source| {
            let offset_bytes = self.offset_bytes + self.held.len() as u64;
            SourceError::Broken { name: Arc::clone(&self.name), offset_bytes, source }
        })?;
        self.is_at_end |= (n_bytes as u64) < wanted;
        Ok(())
    }

    /// The next piece of markup, if all of it is held.
    fn piece(&mut self) -> Option<Piece> {
        let Some(len) = memchr(b'<', &self.held[self.scanned..]) else {
            self.scanned = self.held.len();
            return None;
        };
        let from = self.scanned + len;
        self.scanned = from;
        let rest = &self.held[from..];
        let past = |open: usize, end: &[u8]| memmem::find(rest.get(open..)?, end).map(|len| from + open + len + end.len());
        let piece = if rest.starts_with(b"<!--") {
            Piece::Other { end: past(4, b"-->")? }
        } else if rest.starts_with(b"<![CDATA[") {
            Piece::Other { end: past(9, b"]]>")? }
        } else if rest.starts_with(b"<?") {
            Piece::Other { end: past(2, b"?>")? }
        } else if rest.starts_with(b"<!") {
            // The beginning of one of those above may not be held yet.
            if rest.len() < 9 && !self.is_at_end {
                return None;
            }
            let end = past(2, b">")?;
            let has_inner = memchr(b'[', &rest[..end - from]).is_some();
            Piece::Other { end: if has_inner { past(2, b"]>")? } else { end } }
        } else {
            let is_end = rest.get(1) == Some(&b'/');
            let name_from = 1 + usize::from(is_end);
            let name_len = rest.get(name_from..)?.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))?;
            let full = &rest[name_from..name_from + name_len];
            let prefix_len = memchr(b':', full).map_or(0, |len| len + 1);
            let name = (from + name_from + prefix_len, from + name_from + name_len);
            let end = from + tag_end(rest)?;
            let is_empty = self.held[end - 2] == b'/';
            if is_end { Piece::End { name, end } } else { Piece::Start { name, is_empty, end } }
        };
        Some(piece)
    }

    /// Goes past a piece; `whole` becomes the end of an item that it ends.
    fn take(&mut self, piece: &Piece, whole: &mut usize) -> Result<(), SourceError> {
        let items = self.items;
        let is_item = |name: &[u8]| items.iter().any(|item| item.as_bytes() == name);
        match *piece {
            Piece::Other { end } => self.scanned = end,
            Piece::Start { name: (from, to), is_empty, end } => {
                let tag_from = self.scanned;
                self.scanned = end;
                let name = &self.held[from..to];
                if is_item(name) {
                    if self.head.is_none() {
                        self.set_head(tag_from);
                    } else if is_empty && self.n_inside == 0 {
                        *whole = end;
                        self.open_behind.clone_from(&self.open);
                    }
                    self.n_inside += usize::from(!is_empty);
                    // The head was taken out of what is held.
                    return Ok(());
                }
                if self.n_inside == 0 && !is_empty {
                    if DEPTH_MAX <= self.open.len() {
                        return Err(self.too_long());
                    }
                    let full = full_name(&self.held, from);
                    self.open.push(full.to_vec());
                }
            }
            Piece::End { name: (from, to), end } => {
                self.scanned = end;
                let name = &self.held[from..to];
                if is_item(name) && self.n_inside != 0 {
                    self.n_inside -= 1;
                    if self.n_inside == 0 {
                        *whole = end;
                        self.open_behind.clone_from(&self.open);
                    }
                } else if self.n_inside == 0 && self.open.last().is_some_and(|open| open.as_slice() == full_name(&self.held, from)) {
                    self.open.pop();
                }
            }
        }
        Ok(())
    }

    /// What stands before the first item, which begins at `at`, becomes the head of every part.
    fn set_head(&mut self, at: usize) {
        let rest = self.held.split_off(at);
        let head = std::mem::replace(&mut self.held, rest);
        self.line += memchr_iter(b'\n', &head).count() as u64;
        self.offset_bytes += head.len() as u64;
        self.scanned -= at;
        self.head = Some(head);
    }

    /// Hands out the items up to `whole`.
    fn part(&mut self, whole: usize) -> Document {
        let head = self.head.as_deref().unwrap_or_default();
        let mut bytes = Vec::with_capacity(head.len() + whole + 64);
        bytes.extend_from_slice(head);
        bytes.extend(self.held.drain(..whole));
        for name in self.open_behind.iter().rev() {
            bytes.extend_from_slice(b"</");
            bytes.extend_from_slice(name);
            bytes.push(b'>');
        }
        self.scanned = self.scanned.saturating_sub(whole);
        // Lines are counted from the head of the part.
        let n_head_lines = memchr_iter(b'\n', head).count() as u64;
        let document = Document { name: Arc::clone(&self.name), line: self.line - n_head_lines, offset_bytes: self.offset_bytes, bytes };
        self.line += memchr_iter(b'\n', &document.bytes[head.len()..]).count() as u64;
        self.offset_bytes += whole as u64;
        document
    }
}

/// The name with its prefix that has its last part at `from`.
fn full_name(held: &[u8], from: usize) -> &[u8] {
    let begin = held[..from].iter().rposition(|byte| matches!(byte, b'<' | b'/')).map_or(0, |at| at + 1);
    let len = held[begin..].iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/')).unwrap_or(0);
    &held[begin..begin + len]
}

/// The length of a tag with its `>`. One inside quotes does not end it.
fn tag_end(tag: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr::memchr3(b'>', b'"', b'\'', &tag[at..])?;
        match tag[at] {
            b'>' => return Some(at + 1),
            quote => at += 2 + memchr(quote, &tag[at + 1..])?,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Read};

    use super::*;

    /// A document as long as one likes, that is made while it is read.
    struct Made {
        n_items: usize,
        next: usize,
        held: Vec<u8>,
    }

    impl Read for Made {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            while self.held.is_empty() && self.next <= self.n_items + 1 {
                let number = self.next;
                self.next += 1;
                self.held = match number {
                    0 => b"<?xml version='1.0'?>\n<!-- <item> -->\n<rss><channel><title a='>'>T</title>\n".to_vec(),
                    number if number <= self.n_items => {
                        format!("<item><title><![CDATA[</item>]]>{number}</title><x>{}</x></item>\n", "w ".repeat(500)).into_bytes()
                    }
                    _ => b"</channel></rss>".to_vec(),
                };
            }
            let len = self.held.len().min(buffer.len());
            buffer[..len].copy_from_slice(&self.held[..len]);
            self.held.drain(..len);
            Ok(len)
        }
    }

    #[test]
    fn what_is_short_is_one_document_as_it_stands() {
        let parts =
            |text: &'static str, max| batches(text.as_bytes(), "x", &["item"], max).map(|part| part.unwrap().bytes).collect::<Vec<_>>();
        assert_eq!(parts("<rss><item/></rss>", 100), [b"<rss><item/></rss>"]);
        assert!(parts("", 100).is_empty());
    }

    #[test]
    fn what_is_long_is_parted_between_items_and_no_item_is_lost() {
        let made = Made { n_items: 12_000, next: 0, held: Vec::new() };
        let (mut n_items, mut n_parts, mut len_max) = (0, 0, 0);
        for part in batches(BufReader::new(made), "x", &["item"], 1 << 20) {
            let part = part.unwrap();
            let text = std::str::from_utf8(&part.bytes).unwrap();
            assert!(text.starts_with("<?xml version='1.0'?>\n<!-- <item> -->\n<rss><channel>"));
            // The last part ends as the document does.
            assert!(text.ends_with("</item></channel></rss>") || text.ends_with("</item>\n</channel></rss>"));
            // The line of the part and the line inside it say where an item stands in the whole.
            let first = text.find("<item><title>").unwrap();
            let line_inside = text[..first].matches('\n').count() as u64 + 1;
            assert_eq!(part.line + line_inside - 1, 4 + n_items as u64);
            n_items += text.matches("</x></item>").count();
            n_parts += 1;
            len_max = len_max.max(part.bytes.len());
        }
        assert_eq!(n_items, 12_000);
        assert!(2 < n_parts && len_max < PART_LEN_BYTES + (1 << 20), "{n_parts} parts, at most {len_max} bytes");
    }

    #[test]
    fn an_item_without_end_is_refused_and_not_gathered_for_ever() {
        let endless = std::io::repeat(b'x').take(1 << 28);
        let refused = batches(BufReader::new((&b"<rss><item>"[..]).chain(endless)), "x", &["item"], 1 << 20).last().unwrap().unwrap_err();
        assert!(refused.to_string().contains("longer than"), "{refused}");
    }
}
