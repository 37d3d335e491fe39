//! What readers saw before: versions of a story, lists of any moment, the public register.

use courant_news::{StoryId, Version};
use courant_projections::site::{Line, PastStory, VersionLine};
use courant_wire::WireSeq;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::dossiers;
use super::lines::{self, COLUMNS, N_COLUMNS};
use super::read::item_of;
use crate::newsroom::{signed, unsigned};

/// The most lines of one answer.
const LIMIT_MAX: usize = 1_000;

const ENTRY: &str = "v.seq, v.version, v.kind, v.moved_at_us, v.note, v.position";

/// A version as the entry that made it said it.
pub(super) fn version(view: &Connection, story: StoryId, version: Version) -> Result<Option<PastStory>, rusqlite::Error> {
    let text = format!(
        "SELECT {COLUMNS}, {ENTRY} FROM version v JOIN story s ON s.no = v.story \
         WHERE s.id = ?1 AND v.version = ?2 AND v.kind <> 'repeat' ORDER BY v.seq DESC LIMIT 1"
    );
    let found = view.prepare_cached(&text)?.query_row(params![signed(story.number()), version.number()], entry).optional()?;
    found.map(|found| with_copy(view, found)).transpose()
}

/// The last entry that moved at or before `at`.
pub(super) fn entry_at(view: &Connection, at: Timestamp) -> Result<Option<WireSeq>, rusqlite::Error> {
    let of_story = view
        .prepare_cached("SELECT seq FROM version WHERE moved_at_us <= ?1 ORDER BY moved_at_us DESC, seq DESC LIMIT 1")?
        .query_row([at.as_microsecond()], |row| unsigned(row, 0).map(WireSeq))
        .optional()?;
    Ok(of_story.max(dossiers::entry_at(view, at)?))
}

/// A story as it stood after an entry of the wire.
pub(super) fn story_at(view: &Connection, story: StoryId, at: WireSeq) -> Result<Option<PastStory>, rusqlite::Error> {
    let text = format!(
        "SELECT {COLUMNS}, {ENTRY} FROM version v JOIN story s ON s.no = v.story \
         WHERE s.id = ?1 AND v.seq <= ?2 AND ?2 < ifnull(v.until_seq, 9223372036854775807)"
    );
    let found = view.prepare_cached(&text)?.query_row(params![signed(story.number()), signed(at.0)], entry).optional()?;
    found.map(|found| with_copy(view, found)).transpose()
}

/// All news as it stood after an entry of the wire, newest first.
pub(super) fn list_at(view: &Connection, at: WireSeq, before: Option<WireSeq>, limit: usize) -> Result<Vec<PastStory>, rusqlite::Error> {
    let text = format!(
        "SELECT {COLUMNS}, {ENTRY} FROM version v JOIN story s ON s.no = v.story \
         WHERE v.position <= ?1 AND v.position < ?2 AND v.seq <= ?1 AND ?1 < ifnull(v.until_seq, 9223372036854775807) \
         ORDER BY v.position DESC LIMIT ?3"
    );
    let below = before.map_or(i64::MAX, |before| signed(before.0));
    let found: Vec<_> = view
        .prepare_cached(&text)?
        .query_map(params![signed(at.0), below, signed(limit.min(LIMIT_MAX) as u64)], entry)?
        .collect::<Result<_, _>>()?;
    found.into_iter().map(|found| with_copy(view, found)).collect()
}

/// Corrections, holds, releases, kills and takedowns, newest first.
pub(super) fn register(view: &Connection, before: Option<WireSeq>, limit: usize) -> Result<Vec<(Line, VersionLine)>, rusqlite::Error> {
    let text = format!(
        "SELECT {COLUMNS}, {ENTRY} FROM version v JOIN story s ON s.no = v.story \
         WHERE v.kind IN ('correct', 'withhold', 'release', 'kill', 'takedown') AND v.seq < ?1 ORDER BY v.seq DESC LIMIT ?2"
    );
    let below = before.map_or(i64::MAX, |before| signed(before.0));
    view.prepare_cached(&text)?
        .query_map(params![below, signed(limit.min(LIMIT_MAX) as u64)], |row| {
            let (line, entry, _) = entry(row)?;
            Ok((line, entry))
        })?
        .collect()
}

/// The story's line as it is today, the entry, and the place the story had from it on.
fn entry(row: &Row<'_>) -> Result<(Line, VersionLine, WireSeq), rusqlite::Error> {
    let place = WireSeq(unsigned(row, N_COLUMNS + 5)?);
    Ok((lines::line(row)?, lines::version_line_from(row, N_COLUMNS)?, place))
}

fn with_copy(view: &Connection, (line, entry, position): (Line, VersionLine, WireSeq)) -> Result<PastStory, rusqlite::Error> {
    let item = item_of(view, entry.seq)?;
    Ok(PastStory { line, entry, position, item })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use courant_news::{CorrectionKind, Guid, Headline, NewsItem, Offer, Reason, WireEvent, act};
    use courant_projections::site::{SiteFollower, SiteStore};
    use courant_wire::pump::{self, Progress};
    use courant_wire::{WireStore, conformance};

    use super::*;
    use crate::{NewsroomDb, SiteDb};

    struct Room {
        _folder: tempfile::TempDir,
        wire: NewsroomDb,
        site: Arc<SiteDb>,
    }

    impl Room {
        fn open() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let wire = NewsroomDb::open(&folder.path().join("newsroom.db")).unwrap();
            let site = Arc::new(SiteDb::open(&folder.path().join("site.db")).unwrap());
            Self { _folder: folder, wire, site }
        }

        /// Appends what `act` makes of the story as it stands, at `minute`.
        fn acts(&self, guid: &str, minute: i64, act: impl FnOnce(&NewsItem, courant_news::Standing) -> WireEvent) {
            let story = self.wire.story(&Guid::parse(guid).unwrap()).unwrap().unwrap();
            self.wire.append(act(&story.latest, story.standing), Offer::Next, conformance::at(minute)).unwrap();
        }

        fn moves(&self, guid: &str, headline: &str, minute: i64) {
            let event = act::move_story(conformance::story(guid, headline), conformance::at(minute));
            self.wire.append(event, Offer::Next, conformance::at(minute)).unwrap();
        }

        fn pumped(&self) -> &dyn SiteStore {
            let site: Arc<dyn SiteStore> = self.site.clone();
            let mut follower = SiteFollower::new(site, Box::new(|_, _| ()));
            pump::catch_up(&self.wire, &mut follower, &Progress::default(), &false.into()).unwrap();
            self.site.as_ref()
        }

        /// The list of a moment: `position version headline`.
        fn list_at(&self, minute: i64) -> Vec<String> {
            let site = self.pumped();
            let Some(entry) = site.entry_at(conformance::at(minute)).unwrap() else { return Vec::new() };
            let shown = |past: &PastStory| {
                let headline = past.item.as_ref().map_or("–", |item| item.headline.as_str());
                format!("{} v{} {headline}", past.position, past.entry.version)
            };
            site.list_at(entry, None, 10).unwrap().iter().map(shown).collect()
        }
    }

    fn reason(text: &str) -> Reason {
        Reason::parse(text).unwrap()
    }

    fn with_headline(item: &NewsItem, headline: &str) -> NewsItem {
        NewsItem { headline: Headline::parse(headline).unwrap(), ..item.clone() }
    }

    fn room_with_a_life() -> Room {
        let room = Room::open();
        room.moves("urn:a", "Flash", 1);
        room.moves("urn:b", "Other", 2);
        room.acts("urn:a", 3, |item, standing| act::update(item, standing, with_headline(item, "Update"), None, None, conformance::at(3)));
        room.acts("urn:a", 4, |item, standing| {
            let kind = CorrectionKind::default();
            act::correct(item, standing, with_headline(item, "Mended"), None, kind, reason("the name was wrong"), conformance::at(4))
        });
        room.acts("urn:a", 5, |item, _| act::repeat(item));
        room
    }

    #[test]
    fn a_list_is_shown_as_it_was_at_any_moment() {
        let room = room_with_a_life();
        assert!(room.list_at(0).is_empty(), "before the first entry");
        assert_eq!(room.list_at(1), ["1 v1 Flash"]);
        assert_eq!(room.list_at(2), ["2 v1 Other", "1 v1 Flash"]);
        assert_eq!(room.list_at(3), ["3 v2 Update", "2 v1 Other"]);
        assert_eq!(room.list_at(4), ["3 v3 Mended", "2 v1 Other"]);
        assert_eq!(room.list_at(5), ["3 v3 Mended", "2 v1 Other"], "a repeat changes nothing that readers see");
    }

    #[test]
    fn each_version_can_be_read_again() {
        let room = room_with_a_life();
        let story = Guid::parse("urn:a").unwrap().story_id();
        let headline = |version| {
            let past = room.pumped().version(story, Version::new(version).unwrap()).unwrap()?;
            past.item.map(|item| item.headline.to_string())
        };
        assert_eq!([1, 2, 3, 4].map(headline), [Some("Flash".into()), Some("Update".into()), Some("Mended".into()), None]);
        let then = room.pumped().story_at(story, WireSeq(2)).unwrap().unwrap();
        assert_eq!((then.entry.seq, then.item.unwrap().headline.as_str()), (WireSeq(1), "Flash"));
        assert_eq!(room.pumped().story_at(Guid::parse("urn:b").unwrap().story_id(), WireSeq(1)).unwrap(), None, "it came later");
    }

    #[test]
    fn nothing_of_a_killed_story_is_left_in_the_past() {
        let room = room_with_a_life();
        room.acts("urn:a", 6, |item, _| act::kill(item, reason("it was a hoax"), None));
        assert_eq!(room.list_at(3), ["3 v2 –", "2 v1 Other"]);
        let register: Vec<String> = room
            .pumped()
            .register(None, 10)
            .unwrap()
            .iter()
            .map(|(line, entry)| format!("{} {} {:?} {:?}", entry.seq, entry.kind.as_str(), line.headline, entry.note))
            .collect();
        assert_eq!(register, [r#"6 kill "" Some("it was a hoax")"#, r#"4 correct "" None"#]);
        let mut dump = String::new();
        room.pumped().dump(&mut |line| dump.push_str(line)).unwrap();
        assert!(!dump.contains("Flash") && !dump.contains("Mended"), "{dump}");
    }
}
