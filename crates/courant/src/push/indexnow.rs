//! Addresses of stories that moved, changed or were withdrawn, told to search engines (`IndexNow`). What they were told is known by
//! the number of the last entry: `push/indexnow.json` of the data directory.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use courant_news::StoryId;
use courant_projections::site::SiteStore;
use courant_wire::{WireSeq, WireStore};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::deliver::Sender;
use crate::config::{IndexNowTo, Pushing};
use crate::data_dir::DataDir;

const FILE_NAME: &str = "indexnow.json";
/// How many entries are told of at once. The protocol takes 10,000 addresses.
const ENTRIES_MAX: usize = 1_000;
/// The pause after a refusal.
const AFTER_REFUSAL: SignedDuration = SignedDuration::from_mins(10);
/// At most one message in so long: what happens meanwhile goes into the next.
const PAUSE: SignedDuration = SignedDuration::from_secs(5);

pub(super) struct IndexNow {
    to: IndexNowTo,
    origin: Box<str>,
    wire: Arc<dyn WireStore>,
    site: Arc<dyn SiteStore>,
    path: PathBuf,
    told: WireSeq,
    next_at: Timestamp,
}

impl IndexNow {
    /// A site that begins to tell does not tell its whole past.
    pub(super) fn open(to: IndexNowTo, pushing: &Pushing, data: &DataDir, site: Arc<dyn SiteStore>) -> anyhow::Result<Self> {
        let path = data.push().join(FILE_NAME);
        let told = match fs::read(&path) {
            Ok(bytes) => {
                let damaged = || format!("{} is damaged; remove it, and only what is new is told", path.display());
                let kept: serde_json::Value = serde_json::from_slice(&bytes).with_context(damaged)?;
                WireSeq(kept["told"].as_u64().with_context(damaged)?)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => data.wire.head()?.0,
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        };
        let wire = Arc::clone(&data.wire);
        let indexnow = Self { to, origin: pushing.origin.clone(), wire, site, path, told, next_at: Timestamp::UNIX_EPOCH };
        indexnow.keep()?;
        Ok(indexnow)
    }

    /// Tells what has happened up to `seq`, which the site shows by now.
    pub(super) async fn tell(&mut self, sender: &Sender, seq: WireSeq, now: Timestamp) {
        if seq <= self.told || now < self.next_at {
            return;
        }
        self.next_at = now + PAUSE;
        match self.told_now(sender, seq).await {
            Ok(true) => {}
            Ok(false) => self.next_at = now + AFTER_REFUSAL,
            Err(error) => {
                tracing::error!("search engines cannot be told what is new: {error:#}");
                self.next_at = now + AFTER_REFUSAL;
            }
        }
    }

    async fn told_now(&mut self, sender: &Sender, seq: WireSeq) -> anyhow::Result<bool> {
        let mut stories: BTreeSet<StoryId> = BTreeSet::new();
        let mut last = self.told;
        for raw in self.wire.read_after(self.told, ENTRIES_MAX)?.into_iter().take_while(|raw| raw.seq <= seq) {
            let entry = raw.decode()?;
            let event = &entry.event;
            stories.extend(event.item().map(|item| item.story_id()));
            stories.extend(event.notice().map(|notice| notice.guid.story_id()));
            last = entry.seq;
        }
        // What is under embargo has no line, and so is not told.
        let stories: Vec<StoryId> = stories.into_iter().collect();
        let urls: Vec<String> = self.site.lines(&stories)?.iter().map(|line| format!("{}{}", self.origin, line.path())).collect();
        if !urls.is_empty() {
            let host = self.origin.split_once("://").map_or(&*self.origin, |(_, host)| host);
            let document = json!({
                "host": host,
                "key": &*self.to.key,
                "keyLocation": format!("{}/indexnow.txt", self.origin),
                "urlList": urls,
            });
            if !sender.post_json(&self.to.endpoint, &document).await {
                tracing::warn!("{} does not take what is new; it is told again in ten minutes", self.to.endpoint);
                return Ok(false);
            }
        }
        self.told = last;
        self.keep()?;
        Ok(true)
    }

    fn keep(&self) -> anyhow::Result<()> {
        let beside = self.path.with_extension("json.new");
        let cannot = || format!("cannot write {}", self.path.display());
        fs::write(&beside, json!({ "told": self.told.0 }).to_string()).with_context(cannot)?;
        fs::rename(&beside, &self.path).with_context(cannot)
    }
}
