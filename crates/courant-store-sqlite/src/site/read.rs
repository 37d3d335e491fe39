//! The port: what pages ask.

use courant_news::filter::Facet;
use courant_news::{DossierSlug, Lang, NewsItem, StoryId, Version};
use courant_projections::site::{
    DossierEntry, DossierLine, Line, ListQuery, PastStory, SiteChange, SiteStore, SiteStory, Span, TermLine, Touched, VersionLine,
};
use courant_wire::{StoreError, WireSeq, codec};
use jiff::Timestamp;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::lines::{self, COLUMNS, STORY_NO};
use super::{SiteDb, dossiers, list, past, photos, write};
use crate::newsroom::{instant, signed, unreadable, unsigned};
use crate::packing::unpack;

/// How many of a story's entries its page gets.
const VERSIONS_MAX: i64 = 100;
/// How many follow-ups its page gets.
const FOLLOW_UPS_MAX: i64 = 20;
/// How many stories of a chain of follow-ups its page gets, in either direction.
const CHAIN_MAX: usize = 20;

const DOING: &str = "read the site";

impl SiteStore for SiteDb {
    fn cursor(&self) -> Result<WireSeq, StoreError> {
        self.database().read(DOING, |view| view.query_row("SELECT cursor FROM site", [], |row| unsigned(row, 0)).map(WireSeq))
    }

    fn apply(&self, changes: &[SiteChange], cursor: WireSeq) -> Result<Touched, StoreError> {
        self.database().write("apply entries to the site", |tx| {
            let mut touched = Touched::default();
            for change in changes {
                write::apply(tx, change, &mut touched)?;
            }
            tx.execute("UPDATE site SET cursor = ?1", [signed(cursor.0)])?;
            Ok(touched)
        })
    }

    fn clear(&self) -> Result<(), StoreError> {
        self.database().write("clear the site", write::start_over)
    }

    fn list(&self, query: ListQuery<'_>) -> Result<Vec<Line>, StoreError> {
        self.database().read(DOING, |view| list::list(view, query, list::Lines::All))
    }

    fn notices(&self, query: ListQuery<'_>) -> Result<Vec<Line>, StoreError> {
        self.database().read(DOING, |view| list::list(view, query, list::Lines::Notices))
    }

    fn lines(&self, stories: &[StoryId]) -> Result<Vec<Line>, StoreError> {
        self.database().read(DOING, |view| {
            let mut found = Vec::with_capacity(stories.len());
            for story in stories {
                found.extend(line_of(view, "s.id = ?1", signed(story.number()))?.map(|(line, _)| line));
            }
            Ok(found)
        })
    }

    fn story(&self, story: StoryId) -> Result<Option<SiteStory>, StoreError> {
        self.database().read(DOING, |view| {
            let Some((line, no)) = line_of(view, "s.id = ?1", signed(story.number()))? else {
                return Ok(None);
            };
            let item = item_of(view, line.seq)?;
            let origin = item.as_ref().and_then(|item| item.evolved_from.as_ref());
            let evolved_from = match origin {
                Some(guid) => line_of(view, "s.id = ?1", signed(guid.story_id().number()))?.map(|(line, _)| line),
                None => None,
            };
            let origins = match &evolved_from {
                Some(origin) => origins_of(view, &line, origin)?,
                None => Vec::new(),
            };
            let followed_by = follow_ups_of(view, &line)?;
            let killed_photos = photos::killed_of(view, line.seq)?;
            Ok(Some(SiteStory { versions: versions_of(view, no)?, line, item, evolved_from, origins, followed_by, killed_photos }))
        })
    }

    fn is_killed_file(&self, name: &str) -> Result<bool, StoreError> {
        self.database().read(DOING, |view| photos::is_killed_file(view, name))
    }

    fn items(&self, stories: &[StoryId]) -> Result<Vec<(Line, NewsItem)>, StoreError> {
        self.database().read(DOING, |view| {
            let mut found = Vec::with_capacity(stories.len());
            for story in stories {
                let Some((line, _)) = line_of(view, "s.id = ?1", signed(story.number()))? else {
                    continue;
                };
                if let Some(item) = item_of(view, line.seq)? {
                    found.push((line, item));
                }
            }
            Ok(found)
        })
    }

    fn terms(&self, facet: Facet, limit: usize) -> Result<Vec<TermLine>, StoreError> {
        self.database().read(DOING, |view| {
            view.prepare_cached(
                "SELECT value, label, n_stories FROM term WHERE facet = ?1 AND n_stories > 0 ORDER BY n_stories DESC, value LIMIT ?2",
            )?
            .query_map(params![facet.number(), signed(limit as u64)], term_line)?
            .collect()
        })
    }

    fn term(&self, facet: Facet, value: &str) -> Result<Option<TermLine>, StoreError> {
        self.database().read(DOING, |view| {
            view.prepare_cached("SELECT value, label, n_stories FROM term WHERE facet = ?1 AND value = ?2")?
                .query_row(params![facet.number(), value], term_line)
                .optional()
        })
    }

    fn dossiers(&self, limit: usize) -> Result<Vec<DossierLine>, StoreError> {
        self.database().read(DOING, |view| {
            let mut found = dossiers::all(view)?;
            found.sort_by_key(|line| std::cmp::Reverse(line.latest));
            found.truncate(limit);
            Ok(found)
        })
    }

    fn dossier(&self, slug: &DossierSlug) -> Result<Option<DossierLine>, StoreError> {
        self.database().read(DOING, |view| dossiers::now(view, slug.as_str()))
    }

    fn dossier_at(&self, slug: &DossierSlug, entry: WireSeq) -> Result<Option<DossierLine>, StoreError> {
        self.database().read(DOING, |view| dossiers::at_entry(view, slug.as_str(), entry))
    }

    fn dossier_entries(&self, slug: &DossierSlug) -> Result<Vec<DossierEntry>, StoreError> {
        self.database().read(DOING, |view| dossiers::entries(view, slug.as_str()))
    }

    fn dossier_news(&self, slugs: &[DossierSlug], since: WireSeq, limit: usize) -> Result<Vec<(Line, VersionLine)>, StoreError> {
        self.database().read(DOING, |view| dossiers::news(view, slugs, since, limit))
    }

    fn front(&self, edition: &Lang) -> Result<Vec<Line>, StoreError> {
        self.database().read(DOING, |view| {
            let ranked: Option<String> = view
                .prepare_cached("SELECT stories FROM front WHERE edition = ?1")?
                .query_row([edition.primary()], |row| row.get(0))
                .optional()?;
            let stories: Vec<u64> = serde_json::from_str(ranked.as_deref().unwrap_or("[]")).map_err(|error| unreadable(0, error))?;
            let mut lines = Vec::with_capacity(stories.len());
            for story in stories {
                lines.extend(line_of(view, "s.id = ?1 AND s.pub_status = 'usable'", signed(story))?.map(|(line, _)| line));
            }
            Ok(lines)
        })
    }

    fn moved_within(&self, span: Span) -> Result<Option<(Timestamp, Timestamp)>, StoreError> {
        let bounds = [span.from.as_microsecond(), span.until.as_microsecond()];
        let nearest = |view: &Connection, order: &str| {
            let text = format!(
                "SELECT first_moved_us FROM story WHERE ?1 <= first_moved_us AND first_moved_us < ?2 ORDER BY first_moved_us {order} LIMIT 1"
            );
            view.prepare_cached(&text)?.query_row(bounds, |row| instant(row, 0)).optional()
        };
        self.database().read(DOING, |view| Ok(nearest(view, "ASC")?.zip(nearest(view, "DESC")?)))
    }

    fn counts(&self, spans: &[Span], lang: Option<&Lang>) -> Result<Vec<u64>, StoreError> {
        self.database().read(DOING, |view| {
            let mut count = view.prepare_cached(include_str!("../../sql/site_count_moved.sql"))?;
            let lang = lang.map(Lang::primary);
            spans
                .iter()
                .map(|span| count.query_row(params![span.from.as_microsecond(), span.until.as_microsecond(), lang], |row| unsigned(row, 0)))
                .collect()
        })
    }

    fn shards(&self) -> Result<Vec<(u32, Timestamp)>, StoreError> {
        self.database().read(DOING, |view| {
            view.prepare_cached("SELECT no, changed_us FROM shard ORDER BY no")?
                .query_map([], |row| Ok((row.get(0)?, instant(row, 1)?)))?
                .collect()
        })
    }

    fn shard(&self, shard: u32) -> Result<Vec<Line>, StoreError> {
        let first = i64::from(shard) * write::SHARD_STORIES;
        let text = format!("SELECT {COLUMNS} FROM story s WHERE ?1 <= s.no AND s.no < ?2 AND s.pub_status = 'usable' ORDER BY s.no");
        self.database()
            .read(DOING, |view| view.prepare_cached(&text)?.query_map([first, first + write::SHARD_STORIES], lines::line)?.collect())
    }

    fn version(&self, story: StoryId, version: Version) -> Result<Option<PastStory>, StoreError> {
        self.database().read(DOING, |view| past::version(view, story, version))
    }

    fn entry_at(&self, at: Timestamp) -> Result<Option<WireSeq>, StoreError> {
        self.database().read(DOING, |view| past::entry_at(view, at))
    }

    fn story_at(&self, story: StoryId, entry: WireSeq) -> Result<Option<PastStory>, StoreError> {
        self.database().read(DOING, |view| past::story_at(view, story, entry))
    }

    fn list_at(&self, entry: WireSeq, before: Option<WireSeq>, limit: usize) -> Result<Vec<PastStory>, StoreError> {
        self.database().read(DOING, |view| past::list_at(view, entry, before, limit))
    }

    fn register(&self, before: Option<WireSeq>, limit: usize) -> Result<Vec<(Line, VersionLine)>, StoreError> {
        self.database().read(DOING, |view| past::register(view, before, limit))
    }

    fn dump(&self, line: &mut dyn FnMut(&str)) -> Result<(), StoreError> {
        // Numbers given by the store (story.no, term.no) are replaced by what they stand for.
        let questions = [
            "SELECT 'cursor', cursor FROM site",
            "SELECT 'story', id, guid, position, seq, version, kind, pub_status, urgency, lang, section, slug, headline, lead, place, \
             picture, first_moved_us, updated_us, corrected_us, latest_us, reason, evolved_from, \
             (SELECT item FROM copy c WHERE c.seq = s.seq) FROM story s ORDER BY id",
            "SELECT 'version', s.id, v.seq, v.version, v.kind, v.moved_at_us, v.note, v.position, v.until_seq, \
             (SELECT item FROM copy c WHERE c.seq = v.seq) FROM version v JOIN story s ON s.no = v.story ORDER BY s.id, v.seq",
            "SELECT 'term', facet, value, label, n_stories FROM term ORDER BY facet, value",
            "SELECT 'timeline', t.facet, t.value, l.position, s.id FROM timeline l JOIN term t ON t.no = l.term \
             JOIN story s ON s.no = l.story ORDER BY t.facet, t.value, l.position",
            "SELECT 'front', edition, stories FROM front ORDER BY edition",
            "SELECT 'shard', no, changed_us FROM shard ORDER BY no",
            "SELECT 'dossier', slug, seq, moved_at_us, until_seq, parent, split_from, described FROM dossier ORDER BY slug, seq",
            "SELECT 'dossier_merge', slug, into_slug, seq, moved_at_us, reason FROM dossier_merge ORDER BY slug",
            "SELECT 'fixing', seq, moved_at_us, source, dated, date_kind, base, quotation, scope, fetched_us, hex(raw_hash) FROM fixing \
             ORDER BY seq",
            "SELECT 'press_source', id, name, state, event FROM press_source ORDER BY id",
            "SELECT 'press_match', subject, about, source, report, seq, until_seq, moved_at_us, reported_us, event FROM press_match \
             ORDER BY subject, about, source, report, seq",
            "SELECT 'partner', id, name, state, n_given, n_taken, event FROM partner ORDER BY id",
            "SELECT 'teaser', partner, report, seq, moved_at_us, lang, event FROM teaser ORDER BY partner, report",
            "SELECT 'photo', id, seq, killed_us, reason FROM photo ORDER BY id",
            "SELECT 'photo_file', name, photo FROM photo_file ORDER BY name",
            "SELECT 'photo_use', u.photo, u.seq, s.id FROM photo_use u JOIN story s ON s.no = u.story ORDER BY u.photo, u.seq",
            "SELECT 'quote', source, currency, dated, seq, nominal, rate, unit FROM quote ORDER BY source, currency, dated, seq",
        ];
        self.database().read(DOING, |view| {
            for question in questions {
                let mut statement = view.prepare(question)?;
                let n_columns = statement.column_count();
                let mut rows = statement.query([])?;
                while let Some(row) = rows.next()? {
                    let cells = (0..n_columns).map(|column| cell(row, column)).collect::<Result<Vec<_>, rusqlite::Error>>()?;
                    line(&cells.join("\t"));
                }
            }
            Ok(())
        })
    }
}

/// A value as a dump prints it. An item is printed unpacked: two releases may pack the same bytes differently.
fn cell(row: &Row<'_>, column: usize) -> Result<String, rusqlite::Error> {
    match row.get_ref(column)? {
        ValueRef::Blob(packed) => {
            let item = unpack(packed).map_err(|error| unreadable(column, error))?;
            Ok(String::from_utf8_lossy(&item).into_owned())
        }
        value => Ok(format!("{value:?}")),
    }
}

pub(super) fn line_of(view: &Connection, condition: &str, value: i64) -> Result<Option<(Line, i64)>, rusqlite::Error> {
    view.prepare_cached(&format!("SELECT {COLUMNS} FROM story s WHERE {condition}"))?
        .query_row([value], |row| Ok((lines::line(row)?, row.get(STORY_NO)?)))
        .optional()
}

/// What an entry said; `None` for a notice, and for a story that was withdrawn since.
pub(super) fn item_of(view: &Connection, entry: WireSeq) -> Result<Option<NewsItem>, rusqlite::Error> {
    view.prepare_cached("SELECT item FROM copy WHERE seq = ?1")?
        .query_row([signed(entry.0)], |row| {
            let item = unpack(row.get_ref(0)?.as_blob()?).map_err(|error| unreadable(0, error))?;
            codec::decode_item(&item).map_err(|error| unreadable(0, error))
        })
        .optional()
}

/// The stories before `origin`, each followed up by the one before it. A circle, which another agency may have filed, is walked once.
fn origins_of(view: &Connection, story: &Line, origin: &Line) -> Result<Vec<Line>, rusqlite::Error> {
    let before = format!("SELECT {COLUMNS} FROM story s WHERE s.guid = (SELECT evolved_from FROM story WHERE id = ?1)");
    let mut before = view.prepare_cached(&before)?;
    let mut chain: Vec<Line> = Vec::new();
    let mut at = origin.story;
    while chain.len() < CHAIN_MAX {
        let Some(line) = before.query_row([signed(at.number())], lines::line).optional()? else { break };
        if line.story == story.story || line.story == origin.story || chain.iter().any(|known| known.story == line.story) {
            break;
        }
        at = line.story;
        chain.push(line);
    }
    Ok(chain)
}

/// The stories that follow one up, and those that follow these, newest first.
fn follow_ups_of(view: &Connection, story: &Line) -> Result<Vec<Line>, rusqlite::Error> {
    let next = format!("SELECT {COLUMNS} FROM story s WHERE s.evolved_from = ?1 ORDER BY s.position DESC LIMIT ?2");
    let mut next = view.prepare_cached(&next)?;
    let mut found: Vec<Line> = Vec::new();
    let mut asked = vec![story.guid.clone()];
    while let Some(guid) = asked.pop() {
        let lines: Vec<Line> = next.query_map(params![guid.as_str(), FOLLOW_UPS_MAX], lines::line)?.collect::<Result<_, _>>()?;
        for line in lines {
            if found.len() < CHAIN_MAX && line.story != story.story && found.iter().all(|known| known.story != line.story) {
                asked.push(line.guid.clone());
                found.push(line);
            }
        }
    }
    found.sort_by_key(|line| std::cmp::Reverse(line.position));
    Ok(found)
}

fn versions_of(view: &Connection, story_no: i64) -> Result<Vec<VersionLine>, rusqlite::Error> {
    let mut versions: Vec<VersionLine> = view
        .prepare_cached("SELECT seq, version, kind, moved_at_us, note FROM version WHERE story = ?1 ORDER BY seq DESC LIMIT ?2")?
        .query_map(params![story_no, VERSIONS_MAX], lines::version_line)?
        .collect::<Result<_, _>>()?;
    versions.reverse();
    Ok(versions)
}

fn term_line(row: &Row<'_>) -> Result<TermLine, rusqlite::Error> {
    Ok(TermLine { value: row.get(0)?, label: row.get(1)?, n_stories: unsigned(row, 2)? })
}
