//! Copies of our own stories: shown as another medium's report they would say that others confirm what only we reported.

use rustc_hash::FxHashSet;

use crate::key::key;

/// Words of one shingle.
const SHINGLE_WORDS: usize = 4;
/// Fewer words than this prove no copy.
const WORDS_MIN: usize = 12;
/// The part of the other's words in a row that must be ours.
const COPIED: f32 = 0.8;
/// Words that are compared.
const WORDS_MAX: usize = 600;

/// Whether nearly all of the other text stands in ours, word for word.
pub fn is_near_copy(ours: &str, theirs: &str) -> bool {
    let (ours, theirs) = (shingles(ours), shingles(theirs));
    if theirs.len() + SHINGLE_WORDS <= WORDS_MIN || ours.is_empty() {
        return false;
    }
    #[expect(clippy::cast_precision_loss, reason = "some hundred words")]
    let share = theirs.intersection(&ours).count() as f32 / theirs.len() as f32;
    COPIED <= share
}

/// Whether a text or a credit names the agency as a word of its own: `/COURANT/`, "(Courant)".
pub fn names_us(text: &str, agency: &str) -> bool {
    let (text, agency) = (text.to_lowercase(), agency.to_lowercase());
    if agency.trim().is_empty() {
        return false;
    }
    text.match_indices(&agency).any(|(start, found)| {
        let is_edge = |letter: Option<char>| !letter.is_some_and(char::is_alphanumeric);
        is_edge(text[..start].chars().next_back()) && is_edge(text[start + found.len()..].chars().next())
    })
}

fn shingles(text: &str) -> FxHashSet<u64> {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.take(WORDS_MAX).map(str::to_lowercase).collect();
    words.windows(SHINGLE_WORDS).map(|words| key(0, &words.join(" "))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "The central bank left its key rate at 4.25 percent on Thursday, and said that it would look at the figures of the \
                        spring before it decided again. The next meeting is in June.";

    #[test]
    fn a_text_taken_over_is_a_copy_and_one_about_the_same_is_none() {
        assert!(is_near_copy(OURS, &OURS.to_uppercase()));
        assert!(is_near_copy(OURS, &OURS[..120]), "a part of it too");
        let own = "The bank did not move its rate, which stays at 4.25 percent. It will decide again in June, when the figures of spring are known.";
        assert!(!is_near_copy(OURS, own));
        assert!(!is_near_copy(OURS, "The central bank left its key rate"), "a few words prove nothing");
    }

    #[test]
    fn the_agency_is_named_as_a_word_of_its_own() {
        assert!(names_us("TOKYO, March 20. /COURANT/. The bank", "Courant") && names_us("(Courant)", "courant"));
        assert!(!names_us("the concourant", "Courant") && !names_us("anything", ""));
    }
}
