//! Processes started here: how they begin, what they use, how they end.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;

use super::Bench;
use super::http::Client;
use super::stats;
use crate::run;

/// How long a process has to end when asked.
const END_TIMEOUT: Duration = Duration::from_secs(15);
/// The kernel counts a process's time in hundredths of a second, on every architecture it is built for today.
const TICKS_PER_SECOND: u64 = 100;

/// A process that is ended when this is dropped.
pub(super) struct Process(Child);

impl Process {
    pub(super) fn start(command: &mut Command) -> anyhow::Result<Self> {
        let program = command.get_program().to_owned();
        Ok(Self(command.spawn().with_context(|| format!("cannot start {}", Path::new(&program).display()))?))
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
        // The standard library can only kill; a server is to end as an operator ends it.
        let asked = run::run(run::command("kill").args(["-TERM", &self.0.id().to_string()]));
        let deadline = Instant::now() + END_TIMEOUT;
        while asked.is_ok() && Instant::now() < deadline {
            if !matches!(self.0.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        drop(self.0.kill());
        drop(self.0.wait());
    }
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
        let mut line = String::new();
        let stdout = process.0.stdout.take().context("standard output is piped")?;
        let mut stdout = BufReader::new(stdout);
        stdout.read_line(&mut line)?;
        // It goes on printing, which fails on a closed pipe.
        process.0.stdout = Some(stdout.into_inner());
        let addr = line.trim().rsplit_once("http://").map_or("", |(_, addr)| addr).trim_end_matches('/');
        let addr = addr.parse().with_context(|| format!("courant serve said {line:?} instead of its address"))?;
        let first = Client::connect(addr)?.get("/", "")?;
        anyhow::ensure!(first.status == 200, "the first page answered {}", first.status);
        Ok(Self { process, addr, first_page: began.elapsed() })
    }

    pub(super) fn client(&self) -> anyhow::Result<Client> {
        Client::connect(self.addr)
    }

    /// Addresses of the newest stories, at most `n`.
    pub(super) fn stories(&self, n: usize) -> anyhow::Result<Vec<String>> {
        let mut client = self.client()?;
        let mut found: Vec<String> = Vec::new();
        let mut next = "/all".to_owned();
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
        anyhow::ensure!(!found.is_empty(), "/all links to no story");
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
    let said = run::read(run::command("wrk").args(["-t", "1", "-c", "64", "-d", &duration, "--latency", "-H", header, &url]))?;
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
