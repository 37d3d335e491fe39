//! Measurements, beside the programs one would otherwise use, on one machine in one run.
//!
//! Everything listens on the loopback address only, everything is bounded in time, and only processes started here are ended.

mod build;
mod corpora;
mod formats;
mod http;
mod import;
mod lists;
mod matching;
mod memory;
mod mover;
mod pages;
mod process;
mod quality;
mod search;
mod stats;
mod streams;
mod table;
mod topics;
mod visible;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, ensure};
use clap::{Args, ValueEnum};

use crate::run;

pub(crate) use streams::floor;

/// Run it at a raised priority (`nice -n -5`) on a machine that does something else too.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// What to measure; everything without.
    #[arg(value_enum)]
    parts: Vec<Part>,
    /// How many synthetic stories are measured with, beside the Reuters corpus; 0 leaves them out.
    ///
    /// Importing a million takes some minutes, once; loading them into the other engines some more.
    #[arg(long, default_value_t = 1_000_000)]
    stories: u64,
    /// Measure this binary instead of building one.
    #[arg(long, value_name = "FILE")]
    binary: Option<PathBuf>,
    /// The Reuters corpus as ninjs lines; made from `../shared/data` (or `$COURANT_DATA`) without.
    #[arg(long, value_name = "FILE")]
    corpus: Option<PathBuf>,
    /// A PostgreSQL to compare search with, in which only temporary tables are made.
    ///
    /// Without it a cluster of our own is made in a temporary folder, when the server is installed.
    #[arg(long, value_name = "URI")]
    postgres: Option<String>,
    /// How many readers hold a stream. Each takes one of the open files a process may have.
    #[arg(long, default_value_t = 10_000)]
    readers: usize,
    /// How many reports fill the window of matching.
    #[arg(long, default_value_t = 500_000)]
    reports: u32,
    /// Leave a peer out that is not installed or takes too long.
    #[arg(long, value_enum, value_name = "PEER")]
    without: Vec<Peer>,
    /// Only make what search is measured with: corpora, imports, the tables of the other engines.
    #[arg(long)]
    prepare: bool,
    /// With the part `build`: build the binary into an empty folder and say how long that took.
    #[arg(long)]
    cold: bool,
}

/// Who may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Peer {
    /// Beside the streams.
    Nchan,
    /// Beside search.
    Sqlite,
    /// Beside search.
    Postgres,
}

impl Options {
    /// Why a peer is not measured, when it was left out.
    fn left_out(&self, peer: Peer) -> Option<String> {
        let name = peer.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
        self.without.contains(&peer).then(|| format!("left out by --without {name}"))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Stories a second through wire, site and index.
    Import,
    /// Pages from the cache beside nginx with the same bytes, and pages nobody has asked for yet.
    Pages,
    /// A fixed set of queries beside SQLite FTS5 and PostgreSQL.
    Search,
    /// Pages of lists: cursors deep in them, sections, subjects, days, filters.
    Lists,
    /// From the move to the reader.
    Visible,
    /// Memory and start.
    Memory,
    /// Many readers of the event stream, beside nchan and the kernel alone.
    Streams,
    /// Size of the binary; with --cold the time of a build from nothing.
    Build,
    /// Clusters, pairs and topics beside the judgment of people.
    Quality,
    /// Reports of other media matched a second.
    Matching,
    /// Readers of formats beside bare parsers, the memory of long imports, and what was made to take long.
    Formats,
}

/// What every part needs.
struct Bench<'a> {
    options: &'a Options,
    binary: PathBuf,
    /// Everything made here, below `target`.
    folder: PathBuf,
}

/// Measures one part and prints its tables.
type Measure = fn(&Bench) -> anyhow::Result<()>;

const PARTS: [(Part, Measure); 11] = [
    (Part::Import, import::measure),
    (Part::Pages, pages::measure),
    (Part::Search, search::measure),
    (Part::Lists, lists::measure),
    (Part::Visible, visible::measure),
    (Part::Memory, memory::measure),
    (Part::Streams, streams::measure),
    (Part::Build, build::measure),
    (Part::Quality, quality::measure),
    (Part::Matching, matching::measure),
    (Part::Formats, formats::measure),
];

/// Measures and prints Markdown tables.
///
/// # Errors
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
    if options.prepare {
        return search::prepare(&bench);
    }
    for (part, measure) in PARTS {
        if options.parts.is_empty() || options.parts.contains(&part) {
            println!("\n## {part:?}");
            measure(&bench).with_context(|| format!("the part {part:?} failed"))?;
        }
    }
    Ok(())
}
