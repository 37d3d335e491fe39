//! Exchange rates over the whole binary: what a bank sent goes onto the wire once, and is converted with from there.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a helper of tests is a test")]

mod support;

use serde_json::Value;
use support::{Server, done, file, head, refused, run};

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

const ECB_AND_CBR: [(&str, &str); 2] = [
    ("ecb.csv", TWO_DAYS),
    (
        "cbr.xml",
        "<ValCurs Date=\"21.11.2026\"><Valute ID=\"R01235\"><CharCode>USD</CharCode><Nominal>1</Nominal><Value>80,0000</Value></Valute>\
         <Valute ID=\"R01820\"><CharCode>JPY</CharCode><Nominal>100</Nominal><Value>51,5000</Value></Valute></ValCurs>",
    ),
];

/// An agency with rates of two banks, served.
fn served(folder: &tempfile::TempDir) -> (std::path::PathBuf, Server) {
    let data = folder.path().join("agency");
    for (name, text) in ECB_AND_CBR {
        done(&data, &["rates", "import", &file(folder.path(), name, text)]);
    }
    let server = Server::start(&data);
    (data, server)
}

#[test]
fn pages_and_machines_are_told_the_same_of_every_conversion() {
    let folder = tempfile::tempdir().unwrap();
    let (data, server) = served(&folder);
    let answer = server.json("/convert.json?amount=100&from=SKK&to=SIT&on=2003-04-23");
    assert_eq!((answer["result"].as_str(), answer["requested"].as_str()), (Some("566.9430557249"), Some("2003-04-23")));
    let rouble = server.json("/convert.json?amount=1+000&from=JPY&to=RUB&on=2026-11-22&source=cbr");
    assert_eq!((rouble["rounded"].as_str(), rouble["reason"].as_str()), (Some("515.00"), Some("in-force")));
    assert_eq!(rouble["path"][0]["published"], "100 JPY = 51,5000 RUB");
    let (_, csv) = server.get("/convert.csv?amount=100&from=SKK&to=SIT&on=2003-04-23");
    assert!(csv.contains("100,SKK,SIT,566.9430557249,566.94,") && csv.contains("2003-04-23,2003-04-23,published,ecb\r\n"), "{csv}");
    let (_, text) = server.get("/convert.txt?amount=100&from=SKK&to=SIT&on=2003-04-23");
    assert!(text.contains("100 SKK = 566.94 SIT"), "{text}");
    let (status, page) = server.get("/convert?amount=1%20234%2C5&from=EUR&to=USD&on=2026-11-20&lang=ru");
    assert_eq!(status, 200);
    assert!(page.contains("<html lang=\"ru\"") && page.contains("1432,02\u{a0}USD") && page.contains("Прочитано как 1234,5."), "{page}");
    // A revision reaches the page that was shown before; what was known before it can still be asked for.
    let before = jiff::Timestamp::now();
    let revised = file(folder.path(), "revised.csv", &TWO_DAYS.replace("1.1600", "1.1610"));
    done(&data, &["rates", "import", &revised]);
    server.wait_for("/convert?amount=1000&from=EUR&to=USD&on=2026-11-20", |_, page| page.contains("1,161.00\u{a0}USD"));
    for target in ["/rates.json?on=2026-11-20", "/rates/USD.json?range=1m", "/convert.json?amount=1&from=EUR&to=USD&on=2026-11-20"] {
        assert!(server.get(target).1.contains("1.161"), "{target}");
        let (status, then) = server.get(&format!("{target}&at={before}"));
        assert!(status == 200 && then.contains("1.16") && !then.contains("1.161"), "{target}: {then}");
    }
    assert_eq!(server.get("/rates.json?at=yesterday").0, 400);
}

#[test]
fn what_cannot_be_converted_has_a_status_and_a_sentence_in_every_form() {
    let folder = tempfile::tempdir().unwrap();
    let (_data, server) = served(&folder);
    for (query, status, said) in [
        ("amount=1&from=TRL&to=EUR&on=2010-01-04", 404, "use TRY"),
        ("amount=1&from=EUR&to=RUB&on=2022-03-02", 404, "it was from"),
        ("amount=1&from=EUR&to=USD&on=2999-01-01", 400, "in the future"),
        ("amount=1&from=EUR&to=USD&on=1998-12-31", 404, "before the first rates"),
        ("amount=1&from=EUR&to=USD&on=2026-02-30", 400, "not a day of the calendar"),
        ("amount=ten&from=EUR&to=USD", 400, "is not a number"),
        ("amount=-5&from=EUR&to=USD", 400, "below zero"),
        ("amount=1&from=EURO&to=USD", 400, "give three letters"),
        ("amount=1&from=EUR&to=USD&source=fed", 400, "use one of ecb"),
    ] {
        let (found, body) = server.get(&format!("/convert.json?{query}"));
        let problem: Value = serde_json::from_str(&body).unwrap();
        assert_eq!((found, problem["status"].as_u64()), (status, Some(status.into())), "{query}");
        assert!(problem["detail"].as_str().unwrap().contains(said), "{query}: {body}");
        let (found, page) = server.get(&format!("/convert?{query}"));
        assert_eq!(found, status, "{query}");
        assert!(page.contains("role=\"alert\"") && page.contains("action=\"/convert\""), "{query}");
    }
    let (status, _) = server.get(&format!("/convert.json?amount={}&from=EUR&to=USD", "9".repeat(400)));
    assert_eq!(status, 400);
}

#[test]
fn rates_have_tables_histories_and_feeds() {
    let folder = tempfile::tempdir().unwrap();
    let (_data, server) = served(&folder);
    let (status, page) = server.get("/rates");
    assert!(status == 200 && page.contains("November 20, 2026") && page.contains("<a href=\"/rates/USD\">USD</a>"), "{page}");
    assert!(page.contains("−0.43\u{a0}%"), "a dollar is worth less than the day before: {page}");
    let table = server.json("/rates.json?source=cbr");
    assert_eq!((table["observed"].as_str(), table["date_kind"].as_str()), (Some("2026-11-21"), Some("in-force")));
    assert_eq!(table["rates"][0]["nominal"], 100);
    assert!(server.get("/rates.csv?on=2017-03-20").1.contains("USD,1,code,1.0752,EUR,per-base,2017-03-20,"));
    let (status, page) = server.get("/rates/USD?range=1m&with=JPY");
    assert!(status == 200 && page.contains("<svg class=\"chart\"") && page.contains("class=\"l1\""), "{page}");
    assert_eq!(server.get("/rates/XQQ").0, 404);
    assert_eq!(server.get("/rates/USD?range=9y").0, 400);
    let (_, feed) = server.get("/rates.rss");
    assert!(
        feed.contains("<rss") && feed.contains("European Central Bank: November 20, 2026") && feed.contains("<td>1.1600</td>"),
        "{feed}"
    );
    assert!(server.get("/rates.atom?source=cbr").1.contains("in") && server.get("/rates.atom?source=fed").0 == 400);
    let (_, front) = server.get("/");
    assert!(front.contains("class=\"strip\"") && front.contains("1.1600"), "{front}");
}

#[test]
fn clients_of_frankfurter_are_answered_in_its_shape() {
    let folder = tempfile::tempdir().unwrap();
    let (_data, server) = served(&folder);
    let latest = server.json("/v1/latest");
    assert_eq!((latest["base"].as_str(), latest["date"].as_str()), (Some("EUR"), Some("2026-11-20")));
    assert_eq!(latest["rates"]["USD"].as_f64(), Some(1.16));
    let dated = server.json("/v1/2017-03-19?base=USD&symbols=EUR,JPY&amount=1000");
    assert_eq!(
        (dated["date"].as_str(), dated["requested"].as_str(), dated["reason"].as_str()),
        (Some("2017-03-17"), Some("2017-03-19"), Some("weekend"))
    );
    assert_eq!(dated["rates"].as_object().unwrap().len(), 2);
    assert_eq!(dated["rates"]["EUR"].to_string(), "931.3588526");
    let span = server.json("/v1/2017-03-17..2017-03-20?symbols=USD");
    assert_eq!(span["rates"].as_object().unwrap().keys().collect::<Vec<_>>(), ["2017-03-17", "2017-03-20"]);
    let filled = server.json("/v1/2017-03-18..2017-03-20?symbols=USD&fill=previous");
    assert_eq!(filled["observed"]["2017-03-18"]["observed"], "2017-03-17");
    assert_eq!(server.json("/v1/2017-03-18..2017-03-19")["rates"].as_object().unwrap().len(), 0, "a weekend is no error");
    assert_eq!(server.json("/v1/1999-01-04..1999-01-08?base=USD&symbols=DEM")["rates"]["1999-01-04"]["DEM"].to_string(), "1.659029604");
    assert_eq!(server.json("/v1/currencies")["USD"], "US Dollar");
    assert_eq!(server.json("/v1/latest?base=USD&symbols=USD")["rates"]["USD"].as_f64(), Some(1.0), "a currency in itself");
    for (target, status) in [
        ("/v1/2999-01-01", 400),
        ("/v1/1990-01-01", 404),
        ("/v1/latest?base=QQQ", 400),
        ("/v1/latest?symbols=US", 400),
        ("/v1/yesterday", 404),
        ("/v1/2017-03-20..2017-03-17", 400),
        ("/v1/1980-01-01..2017-03-17", 400),
        ("/v1/2017-03-17..2017-03-20?fill=some", 400),
    ] {
        let (found, body) = server.get(target);
        let problem: Value = serde_json::from_str(&body).unwrap();
        assert_eq!((found, problem["status"].as_u64()), (status, Some(status.into())), "{target}: {body}");
        assert!(problem["message"].is_string() && problem["type"].is_string(), "{target}");
    }
    let description = server.json("/api/v1/openapi.json");
    assert_eq!(description["openapi"], "3.1.0");
    assert!(description["paths"]["/v1/{date}"]["get"].is_object());
}

#[test]
fn rule_13_the_past_may_be_kept_for_ever_the_latest_until_the_next_and_errors_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let (_data, server) = served(&folder);
    for target in
        ["/convert.json?amount=1&from=EUR&to=USD&on=2017-03-19", "/v1/2017-03-20", "/v1/2017-03-01..2017-03-20", "/rates.csv?on=2017-03-20"]
    {
        let head = head(&server.addr, target);
        assert!(head.contains("cache-control: public, max-age=31536000, immutable") && head.contains("etag: "), "{target}: {head}");
    }
    for target in ["/convert.json?amount=1&from=EUR&to=USD", "/v1/latest", "/rates.json"] {
        let head = head(&server.addr, target);
        assert!(
            head.contains("cache-control: public, stale-if-error=86400") && head.contains("expires: ") && !head.contains("immutable"),
            "{target}: {head}"
        );
    }
    for target in ["/v1/2999-01-01", "/convert.json?amount=ten"] {
        assert!(head(&server.addr, target).contains("cache-control: no-store"), "{target}");
    }
}
