//! The wires of the teleprinter: IPTC 7901 and ANPA 1312, which still carry news today.
//!
//! Both frame a story with control characters: SOH opens the header, STX the text, ETX the trailer with its time, EOT ends it.
//! A unit separator in the header tells ANPA 1312 from IPTC 7901. A file may hold any number of stories one after another.
//!
//! Neither has an identifier that lasts, so one is made of the service, the number and the time, the same on each reading.

mod anpa;
mod iptc;
#[cfg(test)]
mod tests;
mod trailer;

use crate::encoding::decode;
use crate::findings::Findings;
use crate::incoming::{Arrival, Incoming, Position, Problem, Reading, Refused};
use crate::told::{Said, Told};

/// The longest story, in bytes; teleprinters send a few thousand.
pub const STORY_LEN_BYTES_MAX: usize = 1 << 20;

/// How many stories one document may hold.
pub const STORIES_MAX: usize = 50_000;

const SOH: char = '\u{1}';
const STX: char = '\u{2}';
const ETX: char = '\u{3}';
const EOT: char = '\u{4}';
const US: char = '\u{1f}';

/// One story between its control characters.
struct Frame<'t> {
    header: &'t str,
    text: &'t str,
    /// `None` when the story ends without one.
    trailer: Option<&'t str>,
}

/// Reads the stories of a IPTC 7901 or ANPA 1312 wire, in any encoding.
///
/// Each is read or refused by itself; arrivals say on which line it begins. What a newsroom can live without is mended or left
/// out with a note; a story is refused when its frame is broken, or it has no words.
pub fn read(document: &[u8], reading: &Reading<'_>) -> Vec<Arrival> {
    let decoded = decode(document, None);
    let text = decoded.text.as_ref();
    let mut arrivals = Vec::new();
    let mut line = 1_u64;
    let mut from = 0;
    let starts: Vec<usize> = text.match_indices(SOH).map(|(at, _)| at).take(STORIES_MAX + 1).collect();
    if STORIES_MAX < starts.len() {
        let reason = format!("holds more than {STORIES_MAX} stories");
        let refused = Refused::of(Problem::new("the document", "", reason, "send it in parts"));
        return vec![Arrival { at: Position::Whole, read: Err(refused) }];
    }
    for (start_idx, start) in starts.iter().enumerate() {
        line += text[from..*start].matches('\n').count() as u64;
        from = *start;
        let end = starts.get(start_idx + 1).copied().unwrap_or(text.len());
        let findings = Findings::default();
        if let (0, Some(repair)) = (start_idx, &decoded.repair) {
            findings.mended(&"the document", "", repair.clone());
        }
        let at = if starts.len() == 1 { Position::Whole } else { Position::Line(line) };
        arrivals.push(Arrival { at, read: read_story(&text[start + SOH.len_utf8()..end], reading, findings) });
    }
    if arrivals.is_empty() {
        let reason = "is no wire of IPTC 7901 or ANPA 1312: it holds no start of header (the byte 01)";
        let refused =
            Refused::of(Problem::new("the document", "", reason, "send it as it came from the wire, control characters included"));
        arrivals.push(Arrival { at: Position::Whole, read: Err(refused) });
    }
    arrivals
}

fn read_story(story: &str, reading: &Reading<'_>, findings: Findings) -> Result<Incoming, Refused> {
    if STORY_LEN_BYTES_MAX < story.len() {
        let reason = format!("has {} bytes, and at most {STORY_LEN_BYTES_MAX} are read", story.len());
        return Err(Refused::of(Problem::new("the story", "", reason, "end each story with EOT (the byte 04)")));
    }
    let story = story.split(EOT).next().unwrap_or(story);
    let Some((header, rest)) = story.split_once(STX) else {
        let reason = "has no start of text (the byte 02) behind its header";
        return Err(Refused::of(Problem::new("the story", header_of(story), reason, "send it again, complete")));
    };
    let (text, trailer) = rest.split_once(ETX).map_or((rest, None), |(text, trailer)| (text, Some(trailer)));
    let frame = Frame { header, text, trailer };
    if frame.trailer.is_none() {
        findings.mended(&"the story", header_of(header), "has no end of text (the byte 03), so it may be cut off");
    }
    let mut told = Told::default();
    if header.contains(US) {
        anpa::tell(&frame, &mut told);
    } else {
        iptc::tell(&frame, &mut told);
    }
    let guid = told.guid.as_ref().map(|said| said.text.clone());
    let content = told.settle(&findings, reading);
    let (problems, repairs) = findings.into_parts();
    match content {
        Some(content) if problems.is_empty() => Ok(Incoming { content, repairs, is_numbered: false }),
        _ => Err(Refused { guid: guid.map(Into::into), problems }),
    }
}

/// The first line of a header, for a sentence about it.
fn header_of(text: &str) -> &str {
    text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default()
}

/// The section of a category: one letter, by the usage of ANPA 1312.
fn section(category: &str) -> Option<Said> {
    let slug = match category.to_ascii_lowercase().as_str() {
        "f" => "economy",
        "s" | "q" => "sport",
        "e" => "culture",
        "p" | "w" => "politics",
        "i" => "world",
        "o" => "weather",
        "l" | "d" => "lifestyle",
        _ => return None,
    };
    Some(Said::new("category", slug))
}

/// A name for a story that has none of its own.
fn made_guid(parts: &[&str]) -> Option<Said> {
    let parts: Vec<String> = parts.iter().filter_map(|part| courant_news::slugify(part)).collect();
    Said::maybe("the header", (!parts.is_empty()).then(|| format!("courant:made/{}", parts.join("/"))))
}

/// A line without the control characters of the wire.
fn printable(line: &str) -> String {
    line.chars().filter(|letter| !letter.is_control() || *letter == '\t').collect::<String>().trim().to_owned()
}

/// Whether a line says what take of a running story this is: `1ST LEAD`, `URGENT`, `2nd Ld-Writethru`.
fn is_take(line: &str) -> bool {
    let line = line.trim();
    let says_take = ["LEAD", "LD", "URGENT", "ADD", "WRITETHRU", "REPEAT", "CORRECTION", "BULLETIN", "FLASH"];
    let words: Vec<String> = line.split([' ', '-', ',']).map(str::to_uppercase).filter(|word| !word.is_empty()).collect();
    words.len() <= 4 && !line.contains(char::is_lowercase) && words.iter().any(|word| says_take.contains(&word.as_str()))
}
