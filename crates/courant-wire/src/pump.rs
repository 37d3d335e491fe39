//! The pump: how a projection follows the wire.
//!
//! Written once for all projections. Each has a pump and a cursor of its own, so that a failing one stops only itself
//! and says so in readiness.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use parking_lot::Mutex;

use crate::{Head, StoreError, WireEntry, WireSeq, WireStore};

/// The most entries applied in one transaction.
pub const BATCH_ENTRIES_MAX: usize = 512;
/// How long a caught-up pump sleeps before it looks whether to stop.
const IDLE: Duration = Duration::from_millis(500);

/// A view of the wire that can be dropped and rebuilt from entry 1.
pub trait Projection: Send {
    /// Its name in `courant rebuild NAME`, in readiness and in logs.
    fn name(&self) -> &'static str;

    /// The last entry it has applied. A view made by another revision answers [`WireSeq::START`] after clearing itself.
    ///
    /// # Errors
    /// A [`StoreError`] when its store cannot be read.
    fn cursor(&mut self) -> Result<WireSeq, StoreError>;

    /// Applies entries that follow its cursor without a gap, and moves the cursor to the last, as one act.
    ///
    /// # Errors
    /// A [`StoreError`] when nothing was applied.
    fn apply(&mut self, entries: &[WireEntry]) -> Result<(), StoreError>;

    /// Called when the pump has reached the head: whatever was held back to be applied together must be applied now.
    ///
    /// # Errors
    /// A [`StoreError`] when what was held back is not applied.
    fn caught_up(&mut self) -> Result<(), StoreError> {
        Ok(())
    }

    /// Forgets everything, so that the next apply starts at entry 1.
    ///
    /// # Errors
    /// A [`StoreError`] when it is as before.
    fn clear(&mut self) -> Result<(), StoreError>;
}

/// How far a projection is; shared with readiness and metrics.
#[derive(Debug, Default)]
pub struct Progress {
    cursor: AtomicU64,
    moved_at_us: AtomicI64,
    failure: Mutex<Option<String>>,
}

impl Progress {
    /// The last entry applied.
    pub fn cursor(&self) -> WireSeq {
        WireSeq(self.cursor.load(Ordering::Acquire))
    }

    /// When that entry was put on the wire; `None` before the first.
    pub fn moved_at(&self) -> Option<Timestamp> {
        let moved_at_us = self.moved_at_us.load(Ordering::Acquire);
        (moved_at_us != 0).then(|| Timestamp::from_microsecond(moved_at_us).ok()).flatten()
    }

    /// Why the pump stopped; `None` while it runs.
    pub fn failure(&self) -> Option<String> {
        self.failure.lock().clone()
    }

    fn reached(&self, seq: WireSeq, moved_at: Option<Timestamp>) {
        self.cursor.store(seq.0, Ordering::Release);
        if let Some(moved_at) = moved_at {
            self.moved_at_us.store(moved_at.as_microsecond(), Ordering::Release);
        }
    }
}

/// Applies entries until the projection is caught up or `stop` is set; answers its cursor. The projection's `progress`
/// is kept up to date after each batch.
///
/// # Errors
/// A [`StoreError`] of the wire, of a codec or of the projection; what was applied before it stays.
pub fn catch_up(
    wire: &dyn WireStore,
    projection: &mut dyn Projection,
    progress: &Progress,
    stop: &AtomicBool,
) -> Result<WireSeq, StoreError> {
    let mut cursor = projection.cursor()?;
    progress.reached(cursor, None);
    while !stop.load(Ordering::Acquire) {
        let raw = wire.read_after(cursor, BATCH_ENTRIES_MAX)?;
        let Some(last) = raw.last() else {
            projection.caught_up()?;
            return Ok(cursor);
        };
        let (last_seq, moved_at) = (last.seq, last.moved_at);
        let entries: Vec<WireEntry> =
            raw.iter().map(|entry| entry.decode().map_err(StoreError::while_doing("read the wire"))).collect::<Result<_, _>>()?;
        projection.apply(&entries)?;
        cursor = last_seq;
        progress.reached(cursor, Some(moved_at));
    }
    Ok(cursor)
}

/// Follows the wire until `stop` is set. A failure is logged once, kept in `progress`, and ends only this pump.
pub fn follow(wire: &dyn WireStore, head: &Head, mut projection: Box<dyn Projection>, progress: &Arc<Progress>, stop: &AtomicBool) {
    let name = projection.name();
    while !stop.load(Ordering::Acquire) {
        match catch_up(wire, projection.as_mut(), progress, stop) {
            Ok(cursor) => _ = head.wait_beyond(cursor, IDLE),
            Err(error) => {
                tracing::error!(projection.name = name, wire.seq = progress.cursor().0, "the pump of {name} stopped: {error}");
                *progress.failure.lock() = Some(error.to_string());
                return;
            }
        }
    }
}
