//! The operator's listener: is it alive, is it ready, what has it counted.

use std::convert::Infallible;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{Method, Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::runtime::LocalOptions;
use tokio::sync::{Semaphore, watch};
use tokio::task::spawn_local;

use super::metrics::Metrics;
use super::render::plain;

/// An operator has one scraper and perhaps a terminal.
const CONNECTIONS_MAX: usize = 64;

const HEAD_TIME_MAX: Duration = Duration::from_secs(10);

/// Whether the server should get readers, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readiness {
    /// True when every projection has caught up far enough.
    pub ready: bool,
    /// What is behind and by how much, one line each: shown with either status.
    pub report: String,
}

/// What the operator's listener asks of the rest of the program. Both must answer within milliseconds.
#[derive(Clone)]
pub struct Operation {
    /// For `/readyz`.
    pub readiness: Arc<dyn Fn() -> Readiness + Send + Sync>,
    /// Appends further metrics, in Prometheus text, to `/metrics`.
    pub metrics: Arc<dyn Fn(&mut String) + Send + Sync>,
}

impl Default for Operation {
    /// Always ready, nothing further to count.
    fn default() -> Self {
        Self { readiness: Arc::new(|| Readiness { ready: true, report: "ready\n".to_owned() }), metrics: Arc::new(|_| {}) }
    }
}

/// Serves the operator until `stopped`.
pub(super) fn serve(listener: TcpListener, metrics: &Metrics, operation: &Operation, mut stopped: watch::Receiver<bool>) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build_local(LocalOptions::default())?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let seats = Arc::new(Semaphore::new(CONNECTIONS_MAX));
        loop {
            let seat = seats.clone().acquire_owned().await.map_err(io::Error::other)?;
            let accepted = tokio::select! {
                _ = stopped.wait_for(|stopped| *stopped) => return Ok(()),
                accepted = listener.accept() => accepted,
            };
            let Ok((socket, _)) = accepted else { continue };
            let (metrics, operation) = (metrics.clone(), operation.clone());
            spawn_local(async move {
                let answer = service_fn(|request: Request<Incoming>| {
                    let answer = answer(&request, &metrics, &operation);
                    async move { Ok::<_, Infallible>(answer) }
                });
                let served = http1::Builder::new()
                    .timer(TokioTimer::new())
                    .header_read_timeout(HEAD_TIME_MAX)
                    .serve_connection(TokioIo::new(socket), answer)
                    .await;
                if let Err(error) = served {
                    tracing::trace!(error = &error as &dyn std::error::Error, "operator's connection ended: {error}");
                }
                drop(seat);
            });
        }
    })
}

fn answer(request: &Request<Incoming>, metrics: &Metrics, operation: &Operation) -> Response<Full<Bytes>> {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return text(StatusCode::METHOD_NOT_ALLOWED, "ask with GET\n".to_owned());
    }
    match request.uri().path() {
        "/healthz" => text(StatusCode::OK, "ok\n".to_owned()),
        "/readyz" => {
            let readiness = (operation.readiness)();
            let status = if readiness.ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
            text(status, readiness.report)
        }
        "/metrics" => {
            let mut body = metrics.render();
            (operation.metrics)(&mut body);
            let mut response = text(StatusCode::OK, body);
            let form = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
            response.headers_mut().insert(CONTENT_TYPE, form);
            response
        }
        _ => text(StatusCode::NOT_FOUND, "here are /healthz, /readyz and /metrics\n".to_owned()),
    }
}

fn text(status: StatusCode, body: String) -> Response<Full<Bytes>> {
    plain(status, "").map(|_| Full::new(body.into()))
}
