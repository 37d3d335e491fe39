//! The one normal form of copy: what reading any markup ends in.
//!
//! Runs of white space are one space, none stands at the edges of a block or beside the end of a line, neighbouring
//! texts are one, and nothing is empty. Characters that no page or feed may hold are gone.

use courant_news::{Block, Inline, List, Quote, Table};

/// Copy in its normal form. Doing it twice changes nothing more.
pub fn tidy(blocks: Vec<Block>) -> Vec<Block> {
    let mut tidied = Vec::with_capacity(blocks.len());
    for block in blocks {
        match block {
            Block::Paragraph(run) => paragraphs(run, &mut |run| tidied.push(Block::Paragraph(run))),
            Block::SubHead(run) => tidied.extend(line(run).map(Block::SubHead)),
            Block::Correction(run) => tidied.extend(line(run).map(Block::Correction)),
            Block::Quote(quote) => tidied.extend(tidy_quote(quote)),
            Block::List(List { numbered, lines }) => {
                let lines: Vec<_> = lines.into_iter().filter_map(line).collect();
                if !lines.is_empty() {
                    tidied.push(Block::List(List { numbered, lines }));
                }
            }
            Block::Table(table) => tidied.extend(tidy_table(table)),
            Block::Figure(figure) => tidied.push(Block::Figure(figure)),
        }
    }
    tidied
}

fn tidy_quote(quote: Quote) -> Option<Block> {
    let mut kept = Vec::with_capacity(quote.paragraphs.len());
    for run in quote.paragraphs {
        paragraphs(run, &mut |run| kept.push(run));
    }
    let paragraphs = kept;
    let speaker = quote.speaker.map(|speaker| one_line(&speaker)).filter(|speaker| !speaker.is_empty());
    match (paragraphs.is_empty(), speaker) {
        (true, None) => None,
        // Words that nobody says are no quotation.
        (true, Some(speaker)) => Some(Block::Paragraph(vec![Inline::Text(speaker.into())])),
        (false, speaker) => Some(Block::Quote(Quote { paragraphs, speaker: speaker.map(Into::into) })),
    }
}

fn tidy_table(table: Table) -> Option<Block> {
    let cells = |row: Vec<Vec<Inline>>| -> Vec<Vec<Inline>> { row.into_iter().map(|cell| line(cell).unwrap_or_default()).collect() };
    let has_words = |row: &Vec<Vec<Inline>>| row.iter().any(|cell| !cell.is_empty());
    let head = Some(cells(table.head)).filter(has_words).unwrap_or_default();
    let rows: Vec<_> = table.rows.into_iter().map(cells).filter(has_words).collect();
    let caption = table.caption.map(|caption| one_line(&caption)).filter(|caption| !caption.is_empty());
    match (rows.is_empty(), head.is_empty(), caption) {
        (true, true, None) => None,
        (true, true, Some(caption)) => Some(Block::Paragraph(vec![Inline::Text(caption.into())])),
        // A head without rows is a row.
        (true, false, caption) => Some(Block::Table(Table { caption: caption.map(Into::into), head: Vec::new(), rows: vec![head] })),
        (false, _, caption) => Some(Block::Table(Table { caption: caption.map(Into::into), head, rows })),
    }
}

/// One run, without breaks at its ends and with at most one in succession. `None` when no word is left.
fn line(run: Vec<Inline>) -> Option<Vec<Inline>> {
    let mut run = tidied(run);
    trim_end(&mut run);
    let mut single: Vec<Inline> = Vec::with_capacity(run.len());
    for inline in run {
        if inline == Inline::Break {
            trim_end(&mut single);
            if single.is_empty() {
                continue;
            }
        }
        single.push(inline);
    }
    (!single.is_empty()).then_some(single)
}

/// Hands on the paragraphs of a run: two or more line ends in succession, as agencies write them, begin a new one.
fn paragraphs(mut run: Vec<Inline>, push: &mut impl FnMut(Vec<Inline>)) {
    // Most are one text, which stays where it is.
    if let [Inline::Text(text)] = run.as_mut_slice() {
        if !is_tidy(text, true) {
            *text = collapsed(text, true).into();
        }
        if text.ends_with(' ') {
            *text = text.trim_end_matches(' ').into();
        }
        if !text.is_empty() {
            push(run);
        }
        return;
    }
    let mut run = tidied(run);
    if !run.contains(&Inline::Break) {
        trim_end(&mut run);
        if !run.is_empty() {
            push(run);
        }
        return;
    }
    let mut current: Vec<Inline> = Vec::with_capacity(run.len());
    for inline in run {
        if inline == Inline::Break {
            // White space between two line ends is none.
            trim_spaces(&mut current);
            if current.last() == Some(&Inline::Break) {
                trim_end(&mut current);
                if !current.is_empty() {
                    push(std::mem::take(&mut current));
                }
                continue;
            }
            if current.is_empty() {
                continue;
            }
        }
        current.push(inline);
    }
    trim_end(&mut current);
    if !current.is_empty() {
        push(current);
    }
}

/// The run with white space collapsed and empty parts gone; edges are trimmed at the front only.
fn tidied(run: Vec<Inline>) -> Vec<Inline> {
    let mut out = Tidied::with_capacity(run.len());
    let mut after_space = true;
    out.push(run, &mut after_space, Inside::default());
    out.finish()
}

/// What a run stands in.
#[derive(Clone, Copy, Default)]
struct Inside {
    mark: bool,
    link: bool,
}

/// A run on its way into normal form. Neighbouring texts are gathered and joined once, however many there are.
struct Tidied {
    run: Vec<Inline>,
    /// The text at the end, not yet in the run: the first as it came, or the sum of several.
    first: Option<Box<str>>,
    sum: String,
}

impl Tidied {
    fn with_capacity(n_parts: usize) -> Self {
        Self { run: Vec::with_capacity(n_parts), first: None, sum: String::new() }
    }

    fn finish(mut self) -> Vec<Inline> {
        self.end_text();
        self.run
    }

    fn push(&mut self, run: Vec<Inline>, after_space: &mut bool, inside: Inside) {
        for inline in run {
            match inline {
                Inline::Text(text) => self.push_text(text, after_space),
                Inline::Emphasis(run) => self.push_mark(run, after_space, inside, Inline::Emphasis),
                Inline::Strong(run) => self.push_mark(run, after_space, inside, Inline::Strong),
                // HTML has no links inside links.
                Inline::Link { words, .. } if inside.link => self.push(words, after_space, inside),
                Inline::Link { href, words } => {
                    self.push_mark(words, after_space, Inside { link: true, ..inside }, |words| Inline::Link { href, words });
                }
                Inline::Money(mut money) => {
                    let given = std::mem::replace(&mut money.words, "".into());
                    self.push_words(&given, after_space, |words| {
                        money.words = words;
                        Inline::Money(money)
                    });
                }
                Inline::Time { words, at } => self.push_words(&words, after_space, |words| Inline::Time { words, at }),
                // A line end does not stand inside a mark; a space does.
                Inline::Break if inside.mark => self.push_text(" ".into(), after_space),
                Inline::Break => {
                    self.push_whole(Inline::Break);
                    *after_space = true;
                }
            }
        }
    }

    fn push_whole(&mut self, inline: Inline) {
        self.end_text();
        self.run.push(inline);
    }

    fn push_mark(&mut self, run: Vec<Inline>, after_space: &mut bool, inside: Inside, mark: impl FnOnce(Vec<Inline>) -> Inline) {
        let mut inner = Self::with_capacity(run.len());
        inner.push(run, after_space, Inside { mark: true, ..inside });
        let inner = inner.finish();
        if !inner.is_empty() {
            self.push_whole(mark(inner));
        }
    }

    /// Words that are one value. A space at their edges belongs outside of them.
    fn push_words(&mut self, given: &str, after_space: &mut bool, mark: impl FnOnce(Box<str>) -> Inline) {
        let words = one_line(given);
        if words.is_empty() {
            return;
        }
        if given.starts_with(is_white) {
            self.push_text(" ".into(), after_space);
        }
        self.push_whole(mark(words.into()));
        *after_space = false;
        if given.ends_with(is_white) {
            self.push_text(" ".into(), after_space);
        }
    }

    fn push_text(&mut self, text: Box<str>, after_space: &mut bool) {
        let text = if is_tidy(&text, *after_space) { text } else { collapsed(&text, *after_space).into() };
        if text.is_empty() {
            return;
        }
        *after_space = text.ends_with(' ');
        if self.first.is_none() && self.sum.is_empty() {
            self.first = Some(text);
            return;
        }
        if let Some(first) = self.first.take() {
            self.sum.push_str(&first);
        }
        self.sum.push_str(&text);
    }

    fn end_text(&mut self) {
        if let Some(first) = self.first.take() {
            self.run.push(Inline::Text(first));
        } else if !self.sum.is_empty() {
            self.run.push(Inline::Text(std::mem::take(&mut self.sum).into()));
        }
    }
}

/// A text with runs of white space as one space, and without what cannot be printed.
fn collapsed(text: &str, after_space: bool) -> String {
    let mut collapsed = String::with_capacity(text.len());
    let mut space = after_space;
    if !may_be_unprintable(text.as_bytes()) || !text.chars().any(|letter| is_unprintable(letter) && !is_white(letter)) {
        // Words are copied whole.
        let mut from = 0;
        for (at, byte) in text.bytes().enumerate() {
            if is_white(char::from(byte)) {
                if from < at {
                    collapsed.push_str(&text[from..at]);
                    space = false;
                }
                if !space {
                    collapsed.push(' ');
                    space = true;
                }
                from = at + 1;
            }
        }
        collapsed.push_str(&text[from..]);
        return collapsed;
    }
    for letter in text.chars() {
        if is_white(letter) {
            if !space {
                collapsed.push(' ');
            }
            space = true;
        } else if !is_unprintable(letter) {
            collapsed.push(letter);
            space = false;
        }
    }
    collapsed
}

/// How many bytes are judged together, without a branch.
const CHUNK_LEN_BYTES: usize = 32;

/// Whether a text needs no change: no white space but single spaces, nothing unprintable.
fn is_tidy(text: &str, after_space: bool) -> bool {
    let bytes = text.as_bytes();
    let Some(first) = bytes.first() else { return true };
    if *first == b' ' && after_space {
        return false;
    }
    let is_control = |chunk: &[u8]| chunk.iter().fold(0, |found, byte| found | u8::from(*byte < b' ')) != 0;
    let has_pair = |(one, next): (&[u8], &[u8])| {
        one.iter().zip(next).fold(0, |found, (one, next)| found | (u8::from(*one == b' ') & u8::from(*next == b' '))) != 0
    };
    if bytes.chunks(CHUNK_LEN_BYTES).any(is_control) || bytes.chunks(CHUNK_LEN_BYTES).zip(bytes[1..].chunks(CHUNK_LEN_BYTES)).any(has_pair)
    {
        return false;
    }
    !may_be_unprintable(bytes) || !text.chars().any(is_unprintable)
}

/// Whether a text has a byte that what is unprintable begins with or is, line ends and tabs apart.
fn may_be_unprintable(bytes: &[u8]) -> bool {
    let is_suspect = |byte: u8| {
        let is_control = u8::from(byte < b' ') & u8::from(byte != b'\n') & u8::from(byte != b'\t') & u8::from(byte != b'\r');
        is_control | u8::from(byte == 0x7f) | u8::from(byte == 0xc2) | u8::from(0xef <= byte)
    };
    bytes.chunks(CHUNK_LEN_BYTES).any(|chunk| chunk.iter().fold(0, |found, byte| found | is_suspect(*byte)) != 0)
}

/// White space in the sense of HTML: a no-break space is a letter.
fn is_white(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// What neither XML 1.0 nor a page may hold: controls and non-characters.
pub(crate) fn is_unprintable(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}')
}

/// A text as one line: white space collapsed and trimmed, unprintable characters gone.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = collapsed(text, true);
    if line.ends_with(' ') {
        line.pop();
    }
    line
}

/// Drops spaces at the end of a run, also those inside marks.
fn trim_spaces(run: &mut Vec<Inline>) {
    while let Some(last) = run.last_mut() {
        match last {
            Inline::Text(text) => {
                if !text.ends_with(' ') {
                    return;
                }
                *text = text.trim_end_matches(' ').into();
                if !text.is_empty() {
                    return;
                }
            }
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link { words: inner, .. } => {
                trim_spaces(inner);
                if !inner.is_empty() {
                    return;
                }
            }
            Inline::Money(_) | Inline::Time { .. } | Inline::Break => return,
        }
        run.pop();
    }
}

/// Drops spaces and line ends at the end of a run.
fn trim_end(run: &mut Vec<Inline>) {
    loop {
        trim_spaces(run);
        if run.last() != Some(&Inline::Break) {
            return;
        }
        run.pop();
    }
}
