//! The whole import: wire, site and index.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use anyhow::Context;
use serde_json::Value;

use super::{Bench, row, stats};
use crate::run;

/// Stories a second.
const GOAL: &str = "5,000 stories/s";
/// Runs into an empty directory; the median counts.
const RUNS: usize = 3;

pub(super) fn measure(bench: &Bench) -> anyhow::Result<()> {
    let corpus = bench.corpus()?;
    let data = bench.folder.join("reuters");
    let mut rates = Vec::new();
    let mut n_stories = 0;
    for _ in 0..RUNS {
        let summary = fresh(bench, &corpus, &data)?;
        n_stories = summary["read"].as_u64().unwrap_or(0);
        rates.push(rate(&summary)?);
    }
    let each: Vec<String> = rates.iter().map(|rate| format!("{rate:.0}")).collect();
    let measured = format!("{:.0} stories/s (runs {})", stats::median(&rates), each.join(", "));
    row(&format!("{n_stories} Reuters stories, empty directory"), GOAL, &measured);
    let known = import(bench, &corpus, &data)?;
    row("the same again: all known", "", &format!("{:.0} stories/s", rate(&known)?));
    let source = fs::metadata(&corpus)?.len();
    row(
        "disk per byte of the source",
        "1.2",
        &format!("{:.2} of {:.1} MB", stats::per(size(&data)?, source), stats::per(source, 1_000_000)),
    );
    for part in ["newsroom.db", "site.db", "index"] {
        row(&format!("of it {part}"), "", &format!("{:.2}", stats::per(size(&data.join(part))?, source)));
    }
    Ok(())
}

/// Imports into an emptied directory.
pub(super) fn fresh(bench: &Bench, corpus: &Path, data: &Path) -> anyhow::Result<Value> {
    if data.exists() {
        fs::remove_dir_all(data).with_context(|| format!("cannot remove {}", data.display()))?;
    }
    let summary = import(bench, corpus, data)?;
    fs::write(data.join("complete"), "")?;
    Ok(summary)
}

/// An import ends with 1 when it refused a story, which is not a failure here.
fn import(bench: &Bench, corpus: &Path, data: &Path) -> anyhow::Result<Value> {
    let mut command = run::command(&bench.binary);
    command.args(["import", "ninjs", "--json"]).arg(corpus).arg("--data").arg(data).stderr(Stdio::null());
    let output = command.output().context("cannot start the import")?;
    serde_json::from_slice(&output.stdout)
        .with_context(|| format!("the import of {} printed no summary and ended with {}", corpus.display(), output.status))
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
