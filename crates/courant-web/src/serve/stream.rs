//! Event streams on one serving thread: a body per reader over the thread's copy of the log.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use slab::Slab;
use tokio::sync::Notify;
use tokio::task::yield_now;

use super::event_stream::{End, EventStream, Start};
use super::group::Group;
use super::hub::{Hub, Telling};
use super::log_copy::LogCopy;
use super::metrics::Counters;

/// How soon a browser comes back after a lost connection.
const RETRY_MS: u64 = 2000;

/// At shutdown readers are sent off for a random time between these, so that they do not all return at once.
const RETURN_MS_MIN: u64 = 1000;
const RETURN_MS_MAX: u64 = 5000;

/// Filters that are asked in one go; a filter with words takes some microseconds.
const GROUPS_PER_TURN: usize = 128;

/// All streams of one serving thread.
pub(super) struct Readers {
    hub: Arc<Hub>,
    counters: Arc<Counters>,
    heartbeat: Duration,
    log: RefCell<LogCopy>,
    slots: RefCell<Slab<Slot>>,
    groups: RefCell<HashMap<*const Group, Rc<LocalGroup>>>,
    /// The heartbeat of readers at the head, with the head it names.
    beat: RefCell<(u64, Bytes)>,
    /// Readers were woken for the frames before this place.
    rung_until: Cell<u64>,
    now_ms: Cell<u64>,
    closing: Cell<bool>,
}

struct Slot {
    group: Rc<LocalGroup>,
    waker: Option<Waker>,
    last_write_ms: u64,
    beat_due: bool,
    /// When a long poll ends without news.
    ends_at_ms: Option<u64>,
}

/// A filter that has readers on this thread.
struct LocalGroup {
    group: Arc<Group>,
    /// Streams open for it on this thread.
    n_readers: Cell<usize>,
    /// Whether the frames just copied hold one for it.
    rung: Cell<bool>,
}

/// What a stream sends next, beside frames.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Opening(Start),
    Running,
    Over,
}

/// The body of one event stream.
pub(super) struct StreamBody {
    readers: Rc<Readers>,
    slot: usize,
    phase: Phase,
    /// Place in the log of the next frame to look at.
    cursor: u64,
    /// The last `id:` the reader was given.
    told_seq: u64,
    /// Whether it ends with the first news.
    is_poll: bool,
    has_news: bool,
}

impl Readers {
    pub(super) fn new(hub: Arc<Hub>, counters: Arc<Counters>, heartbeat: Duration) -> Rc<Self> {
        Rc::new(Self {
            hub,
            counters,
            heartbeat,
            log: RefCell::default(),
            slots: RefCell::default(),
            groups: RefCell::default(),
            beat: RefCell::default(),
            rung_until: Cell::new(0),
            now_ms: Cell::new(0),
            closing: Cell::new(false),
        })
    }

    pub(super) fn open(self: &Rc<Self>, stream: &EventStream) -> StreamBody {
        let group = self
            .groups
            .borrow_mut()
            .entry(Arc::as_ptr(&stream.group))
            .or_insert_with(|| Rc::new(LocalGroup { group: stream.group.clone(), n_readers: Cell::new(0), rung: Cell::new(false) }))
            .clone();
        group.n_readers.update(|n| n + 1);
        let ends_at_ms = match stream.end {
            End::Never => None,
            End::WithNews(wait) => Some(self.now_ms.get() + u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)),
        };
        let slot = Slot { group, waker: None, last_write_ms: self.now_ms.get(), beat_due: false, ends_at_ms };
        self.counters.streams_open.fetch_add(1, Ordering::Relaxed);
        StreamBody {
            readers: self.clone(),
            slot: self.slots.borrow_mut().insert(slot),
            phase: Phase::Opening(stream.start),
            cursor: 0,
            told_seq: 0,
            is_poll: ends_at_ms.is_some(),
            has_news: false,
        }
    }

    /// Wakes, after each ring of `bell`, the readers whose filter lets a new frame through.
    pub(super) async fn follow(self: Rc<Self>, bell: Arc<Notify>) {
        loop {
            bell.notified().await;
            self.copy();
            let until = self.log.borrow().next_at;
            let since = self.rung_until.replace(until);
            let groups: Vec<_> = self.groups.borrow().values().cloned().collect();
            for some in groups.chunks(GROUPS_PER_TURN) {
                for group in some {
                    group.rung.set(self.has_news(&group.group, since..until));
                }
                // Pages are served between the turns, however many filters there are.
                yield_now().await;
            }
            self.wake(|slot| slot.group.rung.get());
        }
    }

    fn has_news(&self, group: &Group, places: Range<u64>) -> bool {
        let log = self.log.borrow();
        let mut frames = (places.start.max(log.first_at())..places.end).filter_map(|at| log.get(at));
        frames.any(|frame| group.telling(frame) != Telling::Nothing)
    }

    /// Brings this thread's copy of the log up to date. Whoever copies, the bell has rung for the rest.
    fn copy(&self) {
        self.hub.copy_to(&mut self.log.borrow_mut());
    }

    fn wake(&self, mut is_due: impl FnMut(&mut Slot) -> bool) {
        for (_, slot) in self.slots.borrow_mut().iter_mut() {
            if is_due(slot)
                && let Some(waker) = slot.waker.take()
            {
                waker.wake();
            }
        }
    }

    /// Wakes the readers who have heard nothing for a heartbeat. Called about once a second.
    pub(super) fn sweep(&self, now_ms: u64) {
        self.now_ms.set(now_ms);
        self.copy();
        let heartbeat_ms = u64::try_from(self.heartbeat.as_millis()).unwrap_or(u64::MAX);
        self.wake(|slot| {
            slot.beat_due |= heartbeat_ms <= now_ms.saturating_sub(slot.last_write_ms);
            slot.beat_due || slot.ends_at_ms.is_some_and(|at| at <= now_ms)
        });
    }

    /// Lets every stream end once it has sent what there is.
    pub(super) fn close(&self) {
        self.closing.set(true);
        self.wake(|_| true);
    }

    fn beat(&self, head_seq: u64) -> Bytes {
        let mut beat = self.beat.borrow_mut();
        if beat.0 != head_seq || beat.1.is_empty() {
            *beat = (head_seq, format!(":\nid: {head_seq}\n\n").into());
        }
        beat.1.clone()
    }
}

impl StreamBody {
    /// The next bytes for this reader; `None` when the stream is over.
    pub(super) fn poll_bytes(&mut self, cx: &mut Context<'_>) -> Poll<Option<Bytes>> {
        let bytes = match self.phase {
            Phase::Over => return Poll::Ready(None),
            Phase::Opening(start) => {
                self.phase = Phase::Running;
                Some(self.begin(start))
            }
            Phase::Running => self.next(cx),
        };
        let Some(bytes) = bytes else {
            return Poll::Pending;
        };
        if let Some(slot) = self.readers.slots.borrow_mut().get_mut(self.slot) {
            slot.last_write_ms = self.readers.now_ms.get();
            slot.beat_due = false;
        }
        Poll::Ready(Some(bytes))
    }

    /// The greeting. A new reader learns the head's number at once, so that it can resume before the first event.
    fn begin(&mut self, start: Start) -> Bytes {
        self.readers.copy();
        let log = self.readers.log.borrow();
        let place = match start {
            Start::Now => Some(log.next_at),
            Start::After(seq) => log.place_after(seq),
        };
        self.cursor = place.unwrap_or(log.next_at);
        self.told_seq = match start {
            Start::After(seq) if place.is_some() => seq,
            Start::Now | Start::After(_) => log.head_seq,
        };
        let told_seq = self.told_seq;
        match place {
            Some(_) => format!("retry: {RETRY_MS}\nid: {told_seq}\n\n").into(),
            None => {
                self.has_news = true;
                format!("retry: {RETRY_MS}\n\n{}", reload(told_seq)).into()
            }
        }
    }

    /// The next frame, or what stands in for one. `None` after leaving a waker behind.
    fn next(&mut self, cx: &mut Context<'_>) -> Option<Bytes> {
        let log = self.readers.log.borrow();
        let mut slots = self.readers.slots.borrow_mut();
        let slot = slots.get_mut(self.slot)?;
        if self.cursor < log.first_at() {
            self.cursor = log.next_at;
            self.told_seq = log.head_seq;
            self.has_news = true;
            return Some(reload(log.head_seq).into());
        }
        while let Some(frame) = log.get(self.cursor) {
            self.cursor += 1;
            // A reader may be ahead of the log: its page was quicker.
            let is_new = self.told_seq < frame.seq;
            if is_new && let Some(bytes) = frame.bytes(slot.group.group.telling(frame)) {
                self.told_seq = frame.seq;
                self.has_news = true;
                self.readers.counters.frames_sent.fetch_add(1, Ordering::Relaxed);
                return Some(bytes.clone());
            }
        }
        if self.readers.closing.get() {
            self.phase = Phase::Over;
            let delay_ms = RETURN_MS_MIN + random() % (RETURN_MS_MAX - RETURN_MS_MIN);
            return Some(format!("retry: {delay_ms}\n\n").into());
        }
        let waited = slot.ends_at_ms.is_some_and(|at| at <= self.readers.now_ms.get());
        if self.is_poll && (self.has_news || waited) {
            self.phase = Phase::Over;
            self.told_seq = self.told_seq.max(log.head_seq);
            return Some(self.readers.beat(self.told_seq));
        }
        if slot.beat_due {
            // A reader whose filter lets little through still moves on, and never falls off the log.
            self.told_seq = self.told_seq.max(log.head_seq);
            return Some(self.readers.beat(self.told_seq));
        }
        if !slot.waker.as_ref().is_some_and(|waker| waker.will_wake(cx.waker())) {
            slot.waker = Some(cx.waker().clone());
        }
        None
    }
}

impl Drop for StreamBody {
    fn drop(&mut self) {
        self.readers.counters.streams_open.fetch_sub(1, Ordering::Relaxed);
        let slot = self.readers.slots.borrow_mut().try_remove(self.slot);
        if let Some(Slot { group, .. }) = slot {
            group.n_readers.update(|n| n - 1);
            if group.n_readers.get() == 0 {
                self.readers.groups.borrow_mut().remove(&Arc::as_ptr(&group.group));
            }
        }
    }
}

/// Tells a reader that frames are gone. It carries data, or a browser would not deliver it.
fn reload(head_seq: u64) -> String {
    format!("id: {head_seq}\nevent: reload\ndata: {{\"seq\":{head_seq}}}\n\n")
}

/// A number nobody needs to guess at: the standard library's hash keys are random.
fn random() -> u64 {
    RandomState::new().hash_one(0)
}
