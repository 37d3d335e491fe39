//! From the move to the reader: how long until a story is on its page, the list, the feed, the stream and in search.

use std::io::BufRead;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::Context;

use super::Bench;
use super::http::Client;
use super::mover::{move_story, new_word, story};
use super::process::Server;
use super::stats::{median, ms, quantile};
use super::table::{begin, ratio, row};

const N_MOVES: usize = 50;
/// How often a reader asks again.
const POLL: Duration = Duration::from_millis(1);
/// A story that is not visible after this never will be.
const TIMEOUT: Duration = Duration::from_secs(10);
/// From the end of the command to everywhere, 99 of 100 times.
const GOAL_MS: f64 = 100.0;

/// Where a story can be seen, other than on its page and the stream.
const LISTS: [(&str, &str); 3] = [("/all", "/all"), ("/all.rss", "/all.rss"), ("/search", "/search?q=")];

/// What one move came to: for each place the time since the start of the command and since its end.
type Times = Vec<(&'static str, Duration, Duration)>;

pub(super) fn measure(bench: &Bench) -> anyhow::Result<()> {
    let data = bench.reuters()?.data;
    let server = Server::start(bench, &data)?;
    let mut moved: Vec<Times> = Vec::new();
    for _ in 0..N_MOVES {
        moved.push(one(bench, &server, &data, &new_word())?);
    }
    begin(&["visible on", "p50 after the command", "p99 after the command", "p99 after its start"]);
    let mut all = Vec::new();
    let mut all_from_start = Vec::new();
    for (index, (place, ..)) in moved[0].iter().enumerate() {
        let since = |which: fn(&(&'static str, Duration, Duration)) -> Duration| -> Vec<f64> {
            moved.iter().map(|times| ms(which(&times[index]))).collect()
        };
        let (from_start, from_receipt) = (since(|time| time.1), since(|time| time.2));
        line(place, &from_receipt, &from_start, "");
        all.push(from_receipt);
        all_from_start.push(from_start);
    }
    let slowest = |of: &[Vec<f64>]| -> Vec<f64> { (0..N_MOVES).map(|at| of.iter().map(|times| times[at]).fold(0.0, f64::max)).collect() };
    let (everywhere, from_start) = (slowest(&all), slowest(&all_from_start));
    line("**everywhere**", &everywhere, &from_start, &format!(" ({} of the goal)", ratio(quantile(&everywhere, 0.99), GOAL_MS)));
    Ok(())
}

fn line(place: &str, after: &[f64], from_start: &[f64], remark: &str) {
    let p99 = format!("{:.1} ms{remark}", quantile(after, 0.99));
    row(&[place, &format!("{:.1} ms", median(after)), &p99, &format!("{:.1} ms", quantile(from_start, 0.99))]);
}

fn one(bench: &Bench, server: &Server, data: &Path, word: &str) -> anyhow::Result<Times> {
    let stream = server.client()?.open("/all/events")?;
    stream.get_ref().set_read_timeout(Some(TIMEOUT))?;
    let address: Mutex<Option<String>> = Mutex::new(None);

    std::thread::scope(|scope| {
        let address = &address;
        let on_stream = scope.spawn(move || -> anyhow::Result<Instant> {
            for line in stream.lines() {
                let line = line.context("the stream brought nothing")?;
                if let Some(frame) = line.strip_prefix("data:").filter(|frame| frame.contains(word)) {
                    let at = Instant::now();
                    let frame: serde_json::Value = serde_json::from_str(frame)?;
                    let url = frame["url"].as_str().context("a frame without url")?;
                    let path = url.split_once("://").map_or(url, |(_, rest)| rest.find('/').map_or("/", |slash| &rest[slash..]));
                    *address.lock().map_err(|_| anyhow::anyhow!("a reader panicked"))? = Some(path.to_owned());
                    return Ok(at);
                }
            }
            anyhow::bail!("the stream ended")
        });
        let on_page = scope.spawn(move || -> anyhow::Result<Instant> {
            let deadline = Instant::now() + TIMEOUT;
            let mut client = server.client()?;
            while Instant::now() < deadline {
                let known = address.lock().map_err(|_| anyhow::anyhow!("a reader panicked"))?.clone();
                if let Some(path) = known {
                    let answer = client.get(&path, "")?;
                    if answer.status == 200 && answer.contains(word) {
                        return Ok(Instant::now());
                    }
                }
                std::thread::sleep(POLL);
            }
            anyhow::bail!("the page of {word} does not come")
        });
        let on_lists = LISTS.map(|(place, path)| {
            let path = if path.ends_with('=') { format!("{path}{word}") } else { path.to_owned() };
            (place, scope.spawn(move || until_it_links(server.addr, &path, word)))
        });
        // The readers are at work before the story moves.
        std::thread::sleep(Duration::from_millis(30));
        let moved = move_story(bench, data, &story(word))?;

        let join = |reader: std::thread::ScopedJoinHandle<'_, anyhow::Result<Instant>>| {
            reader.join().map_err(|_| anyhow::anyhow!("a reader panicked"))?
        };
        let mut times = Vec::new();
        let mut seen = |place, at: Instant| times.push((place, at - moved.began, at.saturating_duration_since(moved.ended)));
        seen("its page (address taken from the stream)", join(on_page)?);
        seen("/all/events", join(on_stream)?);
        for (place, reader) in on_lists {
            seen(place, join(reader)?);
        }
        Ok(times)
    })
}

/// Asks until the answer has the headline: the word alone also stands in the search field.
fn until_it_links(addr: SocketAddr, path: &str, word: &str) -> anyhow::Result<Instant> {
    let deadline = Instant::now() + TIMEOUT;
    let mut client = Client::connect(addr)?;
    let slug = format!("measured-{word}");
    while Instant::now() < deadline {
        if client.get(path, "")?.contains(&slug) {
            return Ok(Instant::now());
        }
        std::thread::sleep(POLL);
    }
    anyhow::bail!("{path} does not show {word}")
}
