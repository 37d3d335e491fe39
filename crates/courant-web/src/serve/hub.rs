//! The live log: the last frames of the wire, framed once and shared by every stream.
//!
//! There is no queue per reader. A stream is a cursor into this log; a slow reader simply has an
//! older cursor, and one that fell off the end is told to reload.

use std::any::Any;
use std::collections::{HashMap, VecDeque};
use std::fmt::Write;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use bytes::Bytes;
use parking_lot::Mutex;
use tokio::sync::{Notify, watch};

use super::group::Group;
use super::log_copy::LogCopy;

/// Frames that can be replayed. A reader who missed more is told to reload.
pub const FRAMES_MAX: usize = 1024;

/// Distinct filters that may listen at once. One costs about 300 bytes and a match per frame.
pub const GROUPS_MAX: usize = 16_384;

/// The longest a call of [`Hub::wait_after`] waits, whatever it was asked for.
pub const WAIT_MAX: Duration = Duration::from_mins(1);

/// The name of the event that stands for one whose subject a filter mutes.
pub const MUTED: &str = "muted";

/// How much of a frame the readers of a filter are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    /// All of it; once it is scrubbed, that it happened.
    Whole,
    /// That there is something they muted.
    Muted,
    /// Nothing.
    Nothing,
}

/// What a frame is about, for filters; see [`Frame::subject`].
pub type Subject = Arc<dyn Any + Send + Sync>;

/// A frame to publish.
#[derive(Clone)]
pub struct NewFrame<'a> {
    /// The wire sequence number, sent as `id:`.
    pub seq: u64,
    /// The event's name, such as `move`. Must not hold a line break.
    pub event: &'a str,
    /// The event's data. Line breaks become further `data:` lines.
    pub data: &'a str,
    /// What may be said of it when its data may not: after [`Hub::scrub`] in place of the data, and as the data of an event
    /// named [`MUTED`] to the readers of a filter that mutes it.
    pub bare: &'a str,
    /// What the frame belongs to (a story's number), for [`Hub::scrub`].
    pub story: u64,
    /// What filters look at.
    pub subject: Subject,
}

/// A frame in the log.
pub struct Frame {
    /// Place in the log, counted from 0 since the start, without gaps.
    pub(super) at: u64,
    /// The wire sequence number. Rises from frame to frame, with gaps.
    pub seq: u64,
    /// What it belongs to.
    pub story: u64,
    whole: Bytes,
    bare: Bytes,
    muted: Bytes,
    subject: Subject,
    scrubbed: AtomicBool,
}

impl Frame {
    /// What the frame is about, if it is a `T`.
    pub fn subject<T: Any>(&self) -> Option<&T> {
        self.subject.downcast_ref()
    }

    /// The bytes for readers who are told this much; `None` when they are told nothing.
    pub(super) fn bytes(&self, telling: Telling) -> Option<&Bytes> {
        match telling {
            Telling::Whole if self.scrubbed.load(Ordering::Acquire) => Some(&self.bare),
            Telling::Whole => Some(&self.whole),
            Telling::Muted => Some(&self.muted),
            Telling::Nothing => None,
        }
    }
}

/// The log and those who wait for it.
pub struct Hub {
    log: Mutex<Log>,
    head: watch::Sender<u64>,
    /// One bell per serving thread.
    bells: Mutex<Vec<Arc<Notify>>>,
    groups: Mutex<HashMap<Arc<str>, Weak<Group>>>,
    published: AtomicU64,
}

struct Log {
    frames: VecDeque<Arc<Frame>>,
    /// The place of the next frame.
    next_at: u64,
    head_seq: u64,
    /// Every frame after this number is in `frames`.
    floor_seq: u64,
}

/// Why a stream is not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HubError {
    /// Answer 503.
    #[error("too many different filters are listening (at most {GROUPS_MAX}); try again later")]
    TooManyGroups,
    /// Answer 400.
    #[error("Last-Event-ID and after take a wire sequence number, such as 1042")]
    BadCursor,
}

impl Hub {
    /// An empty log that begins after `seq`: readers who come with an older number are told to
    /// reload. Fill it with the wire's last [`FRAMES_MAX`] entries before serving, so that a
    /// restart is not noticed.
    pub fn new(seq: u64) -> Arc<Self> {
        Arc::new(Self {
            log: Mutex::new(Log { frames: VecDeque::with_capacity(FRAMES_MAX), next_at: 0, head_seq: seq, floor_seq: seq }),
            head: watch::Sender::new(seq),
            bells: Mutex::new(Vec::new()),
            groups: Mutex::new(HashMap::new()),
            published: AtomicU64::new(0),
        })
    }

    /// Appends a frame and wakes its readers. Takes microseconds however many they are.
    ///
    /// Publish after the read model shows the entry, so that a reader told to reload misses nothing.
    /// Returns false, and does nothing, when this or a later number was published before.
    pub fn publish(&self, frame: NewFrame<'_>) -> bool {
        {
            let mut log = self.log.lock();
            if frame.seq <= log.head_seq {
                return false;
            }
            let frame = Arc::new(Frame {
                at: log.next_at,
                seq: frame.seq,
                story: frame.story,
                whole: framed(frame.seq, frame.event, frame.data),
                bare: framed(frame.seq, frame.event, frame.bare),
                muted: framed(frame.seq, MUTED, frame.bare),
                subject: frame.subject,
                scrubbed: AtomicBool::new(false),
            });
            if log.frames.len() == FRAMES_MAX
                && let Some(oldest) = log.frames.pop_front()
            {
                log.floor_seq = oldest.seq;
            }
            log.next_at += 1;
            log.head_seq = frame.seq;
            log.frames.push_back(frame);
        }
        self.published.fetch_add(1, Ordering::Relaxed);
        self.ring();
        true
    }

    /// Moves the head past an entry that no stream shows, such as an item under embargo. Readers
    /// learn the number with the next heartbeat.
    pub fn pass(&self, seq: u64) {
        let mut log = self.log.lock();
        log.head_seq = log.head_seq.max(seq);
        drop(log);
        self.raise_head(seq);
    }

    /// Takes the words out of the frames of a story: from now on every stream, live or replayed, sends their bare form, so
    /// that a reader still learns each act in its order. Frames already handed to the kernel cannot be recalled; publish
    /// the kill after this.
    pub fn scrub(&self, story: u64) {
        for frame in self.log.lock().frames.iter().filter(|frame| frame.story == story) {
            frame.scrubbed.store(true, Ordering::Release);
        }
    }

    fn ring(&self) {
        self.raise_head(self.head_seq());
        for bell in self.bells.lock().iter() {
            bell.notify_one();
        }
    }

    /// Two publishers may come here in either order; the head never falls.
    fn raise_head(&self, seq: u64) {
        self.head.send_if_modified(|head| {
            let risen = *head < seq;
            *head = seq.max(*head);
            risen
        });
    }

    /// The last number published or passed.
    pub fn head_seq(&self) -> u64 {
        self.log.lock().head_seq
    }

    /// For a long poll: waits until an entry after `seq` was published or passed, and returns the
    /// head; after `timeout` (at most [`WAIT_MAX`]) it returns the head as it is.
    pub async fn wait_after(&self, seq: u64, timeout: Duration) -> u64 {
        let mut head = self.head.subscribe();
        let later = head.wait_for(|head| seq < *head);
        match tokio::time::timeout(timeout.min(WAIT_MAX), later).await {
            Ok(Ok(head)) => *head,
            // The sender lives as long as the hub, so only the time can have run out.
            Ok(Err(_)) | Err(_) => self.head_seq(),
        }
    }

    /// The readers of a filter, by its canonical form; `telling` is used when nobody listens to it yet.
    ///
    /// `telling` runs on serving threads, once per frame: it must be quick and must not block.
    pub fn group(
        self: &Arc<Self>,
        canonical: &str,
        telling: impl Fn(&Frame) -> Telling + Send + Sync + 'static,
    ) -> Result<Arc<Group>, HubError> {
        let mut groups = self.groups.lock();
        if let Some(group) = groups.get(canonical).and_then(Weak::upgrade) {
            return Ok(group);
        }
        if GROUPS_MAX <= groups.len() {
            return Err(HubError::TooManyGroups);
        }
        let group = Arc::new(Group::new(canonical, self, telling));
        groups.insert(canonical.into(), Arc::downgrade(&group));
        Ok(group)
    }

    /// Drops a group that has lost its last reader.
    pub(super) fn forget(&self, canonical: &str) {
        let mut groups = self.groups.lock();
        // A new group of the same name may have taken the place already.
        if groups.get(canonical).is_some_and(|group| group.strong_count() == 0) {
            groups.remove(canonical);
        }
    }

    /// Filters with at least one reader, and frames published since the start.
    pub fn size(&self) -> (usize, u64) {
        (self.groups.lock().len(), self.published.load(Ordering::Relaxed))
    }

    /// A bell for one serving thread; it rings after every frame.
    pub(super) fn add_bell(&self) -> Arc<Notify> {
        let bell = Arc::new(Notify::new());
        self.bells.lock().push(bell.clone());
        bell
    }

    pub(super) fn remove_bell(&self, bell: &Arc<Notify>) {
        self.bells.lock().retain(|other| !Arc::ptr_eq(other, bell));
    }

    /// Brings a thread's copy of the log up to date.
    pub(super) fn copy_to(&self, copy: &mut LogCopy) {
        let log = self.log.lock();
        let first_at = log.next_at - log.frames.len() as u64;
        let skip = copy.next_at.saturating_sub(first_at);
        copy.frames.extend(log.frames.iter().skip(usize::try_from(skip).unwrap_or(usize::MAX)).cloned());
        copy.next_at = log.next_at;
        copy.head_seq = log.head_seq;
        copy.floor_seq = log.floor_seq;
        drop(log);
        while FRAMES_MAX < copy.frames.len() {
            copy.frames.pop_front();
        }
    }
}

/// `id:`, `event:` and `data:` lines, once for all readers.
fn framed(seq: u64, event: &str, data: &str) -> Bytes {
    let mut text = String::with_capacity(data.len() + event.len() + 48);
    let event: String = event.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
    write!(text, "id: {seq}\nevent: {event}\n").expect("a string takes every write");
    // All three line ends of the event stream grammar, or one in the data would end the field.
    for line in data.replace("\r\n", "\n").split(['\n', '\r']) {
        text.push_str("data: ");
        text.push_str(line);
        text.push('\n');
    }
    text.push('\n');
    text.into()
}
