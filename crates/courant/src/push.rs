//! What is told to others as soon as it changes: feeds to those who subscribed to them (WebSub), and addresses of stories to search
//! engines (`IndexNow`). One thread does both; it stops nobody else.
//!
//! A feed is told by being read: this thread asks its own server for the feeds somebody subscribed to whenever the site has
//! moved on, and what differs from what a subscriber was last sent is sent. So no kind of change can be forgotten, and a
//! subscriber who could not be reached, or a restart, loses nothing.

mod book;
mod counter;
mod deliver;
mod indexnow;

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::Context;
use courant_projections::site::SiteStore;
use courant_web::site::{FeedMode, FeedRequest};
use courant_wire::{Head, WireSeq};
use sha2::{Digest, Sha256};
use tokio::sync::Notify;
use tokio::task::JoinSet;

use crate::clock;
use crate::config::Pushing;
use crate::data_dir::DataDir;
use crate::fetch::Reach;

use book::{Book, Key, Subscription};
use deliver::{Content, Outcome, Sender};
use indexnow::IndexNow;

pub(crate) use counter::{Asked, counter};

/// Where subscribers may be.
fn reach(private_addresses: bool) -> Reach {
    let remedy = "set private_addresses = true under [websub] in the configuration";
    Reach { all: private_addresses, networks: Vec::new(), remedy }
}

/// How often is looked whether something has to be done.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// Requests under way at once, to all subscribers together.
const UNDER_WAY_MAX: usize = 16;
/// Subscriptions at all, and to one host.
const SUBSCRIPTIONS_MAX: usize = 5_000;
const OF_A_HOST_MAX: usize = 50;
/// Feeds somebody is subscribed to: each is read again with every change.
const TOPICS_MAX: usize = 500;
/// Seconds a subscription lasts: at least a day, at most ten.
const LEASE_SECONDS: std::ops::RangeInclusive<u32> = 86_400..=864_000;
/// The pause after a first failure; each further one is four times as long.
const BACKOFF_SECONDS: i64 = 10;
const BACKOFF_SECONDS_MAX: i64 = 3_600;
/// After so many failures in a row, more than a day, a subscription ends.
const FAILURES_MAX: u32 = 30;

/// The thread that tells others. Dropping it breaks off what is under way and ends it.
pub(crate) struct Pusher {
    stop: Arc<Notify>,
    thread: Option<JoinHandle<()>>,
}

impl Pusher {
    /// Starts telling. `None` when nobody is to be told anything.
    pub(crate) fn start(
        data: &DataDir,
        pushing: &Pushing,
        asked: Option<Asked>,
        server: SocketAddr,
        on_site: Arc<Head>,
        site: Arc<dyn SiteStore>,
    ) -> anyhow::Result<Option<Self>> {
        if asked.is_none() && pushing.indexnow.is_none() {
            return Ok(None);
        }
        let (book, sender) = (Book::open(&data.push())?, Sender::new(pushing, server)?);
        let indexnow = pushing.indexnow.clone().map(|to| IndexNow::open(to, pushing, data, site)).transpose()?;
        let pusher = Pushing::clone(pushing);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot wait for the network")?;
        let stop = Arc::new(Notify::new());
        let stopped = Arc::clone(&stop);
        let work = move || {
            let teller = Teller {
                origin: pusher.origin,
                book,
                sender: Arc::new(sender),
                indexnow,
                on_site,
                seen: None,
                contents: BTreeMap::new(),
                busy: BTreeSet::new(),
                tasks: JoinSet::new(),
            };
            runtime.block_on(teller.run(asked, &stopped));
        };
        let thread = std::thread::Builder::new().name("push".to_owned()).spawn(work).context("cannot start telling others")?;
        Ok(Some(Self { stop, thread: Some(thread) }))
    }
}

impl Drop for Pusher {
    fn drop(&mut self) {
        self.stop.notify_one();
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("telling others panicked");
        }
    }
}

struct Teller {
    origin: Box<str>,
    book: Book,
    sender: Arc<Sender>,
    indexnow: Option<IndexNow>,
    on_site: Arc<Head>,
    /// The entry the feeds were last read at.
    seen: Option<WireSeq>,
    /// The feeds somebody subscribed to, as they are.
    contents: BTreeMap<Box<str>, Arc<Content>>,
    /// Subscriptions a delivery is under way to.
    busy: BTreeSet<Key>,
    tasks: JoinSet<Done>,
}

/// What came of something that was under way.
enum Done {
    Verified { request: FeedRequest, is_meant: bool },
    Delivered { key: Key, hash: Box<str>, outcome: Outcome },
}

impl Teller {
    async fn run(mut self, mut asked: Option<Asked>, stop: &Notify) {
        let mut look = tokio::time::interval(LOOK_EVERY);
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            let has_room = self.tasks.len() < UNDER_WAY_MAX;
            tokio::select! {
                () = stop.notified() => return,
                Some(request) = next(asked.as_mut()), if has_room => self.verify(request),
                Some(done) = self.tasks.join_next(), if !self.tasks.is_empty() => match done {
                    Ok(done) => self.settle(done).await,
                    Err(error) => tracing::error!("telling a subscriber failed: {error}"),
                },
                _ = look.tick() => self.look().await,
            }
        }
    }

    /// Asks the callback whether the request is meant (WebSub, 5.3).
    fn verify(&mut self, request: FeedRequest) {
        let (sender, topic) = (Arc::clone(&self.sender), format!("{}{}", self.origin, request.topic));
        self.tasks.spawn(async move {
            let is_meant = sender.verify(&request, &topic, lease(&request)).await;
            Done::Verified { request, is_meant }
        });
    }

    async fn settle(&mut self, done: Done) {
        match done {
            Done::Verified { is_meant: false, .. } => {}
            Done::Verified { request, is_meant: true } => {
                let key = Key::of(&request);
                match request.mode {
                    FeedMode::Unsubscribe => self.book.remove(&key),
                    FeedMode::Subscribe => self.subscribe(key, request).await,
                }
            }
            Done::Delivered { key, hash, outcome } => {
                self.busy.remove(&key);
                self.delivered(&key, hash, outcome);
            }
        }
        self.keep();
    }

    async fn subscribe(&mut self, key: Key, request: FeedRequest) {
        let n_of_host = self.book.all().filter(|(other, _)| other.host() == key.host()).count();
        let topics: BTreeSet<&str> = self.book.all().map(|(other, _)| &*other.topic).collect();
        let is_new = self.book.get(&key).is_none();
        let is_new_topic = !topics.contains(&*key.topic);
        let is_full =
            SUBSCRIPTIONS_MAX <= self.book.all().count() || OF_A_HOST_MAX <= n_of_host || (is_new_topic && TOPICS_MAX <= topics.len());
        if is_new && is_full {
            tracing::warn!("a subscription to {} is refused: there are too many", key.topic);
            return;
        }
        let told = match self.book.get(&key) {
            Some(known) => known.told.clone(),
            // What stands in the feed now the subscriber has read: it found the hub there.
            None => self.read(&key.topic).await.map(|content| content.hash.clone()),
        };
        let expires_at = clock::now().as_second() + i64::from(lease(&request));
        let subscription = Subscription { expires_at, secret: request.secret, told, n_failures: 0, next_at: 0 };
        self.book.put(key, subscription);
    }

    fn delivered(&mut self, key: &Key, hash: Box<str>, outcome: Outcome) {
        let Some(subscription) = self.book.get_mut(key) else { return };
        match outcome {
            Outcome::Taken => (subscription.told, subscription.n_failures) = (Some(hash), 0),
            // It was told what it is no longer to be told (WebSub, 7).
            Outcome::Gone => self.book.remove(key),
            Outcome::Failed if FAILURES_MAX <= subscription.n_failures + 1 => self.book.remove(key),
            Outcome::Failed => {
                let pause = BACKOFF_SECONDS.saturating_mul(4_i64.saturating_pow(subscription.n_failures)).min(BACKOFF_SECONDS_MAX);
                subscription.n_failures += 1;
                subscription.next_at = clock::now().as_second() + pause;
            }
        }
    }

    async fn look(&mut self) {
        let (now, seq) = (clock::now(), self.on_site.seq());
        if self.book.expire(now.as_second()) {
            self.keep();
        }
        if self.seen != Some(seq) {
            let topics: BTreeSet<Box<str>> = self.book.all().map(|(key, _)| key.topic.clone()).collect();
            self.contents.retain(|topic, _| topics.contains(topic));
            for topic in &topics {
                if self.read(topic).await.is_none() {
                    // The server may be starting or ending; the next look asks again.
                    return;
                }
            }
            self.seen = Some(seq);
        }
        self.deliver(now.as_second());
        if let Some(indexnow) = &mut self.indexnow {
            indexnow.tell(&self.sender, seq, now).await;
        }
    }

    /// The feed as it is now.
    async fn read(&mut self, topic: &str) -> Option<Arc<Content>> {
        let content = Arc::new(self.sender.read(topic).await?);
        self.contents.insert(topic.into(), Arc::clone(&content));
        Some(content)
    }

    fn deliver(&mut self, now: i64) {
        for (key, subscription) in self.book.all() {
            let Some(content) = self.contents.get(&key.topic) else { continue };
            let is_due = subscription.told.as_ref() != Some(&content.hash) && subscription.next_at <= now;
            if !is_due || self.busy.contains(key) || UNDER_WAY_MAX <= self.tasks.len() {
                continue;
            }
            self.busy.insert(key.clone());
            let (sender, key, secret, content) = (Arc::clone(&self.sender), key.clone(), subscription.secret.clone(), Arc::clone(content));
            let topic = format!("{}{}", self.origin, key.topic);
            let hub = format!("{}/websub", self.origin);
            self.tasks.spawn(async move {
                let outcome = sender.deliver(&key.callback, &topic, &hub, secret.as_deref(), &content).await;
                Done::Delivered { key, hash: content.hash.clone(), outcome }
            });
        }
    }

    fn keep(&self) {
        if let Err(error) = self.book.keep() {
            tracing::error!("subscriptions cannot be kept: {error:#}");
        }
    }
}

/// The next request; never one without a hub.
async fn next(asked: Option<&mut Asked>) -> Option<FeedRequest> {
    match asked {
        Some(asked) => asked.recv().await,
        None => std::future::pending().await,
    }
}

fn lease(request: &FeedRequest) -> u32 {
    request.lease_seconds.unwrap_or(*LEASE_SECONDS.end()).clamp(*LEASE_SECONDS.start(), *LEASE_SECONDS.end())
}

/// What tells one state of a feed from another.
fn hash_of(bytes: &[u8]) -> Box<str> {
    use std::fmt::Write as _;
    let digest = Sha256::digest(bytes);
    let text = digest.iter().take(16).fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes every write");
        text
    });
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lease_is_between_a_day_and_ten() {
        let request = |lease_seconds| FeedRequest {
            mode: FeedMode::Subscribe,
            callback: "https://r.example/".into(),
            topic: "/all.rss".into(),
            lease_seconds,
            secret: None,
        };
        for (asked, granted) in [(None, 864_000), (Some(1), 86_400), (Some(100_000), 100_000), (Some(u32::MAX), 864_000)] {
            assert_eq!(lease(&request(asked)), granted);
        }
    }
}
