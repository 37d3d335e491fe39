//! The rows of other media and of partners. Each keeps its event as the codec stores it, beside what it is found by.

use std::collections::BTreeMap;
use std::sync::Arc;

use courant_news::filter::{Facet, Term};
use courant_news::press::{
    Agreement, AgreementState, Balance, MatchKind, Outlet, PartnerId, PressMatch, PressSource, PressSubject, ReportId, ReportNotice,
    SourceId, SourceState, Teaser,
};
use courant_news::{DossierSlug, EventKind, Guid, Lang, NewsItem, WireEvent};
use courant_projections::site::{PartnerLine, PressAbout, PressLine, PressStore, TakenLine, TeaserLine, Touched};
use courant_wire::{StoreError, WireSeq, codec};
use jiff::Timestamp;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde_json::json;

use super::SiteDb;
use crate::newsroom::{instant, signed, unreadable, unsigned};
use crate::packing::{pack, unpack};

const DOING: &str = "read what other media report";
/// Rows that are read for one page: those of all stories of a dossier.
const ROWS_MAX: usize = 1_000;
/// The tag of the page that lists the outlets.
const SOURCES: &str = "press";
/// The tag of everything partners are shown on.
const PARTNERS: &str = "partners";

/// What a report is shown beside, as rows name it.
fn named(about: &PressSubject) -> (&'static str, &str) {
    match about {
        PressSubject::Story(guid) => ("story", guid.as_str()),
        PressSubject::Dossier(slug) => ("dossier", slug.as_str()),
    }
}

/// Notes the pages a row is on: those of its story, and those of the dossiers the story is filed under.
fn touch(tx: &Transaction<'_>, subject: &str, about: &str, touched: &mut Touched) -> Result<(), rusqlite::Error> {
    if subject != "story" {
        touched.names.insert(format!("dossier:{about}"));
        return Ok(());
    }
    let story = Guid::parse(about).map_err(|error| unreadable(1, error))?.story_id();
    touched.names.insert(format!("story:{story}"));
    let mut dossiers = tx.prepare_cached(
        "SELECT t.value FROM story s JOIN json_each(s.terms) n JOIN term t ON t.no = n.value WHERE s.guid = ?1 AND t.facet = ?2",
    )?;
    let mut rows = dossiers.query(params![about, Facet::Dossier.number()])?;
    while let Some(row) = rows.next()? {
        touched.names.insert(format!("dossier:{}", row.get_ref(0)?.as_str()?));
    }
    Ok(())
}

pub(super) fn describe_source(tx: &Transaction<'_>, source: &Arc<PressSource>, touched: &mut Touched) -> Result<(), rusqlite::Error> {
    let event = WireEvent::DescribeSource(Arc::clone(source));
    tx.prepare_cached("INSERT OR REPLACE INTO press_source (id, name, state, event) VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        source.id.as_str(),
        source.outlet,
        source.state.as_str(),
        pack(codec::encode(&event))
    ])?;
    // Every page that names it says so anew, or no longer.
    touch_reports(tx, source.id.as_str(), None, touched)?;
    touched.names.insert(SOURCES.to_owned());
    if source.state == SourceState::Removed {
        tx.prepare_cached("DELETE FROM press_match WHERE source = ?1")?.execute([source.id.as_str()])?;
    }
    Ok(())
}

pub(super) fn put_match(
    tx: &Transaction<'_>,
    seq: WireSeq,
    moved_at: Timestamp,
    found: &Arc<PressMatch>,
    touched: &mut Touched,
) -> Result<(), rusqlite::Error> {
    // What is matched after its source was removed was on its way then.
    let is_removed = tx
        .prepare_cached("SELECT 1 FROM press_source WHERE id = ?1 AND state = ?2")?
        .exists([found.source.as_str(), SourceState::Removed.as_str()])?;
    if is_removed {
        return Ok(());
    }
    let (subject, about) = named(&found.about);
    let event = WireEvent::MatchReport(Arc::clone(found));
    // A later entry about the same report replaces the earlier, which pages of the past go on to show.
    tx.prepare_cached(
        "UPDATE press_match SET until_seq = ?5 WHERE subject = ?1 AND about = ?2 AND source = ?3 AND report = ?4 AND until_seq IS NULL",
    )?
    .execute(params![subject, about, found.source.as_str(), found.report.as_str(), signed(seq.0)])?;
    tx.prepare_cached(include_str!("../../sql/site_put_match.sql"))?.execute(params![
        subject,
        about,
        found.source.as_str(),
        found.report.as_str(),
        signed(seq.0),
        moved_at.as_microsecond(),
        found.reported_at().as_microsecond(),
        pack(codec::encode(&event)),
    ])?;
    touch(tx, subject, about, touched)
}

pub(super) fn withdraw(tx: &Transaction<'_>, notice: &ReportNotice, touched: &mut Touched) -> Result<(), rusqlite::Error> {
    let (outlet, report) = (notice.outlet.name(), notice.report.as_str());
    match (&notice.outlet, &notice.about) {
        (Outlet::Source(_), Some(about)) => {
            let (subject, about) = named(about);
            tx.prepare_cached("DELETE FROM press_match WHERE subject = ?1 AND about = ?2 AND source = ?3 AND report = ?4")?
                .execute([subject, about, outlet, report])?;
            touch(tx, subject, about, touched)?;
        }
        (Outlet::Source(_), None) => {
            touch_reports(tx, outlet, Some(report), touched)?;
            tx.prepare_cached("DELETE FROM press_match WHERE source = ?1 AND report = ?2")?.execute([outlet, report])?;
        }
        (Outlet::Partner(_), _) => {
            tx.prepare_cached("UPDATE teaser SET event = NULL WHERE partner = ?1 AND report = ?2")?.execute([outlet, report])?;
            touched.names.insert(PARTNERS.to_owned());
        }
    }
    Ok(())
}

/// Names the pages of a source's reports, or of one of them.
fn touch_reports(tx: &Transaction<'_>, source: &str, report: Option<&str>, touched: &mut Touched) -> Result<(), rusqlite::Error> {
    let mut statement =
        tx.prepare_cached("SELECT DISTINCT subject, about FROM press_match WHERE source = ?1 AND (?2 IS NULL OR report = ?2)")?;
    let mut rows = statement.query(params![source, report])?;
    while let Some(row) = rows.next()? {
        touch(tx, row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?, touched)?;
    }
    Ok(())
}

/// Nothing that others report is left beside a withdrawn story: it quotes the story. After a release it is matched anew.
pub(super) fn forget_story(tx: &Transaction<'_>, guid: &Guid) -> Result<(), rusqlite::Error> {
    tx.prepare_cached("DELETE FROM press_match WHERE subject = 'story' AND about = ?1")?.execute([guid.as_str()])?;
    Ok(())
}

/// The counts go on when an agreement is described anew. When it ends, nothing of the partner is kept but them.
pub(super) fn describe_partner(tx: &Transaction<'_>, agreed: &Arc<Agreement>, touched: &mut Touched) -> Result<(), rusqlite::Error> {
    let event = WireEvent::DescribePartner(Arc::clone(agreed));
    tx.prepare_cached(include_str!("../../sql/site_put_partner.sql"))?.execute(params![
        agreed.partner.as_str(),
        agreed.name,
        agreed.state.as_str(),
        pack(codec::encode(&event))
    ])?;
    if agreed.state == AgreementState::Ended {
        tx.prepare_cached("DELETE FROM teaser WHERE partner = ?1")?.execute([agreed.partner.as_str()])?;
    }
    touched.names.insert(PARTNERS.to_owned());
    Ok(())
}

/// A report that is shown already keeps its place and counts once.
pub(super) fn tease(
    tx: &Transaction<'_>,
    seq: WireSeq,
    moved_at: Timestamp,
    teaser: &Arc<Teaser>,
    touched: &mut Touched,
) -> Result<(), rusqlite::Error> {
    let partner = teaser.partner.as_str();
    // Without an agreement in force nothing is shown, whoever says so.
    let in_force = agreement(tx, partner)?.is_some_and(|agreed| agreed.is_in_force(moved_at));
    if !in_force {
        return Ok(());
    }
    let event = pack(codec::encode(&WireEvent::Tease(Arc::clone(teaser))));
    let changed = tx.prepare_cached("UPDATE teaser SET lang = ?3, event = ?4 WHERE partner = ?1 AND report = ?2")?.execute(params![
        partner,
        teaser.report.as_str(),
        teaser.lang.primary(),
        event
    ])?;
    if changed == 0 {
        tx.prepare_cached("INSERT INTO teaser (partner, report, seq, moved_at_us, lang, event) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
            .execute(params![partner, teaser.report.as_str(), signed(seq.0), moved_at.as_microsecond(), teaser.lang.primary(), event])?;
        tx.prepare_cached("UPDATE partner SET n_taken = n_taken + 1 WHERE id = ?1")?.execute([partner])?;
    }
    touched.names.insert(PARTNERS.to_owned());
    Ok(())
}

/// Counts a story that has become public for every partner whose agreement covers it.
pub(super) fn give(
    tx: &Transaction<'_>,
    item: &NewsItem,
    filed_under: &[Term],
    moved_at: Timestamp,
    touched: &mut Touched,
) -> Result<(), rusqlite::Error> {
    let in_force = AgreementState::Active.as_str();
    let partners: Vec<String> =
        tx.prepare_cached("SELECT id FROM partner WHERE state = ?1")?.query_map([in_force], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for partner in partners {
        let topics = filed_under.iter().filter(|term| matches!(term.facet, Facet::Section | Facet::Topic)).map(|term| term.value.as_str());
        let is_given = agreement(tx, &partner)?.is_some_and(|agreed| agreed.is_in_force(moved_at) && agreed.covers(&item.lang, topics));
        if is_given {
            tx.prepare_cached("UPDATE partner SET n_given = n_given + 1 WHERE id = ?1")?.execute([partner])?;
            touched.names.insert(PARTNERS.to_owned());
        }
    }
    Ok(())
}

fn agreement(view: &Connection, partner: &str) -> Result<Option<Agreement>, rusqlite::Error> {
    view.prepare_cached("SELECT event FROM partner WHERE id = ?1")?.query_row([partner], |row| agreement_of(row, 0)).optional()
}

impl PressStore for SiteDb {
    fn press(&self, about: PressAbout<'_>, at: Option<WireSeq>, limit: usize) -> Result<Vec<PressLine>, StoreError> {
        let (subject, named) = match about {
            PressAbout::Story(guid) => ("story", guid.as_str().to_owned()),
            PressAbout::Dossier(slugs) => ("dossier", json!(slugs.iter().map(DossierSlug::as_str).collect::<Vec<_>>()).to_string()),
        };
        let at = at.map_or(i64::MAX, |at| signed(at.0));
        let mut lines: Vec<PressLine> = self.database().read(DOING, |view| {
            view.prepare_cached(include_str!("../../sql/site_press.sql"))?
                .query_map(params![subject, named, at, signed(ROWS_MAX as u64), Facet::Dossier.number()], |row| {
                    Ok(PressLine {
                        seq: WireSeq(unsigned(row, 0)?),
                        moved_at: instant(row, 1)?,
                        source: source_of(row, 2)?,
                        found: match event(row, 3, EventKind::MatchReport)? {
                            WireEvent::MatchReport(found) => Arc::unwrap_or_clone(found),
                            other => return Err(mistaken(3, &other)),
                        },
                    })
                })?
                .collect()
        })?;
        once_each(&mut lines);
        lines.truncate(limit);
        Ok(lines)
    }

    fn press_sources(&self) -> Result<Vec<PressSource>, StoreError> {
        self.database().read(DOING, |view| {
            view.prepare_cached("SELECT event FROM press_source WHERE state = 'active' ORDER BY name, id")?
                .query_map([], |row| source_of(row, 0))?
                .collect()
        })
    }

    fn partners(&self) -> Result<Vec<PartnerLine>, StoreError> {
        self.database().read(DOING, |view| {
            view.prepare_cached("SELECT event, n_given, n_taken FROM partner ORDER BY name, id")?
                .query_map([], |row| {
                    let balance = Balance { n_given: unsigned(row, 1)?, n_taken: unsigned(row, 2)? };
                    Ok(PartnerLine { agreed: agreement_of(row, 0)?, balance })
                })?
                .collect()
        })
    }

    fn teasers(&self, lang: &Lang, limit: usize) -> Result<Vec<TeaserLine>, StoreError> {
        self.database().read(DOING, |view| {
            view.prepare_cached(
                "SELECT t.seq, p.event, t.event FROM teaser t JOIN partner p ON p.id = t.partner \
                 WHERE t.lang = ?1 AND p.state = 'active' AND t.event IS NOT NULL ORDER BY t.seq DESC LIMIT ?2",
            )?
            .query_map(params![lang.primary(), signed(limit as u64)], |row| {
                Ok(TeaserLine { seq: WireSeq(unsigned(row, 0)?), agreed: agreement_of(row, 1)?, teaser: teaser_of(row, 2)? })
            })?
            .collect()
        })
    }

    fn taken(&self, partner: &PartnerId, limit: usize) -> Result<Vec<TakenLine>, StoreError> {
        self.database().read(DOING, |view| {
            view.prepare_cached(
                "SELECT report, moved_at_us, event FROM teaser WHERE partner = ?1 ORDER BY moved_at_us DESC, seq DESC LIMIT ?2",
            )?
            .query_map(params![partner.as_str(), signed(limit as u64)], |row| {
                Ok(TakenLine {
                    report: ReportId::parse(row.get_ref(0)?.as_str()?).map_err(|error| unreadable(0, error))?,
                    began_at: instant(row, 1)?,
                    teaser: match row.get_ref(2)? {
                        ValueRef::Null => None,
                        _ => Some(teaser_of(row, 2)?),
                    },
                })
            })?
            .collect()
        })
    }
}

/// A report may stand beside several stories of a dossier: it is shown once, as what tells one of them if it does.
fn once_each(lines: &mut Vec<PressLine>) {
    let mut best: BTreeMap<(SourceId, ReportId), (MatchKind, WireSeq)> = BTreeMap::new();
    let key = |line: &PressLine| (line.found.source.clone(), line.found.report.clone());
    for line in lines.iter() {
        let own = (line.found.kind, line.seq);
        let known = best.entry(key(line)).or_insert(own);
        *known = own.min(*known);
    }
    lines.retain(|line| best.get(&key(line)).is_some_and(|(_, seq)| *seq == line.seq));
}

fn event(row: &Row<'_>, column: usize, kind: EventKind) -> Result<WireEvent, rusqlite::Error> {
    let payload = unpack(row.get_ref(column)?.as_blob()?).map_err(|error| unreadable(column, error))?;
    codec::decode(codec::CURRENT, kind.as_str(), &payload).map_err(|error| unreadable(column, error))
}

fn source_of(row: &Row<'_>, column: usize) -> Result<PressSource, rusqlite::Error> {
    match event(row, column, EventKind::DescribeSource)? {
        WireEvent::DescribeSource(source) => Ok(Arc::unwrap_or_clone(source)),
        other => Err(mistaken(column, &other)),
    }
}

fn teaser_of(row: &Row<'_>, column: usize) -> Result<Teaser, rusqlite::Error> {
    match event(row, column, EventKind::Tease)? {
        WireEvent::Tease(teaser) => Ok(Arc::unwrap_or_clone(teaser)),
        other => Err(mistaken(column, &other)),
    }
}

fn agreement_of(row: &Row<'_>, column: usize) -> Result<Agreement, rusqlite::Error> {
    match event(row, column, EventKind::DescribePartner)? {
        WireEvent::DescribePartner(agreed) => Ok(Arc::unwrap_or_clone(agreed)),
        other => Err(mistaken(column, &other)),
    }
}

/// Cannot be: the codec answers the kind it is asked for.
fn mistaken(column: usize, event: &WireEvent) -> rusqlite::Error {
    unreadable(column, format!("the row holds a {}", event.kind().as_str()))
}

#[cfg(test)]
mod tests;
