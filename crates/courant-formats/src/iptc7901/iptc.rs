//! IPTC 7901: `eca100 3 s 586 ccccb dpa 099`, keywords, text, time.

use courant_news::Signal;

use super::{Frame, header_of, is_take, made_guid, printable, section, trailer};
use crate::html::plain_to_blocks;
use crate::told::{Said, Told};

/// The most lines that stand above the copy.
const HEAD_LINES_MAX: usize = 12;
/// Where what is meant for editors alone begins.
const NOTES: [&str; 4] = ["# Notebook", "* * * *", "The following information is not intended for publication", "---"];

/// Fills in what a story says.
pub(super) fn tell(frame: &Frame<'_>, told: &mut Told) {
    let first = header_of(frame.header);
    let mut fields = first.split_whitespace();
    let number = fields.next().unwrap_or_default();
    told.urgency = Said::maybe("priority", fields.next().filter(|priority| priority.len() == 1));
    told.section = fields.next().and_then(section);
    let slugline = frame.header.lines().skip_while(|line| *line != first).skip(1).map(printable).find(|line| !line.is_empty());
    told.slugline = Said::maybe("the keywords", slugline.map(|line| line.trim_matches('/').to_owned()));
    told.version_created = Said::maybe("the trailer", frame.trailer.and_then(trailer::of_iptc));
    let time = told.version_created.as_ref().map_or("", |said| said.text.as_str());
    told.guid = made_guid(&[number, time, told.slugline.as_ref().filter(|_| time.is_empty()).map_or("", |said| said.text.as_str())]);
    of_text(frame.text, told);
}

fn of_text(text: &str, told: &mut Told) {
    told.has_dateline_in_copy = true;
    let lines: Vec<String> = text.lines().map(|line| line.trim_end().replace(|letter: char| letter.is_control(), "")).collect();
    let n_head = lines.iter().take(HEAD_LINES_MAX).position(|line| line.trim().is_empty()).unwrap_or(0);
    let (head, rest) = lines.split_at(n_head);
    let mut headline = Vec::new();
    for line in head.iter().map(|line| line.trim().trim_end_matches('=').trim_end()) {
        if is_take(line) {
            told.signals = vec![Signal::Update];
            told.ednote = Said::maybe("the head", Some(line));
        } else if line.starts_with("By ") {
            told.printed_byline = Said::maybe("the byline", Some(line));
        } else {
            headline.push(line);
        }
    }
    told.headline = Said::maybe("the head", Some(headline.join(" ")));
    let n_copy = rest.iter().position(|line| NOTES.contains(&line.trim())).unwrap_or(rest.len());
    let (copy, notes) = rest.split_at(n_copy);
    let mut copy: Vec<&str> = copy.iter().map(String::as_str).collect();
    if let Some(last) = copy.iter().rposition(|line| !line.trim().is_empty()).filter(|last| is_sign_off(copy[*last])) {
        told.sign_off = Said::maybe("the last line", Some(copy[last].trim()));
        copy.truncate(last);
    }
    told.body = plain_to_blocks(&copy.join("\n"));
    let mut notes: Vec<&str> = notes.iter().map(|line| line.trim()).filter(|line| !line.is_empty() && !NOTES.contains(line)).collect();
    if let Some(last) = notes.last().filter(|last| is_sign_off(last)) {
        told.sign_off = Said::maybe("the last line", Some(*last));
        notes.pop();
    }
    let before = told.ednote.take().map(|said| said.text);
    told.ednote =
        Said::maybe("the notes", Some(before.into_iter().chain(notes.into_iter().map(str::to_owned)).collect::<Vec<_>>().join(" ")));
}

/// The agency and the initials of who handled a story: `dpa bwh bag`.
fn is_sign_off(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_initials = |word: &&str| (2..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_lowercase());
    (2..=5).contains(&words.len()) && words.iter().all(is_initials)
}
