//! How fast the readers of formats are, beside the parsers one would otherwise use, what memory a long import takes, and
//! whether time grows with length alone.
//!
//! The readers run in an example program of `courant-formats`, as this one may not know the crate.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, ensure};

use super::process::read_within;
use super::table::{begin, left_out, ratio, row};
use super::{Bench, stats};
use crate::run;

/// Rounds of each reader in turn; the median counts.
const ROUNDS: &str = "5";
/// Rounds of feedparser, which takes seconds for one.
const FEEDPARSER_ROUNDS: usize = 3;
const FEEDPARSER: &str = "feedparser==6.0.14";
/// Megabytes a second of one core.
const NINJS_GOAL: f64 = 100.0;
const NEWSML_GOAL: f64 = 50.0;
/// Of the bare parser of feeds, and times feedparser.
const FEED_RS_GOAL: f64 = 0.5;
const FEEDPARSER_GOAL: f64 = 40.0;
/// The document whose import must take no more memory than a short one.
const STREAM_LEN_BYTES: u64 = 2 << 30;
/// Twice the length takes twice the time; more than this is more than proportional.
const GROWTH_MAX: f64 = 3.0;
const TIMEOUT: Duration = Duration::from_mins(20);
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Reads every file of a folder with feedparser as it comes, sanitising included, and prints bytes and nanoseconds of each round.
const READ_WITH_FEEDPARSER: &str = "
import os, sys, time
import feedparser
folder, n_rounds = sys.argv[1], int(sys.argv[2])
files = [open(os.path.join(folder, name), 'rb').read() for name in sorted(os.listdir(folder))]
for _ in range(n_rounds):
    began = time.process_time_ns()
    n_read = sum(len(feedparser.parse(data).entries) for data in files)
    print('feedparser', sum(map(len, files)), time.process_time_ns() - began, n_read)
";

pub(super) fn measure(bench: &Bench) -> anyhow::Result<()> {
    run::run(run::cargo().args(["build", "--quiet", "--release", "-p", "courant-formats", "--example", "rate"]))?;
    feeds(bench)?;
    documents(bench)?;
    growth()?;
    memory(bench)
}

fn example() -> PathBuf {
    run::root().join("target/release/examples/rate")
}

/// Megabytes a second of each reader, and how many items it found.
type Rates = BTreeMap<String, (Vec<f64>, u64)>;

fn rates(said: &str) -> anyhow::Result<Rates> {
    let mut rates = Rates::new();
    for line in said.lines() {
        let [reader, n_bytes, nanos, n_items] = line.split(' ').collect::<Vec<_>>()[..] else { anyhow::bail!("it said {line:?}") };
        let rate = stats::per(n_bytes.parse::<u64>()? * 1_000, nanos.parse()?);
        let (known, n_known) = rates.entry(reader.to_owned()).or_default();
        known.push(rate);
        *n_known = n_items.parse()?;
    }
    Ok(rates)
}

fn median(rates: &Rates, reader: &str) -> f64 {
    rates.get(reader).map_or(0.0, |(rates, _)| stats::median(rates))
}

fn feeds(bench: &Bench) -> anyhow::Result<()> {
    let data = std::env::var_os("COURANT_DATA").map_or_else(|| run::root().join("../shared/data"), PathBuf::from);
    let packed = data.join("feeds-realworld/feeds.tar.zst");
    if !packed.exists() {
        left_out("feeds", &format!("there is no {}", packed.display()));
        return Ok(());
    }
    let folder = unpacked(bench, &packed)?;
    let mut rates = rates(&read_within(run::command(example()).arg("feeds").arg(&folder).arg(ROUNDS), TIMEOUT)?)?;
    match feedparser(bench, &folder) {
        Ok(said) => rates.extend(self::rates(&said)?),
        Err(error) => left_out("feedparser", &format!("{error:#}")),
    }
    begin(&["reader of the captured feeds", "MB/s of one core", "entries", "beside feed-rs", "beside feedparser"]);
    for (name, reader) in [("Courant, sanitised, each story once", "courant"), ("feed-rs, bare", "feed-rs"), ("feedparser", "feedparser")] {
        let Some((_, n_entries)) = rates.get(reader) else { continue };
        let ours = median(&rates, reader);
        row(&[
            name,
            &format!("{ours:.1}"),
            &n_entries.to_string(),
            &ratio(ours, median(&rates, "feed-rs")),
            &ratio(ours, median(&rates, "feedparser")),
        ]);
    }
    println!("\nGoals: {FEED_RS_GOAL}x of feed-rs, {FEEDPARSER_GOAL}x of feedparser.");
    Ok(())
}

fn unpacked(bench: &Bench, packed: &Path) -> anyhow::Result<PathBuf> {
    let folder = bench.folder.join("feeds");
    if !folder.exists() {
        let partial = bench.folder.join("feeds.partial");
        fs::create_dir_all(&partial)?;
        let archive = bench.folder.join("feeds.tar");
        zstd::stream::copy_decode(File::open(packed)?, File::create(&archive)?)?;
        run::run(run::command("tar").arg("-xf").arg(&archive).arg("-C").arg(&partial))?;
        fs::remove_file(&archive)?;
        fs::rename(&partial, &folder)?;
    }
    Ok(folder)
}

/// What feedparser takes, installed into an environment of its own when absent.
fn feedparser(bench: &Bench, folder: &Path) -> anyhow::Result<String> {
    let environment = bench.folder.join("feedparser");
    let python = environment.join("bin/python3");
    if !python.exists() {
        run::run(run::command("python3").args(["-m", "venv"]).arg(&environment)).context("it needs python3 with venv")?;
        run::run(run::command(environment.join("bin/pip")).args(["install", "--quiet", FEEDPARSER])).context("pip cannot install it")?;
    }
    read_within(run::command(python).args(["-c", READ_WITH_FEEDPARSER]).arg(folder).arg(FEEDPARSER_ROUNDS.to_string()), TIMEOUT)
}

fn documents(bench: &Bench) -> anyhow::Result<()> {
    let lines = bench.reuters_lines()?;
    begin(&["reader", "goal MB/s", "MB/s of one core", "items", "of the goal", "beside"]);
    for (part, name, goal, peer, peer_name) in [
        ("ninjs", "ninjs, Reuters as JSON Lines, to stories", NINJS_GOAL, "serde-value", "serde_json to values"),
        ("newsml", "NewsML-G2, 2,000 of them as one message, to stories", NEWSML_GOAL, "quick-xml", "quick-xml, events alone"),
    ] {
        let rates = rates(&read_within(run::command(example()).arg(part).arg(&lines).arg(ROUNDS), TIMEOUT)?)?;
        let (ours, theirs) = (median(&rates, "courant"), median(&rates, peer));
        let n_items = rates.get("courant").map_or(0, |(_, n_items)| *n_items);
        row(&[
            name,
            &format!("{goal}"),
            &format!("{ours:.1}"),
            &n_items.to_string(),
            &ratio(ours, goal),
            &format!("{} of {peer_name} ({theirs:.0})", ratio(ours, theirs)),
        ]);
    }
    Ok(())
}

/// Reads what was made to take long, and twice as much.
fn growth() -> anyhow::Result<()> {
    let said = read_within(run::command(example()).arg("growth"), TIMEOUT)?;
    begin(&["made to take long, 1 MiB", "ms", "twice as much"]);
    let mut too_much = Vec::new();
    for line in said.lines() {
        let [once, twice, name] = line.splitn(3, ' ').collect::<Vec<_>>()[..] else { anyhow::bail!("it said {line:?}") };
        let (once, twice) = (once.parse::<u64>()?, twice.parse::<u64>()?);
        let grown = stats::per(twice, once);
        row(&[name, &format!("{:.2}", stats::per(once, 1_000_000)), &format!("{grown:.2}x")]);
        // A microsecond is noise.
        if GROWTH_MAX < grown && 2_000_000 < twice {
            too_much.push(name.to_owned());
        }
    }
    ensure!(too_much.is_empty(), "time grows more than length does: {}", too_much.join("; "));
    Ok(())
}

/// Imports documents of two gigabytes that nobody stores, and watches the memory of the process.
fn memory(bench: &Bench) -> anyhow::Result<()> {
    begin(&["`courant import KIND - --dry-run`, from a pipe", "bytes", "seconds", "memory at most, MB"]);
    for kind in ["ninjs", "newsml-g2", "rss", "wxr"] {
        for n_bytes in [STREAM_LEN_BYTES / 32, STREAM_LEN_BYTES] {
            let began = std::time::Instant::now();
            let most = import_of_stream(bench, kind, n_bytes)?;
            row(&[
                kind,
                &n_bytes.to_string(),
                &format!("{:.1}", began.elapsed().as_secs_f64()),
                &format!("{:.0}", stats::per(most, 1_000_000)),
            ]);
        }
    }
    Ok(())
}

fn import_of_stream(bench: &Bench, kind: &str, n_bytes: u64) -> anyhow::Result<u64> {
    let mut writer = run::command(example());
    let mut writer = writer.args(["stream", kind, &n_bytes.to_string()]).stdout(Stdio::piped()).spawn()?;
    let stream = writer.stdout.take().context("its output is not piped")?;
    let mut import = Command::new(&bench.binary);
    import.args(["import", kind, "-", "--dry-run"]).stdin(stream).stdout(Stdio::null()).stderr(Stdio::null());
    let mut import = import.spawn().context("cannot start the import")?;
    let mut most = 0;
    let status = loop {
        most = most.max(resident_most(import.id()));
        if let Some(status) = import.try_wait()? {
            break status;
        }
        std::thread::sleep(LOOK_EVERY);
    };
    writer.wait()?;
    ensure!(status.success(), "the import of {n_bytes} bytes of {kind} ended with {status}");
    Ok(most)
}

/// The most memory that a process ever had, in bytes.
fn resident_most(id: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) * 1024
}
