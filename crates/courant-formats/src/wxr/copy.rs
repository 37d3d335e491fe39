//! WordPress's copy as plain HTML: paragraphs where it has blank lines, elements where it has short codes.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::item::Item;
use crate::feed_in::lex::{Piece, Pieces, attributes};
use crate::feed_in::references::push_escaped;

/// Elements that stand on their own, so that no paragraph is put around them.
const BLOCKS: [&str; 26] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "blockquote",
    "figure",
    "table",
    "pre",
    "hr",
    "section",
    "article",
    "aside",
    "header",
    "footer",
    "form",
    "iframe",
    "script",
    "style",
];
/// How many short codes of one story are read.
const CODES_MAX: usize = 10_000;

/// Copy that any HTML reader understands.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    pub(super) html: String,
    pub(super) galleries: Vec<Gallery>,
}

/// Which pictures a gallery shows.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Gallery {
    Named(Vec<u64>),
    /// All attachments of the story.
    Own,
}

/// Prepares copy. `files` are the attachments by the names of their files: they know the sizes of pictures.
pub(super) fn prepare(content: &str, files: &HashMap<&str, &Item>) -> Prepared {
    let mut prepared = Prepared::default();
    let plain = without_codes(content, &mut prepared.galleries);
    let with_paragraphs = if content.contains("<!-- wp:") { plain } else { paragraphs(&plain) };
    prepared.html = with_sizes(&with_paragraphs, files);
    prepared
}

/// The copy with its short codes as elements. One that nobody knows stays as it is: the words may be meant.
fn without_codes(content: &str, galleries: &mut Vec<Gallery>) -> String {
    let mut html = String::with_capacity(content.len());
    let mut rest = content;
    let mut n_codes = 0;
    while let Some(at) = rest.find('[').filter(|_| n_codes < CODES_MAX) {
        html.push_str(&rest[..at]);
        rest = &rest[at..];
        n_codes += 1;
        let Some((name, given, len)) = code(rest) else {
            html.push('[');
            rest = &rest[1..];
            continue;
        };
        let behind = &rest[len..];
        let end = format!("[/{name}]");
        let inner = behind.find(&end).map(|inner_len| (&behind[..inner_len], &behind[inner_len + end.len()..]));
        let value = |wanted: &str| attributes(given).find(|(key, _)| *key == wanted).map(|(_, value)| value);
        rest = match (name, inner) {
            ("caption" | "wp_caption", Some((inner, after))) => {
                caption(inner, value("caption"), &mut html);
                after
            }
            ("embed", Some((inner, after))) => {
                link(inner.trim(), &mut html);
                after
            }
            ("gallery" | "playlist", _) => {
                let ids = value("ids").or_else(|| value("include"));
                galleries
                    .push(ids.map_or(Gallery::Own, |ids| Gallery::Named(ids.split(',').filter_map(|id| id.trim().parse().ok()).collect())));
                behind
            }
            ("audio" | "video", inner) => {
                let files = ["src", "mp3", "m4a", "ogg", "wav", "mp4", "m4v", "webm", "ogv"];
                if let Some(address) = files.iter().find_map(|key| value(key)) {
                    link(address, &mut html);
                }
                inner.map_or(behind, |(_, after)| after)
            }
            _ => {
                html.push_str(&rest[..len]);
                behind
            }
        };
    }
    html.push_str(rest);
    html
}

/// The name and attributes of the short code that `rest` begins with, and its length.
fn code(rest: &str) -> Option<(&str, &str, usize)> {
    let name_len = rest[1..].find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').filter(|len| *len != 0)?;
    let end = rest.find(']').filter(|end| name_len < *end)?;
    let inner = rest[1 + name_len..end].trim_end_matches('/');
    Some((&rest[1..=name_len], inner, end + 1))
}

/// A picture with its caption: the picture, then words, or the words in an attribute.
fn caption(inner: &str, said: Option<&str>, html: &mut String) {
    let picture_end = inner.find("<img").and_then(|at| inner[at..].find('>').map(|len| at + len + 1)).unwrap_or(0);
    let (picture, words) = inner.split_at(picture_end);
    let words = words.trim_start().strip_prefix("</a>").unwrap_or(words);
    let picture = picture.find("<img").map_or("", |at| &picture[at..]);
    let words = if words.trim().is_empty() { said.unwrap_or_default() } else { words.trim() };
    let _ = write!(html, "\n\n<figure>{picture}<figcaption>{words}</figcaption></figure>\n\n");
}

fn link(address: &str, html: &mut String) {
    html.push_str("\n\n<p><a href=\"");
    push_escaped(address, html);
    html.push_str("\">");
    push_escaped(address, html);
    html.push_str("</a></p>\n\n");
}

/// Copy of the classic editor: blank lines part paragraphs, line ends are kept.
fn paragraphs(content: &str) -> String {
    let content = content.replace("\r\n", "\n");
    let mut html = String::with_capacity(content.len() + content.len() / 8);
    let mut is_preformatted = false;
    for chunk in content.split("\n\n") {
        let trimmed = chunk.trim();
        if trimmed.is_empty() {
            continue;
        }
        let begins_block = begins_block(trimmed);
        if begins_block || is_preformatted {
            html.push_str(chunk);
            html.push_str("\n\n");
        } else {
            html.push_str("<p>");
            html.push_str(&trimmed.replace('\n', "<br>"));
            html.push_str("</p>\n");
        }
        let (opened, closed) = (chunk.rfind("<pre"), chunk.rfind("</pre"));
        is_preformatted = match (opened, closed) {
            (Some(opened), Some(closed)) => closed < opened,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => is_preformatted,
        };
    }
    html
}

fn begins_block(chunk: &str) -> bool {
    let Some(after) = chunk.strip_prefix('<') else { return false };
    let name = after.trim_start_matches('/');
    let len = name.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(name.len());
    BLOCKS.iter().any(|block| block.eq_ignore_ascii_case(&name[..len]))
}

/// The copy with the sizes of its pictures, which blocks do not give: of the attachment, or of the name of a scaled file
/// (`harbour-1024x683.jpg`). A page keeps room for a picture before it comes.
fn with_sizes(html: &str, files: &HashMap<&str, &Item>) -> String {
    if !html.contains("<img") {
        return html.to_owned();
    }
    let mut sized = String::with_capacity(html.len() + 64);
    let mut pieces = Pieces::of(html);
    loop {
        let from = pieces.position();
        let Some(piece) = pieces.next() else { return sized };
        let raw = &html[from..pieces.position()];
        let Piece::Start { name: "img", attributes: given, .. } = piece else {
            sized.push_str(raw);
            continue;
        };
        let value = |wanted: &str| attributes(given).find(|(key, _)| *key == wanted).map(|(_, value)| value);
        let size = value("src").and_then(|src| size_of(src, files));
        match size.filter(|_| value("width").is_none() || value("height").is_none()) {
            Some((width, height)) => {
                let others = attributes(given).filter(|(key, _)| !matches!(*key, "width" | "height"));
                sized.push_str("<img");
                for (key, value) in others {
                    let _ = write!(sized, " {key}=\"{}\"", value.replace('"', "&quot;"));
                }
                let _ = write!(sized, " width=\"{width}\" height=\"{height}\">");
            }
            None => sized.push_str(raw),
        }
    }
}

fn size_of(src: &str, files: &HashMap<&str, &Item>) -> Option<(u32, u32)> {
    let name = src.split(['?', '#']).next()?.rsplit('/').next()?;
    let stem = name.rsplit_once('.')?.0;
    let scaled = stem.rsplit_once('-').and_then(|(_, size)| size.split_once('x'));
    if let Some((width, height)) = scaled.and_then(|(width, height)| width.parse().ok().zip(height.parse().ok())) {
        return Some((width, height));
    }
    files.get(name).and_then(|item| item.size)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(content: &str) -> String {
        prepare(content, &HashMap::new()).html
    }

    #[test]
    fn blank_lines_part_paragraphs_in_the_classic_editor_only() {
        assert_eq!(html("One\ntwo\n\n<h2>Three</h2>\n\nFour"), "<p>One<br>two</p>\n<h2>Three</h2>\n\n<p>Four</p>\n");
        assert_eq!(html("<!-- wp:paragraph --><p>One</p><!-- /wp:paragraph -->"), "<!-- wp:paragraph --><p>One</p><!-- /wp:paragraph -->");
    }

    #[test]
    fn short_codes_become_elements_and_unknown_ones_stay() {
        let captioned =
            "[caption id=\"a\" width=\"300\"]<a href=\"x\"><img src=\"a-300x200.jpg\" alt=\"A\" /></a> The <em>harbour</em>[/caption]";
        let made = html(captioned);
        assert!(made.contains("<figure><img src=\"a-300x200.jpg\" alt=\"A\" width=\"300\" height=\"200\"><figcaption>The <em>harbour</em></figcaption></figure>"), "{made}");
        assert!(html("[embed]https://x.example/1[/embed]").contains("<a href=\"https://x.example/1\">"));
        assert_eq!(html("[sic] and [unknown a=1]"), "<p>[sic] and [unknown a=1]</p>\n");
        assert_eq!(prepare("[gallery ids=\"1, 2\"] [gallery]", &HashMap::new()).galleries, [Gallery::Named(vec![1, 2]), Gallery::Own]);
    }
}
