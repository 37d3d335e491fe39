//! The reports that arrived, a file a day, in order of arrival. Whoever matches follows them by a position; lost ones come again.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::PathBuf;

use anyhow::Context;
use courant_press::WINDOW_SECS;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The longest line that is read.
const LINE_BYTES_MAX: usize = 1 << 20;

/// A report of another medium as it arrived.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Arrived {
    /// The source, by its short name.
    pub(crate) source: String,
    /// What it is known by for ever, within its source.
    pub(crate) name: u64,
    /// What the source calls it: its guid, or else its link.
    pub(crate) report: String,
    /// The headline, cleaned.
    pub(crate) headline: String,
    pub(crate) link: String,
    pub(crate) summary: String,
    /// The beginning of the copy.
    pub(crate) text: String,
    pub(crate) lang: String,
    /// Seconds since 1970: when it appeared, as the source says if that can be.
    pub(crate) published_for_secs: i64,
    /// Whether the source said so.
    pub(crate) is_dated: bool,
    pub(crate) seen_for_secs: i64,
    pub(crate) is_paywalled: bool,
    /// Whether what editors say about it may teach.
    pub(crate) may_teach: bool,
}

/// How far somebody has read.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Position {
    /// The day's file.
    pub(crate) day: String,
    /// Bytes of it.
    pub(crate) offset: u64,
}

/// The folder of the reports.
#[derive(Clone, Debug)]
pub(super) struct Queue {
    folder: PathBuf,
}

impl Arrived {
    /// What it is called among all reports.
    pub(crate) fn id(&self) -> String {
        format!("{}#{:016x}", self.source, self.name)
    }
}

impl Queue {
    pub(super) fn of(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Adds what arrived, on the disk before it counts as seen.
    pub(super) fn add(&self, arrived: &[Arrived], now: Timestamp) -> anyhow::Result<()> {
        if arrived.is_empty() {
            return Ok(());
        }
        let path = self.folder.join(day(now));
        let cannot = || format!("cannot write {}", path.display());
        let mut bytes = Vec::new();
        for report in arrived {
            serde_json::to_writer(&mut bytes, report)?;
            bytes.push(b'\n');
        }
        let mut file = File::options().create(true).append(true).open(&path).with_context(cannot)?;
        file.write_all(&bytes).with_context(cannot)
    }

    /// What stands after a position, at most so many, with the position behind each. A line that is not whole yet waits.
    pub(super) fn read_after(&self, position: &Position, limit: usize) -> anyhow::Result<Vec<(Arrived, Position)>> {
        let mut found = Vec::new();
        for day in self.days()?.into_iter().filter(|day| position.day <= *day) {
            let path = self.folder.join(&day);
            let cannot = || format!("cannot read {}", path.display());
            let mut file = File::open(&path).with_context(cannot)?;
            let mut offset = if day == position.day { position.offset } else { 0 };
            // Somebody cut it: what is there is read anew.
            if file.metadata().with_context(cannot)?.len() < offset {
                offset = 0;
            }
            file.seek(SeekFrom::Start(offset)).with_context(cannot)?;
            let mut lines = BufReader::new(file);
            let mut line = Vec::new();
            while found.len() < limit {
                line.clear();
                let n_read = lines.read_until(b'\n', &mut line).with_context(cannot)?;
                if n_read == 0 || !line.ends_with(b"\n") {
                    break;
                }
                offset += n_read as u64;
                // What was of a source that asked to go.
                if line.trim_ascii().is_empty() {
                    continue;
                }
                match serde_json::from_slice::<Arrived>(&line) {
                    Ok(arrived) if n_read <= LINE_BYTES_MAX => found.push((arrived, Position { day: day.clone(), offset })),
                    _ => tracing::warn!("{}: a line that is no report was passed over", path.display()),
                }
            }
            if limit <= found.len() {
                break;
            }
        }
        Ok(found)
    }

    /// Where the window begins.
    pub(super) fn start(now: Timestamp) -> Position {
        let since = now.checked_sub(SignedDuration::from_secs(WINDOW_SECS)).unwrap_or(now);
        Position { day: day(since), offset: 0 }
    }

    /// Removes the days that have left the window.
    pub(super) fn forget(&self, now: Timestamp) -> anyhow::Result<()> {
        let first = Self::start(now).day;
        for day in self.days()?.into_iter().filter(|day| *day < first) {
            super::book::remove(&self.folder.join(day))?;
        }
        Ok(())
    }

    /// Removes every line of a source: it asked to go.
    pub(super) fn forget_source(&self, source: &str) -> anyhow::Result<()> {
        for day in self.days()? {
            let path = self.folder.join(&day);
            let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let mut kept = Vec::with_capacity(text.len());
            for line in text.split_inclusive(|byte| *byte == b'\n') {
                match serde_json::from_slice::<Arrived>(line) {
                    // As long as before, so that positions hold.
                    Ok(arrived) if arrived.source == source => {
                        kept.extend(std::iter::repeat_n(b' ', line.len() - 1));
                        kept.push(b'\n');
                    }
                    _ => kept.extend_from_slice(line),
                }
            }
            if kept != text {
                super::book::write(&path, &kept)?;
            }
        }
        Ok(())
    }

    fn days(&self) -> anyhow::Result<Vec<String>> {
        let mut days = Vec::new();
        for entry in fs::read_dir(&self.folder).with_context(|| format!("cannot look into {}", self.folder.display()))? {
            let name = entry?.file_name();
            days.extend(name.to_str().filter(|name| name.len() == "2026-11-20".len()).map(str::to_owned));
        }
        days.sort();
        Ok(days)
    }
}

fn day(at: Timestamp) -> String {
    at.to_zoned_datetime(TimeZone::UTC).date().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrived(source: &str, name: u64) -> Arrived {
        Arrived { source: source.to_owned(), name, headline: "x".to_owned(), ..Arrived::default() }
    }

    #[test]
    fn reports_are_followed_over_days_and_forgotten_with_the_window() {
        let folder = tempfile::tempdir().unwrap();
        let queue = Queue::of(folder.path().to_owned());
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        queue.add(&[arrived("a", 1), arrived("b", 2)], at("2026-11-20T23:59:00Z")).unwrap();
        queue.add(&[arrived("a", 3)], at("2026-11-21T00:01:00Z")).unwrap();
        fs::OpenOptions::new().append(true).open(folder.path().join("2026-11-21")).unwrap().write_all(b"{\"name\":").unwrap();
        let all = queue.read_after(&Position::default(), 10).unwrap();
        assert_eq!(all.iter().map(|(arrived, _)| arrived.name).collect::<Vec<_>>(), [1, 2, 3], "half a line waits");
        assert_eq!(queue.read_after(&all[0].1, 1).unwrap()[0].0.name, 2);
        assert_eq!(queue.read_after(&all[2].1, 9).unwrap(), []);
        queue.forget_source("a").unwrap();
        assert_eq!(queue.read_after(&Position::default(), 10).unwrap(), [all[1].clone()]);
        queue.forget(at("2026-11-26T12:00:00Z")).unwrap();
        assert_eq!(queue.days().unwrap(), ["2026-11-21"]);
    }
}
