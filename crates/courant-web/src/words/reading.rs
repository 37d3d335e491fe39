//! How long a story takes to read.
//!
//! Speeds are the means of reading measured with the International Reading Speed Texts (Trauzettel-Klosinski and Dietz,
//! Investigative Ophthalmology & Visual Science 53, 2012), one text in seventeen languages, so that the same story takes about as long in
//! each. Where words are not set apart, characters are counted.

use courant_news::Lang;

/// Words, or characters, in a minute.
fn speed(lang: &Lang) -> Option<u64> {
    match lang.primary() {
        "en" => Some(228),
        "ru" => Some(184),
        "ar" => Some(138),
        // Characters.
        "ja" => Some(357),
        "zh" => Some(255),
        // Characters too, and nobody measured them.
        "th" | "km" | "lo" | "my" => None,
        // The mean of all seventeen languages.
        _ => Some(184),
    }
}

/// The seconds that `n_words` take, as [`NewsItem::n_words`](courant_news::NewsItem::n_words) counts them. `None` for a language whose
/// readers were not timed.
pub(crate) fn seconds(lang: &Lang, n_words: usize) -> Option<u64> {
    Some(n_words as u64 * 60 / speed(lang)?)
}

/// The same in minutes, rounded, and never none at all.
pub(crate) fn minutes(lang: &Lang, n_words: usize) -> Option<u64> {
    seconds(lang, n_words).map(|seconds| ((seconds + 30) / 60).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_story_takes_about_as_long_in_each_language() {
        let lang = |tag| Lang::parse(tag).unwrap();
        for (tag, n_words, expected) in
            [("en", 0, 1), ("en", 500, 2), ("ru", 500, 3), ("ar", 500, 4), ("ja", 1_000, 3), ("de", 1_840, 10), ("en-GB", 2_280, 10)]
        {
            assert_eq!(minutes(&lang(tag), n_words), Some(expected), "{tag} {n_words}");
        }
        assert_eq!(minutes(&lang("th"), 500), None);
    }
}
