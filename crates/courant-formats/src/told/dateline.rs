//! The dateline, and the one that is printed at the head of the copy.

use courant_news::{AgencyMark, Block, Dateline, Inline, slugify};
use jiff::Timestamp;

use super::{Desk, Said, Told, ToldPlace};
use crate::instant;

/// The longest agency's mark, in characters.
const MARK_CHARS_MAX: usize = 40;
/// How far into the copy a printed dateline may reach, in characters.
const PRINTED_CHARS_MAX: usize = 100;
/// How many words may stand between the place and the end of a printed dateline, the agency's mark apart.
const WORDS_BETWEEN_MAX: usize = 4;
/// What ends a printed dateline.
const ENDS: [&str; 6] = ["— ", "– ", "_ ", "-- ", "- ", ": "];
const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

impl Told {
    /// The dateline. One that is printed at the head of the copy too is taken out there, for pages print it. Where the two
    /// differ, the copy is right: other fields often name the desk.
    pub(super) fn dateline(&mut self, first_moved_at: Timestamp, body: &mut Vec<Block>, desk: Desk<'_>) -> Option<Dateline> {
        let Desk { findings, reading } = desk;
        let filed_at = self.filed_at.as_ref().and_then(|said| instant::past(findings, &said.field, &said.text, reading.now));
        let in_copy = body.first().filter(|_| !self.is_own);
        let in_copy =
            in_copy.and_then(|first| of_copy(first).or_else(|| self.has_dateline_in_copy.then(|| of_copy_of_wire(first)).flatten()));
        let elsewhere = self.located.take().or_else(|| self.printed_dateline.as_ref().and_then(of_printed));
        let told = match (elsewhere, in_copy) {
            (Some(elsewhere), Some(in_copy)) if slugify(&elsewhere.name) != slugify(&in_copy.name) => {
                findings.mended(
                    &elsewhere.field,
                    &elsewhere.name,
                    format!("is not the place of the copy's dateline; taken as {}", in_copy.name),
                );
                in_copy
            }
            (elsewhere, in_copy) => elsewhere.or(in_copy)?,
        };
        let place = told.settle(findings)?;
        let mut mark = self.mark.take();
        if !self.is_own
            && let Some(taken) = take_out(body, &place.name)
        {
            findings.mended(&"the copy", &taken.printed, "opens with the dateline; taken out, for pages print it");
            mark = mark.or(taken.mark);
        }
        let mark = mark.map(|mark| mark.trim().chars().filter(|letter| !letter.is_control()).take(MARK_CHARS_MAX).collect::<String>());
        let mark = mark.filter(|mark| !mark.is_empty()).map(|mark| AgencyMark(mark.into()));
        Some(Dateline { place, filed_at: filed_at.unwrap_or(first_moved_at), mark })
    }
}

/// The place that a printed dateline begins with: `SYDNEY March 22 AAP -`, `MOSCOW, Monday (Reuters)`.
fn of_printed(said: &Said) -> Option<ToldPlace> {
    let printed = said.text.trim();
    let end = printed.find(['(', '/', ',', ';', '_', '—', '–']).unwrap_or(printed.len());
    let end = printed[..end].find(" - ").unwrap_or(end);
    let mut words = Vec::new();
    for word in printed[..end].split_whitespace() {
        let small = word.to_lowercase();
        let is_date = word.contains(|letter: char| letter.is_ascii_digit())
            || MONTHS.iter().any(|month| small == *month || small.trim_end_matches('.') == &month[..3]);
        if is_date || matches!(word, "-" | "--") {
            break;
        }
        words.push(word);
    }
    let name = words.join(" ");
    let is_name = name.contains(char::is_alphabetic) && name.chars().count() <= 60;
    is_name.then(|| ToldPlace { field: said.field, name: as_a_name(&name), ..ToldPlace::default() })
}

/// The place of a dateline that only the copy has: capitals, then a date or the agency's mark, then a dash.
fn of_copy(first: &Block) -> Option<ToldPlace> {
    let Block::Paragraph(run) = first else { return None };
    let Some(Inline::Text(text)) = run.first() else { return None };
    let text = text.trim_start();
    let is_small = |letter: char| letter.is_lowercase() || letter.is_ascii_digit() || matches!(letter, '(' | '/' | '_' | '—' | '–');
    let end = text.find(is_small)?;
    // The capital that begins the name of a month is none of the place.
    let end = text[..end].trim_end_matches(char::is_alphabetic).len();
    let name = text[..end].trim().trim_end_matches([',', '-']).trim_end();
    let n_letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
    let is_name = 3 <= n_letters && name.chars().count() <= 60 && !name.contains(['"', '“', '.', ':', '!', '?']);
    let mut trial = vec![first.clone(), first.clone()];
    let taken = is_name.then(|| take_out(&mut trial, name)).flatten()?;
    let has_date = taken.printed.contains(|letter: char| letter.is_ascii_digit());
    (taken.mark.is_some() || has_date).then(|| ToldPlace { field: "the copy", name: as_a_name(name), ..ToldPlace::default() })
}

/// The place of a dateline in copy that must have one: names, then the agency's mark: `San Diego (tca/dpa) -`.
fn of_copy_of_wire(first: &Block) -> Option<ToldPlace> {
    let Block::Paragraph(run) = first else { return None };
    let Some(Inline::Text(text)) = run.first() else { return None };
    let (name, rest) = text.trim_start().split_once('(')?;
    let name = name.trim().trim_end_matches(',');
    let words: Vec<&str> = name.split_whitespace().collect();
    let are_names = words.iter().all(|word| word.starts_with(char::is_uppercase));
    let has_dash = rest.split_once(')').is_some_and(|(_, after)| after.trim_start().starts_with(['-', '–', '—', '_']));
    let is_place = (1..=WORDS_BETWEEN_MAX).contains(&words.len()) && are_names && has_dash;
    is_place.then(|| ToldPlace { field: "the copy", name: as_a_name(name), ..ToldPlace::default() })
}

/// A place in capitals as a name is written: `NEW YORK` becomes `New York`.
pub(crate) fn as_a_name(name: &str) -> String {
    if name.contains(char::is_lowercase) || name.chars().count() <= 2 {
        return name.to_owned();
    }
    let mut written = String::with_capacity(name.len());
    let mut is_first = true;
    for letter in name.chars() {
        if is_first {
            written.push(letter);
        } else {
            written.extend(letter.to_lowercase());
        }
        is_first = !letter.is_alphanumeric() && letter != '\'' && letter != '’';
    }
    written
}

/// A dateline that was printed at the head of the copy.
struct Taken {
    printed: String,
    mark: Option<String>,
}

/// Takes the dateline of `place` from the head of the copy, if that is one.
fn take_out(body: &mut Vec<Block>, place: &str) -> Option<Taken> {
    let Some(Block::Paragraph(run)) = body.first_mut() else { return None };
    let is_alone = run.len() == 1;
    let Some(Inline::Text(text)) = run.first_mut() else { return None };
    let start = format!("{} ", text.trim_start());
    let after = after_prefix(&start, place)?;
    if !after.starts_with([' ', ',', '(', '/', ';', '—', '–', ':']) {
        return None;
    }
    let reach = after.char_indices().nth(PRINTED_CHARS_MAX).map_or(after.len(), |(at, _)| at);
    let ends = ENDS.iter().filter_map(|ending| after[..reach].find(ending).map(|at| (&after[..at], at + ending.len())));
    let (between, end) = ends.min_by_key(|(_, end)| *end)?;
    let (outside, mark) = without_mark(between);
    let is_dateline = mark.is_some() || start[..start.len() - after.len()].chars().all(|letter| !letter.is_lowercase());
    if !is_dateline || WORDS_BETWEEN_MAX < outside.split_whitespace().count() || (mark.is_none() && outside.contains(". ")) {
        return None;
    }
    let (printed, rest) = start.split_at(start.len() - after.len() + end);
    let taken = Taken { printed: printed.to_owned(), mark };
    let rest = rest.trim().to_owned();
    if !rest.is_empty() {
        let tail = if text.ends_with(' ') { " " } else { "" };
        *text = format!("{rest}{tail}").into();
    } else if !is_alone {
        run.remove(0);
    } else if 1 < body.len() {
        body.remove(0);
    } else {
        return None;
    }
    Some(taken)
}

/// What follows `prefix`, whatever its capitals.
fn after_prefix<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let mut letters = text.chars();
    for wanted in prefix.chars() {
        let letter = letters.next()?;
        if letter != wanted && !letter.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    Some(letters.as_str())
}

/// A text without what stands in brackets or slashes, and that: `(AP)`, `/TASS/`.
fn without_mark(text: &str) -> (String, Option<String>) {
    for (open, close) in [('(', ')'), ('/', '/')] {
        if let Some((before, rest)) = text.split_once(open)
            && let Some((mark, after)) = rest.split_once(close)
        {
            return (format!("{before} {after}"), Some(mark.trim().to_owned()).filter(|mark| !mark.is_empty()));
        }
    }
    (text.to_owned(), None)
}

#[cfg(test)]
mod tests {
    use courant_news::plain_text;

    use super::*;

    #[test]
    fn a_place_is_read_from_a_printed_dateline() {
        for (printed, name) in [
            ("SYDNEY March 22 AAP -", "Sydney"),
            ("MOSCOW, Monday (Reuters)", "Moscow"),
            ("New York (dpa) - ", "New York"),
            ("ST. JOHN'S, Newfoundland", "St. John's"),
            ("東京", "東京"),
        ] {
            let place = of_printed(&Said::new("dateline", printed));
            assert_eq!(place.map(|place| place.name).as_deref(), Some(name), "{printed}");
        }
        assert_eq!(of_printed(&Said::new("dateline", "2014-07-16 20:15:21 GMT+00:00")), None);
    }

    #[test]
    fn a_dateline_that_only_the_copy_has_is_found() {
        let check = |copy: &str| of_copy(&Block::Paragraph(vec![Inline::Text(copy.into())])).map(|place| place.name);
        for (copy, name) in [
            ("SEOUL, Nov 26 AFP - Gas rose.", "Seoul"),
            ("   NEW YORK (AP) _ Gas rose.", "New York"),
            ("ST PETERSBURG, Russia (AP) — Gas rose.", "St Petersburg"),
            ("MADRID, 21 Nov. 2024 (Europa Press) -", "Madrid"),
        ] {
            assert_eq!(check(copy).as_deref(), Some(name), "{copy}");
        }
        for copy in ["Seoul (AP) - Gas.", "NATO - the alliance - said so.", "GAS", "US (many) gas - rose.", "AT&T, IBM - 5 firms - rose."] {
            assert_eq!(check(copy), None, "{copy}");
        }
    }

    #[test]
    fn a_printed_dateline_is_taken_out_and_nothing_else_is() {
        let check = |copy: &str, place: &str| {
            let mut body = vec![Block::Paragraph(vec![Inline::Text(copy.into())])];
            let mark = take_out(&mut body, place).map(|taken| taken.mark.unwrap_or_default());
            (plain_text(&body), mark)
        };
        for (copy, place, rest, mark) in [
            ("NEW YORK (AP) — The gas rose.", "New York", "The gas rose.", "AP"),
            ("NEW YORK (AP) _ The gas rose.", "New York", "The gas rose.", "AP"),
            ("TOKYO, March 20. /COURANT/. - Gas.", "Tokyo", "Gas.", "COURANT"),
            ("LONDON, Nov 3 - Gas rose.", "London", "Gas rose.", ""),
        ] {
            assert_eq!(check(copy, place), (rest.to_owned(), Some(mark.to_owned())), "{copy}");
        }
        for (copy, place) in [
            ("London is a city - so they say.", "London"),
            ("LONDON", "London"),
            ("Londoners (many) - all of them.", "London"),
            ("Paris (AP) - Gas.", "London"),
        ] {
            assert_eq!(check(copy, place), (copy.to_owned(), None), "{copy}");
        }
    }
}
