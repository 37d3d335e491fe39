//! How fast documents are read: ninjs and NewsML-G2 of the size of a wire story, and its copy by both ways through HTML.
//!
//! `cargo bench -p courant-formats`. Every text is made here.

#![expect(clippy::unwrap_used, reason = "what is missing fails the bench")]

use std::fmt::Write as _;
use std::hint::black_box;

use courant_formats::ninjs::{self, Audience, Reading, Writing};
use courant_formats::{html, newsml_g2, source};
use courant_news::NewsItem;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// The mean story of Reuters-21578 has some 130 words in 5 paragraphs.
const PARAGRAPHS: usize = 5;
const DOCUMENTS: usize = 1_000;

fn copy() -> String {
    let mut copy = String::new();
    for paragraph_idx in 0..PARAGRAPHS {
        let words =
            "The harbour board said on Tuesday that cargo of tea &amp; coffee rose by 4.3 pct in the third quarter, and kept its outlook.";
        writeln!(copy, "<p>{words} Figure {paragraph_idx} was not given.</p>").unwrap();
    }
    copy
}

fn document(number: usize) -> String {
    serde_json::json!({
        "standard": { "name": "ninjs", "version": "3.1" },
        "uri": format!("tag:bench.example,2026:{number}"),
        "type": "text", "version": "1", "pubStatus": "usable", "language": "en", "urgency": 5,
        "firstCreated": "2026-11-24T08:00:00Z", "versionCreated": "2026-11-24T08:00:00Z", "contentCreated": "2026-11-24T07:59:00Z",
        "headlines": [{ "role": "main", "contentType": "text/plain", "value": "HARBOUR BOARD SEES CARGO RISE AGAIN" }],
        "slugline": "HARBOUR-CARGO",
        "bodies": [{ "role": "main", "contentType": "application/xhtml+xml", "value": copy() }],
        "located": "Hamburg, Germany",
        "places": [{ "name": "Hamburg", "rel": "located", "uri": "courant:place/hamburg",
            "geoJSON": { "type": "Feature", "geometry": null, "properties": { "country": "Germany", "countryCode": "DE" } } }],
        "subjects": [
            { "name": "Economy", "rel": "section", "uri": "courant:section/economy" },
            { "name": "commodity", "rel": "about", "uri": "medtop:20000344" },
            { "name": "coffee", "rel": "keyword" },
        ],
    })
    .to_string()
}

fn reading(criterion: &mut Criterion) {
    let reading = Reading { now: "2026-11-24T12:00:00Z".parse().unwrap(), base_url: Some("https://news.example") };
    let one = document(1);
    let mut group = criterion.benchmark_group("ninjs");
    group.throughput(Throughput::Bytes(one.len() as u64));
    group.bench_function("read one document", |bencher| bencher.iter(|| ninjs::read(black_box(&one), &reading).unwrap()));
    let item = match ninjs::read(&one, &reading).unwrap().content {
        ninjs::Content::Story(item) => item,
        ninjs::Content::Withdrawal(withdrawal) => unreachable!("{withdrawal:?}"),
    };
    let writing = Writing { base_url: "https://news.example", audience: Audience::Public };
    group.bench_function("write one document", |bencher| bencher.iter(|| ninjs::write(black_box(&item), &writing).to_string()));

    let lines: String = (0..DOCUMENTS).map(|number| document(number) + "\n").collect();
    group.throughput(Throughput::Elements(DOCUMENTS as u64));
    group.bench_function("read a thousand JSON Lines", |bencher| {
        bencher.iter(|| {
            source::items(lines.as_bytes(), "bench.jsonl")
                .filter(|line| line.as_ref().is_ok_and(|line| ninjs::read(&line.bytes, &reading).is_ok()))
                .count()
        });
    });
    group.finish();
}

/// NewsML-G2 of the same story: one newsItem, and a message of a thousand.
fn newsml(criterion: &mut Criterion) {
    let reading = Reading { now: "2026-11-24T12:00:00Z".parse().unwrap(), base_url: Some("https://news.example") };
    let writing = Writing { base_url: "https://news.example", audience: Audience::Client };
    let items: Vec<NewsItem> = (0..DOCUMENTS)
        .map(|number| match ninjs::read(document(number), &reading).unwrap().content {
            ninjs::Content::Story(item) => *item,
            ninjs::Content::Withdrawal(withdrawal) => unreachable!("{withdrawal:?}"),
        })
        .collect();
    let one = newsml_g2::write(&items[0], &writing);
    let message = newsml_g2::write_message(items.iter().map(newsml_g2::Entry::Story), reading.now, &writing);
    let mut group = criterion.benchmark_group("newsml-g2");
    group.throughput(Throughput::Bytes(one.len() as u64));
    group.bench_function("read one newsItem", |bencher| bencher.iter(|| newsml_g2::read(black_box(one.as_bytes()), &reading)));
    group.bench_function("write one newsItem", |bencher| bencher.iter(|| newsml_g2::write(black_box(&items[0]), &writing)));
    group.throughput(Throughput::Bytes(message.len() as u64));
    group.bench_function("read a message of a thousand", |bencher| {
        bencher.iter(|| newsml_g2::read(black_box(message.as_bytes()), &reading).iter().filter(|arrival| arrival.read.is_ok()).count());
    });
    group.finish();
}

fn markup(criterion: &mut Criterion) {
    let plain = copy();
    // An unquoted attribute: the same words, but only the sanitiser may read them.
    let loose = plain.replace("<p>", "<p align=left>");
    let mut group = criterion.benchmark_group("html");
    group.throughput(Throughput::Bytes(plain.len() as u64));
    group.bench_function("plain paragraphs", |bencher| bencher.iter(|| html::to_blocks(black_box(&plain))));
    group.throughput(Throughput::Bytes(loose.len() as u64));
    group.bench_function("through the sanitiser", |bencher| bencher.iter(|| html::to_blocks(black_box(&loose))));
    group.finish();
}

criterion_group!(benches, reading, newsml, markup);
criterion_main!(benches);
