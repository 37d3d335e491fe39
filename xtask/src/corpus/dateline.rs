//! Reads datelines such as `    WINTER HAVEN, Fla., March 2 - `.

/// A dateline taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SourceDateline {
    /// As printed, without the region.
    pub city: String,
    /// State, province or country, when one is printed.
    pub region: Option<String>,
    /// Month and day, when both can be read.
    pub day: Option<(i8, i8)>,
    /// Where the copy begins, when the dateline holds some of it.
    pub copy: String,
}

/// Takes a dateline apart. `None` when it names no place.
pub(crate) fn parse(printed: &str) -> Option<SourceDateline> {
    let printed = printed.trim().trim_start_matches(['*', ' ']);
    let (head, copy) = split_at_dash(printed);
    let words: Vec<&str> = head.split_whitespace().collect();
    let (place_len, day) = date_at_end(&words);
    let place = words[..place_len].join(" ");
    let mut parts = place.split(',').map(str::trim).filter(|part| !part.is_empty());
    let city = parts.next()?.to_owned();
    let region = parts.next().map(str::to_owned);
    Some(SourceDateline { city, region, day, copy: copy.trim().to_owned() })
}

fn split_at_dash(printed: &str) -> (&str, &str) {
    let printed = printed.trim_end();
    match printed.split_once(" - ") {
        Some((head, copy)) => (head, copy),
        None => (printed.trim_end_matches(['-', ' ']), ""),
    }
}

/// How many words stand before the date, and the date.
fn date_at_end(words: &[&str]) -> (usize, Option<(i8, i8)>) {
    let [before @ .., first, second] = words else { return (words.len(), None) };
    let month_day = month(first).zip(day(second)).or_else(|| month(second).zip(day(first)));
    match month_day {
        Some(found) => (before.len(), Some(found)),
        None if month(second).is_some() => (words.len() - 1, None),
        None => (words.len(), None),
    }
}

/// The number of a month, from its name in English or the first three letters of it.
pub(crate) fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = word.get(..3)?.to_ascii_lowercase();
    let idx = MONTHS.iter().position(|month| *month == start)?;
    i8::try_from(idx + 1).ok()
}

fn day(word: &str) -> Option<i8> {
    word.trim_end_matches([',', '.', '-']).parse().ok().filter(|day| (1..=31).contains(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(printed: &str, city: &str, region: Option<&str>, day: Option<(i8, i8)>, copy: &str) {
        let expected = SourceDateline { city: city.into(), region: region.map(Into::into), day, copy: copy.into() };
        assert_eq!(parse(printed), Some(expected), "{printed:?}");
    }

    #[test]
    fn place_region_and_day_are_told_apart() {
        check("    TOKYO, March 9 - ", "TOKYO", None, Some((3, 9)), "");
        check("    LAKE SUCCESS, N.Y. March 3 -\n    ", "LAKE SUCCESS", Some("N.Y."), Some((3, 3)), "");
        check("    CHARLESTON, W.Va., APril 2 - ", "CHARLESTON", Some("W.Va."), Some((4, 2)), "");
        check("    DETROIT June 18 - \n    ", "DETROIT", None, Some((6, 18)), "");
        check("    LISBON, 2 March - ", "LISBON", None, Some((3, 2)), "");
    }

    #[test]
    fn a_dateline_may_hold_the_first_words_of_the_copy() {
        check("    OSLO, March 5 - Profit rose\n", "OSLO", None, Some((3, 5)), "Profit rose");
    }

    #[test]
    fn a_dateline_without_a_day_still_has_a_place() {
        check("    ROME, April - ", "ROME", None, None, "");
        check("****PARIS, June 1 -", "PARIS", None, Some((6, 1)), "");
        assert_eq!(parse("   - "), None);
    }
}
