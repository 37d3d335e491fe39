//! What applying and searching costs, on the Reuters collection (skipped where it is absent).
//! `cargo bench -p courant-search`

#![expect(clippy::unwrap_used, reason = "a measurement stops at what it cannot read")]
#![expect(clippy::cast_possible_truncation, reason = "numbers of stories are small")]

#[path = "../tests/collections/mod.rs"]
mod collections;

use courant_search::{
    Change, Document, Highlighter, Order, Query, SearchIndex, SearchOptions,
    analysis::{Analyser, Analysis},
};
use criterion::{BatchSize, Criterion, Throughput};

fn main() {
    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    let Some(stories) = collections::reuters() else { return };
    analysis(&mut criterion, &stories);
    indexing(&mut criterion, &stories);
    searching(&mut criterion, &stories);
    criterion.final_summary();
}

fn changes(stories: &[Document]) -> Vec<Change> {
    stories.iter().cloned().map(|story| Change::Put(Box::new(story))).collect()
}

fn analysis(criterion: &mut Criterion, stories: &[Document]) {
    let mut group = criterion.benchmark_group("analysis");
    group.throughput(Throughput::Elements(1_000));
    group.bench_function("1,000 stories", |bencher| {
        let mut analyser = Analyser::new(Analysis::English);
        bencher.iter(|| {
            let mut tokens = 0_u64;
            for story in &stories[..1_000] {
                analyser.each(&story.body, |_| tokens += 1);
            }
            tokens
        });
    });
    group.finish();
}

fn indexing(criterion: &mut Criterion, stories: &[Document]) {
    let all = changes(stories);
    let mut group = criterion.benchmark_group("apply");
    group.sample_size(10);
    group.throughput(Throughput::Elements(all.len() as u64));
    group.bench_function("import, staged by 1,000", |bencher| {
        bencher.iter_batched(
            || tempfile::tempdir().unwrap(),
            |folder| {
                let index = SearchIndex::open(folder.path()).unwrap();
                for (batch, changes) in (1..).zip(all.chunks(1_000)) {
                    index.stage(changes, batch).unwrap();
                }
                index.commit().unwrap();
                folder
            },
            BatchSize::PerIteration,
        );
    });
    group.throughput(Throughput::Elements(1));
    let folder = tempfile::tempdir().unwrap();
    let index = SearchIndex::open(folder.path()).unwrap();
    index.apply(&all, 1).unwrap();
    let mut cursor = 1;
    group.sample_size(200);
    group.bench_function("one story, until searchable", |bencher| {
        bencher.iter(|| {
            cursor += 1;
            let mut story = stories[(cursor as usize * 31) % stories.len()].clone();
            story.story = 1_000_000 + cursor;
            index.apply(&[Change::Put(Box::new(story))], cursor).unwrap();
        });
    });
    group.bench_function("one changed story, until searchable", |bencher| {
        bencher.iter(|| {
            cursor += 1;
            let story = stories[(cursor as usize * 31) % stories.len()].clone();
            index.apply(&[Change::Put(Box::new(story))], cursor).unwrap();
        });
    });
    group.finish();
}

fn searching(criterion: &mut Criterion, stories: &[Document]) {
    let folder = tempfile::tempdir().unwrap();
    let index = SearchIndex::open(folder.path()).unwrap();
    index.apply(&changes(stories), 1).unwrap();
    let mut group = criterion.benchmark_group("search");
    for text in ["oil", "interest rate", "bank of japan", "\"crude oil\" opec -iran", "trade place:japan"] {
        let query = Query::parse(text).unwrap();
        for (name, options) in [
            ("relevance", SearchOptions::default()),
            ("newest", SearchOptions { order: Order::Newest, ..SearchOptions::default() }),
            ("facets", SearchOptions { facet_values: 10, ..SearchOptions::default() }),
        ] {
            group.bench_function(format!("{text}, {name}"), |bencher| {
                bencher.iter(|| index.search(&query, &options).unwrap());
            });
        }
        group.bench_function(format!("{text}, relevance with 10 snippets"), |bencher| {
            bencher.iter(|| {
                let found = index.search(&query, &SearchOptions::default()).unwrap();
                let mut highlighter = Highlighter::new(&query);
                for hit in &found.hits {
                    let story = &stories[usize::try_from(hit.story).unwrap() - 1];
                    std::hint::black_box(highlighter.title("en", &story.title));
                    std::hint::black_box(highlighter.snippet("en", &story.body, 200));
                }
            });
        });
    }
    group.finish();
}
