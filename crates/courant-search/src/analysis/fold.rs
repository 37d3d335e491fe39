//! Folds away differences of writing that no reader searches by.
//!
//! Before stemming: compatibility forms, case, and what a stemmer must not meet. After it: the
//! accents, which French, Spanish and German stemmers still need.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Analysis;

/// French and Catalan words that lose their vowel before another word.
const FRENCH_ELISIONS: [&str; 14] = ["l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu"];

/// The same in Italian.
const ITALIAN_ELISIONS: [&str; 15] =
    ["l", "d", "un", "c", "s", "dell", "all", "nell", "sull", "dall", "coll", "quell", "quest", "sant", "bell"];

/// Writes the folded form of `word` into `out`.
pub(super) fn before_stemming(analysis: Analysis, word: &str, out: &mut String, spare: &mut String) {
    out.clear();
    if word.is_ascii() && analysis != Analysis::Turkish {
        out.push_str(word);
        out.make_ascii_lowercase();
    } else {
        for c in word.nfkc() {
            match c {
                'I' if analysis == Analysis::Turkish => out.push('ı'),
                'İ' if analysis == Analysis::Turkish => out.push('i'),
                _ => c.to_lowercase().for_each(|c| push_letter(analysis, c, out)),
            }
        }
    }
    if out.bytes().any(|byte| matches!(byte, b'.' | b',')) {
        fold_points(out, spare);
    }
    if out.contains('\'') {
        fold_apostrophes(analysis, out);
    }
    if analysis == Analysis::Arabic {
        fold_arabic_prefix(out);
    }
}

/// "And the", "so the", "like the" become "the", which the stemmer takes off; alone it leaves
/// them on. The rest must be a word of its own.
fn fold_arabic_prefix(word: &mut String) {
    for (prefix, article) in [("وال", "ال"), ("فال", "ال"), ("كال", "ال"), ("ولل", "لل"), ("وبال", "بال")] {
        if let Some(rest) = word.strip_prefix(prefix)
            && rest.chars().count() >= 3
        {
            *word = format!("{article}{rest}");
            return;
        }
    }
}

/// One lower-case letter as all its spellings are written in the index.
fn push_letter(analysis: Analysis, c: char, out: &mut String) {
    let letter = match c {
        'ё' => 'е',
        // Stress marks of Cyrillic textbooks, vowel points of Arabic and Hebrew, joiners, tatweel.
        '\u{0301}' | '\u{0591}'..='\u{05C7}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0640}' => return,
        '\u{200C}' | '\u{200D}' | '\u{00AD}' => return,
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ي' | 'ى' if analysis == Analysis::Persian => 'ی',
        'ك' if analysis == Analysis::Persian => 'ک',
        '٠'..='٩' => ascii_digit(c, '٠'),
        '۰'..='۹' => ascii_digit(c, '۰'),
        '०'..='९' => ascii_digit(c, '०'),
        '\u{2019}' | '\u{02BC}' => '\'',
        _ => c,
    };
    out.push(letter);
}

fn ascii_digit(c: char, zero: char) -> char {
    char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c)
}

/// `U.S` becomes `us`; `1,000` and `1.000` become `1000`; `1.5` and `1,5` become `1.5`.
fn fold_points(word: &mut String, spare: &mut String) {
    spare.clear();
    spare.push_str(word);
    word.clear();
    let numeric = spare.starts_with(|c: char| c.is_ascii_digit());
    let mut parts = spare.split(['.', ',']).peekable();
    if let Some(first) = parts.next() {
        word.push_str(first);
    }
    for part in parts {
        let groups_thousands = part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit());
        if numeric && !groups_thousands {
            word.push('.');
        }
        word.push_str(part);
    }
}

fn fold_apostrophes(analysis: Analysis, word: &mut String) {
    let elisions: &[&str] = match analysis {
        Analysis::French | Analysis::Catalan => &FRENCH_ELISIONS,
        Analysis::Italian => &ITALIAN_ELISIONS,
        // The English stemmer takes its own possessives off.
        Analysis::English => return,
        _ => &[],
    };
    if let Some(at) = word.find('\'')
        && elisions.contains(&&word[..at])
    {
        word.drain(..=at);
    }
    word.retain(|c| c != '\'');
}

/// Takes the accents off what the stemmer left, in place.
pub(super) fn after_stemming(analysis: Analysis, word: &mut String, spare: &mut String) {
    if word.is_ascii() {
        if word.contains('\'') {
            word.retain(|c| c != '\'');
        }
        return;
    }
    std::mem::swap(word, spare);
    word.clear();
    for c in spare.chars() {
        match c {
            '\'' => {}
            'ß' => word.push_str("ss"),
            'æ' => word.push_str("ae"),
            'œ' => word.push_str("oe"),
            'þ' => word.push_str("th"),
            'ø' => word.push('o'),
            'đ' | 'ð' => word.push('d'),
            'ł' => word.push('l'),
            'ı' => word.push('i'),
            'ى' => word.push('ي'),
            'ة' => word.push('ه'),
            '\u{0300}'..='\u{036F}' => {}
            // Latin and Greek lose their accents; й, ї and the marks of other scripts stay.
            '\u{00C0}'..='\u{03FF}' | '\u{1E00}'..='\u{1FFF}' => {
                word.extend(std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c)));
            }
            _ => word.push(c),
        }
    }
    // انتخابا from انتخابات, and the accusative of the same word, are انتخاب.
    if analysis == Analysis::Arabic && word.ends_with('ا') && word.chars().count() >= 5 {
        word.pop();
    }
}
