//! What the tests over collections of feeds share.

use std::path::{Path, PathBuf};

/// A folder of the data, if it is there.
pub(crate) fn data(folder: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let path = std::env::var_os("COURANT_DATA").map_or_else(beside, PathBuf::from).join(folder);
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: ../shared/data is absent ({folder})");
    None
}

/// The captured feeds, by name.
#[allow(dead_code, clippy::allow_attributes, reason = "each test file takes what it needs")]
pub(crate) fn captured(folder: &Path) -> Vec<(String, Vec<u8>)> {
    use std::io::Read as _;
    let packed = std::fs::File::open(folder.join("feeds.tar.zst")).expect("the set has its archive");
    let mut archive = tar::Archive::new(zstd::Decoder::new(packed).expect("it is packed with zstd"));
    let mut feeds = Vec::new();
    for entry in archive.entries().expect("it is a tape archive") {
        let mut entry = entry.expect("its entries can be read");
        let name = entry.path().expect("entries have names").to_string_lossy().into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("its entries can be read");
        if !bytes.is_empty() {
            feeds.push((name, bytes));
        }
    }
    feeds.sort();
    feeds
}

/// The files below a folder, sorted.
#[allow(dead_code, clippy::allow_attributes, reason = "each test file takes what it needs")]
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the set can be read") {
            let path = entry.expect("the set can be read").path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}
