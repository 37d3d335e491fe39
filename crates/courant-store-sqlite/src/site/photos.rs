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
    for story_no in column::<i64>(tx, "SELECT story FROM photo_use WHERE photo = ?1 ORDER BY story", &id)? {
        take_out(tx, story_no, notice.id, touched)?;
    }
    for name in column::<String>(tx, "SELECT name FROM photo_file WHERE photo = ?1 ORDER BY name", &id)? {
        touched.names.insert(format!("media:{name}"));
        touched.killed_files.insert(name);
    }
    touched.killed_photos.insert(notice.id);
    Ok(())
}

fn take_out(tx: &Transaction<'_>, story_no: i64, photo: PhotoId, touched: &mut Touched) -> Result<(), rusqlite::Error> {
    let story = tx.prepare_cached("SELECT id FROM story WHERE no = ?1")?.query_row([story_no], |row| unsigned(row, 0))?;
    let story = StoryId::from_number(story).ok_or_else(|| unreadable(0, "the story id is too large"))?;
    touch_known_story(tx, story, touched)?;
    let Some(item) = item_of(tx, story_no)? else {
        return Ok(());
    };
    let item = item.without_photo(photo);
    tx.prepare_cached("UPDATE copy SET item = ?2 WHERE story = ?1")?.execute(params![story_no, pack(codec::encode_item(&item))])?;
    tx.prepare_cached("UPDATE story SET picture = ?2 WHERE no = ?1")?.execute(params![story_no, feature_of(&item)])?;
    Ok(())
}

/// Notes which photos a story shows, and answers the story without those that were killed.
pub(super) fn settle<'i>(tx: &Transaction<'_>, story_no: i64, item: &'i NewsItem) -> Result<Cow<'i, NewsItem>, rusqlite::Error> {
    forget_uses(tx, story_no)?;
    let mut shown = Cow::Borrowed(item);
    for photo in item.photos() {
        let id = photo.to_string();
        tx.prepare_cached("INSERT OR IGNORE INTO photo_use (photo, story) VALUES (?1, ?2)")?.execute(params![id, story_no])?;
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

/// The killed photos of a story.
pub(super) fn killed_of(view: &Connection, story_no: i64) -> Result<Vec<KilledPhoto>, rusqlite::Error> {
    view.prepare_cached(
        "SELECT p.reason, p.killed_us FROM photo_use u JOIN photo p ON p.id = u.photo \
         WHERE u.story = ?1 AND p.killed_us IS NOT NULL ORDER BY p.killed_us, p.id",
    )?
    .query_map([story_no], |row| Ok(KilledPhoto { reason: row.get(0)?, killed_at: instant(row, 1)? }))?
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
