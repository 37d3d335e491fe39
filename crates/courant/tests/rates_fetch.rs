//! Fetching from banks: servers on loopback that answer late, broken, twice, back-dated, absurdly, endlessly or not at all.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a helper of tests is a test")]

mod support;

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde_json::Value;
use support::loopback::{self, Reply};
use support::{done, refused, run};

/// A bank on loopback. It answers with each reply of its script in turn, and with the last one for ever.
struct Bank {
    address: String,
    /// The heads of the requests so far.
    asked: Arc<Mutex<Vec<String>>>,
    script: Arc<Mutex<VecDeque<Reply>>>,
}

impl Bank {
    fn start(script: impl IntoIterator<Item = Reply>) -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let script = Arc::new(Mutex::new(script.into_iter().collect::<VecDeque<_>>()));
        let (asks, replies) = (Arc::clone(&asked), Arc::clone(&script));
        let address = loopback::listen("127.0.0.1:0", move |request, stream| {
            asks.lock().unwrap().push(request.head.clone());
            let reply = {
                let mut replies = replies.lock().unwrap();
                if replies.len() == 1 { replies[0].clone() } else { replies.pop_front().unwrap() }
            };
            reply.write(&request, stream)
        });
        Self { address: format!("http://{address}/rates"), asked, script }
    }

    fn now_answers(&self, reply: Reply) {
        *self.script.lock().unwrap() = VecDeque::from([reply]);
    }

    fn last_asked(&self) -> String {
        self.asked.lock().unwrap().last().unwrap().clone()
    }
}

/// An agency whose configuration names the bank as a source's address.
struct Agency {
    folder: tempfile::TempDir,
}

impl Agency {
    fn asking(source: &str, bank: &Bank, more: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let text = format!("[rates]\nfetch = [\"{source}\"]\n{more}\n[rates.addresses]\n{source} = \"{}\"\n", bank.address);
        std::fs::write(folder.path().join("courant.toml"), text).unwrap();
        Self { folder }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("agency")
    }

    fn config(&self) -> String {
        self.folder.path().join("courant.toml").to_str().unwrap().to_owned()
    }

    /// Fetches once; answers what it said, whatever it was.
    fn fetch(&self) -> Value {
        let output = run(&self.data(), &["rates", "fetch", "--json", "--config", &self.config()]);
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
    }

    /// The lines of the wire that are fixings.
    fn fixings(&self) -> Vec<Value> {
        let lines = done(&self.data(), &["wire", "tail", "--json"]);
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

const PRIVATE: &str = "private_addresses = true";

fn today() -> Date {
    Timestamp::now().to_zoned_datetime(jiff::tz::TimeZone::UTC).date()
}

fn days_ago(n: i32) -> Date {
    today().checked_sub(n.days()).unwrap()
}

/// What the ECB would send for these days.
fn ecb(days: &[(Date, &str)]) -> Vec<u8> {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gesmes:Envelope xmlns:gesmes=\"http://www.gesmes.org/xml/2002-08-01\" \
         xmlns=\"http://www.ecb.int/vocabulary/2002-08-01/eurofxref\"><gesmes:subject>Reference rates</gesmes:subject>\
         <gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender><Cube>",
    );
    for (day, dollars) in days {
        write!(text, "<Cube time=\"{day}\"><Cube currency=\"USD\" rate=\"{dollars}\"/><Cube currency=\"JPY\" rate=\"186.75\"/></Cube>")
            .unwrap();
    }
    text.push_str("</Cube></gesmes:Envelope>\n");
    text.into_bytes()
}

fn plain(bytes: Vec<u8>) -> Reply {
    Reply::plain(bytes)
}

#[test]
fn news_moves_once_and_is_asked_for_with_what_is_known() {
    let bank = Bank::start([Reply::tagged(ecb(&[(days_ago(3), "1.1684")]), "\"one\"")]);
    let agency = Agency::asking("ecb", &bank, PRIVATE);
    let first = agency.fetch();
    assert_eq!((&first["outcome"], &first["moved"]), (&"news".into(), &1.into()), "{first}");
    assert_eq!(first["latest"], days_ago(3).to_string());
    let again = agency.fetch();
    assert_eq!((&again["outcome"], &again["moved"]), (&"not-modified".into(), &0.into()), "{again}");
    assert!(bank.last_asked().contains("if-none-match: \"one\""), "{}", bank.last_asked());
    bank.now_answers(Reply::tagged(ecb(&[(days_ago(3), "1.1684"), (days_ago(2), "1.1702")]), "\"two\""));
    let later = agency.fetch();
    assert_eq!((&later["moved"], &later["known"]), (&1.into(), &1.into()), "{later}");
    assert_eq!(agency.fixings().len(), 2);
}

#[test]
fn a_document_that_comes_again_is_known() {
    let bank = Bank::start([plain(ecb(&[(days_ago(3), "1.1684")]))]);
    let agency = Agency::asking("ecb", &bank, PRIVATE);
    agency.fetch();
    let again = agency.fetch();
    assert_eq!((&again["outcome"], &again["moved"], &again["known"]), (&"known".into(), &0.into(), &1.into()), "{again}");
    assert_eq!(agency.fixings().len(), 1);
}

#[test]
fn an_older_document_sets_nothing_back_and_a_revision_is_an_entry_of_its_own() {
    let bank = Bank::start([
        plain(ecb(&[(days_ago(3), "1.1684"), (days_ago(2), "1.1702")])),
        plain(ecb(&[(days_ago(3), "1.1684")])),
        plain(ecb(&[(days_ago(3), "1.1685")])),
    ]);
    let agency = Agency::asking("ecb", &bank, PRIVATE);
    assert_eq!(agency.fetch()["moved"], 2);
    let older = agency.fetch();
    assert_eq!((&older["moved"], &older["latest"]), (&0.into(), &days_ago(2).to_string().into()), "{older}");
    let revised = agency.fetch();
    assert_eq!((&revised["moved"], &revised["latest"]), (&1.into(), &days_ago(2).to_string().into()), "{revised}");
    let fixings = agency.fixings();
    assert_eq!(fixings.len(), 3, "what was there stays there");
    let shown = done(&agency.data(), &["rates", "show", "--from", "EUR", "--to", "USD", "--on", &days_ago(3).to_string(), "--json"]);
    assert_eq!(serde_json::from_str::<Value>(&shown).unwrap()["rate"], "1.1685");
}

#[test]
fn what_is_broken_is_refused_whole_and_counted() {
    let whole = ecb(&[(days_ago(3), "1.1684")]);
    let bank = Bank::start([
        plain(whole[..whole.len() * 2 / 3].to_vec()),
        plain(b"<!doctype html><title>Maintenance</title><p>Back soon.".to_vec()),
        plain(ecb(&[(days_ago(3), "0.0000")])),
        plain(Vec::new()),
        plain(b"\xff\xfe\x00broken".to_vec()),
        Reply::CutOff(whole.clone()),
        Reply::Status(500, String::new()),
        Reply::Status(304, String::new()),
        Reply::Status(503, "Retry-After: 7200\r\n".to_owned()),
        plain(whole),
    ]);
    let agency = Agency::asking("ecb", &bank, PRIVATE);
    for n_failures in 1..=9 {
        let failed = agency.fetch();
        assert_eq!((&failed["outcome"], &failed["failures"]), (&"failed".into(), &n_failures.into()), "{failed}");
        assert!(failed["problem"].as_str().unwrap().starts_with(&bank.address), "{failed}");
        let next: Timestamp = failed["next_at"].as_str().unwrap().parse().unwrap();
        assert!(Timestamp::now() < next, "{failed}");
        if n_failures == 9 {
            assert!(
                Duration::from_secs(7_000) < Duration::try_from(next.duration_since(Timestamp::now())).unwrap(),
                "it asked for patience"
            );
        }
        assert_eq!(agency.fixings().len(), 0, "nothing is stored half");
    }
    assert!(done(&agency.data(), &["rates", "show", "--health"]).contains("failed 9 times"));
    let well = agency.fetch();
    assert_eq!((&well["moved"], &well["failures"], &well["problem"]), (&1.into(), &0.into(), &Value::Null), "{well}");
}

#[test]
fn a_day_in_the_future_and_an_absurd_rate_are_held_back_until_they_are_right() {
    let bank = Bank::start([
        plain(ecb(&[(days_ago(3), "1.1684")])),
        plain(ecb(&[(days_ago(-2), "1.1702")])),
        Reply::tagged(ecb(&[(days_ago(2), "11702")]), "\"absurd\""),
        plain(ecb(&[(days_ago(2), "1.1702")])),
    ]);
    let agency = Agency::asking("ecb", &bank, PRIVATE);
    agency.fetch();
    let future = agency.fetch();
    assert_eq!(future["moved"], 0, "{future}");
    assert!(future["held"][0].as_str().unwrap().contains("the day is in the future"), "{future}");
    assert_eq!(future["latest"], days_ago(3).to_string(), "a held day is not had");
    let absurd = agency.fetch();
    assert!(absurd["held"][0].as_str().unwrap().contains("more than 5 times away from 1.1684"), "{absurd}");
    let health = done(&agency.data(), &["rates", "show", "--health"]);
    assert!(health.contains("held back: ecb of"), "{health}");
    let documents = std::fs::read_dir(agency.data().join("rates/held")).unwrap().count();
    assert_eq!(documents, 2, "the documents are kept for whoever looks");
    let right = agency.fetch();
    assert!(!bank.last_asked().contains("if-none-match"), "what was held back is asked for whole");
    assert_eq!((&right["moved"], &right["held"]), (&1.into(), &Value::Array(Vec::new())), "{right}");
}

#[test]
fn a_bank_that_drips_or_floods_is_given_up() {
    let bank = Bank::start([Reply::Drips, Reply::Floods("")]);
    let agency = Agency::asking("ecb", &bank, &format!("{PRIVATE}\ntimeout_secs = 1"));
    let began = Instant::now();
    let dripped = agency.fetch();
    assert!(dripped["problem"].as_str().unwrap().contains("takes too long"), "{dripped}");
    assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
    std::fs::write(
        agency.folder.path().join("courant.toml"),
        std::fs::read_to_string(agency.config()).unwrap().replace("secs = 1", "secs = 60"),
    )
    .unwrap();
    let flooded = agency.fetch();
    assert!(flooded["problem"].as_str().unwrap().contains("more than 33554432 bytes"), "{flooded}");
}

#[test]
fn private_networks_are_asked_only_when_that_is_meant() {
    let bank = Bank::start([plain(ecb(&[(days_ago(3), "1.1684")]))]);
    let agency = Agency::asking("ecb", &bank, "");
    let literal = agency.fetch();
    assert!(literal["problem"].as_str().unwrap().contains("set private_addresses = true"), "{literal}");
    let named = Agency::asking("ecb", &Bank { address: bank.address.replace("127.0.0.1", "localhost"), ..bank_like(&bank) }, "");
    let named = named.fetch();
    assert!(named["problem"].as_str().unwrap().contains("localhost lies in a private network"), "{named}");
    assert!(bank.asked.lock().unwrap().is_empty(), "it was never asked");
}

fn bank_like(bank: &Bank) -> Bank {
    Bank { address: String::new(), asked: Arc::clone(&bank.asked), script: Arc::clone(&bank.script) }
}

#[test]
fn a_bank_may_send_elsewhere_but_not_in_circles() {
    let bank = Bank::start([Reply::Status(302, "Location: /moved\r\n".to_owned()), plain(ecb(&[(days_ago(3), "1.1684")]))]);
    assert_eq!(Agency::asking("ecb", &bank, PRIVATE).fetch()["moved"], 1);
    let circle = Bank::start([Reply::Status(302, "Location: /again\r\n".to_owned())]);
    let failed = Agency::asking("ecb", &circle, PRIVATE).fetch();
    assert!(failed["problem"].as_str().unwrap().contains("in a circle"), "{failed}");
    assert!(circle.asked.lock().unwrap().len() <= 7);
}

#[test]
fn a_document_of_another_source_is_refused() {
    let bank = Bank::start([plain(ecb(&[(days_ago(3), "1.1684")]))]);
    let failed = Agency::asking("cbr", &bank, PRIVATE).fetch();
    assert!(failed["problem"].as_str().unwrap().contains("the document is of ecb, not of cbr"), "{failed}");
}

#[test]
fn what_cannot_be_asked_is_said_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    assert!(refused(&data, &["rates", "fetch"]).contains("no source is named"));
    assert!(refused(&data, &["rates", "fetch", "fed"]).contains("use one of ecb, cbr"));
    assert!(refused(&data, &["rates", "fetch", "cba"]).contains("courant rates import"));
    assert!(!data.try_exists().unwrap(), "no agency was made");
}

#[test]
fn a_server_asks_by_itself_and_shows_how_its_sources_are() {
    let bank = Bank::start([plain(ecb(&[(days_ago(3), "1.1684")]))]);
    let agency = Agency::asking("ecb", &bank, PRIVATE);
    let server = support::Server::start_with(&agency.data(), &["--config", &agency.config()]);
    let began = Instant::now();
    let metrics = loop {
        let (_, metrics) = support::get(&server.ops, "/metrics");
        if metrics.contains("courant_rates_failures{source=\"ecb\"} 0") {
            break metrics;
        }
        assert!(began.elapsed() < Duration::from_secs(20), "{metrics}");
        std::thread::sleep(Duration::from_millis(50));
    };
    for line in [
        "courant_rates_held{source=\"ecb\"} 0",
        "courant_rates_late{source=\"ecb\"} ",
        "courant_rates_next_timestamp_seconds{source=\"ecb\"} ",
    ] {
        assert!(metrics.contains(line), "{line}: {metrics}");
    }
    assert_eq!(agency.fixings().len(), 1);
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(bank.asked.lock().unwrap().len(), 1, "it waits for its time");
    // A shell beside the server sees the same.
    assert!(done(&agency.data(), &["rates", "show", "--health"]).starts_with("ecb"));
    assert_eq!(agency.fetch()["outcome"], "known");
}

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

#[test]
fn real_documents_come_late_broken_and_twice() {
    let (Some(banks), Some(ecb)) = (data("fx-central-banks"), data("fx-ecb")) else { return };
    for (source, path) in [
        ("ecb", ecb.join("eurofxref-daily.csv")),
        ("ecb", banks.join("ecb_recent/00.csv")),
        ("cbr", banks.join("cbr/00.xml")),
        ("cbr-metals", banks.join("cbr/55.xml")),
        ("nbp-a", banks.join("nbp/00.json")),
        ("nbp-b", banks.join("nbp/01.json")),
        ("nbp-gold", banks.join("nbp/02.json")),
        ("nbk", banks.join("nbk/00.xml")),
        ("cba", banks.join("cba/00.xml")),
        ("nbu", banks.join("nbu/00.json")),
    ] {
        let bytes = std::fs::read(&path).unwrap();
        let bank = Bank::start([
            Reply::Status(503, String::new()),
            plain(bytes[..bytes.len() / 2].to_vec()),
            plain(bytes.clone()),
            Reply::tagged(bytes, "\"same\""),
        ]);
        let agency = Agency::asking(source, &bank, PRIVATE);
        let outcomes: Vec<Value> = (0..5).map(|_| agency.fetch()).collect();
        let words: Vec<&str> = outcomes.iter().map(|outcome| outcome["outcome"].as_str().unwrap()).collect();
        assert_eq!(words, ["failed", "failed", "news", "known", "not-modified"], "{source}: {outcomes:#?}");
        assert_eq!(outcomes[2]["held"], Value::Array(Vec::new()), "{source}");
        assert_ne!(outcomes[2]["late_since"], Value::Null, "{source}: these documents are old");
    }
}
