//! Applying changes.

use std::borrow::Cow;

use courant_news::filter::{Facet, Term, terms};
use courant_news::{EventKind, FrontRank, NewsItem, Notice, PubStatus, Reason, StoryId};
use courant_projections::site::{REVISION, SiteChange, Touched};
use courant_wire::{WireSeq, codec};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::json;

use super::{dossiers, photos, press, rates};
use crate::newsroom::{signed, unreadable};
use crate::packing::pack;

/// How wide a picture is shown in lists, in pixels.
const LIST_PICTURE_PX: u32 = 640;
/// How many stories a file of a sitemap holds, withdrawn ones among them.
pub(super) const SHARD_STORIES: i64 = 10_000;

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
            put_version(tx, &known.place(), known.version, &entry)
        }
        SiteChange::Describe { seq, moved_at, dossier } => dossiers::describe(tx, *seq, *moved_at, dossier, touched),
        SiteChange::MergeDossier { seq, moved_at, merge } => dossiers::merge(tx, *seq, *moved_at, merge, touched),
        SiteChange::RankFront(rank) => rank_front(tx, rank, touched),
        SiteChange::Fix { seq, moved_at, fixing } => rates::fix(tx, *seq, *moved_at, fixing, touched),
        SiteChange::DescribePhoto { seq, photo } => photos::describe(tx, *seq, photo),
        SiteChange::KillPhoto { seq, moved_at, notice } => photos::kill(tx, *seq, *moved_at, notice, touched),
        SiteChange::DescribeSource(source) => press::describe_source(tx, source, touched),
        SiteChange::MatchReport { seq, moved_at, found } => press::put_match(tx, *seq, *moved_at, found, touched),
        SiteChange::WithdrawReport(notice) => press::withdraw(tx, notice, touched),
        SiteChange::DescribePartner(agreed) => press::describe_partner(tx, agreed, touched),
        SiteChange::Tease { seq, moved_at, teaser } => press::tease(tx, *seq, *moved_at, teaser, touched),
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

/// A story and its place in lists.
struct Place {
    no: i64,
    position: i64,
}

impl KnownStory {
    fn place(&self) -> Place {
        Place { no: self.no, position: self.position }
    }
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
    if known.is_none() {
        press::give(tx, item, &filed_under, entry.moved_at, touched)?;
    }
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
    let shown = photos::settle(tx, no, entry.seq, item)?;
    if let Cow::Owned(without) = &shown {
        tx.prepare_cached("UPDATE story SET picture = ?2 WHERE no = ?1")?.execute(params![no, feature_of(without)])?;
    }
    tx.prepare_cached("INSERT INTO copy (seq, item) VALUES (?1, ?2)")?
        .execute(params![signed(entry.seq.0), pack(codec::encode_item(&shown))])?;
    touch_shard(tx, no, entry.moved_at, touched)?;
    put_version(tx, &Place { no, position }, item.version.number(), entry)
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
    photos::forget_uses(tx, known.no)?;
    // What others report of it quotes it.
    press::forget_story(tx, &notice.guid)?;
    tx.prepare_cached("DELETE FROM copy WHERE seq IN (SELECT seq FROM version WHERE story = ?1)")?.execute([known.no])?;
    // What was said of earlier versions may quote the story.
    tx.prepare_cached("UPDATE version SET note = NULL WHERE story = ?1")?.execute([known.no])?;
    touch_known(tx, &known, touched)?;
    touch_shard(tx, known.no, entry.moved_at, touched)?;
    touched.names.insert("all".to_owned());
    touched.names.insert(format!("story:{}", notice.story_id()));
    put_version(tx, &known.place(), notice.version.number(), entry)
}

/// Notes that the file of a sitemap which holds the story has changed.
fn touch_shard(tx: &Transaction<'_>, story_no: i64, at: Timestamp, touched: &mut Touched) -> Result<(), rusqlite::Error> {
    let shard = story_no / SHARD_STORIES;
    tx.prepare_cached(
        "INSERT INTO shard (no, changed_us) VALUES (?1, ?2) ON CONFLICT (no) DO UPDATE SET changed_us = excluded.changed_us",
    )?
    .execute([shard, at.as_microsecond()])?;
    touched.names.insert(format!("shard:{shard}"));
    Ok(())
}

fn put_version(tx: &Transaction<'_>, story: &Place, version: u32, entry: &Entry<'_>) -> Result<(), rusqlite::Error> {
    // A repeat says nothing new: the entry before it goes on to be what readers see.
    let until_seq = (entry.kind == EventKind::Repeat).then(|| signed(entry.seq.0));
    if until_seq.is_none() {
        tx.prepare_cached("UPDATE version SET until_seq = ?2 WHERE story = ?1 AND until_seq IS NULL")?
            .execute(params![story.no, signed(entry.seq.0)])?;
    }
    tx.prepare_cached(include_str!("../../sql/site_put_version.sql"))?.execute(params![
        story.no,
        signed(entry.seq.0),
        version,
        entry.kind.as_str(),
        entry.moved_at.as_microsecond(),
        entry.note.map(Reason::as_str),
        story.position,
        until_seq,
    ])?;
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

/// A rank without stories gives the page back to its own rule.
fn rank_front(tx: &Transaction<'_>, rank: &FrontRank, touched: &mut Touched) -> Result<(), rusqlite::Error> {
    let stories: Vec<u64> = rank.stories().iter().map(|guid| guid.story_id().number()).collect();
    if stories.is_empty() {
        tx.prepare_cached("DELETE FROM front WHERE edition = ?1")?.execute([rank.edition.primary()])?;
    } else {
        tx.prepare_cached("INSERT OR REPLACE INTO front (edition, stories) VALUES (?1, ?2)")?
            .execute(params![rank.edition.primary(), json!(stories).to_string()])?;
    }
    touched.names.insert("front".to_owned());
    Ok(())
}
