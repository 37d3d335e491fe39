//! Dossiers: how they are described, what was merged into what, and what happened in them.
//!
//! A merge moves no row of a story: what was filed under the dossier that ended stays filed there, and whoever asks for the other asks
//! for both. So the site can still be shown as it was before.

use courant_news::filter::Facet;
use courant_news::{Dossier, DossierMerge, DossierSlug};
use courant_projections::site::{DossierEntry, DossierLine, DossierMerged, Line, Touched, VersionLine};
use courant_wire::{WireSeq, codec};
use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params, params_from_iter};

use super::lines::{self, COLUMNS, N_COLUMNS};
use crate::newsroom::{instant, signed, unreadable, unsigned};

/// How many descriptions of a dossier are answered.
const ENTRIES_MAX: i64 = 500;
/// The most lines of one answer.
const LIMIT_MAX: usize = 1_000;
/// For what stands now: no entry is later.
const NOW: i64 = i64::MAX - 1;

pub(super) fn describe(
    tx: &Transaction<'_>,
    seq: WireSeq,
    moved_at: Timestamp,
    dossier: &Dossier,
    touched: &mut Touched,
) -> Result<(), rusqlite::Error> {
    tx.prepare_cached("UPDATE dossier SET until_seq = ?2 WHERE slug = ?1 AND until_seq IS NULL")?
        .execute(params![dossier.slug.as_str(), signed(seq.0)])?;
    tx.prepare_cached("INSERT INTO dossier (slug, seq, moved_at_us, parent, split_from, described) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![
            dossier.slug.as_str(),
            signed(seq.0),
            moved_at.as_microsecond(),
            dossier.parent.as_ref().map(DossierSlug::as_str),
            dossier.split_from.as_ref().map(DossierSlug::as_str),
            String::from_utf8_lossy(&codec::encode_dossier(dossier)),
        ])?;
    // Every story of the dossier names it, and so do the dossiers around it.
    touch(touched, [&dossier.slug].into_iter().chain(&dossier.parent).chain(&dossier.related).chain(&dossier.split_from));
    Ok(())
}

pub(super) fn merge(
    tx: &Transaction<'_>,
    seq: WireSeq,
    moved_at: Timestamp,
    merge: &DossierMerge,
    touched: &mut Touched,
) -> Result<(), rusqlite::Error> {
    tx.prepare_cached("INSERT OR IGNORE INTO dossier_merge (slug, into_slug, seq, moved_at_us, reason) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![merge.from.as_str(), merge.into.as_str(), signed(seq.0), moved_at.as_microsecond(), merge.reason.as_str()])?;
    let absorbed = Merges::of(tx, NOW)?.absorbed(&merge.into);
    touch(touched, absorbed.iter().map(|absorbed| &absorbed.slug).chain([&merge.into]));
    Ok(())
}

fn touch<'s>(touched: &mut Touched, slugs: impl Iterator<Item = &'s DossierSlug>) {
    touched.names.extend(["all".to_owned(), "dossiers".to_owned()]);
    touched.names.extend(slugs.map(|slug| format!("dossier:{slug}")));
}

/// A dossier as it stands.
pub(super) fn now(view: &Connection, slug: &str) -> Result<Option<DossierLine>, rusqlite::Error> {
    at(view, slug, NOW)
}

/// A dossier as it stood after an entry of the wire.
pub(super) fn at_entry(view: &Connection, slug: &str, entry: WireSeq) -> Result<Option<DossierLine>, rusqlite::Error> {
    at(view, slug, signed(entry.0))
}

fn at(view: &Connection, slug: &str, entry: i64) -> Result<Option<DossierLine>, rusqlite::Error> {
    let found = view.prepare_cached(include_str!("../../sql/site_dossier.sql"))?.query_row(params![slug, entry], described).optional()?;
    let Some(DossierEntry { seq, moved_at, dossier }) = found else {
        return Ok(None);
    };
    let merges = Merges::of(view, entry)?;
    let absorbed = merges.absorbed(&dossier.slug);
    let filed_under: Vec<Value> = std::iter::once(&dossier.slug)
        .chain(absorbed.iter().map(|absorbed| &absorbed.slug))
        .map(|slug| Value::Text(slug.as_str().to_owned()))
        .collect();
    let count = format!(
        "SELECT count(DISTINCT l.story), max(l.position) FROM timeline l JOIN term t ON t.no = l.term WHERE t.facet = {} AND t.value IN ({})",
        Facet::Dossier.number(),
        marks(filed_under.len())
    );
    let (n_stories, latest) = view
        .prepare_cached(&count)?
        .query_row(params_from_iter(filed_under), |row| Ok((unsigned(row, 0)?, row.get::<_, Option<i64>>(1)?)))?;
    Ok(Some(DossierLine {
        merged_into: merges.survivor(&dossier.slug),
        split_off: naming(view, "split_from", &dossier.slug, entry)?,
        parts: naming(view, "parent", &dossier.slug, entry)?,
        n_stories,
        latest: latest.map(|position| WireSeq(position.unsigned_abs())),
        seq,
        described_at: moved_at,
        absorbed,
        dossier,
    }))
}

/// The dossiers with a life of their own, by slug.
pub(super) fn all(view: &Connection) -> Result<Vec<DossierLine>, rusqlite::Error> {
    let slugs: Vec<String> = view
        .prepare_cached("SELECT DISTINCT slug FROM dossier WHERE slug NOT IN (SELECT slug FROM dossier_merge) ORDER BY slug")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut found = Vec::with_capacity(slugs.len());
    for slug in slugs {
        found.extend(now(view, &slug)?);
    }
    Ok(found)
}

/// The descriptions of a dossier, oldest first.
pub(super) fn entries(view: &Connection, slug: &str) -> Result<Vec<DossierEntry>, rusqlite::Error> {
    let mut entries: Vec<DossierEntry> = view
        .prepare_cached("SELECT seq, moved_at_us, described FROM dossier WHERE slug = ?1 ORDER BY seq DESC LIMIT ?2")?
        .query_map(params![slug, ENTRIES_MAX], described)?
        .collect::<Result<_, _>>()?;
    entries.reverse();
    Ok(entries)
}

/// What happened to the stories of these dossiers after an entry, newest first.
pub(super) fn news(
    view: &Connection,
    slugs: &[DossierSlug],
    since: WireSeq,
    limit: usize,
) -> Result<Vec<(Line, VersionLine)>, rusqlite::Error> {
    let text = format!(
        "SELECT {COLUMNS}, v.seq, v.version, v.kind, v.moved_at_us, v.note FROM story s JOIN version v ON v.story = s.no \
         WHERE s.seq > ?1 AND v.seq > ?1 AND v.kind <> 'repeat' AND s.no IN (SELECT l.story FROM timeline l JOIN term t ON t.no = l.term \
         WHERE t.facet = ?3 AND t.value IN ({})) ORDER BY v.seq DESC LIMIT ?2",
        marks(slugs.len())
    );
    let mut values = vec![
        Value::Integer(signed(since.0)),
        Value::Integer(signed(limit.min(LIMIT_MAX) as u64)),
        Value::Integer(Facet::Dossier.number().into()),
    ];
    values.extend(slugs.iter().map(|slug| Value::Text(slug.as_str().to_owned())));
    view.prepare_cached(&text)?
        .query_map(params_from_iter(values), |row| Ok((lines::line(row)?, lines::version_line_from(row, N_COLUMNS)?)))?
        .collect()
}

/// The last entry about a dossier that moved at or before `at`.
pub(super) fn entry_at(view: &Connection, at: Timestamp) -> Result<Option<WireSeq>, rusqlite::Error> {
    view.prepare_cached(
        "SELECT max(seq) FROM (SELECT seq FROM dossier WHERE moved_at_us <= ?1 UNION ALL SELECT seq FROM dossier_merge WHERE moved_at_us <= ?1)",
    )?
    .query_row([at.as_microsecond()], |row| Ok(row.get::<_, Option<i64>>(0)?.map(|seq| WireSeq(seq.unsigned_abs()))))
}

/// The dossiers whose description names this one in a column, by slug.
fn naming(view: &Connection, column: &str, slug: &DossierSlug, entry: i64) -> Result<Vec<DossierSlug>, rusqlite::Error> {
    let text =
        format!("SELECT slug FROM dossier WHERE {column} = ?1 AND seq <= ?2 AND ?2 < ifnull(until_seq, 9223372036854775807) ORDER BY slug");
    view.prepare_cached(&text)?.query_map(params![slug.as_str(), entry], |row| slug_of(row, 0))?.collect()
}

fn described(row: &Row<'_>) -> Result<DossierEntry, rusqlite::Error> {
    let dossier = codec::decode_dossier(row.get_ref(2)?.as_str()?.as_bytes()).map_err(|error| unreadable(2, error))?;
    Ok(DossierEntry { seq: WireSeq(unsigned(row, 0)?), moved_at: instant(row, 1)?, dossier })
}

fn slug_of(row: &Row<'_>, column: usize) -> Result<DossierSlug, rusqlite::Error> {
    DossierSlug::parse(row.get_ref(column)?.as_str()?).map_err(|error| unreadable(column, error))
}

fn marks(n_marks: usize) -> String {
    vec!["?"; n_marks].join(", ")
}

/// All merges up to an entry: few, and read whole. Each is what was merged, and the merge seen from there.
struct Merges(Vec<(DossierSlug, DossierMerged)>);

impl Merges {
    fn of(view: &Connection, entry: i64) -> Result<Self, rusqlite::Error> {
        let merges = view
            .prepare_cached("SELECT slug, into_slug, seq, moved_at_us, reason FROM dossier_merge WHERE seq <= ?1 ORDER BY seq DESC")?
            .query_map([entry], |row| {
                let into = DossierMerged {
                    slug: slug_of(row, 1)?,
                    seq: WireSeq(unsigned(row, 2)?),
                    moved_at: instant(row, 3)?,
                    reason: row.get(4)?,
                };
                Ok((slug_of(row, 0)?, into))
            })?
            .collect::<Result<_, _>>()?;
        Ok(Self(merges))
    }

    fn of_slug(&self, slug: &DossierSlug) -> Option<&DossierMerged> {
        self.0.iter().find(|(from, _)| from == slug).map(|(_, into)| into)
    }

    /// Where a merged dossier goes on: its own merge, with the end of the chain in it.
    fn survivor(&self, slug: &DossierSlug) -> Option<DossierMerged> {
        let mut found = self.of_slug(slug)?.clone();
        // A dossier is merged once, so a chain is no longer than all merges; a wire that somebody else wrote might hold a circle.
        for _ in 0..self.0.len() {
            match self.of_slug(&found.slug) {
                Some(next) => found.slug = next.slug.clone(),
                None => break,
            }
        }
        Some(found)
    }

    /// Whatever ends in this dossier, the latest first.
    fn absorbed(&self, slug: &DossierSlug) -> Vec<DossierMerged> {
        let ends_here = |(from, merged): &(DossierSlug, DossierMerged)| {
            let survivor = self.survivor(from)?;
            (survivor.slug == *slug && from != slug).then(|| DossierMerged { slug: from.clone(), ..merged.clone() })
        };
        self.0.iter().filter_map(ends_here).collect()
    }
}

#[cfg(test)]
mod tests;
