//! A rate of the history that is built in, and a whole conversion with it.

use std::hint::black_box;

use courant_rates::convert::{Asked, Moment, convert};
use courant_rates::history::Shipped;
use courant_rates::{CurrencyCode, Decimal, Source};
use criterion::{Criterion, criterion_group, criterion_main};
use jiff::civil::date;

const USD: CurrencyCode = CurrencyCode::literal(b"USD");
const JPY: CurrencyCode = CurrencyCode::literal(b"JPY");

fn look_up(criterion: &mut Criterion) {
    let shipped = Shipped::get();
    criterion.bench_function("a rate on a day", |bench| {
        bench.iter(|| black_box(shipped.rate(black_box(JPY), black_box(date(2017, 3, 19)))));
    });
    let on = Some(date(2017, 3, 19));
    let asked =
        Asked { amount: Decimal::parse("1234.56").expect("it is one"), from: USD, to: JPY, on, source: Source::Ecb, known_at: None };
    let moment = Moment { now: "2026-11-23T12:00:00Z".parse().expect("it is one"), today: date(2026, 11, 23) };
    criterion.bench_function("a conversion with its reasons", |bench| {
        bench.iter(|| convert(shipped, black_box(&asked), moment).expect("there is a rate"));
    });
}

criterion_group!(benches, look_up);
criterion_main!(benches);
