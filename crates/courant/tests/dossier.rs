//! `courant dossier`, and what a reader sees of it.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a helper of tests is a test")]

mod support;

use std::path::Path;

use serde_json::Value;
use support::{Server, done, refused, run};

/// Moves a story that is filed under dossiers, at a place.
fn moves(data: &Path, guid: &str, headline: &str, dossiers: &[&str]) {
    let mut subjects = vec![serde_json::json!({ "name": "World", "rel": "section", "uri": "courant:section/world" })];
    for slug in dossiers {
        subjects.push(serde_json::json!({ "name": slug, "rel": "dossier", "uri": format!("courant:dossier/{slug}") }));
    }
    let document = serde_json::json!({
        "uri": guid, "type": "text", "language": "en", "pubStatus": "usable", "subjects": subjects,
        "headlines": [{ "role": "main", "value": headline }],
        "bodies": [{ "role": "main", "contentType": "text/plain", "value": "Copy of it." }],
        "people": [{ "name": "Ada Example" }],
        "places": [{ "name": "Luxor", "rel": "about", "uri": "courant:place/luxor", "geoJSON": { "type": "Feature",
            "geometry": { "type": "Point", "coordinates": [32.64, 25.69] }, "properties": { "countryCode": "EG" } } }],
    });
    let file = data.join(format!("{}.json", guid.replace(':', "-")));
    std::fs::write(&file, document.to_string()).unwrap();
    done(data, &["wire", "move", file.to_str().unwrap()]);
}

fn agency() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let day = "2026-08-12 The shadow crosses Spain.";
    done(
        data,
        &["dossier", "create", "eclipses", "--title", "Eclipses", "--summary", "So far one.", "--key-event", day, "--start", "2026-08-01"],
    );
    done(data, &["dossier", "create", "sun", "--title", "The Sun"]);
    moves(data, "urn:one", "First of both", &["eclipses", "sun"]);
    moves(data, "urn:two", "Second of eclipses", &["eclipses"]);
    moves(data, "urn:three", "Third of the Sun", &["sun"]);
    folder
}

#[test]
fn what_cannot_be_is_refused_with_a_remedy() {
    let folder = agency();
    let data = folder.path();
    for (arguments, words) in [
        (vec!["create", "eclipses", "--title", "Again"], "the dossier eclipses exists already"),
        (vec!["create", "moon", "--title", "Moon", "--parent", "nowhere"], "there is no dossier nowhere"),
        (vec!["create", "moon", "--title", " "], "is empty; give at least one word"),
        (vec!["describe", "moon", "--state", "open"], "there is no dossier moon on this wire"),
        (vec!["describe", "sun", "--state", "over"], "use open, dormant or closed"),
        (vec!["describe", "sun", "--parent", "sun"], "the dossier sun would be part of itself"),
        (vec!["describe", "sun", "--key-event", "2026-08-12"], "has no sentence"),
        (vec!["describe", "sun", "--key-event", "12.8.2026 It ends."], "is not a date; write it like 2026-08-12"),
        (vec!["describe", "sun", "--lang", "ja", "--summary", "要約"], "has no title in ja yet; give one with --title"),
        (vec!["add", "sun", "urn:one"], "is filed under the dossier sun already"),
        (vec!["add", "sun", "urn:nothing"], "urn:nothing has not moved"),
        (vec!["drop", "sun", "urn:two"], "is not filed under the dossier sun"),
        (vec!["merge", "sun", "sun", "--reason", "x"], "cannot be merged into itself"),
        (vec!["merge", "sun", "moon", "--reason", "x"], "there is no dossier moon"),
        (vec!["split", "sun", "--into", "eclipses", "--title", "T", "urn:three"], "the dossier eclipses exists already"),
        (vec!["split", "sun", "--into", "spots", "--title", "T", "urn:two"], "urn:two is not filed under the dossier sun"),
    ] {
        let said = refused(data, &[vec!["dossier"], arguments.clone()].concat());
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
    done(data, &["dossier", "close", "sun", "--reason", "It has set."]);
    let said = refused(data, &["dossier", "add", "sun", "urn:two"]);
    assert!(said.contains("describe sun --state open"), "{said}");
    assert!(refused(data, &["dossier", "merge", "eclipses", "sun", "--reason", "x"]).contains("is closed"));
    assert!(refused(data, &["dossier", "close", "sun"]).contains("closed already"));
    assert_eq!(run(data, &["dossier", "merge", "eclipses", "sun"]).status.code(), Some(2), "a merge has a public reason");
    let listed = done(data, &["dossier", "list", "--json"]);
    assert_eq!(listed.lines().count(), 2, "nothing was half-written: {listed}");
}

#[test]
fn a_dossier_is_described_bit_by_bit_and_shown_whole() {
    let folder = agency();
    let data = folder.path();
    done(data, &["dossier", "add", "sun", "urn:two", "--key", "The second is told.", "--reason", "it belongs there too"]);
    done(
        data,
        &["dossier", "describe", "sun", "--lang", "ja", "--title", "太陽", "--person", "Ada Example", "--place", "Luxor 25.69,32.64"],
    );
    let shown: Value = serde_json::from_str(&done(data, &["dossier", "show", "sun", "--json"])).unwrap();
    assert_eq!(
        (&shown["version"], &shown["texts"][0]["title"], &shown["texts"][1]["title"]),
        (&3.into(), &"The Sun".into(), &"太陽".into())
    );
    assert_eq!(shown["key_events"][0]["story"], "urn:two");
    assert_eq!(shown["places"][0]["point"][1], 32.64);
    let story = done(data, &["wire", "show", "urn:two"]);
    let refiled: Value = serde_json::from_str(story.lines().last().unwrap()).unwrap();
    assert_eq!((&refiled["kind"], &refiled["version"], &refiled["reason"]), (&"refile".into(), &2.into(), &"it belongs there too".into()));
    done(data, &["dossier", "drop", "sun", "urn:two"]);
    assert!(done(data, &["dossier", "show", "sun"]).contains("The second is told."));

    let server = Server::start(data);
    let (status, page) = server.get("/dossiers/sun");
    assert_eq!(status, 200);
    assert!(page.contains("Third of the Sun") && !page.contains(">Second of eclipses<"), "{page}");
    assert!(
        page.contains("The second is told.") && page.contains("/maps/25.70,32.65.svg") && page.contains("%22Ada%20Example%22"),
        "{page}"
    );
    let (_, japanese) = server.get("/dossiers/sun?lang=ja");
    assert!(japanese.contains("特集：太陽"), "{japanese}");
    let (_, versions) = server.get("/dossiers/sun/versions");
    assert!(versions.contains("Version 3") && versions.contains("?at="), "{versions}");
    let (_, index) = server.get("/dossiers");
    assert!(index.contains("/dossiers/sun") && index.contains("/dossiers/eclipses") && index.contains("So far one."), "{index}");
}

#[test]
fn after_a_merge_old_addresses_lead_on_and_no_story_is_listed_twice() {
    let folder = agency();
    let data = folder.path();
    let server = Server::start(data);
    server.wait_for("/dossiers/sun", |status, body| status == 200 && body.contains("Third"));
    // Of the moment before.
    let tail = done(data, &["wire", "tail", "--json"]);
    let last: Value = serde_json::from_str(tail.lines().last().unwrap()).unwrap();
    let before = last["moved_at"].as_str().unwrap().to_owned();
    done(data, &["dossier", "merge", "sun", "eclipses", "--reason", "The Sun is in all of them."]);
    let count = |body: &str, words: &str| body.matches(words).count();
    let page = server.wait_for("/dossiers/eclipses", |_, body| body.contains("Third of the Sun"));
    for headline in ["First of both", "Second of eclipses", "Third of the Sun"] {
        assert_eq!(count(&page, &format!(">{headline}<")), 1, "{headline}");
    }
    assert!(page.contains("The Sun is in all of them."), "{page}");
    for (target, location) in [
        ("/dossiers/sun", "/dossiers/eclipses"),
        ("/dossiers/sun?lang=en", "/dossiers/eclipses?lang=en"),
        ("/dossiers/sun/events?after=1", "/dossiers/eclipses/events?after=1"),
        ("/dossiers/sun.xml", "/dossiers/eclipses.xml"),
        ("/dossiers/sun.rss", "/dossiers/eclipses.rss"),
        ("/dossiers/sun.atom", "/dossiers/eclipses.atom"),
        ("/dossiers/sun.json", "/dossiers/eclipses.json"),
    ] {
        let (head, body) = support::whole(&server.addr, target, "");
        let answer = format!("{head}{body}");
        assert!(
            answer.starts_with("HTTP/1.1 301") && answer.to_lowercase().contains(&format!("location: {location}\r\n")),
            "{target}: {answer}"
        );
        if [".rss", ".atom", ".json"].iter().any(|ending| target.ends_with(ending)) {
            // The last entry that feed ever has, for readers that do not follow.
            assert_eq!(count(&answer, "goes on in"), count(&answer, "“Eclipses”"), "{answer}");
            assert!(answer.contains("The Sun is in all of them.") && !answer.contains("Third of the Sun"), "{answer}");
        }
    }
    let feed = server.json("/dossiers/eclipses.json");
    let mut ids: Vec<_> = feed["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["urn:one", "urn:three", "urn:two"]);
    // The old name in a filter means the survivor, and is written so.
    let filtered = server.json("/all.json?dossier=sun");
    assert!(filtered["feed_url"].as_str().unwrap().ends_with("/all.json?dossier=eclipses"), "{filtered}");
    assert_eq!(filtered["items"].as_array().unwrap().len(), 3);
    assert_eq!(server.json("/all.json?not.dossier=sun")["items"].as_array().unwrap().len(), 0);
    assert_eq!(server.json("/search.json?q=copy&dossier=sun")["items"].as_array().unwrap().len(), 3);
    // A story that names the old one is found in the survivor, and told to those who follow it.
    moves(data, "urn:four", "Fourth, filed late", &["sun"]);
    server.wait_for("/dossiers/eclipses", |_, body| body.contains("Fourth, filed late"));
    let events = server.events("/dossiers/eclipses/events?after=5", 2);
    let kinds: Vec<&str> = events.iter().map(|(_, kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["merge-dossier", "move"]);
    server.wait_for("/search?q=fourth", |_, page| page.contains("/fourth-filed-late"));
    // As it was before.
    let (status, then) = server.get(&format!("/dossiers/sun?at={before}"));
    assert_eq!(status, 200, "{then}");
    assert!(then.contains("Third of the Sun") && !then.contains("Second of eclipses"), "{then}");
    let (_, versions) = server.get("/dossiers/sun/versions");
    assert!(versions.contains("The Sun"), "what it said can still be read: {versions}");
    // The wire and its projections hold.
    drop(server);
    done(data, &["verify"]);
}

#[test]
fn a_split_names_both_and_refiles_the_stories() {
    let folder = agency();
    let data = folder.path();
    done(
        data,
        &["dossier", "split", "eclipses", "--into", "spain", "--title", "Spain 2026", "urn:two", "--reason", "it has a life of its own"],
    );
    let server = Server::start(data);
    let old = server.wait_for("/dossiers/eclipses", |_, body| body.contains("First of both"));
    assert!(old.contains("href=\"/dossiers/spain\"") && !old.contains("Second of eclipses"), "{old}");
    let (_, new) = server.get("/dossiers/spain");
    assert!(new.contains("href=\"/dossiers/eclipses\"") && new.contains("Second of eclipses"), "{new}");
}

#[test]
fn a_reader_is_told_what_is_new_since_they_looked() {
    let folder = agency();
    let data = folder.path();
    let server = Server::start(data);
    let page = server.wait_for("/dossiers/eclipses", |_, body| body.contains("Second of eclipses"));
    let keep = page.split("href=\"/dossiers/eclipses?since=").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let since = format!("/dossiers/eclipses?since={keep}");
    assert!(server.get(&since).1.contains("Nothing has happened."));
    moves(data, "urn:new", "News of eclipses", &["eclipses"]);
    done(data, &["wire", "kill", "urn:two", "--reason", "It was wrong."]);
    done(data, &["dossier", "describe", "eclipses", "--summary", "So far two."]);
    let page = server.wait_for(&since, |_, body| body.contains("The summary was rewritten"));
    assert!(page.contains("1 new story") && page.contains("1 withdrawn"), "{page}");
    let (_, versions) = server.get("/dossiers/eclipses/versions");
    assert!(versions.contains("<del>one</del><ins>two</ins>"), "{versions}");
    let (status, said) = server.get("/dossiers/eclipses?since=yesterday");
    assert!(status == 400 && said.contains("since=yesterday"), "{said}");
    let (_, other) = server.get("/world?since=3");
    assert!(other.contains("there is no such parameter"), "only a dossier takes it: {other}");
}

#[test]
fn every_list_of_a_term_takes_the_filter_and_is_a_feed() {
    let folder = agency();
    let server = Server::start(folder.path());
    server.wait_for("/dossiers/eclipses", |_, body| body.contains("Second of eclipses"));
    for list in ["/dossiers/eclipses", "/world", "/places/luxor"] {
        for ending in [".rss", ".atom", ".json", ".xml"] {
            let (status, feed) = server.get(&format!("{list}{ending}?q=second"));
            assert!(status == 200 && feed.contains("Second of eclipses") && !feed.contains("First of both"), "{list}{ending}: {feed}");
        }
        let (_, page) = server.get(&format!("{list}?mute=second&show=collapse"));
        assert!(page.contains("class=\"fold\""), "{list}");
    }
}
