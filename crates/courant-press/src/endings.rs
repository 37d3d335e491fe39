//! A light hand at endings, for inflected languages that have no stemmer.

use crate::Lang;

/// Endings of nouns and adjectives of the Slavic languages in Latin script, longest first.
const LATIN: &[&str] = &[
    "skega", "skemu", "skimi", "ovega", "ijami", "stvo", "skih", "ski", "ska", "sko", "ske", "ega", "emu", "imi", "ami", "ama", "oma",
    "ega", "oma", "ovo", "ova", "ove", "ija", "ije", "iji", "ijo", "ih", "im", "om", "em", "ov", "ev", "am", "ah", "eh", "mi", "a", "e",
    "i", "o", "u", "y",
];

/// The same in Cyrillic script.
const CYRILLIC: &[&str] = &[
    "ского",
    "ському",
    "ський",
    "ська",
    "ське",
    "ські",
    "ами",
    "ями",
    "ого",
    "ому",
    "ими",
    "ові",
    "еві",
    "ий",
    "ій",
    "ої",
    "их",
    "им",
    "ом",
    "ем",
    "ам",
    "ах",
    "ів",
    "та",
    "то",
    "те",
    "а",
    "я",
    "о",
    "е",
    "і",
    "и",
    "у",
    "ю",
    "й",
    "ь",
];

/// A stem shorter than this says nothing any more.
const STEM_CHARS_MIN: usize = 4;

/// The word without its ending, for the languages that need it; any other word as it is.
pub(crate) fn strip(lang: Lang, word: &str) -> &str {
    let endings = match lang.code() {
        "sl" | "hr" | "bs" | "sk" => LATIN,
        "uk" | "be" | "bg" | "mk" | "sr" => CYRILLIC,
        _ => return word,
    };
    let fits = |stem: &&str| STEM_CHARS_MIN <= stem.chars().count();
    endings.iter().find_map(|ending| word.strip_suffix(ending).filter(fits)).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_meet() {
        let slovene = Lang::parse("sl");
        for form in ["medalja", "medalje", "medaljo", "medaljami"] {
            assert_eq!(strip(slovene, form), "medalj", "{form}");
        }
        assert_eq!(strip(Lang::parse("uk"), "столиця"), strip(Lang::parse("uk"), "столицю"));
        assert_eq!(strip(slovene, "igre"), "igre", "nothing would be left");
        assert_eq!(strip(Lang::ENGLISH, "media"), "media");
    }
}
