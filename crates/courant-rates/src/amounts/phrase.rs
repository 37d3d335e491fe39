//! Finding a phrase of a table at a place in a text, whatever its case and however its words are parted.

/// A phrase of a table. A space stands for any white space or one hyphen; `*` at the end lets a word go on for at most
/// [`ENDING_LETTERS_MAX`] letters, which is how inflected languages are covered.
pub(super) type Phrase = &'static str;

const ENDING_LETTERS_MAX: usize = 4;
/// How many characters of white space may part the words of a phrase: the end of a line and its indent.
const GAP_CHARS_MAX: usize = 6;

/// Where `phrase` ends, if it stands at the head of `text` as whole words.
pub(super) fn at_head(text: &str, phrase: Phrase) -> Option<usize> {
    let (wanted, is_stem) = phrase.strip_suffix('*').map_or((phrase, false), |stem| (stem, true));
    let mut at = 0;
    for letter in wanted.chars() {
        if letter == ' ' {
            at += gap(&text[at..]).filter(|&len| len != 0)?;
            continue;
        }
        let found = text[at..].chars().next()?;
        if !same_letter(found, letter) {
            return None;
        }
        at += found.len_utf8();
    }
    if is_stem {
        let ending = text[at..].chars().take_while(|letter| letter.is_alphabetic()).take(ENDING_LETTERS_MAX + 1);
        let (n_letters, n_bytes) = ending.fold((0, 0), |(letters, bytes), letter| (letters + 1, bytes + letter.len_utf8()));
        if ENDING_LETTERS_MAX < n_letters {
            return None;
        }
        at += n_bytes;
    }
    ends_a_word(wanted, &text[at..]).then_some(at)
}

/// Where `phrase` begins, if it stands at the end of `text` as whole words. For phrases without spaces and stems.
pub(super) fn at_tail(text: &str, phrase: Phrase) -> Option<usize> {
    let mut at = text.len();
    for letter in phrase.chars().rev() {
        let found = text[..at].chars().next_back()?;
        if !same_letter(found, letter) {
            return None;
        }
        at -= found.len_utf8();
    }
    let begins_a_word = !text[..at].ends_with(|before: char| before.is_alphanumeric());
    (begins_a_word || !phrase.starts_with(char::is_alphabetic)).then_some(at)
}

/// The length of the white space or the one hyphen at the head of `text`; `None` when there is too much of it.
pub(super) fn gap(text: &str) -> Option<usize> {
    if text.starts_with(['-', '\u{2010}', '\u{2011}']) {
        return text.chars().next().map(char::len_utf8);
    }
    let mut n_bytes = 0;
    for (idx, letter) in text.chars().enumerate() {
        if !letter.is_whitespace() {
            break;
        }
        if idx == GAP_CHARS_MAX {
            return None;
        }
        n_bytes += letter.len_utf8();
    }
    Some(n_bytes)
}

/// The words of Chinese and Japanese are not parted; those of all others are.
fn ends_a_word(phrase: &str, rest: &str) -> bool {
    let is_unparted = phrase.chars().next_back().is_some_and(is_unparted);
    let Some(next) = rest.chars().next() else { return true };
    is_unparted || !phrase.ends_with(char::is_alphabetic) || !next.is_alphanumeric()
}

/// A letter of a script that writes its words without spaces.
pub(super) fn is_unparted(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff66}'..='\u{ff9f}')
}

fn same_letter(found: char, wanted: char) -> bool {
    found == wanted || (found.is_alphabetic() && found.to_lowercase().eq(wanted.to_lowercase())) || (wanted == '\'' && found == '’')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_whole_words_in_any_case() {
        assert_eq!(at_head("Dlrs a share", "dlrs"), Some(4));
        assert_eq!(at_head("dlrsx", "dlrs"), None);
        assert_eq!(at_head("European\n Currency  Units", "european currency units"), Some(25));
        assert_eq!(at_head("долларов США", "доллар*"), Some("долларов".len()));
        assert_eq!(at_head("долларизация", "доллар*"), None);
        assert_eq!(at_head("円高", "円"), Some(3));
        assert_eq!(at_tail("about US", "us"), Some(6));
        assert_eq!(at_tail("PLUS", "us"), None);
        assert_eq!(at_tail("A$", "$"), Some(1));
    }
}
