//! Listeners, threads, and the way down.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use axum::Router;
use jiff::Timestamp;
use socket2::{Domain, Protocol, Socket, Type};
use tokio::runtime::LocalOptions;
use tokio::sync::watch;
use tokio::task::spawn_local;

use super::addresses::Addresses;
use super::cache::PageCache;
use super::conn;
use super::hub::Hub;
use super::metrics::{Counters, Metrics};
use super::operator::{self, Operation};
use super::options::{Limits, Options};
use super::render;
use super::thread::Thread;

/// Connections the kernel keeps for us until we accept them. The kernel may cut it (`net.core.somaxconn`).
const BACKLOG: i32 = 4096;

/// After the process ran out of descriptors, accepting rests this long.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// At the end, rendering for readers who have left is given this long.
const RENDER_REST_MAX: Duration = Duration::from_millis(500);

/// A peer that acknowledges nothing for so long is gone, though it never said so: a phone out of reach.
const PEER_SILENT_MAX: Duration = Duration::from_mins(1);

/// Descriptors that are not connections: databases, index, listeners, uploads.
const FILES_RESERVED: u64 = 512;

/// What a connection beyond the limit is told.
const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\n\
    Cache-Control: no-store\r\nRetry-After: 5\r\nConnection: close\r\nContent-Length: 47\r\n\r\n\
    too many connections; try again in some seconds";

/// Why the server does not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Choose another port, or end the other server.
    #[error("port {} of {} is taken by another program; choose another with --listen, or end that program", addr.port(), addr.ip())]
    PortTaken {
        /// The address asked for.
        addr: SocketAddr,
    },
    /// The address is not ours, or a port below 1024 without the right to it.
    #[error("cannot listen on {addr}: {source}")]
    Listen {
        /// The address asked for.
        addr: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The system refused a thread or a descriptor.
    #[error("cannot start the serving threads: {0}")]
    Start(#[source] io::Error),
}

/// What is served.
pub struct Site {
    /// Answers what the page cache cannot. It runs on the rendering threads and may block for milliseconds.
    pub router: Router,
    /// Shared with whoever invalidates.
    pub cache: Arc<PageCache>,
    /// Shared with whoever publishes.
    pub hub: Arc<Hub>,
    /// Paths, with everything below them, whose answers are never shared between readers: sign-in, forms, long polls.
    pub private_paths: Vec<&'static str>,
    /// Readiness and further metrics for the operator's listener.
    pub operation: Operation,
}

/// Bound, not yet serving.
pub struct Server {
    options: Options,
    addr: SocketAddr,
    listeners: Vec<TcpListener>,
    operator: Option<TcpListener>,
}

/// What the serving threads and the rendering threads share.
pub(super) struct Shared {
    pub(super) router: Router,
    pub(super) cache: Arc<PageCache>,
    pub(super) hub: Arc<Hub>,
    pub(super) private_paths: Vec<&'static str>,
    pub(super) addresses: Arc<Addresses>,
    pub(super) hand_over_streams: bool,
    pub(super) clock: Option<fn() -> Timestamp>,
    pub(super) timing_key: Option<Box<str>>,
    pub(super) limits: Limits,
    pub(super) render: tokio::runtime::Handle,
    pub(super) metrics: Metrics,
}

impl Shared {
    pub(super) fn is_private(&self, path: &str) -> bool {
        self.private_paths.iter().any(|private| path.strip_prefix(private).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    }
}

/// Serving. Dropping it stops the server as [`Running::stop`] does.
pub struct Running {
    addr: SocketAddr,
    operator_addr: Option<SocketAddr>,
    metrics: Metrics,
    stop: watch::Sender<bool>,
    threads: Vec<JoinHandle<()>>,
    render: Option<tokio::runtime::Runtime>,
}

impl Server {
    /// Binds one listener per serving thread, and the operator's.
    ///
    /// # Errors
    /// [`ServeError::PortTaken`] even when the other program is a server of the same user that would share the port.
    pub fn bind(options: Options) -> Result<Self, ServeError> {
        probe(options.listen)?;
        let first = listen(options.listen)?;
        let addr = first.local_addr().map_err(|source| ServeError::Listen { addr: options.listen, source })?;
        let mut listeners = vec![first];
        for _ in 1..options.threads.max(1) {
            listeners.push(listen(addr)?);
        }
        let operator = match options.operator {
            Some(addr) => {
                probe(addr)?;
                Some(listen(addr)?)
            }
            None => None,
        };
        Ok(Self { options, addr, listeners, operator })
    }

    /// The address readers connect to, with the port taken.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Starts the threads and returns. Readers are served from here on.
    ///
    /// Raises the process's limit of open files as far as it may, and lowers the limit of
    /// connections to what is left of it.
    pub fn start(self, site: Site) -> Result<Running, ServeError> {
        let mut limits = self.options.limits;
        limits.connections_max = limits.connections_max.min(connections_possible());
        let render = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(self.options.render_threads.max(1))
            .thread_name("render")
            .enable_all()
            .build()
            .map_err(ServeError::Start)?;
        let counters: Vec<_> = self.listeners.iter().map(|_| Arc::new(Counters::default())).collect();
        let metrics = Metrics { threads: counters.clone(), rendering: Arc::default(), cache: site.cache.clone(), hub: site.hub.clone() };
        let shared = Arc::new(Shared {
            router: site.router,
            cache: site.cache,
            hub: site.hub,
            private_paths: site.private_paths,
            addresses: Arc::default(),
            hand_over_streams: self.options.hand_over_streams,
            clock: self.options.clock,
            timing_key: self.options.timing_key,
            limits,
            render: render.handle().clone(),
            metrics: metrics.clone(),
        });
        render.spawn(render::compress_settled(shared.clone()));

        let (stop, stopped) = watch::channel(false);
        let operator_addr = self.operator.as_ref().and_then(|listener| listener.local_addr().ok());
        let mut running =
            Running { addr: self.addr, operator_addr, metrics: metrics.clone(), stop, threads: Vec::new(), render: Some(render) };
        for (idx, (listener, counters)) in self.listeners.into_iter().zip(counters).enumerate() {
            let (shared, stopped) = (shared.clone(), stopped.clone());
            running.spawn(format!("serve-{idx}"), move || serve(&shared, counters, listener, stopped))?;
        }
        if let Some(listener) = self.operator {
            running.spawn("operator".to_owned(), move || operator::serve(listener, &metrics, &site.operation, stopped))?;
        }
        Ok(running)
    }
}

impl Running {
    fn spawn(&mut self, name: String, work: impl FnOnce() -> io::Result<()> + Send + 'static) -> Result<(), ServeError> {
        let what = name.clone();
        let thread = std::thread::Builder::new().name(name).spawn(move || {
            if let Err(error) = work() {
                tracing::error!(error = &error as &dyn std::error::Error, "thread {what} ended: {error}");
            }
        });
        self.threads.push(thread.map_err(ServeError::Start)?);
        Ok(())
    }

    /// The address readers connect to.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The address of the operator's listener, if there is one.
    pub fn operator_addr(&self) -> Option<SocketAddr> {
        self.operator_addr
    }

    /// The counters.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// Stops accepting, lets answers under way end, sends streams off to return at different times,
    /// and ends the threads. Blocks for at most [`Limits::shutdown_time_max`] and a little.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.stop.send_replace(true);
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a serving thread panicked");
            }
        }
        if let Some(render) = self.render.take() {
            // Acts of the desk have had the time the connections had; what still runs is cut.
            // On a thread of its own, as a runtime may not be ended from within another.
            std::thread::scope(|scope| {
                scope.spawn(|| render.shutdown_timeout(RENDER_REST_MAX));
            });
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// Connections the system lets this process hold, once the soft limit of open files is raised to the hard one.
fn connections_possible() -> usize {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut files = getrlimit(Resource::Nofile);
    if files.current != files.maximum {
        let raised = rustix::process::Rlimit { current: files.maximum, maximum: files.maximum };
        match setrlimit(Resource::Nofile, raised) {
            Ok(()) => files = raised,
            Err(error) => tracing::warn!("cannot raise the limit of open files: {error}"),
        }
    }
    let files = files.current.unwrap_or(u64::MAX);
    usize::try_from(files.saturating_sub(FILES_RESERVED).max(files / 2)).unwrap_or(usize::MAX)
}

/// Finds out whether somebody listens already. Listeners that share a port would not tell.
fn probe(addr: SocketAddr) -> Result<(), ServeError> {
    let bound = || -> io::Result<()> {
        let socket = Socket::new(Domain::for_address(addr), Type::STREAM, Some(Protocol::TCP))?;
        // Closed connections of a former run may still be remembered under the port; they do not count.
        socket.set_reuse_address(true)?;
        socket.bind(&addr.into())
    };
    bound().map_err(|source| refused(addr, source))
}

fn listen(addr: SocketAddr) -> Result<TcpListener, ServeError> {
    let bound = || -> io::Result<TcpListener> {
        let socket = Socket::new(Domain::for_address(addr), Type::STREAM, Some(Protocol::TCP))?;
        socket.set_reuse_address(true)?;
        socket.set_reuse_port(true)?;
        socket.set_nonblocking(true)?;
        // Accepted connections inherit these two. Answers are written whole; waiting to fill a packet only delays them.
        socket.set_tcp_nodelay(true)?;
        #[cfg(target_os = "linux")]
        socket.set_tcp_user_timeout(Some(PEER_SILENT_MAX))?;
        socket.bind(&addr.into())?;
        socket.listen(BACKLOG)?;
        Ok(socket.into())
    };
    bound().map_err(|source| refused(addr, source))
}

fn refused(addr: SocketAddr, source: io::Error) -> ServeError {
    match source.kind() {
        io::ErrorKind::AddrInUse => ServeError::PortTaken { addr },
        _ => ServeError::Listen { addr, source },
    }
}

/// One serving thread, from its first connection to its last.
fn serve(shared: &Arc<Shared>, counters: Arc<Counters>, listener: TcpListener, stopped: watch::Receiver<bool>) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build_local(LocalOptions::default())?;
    let thread = Thread::new(shared.clone(), counters);
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let bell = shared.hub.add_bell();
        let ringing = spawn_local(thread.readers.clone().follow(bell.clone()));
        let sweeping = spawn_local(sweep(thread.clone()));
        accept(&thread, listener, stopped).await;

        thread.close();
        let emptied = async {
            while !thread.conns.borrow().is_empty() {
                thread.emptied.notified().await;
            }
        };
        if tokio::time::timeout(shared.limits.shutdown_time_max, emptied).await.is_err() {
            tracing::warn!("{} connections were cut at shutdown", thread.conns.borrow().len());
        }
        ringing.abort();
        sweeping.abort();
        shared.hub.remove_bell(&bell);
        Ok(())
    })
}

async fn sweep(thread: Rc<Thread>) {
    let began = Instant::now();
    let mut tick = tokio::time::interval(thread.limits().sweep_every());
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        thread.sweep(u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX));
    }
}

async fn accept(thread: &Rc<Thread>, listener: tokio::net::TcpListener, mut stopped: watch::Receiver<bool>) {
    loop {
        let accepted = tokio::select! {
            biased;
            // An error means that whoever could stop us is gone.
            _ = stopped.wait_for(|stopped| *stopped) => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((socket, peer)) => {
                let Some(admitted) = thread.admit(peer.ip()) else {
                    thread.counters.refused_connections.fetch_add(1, Ordering::Relaxed);
                    turn_away(socket);
                    continue;
                };
                spawn_local(conn::drive(thread.clone(), socket, peer, admitted));
            }
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "cannot accept a connection: {error}");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

/// Says 503 if the kernel takes it at once, and hangs up.
fn turn_away(socket: tokio::net::TcpStream) {
    use std::io::Write;
    if let Ok(mut socket) = socket.into_std() {
        // Nobody can be told if even this fails.
        let _ = socket.write(FULL);
    }
}
