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

    let acts = server.events("/all/events?after=0", 5);
    let kinds: Vec<&str> = acts.iter().map(|(_, kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["move", "correct", "withhold", "release", "kill"], "who resumes learns every act in its order");
    for (seq, kind, said) in &acts {
        assert_eq!((said["seq"].as_u64(), said["version"].as_u64()), (Some(*seq), Some(*seq)), "{said}");
        let text = said.to_string();
        assert!(!["Rates", "rates", "held,", "check"].iter().any(|word| text.contains(word)), "{kind} quotes what was killed: {text}");
    }
    assert_eq!(acts[4].2["reason"], "The report was wrong.");
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

/// Stories that differ in section, urgency and words, on a running server.
fn many_stories(folder: &std::path::Path, data: &std::path::Path) -> Server {
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
    done(data, &["import", "ninjs", &file(folder, "many.jsonl", &lines)]);
    Server::start(data)
}

/// What a list says under a filter, all its pages together.
#[derive(Debug, Default, PartialEq)]
struct Said {
    shown: Vec<String>,
    folded: Vec<String>,
    n_hidden: usize,
}

impl Said {
    fn add(&mut self, page: &str) {
        for line in page.split("<li data-id=").skip(1) {
            let line = line.split("</li>").next().unwrap();
            let title = line.split("<a class=\"ttl\"").nth(1).and_then(|rest| rest.split(['>', '<']).nth(1));
            let into = if line.contains("<details>") { &mut self.folded } else { &mut self.shown };
            into.extend(title.map(str::to_owned));
        }
        if let Some(hidden) = page.split("<p id=\"hid\"").nth(1) {
            let text = hidden.split("<span>").nth(1).and_then(|rest| rest.split('<').next()).unwrap();
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            self.n_hidden += digits.parse::<usize>().unwrap();
        }
    }

    fn of_list(server: &Server, target: &str) -> Self {
        let mut said = Self::default();
        let mut target = target.to_owned();
        loop {
            let (status, page) = server.get(&target);
            assert_eq!(status, 200, "{target}");
            said.add(&page);
            match page.split("rel=\"next\" href=\"").nth(1).and_then(|rest| rest.split('"').next()) {
                Some(older) => target = older.replace("&amp;", "&").replace("&#38;", "&"),
                None => break,
            }
        }
        said.shown.sort();
        said.folded.sort();
        said
    }
}

fn on_feed(server: &Server, target: &str) -> Vec<String> {
    let feed = server.json(target);
    let mut titles: Vec<String> = feed["items"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect();
    titles.sort();
    titles
}

#[test]
fn a_filter_means_the_same_on_page_feed_and_stream() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let server = many_stories(folder.path(), &data);
    let (mut n_shown, mut n_muted) = (0, 0);
    for conditions in [
        "",
        "section=economy",
        "section=economy,sport",
        "not.section=world",
        "urgency=2",
        "not.urgency=3",
        "q=gold",
        "q=gold,silver",
        "not.q=oil",
        "section=world&q=gold&urgency=4",
        "section=nowhere",
        "q=%22gold%20and%20oil%22",
        "q=oil%20near/2%20gold",
        "q=oil%20near/1%20gold",
        "q=corrected:no",
        "lang=ru",
    ] {
        for mutes in ["", "mute=wheat", "mute=%22gold+and%22,nothing", "mute=silver,oil,wheat&lang=en"] {
            let filter = format!("{conditions}&{mutes}");
            let hiding = Said::of_list(&server, &format!("/all?{filter}"));
            let folding = Said::of_list(&server, &format!("/all?{filter}&show=collapse"));
            assert_eq!((hiding.folded.len(), folding.n_hidden), (0, 0), "{filter}");
            assert_eq!(hiding.shown, folding.shown, "shown and shown beside folded differ for {filter}");
            assert_eq!(hiding.n_hidden, folding.folded.len(), "hidden and folded differ for {filter}");
            for show in ["hide", "collapse"] {
                assert_eq!(on_feed(&server, &format!("/all.json?{filter}&show={show}")), hiding.shown, "feed and page differ for {filter}");
                let n_events = folding.shown.len() + folding.folded.len();
                let events = match n_events {
                    0 => Vec::new(),
                    _ => server.events(&format!("/all/events?{filter}&show={show}&after=0"), n_events),
                };
                let (muted, whole): (Vec<_>, Vec<_>) = events.iter().partition(|(_, kind, _)| kind == "muted");
                let mut on_stream: Vec<String> = whole.iter().map(|(_, _, data)| data["headline"].as_str().unwrap().to_owned()).collect();
                on_stream.sort();
                assert_eq!(on_stream, hiding.shown, "stream and page differ for {filter}");
                assert_eq!(muted.len(), folding.folded.len(), "muted on the stream and on the page differ for {filter}");
                assert!(muted.iter().all(|(_, _, data)| data["headline"].is_null() && data["kind"] == "move"), "{muted:?}");
            }
            n_shown += hiding.shown.len();
            n_muted += folding.folded.len();
        }
    }
    assert!(300 < n_shown && 200 < n_muted, "the filters let too little through to tell: {n_shown} shown, {n_muted} muted");

    // A day of the archive: all of them first moved on one.
    let (_, page) = server.get("/all");
    let on_day = page.split("class=\"day\"><a href=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    for (target, list) in
        [(format!("{on_day}?"), "/all?".to_owned()), (format!("{on_day}?section=sport&"), "/all?section=sport&".to_owned())]
    {
        for filter in ["mute=wheat", "mute=gold,oil&show=collapse", "q=silver&mute=wheat&show=collapse"] {
            assert_eq!(
                Said::of_list(&server, &format!("{target}{filter}")),
                Said::of_list(&server, &format!("{list}{filter}")),
                "{target}{filter}"
            );
        }
    }

    // A search.
    let search = |filter: &str| server.get(&format!("/search?q=number{filter}")).1;
    let (all, hiding, folding) = (search(""), search("&mute=wheat"), search("&mute=wheat&show=collapse"));
    let found = |page: &str| page.split(" stories found").next().unwrap().rsplit('>').next().unwrap().parse::<usize>().unwrap();
    let n_muted = Said::of_list(&server, "/all?mute=wheat&show=collapse").folded.len();
    assert_eq!((found(&all), found(&hiding), found(&folding)), (36, 36 - n_muted, 36));
    assert!(hiding.contains(&format!("<span>{n_muted} stories hidden by your filter</span>")) && !hiding.contains("wheat and"));
    assert!(folding.contains("<summary>Muted: “wheat”</summary>") && !folding.contains("id=\"hid\""));
    assert!(!server.get("/search.rss?q=number&mute=wheat&show=collapse").1.contains("wheat and"), "a feed has nothing folded");
}

#[test]
fn what_was_corrected_or_killed_is_never_filtered_out() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let server = many_stories(folder.path(), &data);
    let reason = "It was another metal.";
    for show in ["hide", "collapse"] {
        assert!(!server.get(&format!("/economy?mute=gold&show={show}")).1.contains(reason));
    }
    let mended = file(folder.path(), "mended.json", &story("urn:12", "gold, and no silver", "economy").to_string());
    done(&data, &["wire", "correct", &mended, "--reason", "There was no silver."]);
    done(&data, &["wire", "kill", "urn:0", "--reason", reason]);
    done(&data, &["wire", "hold", "urn:3", "--reason", "We look into it."]);
    for show in ["hide", "collapse"] {
        for filter in ["mute=gold,wheat", "q=silver", "not.q=gold&mute=oil", "q=corrected:yes"] {
            let page =
                server.wait_for(&format!("/economy?{filter}&show={show}"), |_, body| body.contains(reason) && body.contains("On hold"));
            let line = page.split("<li data-id=").find(|line| line.contains(reason)).unwrap();
            assert!(!line.contains("<details>"), "a notice is not folded: {line}");
        }
        let acts = server.events(&format!("/sport/events?mute=gold,silver,oil,wheat&show={show}&after=36"), 3);
        let kinds: Vec<&str> = acts.iter().map(|(_, kind, _)| kind.as_str()).collect();
        assert_eq!(kinds, ["correct", "kill", "withhold"]);
    }
    let atom = server.get("/economy.atom?mute=gold,wheat").1;
    assert!(atom.contains("deleted-entry") && atom.contains(reason), "{atom}");
}

#[test]
fn a_page_asks_each_time_so_that_a_kill_is_seen_by_the_very_next_request() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let first = file(folder.path(), "first.json", &story("urn:a", "Rates held", "economy").to_string());
    done(&data, &["wire", "move", &first]);
    let server = Server::start(&data);
    let feed: Value = serde_json::from_str(&server.wait_for("/all.json", |_, body| body.contains("Rates held"))).unwrap();
    let path = feed["items"][0]["url"].as_str().unwrap().split_once(&server.addr).unwrap().1.to_owned();
    for target in
        [&path, &format!("{path}.json"), &format!("{path}.txt"), &format!("{path}.md"), "/", "/all", "/all.rss", "/search?q=rates"]
    {
        let (head, _) = support::whole(&server.addr, target, "");
        assert!(head.contains("cache-control: no-cache\r\n"), "{target}: {head}");
        let etag = head.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap_or_else(|| panic!("{target} has no tag: {head}"));
        let (head, body) = support::whole(&server.addr, target, &format!("If-None-Match: {etag}\r\n"));
        assert!(head.starts_with("HTTP/1.1 304 ") && body.is_empty(), "{target}: {head}");
        assert!(head.contains("cache-control: no-cache\r\n"), "a 304 says so too: {head}");
    }
    let (head, _) = support::whole(&server.addr, &path, "");
    let etag = head.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap();
    done(&data, &["wire", "kill", "urn:a", "--reason", "The report was wrong."]);
    server.wait_for("/all", |_, body| body.contains("The report was wrong."));
    let (head, body) = support::whole(&server.addr, &path, &format!("If-None-Match: {etag}\r\n"));
    assert!(head.starts_with("HTTP/1.1 410 ") && body.contains("The report was wrong."), "{head}");
    let page = server.get("/all").1;
    let script = page.split("<script src=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(support::whole(&server.addr, script, "").0.contains("immutable"), "what its address names by content may be kept");
}

#[test]
fn an_editor_says_what_leads_the_front_page() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    for (guid, headline) in [("urn:a", "First harbour opened"), ("urn:b", "Second harbour opened"), ("urn:c", "Third harbour opened")] {
        let file = file(folder.path(), &format!("{headline}.json"), &story(guid, headline, "economy").to_string());
        done(&data, &["wire", "move", &file]);
    }
    let server = Server::start(&data);
    let leads = |first: &'static str| {
        server.wait_for("/", move |_, body| {
            let place = |headline: &str| body.find(headline).unwrap_or(usize::MAX);
            place(first) == ["First harbour", "Second harbour", "Third harbour"].map(place).into_iter().min().unwrap()
        })
    };
    leads("Third harbour");
    assert_eq!(receipt_kind(&done(&data, &["front", "rank", "urn:a", "urn:b"])), "front");
    leads("First harbour");
    assert!(refused(&data, &["front", "rank", "urn:x"]).contains("has not moved"));
    done(&data, &["wire", "kill", "urn:a", "--reason", "It was not opened."]);
    leads("Second harbour");
    assert!(refused(&data, &["front", "rank", "urn:a"]).contains("only what readers may see"));
    done(&data, &["front", "clear"]);
    leads("Third harbour");
    drop(server);
    assert!(done(&data, &["verify"]).contains("site:"));
}

fn receipt_kind(line: &str) -> String {
    serde_json::from_str::<Value>(line).unwrap()["kind"].as_str().unwrap().to_owned()
}
