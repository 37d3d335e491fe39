//! Copy without markup.

use courant_news::{Block, Inline};

use super::{one_line, tidy, to_blocks};

/// Lines longer than this, in characters, are whole paragraphs and not lines of a wrapped text.
const WRAPPED_LINE_CHARS_MAX: usize = 100;
/// Where a line begins with so many spaces, a paragraph begins.
const INDENT_SPACES: usize = 2;

/// The paragraphs of plain text.
///
/// Blank lines and indents begin a paragraph. A text without either, whose lines are long, has one in each line;
/// otherwise its lines were wrapped, as on a wire, and are joined.
pub fn plain_to_blocks(text: &str) -> Vec<Block> {
    let has_blank_line = text.lines().skip_while(|line| line.trim().is_empty()).any(|line| line.trim().is_empty());
    let has_long_line = || text.lines().any(|line| WRAPPED_LINE_CHARS_MAX < line.chars().take(WRAPPED_LINE_CHARS_MAX + 1).count());
    let each_line = !has_blank_line && has_long_line();
    let mut blocks = Vec::new();
    let mut paragraph = String::new();
    for line in text.lines() {
        let is_indented = line.starts_with('\t') || INDENT_SPACES <= line.bytes().take_while(|byte| *byte == b' ').count();
        if (line.trim().is_empty() || is_indented || each_line) && !paragraph.is_empty() {
            blocks.push(Block::Paragraph(vec![Inline::Text(std::mem::take(&mut paragraph).into())]));
        }
        if !paragraph.is_empty() {
            paragraph.push(' ');
        }
        paragraph.push_str(line.trim());
    }
    if !paragraph.is_empty() {
        blocks.push(Block::Paragraph(vec![Inline::Text(paragraph.into())]));
    }
    tidy(blocks)
}

/// The words of a short text that may hold markup (a headline, a description), as one line.
pub fn to_line(text: &str) -> String {
    if !looks_like_markup(text) {
        return one_line(text);
    }
    let (blocks, _) = to_blocks(text);
    one_line(&courant_news::plain_text(&blocks))
}

/// Whether a text that does not say is markup: it has a tag or a character reference.
pub(crate) fn looks_like_markup(text: &str) -> bool {
    let last_end = text.rfind('>').unwrap_or_default();
    let has_tag = text.match_indices('<').any(|(at, _)| {
        let after = text[at + 1..].strip_prefix('/').unwrap_or(&text[at + 1..]);
        at < last_end && after.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
    });
    let is_reference = |rest: &str| {
        let name_len = rest.bytes().take(9).position(|byte| byte == b';');
        name_len.is_some_and(|len| 2 <= len && rest[..len].trim_start_matches('#').bytes().all(|byte| byte.is_ascii_alphanumeric()))
    };
    has_tag || text.match_indices('&').any(|(at, _)| is_reference(&text[at + 1..]))
}
