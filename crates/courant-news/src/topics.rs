//! The IPTC Media Topics vocabulary, as far as names go: code to English name.

use std::sync::LazyLock;

/// One line a topic, sorted by code; the licence is named in its first line.
static TABLE: &str = include_str!("../data/mediatopics.tsv");

static TOPICS: LazyLock<Vec<(&'static str, &'static str)>> =
    LazyLock::new(|| TABLE.lines().filter_map(|line| line.split_once('\t')).collect());

/// The English name of a Media Topic by its eight-digit code (`20000344`), as of the edition Courant ships.
pub fn media_topic_name(code: &str) -> Option<&'static str> {
    let at = TOPICS.binary_search_by(|(known, _)| (*known).cmp(code)).ok()?;
    Some(TOPICS[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_names() {
        assert_eq!(media_topic_name("04000000"), Some("economy, business and finance"));
        assert_eq!(media_topic_name("00000000"), None);
        assert!(1_100 < TOPICS.len() && TOPICS.is_sorted());
    }
}
