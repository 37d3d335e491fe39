//! The rows of photos, and what a kill takes out of the rows of stories.

use std::borrow::Cow;

use courant_news::{NewsItem, Photo, PhotoId, PhotoNotice, StoryId};
use courant_projections::site::{KilledPhoto, Touched};
use courant_wire::{WireSeq, codec};
use jiff::Timestamp;
use rusqlite::{Connection, Transaction, params};

use super::read::item_of;
use super::write::{feature_of, touch_known_story};
use crate::newsroom::{instant, signed, unreadable, unsigned};
use crate::packing::pack;

/// Notes a photo and its files. A description of a killed one never reaches the wire.
pub(super) fn describe(tx: &Transaction<'_>, seq: WireSeq, photo: &Photo) -> Result<(), rusqlite::Error> {
    let id = photo.id.to_string();
    tx.prepare_cached("INSERT INTO photo (id, seq) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET seq = excluded.seq")?
        .execute(params![id, signed(seq.0)])?;
    let mut put = tx.prepare_cached("INSERT OR IGNORE INTO photo_file (name, photo) VALUES (?1, ?2)")?;
    for name in photo.picture.renditions.iter().filter_map(|file| file.href.strip_prefix("/media/")) {
        put.execute([name, &id])?;
    }
    Ok(())
}

/// Takes a photo out of every story that shows it. What is left is why.
pub(super) fn kill(
    tx: &Transaction<'_>,
    seq: WireSeq,
    moved_at: Timestamp,
    notice: &PhotoNotice,
    touched: &mut Touched,
) -> Result<(), rusqlite::Error> {
    let id = notice.id.to_string();
    tx.prepare_cached("INSERT OR REPLACE INTO photo (id, seq, killed_us, reason) VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        id,
        signed(seq.0),
        moved_at.as_microsecond(),
        notice.reason.as_str()
    ])?;
    for shown_in in column::<i64>(tx, "SELECT seq FROM photo_use WHERE photo = ?1 ORDER BY seq", &id)? {
        take_out(tx, WireSeq(shown_in.unsigned_abs()), notice.id, touched)?;
    }
    for name in column::<String>(tx, "SELECT name FROM photo_file WHERE photo = ?1 ORDER BY name", &id)? {
        touched.names.insert(format!("media:{name}"));
        touched.killed_files.insert(name);
    }
    touched.killed_photos.insert(notice.id);
    Ok(())
}

/// Takes a photo out of what an entry said, and out of the line of the story when that is what readers see of it now.
fn take_out(tx: &Transaction<'_>, entry: WireSeq, photo: PhotoId, touched: &mut Touched) -> Result<(), rusqlite::Error> {
    let seq = signed(entry.0);
    let (no, story, latest): (i64, u64, i64) = tx
        .prepare_cached("SELECT s.no, s.id, s.seq FROM photo_use u JOIN story s ON s.no = u.story WHERE u.seq = ?1")?
        .query_row([seq], |row| Ok((row.get(0)?, unsigned(row, 1)?, row.get(2)?)))?;
    let story = StoryId::from_number(story).ok_or_else(|| unreadable(1, "the story id is too large"))?;
    touch_known_story(tx, story, touched)?;
    let Some(item) = item_of(tx, entry)? else {
        return Ok(());
    };
    let item = item.without_photo(photo);
    tx.prepare_cached("UPDATE copy SET item = ?2 WHERE seq = ?1")?.execute(params![seq, pack(codec::encode_item(&item))])?;
    if latest == seq {
        tx.prepare_cached("UPDATE story SET picture = ?2 WHERE no = ?1")?.execute(params![no, feature_of(&item)])?;
    }
    Ok(())
}

/// Notes which photos an entry shows, and answers its item without those that were killed.
pub(super) fn settle<'i>(
    tx: &Transaction<'_>,
    story_no: i64,
    entry: WireSeq,
    item: &'i NewsItem,
) -> Result<Cow<'i, NewsItem>, rusqlite::Error> {
    let mut shown = Cow::Borrowed(item);
    for photo in item.photos() {
        let id = photo.to_string();
        tx.prepare_cached("INSERT OR IGNORE INTO photo_use (photo, seq, story) VALUES (?1, ?2, ?3)")?.execute(params![
            id,
            signed(entry.0),
            story_no
        ])?;
        if tx.prepare_cached("SELECT 1 FROM photo WHERE id = ?1 AND killed_us IS NOT NULL")?.exists([id])? {
            shown = Cow::Owned(shown.into_owned().without_photo(photo));
        }
    }
    Ok(shown)
}

/// A withdrawn story shows nothing.
pub(super) fn forget_uses(tx: &Transaction<'_>, story_no: i64) -> Result<(), rusqlite::Error> {
    tx.prepare_cached("DELETE FROM photo_use WHERE story = ?1")?.execute([story_no])?;
    Ok(())
}

/// The killed photos of what an entry said.
pub(super) fn killed_of(view: &Connection, entry: WireSeq) -> Result<Vec<KilledPhoto>, rusqlite::Error> {
    view.prepare_cached(
        "SELECT p.reason, p.killed_us FROM photo_use u JOIN photo p ON p.id = u.photo \
         WHERE u.seq = ?1 AND p.killed_us IS NOT NULL ORDER BY p.killed_us, p.id",
    )?
    .query_map([signed(entry.0)], |row| Ok(KilledPhoto { reason: row.get(0)?, killed_at: instant(row, 1)? }))?
    .collect()
}

/// Whether a file is of a killed photo.
pub(super) fn is_killed_file(view: &Connection, name: &str) -> Result<bool, rusqlite::Error> {
    view.prepare_cached("SELECT 1 FROM photo_file f JOIN photo p ON p.id = f.photo WHERE f.name = ?1 AND p.killed_us IS NOT NULL")?
        .exists([name])
}

fn column<T: rusqlite::types::FromSql>(tx: &Transaction<'_>, question: &str, id: &str) -> Result<Vec<T>, rusqlite::Error> {
    tx.prepare_cached(question)?.query_map([id], |row| row.get(0))?.collect()
}
