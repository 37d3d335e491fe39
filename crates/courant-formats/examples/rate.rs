//! Reads documents over and over and says what each reader took of one core: what `cargo xtask bench formats` asks.
//!
//! `cargo run --release -p courant-formats --example rate -- feeds FOLDER [ROUNDS]` reads every file of a folder, by us and by
//! the bare parser in turn; `… -- ninjs FILE [ROUNDS]` a file of JSON Lines; `… -- newsml FILE [ROUNDS]` the same stories as one
//! message of NewsML-G2. Each line of the answer is the reader, the bytes it read, nanoseconds of its core for them, and
//! how many items it found, one line a round. Time is what the kernel gave this thread, so that others on the machine
//! count little.
//!
//! `… -- stream ninjs|newsml-g2|rss|wxr BYTES` writes so many bytes of one document and keeps none of them.
//! `… -- growth` reads what was made to take long, and twice as much of it, and says how much longer that took.

use std::error::Error;
use std::hint::black_box;
use std::io::{BufWriter, Write};
use std::path::Path;

use courant_formats::feed_in::{self, Origin};
use courant_formats::incoming::{Content, Reading};
use courant_formats::ninjs::{self, Audience, Writing};
use courant_formats::{encoding, html, iptc7901, newsml_g2, newsml1, nitf, source, wxr};

/// As the binary has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Rounds, unless told otherwise.
const ROUNDS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["growth"] => return growth(),
        ["stream", kind, n_bytes] => return stream(kind, n_bytes.parse()?),
        _ => {}
    }
    let (part, path, n_rounds) = match arguments.as_slice() {
        [part, path] => (part.as_str(), Path::new(path), ROUNDS),
        [part, path, n_rounds] => (part.as_str(), Path::new(path), n_rounds.parse()?),
        _ => return Err("what is read, and from where? rate feeds|ninjs|newsml PATH [ROUNDS], rate stream KIND BYTES, rate growth".into()),
    };
    match part {
        "feeds" => feeds(path, n_rounds),
        "ninjs" => ninjs_lines(path, n_rounds),
        "newsml" => newsml(path, n_rounds),
        _ => Err(format!("there is no part {part}").into()),
    }
}

/// Nanoseconds that this thread had of a core.
fn core_nanos() -> Result<u64, Box<dyn Error>> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(stat.split_whitespace().next().ok_or("the kernel keeps no schedstat")?.parse()?)
}

fn timed(name: &str, n_bytes: usize, read: impl FnOnce() -> usize) -> Result<(), Box<dyn Error>> {
    let began = core_nanos()?;
    let n_read = black_box(read());
    println!("{name} {n_bytes} {} {n_read}", core_nanos()? - began);
    Ok(())
}

fn feeds(folder: &Path, n_rounds: usize) -> Result<(), Box<dyn Error>> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.sort();
    let files: Vec<Vec<u8>> = paths.iter().map(std::fs::read).collect::<Result<_, _>>()?;
    // What the bare parser cannot read would cost it nothing.
    let files: Vec<_> = files.into_iter().filter(|bytes| feed_rs::parser::parse(bytes.as_slice()).is_ok()).collect();
    let n_bytes = files.iter().map(Vec::len).sum();
    let n_entries = |bytes: &Vec<u8>| feed_in::read(black_box(bytes), &Origin::default()).map_or(0, |feed| feed.entries.len());
    for _ in 0..n_rounds {
        timed("feed-rs", n_bytes, || {
            files.iter().map(|bytes| feed_rs::parser::parse(black_box(bytes.as_slice())).map_or(0, |feed| feed.entries.len())).sum()
        })?;
        timed("courant", n_bytes, || files.iter().map(n_entries).sum())?;
    }
    Ok(())
}

fn reading() -> Result<Reading<'static>, Box<dyn Error>> {
    Ok(Reading { now: "2026-11-24T12:00:00Z".parse()?, base_url: Some("https://news.example") })
}

fn ninjs_lines(file: &Path, n_rounds: usize) -> Result<(), Box<dyn Error>> {
    let (lines, reading) = (std::fs::read(file)?, reading()?);
    for _ in 0..n_rounds {
        timed("courant", lines.len(), || {
            source::items(lines.as_slice(), "rate.jsonl")
                .filter(|line| line.as_ref().is_ok_and(|line| ninjs::read(&line.bytes, &reading).is_ok()))
                .count()
        })?;
        timed("serde-value", lines.len(), || {
            lines.split(|byte| *byte == b'\n').filter(|line| serde_json::from_slice::<serde_json::Value>(line).is_ok()).count()
        })?;
    }
    Ok(())
}

fn newsml(file: &Path, n_rounds: usize) -> Result<(), Box<dyn Error>> {
    let (lines, reading) = (std::fs::read(file)?, reading()?);
    let writing = Writing { base_url: "https://news.example", audience: Audience::Client };
    let mut items = Vec::new();
    for line in source::items(lines.as_slice(), "rate.jsonl").take(2_000) {
        if let Ok(read) = ninjs::read(&line?.bytes, &reading)
            && let Content::Story(item) = read.content
        {
            items.push(*item);
        }
    }
    let message = newsml_g2::write_message(items.iter().map(newsml_g2::Entry::Story), reading.now, &writing);
    for _ in 0..n_rounds {
        timed("courant", message.len(), || {
            newsml_g2::read(black_box(message.as_bytes()), &reading).iter().filter(|arrival| arrival.read.is_ok()).count()
        })?;
        timed("quick-xml", message.len(), || {
            let mut reader = quick_xml::Reader::from_str(&message);
            let mut n_events = 0;
            while !matches!(reader.read_event(), Ok(quick_xml::events::Event::Eof) | Err(_)) {
                n_events += 1;
            }
            n_events
        })?;
    }
    Ok(())
}

/// A document of one kind, made while it is written.
fn stream(kind: &str, n_bytes: u64) -> Result<(), Box<dyn Error>> {
    const WORDS: &str = "The harbour board said on Tuesday that cargo of tea and coffee rose by 4.3 pct in the third quarter. ";
    let copy = WORDS.repeat(8);
    let (head, tail) = match kind {
        "ninjs" => ("", ""),
        "newsml-g2" => (
            "<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><header><sent>2026-11-24T08:00:00Z</sent></header><itemSet>\n",
            "</itemSet></newsMessage>\n",
        ),
        "rss" | "wxr" => (
            "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:wp=\"http://wordpress.org/export/1.2/\">\
             <channel><title>Bench</title><link>https://bench.example</link><wp:wxr_version>1.2</wp:wxr_version>\n",
            "</channel></rss>\n",
        ),
        _ => return Err(format!("no stream of {kind} is made here").into()),
    };
    let mut out = BufWriter::with_capacity(1 << 20, std::io::stdout().lock());
    out.write_all(head.as_bytes())?;
    let mut n_written = head.len() as u64;
    let mut number = 0_u64;
    while n_written < n_bytes {
        number += 1;
        let item = match kind {
            "ninjs" => format!(
                "{{\"uri\":\"tag:bench.example,2026:{number}\",\"type\":\"text\",\"version\":\"1\",\"language\":\"en\",\
                 \"versionCreated\":\"2026-11-24T08:00:00Z\",\"headlines\":[{{\"value\":\"Cargo rises, {number}\"}}],\
                 \"bodies\":[{{\"contentType\":\"text/html\",\"value\":\"<p>{copy}</p>\"}}]}}\n"
            ),
            "newsml-g2" => format!(
                "<newsItem guid=\"tag:bench.example,2026:{number}\" version=\"1\" xml:lang=\"en\"><itemMeta><versionCreated>2026-11-24T08:00:00Z\
                 </versionCreated></itemMeta><contentMeta><headline>Cargo rises, {number}</headline></contentMeta><contentSet><inlineXML>\
                 <html><body><p>{copy}</p></body></html></inlineXML></contentSet></newsItem>\n"
            ),
            _ => format!(
                "<item><title>Cargo rises, {number}</title><link>https://bench.example/{number}</link><guid>https://bench.example/{number}</guid>\
                 <pubDate>Tue, 24 Nov 2026 08:00:00 GMT</pubDate><wp:post_id>{number}</wp:post_id><wp:post_type>post</wp:post_type>\
                 <wp:status>publish</wp:status><content:encoded><![CDATA[<p>{copy}</p>]]></content:encoded></item>\n"
            ),
        };
        out.write_all(item.as_bytes())?;
        n_written += item.len() as u64;
    }
    out.write_all(tail.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Something to read, as long as one likes, and who reads it.
type Hostile = (&'static str, fn(usize) -> String, fn(&[u8]));

/// Reads what was made to take long, and twice as much: time in proportion doubles, the square of it would be four times.
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn growth() -> Result<(), Box<dyn Error>> {
    let cases: Vec<Hostile> = vec![
        ("feed: a document type again and again", |len| format!("<rss>{}", "<![>".repeat(len / 4)), feed),
        (
            "feed: entities in entities",
            |len| format!("<!DOCTYPE r [{}]><rss><channel><title>&a;</title>", "<!ENTITY a '&a;&a;'>".repeat(len / 20)),
            feed,
        ),
        ("feed: attributes without end", |len| format!("<rss><channel><item {}>", "a='1' ".repeat(len / 6)), feed),
        ("feed: quotes that do not close", |len| format!("<rss><channel>{}", "<a b=\"".repeat(len / 6)), feed),
        ("feed: ends of what is not open", |len| format!("<rss><channel><item><description>{}", "</b>".repeat(len / 4)), feed),
        (
            "feed: one story again and again",
            |len| format!("<rss><channel>{}", "<item><guid>1</guid><link>http://a.b/c</link></item>".repeat(len / 52)),
            feed,
        ),
        (
            "feed: one id for many stories",
            |len| {
                let item = |idx| format!("<item><guid>{}</guid><title>{idx}</title><link>http://a.b/{idx}</link></item>", idx / 2);
                let items = (0..len / 60).map(item).collect::<Vec<_>>().concat();
                format!("<rss><channel>{items}")
            },
            feed,
        ),
        ("html: marks that overlap", |len| "<b><i></b></i>".repeat(len / 14), markup),
        ("html: open marks", |len| "<b>".repeat(len / 3), markup),
        ("html: open paragraphs in cells", |len| "<table><td><p>".repeat(len / 14), markup),
        ("html: references", |len| "&notit;".repeat(len / 7), markup),
        ("html: attributes", |len| format!("<a {}>x", "b=1 ".repeat(len / 4)), markup),
        ("html: scripts that do not end", |len| "<script>".repeat(len / 8), markup),
        ("html: comments that do not end", |len| "<!--".repeat(len / 4), markup),
        ("html: lines of a list", |len| format!("<ul>{}", "<li>x".repeat(len / 5)), markup),
        ("xml: elements", |len| format!("<newsItem>{}</newsItem>", "<a/>".repeat(len / 4)), g2),
        ("xml: references nobody declared", |len| format!("<newsItem><a>{}</a></newsItem>", "&x;".repeat(len / 3)), g2),
        ("xml: a long attribute", |len| format!("<newsItem a='{}'/>", "x".repeat(len)), g2),
        (
            "xml: subjects of one code",
            |len| format!("<newsItem guid='a'><contentMeta>{}</contentMeta></newsItem>", "<subject qcode='a:b'/>".repeat(len / 22)),
            g2,
        ),
        (
            "nitf: paragraphs",
            |len| format!("<nitf><body><body.content>{}</body.content></body></nitf>", "<p>x</p>".repeat(len / 8)),
            |bytes| {
                black_box(nitf::read(bytes, &reading_now()));
            },
        ),
        (
            "newsml 1: items",
            |len| format!("<NewsML>{}</NewsML>", "<NewsItem/>".repeat(len / 11)),
            |bytes| {
                black_box(newsml1::read(bytes, &reading_now()));
            },
        ),
        (
            "ninjs: an array",
            |len| format!("{{\"uri\":\"a:b\",\"subjects\":[{}{{}}]}}", "{},".repeat(len / 3)),
            |bytes| {
                black_box(ninjs::read(bytes, &reading_now())).ok();
            },
        ),
        (
            "ninjs: open arrays",
            |len| "[".repeat(len),
            |bytes| {
                black_box(ninjs::read(bytes, &reading_now())).ok();
            },
        ),
        (
            "wire: separators",
            |len| "\u{1}\u{2}\u{3}\u{4}".repeat(len / 4),
            |bytes| {
                black_box(iptc7901::read(bytes, &reading_now()));
            },
        ),
        (
            "wxr: items",
            |len| format!("<rss><channel>{}</channel></rss>", "<item/>".repeat(len / 7)),
            |bytes| {
                black_box(wxr::arrivals(bytes, &reading_now()));
            },
        ),
        (
            "encoding: bytes of no encoding",
            |len| "\u{e9}x".repeat(len / 3),
            |bytes| {
                black_box(encoding::decode(&bytes[1..], Some("iso-2022-jp")));
            },
        ),
    ];
    for (name, make, read) in cases {
        let mut times = [0_u64; 2];
        for (size_idx, time) in times.iter_mut().enumerate() {
            let made = make(GROWTH_LEN_BYTES << size_idx);
            *time = u64::MAX;
            for _ in 0..3 {
                let began = core_nanos()?;
                read(black_box(made.as_bytes()));
                *time = (core_nanos()? - began).min(*time);
            }
        }
        println!("{} {} {name}", times[0], times[1]);
    }
    Ok(())
}

/// How long the shorter of two hostile documents is.
const GROWTH_LEN_BYTES: usize = 1 << 20;

fn reading_now() -> Reading<'static> {
    Reading { now: jiff::Timestamp::UNIX_EPOCH, base_url: None }
}

fn feed(bytes: &[u8]) {
    black_box(feed_in::read(bytes, &Origin::default())).ok();
}

fn markup(bytes: &[u8]) {
    black_box(html::to_blocks(std::str::from_utf8(bytes).unwrap_or_default()));
}

fn g2(bytes: &[u8]) {
    black_box(newsml_g2::read(bytes, &reading_now()));
}
