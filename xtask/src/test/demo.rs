//! A demonstration agency that runs while the browser looks at it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::{Context, bail};

use crate::run;

/// How long the demonstration may take to say where it is. It is a build without optimisation, on a busy machine.
const START_MAX: Duration = Duration::from_mins(2);
/// What stands before the address in the line it prints.
const ADDRESS_LABEL: &str = "Site";

/// A running `courant demo`; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Demo {
    child: Child,
    /// Goes on reading what the demonstration prints, so that it never waits for a reader.
    reader: Option<JoinHandle<()>>,
    /// Such as `http://127.0.0.1:40123`, without a slash at its end.
    pub(crate) site: String,
}

impl Demo {
    /// Starts the binary at `program` on a free port, its data in `data`, and waits until it serves.
    ///
    /// # Errors
    /// When it ends, or prints no address within [`START_MAX`].
    pub(crate) fn start(program: &Path, data: &Path) -> anyhow::Result<Self> {
        let mut command = run::command(program);
        command.args(["demo", "--listen", "127.0.0.1:0", "--data"]).arg(data).stdout(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("cannot start {}", program.display()))?;
        let stdout = child.stdout.take().context("the demonstration has no output to read")?;
        let (sender, receiver) = mpsc::channel();
        let reader = thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if let Some(site) = address(&line) {
                    // Nobody listens any more when the wait is over.
                    let _ = sender.send(site.to_owned());
                }
            }
        });
        let mut demo = Self { child, reader: Some(reader), site: String::new() };
        match receiver.recv_timeout(START_MAX) {
            Ok(site) => demo.site = site,
            Err(mpsc::RecvTimeoutError::Timeout) => bail!("courant demo printed no address within {} s", START_MAX.as_secs()),
            Err(mpsc::RecvTimeoutError::Disconnected) => bail!("courant demo ended without printing its address; its words are above"),
        }
        Ok(demo)
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing to do then.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let Some(reader) = self.reader.take() {
            let _ = reader.join();
        }
    }
}

/// The address in a line such as `Site  http://127.0.0.1:8080/`.
fn address(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace();
    let label = words.next()?.trim_end_matches(':');
    let address = words.next()?;
    (label == ADDRESS_LABEL && address.starts_with("http://")).then(|| address.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_read_from_its_line() {
        assert_eq!(address("Site  http://127.0.0.1:8080/"), Some("http://127.0.0.1:8080"));
        assert_eq!(address("  Site: http://[::1]:80/"), Some("http://[::1]:80"));
        assert_eq!(address("Site is starting"), None);
        assert_eq!(address("Desk  http://127.0.0.1:8080/desk"), None);
    }

    #[test]
    fn a_program_that_ends_at_once_is_reported() {
        let error = Demo::start(Path::new("/bin/true"), Path::new("nowhere")).unwrap_err().to_string();
        assert!(error.contains("ended without printing its address"), "{error}");
    }
}
