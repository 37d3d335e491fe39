//! `courant check` as an operator uses it: files, addresses, and our own site, which must conform to all that it promises.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a helper of tests is a test")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// How long the feed of all news is once the demonstration shows what it begins with.
const FULL_LIST_BYTES: usize = 50_000;

fn check(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_courant")).arg("check").args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A demonstration on a free port; it ends when this is dropped.
struct Demo {
    child: Child,
    site: String,
}

impl Demo {
    fn start(data: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_courant"));
        command.args(["demo", "--listen", "127.0.0.1:0", "--data"]).arg(data).stdout(Stdio::piped()).stdin(Stdio::null());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let site = lines.find_map(|line| {
            let line = line.unwrap();
            let address = line.trim().strip_prefix("Site")?.split_whitespace().find(|word| word.starts_with("http://"))?.to_owned();
            Some(address.trim_end_matches('/').to_owned())
        });
        std::thread::spawn(move || lines.for_each(drop));
        let demo = Self { child, site: site.expect("the demonstration says where it is") };
        // What it begins with is shown within moments.
        let deadline = Instant::now() + Duration::from_mins(1);
        while demo.get("/all.rss").1.len() < FULL_LIST_BYTES {
            assert!(Instant::now() < deadline, "the demonstration shows no stories");
            std::thread::sleep(Duration::from_millis(100));
        }
        demo
    }

    /// Head and body of an answer.
    fn get(&self, path: &str) -> (String, Vec<u8>) {
        let host = self.site.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        (String::from_utf8_lossy(&answer[..end]).into_owned(), answer[end + 4..].to_vec())
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn our_own_site_conforms_to_all_that_is_checked() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo::start(&folder.path().join("agency"));
    let output = check(&["--json", &format!("{}/", demo.site)]);
    let documents: Vec<Value> = said(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let (mut warnings, mut errors) = (BTreeMap::<String, usize>::new(), Vec::new());
    for document in &documents {
        *kinds.entry(document["kind"].as_str().unwrap_or("headers alone").to_owned()).or_default() += 1;
        for finding in document["findings"].as_array().unwrap() {
            match finding["severity"].as_str().unwrap() {
                "error" => errors.push(format!("{}: {finding}", document["checked"])),
                "warning" => *warnings.entry(finding["rule"].as_str().unwrap().to_owned()).or_default() += 1,
                _ => {}
            }
        }
    }
    println!("{} addresses of the demonstration: {kinds:?}; {} errors, warnings: {warnings:?}", documents.len(), errors.len());
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    for (kind, at_least) in [
        ("page", 15),
        ("feed", 6),
        ("json-feed", 1),
        ("ninjs", 2),
        ("newsml-g2", 3),
        ("nitf", 1),
        ("sitemap", 3),
        ("robots.txt", 1),
        ("trust.txt", 1),
    ] {
        assert!(at_least <= kinds.get(kind).copied().unwrap_or_default(), "too few of {kind}: {kinds:?}");
    }
}

#[test]
fn every_form_of_a_story_and_of_a_list_has_an_address() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo::start(&folder.path().join("agency"));
    let feed: Value = serde_json::from_slice(&demo.get("/all.json").1).unwrap();
    let story = feed["items"][0]["url"].as_str().unwrap().trim_start_matches(&demo.site).to_owned();
    let (_, page) = demo.get(&story);
    let old = format!("{story}.ninjs2.json");
    assert!(String::from_utf8_lossy(&page).contains(&format!("href=\"{old}\"")), "{old} is named by the page");
    let (head, body) = demo.get(&old);
    assert!(head.starts_with("HTTP/1.1 200") && head.contains("content-type: application/json"), "{head}");
    let item: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(item["standard"]["version"], "2.2");
    let output = check(&["--ninjs", "2.2", &format!("{}{old}", demo.site)]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));

    let (head, _) = demo.get("/all");
    assert!(head.contains("</all.package.xml>; rel=\"alternate\""), "{head}");
    for path in ["/all.package.xml", "/dossiers/how-the-world-measures.package.xml", "/all.package.xml?lang=ru"] {
        let (head, body) = demo.get(path);
        assert!(head.starts_with("HTTP/1.1 200") && head.contains("application/vnd.iptc.g2.packageitem+xml"), "{path}: {head}");
        let text = String::from_utf8(body).unwrap();
        assert!(text.contains("<packageItem") && text.contains("<itemRef residref="), "{path}: {text}");
        assert!(text.contains(&format!("guid=\"{}{path}\"", demo.site)), "a package is named by its address: {text}");
        is_valid(&folder.path().join("package.xml"), &text);
    }
}

/// Holds a document against the IPTC's own schema, if that and xmllint are there.
fn is_valid(path: &Path, text: &str) {
    let data =
        std::env::var_os("COURANT_DATA").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), Into::into);
    let schema = data.join("iptc-newsml-g2/xsd/NewsML-G2_2.35-spec-All-Power.xsd");
    if !schema.exists() || Command::new("xmllint").arg("--version").output().is_err() {
        println!("skipped: xmllint or the schema is absent");
        return;
    }
    std::fs::write(path, text).unwrap();
    let output = Command::new("xmllint").args(["--nonet", "--noout", "--schema"]).arg(schema).arg(path).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_broken_feed_is_told_by_line_clause_and_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("feed.rss");
    std::fs::write(
        &path,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel>\n<title>A</title>\n<docs>/x</docs></channel></rss>",
    )
    .unwrap();
    let path = path.to_str().unwrap();
    let output = check(&[path]);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    for part in [
        "feed, ",
        "line 4, column 1: channel/docs is no absolute address: “/x”",
        "RFC 3986, 4.3; write the whole address",
        "[invalid-full-link]",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    let line: Value = serde_json::from_str(said(&check(&["--json", path])).trim()).unwrap();
    let finding = line["findings"].as_array().unwrap().iter().find(|finding| finding["rule"] == "invalid-full-link").unwrap();
    assert_eq!((finding["line"].as_u64(), finding["clause"].as_str()), (Some(4), Some("4.3")));
}

#[test]
fn exit_codes_tell_conforming_from_broken_from_badly_asked() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let code = |arguments: &[&str]| check(arguments).status.code();
    let robots = file("robots.txt", b"User-agent: *\nDisallow: /x\n");
    assert_eq!(code(&[&robots]), Some(0));
    assert_eq!(code(&[&robots, &file("b.txt", b"\x89PNG\r\n\x1a\n\0\0")]), Some(1));
    assert_eq!(code(&[&file("empty.xml", b"")]), Some(1));
    assert_eq!(code(&[&file("letter.txt", b"Dear editors")]), Some(1));
    assert_eq!(code(&[]), Some(2));
    assert_eq!(code(&["--as", "poem", &robots]), Some(2));
    let absent = check(&["/no/such/file"]);
    assert_eq!(absent.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&absent.stderr).contains("cannot read /no/such/file"));
    assert!(String::from_utf8_lossy(&check(&[folder.path().to_str().unwrap()]).stderr).contains("is a folder"));
}

/// A file of 200 MB is refused with a sentence, without being read whole.
#[test]
fn a_file_that_is_too_large_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.xml");
    let mut file = std::fs::File::create(&path).unwrap();
    file.write_all(b"<rss version=\"2.0\">").unwrap();
    file.set_len(200 << 20).unwrap();
    let began = Instant::now();
    let output = check(&["--as", "feed", path.to_str().unwrap()]);
    assert!(said(&output).contains("is larger than a check reads"), "{}", said(&output));
    assert_eq!(output.status.code(), Some(1));
    assert!(began.elapsed() < Duration::from_secs(20));
}

/// A server that answers every request with the same bytes.
fn server(answer: impl Fn(&str, &mut TcpStream) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 4_096];
            let n_read = stream.read(&mut request).unwrap_or_default();
            let request = String::from_utf8_lossy(&request[..n_read]).into_owned();
            answer(request.split_whitespace().nth(1).unwrap_or("/"), &mut stream);
        }
    });
    address
}

#[test]
fn servers_that_misbehave_are_told_in_a_sentence() {
    let circle = server(|path, stream| {
        let to = if path == "/a" { "/b" } else { "/a" };
        let _ = write!(stream, "HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    });
    let text = said(&check(&[&format!("{circle}/a")]));
    assert!(text.contains("is redirected in a circle") && text.contains("sends us back to"), "{text}");
    let endless = server(|path, stream| {
        let _ = write!(stream, "HTTP/1.1 302 Found\r\nLocation: {path}a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    });
    assert!(said(&check(&[&format!("{endless}/a")])).contains("more than 5 times"));
    let broken = server(|_, stream| {
        let _ = write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n<rss");
    });
    let text = said(&check(&[&format!("{broken}/feed.rss")]));
    assert!(text.contains("does not answer") && text.contains("cannot be asked"), "{text}");
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let output = check(&[&format!("http://{closed}/feed.rss")]);
    assert!(said(&output).contains("does not answer"), "{}", said(&output));
    assert_eq!(output.status.code(), Some(1));
    let error = server(|_, stream| {
        let _ = write!(stream, "HTTP/1.1 500 Oops\r\nContent-Type: text/plain\r\nContent-Length: 4\r\nConnection: close\r\n\r\noops");
    });
    assert!(said(&check(&[&format!("{error}/feed.rss")])).contains("is not answered with 200"));
}
