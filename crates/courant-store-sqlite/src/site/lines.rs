//! From a row to a line.

use courant_news::{EventKind, Guid, Lang, PubStatus, SectionSlug, StoryId, Urgency, Version};
use courant_projections::site::{Line, LinePicture, VersionLine};
use courant_wire::WireSeq;
use rusqlite::Row;

use crate::newsroom::{instant, unreadable, unsigned};

/// The columns a line is read from, in order.
pub(super) const COLUMNS: &str = "s.position, s.seq, s.id, s.guid, s.version, s.kind, s.pub_status, s.urgency, s.lang, s.section, s.slug, \
     s.headline, s.lead, s.place, s.picture, s.first_moved_us, s.updated_us, s.corrected_us, s.latest_us, s.reason, s.no";

/// Where [`COLUMNS`] has the story's number.
pub(super) const STORY_NO: usize = 20;
/// How many [`COLUMNS`] there are.
pub(super) const N_COLUMNS: usize = 21;

pub(super) fn line(row: &Row<'_>) -> Result<Line, rusqlite::Error> {
    let optional_instant = |column| row.get::<_, Option<i64>>(column)?.map(|_| instant(row, column)).transpose();
    Ok(Line {
        position: WireSeq(unsigned(row, 0)?),
        seq: WireSeq(unsigned(row, 1)?),
        story: story_id(row, 2)?,
        guid: checked(row, 3, Guid::parse)?,
        version: version(row, 4)?,
        kind: kind(row, 5)?,
        pub_status: checked(row, 6, PubStatus::parse)?,
        urgency: Urgency::new(row.get(7)?).map_err(|error| unreadable(7, error))?,
        lang: checked(row, 8, Lang::parse)?,
        section: checked(row, 9, SectionSlug::parse)?,
        slug: row.get(10)?,
        headline: row.get(11)?,
        lead: row.get(12)?,
        place: row.get(13)?,
        picture: row.get::<_, Option<String>>(14)?.as_deref().map(picture).transpose().map_err(|error| unreadable(14, error))?,
        first_moved_at: instant(row, 15)?,
        updated_at: optional_instant(16)?,
        corrected_at: optional_instant(17)?,
        latest_at: instant(row, 18)?,
        reason: row.get(19)?,
    })
}

/// An entry in a story's life, from the columns `seq, version, kind, moved_at_us, note`.
pub(super) fn version_line(row: &Row<'_>) -> Result<VersionLine, rusqlite::Error> {
    version_line_from(row, 0)
}

/// The same, from the column `first` on.
pub(super) fn version_line_from(row: &Row<'_>, first: usize) -> Result<VersionLine, rusqlite::Error> {
    Ok(VersionLine {
        seq: WireSeq(unsigned(row, first)?),
        version: version(row, first + 1)?,
        kind: kind(row, first + 2)?,
        moved_at: instant(row, first + 3)?,
        note: row.get(first + 4)?,
    })
}

pub(super) fn version(row: &Row<'_>, column: usize) -> Result<Version, rusqlite::Error> {
    Version::new(row.get(column)?).ok_or_else(|| unreadable(column, "the version is 0"))
}

pub(super) fn kind(row: &Row<'_>, column: usize) -> Result<EventKind, rusqlite::Error> {
    EventKind::parse(row.get_ref(column)?.as_str()?).ok_or_else(|| unreadable(column, "the kind of event is unknown"))
}

pub(super) fn story_id(row: &Row<'_>, column: usize) -> Result<StoryId, rusqlite::Error> {
    StoryId::from_number(unsigned(row, column)?).ok_or_else(|| unreadable(column, "the story id is too large"))
}

fn checked<T>(row: &Row<'_>, column: usize, parse: impl Fn(&str) -> Result<T, courant_news::FieldError>) -> Result<T, rusqlite::Error> {
    parse(row.get_ref(column)?.as_str()?).map_err(|error| unreadable(column, error))
}

fn picture(json: &str) -> Result<LinePicture, serde_json::Error> {
    let (href, width, height, alt) = serde_json::from_str(json)?;
    Ok(LinePicture { href, width, height, alt })
}
