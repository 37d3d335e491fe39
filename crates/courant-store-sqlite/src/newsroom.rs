//! `newsroom.db`: the wire.

use std::path::Path;
use std::sync::Arc;

use courant_news::{DossierBook, Guid, Offer, PubStatus, Refusal, Standing, Version, WireEvent};
use courant_wire::{Appended, EntryHash, RawEntry, StoreError, StoryOnWire, WireSeq, WireStore, codec};
use jiff::Timestamp;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::database::{Database, Durability};
use crate::packing::{pack, unpack};

const MIGRATIONS: &[&str] = &[include_str!("../migrations/0001_wire.sql"), include_str!("../migrations/0002_dossiers.sql")];

/// The wire in a SQLite file. Any number of processes may append to it at once.
pub struct NewsroomDb {
    database: Database,
}

impl NewsroomDb {
    /// The name of the file in a data directory.
    pub const FILE_NAME: &str = "newsroom.db";

    /// Opens or creates the file.
    ///
    /// # Errors
    /// A [`StoreError`] when it cannot be opened, or was made by a newer release.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Ok(Self { database: Database::open(path, Durability::Full, MIGRATIONS)? })
    }
}

/// The last entry, as the next one needs it.
#[derive(Clone, Copy)]
struct LastEntry {
    seq: WireSeq,
    hash: EntryHash,
    moved_at: Timestamp,
}

impl WireStore for NewsroomDb {
    fn append_all(&self, events: Vec<(WireEvent, Offer)>, now: Timestamp) -> Result<Vec<Result<Appended, Refusal>>, StoreError> {
        self.database.write("append to the wire", |tx| {
            let mut last = last_entry(tx)?;
            let mut outcomes = Vec::with_capacity(events.len());
            let mut dossiers: Option<DossierBook> = None;
            for (event, offer) in events {
                let is_of_dossier = matches!(event, WireEvent::DescribeDossier(_) | WireEvent::MergeDossier(_));
                if is_of_dossier {
                    let book = match &mut dossiers {
                        Some(book) => book,
                        none => none.insert(dossier_book(tx)?),
                    };
                    if let Err(refusal) = book.admit(&event) {
                        outcomes.push(Err(refusal));
                        continue;
                    }
                    book.note(&event);
                }
                let before = match event.guid() {
                    Some(guid) => standing(tx, &guid)?.map(|(_, standing)| standing),
                    None => None,
                };
                let admission = match event.admit(before, offer) {
                    Ok(admission) => admission,
                    Err(refusal) => {
                        outcomes.push(Err(refusal));
                        continue;
                    }
                };
                let event = match admission.standing {
                    Some(after) => event.at_version(after.version),
                    None => event,
                };
                // A clock set back must not make the wire run backwards.
                let moved_at = to_microsecond(now).max(last.moved_at);
                let appended = append(tx, last, moved_at, event, admission.standing)?;
                last = LastEntry { seq: appended.seq, hash: appended.hash, moved_at };
                outcomes.push(Ok(appended));
            }
            Ok(outcomes)
        })
    }

    fn head(&self) -> Result<(WireSeq, EntryHash), StoreError> {
        self.database.read("read the wire", |view| last_entry(view).map(|last| (last.seq, last.hash)))
    }

    fn read_after(&self, cursor: WireSeq, limit: usize) -> Result<Vec<RawEntry>, StoreError> {
        self.database.read("read the wire", |view| {
            let mut statement = view.prepare_cached(include_str!("../sql/wire_read_after.sql"))?;
            statement.query_map(params![signed(cursor.0), signed(limit as u64)], raw_entry)?.collect()
        })
    }

    fn entries_of(&self, guid: &Guid, limit: usize) -> Result<Vec<RawEntry>, StoreError> {
        self.database.read("read the wire", |view| {
            let mut statement = view.prepare_cached(include_str!("../sql/wire_entries_of.sql"))?;
            let mut entries: Vec<RawEntry> =
                statement.query_map(params![guid.as_str(), signed(limit as u64)], raw_entry)?.collect::<Result<_, _>>()?;
            entries.reverse();
            Ok(entries)
        })
    }

    fn story(&self, guid: &Guid) -> Result<Option<StoryOnWire>, StoreError> {
        let found = self.database.read("read the wire", |view| {
            let Some((seq, standing)) = standing(view, guid)? else {
                return Ok(None);
            };
            let mut statement = view.prepare_cached(include_str!("../sql/wire_latest_item.sql"))?;
            // A photo stands on the wire too, but is no story and has no item.
            let entry = statement.query_row([guid.as_str()], raw_entry).optional()?;
            Ok(entry.map(|entry| (seq, standing, entry)))
        })?;
        let Some((seq, standing, entry)) = found else {
            return Ok(None);
        };
        let entry = entry.decode().map_err(StoreError::while_doing("read the wire"))?;
        match entry.event.item() {
            Some(latest) => Ok(Some(StoryOnWire { standing, seq, latest: Arc::clone(latest) })),
            None => Err(StoreError::new("read the wire", format!("entry {} carries no item", entry.seq))),
        }
    }

    fn dossier_entries(&self) -> Result<Vec<RawEntry>, StoreError> {
        self.database.read("read the dossiers", dossier_entries)
    }

    fn embargoes_due(&self, now: Timestamp, limit: usize) -> Result<Vec<Guid>, StoreError> {
        let guids: Vec<String> = self.database.read("look for ended embargoes", |view| {
            let mut statement = view.prepare_cached(include_str!("../sql/wire_embargoes_due.sql"))?;
            statement.query_map(params![now.as_microsecond(), signed(limit as u64)], |row| row.get(0))?.collect()
        })?;
        guids.iter().map(|guid| Guid::parse(guid).map_err(StoreError::while_doing("look for ended embargoes"))).collect()
    }
}

fn append(
    tx: &Transaction<'_>,
    last: LastEntry,
    moved_at: Timestamp,
    event: WireEvent,
    standing: Option<Standing>,
) -> Result<Appended, rusqlite::Error> {
    let seq = last.seq.next();
    let kind = event.kind().as_str();
    let payload = codec::encode(&event);
    let hash = EntryHash::of(last.hash, seq, moved_at, codec::CURRENT, kind, &payload);
    let embargo_until = event.item().and_then(|item| item.embargo);
    tx.prepare_cached(include_str!("../sql/wire_append.sql"))?.execute(params![
        signed(seq.0),
        moved_at.as_microsecond(),
        last.hash.0,
        hash.0,
        codec::CURRENT,
        kind,
        pack(payload),
        event.guid().as_deref().map(Guid::as_str),
        standing.map(|after| after.version.number()),
        standing.map(|after| after.pub_status.as_str()),
        standing.map(|after| after.taken_down),
        standing.and(embargo_until).map(Timestamp::as_microsecond),
    ])?;
    Ok(Appended { seq, moved_at, hash, event })
}

fn dossier_entries(view: &Connection) -> Result<Vec<RawEntry>, rusqlite::Error> {
    view.prepare_cached(include_str!("../sql/wire_dossiers.sql"))?.query_map([], raw_entry)?.collect()
}

fn dossier_book(tx: &Transaction<'_>) -> Result<DossierBook, rusqlite::Error> {
    let mut book = DossierBook::default();
    for entry in dossier_entries(tx)? {
        book.note(&entry.decode().map_err(|error| unreadable(6, error))?.event);
    }
    Ok(book)
}

fn last_entry(view: &Connection) -> Result<LastEntry, rusqlite::Error> {
    let last = view
        .prepare_cached(include_str!("../sql/wire_head.sql"))?
        .query_row([], |row| Ok(LastEntry { seq: WireSeq(unsigned(row, 0)?), hash: EntryHash(row.get(1)?), moved_at: instant(row, 2)? }))
        .optional()?;
    Ok(last.unwrap_or(LastEntry { seq: WireSeq::START, hash: EntryHash::START, moved_at: Timestamp::MIN }))
}

fn standing(view: &Connection, guid: &Guid) -> Result<Option<(WireSeq, Standing)>, rusqlite::Error> {
    view.prepare_cached(include_str!("../sql/wire_standing.sql"))?
        .query_row([guid.as_str()], |row| {
            let version = Version::new(row.get(1)?).ok_or_else(|| unreadable(1, "the version is 0"))?;
            let pub_status = PubStatus::parse(row.get_ref(2)?.as_str()?).map_err(|error| unreadable(2, error))?;
            let embargoed = row.get::<_, Option<i64>>(4)?.is_some();
            Ok((WireSeq(unsigned(row, 0)?), Standing { version, pub_status, embargoed, taken_down: row.get(3)? }))
        })
        .optional()
}

fn raw_entry(row: &Row<'_>) -> Result<RawEntry, rusqlite::Error> {
    Ok(RawEntry {
        seq: WireSeq(unsigned(row, 0)?),
        moved_at: instant(row, 1)?,
        previous: EntryHash(row.get(2)?),
        hash: EntryHash(row.get(3)?),
        codec: row.get(4)?,
        kind: row.get(5)?,
        payload: unpack(row.get_ref(6)?.as_blob()?).map_err(|error| unreadable(6, error))?,
    })
}

fn to_microsecond(instant: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(instant.as_microsecond()).unwrap_or(instant)
}

pub(crate) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(crate) fn unsigned(row: &Row<'_>, column: usize) -> Result<u64, rusqlite::Error> {
    u64::try_from(row.get::<_, i64>(column)?).map_err(|error| unreadable(column, error))
}

pub(crate) fn instant(row: &Row<'_>, column: usize) -> Result<Timestamp, rusqlite::Error> {
    Timestamp::from_microsecond(row.get(column)?).map_err(|error| unreadable(column, error))
}

pub(crate) fn unreadable(column: usize, why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Blob, why.into())
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use courant_wire::conformance;
    use courant_wire::{Fault, verify};

    use super::*;

    fn fresh(folder: &tempfile::TempDir, name: &str) -> NewsroomDb {
        NewsroomDb::open(&folder.path().join(name)).unwrap()
    }

    #[test]
    fn keeps_the_contract_of_the_wire() {
        let folder = tempfile::tempdir().unwrap();
        let n_opened = Cell::new(0);
        conformance::wire_store(|| {
            n_opened.set(n_opened.get() + 1);
            Arc::new(fresh(&folder, &format!("{}.db", n_opened.get())))
        });
    }

    #[test]
    fn the_database_itself_refuses_to_change_the_wire() {
        let folder = tempfile::tempdir().unwrap();
        let store = fresh(&folder, "wire.db");
        for guid in ["urn:a", "urn:b"] {
            store
                .append(courant_news::act::move_story(conformance::story(guid, "One"), conformance::at(1)), Offer::Next, conformance::at(1))
                .unwrap();
        }
        let raw = Connection::open(folder.path().join("wire.db")).unwrap();
        for attempt in [
            "UPDATE wire SET payload = '{}' WHERE seq = 1",
            "DELETE FROM wire WHERE seq = 2",
            "INSERT OR REPLACE INTO wire SELECT * FROM wire WHERE seq = 1",
            "INSERT INTO wire SELECT 9, moved_at_us, previous, hash, codec, kind, payload, guid, version, pub_status, taken_down, embargo_until_us FROM wire WHERE seq = 2",
        ] {
            assert!(raw.execute(attempt, []).is_err(), "{attempt}");
        }
    }

    #[test]
    fn verify_names_the_entry_that_was_changed_behind_our_back() {
        let folder = tempfile::tempdir().unwrap();
        let store = fresh(&folder, "wire.db");
        for guid in ["urn:a", "urn:b", "urn:c"] {
            store
                .append(courant_news::act::move_story(conformance::story(guid, "One"), conformance::at(1)), Offer::Next, conformance::at(1))
                .unwrap();
        }
        let raw = Connection::open(folder.path().join("wire.db")).unwrap();
        let payload: Vec<u8> = raw.query_row("SELECT payload FROM wire WHERE seq = 2", [], |row| row.get(0)).unwrap();
        let forged = String::from_utf8(unpack(&payload).unwrap()).unwrap().replace("One", "Two");
        raw.execute_batch("DROP TRIGGER wire_refuses_update").unwrap();
        raw.execute("UPDATE wire SET payload = ?1 WHERE seq = 2", [forged.as_bytes()]).unwrap();
        let verified = verify(&store, |_| ()).unwrap();
        assert_eq!(verified.n_entries, 1);
        assert!(matches!(verified.fault, Some(Fault::Changed { seq: WireSeq(2), .. })), "{:?}", verified.fault);
    }

    #[test]
    fn a_file_of_a_newer_release_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        drop(fresh(&folder, "wire.db"));
        Connection::open(folder.path().join("wire.db")).unwrap().pragma_update(None, "user_version", 99).unwrap();
        let refused = NewsroomDb::open(&folder.path().join("wire.db")).err().unwrap().to_string();
        assert!(refused.contains("newer release"), "{refused}");
    }
}
