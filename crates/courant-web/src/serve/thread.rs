//! What the tasks of one serving thread share.

use std::cell::{Cell, RefCell};
use std::net::IpAddr;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use slab::Slab;
use tokio::sync::Notify;

use super::addresses::Admitted;
use super::conn::ConnState;
use super::metrics::Counters;
use super::options::Limits;
use super::server::Shared;
use super::stream::Readers;

/// One serving thread. Nothing here crosses to another.
pub(super) struct Thread {
    pub(super) shared: Arc<Shared>,
    pub(super) counters: Arc<Counters>,
    pub(super) readers: Rc<Readers>,
    pub(super) conns: RefCell<Slab<Rc<ConnState>>>,
    /// Milliseconds since the thread began, as of the last sweep.
    pub(super) now_ms: Rc<Cell<u64>>,
    /// Told when the last connection has ended during shutdown.
    pub(super) emptied: Notify,
    closing: Cell<bool>,
}

impl Thread {
    pub(super) fn new(shared: Arc<Shared>, counters: Arc<Counters>) -> Rc<Self> {
        let readers = Readers::new(shared.hub.clone(), counters.clone(), shared.limits.heartbeat);
        Rc::new(Self {
            shared,
            counters,
            readers,
            conns: RefCell::default(),
            now_ms: Rc::default(),
            emptied: Notify::new(),
            closing: Cell::new(false),
        })
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.shared.limits
    }

    /// Lets a connection in while the server and its address have fewer than they may.
    pub(super) fn admit(&self, address: IpAddr) -> Option<Admitted> {
        if self.limits().connections_max <= self.open() {
            return None;
        }
        self.shared.addresses.admit(address, self.limits().connections_per_address_max)
    }

    fn open(&self) -> usize {
        usize::try_from(self.shared.metrics.connections_open()).unwrap_or(0)
    }

    pub(super) fn is_closing(&self) -> bool {
        self.closing.get()
    }

    /// Looks at every connection and stream once.
    pub(super) fn sweep(&self, now_ms: u64) {
        self.now_ms.set(now_ms);
        let crowded = self.limits().connections_max / 4 * 3 < self.open();
        for (_, conn) in self.conns.borrow().iter() {
            if conn.sweep(now_ms, self.limits(), crowded) {
                self.counters.dropped_slow.fetch_add(1, Ordering::Relaxed);
            }
        }
        self.readers.sweep(now_ms);
    }

    /// Lets every answer under way end, and every stream, and nothing new begin.
    pub(super) fn close(&self) {
        self.closing.set(true);
        self.readers.close();
        for (_, conn) in self.conns.borrow().iter() {
            conn.finish();
        }
    }
}
