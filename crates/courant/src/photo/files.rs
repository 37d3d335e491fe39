//! The files of photos in the data directory.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context;
use courant_news::PhotoId;

use crate::data_dir::DataDir;

/// The endings an original may have.
const ORIGINAL_ENDINGS: [&str; 3] = ["jpg", "png", "webp"];

/// Where photos lie: what pages show under `media/`, and what it was made from under `originals/`, which no address reaches.
#[derive(Clone)]
pub(crate) struct PhotoFiles {
    media: PathBuf,
    originals: PathBuf,
}

impl PhotoFiles {
    pub(crate) fn of(data: &DataDir) -> Self {
        Self { media: data.media(), originals: data.originals() }
    }

    /// Keeps a file under the name its content gave it. One that is there already is the same.
    pub(super) fn keep(&self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        put(&self.media, name, bytes)
    }

    /// Keeps what a photo was made from.
    pub(super) fn keep_original(&self, id: PhotoId, ending: &str, bytes: &[u8]) -> anyhow::Result<()> {
        put(&self.originals, &format!("{id}.{ending}"), bytes)
    }

    /// Removes files and originals of killed photos, and answers how many were there. One that is gone already is no failure;
    /// one that cannot be removed is reported after the others are gone.
    pub(crate) fn forget<'n>(
        &self,
        names: impl IntoIterator<Item = &'n str>,
        photos: impl IntoIterator<Item = PhotoId>,
    ) -> anyhow::Result<usize> {
        let files = names.into_iter().map(|name| self.media.join(name));
        let originals = photos.into_iter().flat_map(|id| ORIGINAL_ENDINGS.map(|ending| self.originals.join(format!("{id}.{ending}"))));
        let (mut n_removed, mut failure) = (0, None);
        for path in files.chain(originals) {
            match std::fs::remove_file(&path) {
                Ok(()) => n_removed += 1,
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => failure = failure.or(Some((path, error))),
            }
        }
        match failure {
            None => Ok(n_removed),
            Some((path, error)) => Err(error).with_context(|| format!("cannot remove {}; remove it by hand", path.display())),
        }
    }
}

/// Writes beside and renames, so that nobody ever reads half a file.
fn put(folder: &Path, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
    let path = folder.join(name);
    let cannot = || format!("cannot write {}", path.display());
    if path.try_exists().with_context(cannot)? {
        return Ok(());
    }
    std::fs::create_dir_all(folder).with_context(cannot)?;
    let beside = folder.join(format!("{name}.{}.part", std::process::id()));
    std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, &path)).with_context(cannot)
}
