//! Words for addresses.

use unicode_normalization::UnicodeNormalization;

/// The longest slug, in characters.
const CHARS_MAX: usize = 80;

/// Lower-case words joined by single hyphens, from any text: `Fed: rates “held”` becomes `fed-rates-held`.
///
/// Latin letters lose their marks (`é` becomes `e`); letters of other scripts are kept as they are, so a slug may need
/// percent-encoding in an address. At most 80 characters, cut between words where it can. `None` when no letter or
/// digit is left.
pub fn slugify(text: &str) -> Option<String> {
    let mut slug = String::with_capacity(text.len().min(CHARS_MAX * 2));
    let mut n_chars = 0;
    let mut word_end = 0;
    let mut gap = false;
    for letter in text.nfkd() {
        // Latin, Greek and Cyrillic accents; other scripts need their marks.
        let is_accent = ('\u{300}'..='\u{36f}').contains(&letter);
        if is_accent || letter == '\'' || letter == '’' {
            continue;
        }
        if !letter.is_alphanumeric() && !is_mark_of_word(letter) {
            gap = !slug.is_empty();
            continue;
        }
        if gap {
            word_end = slug.len();
            slug.push('-');
            n_chars += 1;
            gap = false;
        }
        for small in letter.to_lowercase() {
            slug.push(small);
            n_chars += 1;
        }
        if CHARS_MAX <= n_chars {
            if word_end != 0 {
                slug.truncate(word_end);
            }
            break;
        }
    }
    let composed: String = slug.nfc().collect();
    (!composed.is_empty()).then_some(composed)
}

/// Combining marks that spell a word in their script, such as the voicing mark of kana or a vowel sign of Devanagari.
fn is_mark_of_word(letter: char) -> bool {
    matches!(letter, '\u{3099}' | '\u{309a}' | '\u{0900}'..='\u{0dff}' | '\u{0e00}'..='\u{0eff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_joined_by_hyphens() {
        assert_eq!(slugify("Fed: rates “held” at 3.5%").as_deref(), Some("fed-rates-held-at-3-5"));
        assert_eq!(slugify("Zürich’s Été").as_deref(), Some("zurichs-ete"));
        assert_eq!(slugify("Токио: йод").as_deref(), Some("токио-иод"));
        assert_eq!(slugify("ガス 東京").as_deref(), Some("ガス-東京"));
        assert_eq!(slugify("— …"), None);
    }

    #[test]
    fn a_long_slug_is_cut_between_words() {
        let slug = slugify(&"seven letters ".repeat(20)).unwrap();
        assert!(slug.chars().count() <= 80 && slug.ends_with("seven") || slug.ends_with("letters"), "{slug}");
        assert!(slugify(&"x".repeat(500)).unwrap().len() <= 80);
    }
}
