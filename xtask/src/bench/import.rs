//! The whole import: wire, site and index.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::Context;
use serde_json::Value;

use super::process::output_within;
use super::table::{begin, ratio, row};
use super::{Bench, stats};
use crate::run;

/// Stories a second.
const GOAL: f64 = 5_000.0;
/// Bytes on the disk for each of the source.
const DISK_GOAL: f64 = 1.2;
/// Runs into an empty directory; the median counts.
const RUNS: usize = 3;
/// No import measured here takes longer.
const TIMEOUT: Duration = Duration::from_mins(30);
/// A directory that holds a whole import holds this file.
const COMPLETE: &str = "complete";

pub(super) fn measure(bench: &Bench) -> anyhow::Result<()> {
    let corpus = bench.reuters_lines()?;
    let data = bench.data("reuters");
    let mut rates = Vec::new();
    let mut n_stories = 0;
    for _ in 0..RUNS {
        let summary = fresh(bench, &corpus, &data)?;
        n_stories = summary["read"].as_u64().unwrap_or(0);
        rates.push(rate(&summary)?);
    }
    let known = rate(&import(bench, &corpus, &data)?)?;

    begin(&["what", "goal", "measured", "of the goal"]);
    let each: Vec<String> = rates.iter().map(|rate| format!("{rate:.0}")).collect();
    let middle = stats::median(&rates);
    let measured = format!("{middle:.0} stories/s (runs {})", each.join(", "));
    row(&[&format!("{n_stories} Reuters stories, empty directory"), &format!("{GOAL} stories/s"), &measured, &ratio(middle, GOAL)]);
    row(&["the same again, all known", "", &format!("{known:.0} stories/s"), ""]);
    let source = fs::metadata(&corpus)?.len();
    let disk = stats::per(size(&data)?, source);
    let part = |part: &str| Ok::<_, anyhow::Error>(format!("{part} {:.2}", stats::per(size(&data.join(part))?, source)));
    let measured = format!("{disk:.2} ({}, {}, {})", part("newsroom.db")?, part("site.db")?, part("index")?);
    row(&["disk per byte of the source, Reuters", &DISK_GOAL.to_string(), &measured, &ratio(disk, DISK_GOAL)]);
    Ok(())
}

/// Imports into an emptied directory.
pub(super) fn fresh(bench: &Bench, corpus: &Path, data: &Path) -> anyhow::Result<Value> {
    if data.exists() {
        fs::remove_dir_all(data).with_context(|| format!("cannot remove {}", data.display()))?;
    }
    let summary = import(bench, corpus, data)?;
    fs::write(data.join(COMPLETE), "")?;
    Ok(summary)
}

/// Whether an import into this directory came to its end.
pub(super) fn is_complete(data: &Path) -> bool {
    data.join(COMPLETE).exists()
}

/// An import ends with 1 when it refused a story, which is not a failure here.
fn import(bench: &Bench, corpus: &Path, data: &Path) -> anyhow::Result<Value> {
    let mut command = run::command(&bench.binary);
    command.args(["import", "ninjs", "--json"]).arg(corpus).arg("--data").arg(data).stderr(Stdio::null());
    let (status, said) = output_within(&mut command, TIMEOUT)?;
    serde_json::from_str(&said).with_context(|| format!("the import of {} printed no summary and ended with {status}", corpus.display()))
}

pub(super) fn rate(summary: &Value) -> anyhow::Result<f64> {
    summary["per_second"].as_f64().with_context(|| format!("no rate in {summary}"))
}

/// Bytes of a file, or of all files below a folder.
pub(super) fn size(path: &Path) -> anyhow::Result<u64> {
    let metadata = fs::metadata(path).with_context(|| format!("cannot look at {}", path.display()))?;
    if !metadata.is_dir() {
        return Ok(metadata.len());
    }
    let mut bytes = 0;
    for entry in fs::read_dir(path)? {
        bytes += size(&entry?.path())?;
    }
    Ok(bytes)
}
