//! Exchange rates over the whole binary: what a bank sent goes onto the wire once, and is converted with from there.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a helper of tests is a test")]

mod support;

use serde_json::Value;
use support::{done, file, refused, run};

const TWO_DAYS: &str = "Date,USD,JPY,\n2026-11-20,1.1600,180.10,\n2026-11-19,1.1550,179.95,\n";

fn shown(data: &std::path::Path, arguments: &[&str]) -> Value {
    let all = [&["rates", "show", "--json"], arguments].concat();
    serde_json::from_str(&done(data, &all)).unwrap()
}

#[test]
fn rates_are_imported_once_and_revised_by_new_entries() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let rates = file(folder.path(), "rates.csv", TWO_DAYS);
    let import = |path: &str| done(&data, &["rates", "import", path]);
    assert!(import(&rates).starts_with("2 fixings with 4 quotes moved; 0 were on the wire already"));
    assert!(import(&rates).starts_with("0 fixings with 0 quotes moved; 2 were on the wire already"));
    let revised = file(folder.path(), "revised.csv", &TWO_DAYS.replace("1.1600", "1.1601"));
    assert!(import(&revised).starts_with("1 fixings with 1 quotes moved; 1 were on the wire already"));
    let answer = shown(&data, &["--from", "EUR", "--to", "USD", "--amount", "1 000,50", "--on", "2026-11-20"]);
    assert_eq!(answer["rounded"], "1160.68");
    assert_eq!((answer["observed"].as_str(), answer["reason"].as_str()), (Some("2026-11-20"), Some("published")));
    let entries: Vec<Value> = done(&data, &["wire", "tail", "--json"]).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(entries.iter().map(|entry| entry["kind"].as_str().unwrap()).collect::<Vec<_>>(), ["fixing"; 3]);
    assert_eq!(entries[2]["item"]["quotes"][0]["rate"], "1.1601");
    let before = entries[1]["moved_at"].as_str().unwrap();
    let known = shown(&data, &["--from", "EUR", "--to", "USD", "--on", "2026-11-20", "--known-at", before]);
    assert_eq!(known["rate"], "1.16", "as it was known before the revision");
    done(&data, &["verify"]);
}

#[test]
fn what_cannot_be_right_is_held_back_and_nothing_is_kept_of_a_broken_file() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let good = file(folder.path(), "good.csv", TWO_DAYS);
    let broken = file(folder.path(), "broken.csv", "Date,USD,\n2026-11-20,1.16,\n2026-11-19,zero,\n");
    let output = run(&data, &["rates", "import", &broken, &good]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("broken.csv: 2026-11-19, USD: rate “zero” is no decimal number"), "{said}");
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("2 fixings"), "the good file goes on");
    let absurd = file(folder.path(), "absurd.csv", "Date,USD,\n2026-11-23,11600,\n");
    assert!(refused(&data, &["rates", "import", &absurd]).contains("more than 5 times away from 1.1600 on 2026-11-20"));
    let future = file(folder.path(), "future.csv", "Date,USD,\n2999-01-04,1.16,\n");
    assert!(refused(&data, &["rates", "import", &future]).contains("in the future"));
    assert_eq!(done(&data, &["wire", "tail"]).lines().count(), 2);
}

#[test]
fn any_pair_of_any_day_since_1999_is_converted_without_an_agency() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("nowhere");
    let answer = shown(&nowhere, &["--from", "SKK", "--to", "SIT", "--amount", "100", "--on", "2003-04-23"]);
    assert_eq!((answer["result"].as_str(), answer["rounded"].as_str()), (Some("566.9430557249"), Some("566.94")));
    let text = done(&nowhere, &["rates", "show", "--from", "USD", "--to", "JPY", "--amount", "100", "--on", "2017-03-19"]);
    assert!(
        text.contains("asked for 2017-03-19, rate of 2017-03-17 (weekend)") && text.contains("source: European Central Bank"),
        "{text}"
    );
    let said = |arguments: &[&str]| refused(&nowhere, &[&["rates", "show"], arguments].concat());
    assert!(said(&["--from", "TRL", "--to", "EUR", "--on", "2010-01-04"]).contains("use TRY, of which one replaced 1000000 TRL"));
    assert!(said(&["--from", "EUR", "--to", "USD", "--on", "2999-01-01"]).contains("in the future"));
    assert!(said(&["--from", "EUR", "--to", "USD", "--amount", &"9".repeat(400)]).contains("at most 40 digits"));
    assert!(said(&["--from", "EUR", "--to", "USD", "--amount=-5"]).contains("below zero"));
    assert!(said(&["--from", "EURO", "--to", "USD"]).contains("give three letters such as EUR"));
    assert!(!nowhere.exists(), "looking makes no agency");
}
