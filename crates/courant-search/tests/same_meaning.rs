//! The index and the matcher mean the same by a query: over generated stories and queries in
//! several languages, a story is found when, and only when, it matches.

use courant_search::analysis::Analysers;
use courant_search::{Change, Document, Facet, Matcher, PreparedStory, Query, SearchIndex};
use jiff::civil::date;
use proptest::prelude::*;

/// Words that meet each other across languages and forms, so that queries find something.
const WORDS: [&str; 40] = [
    "rate",
    "rates",
    "the",
    "of",
    "die",
    "gold",
    "Goldes",
    "bank",
    "Banken",
    "l'économie",
    "economie",
    "élections",
    "закон",
    "законы",
    "о",
    "выборах",
    "ёлка",
    "елки",
    "日経",
    "日経平均",
    "平均",
    "選挙の結果",
    "選挙",
    "が",
    "中国经济",
    "经济",
    "الانتخابات",
    "انتخابات",
    "مدرسة",
    "في",
    "U.S.",
    "us",
    "1,000",
    "1000",
    "state-owned",
    "state",
    "owned",
    "Zürich",
    "Zurich",
    "don't",
];
const LANGUAGES: [&str; 11] = ["en", "en-GB", "ru", "ja", "ar", "de", "fr", "es", "zh-Hans", "sw", ""];
const SECTIONS: [&str; 3] = ["world", "Economy", "sport"];

fn words(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&WORDS[..]), 0..most).prop_map(|words| words.join(" "))
}

fn document() -> impl Strategy<Value = Document> {
    let section = prop::sample::select(&SECTIONS[..]);
    (prop::sample::select(&LANGUAGES[..]), words(4), words(12), 0_u8..6, 0..700_i64, section, prop::bool::ANY).prop_map(
        |(lang, title, body, urgency, day, section, is_corrected)| Document {
            story: 0,
            position: 0,
            moved_on: date(2016, 6, 1) + jiff::Span::new().days(day),
            lang: lang.to_owned(),
            title,
            body,
            urgency,
            is_corrected,
            facets: vec![(Facet::Section, section.to_owned()), (Facet::Place, "New York".to_owned())],
        },
    )
}

fn leaf() -> impl Strategy<Value = String> {
    let word = prop::sample::select(&WORDS[..]);
    prop_oneof![
        6 => word.clone().prop_map(str::to_owned),
        2 => prop::collection::vec(word.clone(), 1..4).prop_map(|words| format!("\"{}\"", words.join(" "))),
        2 => (prop::collection::vec(word.clone(), 1..3), 1..=6_u8, word.clone(), prop::bool::ANY).prop_map(|(first, within, second, title)| {
            let scope = if title { "title:" } else { "" };
            format!("{scope}\"{}\" near/{within} {scope}{second}", first.join(" "))
        }),
        1 => prop::sample::select(vec!["corrected:yes", "corrected:no"]).prop_map(str::to_owned),
        1 => word.prop_map(|word| format!("title:{word}")),
        1 => prop::sample::select(&LANGUAGES[..10]).prop_map(|lang| format!("lang:{lang}")),
        1 => prop::sample::select(&SECTIONS[..]).prop_map(|section| format!("section:{section}")),
        1 => Just("place:\"new york\"".to_owned()),
        1 => (1_u8..=6).prop_map(|urgency| format!("urgency:{urgency}")),
        1 => prop::sample::select(vec!["on:2017", "after:2016-12-31", "before:2017-02", "on:2016-06-01", "after:2018"])
            .prop_map(str::to_owned),
    ]
}

fn query() -> impl Strategy<Value = String> {
    leaf().prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join(" "))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("({})", parts.join(" OR "))),
            inner.prop_map(|part| format!("-({part})")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, ..ProptestConfig::default() })]

    #[test]
    fn found_when_and_only_when_it_matches(
        documents in prop::collection::vec(document(), 1..40),
        queries in prop::collection::vec(query(), 30),
        split in 0_usize..40,
    ) {
        let documents: Vec<Document> = (1..)
            .zip(documents)
            .map(|(number, document)| Document { story: number, position: number, ..document })
            .collect();
        let index = SearchIndex::in_memory().unwrap();
        let changes: Vec<Change> = documents.iter().cloned().map(|document| Change::Put(Box::new(document))).collect();
        // Two commits, so that the answer does not depend on how the stories are stored.
        let (first, second) = changes.split_at(split.min(changes.len()));
        index.apply(first, 1).unwrap();
        index.apply(second, 2).unwrap();
        let mut analysers = Analysers::default();
        let prepared: Vec<PreparedStory> = documents.iter().map(|document| PreparedStory::new(document, &mut analysers)).collect();
        for typed in queries {
            for query in [Query::parse(&typed).unwrap(), Query::parse(&typed).unwrap().any()] {
                let mut found: Vec<u64> = index.all(&query).unwrap().into_iter().map(|listed| listed.story).collect();
                found.sort_unstable();
                let mut matcher = Matcher::new(query.clone());
                let matching: Vec<u64> = documents
                    .iter()
                    .zip(&prepared)
                    .filter(|(_, story)| matcher.matches(story, &mut analysers))
                    .map(|(document, _)| document.story)
                    .collect();
                prop_assert_eq!(&found, &matching, "{}", query);
                prop_assert_eq!(index.count(&query).unwrap(), found.len() as u64);
                let ranked = index.search(&query, &courant_search::SearchOptions { limit: 100, ..Default::default() }).unwrap();
                let mut ranked: Vec<u64> = ranked.hits.iter().map(|hit| hit.story).collect();
                ranked.sort_unstable();
                prop_assert_eq!(&ranked, &found, "{}", query);
            }
        }
    }
}
