//! What taking a report and comparing two cost. `cargo bench -p courant-press`; the full window is measured by
//! `cargo xtask bench matching`.

#![expect(clippy::unwrap_used, reason = "a measurement stops at what it cannot make")]

use std::hint::black_box;

use courant_press::{Clusters, Comparer, Lang, Report, Shipped};
use criterion::{Criterion, Throughput};
use jiff::Timestamp;

/// Reports that fill the window first.
const FILLING: i64 = 10_000;

fn main() {
    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    taking(&mut criterion);
    comparing(&mut criterion);
    criterion.final_summary();
}

/// The report with this number: every fifth tells the same story, in changing words.
fn report(number: i64) -> Report {
    let story = number / 5;
    let word = |salt: i64| {
        let mut rest = story.wrapping_mul(31).wrapping_add(salt).wrapping_mul(7_919).rem_euclid(50_000);
        let mut word = String::new();
        while 0 < rest {
            word.push_str(["ba", "ke", "di", "lo", "mu", "ra", "te", "si", "no", "vu"][usize::try_from(rest % 10).unwrap()]);
            rest /= 10;
        }
        word
    };
    let words: Vec<String> = (0..9).map(|salt| word(salt + number % 3)).collect();
    Report {
        id: number.to_string(),
        title: format!("Minister {} opens {} in {}", words[0], words[1], words[2]),
        summary: words.join(" "),
        lang: Lang::ENGLISH,
        published_at: Timestamp::from_second(1_600_000_000 + number).unwrap(),
        ..Report::default()
    }
}

fn taking(criterion: &mut Criterion) {
    let mut clusters = Clusters::new(Shipped);
    for number in 0..FILLING {
        clusters.take(&report(number));
    }
    let mut number = FILLING;
    let mut group = criterion.benchmark_group("take");
    group.throughput(Throughput::Elements(1));
    group.bench_function("a report, 10,000 and more in the window", |bencher| {
        bencher.iter(|| {
            number += 1;
            black_box(clusters.take(&report(number)))
        });
    });
    group.finish();
}

fn comparing(criterion: &mut Criterion) {
    let mut comparer = Comparer::default();
    (0..FILLING).for_each(|number| comparer.hear(&report(number)));
    let (one, other) = (report(500), report(501));
    criterion.bench_function("compare two reports, 10,000 heard", |bencher| {
        bencher.iter(|| black_box(comparer.compare(&one, &other).score));
    });
}
