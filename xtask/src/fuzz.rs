//! `cargo xtask fuzz`: the readers, fed what no test thought of.
//!
//! The targets lie in `fuzz`, a workspace of its own: every crate is built there with the marks that libFuzzer follows, which
//! the stable compiler can set, so neither another toolchain nor a tool is needed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use clap::Args;

use crate::run;

/// The marks: which branch was taken, and what numbers were compared.
const RUSTFLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
                         -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
                         -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing";
/// Build scripts and macros are built without marks when a target is named.
const TRIPLE: &str = "x86_64-unknown-linux-gnu";
/// The longest input that is tried, in bytes, also of seeds.
const INPUT_LEN_BYTES_MAX: u64 = 64 << 10;
/// An input that takes longer is a finding, in seconds.
const INPUT_SECONDS_MAX: u32 = 20;
/// As is one that takes more memory, in megabytes.
const MEMORY_MB_MAX: u32 = 2_048;
/// How long each target runs unless told, in seconds.
const SECONDS: u32 = 30;
/// How many seeds of one target are copied.
const SEEDS_MAX: usize = 2_000;

/// A target: its name, and where seeds lie in the data and in the repository.
struct Target {
    name: &'static str,
    data: &'static [&'static str],
    own: &'static [&'static str],
}

const TARGETS: [Target; 19] = [
    Target { name: "feed_in", data: &["feeds-feedparser", "feeds-feed-rs", "feeds-realworld"], own: &[] },
    Target { name: "html", data: &["html-articles", "html-readability", "feeds-feedparser/wellformed/sanitize"], own: &[] },
    Target { name: "check", data: &["feeds-validator", "iptc-newsml-g2", "iptc-ninjs", "feeds-feed-rs"], own: &[] },
    Target { name: "newsml_g2", data: &["iptc-newsml-g2", "agency-wire-samples"], own: &[] },
    Target { name: "ninjs", data: &["iptc-ninjs", "agency-wire-samples"], own: &["crates/courant/demo"] },
    Target { name: "newsml1", data: &["agency-wire-samples"], own: &[] },
    Target { name: "nitf", data: &["agency-wire-samples"], own: &[] },
    Target { name: "iptc7901", data: &["agency-wire-samples"], own: &[] },
    Target { name: "wxr", data: &["migrate-wordpress"], own: &[] },
    Target { name: "ghost", data: &["migrate-ghost"], own: &[] },
    Target { name: "encoding", data: &["feeds-feedparser/encoding", "feeds-realworld/miniflux-encoding"], own: &[] },
    Target { name: "source", data: &["feeds-feed-rs", "iptc-ninjs"], own: &[] },
    Target { name: "repetition", data: &[], own: &["fuzz/seeds/repetition"] },
    Target { name: "filter", data: &[], own: &["fuzz/seeds/filter"] },
    Target { name: "search_query", data: &[], own: &["fuzz/seeds/search_query"] },
    Target { name: "robots", data: &[], own: &["fuzz/seeds/robots"] },
    Target { name: "photo", data: &["photos"], own: &[] },
    Target { name: "rates", data: &["fx-central-banks", "fx-ecb"], own: &[] },
    Target { name: "codec", data: &[], own: &["crates/courant-wire/golden"] },
];

/// Targets that bring the search engine, which takes as long to build as all others.
const WITH_SEARCH: [&str; 2] = ["search_query", "robots"];

/// What to feed, and how long.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// The targets; all without.
    targets: Vec<String>,
    /// How long each runs.
    #[arg(long, default_value_t = SECONDS)]
    seconds: u32,
}

impl Options {
    /// Every target, for as long as the test command takes for each.
    pub(crate) fn all() -> Self {
        Self { targets: Vec::new(), seconds: SECONDS }
    }
}

/// Runs targets one after another and stops at the first finding.
///
/// # Errors
/// When a target is unknown, cannot be built, or found something; then the input lies below `fuzz/artifacts`.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let wanted: Vec<&Target> = if options.targets.is_empty() {
        TARGETS.iter().collect()
    } else {
        let find = |name: &String| {
            let known = || TARGETS.iter().map(|target| target.name).collect::<Vec<_>>().join(", ");
            TARGETS.iter().find(|target| target.name == name).with_context(|| format!("no target is called {name}; there are: {}", known()))
        };
        options.targets.iter().map(find).collect::<anyhow::Result<_>>()?
    };
    let folder = run::root().join("fuzz");
    let mut build = run::cargo();
    build.current_dir(&folder).env("RUSTFLAGS", RUSTFLAGS).args(["build", "--release", "--target", TRIPLE]);
    if !wanted.iter().any(|target| WITH_SEARCH.contains(&target.name)) {
        build.arg("--no-default-features");
    }
    for target in &wanted {
        build.args(["--bin", target.name]);
    }
    run::run(&mut build)?;
    for target in wanted {
        let corpus = seeded(&folder, target)?;
        let artifacts = folder.join("artifacts").join(target.name);
        fs::create_dir_all(&artifacts)?;
        println!("\n==> {} for {} s", target.name, options.seconds);
        let mut fuzz = Command::new(folder.join("target").join(TRIPLE).join("release").join(target.name));
        fuzz.arg(&corpus)
            .arg(format!("-artifact_prefix={}/", artifacts.display()))
            .arg(format!("-max_total_time={}", options.seconds))
            .arg(format!("-max_len={INPUT_LEN_BYTES_MAX}"))
            .arg(format!("-timeout={INPUT_SECONDS_MAX}"))
            .arg(format!("-rss_limit_mb={MEMORY_MB_MAX}"))
            .args(["-print_final_stats=1", "-verbosity=1"]);
        if let Err(error) = run::run(&mut fuzz) {
            bail!("{} found something, the input lies in {}: {error}", target.name, artifacts.display());
        }
    }
    Ok(())
}

/// The folder of a target's inputs, with seeds copied into it that are not there yet.
fn seeded(folder: &Path, target: &Target) -> anyhow::Result<PathBuf> {
    let corpus = folder.join("corpus").join(target.name);
    fs::create_dir_all(&corpus)?;
    let data = std::env::var_os("COURANT_DATA").map_or_else(|| run::root().join("../shared/data"), PathBuf::from);
    let mut folders: Vec<PathBuf> = target.data.iter().map(|part| data.join(part)).filter(|part| part.is_dir()).collect();
    if folders.len() < target.data.len() {
        println!("    {}: some seeds are absent, as ../shared/data is", target.name);
    }
    folders.extend(target.own.iter().map(|part| run::root().join(part)).filter(|part| part.is_dir()));
    let mut n_seeds = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let (path, metadata) = (entry.path(), entry.metadata()?);
            if metadata.is_dir() {
                folders.push(path);
                continue;
            }
            if INPUT_LEN_BYTES_MAX < metadata.len() || SEEDS_MAX <= n_seeds {
                continue;
            }
            n_seeds += 1;
            let seed = corpus.join(format!("seed-{n_seeds}"));
            if !seed.exists() {
                fs::copy(&path, &seed).with_context(|| format!("cannot copy {}", path.display()))?;
            }
        }
    }
    Ok(corpus)
}
