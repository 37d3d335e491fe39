//! How fast feeds are read, beside the bare parser on the same bytes.
//!
//! `cargo bench -p courant-formats --bench feeds`. Reads the captured feeds of `../shared/data`; without them there is
//! nothing to measure. What is ours includes mending, sanitising, absolute addresses and telling stories apart.

#![expect(clippy::unwrap_used, reason = "what is missing fails the bench")]

#[path = "../tests/feeds_support/mod.rs"]
mod feeds_support;

use std::hint::black_box;

use courant_formats::feed_in::{self, Origin};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// As the binary has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn captured(criterion: &mut Criterion) {
    let Some(folder) = feeds_support::data("feeds-realworld") else { return };
    // What the bare parser cannot read would cost it nothing.
    let feeds: Vec<Vec<u8>> = feeds_support::captured(&folder)
        .into_iter()
        .map(|(_, bytes)| bytes)
        .filter(|bytes| feed_rs::parser::parse(bytes.as_slice()).is_ok())
        .collect();
    let n_bytes: usize = feeds.iter().map(Vec::len).sum();
    let n_entries: usize = feeds.iter().map(|bytes| feed_in::read(bytes, &Origin::default()).unwrap().entries.len()).sum();
    println!("{} feeds, {n_bytes} bytes, {n_entries} entries", feeds.len());
    let mut group = criterion.benchmark_group("captured feeds");
    group.sample_size(10).throughput(Throughput::Bytes(n_bytes as u64));
    group.bench_function("feed-rs alone", |bencher| {
        bencher
            .iter(|| feeds.iter().map(|bytes| feed_rs::parser::parse(black_box(bytes.as_slice())).unwrap().entries.len()).sum::<usize>());
    });
    group.bench_function("mended, sanitised, each story once", |bencher| {
        bencher
            .iter(|| feeds.iter().map(|bytes| feed_in::read(black_box(bytes), &Origin::default()).unwrap().entries.len()).sum::<usize>());
    });
    group.finish();
}

criterion_group!(benches, captured);
criterion_main!(benches);
