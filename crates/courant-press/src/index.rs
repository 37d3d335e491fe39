//! Which clusters hold a piece of evidence, for finding candidates.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// Clusters remembered for one key, the latest; what more of them hold is too common to find anything by.
const CLUSTERS_OF_KEY_MAX: usize = 256;
/// Keys of one search.
const KEYS_MAX: usize = 48;
/// Entries read in one search: the rarest keys first, and what is left of them when that is enough.
const ENTRIES_READ_MAX: usize = 6_144;
/// Candidates of one search.
const CANDIDATES_MAX: usize = 32;

/// A cluster as the index names it.
pub(crate) type ClusterNo = u32;

/// An inverted index over clusters. Entries of clusters that are gone are left until their key is written again or swept.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Index {
    clusters: FxHashMap<u64, VecDeque<ClusterNo>>,
}

/// A cluster that shares evidence with what was looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) cluster: ClusterNo,
    /// The weight of the shared evidence.
    pub(crate) found: f32,
}

impl Index {
    /// Notes that a cluster holds a key.
    pub(crate) fn note(&mut self, key: u64, cluster: ClusterNo) {
        let clusters = self.clusters.entry(key).or_default();
        if clusters.back() != Some(&cluster) {
            clusters.push_back(cluster);
        }
        if CLUSTERS_OF_KEY_MAX < clusters.len() {
            clusters.pop_front();
        }
    }

    /// The keys a search reads, the weightiest first.
    pub(crate) fn read(mut keys: Vec<(u64, f32)>) -> Vec<(u64, f32)> {
        keys.sort_by(|(a, wa), (b, wb)| wb.total_cmp(wa).then(a.cmp(b)));
        keys.truncate(KEYS_MAX);
        keys
    }

    /// The clusters that share most by weight, best first; of equals the older. `is_here` says which still exist.
    pub(crate) fn search(&self, keys: Vec<(u64, f32)>, is_here: impl Fn(ClusterNo) -> bool) -> Vec<Candidate> {
        let mut found: FxHashMap<ClusterNo, f32> = FxHashMap::default();
        let mut n_read = 0;
        for (key, weight) in Self::read(keys) {
            let Some(clusters) = self.clusters.get(&key) else { continue };
            for cluster in clusters {
                *found.entry(*cluster).or_default() += weight;
            }
            n_read += clusters.len();
            if ENTRIES_READ_MAX < n_read {
                break;
            }
        }
        let mut candidates: Vec<Candidate> = found.into_iter().map(|(cluster, found)| Candidate { cluster, found }).collect();
        let best_first = |a: &Candidate, b: &Candidate| b.found.total_cmp(&a.found).then(a.cluster.cmp(&b.cluster));
        // Whether a cluster is still here is asked of the best first, of the others only when too few of those are.
        let mut best = Vec::with_capacity(CANDIDATES_MAX);
        while best.len() < CANDIDATES_MAX && !candidates.is_empty() {
            let n_next = (2 * CANDIDATES_MAX).min(candidates.len());
            if n_next < candidates.len() {
                candidates.select_nth_unstable_by(n_next, best_first);
            }
            let rest = candidates.split_off(n_next);
            candidates.sort_by(best_first);
            best.extend(candidates.iter().filter(|candidate| is_here(candidate.cluster)).take(CANDIDATES_MAX - best.len()));
            candidates = rest;
        }
        best
    }

    /// Forgets clusters that are gone.
    pub(crate) fn sweep(&mut self, is_here: impl Fn(ClusterNo) -> bool) {
        self.clusters.retain(|_, clusters| {
            clusters.retain(|cluster| is_here(*cluster));
            !clusters.is_empty()
        });
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.clusters.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cluster_that_shares_most_comes_first() {
        let mut index = Index::default();
        for (key, cluster) in [(1, 10), (2, 10), (1, 20), (3, 30)] {
            index.note(key, cluster);
        }
        let found = |gone| index.search(vec![(1, 1.0), (2, 0.5), (9, 5.0)], |cluster| cluster != gone);
        let clusters = |found: Vec<Candidate>| found.iter().map(|candidate| candidate.cluster).collect::<Vec<_>>();
        assert_eq!(clusters(found(0)), [10, 20]);
        assert_eq!(clusters(found(10)), [20]);
    }

    #[test]
    fn common_keys_and_long_lists_are_bounded() {
        let mut index = Index::default();
        (0..1_000).for_each(|cluster| index.note(7, cluster));
        assert_eq!(index.search(vec![(7, 1.0)], |_| true).len(), CANDIDATES_MAX);
        assert!(index.search(vec![(7, 1.0)], |cluster| cluster < 500).is_empty(), "the oldest are forgotten");
        index.sweep(|_| false);
        assert_eq!(index.len(), 0);
    }
}
