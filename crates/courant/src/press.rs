//! `courant press cluster`: reports of other media come in as JSON lines, and for each goes out which story it tells.

use std::fs;
use std::io::{self, BufRead, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use courant_press::{Clusters, Lang, Report, Settled, Shipped};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::cli::{ClusterOptions, PressCommand};
use crate::partner;

/// Bytes of one line; a whole book of copy fits.
const LINE_BYTES_MAX: u64 = 4 << 20;
/// Bad lines that are told one by one.
const PROBLEMS_TOLD_MAX: usize = 20;
/// Bytes of a state that is read.
const STATE_BYTES_MAX: u64 = 8 << 30;

pub(crate) fn run(command: &PressCommand) -> anyhow::Result<ExitCode> {
    match command {
        PressCommand::Cluster(options) => cluster(options),
        PressCommand::Partner(command) => partner::run(command),
    }
}

/// One line as it comes in.
#[derive(Deserialize)]
struct Line<'l> {
    /// Given back as it is written: a string or a number.
    #[serde(borrow)]
    id: &'l RawValue,
    title: String,
    #[serde(default)]
    summary: Option<String>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    lang: Option<String>,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    published: Value,
}

fn cluster(options: &ClusterOptions) -> anyhow::Result<ExitCode> {
    let mut clusters = match &options.state {
        Some(path) => restored(path)?,
        None => Clusters::new(Shipped),
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut lines = io::stdin().lock();
    let mut bytes = Vec::new();
    let (mut n_lines, mut n_problems) = (0_u64, 0_usize);
    let mut last = Timestamp::UNIX_EPOCH;
    while next_line(&mut lines, &mut bytes)? {
        n_lines += 1;
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        match report(&bytes, last) {
            Ok(report) => {
                last = report.published_at;
                clusters.take(&report);
                write(&mut out, &clusters.settled())?;
            }
            Err(problem) => {
                n_problems += 1;
                if n_problems <= PROBLEMS_TOLD_MAX {
                    eprintln!("courant: line {n_lines}: {problem:#}; it is left out");
                }
            }
        }
    }
    if let Some(path) = &options.state {
        save(path, &clusters.snapshot())?;
    }
    write(&mut out, &clusters.settle_all())?;
    out.flush()?;
    if n_problems == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("courant: {n_problems} of {n_lines} lines were left out; mend them and send all again");
    Ok(ExitCode::FAILURE)
}

/// Reads a line into `bytes`, at most a little more than is accepted; the rest of a longer one is passed over.
fn next_line(lines: &mut impl BufRead, bytes: &mut Vec<u8>) -> io::Result<bool> {
    bytes.clear();
    let n_read = lines.by_ref().take(LINE_BYTES_MAX + 1).read_until(b'\n', bytes)?;
    if bytes.len() as u64 == LINE_BYTES_MAX + 1 && !bytes.ends_with(b"\n") {
        lines.skip_until(b'\n')?;
    }
    Ok(0 < n_read)
}

fn report(bytes: &[u8], last: Timestamp) -> anyhow::Result<Report> {
    if LINE_BYTES_MAX < bytes.len() as u64 {
        bail!("is longer than {LINE_BYTES_MAX} bytes; cut its text");
    }
    let text = std::str::from_utf8(bytes).context("is not UTF-8; send it as UTF-8")?;
    let line: Line = serde_json::from_str(text).context("is not a report: a JSON object with id, title and published")?;
    let lang = line.lang.unwrap_or_default();
    Ok(Report {
        id: id(line.id)?,
        title: line.title,
        summary: line.summary.unwrap_or_default(),
        text: line.text.unwrap_or_default(),
        lang: Lang::parse(&lang),
        source: line.source.unwrap_or_default(),
        published_at: published(&line.published, last)?,
    })
}

fn id(id: &RawValue) -> anyhow::Result<String> {
    match serde_json::from_str(id.get())? {
        Value::String(_) | Value::Number(_) => Ok(id.get().to_owned()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
            bail!("id {} is neither a string nor a number; give it a name", id.get())
        }
    }
}

/// RFC 3339, a date and time or a date alone (both read as UTC), or seconds since 1970. Without one, the time of the line before.
fn published(value: &Value, last: Timestamp) -> anyhow::Result<Timestamp> {
    match value {
        Value::Null => Ok(last),
        Value::Number(secs) => secs
            .as_i64()
            .and_then(|secs| Timestamp::from_second(secs).ok())
            .with_context(|| format!("published {secs} is not a number of seconds since 1970")),
        Value::String(text) => {
            instant(text).with_context(|| format!("published {text:?} is not a time as in RFC 3339; write it like 2021-07-23T20:00:00Z"))
        }
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
            bail!("published {value} is not a time; write it like \"2021-07-23T20:00:00Z\"")
        }
    }
}

fn instant(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant);
    }
    let day_and_time = text.parse::<DateTime>().ok().or_else(|| text.parse::<Date>().ok().map(|day| day.at(0, 0, 0, 0)))?;
    day_and_time.to_zoned_datetime(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

fn write(out: &mut impl Write, settled: &[Settled]) -> io::Result<()> {
    for Settled { id, cluster } in settled {
        writeln!(out, "{{\"id\":{id},\"cluster\":{cluster}}}")?;
    }
    Ok(())
}

/// The state of the last run, or a new one.
fn restored(path: &Path) -> anyhow::Result<Clusters<Shipped>> {
    let file = match fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Clusters::new(Shipped)),
        Err(error) => return Err(error).with_context(|| format!("cannot open {}", path.display())),
    };
    let mut bytes = Vec::new();
    file.take(STATE_BYTES_MAX).read_to_end(&mut bytes).with_context(|| format!("cannot read {}", path.display()))?;
    Clusters::restored(Shipped, &bytes).with_context(|| format!("the state {}", path.display()))
}

/// Through a file of its own, so that a run that is broken off leaves the last state whole.
fn save(path: &Path, snapshot: &[u8]) -> anyhow::Result<()> {
    let mut partial = path.as_os_str().to_owned();
    partial.push(".partial");
    fs::write(&partial, snapshot).with_context(|| format!("cannot write {}", Path::new(&partial).display()))?;
    fs::rename(&partial, path).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> anyhow::Result<Report> {
        report(line.as_bytes(), Timestamp::from_second(7).unwrap())
    }

    #[test]
    fn times_are_read_as_they_are_written_in_the_wild() {
        for (written, secs) in
            [(r#""1970-01-01T01:00:00+01:00""#, 0), (r#""1970-01-01T00:01:00""#, 60), (r#""1970-01-02""#, 86_400), ("90", 90), ("null", 7)]
        {
            let line = format!(r#"{{"id":1,"title":"x","published":{written}}}"#);
            assert_eq!(read(&line).unwrap().published_at.as_second(), secs, "{written}");
        }
        assert_eq!(read(r#"{"id":1,"title":"x"}"#).unwrap().published_at.as_second(), 7);
    }

    #[test]
    fn names_are_given_back_as_they_came() {
        assert_eq!(read(r#"{"id":"a\"b","title":"x"}"#).unwrap().id, r#""a\"b""#);
        assert_eq!(read(r#"{"id":12,"title":"x"}"#).unwrap().id, "12");
    }

    #[test]
    fn a_bad_line_is_refused_with_field_and_remedy() {
        for (line, said) in [
            (r#"{"id":1}"#, "missing field `title`"),
            (r#"{"id":[1],"title":"x"}"#, "id [1] is neither a string nor a number"),
            (r#"{"id":1,"title":"x","published":"yesterday"}"#, "published \"yesterday\" is not a time"),
            (r#"{"id":1,"title":"x","published":true}"#, "published true is not a time"),
            ("[1]", "is not a report"),
        ] {
            let error = format!("{:#}", read(line).unwrap_err());
            assert!(error.contains(said), "{line}: {error}");
        }
    }

    #[test]
    fn a_line_without_end_is_passed_over() {
        let mut endless = vec![b'x'; usize::try_from(LINE_BYTES_MAX).unwrap() + 100];
        endless.extend_from_slice(b"\nnext\n");
        let (mut lines, mut bytes) = (endless.as_slice(), Vec::new());
        assert!(next_line(&mut lines, &mut bytes).unwrap());
        assert!(report(&bytes, Timestamp::UNIX_EPOCH).unwrap_err().to_string().contains("is longer than"));
        assert!(next_line(&mut lines, &mut bytes).unwrap());
        assert_eq!(bytes, b"next\n");
        assert!(!next_line(&mut lines, &mut bytes).unwrap());
    }
}
