//! The reader's choice of a currency for the amounts of a story, without script.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a helper of tests is a test")]

mod support;

use serde_json::Value;
use support::{Server, done, file, story};

const COPY: &str = "<p>The bridge cost $3.2 million, up from $3 million. A ticket is 5 crowns, and a tower 7 yen.</p>";

/// An agency with a story filed from New York on a Sunday, its amounts marked; the story's path.
fn agency(folder: &std::path::Path, data: &std::path::Path) -> String {
    let mut document = story("urn:a", "Bridge", "world");
    for field in ["versionCreated", "firstCreated"] {
        document[field] = "2017-03-19T10:00:00Z".into();
    }
    document["bodies"][0]["value"] = COPY.into();
    document["located"] = "New York".into();
    document["dateline"] = "NEW YORK, March 19".into();
    document["places"] =
        serde_json::json!([{ "name": "New York", "rel": "located", "address": { "country": { "isoCountryCode": "US" } } }]);
    let path = file(folder, "1.json", &document.to_string());
    done(data, &["import", "ninjs", &path, "--mark-amounts"]);
    let found = done(data, &["search", "bridge", "--json"]);
    let found: Value = serde_json::from_str(found.lines().next().unwrap()).unwrap();
    assert_eq!(found["guid"], "urn:a");
    let server = Server::start(data);
    let feed = server.json("/all.json");
    feed["items"][0]["url"].as_str().unwrap().split_once("//").unwrap().1.split_once('/').map(|(_, path)| format!("/{path}")).unwrap()
}

#[test]
fn a_reader_chooses_a_currency_by_a_parameter_and_the_text_stays() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let path = agency(folder.path(), &data);
    let server = Server::start(&data);

    let (status, printed) = server.get(&path);
    assert_eq!(status, 200);
    assert!(printed.contains("<select name=\"money\">") && !printed.contains("class=\"in\""), "a form, and nothing converted: {printed}");

    let (status, converted) = server.get(&format!("{path}?money=eur"));
    assert_eq!(status, 200);
    // 17 March 2017: 1 EUR = 1.0737 USD, 1 EUR = 121.75 JPY (ECB).
    for expected in
        ["≈\u{a0}2,980,000\u{a0}EUR", "≈\u{a0}2,790,000\u{a0}EUR", "European Central Bank", "March 17, 2017", "<option selected>EUR"]
    {
        assert!(converted.contains(expected), "{expected}: {converted}");
    }
    assert!(!converted.contains("5 crowns</data>"), "what nobody could resolve is not marked");
    let without = strip(&converted, "<small class=\"in\">", "</small>");
    let copy = |page: &str| page.split_once("<div class=\"copy\">").unwrap().1.split_once("</article>").unwrap().0.to_owned();
    assert_eq!(copy(&without), copy(&printed), "but for the converted amounts not a byte of the copy changes");

    let (_, same) = server.get(&format!("{path}?money=USD"));
    assert!(!same.contains("≈\u{a0}3,200,000\u{a0}USD") && same.contains("[<bdi>≈"), "only the yen are converted: {same}");
    let (status, unknown) = server.get(&format!("{path}?money=%3Cb%3E"));
    assert!(status == 200 && unknown.contains("“&#60;b&#62;” is not a currency"), "{unknown}");
    let (status, unminted) = server.get(&format!("{path}?money=VES"));
    assert!(status == 200 && unminted.contains("has no rate for USD, JPY on March 19, 2017"), "{unminted}");
    // Other forms of the story know nothing of it.
    assert_eq!(server.get(&format!("{path}.txt?money=EUR")).1, server.get(&format!("{path}.txt")).1);
}

#[test]
fn wrong_words_in_the_address_keep_the_choice() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let path = agency(folder.path(), &data);
    let server = Server::start(&data);
    let (front, _) = path.rsplit_once('/').unwrap();
    let head = support::head(&server.addr, &format!("{front}/other-words?money=EUR"));
    assert!(head.starts_with("HTTP/1.1 301") && head.to_lowercase().contains(&format!("location: {path}?money=eur")), "{head}");
}

#[test]
fn a_story_before_the_euro_says_that_it_has_no_rate() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let mut document = story("urn:old", "Old", "world");
    for field in ["versionCreated", "firstCreated"] {
        document[field] = "1987-03-19T10:00:00Z".into();
    }
    document["bodies"][0]["value"] = "<p>It cost 5 yen.</p>".into();
    done(&data, &["import", "ninjs", &file(folder.path(), "1.json", &document.to_string()), "--mark-amounts"]);
    let server = Server::start(&data);
    let url = server.json("/all.json")["items"][0]["url"].as_str().unwrap().to_owned();
    let path = url.split_once("//").unwrap().1.split_once('/').unwrap().1.to_owned();
    let (status, page) = server.get(&format!("/{path}?money=EUR"));
    assert!(status == 200 && page.contains("has no rate for JPY on March 19, 1987"), "{page}");
    assert!(!page.contains("name=\"money\""), "no choice is offered that would have no effect: {page}");
}

/// The text without what stands from `from` to `to`, and the space before it.
fn strip(text: &str, from: &str, to: &str) -> String {
    let mut parts = text.split(from);
    let mut left = parts.next().unwrap().to_owned();
    for part in parts {
        left.truncate(left.len() - 1);
        left.push_str(part.split_once(to).unwrap().1);
    }
    left
}
