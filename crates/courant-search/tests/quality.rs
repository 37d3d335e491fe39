//! How good the answers are, measured. Prints its figures:
//! `cargo test --release -p courant-search --test quality -- --nocapture`

#![expect(clippy::unwrap_used, reason = "a measurement stops at what it cannot read")]
#![expect(clippy::cast_precision_loss, reason = "counts of a collection are small")]

mod collections;

use std::collections::{BTreeMap, HashMap};

use courant_search::{Change, Document, Query, SearchIndex, SearchOptions};
use jiff::civil::date;

/// Plain BM25 with a stop list on the same judgments, from the README of the collection.
const FLOOR_MAP: f64 = 0.549;
const FLOOR_NDCG: f64 = 0.618;

fn index_of(stories: &[Document]) -> SearchIndex {
    let index = SearchIndex::in_memory().unwrap();
    let changes: Vec<Change> = stories.iter().cloned().map(|story| Change::Put(Box::new(story))).collect();
    index.apply(&changes, changes.len() as u64).unwrap();
    index
}

#[test]
fn time_collection_is_clearly_above_plain_bm25() {
    let Some(folder) = collections::folder("search-time") else { return };
    let text = collections::latin1(&folder.join("TIME.ALL.zst"));
    let stories: Vec<Document> = (1..)
        .zip(text.split("*TEXT ").skip(1))
        .map(|(number, story)| {
            let body = story.split_once('\n').map_or("", |(_, body)| body);
            Document {
                story: number,
                position: number,
                moved_on: date(1963, 1, 4),
                lang: "en".to_owned(),
                title: String::new(),
                body: body.split_whitespace().collect::<Vec<_>>().join(" "),
                urgency: 5,
                is_corrected: false,
                facets: Vec::new(),
            }
        })
        .collect();
    let index = index_of(&stories);
    let mut relevant: HashMap<u32, Vec<u64>> = HashMap::new();
    for line in std::fs::read_to_string(folder.join("qrels.txt")).unwrap().lines() {
        let columns: Vec<&str> = line.split_whitespace().collect();
        if columns[3] != "0" {
            relevant.entry(columns[0].parse().unwrap()).or_default().push(columns[2].parse().unwrap());
        }
    }
    let (mut precision, mut gain, mut queries) = (0.0, 0.0, 0.0);
    for line in std::fs::read_to_string(folder.join("queries.tsv")).unwrap().lines() {
        let (number, text) = line.split_once('\t').unwrap();
        let Some(relevant) = relevant.get(&number.parse::<u32>().unwrap()) else { continue };
        let query = Query::parse(text).unwrap_or_else(|error| panic!("{text}: {error}")).any();
        let found = index.search(&query, &SearchOptions { limit: 500, ..SearchOptions::default() }).unwrap();
        let ranked: Vec<u64> = found.hits.iter().map(|hit| hit.story).collect();
        precision += average_precision(&ranked, relevant);
        gain += ndcg_at_10(&ranked, relevant);
        queries += 1.0;
    }
    let (map, ndcg) = (precision / queries, gain / queries);
    println!("TIME: {queries} queries, MAP {map:.4} (floor {FLOOR_MAP}), nDCG@10 {ndcg:.4} (floor {FLOOR_NDCG})");
    assert!(map > FLOOR_MAP + 0.02, "MAP {map:.4}");
    assert!(ndcg > FLOOR_NDCG + 0.02, "nDCG@10 {ndcg:.4}");
}

fn average_precision(ranked: &[u64], relevant: &[u64]) -> f64 {
    let mut hits = 0.0;
    let mut sum = 0.0;
    for (rank, story) in (1..).zip(ranked) {
        if relevant.contains(story) {
            hits += 1.0;
            sum += hits / f64::from(rank);
        }
    }
    sum / relevant.len() as f64
}

fn ndcg_at_10(ranked: &[u64], relevant: &[u64]) -> f64 {
    let discount = |rank: usize| 1.0 / (rank as f64 + 2.0).log2();
    let gain: f64 = ranked.iter().take(10).enumerate().filter(|(_, story)| relevant.contains(story)).map(|(rank, _)| discount(rank)).sum();
    let ideal: f64 = (0..relevant.len().min(10)).map(discount).sum();
    gain / ideal
}

#[test]
fn a_headline_as_query_finds_its_story_first() {
    let Some(mut stories) = collections::reuters() else { return };
    if cfg!(debug_assertions) {
        // Unoptimised, all of it would take minutes and say the same.
        stories.truncate(2_000);
    }
    let index = index_of(&stories);
    let mut same: BTreeMap<&str, usize> = BTreeMap::new();
    for story in &stories {
        *same.entry(&story.title).or_default() += 1;
    }
    // Stories under one and the same headline cannot all be first.
    let unique: Vec<&Document> = stories.iter().filter(|story| same[story.title.as_str()] == 1).collect();
    let (mut first, mut refused, mut asked) = (0, 0, 0);
    for story in unique.iter().step_by(7) {
        asked += 1;
        match Query::parse(&story.title) {
            Ok(query) => {
                let found = index.search(&query, &SearchOptions { limit: 1, ..SearchOptions::default() }).unwrap();
                if found.hits.first().is_some_and(|hit| hit.story == story.story) {
                    first += 1;
                } else {
                    println!("not first: {}", story.title.len());
                }
            }
            Err(error) => {
                refused += 1;
                println!("refused: {:?}", error.problem);
            }
        }
    }
    println!("known item: {first} of {asked} at rank 1, {refused} refused");
    assert!(f64::from(first) >= 0.99 * f64::from(asked), "{first} of {asked}");
}
