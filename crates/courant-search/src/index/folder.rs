//! Files of the index: in memory at once, on the disk right after.
//!
//! A story must be searchable within milliseconds of its move, and a commit writes a dozen small
//! files; on a busy disk that alone takes longer. So files are readable as soon as they are
//! finished, and a thread of their own carries them to the folder in the order in which they were
//! written. What is on the disk is therefore always the index as it was a moment ago, with the
//! cursor it had then: after `kill -9` it opens there, and the wire brings it up to date.
//!
//! A power cut may take more than that, for the disk is not waited for either; a rebuild brings it
//! back. What must never happen is answering from damaged files: while a writer is open, the file
//! `unsynced` names the boot it runs under, and an index found with the mark of another boot has
//! its checksums verified before use.

use std::collections::{HashMap, HashSet, VecDeque};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, OwnedBytes, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

/// Marks a folder whose files may not have reached the disk.
const UNSYNCED: &str = "unsynced";

/// Where Linux names the current boot. Elsewhere no boot is known, and an index that was not
/// closed is always verified.
const BOOT_ID: &str = "/proc/sys/kernel/random/boot_id";

/// Where the engine lists the files it has made, rewritten with every new one.
const FILE_LIST: &str = ".managed.json";

/// A file that grows beyond this goes to the disk while it is written: an import or a merge need
/// not be quick, and should not take memory.
const HELD_FILE_BYTES: usize = 1 << 20;

/// What may wait for the disk. A writer that is further ahead waits, so that memory is bounded.
const HELD_BYTES: usize = 64 << 20;

/// Whether the files of an index may be damaged: they were being written when another boot ended.
pub(super) fn is_doubtful(folder: &Path) -> io::Result<bool> {
    match fs::read_to_string(folder.join(UNSYNCED)) {
        Ok(marked) => Ok(boot_id().is_none_or(|boot| boot != marked)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

fn boot_id() -> Option<String> {
    fs::read_to_string(BOOT_ID).ok().map(|id| id.trim().to_owned())
}

/// The folder of an index being written.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    files: MmapDirectory,
    path: PathBuf,
    waiting: Arc<Waiting>,
}

/// What is not on the disk yet.
#[derive(Debug, Default)]
struct Waiting {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// Content of files not on the disk yet, with the number of the step that will bring it.
    held: HashMap<PathBuf, (u64, OwnedBytes)>,
    /// Files on the disk that are as good as gone.
    deleted: HashSet<PathBuf>,
    steps: VecDeque<(u64, Step)>,
    last_step: u64,
    held_bytes: usize,
    is_stepping: bool,
    is_closing: bool,
    /// Whether the note of unsynced files is ours. One that was found is left for the verification.
    is_marked: bool,
    failure: Option<(io::ErrorKind, String)>,
}

impl State {
    /// Whether a later step does the same again. Only the list of files to tidy up is written so
    /// often; of everything else each state must be on the disk in its turn, for others to refer to.
    fn outdates(&self, step: &Step) -> bool {
        let Step::Replace(path, _) = step else { return false };
        let is_same = |later: &Step| matches!(later, Step::Replace(later, _) if later == path);
        path.as_os_str() == FILE_LIST && self.steps.iter().any(|(_, later)| is_same(later))
    }
}

/// What is to be done to the folder.
#[derive(Debug)]
enum Step {
    Write(PathBuf, OwnedBytes),
    Replace(PathBuf, OwnedBytes),
    Delete(PathBuf),
}

/// The thread that brings files to the disk. Dropping it waits until all have been, and closes the
/// folder properly.
#[derive(Debug)]
pub(super) struct Carrier {
    folder: Folder,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Carrier {
    fn drop(&mut self) {
        self.folder.waiting.lock().is_closing = true;
        self.folder.waiting.changed.notify_all();
        if let Some(thread) = self.thread.take()
            && thread.join().is_ok()
            && self.folder.waiting.lock().is_marked
        {
            // A merge that was given up may have left steps after the thread had ended. What comes later still is of nobody's index:
            // the folder is whole without it, and nothing may wait for it here.
            self.folder.carry();
            // A folder that cannot be closed keeps its mark, and is verified after a restart.
            let _ = self.folder.settle().and_then(|()| self.folder.take_note_back());
        }
    }
}

impl Waiting {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a step; waits while too much is waiting already.
    fn add(&self, step: Step) {
        let mut state = self.lock();
        while state.held_bytes > HELD_BYTES && !state.is_closing && state.failure.is_none() {
            state = self.wait(state);
        }
        state.last_step += 1;
        let number = state.last_step;
        match &step {
            Step::Write(path, bytes) | Step::Replace(path, bytes) => {
                state.held_bytes += bytes.len();
                state.deleted.remove(path);
                state.held.insert(path.clone(), (number, bytes.clone()));
            }
            Step::Delete(path) => {
                state.held.remove(path);
                state.deleted.insert(path.clone());
            }
        }
        state.steps.push_back((number, step));
        self.changed.notify_all();
    }
}

impl Folder {
    /// Opens a folder for writing, with the thread that brings files there.
    pub(super) fn open(path: &Path) -> Result<(Self, Carrier), OpenDirectoryError> {
        let folder = Self { files: MmapDirectory::open(path)?, path: path.to_owned(), waiting: Arc::default() };
        let thread = std::thread::Builder::new().name("search-files".to_owned()).spawn({
            let folder = folder.clone();
            move || folder.carry()
        });
        let thread = thread.map_err(|error| OpenDirectoryError::wrap_io_error(error, path.to_owned()))?;
        let carrier = Carrier { folder: folder.clone(), thread: Some(thread) };
        Ok((folder, carrier))
    }

    /// Why files cannot be brought to the disk any more, if so.
    pub(super) fn failure(&self) -> Option<io::Error> {
        let state = self.waiting.lock();
        state.failure.as_ref().map(|(kind, message)| io::Error::new(*kind, message.clone()))
    }

    /// Notes that from now on files may not have reached the disk. The note itself has.
    pub(super) fn mark_unsynced(&self) -> io::Result<()> {
        let mut file = File::create(self.path.join(UNSYNCED))?;
        file.write_all(boot_id().unwrap_or_default().as_bytes())?;
        file.sync_all()?;
        File::open(&self.path)?.sync_all()?;
        self.waiting.lock().is_marked = true;
        Ok(())
    }

    /// Waits until everything is on the disk.
    pub(super) fn sync(&self) -> io::Result<()> {
        let mut state = self.waiting.lock();
        while state.failure.is_none() && (!state.steps.is_empty() || state.is_stepping) {
            state = self.waiting.wait(state);
        }
        drop(state);
        self.settle()
    }

    /// Waits until everything is on the disk, and takes the note back.
    pub(super) fn close(&self) -> io::Result<()> {
        self.sync()?;
        self.take_note_back()
    }

    /// Brings to the disk what was carried to the folder.
    fn settle(&self) -> io::Result<()> {
        if let Some(failure) = self.failure() {
            return Err(failure);
        }
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

    fn take_note_back(&self) -> io::Result<()> {
        match fs::remove_file(self.path.join(UNSYNCED)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        File::open(&self.path)?.sync_all()
    }

    /// Removes what a killed process left half written: files of segments that are not `wanted`.
    pub(super) fn tidy(&self, is_wanted: impl Fn(&str) -> bool) -> io::Result<()> {
        for entry in fs::read_dir(&self.path)? {
            let entry = entry?;
            if !is_wanted(&entry.file_name().to_string_lossy()) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    /// Does what is to be done, in order, until the folder is closed. After a failure nothing more
    /// is done: the folder stays as it was before.
    fn carry(&self) {
        loop {
            let mut state = self.waiting.lock();
            while state.steps.is_empty() && !state.is_closing {
                state = self.waiting.wait(state);
            }
            let Some((number, step)) = state.steps.pop_front() else { return };
            state.is_stepping = true;
            let is_outdated = state.outdates(&step);
            drop(state);
            let outcome = if is_outdated { Ok(()) } else { self.do_step(&step) };
            let mut state = self.waiting.lock();
            state.is_stepping = false;
            match &step {
                Step::Write(path, bytes) | Step::Replace(path, bytes) => {
                    state.held_bytes -= bytes.len();
                    if outcome.is_ok() && state.held.get(path).is_some_and(|(held, _)| *held == number) {
                        state.held.remove(path);
                    }
                }
                Step::Delete(path) => {
                    state.deleted.remove(path);
                }
            }
            let failed = outcome.is_err();
            if let Err(error) = outcome {
                state.failure = Some((error.kind(), error.to_string()));
            }
            drop(state);
            self.waiting.changed.notify_all();
            if failed {
                return;
            }
        }
    }

    fn do_step(&self, step: &Step) -> io::Result<()> {
        match step {
            Step::Write(path, bytes) => fs::write(self.path.join(path), bytes.as_slice()),
            Step::Replace(path, bytes) => {
                // One writer holds the folder, so one temporary name a target is enough.
                let target = self.path.join(path);
                let mut temporary = target.clone().into_os_string();
                temporary.push(".new");
                fs::write(&temporary, bytes.as_slice())?;
                fs::rename(&temporary, target)
            }
            Step::Delete(path) => {
                // A reader in another process opens the files of one commit under this lock.
                let lock = self.files.acquire_lock(&META_LOCK);
                let _held = lock.map_err(|error| io::Error::other(error.to_string()))?;
                match fs::remove_file(self.path.join(path)) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                    _ => Ok(()),
                }
            }
        }
    }
}

/// A file being written: in memory while it is small.
struct NewFile {
    folder: Folder,
    path: PathBuf,
    held: Vec<u8>,
    on_disk: Option<File>,
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.on_disk.is_none() && self.held.len() + bytes.len() > HELD_FILE_BYTES {
            let mut file = OpenOptions::new().write(true).create_new(true).open(self.folder.path.join(&self.path))?;
            file.write_all(&self.held)?;
            self.held = Vec::new();
            self.on_disk = Some(file);
        }
        if let Some(file) = &mut self.on_disk {
            return file.write(bytes);
        }
        self.held.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl TerminatingWrite for NewFile {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        if self.on_disk.take().is_none() {
            let bytes = OwnedBytes::new(std::mem::take(&mut self.held));
            self.folder.waiting.add(Step::Write(self.path.clone(), bytes));
        }
        Ok(())
    }
}

impl Directory for Folder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        if let Some((_, bytes)) = self.waiting.lock().held.get(path) {
            return Ok(Arc::new(bytes.clone()));
        }
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.waiting.add(Step::Delete(path.to_owned()));
        Ok(())
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        let state = self.waiting.lock();
        if state.held.contains_key(path) {
            return Ok(true);
        }
        if state.deleted.contains(path) {
            return Ok(false);
        }
        drop(state);
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        match self.exists(path) {
            Ok(false) => {}
            Ok(true) => return Err(OpenWriteError::FileAlreadyExists(path.to_owned())),
            Err(error) => return Err(OpenWriteError::wrap_io_error(io::Error::other(error.to_string()), path.to_owned())),
        }
        let file = NewFile { folder: self.clone(), path: path.to_owned(), held: Vec::new(), on_disk: None };
        Ok(BufWriter::new(Box::new(file)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        if let Some((_, bytes)) = self.waiting.lock().held.get(path) {
            return Ok(bytes.as_slice().to_vec());
        }
        self.files.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.waiting.add(Step::Replace(path.to_owned(), OwnedBytes::new(data.to_vec())));
        Ok(())
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
