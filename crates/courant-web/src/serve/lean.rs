//! An event stream taken out of hyper: the socket, a cursor, and nothing else.
//!
//! hyper keeps about 10 kB of buffers per connection, which a reader who only listens never needs.
//! The service leaves a [`Handover`] with the connection's state and never answers; the connection's
//! task sees it, takes the socket out of hyper as soon as everything before is flushed, and this
//! task goes on from there. The body ends with the connection, so it needs no chunks.

use std::fmt::Write;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use bytes::{Buf, Bytes, BytesMut};
use http::HeaderMap;
use http::response::Parts;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use tokio::net::TcpStream;

use super::conn::{ConnState, Seat};
use super::stream::StreamBody;

/// Frames that wait together are written together, up to about this size.
const WRITE_BYTES: usize = 32 << 10;

/// A reader has nothing to say on a stream. One that says more than this is cut.
const HEARD_BYTES_MAX: usize = 64 << 10;

/// A stream's head and body, for the connection's task to carry on with.
pub(super) struct Handover {
    head: Bytes,
    body: StreamBody,
}

impl Handover {
    /// `now` is for the `Date` header, which hyper would have written.
    pub(super) fn new(parts: &Parts, body: StreamBody, now: Option<Timestamp>) -> Self {
        Self { head: head(&parts.headers, now), body }
    }
}

fn head(headers: &HeaderMap, now: Option<Timestamp>) -> Bytes {
    let mut head = String::from("HTTP/1.1 200 OK\r\n");
    for (name, value) in headers {
        // Handlers write ASCII; what is not is left out rather than garbled.
        if let Ok(value) = value.to_str() {
            write!(head, "{name}: {value}\r\n").expect("a string takes every write");
        }
    }
    // RFC 9110 section 6.6.1: a server without a clock sends no date.
    if let Some(now) = now
        && let Ok(date) = DateTimePrinter::new().timestamp_to_rfc9110_string(&now)
    {
        write!(head, "date: {date}\r\n").expect("a string takes every write");
    }
    head.push_str("connection: close\r\n\r\n");
    head.into()
}

/// The task of one such stream.
pub(super) struct LeanStream {
    socket: TcpStream,
    state: Rc<ConnState>,
    body: StreamBody,
    /// What the socket has not taken yet.
    unsent: Bytes,
    heard_bytes: usize,
    _seat: Seat,
}

impl LeanStream {
    pub(super) fn new(socket: TcpStream, state: Rc<ConnState>, seat: Seat, handover: Handover) -> Self {
        Self { socket, state, body: handover.body, unsent: handover.head, heard_bytes: 0, _seat: seat }
    }

    /// Notices when the reader leaves. What it says meanwhile is thrown away.
    fn poll_left(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let mut bytes = [0; 512];
        loop {
            match self.socket.poll_read_ready(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Err(_)) => return Poll::Ready(()),
                Poll::Ready(Ok(())) => {}
            }
            match self.socket.try_read(&mut bytes) {
                Ok(0) => return Poll::Ready(()),
                Ok(len) => self.heard_bytes += len,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(_) => return Poll::Ready(()),
            }
            if HEARD_BYTES_MAX < self.heard_bytes {
                return Poll::Ready(());
            }
        }
    }

    /// Everything that may be sent now, or nothing; ready with nothing when the stream is over.
    fn poll_due(&mut self, cx: &mut Context<'_>) -> Poll<Option<Bytes>> {
        let first = match self.body.poll_bytes(cx) {
            Poll::Ready(Some(first)) => first,
            other => return other,
        };
        let Poll::Ready(Some(second)) = self.body.poll_bytes(cx) else {
            // One frame for many readers is sent from where it lies, not copied. Had the stream
            // ended after it, the next call will say so.
            return Poll::Ready(Some(first));
        };
        let mut due = BytesMut::with_capacity(WRITE_BYTES.max(first.len() + second.len()));
        due.extend_from_slice(&first);
        due.extend_from_slice(&second);
        while due.len() < WRITE_BYTES
            && let Poll::Ready(Some(next)) = self.body.poll_bytes(cx)
        {
            due.extend_from_slice(&next);
        }
        Poll::Ready(Some(due.freeze()))
    }
}

impl Future for LeanStream {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        this.state.leave_waker(cx);
        if this.state.is_cut() || this.poll_left(cx).is_ready() {
            return Poll::Ready(());
        }
        loop {
            if this.unsent.is_empty() {
                match this.poll_due(cx) {
                    Poll::Ready(Some(due)) => this.unsent = due,
                    Poll::Ready(None) => return Poll::Ready(()),
                    Poll::Pending => return Poll::Pending,
                }
            }
            match this.socket.try_write(&this.unsent) {
                Ok(len) => {
                    this.unsent.advance(len);
                    this.state.has_written(true);
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => match this.socket.poll_write_ready(cx) {
                    Poll::Ready(Ok(())) => {}
                    Poll::Ready(Err(_)) => return Poll::Ready(()),
                    Poll::Pending => {
                        this.state.has_written(false);
                        return Poll::Pending;
                    }
                },
                Err(_) => return Poll::Ready(()),
            }
        }
    }
}
