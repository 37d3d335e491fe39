//! What it means that two things are said near each other. The index and the matcher both ask here, so they cannot disagree.

/// Where one of the two is said in a text.
pub(crate) struct Said<'a> {
    /// The places of its first word, in order.
    pub(crate) starts: &'a [u32],
    /// How many words it has, at least one.
    pub(crate) n_words: u32,
}

/// Whether the two are said within `within` words of each other, in either order: 1 is side by side, 2 with one word
/// between. A word is not near itself, only near another saying of it.
pub(crate) fn are_near(one: &Said<'_>, other: &Said<'_>, within: u32) -> bool {
    follows(one, other, within) || follows(other, one, within)
}

/// Whether `second` begins at most `within` places after the last word of `first`.
fn follows(first: &Said<'_>, second: &Said<'_>, within: u32) -> bool {
    first.starts.iter().any(|start| {
        let last = start + first.n_words - 1;
        let next = second.starts.partition_point(|place| *place <= last);
        second.starts.get(next).is_some_and(|place| place - last <= within)
    })
}

/// The places where the words follow each other, by the places of each word in order; each answer is the place of the first.
pub(crate) fn starts_of_phrase(words: &[&[u32]]) -> Vec<u32> {
    let Some((first, rest)) = words.split_first() else { return Vec::new() };
    let continues = |start: &u32| (start + 1..).zip(rest).all(|(place, places)| places.binary_search(&place).is_ok());
    first.iter().copied().filter(continues).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(one: (&[u32], u32), other: (&[u32], u32), within: u32) -> bool {
        let said = |(starts, n_words)| Said { starts, n_words };
        let forth = are_near(&said(one), &said(other), within);
        assert_eq!(forth, are_near(&said(other), &said(one), within), "near has no direction");
        forth
    }

    #[test]
    fn distance_is_counted_from_the_end_of_the_one_to_the_start_of_the_other() {
        assert!(near((&[3], 1), (&[4], 1), 1), "side by side");
        assert!(near((&[3], 1), (&[8], 1), 5) && !near((&[3], 1), (&[9], 1), 5));
        assert!(near((&[3], 3), (&[8], 1), 3) && !near((&[3], 3), (&[9], 1), 3), "a phrase ends with its last word");
        assert!(near((&[1, 40], 1), (&[20, 44], 1), 4), "any two sayings");
    }

    #[test]
    fn a_word_is_not_near_itself() {
        assert!(!near((&[3], 1), (&[3], 1), 5));
        assert!(near((&[3, 5], 1), (&[3, 5], 1), 2));
        assert!(!near((&[3], 2), (&[4], 1), 5), "nor a phrase near its own word");
    }

    #[test]
    fn a_phrase_starts_where_all_its_words_follow() {
        assert_eq!(starts_of_phrase(&[&[1, 5, 9], &[2, 6], &[3, 10]]), [1]);
        assert_eq!(starts_of_phrase(&[&[1, 5]]), [1, 5]);
        assert_eq!(starts_of_phrase(&[]), [0; 0]);
    }
}
