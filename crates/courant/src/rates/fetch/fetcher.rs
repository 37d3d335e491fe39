//! The part of a server that asks the configured sources, each when its plan says.

use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::Context;
use courant_rates::Source;
use courant_rates::fetching::Outcome;
use jiff::Timestamp;
use tokio::sync::Notify;

use super::ask::Asker;
use super::book;
use super::once::fetch;
use crate::clock;
use crate::config::Fetching;
use crate::data_dir::DataDir;

/// The longest sleep, so that a clock that was set is noticed.
const SLEEP_MAX: Duration = Duration::from_mins(1);
/// The pause after the agency's own files failed.
const AFTER_BREAKAGE: Duration = Duration::from_secs(30);

/// A thread that fetches. Dropping it breaks off what is under way and ends it.
pub(crate) struct Fetcher {
    stop: Arc<Notify>,
    thread: Option<JoinHandle<()>>,
}

impl Fetcher {
    /// Starts fetching. `None` when no source is configured.
    pub(crate) fn start(data: &DataDir, fetching: Fetching) -> anyhow::Result<Option<Self>> {
        if fetching.sources.is_empty() {
            return Ok(None);
        }
        let asker = Asker::new(&fetching)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot wait for the network")?;
        let stop = Arc::new(Notify::new());
        let (data, stopped) = (data.clone(), Arc::clone(&stop));
        let work = move || runtime.block_on(run(&data, &fetching, &asker, &stopped));
        let thread = std::thread::Builder::new().name("rates".to_owned()).spawn(work).context("cannot start fetching rates")?;
        Ok(Some(Self { stop, thread: Some(thread) }))
    }
}

impl Drop for Fetcher {
    fn drop(&mut self) {
        self.stop.notify_one();
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("fetching rates panicked");
        }
    }
}

async fn run(data: &DataDir, fetching: &Fetching, asker: &Asker, stop: &Notify) {
    loop {
        let sleep = tokio::select! {
            () = stop.notified() => return,
            sleep = round(data, fetching, asker) => sleep,
        };
        tokio::select! {
            () = stop.notified() => return,
            () = tokio::time::sleep(sleep) => {}
        }
    }
}

/// Asks every source whose time has come; answers how long nothing is due.
async fn round(data: &DataDir, fetching: &Fetching, asker: &Asker) -> Duration {
    let mut next = Timestamp::MAX;
    for source in &fetching.sources {
        match if_due(*source, data, fetching, asker).await {
            Ok(at) => next = next.min(at),
            Err(error) => {
                tracing::error!(rates.source = source.facts().slug, "rates cannot be fetched: {error:#}");
                return AFTER_BREAKAGE;
            }
        }
    }
    let wait = next.duration_since(clock::now());
    Duration::try_from(wait).unwrap_or_default().clamp(Duration::from_millis(100), SLEEP_MAX)
}

/// Asks the source if its time has come; answers when it comes next.
async fn if_due(source: Source, data: &DataDir, fetching: &Fetching, asker: &Asker) -> anyhow::Result<Timestamp> {
    let known = book::read(&data.rates())?.remove(&source);
    if let Some(next_at) = known.and_then(|health| health.next_at).filter(|next_at| clock::now() < *next_at) {
        return Ok(next_at);
    }
    let fetched = fetch(source, data, fetching, asker).await?;
    let slug = source.facts().slug;
    match &fetched.outcome {
        Outcome::Read { held, .. } if !held.is_empty() => {
            tracing::warn!(
                rates.source = slug,
                rates.moved = fetched.n_moved,
                "held back {} rates of {slug}: {}",
                held.len(),
                held.join("; ")
            );
        }
        Outcome::Read { .. } => tracing::info!(rates.source = slug, rates.moved = fetched.n_moved, "read {slug}"),
        Outcome::NotModified => tracing::info!(rates.source = slug, "{slug} has not changed"),
        Outcome::Failed { problem, .. } => {
            tracing::warn!(rates.source = slug, rates.failures = fetched.health.n_failures, "{slug} cannot be used: {problem}");
        }
    }
    Ok(fetched.health.next_at.unwrap_or_else(clock::now))
}
