//! One accepted connection: what hyper reads and writes through, and what the sweep knows of it.
//!
//! There is no timer per request. Reads, writes and answers note the time of the last sweep in the
//! connection's state, and a sweep a second per thread ends those that took too long.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::io::{self, IoSlice};
use std::net::SocketAddr;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll, Waker};

use hyper::rt::{Read, ReadBufCursor, Write};
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::task::spawn_local;

use super::addresses::Admitted;
use super::lean::{Handover, LeanStream};
use super::options::Limits;
use super::service::Front;
use super::thread::Thread;

/// The head of a request, target included, fits into this; hyper answers 431 beyond it.
const HEAD_BYTES_MAX: usize = 32 << 10;

/// In a crowd an idle connection may stay for this fraction of its usual time.
const CROWDED_HASTE: u32 = 10;

/// What the sweep has decided about a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Run,
    /// Finish the answer under way, then close.
    Finish,
    /// Close now.
    Drop,
}

/// What a connection is waiting for, and since when (in the thread's milliseconds).
pub(super) struct ConnState {
    now_ms: Rc<Cell<u64>>,
    order: Cell<Order>,
    waker: RefCell<Option<Waker>>,
    /// A request is being answered.
    busy: Cell<bool>,
    /// Bytes came while busy: they may begin the next request.
    read_ahead: Cell<bool>,
    /// Since when a head has been incomplete.
    head_since_ms: Cell<Option<u64>>,
    /// Since when nothing has been asked.
    idle_since_ms: Cell<u64>,
    /// Since when the reader has taken nothing.
    blocked_since_ms: Cell<Option<u64>>,
    /// A stream on its way out of hyper.
    handover: RefCell<Option<Box<Handover>>>,
}

impl ConnState {
    pub(super) fn new(now_ms: Rc<Cell<u64>>) -> Rc<Self> {
        let since_ms = now_ms.get();
        Rc::new(Self {
            now_ms,
            order: Cell::new(Order::Run),
            waker: RefCell::default(),
            busy: Cell::new(false),
            read_ahead: Cell::new(false),
            // A connection that says nothing at all is as slow as one that says half a head.
            head_since_ms: Cell::new(Some(since_ms)),
            idle_since_ms: Cell::new(since_ms),
            blocked_since_ms: Cell::new(None),
            handover: RefCell::default(),
        })
    }

    /// A whole head has arrived.
    pub(super) fn asked(&self) {
        self.busy.set(true);
        self.read_ahead.set(false);
        self.head_since_ms.set(None);
    }

    /// The answer's last byte has been handed over.
    pub(super) fn answered(&self) {
        self.busy.set(false);
        self.idle_since_ms.set(self.now_ms.get());
        if self.read_ahead.get() {
            self.head_since_ms.set(Some(self.now_ms.get()));
        }
    }

    fn has_read(&self) {
        if self.busy.get() {
            self.read_ahead.set(true);
        } else if self.head_since_ms.get().is_none() {
            self.head_since_ms.set(Some(self.now_ms.get()));
        }
    }

    /// Notes whether the reader took something, or has to be waited for.
    pub(super) fn has_written(&self, took: bool) {
        if took {
            self.blocked_since_ms.set(None);
        } else if self.blocked_since_ms.get().is_none() {
            self.blocked_since_ms.set(Some(self.now_ms.get()));
        }
    }

    /// Leaves a stream for the connection's task to take out of hyper.
    pub(super) fn hand_over(&self, handover: Handover) {
        self.busy.set(true);
        self.head_since_ms.set(None);
        *self.handover.borrow_mut() = Some(Box::new(handover));
    }

    /// The stream to carry on with, once nothing unsent is left in hyper.
    fn take_handover(&self) -> Option<Box<Handover>> {
        let is_flushed = self.blocked_since_ms.get().is_none();
        if is_flushed { self.handover.borrow_mut().take() } else { None }
    }

    /// True when the sweep wants the connection closed now.
    pub(super) fn is_cut(&self) -> bool {
        self.order.get() == Order::Drop
    }

    /// Ends the connection if it has outstayed a limit. True when it was cut.
    /// When the server is `crowded`, idle connections make room sooner.
    pub(super) fn sweep(&self, now_ms: u64, limits: &Limits, crowded: bool) -> bool {
        let over = |since_ms: Option<u64>, limit: std::time::Duration| {
            since_ms.is_some_and(|since_ms| limit.as_millis() <= u128::from(now_ms.saturating_sub(since_ms)))
        };
        let idle_time_max = if crowded { limits.idle_time_max / CROWDED_HASTE } else { limits.idle_time_max };
        let idle_since_ms = (!self.busy.get()).then(|| self.idle_since_ms.get());
        let is_over = over(self.head_since_ms.get(), limits.head_time_max)
            || over(idle_since_ms, idle_time_max)
            || over(self.blocked_since_ms.get(), limits.write_time_max);
        if is_over {
            self.give(Order::Drop);
        }
        is_over
    }

    /// Lets the connection close after the answer under way.
    pub(super) fn finish(&self) {
        if self.order.get() == Order::Run {
            self.give(Order::Finish);
        }
    }

    fn give(&self, order: Order) {
        self.order.set(order);
        if let Some(waker) = self.waker.borrow_mut().take() {
            waker.wake();
        }
    }

    pub(super) fn leave_waker(&self, cx: &mut Context<'_>) {
        let mut waker = self.waker.borrow_mut();
        if !waker.as_ref().is_some_and(|waker| waker.will_wake(cx.waker())) {
            *waker = Some(cx.waker().clone());
        }
    }
}

/// Serves a connection until it ends, by its own will, its reader's, or the sweep's.
pub(super) async fn drive(thread: Rc<Thread>, socket: TcpStream, peer: SocketAddr, admitted: Admitted) {
    let state = ConnState::new(thread.now_ms.clone());
    let seat = Seat::take(&thread, &state, admitted);
    let io = WatchedIo { socket: TokioIo::new(socket), state: state.clone() };
    let front = Front::new(thread, state.clone(), peer);
    let mut conn = http1::Builder::new()
        // With it on, a complete request waits for the half that follows it in the same segment.
        .pipeline_flush(false)
        .half_close(false)
        .max_buf_size(HEAD_BYTES_MAX)
        .max_header_size(HEAD_BYTES_MAX)
        // The sweep sees to slow heads.
        .header_read_timeout(None)
        .serve_connection(io, front);
    let mut told_to_finish = false;
    let ended = poll_fn(|cx| {
        state.leave_waker(cx);
        match state.order.get() {
            Order::Run => {}
            Order::Finish if told_to_finish => {}
            Order::Finish => {
                told_to_finish = true;
                Pin::new(&mut conn).graceful_shutdown();
            }
            Order::Drop => return Poll::Ready(Ok(None)),
        }
        match Pin::new(&mut conn).poll(cx) {
            Poll::Ready(ended) => Poll::Ready(ended.map(|()| None)),
            Poll::Pending => state.take_handover().map_or(Poll::Pending, |handover| Poll::Ready(Ok(Some(handover)))),
        }
    })
    .await;
    match ended {
        Ok(Some(handover)) => {
            let socket = conn.into_parts().io.socket.into_inner();
            // A task of its own, as this one has the size of hyper's state.
            spawn_local(LeanStream::new(socket, state, seat, *handover));
        }
        Ok(None) => {}
        // Readers leave in the middle of things all day; it is not our failure.
        Err(error) => tracing::trace!(error = &error as &dyn std::error::Error, "connection ended: {error}"),
    }
}

/// A connection's place in the thread's table; given back even if its task panics.
pub(super) struct Seat {
    thread: Rc<Thread>,
    key: usize,
    _admitted: Admitted,
}

impl Seat {
    fn take(thread: &Rc<Thread>, state: &Rc<ConnState>, admitted: Admitted) -> Self {
        thread.counters.connections_open.fetch_add(1, Ordering::Relaxed);
        let key = thread.conns.borrow_mut().insert(state.clone());
        Self { thread: thread.clone(), key, _admitted: admitted }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.thread.counters.connections_open.fetch_sub(1, Ordering::Relaxed);
        self.thread.conns.borrow_mut().try_remove(self.key);
        if self.thread.is_closing() && self.thread.conns.borrow().is_empty() {
            self.thread.emptied.notify_one();
        }
    }
}

/// The socket, with its reads and writes noted in the state.
struct WatchedIo {
    socket: TokioIo<TcpStream>,
    state: Rc<ConnState>,
}

impl Read for WatchedIo {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: ReadBufCursor<'_>) -> Poll<Result<(), io::Error>> {
        let polled = Pin::new(&mut self.socket).poll_read(cx, buf);
        if polled.is_ready() {
            self.state.has_read();
        }
        polled
    }
}

impl Write for WatchedIo {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<Result<usize, io::Error>> {
        let polled = Pin::new(&mut self.socket).poll_write(cx, buf);
        self.state.has_written(polled.is_ready());
        polled
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), io::Error>> {
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), io::Error>> {
        Pin::new(&mut self.socket).poll_shutdown(cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bufs: &[IoSlice<'_>]) -> Poll<Result<usize, io::Error>> {
        let polled = Pin::new(&mut self.socket).poll_write_vectored(cx, bufs);
        self.state.has_written(polled.is_ready());
        polled
    }
}
