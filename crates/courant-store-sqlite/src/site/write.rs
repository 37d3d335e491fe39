//! Applying changes.

use std::borrow::Cow;
use std::collections::BTreeSet;

use courant_news::filter::{Facet, Term, terms};
use courant_news::{Dossier, EventKind, NewsItem, Notice, PubStatus, Reason, StoryId};
use courant_projections::site::{REVISION, SiteChange, Touched};
use courant_wire::{WireSeq, codec};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::json;

use super::{photos, rates};
use crate::newsroom::{signed, unreadable};
use crate::packing::pack;

/// How wide a picture is shown in lists, in pixels.
const LIST_PICTURE_PX: u32 = 640;

/// Drops every row and makes the tables of this revision.
pub(super) fn start_over(tx: &Transaction<'_>) -> Result<(), rusqlite::Error> {
    tx.execute_batch(include_str!("../../sql/site_drop.sql"))?;
    tx.execute_batch(include_str!("../../sql/site_schema.sql"))?;
    tx.execute("INSERT INTO site (revision, cursor) VALUES (?1, 0)", [REVISION])?;
    Ok(())
}

/// Applies one change and notes what it touched.
pub(super) fn apply(tx: &Transaction<'_>, change: &SiteChange, touched: &mut Touched) -> Result<(), rusqlite::Error> {
    match change {
        SiteChange::Show { seq, moved_at, kind, item, note } => {
            show(tx, &Entry { seq: *seq, moved_at: *moved_at, kind: *kind, note: note.as_ref() }, item, change.raises(), touched)
        }
        SiteChange::Withdraw { seq, moved_at, kind, notice } => {
            withdraw(tx, &Entry { seq: *seq, moved_at: *moved_at, kind: *kind, note: Some(&notice.reason) }, notice, touched)
        }
        SiteChange::Repeat { seq, moved_at, story } => {
            let Some(known) = known_story(tx, *story)? else {
                return Ok(());
            };
            let entry = Entry { seq: *seq, moved_at: *moved_at, kind: EventKind::Repeat, note: None };
            touched.names.insert(format!("story:{story}"));
            put_version(tx, known.no, known.version, &entry)
        }
        SiteChange::Describe(dossier) => describe(tx, dossier, touched),
        SiteChange::Fix { seq, moved_at, fixing } => rates::fix(tx, *seq, *moved_at, fixing, touched),
        SiteChange::DescribePhoto { seq, photo } => photos::describe(tx, *seq, photo),
        SiteChange::KillPhoto { seq, moved_at, notice } => photos::kill(tx, *seq, *moved_at, notice, touched),
    }
}

/// The entry a change comes from.
struct Entry<'a> {
    seq: WireSeq,
    moved_at: Timestamp,
    kind: EventKind,
    note: Option<&'a Reason>,
}

/// What is already known of a story.
struct KnownStory {
    no: i64,
    position: i64,
    version: u32,
    terms: Vec<i64>,
}

fn known_story(tx: &Transaction<'_>, story: StoryId) -> Result<Option<KnownStory>, rusqlite::Error> {
    tx.prepare_cached("SELECT no, position, version, terms FROM story WHERE id = ?1")?
        .query_row([signed(story.number())], |row| {
            let terms = serde_json::from_str(row.get_ref(3)?.as_str()?).map_err(|error| unreadable(3, error))?;
            Ok(KnownStory { no: row.get(0)?, position: row.get(1)?, version: row.get(2)?, terms })
        })
        .optional()
}

fn show(tx: &Transaction<'_>, entry: &Entry<'_>, item: &NewsItem, raises: bool, touched: &mut Touched) -> Result<(), rusqlite::Error> {
    let known = known_story(tx, item.story_id())?;
    let position = match &known {
        Some(known) if !raises => known.position,
        _ => signed(entry.seq.0),
    };
    if let Some(known) = &known {
        unfile(tx, known, touched)?;
    }
    let filed_under = terms(item);
    let term_nos = count_terms(tx, &filed_under)?;
    touch_story(item.story_id(), &filed_under, touched);
    let no: i64 = tx.prepare_cached(include_str!("../../sql/site_put_story.sql"))?.query_row(
        params![
            signed(item.story_id().number()),
            item.guid.as_str(),
            position,
            signed(entry.seq.0),
            item.version.number(),
            entry.kind.as_str(),
            PubStatus::Usable.as_str(),
            item.urgency.number(),
            item.lang.as_str(),
            item.section.as_str(),
            item.slug(),
            item.headline.as_str(),
            item.lead.as_ref().map(courant_news::Lead::as_str),
            item.dateline.as_ref().map(|dateline| dateline.place.name.as_ref()),
            feature_of(item),
            item.times.first_moved_at.as_microsecond(),
            item.times.updated_at.map(Timestamp::as_microsecond),
            item.times.corrected_at.map(Timestamp::as_microsecond),
            entry.moved_at.as_microsecond(),
            entry.note.map(Reason::as_str),
            item.evolved_from.as_ref().map(courant_news::Guid::as_str),
            json!(term_nos).to_string(),
        ],
        |row| row.get(0),
    )?;
    let mut file = tx.prepare_cached("INSERT INTO timeline (term, position, story) VALUES (?1, ?2, ?3)")?;
    for term_no in &term_nos {
        file.execute(params![term_no, position, no])?;
    }
    if let Some(origin) = &item.evolved_from {
        touched.names.insert(format!("story:{}", origin.story_id()));
    }
    let shown = photos::settle(tx, no, item)?;
    if let Cow::Owned(without) = &shown {
        tx.prepare_cached("UPDATE story SET picture = ?2 WHERE no = ?1")?.execute(params![no, feature_of(without)])?;
    }
    tx.prepare_cached("INSERT OR REPLACE INTO copy (story, item) VALUES (?1, ?2)")?
        .execute(params![no, pack(codec::encode_item(&shown))])?;
    put_version(tx, no, item.version.number(), entry)
}

/// The story keeps its place and its terms, so that the notice stands where readers saw the story.
fn withdraw(tx: &Transaction<'_>, entry: &Entry<'_>, notice: &Notice, touched: &mut Touched) -> Result<(), rusqlite::Error> {
    let Some(known) = known_story(tx, notice.story_id())? else {
        return Ok(());
    };
    tx.prepare_cached(include_str!("../../sql/site_withdraw_story.sql"))?.execute(params![
        known.no,
        signed(entry.seq.0),
        notice.version.number(),
        entry.kind.as_str(),
        notice.pub_status.as_str(),
        entry.moved_at.as_microsecond(),
        notice.reason.as_str(),
    ])?;
    tx.prepare_cached("DELETE FROM copy WHERE story = ?1")?.execute([known.no])?;
    photos::forget_uses(tx, known.no)?;
    // What was said of earlier versions may quote the story.
    tx.prepare_cached("UPDATE version SET note = NULL WHERE story = ?1")?.execute([known.no])?;
    touch_known(tx, &known, touched)?;
    touched.names.insert("all".to_owned());
    touched.names.insert(format!("story:{}", notice.story_id()));
    put_version(tx, known.no, notice.version.number(), entry)
}

fn put_version(tx: &Transaction<'_>, story_no: i64, version: u32, entry: &Entry<'_>) -> Result<(), rusqlite::Error> {
    tx.prepare_cached("INSERT INTO version (story, seq, version, kind, moved_at_us, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?.execute(
        params![
            story_no,
            signed(entry.seq.0),
            version,
            entry.kind.as_str(),
            entry.moved_at.as_microsecond(),
            entry.note.map(Reason::as_str)
        ],
    )?;
    Ok(())
}

/// The picture that opens a story, as lists show it: JSON of address, width, height and what it shows.
pub(super) fn feature_of(item: &NewsItem) -> Option<String> {
    let picture = &item.feature()?.picture;
    let file = picture.local_rendition_near(LIST_PICTURE_PX)?;
    Some(json!([file.href, file.width, file.height, picture.alt]).to_string())
}

/// Every page that shows the story.
pub(super) fn touch_known_story(tx: &Transaction<'_>, story: StoryId, touched: &mut Touched) -> Result<(), rusqlite::Error> {
    if let Some(known) = known_story(tx, story)? {
        touch_known(tx, &known, touched)?;
        touched.names.insert("all".to_owned());
        touched.names.insert(format!("story:{story}"));
    }
    Ok(())
}

/// Takes a story out of the lists of its terms.
fn unfile(tx: &Transaction<'_>, known: &KnownStory, touched: &mut Touched) -> Result<(), rusqlite::Error> {
    touch_known(tx, known, touched)?;
    let mut take_out = tx.prepare_cached("DELETE FROM timeline WHERE term = ?1 AND position = ?2")?;
    let mut count = tx.prepare_cached("UPDATE term SET n_stories = n_stories - 1 WHERE no = ?1")?;
    for term_no in &known.terms {
        take_out.execute(params![term_no, known.position])?;
        count.execute([term_no])?;
    }
    Ok(())
}

fn count_terms(tx: &Transaction<'_>, filed_under: &[Term]) -> Result<Vec<i64>, rusqlite::Error> {
    let mut count = tx.prepare_cached(include_str!("../../sql/site_count_term.sql"))?;
    filed_under.iter().map(|term| count.query_row(params![term.facet.number(), term.value, term.label], |row| row.get(0))).collect()
}

fn touch_story(story: StoryId, filed_under: &[Term], touched: &mut Touched) {
    touched.names.insert("all".to_owned());
    touched.names.insert(format!("story:{story}"));
    touched.names.extend(filed_under.iter().map(|term| format!("{}:{}", term.facet.as_str(), term.value)));
}

fn touch_known(tx: &Transaction<'_>, known: &KnownStory, touched: &mut Touched) -> Result<(), rusqlite::Error> {
    let mut name = tx.prepare_cached("SELECT facet, value FROM term WHERE no = ?1")?;
    for term_no in &known.terms {
        let (number, value): (u8, String) = name.query_row([term_no], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if let Some(facet) = Facet::ALL.into_iter().find(|facet| facet.number() == number) {
            touched.names.insert(format!("{}:{value}", facet.as_str()));
        }
    }
    Ok(())
}

fn describe(tx: &Transaction<'_>, dossier: &Dossier, touched: &mut Touched) -> Result<(), rusqlite::Error> {
    let texts: Vec<_> = dossier.texts.iter().map(|text| json!([text.lang.as_str(), text.title, text.summary])).collect();
    tx.prepare_cached("INSERT OR REPLACE INTO dossier (slug, state, texts) VALUES (?1, ?2, ?3)")?.execute(params![
        dossier.slug.as_str(),
        dossier.state.as_str(),
        json!(texts).to_string()
    ])?;
    // Every story of the dossier names it.
    touched.names.extend(BTreeSet::from(["all".to_owned(), "dossiers".to_owned(), format!("dossier:{}", dossier.slug)]));
    Ok(())
}
