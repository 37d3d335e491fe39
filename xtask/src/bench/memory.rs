//! Memory, start and size.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use super::import::{fresh, rate, size};
use super::process::{Server, have, load};
use super::stats::{median, ms, per};
use super::{Bench, left_out, row};
use crate::run;

/// Starts; the median counts.
const STARTS: usize = 5;
/// Until a fresh server has nothing left to do.
const SETTLE: Duration = Duration::from_secs(2);
const MIB: u64 = 1 << 20;

pub(super) fn measure(bench: &Bench) -> anyhow::Result<()> {
    let binary = fs::metadata(&bench.binary)?.len();
    row("size of the binary", "40 MB", &format!("{:.1} MB", per(binary, 1_000_000)));
    of(bench, "Reuters", &bench.reuters()?, "40 MiB")?;
    let n_stories = bench.options.stories;
    if n_stories > 0 {
        let corpus = bench.synthetic(n_stories)?;
        let data = bench.folder.join(format!("synth-{n_stories}"));
        if !data.join("complete").exists() {
            let summary = fresh(bench, &corpus, &data)?;
            row(&format!("import of {n_stories} synthetic stories"), "5,000 stories/s", &format!("{:.0} stories/s", rate(&summary)?));
            let ratio = per(size(&data)?, fs::metadata(&corpus)?.len());
            row("disk per byte of their source", "1.2", &format!("{ratio:.2}"));
        }
        of(bench, &format!("{n_stories} synthetic"), &data, "250 MiB")?;
    }
    if bench.options.cold {
        cold_build(bench)?;
    }
    Ok(())
}

fn of(bench: &Bench, name: &str, data: &Path, memory_goal: &str) -> anyhow::Result<()> {
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        starts.push(ms(Server::start(bench, data)?.first_page));
    }
    let each: Vec<String> = starts.iter().map(|start| format!("{start:.0}")).collect();
    row(&format!("{name}: start to the first page"), "1 s", &format!("{:.0} ms (runs {})", median(&starts), each.join(", ")));
    let server = Server::start(bench, data)?;
    std::thread::sleep(SETTLE);
    row(&format!("{name}: memory idle"), memory_goal, &format!("{:.1} MiB PSS", per(server.process.pss(), MIB)));
    let mut client = server.client()?;
    for path in server.stories(200)? {
        client.get(&path, "Accept-Encoding: br\r\n")?;
    }
    if have("wrk", "wrk") {
        load(&server.process, server.addr, "/", "Accept-Encoding: br", 3)?;
    } else {
        left_out("load", "wrk is missing and could not be installed");
    }
    row(&format!("{name}: after 200 pages and 3 s of load"), "", &format!("{:.1} MiB PSS", per(server.process.pss(), MIB)));
    Ok(())
}

fn cold_build(bench: &Bench) -> anyhow::Result<()> {
    let target = bench.folder.join("cold");
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    let began = Instant::now();
    run::run(run::cargo().args(["build", "--release", "-p", "courant", "--target-dir"]).arg(&target))?;
    row("cold release build", "", &format!("{:.0} s", began.elapsed().as_secs_f64()));
    Ok(fs::remove_dir_all(&target)?)
}
