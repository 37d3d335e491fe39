//! What banks really sent, and conversions somebody else calculated, from the data folder beside the repository.

#![expect(clippy::unwrap_used, reason = "what is missing fails the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use courant_rates::convert::{Asked, Moment, convert};
use courant_rates::history::{Shipped, unpacked};
use courant_rates::ledger::{DayQuery, InMemory, Ledger};
use courant_rates::{Currency, CurrencyCode, Decimal, Fixing, Source, readers};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use serde_json::Value;

/// A folder of the data, if it is there.
fn data(folder: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let path = std::env::var_os("COURANT_DATA").map_or_else(beside, PathBuf::from).join(folder);
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: ../shared/data is absent ({folder})");
    None
}

fn now() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

fn code(text: &str) -> CurrencyCode {
    CurrencyCode::parse(text).unwrap()
}

fn unzipped(path: &Path) -> Vec<u8> {
    let output = Command::new("gzip").arg("-dc").stdin(Stdio::from(fs::File::open(path).unwrap())).output().unwrap();
    assert!(output.status.success(), "{}", path.display());
    output.stdout
}

fn ecb_history(folder: &Path) -> Vec<Fixing> {
    let mut fixings = Vec::new();
    for name in ["eurofxref-hist-1999-2019.csv.gz", "eurofxref-hist-2020-2026.csv.gz"] {
        fixings.extend(readers::read(&unzipped(&folder.join(name)), now()).unwrap());
    }
    fixings.sort_by_key(|fixing| fixing.dated);
    fixings
}

#[test]
fn rule_14_the_history_that_is_built_in_is_the_banks_own_to_the_last_digit() {
    let Some(folder) = data("fx-ecb") else { return };
    let fixings = ecb_history(&folder);
    let shipped = Shipped::get();
    assert_eq!((fixings.len(), shipped.n_days()), (6_983, 6_983));
    assert!(Shipped::packed_len() < 1_500_000, "{} bytes", Shipped::packed_len());
    let again = unpacked(&fixings).unwrap();
    let bank = InMemory::of(fixings);
    let query = DayQuery { source: Source::Ecb, currencies: None, on: date(2026, 12, 31), earliest: date(1999, 1, 1), known_at: None };
    let days = shipped.days(&query, usize::MAX).unwrap();
    assert_eq!(days, bank.days(&query, usize::MAX).unwrap());
    assert_eq!(days, again.days(&query, usize::MAX).unwrap());
}

#[test]
fn rule_02_two_hundred_conversions_agree_to_ten_places() {
    let Some(folder) = data("fx-ecb") else { return };
    let moment = Moment { now: now(), today: date(2026, 11, 23) };
    let mut n_checked = 0;
    for line in fs::read_to_string(folder.join("conversions.jsonl")).unwrap().lines() {
        let wanted: Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| wanted[name].as_str().unwrap();
        let on: Date = text("date").parse().unwrap();
        let asked = Asked {
            amount: Decimal::parse(text("amount")).unwrap(),
            from: code(text("from")),
            to: code(text("to")),
            on: Some(on),
            source: Source::Ecb,
            known_at: None,
        };
        let answer = convert(Shipped::get(), &asked, moment).unwrap();
        assert_eq!(answer.result.round(10).to_string(), text("exact"), "{line}");
        assert_eq!(answer.result.round(2).to_string(), text("rounded2"), "{line}");
        assert_eq!(answer.observed.to_string(), text("rate_date"), "{line}");
        assert_eq!(text("mode") == "published", answer.reason.as_str() == "published", "{line}");
        n_checked += 1;
    }
    assert_eq!(n_checked, 200);
}

#[test]
fn the_file_of_one_day_says_what_the_history_says() {
    let Some(folder) = data("fx-ecb") else { return };
    let daily = readers::read(&fs::read(folder.join("eurofxref-daily.csv")).unwrap(), now()).unwrap();
    let [daily] = daily.as_slice() else { panic!("{daily:?}") };
    assert_eq!((daily.dated, daily.quotes().len()), (date(2026, 4, 13), 29));
    for quote in daily.quotes() {
        let kept = Shipped::get().rate(quote.currency, daily.dated).unwrap();
        let printed = Decimal::parse(quote.rate.as_str()).unwrap();
        assert_eq!(Decimal::new(kept.mantissa.into(), kept.places.into()).trimmed(), printed.trimmed(), "{}", quote.currency);
    }
}

#[test]
fn rule_01_every_response_of_every_bank_is_read() {
    let Some(folder) = data("fx-central-banks") else { return };
    let mut read: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
    let mut n_files = 0;
    for line in fs::read_to_string(folder.join("index.jsonl")).unwrap().lines() {
        let entry: Value = serde_json::from_str(line).unwrap();
        let file = entry["file"].as_str().unwrap();
        let fixings = readers::read(&fs::read(folder.join(file)).unwrap(), now()).unwrap_or_else(|refused| panic!("{file}: {refused}"));
        n_files += 1;
        for fixing in fixings {
            let count = read.entry(fixing.source.to_string()).or_default();
            *count = (
                count.0 + 1,
                count.1 + fixing.quotes().len(),
                count.2 + usize::from(fixing.quotes().iter().any(|quote| quote.nominal != 1)),
            );
        }
    }
    assert_eq!(n_files, 66);
    let said: Vec<String> = read.iter().map(|(source, (days, quotes, _))| format!("{source} {days} days {quotes} quotes")).collect();
    println!("{}", said.join("\n"));
    for source in Source::ALL {
        assert!(read.contains_key(source.facts().slug), "nothing of {source:?}");
    }
}

/// Two banks and the ECB agree within a percent where they quote the same pair on the same day.
#[test]
fn rule_12_banks_agree_with_each_other_within_a_percent() {
    let (Some(banks), Some(_)) = (data("fx-central-banks"), data("fx-ecb")) else { return };
    let moment = Moment { now: now(), today: date(2026, 11, 23) };
    let mut n_compared = 0;
    for file in ["nbp/00.json", "nbu/00.json", "cba/01.xml"] {
        let fixings = readers::read(&fs::read(banks.join(file)).unwrap(), now()).unwrap();
        let source = Source::parse(fixings[0].source.as_str()).unwrap();
        let ledger = InMemory::of(fixings.clone());
        let on = fixings[0].dated;
        for pair in [("USD", "JPY"), ("GBP", "CHF"), ("USD", "CAD"), ("EUR", "USD"), ("EUR", "SEK")] {
            let ask = |source| Asked {
                amount: Decimal::parse("1").unwrap(),
                from: code(pair.0),
                to: code(pair.1),
                on: Some(on),
                source,
                known_at: None,
            };
            let theirs = convert(&ledger, &ask(source), moment).unwrap().rate.to_f64();
            let ours = convert(Shipped::get(), &ask(Source::Ecb), moment).unwrap().rate.to_f64();
            assert!((theirs / ours - 1.0).abs() < 0.015, "{file} {on} {pair:?}: {theirs} and {ours}");
            n_compared += 1;
        }
    }
    assert_eq!(n_compared, 15);
}

#[test]
fn rule_03_the_table_of_currencies_is_that_of_iso_4217() {
    let Some(folder) = data("iso4217") else { return };
    let list = fs::read_to_string(folder.join("codes-all.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(list.as_bytes());
    let mut n_living = 0;
    for row in reader.records() {
        let row = row.unwrap();
        let (code, units, withdrawn) = (&row[2], &row[4], &row[5]);
        if code.is_empty() {
            continue;
        }
        let currency = Currency::find(CurrencyCode::parse(code).unwrap()).unwrap_or_else(|| panic!("{code} is missing"));
        if withdrawn.is_empty() {
            assert_eq!(currency.minor_units.map(|units| units.to_string()).as_deref().unwrap_or("-"), units, "{code}");
            n_living += 1;
        }
    }
    assert!(270 < n_living, "{n_living}");
}
