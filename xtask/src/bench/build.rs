//! The binary: its size, and how long it takes from nothing.

use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::Bench;
use super::process::Process;
use super::stats::per;
use super::table::{begin, left_out, row};
use crate::run;

/// A machine that takes longer measures something else.
const TIMEOUT: Duration = Duration::from_hours(1);

pub(super) fn measure(bench: &Bench) -> anyhow::Result<()> {
    begin(&["what", "goal", "measured"]);
    row(&["binary", "40 MB", &size(&bench.binary)?]);
    if !bench.options.cold {
        left_out("Build from nothing", "it takes minutes; ask for it with --cold");
        return Ok(());
    }
    let target = bench.folder.join("cold");
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    let began = Instant::now();
    let mut command = run::cargo();
    command.args(["build", "--release", "-p", "courant", "--target-dir"]).arg(&target).stdout(Stdio::null());
    let status = Process::start(&mut command)?.wait(TIMEOUT)?;
    anyhow::ensure!(status.success(), "the build ended with {status}");
    let seconds = began.elapsed().as_secs();
    row(&["release build from nothing, its dependencies fetched", "", &format!("{} min {:02} s", seconds / 60, seconds % 60)]);
    row(&["the binary it made", "40 MB", &size(&target.join("release/courant"))?]);
    Ok(fs::remove_dir_all(&target)?)
}

fn size(binary: &std::path::Path) -> anyhow::Result<String> {
    Ok(format!("{:.1} MB", per(fs::metadata(binary)?.len(), 1_000_000)))
}
