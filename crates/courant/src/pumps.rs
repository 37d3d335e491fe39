//! The pumps of a process that holds the lock: a thread for each projection, one that looks for what other processes
//! append, one that lifts embargoes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use courant_news::{Offer, act};
use courant_projections::index::IndexFollower;
use courant_projections::site::SiteFollower;
use courant_wire::pump::{self, Progress, Projection};
use courant_wire::{Head, StoreError, WireSeq, WireStore};
use jiff::Timestamp;

use crate::clock;

/// How often the wire is asked whether another process has appended.
const POLL: Duration = Duration::from_millis(5);
/// How often ended embargoes are looked for.
const EMBARGO_TICK: Duration = Duration::from_millis(200);
/// How many embargoes are lifted at a time.
const EMBARGOES_MAX: usize = 100;

/// Running pumps. Dropping them stops them.
pub(crate) struct Pumps {
    pub(crate) head: Arc<Head>,
    progress: Vec<(&'static str, Arc<Progress>)>,
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Pumps {
    /// Starts a pump for each projection.
    pub(crate) fn start(wire: &Arc<dyn WireStore>, projections: Vec<Box<dyn Projection>>) -> Result<Self, StoreError> {
        let head = Arc::new(Head::default());
        head.announce(wire.head()?.0);
        let mut pumps = Self { head, progress: Vec::new(), stop: Arc::default(), threads: Vec::new() };
        for projection in projections {
            let name = projection.name();
            let progress = Arc::new(Progress::default());
            pumps.progress.push((name, Arc::clone(&progress)));
            let (wire, head, stop) = (Arc::clone(wire), Arc::clone(&pumps.head), Arc::clone(&pumps.stop));
            pumps.spawn(name, move || pump::follow(wire.as_ref(), &head, projection, &progress, &stop))?;
        }
        let (poller, head, stop) = (Arc::clone(wire), Arc::clone(&pumps.head), Arc::clone(&pumps.stop));
        pumps.spawn("poll", move || poll(poller.as_ref(), &head, &stop))?;
        let (lifter, head, stop) = (Arc::clone(wire), Arc::clone(&pumps.head), Arc::clone(&pumps.stop));
        pumps.spawn("embargo", move || lift_embargoes(lifter.as_ref(), &head, &stop))?;
        Ok(pumps)
    }

    fn spawn(&mut self, name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), StoreError> {
        let thread = std::thread::Builder::new().name(format!("pump-{name}")).spawn(work);
        self.threads.push(thread.map_err(StoreError::while_doing("start a pump"))?);
        Ok(())
    }

    /// How far each projection is.
    pub(crate) fn progress(&self) -> Vec<(&'static str, Arc<Progress>)> {
        self.progress.clone()
    }
}

impl Drop for Pumps {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        self.head.wake_all();
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a pump panicked");
            }
        }
    }
}

/// Learns what other processes append. A failure to read is logged once and tried again: the store may be busy.
fn poll(wire: &dyn WireStore, head: &Head, stop: &AtomicBool) {
    let mut was_failing = false;
    while !stop.load(Ordering::Acquire) {
        match wire.head() {
            Ok((seq, _)) => {
                was_failing = false;
                head.announce(seq);
            }
            Err(error) if !was_failing => {
                was_failing = true;
                tracing::error!("the wire cannot be polled: {error}");
            }
            Err(_) => {}
        }
        std::thread::sleep(POLL);
    }
}

/// Lifting an embargo is an entry like any other, so that every projection learns of it in order.
fn lift_embargoes(wire: &dyn WireStore, head: &Head, stop: &AtomicBool) {
    while !stop.load(Ordering::Acquire) {
        let now = clock::now();
        if let Err(error) = lift_due(wire, head, now) {
            tracing::error!("ended embargoes cannot be lifted: {error}");
        }
        std::thread::sleep(EMBARGO_TICK);
    }
}

fn lift_due(wire: &dyn WireStore, head: &Head, now: Timestamp) -> Result<(), courant_wire::AppendError> {
    for guid in wire.embargoes_due(now, EMBARGOES_MAX)? {
        if let Some(story) = wire.story(&guid)? {
            match wire.append(act::lift_embargo(&story.latest, story.standing, now), Offer::Next, now) {
                Ok(appended) => head.announce(appended.seq),
                // Somebody held, killed or lifted it meanwhile; the next look decides anew.
                Err(courant_wire::AppendError::Refused(refusal)) => tracing::info!(story.guid = %guid, "not lifted: {refusal}"),
                Err(error) => return Err(error),
            }
        }
    }
    Ok(())
}

/// Brings the site and the index to the head in this process, for a command that found nobody else doing it.
pub(crate) fn catch_up_once(wire: &dyn WireStore, projections: &mut [Box<dyn Projection>]) -> Result<WireSeq, StoreError> {
    let mut cursor = WireSeq::START;
    for projection in projections {
        cursor = pump::catch_up(wire, projection.as_mut(), &Progress::default(), &AtomicBool::new(false))?;
    }
    Ok(cursor)
}

/// The names of the projections that can be rebuilt.
pub(crate) const SITE: &str = SiteFollower::NAME;
/// See [`SITE`].
pub(crate) const SEARCH: &str = IndexFollower::NAME;
