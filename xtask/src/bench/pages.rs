//! Pages from the cache beside nginx with the very same bytes, and pages rendered for the first time.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;

use super::http::{Answer, Client};
use super::process::{Load, Process, Server, have, load};
use super::stats::{median, ms, spread};
use super::{Bench, left_out, row};
use crate::run;

/// Both servers in turn, this often.
const ROUNDS: usize = 3;
/// How long each turn lasts.
const SECONDS: u32 = 3;
/// Stories nobody has asked for before.
const N_COLD: usize = 400;
/// Where the peer listens.
const PEER: &str = "127.0.0.1:18910";

pub(super) fn measure(bench: &Bench) -> anyhow::Result<()> {
    let server = Server::start(bench, &bench.reuters()?)?;
    let stories = server.stories(N_COLD + 1)?;
    let (story, unseen) = stories.split_first().context("/all links to a story")?;
    cold(&server, unseen)?;
    if !have("wrk", "wrk") || !have("nginx", "nginx-light") {
        left_out("pages from the cache", "wrk or nginx is missing and could not be installed");
        return Ok(());
    }
    for (name, path) in [("story", story.as_str()), ("/all", "/all"), ("/", "/")] {
        let cases: &[_] = if name == "story" { &["br", "gzip", "304"] } else { &["br"] };
        for case in cases {
            compare(bench, &server, name, path, case)?;
        }
    }
    Ok(())
}

fn cold(server: &Server, paths: &[String]) -> anyhow::Result<()> {
    let mut client = server.client()?;
    let mut times = Vec::new();
    for path in paths {
        let began = Instant::now();
        let answer = client.get(path, "Accept-Encoding: br, gzip\r\n")?;
        times.push(ms(began.elapsed()));
        anyhow::ensure!(answer.status == 200, "{path} answered {}", answer.status);
    }
    row("a story page for the first time, one connection", "", &spread(&times));
    Ok(())
}

fn compare(bench: &Bench, server: &Server, name: &str, path: &str, case: &str) -> anyhow::Result<()> {
    let coding = if case == "304" { "br" } else { case };
    let accept = format!("Accept-Encoding: {coding}");
    // What is asked for first may come in a quick coding; the page that stays is the one to compare.
    server.client()?.get(path, &format!("{accept}\r\n"))?;
    std::thread::sleep(Duration::from_millis(500));
    let page = server.client()?.get(path, &format!("{accept}\r\n"))?;
    anyhow::ensure!(page.status == 200 && page.header("content-encoding") == Some(coding), "{path} does not come as {coding}");

    let (peer, addr) = nginx(bench, &page, coding)?;
    let ours = header(&page, case, &accept)?;
    let theirs = header(&Client::connect(addr)?.get("/page", &format!("{accept}\r\n"))?, case, &accept)?;
    let mut loads = (Vec::new(), Vec::new());
    load(&server.process, server.addr, path, &ours, 1)?;
    load(&peer, addr, "/page", &theirs, 1)?;
    for _ in 0..ROUNDS {
        loads.0.push(load(&server.process, server.addr, path, &ours, SECONDS)?);
        loads.1.push(load(&peer, addr, "/page", &theirs, SECONDS)?);
    }
    let (courant, nginx) = (middle(&loads.0), middle(&loads.1));
    let bytes = if case == "304" { "304".to_owned() } else { format!("{case}, {} bytes", page.body.len()) };
    let ratio = courant.per_second / nginx.per_second;
    let measured = format!("{ratio:.2}x req/s; CPU {:.2}x: {}; nginx {}", courant.cpu_us / nginx.cpu_us, said(&courant), said(&nginx));
    row(&format!("{name} ({bytes})"), "0.95x nginx", &measured);
    Ok(())
}

/// The one header of the load: which coding, or which version is known already.
fn header(page: &Answer, case: &str, accept: &str) -> anyhow::Result<String> {
    if case == "304" {
        // wrk adds a further line as it stands.
        let etag = page.header("etag").context("a page without ETag")?;
        return Ok(format!("If-None-Match: {etag}\r\n{accept}"));
    }
    Ok(accept.to_owned())
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
    format!("{:.0} req/s, p50 {:.2} ms, p99 {:.2} ms, {:.1} us CPU", load.per_second, load.p50_ms, load.p99_ms, load.cpu_us)
}

/// nginx as good as it gets: two workers, files kept open, ready-made compression.
fn nginx(bench: &Bench, page: &Answer, coding: &str) -> anyhow::Result<(Process, SocketAddr)> {
    let folder = bench.folder.join("nginx");
    fs::create_dir_all(folder.join("www"))?;
    fs::write(folder.join("www/page"), &page.body)?;
    let config = folder.join("nginx.conf");
    fs::write(&config, configuration(&folder, coding))?;
    let mut command = run::command("nginx");
    command.arg("-c").arg(&config).arg("-e").arg(folder.join("error.log"));
    let process = Process::start(&mut command)?;
    let addr: SocketAddr = PEER.parse()?;
    let deadline = Instant::now() + Duration::from_secs(5);
    while let Err(error) = Client::connect(addr) {
        if Instant::now() > deadline {
            return Err(error.context("nginx does not answer"));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok((process, addr))
}

fn configuration(folder: &Path, coding: &str) -> String {
    let folder = folder.display();
    format!(
        "daemon off;\nuser root;\nworker_processes 2;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log warn;\n\
         events {{ worker_connections 4096; multi_accept on; }}\n\
         http {{\n  access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; server_tokens off;\n\
         keepalive_timeout 65; keepalive_requests 10000000;\n\
         open_file_cache max=100 inactive=60s; open_file_cache_valid 60s; open_file_cache_min_uses 1;\n\
         client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;\n\
         uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n\
         server {{ listen {PEER} reuseport backlog=4096; root {folder}/www; etag on; default_type text/html;\n\
         add_header Content-Encoding {coding}; add_header Vary Accept-Encoding; }}\n}}\n"
    )
}
