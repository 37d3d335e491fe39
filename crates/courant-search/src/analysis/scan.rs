//! Cuts a text into words, without copying it.

use std::collections::VecDeque;
use std::sync::LazyLock;

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};
use unicode_normalization::char::is_combining_mark;

use crate::limits::{MAX_TOKEN_BYTES, MAX_TOKENS};

/// Longest run of unspaced script given to the segmenter at once, in bytes; its working memory
/// grows with the run, and a real sentence is far shorter.
const MAX_RUN_BYTES: usize = 3_000;

static SEGMENTER: LazyLock<WordSegmenterBorrowed<'static>> =
    LazyLock::new(|| WordSegmenter::new_auto(WordBreakInvariantOptions::default()));

/// A place in a text being cut into words.
pub(crate) struct Scanner<'t> {
    text: &'t str,
    at: usize,
    /// Words of an unspaced run, found by the segmenter and not handed out yet.
    ready: VecDeque<(usize, usize)>,
    left: usize,
}

/// What a character is to the scanner.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Kind {
    /// Letter, digit or mark of a script that separates its words.
    Word,
    /// Part of a script written without spaces.
    Unspaced,
    Other,
}

impl<'t> Scanner<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0, ready: VecDeque::new(), left: MAX_TOKENS }
    }

    pub(crate) fn text(&self) -> &'t str {
        self.text
    }

    /// One more token was made of this text.
    pub(crate) fn counted(&mut self) {
        self.left -= 1;
    }

    /// The byte range of the next word.
    pub(crate) fn next(&mut self) -> Option<(usize, usize)> {
        if self.left == 0 {
            return None;
        }
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Some(ready);
            }
            let start = self.skip_to_word()?;
            if self.kind_at(start).0 == Kind::Unspaced {
                self.segment_run(start);
            } else {
                let end = self.end_of_word(start);
                self.at = end;
                return Some((start, cut_to(self.text, start, end)));
            }
        }
    }

    fn skip_to_word(&mut self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            if byte < 0x80 {
                if byte.is_ascii_alphanumeric() {
                    return Some(self.at);
                }
                self.at += 1;
            } else {
                let (kind, width) = self.kind_at(self.at);
                if kind != Kind::Other {
                    return Some(self.at);
                }
                self.at += width;
            }
        }
        None
    }

    fn kind_at(&self, at: usize) -> (Kind, usize) {
        match self.text[at..].chars().next() {
            Some(c) => (kind(c), c.len_utf8()),
            None => (Kind::Other, 0),
        }
    }

    fn end_of_word(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = start;
        loop {
            while bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
                at += 1;
            }
            let Some(&byte) = bytes.get(at) else { return at };
            if byte >= 0x80 {
                let (kind, width) = self.kind_at(at);
                if kind == Kind::Word {
                    at += width;
                    continue;
                }
            }
            match self.joiner_at(start, at) {
                Some(width) => at += width,
                None => return at,
            }
        }
    }

    /// The width of a character at `at` that joins what stands on both sides of it into one word:
    /// an apostrophe between letters, a point or comma between digits, the points of U.S.
    fn joiner_at(&self, start: usize, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let joiner = rest.chars().next()?;
        let width = joiner.len_utf8();
        let before = self.text[start..at].chars().next_back()?;
        let mut after = rest[width..].chars();
        let next = after.next()?;
        let joins = match joiner {
            '\'' | '\u{2019}' | '\u{02BC}' => before.is_alphabetic() && next.is_alphabetic() && kind(next) == Kind::Word,
            '.' | ',' if before.is_ascii_digit() => next.is_ascii_digit(),
            '.' => {
                let single = |c: Option<char>| !c.is_some_and(|c| kind(c) == Kind::Word);
                next.is_alphabetic() && kind(next) == Kind::Word && single(after.next()) && is_initials(&self.text[start..at])
            }
            _ => false,
        };
        joins.then_some(width)
    }

    fn segment_run(&mut self, start: usize) {
        let mut end = start;
        for c in self.text[start..].chars() {
            if kind(c) != Kind::Unspaced || end - start + c.len_utf8() > MAX_RUN_BYTES {
                break;
            }
            end += c.len_utf8();
        }
        self.at = end;
        let mut from = start;
        for (offset, what) in SEGMENTER.segment_str(&self.text[start..end]).iter_with_word_type() {
            let to = start + offset;
            if to > from && what.is_word_like() {
                self.ready.push_back((from, cut_to(self.text, from, to)));
            }
            from = to;
        }
    }
}

/// Whether a text is single letters each followed by a point, the last one without: `U.S`, `U`.
fn is_initials(text: &str) -> bool {
    text.split('.').all(|part| {
        let mut chars = part.chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
    })
}

/// Where a word is cut so that it keeps within [`MAX_TOKEN_BYTES`].
fn cut_to(text: &str, start: usize, end: usize) -> usize {
    if end - start <= MAX_TOKEN_BYTES { end } else { text.floor_char_boundary(start + MAX_TOKEN_BYTES) }
}

fn kind(c: char) -> Kind {
    if c.is_ascii() {
        return if c.is_ascii_alphanumeric() { Kind::Word } else { Kind::Other };
    }
    match c {
        // Latin, Greek, Cyrillic: the common case first.
        '\u{00C0}'..='\u{02AF}' if c != '\u{00D7}' && c != '\u{00F7}' => Kind::Word,
        '\u{0400}'..='\u{0481}' => Kind::Word,
        // Thai, Lao, Burmese, Khmer with their marks.
        '\u{0E01}'..='\u{0E3A}' | '\u{0E40}'..='\u{0E4E}' => Kind::Unspaced,
        '\u{0E81}'..='\u{0EBD}' | '\u{0EC0}'..='\u{0ECE}' | '\u{0EDC}'..='\u{0EDF}' => Kind::Unspaced,
        '\u{1000}'..='\u{103F}' | '\u{1050}'..='\u{109F}' => Kind::Unspaced,
        '\u{1780}'..='\u{17D3}' => Kind::Unspaced,
        // Han with its iteration marks, kana; half-width kana are words, folding widens them.
        '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3041}'..='\u{309F}' => Kind::Unspaced,
        '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' => Kind::Unspaced,
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => Kind::Unspaced,
        '\u{20000}'..='\u{3FFFD}' => Kind::Unspaced,
        // Characters that shape the letters beside them and belong to the word.
        '\u{200C}' | '\u{200D}' | '\u{0640}' => Kind::Word,
        _ if c.is_alphanumeric() || is_combining_mark(c) => Kind::Word,
        _ => Kind::Other,
    }
}
