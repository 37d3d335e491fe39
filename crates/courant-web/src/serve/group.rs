//! One filter of the live log, and what it said of the last frames.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Weak};

use parking_lot::Mutex;

use super::hub::{FRAMES_MAX, Frame, Hub, Telling};

/// The readers of one filter: a frame is matched once for all of them.
pub struct Group {
    name: Box<str>,
    hub: Weak<Hub>,
    decide: Box<dyn Fn(&Frame) -> Telling + Send + Sync>,
    tellings: Mutex<Tellings>,
}

/// What was decided of each of the last [`FRAMES_MAX`] frames, two bits for each: neither is not decided yet.
struct Tellings {
    end_at: u64,
    /// Whole, or with the other bit nothing.
    whole: [u64; FRAMES_MAX / 64],
    /// Muted, or with the other bit nothing.
    muted: [u64; FRAMES_MAX / 64],
}

impl Tellings {
    fn at(&self, at: u64) -> Option<Telling> {
        let (word, bit) = place(at);
        match (self.whole[word] & bit != 0, self.muted[word] & bit != 0) {
            (false, false) => None,
            (true, false) => Some(Telling::Whole),
            (false, true) => Some(Telling::Muted),
            (true, true) => Some(Telling::Nothing),
        }
    }

    fn set(&mut self, at: u64, telling: Option<Telling>) {
        let (word, bit) = place(at);
        let (whole, muted) = match telling {
            None => (0, 0),
            Some(Telling::Whole) => (bit, 0),
            Some(Telling::Muted) => (0, bit),
            Some(Telling::Nothing) => (bit, bit),
        };
        self.whole[word] = self.whole[word] & !bit | whole;
        self.muted[word] = self.muted[word] & !bit | muted;
    }
}

impl Group {
    pub(super) fn new(name: &str, hub: &Arc<Hub>, decide: impl Fn(&Frame) -> Telling + Send + Sync + 'static) -> Self {
        let tellings = Tellings { end_at: 0, whole: [0; FRAMES_MAX / 64], muted: [0; FRAMES_MAX / 64] };
        Self { name: name.into(), hub: Arc::downgrade(hub), decide: Box::new(decide), tellings: Mutex::new(tellings) }
    }

    /// How much of the frame its readers are told.
    pub(super) fn telling(&self, frame: &Frame) -> Telling {
        let mut tellings = self.tellings.lock();
        if tellings.end_at <= frame.at {
            // Slots between the old end and this frame held frames that have left the log.
            let from = tellings.end_at.max((frame.at + 1).saturating_sub(FRAMES_MAX as u64));
            for at in from..=frame.at {
                tellings.set(at, None);
            }
            tellings.end_at = frame.at + 1;
        } else if frame.at + (FRAMES_MAX as u64) < tellings.end_at {
            // Another thread is a whole log ahead; the slot is no longer this frame's.
            return self.ask(frame);
        }
        if let Some(decided) = tellings.at(frame.at) {
            return decided;
        }
        let decided = self.ask(frame);
        tellings.set(frame.at, Some(decided));
        decided
    }

    /// A filter that panics lets the frame through: better one too many than a stream that stands still.
    fn ask(&self, frame: &Frame) -> Telling {
        std::panic::catch_unwind(AssertUnwindSafe(|| (self.decide)(frame))).unwrap_or_else(|_| {
            tracing::error!(wire.seq = frame.seq, "a filter of the live log panicked");
            Telling::Whole
        })
    }
}

/// Word and bit of a frame.
fn place(at: u64) -> (usize, u64) {
    let slot = usize::try_from(at % FRAMES_MAX as u64).expect("a remainder of 1,024 fits");
    (slot / 64, 1 << (slot % 64))
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(hub) = self.hub.upgrade() {
            hub.forget(&self.name);
        }
    }
}
