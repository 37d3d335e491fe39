//! What both databases share: opening, connections, transactions.

use std::path::{Path, PathBuf};
use std::time::Duration;

use courant_wire::StoreError;
use parking_lot::Mutex;
use rusqlite::{Connection, OpenFlags};

/// How long a connection waits for another process that is writing.
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);
/// How many prepared statements a connection keeps.
const STATEMENTS_KEPT: usize = 64;
/// How large the write-ahead log grows before it is carried into the file, in pages of 4 KiB. Carrying it over waits for the
/// disk, so an import should not do it after every few hundred stories.
const CHECKPOINT_PAGES: u32 = 8_000;
/// How many idle reading connections are kept.
const READERS_KEPT: usize = 16;

/// How much a commit promises.
#[derive(Clone, Copy)]
pub(crate) enum Durability {
    /// A commit survives a loss of power.
    Full,
    /// A commit survives the end of the process; after a loss of power the file is whole but may be older.
    Rebuildable,
}

/// One SQLite file: a writer, and readers that never wait for it (write-ahead log).
pub(crate) struct Database {
    path: PathBuf,
    /// Before the writer, so that they close first: the last connection to close carries the write-ahead log into the file and
    /// removes it, which a reading one cannot.
    readers: Mutex<Vec<Connection>>,
    writer: Mutex<Connection>,
}

impl Database {
    /// Opens or creates the file and brings its schema up to date with `migrations`, which are numbered from 1 and
    /// never edited after release.
    pub(crate) fn open(path: &Path, durability: Durability, migrations: &[&str]) -> Result<Self, StoreError> {
        let failed = StoreError::while_doing("open the database");
        let mut writer = Connection::open(path).map_err(failed)?;
        configure(&writer, durability).map_err(failed)?;
        migrate(&mut writer, migrations)?;
        Ok(Self { path: path.to_owned(), writer: Mutex::new(writer), readers: Mutex::default() })
    }

    /// Runs `work` in one write transaction. It takes the write lock at once, so nobody writes between its reads and its
    /// writes; an error of `work` rolls back.
    pub(crate) fn write<T>(
        &self,
        doing: &'static str,
        work: impl FnOnce(&rusqlite::Transaction<'_>) -> Result<T, rusqlite::Error>,
    ) -> Result<T, StoreError> {
        let failed = StoreError::while_doing(doing);
        let mut writer = self.writer.lock();
        let tx = writer.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(failed)?;
        let answer = work(&tx).map_err(failed)?;
        tx.commit().map_err(failed)?;
        Ok(answer)
    }

    /// Runs `work` on a reading connection, in one consistent view of the file.
    pub(crate) fn read<T>(
        &self,
        doing: &'static str,
        work: impl FnOnce(&Connection) -> Result<T, rusqlite::Error>,
    ) -> Result<T, StoreError> {
        let failed = StoreError::while_doing(doing);
        let kept = self.readers.lock().pop();
        let mut reader = match kept {
            Some(reader) => reader,
            None => self.open_reader().map_err(failed)?,
        };
        let view = reader.transaction().map_err(failed)?;
        let answer = work(&view).map_err(failed);
        view.finish().map_err(failed)?;
        let mut readers = self.readers.lock();
        if readers.len() < READERS_KEPT {
            readers.push(reader);
        }
        answer
    }

    fn open_reader(&self) -> Result<Connection, rusqlite::Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let reader = Connection::open_with_flags(&self.path, flags)?;
        reader.busy_timeout(BUSY_TIMEOUT)?;
        reader.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
        Ok(reader)
    }
}

fn configure(connection: &Connection, durability: Durability) -> Result<(), rusqlite::Error> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    connection.pragma_update(None, "journal_mode", "wal")?;
    let synchronous = match durability {
        Durability::Full => "full",
        Durability::Rebuildable => "normal",
    };
    connection.pragma_update(None, "synchronous", synchronous)?;
    connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
    // What a kill deletes must not linger in free pages of the file.
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "cache_size", -32_000) // kibibytes
}

fn migrate(connection: &mut Connection, migrations: &[&str]) -> Result<(), StoreError> {
    let failed = StoreError::while_doing("bring the database up to date");
    let tx = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(failed)?;
    let applied: u32 = tx.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(failed)?;
    let known = u32::try_from(migrations.len()).unwrap_or(u32::MAX);
    if known < applied {
        let problem = format!("it is of version {applied}, made by a newer release; this one knows {known}");
        return Err(StoreError::new("open the database", problem));
    }
    for (number, migration) in (1_u32..).zip(migrations).filter(|(number, _)| applied < *number) {
        tx.execute_batch(migration).map_err(failed)?;
        tx.pragma_update(None, "user_version", number).map_err(failed)?;
    }
    tx.commit().map_err(failed)
}
