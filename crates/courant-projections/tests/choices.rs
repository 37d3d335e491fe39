//! What a choice is said to keep is what a filter with that choice shows, whatever else is chosen.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a helper of tests is a test")]

use std::collections::BTreeSet;

use courant_news::filter::{Facet, Show, Verdict};
use courant_news::{Byline, Filter, Guid, Headline, Lang, NewsItem, SectionSlug, Subject, Urgency};
use courant_projections::index::{self, AskedStory, Choices, WordsKind};
use courant_search::{Change, SearchIndex};
use courant_wire::WireSeq;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use proptest::prelude::*;

const DAY: Date = date(2026, 11, 28);

/// Sixty stories, most of them of the day, that differ in all a filter looks at.
fn stories() -> Vec<NewsItem> {
    let words = ["gold", "silver", "oil"];
    (0..60_usize)
        .map(|number| {
            let at = if number % 10 == 9 { "2026-11-27T12:00:00Z" } else { "2026-11-28T12:00:00Z" };
            let mut item = NewsItem::new(
                Guid::parse(&format!("urn:{number}")).unwrap(),
                Headline::parse(&format!("{} beside {}", words[number % 3], words[number / 3 % 3])).unwrap(),
                Lang::parse(["en", "en-gb", "ru"][number / 2 % 3]).unwrap(),
                at.parse().unwrap(),
            );
            item.section = SectionSlug::parse(["economy", "world"][number / 4 % 2]).unwrap();
            item.urgency = Urgency::new(i64::try_from(1 + number % 6).unwrap()).unwrap();
            item.subjects.push(Subject::new(["medtop:20000718", "medtop:15000000"][number / 5 % 2], None).unwrap());
            item.bylines.push(Byline::new(["One desk", "Two desk"][number / 7 % 2], None).unwrap());
            item
        })
        .collect()
}

fn indexed(items: &[NewsItem]) -> SearchIndex {
    let index = SearchIndex::in_memory().unwrap();
    let put = |(number, item): (usize, &NewsItem)| Change::Put(Box::new(index::document(item, WireSeq(1 + number as u64), &TimeZone::UTC)));
    let changes: Vec<Change> = items.iter().enumerate().map(put).collect();
    // In two parts, so that a table is put together of more than one.
    index.apply(&changes[..20], 20).unwrap();
    index.apply(&changes[20..], 60).unwrap();
    index
}

/// How many stories of the day a filter shows, asked of each.
fn shown(items: &[NewsItem], filter: &Filter) -> u64 {
    let of_day = items.iter().filter(|item| item.times.first_moved_at.to_zoned_datetime(TimeZone::UTC).date() == DAY);
    of_day.filter(|item| filter.verdict(item, &AskedStory::new(item, &TimeZone::UTC)) == Verdict::Shown).count() as u64
}

fn check(items: &[NewsItem], index: &SearchIndex, filter: &Filter) -> Choices {
    let choices = index::choices(index, filter, DAY).unwrap();
    assert_eq!(choices.n_stories, shown(items, &Filter::default()));
    assert_eq!(choices.n_kept, shown(items, filter), "{}", filter.canonical());
    assert_eq!(choices.n_muted, shown(items, &filter.unmuted()) - choices.n_kept, "{}", filter.canonical());
    for facet in Facet::ALL {
        let mut without = filter.clone();
        without.any_of.remove(&facet);
        let counted = choices.any_of.get(&facet).cloned().unwrap_or_default();
        assert_eq!(counted.of, shown(items, &without), "{} without its {}", filter.canonical(), facet.as_str());
        for (value, n_stories) in &counted.values {
            let chosen = filter.clone().with(&courant_news::filter::Term::new(facet, value));
            assert_eq!(*n_stories, shown(items, &chosen), "{} with {}={value}", filter.canonical(), facet.as_str());
        }
        let counted = choices.none_of.get(&facet).cloned().unwrap_or_default();
        for (value, n_stories) in &counted.values {
            let mut left_out = filter.clone();
            left_out.none_of.insert(facet, BTreeSet::from([value.clone()]));
            assert_eq!(counted.of - n_stories, shown(items, &left_out), "{} with not.{}={value}", filter.canonical(), facet.as_str());
        }
    }
    for (most, n_stories) in &choices.urgency.values {
        let chosen = Filter { urgency_at_most: Some(Urgency::new(i64::from(*most)).unwrap()), ..filter.clone() };
        assert_eq!(*n_stories, shown(items, &chosen), "{} with urgency={most}", filter.canonical());
    }
    for found in choices.words.iter().filter(|found| found.kind == WordsKind::Mute) {
        let only = Filter { mutes: BTreeSet::from([found.expression.clone()]), show: Show::Hide, ..filter.clone() };
        assert_eq!(
            found.n_stories,
            shown(items, &filter.unmuted()) - shown(items, &only),
            "{} and {}",
            filter.canonical(),
            found.expression
        );
        assert_eq!(found.examples.len() as u64, found.n_stories.min(index::EXAMPLES as u64));
    }
    choices
}

#[test]
fn an_expression_that_cannot_be_read_finds_nothing_here_either() {
    let items = stories();
    let index = indexed(&items);
    let choices = check(&items, &index, &Filter::parse("q=nofield:x", &[]).filter);
    assert_eq!((choices.n_kept, choices.words[0].n_stories), (0, 0));
    let choices = check(&items, &index, &Filter::parse("q=gold&mute=silver,oil", &[]).filter);
    assert!(choices.n_kept != 0 && choices.n_muted != 0 && choices.words.iter().all(|found| found.n_stories != 0), "{choices:?}");
}

fn condition() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "section=economy",
        "section=world",
        "not.section=world",
        "topic=natural-science",
        "not.topic=sport",
        "lang=en",
        "lang=ru",
        "not.lang=en-gb",
        "by=one-desk",
        "urgency=3",
        "not.urgency=2",
        "q=gold",
        "q=%22gold%20beside%20oil%22",
        "not.q=silver",
        "mute=oil",
        "mute=gold,silver",
        "mute=%22oil%20beside%22",
        "show=collapse",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_count_is_what_the_choice_shows(conditions in prop::collection::vec(condition(), 0..4)) {
        let items = stories();
        check(&items, &indexed(&items), &Filter::parse(&conditions.join("&"), &[]).filter);
    }
}
