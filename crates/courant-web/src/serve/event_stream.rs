//! What a handler returns to open a stream.

use std::sync::Arc;
use std::time::Duration;

use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};

use super::group::Group;
use super::hub::HubError;

/// Where a stream begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// With the next frame.
    Now,
    /// After this number.
    After(u64),
}

/// The longest a stream that ends with the first news waits for it, whatever it was asked for.
pub const POLL_WAIT_MAX: Duration = Duration::from_secs(55);

/// When a stream is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// When the reader leaves, or the server.
    Never,
    /// With the first news, at the latest after this long: a long poll, for readers whose network lets no stream through.
    WithNews(Duration),
}

/// An event stream, as a handler returns it. The serving thread feeds it from the log.
#[derive(Clone)]
pub struct EventStream {
    pub(super) group: Arc<Group>,
    pub(super) start: Start,
    pub(super) end: End,
}

impl EventStream {
    /// A stream of what `group` lets through, beginning with the next frame.
    pub fn live(group: Arc<Group>) -> Self {
        Self { group, start: Start::Now, end: End::Never }
    }

    /// A stream of every frame after `seq`, then the live ones.
    pub fn after(group: Arc<Group>, seq: u64) -> Self {
        Self { group, start: Start::After(seq), end: End::Never }
    }

    /// The same stream, over with the first news, or after `wait` with the number reached; at most [`POLL_WAIT_MAX`].
    #[must_use]
    pub fn until_news(self, wait: Duration) -> Self {
        Self { end: End::WithNews(wait.min(POLL_WAIT_MAX)), ..self }
    }

    /// Begins where the reader left off: `Last-Event-ID`, else `after`, else now.
    ///
    /// The header wins because a browser repeats the address it opened first, with its old `after`.
    pub fn resuming(group: Arc<Group>, headers: &HeaderMap, after: Option<u64>) -> Result<Self, HubError> {
        let last = match headers.get("last-event-id").map(HeaderValue::as_bytes) {
            None | Some(b"") => None,
            Some(id) => {
                let id = std::str::from_utf8(id).map_err(|_| HubError::BadCursor)?;
                Some(id.trim().parse().map_err(|_| HubError::BadCursor)?)
            }
        };
        Ok(match last.or(after) {
            Some(seq) => Self::after(group, seq),
            None => Self::live(group),
        })
    }
}

impl IntoResponse for EventStream {
    fn into_response(self) -> Response {
        let headers = [
            (CONTENT_TYPE, HeaderValue::from_static("text/event-stream")),
            (CACHE_CONTROL, HeaderValue::from_static("no-store")),
            // Tells nginx in front of us not to hold events back.
            (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
        ];
        let mut response = headers.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
