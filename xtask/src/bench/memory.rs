//! Memory and start.

use std::fs;
use std::time::Duration;

use super::Bench;
use super::corpora::Corpus;
use super::import::size;
use super::process::{Server, have, load};
use super::stats::{median, ms, per};
use super::table::{begin, row};

/// Starts; the median counts.
const STARTS: usize = 5;
/// Until a fresh server has nothing left to do.
const SETTLE: Duration = Duration::from_secs(2);
const MIB: u64 = 1 << 20;
/// Entries before this one are stories of the corpus, not of a measurement.
const ARCHIVE: u64 = 10_000;

pub(super) fn measure(bench: &Bench) -> anyhow::Result<()> {
    let corpora = bench.corpora()?;
    begin(&["what", "goal", "measured"]);
    for (corpus, (start_goal, memory_goal)) in corpora.iter().zip([("200 ms", "40 MiB"), ("1 s", "250 MiB")]) {
        of(bench, corpus, start_goal, memory_goal)?;
    }
    Ok(())
}

fn of(bench: &Bench, corpus: &Corpus, start_goal: &str, memory_goal: &str) -> anyhow::Result<()> {
    let name = &corpus.name;
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        starts.push(ms(Server::start(bench, &corpus.data)?.first_page));
    }
    let each: Vec<String> = starts.iter().map(|start| format!("{start:.0}")).collect();
    row(&[&format!("start to the first page, {name}"), start_goal, &format!("{:.0} ms (runs {})", median(&starts), each.join(", "))]);
    let server = Server::start(bench, &corpus.data)?;
    std::thread::sleep(SETTLE);
    row(&[&format!("memory idle, {name}"), memory_goal, &format!("{:.1} MiB PSS", per(server.process.pss(), MIB))]);
    let mut client = server.client()?;
    for path in server.stories(ARCHIVE, 200)? {
        client.get(&path, "Accept-Encoding: br\r\n")?;
    }
    let loaded = if have("wrk", "wrk") {
        load(&server.process, server.addr, "/", "Accept-Encoding: br", 3)?;
        format!("{:.1} MiB PSS", per(server.process.pss(), MIB))
    } else {
        "not measured: wrk is missing and could not be installed (`apt-get install wrk`)".to_owned()
    };
    row(&[&format!("memory after 200 pages and 3 s of load, {name}"), "", &loaded]);
    let (disk, source) = (size(&corpus.data)?, fs::metadata(&corpus.lines)?.len());
    row(&[&format!("disk per byte of the source, {name}"), "1.2", &format!("{:.2}", per(disk, source))]);
    Ok(())
}
