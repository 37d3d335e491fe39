//! A headline in lines.

use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{GraphemeClusterSegmenter, LineSegmenter};

/// Sizes of a headline in pixels and how many lines of each a card has room for, largest first.
const SIZES: [(f32, usize); 4] = [(76.0, 3), (64.0, 4), (54.0, 5), (46.0, 6)];
/// The size texts are measured at; their width grows with it.
pub(crate) const MEASURED_PX: f32 = 100.0;
/// What is left of a headline beyond this many letters would not be read anyway.
const LETTERS_MAX: usize = 400;
const ELLIPSIS: &str = "…";

/// A headline as it is set.
#[derive(Debug, PartialEq)]
pub(crate) struct Set {
    pub(crate) size_px: f32,
    pub(crate) lines: Vec<String>,
}

/// Breaks a headline where its language breaks lines, at the largest size that holds all of it; one that no size holds is cut
/// with an ellipsis. `width` measures a text at [`MEASURED_PX`]; `None` when no font covers it, and then there is no headline.
pub(crate) fn headline(text: &str, column_px: f32, width: impl Fn(&str) -> Option<f32>) -> Option<Set> {
    let text: String = text.trim().chars().take(LETTERS_MAX).collect();
    if text.is_empty() {
        return None;
    }
    let parts: Vec<(&str, f32)> = parts(&text).into_iter().map(|part| Some((part, width(part)?))).collect::<Option<_>>()?;
    for (size_px, n_lines) in SIZES {
        let column = column_px * MEASURED_PX / size_px;
        if let Some(lines) = lines(&parts, column, &width)
            && lines.len() <= n_lines
        {
            return Some(Set { size_px, lines });
        }
    }
    let (size_px, n_lines) = SIZES[SIZES.len() - 1];
    let column = column_px * MEASURED_PX / size_px;
    let clusters: Vec<(&str, f32)> = parts.iter().flat_map(|(part, _)| pieces(part, column, &width)).collect();
    let mut lines = lines(&clusters, column, &width)?;
    if n_lines < lines.len() {
        lines.truncate(n_lines);
        let last = lines.pop()?;
        lines.push(cut(&last, column, &width));
    }
    Some(Set { size_px, lines })
}

/// The text between the places where a line may break.
fn parts(text: &str) -> Vec<&str> {
    let breaks: Vec<usize> = LineSegmenter::new_auto(LineBreakOptions::default()).segment_str(text).collect();
    breaks.windows(2).map(|ends| &text[ends[0]..ends[1]]).collect()
}

/// As many parts to a line as fit. `None` when one alone is too wide.
fn lines(parts: &[(&str, f32)], column: f32, width: &impl Fn(&str) -> Option<f32>) -> Option<Vec<String>> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut taken = 0.0;
    for (part, part_width) in parts {
        // The space at the end of a line hangs over.
        let bare = if part.ends_with(char::is_whitespace) { width(part.trim_end())? } else { *part_width };
        if column < bare {
            return None;
        }
        if column < taken + bare {
            lines.push(line.trim_end().to_owned());
            line.clear();
            taken = 0.0;
        }
        line.push_str(part);
        taken += part_width;
    }
    lines.push(line.trim_end().to_owned());
    lines.retain(|line| !line.is_empty());
    Some(lines)
}

/// A part that is too wide for a line, in letters.
fn pieces<'a>(part: &'a str, column: f32, width: &impl Fn(&str) -> Option<f32>) -> Vec<(&'a str, f32)> {
    match width(part.trim_end()) {
        Some(whole) if whole <= column => vec![(part, width(part).unwrap_or(whole))],
        _ => {
            let ends: Vec<usize> = GraphemeClusterSegmenter::new().segment_str(part).collect();
            ends.windows(2).filter_map(|ends| Some((&part[ends[0]..ends[1]], width(&part[ends[0]..ends[1]])?))).collect()
        }
    }
}

/// The line with an ellipsis, without the last of its words that has no room any more.
fn cut(line: &str, column: f32, width: &impl Fn(&str) -> Option<f32>) -> String {
    let mut ends: Vec<usize> = LineSegmenter::new_auto(LineBreakOptions::default()).segment_str(line).collect();
    while let Some(end) = ends.pop() {
        let kept = line[..end].trim_end_matches(|letter: char| letter.is_whitespace() || letter.is_ascii_punctuation() || letter == '、');
        let candidate = format!("{kept}{ELLIPSIS}");
        if !kept.is_empty() && width(&candidate).is_some_and(|wide| wide <= column) {
            return candidate;
        }
    }
    ELLIPSIS.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every letter is as wide as its size, as in Japanese.
    #[expect(clippy::cast_precision_loss, clippy::unnecessary_wraps, reason = "a headline is short, and every font has its letters")]
    fn square(text: &str) -> Option<f32> {
        Some(text.chars().count() as f32 * MEASURED_PX)
    }

    #[test]
    fn a_short_headline_is_set_large_and_whole() {
        let set = headline("Rain stops play", 1_000.0, square).unwrap();
        assert_eq!((set.size_px, set.lines), (76.0, vec!["Rain stops".to_owned(), "play".to_owned()]));
    }

    #[test]
    fn a_longer_one_is_set_smaller_before_it_is_cut() {
        let words = "word ".repeat(20);
        let set = headline(&words, 1_000.0, square).unwrap();
        assert_eq!(set.lines.join(" "), words.trim(), "nothing is lost");
        assert!(set.size_px < 76.0);
        let set = headline(&"word ".repeat(60), 1_000.0, square).unwrap();
        assert_eq!(set.lines.len(), 6);
        assert!(set.lines[5].ends_with("word…"), "{set:?}");
        assert!(set.lines.iter().all(|line| square(line).unwrap() * 46.0 / MEASURED_PX <= 1_000.0), "{set:?}");
    }

    #[test]
    fn japanese_breaks_without_spaces_and_never_before_a_full_stop() {
        let set = headline("国際宇宙ステーションの運用を二〇三〇年まで延長する方針を確認。", 700.0, square).unwrap();
        assert!(1 < set.lines.len(), "{set:?}");
        assert!(set.lines.iter().all(|line| !line.starts_with(['。', '、', 'ー', 'ョ'])), "{set:?}");
    }

    #[test]
    fn a_word_without_end_is_broken_between_letters() {
        let set = headline(&"x".repeat(200), 1_000.0, square).unwrap();
        assert_eq!(set.lines.len(), 6, "{set:?}");
    }

    #[test]
    fn a_headline_that_no_font_covers_is_left_out_whole() {
        assert_eq!(headline("abc عاجل", 1_000.0, |text| text.is_ascii().then_some(10.0)), None);
        assert_eq!(headline("  ", 1_000.0, square), None);
    }
}
