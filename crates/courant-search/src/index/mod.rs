//! The index: stories on disk or in memory, changed by one writer, read by many.

mod ask;
mod error;
mod excluded;
mod folder;
mod held;
mod near;
mod position;
mod run;
mod schema;
mod table;
mod tally;

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use tantivy::directory::error::{LockError, OpenReadError};
use tantivy::directory::{Directory, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::store::Compressor;
use tantivy::{Index, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, TantivyError, Term};

use crate::analysis::Analysis;
use crate::document::Document;
use crate::plan::analysis_term;

pub use error::{OpenError, SearchError, WriteError};
pub use run::{FacetCount, Found, Hit, Listed, Order, Page, SearchOptions, Selection};
pub use table::{Table, TableRow};

use folder::{Carrier, Folder, is_doubtful};
use held::Held;
use schema::{Fields, LanguageTokeniser, REVISION, TOKENISER};

/// Memory for words waiting to be written on import: the larger, the fewer and larger files.
const IMPORT_BUFFER_BYTES: usize = 64_000_000;

/// The same for a live wire: the least the engine takes. Every commit clears a table in proportion
/// to it, and a single story should be searchable at once.
const LIVE_BUFFER_BYTES: usize = 15_000_000;

/// This many changes at a time are an import.
const IMPORT_CHANGES: usize = 64;

/// Files below this many stories count as equally small when it is decided what to merge, so that
/// the trickle of a live wire is folded together eight commits at a time.
const SMALL_SEGMENT_STORIES: u32 = 512;

/// Segments of like size that are merged into one.
const SEGMENTS_PER_MERGE: usize = 8;

/// A change of one story in the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The story is this now, whether it was there or not.
    Put(Box<Document>),
    /// The story is not to be found for now; where it stands is remembered, for when it is put back.
    Hold {
        /// The story.
        story: u64,
        /// Its position.
        position: u64,
    },
    /// The story is not to be found any more.
    Drop(u64),
}

/// Stories, searchable.
///
/// Shared by reference between threads. Searches see whole applied batches, never a part of one.
pub struct SearchIndex {
    index: Index,
    reader: IndexReader,
    fields: Fields,
    writer: Option<Mutex<Writer>>,
    folder: Option<Folder>,
    state: RwLock<Arc<State>>,
    /// Last, so that what the writer leaves is brought to the disk when the index is dropped.
    carrier: Option<Carrier>,
}

/// What a reload learnt.
#[derive(Debug, Default)]
struct State {
    cursor: u64,
    /// Analyses with at least one story.
    present: Vec<Analysis>,
    /// The newest day of any story, the present of the recency boost.
    newest_day: i64,
    /// Where stories on hold stand.
    held: Held,
}

struct Writer {
    /// Absent only while it is exchanged for one with another buffer.
    engine: Option<IndexWriter>,
    buffer_bytes: usize,
    /// Whether anything is staged since the last commit.
    is_dirty: bool,
    /// The cursor the next commit will carry.
    staged: u64,
    /// The stories on hold it will carry.
    held: Held,
    /// Stories written since the last commit, which the reader does not show yet.
    written: HashSet<u64>,
}

impl std::fmt::Debug for SearchIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SearchIndex").field("cursor", &self.cursor()).field("stories", &self.len()).finish_non_exhaustive()
    }
}

impl SearchIndex {
    /// Opens the index in a folder for writing and reading, or makes a new one in a folder that is
    /// absent or empty. One process at a time can.
    ///
    /// # Errors
    /// See [`OpenError`]; [`OpenError::wants_rebuild`] tells when to [`SearchIndex::discard`] it.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let in_folder = |source| OpenError::Folder { folder: path.to_owned(), source };
        fs::create_dir_all(path).map_err(in_folder)?;
        let is_new = !path.join(META).try_exists().map_err(in_folder)?;
        if is_new {
            refuse_strangers(path)?;
        }
        let (folder, carrier) = Folder::open(path).map_err(|error| OpenError::Engine(error.into()))?;
        let index = if is_new {
            let index = Index::create(folder.clone(), schema::schema().0, settings()).map_err(OpenError::Engine)?;
            begin(&index).map_err(|error| locked_or(path, error))?;
            index
        } else {
            check(path)?;
            Index::open(folder.clone()).map_err(|error| damaged(path, &error))?
        };
        if is_doubtful(path).map_err(in_folder)? {
            verify(path, &index)?;
        }
        let mut opened = Self::with_reader(index).map_err(|error| damaged(path, &error))?;
        opened.folder = Some(folder);
        opened.carrier = Some(carrier);
        opened.start_writing().map_err(|error| locked_or(path, error))?;
        if let Some(folder) = &opened.folder {
            folder.mark_unsynced().map_err(in_folder)?;
            if !is_new {
                let segments = opened.index.searchable_segment_ids().map_err(|error| damaged(path, &error))?;
                let segments: Vec<String> = segments.into_iter().map(|id| id.uuid_string()).collect();
                let of_segment = |name: &str| segments.iter().any(|id| name.starts_with(id.as_str()));
                folder.tidy(|name| !is_segment_file(name) || of_segment(name)).map_err(in_folder)?;
            }
        }
        Ok(opened)
    }

    /// Opens an existing index for reading only, beside a process that writes it.
    /// [`SearchIndex::refresh`] shows what it wrote since.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open_read_only(path: &Path) -> Result<Self, OpenError> {
        let in_folder = |source| OpenError::Folder { folder: path.to_owned(), source };
        if !path.join(META).try_exists().map_err(in_folder)? {
            if path.try_exists().map_err(in_folder)? {
                refuse_strangers(path)?;
            }
            return Err(OpenError::Absent { folder: path.to_owned() });
        }
        check(path)?;
        let files = MmapDirectory::open(path).map_err(|error| OpenError::Engine(error.into()))?;
        let index = Index::open(files).map_err(|error| damaged(path, &error))?;
        if is_doubtful(path).map_err(in_folder)? {
            verify(path, &index)?;
        }
        Self::with_reader(index).map_err(|error| damaged(path, &error))
    }

    /// An index that lives in memory only.
    ///
    /// # Errors
    /// [`OpenError::Engine`] when memory or threads cannot be had.
    pub fn in_memory() -> Result<Self, OpenError> {
        let index = Index::builder().schema(schema::schema().0).settings(settings()).create_in_ram().map_err(OpenError::Engine)?;
        begin(&index).map_err(OpenError::Engine)?;
        let mut opened = Self::with_reader(index).map_err(OpenError::Engine)?;
        opened.start_writing().map_err(OpenError::Engine)?;
        Ok(opened)
    }

    /// Removes an index that cannot be used from its folder, so that [`SearchIndex::open`] makes a
    /// new one. Only files of an index are removed.
    ///
    /// # Errors
    /// [`OpenError::Foreign`] when the folder holds something else, [`OpenError::Locked`] when
    /// another process writes to it, [`OpenError::Folder`] when a file cannot be removed.
    pub fn discard(path: &Path) -> Result<(), OpenError> {
        let in_folder = |source| OpenError::Folder { folder: path.to_owned(), source };
        if !path.try_exists().map_err(in_folder)? {
            return Ok(());
        }
        refuse_strangers(path)?;
        let files = MmapDirectory::open(path).map_err(|error| OpenError::Engine(error.into()))?;
        let lock = files.acquire_lock(&INDEX_WRITER_LOCK);
        let _held = lock.map_err(|error| locked_or(path, TantivyError::LockFailure(error, None)))?;
        for entry in fs::read_dir(path).map_err(in_folder)? {
            fs::remove_file(entry.map_err(in_folder)?.path()).map_err(in_folder)?;
        }
        Ok(())
    }

    fn with_reader(index: Index) -> Result<Self, TantivyError> {
        index.tokenizers().register(TOKENISER, LanguageTokeniser::default());
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let fields = schema::schema().1;
        let opened = Self { index, reader, fields, writer: None, folder: None, state: RwLock::default(), carrier: None };
        opened.refresh()?;
        Ok(opened)
    }

    fn start_writing(&mut self) -> Result<(), TantivyError> {
        let writer = Writer {
            engine: Some(engine(&self.index, LIVE_BUFFER_BYTES)?),
            buffer_bytes: LIVE_BUFFER_BYTES,
            is_dirty: false,
            staged: self.cursor(),
            held: self.state().held.clone(),
            written: HashSet::new(),
        };
        self.writer = Some(Mutex::new(writer));
        Ok(())
    }

    /// The wire entry up to which the index has been brought; 0 when it is empty.
    pub fn cursor(&self) -> u64 {
        self.state().cursor
    }

    /// How many stories it has.
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Whether it has no story.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Applies changes in order and moves the cursor, as one: after a crash either all of it is
    /// there or none, and [`SearchIndex::cursor`] says which. When it returns, searches show it;
    /// it reaches the disk a moment later.
    ///
    /// # Errors
    /// [`WriteError`]; nothing was applied.
    pub fn apply(&self, changes: &[Change], cursor: u64) -> Result<(), WriteError> {
        let mut writer = self.lock_writer()?;
        let outcome = writer.stage(self, changes, cursor).and_then(|()| writer.commit(&self.index));
        self.settle(&mut writer, outcome)
    }

    /// Like [`SearchIndex::apply`], but leaves the commit to a later [`SearchIndex::commit`] or
    /// `apply`: for imports, where one commit for many thousand stories is much faster. What is
    /// staged is not searchable yet, and a crash goes back to the last commit and its cursor.
    ///
    /// # Errors
    /// [`WriteError`]; everything staged since the last commit is gone.
    pub fn stage(&self, changes: &[Change], cursor: u64) -> Result<(), WriteError> {
        let mut writer = self.lock_writer()?;
        match writer.stage(self, changes, cursor) {
            Ok(()) => Ok(()),
            failed => self.settle(&mut writer, failed),
        }
    }

    /// Commits what was staged.
    ///
    /// # Errors
    /// [`WriteError`]; everything staged since the last commit is gone.
    pub fn commit(&self) -> Result<(), WriteError> {
        let mut writer = self.lock_writer()?;
        let outcome = writer.commit(&self.index);
        self.settle(&mut writer, outcome)
    }

    /// Removes every story and sets the cursor to 0, for a rebuild.
    ///
    /// # Errors
    /// [`WriteError`]; the index is as it was.
    pub fn clear(&self) -> Result<(), WriteError> {
        let mut writer = self.lock_writer()?;
        let outcome = writer.clear(&self.index);
        self.settle(&mut writer, outcome)
    }

    /// Waits until everything committed is on the disk, so that it survives a power cut.
    ///
    /// # Errors
    /// [`WriteError::Disk`].
    pub fn sync(&self) -> Result<(), WriteError> {
        match &self.folder {
            Some(folder) => Ok(folder.sync()?),
            None => Ok(()),
        }
    }

    /// Finishes background work, brings everything to the disk and marks the index as closed
    /// properly. What was staged and not committed is gone.
    ///
    /// # Errors
    /// [`WriteError`]; the index is usable, and verified when next opened after a restart.
    pub fn close(mut self) -> Result<(), WriteError> {
        if let Some(writer) = self.writer.take() {
            let writer = writer.into_inner().unwrap_or_else(PoisonError::into_inner);
            if let Some(engine) = writer.engine {
                engine.wait_merging_threads()?;
            }
        }
        match &self.folder {
            Some(folder) => Ok(folder.close()?),
            None => Ok(()),
        }
    }

    /// Shows what another process wrote to an index open for reading.
    ///
    /// # Errors
    /// The engine's, when files are unreadable.
    pub fn refresh(&self) -> Result<(), TantivyError> {
        self.reader.reload()?;
        let searcher = self.reader.searcher();
        let metas = self.index.load_metas()?;
        let payload = metas.payload.as_deref().and_then(Payload::parse);
        let (cursor, held) = payload.map_or_else(Default::default, |payload| (payload.cursor, payload.held));
        let mut present = Vec::new();
        for analysis in Analysis::ALL {
            let term = Term::from_field_text(self.fields.facet, &analysis_term(analysis));
            if searcher.doc_freq(&term)? > 0 {
                present.push(analysis);
            }
        }
        let mut newest_day = i64::MIN;
        for segment in searcher.segment_readers() {
            newest_day = newest_day.max(segment.fast_fields().i64(schema::MOVED_ON)?.max_value());
        }
        let state = State { cursor, present, newest_day, held };
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(state);
        Ok(())
    }

    fn state(&self) -> Arc<State> {
        Arc::clone(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn lock_writer(&self) -> Result<MutexGuard<'_, Writer>, WriteError> {
        let writer = self.writer.as_ref().ok_or(WriteError::ReadOnly)?;
        Ok(writer.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// After a commit, shows it; after a failure, goes back to the last one.
    fn settle(&self, writer: &mut Writer, outcome: Result<(), WriteError>) -> Result<(), WriteError> {
        if let Err(error) = outcome {
            writer.roll_back(&self.index, &self.state())?;
            return Err(error);
        }
        Ok(self.refresh()?)
    }
}

impl Writer {
    fn stage(&mut self, index: &SearchIndex, changes: &[Change], cursor: u64) -> Result<(), WriteError> {
        if cursor < self.staged {
            return Err(WriteError::CursorGoesBack { at: self.staged, asked: cursor });
        }
        if let Some(failure) = index.folder.as_ref().and_then(Folder::failure) {
            return Err(WriteError::Disk(failure));
        }
        self.size_buffer(changes.len());
        self.engine(&index.index)?;
        let Some(engine) = &self.engine else { return Ok(()) };
        let searcher = index.reader.searcher();
        for change in changes {
            let story = match change {
                Change::Put(document) => document.story,
                Change::Hold { story, .. } | Change::Drop(story) => *story,
            };
            self.is_dirty = true;
            let term = Term::from_field_u64(index.fields.story, story);
            // Removing costs a look into every file at commit; a new story need not pay for it.
            if self.written.contains(&story) || searcher.doc_freq(&term)? > 0 {
                engine.delete_term(term);
            }
            match change {
                Change::Put(document) => {
                    engine.add_document(schema::document(&index.fields, document))?;
                    self.written.insert(story);
                    self.held.forget(story);
                }
                Change::Hold { position, .. } => self.held.remember(story, *position),
                Change::Drop(_) => self.held.forget(story),
            }
        }
        self.staged = cursor;
        Ok(())
    }

    fn commit(&mut self, index: &Index) -> Result<(), WriteError> {
        let payload = Payload { revision: REVISION, cursor: self.staged, held: self.held.clone() }.to_string();
        let mut commit = self.engine(index)?.prepare_commit()?;
        commit.set_payload(&payload);
        commit.commit()?;
        self.is_dirty = false;
        self.written.clear();
        Ok(())
    }

    fn clear(&mut self, index: &Index) -> Result<(), WriteError> {
        self.engine(index)?.delete_all_documents()?;
        self.staged = 0;
        self.held = Held::default();
        self.commit(index)
    }

    /// Goes back to the last commit, which showed `state`.
    fn roll_back(&mut self, index: &Index, state: &State) -> Result<(), WriteError> {
        self.is_dirty = false;
        self.written.clear();
        self.staged = state.cursor;
        self.held = state.held.clone();
        self.engine(index)?.rollback()?;
        Ok(())
    }

    /// Exchanges the engine for one with the right buffer, when nothing is staged in it. A merge
    /// under way is given up and begun again at a later commit.
    fn size_buffer(&mut self, changes: usize) {
        let wanted = if changes < IMPORT_CHANGES { LIVE_BUFFER_BYTES } else { IMPORT_BUFFER_BYTES };
        if wanted != self.buffer_bytes && !self.is_dirty {
            self.engine = None;
            self.buffer_bytes = wanted;
        }
    }

    fn engine(&mut self, index: &Index) -> Result<&mut IndexWriter, TantivyError> {
        match &mut self.engine {
            Some(engine) => Ok(engine),
            absent => Ok(absent.insert(engine(index, self.buffer_bytes)?)),
        }
    }
}

const META: &str = "meta.json";

/// What every commit says of itself: `courant-search 3 cursor 1234`, and when stories are on hold ` held 42:7,99:12`, each
/// with its position. It grows with the number of stories on hold at the time, of which there are few.
#[derive(Debug, PartialEq, Eq)]
struct Payload {
    revision: u32,
    cursor: u64,
    held: Held,
}

impl Payload {
    fn parse(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        if words.next()? != "courant-search" {
            return None;
        }
        let revision = words.next()?.parse().ok()?;
        if words.next()? != "cursor" {
            return None;
        }
        let cursor = words.next()?.parse().ok()?;
        let held = match words.next() {
            None => Held::default(),
            Some("held") => Held::parse(words.next()?)?,
            Some(_) => return None,
        };
        Some(Self { revision, cursor, held })
    }
}

impl std::fmt::Display for Payload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "courant-search {} cursor {}", self.revision, self.cursor)?;
        if self.held.is_empty() { Ok(()) } else { write!(f, " held {}", self.held) }
    }
}

fn settings() -> IndexSettings {
    IndexSettings {
        // Nothing is stored: no compression, and no thread for it.
        docstore_compression: Compressor::None,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    }
}

fn engine(index: &Index, buffer_bytes: usize) -> Result<IndexWriter, TantivyError> {
    let options = IndexWriterOptions::builder().num_worker_threads(1).num_merge_threads(1).memory_budget_per_thread(buffer_bytes).build();
    let engine = index.writer_with_options(options)?;
    let mut merging = LogMergePolicy::default();
    merging.set_min_layer_size(SMALL_SEGMENT_STORIES);
    merging.set_min_num_segments(SEGMENTS_PER_MERGE);
    engine.set_merge_policy(Box::new(merging));
    Ok(engine)
}

/// The first commit of a new index, so that it says what it is from the start.
fn begin(index: &Index) -> Result<(), TantivyError> {
    let mut engine = engine(index, LIVE_BUFFER_BYTES)?;
    let mut commit = engine.prepare_commit()?;
    commit.set_payload(&Payload { revision: REVISION, cursor: 0, held: Held::default() }.to_string());
    commit.commit()?;
    engine.wait_merging_threads()
}

/// Refuses a folder with files that no index writes.
fn refuse_strangers(path: &Path) -> Result<(), OpenError> {
    let in_folder = |source| OpenError::Folder { folder: path.to_owned(), source };
    for entry in fs::read_dir(path).map_err(in_folder)? {
        let entry = entry.map_err(in_folder)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !entry.file_type().map_err(in_folder)?.is_file() || !is_ours(&name) {
            return Err(OpenError::Foreign { folder: path.to_owned(), reason: format!("it holds {name}") });
        }
    }
    Ok(())
}

/// Whether a file of this name is part of a segment of an index.
fn is_segment_file(name: &str) -> bool {
    const ENDINGS: [&str; 9] = ["idx", "pos", "term", "fieldnorm", "fast", "store", "del", "temp", "new"];
    name.split_once('.').is_some_and(|(id, rest)| {
        let id_is_hex = id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
        id_is_hex && rest.rsplit('.').next().is_some_and(|ending| ENDINGS.contains(&ending))
    })
}

/// Whether an index writes files of this name.
fn is_ours(name: &str) -> bool {
    is_segment_file(name)
        || matches!(
            name,
            "meta.json"
                | "meta.json.new"
                | ".managed.json"
                | ".managed.json.new"
                | "unsynced"
                | ".tantivy-writer.lock"
                | ".tantivy-meta.lock"
        )
}

/// Reads what the index says of itself before the engine opens it, so that another revision is
/// refused as that, and not as a damaged one.
fn check(path: &Path) -> Result<(), OpenError> {
    let folder = || path.to_owned();
    let bytes = fs::read(path.join(META)).map_err(|source| OpenError::Folder { folder: folder(), source })?;
    let Some(payload) = payload_in(&bytes) else {
        return Err(match std::str::from_utf8(&bytes) {
            Ok(_) if was_never_begun(path) => {
                OpenError::Damaged { folder: folder(), reason: "its maker ended before it held anything".to_owned() }
            }
            Ok(text) if text.contains("\"segments\"") && text.trim_end().ends_with('}') => {
                OpenError::Foreign { folder: folder(), reason: "its meta.json is of another program".to_owned() }
            }
            _ => OpenError::Damaged { folder: folder(), reason: "meta.json is unreadable".to_owned() },
        });
    };
    if payload.revision != REVISION {
        return Err(OpenError::OtherRevision { folder: folder(), found: payload.revision, needed: REVISION });
    }
    Ok(())
}

/// Whether the process that made it ended between making the files and the first commit: they are of our form and hold nothing.
fn was_never_begun(path: &Path) -> bool {
    let Ok(index) = MmapDirectory::open(path).map_err(TantivyError::from).and_then(Index::open) else {
        return false;
    };
    index.schema() == schema::schema().0 && index.searchable_segment_ids().is_ok_and(|segments| segments.is_empty())
}

/// The payload in the bytes of a `meta.json`, without knowing the rest of it.
fn payload_in(bytes: &[u8]) -> Option<Payload> {
    let text = std::str::from_utf8(bytes).ok()?;
    let start = text.rfind("\"courant-search ")? + 1;
    let length = text[start..].find('"')?;
    text.trim_end().ends_with('}').then(|| Payload::parse(&text[start..start + length])).flatten()
}

/// Compares every file with its checksum.
fn verify(path: &Path, index: &Index) -> Result<(), OpenError> {
    let damaged_files = index.validate_checksum().map_err(|error| damaged(path, &error))?;
    match damaged_files.iter().next() {
        None => Ok(()),
        Some(file) => Err(OpenError::Damaged {
            folder: path.to_owned(),
            reason: format!("{} does not have the content it was written with", file.display()),
        }),
    }
}

fn damaged(path: &Path, error: &TantivyError) -> OpenError {
    OpenError::Damaged { folder: path.to_owned(), reason: error.to_string() }
}

fn locked_or(path: &Path, error: TantivyError) -> OpenError {
    match error {
        TantivyError::LockFailure(LockError::LockBusy, _) => OpenError::Locked { folder: path.to_owned() },
        TantivyError::LockFailure(LockError::IoError(error), _) => {
            OpenError::Folder { folder: path.to_owned(), source: io::Error::new(error.kind(), error.to_string()) }
        }
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(file)) => {
            OpenError::Damaged { folder: path.to_owned(), reason: format!("{} is missing", file.display()) }
        }
        other => OpenError::Engine(other),
    }
}

#[cfg(test)]
mod tests;
