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
            Block::Paragraph(run) => tidied.extend(paragraphs(run).into_iter().map(Block::Paragraph)),
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
    let paragraphs: Vec<_> = quote.paragraphs.into_iter().flat_map(paragraphs).collect();
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

/// The paragraphs of a run: two or more line ends in succession, as agencies write them, begin a new one.
fn paragraphs(run: Vec<Inline>) -> Vec<Vec<Inline>> {
    let run = tidied(run);
    let mut paragraphs = Vec::with_capacity(1);
    let mut current: Vec<Inline> = Vec::with_capacity(run.len());
    for inline in run {
        if inline == Inline::Break {
            // White space between two line ends is none.
            trim_spaces(&mut current);
            if current.last() == Some(&Inline::Break) {
                trim_end(&mut current);
                if !current.is_empty() {
                    paragraphs.push(std::mem::take(&mut current));
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
        paragraphs.push(current);
    }
    paragraphs
}

/// The run with white space collapsed and empty parts gone; edges are trimmed at the front only.
fn tidied(run: Vec<Inline>) -> Vec<Inline> {
    let mut out = Vec::with_capacity(run.len());
    let mut after_space = true;
    push_tidied(run, &mut out, &mut after_space, Inside::default());
    out
}

/// What a run stands in.
#[derive(Clone, Copy, Default)]
struct Inside {
    mark: bool,
    link: bool,
}

fn push_tidied(run: Vec<Inline>, out: &mut Vec<Inline>, after_space: &mut bool, inside: Inside) {
    for inline in run {
        match inline {
            Inline::Text(text) => push_text(text, out, after_space),
            Inline::Emphasis(run) => {
                let inner = inner(run, after_space, inside);
                if !inner.is_empty() {
                    out.push(Inline::Emphasis(inner));
                }
            }
            Inline::Strong(run) => {
                let inner = inner(run, after_space, inside);
                if !inner.is_empty() {
                    out.push(Inline::Strong(inner));
                }
            }
            // HTML has no links inside links.
            Inline::Link { words, .. } if inside.link => push_tidied(words, out, after_space, inside),
            Inline::Link { href, words } => {
                let words = inner(words, after_space, Inside { link: true, ..inside });
                if !words.is_empty() {
                    out.push(Inline::Link { href, words });
                }
            }
            Inline::Money(mut money) => {
                let words = one_line(&money.words);
                if !words.is_empty() {
                    push_edge(&money.words, true, out, after_space);
                    let edge = money.words.clone();
                    money.words = words.into();
                    out.push(Inline::Money(money));
                    *after_space = false;
                    push_edge(&edge, false, out, after_space);
                }
            }
            Inline::Time { words, at } => {
                let line = one_line(&words);
                if !line.is_empty() {
                    push_edge(&words, true, out, after_space);
                    out.push(Inline::Time { words: line.into(), at });
                    *after_space = false;
                    push_edge(&words, false, out, after_space);
                }
            }
            // A line end does not stand inside a mark; a space does.
            Inline::Break if inside.mark => push_text(" ".into(), out, after_space),
            Inline::Break => {
                out.push(Inline::Break);
                *after_space = true;
            }
        }
    }
}

/// The words inside a mark.
fn inner(run: Vec<Inline>, after_space: &mut bool, inside: Inside) -> Vec<Inline> {
    let mut out = Vec::with_capacity(run.len());
    push_tidied(run, &mut out, after_space, Inside { mark: true, ..inside });
    out
}

/// The space that stood at an edge of marked words belongs outside of them.
fn push_edge(words: &str, is_start: bool, out: &mut Vec<Inline>, after_space: &mut bool) {
    let has_space = if is_start { words.starts_with(is_white) } else { words.ends_with(is_white) };
    if has_space {
        push_text(" ".into(), out, after_space);
    }
}

fn push_text(text: Box<str>, out: &mut Vec<Inline>, after_space: &mut bool) {
    let text = if is_tidy(&text, *after_space) {
        text
    } else {
        let mut tidied = String::with_capacity(text.len());
        let mut space = *after_space;
        for letter in text.chars() {
            if is_white(letter) {
                if !space {
                    tidied.push(' ');
                }
                space = true;
            } else if !is_unprintable(letter) {
                tidied.push(letter);
                space = false;
            }
        }
        tidied.into()
    };
    if text.is_empty() {
        return;
    }
    *after_space = text.ends_with(' ');
    if let Some(Inline::Text(before)) = out.last_mut() {
        let joined = format!("{before}{text}");
        *before = joined.into();
    } else {
        out.push(Inline::Text(text));
    }
}

/// Whether a text needs no change: no white space but single spaces, nothing unprintable.
fn is_tidy(text: &str, after_space: bool) -> bool {
    let mut space = after_space;
    for byte in text.bytes() {
        match byte {
            b' ' if space => return false,
            b' ' => space = true,
            0..0x20 | 0x7f => return false,
            _ => space = false,
        }
    }
    text.is_ascii() || !text.chars().any(is_unprintable)
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
    let mut line = String::with_capacity(text.len());
    let mut space = true;
    for letter in text.chars() {
        if is_white(letter) {
            if !space {
                line.push(' ');
            }
            space = true;
        } else if !is_unprintable(letter) {
            line.push(letter);
            space = false;
        }
    }
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
