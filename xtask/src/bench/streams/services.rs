//! What the readers listen to: our server, nchan, and the floor, each started afresh, each with a way to send a message.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::Context;

use super::crowd::word;
use crate::bench::Bench;
use crate::bench::http::Client;
use crate::bench::mover::{Moved, move_story, story};
use crate::bench::process::{Process, Server, await_listener, free_address, have};
use crate::run;

/// How long a peer has to listen.
const START_TIMEOUT: Duration = Duration::from_secs(10);
/// Where Debian puts the module.
const NCHAN_MODULE: &str = "/usr/lib/nginx/modules/ngx_nchan_module.so";

/// A kind of server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A story is moved by `courant wire move`, a process of its own, onto a durable wire.
    Courant,
    /// A message is posted; it is nowhere but in memory.
    Nchan { workers: usize },
    /// The same.
    Floor { threads: usize },
}

impl Kind {
    pub(super) fn name(self) -> String {
        match self {
            Self::Courant => "Courant".to_owned(),
            Self::Nchan { workers: 1 } => "nchan, 1 worker".to_owned(),
            Self::Nchan { workers } => format!("nchan, {workers} workers"),
            Self::Floor { threads: 1 } => "floor, 1 thread".to_owned(),
            Self::Floor { threads } => format!("floor, {threads} threads"),
        }
    }

    /// Starts one.
    pub(super) fn start<'a>(self, bench: &'a Bench, data: &'a Path) -> anyhow::Result<Service<'a>> {
        match self {
            Self::Courant => Ok(Service::Courant { server: Server::start(bench, data)?, bench, data }),
            Self::Nchan { workers } => {
                let (process, addr) = nchan(bench, workers)?;
                Ok(Service::Peer { process, addr, subscribe: "/sub", publish: "/pub", is_framed: true })
            }
            Self::Floor { threads } => {
                let (process, addr) = floor(threads)?;
                Ok(Service::Peer { process, addr, subscribe: "/", publish: "/", is_framed: false })
            }
        }
    }
}

/// A running one.
pub(super) enum Service<'a> {
    Courant {
        server: Server,
        bench: &'a Bench<'a>,
        data: &'a Path,
    },
    Peer {
        process: Process,
        addr: SocketAddr,
        subscribe: &'static str,
        publish: &'static str,
        /// Makes an event of what is posted; otherwise it is sent as it stands.
        is_framed: bool,
    },
}

impl Service<'_> {
    pub(super) fn process(&self) -> &Process {
        match self {
            Self::Courant { server, .. } => &server.process,
            Self::Peer { process, .. } => process,
        }
    }

    /// Where readers go.
    pub(super) fn stream(&self) -> (SocketAddr, &'static str) {
        match self {
            Self::Courant { server, .. } => (server.addr, "/all/events"),
            Self::Peer { addr, subscribe, .. } => (*addr, subscribe),
        }
    }

    /// Sends a message to all, as large as `event_bytes` where we may choose.
    pub(super) fn send(&self, mark: &str, number: u32, event_bytes: usize) -> anyhow::Result<Moved> {
        let word = word(mark, number);
        match self {
            Self::Courant { bench, data, .. } => move_story(bench, data, &story(&word)),
            Self::Peer { addr, publish, is_framed, .. } => {
                let lines = format!("id: {number}\ndata: ");
                // nchan writes its own number, which is longer than ours.
                let padding = "x".repeat(event_bytes.saturating_sub(lines.len() + word.len() + 3));
                let body = if *is_framed { format!("{word} {padding}") } else { format!("{lines}{word} {padding}\n\n") };
                let mut client = Client::connect(*addr)?;
                let began = Instant::now();
                let answer = client.post(publish, body.as_bytes())?;
                anyhow::ensure!(answer.status < 300, "{publish} answered {}", answer.status);
                // Nothing is stored, so it counts from the beginning.
                Ok(Moved { began, durable: began, ended: Instant::now() })
            }
        }
    }
}

/// Says what to do when nchan cannot be had.
pub(super) fn nchan_is_missing() -> Option<String> {
    let there = have("nginx", "nginx-light") && (Path::new(NCHAN_MODULE).exists() || installed());
    (!there).then(|| {
        format!(
            "{NCHAN_MODULE} is missing and could not be installed: `apt-get install nginx-light libnginx-mod-nchan`, then run this again"
        )
    })
}

fn installed() -> bool {
    let mut apt = run::command("apt-get");
    apt.args(["install", "--yes", "--no-install-recommends", "libnginx-mod-nchan"]).stdout(Stdio::null()).stderr(Stdio::null());
    apt.status().is_ok() && Path::new(NCHAN_MODULE).exists()
}

fn nchan(bench: &Bench, workers: usize) -> anyhow::Result<(Process, SocketAddr)> {
    let folder: PathBuf = bench.folder.join(format!("nchan{workers}"));
    fs::create_dir_all(&folder)?;
    let addr = free_address()?;
    let config = folder.join("nginx.conf");
    fs::write(&config, configuration(&folder, addr, workers))?;
    let mut command = run::command("nginx");
    command.arg("-c").arg(&config).arg("-e").arg(folder.join("error.log")).stderr(Stdio::null());
    let process = Process::start(&mut command)?;
    await_listener(addr, START_TIMEOUT).with_context(|| format!("see {}", folder.join("error.log").display()))?;
    Ok((process, addr))
}

/// As good as nchan gets: no log, no timers for silent readers, room for everybody.
fn configuration(folder: &Path, addr: SocketAddr, workers: usize) -> String {
    let folder = folder.display();
    // One listener per worker, or one of them would take most readers.
    let reuseport = if workers == 1 { "" } else { " reuseport" };
    format!(
        "load_module {NCHAN_MODULE};\ndaemon off;\nuser root;\nworker_processes {workers};\npid {folder}/nginx.pid;\n\
         error_log {folder}/error.log warn;\nevents {{ worker_connections 100000; multi_accept on; use epoll; }}\n\
         http {{\n  access_log off; tcp_nodelay on; server_tokens off; keepalive_requests 10000000;\n\
         client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;\n\
         uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n  nchan_shared_memory_size 256m;\n\
         server {{ listen {addr}{reuseport} backlog=4096;\n\
         location = /sub {{ nchan_subscriber eventsource; nchan_channel_id news; nchan_subscriber_first_message newest;\n\
         nchan_websocket_ping_interval 0; nchan_subscriber_timeout 0; }}\n\
         location = /pub {{ nchan_publisher; nchan_channel_id news; nchan_message_buffer_length 100; nchan_message_timeout 10m;\n\
         client_max_body_size 1m; client_body_buffer_size 1m; }} }}\n}}\n"
    )
}

fn floor(threads: usize) -> anyhow::Result<(Process, SocketAddr)> {
    let mut command = run::command(std::env::current_exe()?);
    command.args(["floor", "--threads"]).arg(threads.to_string()).stdout(Stdio::piped());
    let mut process = Process::start(&mut command)?;
    let line = process.first_line(START_TIMEOUT)?;
    let addr = line.trim().trim_start_matches("http://").trim_end_matches('/');
    let addr = addr.parse().with_context(|| format!("the floor said {line:?} instead of its address"))?;
    Ok((process, addr))
}
