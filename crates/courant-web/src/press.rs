//! Where hubs announce what other media report (WebSub). Everything but the addresses is done by whoever fetches.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// Bytes of what a hub sends.
const BODY_BYTES_MAX: usize = 16 << 20;
/// Bytes of a challenge that is given back.
const CHALLENGE_BYTES_MAX: usize = 1 << 10;

/// Who takes what hubs say.
pub trait Inbox: Send + Sync {
    /// Whether we asked the hub for this: `mode` is `subscribe`, `unsubscribe` or `denied`.
    fn intends(&self, token: &str, mode: &str, topic: &str, lease_secs: Option<i64>) -> bool;

    /// Takes a document with the value of `X-Hub-Signature`.
    fn deliver(&self, token: &str, signature: Option<&str>, body: Vec<u8>) -> Delivered;
}

/// What became of what a hub sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivered {
    /// It was taken, or thrown away without a word.
    Taken,
    /// Nobody subscribed with this address: the hub should stop.
    Unknown,
    /// Too much waits; the hub should try again.
    Busy,
}

/// The addresses for hubs, beside those of the site: `/press/websub/TOKEN`.
pub fn router(inbox: Arc<dyn Inbox>) -> Router {
    Router::new().route("/press/websub/{token}", get(verify).post(take)).with_state(inbox)
}

/// Gives the challenge back when we meant it (WebSub, section 5.3).
async fn verify(State(inbox): State<Arc<dyn Inbox>>, Path(token): Path<String>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let value = |name: &str| {
        let found = query.split('&').find_map(|part| part.split_once('=').filter(|(key, _)| *key == name));
        found.map(|(_, value)| percent_encoding::percent_decode_str(&value.replace('+', " ")).decode_utf8_lossy().into_owned())
    };
    let (mode, topic, challenge) = (value("hub.mode"), value("hub.topic"), value("hub.challenge").unwrap_or_default());
    let lease_secs = value("hub.lease_seconds").and_then(|secs| secs.parse().ok());
    let is_meant = match (mode, topic) {
        (Some(mode), Some(topic)) => inbox.intends(&token, &mode, &topic, lease_secs),
        _ => false,
    };
    if is_meant && challenge.len() <= CHALLENGE_BYTES_MAX {
        // As plain text, whatever it holds: it is a stranger's.
        return ([(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], challenge).into_response();
    }
    (StatusCode::NOT_FOUND, "nobody asked for this\n").into_response()
}

async fn take(State(inbox): State<Arc<dyn Inbox>>, Path(token): Path<String>, headers: HeaderMap, body: Body) -> Response {
    let Ok(body) = to_bytes(body, BODY_BYTES_MAX).await else {
        return (StatusCode::PAYLOAD_TOO_LARGE, "at most 16 MiB are taken\n").into_response();
    };
    let signature = headers.get("x-hub-signature").and_then(|value| value.to_str().ok());
    match inbox.deliver(&token, signature, body.to_vec()) {
        Delivered::Taken => StatusCode::ACCEPTED.into_response(),
        Delivered::Unknown => (StatusCode::GONE, "nobody subscribed with this address\n").into_response(),
        Delivered::Busy => {
            (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "60")], "too much waits; try again in a minute\n").into_response()
        }
    }
}
