//! Parting a cluster whose reports have come to tell two stories.

use std::sync::Arc;

use super::Clusters;
use crate::fingerprint::{Fingerprint, Kind};
use crate::index::ClusterNo;
use crate::judge::{Asked, Judge, Question};
use crate::likeness::{Likeness, Measure, compete, likeness};
use crate::profile::Profile;
use crate::rarity::Rarity;

/// Smaller clusters are left alone.
const PARTED_MIN: usize = 4;
/// Reports that are looked at; the latest.
const PARTED_MAX: usize = 96;
/// A half with fewer reports is a stray, not a story.
const HALF_MIN: usize = 2;
/// Rounds of assigning reports to halves.
const ROUNDS: usize = 3;
/// Keys of each kind that are kept of a report for this.
const KEYS_KEPT: usize = 24;

/// Keeps of a fingerprint what parting needs.
pub(super) fn shorten(fingerprint: &mut Fingerprint, rarity: &Rarity) {
    let lang = fingerprint.lang;
    for kind in Kind::ALL {
        fingerprint.bags[kind.idx()].keep_heaviest(KEYS_KEPT, |key, weight| weight * rarity.of(kind, lang, key));
    }
}

impl<J: Judge> Clusters<J> {
    /// Parts the cluster in two when its halves would not be taken for one story.
    pub(super) fn part(&mut self, no: ClusterNo) {
        let Some(cluster) = self.by_no.get(&no) else { return };
        // Reports that were settled are in the profile and cannot be told apart any more.
        if cluster.members.len() < PARTED_MIN || PARTED_MAX < cluster.members.len() {
            return;
        }
        let members = cluster.members.clone();
        let whole = cluster.profile.n_reports;
        let prints: Vec<Arc<Fingerprint>> = members.iter().map(|member| Arc::clone(self.fingerprint(*member))).collect();
        let Some(is_second) = halves(&prints, &self.rarity) else { return };
        let select = |second: bool| members.iter().zip(&is_second).filter(move |(_, is)| **is == second).map(|(member, _)| *member);
        let (first, second): (Vec<u64>, Vec<u64>) = (select(false).collect(), select(true).collect());
        if first.len().min(second.len()) < HALF_MIN {
            return;
        }
        let profiles = [self.profile_of(&first), self.profile_of(&second)];
        let mut figures: Likeness = likeness(&profiles[0], &profiles[1], &self.rarity);
        // The halves are compared with nobody else.
        compete(std::slice::from_mut(&mut figures));
        figures[Measure::Rank as usize] = 1.0;
        let asked = Asked { question: Question::Part, likeness: &figures, one: &first, other: &second };
        if 0.0 <= self.judge.margin(&asked) {
            return;
        }
        let settled = whole - profiles[0].n_reports - profiles[1].n_reports;
        if 0.5 < settled {
            return;
        }
        let [profile, leaving] = profiles;
        if let Some(cluster) = self.by_no.get_mut(&no) {
            cluster.profile = profile;
            cluster.members = first;
        }
        let new = self.open();
        self.put(new, &leaving, second);
    }

    fn profile_of(&self, members: &[u64]) -> Profile {
        let mut profile = Profile::of(self.fingerprint(members[0]), &self.rarity);
        for member in &members[1..] {
            profile.add(&Profile::of(self.fingerprint(*member), &self.rarity), &self.rarity, |_| {});
        }
        profile
    }
}

/// Which reports belong to the second of two halves: two reports that are least alike gather the others around them.
fn halves(prints: &[Arc<Fingerprint>], rarity: &Rarity) -> Option<Vec<bool>> {
    let profiles: Vec<Profile> = prints.iter().map(|print| Profile::of(print, rarity)).collect();
    let least_like = |of: usize| {
        let others = (0..profiles.len()).filter(|other| *other != of);
        others.min_by(|a, b| nearness(&profiles[of], &profiles[*a], rarity).total_cmp(&nearness(&profiles[of], &profiles[*b], rarity)))
    };
    let one = least_like(0)?;
    let other = least_like(one)?;
    let mut centres = [profiles[one].clone(), profiles[other].clone()];
    let mut is_second = vec![false; profiles.len()];
    for _ in 0..ROUNDS {
        for (profile, is_second) in profiles.iter().zip(&mut is_second) {
            *is_second = nearness(profile, &centres[0], rarity) < nearness(profile, &centres[1], rarity);
        }
        for (centre, second) in centres.iter_mut().zip([false, true]) {
            let mut own = profiles.iter().zip(&is_second).filter(|(_, is)| **is == second).map(|(profile, _)| profile);
            *centre = own.next()?.clone();
            own.for_each(|profile| centre.add(profile, rarity, |_| {}));
        }
    }
    Some(is_second)
}

fn nearness(one: &Profile, other: &Profile, rarity: &Rarity) -> f32 {
    let figures = likeness(one, other, rarity);
    let of = |measure: Measure| figures[measure as usize];
    of(Measure::WordsCosine).max(of(Measure::CrossCosine)) + 0.5 * of(Measure::NamesCosine) + 0.5 * of(Measure::ConceptsCosine)
}
