//! Pages of lists, first visits: cursors deep in them, sections, subjects and places, days, filters.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::time::{Duration, Instant};

use anyhow::Context;

use super::Bench;
use super::corpora::Corpus;
use super::http::{Answer, Client};
use super::mover::{MOVES_PER_SECOND, Newsroom};
use super::process::Server;
use super::search::queries;
use super::stats::{median, ms, quantile};
use super::table::{begin, row};

/// Addresses of each kind, for the newsroom at rest and at work each; a kind may have fewer.
const N_ADDRESSES: usize = 100;
/// Places in the list where stories are looked at for their sections, subjects and places, and stories looked at in each.
const N_LOOKS: u64 = 20;
const N_STORIES: usize = 10;

/// Lists of one kind.
struct Kind {
    name: &'static str,
    /// Twice as many as are asked for in one go, all different.
    addresses: Vec<String>,
}

pub(super) fn measure(bench: &Bench) -> anyhow::Result<()> {
    for corpus in bench.corpora()? {
        let words: Vec<String> = queries::prepare(bench, &corpus)?.timed;
        let server = Server::start(bench, &corpus.data)?;
        let kinds = kinds(&server, &corpus, &words)?;
        println!("\n{} stories; milliseconds of whole pages over HTTP, first visits.", corpus.name);
        begin(&["list", "addresses", "p50", "p99", &format!("{MOVES_PER_SECOND} stories/s moving: p50"), "p99"]);
        for kind in kinds {
            let mut client = server.client()?;
            let resting: Vec<f64> = kind.addresses.iter().step_by(2).map(|path| visit(&mut client, path)).collect::<anyhow::Result<_>>()?;
            let newsroom = Newsroom::at_work(bench, &corpus.data);
            std::thread::sleep(Duration::from_secs(1));
            let moving: Vec<f64> =
                kind.addresses.iter().skip(1).step_by(2).map(|path| visit(&mut client, path)).collect::<anyhow::Result<_>>()?;
            newsroom.rest()?;
            let figure = |times: &[f64], q| format!("{:.2}", quantile(times, q));
            row(&[
                kind.name,
                &resting.len().to_string(),
                &format!("{:.2}", median(&resting)),
                &figure(&resting, 0.99),
                &format!("{:.2}", median(&moving)),
                &figure(&moving, 0.99),
            ]);
        }
    }
    Ok(())
}

fn visit(client: &mut Client, path: &str) -> anyhow::Result<f64> {
    let began = Instant::now();
    let answer = client.get(path, "Accept-Encoding: gzip\r\n")?;
    let took = ms(began.elapsed());
    anyhow::ensure!(answer.status == 200, "{path} answered {}", answer.status);
    Ok(took)
}

fn kinds(server: &Server, corpus: &Corpus, words: &[String]) -> anyhow::Result<Vec<Kind>> {
    let mut client = server.client()?;
    let head = head(&client.get("/all", "")?)?;
    let (mut sections, mut filings) = (BTreeSet::new(), BTreeSet::new());
    for look in 1..=N_LOOKS {
        for path in server.stories(head * look / (N_LOOKS + 1), N_STORIES)? {
            sections.extend(path.split('/').nth(1).map(|section| format!("/{section}")));
            let page = client.get(&path, "")?;
            filings.extend(links(&page).filter(|link| is_filing(link)));
        }
    }
    let sections: Vec<String> = sections.into_iter().collect();
    let filings: Vec<String> = filings.into_iter().collect();
    anyhow::ensure!(!filings.is_empty(), "no story of {} leads to a subject or a place", corpus.name);
    let word = |number: usize| words[number % words.len()].split(' ').next().unwrap_or_default();
    let cursor = |number: usize| head - head * number as u64 / (2 * N_ADDRESSES as u64 + 1);
    let make = |address: &dyn Fn(usize) -> String| -> Vec<String> {
        let all: Vec<String> = (0..2 * N_ADDRESSES).map(address).collect();
        let mut known = BTreeSet::new();
        all.into_iter().filter(|address| known.insert(address.clone())).collect()
    };
    // Every other address is for the newsroom at work: both halves go through the same lists.
    let of = |list: &[String], number: usize| list[number % list.len()].clone();
    let days = days(corpus)?;
    Ok(vec![
        Kind { name: "`/all?before=`, from end to end", addresses: make(&|number| format!("/all?before={}", cursor(number))) },
        Kind {
            name: "sections, from end to end",
            addresses: make(&|number| format!("{}?before={}", of(&sections, number / 2), cursor(number))),
        },
        Kind { name: "subjects and places, newest", addresses: make(&|number| of(&filings, number)) },
        Kind {
            name: "subjects and places, from end to end",
            addresses: make(&|number| format!("{}?before={}", of(&filings, number / 2), cursor(number))),
        },
        Kind { name: "days", addresses: make(&|number| of(&days, number * days.len().div_ceil(2 * N_ADDRESSES))) },
        Kind {
            name: "`/all` by section and language, from end to end",
            addresses: make(&|number| format!("/all?section={}&lang=en&before={}", &of(&sections, number / 2)[1..], cursor(number))),
        },
        Kind { name: "`/all` with a word", addresses: make(&|number| format!("/all?q={}&before={}", word(number), cursor(number))) },
        Kind { name: "`/all` without a word", addresses: make(&|number| format!("/all?mute={}&before={}", word(number), cursor(number))) },
    ])
}

/// Where the list begins, by its link to the next page.
fn head(page: &Answer) -> anyhow::Result<u64> {
    let older = links(page).find_map(|link| link.strip_prefix("/all?before=")?.parse().ok());
    older.context("/all has one page only")
}

fn is_filing(link: &str) -> bool {
    let parts: Vec<&str> = link.split('/').collect();
    matches!(parts.as_slice(), ["", "topics" | "places", name] if !name.contains(['.', '?', '#']))
}

fn links(page: &Answer) -> impl Iterator<Item = String> {
    let text = String::from_utf8_lossy(&page.body).into_owned();
    let links: Vec<String> = text.split("href=\"").skip(1).filter_map(|rest| Some(rest.split('"').next()?.replace("&amp;", "&"))).collect();
    links.into_iter()
}

/// The days on which stories moved.
fn days(corpus: &Corpus) -> anyhow::Result<Vec<String>> {
    const FIELD: &str = "\"versionCreated\":\"";
    let mut days = BTreeSet::new();
    for line in BufReader::with_capacity(1 << 20, File::open(&corpus.lines)?).lines() {
        let line = line?;
        let day = line.find(FIELD).and_then(|at| line.get(at + FIELD.len()..at + FIELD.len() + "2026-11-01".len()));
        days.insert(day.context("a story of the corpus has no versionCreated")?.replace('-', "/"));
    }
    Ok(days.into_iter().map(|day| format!("/{day}")).collect())
}
