//! Corpora to import and measure with, as ninjs 3.1, one item to a line.

mod copy;
mod dateline;
mod names;
mod ninjs;
mod places;
mod reuters;
mod sgml;
mod synth;
mod topics;

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};

/// What `cargo xtask corpus` can make.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Turn the SGML of Reuters-21578 into ninjs lines.
    ///
    /// Dates of the collection name no time zone and are read as GMT.
    Reuters(Reuters),
    /// Make up any number of stories of the same statistical shape.
    Synth(synth::Options),
}

/// Where the collection is and where its items go.
#[derive(Args, Debug)]
pub(crate) struct Reuters {
    /// A folder with .sgm or .sgm.zst files, or one such file.
    folder: PathBuf,
    /// The file to write; - for standard output.
    #[arg(long, default_value = "-")]
    out: PathBuf,
}

/// Makes a corpus. What was made is said on standard error.
pub(crate) fn run(command: &Command) -> anyhow::Result<()> {
    match command {
        Command::Reuters(options) => {
            let mut out = open_out(&options.out)?;
            let n_items = write_reuters(&options.folder, &mut out)?;
            out.flush().context("cannot write the corpus")?;
            eprintln!("{n_items} items; dates are read as GMT");
        }
        Command::Synth(options) => synth::run(options, &mut open_out(options.out())?)?,
    }
    Ok(())
}

fn open_out(path: &Path) -> anyhow::Result<Box<dyn Write>> {
    if path == Path::new("-") {
        return Ok(Box::new(BufWriter::new(io::stdout().lock())));
    }
    let file = File::create(path).with_context(|| format!("cannot create {}", path.display()))?;
    Ok(Box::new(BufWriter::with_capacity(1 << 20, file)))
}

/// Every story below `folder`, in order.
///
/// # Errors
/// When there is none, or a file cannot be read.
pub(crate) fn stories(folder: &Path) -> anyhow::Result<Vec<sgml::SourceStory>> {
    let mut stories = Vec::new();
    for path in sgml_files(folder)? {
        stories.extend(sgml::stories(&read_sgml(&path)?).with_context(|| format!("cannot read {}", path.display()))?);
    }
    Ok(stories)
}

/// Writes every story below `folder` and says how many there were.
fn write_reuters(folder: &Path, out: &mut dyn Write) -> anyhow::Result<usize> {
    let mut n_items = 0;
    for path in sgml_files(folder)? {
        let bytes = read_sgml(&path)?;
        let stories = sgml::stories(&bytes).with_context(|| format!("cannot read {}", path.display()))?;
        for story in &stories {
            let item = reuters::item(story).with_context(|| format!("cannot read {}", path.display()))?;
            serde_json::to_writer(&mut *out, &item).context("cannot write the corpus")?;
            out.write_all(b"\n").context("cannot write the corpus")?;
        }
        n_items += stories.len();
    }
    Ok(n_items)
}

fn sgml_files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if folder.is_file() {
        return Ok(vec![folder.to_owned()]);
    }
    let listing = fs::read_dir(folder).with_context(|| format!("cannot open {}", folder.display()))?;
    let mut files = Vec::new();
    for entry in listing {
        let path = entry.with_context(|| format!("cannot list {}", folder.display()))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".sgm") || name.ends_with(".sgm.zst") {
            files.push(path);
        }
    }
    if files.is_empty() {
        bail!("{} has no .sgm or .sgm.zst file; give the folder that holds reut2-000.sgm", folder.display());
    }
    files.sort();
    Ok(files)
}

fn read_sgml(path: &Path) -> anyhow::Result<Vec<u8>> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let is_packed = path.extension().is_some_and(|extension| extension == "zst");
    let reader: Box<dyn Read> = if is_packed {
        Box::new(zstd::Decoder::new(file).with_context(|| format!("cannot unpack {}", path.display()))?)
    } else {
        Box::new(file)
    };
    let mut bytes = Vec::new();
    // One byte more than is accepted, so that a longer file is noticed and not cut.
    let limit = sgml::FILE_LEN_MAX_BYTES as u64 + 1;
    reader.take(limit).read_to_end(&mut bytes).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, env};

    use super::*;

    #[test]
    fn a_folder_without_the_collection_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let error = write_reuters(folder.path(), &mut Vec::new()).unwrap_err().to_string();
        assert!(error.contains("has no .sgm or .sgm.zst file"), "{error}");
    }

    #[test]
    fn packed_and_plain_files_give_the_same_items() {
        let folder = tempfile::tempdir().unwrap();
        let sample = include_bytes!("../../tests/sample.sgm");
        fs::write(folder.path().join("a.sgm"), sample).unwrap();
        fs::write(folder.path().join("b.sgm.zst"), zstd::encode_all(&sample[..], 1).unwrap()).unwrap();
        fs::write(folder.path().join("README.md"), "not read").unwrap();
        let mut out = Vec::new();
        assert_eq!(write_reuters(folder.path(), &mut out).unwrap(), 8);
        let lines: Vec<&str> = str::from_utf8(&out).unwrap().lines().collect();
        assert_eq!(lines[..4], lines[4..]);
    }

    #[test]
    fn the_whole_collection_has_20000_items() {
        let data =
            env::var_os("COURANT_DATA").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data"), PathBuf::from);
        let folder = data.join("news-reuters21578");
        if !folder.is_dir() {
            println!("skipped: ../shared/data is absent");
            return;
        }
        let mut out = Vec::new();
        assert_eq!(write_reuters(&folder, &mut out).unwrap(), 20_000);
        let lines: Vec<&str> = str::from_utf8(&out).unwrap().lines().collect();
        let count = |part: &str| lines.iter().filter(|line| line.contains(part)).count();
        let uris: HashSet<_> = lines.iter().map(|line| line.split("\",").next()).collect();
        assert_eq!(uris.len(), 20_000);
        let n_with_body = count(r#""bodies":[{"#);
        assert!((17_500..19_000).contains(&n_with_body), "{n_with_body} items have a body");
        let n_located = count(r#""located":""#);
        assert!(17_700 <= n_located, "{n_located} items have a place");
        let n_without_country = lines.iter().filter(|line| line.contains(r#""located":""#) && !line.contains(r#","geoJSON""#)).count();
        assert!(n_without_country < 700, "{n_without_country} datelines have no country");
        let dirty = out.iter().filter(|byte| byte.is_ascii_control() && **byte != b'\n').count();
        assert_eq!(dirty, 0, "control characters are dropped");
    }
}
