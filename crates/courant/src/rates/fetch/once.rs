//! Asking one source and taking what it gives.

use courant_news::Fixing;
use courant_rates::fetching::{Health, Outcome, next_at};
use courant_rates::{Source, readers};
use jiff::Timestamp;

use super::ask::{Answer, Asker};
use super::book::Book;
use crate::clock;
use crate::config::Fetching;
use crate::data_dir::DataDir;
use crate::rates::take::{Decided, take};

/// What came of it, and how the source is now.
pub(super) struct Fetched {
    pub(super) outcome: Outcome,
    pub(super) health: Health,
    /// How many fixings moved, and how many were known.
    pub(super) n_moved: usize,
    pub(super) n_known: usize,
}

/// Asks a source, puts what is news onto the wire, and remembers how the source is.
///
/// # Errors
/// When the agency's own files fail. What is wrong with the source is an [`Outcome`].
pub(super) async fn fetch(source: Source, data: &DataDir, fetching: &Fetching, asker: &Asker) -> anyhow::Result<Fetched> {
    let book = Book::open(&data.rates())?;
    let health = book.health(source)?;
    let address = fetching.address(source)?.of_day(source.day_at(clock::now()));
    let (outcome, n_moved, n_known) = match asker.ask(&address, &health.validators).await {
        Ok(Answer::NotModified) => (Outcome::NotModified, 0, 0),
        Ok(Answer::Document { bytes, validators }) => match read(source, &bytes, clock::now()) {
            Ok(fixings) => {
                let latest_in_it = fixings.iter().map(|fixing| fixing.dated).max();
                let Decided { fresh, n_known, held, latest_held } = take(data, fixings)?;
                if !held.is_empty() {
                    let kept = book.keep_document(source, &bytes)?;
                    tracing::warn!(rates.source = source.facts().slug, "rates were held back, the document is {}", kept.display());
                }
                let latest = latest_in_it.filter(|latest| latest_held.is_none_or(|held| held < *latest));
                (Outcome::Read { is_news: !fresh.is_empty(), latest, held, validators }, fresh.len(), n_known)
            }
            Err(problem) => (Outcome::Failed { problem: format!("{address}: {problem}"), retry_after: None }, 0, 0),
        },
        Err(unanswered) => (Outcome::Failed { problem: unanswered.problem, retry_after: unanswered.retry_after }, 0, 0),
    };
    let now = clock::now();
    let mut health = health.after(outcome.clone(), now);
    health.next_at = Some(next_at(source, &health, now, random()));
    book.keep(source, &health)?;
    Ok(Fetched { outcome, health, n_moved, n_known })
}

/// The fixings of a document, all of them of the source that was asked.
fn read(source: Source, bytes: &[u8], now: Timestamp) -> Result<Vec<Fixing>, String> {
    let fixings = readers::read(bytes, now).map_err(|refused| refused.to_string())?;
    match fixings.iter().find(|fixing| fixing.source != source.name()) {
        Some(other) => {
            Err(format!("the document is of {}, not of {source_name}; look at the address", other.source, source_name = source.name()))
        }
        None => Ok(fixings),
    }
}

/// A number nobody can foresee, which is what the standard library seeds its tables with.
fn random() -> u64 {
    use std::hash::{BuildHasher, Hasher};
    std::collections::hash_map::RandomState::new().build_hasher().finish()
}
