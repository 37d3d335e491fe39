//! Our stories and the reports of others, both as they arrive: which report tells the same as which story, which stands behind it, and
//! what everyone has but us.
//!
//! A story looks among the reports of the window, a report among our stories: candidates by rare evidence, then a judgment of the pair.

use std::collections::{BTreeMap, VecDeque};

use jiff::Timestamp;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use crate::differences::{self, Difference};
use crate::fingerprint::Kind;
use crate::index::Index;
use crate::profile::Profile;
use crate::{Clusters, Comparison, Lang, Report, Shipped, SnapshotError, WINDOW_SECS};

/// Candidates that are compared word by word.
const COMPARED_MAX: usize = 16;
/// Stories and reports in the window at most; beyond it the oldest are forgotten early.
const DOCS_MAX: usize = 400_000;
/// Bytes of copy that are kept of each.
const TEXT_BYTES_KEPT: usize = 4 << 10;
/// From this probability on a report tells the same whatever the window says; below, the window has to agree.
const SURE: f32 = 0.9;
/// A report stands behind a story from this probability on, when they share enough that is rare.
const BACKGROUND_SCORE_MIN: f32 = 0.12;
/// Names, places and numbers both have, by rarity, for that; and how many different ones at least.
const BACKGROUND_SHARED: f32 = 1.6;
const BACKGROUND_SHARED_MIN: usize = 2;
/// What is rarer than this is counted.
const RARE: f32 = 0.55;
/// Sources that must have a story for [`Matcher::missing`].
pub const SOURCES_MIN: usize = 3;
/// What a snapshot begins with: a name and the number of its form.
const HEADER: &[u8] = b"courant-press matching 1\n";

/// Whose a report is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    /// A story of ours.
    Ours,
    /// A report of another medium.
    Theirs,
}

/// What a report is to a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// It tells the same.
    Same,
    /// It tells what stands behind it.
    Background,
}

/// A report beside a story.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Our story, by its own name.
    pub story: String,
    /// Their report, by its own name.
    pub report: String,
    /// What it is to our story.
    pub relation: Relation,
    /// What both share; *here* is ours.
    pub comparison: Comparison,
    /// What they say otherwise; *here* is ours.
    pub differences: Vec<Difference>,
}

/// A story of several sources that we do not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Everyone {
    /// The cluster.
    pub cluster: u32,
    /// Its reports, the first to appear first.
    pub reports: Vec<String>,
    /// How many different sources they are of.
    pub n_sources: usize,
    /// When the last appeared.
    pub last_at: Timestamp,
}

/// Why a snapshot was not taken.
#[derive(Debug, thiserror::Error)]
pub enum MatcherError {
    /// Another release wrote it, or it is damaged.
    #[error("the state of matching {0}")]
    Snapshot(#[from] SnapshotError),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Doc {
    side: Side,
    id: Box<str>,
    title: Box<str>,
    summary: Box<str>,
    text: Box<str>,
    lang: Lang,
    source: Box<str>,
    published_for_secs: i64,
    /// Replaced by a later version.
    is_gone: bool,
}

/// The stories and reports of the last days.
#[derive(Debug)]
pub struct Matcher {
    clusters: Clusters<Shipped>,
    docs: VecDeque<Doc>,
    /// The number of the first.
    first: u32,
    ours: Index,
    theirs: Index,
    by_id: FxHashMap<(bool, Box<str>), u32>,
}

#[derive(Serialize)]
struct Written<'m> {
    clusters: Vec<u8>,
    docs: &'m VecDeque<Doc>,
    first: u32,
    ours: &'m Index,
    theirs: &'m Index,
}

#[derive(Deserialize)]
struct Read {
    clusters: Vec<u8>,
    docs: VecDeque<Doc>,
    first: u32,
    ours: Index,
    theirs: Index,
}

impl Default for Matcher {
    fn default() -> Self {
        Self {
            clusters: Clusters::new(Shipped),
            docs: VecDeque::new(),
            first: 0,
            ours: Index::default(),
            theirs: Index::default(),
            by_id: FxHashMap::default(),
        }
    }
}

impl Matcher {
    /// Takes a story or a report, or a later version of one, and answers what it belongs to on the other side, the surest first.
    pub fn take(&mut self, side: Side, report: &Report) -> Vec<Found> {
        self.put(side, report);
        self.beside(side, report)
    }

    /// Takes a story or a report without looking what it belongs to: it was looked at before a restart.
    pub fn put(&mut self, side: Side, report: &Report) {
        let name = (side == Side::Ours, report.id.as_str().into());
        match self.by_id.get(&name).copied().and_then(|no| self.doc_mut(no)) {
            // A later version is the same story: the window counts it once.
            Some(earlier) => earlier.is_gone = true,
            None => {
                let id = clustered(side, &report.id);
                self.clusters.take(&Report { id, ..report.clone() });
                self.clusters.settled();
            }
        }
        let (reader, rarity) = self.clusters.parts();
        let profile = Profile::of(&reader.read(report), rarity);
        let no = self.first.wrapping_add(u32::try_from(self.docs.len()).unwrap_or(u32::MAX));
        let index = match side {
            Side::Ours => &mut self.ours,
            Side::Theirs => &mut self.theirs,
        };
        profile.keys(rarity, |key, _| index.note(key, no));
        self.docs.push_back(Doc {
            side,
            id: report.id.as_str().into(),
            title: report.title.as_str().into(),
            summary: report.summary.as_str().into(),
            text: report.text[..report.text.floor_char_boundary(TEXT_BYTES_KEPT)].into(),
            lang: report.lang,
            source: report.source.as_str().into(),
            published_for_secs: report.published_at.as_second(),
            is_gone: false,
        });
        self.by_id.insert(name, no);
        self.forget(report.published_at.as_second());
    }

    /// What a story or report of the window belongs to on the other side. Empty for one that is not in the window.
    pub fn look(&mut self, side: Side, id: &str) -> Vec<Found> {
        let Some(report) = self.report(side, id) else { return Vec::new() };
        self.beside(side, &report)
    }

    /// A story or report as it is in the window.
    pub fn report(&self, side: Side, id: &str) -> Option<Report> {
        let no = self.by_id.get(&(side == Side::Ours, id.into()))?;
        self.doc(*no).filter(|doc| !doc.is_gone).map(Doc::report)
    }

    /// A story of ours was withdrawn, or a report is no longer to be shown: nothing is matched with it any more.
    pub fn remove(&mut self, side: Side, id: &str) {
        if let Some(no) = self.by_id.remove(&(side == Side::Ours, id.into()))
            && let Some(doc) = self.doc_mut(no)
        {
            doc.is_gone = true;
        }
    }

    /// Nothing of this source is matched any more.
    pub fn remove_source(&mut self, source: &str) {
        for doc in self.docs.iter_mut().filter(|doc| doc.side == Side::Theirs && &*doc.source == source) {
            doc.is_gone = true;
            self.by_id.remove(&(false, doc.id.clone()));
        }
    }

    /// What at least [`SOURCES_MIN`] sources report and we do not, newest first.
    pub fn missing(&mut self) -> Vec<Everyone> {
        let mut groups: BTreeMap<u32, (bool, Vec<u32>)> = BTreeMap::new();
        for (id, cluster) in self.clusters.members() {
            let (side, id) = unclustered(id);
            let group = groups.entry(cluster).or_default();
            match (side, self.by_id.get(&(side == Side::Ours, id.into()))) {
                (Side::Ours, Some(_)) => group.0 = true,
                (Side::Theirs, Some(no)) => group.1.push(*no),
                (_, None) => {}
            }
        }
        let mut missing = Vec::new();
        for (cluster, (_, mut nos)) in groups.into_iter().filter(|(_, (has_ours, nos))| !has_ours && SOURCES_MIN <= nos.len()) {
            nos.retain(|no| self.doc(*no).is_some_and(|doc| !doc.is_gone));
            nos.sort_by_key(|no| self.doc(*no).map_or(0, |doc| doc.published_for_secs));
            let docs: Vec<&Doc> = nos.iter().filter_map(|no| self.doc(*no)).collect();
            let sources: FxHashSet<&str> = docs.iter().map(|doc| &*doc.source).collect();
            if SOURCES_MIN <= sources.len() {
                let last_for_secs = docs.iter().map(|doc| doc.published_for_secs).max().unwrap_or_default();
                missing.push(Everyone {
                    cluster,
                    reports: docs.iter().map(|doc| doc.id.to_string()).collect(),
                    n_sources: sources.len(),
                    last_at: Timestamp::from_second(last_for_secs).unwrap_or_default(),
                });
            }
        }
        // What one of our stories matches with certainty is not missing, whatever the window made of it.
        missing.retain(|everyone| {
            let is_ours = |id: &String| self.look(Side::Theirs, id).iter().any(|found| found.relation == Relation::Same);
            !everyone.reports.iter().take(SOURCES_MIN).any(is_ours)
        });
        missing.sort_by(|a, b| b.last_at.cmp(&a.last_at).then(a.cluster.cmp(&b.cluster)));
        missing
    }

    /// How many stories and reports are in the window.
    pub fn len(&self) -> usize {
        self.docs.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.docs.is_empty()
    }

    /// Everything, to go on from with [`Matcher::restored`].
    pub fn snapshot(&self) -> Vec<u8> {
        let Self { docs, first, ours, theirs, .. } = self;
        let written = Written { clusters: self.clusters.snapshot(), docs, first: *first, ours, theirs };
        postcard::to_extend(&written, HEADER.to_vec()).expect("memory takes what is written, and nothing kept refuses to be")
    }

    /// Goes on from a snapshot.
    ///
    /// # Errors
    /// When it was written by another release or is damaged.
    pub fn restored(snapshot: &[u8]) -> Result<Self, MatcherError> {
        let bytes = snapshot.strip_prefix(HEADER).ok_or(SnapshotError::OtherForm)?;
        let Read { clusters, docs, first, ours, theirs } =
            postcard::from_bytes(bytes).map_err(|error| SnapshotError::Damaged(error.to_string()))?;
        let mut matcher =
            Self { clusters: Clusters::restored(Shipped, &clusters)?, docs, first, ours, theirs, by_id: FxHashMap::default() };
        for (idx, doc) in matcher.docs.iter().enumerate().filter(|(_, doc)| !doc.is_gone) {
            let no = first.wrapping_add(u32::try_from(idx).unwrap_or(u32::MAX));
            matcher.by_id.insert((doc.side == Side::Ours, doc.id.clone()), no);
        }
        Ok(matcher)
    }

    fn beside(&mut self, side: Side, report: &Report) -> Vec<Found> {
        let candidates = self.candidates(side, report);
        let mut found: Vec<Found> = candidates.into_iter().filter_map(|no| self.judge(side, report, no)).collect();
        found.sort_by(|a, b| b.comparison.score.total_cmp(&a.comparison.score).then_with(|| a.report.cmp(&b.report)));
        found
    }

    fn candidates(&mut self, side: Side, report: &Report) -> Vec<u32> {
        let (reader, rarity) = self.clusters.parts();
        let profile = Profile::of(&reader.read(report), rarity);
        let mut keys = Vec::new();
        profile.keys(rarity, |key, weight| keys.push((key, weight)));
        let index = match side {
            Side::Ours => &self.theirs,
            Side::Theirs => &self.ours,
        };
        let since = report.published_at.as_second().saturating_sub(WINDOW_SECS);
        let is_here = |no| self.doc(no).is_some_and(|doc| !doc.is_gone && since <= doc.published_for_secs);
        index.search(keys, is_here).into_iter().take(COMPARED_MAX).map(|candidate| candidate.cluster).collect()
    }

    fn judge(&mut self, side: Side, report: &Report, no: u32) -> Option<Found> {
        let other = self.doc(no)?.report();
        let (ours, theirs) = match side {
            Side::Ours => (report, &other),
            Side::Theirs => (&other, report),
        };
        let comparison = self.clusters.compare(ours, theirs);
        let relation = relation(&comparison)?;
        let differences = match relation {
            Relation::Same => differences::differences(self.clusters.parts().0, ours, theirs),
            Relation::Background => Vec::new(),
        };
        Some(Found { story: ours.id.clone(), report: theirs.id.clone(), relation, comparison, differences })
    }

    fn doc(&self, no: u32) -> Option<&Doc> {
        self.docs.get(no.wrapping_sub(self.first) as usize)
    }

    fn doc_mut(&mut self, no: u32) -> Option<&mut Doc> {
        self.docs.get_mut(no.wrapping_sub(self.first) as usize)
    }

    /// Forgets what has left the window.
    fn forget(&mut self, now_for_secs: i64) {
        let since = now_for_secs.saturating_sub(WINDOW_SECS);
        let n_before = self.docs.len();
        while let Some(first) = self.docs.front()
            && (first.published_for_secs < since || DOCS_MAX < self.docs.len())
        {
            let name = (first.side == Side::Ours, first.id.clone());
            if self.by_id.get(&name) == Some(&self.first) {
                self.by_id.remove(&name);
            }
            self.docs.pop_front();
            self.first = self.first.wrapping_add(1);
        }
        // Lists of common keys are bounded by themselves; the rest is swept when much has gone.
        if self.docs.len() < n_before && self.first.is_multiple_of(4_096) {
            let (first, len) = (self.first, self.docs.len());
            let is_here = |no: u32| (no.wrapping_sub(first) as usize) < len;
            self.ours.sweep(is_here);
            self.theirs.sweep(is_here);
        }
    }
}

impl Doc {
    fn report(&self) -> Report {
        Report {
            id: self.id.to_string(),
            title: self.title.to_string(),
            summary: self.summary.to_string(),
            text: self.text.to_string(),
            lang: self.lang,
            source: self.source.to_string(),
            published_at: Timestamp::from_second(self.published_for_secs).unwrap_or_default(),
        }
    }
}

/// What a pair is to each other; `None` for nothing.
fn relation(comparison: &Comparison) -> Option<Relation> {
    let rare = comparison.shared.iter().filter(|shared| shared.kind != Kind::Word && RARE <= shared.rarity);
    let (n_rare, rarity) = rare.fold((0, 0.0), |(n, sum), shared| (n + 1, sum + shared.rarity));
    let is_backed = BACKGROUND_SHARED_MIN <= n_rare && BACKGROUND_SHARED <= rarity;
    if comparison.is_same && (SURE <= comparison.score || 1 <= n_rare) {
        Some(Relation::Same)
    } else if is_backed && BACKGROUND_SCORE_MIN <= comparison.score {
        Some(Relation::Background)
    } else {
        None
    }
}

/// The name of a report among clusters, where both sides meet.
fn clustered(side: Side, id: &str) -> String {
    match side {
        Side::Ours => format!("+{id}"),
        Side::Theirs => format!("-{id}"),
    }
}

fn unclustered(name: &str) -> (Side, &str) {
    match name.strip_prefix('+') {
        Some(id) => (Side::Ours, id),
        None => (Side::Theirs, name.strip_prefix('-').unwrap_or(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(id: &str, source: &str, title: &str, hour: i64) -> Report {
        let published_at = Timestamp::from_second(1_700_000_000 + hour * 3_600).unwrap();
        Report { id: id.into(), source: source.into(), title: title.into(), lang: Lang::ENGLISH, published_at, ..Report::default() }
    }

    const VOLCANO: &str = "Volcano on the island of Skellan erupts after two centuries, 40 evacuated";

    fn ids(found: &[Found]) -> Vec<(&str, &str, Relation)> {
        found.iter().map(|found| (found.story.as_str(), found.report.as_str(), found.relation)).collect()
    }

    #[test]
    fn story_and_report_find_each_other_whichever_comes_first() {
        let mut matcher = Matcher::default();
        assert!(matcher.take(Side::Theirs, &report("t1", "gazette", "Skellan volcano erupts, 60 evacuated from the island", 0)).is_empty());
        assert!(matcher.take(Side::Theirs, &report("t2", "gazette", "Central bank leaves interest rates where they are", 0)).is_empty());
        let found = matcher.take(Side::Ours, &report("o1", "", VOLCANO, 1));
        assert_eq!(ids(&found), [("o1", "t1", Relation::Same)]);
        assert_eq!((found[0].differences[0].here.as_str(), found[0].differences[0].there.as_str()), ("40 evacuated", "60 evacuated"));
        let found = matcher.take(Side::Theirs, &report("t3", "herald", "After two centuries, the volcano of Skellan erupts again", 2));
        assert_eq!(ids(&found), [("o1", "t3", Relation::Same)]);
        assert_eq!(matcher.look(Side::Ours, "o1").len(), 2);
    }

    #[test]
    fn what_was_withdrawn_is_matched_no_more() {
        let mut matcher = Matcher::default();
        matcher.take(Side::Ours, &report("o1", "", VOLCANO, 1));
        matcher.take(Side::Theirs, &report("t1", "gazette", VOLCANO, 1));
        matcher.remove(Side::Ours, "o1");
        assert!(matcher.take(Side::Theirs, &report("t2", "herald", VOLCANO, 2)).is_empty());
        assert_eq!(matcher.take(Side::Ours, &report("o2", "", VOLCANO, 3)).len(), 2);
        matcher.remove_source("gazette");
        assert_eq!(ids(&matcher.look(Side::Ours, "o2")), [("o2", "t2", Relation::Same)]);
    }

    #[test]
    fn a_later_version_replaces_the_earlier_one() {
        let mut matcher = Matcher::default();
        matcher.take(Side::Ours, &report("o1", "", "Central bank leaves interest rates where they are", 1));
        matcher.take(Side::Ours, &report("o1", "", VOLCANO, 2));
        let found = matcher.take(Side::Theirs, &report("t1", "gazette", "Central bank leaves interest rates where they are", 2));
        assert!(found.is_empty(), "{found:?}");
        assert_eq!(matcher.take(Side::Theirs, &report("t2", "gazette", VOLCANO, 2)).len(), 1);
    }

    #[test]
    fn what_three_sources_have_and_we_do_not_is_missing() {
        let mut matcher = Matcher::default();
        for (id, source) in [("t1", "gazette"), ("t2", "herald"), ("t3", "gazette")] {
            matcher.take(Side::Theirs, &report(id, source, VOLCANO, 1));
        }
        assert!(matcher.missing().is_empty(), "two sources are not everyone");
        matcher.take(Side::Theirs, &report("t4", "courier", VOLCANO, 2));
        let missing = matcher.missing();
        assert_eq!((missing.len(), missing[0].n_sources, missing[0].reports[0].as_str()), (1, 3, "t1"));
        matcher.take(Side::Ours, &report("o1", "", VOLCANO, 3));
        assert!(matcher.missing().is_empty());
    }

    #[test]
    fn a_snapshot_goes_on_and_a_damaged_one_is_refused() {
        let mut matcher = Matcher::default();
        matcher.take(Side::Theirs, &report("t1", "gazette", VOLCANO, 1));
        let snapshot = matcher.snapshot();
        let mut restored = Matcher::restored(&snapshot).unwrap();
        assert_eq!(restored.take(Side::Ours, &report("o1", "", VOLCANO, 1)).len(), 1);
        assert!(Matcher::restored(&snapshot[..snapshot.len() / 2]).is_err());
        assert!(Matcher::restored(b"something else").unwrap_err().to_string().contains("remove it"));
    }

    #[test]
    fn the_window_moves_on() {
        let mut matcher = Matcher::default();
        matcher.take(Side::Ours, &report("o1", "", VOLCANO, 0));
        matcher.take(Side::Theirs, &report("t1", "gazette", "Rates stay", 24 * 6));
        assert_eq!(matcher.len(), 1);
        assert!(matcher.take(Side::Theirs, &report("t2", "gazette", VOLCANO, 24 * 6)).is_empty());
    }
}
