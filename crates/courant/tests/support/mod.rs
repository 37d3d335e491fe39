//! The binary as a user starts it, and what a reader sees of it.

#![allow(dead_code, clippy::unwrap_used, clippy::allow_attributes, reason = "each test file uses its part")]

pub(crate) mod loopback;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// `courant` with these arguments, on this data directory.
pub(crate) fn courant(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_courant"));
    command.args(arguments).arg("--data").arg(data).stdin(Stdio::null());
    command
}

/// Runs it to its end.
pub(crate) fn run(data: &Path, arguments: &[&str]) -> Output {
    courant(data, arguments).output().unwrap()
}

/// Runs it, expects it to be done, and answers what it printed.
pub(crate) fn done(data: &Path, arguments: &[&str]) -> String {
    let output = run(data, arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "courant {arguments:?} failed: {said}");
    String::from_utf8(output.stdout).unwrap()
}

/// Runs it, expects it to be refused (exit code 1), and answers the sentence.
pub(crate) fn refused(data: &Path, arguments: &[&str]) -> String {
    let output = run(data, arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "courant {arguments:?}: {said}");
    said
}

/// A running server; ended when dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) addr: String,
    pub(crate) ops: String,
}

impl Server {
    pub(crate) fn start(data: &Path) -> Self {
        Self::start_with(data, &[])
    }

    /// With more arguments.
    pub(crate) fn start_with(data: &Path, more: &[&str]) -> Self {
        let mut command = courant(data, &["serve", "--listen", "127.0.0.1:0", "--ops", "127.0.0.1:0"]);
        let mut child = command.args(more).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut address = |name: &str| {
            let line = lines.next().unwrap().unwrap();
            let rest = line.strip_prefix(name).unwrap_or_else(|| panic!("{line} does not begin with {name}"));
            rest.trim().trim_start_matches("http://").split('/').next().unwrap().to_owned()
        };
        let (addr, ops) = (address("Site"), address("Ops"));
        let _ = lines.next();
        Self { child, addr, ops }
    }

    /// Status and body of a page.
    pub(crate) fn get(&self, target: &str) -> (u16, String) {
        get(&self.addr, target)
    }

    pub(crate) fn json(&self, target: &str) -> Value {
        let (status, body) = self.get(target);
        assert_eq!(status, 200, "{target}: {body}");
        serde_json::from_str(&body).unwrap()
    }

    /// Asks until the answer is as wished, for two seconds.
    pub(crate) fn wait_for(&self, target: &str, wished: impl Fn(u16, &str) -> bool) -> String {
        let deadline = Instant::now() + Duration::from_secs(5);
        loop {
            let (status, body) = self.get(target);
            if wished(status, &body) {
                return body;
            }
            assert!(Instant::now() < deadline, "{target} never was as wished: {status} {body}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Headlines or kinds of a stream's events after an entry, until `n_events` have come.
    pub(crate) fn events(&self, target: &str, n_events: usize) -> Vec<(u64, String, Value)> {
        let mut stream = request(&self.addr, target, "");
        stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        let mut lines = BufReader::new(&mut stream).lines();
        let (mut events, mut id, mut kind) = (Vec::new(), 0, String::new());
        while events.len() < n_events {
            let line = lines.next().expect("the stream ended early").expect("the stream fell silent");
            if let Some(text) = line.strip_prefix("id: ") {
                id = text.parse().unwrap();
            } else if let Some(text) = line.strip_prefix("event: ") {
                text.clone_into(&mut kind);
            } else if let Some(text) = line.strip_prefix("data: ") {
                events.push((id, std::mem::take(&mut kind), serde_json::from_str(text).unwrap()));
            }
        }
        events
    }

    /// Ends it as a power cut would.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn request(addr: &str, target: &str, more: &str) -> TcpStream {
    let mut stream = TcpStream::connect(addr).unwrap();
    write!(stream, "GET {target} HTTP/1.1\r\nHost: {addr}\r\n{more}\r\n").unwrap();
    stream
}

/// Status and body of a page.
pub(crate) fn get(addr: &str, target: &str) -> (u16, String) {
    let (head, body) = whole(addr, target, "");
    (head[9..12].parse().unwrap(), body)
}

/// Head, with its last line end, and body of an answer to a request with more headers.
pub(crate) fn whole(addr: &str, target: &str, more: &str) -> (String, String) {
    let mut answer = String::new();
    request(addr, target, &format!("Connection: close\r\n{more}")).read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (format!("{head}\r\n"), body.to_owned())
}

/// The head of an answer, its names in lower case.
pub(crate) fn head(addr: &str, target: &str) -> String {
    let mut answer = String::new();
    request(addr, target, "Connection: close\r\n").read_to_string(&mut answer).unwrap();
    let head = answer.split_once("\r\n\r\n").unwrap().0;
    head.lines()
        .map(|line| line.split_once(':').map_or_else(|| line.to_owned(), |(name, value)| format!("{}:{value}", name.to_ascii_lowercase())))
        .collect::<Vec<_>>()
        .join("\n")
}

/// A small ninjs document.
pub(crate) fn story(guid: &str, headline: &str, section: &str) -> Value {
    serde_json::json!({
        "uri": guid, "type": "text", "language": "en", "versionCreated": "2026-11-20T10:00:00Z",
        "headlines": [{ "role": "main", "value": headline }],
        "bodies": [{ "contentType": "text/html", "value": format!("<p>Copy of {headline}.</p>") }],
        "subjects": [{ "uri": format!("courant:section/{section}"), "name": section }],
    })
}

/// Writes a document to a file of the folder and answers its path.
pub(crate) fn file(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}
