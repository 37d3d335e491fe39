//! A story through all its acts, from a shell to every place it is shown.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a helper of tests is a test")]

mod support;

use serde_json::Value;
use support::{Server, done, file, refused, story};

fn receipt(line: &str) -> (u64, u64, String) {
    let receipt: Value = serde_json::from_str(line).unwrap();
    (receipt["seq"].as_u64().unwrap(), receipt["version"].as_u64().unwrap(), receipt["kind"].as_str().unwrap().to_owned())
}

#[test]
fn five_acts_make_five_entries_and_every_page_follows() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let first = file(folder.path(), "first.json", &story("urn:a", "Rates held", "economy").to_string());
    let second = file(folder.path(), "second.json", &story("urn:a", "Rates raised", "economy").to_string());

    // The agency is made by its first story; the server joins later.
    assert_eq!(receipt(&done(&data, &["wire", "move", &first])), (1, 1, "move".to_owned()));
    let server = Server::start(&data);
    let path = server.wait_for("/all.json", |_, body| body.contains("Rates held"));
    let feed: Value = serde_json::from_str(&path).unwrap();
    let url = feed["items"][0]["url"].as_str().unwrap().to_owned();
    let path = url.split_once(&server.addr).unwrap().1.to_owned();
    assert_eq!(feed["items"][0]["id"], "urn:a");
    assert!(server.get(&path).1.contains("Copy of Rates held"));

    // A running server shows the act of a shell.
    assert_eq!(
        receipt(&done(&data, &["wire", "correct", &second, "--reason", "They were raised, not held."])),
        (2, 2, "correct".to_owned())
    );
    let feed: Value = serde_json::from_str(&server.wait_for("/all.json", |_, body| body.contains("Rates raised"))).unwrap();
    assert_eq!(feed["items"][0]["_courant"], serde_json::json!({ "seq": 2, "version": 2, "pubStatus": "usable" }));
    let new_path = feed["items"][0]["url"].as_str().unwrap().split_once(&server.addr).unwrap().1.to_owned();
    assert_eq!(server.get(&path).0, 301, "the words of the address changed, the old one leads on");
    assert!(server.get(&new_path).1.contains("They were raised, not held."), "the correction stands on the story");
    let ninjs = server.json(&format!("{new_path}.json"));
    assert_eq!((ninjs["version"].as_str(), ninjs["pubStatus"].as_str()), (Some("2"), Some("usable")));

    assert_eq!(receipt(&done(&data, &["wire", "hold", "urn:a", "--reason", "A check is under way."])), (3, 3, "withhold".to_owned()));
    let held = server.wait_for(&new_path, |status, body| status == 200 && !body.contains("Copy of"));
    assert!(held.contains("A check is under way."), "{held}");
    assert!(!server.get("/all.rss").1.contains("Rates raised"), "no withheld word in a feed");
    assert!(!server.get("/search?q=raised").1.contains("Copy of"), "nor in a search");

    assert_eq!(receipt(&done(&data, &["wire", "release", "urn:a"])), (4, 4, "release".to_owned()));
    server.wait_for(&new_path, |status, body| status == 200 && body.contains("Copy of Rates raised"));

    assert_eq!(receipt(&done(&data, &["wire", "kill", "urn:a", "--reason", "The report was wrong."])), (5, 5, "kill".to_owned()));
    let killed = server.wait_for(&new_path, |status, _| status == 410);
    assert!(killed.contains("The report was wrong.") && !killed.contains("Copy of"), "{killed}");
    for target in ["/all.rss", "/all.json", "/search?q=rates", "/economy"] {
        assert!(!server.get(target).1.contains("Copy of Rates"), "a killed word is on {target}");
    }

    let kinds: Vec<String> = server.events("/all/events?after=0", 1).into_iter().map(|(_, kind, _)| kind).collect();
    assert_eq!(kinds, ["kill"], "what was killed is not replayed, the kill is");
    let statuses: Vec<String> = done(&data, &["wire", "show", "urn:a"])
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["pubStatus"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(statuses, ["usable", "usable", "withheld", "usable", "canceled"]);
    assert!(refused(&data, &["wire", "release", "urn:a"]).contains("a kill is final"));
    assert!(support::get(&server.ops, "/readyz").1.starts_with("ready"));
    drop(server);
    assert!(done(&data, &["verify"]).contains("site:"));
}

#[test]
fn an_embargo_is_kept_everywhere_and_lifted_within_a_second() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let until = jiff::Timestamp::now().saturating_add(jiff::SignedDuration::from_millis(2_500)).unwrap();
    let mut secret = story("urn:secret", "Zanzibar treaty", "world");
    secret["embargoedUntil"] = until.to_string().into();
    let file = file(folder.path(), "secret.json", &secret.to_string());
    done(&data, &["wire", "move", &file]);
    let server = Server::start(&data);
    let places = ["/", "/all", "/all.rss", "/all.json", "/all.atom", "/world", "/search?q=zanzibar", "/search.rss?q=zanzibar"];
    while jiff::Timestamp::now() < until {
        for place in places {
            let (_, body) = server.get(place);
            // A search page repeats the query, but has nothing to show for it.
            assert!(!body.contains("Zanzibar treaty"), "an embargoed word is on {place}");
        }
    }
    for place in ["/", "/all", "/all.rss", "/all.json", "/world"] {
        server.wait_for(place, |_, body| body.contains("Zanzibar treaty"));
    }
    let late = jiff::Timestamp::now().duration_since(until);
    assert!(late < jiff::SignedDuration::from_secs(3), "it took {late:?}");
}

#[test]
fn an_edit_of_an_old_version_is_refused_with_both_versions_named() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let mut document = story("urn:a", "One", "world");
    let first = file(folder.path(), "first.json", &document.to_string());
    done(&data, &["wire", "move", &first]);
    document["version"] = "2".into();
    let second = file(folder.path(), "second.json", &document.to_string());
    done(&data, &["wire", "update", &second]);
    let sentence = refused(&data, &["wire", "update", &second]);
    assert!(sentence.contains("version 2 was offered") && sentence.contains("version 3 comes next"), "{sentence}");
    assert!(refused(&data, &["wire", "move", &first]).contains("has moved already"));
    assert!(refused(&data, &["wire", "kill", "urn:b", "--reason", "x"]).contains("has not moved yet"));
}

#[test]
fn a_filter_means_the_same_on_page_feed_and_stream() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let sections = ["economy", "world", "sport"];
    let words = ["gold", "silver", "oil", "wheat"];
    let mut lines = String::new();
    for number in 0..36 {
        let headline = format!("{} and {} number {number}", words[number % 4], words[number / 4 % 4]);
        let mut document = story(&format!("urn:{number}"), &headline, sections[number % 3]);
        document["urgency"] = (1 + number % 6).into();
        lines.push_str(&document.to_string());
        lines.push('\n');
    }
    let file = file(folder.path(), "many.jsonl", &lines);
    done(&data, &["import", "ninjs", &file]);
    let server = Server::start(&data);
    let mut n_shown = 0;
    for filter in [
        "",
        "section=economy",
        "section=economy,sport",
        "not.section=world",
        "urgency=2",
        "not.urgency=3",
        "q=gold",
        "q=gold,silver",
        "not.q=oil",
        "mute=wheat",
        "mute=%22gold+and%22",
        "section=world&q=gold&urgency=4",
        "section=nowhere",
        "q=%22gold%20and%20oil%22",
        "lang=en&not.section=sport&mute=silver",
        "lang=ru",
    ] {
        let feed = server.json(&format!("/all.json?{filter}"));
        let mut on_feed: Vec<String> =
            feed["items"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect();
        let mut on_page: Vec<String> = Vec::new();
        let mut target = format!("/all?{filter}");
        loop {
            let (status, page) = server.get(&target);
            assert_eq!(status, 200, "{target}");
            on_page.extend(on_feed.iter().filter(|title| page.contains(&format!(">{title}<"))).cloned());
            match page.split("<a rel=\"next\" href=\"").nth(1).and_then(|rest| rest.split('"').next()) {
                Some(older) => target = older.replace("&amp;", "&").replace("&#38;", "&"),
                None => break,
            }
        }
        let events = match on_feed.len() {
            0 => Vec::new(),
            n_items => server.events(&format!("/all/events?{filter}&after=0"), n_items),
        };
        let mut on_stream: Vec<String> = events.iter().map(|(_, _, data)| data["headline"].as_str().unwrap().to_owned()).collect();
        for list in [&mut on_feed, &mut on_page, &mut on_stream] {
            list.sort();
            list.dedup();
        }
        assert_eq!(on_feed, on_page, "feed and page differ for {filter}");
        assert_eq!(on_feed, on_stream, "feed and stream differ for {filter}");
        n_shown += on_feed.len();
    }
    assert!(100 < n_shown, "the filters let too little through to tell: {n_shown}");
}
