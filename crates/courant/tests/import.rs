//! Imports: what is bad is refused one by one, and nothing is imported twice.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a helper of tests is a test")]

mod support;

use serde_json::Value;
use support::{done, file, run, story};

fn summary(data: &std::path::Path, arguments: &[&str]) -> Value {
    let output = run(data, arguments);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
}

#[test]
fn one_bad_item_never_stops_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let good = |guid: &str| story(guid, "Good", "world").to_string();
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    let mut scripted = story("urn:script", "Scripted", "world");
    scripted["bodies"][0]["value"] =
        "<p onclick=\"x()\">Kept.</p><script>alert(1)</script><iframe src=\"https://x.example\"></iframe>".into();
    let mut old = story("urn:old", "Old", "world");
    old["versionCreated"] = "1492-10-12T00:00:00Z".into();
    let mut late = story("urn:late", "Late", "world");
    late["versionCreated"] = "2999-01-01T00:00:00Z".into();
    let lines = [
        good("urn:1"),
        "{\"uri\": \"urn:broken\", ".to_owned(),
        "[1, 2, 3]".to_owned(),
        "{\"headlines\": [{\"value\": \"no uri\"}]}".to_owned(),
        deep,
        good("urn:2"),
        scripted.to_string(),
        old.to_string(),
        late.to_string(),
        good("urn:3"),
    ];
    let mut bytes = lines.join("\n").into_bytes();
    bytes.extend_from_slice(b"\n{\"uri\": \"urn:latin\", \"headlines\": [{\"value\": \"caf\xe9\"}]}\n");
    let path = folder.path().join("mixed.jsonl");
    std::fs::write(&path, bytes).unwrap();
    let summary = summary(&data, &["import", "ninjs", path.to_str().unwrap(), "--json"]);
    let on_wire = done(&data, &["wire", "tail", "--json"]);
    for guid in ["urn:1", "urn:2", "urn:3", "urn:script"] {
        assert!(on_wire.contains(&format!("\"{guid}\"")), "{guid} is missing: {summary}");
    }
    assert!(!on_wire.contains("alert(1)") && !on_wire.contains("onclick") && on_wire.contains("Kept."), "{on_wire}");
    assert!(5 <= summary["refused"].as_u64().unwrap(), "{summary}");
    let report = std::fs::read_to_string(summary["report"].as_str().unwrap()).unwrap();
    for line in report.lines() {
        let entry: Value = serde_json::from_str(line).unwrap();
        assert!(entry["file"].as_str().unwrap().ends_with("mixed.jsonl"));
        assert!(entry["refused"].is_string() || entry["mended"].is_string(), "{entry}");
    }
    assert!(report.contains("\"line\":2"), "the report names the line: {report}");
    assert!(done(&data, &["wire", "verify"]).contains("entries hold"));
}

#[test]
fn an_import_repeated_changes_nothing_and_later_versions_are_news() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let version = |number: &str, headline: &str| {
        let mut document = story("urn:a", headline, "world");
        document["version"] = number.into();
        document.to_string()
    };
    let first = file(folder.path(), "1.jsonl", &[version("1", "One"), story("urn:b", "B", "world").to_string()].join("\n"));
    let numbers = |summary: &Value| ["moved", "updated", "known", "refused"].map(|key| summary[key].as_u64().unwrap());
    assert_eq!(numbers(&summary(&data, &["import", "ninjs", &first, "--json"])), [2, 0, 0, 0]);
    assert_eq!(numbers(&summary(&data, &["import", "ninjs", &first, "--json"])), [0, 0, 2, 0]);
    let later = file(folder.path(), "7.jsonl", &version("7", "Seven"));
    assert_eq!(numbers(&summary(&data, &["import", "ninjs", &later, "--json"])), [0, 1, 0, 0], "another agency numbers as it likes");
    assert_eq!(numbers(&summary(&data, &["import", "ninjs", &first, "--json"])), [0, 0, 2, 0], "an older version it has is known");
    let changed = file(folder.path(), "x.jsonl", &version("1", "Another one"));
    assert_eq!(numbers(&summary(&data, &["import", "ninjs", &changed, "--json"])), [0, 0, 0, 1], "the same version with other content");
    let between = file(folder.path(), "3.jsonl", &version("3", "Three"));
    assert_eq!(numbers(&summary(&data, &["import", "ninjs", &between, "--json"])), [0, 0, 0, 1], "versions must rise");
}

#[test]
fn a_dry_run_prints_ninjs_and_touches_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let file = file(folder.path(), "1.jsonl", &story("urn:a", "One", "world").to_string());
    let printed = done(&data, &["import", "ninjs", &file, "--dry-run", "--json"]);
    let document: Value = serde_json::from_str(printed.trim()).unwrap();
    assert_eq!((document["uri"].as_str(), document["standard"]["version"].as_str()), (Some("urn:a"), Some("3.1")));
    assert!(!data.try_exists().unwrap(), "no agency was made");
}

#[test]
fn a_feed_is_taken_once_and_its_changes_are_versions() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let feed = |items: &str| {
        format!(
            "<?xml version='1.0'?><rss version='2.0'><channel><title>Other</title><link>https://other.example/</link>{items}</channel></rss>"
        )
    };
    let item = |title: &str, words: &str, at: &str| {
        format!(
            "<item><title>{title}</title><guid>http://other.example/1</guid><pubDate>{at}</pubDate><description>{words}</description></item>"
        )
    };
    let (early, late) = ("Tue, 10 Nov 2026 08:00:00 GMT", "Tue, 10 Nov 2026 09:00:00 GMT");
    let first = file(folder.path(), "1.xml", &feed(&(item("One", "<p>Words.</p><script>x()</script>", early) + "<item/>")));
    let numbers = |summary: &Value| ["moved", "updated", "known", "refused"].map(|key| summary[key].as_u64().unwrap());
    assert_eq!(numbers(&summary(&data, &["import", "rss", &first, "--json"])), [1, 0, 0, 1], "an item without a word is refused by itself");
    assert_eq!(numbers(&summary(&data, &["import", "rss", &first, "--json"])), [0, 0, 1, 1]);
    let second = file(folder.path(), "2.xml", &feed(&item("One", "<p>Other words.</p>", late)));
    assert_eq!(numbers(&summary(&data, &["import", "rss", &second, "--json"])), [0, 1, 0, 0], "other words are a version");
    assert_eq!(numbers(&summary(&data, &["import", "rss", &first, "--json"])), [0, 0, 1, 1], "older words are not");
    let on_wire = done(&data, &["wire", "tail", "--json"]);
    assert!(on_wire.contains("https://other.example/1") && on_wire.contains("Other words.") && !on_wire.contains("x()"), "{on_wire}");
    let page = file(folder.path(), "page.xml", "<html><body>no feed</body></html>");
    let refused = run(&data, &["import", "rss", &page]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("is a web page; give the address of its feed"), "{refused:?}");
}

#[test]
fn amounts_are_proposed_and_only_marked_when_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let mut document = story("urn:a", "Bridge", "world");
    document["bodies"][0]["value"] =
        "<p>The bridge cost 4.5 mln Canadian dlrs, and the crowns are 5 crowns. Turnout rose 5 pct.</p>".into();
    let text = document.to_string();
    let file = file(folder.path(), "1.jsonl", &text);

    let dry = run(&data, &["import", "ninjs", &file, "--dry-run", "--propose-amounts"]);
    let said = String::from_utf8(dry.stderr).unwrap();
    assert!(said.contains("“4.5 mln Canadian dlrs” is 4500000 CAD (certain: "), "{said}");
    assert!(said.contains("“5 crowns” is 5 of SEK, NOK, DKK, ISK or another, nothing in the story says which"), "{said}");

    let proposed = summary(&data, &["import", "ninjs", &file, "--json", "--propose-amounts"]);
    assert_eq!((proposed["amounts_proposed"].as_u64(), proposed["amounts_marked"].as_u64()), (Some(2), Some(0)), "{proposed}");
    let report = std::fs::read_to_string(proposed["report"].as_str().unwrap()).unwrap();
    let entries: Vec<Value> = report.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let amounts: Vec<&Value> = entries.iter().map(|entry| &entry["amount"]).filter(|amount| amount.is_object()).collect();
    assert_eq!(amounts[0]["words"], "4.5 mln Canadian dlrs");
    assert_eq!((&amounts[0]["amount"], &amounts[0]["currency"], &amounts[0]["magnitude"]), (&"4500000".into(), &"CAD".into(), &6.into()));
    assert_eq!(amounts[1]["currency"], Value::Null);
    assert!(!done(&data, &["wire", "show", "urn:a"]).contains("4500000"), "proposals change nothing");

    let again = summary(&data, &["import", "ninjs", &file, "--json", "--mark-amounts"]);
    assert_eq!((again["known"].as_u64(), again["refused"].as_u64()), (Some(1), Some(0)), "a mark is no other content: {again}");
    let marked_data = folder.path().join("marked");
    let marked = summary(&marked_data, &["import", "ninjs", &file, "--json", "--mark-amounts"]);
    assert_eq!((marked["amounts_proposed"].as_u64(), marked["amounts_marked"].as_u64()), (Some(2), Some(1)), "{marked}");
    let on_wire = done(&marked_data, &["wire", "show", "urn:a"]);
    assert!(on_wire.contains("4500000") && on_wire.contains("4.5 mln Canadian dlrs"), "{on_wire}");
    let unmarked = summary(&marked_data, &["import", "ninjs", &file, "--json"]);
    assert_eq!((unmarked["known"].as_u64(), unmarked["refused"].as_u64()), (Some(1), Some(0)), "{unmarked}");
}

/// One document of each format agencies send, and what each makes of the wire.
#[test]
fn documents_of_agencies_become_entries_of_the_wire() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let g2 = |version: u32, status: &str| {
        format!(
            "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='urn:g2' version='{version}'><itemMeta><itemClass qcode='ninat:text'/>\
             <provider literal='DEMO'/><versionCreated>2026-01-0{version}T08:00:00Z</versionCreated><pubStatus qcode='stat:{status}'/></itemMeta>\
             <contentMeta><headline>Fed holds rates</headline></contentMeta></newsItem>"
        )
    };
    let nitf = "<nitf><head><docdata><doc-id id-string='urn:nitf'/><date.issue norm='20260101T080000Z'/></docdata></head>\
        <body><body.head><hedline><hl1>Fed holds rates</hl1></hedline></body.head></body></nitf>";
    let newsml1 = "<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>demo.example</ProviderId><DateId>20260101</DateId><NewsItemId>1</NewsItemId>\
        <RevisionId>1</RevisionId></NewsIdentifier></Identification><NewsManagement><ThisRevisionCreated>20260101T080000Z</ThisRevisionCreated></NewsManagement>\
        <NewsComponent><NewsLines><HeadLine>Fed holds rates</HeadLine></NewsLines></NewsComponent></NewsItem></NewsML>";
    let wire = "\u{1}dem007 3 f 20 dem\r\n\r\nFed/Rates/\r\n\u{2}Fed holds rates\r\n\r\nIt did.\r\n\u{3}010800 GMT Jan 26\r\n\u{4}";
    let numbers = |summary: &Value| ["moved", "updated", "withdrawn", "known", "refused"].map(|key| summary[key].as_u64().unwrap());
    let import = |format: &str, name: &str, document: &str| {
        let path = file(folder.path(), name, document);
        numbers(&summary(&data, &["import", format, &path, "--json"]))
    };
    assert_eq!(import("newsml-g2", "1.xml", &g2(1, "usable")), [1, 0, 0, 0, 0]);
    assert_eq!(import("nitf", "2.xml", nitf), [1, 0, 0, 0, 0]);
    assert_eq!(import("newsml1", "3.xml", newsml1), [1, 0, 0, 0, 0]);
    assert_eq!(import("iptc7901", "4.txt", wire), [1, 0, 0, 0, 0]);
    assert_eq!(import("iptc7901", "4.txt", wire), [0, 0, 0, 1, 0], "a name that was made is the same again");
    assert_eq!(import("newsml-g2", "5.xml", &g2(2, "canceled")), [0, 0, 1, 0, 0], "a kill of the agency kills here");
    assert_eq!(import("nitf", "6.xml", "<rss/>"), [0, 0, 0, 0, 1]);
    let on_wire = done(&data, &["wire", "tail", "--json"]);
    for guid in ["urn:g2", "urn:nitf", "urn:newsml:demo.example:20260101:1", "courant:made/dem007/2026-01-01t08-00-00z"] {
        assert!(on_wire.contains(&format!("\"{guid}\"")), "{guid} is missing: {on_wire}");
    }
    let dry = done(&data, &["import", "nitf", folder.path().join("2.xml").to_str().unwrap(), "--dry-run", "--json"]);
    assert!(dry.contains("\"urn:nitf\"") && dry.contains("Fed holds rates"), "{dry}");
}

#[test]
fn subjects_are_proposed_as_the_archive_files_its_stories_and_nothing_is_changed() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let filed = |n: usize, words: &str, subject: Option<&str>| {
        let subjects: Vec<_> = subject.into_iter().map(|uri| serde_json::json!({ "uri": uri, "name": uri })).collect();
        serde_json::json!({
            "uri": format!("urn:s{n}"), "type": "text", "language": "en", "versionCreated": "2026-11-20T10:00:00Z",
            "headlines": [{ "role": "main", "value": format!("{words} number {n}") }],
            "bodies": [{ "contentType": "text/plain", "value": format!("{words}. It was said on day {n}.") }], "subjects": subjects,
        })
        .to_string()
    };
    let (bank, quake) = ("Central bank raises its key interest rate", "Earthquake shakes the coast and damages houses");
    let archive: Vec<String> = (0..60)
        .map(|n| if n % 2 == 0 { filed(n, bank, Some("medtop:20000379")) } else { filed(n, quake, Some("medtop:20000151")) })
        .collect();
    let one = support::file(folder.path(), "one.jsonl", &filed(90, bank, None));
    let early = support::refused(&data, &["import", "ninjs", &one, "--propose-subjects"]);
    assert!(early.contains("0 stories on the wire carry a subject"), "{early}");
    let archive = support::file(folder.path(), "archive.jsonl", &archive.join("\n"));
    support::done(&data, &["import", "ninjs", &archive]);
    let report = folder.path().join("report.jsonl");
    let said = support::done(&data, &["import", "ninjs", &one, "--propose-subjects", "--json", "--report", report.to_str().unwrap()]);
    let summary: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!((&summary["moved"], &summary["subjects_proposed"]), (&1.into(), &1.into()), "{summary}");
    let line = std::fs::read_to_string(&report).unwrap();
    let line: serde_json::Value =
        line.lines().map(|line| serde_json::from_str(line).unwrap()).find(|line: &serde_json::Value| line["subject"].is_object()).unwrap();
    assert_eq!(line["subject"]["uri"], "medtop:20000379", "{line}");
    assert!(line["subject"]["confidence"].as_f64().unwrap() > 0.5, "{line}");
    let shown = support::done(&data, &["wire", "show", "urn:s90"]);
    assert!(!shown.contains("medtop:"), "the story stays as it came: {shown}");
}
