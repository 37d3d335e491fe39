//! Files, folders and standard input as streams of documents.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Context;
use courant_formats::source::Document;

use super::format::Cut;
use super::report::Where;

/// How deep folders may lie in each other.
const DEPTH_MAX: usize = 32;
/// How many files one import takes.
const FILES_MAX: usize = 1_000_000;
const BUFFER_BYTES: usize = 256 << 10;

/// One stream of documents.
pub(super) enum Source {
    StandardInput,
    File { path: PathBuf, n_bytes: u64 },
}

/// Finds what the paths name, in the order given, folders in the order of their names and of those only files with one of
/// the endings.
pub(super) fn find(paths: &[PathBuf], endings: &[&str]) -> anyhow::Result<Vec<Source>> {
    let mut sources = Vec::new();
    for path in paths {
        if path == Path::new("-") {
            sources.push(Source::StandardInput);
            continue;
        }
        let metadata = std::fs::metadata(path).with_context(|| format!("cannot read {}", path.display()))?;
        if metadata.is_dir() {
            let n_before = sources.len();
            walk(path, 0, endings, &mut sources)?;
            anyhow::ensure!(
                n_before < sources.len(),
                "the folder {} holds no file that ends with .{}",
                path.display(),
                endings.join(", .")
            );
        } else {
            sources.push(Source::File { path: path.clone(), n_bytes: metadata.len() });
        }
    }
    Ok(sources)
}

fn walk(folder: &Path, depth: usize, endings: &[&str], sources: &mut Vec<Source>) -> anyhow::Result<()> {
    let cannot = || format!("cannot read the folder {}", folder.display());
    anyhow::ensure!(depth < DEPTH_MAX, "{} lies deeper than {DEPTH_MAX} folders; import it by itself", folder.display());
    let mut entries = std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>).with_context(cannot)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let (path, metadata) = (entry.path(), entry.metadata().with_context(cannot)?);
        if metadata.is_dir() {
            walk(&path, depth + 1, endings, sources)?;
        } else if path.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| endings.contains(&ending)) {
            anyhow::ensure!(sources.len() < FILES_MAX, "there are more than {FILES_MAX} files; import the folders one by one");
            sources.push(Source::File { path, n_bytes: metadata.len() });
        }
    }
    Ok(())
}

/// How much there is to read; `None` when standard input is part of it.
pub(super) fn n_bytes(sources: &[Source]) -> Option<u64> {
    sources
        .iter()
        .map(|source| match source {
            Source::StandardInput => None,
            Source::File { n_bytes, .. } => Some(*n_bytes),
        })
        .sum()
}

/// A document, or where and why there is none.
pub(super) type Found = Result<Document, (Where, String)>;

impl Source {
    /// Its documents, one at a time in memory; `n_bytes_read` counts what has been read.
    pub(super) fn documents(self, cut: Cut, n_bytes_read: Arc<AtomicU64>) -> Box<dyn Iterator<Item = Found>> {
        let (name, opened): (Arc<str>, std::io::Result<Box<dyn Read>>) = match self {
            Self::StandardInput => ("standard input".into(), Ok(Box::new(std::io::stdin()))),
            Self::File { path, .. } => (path.display().to_string().into(), File::open(&path).map(|file| Box::new(file) as Box<dyn Read>)),
        };
        match opened {
            Ok(reader) => {
                let reader = BufReader::with_capacity(BUFFER_BYTES, Counted { reader, n_bytes_read });
                let place = Where { name: Arc::clone(&name), line: None, path: None };
                Box::new(cut.documents(reader, name).map(move |found| found.map_err(|error| (place.clone(), error.to_string()))))
            }
            Err(error) => Box::new(std::iter::once(Err((Where { name, line: None, path: None }, format!("cannot be opened: {error}"))))),
        }
    }
}

/// Counts what goes through it.
struct Counted<R> {
    reader: R,
    n_bytes_read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n_read = self.reader.read(buffer)?;
        self.n_bytes_read.fetch_add(n_read as u64, Ordering::Relaxed);
        Ok(n_read)
    }
}
