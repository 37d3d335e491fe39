//! Feeds as they were captured, and the parser's own fixtures with the model that it expects of them.

#![expect(clippy::unwrap_used, reason = "what is missing fails the test")]

mod feeds_support;

use std::collections::HashMap;

use courant_formats::feed_in::{self, Entry, Feed, Origin};
use courant_formats::incoming::Reading;
use courant_formats::{html, incoming};
use feeds_support::{captured, data, files};
use serde_json::Value;

/// Of what the fixtures expect, at least so many in a hundred hold.
const HOLD_PERCENT_MIN: usize = 97;

fn reading() -> Reading<'static> {
    Reading { now: "2026-11-24T12:00:00Z".parse().unwrap(), base_url: None }
}

#[test]
fn the_fixtures_of_the_parser_read_as_it_expects() {
    let Some(folder) = data("feeds-feed-rs") else { return };
    let (mut n_files, mut n_held, mut failed) = (0, 0, Vec::new());
    for path in files(&folder) {
        let expected = path.with_extension("serde.json");
        let name = path.strip_prefix(&folder).unwrap().display().to_string();
        if name == "README.md" || name.ends_with(".serde.json") {
            continue;
        }
        let read = feed_in::read(&std::fs::read(&path).unwrap(), &Origin::default());
        n_files += 1;
        let Ok(expected) = std::fs::read_to_string(&expected) else {
            println!(
                "    {name}: no model is given; {}",
                read.map_or_else(|refused| refused.to_string(), |feed| format!("{} entries", feed.entries.len()))
            );
            continue;
        };
        let expected: Value = serde_json::from_str(&expected).unwrap();
        let feed = read.unwrap_or_else(|refused| panic!("{name}: {refused}"));
        for (what, holds) in agreement(&feed, &expected) {
            if holds { n_held += 1 } else { failed.push(format!("{name}: {what}")) }
        }
    }
    println!("feed-rs: {n_files} files, of {} values {n_held} agree; the rest:", n_held + failed.len());
    for failed in &failed {
        println!("    {failed}");
    }
    assert!(HOLD_PERCENT_MIN * (n_held + failed.len()) <= 100 * n_held);
}

/// Field by field, what we say beside what the parser says.
fn agreement(feed: &Feed, expected: &Value) -> Vec<(String, bool)> {
    let line = |value: &Value| value["content"].as_str().map(html::to_line).filter(|line| !line.is_empty());
    let mut agreed = Vec::new();
    let mut check = |what: String, found: Option<String>, expected: Option<String>| {
        let holds = found == expected;
        agreed.push((if holds { what } else { format!("{what}: {found:?}, not {expected:?}") }, holds));
    };
    check("title".to_owned(), feed.title.as_deref().map(str::to_owned), line(&expected["title"]));
    check(
        "entries".to_owned(),
        Some(feed.entries.len().to_string()),
        expected["entries"].as_array().map(|entries| entries.len().to_string()),
    );
    for (entry, expected) in feed.entries.iter().zip(expected["entries"].as_array().into_iter().flatten()) {
        let of = |what: &str| format!("{what} of the entry at {}", entry.at);
        check(of("title"), entry.title.as_deref().map(str::to_owned), line(&expected["title"]));
        let pages = expected["links"].as_array().unwrap();
        let page = pages.iter().find(|link| link["rel"].is_null() || link["rel"] == "alternate").and_then(|link| link["href"].as_str());
        if let Some(page) = page {
            check(of("link"), entry.link.as_deref().map(str::to_owned), Some(page.to_owned()));
        }
        for (what, found) in [("published", entry.published), ("updated", entry.updated.or(entry.published))] {
            let Some(expected) = expected[what].as_str() else { continue };
            check(
                of(what),
                found.map(|at| at.as_second().to_string()),
                Some(expected.parse::<jiff::Timestamp>().unwrap().as_second().to_string()),
            );
        }
        let names: Vec<&str> = expected["authors"].as_array().unwrap().iter().filter_map(|author| author["name"].as_str()).collect();
        let found: Vec<&str> = entry.authors.iter().filter_map(|author| author.name.as_deref()).collect();
        check(of("authors"), Some(found.join("|")), Some(once(names).join("|")));
        let terms: Vec<String> = expected["categories"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|category| Some(html::to_line(category["term"].as_str()?)))
            .collect();
        let found: Vec<String> = entry.categories.iter().map(|category| category.term.to_string()).collect();
        check(of("categories"), Some(found.join("|")), Some(once(terms.iter().map(String::as_str).collect()).join("|")));
        for url in urls_of(expected) {
            let found = entry.media.iter().find(|file| *file.url == *url).map(|file| file.url.to_string());
            check(of("media"), found, Some(url));
        }
    }
    agreed
}

fn once(words: Vec<&str>) -> Vec<&str> {
    let mut kept: Vec<&str> = Vec::new();
    for word in words {
        if !kept.contains(&word) {
            kept.push(word);
        }
    }
    kept
}

fn urls_of(entry: &Value) -> Vec<String> {
    let objects = entry["media"].as_array().into_iter().flatten();
    objects
        .flat_map(|object| object["content"].as_array().into_iter().flatten())
        .filter_map(|file| file["url"].as_str().map(str::to_owned))
        .collect()
}

#[test]
fn captured_feeds_are_read_whole() {
    let Some(folder) = data("feeds-realworld") else { return };
    let index = std::fs::read_to_string(folder.join("index.jsonl")).unwrap();
    let index: HashMap<String, Value> = index
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|line| (line["file"].as_str().unwrap().to_owned(), line))
        .collect();
    let (mut n_read, mut n_entries, mut n_other, mut refused) = (0, 0, 0, Vec::new());
    for (name, bytes) in captured(&folder) {
        let Some(expected) = index.get(name.rsplit('/').next().unwrap()) else { continue };
        match feed_in::read(&bytes, &Origin::default()) {
            Ok(feed) => {
                n_read += 1;
                n_entries += feed.entries.len();
                let n_twice = feed.repairs.iter().find(|repair| repair.done.contains("more than once"));
                if feed.entries.len() as u64 != expected["items"].as_u64().unwrap() {
                    n_other += 1;
                    println!("    {name}: {} entries, {} counted by their tags ({n_twice:?})", feed.entries.len(), expected["items"]);
                }
                check_clean(&name, &feed);
                check_stories(&name, &bytes, feed);
            }
            Err(problem) => refused.push(format!("{name}: {problem}")),
        }
    }
    println!("captured: {n_read} of {} feeds read, {n_entries} entries, {n_other} with another count than by tags", index.len());
    println!("    refused: {refused:#?}");
    assert!(HOLD_PERCENT_MIN * index.len() <= 100 * (n_read + refused.iter().filter(|refused| refused.contains("a web page")).count()));
    assert!(n_other * 100 <= 3 * index.len());
}

#[test]
fn odd_feeds_of_other_readers_are_read() {
    let (mut n_read, mut refused) = (0, Vec::new());
    for set in ["feedjira", "miniflux", "miniflux-encoding"] {
        let Some(folder) = data("feeds-realworld").map(|folder| folder.join(set)) else { return };
        for path in files(&folder) {
            let name = path.strip_prefix(&folder).unwrap().display().to_string();
            match feed_in::read(&std::fs::read(&path).unwrap(), &Origin::default()) {
                Ok(feed) => {
                    n_read += 1;
                    check_clean(&name, &feed);
                }
                Err(problem) => refused.push(format!("{set}/{name}: {problem}")),
            }
        }
    }
    println!("odd feeds: {n_read} read, {} refused: {refused:#?}", refused.len());
    // Pieces of markup and pages lie among the feeds.
    assert_eq!((n_read, refused.len()), (51, 11));
    assert!(refused.iter().all(|refused| refused.contains("a web page") || refused.contains("the root of another kind")));
}

/// No script, no handler, and every address absolute.
fn check_clean(name: &str, feed: &Feed) {
    for Entry { link, text, media, .. } in &feed.entries {
        let markup = html::from_blocks(text).to_ascii_lowercase();
        // Words that show markup are escaped, so what begins with `<` is a tag.
        for tag in markup.split('<').skip(1).map(|tag| tag.split('>').next().unwrap_or_default()) {
            for harmful in ["script", "iframe", "style", "object", "embed"] {
                assert!(!tag.starts_with(harmful), "{name}: <{tag}>");
            }
            assert!(!tag.contains(" on") && !tag.contains("=\"javascript:"), "{name}: <{tag}>");
        }
        assert!(!markup.contains("href=\"/"), "{name}: a link into our own site");
        for address in link.iter().chain(media.iter().map(|file| &file.url)) {
            assert!(address.contains(':'), "{name}: {address} is relative");
        }
    }
}

/// What is read twice is the same, and stories are told apart.
fn check_stories(name: &str, bytes: &[u8], feed: Feed) {
    assert_eq!(feed, feed_in::read(bytes, &Origin::default()).unwrap(), "{name} read again");
    let arrivals = feed_in::stories(feed, &reading());
    let mut guids: Vec<String> = arrivals
        .iter()
        .filter_map(|arrival| match &arrival.read.as_ref().ok()?.content {
            incoming::Content::Story(item) => Some(item.guid.to_string()),
            incoming::Content::Withdrawal(_) => None,
        })
        .collect();
    let n_stories = guids.len();
    guids.sort();
    guids.dedup();
    assert_eq!(guids.len(), n_stories, "{name}: a guid stands for two stories");
}
