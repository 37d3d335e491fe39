//! Files of the index, written without waiting for the disk at every commit.
//!
//! The index is a view of the wire: what a power cut takes from it, a rebuild brings back. So a
//! commit only has to survive the death of the process, for which the kernel's page cache is
//! enough, and it costs one or two milliseconds instead of fifteen. What must never happen is
//! answering from damaged files: while a writer is open, the file `unsynced` names the boot it
//! runs under, and an index found with the mark of another boot has its checksums verified before
//! use.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite, WatchCallback, WatchHandle, WritePtr,
};

/// Marks a folder whose files may not have reached the disk.
const UNSYNCED: &str = "unsynced";

/// Where Linux names the current boot. Elsewhere no boot is known, and an index that was not
/// closed is always verified.
const BOOT_ID: &str = "/proc/sys/kernel/random/boot_id";

#[derive(Debug, Clone)]
pub(super) struct Folder {
    files: MmapDirectory,
    path: PathBuf,
}

impl Folder {
    pub(super) fn open(path: &Path) -> Result<Self, OpenDirectoryError> {
        Ok(Self { files: MmapDirectory::open(path)?, path: path.to_owned() })
    }

    /// Whether the files may be damaged: they were being written when another boot ended.
    pub(super) fn is_doubtful(&self) -> io::Result<bool> {
        match fs::read_to_string(self.path.join(UNSYNCED)) {
            Ok(marked) => Ok(boot_id().is_none_or(|boot| boot != marked)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Notes that from now on files may not have reached the disk. The note itself has.
    pub(super) fn mark_unsynced(&self) -> io::Result<()> {
        let mut file = File::create(self.path.join(UNSYNCED))?;
        file.write_all(boot_id().unwrap_or_default().as_bytes())?;
        file.sync_all()?;
        File::open(&self.path)?.sync_all()
    }

    /// Waits until everything is on the disk.
    pub(super) fn sync(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.path)? {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                match File::open(entry.path()) {
                    Ok(file) => file.sync_all()?,
                    // Merging removes files at any time.
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                    Err(error) => return Err(error),
                }
            }
        }
        File::open(&self.path)?.sync_all()
    }

    /// Waits until everything is on the disk, and takes the note back.
    pub(super) fn close(&self) -> io::Result<()> {
        self.sync()?;
        fs::remove_file(self.path.join(UNSYNCED))?;
        File::open(&self.path)?.sync_all()
    }
}

fn boot_id() -> Option<String> {
    fs::read_to_string(BOOT_ID).ok().map(|id| id.trim().to_owned())
}

/// A file whose end does not wait for the disk.
struct UnsyncedFile(File);

impl Write for UnsyncedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl TerminatingWrite for UnsyncedFile {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        self.0.flush()
    }
}

impl Directory for Folder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let opened = OpenOptions::new().write(true).create_new(true).open(self.path.join(path));
        let file = opened.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => OpenWriteError::FileAlreadyExists(path.to_owned()),
            _ => OpenWriteError::wrap_io_error(error, path.to_owned()),
        })?;
        Ok(BufWriter::new(Box::new(UnsyncedFile(file))))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        // One writer at a time holds the folder, so one temporary name a target is enough.
        let target = self.path.join(path);
        let mut temporary = target.clone().into_os_string();
        temporary.push(".new");
        fs::write(&temporary, data)?;
        fs::rename(&temporary, target)
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.files.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}
