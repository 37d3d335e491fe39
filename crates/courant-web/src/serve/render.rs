//! Uncached work, off the serving threads: the router, and compression.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderValue};
use http::request::Parts;
use http::{Method, Request, Response, StatusCode};
use http_body::{Frame, SizeHint};
use hyper::body::Incoming;
use tokio::task::JoinHandle;
use tokio::time::{Instant, Sleep};
use tower::ServiceExt;

use super::answer::PageNote;
use super::cache::{Landed, Lead};
use super::coding::Coding;
use super::page::{Page, Said};
use super::server::Shared;

/// A page that a handler makes may not be larger than this; pictures and archives stream instead.
const PAGE_BYTES_MAX: usize = 64 << 20;

/// The address a request came from: for rate limits, never for logs. Handlers find it as an extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub SocketAddr);

/// One request for the router.
pub(super) struct Job {
    parts: Parts,
    body: Body,
    lead: Option<Lead>,
}

/// What came of it.
pub(super) enum Rendered {
    /// A page, already in this reader's coding or as 304.
    Answer(Response<Bytes>),
    Other(Response<Body>),
}

impl Job {
    /// A page others may share. Rendered whole even for HEAD, as it may be kept.
    pub(super) fn page(mut parts: Parts, peer: SocketAddr, lead: Option<Lead>) -> Self {
        parts.method = Method::GET;
        parts.extensions.insert(Peer(peer));
        Self { parts, body: Body::empty(), lead }
    }

    /// A request of one reader. HEAD asks for the whole answer too, or its length and tag would be those of nothing.
    pub(super) fn private(mut parts: Parts, body: Incoming, peer: SocketAddr, pause_max: Duration) -> Self {
        if parts.method == Method::HEAD {
            parts.method = Method::GET;
        }
        parts.extensions.insert(Peer(peer));
        let body =
            if http_body::Body::is_end_stream(&body) { Body::empty() } else { Body::new(TimedBody { body, pause_max, timer: None }) };
        Self { parts, body, lead: None }
    }
}

/// Hands a job to the rendering threads; `None` when too many wait already.
///
/// The job runs to its end even if its reader leaves: an act of the desk is never half done, and
/// others may wait for the same page.
pub(super) fn spawn(shared: &Arc<Shared>, job: Job) -> Option<JoinHandle<Rendered>> {
    let running = Running::begin(&shared.metrics.rendering, shared.limits.renders_max)?;
    let shared = shared.clone();
    Some(shared.render.clone().spawn(async move {
        let rendered = run(&shared, job).await;
        drop(running);
        rendered
    }))
}

async fn run(shared: &Shared, job: Job) -> Rendered {
    // Before anything is read: what changes from here on makes this page invalid.
    let generation = job.lead.as_ref().map_or_else(|| shared.cache.generation(), |lead| lead.generation);
    let asked = job.parts.headers.clone();
    let Ok(mut response) = shared.router.clone().oneshot(Request::from_parts(job.parts, job.body)).await;
    let Some(note) = response.extensions_mut().remove::<PageNote>() else {
        if let Some(lead) = job.lead {
            lead.land(None, Landed::Private);
        }
        return Rendered::Other(response);
    };
    let (parts, body) = response.into_parts();
    let body = match axum::body::to_bytes(body, PAGE_BYTES_MAX).await {
        Ok(body) => body,
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "a page broke off: {error}");
            return Rendered::Answer(plain(StatusCode::INTERNAL_SERVER_ERROR, "something broke on our side; try again\n"));
        }
    };
    let canonical = note.canonical.clone();
    let page = Arc::new(Page::new(parts.status, parts.headers, body, note, generation));
    let answer = say(&page, &asked);
    if let Some(lead) = job.lead {
        let landed = if page.is_keepable() { Landed::Page(page) } else { Landed::Private };
        lead.land(canonical.as_deref(), landed);
    }
    Rendered::Answer(answer)
}

/// The page in the coding a reader wants, made if it has to be. Blocks for about a millisecond then.
pub(super) fn say(page: &Page, asked: &HeaderMap) -> Response<Bytes> {
    loop {
        match page.respond(asked) {
            Said::Answer(response) => return response,
            Said::Prepare(coding) => page.prepare(coding),
            Said::NotAcceptable => {
                return plain(
                    StatusCode::NOT_ACCEPTABLE,
                    "Accept-Encoding refuses every coding this page has; allow br, zstd, gzip or identity\n",
                );
            }
        }
    }
}

/// A short answer of the server itself.
pub(super) fn plain(status: StatusCode, text: &'static str) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from_static(text.as_bytes()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Compresses busy pages that have settled once more, smaller and slower, one at a time.
pub(super) async fn compress_settled(shared: Arc<Shared>) {
    let mut settling = Vec::new();
    let mut tick = tokio::time::interval(shared.limits.settle_time.clamp(Duration::from_millis(50), Duration::from_secs(1)));
    loop {
        tick.tick().await;
        let now = Instant::now();
        settling.extend(shared.cache.take_busy().into_iter().map(|page| (now, page)));
        settling.retain(|(_, page)| shared.cache.is_valid(page));
        while let Some((since, _)) = settling.first()
            && shared.limits.settle_time <= since.elapsed()
        {
            let (_, page) = settling.remove(0);
            let compressing = shared.render.spawn_blocking(move || page.prepare(Coding::BrotliBest));
            if let Err(error) = compressing.await {
                tracing::error!(error = &error as &dyn std::error::Error, "cannot compress a page: {error}");
            }
        }
    }
}

/// Counts a job while it waits and runs.
struct Running(Arc<AtomicI64>);

impl Running {
    fn begin(count: &Arc<AtomicI64>, max: usize) -> Option<Self> {
        let running = Self(count.clone());
        let before = count.fetch_add(1, Ordering::Relaxed);
        usize::try_from(before).is_ok_and(|before| before < max).then_some(running)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A request's body that may not pause for long.
struct TimedBody {
    body: Incoming,
    pause_max: Duration,
    timer: Option<Pin<Box<Sleep>>>,
}

/// The sender went silent in the middle of its body.
#[derive(Debug, thiserror::Error)]
#[error("the request's body stopped arriving")]
struct BodyPaused;

impl http_body::Body for TimedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let this = &mut *self;
        if let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(cx) {
            this.timer = None;
            return Poll::Ready(frame.map(|frame| frame.map_err(axum::Error::new)));
        }
        let timer = this.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep(this.pause_max)));
        timer.as_mut().poll(cx).map(|()| Some(Err(axum::Error::new(BodyPaused))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
