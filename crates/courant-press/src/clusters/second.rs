//! A second judgment of reports whose place was not sure: the stories around them are better known some hours later.

use std::sync::Arc;

use super::{Clusters, Verdict, WINDOW_SECS};
use crate::index::{Candidate, ClusterNo, Index};
use crate::judge::{Asked, Judge, Question};
use crate::likeness::{Likeness, Measure, compete, likeness};
use crate::profile::Profile;

/// How long after it came a report is judged once more.
pub(super) const AFTER_SECS: i64 = 12 * 3_600;
/// Reports judged once more when one arrives, so that each costs a bounded time.
pub(super) const A_TIME: usize = 2;
/// A report moves only for a place that is better by so much.
const BETTER: f32 = 0.1;
/// It leaves for a cluster of its own when its place is as bad as this.
const BAD: f32 = -0.25;

impl<J: Judge> Clusters<J> {
    /// Judges reports once more that came no later than a time, at most `n_max` of them.
    pub(super) fn judge_again_until(&mut self, came_for_secs: i64, n_max: usize) {
        self.next_second = self.next_second.max(self.n_settled);
        for _ in 0..n_max {
            let arrival = self.next_second;
            let idx = usize::try_from(arrival - self.n_settled).expect("members are in the window, which fits into memory");
            let Some(member) = self.members.get(idx) else { return };
            if came_for_secs < member.fingerprint.published_for_secs {
                return;
            }
            self.next_second += 1;
            if !member.is_sure {
                self.judge_again(arrival, member.cluster);
            }
        }
    }

    /// Judges a report of a cluster once more, as if it came now: the cluster without it stands beside the others.
    fn judge_again(&mut self, arrival: u64, no: ClusterNo) {
        let Some(cluster) = self.by_no.get(&no) else { return };
        let print = Arc::clone(self.fingerprint(arrival));
        let itself = Profile::of(&print, &self.rarity);
        if cluster.members == [arrival] && cluster.profile.n_reports < 1.5 {
            if let Some(other) = self.likeliest(Question::Join, &itself, &[arrival], Some(no)).cluster {
                self.by_no.remove(&no);
                self.put(other, &itself, vec![arrival]);
                self.look_again(other);
            }
            return;
        }
        let rest = cluster.profile.without(&print, &self.rarity);
        let others: Vec<u64> = cluster.members.iter().copied().filter(|member| *member != arrival).collect();
        let (staying, verdict) = self.stay_or_go(arrival, &itself, (no, &rest, &others));
        let goes_to = verdict.cluster.filter(|_| staying + BETTER < verdict.margin);
        if goes_to.is_none() && BAD < staying {
            return;
        }
        if let Some(cluster) = self.by_no.get_mut(&no) {
            cluster.profile = rest;
            cluster.members = others;
        }
        let target = match goes_to {
            Some(other) => other,
            None => self.open(),
        };
        self.put(target, &itself, vec![arrival]);
        self.look_again(target);
    }

    /// The margin of staying with the rest of the cluster, and the best of the others.
    fn stay_or_go(&mut self, arrival: u64, itself: &Profile, (no, rest, others): (ClusterNo, &Profile, &[u64])) -> (f32, Verdict) {
        let mut keys = Vec::new();
        itself.keys(&self.rarity, |key, weight| keys.push((key, weight)));
        // What the index knows of the cluster may be from this report alone.
        let found: f32 = Index::read(keys.clone()).iter().filter(|(key, _)| rest.has(*key)).map(|(_, weight)| weight).sum();
        let quiet_since = self.now_for_secs.saturating_sub(WINDOW_SECS);
        let mut candidates = self.index.search(keys, |cluster| {
            cluster != no && self.by_no.get(&cluster).is_some_and(|known| quiet_since <= known.profile.last_for_secs)
        });
        candidates.insert(0, Candidate { cluster: no, found });
        let figures_of = |candidate: &Candidate| {
            let profile = if candidate.cluster == no { Some(rest) } else { self.by_no.get(&candidate.cluster).map(|known| &known.profile) };
            let mut figures = profile.map_or([0.0; Measure::ALL.len()], |profile| likeness(itself, profile, &self.rarity));
            figures[Measure::Found as usize] = candidate.found;
            figures
        };
        let mut figures: Vec<Likeness> = candidates.iter().map(figures_of).collect();
        compete(&mut figures);
        let mut staying = 0.0;
        let mut verdict = Verdict { cluster: None, margin: -1.0, rival: -1.0 };
        for (Candidate { cluster, .. }, likeness) in candidates.iter().zip(&figures) {
            let other = match self.by_no.get(cluster) {
                _ if *cluster == no => others,
                Some(known) => known.members.as_slice(),
                None => continue,
            };
            let margin = self.judge.margin(&Asked { question: Question::Join, likeness, one: &[arrival], other });
            if *cluster == no {
                staying = margin;
            } else if verdict.margin < margin {
                verdict.margin = margin;
                verdict.cluster = (0.0 < margin).then_some(*cluster);
            }
        }
        (staying, verdict)
    }
}
