//! What the operator may set, and the limits on everything that comes from outside.

use std::net::SocketAddr;
use std::time::Duration;

use jiff::Timestamp;

/// How to serve.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where readers connect. Port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where the operator asks for health, readiness and metrics; none by default.
    pub operator: Option<SocketAddr>,
    /// Serving threads; one per core by default.
    pub threads: usize,
    /// Threads that render pages. They may block on the store, so there are more than cores.
    pub render_threads: usize,
    /// Takes event streams out of hyper as soon as they begin: less than a tenth of the memory a
    /// reader, and less work a frame. Off, they are ordinary chunked bodies.
    pub hand_over_streams: bool,
    /// What time it is, for the `Date` of a stream that left hyper; without it such a stream has none.
    pub clock: Option<fn() -> Timestamp>,
    /// Who sends this in the header `Courant-Timing` is told by `Server-Timing` (W3C) how long the answer took and whether it lay
    /// ready. Nobody else is: times tell strangers what is asked here.
    pub timing_key: Option<Box<str>>,
    /// Limits per server.
    pub limits: Limits,
}

/// Named limits of the serving layer.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Connections open at once, streams included. Beyond it a connection gets 503 and is closed.
    pub connections_max: usize,
    /// Connections open at once from one address (for IPv6, one /64). No limit by default, as
    /// behind a proxy all readers have the proxy's address; set it when readers connect directly.
    pub connections_per_address_max: usize,
    /// Event streams open at once. Beyond it a reader gets 503 with `Retry-After`.
    pub streams_max: usize,
    /// Requests being rendered or waiting for it. Beyond it readers get 503 with `Retry-After`.
    pub renders_max: usize,
    /// Path and query of a request, in bytes. Beyond it: 414.
    pub target_bytes_max: usize,
    /// From the first byte of a request's head to its last.
    pub head_time_max: Duration,
    /// How long a connection may stay open without a request.
    pub idle_time_max: Duration,
    /// How long a reader may take nothing of what is sent.
    pub write_time_max: Duration,
    /// How long rendering a page may take before its reader is told to come back. The act itself goes on.
    pub render_time_max: Duration,
    /// How long a stream stays silent before a comment shows that it lives.
    pub heartbeat: Duration,
    /// How long a request's body may pause before it is given up.
    pub body_pause_max: Duration,
    /// How long a busy page must have been unchanged before it is compressed again, smaller and slower.
    pub settle_time: Duration,
    /// How long shutdown waits for answers under way.
    pub shutdown_time_max: Duration,
}

impl Options {
    /// The defaults for an address.
    pub fn new(listen: SocketAddr) -> Self {
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self {
            listen,
            operator: None,
            threads,
            render_threads: (2 * threads).max(4),
            hand_over_streams: false,
            clock: None,
            timing_key: None,
            limits: Limits::default(),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections_max: 18_000,
            connections_per_address_max: usize::MAX,
            streams_max: 16_000,
            renders_max: 4096,
            target_bytes_max: 16 << 10,
            head_time_max: Duration::from_secs(10),
            idle_time_max: Duration::from_secs(65),
            write_time_max: Duration::from_secs(30),
            render_time_max: Duration::from_secs(30),
            heartbeat: Duration::from_secs(15),
            body_pause_max: Duration::from_secs(30),
            settle_time: Duration::from_secs(10),
            shutdown_time_max: Duration::from_secs(5),
        }
    }
}

impl Limits {
    /// How often connections are looked at: once a second, or oftener when a limit is shorter than that.
    pub(super) fn sweep_every(&self) -> Duration {
        let shortest = [self.head_time_max, self.idle_time_max, self.write_time_max, self.heartbeat];
        let shortest = shortest.into_iter().min().unwrap_or_default() / 4;
        shortest.clamp(Duration::from_millis(20), Duration::from_secs(1))
    }
}
