//! Many readers of one event stream: memory a reader, and the time until the last one has a story.

use std::fs;
use std::io::{ErrorKind, Read};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::process::Server;
use super::stats::{median, ms, per, quantile};
use super::{Bench, row};
use crate::run;

const N_MOVES: usize = 5;
const TIMEOUT: Duration = Duration::from_secs(20);

pub(super) fn measure(bench: &Bench) -> anyhow::Result<()> {
    let data = bench.reuters()?;
    let server = Server::start(bench, &data)?;
    std::thread::sleep(Duration::from_secs(1));
    let before = server.process.pss();
    let mut readers = Vec::with_capacity(bench.options.readers);
    for _ in 0..bench.options.readers {
        let stream = server.client()?.open("/all/events")?.into_inner();
        stream.set_nonblocking(true)?;
        readers.push(stream);
    }
    std::thread::sleep(Duration::from_secs(1));
    let n_readers = readers.len();
    let each = server.process.pss().saturating_sub(before) / n_readers.max(1) as u64;
    row(&format!("memory a reader ({n_readers} readers)"), "600 bytes", &format!("{each} bytes PSS"));

    let (mut last, mut cpu) = (Vec::new(), Vec::new());
    for number in 0..N_MOVES {
        let word = format!("crowd{}x{number}", std::process::id());
        let document = serde_json::json!({
            "uri": format!("tag:bench.example,2026:{word}"),
            "standard": { "name": "ninjs", "version": "3.1", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json" },
            "type": "text", "pubStatus": "usable", "version": "1", "versionCreated": jiff::Timestamp::now().to_string(), "language": "en",
            "headlines": [{ "value": format!("Measured {word}") }],
            "bodies": [{ "contentType": "text/html", "value": "<p>To everybody at once.</p>" }],
        });
        let file = bench.folder.join("move.json");
        fs::write(&file, document.to_string())?;
        let spent = server.process.cpu_us();
        run::read(run::command(&bench.binary).args(["wire", "move"]).arg(&file).arg("--data").arg(&data))?;
        let receipt = Instant::now();
        await_all(&mut readers, &word)?;
        last.push(ms(receipt.elapsed()));
        cpu.push(per(server.process.cpu_us() - spent, n_readers as u64));
    }
    row(
        "end of `courant wire move` to the last reader",
        "",
        &format!("median {:.0} ms, worst {:.0} ms (n = {N_MOVES})", median(&last), quantile(&last, 1.0)),
    );
    row("server CPU a reader and move", "", &format!("{:.1} us", median(&cpu)));
    Ok(())
}

/// Looks at every reader in turn until each has got the word.
fn await_all(readers: &mut [TcpStream], word: &str) -> anyhow::Result<()> {
    let deadline = Instant::now() + TIMEOUT;
    let mut waiting: Vec<usize> = (0..readers.len()).collect();
    let mut seen: Vec<Vec<u8>> = vec![Vec::new(); readers.len()];
    let mut buffer = [0; 4096];
    while !waiting.is_empty() {
        anyhow::ensure!(Instant::now() < deadline, "{} readers did not get {word}", waiting.len());
        let mut failure = None;
        waiting.retain(|&at| match readers[at].read(&mut buffer) {
            Ok(0) => {
                failure = Some("the server ended a stream".to_owned());
                false
            }
            Ok(length) => {
                seen[at].extend_from_slice(&buffer[..length]);
                !seen[at].windows(word.len()).any(|window| window == word.as_bytes())
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => true,
            Err(error) => {
                failure = Some(error.to_string());
                false
            }
        });
        if let Some(failure) = failure {
            anyhow::bail!(failure);
        }
    }
    Ok(())
}
