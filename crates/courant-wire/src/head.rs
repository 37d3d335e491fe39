//! The wake-up: how those who follow the wire learn that it has grown.

use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex};

use crate::WireSeq;

/// The highest number known in this process. It only grows. A hint: followers read the store for what is true.
#[derive(Debug, Default)]
pub struct Head {
    seq: Mutex<WireSeq>,
    grown: Condvar,
}

impl Head {
    /// Says that the wire has reached `seq` and wakes those who wait for it.
    pub fn announce(&self, seq: WireSeq) {
        let mut known = self.seq.lock();
        if *known < seq {
            *known = seq;
            self.grown.notify_all();
        }
    }

    /// The highest number announced so far.
    pub fn seq(&self) -> WireSeq {
        *self.seq.lock()
    }

    /// Waits until the wire is beyond `seq`, at most for `limit`; answers the highest number known then.
    pub fn wait_beyond(&self, seq: WireSeq, limit: Duration) -> WireSeq {
        let deadline = Instant::now() + limit;
        let mut known = self.seq.lock();
        while *known <= seq {
            if self.grown.wait_until(&mut known, deadline).timed_out() {
                break;
            }
        }
        *known
    }

    /// Wakes everybody without news, so that they can look whether to stop.
    pub fn wake_all(&self) {
        self.grown.notify_all();
    }
}
