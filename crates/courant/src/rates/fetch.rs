//! Exchange rates from the banks that fix them: one question ([`ask`]), one source asked and taken ([`once`]), what is remembered
//! ([`book`]), the server's own asking ([`fetcher`]) and the shell's ([`command`]). When to ask and what to hold back is decided in
//! `courant-rates`.

mod ask;
mod book;
mod command;
mod fetcher;
mod once;

use std::fmt::Write as _;
use std::path::Path;

use courant_rates::Source;
use courant_rates::fetching::{Health, is_late};
use jiff::Timestamp;

pub(crate) use command::{run, show_health};
pub(crate) use fetcher::Fetcher;

/// How a source is, as one line for the operator.
fn health_of(source: Source, health: &Health, now: Timestamp) -> String {
    let state = match (is_late(source, health.latest, now), &health.problem) {
        (_, Some(problem)) => format!("failed {} times: {problem}", health.n_failures),
        (Some(since), None) => format!("late: nothing newer since {since}, or a holiday of the bank that is in no calendar"),
        (None, None) => "well".to_owned(),
    };
    let latest = health.latest.map_or_else(|| "nothing".to_owned(), |day| day.to_string());
    let next = health.next_at.map(|at| format!("; asked next at {at}")).unwrap_or_default();
    format!("{:<10} latest {latest}; {state}{next}", source.facts().slug)
}

/// How the sources are, for the operator's metrics. Nothing when none was ever asked.
pub(crate) fn metrics(text: &mut String, folder: &Path, now: Timestamp) {
    let all = match book::read(folder) {
        Ok(all) => all,
        Err(error) => {
            tracing::error!("the health of sources of rates cannot be read: {error:#}");
            return;
        }
    };
    let mut gauge = |name: &str, value: &dyn Fn(Source, &Health) -> Option<i64>| {
        let lines = all.iter().filter_map(|(source, health)| Some((source.facts().slug, value(*source, health)?)));
        let lines: Vec<_> = lines.collect();
        if !lines.is_empty() {
            let _ = writeln!(text, "# TYPE courant_rates_{name} gauge");
        }
        for (slug, value) in lines {
            let _ = writeln!(text, "courant_rates_{name}{{source=\"{slug}\"}} {value}");
        }
    };
    gauge("failures", &|_, health| Some(health.n_failures.into()));
    gauge("held", &|_, health| i64::try_from(health.held.len()).ok());
    gauge("late", &|source, health| Some(is_late(source, health.latest, now).is_some().into()));
    gauge("answered_timestamp_seconds", &|_, health| health.answered_at.map(Timestamp::as_second));
    gauge("next_timestamp_seconds", &|_, health| health.next_at.map(Timestamp::as_second));
}
