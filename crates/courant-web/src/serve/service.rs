//! What stands between hyper and the router: checks, the page cache, one rendering for many readers.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};
use std::time::Instant;

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONNECTION, CONTENT_LENGTH, HeaderName, HeaderValue, RETRY_AFTER};
use http::request::Parts;
use http::{Method, Request, Response, StatusCode};
use http_body::Body;
use hyper::body::Incoming;
use hyper::service::Service;
use tokio::task::JoinError;
use tokio::time::timeout;

use super::body::ServeBody;
use super::cache::{Boarding, Landed, Lead};
use super::conn::ConnState;
use super::event_stream::EventStream;
use super::lean::Handover;
use super::metrics::Counters;
use super::page::{Page, Said};
use super::render::{self, Job, Rendered};
use super::request::{self, Refusal};
use super::thread::Thread;

/// The operator's key, and what it opens.
const TIMING_KEY: HeaderName = HeaderName::from_static("courant-timing");
const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");
/// How often a reader waits for somebody else's rendering before it asks for its own. Two are
/// enough by design: a rendering that began after the reader came always serves it.
const WAITS_MAX: usize = 3;

/// The service of one connection.
#[derive(Clone)]
pub(super) struct Front {
    thread: Rc<Thread>,
    conn: Rc<ConnState>,
    peer: SocketAddr,
}

/// An answer that is there, or on its way.
pub(super) enum Answering {
    Ready(Option<Response<ServeBody>>),
    Later(Pin<Box<dyn Future<Output = Response<ServeBody>>>>),
}

impl Future for Answering {
    type Output = Result<Response<ServeBody>, Infallible>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut *self {
            Self::Ready(response) => Poll::Ready(Ok(response.take().expect("polled once after it was ready"))),
            Self::Later(future) => future.as_mut().poll(cx).map(Ok),
        }
    }
}

impl Service<Request<Incoming>> for Front {
    type Response = Response<ServeBody>;
    type Error = Infallible;
    type Future = Answering;

    fn call(&self, request: Request<Incoming>) -> Answering {
        self.conn.asked();
        if self.is_timed(&request) {
            return Answering::Later(Box::pin(self.clone().timed(request)));
        }
        match self.at_once(&request) {
            Some(response) => Answering::Ready(Some(response)),
            None => Answering::Later(Box::pin(self.clone().later(request))),
        }
    }
}

impl Front {
    pub(super) fn new(thread: Rc<Thread>, conn: Rc<ConnState>, peer: SocketAddr) -> Self {
        Self { thread, conn, peer }
    }

    fn counters(&self) -> &Counters {
        &self.thread.counters
    }

    /// The answers that need nobody else: refusals and pages that lie ready.
    fn at_once(&self, request: &Request<Incoming>) -> Option<Response<ServeBody>> {
        let (method, uri, headers) = (request.method(), request.uri(), request.headers());
        if let Err(refusal) = request::check(method, uri, headers, self.thread.limits().target_bytes_max) {
            return Some(self.refuse(refusal));
        }
        if !request::is_shareable(method, headers) {
            return None;
        }
        let page = self.thread.shared.cache.get(uri.path_and_query()?.as_str())?;
        let Said::Answer(response) = page.respond(headers) else {
            return None;
        };
        self.counters().hits.fetch_add(1, Ordering::Relaxed);
        if page.count_hit() {
            self.thread.shared.cache.note_busy(page);
        }
        Some(self.whole(response))
    }

    /// Whether the operator wants to know how long this takes.
    fn is_timed(&self, request: &Request<Incoming>) -> bool {
        let Some(key) = &self.thread.shared.timing_key else { return false };
        request.headers().get(TIMING_KEY).is_some_and(|given| given.as_bytes() == key.as_bytes())
    }

    async fn timed(self, request: Request<Incoming>) -> Response<ServeBody> {
        let began = Instant::now();
        let (mut response, cache) = match self.at_once(&request) {
            Some(response) => (response, "hit"),
            None => self.answered(request).await,
        };
        let timing = format!("cache;desc={cache}, total;dur={:.3}", began.elapsed().as_secs_f64() * 1_000.0);
        if let Ok(value) = HeaderValue::try_from(timing) {
            response.headers_mut().insert(SERVER_TIMING, value);
        }
        response
    }

    async fn later(self, request: Request<Incoming>) -> Response<ServeBody> {
        self.answered(request).await.0
    }

    /// The answer, and how the page cache helped.
    async fn answered(self, request: Request<Incoming>) -> (Response<ServeBody>, &'static str) {
        let began = Instant::now();
        let (parts, body) = request.into_parts();
        let (method, path) = (parts.method.clone(), parts.uri.path().to_owned());
        let (response, cache) = if request::is_read(&method) && path == "/healthz" {
            (self.plain(StatusCode::OK, "ok\n"), "none")
        } else if request::is_shareable(&method, &parts.headers) && !self.thread.shared.is_private(&path) {
            (self.shared(parts).await, "miss")
        } else {
            self.counters().bypassed.fetch_add(1, Ordering::Relaxed);
            (self.private(parts, body).await, "bypass")
        };
        // Neither the reader's address nor what was asked for: a reader's search is nobody's business.
        tracing::debug!(
            http.method = %method,
            http.path = %path,
            http.status = response.status().as_u16(),
            cache,
            duration_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
            "{method} {path}"
        );
        let response = if self.thread.shared.hand_over_streams { self.hand_over(response).await } else { response };
        (response, cache)
    }

    /// Gives a stream to the connection's task, and then never answers; anything else passes.
    async fn hand_over(&self, mut response: Response<ServeBody>) -> Response<ServeBody> {
        let Some(stream) = response.body_mut().take_stream() else { return response };
        let (parts, body) = response.into_parts();
        drop(body);
        self.conn.hand_over(Handover::new(&parts, stream, self.thread.shared.clock.map(|clock| clock())));
        std::future::pending().await
    }

    /// A page any reader may share: from the cache, from a rendering under way, or rendered now.
    async fn shared(&self, parts: Parts) -> Response<ServeBody> {
        let cache = &self.thread.shared.cache;
        let target = parts.uri.path_and_query().map_or("/", |target| target.as_str()).to_owned();
        let arrived = cache.generation();
        for _ in 0..WAITS_MAX {
            if let Some(page) = cache.get(&target) {
                self.counters().hits.fetch_add(1, Ordering::Relaxed);
                return self.say(&parts, page).await;
            }
            let (began, mut landed) = match cache.board(&target) {
                Boarding::Lead(lead) => return self.render_page(parts, Some(lead)).await,
                Boarding::Follow { began, landed } => (began, landed),
            };
            let waiting = landed.wait_for(|landed| !matches!(landed, Landed::NotYet));
            let landed = match timeout(self.thread.limits().render_time_max, waiting).await {
                Ok(Ok(landed)) => landed.clone(),
                // The rendering failed; its error was for its own reader.
                Ok(Err(_)) => continue,
                Err(_) => return self.too_slow(),
            };
            match landed {
                Landed::Page(page) if arrived <= began || cache.is_valid(&page) => {
                    self.counters().hits.fetch_add(1, Ordering::Relaxed);
                    return self.say(&parts, page).await;
                }
                // Overtaken by a change this reader may have seen already.
                Landed::Page(_) | Landed::NotYet => {}
                Landed::Private => break,
            }
        }
        self.render_page(parts, None).await
    }

    /// Renders a page, for whoever shares it, within the time limit.
    async fn render_page(&self, parts: Parts, lead: Option<Lead>) -> Response<ServeBody> {
        self.counters().misses.fetch_add(1, Ordering::Relaxed);
        let method = parts.method.clone();
        let job = Job::page(parts, self.peer, lead);
        let Some(rendering) = render::spawn(&self.thread.shared, job) else {
            return self.too_busy();
        };
        match timeout(self.thread.limits().render_time_max, rendering).await {
            Ok(rendered) => self.finish(&method, rendered),
            Err(_) => self.too_slow(),
        }
    }

    /// A request that is its reader's own business. Its handler may take its time: it may be a long poll.
    async fn private(&self, parts: Parts, body: Incoming) -> Response<ServeBody> {
        let method = parts.method.clone();
        let job = Job::private(parts, body, self.peer, self.thread.limits().body_pause_max);
        match render::spawn(&self.thread.shared, job) {
            Some(rendering) => self.finish(&method, rendering.await),
            None => self.too_busy(),
        }
    }

    fn finish(&self, method: &Method, rendered: Result<Rendered, JoinError>) -> Response<ServeBody> {
        match rendered {
            Ok(Rendered::Answer(response)) => self.whole(response),
            Ok(Rendered::Other(response)) => self.other(method, response),
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "a handler failed: {error}");
                self.plain(StatusCode::INTERNAL_SERVER_ERROR, "something broke on our side; try again\n")
            }
        }
    }

    /// A cached page in the coding this reader wants, made now if nobody wanted it before.
    async fn say(&self, parts: &Parts, page: Arc<Page>) -> Response<ServeBody> {
        if let Said::Answer(response) = page.respond(&parts.headers) {
            return self.whole(response);
        }
        let headers = parts.headers.clone();
        let making = self.thread.shared.render.spawn_blocking(move || render::say(&page, &headers));
        self.finish(&parts.method, making.await.map(Rendered::Answer))
    }

    /// What the router answered itself: a stream, a picture, a form.
    fn other(&self, method: &Method, response: Response<axum::body::Body>) -> Response<ServeBody> {
        let (mut parts, body) = response.into_parts();
        if let Some(stream) = parts.extensions.remove::<EventStream>() {
            return self.stream(method, parts, &stream);
        }
        let is_error = parts.status.is_client_error() || parts.status.is_server_error();
        if is_error && !parts.headers.contains_key(CACHE_CONTROL) {
            parts.headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        let body_len = body.size_hint().exact().unwrap_or(0);
        self.counters().answered(parts.status, body_len);
        Response::from_parts(parts, ServeBody::router(body, &self.conn))
    }

    fn stream(&self, method: &Method, mut parts: http::response::Parts, stream: &EventStream) -> Response<ServeBody> {
        let open = usize::try_from(self.thread.shared.metrics.streams_open()).unwrap_or(0);
        if self.thread.limits().streams_max <= open {
            return self.retry_later("too many streams are open; try again later, or ask for the list itself\n", "30");
        }
        // The router counted the empty body it was given.
        parts.headers.remove(CONTENT_LENGTH);
        self.counters().answered(parts.status, 0);
        let body = if *method == Method::HEAD || self.thread.is_closing() {
            ServeBody::empty(&self.conn)
        } else {
            ServeBody::stream(self.thread.readers.open(stream), &self.conn)
        };
        Response::from_parts(parts, body)
    }

    fn whole(&self, response: Response<Bytes>) -> Response<ServeBody> {
        self.counters().answered(response.status(), response.body().len() as u64);
        response.map(|body| ServeBody::whole(body, &self.conn))
    }

    fn plain(&self, status: StatusCode, text: &'static str) -> Response<ServeBody> {
        self.whole(render::plain(status, text))
    }

    fn refuse(&self, refusal: Refusal) -> Response<ServeBody> {
        let mut response = self.plain(refusal.status, refusal.message);
        // Whoever sends such a head may mean something else by what follows it.
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        response
    }

    fn retry_later(&self, text: &'static str, seconds: &'static str) -> Response<ServeBody> {
        let mut response = self.plain(StatusCode::SERVICE_UNAVAILABLE, text);
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(seconds));
        response
    }

    fn too_busy(&self) -> Response<ServeBody> {
        self.retry_later("too many requests are waiting; try again in a second\n", "1")
    }

    fn too_slow(&self) -> Response<ServeBody> {
        self.retry_later("the page takes too long to make; try again in a few seconds\n", "5")
    }
}
