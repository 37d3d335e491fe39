//! Processes started here: how they begin, what they use, how they end.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use rustix::process::{Pid, Signal, kill_process};

use super::Bench;
use super::http::Client;
use super::stats;
use crate::run;

/// How long a process has to end when asked.
const END_TIMEOUT: Duration = Duration::from_secs(15);
/// How long a server has to say its address.
const START_TIMEOUT: Duration = Duration::from_mins(1);
/// How much longer than asked a load may last.
const LOAD_REST: Duration = Duration::from_secs(30);
/// How often it is looked whether a process has ended.
const LOOK_EVERY: Duration = Duration::from_millis(2);
/// The kernel counts a process's time in hundredths of a second, on every architecture it is built for today.
const TICKS_PER_SECOND: u64 = 100;

/// A process that is ended when this is dropped.
pub(super) struct Process(Child);

impl Process {
    pub(super) fn start(command: &mut Command) -> anyhow::Result<Self> {
        let program = command.get_program().to_owned();
        Ok(Self(command.spawn().with_context(|| format!("cannot start {}", Path::new(&program).display()))?))
    }

    /// What it reads, to be dropped when that is all.
    pub(super) fn stdin(&mut self) -> anyhow::Result<ChildStdin> {
        self.0.stdin.take().context("standard input is not piped")
    }

    /// The first line it prints. The rest stays in the pipe, which must not be closed under a process that goes on printing.
    pub(super) fn first_line(&mut self, limit: Duration) -> anyhow::Result<String> {
        let mut stdout = BufReader::new(self.0.stdout.take().context("standard output is not piped")?);
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            let mut line = String::new();
            let read = stdout.read_line(&mut line).map(|_| line);
            drop(sender.send((read, stdout)));
        });
        let (line, stdout) = receiver.recv_timeout(limit).with_context(|| format!("nothing was printed within {} s", limit.as_secs()))?;
        self.0.stdout = Some(stdout.into_inner());
        Ok(line?)
    }

    /// Waits for its end, and kills it after `limit`.
    pub(super) fn wait(&mut self, limit: Duration) -> anyhow::Result<ExitStatus> {
        let deadline = Instant::now() + limit;
        loop {
            if let Some(status) = self.0.try_wait()? {
                return Ok(status);
            }
            if deadline < Instant::now() {
                self.0.kill()?;
                self.0.wait()?;
                bail!("it was ended after {} s", limit.as_secs());
            }
            std::thread::sleep(LOOK_EVERY);
        }
    }

    /// This process and its children, which is how far the servers measured here go.
    fn family(&self) -> Vec<u32> {
        let own = self.0.id();
        let mut family = vec![own];
        let children = fs::read_to_string(format!("/proc/{own}/task/{own}/children")).unwrap_or_default();
        family.extend(children.split_whitespace().filter_map(|id| id.parse::<u32>().ok()));
        family
    }

    /// The time all of it has spent on processors, in microseconds.
    pub(super) fn cpu_us(&self) -> u64 {
        let ticks = |id: u32| {
            let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
            let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
            fields.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>()
        };
        self.family().into_iter().map(ticks).sum::<u64>() * (1_000_000 / TICKS_PER_SECOND)
    }

    /// Memory that is its own, and its share of what others use too, in bytes.
    pub(super) fn pss(&self) -> u64 {
        let of = |id: u32| {
            let rollup = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).unwrap_or_default();
            let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:")).unwrap_or_default();
            line.split_whitespace().next().and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0)
        };
        self.family().into_iter().map(of).sum::<u64>() * 1024
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // One that has been waited for has no number any more.
        if !matches!(self.0.try_wait(), Ok(None)) {
            return;
        }
        // The standard library can only kill; a server is to end as an operator ends it.
        let asked = kill_process(Pid::from_child(&self.0), Signal::TERM);
        let deadline = Instant::now() + END_TIMEOUT;
        while asked.is_ok() && Instant::now() < deadline {
            if !matches!(self.0.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(LOOK_EVERY);
        }
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Runs a program to its end, at most so long, and gives back what it printed.
///
/// # Errors
/// When it cannot be started, takes longer (it is killed then), or ends with anything but 0.
pub(super) fn read_within(command: &mut Command, limit: Duration) -> anyhow::Result<String> {
    let (status, text) = output_within(command, limit)?;
    if !status.success() {
        bail!("{} ended with {status}", run::line(command));
    }
    Ok(text)
}

/// The same, however it ended.
pub(super) fn output_within(command: &mut Command, limit: Duration) -> anyhow::Result<(ExitStatus, String)> {
    let mut process = Process::start(command.stdout(Stdio::piped()))?;
    let mut stdout = process.0.stdout.take().context("standard output is piped")?;
    let reading = std::thread::spawn(move || {
        let mut text = String::new();
        stdout.read_to_string(&mut text).map(|_| text)
    });
    let status = process.wait(limit).with_context(|| run::line(command))?;
    let text = reading.join().map_err(|_| anyhow::anyhow!("a reader panicked"))?;
    Ok((status, text.with_context(|| format!("{} printed what is not UTF-8", run::line(command)))?))
}

/// A port of the loopback address that nobody has just now.
pub(super) fn free_address() -> anyhow::Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

/// Waits until somebody listens.
pub(super) fn await_listener(addr: SocketAddr, limit: Duration) -> anyhow::Result<()> {
    let deadline = Instant::now() + limit;
    while let Err(error) = Client::connect(addr) {
        if deadline < Instant::now() {
            return Err(error.context(format!("nobody listens on {addr} within {} s", limit.as_secs())));
        }
        std::thread::sleep(LOOK_EVERY);
    }
    Ok(())
}

/// `courant serve` over a data directory.
pub(super) struct Server {
    pub(super) process: Process,
    pub(super) addr: SocketAddr,
    /// From the start of the process to the whole first page.
    pub(super) first_page: Duration,
}

impl Server {
    pub(super) fn start(bench: &Bench, data: &Path) -> anyhow::Result<Self> {
        let began = Instant::now();
        let mut command = run::command(&bench.binary);
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data).stdout(Stdio::piped());
        let mut process = Process::start(&mut command)?;
        let line = process.first_line(START_TIMEOUT)?;
        let addr = line.trim().rsplit_once("http://").map_or("", |(_, addr)| addr).trim_end_matches('/');
        let addr = addr.parse().with_context(|| format!("courant serve said {line:?} instead of its address"))?;
        let first = Client::connect(addr)?.get("/", "")?;
        anyhow::ensure!(first.status == 200, "the first page answered {}", first.status);
        Ok(Self { process, addr, first_page: began.elapsed() })
    }

    pub(super) fn client(&self) -> anyhow::Result<Client> {
        Client::connect(self.addr)
    }

    /// Addresses of the stories that entries before this one moved, newest first, at most `n`.
    pub(super) fn stories(&self, before: u64, n: usize) -> anyhow::Result<Vec<String>> {
        let mut client = self.client()?;
        let mut found: Vec<String> = Vec::new();
        let mut next = format!("/all?before={before}");
        while found.len() < n {
            let page = client.get(&next, "")?;
            let page = String::from_utf8_lossy(&page.body);
            let before = found.len();
            let mut older = None;
            for link in page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                if link.starts_with("/all?before=") {
                    older = Some(link.replace("&amp;", "&"));
                } else if is_story(link) && !found.iter().any(|known| known == link) {
                    found.push(link.to_owned());
                }
            }
            match older {
                Some(older) if found.len() > before => next = older,
                _ => break,
            }
        }
        found.truncate(n);
        anyhow::ensure!(!found.is_empty(), "/all?before={before} links to no story");
        Ok(found)
    }
}

/// `/section/id/slug` with an identity of twelve letters.
fn is_story(link: &str) -> bool {
    let parts: Vec<&str> = link.split('/').collect();
    matches!(parts.as_slice(), ["", _, id, slug] if id.len() == 12 && !slug.contains('.') && !slug.contains('#'))
}

/// What load on one address came to.
#[derive(Clone, Copy)]
pub(super) struct Load {
    pub(super) per_second: f64,
    pub(super) p50_ms: f64,
    pub(super) p99_ms: f64,
    pub(super) cpu_us: f64,
}

/// Loads an address with 64 connections for some seconds.
pub(super) fn load(process: &Process, addr: SocketAddr, path: &str, header: &str, seconds: u32) -> anyhow::Result<Load> {
    let before = process.cpu_us();
    let duration = format!("{seconds}s");
    let url = format!("http://{addr}{path}");
    let mut wrk = run::command("wrk");
    wrk.args(["-t", "1", "-c", "64", "-d", &duration, "--latency", "-H", header, &url]);
    let said = read_within(&mut wrk, Duration::from_secs(u64::from(seconds)) + LOAD_REST)?;
    let spent = process.cpu_us() - before;
    let field = |name: &str| said.lines().find_map(|line| line.trim().strip_prefix(name)).map(str::trim);
    let n_requests = said.lines().find_map(|line| line.split_once(" requests in")).and_then(|(n, _)| n.trim().parse::<u64>().ok());
    let n_requests = n_requests.with_context(|| format!("wrk said\n{said}"))?;
    let refused = said.lines().find(|line| line.contains("Non-2xx") || line.contains("Socket errors"));
    anyhow::ensure!(refused.is_none(), "{url}: {}", refused.unwrap_or_default());
    let per_second = field("Requests/sec:").and_then(|rate| rate.parse().ok()).with_context(|| format!("wrk said\n{said}"))?;
    let time = |name| field(name).and_then(milliseconds).with_context(|| format!("wrk said\n{said}"));
    Ok(Load { per_second, p50_ms: time("50%")?, p99_ms: time("99%")?, cpu_us: stats::per(spent, n_requests) })
}

/// `412.00us`, `1.20ms` or `1.02s` in milliseconds.
fn milliseconds(text: &str) -> Option<f64> {
    let (number, factor) = match (text.strip_suffix("us"), text.strip_suffix("ms"), text.strip_suffix('s')) {
        (Some(number), _, _) => (number, 1e-3),
        (_, Some(number), _) => (number, 1.0),
        (_, _, Some(number)) => (number, 1e3),
        _ => return None,
    };
    number.parse::<f64>().ok().map(|number| number * factor)
}

/// Whether a program is there, after asking the system's packages for it when it is not.
pub(super) fn have(program: &str, package: &str) -> bool {
    let there =
        || run::command("sh").args(["-c", &format!("command -v {program} >/dev/null")]).status().is_ok_and(|status| status.success());
    let install = || {
        let mut apt = run::command("apt-get");
        apt.args(["install", "--yes", "--no-install-recommends", package]).stdout(Stdio::null()).stderr(Stdio::null());
        drop(apt.status());
    };
    if !there() {
        install();
    }
    there()
}
