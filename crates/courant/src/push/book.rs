//! Who is subscribed to what: `push/subscriptions.json` of the data directory. Of a subscriber nothing is kept but the address it
//! wants feeds sent to, which is the subscription.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context;
use courant_web::site::FeedRequest;
use serde::{Deserialize, Serialize};

const FILE_NAME: &str = "subscriptions.json";

/// Which feed goes where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Key {
    /// The feed's path on this site with its query.
    pub(super) topic: Box<str>,
    pub(super) callback: Box<str>,
}

/// A subscription that was verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Subscription {
    /// When it ends, in seconds since 1970.
    pub(super) expires_at: i64,
    pub(super) secret: Option<Box<str>>,
    /// The state of the feed that was last taken.
    pub(super) told: Option<Box<str>>,
    /// Deliveries that failed since then.
    pub(super) n_failures: u32,
    /// Nothing is sent before this second since 1970.
    pub(super) next_at: i64,
}

/// All of them.
pub(super) struct Book {
    folder: PathBuf,
    subscriptions: BTreeMap<Key, Subscription>,
}

impl Key {
    pub(super) fn of(request: &FeedRequest) -> Self {
        Self { topic: request.topic.clone(), callback: request.callback.clone() }
    }

    /// The host feeds are sent to, with its port.
    pub(super) fn host(&self) -> &str {
        let rest = self.callback.split_once("://").map_or(&*self.callback, |(_, rest)| rest);
        rest.split(['/', '?']).next().unwrap_or_default()
    }
}

impl Book {
    pub(super) fn open(folder: &Path) -> anyhow::Result<Self> {
        fs::create_dir_all(folder).with_context(|| format!("cannot use {}", folder.display()))?;
        let path = folder.join(FILE_NAME);
        let subscriptions: Vec<(Key, Subscription)> = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .with_context(|| format!("{} is damaged; remove it, and subscribers come again when their leases end", path.display()))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        };
        Ok(Self { folder: folder.to_owned(), subscriptions: subscriptions.into_iter().collect() })
    }

    /// Writes the book. The file is there whole, old or new, and nobody else reads it: it holds secrets.
    pub(super) fn keep(&self) -> anyhow::Result<()> {
        let (path, beside) = (self.folder.join(FILE_NAME), self.folder.join("subscriptions.json.new"));
        let cannot = || format!("cannot write {}", path.display());
        let all: Vec<_> = self.subscriptions.iter().collect();
        let mut options = fs::OpenOptions::new();
        options.create(true).truncate(true).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&beside).with_context(cannot)?;
        file.write_all(&serde_json::to_vec_pretty(&all)?).with_context(cannot)?;
        file.sync_all().with_context(cannot)?;
        fs::rename(&beside, &path).with_context(cannot)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (&Key, &Subscription)> {
        self.subscriptions.iter()
    }

    pub(super) fn get(&self, key: &Key) -> Option<&Subscription> {
        self.subscriptions.get(key)
    }

    pub(super) fn get_mut(&mut self, key: &Key) -> Option<&mut Subscription> {
        self.subscriptions.get_mut(key)
    }

    pub(super) fn put(&mut self, key: Key, subscription: Subscription) {
        self.subscriptions.insert(key, subscription);
    }

    pub(super) fn remove(&mut self, key: &Key) {
        self.subscriptions.remove(key);
    }

    /// Forgets what has ended; says whether anything had.
    pub(super) fn expire(&mut self, now: i64) -> bool {
        let n_before = self.subscriptions.len();
        self.subscriptions.retain(|_, subscription| now < subscription.expires_at);
        self.subscriptions.len() < n_before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_book_is_the_same_after_a_restart_and_forgets_what_has_ended() {
        let folder = tempfile::tempdir().unwrap();
        let mut book = Book::open(folder.path()).unwrap();
        let key = |callback: &str| Key { topic: "/all.rss".into(), callback: callback.into() };
        let until = |second| Subscription { expires_at: second, secret: Some("s".into()), told: None, n_failures: 2, next_at: 0 };
        book.put(key("https://a.example:8443/x?y"), until(100));
        book.put(key("https://b.example"), until(200));
        book.keep().unwrap();
        let mut again = Book::open(folder.path()).unwrap();
        assert_eq!(again.subscriptions, book.subscriptions);
        assert!(again.expire(100));
        assert!(!again.expire(100));
        assert_eq!(again.all().map(|(key, _)| key.host()).collect::<Vec<_>>(), ["b.example"]);
        assert_eq!(key("https://a.example:8443/x?y").host(), "a.example:8443");
        std::fs::write(folder.path().join(FILE_NAME), "[").unwrap();
        assert!(format!("{:#}", Book::open(folder.path()).err().unwrap()).contains("damaged"));
    }
}
