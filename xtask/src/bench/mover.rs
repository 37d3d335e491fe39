//! Moves stories as a newsroom does: `courant wire move` in a process of its own.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use anyhow::Context;

use super::Bench;
use super::process::Process;
use super::stats::per;
use crate::run;

/// How often a busy newsroom moves a story: the goals count only while it does.
pub(super) const MOVES_PER_SECOND: u32 = 5;
/// No move takes longer.
const TIMEOUT: Duration = Duration::from_secs(20);

/// When a move began, was on the wire for good, and was over.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moved {
    /// The process began.
    pub(super) began: Instant,
    /// Its receipt arrived here, which it prints once the entry is durable.
    pub(super) durable: Instant,
    /// The process ended.
    pub(super) ended: Instant,
}

/// A story as ninjs, with a word of its own in headline and address.
pub(super) fn story(word: &str) -> String {
    serde_json::json!({
        "uri": format!("tag:bench.example,2026:{word}"),
        "standard": { "name": "ninjs", "version": "3.1", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json" },
        "type": "text", "pubStatus": "usable", "version": "1", "versionCreated": jiff::Timestamp::now().to_string(),
        "language": "en", "urgency": 3,
        "headlines": [{ "value": format!("Measured {word} on the way") }],
        "bodies": [{ "contentType": "text/html", "value": format!("<p>The story {word} is moved to see when readers have it.</p>") }],
    })
    .to_string()
}

/// A word that no story has yet, of letters only, so that no language takes it apart.
pub(super) fn new_word() -> String {
    format!("zq{}", letters(jiff::Timestamp::now().as_nanosecond().unsigned_abs()))
}

/// A number as letters.
fn letters(mut number: u128) -> String {
    let mut text = String::new();
    loop {
        text.push(char::from(b'a' + u8::try_from(number % 26).unwrap_or(0)));
        number /= 26;
        if number == 0 {
            return text;
        }
    }
}

/// Moves one story.
pub(super) fn move_story(bench: &Bench, data: &Path, story: &str) -> anyhow::Result<Moved> {
    let mut command = run::command(&bench.binary);
    command.args(["wire", "move", "-", "--data"]).arg(data).stdin(Stdio::piped()).stdout(Stdio::piped());
    move_with(&mut command, story)
}

fn move_with(command: &mut std::process::Command, story: &str) -> anyhow::Result<Moved> {
    let began = Instant::now();
    let mut process = Process::start(command)?;
    process.stdin()?.write_all(story.as_bytes()).context("the move does not read its story")?;
    let receipt = process.first_line(TIMEOUT)?;
    let durable = Instant::now();
    anyhow::ensure!(receipt.contains("\"seq\""), "the move gave no receipt but {receipt:?}");
    let status = process.wait(TIMEOUT)?;
    anyhow::ensure!(status.success(), "the move ended with {status}");
    Ok(Moved { began, durable, ended: Instant::now() })
}

/// A newsroom at work, until [`Newsroom::rest`] or the drop.
pub(super) struct Newsroom {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<anyhow::Result<f64>>>,
}

impl Newsroom {
    /// Begins to move [`MOVES_PER_SECOND`] stories into a data directory that somebody serves.
    pub(super) fn at_work(bench: &Bench, data: &Path) -> Self {
        let (stop, stopped) = mpsc::channel();
        let (binary, data) = (bench.binary.clone(), data.to_owned());
        let thread = std::thread::spawn(move || {
            let (began, mut n_moves) = (Instant::now(), 0_u32);
            loop {
                let due = began + n_moves * Duration::from_secs(1) / MOVES_PER_SECOND;
                match stopped.recv_timeout(due.saturating_duration_since(Instant::now())) {
                    Err(RecvTimeoutError::Timeout) => {}
                    Ok(()) | Err(RecvTimeoutError::Disconnected) => {
                        let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
                        return Ok(per(u64::from(n_moves) * 1_000, ms));
                    }
                }
                let mut command = run::command(&binary);
                command.args(["wire", "move", "-", "--data"]).arg(&data).stdin(Stdio::piped()).stdout(Stdio::piped());
                move_with(&mut command, &story(&new_word()))?;
                n_moves += 1;
            }
        });
        Self { stop: Some(stop), thread: Some(thread) }
    }

    /// Stops, and says how many stories a second moved in fact.
    ///
    /// # Errors
    /// When a move failed.
    pub(super) fn rest(mut self) -> anyhow::Result<f64> {
        self.stop = None;
        let thread = self.thread.take().context("the newsroom rests already")?;
        thread.join().map_err(|_| anyhow::anyhow!("the newsroom panicked"))?
    }
}

impl Drop for Newsroom {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            // Whoever drops it has a failure of its own to report.
            drop(thread.join());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{letters, new_word, story};

    #[test]
    fn a_story_has_its_word_in_headline_and_identity() {
        let story: serde_json::Value = serde_json::from_str(&story("zqab")).unwrap();
        assert_eq!(story["uri"], "tag:bench.example,2026:zqab");
        assert_eq!(story["headlines"][0]["value"], "Measured zqab on the way");
    }

    #[test]
    fn words_are_letters_and_differ() {
        assert_eq!(letters(27), "bb");
        assert_ne!(new_word(), new_word());
        assert!(new_word().bytes().all(|letter| letter.is_ascii_lowercase()));
    }
}
