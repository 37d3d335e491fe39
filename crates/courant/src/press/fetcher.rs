//! The part of a server, or of a command in its stead, that asks sources when their time has come and matches what they report.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use anyhow::Context;
use courant_news::press::PressSource;
use courant_press::fetching::{Agenda, Health};
use courant_wire::WireStore;
use jiff::Timestamp;
use tokio::sync::Notify;
use tokio::sync::mpsc::{self, Receiver};
use tokio::task::JoinSet;

use super::ask::host;
use super::book::{Book, Lock};
use super::matching::Matching;
use super::once::{Fetching, Sent};
use super::websub::{self, Announced, Subscriptions};
use crate::clock;
use crate::config::Press;
use crate::fetch::Url;

/// How often sources and wishes are looked at.
const TICK: Duration = Duration::from_millis(250);
/// How often the wire and the reports that arrived are looked at when nobody says that there is something.
const MATCH_TICK: Duration = Duration::from_millis(500);
/// How often the window is kept.
const KEEP_EVERY: Duration = Duration::from_mins(10);
/// The pause after the agency's own files failed.
const AFTER_BREAKAGE: Duration = Duration::from_secs(30);
/// Announcements of hubs that wait.
const ANNOUNCED_MAX: usize = 256;
/// Sources that are followed; more are told and left alone.
const SOURCES_MAX: usize = 20_000;

/// Threads that fetch and match. Dropping it breaks off what is under way, keeps what is known and ends them.
pub(crate) struct PressDesk {
    shared: Arc<Shared>,
    subscriptions: Option<Arc<Subscriptions>>,
    threads: Vec<JoinHandle<()>>,
    _lock: Lock,
}

/// What both threads know.
#[derive(Default)]
struct Shared {
    sources: Mutex<Sources>,
    /// Something arrived.
    arrived: Mutex<bool>,
    arrival: Condvar,
    stop: AtomicBool,
    stopped: Notify,
    /// Reports matched since the start, and the last failure.
    n_matched: Mutex<u64>,
}

#[derive(Default)]
struct Sources {
    active: BTreeMap<String, Arc<PressSource>>,
    /// Raised when they change.
    edition: u64,
}

impl PressDesk {
    /// Starts fetching and matching. `None` when another process does, or when the configuration says no.
    pub(crate) fn start(wire: &Arc<dyn WireStore>, folder: &std::path::Path, press: &Press) -> anyhow::Result<Option<Self>> {
        if !press.is_on {
            return Ok(None);
        }
        let book = Book::of(folder)?;
        let Some(lock) = book.try_lock()? else {
            tracing::warn!("another process fetches what other media report for this data directory");
            return Ok(None);
        };
        let (announce, announced) = mpsc::channel(ANNOUNCED_MAX);
        let subscriptions = press.origin.is_some().then(|| Subscriptions::new(book.clone(), announce)).transpose()?;
        let shared = Arc::new(Shared::default());
        let mut desk = Self { shared: Arc::clone(&shared), subscriptions: subscriptions.clone(), threads: Vec::new(), _lock: lock };

        let fetching = Arc::new(Fetching::new(press.clone(), book.clone(), subscriptions)?);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot wait for the network")?;
        let fetch_shared = Arc::clone(&shared);
        desk.spawn("press-fetch", move || {
            runtime.block_on(fetch(&fetching, &fetch_shared, announced));
            runtime.shutdown_timeout(Duration::from_secs(1));
        })?;

        let (wire, agency) = (Arc::clone(wire), press.agency.clone());
        desk.spawn("press-match", move || matching(&wire, &book, &agency, &shared))?;
        Ok(Some(desk))
    }

    /// Where hubs reach us, if they can.
    pub(crate) fn inbox(&self) -> Option<Arc<dyn courant_web::press::Inbox>> {
        self.subscriptions.clone().map(|subscriptions| subscriptions as Arc<dyn courant_web::press::Inbox>)
    }

    fn spawn(&mut self, name: &str, work: impl FnOnce() + Send + 'static) -> anyhow::Result<()> {
        self.threads.push(std::thread::Builder::new().name(name.to_owned()).spawn(work).context("cannot start the press desk")?);
        Ok(())
    }
}

impl Drop for PressDesk {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Release);
        self.shared.stopped.notify_one();
        self.shared.arrival.notify_all();
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a thread of the press desk panicked");
            }
        }
    }
}

impl Shared {
    fn stops(&self) -> bool {
        self.stop.load(Ordering::Acquire)
    }

    fn tell_arrival(&self) {
        *self.arrived.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.arrival.notify_all();
    }

    fn wait_for_arrival(&self, limit: Duration) {
        let arrived = self.arrived.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.arrival.wait_timeout_while(arrived, limit, |arrived| !*arrived && !self.stops());
        *waited.unwrap_or_else(PoisonError::into_inner).0 = false;
    }

    fn set_sources(&self, active: BTreeMap<String, Arc<PressSource>>) {
        let mut sources = self.sources.lock().unwrap_or_else(PoisonError::into_inner);
        if sources.active != active {
            sources.active = active;
            sources.edition += 1;
        }
    }

    fn source(&self, id: &str) -> Option<Arc<PressSource>> {
        self.sources.lock().unwrap_or_else(PoisonError::into_inner).active.get(id).cloned()
    }
}

/// Follows wire and queue until told to stop.
fn matching(wire: &Arc<dyn WireStore>, book: &Book, agency: &str, shared: &Shared) {
    let mut matching: Option<Matching> = None;
    let (mut kept_at, mut is_failing, mut is_kept) = (Instant::now(), false, true);
    while !shared.stops() {
        let stepped = match &mut matching {
            Some(matching) => matching.step(),
            None => Matching::open(Arc::clone(wire), book.clone(), agency).map(|opened| {
                matching = Some(opened);
                true
            }),
        };
        match stepped {
            Ok(is_news) => {
                is_failing = false;
                if let Some(matching) = &mut matching {
                    shared.set_sources(matching.ledger.active());
                    forget_removed(matching, book);
                    *shared.n_matched.lock().unwrap_or_else(PoisonError::into_inner) = matching.n_matched;
                    is_kept &= !is_news;
                    if !is_kept && KEEP_EVERY < kept_at.elapsed() {
                        keep(matching);
                        (kept_at, is_kept) = (Instant::now(), true);
                    }
                }
                if !is_news {
                    shared.wait_for_arrival(MATCH_TICK);
                }
            }
            Err(error) => {
                if !is_failing {
                    tracing::error!("what other media report cannot be matched: {error:#}");
                }
                is_failing = true;
                shared.wait_for_arrival(AFTER_BREAKAGE);
            }
        }
    }
    if let Some(matching) = matching.as_mut().filter(|_| !is_kept) {
        keep(matching);
    }
}

/// A window that cannot be kept is made anew at the next start.
fn keep(matching: &mut Matching) {
    if let Err(error) = matching.keep() {
        tracing::error!("what is known of other media cannot be kept: {error:#}");
    }
}

/// Nothing is kept of a source that asked to go.
pub(super) fn forget_removed(matching: &Matching, book: &Book) {
    let removed = matching.ledger.sources.values().filter(|source| source.state == courant_news::press::SourceState::Removed);
    for source in removed {
        let id = source.id.as_str();
        if book.path("sources").join(format!("{id}.json")).exists() {
            let forgotten = book.forget(id).and_then(|()| super::queue::Queue::of(book.path("reports")).forget_source(id));
            if let Err(error) = forgotten {
                tracing::error!(press.source = id, "a source that is removed cannot be forgotten: {error:#}");
            }
        }
    }
}

/// Asks sources when their time has come, until told to stop.
async fn fetch(fetching: &Arc<Fetching>, shared: &Arc<Shared>, mut announced: Receiver<Announced>) {
    let mut rounds = Rounds {
        agenda: Agenda::new(fetching.press.pause),
        edition: 0,
        followed: BTreeMap::new(),
        under_way: JoinSet::new(),
        wanted: Vec::new(),
    };
    let mut has_hubs = true;
    loop {
        if shared.stops() {
            return;
        }
        if let Err(error) = rounds.begin(fetching, shared) {
            tracing::error!("other media cannot be fetched: {error:#}");
            tokio::select! {
                () = shared.stopped.notified() => return,
                () = tokio::time::sleep(AFTER_BREAKAGE) => {}
            }
        }
        let wait = rounds.wait();
        tokio::select! {
            () = shared.stopped.notified() => return,
            Some(done) = rounds.under_way.join_next() => {
                if let Ok(done) = done {
                    rounds.end(done, fetching, shared);
                }
            }
            sent = announced.recv(), if has_hubs => match sent {
                Some(sent) => take_announced(sent, fetching, shared).await,
                None => has_hubs = false,
            },
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// Who is asked when, and who is being asked.
struct Rounds {
    agenda: Agenda<String>,
    edition: u64,
    followed: BTreeMap<String, Arc<PressSource>>,
    under_way: JoinSet<Done>,
    /// Sources somebody wants asked now that were being asked.
    wanted: Vec<String>,
}

/// A source was asked.
struct Done {
    source: Arc<PressSource>,
    host: Box<str>,
    health: anyhow::Result<Health>,
}

impl Rounds {
    /// Learns of sources and wishes, and begins to ask whom it is time to ask.
    fn begin(&mut self, fetching: &Arc<Fetching>, shared: &Arc<Shared>) -> anyhow::Result<()> {
        self.learn(fetching, shared);
        let now = clock::now();
        self.wanted.extend(fetching.book.take_wanted()?);
        for id in std::mem::take(&mut self.wanted) {
            if let Some(source) = self.followed.get(&id) {
                let health = fetching.book.health(&id).of(source.feed.as_str());
                self.agenda.set(&id, &host_of(&health), now);
            }
        }
        while self.under_way.len() < fetching.press.at_once
            && let Some((id, host)) = self.agenda.take(now)
        {
            let Some(source) = self.followed.get(&id).cloned() else {
                self.agenda.done(&host, now);
                continue;
            };
            let fetching = Arc::clone(fetching);
            self.under_way.spawn(async move {
                let health = fetching.fetch(&source).await;
                Done { source, host, health }
            });
        }
        Ok(())
    }

    fn learn(&mut self, fetching: &Fetching, shared: &Shared) {
        let sources = {
            let sources = shared.sources.lock().unwrap_or_else(PoisonError::into_inner);
            if sources.edition == self.edition {
                return;
            }
            self.edition = sources.edition;
            sources.active.clone()
        };
        if SOURCES_MAX < sources.len() {
            tracing::warn!("{} sources are on the wire; the first {SOURCES_MAX} are fetched", sources.len());
        }
        let sources: BTreeMap<String, Arc<PressSource>> = sources.into_iter().take(SOURCES_MAX).collect();
        for id in self.followed.keys().filter(|id| !sources.contains_key(*id)) {
            self.agenda.remove(id);
        }
        let now = clock::now();
        for (id, source) in &sources {
            let feed_before = self.followed.get(id).map(|known| &known.feed);
            if feed_before != Some(&source.feed) {
                let health = fetching.book.health(id).of(source.feed.as_str());
                if let Some(due_at) = due(&health, now) {
                    self.agenda.set(id, &host_of(&health), due_at);
                }
            }
        }
        self.followed = sources;
    }

    fn end(&mut self, done: Done, fetching: &Fetching, shared: &Shared) {
        let Done { source, host, health } = done;
        let (now, id) = (clock::now(), source.id.as_str());
        self.agenda.done(&host, now);
        match health {
            Ok(health) => {
                if 0 < health.n_taken {
                    shared.tell_arrival();
                }
                if shared.source(id).is_none() {
                    // It was removed while it was asked.
                    if let Err(error) = fetching.book.forget(id) {
                        tracing::error!(press.source = id, "a source that is removed cannot be forgotten: {error:#}");
                    }
                    return;
                }
                if let Some(due_at) = health.next_at.filter(|_| self.followed.contains_key(id)) {
                    self.agenda.set(&id.to_owned(), &host_of(&health), due_at);
                }
            }
            Err(error) => {
                tracing::error!(press.source = id, "{id} cannot be taken: {error:#}");
                let later = now.checked_add(AFTER_BREAKAGE).unwrap_or(now);
                self.agenda.set(&id.to_owned(), &host, later);
            }
        }
    }

    fn wait(&self) -> Duration {
        let next = self.agenda.next_at().map(|at| Duration::try_from(at.duration_since(clock::now())).unwrap_or_default());
        next.unwrap_or(TICK).clamp(Duration::from_millis(5), TICK)
    }
}

/// When a source is asked first after a start: when its plan says, and at once when nobody ever asked.
fn due(health: &Health, now: Timestamp) -> Option<Timestamp> {
    if health.is_gone { None } else { Some(health.next_at.unwrap_or(now)) }
}

fn host_of(health: &Health) -> String {
    Url::parse(health.address()).map_or_else(|_| health.address().to_owned(), |url| host(&url))
}

async fn take_announced(announced: Announced, fetching: &Arc<Fetching>, shared: &Shared) {
    let Announced { source: id, bytes } = announced;
    let Some(source) = shared.source(&id) else { return };
    let taken = match bytes {
        Some(bytes) => {
            let url = fetching.book.health(&id).of(source.feed.as_str()).address().to_owned();
            fetching.take_sent(&source, Sent { bytes, url, charset: None, preferences: websub::preferences() }).await
        }
        None => fetching.book.want(&id),
    };
    match taken {
        Ok(()) => shared.tell_arrival(),
        Err(error) => tracing::error!(press.source = id, "what a hub sent cannot be taken: {error:#}"),
    }
}

/// Asks sources once and now, for a command that found nobody else doing it. Answers how each is.
pub(super) fn fetch_once(
    fetching: &Arc<Fetching>,
    sources: Vec<Arc<PressSource>>,
) -> anyhow::Result<Vec<(Arc<PressSource>, anyhow::Result<Health>)>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot wait for the network")?;
    let answered = runtime.block_on(async {
        let mut agenda = Agenda::new(fetching.press.pause);
        let (mut by_id, mut answered) = (BTreeMap::new(), Vec::new());
        for source in sources {
            let id = source.id.as_str().to_owned();
            agenda.set(&id, &host_of(&fetching.book.health(&id).of(source.feed.as_str())), Timestamp::MIN);
            by_id.insert(id, source);
        }
        let mut under_way = JoinSet::new();
        while answered.len() < by_id.len() {
            while under_way.len() < fetching.press.at_once
                && let Some((id, host)) = agenda.take(clock::now())
            {
                let (fetching, source) = (Arc::clone(fetching), Arc::clone(&by_id[&id]));
                under_way.spawn(async move {
                    let health = fetching.fetch(&source).await;
                    Done { source, host, health }
                });
            }
            let next = agenda.next_at().map(|at| Duration::try_from(at.duration_since(clock::now())).unwrap_or_default());
            tokio::select! {
                Some(done) = under_way.join_next() => {
                    let Done { source, host, health } = done.context("a fetch was broken off")?;
                    agenda.done(&host, clock::now());
                    answered.push((source, health));
                }
                () = tokio::time::sleep(next.unwrap_or(TICK).max(Duration::from_millis(10))) => {}
            }
        }
        Ok::<_, anyhow::Error>(answered)
    });
    runtime.shutdown_timeout(Duration::from_secs(1));
    answered
}
