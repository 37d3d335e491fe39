//! A serving thread's own view of the live log.

use std::collections::VecDeque;
use std::sync::Arc;

use super::hub::Frame;

/// A cursor this far ahead of the log is believed to come from a page that was quicker than the
/// log; beyond it, from another life of this server.
const AHEAD_MAX: u64 = 1024;

/// A serving thread's copy of the log, read without locks.
#[derive(Default)]
pub(super) struct LogCopy {
    pub(super) frames: VecDeque<Arc<Frame>>,
    pub(super) next_at: u64,
    pub(super) head_seq: u64,
    pub(super) floor_seq: u64,
}

impl LogCopy {
    pub(super) fn first_at(&self) -> u64 {
        self.next_at - self.frames.len() as u64
    }

    pub(super) fn get(&self, at: u64) -> Option<&Arc<Frame>> {
        let idx = at.checked_sub(self.first_at())?;
        self.frames.get(usize::try_from(idx).ok()?)
    }

    /// The place of the first frame after `seq`; `None` when frames after it are lost.
    pub(super) fn place_after(&self, seq: u64) -> Option<u64> {
        if seq < self.floor_seq || self.head_seq + AHEAD_MAX < seq {
            return None;
        }
        let older = self.frames.partition_point(|frame| frame.seq <= seq);
        Some(self.first_at() + older as u64)
    }
}
