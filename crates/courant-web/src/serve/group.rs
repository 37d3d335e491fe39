//! One filter of the live log, and what it said of the last frames.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Weak};

use parking_lot::Mutex;

use super::hub::{FRAMES_MAX, Frame, Hub};

/// The readers of one filter: a frame is matched once for all of them.
pub struct Group {
    name: Box<str>,
    hub: Weak<Hub>,
    matches: Box<dyn Fn(&Frame) -> bool + Send + Sync>,
    verdicts: Mutex<Verdicts>,
}

/// Two bits for each of the last [`FRAMES_MAX`] frames.
struct Verdicts {
    end_at: u64,
    known: [u64; FRAMES_MAX / 64],
    yes: [u64; FRAMES_MAX / 64],
}

impl Group {
    pub(super) fn new(name: &str, hub: &Arc<Hub>, matches: impl Fn(&Frame) -> bool + Send + Sync + 'static) -> Self {
        let verdicts = Verdicts { end_at: 0, known: [0; FRAMES_MAX / 64], yes: [0; FRAMES_MAX / 64] };
        Self { name: name.into(), hub: Arc::downgrade(hub), matches: Box::new(matches), verdicts: Mutex::new(verdicts) }
    }

    /// True when the filter lets the frame through.
    pub(super) fn lets_through(&self, frame: &Frame) -> bool {
        let mut verdicts = self.verdicts.lock();
        if verdicts.end_at <= frame.at {
            // Slots between the old end and this frame held frames that have left the log.
            let from = verdicts.end_at.max((frame.at + 1).saturating_sub(FRAMES_MAX as u64));
            for at in from..=frame.at {
                let (word, bit) = place(at);
                verdicts.known[word] &= !bit;
            }
            verdicts.end_at = frame.at + 1;
        } else if frame.at + (FRAMES_MAX as u64) < verdicts.end_at {
            // Another thread is a whole log ahead; the slot is no longer this frame's.
            return self.ask(frame);
        }
        let (word, bit) = place(frame.at);
        if verdicts.known[word] & bit == 0 {
            verdicts.known[word] |= bit;
            if self.ask(frame) {
                verdicts.yes[word] |= bit;
            } else {
                verdicts.yes[word] &= !bit;
            }
        }
        verdicts.yes[word] & bit != 0
    }

    /// A filter that panics lets the frame through: better one too many than a stream that stands still.
    fn ask(&self, frame: &Frame) -> bool {
        std::panic::catch_unwind(AssertUnwindSafe(|| (self.matches)(frame))).unwrap_or_else(|_| {
            tracing::error!(wire.seq = frame.seq, "a filter of the live log panicked");
            true
        })
    }
}

/// Word and bit of a frame's verdict.
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
