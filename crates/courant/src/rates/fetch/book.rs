//! What is remembered of sources between two asks: `rates/health.json` of the data directory, and the documents that were held back.
//!
//! It is no truth of the agency's: without it the sources are asked anew.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use courant_news::RawHash;
use courant_rates::Source;
use courant_rates::fetching::{Health, Validators};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How many documents that were held back are kept, of all sources.
const HELD_DOCUMENTS_MAX: usize = 100;
/// How long a command waits for another process that is fetching.
const LOCK_WAIT: Duration = Duration::from_mins(1);
const LOCK_LOOK: Duration = Duration::from_millis(50);
const HEALTH_FILE: &str = "health.json";

/// The folder, and the right to write to it.
pub(super) struct Book {
    folder: PathBuf,
    _lock: File,
}

impl Book {
    /// Takes the right to fetch for this data directory; waits a while for whoever has it.
    pub(super) fn open(folder: &Path) -> anyhow::Result<Self> {
        fs::create_dir_all(folder.join("held")).with_context(|| format!("cannot use {}", folder.display()))?;
        let path = folder.join("fetch.lock");
        let cannot = || format!("cannot lock {}", path.display());
        let file = File::options().create(true).truncate(false).write(true).open(&path).with_context(cannot)?;
        let began = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { folder: folder.to_owned(), _lock: file }),
                Err(TryLockError::WouldBlock) => {
                    ensure!(
                        began.elapsed() < LOCK_WAIT,
                        "another process is fetching rates for this data directory; try again when it is done"
                    );
                    std::thread::sleep(LOCK_LOOK);
                }
                Err(TryLockError::Error(error)) => return Err(error).with_context(cannot),
            }
        }
    }

    /// What is known of a source.
    pub(super) fn health(&self, source: Source) -> anyhow::Result<Health> {
        Ok(read(&self.folder)?.remove(&source).unwrap_or_default())
    }

    /// Remembers how a source is. The file is there whole, old or new.
    pub(super) fn keep(&self, source: Source, health: &Health) -> anyhow::Result<()> {
        let mut all = read(&self.folder)?;
        all.insert(source, health.clone());
        let stored: BTreeMap<&str, Stored> = all.iter().map(|(source, health)| (source.facts().slug, Stored::of(health))).collect();
        let path = self.folder.join(HEALTH_FILE);
        let beside = self.folder.join("health.json.new");
        let cannot = || format!("cannot write {}", path.display());
        fs::write(&beside, serde_json::to_vec_pretty(&stored)?).with_context(cannot)?;
        fs::rename(&beside, &path).with_context(cannot)
    }

    /// Keeps a document whose rates were held back, for somebody to look at: once, however often it comes. The oldest give way.
    pub(super) fn keep_document(&self, source: Source, bytes: &[u8]) -> anyhow::Result<PathBuf> {
        let folder = self.folder.join("held");
        let cannot = || format!("cannot write to {}", folder.display());
        let hash = RawHash::of(bytes).to_string();
        let path = folder.join(format!("{}-{hash}", source.facts().slug));
        if path.try_exists().with_context(cannot)? {
            return Ok(path);
        }
        let mut kept = Vec::new();
        for entry in fs::read_dir(&folder).with_context(cannot)? {
            let entry = entry.with_context(cannot)?;
            kept.push((entry.metadata().and_then(|metadata| metadata.modified()).with_context(cannot)?, entry.path()));
        }
        kept.sort();
        let n_over = (kept.len() + 1).saturating_sub(HELD_DOCUMENTS_MAX);
        for (_, oldest) in &kept[..n_over] {
            fs::remove_file(oldest).with_context(cannot)?;
        }
        fs::write(&path, bytes).with_context(cannot)?;
        Ok(path)
    }
}

/// What is known of each source that was ever asked.
pub(super) fn read(folder: &Path) -> anyhow::Result<BTreeMap<Source, Health>> {
    let path = folder.join(HEALTH_FILE);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
    };
    let damaged = || format!("{} is damaged; remove it, and the sources are asked anew", path.display());
    let stored: BTreeMap<String, Stored> = serde_json::from_str(&text).with_context(damaged)?;
    // A source that this release does not know is left out.
    let known = stored.into_iter().filter_map(|(slug, stored)| Some((Source::parse(&slug)?, stored)));
    known.map(|(source, stored)| Ok((source, stored.health().with_context(damaged)?))).collect()
}

/// A [`Health`] in the file.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Stored {
    asked_at: Option<String>,
    answered_at: Option<String>,
    news_at: Option<String>,
    latest: Option<String>,
    n_failures: u32,
    problem: Option<String>,
    held: Vec<String>,
    etag: Option<String>,
    last_modified: Option<String>,
    not_before: Option<String>,
    next_at: Option<String>,
}

impl Stored {
    fn of(health: &Health) -> Self {
        let instant = |at: Option<Timestamp>| at.map(|at| at.to_string());
        Self {
            asked_at: instant(health.asked_at),
            answered_at: instant(health.answered_at),
            news_at: instant(health.news_at),
            latest: health.latest.map(|day| day.to_string()),
            n_failures: health.n_failures,
            problem: health.problem.clone(),
            held: health.held.clone(),
            etag: health.validators.etag.clone(),
            last_modified: health.validators.last_modified.clone(),
            not_before: instant(health.not_before),
            next_at: instant(health.next_at),
        }
    }

    fn health(self) -> anyhow::Result<Health> {
        let instant = |text: Option<String>| text.map(|text| text.parse::<Timestamp>()).transpose();
        Ok(Health {
            asked_at: instant(self.asked_at)?,
            answered_at: instant(self.answered_at)?,
            news_at: instant(self.news_at)?,
            latest: self.latest.map(|text| text.parse::<Date>()).transpose()?,
            n_failures: self.n_failures,
            problem: self.problem,
            held: self.held,
            validators: Validators { etag: self.etag, last_modified: self.last_modified },
            not_before: instant(self.not_before)?,
            next_at: instant(self.next_at)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_read_back_and_a_damaged_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        assert!(read(folder.path()).unwrap().is_empty());
        let book = Book::open(folder.path()).unwrap();
        let health = Health {
            asked_at: Some("2026-04-13T15:00:00Z".parse().unwrap()),
            latest: Some(jiff::civil::date(2026, 4, 13)),
            n_failures: 3,
            problem: Some("it is down".to_owned()),
            held: vec!["one".to_owned()],
            validators: Validators { etag: Some("\"x\"".to_owned()), last_modified: None },
            ..Health::default()
        };
        book.keep(Source::Ecb, &health).unwrap();
        book.keep(Source::Cbr, &Health::default()).unwrap();
        assert_eq!(book.health(Source::Ecb).unwrap(), health);
        fs::write(folder.path().join(HEALTH_FILE), "{\"ecb\":{\"latest\":\"yesterday\"}}").unwrap();
        let refused = format!("{:#}", read(folder.path()).unwrap_err());
        assert!(refused.contains("health.json is damaged; remove it"), "{refused}");
    }

    #[test]
    fn held_documents_are_kept_but_not_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let book = Book::open(folder.path()).unwrap();
        let first = book.keep_document(Source::Ecb, b"0").unwrap();
        assert_eq!(book.keep_document(Source::Ecb, b"0").unwrap(), first, "the same one is kept once");
        for n in 1..HELD_DOCUMENTS_MAX + 5 {
            book.keep_document(if n % 2 == 0 { Source::Ecb } else { Source::Cbr }, n.to_string().as_bytes()).unwrap();
        }
        let n_kept = fs::read_dir(folder.path().join("held")).unwrap().count();
        assert_eq!((n_kept, first.exists()), (HELD_DOCUMENTS_MAX, false));
    }
}
