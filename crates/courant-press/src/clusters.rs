//! Reports of one story brought together as they arrive.
//!
//! Each report is compared with the clusters that share rare evidence with it and joins the likeliest, or opens one. A cluster
//! that has grown is compared with its neighbours, and the two become one when that is likelier than not; one whose reports
//! have come to tell two stories is parted. A report whose place was not sure is judged once more some hours later, when more is
//! known of the stories around it. What has been quiet for the length of the window is settled and forgotten.

mod part;
mod second;
mod snapshot;

pub use snapshot::SnapshotError;

use std::collections::VecDeque;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::company::{Alike, Words};
use crate::compare::Comparison;
use crate::fingerprint::{Fingerprint, Reader};
use crate::index::{Candidate, ClusterNo, Index};
use crate::judge::{Asked, Judge, Question};
use crate::likeness::{Likeness, Measure, compete, likeness};
use crate::profile::Profile;
use crate::rarity::Rarity;
use crate::{Report, compare};

/// How long a story is followed after its last report.
pub const WINDOW_SECS: i64 = 5 * 86_400;
/// Reports in the window at most; beyond it the oldest are settled early.
const REPORTS_MAX: usize = 1_000_000;
/// A cluster is compared with its neighbours when it has grown by this factor.
const GROWN_FACTOR: f32 = 1.25;
/// Clusters that one may swallow at one look.
const MERGES_MAX: usize = 8;
/// A place is sure when its margin is this far from those of any other.
const SURE: f32 = 0.3;
/// What has left the window is swept out of the index this many times a window.
const SWEEPS_A_WINDOW: i64 = 16;

/// A report of the window.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Member {
    id: Box<str>,
    cluster: ClusterNo,
    /// Its place was clear when it came.
    is_sure: bool,
    fingerprint: Arc<Fingerprint>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Cluster {
    profile: Profile,
    /// Arrival numbers of its reports that are in the window.
    members: Vec<u64>,
    /// It is compared with its neighbours when it has this many reports.
    look_again_at: f32,
}

/// The neighbour that something belongs to, if any, and how clear that is.
struct Verdict {
    cluster: Option<ClusterNo>,
    /// The best margin, below 0 when there is no such neighbour.
    margin: f32,
    /// The second best.
    rival: f32,
}

impl Verdict {
    fn is_sure(&self) -> bool {
        match self.cluster {
            Some(_) => SURE <= self.margin && self.rival <= self.margin - SURE,
            None => self.margin <= -SURE,
        }
    }
}

/// A report whose cluster will not change any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The report's own name.
    pub id: String,
    /// The cluster: a number from 0 in the order clusters were opened.
    pub cluster: u32,
}

/// The stories of the last days.
#[derive(Debug)]
pub struct Clusters<J> {
    judge: J,
    reader: Reader,
    rarity: Rarity,
    index: Index,
    by_no: FxHashMap<ClusterNo, Cluster>,
    /// In order of arrival; the first has the number `n_settled`.
    members: VecDeque<Member>,
    n_settled: u64,
    /// Arrival number of the next report that may be judged once more.
    next_second: u64,
    next_cluster: ClusterNo,
    now_for_secs: i64,
    swept_for_secs: i64,
}

impl<J: Judge> Clusters<J> {
    /// None yet.
    pub fn new(judge: J) -> Self {
        Self {
            judge,
            reader: Reader::default(),
            rarity: Rarity::default(),
            index: Index::default(),
            by_no: FxHashMap::default(),
            members: VecDeque::new(),
            n_settled: 0,
            next_second: 0,
            next_cluster: 0,
            now_for_secs: i64::MIN,
            swept_for_secs: i64::MIN,
        }
    }

    /// Takes the next report and answers the number of its cluster, which may change while it is in the window.
    /// A report older than the one before it is taken at its own time.
    pub fn take(&mut self, report: &Report) -> u32 {
        let mut fingerprint = self.reader.read(report);
        self.now_for_secs = self.now_for_secs.max(fingerprint.published_for_secs);
        self.rarity.add(&fingerprint);
        let profile = Profile::of(&fingerprint, &self.rarity);
        part::shorten(&mut fingerprint, &self.rarity);
        let arrival = self.n_settled + self.members.len() as u64;
        let (id, fingerprint) = (report.id.as_str().into(), Arc::new(fingerprint));
        self.members.push_back(Member { id, cluster: ClusterNo::MAX, is_sure: false, fingerprint });
        let verdict = self.likeliest(Question::Join, &profile, &[arrival], None);
        let cluster = match verdict.cluster {
            Some(cluster) => cluster,
            None => self.open(),
        };
        self.member_mut(arrival).is_sure = verdict.is_sure();
        self.put(cluster, &profile, vec![arrival]);
        self.look_again(cluster);
        self.judge_again_until(self.now_for_secs.saturating_sub(second::AFTER_SECS), second::A_TIME);
        self.forget();
        self.members.back().map_or(cluster, |member| member.cluster)
    }

    /// Takes out the reports that have left the window, in order of arrival.
    pub fn settled(&mut self) -> Vec<Settled> {
        let before = self.now_for_secs.saturating_sub(WINDOW_SECS);
        let mut settled = Vec::new();
        while let Some(first) = self.members.front()
            && (first.fingerprint.published_for_secs < before || REPORTS_MAX < self.members.len())
        {
            settled.extend(self.settle_first());
        }
        settled
    }

    /// Takes out all reports, in order of arrival.
    pub fn settle_all(&mut self) -> Vec<Settled> {
        self.judge_again_until(i64::MAX, usize::MAX);
        std::iter::from_fn(|| self.settle_first()).collect()
    }

    /// How many reports are in the window.
    pub fn n_reports(&self) -> usize {
        self.members.len()
    }

    /// The judge, with what it noted.
    pub fn into_judge(self) -> J {
        self.judge
    }

    fn settle_first(&mut self) -> Option<Settled> {
        let first = self.members.pop_front()?;
        if let Some(cluster) = self.by_no.get_mut(&first.cluster) {
            let arrival = self.n_settled;
            cluster.members.retain(|member| *member != arrival);
        }
        self.n_settled += 1;
        Some(Settled { id: first.id.into(), cluster: first.cluster })
    }

    fn open(&mut self) -> ClusterNo {
        let cluster = self.next_cluster;
        self.next_cluster += 1;
        cluster
    }

    /// The neighbour that this profile belongs to, if any.
    fn likeliest(&mut self, question: Question, profile: &Profile, members: &[u64], itself: Option<ClusterNo>) -> Verdict {
        let mut keys = Vec::new();
        profile.keys(&self.rarity, |key, weight| keys.push((key, weight)));
        let quiet_since = self.now_for_secs.saturating_sub(WINDOW_SECS);
        let candidates = self.index.search(keys, |cluster| {
            Some(cluster) != itself && self.by_no.get(&cluster).is_some_and(|known| quiet_since <= known.profile.last_for_secs)
        });
        let mut figures: Vec<Likeness> = Vec::with_capacity(candidates.len());
        for Candidate { cluster, found } in &candidates {
            let mut of_one =
                self.by_no.get(cluster).map_or([0.0; Measure::ALL.len()], |known| likeness(profile, &known.profile, &self.rarity));
            of_one[Measure::Found as usize] = *found;
            figures.push(of_one);
        }
        compete(&mut figures);
        let mut verdict = Verdict { cluster: None, margin: -1.0, rival: -1.0 };
        for (Candidate { cluster, .. }, likeness) in candidates.iter().zip(&figures) {
            let Some(known) = self.by_no.get(cluster) else { continue };
            let margin = self.judge.margin(&Asked { question, likeness, one: members, other: &known.members });
            if verdict.margin < margin {
                verdict.rival = verdict.margin;
                verdict.margin = margin;
                verdict.cluster = (0.0 < margin).then_some(*cluster);
            } else {
                verdict.rival = verdict.rival.max(margin);
            }
        }
        verdict
    }

    /// Adds reports and what they say to a cluster.
    fn put(&mut self, no: ClusterNo, profile: &Profile, mut members: Vec<u64>) {
        for member in &members {
            self.member_mut(*member).cluster = no;
        }
        match self.by_no.get_mut(&no) {
            Some(cluster) => {
                let index = &mut self.index;
                cluster.profile.add(profile, &self.rarity, |key| index.note(key, no));
                cluster.members.append(&mut members);
            }
            None => {
                profile.keys(&self.rarity, |key, _| self.index.note(key, no));
                self.by_no.insert(no, Cluster { profile: profile.clone(), members, look_again_at: 2.0 });
            }
        }
    }

    fn member_mut(&mut self, arrival: u64) -> &mut Member {
        let idx = usize::try_from(arrival - self.n_settled).expect("members are in the window, which fits into memory");
        &mut self.members[idx]
    }

    fn fingerprint(&self, arrival: u64) -> &Arc<Fingerprint> {
        let idx = usize::try_from(arrival - self.n_settled).expect("members are in the window, which fits into memory");
        &self.members[idx].fingerprint
    }

    /// Compares a cluster that has grown with its neighbours, and itself.
    fn look_again(&mut self, no: ClusterNo) {
        let Some(cluster) = self.by_no.get_mut(&no) else { return };
        if cluster.profile.n_reports < cluster.look_again_at {
            return;
        }
        cluster.look_again_at = (cluster.profile.n_reports * GROWN_FACTOR).max(cluster.profile.n_reports + 1.0);
        self.part(no);
        let mut no = no;
        for _ in 0..MERGES_MAX {
            let Some(cluster) = self.by_no.get(&no) else { return };
            let (profile, members) = (cluster.profile.clone(), cluster.members.clone());
            let Some(other) = self.likeliest(Question::Merge, &profile, &members, Some(no)).cluster else { return };
            // The older number stays, whichever is larger.
            let (kept, gone) = (no.min(other), no.max(other));
            if let Some(gone) = self.by_no.remove(&gone) {
                self.put(kept, &gone.profile, gone.members);
            }
            no = kept;
        }
    }

    /// The reports of the window in order of arrival, each with the cluster it is in now.
    pub fn members(&self) -> impl Iterator<Item = (&str, u32)> {
        self.members.iter().map(|member| (&*member.id, member.cluster))
    }

    /// What a report is compared by, against the background of the window.
    pub(crate) fn parts(&mut self) -> (&mut Reader, &Rarity) {
        (&mut self.reader, &self.rarity)
    }

    /// Compares two reports against the background of the window, and says why.
    pub fn compare(&mut self, one: &Report, other: &Report) -> Comparison {
        let Self { reader, rarity, index, by_no, .. } = self;
        let company = |words: &Words| {
            let near = index.search(words.keys(rarity, |key| key), |cluster| by_no.contains_key(&cluster));
            let recent = near.iter().filter_map(|candidate| by_no.get(&candidate.cluster)).flat_map(|cluster| &cluster.profile.recent);
            Alike::among(words, recent.map(|recent| (recent.lang, recent.words.bag.clone())), rarity)
        };
        compare::compare(reader, rarity, &company, one, other)
    }

    /// Drops clusters that have been quiet for a window.
    fn forget(&mut self) {
        if self.swept_for_secs == i64::MIN {
            self.swept_for_secs = self.now_for_secs;
        }
        if self.now_for_secs - self.swept_for_secs < WINDOW_SECS / SWEEPS_A_WINDOW {
            return;
        }
        self.swept_for_secs = self.now_for_secs;
        let quiet_since = self.now_for_secs - WINDOW_SECS;
        self.by_no.retain(|_, cluster| quiet_since <= cluster.profile.last_for_secs);
        let by_no = &self.by_no;
        self.index.sweep(|cluster| by_no.contains_key(&cluster));
    }
}

#[cfg(test)]
mod tests;
