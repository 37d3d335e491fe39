//! Reads documents over and over and says what each reader took of one core: what `cargo xtask bench formats` asks.
//!
//! `cargo run --release -p courant-formats --example rate -- feeds FOLDER [ROUNDS]` reads every file of a folder, by us and by
//! the bare parser in turn; `… -- ninjs FILE [ROUNDS]` a file of JSON Lines; `… -- newsml FILE [ROUNDS]` the same stories as one
//! message of NewsML-G2. Each line of the answer is the reader, the bytes it read, and nanoseconds of its core for them,
//! one line a round. Time is what the kernel gave this thread, so that others on the machine count little.

use std::error::Error;
use std::hint::black_box;
use std::path::Path;

use courant_formats::feed_in::{self, Origin};
use courant_formats::incoming::{Content, Reading};
use courant_formats::ninjs::{self, Audience, Writing};
use courant_formats::{newsml_g2, source};

/// As the binary has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Rounds, unless told otherwise.
const ROUNDS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (part, path, n_rounds) = match arguments.as_slice() {
        [part, path] => (part.as_str(), Path::new(path), ROUNDS),
        [part, path, n_rounds] => (part.as_str(), Path::new(path), n_rounds.parse()?),
        _ => return Err("what is read, and from where? rate feeds|ninjs|newsml PATH [ROUNDS]".into()),
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
