//! Turns the lines of old wire copy into paragraphs.

use super::ninjs::push_escaped;

/// Splits copy into paragraphs in reading order.
///
/// On the wire a line that begins at the margin goes on with the paragraph before it; an indented line begins a new one.
/// The rows of a table are indented by one space, so each becomes a paragraph of its own, its gaps closed up.
/// The sign-off (`Reuter`), what follows it and the `^M` that some terminals left behind are dropped.
pub(crate) fn paragraphs(copy: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    for line in copy.lines() {
        let line = line.trim_end();
        let line = line.strip_suffix("^M").unwrap_or(line);
        let words = line.split_whitespace();
        if line.trim().is_empty() {
            continue;
        }
        let starts_paragraph = line.starts_with([' ', '\t']) || is_sign_off(line);
        match paragraphs.last_mut() {
            Some(open) if !starts_paragraph => words.for_each(|word| {
                open.push(' ');
                open.push_str(word);
            }),
            _ => paragraphs.push(words.collect::<Vec<_>>().join(" ")),
        }
    }
    while paragraphs.last().is_some_and(|last| is_sign_off(last)) {
        paragraphs.pop();
    }
    paragraphs
}

fn is_sign_off(paragraph: &str) -> bool {
    let word = paragraph.trim_matches(|letter: char| !letter.is_ascii_alphabetic());
    ["reuter", "reuters", "more"].iter().any(|sign_off| word.eq_ignore_ascii_case(sign_off))
}

/// Paragraphs as HTML.
pub(crate) fn html(paragraphs: &[String]) -> String {
    let mut html = String::new();
    for paragraph in paragraphs {
        html.push_str("<p>");
        push_escaped(&mut html, paragraph);
        html.push_str("</p>\n");
    }
    html.truncate(html.trim_end().len());
    html
}

/// Words of all paragraphs together.
pub(crate) fn n_words(paragraphs: &[String]) -> usize {
    paragraphs.iter().map(|paragraph| paragraph.split_whitespace().count()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_indented_line_opens_a_paragraph() {
        let copy = "Rain fell on\nthe plain.\n    It was wet.\n Wheat     1.20   1.30\n Rye       nil   0.10\n Reuter\n\n";
        assert_eq!(paragraphs(copy), ["Rain fell on the plain.", "It was wet.", "Wheat 1.20 1.30", "Rye nil 0.10"]);
    }

    #[test]
    fn sign_offs_are_dropped_in_every_spelling() {
        for sign_off in [" Reuter", "    REUTER", " reuter^M", " REUTER...", "REUTER^M", " More\n Reuter"] {
            assert_eq!(paragraphs(&format!("A fact.\n{sign_off}\n\n")), ["A fact."], "{sign_off:?}");
        }
    }

    #[test]
    fn html_is_escaped() {
        assert_eq!(html(&["A <B> & C".into(), "D".into()]), "<p>A &lt;B&gt; &amp; C</p>\n<p>D</p>");
    }
}
