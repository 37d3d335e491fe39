//! `courant press`: what other media report. Sources and matches are on the wire; asking ([`ask`], [`once`], [`fetcher`]), matching
//! ([`matching`]) and what is remembered between two asks ([`book`], [`queue`], [`ledger`]) are here. What to ask when, what is news and
//! what belongs together is decided in `courant-press`.

mod acts;
mod ask;
mod book;
mod cluster;
mod document;
mod fetcher;
mod ledger;
mod matching;
mod once;
mod partners;
mod queue;
mod show;
mod websub;

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use courant_press::fetching::is_late;
use jiff::Timestamp;

use crate::cli::PressCommand;

pub(crate) use fetcher::PressDesk;
pub(crate) use partners::{InTurn, Partners, sorted};

pub(crate) fn run(command: &PressCommand) -> anyhow::Result<ExitCode> {
    match command {
        PressCommand::Add(options) => acts::add(options),
        PressCommand::Remove(options) => acts::end(options, courant_news::press::SourceState::Removed),
        PressCommand::Block(options) => acts::end(options, courant_news::press::SourceState::Blocked),
        PressCommand::Confirm(options) => acts::confirm(options),
        PressCommand::Reject(options) => acts::reject(options),
        PressCommand::Differs(options) => acts::differs(options),
        PressCommand::Fetch(options) => acts::fetch(options),
        PressCommand::List(options) => show::list(options),
        PressCommand::Match(options) => show::matches(options),
        PressCommand::Missing(options) => show::missing(options),
        PressCommand::Cluster(options) => cluster::cluster(options),
    }
}

/// How the sources are, for the operator's metrics. Nothing when none was ever asked.
pub(crate) fn metrics(text: &mut String, folder: &Path, now: Timestamp) {
    if !folder.exists() {
        return;
    }
    let all = match book::Book::of(folder).and_then(|book| book.all_health()) {
        Ok(all) if all.is_empty() => return,
        Ok(all) => all,
        Err(error) => {
            tracing::error!("the health of sources of other media cannot be read: {error:#}");
            return;
        }
    };
    let count = |is: &dyn Fn(&courant_press::fetching::Health) -> bool| all.values().filter(|health| is(health)).count() as u64;
    let overdue = all.values().filter_map(|health| health.next_at).map(|next_at| now.duration_since(next_at).as_secs()).max();
    for (name, value) in [
        ("sources", all.len() as u64),
        ("failing", count(&|health| health.n_failures != 0)),
        ("gone", count(&|health| health.is_gone)),
        ("late", count(&|health| is_late(health, now).is_some())),
        ("overdue_seconds_max", u64::try_from(overdue.unwrap_or_default()).unwrap_or_default()),
        ("reports_taken", all.values().map(|health| health.n_taken).sum()),
    ] {
        let _ = writeln!(text, "# TYPE courant_press_{name} gauge\ncourant_press_{name} {value}");
    }
}
