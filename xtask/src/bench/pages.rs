//! Pages from the cache beside nginx with the very same bytes, and pages rendered for the first time.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;

use super::Bench;
use super::http::{Answer, Client};
use super::mover::{MOVES_PER_SECOND, Newsroom};
use super::process::{Load, Process, Server, await_listener, free_address, have, load};
use super::stats::{median, ms, spread};
use super::table::{begin, left_out, ratio, row};
use crate::run;

/// Both servers in turn, this often.
const ROUNDS: usize = 3;
/// How long each turn lasts.
const SECONDS: u32 = 2;
/// Entries before this one are stories of the corpus, not of a measurement.
const ARCHIVE: u64 = 10_000;
/// Stories nobody has asked for before.
const N_COLD: usize = 400;
/// How long nginx has to listen.
const START_TIMEOUT: Duration = Duration::from_secs(5);

/// What is asked for: a page nobody has, in a coding, or one the reader has already.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Page { coding: &'static str },
    Unchanged,
}

impl Case {
    /// The coding the page is kept in.
    fn coding(self) -> &'static str {
        match self {
            Self::Page { coding } => coding,
            Self::Unchanged => "br",
        }
    }

    /// The headers of a request, without the last line's end.
    fn headers(self, page: &Answer) -> anyhow::Result<String> {
        let accept = format!("Accept-Encoding: {}", self.coding());
        Ok(match self {
            Self::Page { .. } => accept,
            Self::Unchanged => format!("If-None-Match: {}\r\n{accept}", page.header("etag").context("a page without ETag")?),
        })
    }

    fn expected(self) -> u16 {
        match self {
            Self::Page { .. } => 200,
            Self::Unchanged => 304,
        }
    }
}

const PAGE_BR: Case = Case::Page { coding: "br" };
const PAGE_GZIP: Case = Case::Page { coding: "gzip" };

pub(super) fn measure(bench: &Bench) -> anyhow::Result<()> {
    let data = bench.reuters()?.data;
    let server = Server::start(bench, &data)?;
    let stories = server.stories(ARCHIVE, N_COLD + 1)?;
    let (story, unseen) = stories.split_first().context("the list links to a story")?;
    let story = story.as_str();
    let cold = cold(&server, unseen)?;
    if have("wrk", "wrk") && have("nginx", "nginx-light") {
        // A story's page names the latest others, so it changes when they move; its ninjs stays, and so does its version.
        let document = format!("{story}.json");
        begin(&["page", "goal", "req/s", "CPU a request", "p99", "Courant", "nginx"]);
        for (name, path, case) in [
            ("story", story, PAGE_BR),
            ("story", story, PAGE_GZIP),
            ("story as ninjs", &document, Case::Unchanged),
            ("`/all`", "/all", PAGE_BR),
            ("`/`", "/", PAGE_BR),
        ] {
            compare(bench, &server, name, path, case, "")?;
            let newsroom = Newsroom::at_work(bench, &data);
            // The first of its stories is on the page from the start.
            std::thread::sleep(2 * Duration::from_secs(1) / MOVES_PER_SECOND);
            compare(bench, &server, name, path, case, ", stories moving")?;
            let rate = newsroom.rest()?;
            anyhow::ensure!(0.8 * f64::from(MOVES_PER_SECOND) < rate, "only {rate:.1} stories a second moved");
        }
    } else {
        left_out("Pages from the cache", "wrk or nginx is missing and could not be installed: `apt-get install wrk nginx-light`");
    }
    println!("\nA story page for the first time, rendered and compressed, one connection: {}.", spread(&cold));
    Ok(())
}

fn cold(server: &Server, paths: &[String]) -> anyhow::Result<Vec<f64>> {
    let mut client = server.client()?;
    let mut times = Vec::new();
    for path in paths {
        let began = Instant::now();
        let answer = client.get(path, "Accept-Encoding: br, gzip\r\n")?;
        times.push(ms(began.elapsed()));
        anyhow::ensure!(answer.status == 200, "{path} answered {}", answer.status);
    }
    Ok(times)
}

fn compare(bench: &Bench, server: &Server, name: &str, path: &str, case: Case, meanwhile: &str) -> anyhow::Result<()> {
    let coding = case.coding();
    let accept = format!("Accept-Encoding: {coding}\r\n");
    // What is asked for first may come in a quick coding; the page that stays is the one to compare.
    server.client()?.get(path, &accept)?;
    std::thread::sleep(Duration::from_millis(500));
    let page = server.client()?.get(path, &accept)?;
    anyhow::ensure!(page.status == 200 && page.header("content-encoding") == Some(coding), "{path} does not come as {coding}");

    let (peer, addr) = nginx(bench, &page, coding)?;
    let ours = case.headers(&page)?;
    let theirs = case.headers(&Client::connect(addr)?.get("/page", &accept)?)?;
    let mut loads = (Vec::new(), Vec::new());
    load(&server.process, server.addr, path, &ours, 1)?;
    load(&peer, addr, "/page", &theirs, 1)?;
    for _ in 0..ROUNDS {
        loads.0.push(load(&server.process, server.addr, path, &ours, SECONDS)?);
        loads.1.push(load(&peer, addr, "/page", &theirs, SECONDS)?);
    }
    // A page that has changed under the load would have been sent whole.
    let last = server.client()?.get(path, &format!("{ours}\r\n"))?;
    anyhow::ensure!(last.status == case.expected(), "{path} answered {} in the end", last.status);
    let (courant, nginx) = (middle(&loads.0), middle(&loads.1));
    let what = match case {
        Case::Page { coding } => format!("{name}, {coding}, {} bytes{meanwhile}", page.body.len()),
        Case::Unchanged => format!("{name}, 304{meanwhile}"),
    };
    let compared = |field: fn(&Load) -> f64| ratio(field(&courant), field(&nginx));
    let per_second = format!("**{}**", compared(|load| load.per_second));
    let (cpu, p99) = (compared(|load| load.cpu_us), compared(|load| load.p99_ms));
    row(&[&what, "0.95x", &per_second, &cpu, &p99, &said(&courant), &said(&nginx)]);
    Ok(())
}

fn middle(loads: &[Load]) -> Load {
    let of = |field: fn(&Load) -> f64| median(&loads.iter().map(field).collect::<Vec<_>>());
    Load {
        per_second: of(|load| load.per_second),
        p50_ms: of(|load| load.p50_ms),
        p99_ms: of(|load| load.p99_ms),
        cpu_us: of(|load| load.cpu_us),
    }
}

fn said(load: &Load) -> String {
    format!("{:.0} req/s, p50 {:.2} ms, p99 {:.2} ms, {:.1} us", load.per_second, load.p50_ms, load.p99_ms, load.cpu_us)
}

/// nginx as good as it gets: two workers, files kept open, ready-made compression.
fn nginx(bench: &Bench, page: &Answer, coding: &str) -> anyhow::Result<(Process, SocketAddr)> {
    let folder = bench.folder.join("nginx");
    fs::create_dir_all(folder.join("www"))?;
    fs::write(folder.join("www/page"), &page.body)?;
    let addr = free_address()?;
    let config = folder.join("nginx.conf");
    fs::write(&config, configuration(&folder, addr, coding))?;
    let mut command = run::command("nginx");
    command.arg("-c").arg(&config).arg("-e").arg(folder.join("error.log"));
    let process = Process::start(&mut command)?;
    await_listener(addr, START_TIMEOUT)?;
    Ok((process, addr))
}

fn configuration(folder: &Path, addr: SocketAddr, coding: &str) -> String {
    let folder = folder.display();
    format!(
        "daemon off;\nuser root;\nworker_processes 2;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log warn;\n\
         events {{ worker_connections 4096; multi_accept on; }}\n\
         http {{\n  access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; server_tokens off;\n\
         keepalive_timeout 65; keepalive_requests 10000000;\n\
         open_file_cache max=100 inactive=60s; open_file_cache_valid 60s; open_file_cache_min_uses 1;\n\
         client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;\n\
         uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n\
         server {{ listen {addr} reuseport backlog=4096; root {folder}/www; etag on; default_type text/html;\n\
         add_header Content-Encoding {coding}; add_header Vary Accept-Encoding; }}\n}}\n"
    )
}
