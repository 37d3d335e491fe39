//! Headlines of others, made harmless.

use unicode_normalization::char::is_combining_mark;

/// The longest headline of another medium, in characters.
pub const HEADLINE_CHARS_MAX: usize = 300;
/// Marks on one letter: more are a trick.
const MARKS_MAX: usize = 4;

/// A headline on one line: no markup, no control, nothing that turns the text around it, no invisible letters. `None` when nothing is
/// left. The second answer says whether anything but spaces was taken out.
pub fn headline(given: &str) -> Option<(String, bool)> {
    let (text, had_markup) = without_markup(given);
    let mut out = String::with_capacity(text.len().min(HEADLINE_CHARS_MAX * 4));
    let (mut n_chars, mut n_marks, mut was_cleaned) = (0, 0, had_markup);
    let mut is_gap = false;
    for letter in text.chars() {
        if letter.is_whitespace() || letter == '\u{85}' {
            is_gap = !out.is_empty();
            continue;
        }
        if is_trick(letter) {
            was_cleaned = true;
            continue;
        }
        n_marks = if is_combining_mark(letter) { n_marks + 1 } else { 0 };
        if MARKS_MAX < n_marks {
            was_cleaned = true;
            continue;
        }
        if std::mem::take(&mut is_gap) {
            out.push(' ');
            n_chars += 1;
        }
        if HEADLINE_CHARS_MAX - 1 <= n_chars {
            out.truncate(out.trim_end().len());
            out.push('…');
            break;
        }
        out.push(letter);
        n_chars += 1;
    }
    let has_words = out.chars().any(char::is_alphanumeric);
    has_words.then_some((out, was_cleaned))
}

/// Overrides, embeddings and isolates, which turn the text behind them around; letters without a shape; controls. Marks that only say
/// which way a word runs (U+200E, U+200F, U+061C) and joiners, which scripts need, stay.
fn is_trick(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{206a}'..='\u{206f}'
            | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}' | '\u{fff9}'..='\u{fffb}' | '\u{fffd}'
            | '\u{e0000}'..='\u{e007f}' | '\u{e000}'..='\u{f8ff}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}')
}

/// Tags that were escaped twice are still tags. What is no tag stays: "a < b".
fn without_markup(given: &str) -> (String, bool) {
    let mut out = String::with_capacity(given.len());
    let mut rest = given;
    let mut had_markup = false;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let is_tag = after.starts_with(|letter: char| letter.is_ascii_alphabetic() || matches!(letter, '/' | '!'));
        match after.split_once('>') {
            Some((_, behind)) if is_tag => {
                had_markup = true;
                out.push(' ');
                rest = behind;
            }
            // A tag that never ends is one too.
            None if is_tag => return (out, true),
            _ => {
                out.push('<');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    (out, had_markup)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_tricks_are_taken_out() {
        for (given, clean) in [
            ("  Volcano\n erupts ", "Volcano erupts"),
            ("<b>Volcano</b> erupts<script>alert(1)</script>", "Volcano erupts alert(1)"),
            ("Volcano <img src=x onerror=alert(1)", "Volcano"),
            ("Rates \u{202e}nwod\u{202c} again", "Rates nwod again"),
            ("\u{2067}Paid\u{2069} con\u{200b}tent\u{0}", "Paid content"),
            ("a < b and b > c", "a < b and b > c"),
            ("Za\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}lgo", "Za\u{301}\u{301}\u{301}\u{301}lgo"),
        ] {
            assert_eq!(headline(given).unwrap().0, clean);
        }
        assert_eq!(headline("שלום\u{200f} עולם").unwrap(), ("שלום\u{200f} עולם".to_owned(), false), "a mark of direction is no trick");
        for nothing in ["", " \u{202e}\u{200b} ", "<p></p>", "— …"] {
            assert_eq!(headline(nothing), None, "{nothing:?}");
        }
    }

    #[test]
    fn a_headline_without_end_is_cut() {
        let (cut, _) = headline(&"слово ".repeat(10_000)).unwrap();
        assert!(cut.chars().count() <= HEADLINE_CHARS_MAX && cut.ends_with('…'));
    }

    proptest::proptest! {
        #[test]
        fn what_was_cleaned_is_clean(given in ".{0,400}") {
            if let Some((once, _)) = headline(&given) {
                proptest::prop_assert!(once.chars().count() <= HEADLINE_CHARS_MAX && !once.chars().any(is_trick));
            }
        }
    }
}
