//! How a search is narrowed down by time: a histogram of its months, and the condition that a month of it is.

use std::collections::BTreeMap;
use std::fmt;

use courant_projections::index::Answer;
use courant_search::Facet;
use jiff::civil::Date;

use crate::pages::{Bar, Histogram};
use crate::words::Words;

/// Up to so many months a histogram is by months; a longer time is by years.
const MONTHS_MAX: usize = 36;
/// The most years of a histogram.
const YEARS_MAX: usize = 150;

/// A condition of a query on the day a story first moved: `on:2026-11`, `after:2026-11-01`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dated {
    field: &'static str,
    value: String,
}

impl fmt::Display for Dated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.field, self.value)
    }
}

impl Dated {
    fn on(value: String) -> Self {
        Self { field: "on", value }
    }

    /// Reads one word of a query.
    fn read(word: &str) -> Option<Self> {
        let (name, value) = word.split_once(':')?;
        let field = ["on", "after", "before"].into_iter().find(|field| name.eq_ignore_ascii_case(field))?;
        Some(Self { field, value: value.to_owned() }).filter(|dated| dated.first_day().is_some())
    }

    /// The first day it names: of a year, a month or itself.
    fn first_day(&self) -> Option<Date> {
        let filled = match self.value.len() {
            4 => format!("{}-01-01", self.value),
            7 => format!("{}-01", self.value),
            10 => self.value.clone(),
            _ => return None,
        };
        filled.parse().ok()
    }

    /// What it says to a reader.
    pub(super) fn label(&self, words: &Words) -> String {
        let time = match (self.first_day(), self.value.len()) {
            (Some(first), 4) => words.with("year-title", "year", &format!("{:04}", first.year())),
            (Some(first), 7) => words.month_of(first),
            (Some(day), _) => words.date(day),
            (None, _) => self.value.clone(),
        };
        match self.field {
            "after" => words.with("moved-after", "time", &time),
            "before" => words.with("moved-before", "time", &time),
            _ => time,
        }
    }
}

/// Whether the words of a query can be taken apart at its spaces: it has no parentheses, no alternatives and no quoted colon.
fn is_plain(query: &str) -> bool {
    let has_or = query.split_whitespace().any(|word| matches!(word, "OR" | "AND" | "|"));
    !has_or && !query.contains(['(', ')']) && query.split('"').skip(1).step_by(2).all(|quoted| !quoted.contains(':'))
}

/// The conditions on the day that a query has, where they stand by themselves.
pub(super) fn dated(query: &str) -> Vec<Dated> {
    if is_plain(query) { query.split_whitespace().filter_map(Dated::read).collect() } else { Vec::new() }
}

/// The query without them.
pub(super) fn undated(query: &str) -> String {
    if !is_plain(query) {
        // Alternatives as a whole; what is added to them narrows all.
        return if query.contains(" OR ") && !query.starts_with('(') { format!("({query})") } else { query.to_owned() };
    }
    query.split_whitespace().filter(|word| Dated::read(word).is_none()).collect::<Vec<_>>().join(" ")
}

/// How the stories found spread over months or years; `None` when they are all of one. `href` makes the search of one.
pub(super) fn histogram(answer: &Answer, href: impl Fn(&Dated) -> String) -> Option<Histogram> {
    let (_, counts) = answer.facets.iter().find(|(facet, _)| *facet == Facet::Month)?;
    let mut months: BTreeMap<(i16, i8), u64> = BTreeMap::new();
    for count in counts {
        let (year, month) = count.value.split_once('-')?;
        *months.entry((year.parse().ok()?, month.parse().ok()?)).or_default() += count.count;
    }
    let ((first, _), (last, _)) = (months.first_key_value()?, months.last_key_value()?);
    let n_months = usize::try_from((i32::from(last.0) - i32::from(first.0)) * 12 + i32::from(last.1) - i32::from(first.1) + 1).ok()?;
    let bar = |first: Date, n_stories: u64, value: String| Bar { first, n_stories, href: href(&Dated::on(value)) };
    let by_year = MONTHS_MAX < n_months;
    let bars: Vec<Bar> = if by_year {
        let mut years: BTreeMap<i16, u64> = (first.0..=last.0).map(|year| (year, 0)).collect();
        for ((year, _), n_stories) in &months {
            *years.entry(*year).or_default() += n_stories;
        }
        let newest = years.into_iter().rev().take(YEARS_MAX);
        newest.filter_map(|(year, n_stories)| Some(bar(Date::new(year, 1, 1).ok()?, n_stories, format!("{year:04}")))).collect()
    } else {
        let all = (0..n_months).filter_map(|n| {
            let month = usize::try_from(first.1 - 1).ok()? + n;
            let year = first.0 + i16::try_from(month / 12).ok()?;
            Date::new(year, i8::try_from(month % 12).ok()? + 1, 1).ok()
        });
        let bars = all.map(|first| {
            let n_stories = months.get(&(first.year(), first.month())).copied().unwrap_or(0);
            bar(first, n_stories, format!("{:04}-{:02}", first.year(), first.month()))
        });
        let mut bars: Vec<Bar> = bars.collect();
        bars.reverse();
        bars
    };
    (1 < bars.len()).then_some(Histogram { by_year, bars })
}

#[cfg(test)]
mod tests {
    use courant_search::FacetCount;

    use super::*;

    fn answer(months: &[(&str, u64)]) -> Answer {
        let counts = months.iter().map(|(value, count)| FacetCount { value: (*value).to_owned(), count: *count }).collect();
        Answer { total: 0, n_hidden: 0, hits: Vec::new(), facets: vec![(Facet::Month, counts)], has_more: false }
    }

    fn bars(months: &[(&str, u64)]) -> Vec<(String, u64)> {
        let histogram = histogram(&answer(months), ToString::to_string);
        histogram.map(|histogram| histogram.bars.into_iter().map(|bar| (bar.href, bar.n_stories)).collect()).unwrap_or_default()
    }

    #[test]
    fn months_stand_without_gaps_and_a_long_time_is_by_years() {
        let named = |all: &[(&str, u64)]| all.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect::<Vec<_>>();
        assert_eq!(
            bars(&[("2026-02", 3), ("2025-11", 1)]),
            named(&[("on:2026-02", 3), ("on:2026-01", 0), ("on:2025-12", 0), ("on:2025-11", 1)])
        );
        assert_eq!(bars(&[("2026-02", 3), ("2024-12", 5), ("2022-11", 1)]).len(), 5, "2022 to 2026");
        assert_eq!(bars(&[("2026-02", 3), ("2022-11", 1)])[..2], named(&[("on:2026", 3), ("on:2025", 0)]));
        assert!(bars(&[("2026-02", 3)]).is_empty(), "one month is no choice");
        assert_eq!(bars(&[("2026-01", 2), ("2023-02", 1)]).len(), 36);
    }

    #[test]
    fn a_condition_on_the_day_is_taken_out_only_where_it_stands_by_itself() {
        for (query, days, rest) in [
            ("gold on:2026-11", vec!["on:2026-11"], "gold"),
            ("after:2026 gold before:2026-12-24", vec!["after:2026", "before:2026-12-24"], "gold"),
            ("gold on:soon", vec![], "gold on:soon"),
            ("\"on:2026 gold\"", vec![], "\"on:2026 gold\""),
            ("(gold on:2026) OR silver", vec![], "(gold on:2026) OR silver"),
            ("gold OR silver", vec![], "(gold OR silver)"),
        ] {
            assert_eq!(dated(query).iter().map(ToString::to_string).collect::<Vec<_>>(), days, "{query}");
            assert_eq!(undated(query), rest, "{query}");
        }
    }
}
