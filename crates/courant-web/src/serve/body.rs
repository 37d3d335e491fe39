//! The one body type the server answers with.

use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use super::conn::ConnState;
use super::stream::StreamBody;

/// A body, and the connection it keeps busy until it is dropped.
pub(super) struct ServeBody {
    kind: Kind,
    conn: Rc<ConnState>,
}

enum Kind {
    Done,
    Whole(Bytes),
    Router(axum::body::Body),
    Stream(StreamBody),
}

impl ServeBody {
    pub(super) fn empty(conn: &Rc<ConnState>) -> Self {
        Self { kind: Kind::Done, conn: conn.clone() }
    }

    pub(super) fn whole(bytes: Bytes, conn: &Rc<ConnState>) -> Self {
        let kind = if bytes.is_empty() { Kind::Done } else { Kind::Whole(bytes) };
        Self { kind, conn: conn.clone() }
    }

    pub(super) fn router(body: axum::body::Body, conn: &Rc<ConnState>) -> Self {
        Self { kind: Kind::Router(body), conn: conn.clone() }
    }

    pub(super) fn stream(body: StreamBody, conn: &Rc<ConnState>) -> Self {
        Self { kind: Kind::Stream(body), conn: conn.clone() }
    }
}

impl ServeBody {
    /// The stream, if it is one; the body is empty then.
    pub(super) fn take_stream(&mut self) -> Option<StreamBody> {
        match std::mem::replace(&mut self.kind, Kind::Done) {
            Kind::Stream(stream) => Some(stream),
            other => {
                self.kind = other;
                None
            }
        }
    }
}

impl Body for ServeBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match &mut self.kind {
            Kind::Done => Poll::Ready(None),
            Kind::Whole(bytes) => {
                let bytes = std::mem::take(bytes);
                self.kind = Kind::Done;
                Poll::Ready(Some(Ok(Frame::data(bytes))))
            }
            Kind::Router(body) => Pin::new(body).poll_frame(cx),
            Kind::Stream(body) => body.poll_bytes(cx).map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes)))),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.kind {
            Kind::Done => true,
            Kind::Whole(_) | Kind::Stream(_) => false,
            Kind::Router(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.kind {
            Kind::Done => SizeHint::with_exact(0),
            Kind::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Kind::Router(body) => body.size_hint(),
            Kind::Stream(_) => SizeHint::default(),
        }
    }
}

impl Drop for ServeBody {
    fn drop(&mut self) {
        self.conn.answered();
    }
}
