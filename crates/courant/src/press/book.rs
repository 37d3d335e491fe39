//! What is remembered of other media between two asks: the folder `press/` of the data directory. It is no truth of the agency's:
//! without it the sources are asked anew, and what they reported in the last days is taken from what they still hold.
//!
//! ```text
//! lock            held by the one process that fetches and matches
//! sources/ID.json how a source is
//! sources/ID.seen what it reported, by digest
//! asked/ID        somebody wants it asked now
//! reports/DAY     what came on that day, one JSON object a line, in order of arrival
//! window          what matching knows of the last days
//! pairs.jsonl     what editors decided, for `cargo xtask train --lessons`
//! ```

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use courant_press::fetching::{Health, Known};
use serde::Serialize;

/// Bytes of a file that is read.
const FILE_BYTES_MAX: u64 = 64 << 20;

/// The folder.
#[derive(Clone, Debug)]
pub(super) struct Book {
    folder: PathBuf,
}

/// The right to fetch and to match, until dropped.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Book {
    pub(super) fn of(folder: &Path) -> anyhow::Result<Self> {
        for name in ["sources", "asked", "reports"] {
            let folder = folder.join(name);
            fs::create_dir_all(&folder).with_context(|| format!("cannot use {}", folder.display()))?;
        }
        Ok(Self { folder: folder.to_owned() })
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Takes the right to fetch and to match; `None` when another process has it.
    pub(super) fn try_lock(&self) -> anyhow::Result<Option<Lock>> {
        let path = self.path("lock");
        let cannot = || format!("cannot lock {}", path.display());
        let file = File::options().create(true).truncate(false).write(true).open(&path).with_context(cannot)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Lock { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error).with_context(cannot),
        }
    }

    /// How a source is; as one that was never asked when there is no file, or a damaged one.
    pub(super) fn health(&self, source: &str) -> Health {
        let path = self.path("sources").join(format!("{source}.json"));
        let Ok(text) = fs::read_to_string(&path) else { return Health::default() };
        serde_json::from_str(&text).unwrap_or_else(|error| {
            tracing::warn!("{} is damaged, the source is asked anew: {error}", path.display());
            Health::default()
        })
    }

    pub(super) fn keep_health(&self, source: &str, health: &Health) -> anyhow::Result<()> {
        write(&self.path("sources").join(format!("{source}.json")), &serde_json::to_vec(health)?)
    }

    /// How every source is that was ever asked.
    pub(super) fn all_health(&self) -> anyhow::Result<BTreeMap<String, Health>> {
        let folder = self.path("sources");
        let mut all = BTreeMap::new();
        for entry in fs::read_dir(&folder).with_context(|| format!("cannot look into {}", folder.display()))? {
            let name = entry?.file_name();
            if let Some(source) = name.to_str().and_then(|name| name.strip_suffix(".json")) {
                all.insert(source.to_owned(), self.health(source));
            }
        }
        Ok(all)
    }

    pub(super) fn known(&self, source: &str) -> Known {
        fs::read(self.path("sources").join(format!("{source}.seen"))).map(|bytes| Known::of_bytes(&bytes)).unwrap_or_default()
    }

    pub(super) fn keep_known(&self, source: &str, known: &Known) -> anyhow::Result<()> {
        write(&self.path("sources").join(format!("{source}.seen")), &known.bytes())
    }

    /// Forgets a source: it asked to go.
    pub(super) fn forget(&self, source: &str) -> anyhow::Result<()> {
        for ending in ["json", "seen"] {
            remove(&self.path("sources").join(format!("{source}.{ending}")))?;
        }
        Ok(())
    }

    /// Tells whoever fetches to ask a source now.
    pub(super) fn want(&self, source: &str) -> anyhow::Result<()> {
        write(&self.path("asked").join(source), b"")
    }

    /// The sources somebody wants asked now; each once.
    pub(super) fn take_wanted(&self) -> anyhow::Result<Vec<String>> {
        let folder = self.path("asked");
        let mut wanted = Vec::new();
        for entry in fs::read_dir(&folder).with_context(|| format!("cannot look into {}", folder.display()))? {
            let entry = entry?;
            if let Some(source) = entry.file_name().to_str().filter(|name| !name.contains('.')) {
                wanted.push(source.to_owned());
                remove(&entry.path())?;
            }
        }
        Ok(wanted)
    }

    /// Adds a line to a file.
    pub(super) fn append(&self, name: &str, line: &impl Serialize) -> anyhow::Result<()> {
        let path = self.path(name);
        let cannot = || format!("cannot write {}", path.display());
        let mut bytes = serde_json::to_vec(line)?;
        bytes.push(b'\n');
        let mut file = File::options().create(true).append(true).open(&path).with_context(cannot)?;
        file.write_all(&bytes).with_context(cannot)
    }
}

/// Writes a file that is there whole, old or new.
pub(super) fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let cannot = || format!("cannot write {}", path.display());
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    fs::write(&beside, bytes).with_context(cannot)?;
    fs::rename(&beside, path).with_context(cannot)
}

pub(super) fn remove(path: &Path) -> anyhow::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", path.display()))
        }
        _ => Ok(()),
    }
}

/// Reads a file within its limit; `None` when there is none.
pub(super) fn read(path: &Path) -> anyhow::Result<Option<Vec<u8>>> {
    use std::io::Read as _;
    let cannot = || format!("cannot read {}", path.display());
    match File::open(path) {
        Ok(file) => {
            let mut bytes = Vec::new();
            file.take(FILE_BYTES_MAX * 64).read_to_end(&mut bytes).with_context(cannot)?;
            Ok(Some(bytes))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(cannot),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_back_and_a_damaged_file_costs_only_itself() {
        let folder = tempfile::tempdir().unwrap();
        let book = Book::of(folder.path()).unwrap();
        let health = Health { n_taken: 7, ..Health::default() };
        book.keep_health("gazette", &health).unwrap();
        book.keep_health("herald", &Health::default()).unwrap();
        assert_eq!(book.health("gazette"), health);
        assert_eq!(book.all_health().unwrap().len(), 2);
        fs::write(folder.path().join("sources/gazette.json"), "{\"n_taken\":").unwrap();
        assert_eq!(book.health("gazette"), Health::default());
        book.forget("gazette").unwrap();
        assert_eq!(book.all_health().unwrap().len(), 1);
    }

    #[test]
    fn a_wish_is_taken_once_and_only_one_may_fetch() {
        let folder = tempfile::tempdir().unwrap();
        let book = Book::of(folder.path()).unwrap();
        book.want("gazette").unwrap();
        assert_eq!((book.take_wanted().unwrap(), book.take_wanted().unwrap()), (vec!["gazette".to_owned()], Vec::new()));
        let lock = book.try_lock().unwrap().unwrap();
        assert!(book.try_lock().unwrap().is_none());
        drop(lock);
        assert!(book.try_lock().unwrap().is_some());
    }
}
