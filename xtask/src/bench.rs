//! Measurements, beside the programs one would otherwise use, on one machine in one run.
//!
//! Everything listens on the loopback address only, and only processes started here are ended.

mod http;
mod import;
mod matching;
mod memory;
mod pages;
mod process;
mod quality;
mod search;
mod stats;
mod streams;
mod topics;
mod visible;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use clap::{Args, ValueEnum};

use crate::run;

/// Run it at a raised priority (`nice -n -5`) on a machine that does something else too.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// What to measure; everything without.
    #[arg(value_enum)]
    parts: Vec<Part>,
    /// How many synthetic stories the start is measured with; 0 leaves that out.
    #[arg(long, default_value_t = 1_000_000)]
    stories: u64,
    /// Measure this binary instead of building one.
    #[arg(long, value_name = "FILE")]
    binary: Option<PathBuf>,
    /// The Reuters corpus as ninjs lines; made from `../shared/data` (or `$COURANT_DATA`) without.
    #[arg(long, value_name = "FILE")]
    corpus: Option<PathBuf>,
    /// A PostgreSQL to compare search with; only temporary tables are made.
    #[arg(long, value_name = "URI")]
    postgres: Option<String>,
    /// How many readers hold a stream; a process may need as many open files.
    #[arg(long, default_value_t = 5_000)]
    readers: usize,
    /// How many reports fill the window of matching.
    #[arg(long, default_value_t = 500_000)]
    reports: u32,
    /// Also build the binary into an empty folder and say how long that took.
    #[arg(long)]
    cold: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Stories a second through wire, site and index.
    Import,
    /// Pages from the cache beside nginx with the same bytes, and pages nobody has asked for yet.
    Pages,
    /// A fixed set of queries beside SQLite FTS5 and PostgreSQL.
    Search,
    /// From the move to the reader.
    Visible,
    /// Memory, start and size.
    Memory,
    /// Many readers of the event stream.
    Streams,
    /// Clusters, pairs and topics beside the judgment of people.
    Quality,
    /// Reports of other media matched a second.
    Matching,
}

/// What every part needs.
struct Bench<'a> {
    options: &'a Options,
    binary: PathBuf,
    /// Everything made here, below `target`.
    folder: PathBuf,
}

/// Measures and prints one Markdown table a part.
///
/// # Errors
/// How a part is measured.
type Measure = fn(&Bench) -> anyhow::Result<()>;

/// When the binary cannot be built, a corpus is missing or what is measured fails. A missing peer is said and left out.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let folder = run::root().join("target/bench");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let needs_binary = options.parts.is_empty() || options.parts.iter().any(|part| !matches!(part, Part::Quality | Part::Matching));
    let binary = match &options.binary {
        Some(binary) => std::path::absolute(binary)?,
        None if !needs_binary => PathBuf::new(),
        None => {
            run::run(run::cargo().args(["build", "--release", "-p", "courant"]))?;
            run::root().join("target/release/courant")
        }
    };
    ensure!(!needs_binary || binary.exists(), "there is no {}; build it with `cargo build --release -p courant`", binary.display());
    let bench = Bench { options, binary, folder };
    let wanted = |part| options.parts.is_empty() || options.parts.contains(&part);
    let parts: [(Part, Measure); 8] = [
        (Part::Import, import::measure),
        (Part::Pages, pages::measure),
        (Part::Search, search::measure),
        (Part::Visible, visible::measure),
        (Part::Memory, memory::measure),
        (Part::Streams, streams::measure),
        (Part::Quality, quality::measure),
        (Part::Matching, matching::measure),
    ];
    for (part, measure) in parts {
        if wanted(part) {
            println!("\n## {part:?}\n\n| what | goal | measured |\n| --- | --- | --- |");
            measure(&bench).with_context(|| format!("the part {part:?} failed"))?;
        }
    }
    Ok(())
}

/// One line of a table.
fn row(what: &str, goal: &str, measured: &str) {
    println!("| {what} | {goal} | {measured} |");
}

/// Says that something was not measured and why.
fn left_out(what: &str, why: &str) {
    row(what, "", &format!("not measured: {why}"));
}

impl Bench<'_> {
    /// The Reuters corpus, made when absent.
    fn corpus(&self) -> anyhow::Result<PathBuf> {
        if let Some(corpus) = &self.options.corpus {
            return Ok(std::path::absolute(corpus)?);
        }
        let corpus = self.folder.join("reuters.jsonl");
        if !corpus.exists() {
            let data = std::env::var_os("COURANT_DATA").map_or_else(|| run::root().join("../shared/data"), PathBuf::from);
            let folder = data.join("news-reuters21578");
            ensure!(folder.exists(), "there is no {}; name the corpus with --corpus", folder.display());
            self.make_corpus(&corpus, |command| command.arg("reuters").arg(&folder))?;
        }
        Ok(corpus)
    }

    /// Synthetic stories of the same shape, made when absent.
    fn synthetic(&self, n_stories: u64) -> anyhow::Result<PathBuf> {
        let corpus = self.folder.join(format!("synth-{n_stories}.jsonl"));
        if !corpus.exists() {
            self.make_corpus(&corpus, |command| command.args(["synth", "--stories"]).arg(n_stories.to_string()))?;
        }
        Ok(corpus)
    }

    /// Through a name of its own, so that a corpus that was broken off is not taken for a whole one.
    fn make_corpus(
        &self,
        corpus: &Path,
        kind: impl FnOnce(&mut std::process::Command) -> &mut std::process::Command,
    ) -> anyhow::Result<()> {
        let partial = self.folder.join("partial.jsonl");
        let mut command = run::command(std::env::current_exe()?);
        run::run(kind(command.arg("corpus")).arg("--out").arg(&partial))?;
        Ok(fs::rename(&partial, corpus)?)
    }

    /// A data directory with the Reuters stories, imported when absent.
    fn reuters(&self) -> anyhow::Result<PathBuf> {
        let data = self.folder.join("reuters");
        if !data.join("complete").exists() {
            import::fresh(self, &self.corpus()?, &data)?;
        }
        Ok(data)
    }
}
