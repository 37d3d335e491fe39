//! Telling others, from outside: a subscriber on loopback that goes through the cases of websub.rocks, and a search engine.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a helper of tests is a test")]

mod support;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use support::loopback::{self, Request};
use support::{Server, done, whole};

/// How long something that was set off may take. The machine may be busy.
const SOON: Duration = Duration::from_secs(20);

/// A parameter of the address, decoded as far as these tests need.
fn parameter(came: &Request, name: &str) -> Option<String> {
    let found = came.target.split_once('?')?.1.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}=")))?;
    Some(found.replace("%3A", ":").replace("%2F", "/").replace("%3F", "?").replace("%3D", "="))
}

fn header<'r>(came: &'r Request, name: &str) -> Option<&'r str> {
    came.head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")))
}

/// How a subscriber behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    /// Answers the challenge and takes every delivery.
    Good,
    /// Answers another challenge.
    Confused,
    /// Answers the challenge, and 410 to deliveries.
    Gone,
    /// Answers the challenge, and 500 to the first delivery.
    Stumbles,
}

/// A subscriber, or a search engine, on loopback.
struct Other {
    address: String,
    came: Arc<Mutex<Vec<Request>>>,
}

impl Other {
    fn start(manner: Manner) -> Self {
        let came = Arc::new(Mutex::new(Vec::new()));
        let all = Arc::clone(&came);
        let address = loopback::listen("127.0.0.1:0", move |request, stream| answer(request, stream, manner, &all));
        Self { address: format!("http://{address}/cb"), came }
    }

    fn all(&self, method: &str) -> Vec<Request> {
        self.came.lock().unwrap().iter().filter(|came| came.method == method).cloned().collect()
    }

    /// The request number `n`, from 0, once it has come.
    fn wait_for(&self, method: &str, n: usize) -> Request {
        let deadline = Instant::now() + SOON;
        loop {
            if let Some(came) = self.all(method).get(n) {
                return came.clone();
            }
            assert!(Instant::now() < deadline, "{method} number {n} never came: {:?}", self.came.lock().unwrap());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

fn answer(came: Request, mut stream: TcpStream, manner: Manner, all: &Mutex<Vec<Request>>) -> std::io::Result<()> {
    let mut all = all.lock().unwrap();
    let n_deliveries = all.iter().filter(|came| came.method == "POST").count();
    let (status, said) = match (came.method == "GET", manner) {
        (true, Manner::Confused) => (200, "another challenge".to_owned()),
        (true, _) => (200, parameter(&came, "hub.challenge").unwrap_or_default()),
        (false, Manner::Gone) => (410, String::new()),
        (false, Manner::Stumbles) if n_deliveries == 0 => (500, String::new()),
        (false, _) => (204, String::new()),
    };
    all.push(came);
    let length = if status == 204 { String::new() } else { format!("Content-Length: {}\r\n", said.len()) };
    write!(stream, "HTTP/1.1 {status} Such\r\n{length}Connection: close\r\n\r\n{said}")
}

/// An agency with an address of its own, and a story.
struct Agency {
    folder: tempfile::TempDir,
}

impl Agency {
    fn new(more: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("courant.toml"), format!("origin = \"http://news.example\"\n{more}\n")).unwrap();
        let agency = Self { folder };
        agency.tell("move", "one", "First news", &[]);
        agency
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("agency")
    }

    fn serve(&self) -> Server {
        Server::start_with(&self.data(), &["--config", self.folder.path().join("courant.toml").to_str().unwrap()])
    }

    fn tell(&self, act: &str, name: &str, headline: &str, more: &[&str]) {
        let path = self.folder.path().join("story.json");
        std::fs::write(&path, story(name, headline)).unwrap();
        done(&self.data(), &[&["wire", act, path.to_str().unwrap()][..], more].concat());
    }

    fn kill(&self, name: &str) {
        done(&self.data(), &["wire", "kill", &format!("urn:a:{name}"), "--reason", "It was wrong."]);
    }

    /// Reads the subscriptions until they are as many.
    fn wait_for_subscriptions(&self, n: usize) {
        let deadline = Instant::now() + SOON;
        let count =
            || std::fs::read_to_string(self.data().join("push/subscriptions.json")).unwrap_or_default().matches("\"callback\"").count();
        while count() != n {
            assert!(Instant::now() < deadline, "{} subscriptions instead of {n}", count());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

fn story(name: &str, headline: &str) -> String {
    format!(
        r#"{{ "uri": "urn:a:{name}", "language": "en", "headlines": [{{ "role": "main", "value": "{headline}" }}],
        "bodies": [{{ "contentType": "text/html", "value": "<p>Copy of {headline}.</p>" }}] }}"#
    )
}

const PRIVATE: &str = "[websub]\nprivate_addresses = true";
const TOPIC: &str = "http://news.example/all.rss";

/// Status and text of the hub's answer to a form.
fn post(server: &Server, form: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(&server.addr).unwrap();
    write!(
        stream,
        "POST /websub HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        server.addr,
        form.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    (answer[9..12].parse().unwrap(), answer)
}

fn ask(server: &Server, mode: &str, other: &Other, also: &str) {
    let (status, answer) = post(server, &format!("hub.mode={mode}&hub.topic={TOPIC}&hub.callback={}{also}", other.address));
    assert_eq!(status, 202, "{answer}");
}

#[test]
fn a_subscriber_is_asked_first_and_then_sent_every_change() {
    let agency = Agency::new(PRIVATE);
    let server = agency.serve();
    let head = whole(&server.addr, "/all.rss", "").0;
    assert!(head.contains("<http://news.example/websub>; rel=\"hub\"") && head.contains(&format!("<{TOPIC}>; rel=\"self\"")), "{head}");

    let reader = Other::start(Manner::Good);
    ask(&server, "subscribe", &reader, "&hub.lease_seconds=5&hub.secret=s3cret");
    let asked = reader.wait_for("GET", 0);
    assert_eq!(parameter(&asked, "hub.mode").as_deref(), Some("subscribe"));
    assert_eq!(parameter(&asked, "hub.topic").as_deref(), Some(TOPIC));
    assert_eq!(parameter(&asked, "hub.lease_seconds").as_deref(), Some("86400"), "a day at least");
    assert_eq!(parameter(&asked, "hub.challenge").map(|challenge| challenge.len()), Some(32));
    agency.wait_for_subscriptions(1);

    agency.tell("move", "two", "Second news", &[]);
    let sent = reader.wait_for("POST", 0);
    assert_eq!(sent.body, server.get("/all.rss").1, "what is sent is the feed");
    assert!(sent.body.contains("Second news"));
    assert_eq!(header(&sent, "content-type"), Some("application/rss+xml; charset=utf-8"));
    let links = header(&sent, "link").unwrap();
    assert!(links.contains("rel=\"hub\"") && links.contains(&format!("<{TOPIC}>; rel=\"self\"")), "{links}");
    let signature = header(&sent, "x-hub-signature").and_then(|value| value.strip_prefix("sha256=")).unwrap();
    assert_eq!(signature, hmac_of("s3cret", &sent.body));

    // An edit and a kill are changes too.
    agency.tell("correct", "two", "Second news, mended", &["--reason", "The figure was wrong."]);
    assert!(reader.wait_for("POST", 1).body.contains("Second news, mended"));
    agency.kill("two");
    assert!(!reader.wait_for("POST", 2).body.contains("Second news"));

    ask(&server, "unsubscribe", &reader, "");
    assert_eq!(parameter(&reader.wait_for("GET", 1), "hub.mode").as_deref(), Some("unsubscribe"));
    agency.wait_for_subscriptions(0);
}

#[test]
fn a_subscription_outlives_the_server_and_misses_nothing() {
    let agency = Agency::new(PRIVATE);
    let reader = Other::start(Manner::Good);
    {
        let server = agency.serve();
        ask(&server, "subscribe", &reader, "");
        agency.wait_for_subscriptions(1);
    }
    agency.tell("move", "two", "While nobody served", &[]);
    let _server = agency.serve();
    let sent = reader.wait_for("POST", 0);
    assert!(sent.body.contains("While nobody served"));
    assert_eq!(header(&sent, "x-hub-signature"), None, "without a secret nothing is signed");
}

#[test]
fn who_does_not_mean_it_is_sent_nothing_and_who_is_gone_is_forgotten() {
    let agency = Agency::new(PRIVATE);
    let server = agency.serve();
    let (confused, gone, stumbles) = (Other::start(Manner::Confused), Other::start(Manner::Gone), Other::start(Manner::Stumbles));
    for other in [&confused, &gone, &stumbles] {
        ask(&server, "subscribe", other, "");
        other.wait_for("GET", 0);
    }
    agency.wait_for_subscriptions(2);
    agency.tell("move", "two", "Second news", &[]);
    gone.wait_for("POST", 0);
    agency.wait_for_subscriptions(1);
    stumbles.wait_for("POST", 0);
    let again = stumbles.wait_for("POST", 1);
    assert!(again.body.contains("Second news"), "it is told again after a pause");
    assert!(confused.all("POST").is_empty());
}

#[test]
fn what_cannot_be_meant_is_refused_at_once() {
    let agency = Agency::new("");
    let server = agency.serve();
    for (form, named) in [
        (format!("hub.mode=subscribe&hub.topic={TOPIC}&hub.callback=http://127.0.0.1:9/cb"), "open network"),
        (format!("hub.mode=subscribe&hub.topic={TOPIC}&hub.callback=http://169.254.169.254/latest"), "open network"),
        ("hub.mode=subscribe&hub.topic=http://news.example/all&hub.callback=https://r.example/".to_owned(), "no feed"),
        (format!("hub.mode=publish&hub.topic={TOPIC}&hub.callback=https://r.example/"), "publish"),
        (format!("hub.mode=subscribe&hub.topic={TOPIC}"), "hub.callback is missing"),
        (format!("hub.mode=subscribe&hub.topic={TOPIC}&hub.callback=https://r.example/&hub.secret={}", "x".repeat(200)), "199"),
    ] {
        let (status, answer) = post(&server, &form);
        assert_eq!(status, 400, "{form}: {answer}");
        assert!(answer.contains(named), "{form}: {answer}");
    }
    assert_eq!(server.get("/websub").0, 404, "there is nothing to read");
}

#[test]
fn a_site_without_an_address_has_no_hub() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let path = folder.path().join("story.json");
    std::fs::write(&path, story("one", "First news")).unwrap();
    done(&data, &["wire", "move", path.to_str().unwrap()]);
    let server = Server::start(&data);
    assert!(!whole(&server.addr, "/all.rss", "").0.contains("rel=\"hub\""));
    assert_eq!(post(&server, &format!("hub.mode=subscribe&hub.topic={TOPIC}&hub.callback=https://r.example/")).0, 405);
    assert!(!data.join("push").exists());
    assert_eq!(server.get("/indexnow.txt").0, 404);
}

#[test]
fn search_engines_are_told_of_what_moves_changes_and_is_killed() {
    let engine = Other::start(Manner::Good);
    let key = "0123456789abcdef";
    let agency = Agency::new(&format!("{PRIVATE}\n[indexnow]\nkey = \"{key}\"\nendpoint = \"{}\"", engine.address));
    let server = agency.serve();
    assert_eq!(server.get("/indexnow.txt"), (200, key.to_owned()));
    agency.tell("move", "two", "Second news", &[]);
    let told = engine.wait_for("POST", 0);
    let said: serde_json::Value = serde_json::from_str(&told.body).unwrap();
    assert_eq!((said["host"].as_str(), said["key"].as_str()), (Some("news.example"), Some(key)));
    assert_eq!(said["keyLocation"], "http://news.example/indexnow.txt");
    let urls = said["urlList"].as_array().unwrap();
    assert_eq!(urls.len(), 1, "the past is not told: {urls:?}");
    assert!(urls[0].as_str().unwrap().ends_with("/second-news"), "{urls:?}");
    agency.kill("two");
    let said: serde_json::Value = serde_json::from_str(&engine.wait_for("POST", 1).body).unwrap();
    assert_eq!(said["urlList"].as_array().unwrap().len(), 1);
}

#[test]
fn only_the_operator_is_told_how_long_an_answer_takes() {
    let agency = Agency::new("timing_key = \"0123456789abcdef\"");
    let server = agency.serve();
    let timing = |more: &str| {
        let head = whole(&server.addr, "/all", more).0.to_lowercase();
        head.lines().find_map(|line| line.strip_prefix("server-timing: ")).map(str::to_owned)
    };
    assert_eq!(timing(""), None);
    assert_eq!(timing("Courant-Timing: 0123456789abcdee\r\n"), None);
    let told = timing("Courant-Timing: 0123456789abcdef\r\n").unwrap();
    assert!(told.starts_with("cache;desc=hit, total;dur="), "{told}");
    assert!(server.get("/all").0 == 200);
}

/// HMAC of SHA-256 (RFC 2104), written out: the product has it from a library.
fn hmac_of(secret: &str, body: &str) -> String {
    use sha2::{Digest, Sha256};
    let pad = |with: u8| -> Vec<u8> { (0..64).map(|idx| secret.as_bytes().get(idx).copied().unwrap_or(0) ^ with).collect() };
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(body).finalize();
    let outer = Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize();
    outer.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}
