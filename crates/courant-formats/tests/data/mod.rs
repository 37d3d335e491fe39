//! Finds the data beside the repository.

use std::path::{Path, PathBuf};

/// A folder of the data, if it is there; otherwise it is said that the test was skipped.
pub(crate) fn data(folder: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let path = std::env::var_os("COURANT_DATA").map_or_else(beside, PathBuf::from).join(folder);
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: ../shared/data is absent ({folder})");
    None
}
