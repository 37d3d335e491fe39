//! Shows where a query was found: headlines with the words marked, and the passage of the copy
//! that answers best. Spans, never markup: the page decides how a mark looks.

use std::ops::Range;

use crate::analysis::{Analyser, Analysis, with_analyser};
use crate::plan::Plan;
use crate::query::{Query, Scope};

/// A piece of text, marked or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it is what the query looked for.
    pub is_match: bool,
}

/// A passage of a story's copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The passage, in order.
    pub pieces: Vec<Piece>,
    /// Whether copy was left out before it.
    pub starts_inside: bool,
    /// Whether copy was left out after it.
    pub ends_inside: bool,
}

impl Snippet {
    /// Whether anything in it is marked.
    pub fn has_match(&self) -> bool {
        self.pieces.iter().any(|piece| piece.is_match)
    }

    /// The passage as plain text.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }
}

/// A match in a text: its bytes, and which of the query's wants it answers.
struct Found {
    range: Range<usize>,
    want: usize,
}

/// Marks the words of one query in many texts.
#[derive(Debug)]
pub struct Highlighter {
    query: Query,
    /// What is wanted, for each language met so far.
    wanted: Vec<(Analysis, Vec<Want>)>,
}

#[derive(Debug, Clone)]
struct Want {
    scope: Scope,
    terms: Vec<String>,
}

/// Characters a sentence start may be before the best passage for the passage to begin there.
const REACH_BACK_CHARS: usize = 60;

/// Bytes of a story looked at for a passage: deeper matches are left unmarked, and the passage is
/// the opening. Keeps the page of results fast over very long copy.
const MAX_SNIPPET_SOURCE: usize = 64 * 1024;

impl Highlighter {
    /// A highlighter for the words `query` wants to see.
    pub fn new(query: &Query) -> Self {
        Self { query: query.clone(), wanted: Vec::new() }
    }

    /// A headline with what was found in it. `lang` is the story's language tag.
    pub fn title(&mut self, lang: &str, title: &str) -> Vec<Piece> {
        let found = self.find(lang, title, true);
        pieces(title, 0..title.len(), &found)
    }

    /// The passage of `body` that answers best, of at most `max_chars` characters. Without a
    /// match it is the opening.
    pub fn snippet(&mut self, lang: &str, body: &str, max_chars: usize) -> Snippet {
        let body = &body[..body.floor_char_boundary(MAX_SNIPPET_SOURCE)];
        let found = self.find(lang, body, false);
        let window = best_window(body, &found, max_chars);
        Snippet {
            pieces: pieces(body, window.clone(), &found),
            starts_inside: !body[..window.start].trim().is_empty(),
            ends_inside: !body[window.end..].trim().is_empty(),
        }
    }

    fn find(&mut self, lang: &str, text: &str, is_title: bool) -> Vec<Found> {
        with_analyser(Analysis::for_tag(lang), |analyser| self.find_with(analyser, text, is_title))
    }

    fn find_with(&mut self, analyser: &mut Analyser, text: &str, is_title: bool) -> Vec<Found> {
        let analysis = analyser.analysis();
        let known = self.wanted.iter().position(|(known, _)| *known == analysis).unwrap_or_else(|| {
            let mut wants: Vec<Want> = Vec::new();
            Plan::new(&self.query, analyser).each_wanted(&mut |scope, terms| {
                if !wants.iter().any(|want| want.scope == scope && want.terms == terms) {
                    wants.push(Want { scope, terms: terms.to_vec() });
                }
            });
            self.wanted.push((analysis, wants));
            self.wanted.len() - 1
        });
        let wants = &self.wanted[known].1;
        let applies = |want: &Want| is_title || want.scope == Scope::Anywhere;
        // Per want, how far the text has followed its terms; a phrase must be followed whole.
        let mut followed: Vec<Vec<Vec<Range<usize>>>> = wants.iter().map(|_| Vec::new()).collect();
        let mut found = Vec::new();
        analyser.each(text, |token| {
            for (place, want) in wants.iter().enumerate().filter(|(_, want)| applies(want)) {
                let open = &mut followed[place];
                let mut still_open = Vec::new();
                open.push(Vec::new());
                for mut trail in open.drain(..) {
                    if want.terms[trail.len()] != token.text {
                        continue;
                    }
                    trail.push(token.from..token.to);
                    if trail.len() == want.terms.len() {
                        found.extend(trail.into_iter().map(|range| Found { range, want: place }));
                    } else {
                        still_open.push(trail);
                    }
                }
                *open = still_open;
            }
        });
        found.sort_by_key(|found| (found.range.start, found.range.end));
        found.dedup_by(|later, first| later.range == first.range);
        found
    }
}

/// The stretch of text that answers the most different wants, and of those the earliest: news
/// says first what matters.
fn best_window(text: &str, found: &[Found], max_chars: usize) -> Range<usize> {
    let mut best: Option<(usize, usize)> = None;
    for (first, start) in found.iter().enumerate() {
        let end = advance(text, start.range.start, max_chars);
        let mut wants: Vec<usize> = found[first..].iter().take_while(|next| next.range.end <= end).map(|next| next.want).collect();
        wants.sort_unstable();
        wants.dedup();
        if best.is_none_or(|(most, _)| wants.len() > most) {
            best = Some((wants.len(), start.range.start));
        }
    }
    let anchor = best.map_or(0, |(_, start)| start);
    let start = opening_before(text, anchor);
    let start = fill_from_before(text, start, max_chars);
    let hard_end = advance(text, start, max_chars);
    start..word_end(text, start, hard_end)
}

/// Near the end of a text, room is left: the passage begins as many whole sentences earlier as fit.
fn fill_from_before(text: &str, start: usize, max_chars: usize) -> usize {
    let room = max_chars.saturating_sub(text[start..].chars().count());
    if room == 0 {
        return start;
    }
    let reach = text[..start].char_indices().rev().take(room).last().map_or(start, |(at, _)| at);
    if reach == 0 {
        return 0;
    }
    let mut sentences = text[reach..start].match_indices(['.', '!', '?', '\n', '。']);
    let first = sentences.find(|(at, mark)| text[reach + at + mark.len()..].starts_with(char::is_whitespace));
    first.map_or(start, |(at, mark)| {
        let after = reach + at + mark.len();
        after + (text[after..].len() - text[after..].trim_start().len())
    })
}

/// The byte `chars` characters after `from`.
fn advance(text: &str, from: usize, chars: usize) -> usize {
    text[from..].char_indices().nth(chars).map_or(text.len(), |(offset, _)| from + offset)
}

/// The start of the sentence around `anchor` when it is near, else of a word a little before it.
fn opening_before(text: &str, anchor: usize) -> usize {
    let reach = text[..anchor].char_indices().rev().take(REACH_BACK_CHARS).last().map_or(anchor, |(at, _)| at);
    let before = &text[reach..anchor];
    let sentence = before.char_indices().rev().find(|(at, c)| {
        let next = before[at + c.len_utf8()..].chars().next();
        matches!(c, '\n' | '。' | '！' | '？') || (matches!(c, '.' | '!' | '?' | '؟' | '…') && next.is_some_and(char::is_whitespace))
    });
    let from = match sentence {
        Some((at, c)) => reach + at + c.len_utf8(),
        None if reach == 0 => 0,
        // Half the reach, at the start of a word.
        None => {
            let half = before.char_indices().nth(REACH_BACK_CHARS / 2).map_or(0, |(at, _)| at);
            let space = before[half..].char_indices().find(|(_, c)| c.is_whitespace());
            reach + space.map_or(half, |(at, c)| half + at + c.len_utf8())
        }
    };
    from + (text[from..].len() - text[from..].trim_start().len())
}

/// The last place before `hard_end` where a word ends, so that none is cut in two.
fn word_end(text: &str, start: usize, hard_end: usize) -> usize {
    if hard_end == text.len() {
        return start + text[start..].trim_end().len();
    }
    let window = &text[start..hard_end];
    let at_word_end = text[hard_end..].chars().next().is_some_and(char::is_whitespace);
    let cut = if at_word_end { window.len() } else { window.rfind(char::is_whitespace).unwrap_or(window.len()) };
    // A text without spaces near the end (Japanese, Thai) is cut where the limit falls.
    let cut = if cut < window.len() / 2 { window.len() } else { cut };
    start + window[..cut].trim_end().len()
}

fn pieces(text: &str, window: Range<usize>, found: &[Found]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut at = window.start;
    let mut push = |range: Range<usize>, is_match: bool| {
        if !range.is_empty() {
            pieces.push(Piece { text: text[range].to_owned(), is_match });
        }
    };
    for hit in found {
        if hit.range.start < at || hit.range.end > window.end {
            continue;
        }
        push(at..hit.range.start, false);
        push(hit.range.clone(), true);
        at = hit.range.end;
    }
    push(at..window.end.max(at), false);
    pieces
}

#[cfg(test)]
mod tests;
