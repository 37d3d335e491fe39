//! Other media on loopback: feeds that move, vanish, lie, drip, never end or lead in a circle; what is taken of them, and what comes of it.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a helper of tests is a test")]

mod support;

use std::collections::{HashMap, VecDeque};
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jiff::{Timestamp, ToSpan};
use serde_json::Value;
use support::loopback::{self, Reply, Request};
use support::{Server, done, file, refused, run, story};

/// Answers at every address of 127.0.0.0/8, so that each outlet has a host of its own.
struct Outlets {
    port: u16,
    replies: Arc<Mutex<HashMap<String, VecDeque<Reply>>>>,
    /// The requests so far.
    asked: Arc<Mutex<Vec<Request>>>,
}

impl Outlets {
    fn start() -> Self {
        let (replies, asked) = (Arc::<Mutex<HashMap<String, VecDeque<Reply>>>>::default(), Arc::<Mutex<Vec<Request>>>::default());
        let (scripts, requests) = (Arc::clone(&replies), Arc::clone(&asked));
        let address = loopback::listen("0.0.0.0:0", move |request, stream| {
            requests.lock().unwrap().push(request.clone());
            let reply = match scripts.lock().unwrap().get_mut(&request.target) {
                Some(script) if script.len() == 1 => script[0].clone(),
                Some(script) => script.pop_front().unwrap(),
                None => Reply::Status(404, String::new()),
            };
            reply.write(&request, stream)
        });
        Self { port: address.port(), replies, asked }
    }

    /// The address of a path at outlet `n`.
    fn url(&self, n: usize, path: &str) -> String {
        format!("http://127.{}.{}.{}:{}{path}", 1 + n / 62_500, n / 250 % 250, 1 + n % 250, self.port)
    }

    fn says(&self, path: &str, replies: impl IntoIterator<Item = Reply>) {
        self.replies.lock().unwrap().insert(path.to_owned(), replies.into_iter().collect());
    }

    fn feed(&self, path: &str, items: &[(&str, &str)]) {
        self.says(path, [Reply::plain(rss(items))]);
    }

    /// The requests for a path.
    fn asked_for(&self, path: &str) -> Vec<Request> {
        self.asked.lock().unwrap().iter().filter(|request| request.target == path).cloned().collect()
    }
}

fn an_hour_ago() -> String {
    let at = Timestamp::now().checked_sub(1.hour()).unwrap();
    jiff::fmt::rfc2822::to_string(&at.to_zoned_datetime(jiff::tz::TimeZone::UTC)).unwrap()
}

/// A feed of these names and headlines, of an hour ago.
fn rss(items: &[(&str, &str)]) -> Vec<u8> {
    let when = an_hour_ago();
    let mut text =
        String::from("<rss version=\"2.0\"><channel><title>Outlet</title><link>http://outlet.example/</link><language>en</language>");
    for (guid, headline) in items {
        write!(
            text,
            "<item><guid isPermaLink=\"false\">{guid}</guid><link>http://outlet.example/{guid}</link><title>{headline}</title><pubDate>{when}</pubDate></item>"
        )
        .unwrap();
    }
    text.push_str("</channel></rss>");
    text.into_bytes()
}

/// An agency that may ask loopback.
struct Agency {
    folder: tempfile::TempDir,
}

impl Agency {
    fn new(more: &str) -> Self {
        Self::patient(more, 3)
    }

    /// One that gives sources so many seconds.
    fn patient(more: &str, timeout_secs: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let text = format!(
            "name = \"Courant\"\n{more}\n[press]\nprivate_addresses = [\"127.0.0.0/8\"]\npause_ms = 0\ntimeout_secs = {timeout_secs}\n"
        );
        std::fs::write(folder.path().join("courant.toml"), text).unwrap();
        Self { folder }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("agency")
    }

    fn config(&self) -> String {
        self.folder.path().join("courant.toml").to_str().unwrap().to_owned()
    }

    fn add(&self, url: &str, name: &str) {
        done(&self.data(), &["press", "add", url, "--name", name]);
    }

    /// Asks all sources or one, once; answers how each is, by name.
    fn fetch(&self, sources: &[&str]) -> HashMap<String, Value> {
        let config = self.config();
        let mut arguments = vec!["press", "fetch", "--once", "--json", "--config", &config];
        arguments.extend(sources);
        let output = run(&self.data(), &arguments);
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(!said.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        let lines = said.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines.map(|line| (line["id"].as_str().unwrap().to_owned(), line)).collect()
    }

    fn move_story(&self, guid: &str, headline: &str) {
        let document = story(guid, headline, "world").to_string();
        let path = file(self.folder.path(), "story.json", &document);
        done(&self.data(), &["wire", "move", &path]);
    }

    fn matches(&self, guid: &str) -> Vec<Value> {
        let lines = done(&self.data(), &["press", "match", guid, "--json", "--config", &self.config()]);
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Kinds of the entries of the wire.
    fn kinds(&self) -> Vec<String> {
        let lines = done(&self.data(), &["wire", "tail", "--json"]);
        lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["kind"].as_str().unwrap().to_owned()).collect()
    }
}

fn problem(health: &Value) -> &str {
    health["problem"].as_str().unwrap_or_default()
}

const VOLCANO: &str = "Volcano on the island of Skellan erupts after two centuries, 40 evacuated";
const THEIRS: &str = "Skellan volcano erupts after two centuries, 60 evacuated from the island";

#[test]
fn a_feed_is_taken_once_and_asked_for_with_what_is_known() {
    let (outlets, agency) = (Outlets::start(), Agency::new(""));
    let etag = "ETag: \"one\"\r\n".to_owned();
    outlets.says("/feed", [Reply::Document(rss(&[("1", "A first headline"), ("2", "A second headline")]), etag)]);
    agency.add(&outlets.url(0, "/feed"), "Gazette");
    let first = &agency.fetch(&[])["gazette"];
    assert_eq!((&first["items"], &first["taken"], &first["problem"]), (&2.into(), &2.into(), &Value::Null), "{first}");
    let again = &agency.fetch(&["gazette"])["gazette"];
    assert_eq!((&again["status"], &again["taken"]), (&304.into(), &2.into()), "{again}");
    let head = outlets.asked_for("/feed").pop().unwrap().head;
    assert!(
        head.contains("if-none-match: \"one\"") && head.contains("accept-encoding: gzip") && head.contains("user-agent: courant/"),
        "{head}"
    );
    // Changed guids, and one story more.
    outlets.feed("/feed", &[("1", "A first headline"), ("3", "A third headline")]);
    assert_eq!(agency.fetch(&[])["gazette"]["taken"], 3);
    assert_eq!(outlets.asked_for("/robots.txt").len(), 3, "each process asks once");
    assert!(done(&agency.data(), &["press", "list"]).contains("gazette: well, 2 items, 3 taken in all"));
}

#[test]
fn every_fault_is_told_and_none_slows_the_others() {
    let (outlets, agency) = (Outlets::start(), Agency::new(""));
    let location = |to: &str| format!("Location: {to}\r\n");
    outlets.says("/drip", [Reply::Drips]);
    outlets.says("/flood", [Reply::Floods("<rss><channel><title>x</title>")]);
    outlets.says("/loop", [Reply::Status(302, location("/loop2"))]);
    outlets.says("/loop2", [Reply::Status(302, location("/loop"))]);
    outlets.says("/busy", [Reply::Status(503, "Retry-After: 7200\r\n".to_owned())]);
    outlets.says("/gone", [Reply::Status(410, String::new())]);
    outlets.says("/elsewhere", [Reply::Status(301, location("http://169.254.169.254/latest/meta-data"))]);
    let page = b"<!DOCTYPE html><html><head><link rel=alternate type=application/rss+xml href=/real.xml></head><p>Hello".to_vec();
    outlets.says("/page", [Reply::Document(page, "Content-Type: text/html\r\n".to_owned())]);
    outlets.says("/unlisted", [Reply::Document(rss(&[("1", "x y z")]), "Content-Usage: search=n\r\n".to_owned())]);
    let mut bomb = String::from("<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a0 'ha'>");
    (1..60).for_each(|n| write!(bomb, "<!ENTITY a{n} '&a{p};&a{p};&a{p};'>", p = n - 1).unwrap());
    bomb.push_str("]><rss version='2.0'><channel><title>x</title><item><title>&a59; erupts</title><link>http://outlet.example/1</link></item></channel></rss>");
    outlets.says("/bomb", [Reply::plain(bomb.into_bytes())]);
    let faults = ["drip", "flood", "loop", "busy", "gone", "elsewhere", "page", "unlisted", "bomb", "absent"];
    for (n, fault) in faults.iter().enumerate() {
        agency.add(&outlets.url(n, &format!("/{fault}")), fault);
    }
    for n in 0..20 {
        outlets.feed(&format!("/good{n}"), &[("1", "A headline")]);
        agency.add(&outlets.url(100 + n, &format!("/good{n}")), &format!("Good {n}"));
    }
    let began = Instant::now();
    let health = agency.fetch(&[]);
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    for (fault, told) in [
        ("drip", "takes too long"),
        ("flood", "more than 16777216 bytes, which is no feed of news"),
        ("loop", "in a circle"),
        ("busy", "answered 503"),
        ("gone", "gone for good (410)"),
        ("elsewhere", "lies in a private network"),
        ("page", "courant press add http://127."),
        ("unlisted", "Content-Usage"),
        ("absent", "answered 404"),
    ] {
        assert!(problem(&health[fault]).contains(told), "{fault}: {}", health[fault]);
    }
    assert!(health["bomb"]["items"].as_u64().unwrap_or(0) <= 1, "{}", health["bomb"]);
    let wait =
        |name: &str| health[name]["next_at"].as_str().map(|at| at.parse::<Timestamp>().unwrap().duration_since(Timestamp::now()).as_mins());
    assert!(wait("busy") >= Some(118) && wait("gone").is_none(), "{:?}", wait("busy"));
    for n in 0..20 {
        let good = &health[&format!("good-{n}")];
        assert_eq!((&good["taken"], &good["problem"]), (&1.into(), &Value::Null), "{good}");
    }
    let listed = done(&agency.data(), &["press", "list"]);
    assert!(listed.contains("drip: failed 1 times: ") && listed.contains("gone: it is gone for good"), "{listed}");
}

#[test]
fn a_source_that_drips_holds_up_none_of_twenty_others() {
    let (outlets, agency) = (Outlets::start(), Agency::patient("", 25));
    outlets.says("/drip", [Reply::Drips]);
    agency.add(&outlets.url(0, "/drip"), "Drip");
    for n in 0..20 {
        outlets.feed(&format!("/good{n}"), &[("1", "A headline")]);
        agency.add(&outlets.url(1 + n, &format!("/good{n}")), &format!("Good {n}"));
    }
    let server = Server::start_with(&agency.data(), &["--config", &agency.config()]);
    let began = Instant::now();
    loop {
        let listed = done(&agency.data(), &["press", "list"]);
        let (n_well, drips) = (listed.matches("well, 1 items").count(), listed.contains("drip: not asked yet"));
        if n_well == 20 {
            assert!(drips, "the drip was still dripping: {listed}");
            break;
        }
        assert!(began.elapsed() < Duration::from_secs(20), "{listed}");
    }
    let metrics = support::get(&server.ops, "/metrics").1;
    assert!(metrics.contains("courant_press_sources 20"), "{metrics}");
}

#[test]
fn a_move_for_good_is_remembered_and_another_is_only_followed() {
    let (outlets, agency) = (Outlets::start(), Agency::new(""));
    outlets.feed("/new", &[("1", "A headline")]);
    outlets.says("/moved", [Reply::Status(301, format!("Location: {}\r\n", outlets.url(9, "/new")))]);
    outlets.says("/lent", [Reply::Status(307, "Location: /new\r\n".to_owned())]);
    agency.add(&outlets.url(1, "/moved"), "Moved");
    agency.add(&outlets.url(2, "/lent"), "Lent");
    let health = agency.fetch(&[]);
    assert_eq!((health["moved"]["asked_where"].as_str().unwrap(), &health["moved"]["taken"]), (outlets.url(9, "/new").as_str(), &1.into()));
    assert_eq!(health["lent"]["asked_where"].as_str().unwrap(), outlets.url(2, "/lent"));
    agency.fetch(&[]);
    assert_eq!((outlets.asked_for("/moved").len(), outlets.asked_for("/lent").len()), (1, 2));
}

#[test]
fn a_site_that_forbids_us_is_not_asked() {
    let (outlets, agency) = (Outlets::start(), Agency::new(""));
    outlets.says("/robots.txt", [Reply::plain(b"User-agent: courant\nDisallow: /feed\n".to_vec())]);
    outlets.feed("/feed", &[("1", "A headline")]);
    agency.add(&outlets.url(1, "/feed"), "Gazette");
    assert!(problem(&agency.fetch(&[])["gazette"]).contains("robots.txt of 127.1.0.2"), "{:?}", agency.fetch(&[]));
    assert!(outlets.asked_for("/feed").is_empty());
    outlets.says("/robots.txt", [Reply::Status(500, String::new())]);
    assert!(problem(&agency.fetch(&[])["gazette"]).contains("until it can be had"));
    outlets.says("/robots.txt", [Reply::Status(403, String::new())]);
    assert_eq!(agency.fetch(&[])["gazette"]["taken"], 1);
}

#[test]
fn loopback_is_refused_unless_it_is_meant() {
    let (outlets, agency) = (Outlets::start(), Agency::new(""));
    outlets.feed("/feed", &[("1", "A headline")]);
    agency.add(&outlets.url(1, "/feed"), "Gazette");
    let output = run(&agency.data(), &["press", "fetch", "--once", "--json"]);
    let health: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(problem(&health).contains("name it in private_addresses under [press]"), "{health}");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn odd_dates_and_ten_thousand_items_with_one_guid_are_taken_once() {
    let (outlets, agency) = (Outlets::start(), Agency::new(""));
    let mut odd = String::from("<rss version='2.0'><channel><title>x</title>");
    for (n, date) in ["Thu, 01 Jan 1970 00:00:00 GMT", "Thu, 01 Jan 2099 00:00:00 GMT", ""].iter().enumerate() {
        write!(odd, "<item><guid>http://o.example/{n}</guid><title>Headline {n}</title><pubDate>{date}</pubDate></item>").unwrap();
    }
    odd.push_str("</channel></rss>");
    outlets.says("/odd", [Reply::plain(odd.into_bytes())]);
    let when = an_hour_ago();
    let mut same = String::from("<rss version='2.0'><channel><title>x</title>");
    for n in 0..10_000 {
        write!(same, "<item><guid>same</guid><link>http://s.example/{n}</link><title>Number {n}</title><pubDate>{when}</pubDate></item>")
            .unwrap();
    }
    same.push_str("</channel></rss>");
    outlets.says("/same", [Reply::plain(same.into_bytes())]);
    agency.add(&outlets.url(1, "/odd"), "Odd");
    agency.add(&outlets.url(2, "/same"), "Same");
    let first = agency.fetch(&[]);
    assert_eq!((&first["odd"]["taken"], &first["same"]["taken"]), (&3.into(), &10_000.into()), "{first:?}");
    let faults = first["odd"]["faults"].to_string();
    assert!(faults.contains("before there were feeds") && faults.contains("in the future") && faults.contains("no date"), "{faults}");
    let again = agency.fetch(&[]);
    assert_eq!((&again["odd"]["taken"], &again["same"]["taken"]), (&3.into(), &10_000.into()));
}

#[test]
fn a_report_is_matched_with_reasons_and_an_editor_has_the_last_word() {
    let (outlets, agency) = (Outlets::start(), Agency::new(""));
    outlets.feed("/feed", &[("1", THEIRS), ("2", "Central bank leaves interest rates where they are")]);
    agency.add(&outlets.url(1, "/feed"), "Gazette");
    agency.move_story("urn:volcano", VOLCANO);
    agency.fetch(&[]);
    let found = agency.matches("urn:volcano");
    assert_eq!(found.len(), 1, "{found:?}");
    let matched = &found[0];
    assert_eq!(
        (matched["headline"].as_str(), matched["kind"].as_str(), matched["decided_by"].as_str()),
        (Some(THEIRS), Some("same"), Some("machine"))
    );
    assert!(matched["shared"].to_string().contains("Skellan"), "{matched}");
    assert_eq!(matched["differs"][0]["state"], "waiting", "{matched}");
    assert!(done(&agency.data(), &["press", "match", "urn:volcano", "--explain"]).contains("shared name: Skellan"));
    // The same feed again, and the state lost: nothing is matched twice.
    agency.fetch(&[]);
    std::fs::remove_dir_all(agency.data().join("press")).unwrap();
    agency.fetch(&[]);
    let n_matches = |agency: &Agency| agency.kinds().iter().filter(|kind| *kind == "press-match").count();
    assert_eq!(n_matches(&agency), 1);

    let name = matched["match"].as_str().unwrap();
    let waiting = done(&agency.data(), &["press", "differs"]);
    assert!(waiting.contains("ours “40 evacuated”, gazette “60 evacuated”"), "{waiting}");
    done(&agency.data(), &["press", "differs", "approve", name, "1"]);
    assert!(done(&agency.data(), &["press", "differs"]).contains("nothing waits"));
    done(&agency.data(), &["press", "confirm", name]);
    assert_eq!(agency.matches("urn:volcano")[0]["decided_by"], "editor");
    assert_eq!(agency.matches("urn:volcano")[0]["differs"][0]["state"], "approved", "a later confirmation keeps what was approved");
    done(&agency.data(), &["press", "reject", name, "--reason", "another volcano"]);
    agency.fetch(&[]);
    assert!(agency.matches("urn:volcano").is_empty(), "what was rejected does not come back");
    let pairs = std::fs::read_to_string(agency.data().join("press/pairs.jsonl")).unwrap();
    let taught: Vec<Value> = pairs.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&taught[0]["same_story"], &taught[1]["same_story"]), (&true.into(), &false.into()), "{pairs}");
    assert!(refused(&agency.data(), &["press", "confirm", name]).contains("there is no match"));
    assert!(refused(&agency.data(), &["press", "remove", "gaz"]).contains("did you mean gazette"));
}

#[test]
fn what_goes_away_takes_its_matches_along() {
    let (outlets, agency) = (Outlets::start(), Agency::new(""));
    outlets.feed("/one", &[("1", THEIRS)]);
    outlets.feed("/two", &[("1", "After two centuries, the volcano of Skellan erupts again")]);
    agency.add(&outlets.url(1, "/one"), "Gazette");
    agency.add(&outlets.url(2, "/two"), "Herald");
    agency.move_story("urn:volcano", VOLCANO);
    agency.fetch(&[]);
    assert_eq!(agency.matches("urn:volcano").len(), 2);
    done(&agency.data(), &["press", "remove", "herald", "--reason", "the outlet asked for it"]);
    assert_eq!(agency.matches("urn:volcano").iter().filter(|found| found["source"] == "herald").count(), 0);
    assert!(!agency.data().join("press/sources/herald.json").exists());
    assert!(refused(&agency.data(), &["press", "remove", "herald"]).contains("removed already"));
    assert!(refused(&agency.data(), &["press", "fetch", "herald", "--once"]).contains("no source “herald”"));
    done(&agency.data(), &["wire", "kill", "urn:volcano", "--reason", "it was wrong"]);
    outlets.feed("/one", &[("1", THEIRS), ("9", "Skellan volcano erupts after two centuries")]);
    let before = agency.kinds().len();
    agency.fetch(&[]);
    assert_eq!(agency.kinds().len(), before, "nothing is matched with what was killed");
}

#[test]
fn a_copy_of_our_own_story_is_nobody_elses_report() {
    let (outlets, agency) = (Outlets::start(), Agency::new("origin = \"https://courant.example\""));
    let words = "The volcano on the island of Skellan erupted on Friday for the first time in two centuries, and forty people were taken to the mainland by boat.";
    let mut document = story("urn:volcano", VOLCANO, "world");
    document["bodies"][0]["value"] = format!("<p>{words}</p>").into();
    let copy = format!(
        "<rss version='2.0'><channel><title>x</title><item><guid isPermaLink='false'>1</guid><link>http://o.example/1</link><title>{VOLCANO}</title>\
         <description>SKELLAN. /Courant/. {words}</description><pubDate>{}</pubDate></item>\
         <item><guid>https://courant.example/world/volcano</guid><link>http://courant.example/world/volcano</link><title>{VOLCANO}</title></item></channel></rss>",
        an_hour_ago()
    );
    outlets.says("/feed", [Reply::plain(copy.into_bytes())]);
    agency.add(&outlets.url(1, "/feed"), "Copier");
    let path = file(agency.folder.path(), "story.json", &document.to_string());
    done(&agency.data(), &["wire", "move", &path]);
    let health = agency.fetch(&[]);
    assert!(health["copier"]["faults"].to_string().contains("1 entries are our own stories"), "{health:?}");
    assert!(agency.matches("urn:volcano").is_empty(), "{:?}", agency.matches("urn:volcano"));
}

#[test]
fn what_everyone_has_and_we_do_not_is_missing() {
    let (outlets, agency) = (Outlets::start(), Agency::new(""));
    for (n, headline) in
        [THEIRS, "Skellan: volcano erupts after two centuries", "Volcano of Skellan island erupts, first time in two centuries"]
            .iter()
            .enumerate()
    {
        outlets.feed(&format!("/{n}"), &[("1", headline)]);
        agency.add(&outlets.url(n, &format!("/{n}")), &format!("Outlet {n}"));
    }
    agency.move_story("urn:rates", "Central bank leaves interest rates where they are");
    agency.fetch(&[]);
    let missing = done(&agency.data(), &["press", "missing", "--json"]);
    let missing: Value = serde_json::from_str(&missing).unwrap_or_else(|error| panic!("{error}: {missing}"));
    assert_eq!((&missing["sources"], missing["reports"].as_array().unwrap().len()), (&3.into(), 3), "{missing}");
    agency.move_story("urn:volcano", VOLCANO);
    assert!(done(&agency.data(), &["press", "missing"]).contains("nothing that three sources report is missing"));
}

#[test]
fn a_server_matches_within_a_minute_and_goes_on_after_a_power_cut() {
    let (outlets, agency) = (Outlets::start(), Agency::new(""));
    outlets.feed("/feed", &[("1", THEIRS)]);
    agency.add(&outlets.url(1, "/feed"), "Gazette");
    let server = Server::start_with(&agency.data(), &["--config", &agency.config()]);
    agency.move_story("urn:volcano", VOLCANO);
    let wait_for = |n_matches: usize| {
        let began = Instant::now();
        while agency.kinds().iter().filter(|kind| *kind == "press-match").count() != n_matches {
            assert!(began.elapsed() < Duration::from_secs(20), "{:?}", agency.kinds());
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    wait_for(1);
    // A command beside the server has it ask.
    outlets.feed("/feed", &[("1", THEIRS), ("2", "After two centuries, the volcano of Skellan erupts again")]);
    assert_eq!(agency.fetch(&["gazette"])["gazette"]["taken"], 2);
    wait_for(2);
    assert!(refused(&agency.data(), &["press", "fetch", "--config", &agency.config()]).contains("another process fetches"));
    server.kill();
    let server = Server::start_with(&agency.data(), &["--config", &agency.config()]);
    agency.move_story("urn:volcano-2", "Boats take more from the island of Skellan as its volcano goes on erupting after two centuries");
    std::thread::sleep(Duration::from_secs(2));
    let of_first = agency.matches("urn:volcano").len();
    assert_eq!(of_first, 2, "nothing twice after a power cut");
    drop(server);
}

#[test]
fn a_hub_announces_and_is_believed_only_when_it_signs() {
    let outlets = Outlets::start();
    let agency = Agency::new("origin = \"https://courant.example\"");
    let hub = outlets.url(50, "/hub");
    let topic = outlets.url(1, "/feed");
    let feed = format!(
        "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel><title>x</title><atom:link rel=\"hub\" href=\"{hub}\"/>\
         <atom:link rel=\"self\" href=\"{topic}\"/><item><guid isPermaLink=\"false\">1</guid><link>http://o.example/1</link><title>A headline</title></item></channel></rss>"
    );
    outlets.says("/feed", [Reply::plain(feed.into_bytes())]);
    outlets.says("/hub", [Reply::Status(202, String::new())]);
    agency.add(&topic, "Gazette");
    let server = Server::start_with(&agency.data(), &["--config", &agency.config()]);
    let began = Instant::now();
    let form = loop {
        if let Some(Request { body: form, .. }) = outlets.asked_for("/hub").pop() {
            break form;
        }
        assert!(began.elapsed() < Duration::from_secs(10), "no hub was asked");
        std::thread::sleep(Duration::from_millis(20));
    };
    assert!(form.contains("hub.mode=subscribe") && form.contains("hub.secret=") && form.contains("hub.lease_seconds=864000"), "{form}");
    let token = form.split("websub%2F").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let encoded = topic.replace(':', "%3A").replace('/', "%2F");
    let verify = |topic: &str| {
        server.get(&format!("/press/websub/{token}?hub.mode=subscribe&hub.topic={topic}&hub.challenge=abc&hub.lease_seconds=864000"))
    };
    assert_eq!(verify("http%3A%2F%2Fother.example").0, 404);
    let (status, challenge) = verify(&encoded);
    assert_eq!((status, challenge.as_str()), (200, "abc"));
    let began = Instant::now();
    while !done(&agency.data(), &["press", "list"]).contains("its hub tells us") {
        assert!(began.elapsed() < Duration::from_secs(5), "{}", done(&agency.data(), &["press", "list"]));
    }
    let body = rss(&[("1", "A headline"), ("7", "Pushed")]);
    let post = |token: &str, signature: &str| {
        let mut stream = TcpStream::connect(&server.addr).unwrap();
        write!(
            stream,
            "POST /press/websub/{token} HTTP/1.1\r\nHost: {}\r\nX-Hub-Signature: {signature}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            server.addr,
            body.len()
        )
        .unwrap();
        stream.write_all(&body).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer[9..12].parse::<u16>().unwrap()
    };
    assert_eq!(post("0000", "sha256=00"), 410, "nobody subscribed there");
    assert_eq!(post(&token, "sha256=00"), 202, "a forgery is thrown away without a word");
    let secret = form.split("hub.secret=").nth(1).unwrap().split('&').next().unwrap();
    assert_eq!(post(&token, &format!("sha256={}", signed(secret.as_bytes(), &body))), 202);
    let began = Instant::now();
    while !done(&agency.data(), &["press", "list"]).contains("2 taken in all") {
        assert!(began.elapsed() < Duration::from_secs(5), "{}", done(&agency.data(), &["press", "list"]));
    }
    assert_eq!(server.get("/press/websub/x").0, 404);
}

/// HMAC with SHA-256 as `openssl` calculates it, so that both ends are not wrong alike.
fn signed(secret: &[u8], body: &[u8]) -> String {
    use std::process::{Command, Stdio};
    let key: String = String::from_utf8(secret.to_vec()).unwrap();
    let mut child =
        Command::new("openssl").args(["dgst", "-sha256", "-hmac", &key]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(body).unwrap();
    let output = child.wait_with_output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().rsplit(' ').next().unwrap().to_owned()
}

/// Feeds as found on the web, each by an outlet of its own; asked twice, the second time adds nothing.
#[test]
fn real_feeds_are_taken_once() {
    let folder =
        std::env::var_os("COURANT_DATA").map_or_else(|| PathBuf::from("../../../shared/data"), PathBuf::from).join("feeds-realworld");
    if !folder.exists() {
        eprintln!("{} is absent; real feeds are not read", folder.display());
        return;
    }
    let (outlets, agency) = (Outlets::start(), Agency::new(""));
    let mut n_feeds = 0;
    for sub in ["feedjira", "miniflux", "miniflux-encoding"] {
        let mut files: Vec<_> =
            std::fs::read_dir(folder.join(sub)).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
        files.sort();
        for path in files {
            let address = format!("/real{n_feeds}");
            outlets.says(&address, [Reply::plain(std::fs::read(&path).unwrap())]);
            agency.add(&outlets.url(n_feeds, &address), &format!("Real {n_feeds}"));
            n_feeds += 1;
        }
    }
    let taken = |health: &HashMap<String, Value>| -> u64 { health.values().map(|health| health["items"].as_u64().unwrap()).sum() };
    let reports = |data: &Path| -> usize {
        let days = std::fs::read_dir(data.join("press/reports")).unwrap();
        days.map(|day| std::fs::read_to_string(day.unwrap().path()).unwrap().lines().count()).sum()
    };
    let first = agency.fetch(&[]);
    let n_first = reports(&agency.data());
    let second = agency.fetch(&[]);
    assert_eq!((taken(&first), n_first), (taken(&second), reports(&agency.data())), "asked again, nothing is new");
    let ill: Vec<&str> = first.values().filter(|health| !health["problem"].is_null()).map(problem).collect();
    assert!(ill.len() * 5 < n_feeds && 100 < taken(&first), "{} of {n_feeds}: {ill:#?}", ill.len());
}

/// Two thousand outlets on two thousand hosts: how long one round takes beside how often sources are asked at most.
#[test]
#[ignore = "takes a minute"]
fn two_thousand_sources_are_asked_well_within_the_shortest_interval() {
    let (outlets, agency) = (Outlets::start(), Agency::new(""));
    let filler: Vec<(String, String)> =
        (0..30).map(|n| (format!("g{n}"), format!("Headline number {n} of a busy day in the harbour"))).collect();
    let items: Vec<(&str, &str)> = filler.iter().map(|(guid, headline)| (guid.as_str(), headline.as_str())).collect();
    outlets.feed("/feed", &items);
    let mut list = String::new();
    (0..2_000).for_each(|n| writeln!(list, "{{\"url\":\"{}\",\"name\":\"Outlet {n}\"}}", outlets.url(n, "/feed")).unwrap());
    let list = file(agency.folder.path(), "list.jsonl", &list);
    done(&agency.data(), &["press", "add", "--list", &list]);
    let began = Instant::now();
    let health = agency.fetch(&[]);
    let took = began.elapsed();
    let n_well = health.values().filter(|health| health["taken"] == 30).count();
    let asked: Vec<Timestamp> = health.values().map(|health| health["asked_at"].as_str().unwrap().parse().unwrap()).collect();
    let asking = asked.iter().max().unwrap().duration_since(*asked.iter().min().unwrap());
    println!("2,000 sources with 30 reports each: asked in {asking:#}, with matching of 60,000 reports {took:?}");
    assert_eq!((health.len(), n_well), (2_000, 2_000));
    assert!(asking.as_secs() < 120, "{asking:#}");
}
