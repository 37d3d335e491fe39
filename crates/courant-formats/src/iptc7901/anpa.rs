//! ANPA 1312 as the Associated Press sends it: carets open heads, `<` and `=` close lines.

use courant_news::{Block, Inline, Signal, Table};

use super::{Frame, US, made_guid, printable, section, trailer};
use crate::html::tidy;
use crate::told::{Said, Told};

/// Opens a line of a table; the separators of its columns; a space inside a column.
const ROW: char = '\u{8}';
const COLUMN: char = '\u{1e}';
const FIXED_SPACE: char = '\u{10}';

/// Fills in what a story says.
pub(super) fn tell(frame: &Frame<'_>, told: &mut Told) {
    let (number, rest) = frame.header.split_once(US).unwrap_or((frame.header, ""));
    let second = rest.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default();
    let mut letters = second.split_whitespace();
    told.urgency = letters.next().and_then(urgency);
    told.section = letters.next().map(printable).and_then(|category| section(&category));
    let sent = frame.trailer.map(printable);
    told.version_created = Said::maybe("the trailer", sent.as_deref().and_then(trailer::of_anpa));
    told.source = Said::maybe("the trailer", sent.as_deref().and_then(|sent| sent.split('-').next()).map(str::to_owned))
        .filter(|_| told.version_created.is_some());
    of_text(frame.text, told);
    let time = told.version_created.as_ref().map_or("", |said| said.text.as_str());
    let slug = told.slugline.as_ref().map_or("", |said| said.text.as_str());
    told.guid = made_guid(&[&printable(number), if time.is_empty() { second } else { time }, if time.is_empty() { slug } else { "" }]);
}

/// Flash, bulletin, urgent, regular, deferred; the rest waits for its day.
fn urgency(letter: &str) -> Option<Said> {
    let number = match letter.to_ascii_lowercase().as_str() {
        "f" => "1",
        "b" => "2",
        "u" => "3",
        "r" => "5",
        "d" => "6",
        "s" | "w" | "h" => "7",
        _ => return None,
    };
    Some(Said::new("priority", number))
}

fn of_text(text: &str, told: &mut Told) {
    let mut is_head = true;
    let mut notes: Vec<String> = Vec::new();
    let mut blocks: Vec<Block> = Vec::new();
    for line in text.lines() {
        let is_caret = line.trim_start_matches(|letter: char| letter.is_control()).starts_with('^');
        if line.starts_with(ROW) {
            is_head = false;
            push_row(line, &mut blocks);
            continue;
        }
        let words = words_of(line);
        if words.is_empty() || words.chars().all(|letter| letter == '_') || words == "END" {
            continue;
        }
        // Below a byline, capitals name a part of the copy, and other words what the writer is.
        let is_part = told.printed_byline.is_some() && !words.contains(char::is_lowercase);
        if is_caret && is_head && !is_part {
            of_head(&words, told, &mut notes);
        } else if is_caret {
            is_head = false;
            blocks.push(Block::SubHead(vec![Inline::Text(words.into())]));
        } else {
            is_head = false;
            blocks.push(Block::Paragraph(vec![Inline::Text(words.into())]));
        }
    }
    told.body = tidy(blocks);
    told.ednote = Said::maybe("the head", Some(notes.join(" ")));
}

/// One line above the copy: the keywords first, then headline, notes and byline.
fn of_head(words: &str, told: &mut Told, notes: &mut Vec<String>) {
    let is_note = ["(", "Eds:", "AP Photo", "Eds ", "For ", "With "].iter().any(|start| words.starts_with(start));
    if told.slugline.is_none() {
        let (keywords, take) = words
            .trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == ',')
            .split_once(", ")
            .unwrap_or((words.trim_end_matches(|letter: char| letter.is_ascii_digit()).trim_end_matches(','), ""));
        told.slugline = Said::maybe("the keywords", Some(keywords.trim_end_matches(',')));
        if !take.is_empty() {
            told.signals = vec![Signal::Update];
            notes.push(take.to_owned());
        }
    } else if words.starts_with("By ") && told.bylines.is_empty() && told.printed_byline.is_none() {
        told.printed_byline = Said::maybe("the byline", Some(words));
    } else if is_note {
        notes.push(words.to_owned());
    } else if told.printed_byline.is_some() {
        // Below the byline stands what the writer is.
        let byline = told.printed_byline.take().map(|said| said.text).unwrap_or_default();
        let name = byline.strip_prefix("By ").unwrap_or(&byline);
        told.bylines.push((Said::new("the byline", name), Some(words.to_owned())));
    } else if told.headline.is_none() && told.bylines.is_empty() {
        told.headline = Said::maybe("the headline", Some(words));
    } else {
        notes.push(words.to_owned());
    }
}

/// A row of a table, its columns parted by separators.
fn push_row(line: &str, blocks: &mut Vec<Block>) {
    let line = line.replace(FIXED_SPACE, " ");
    let cells = line.split([US, COLUMN]).map(printable).filter(|cell| !cell.is_empty() && cell != "^");
    let row: Vec<Vec<Inline>> = cells.map(|cell| vec![Inline::Text(marks(&cell).into())]).collect();
    if row.is_empty() {
        return;
    }
    if let Some(Block::Table(table)) = blocks.last_mut() {
        table.rows.push(row);
    } else {
        blocks.push(Block::Table(Table { caption: None, head: Vec::new(), rows: vec![row] }));
    }
}

/// The words of a line, without what opens and closes it.
fn words_of(line: &str) -> String {
    let line = printable(&line.replace(FIXED_SPACE, " "));
    marks(line.trim_start_matches('^').trim_end_matches(['<', '=', '{']).trim())
}

/// The dashes and quotation marks that a teleprinter has no letters for.
fn marks(text: &str) -> String {
    text.replace("``", "“").replace("''", "”").replace(" _ ", " — ")
}
