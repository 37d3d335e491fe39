//! Figures that say how well clusters and decisions agree with those of people.

use std::collections::HashMap;
use std::hash::Hash;

/// How well a clustering agrees with that of people.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Agreement {
    /// B-cubed precision: of what stands with a report, the part that belongs there.
    pub(crate) precision: f64,
    /// B-cubed recall: of what belongs with it, the part that stands there.
    pub(crate) recall: f64,
    /// The F1 of all pairs.
    pub(crate) pairwise: f64,
    /// Normalised mutual information, by the arithmetic mean of the entropies.
    pub(crate) nmi: f64,
    pub(crate) n_reports: usize,
}

impl Agreement {
    pub(crate) fn f1(&self) -> f64 {
        harmonic(self.precision, self.recall)
    }
}

pub(crate) fn harmonic(a: f64, b: f64) -> f64 {
    if a + b == 0.0 { 0.0 } else { 2.0 * a * b / (a + b) }
}

/// Compares for each report the story people gave it and the cluster it came to.
pub(crate) fn agreement<S: Eq + Hash, C: Eq + Hash>(reports: &[(S, C)]) -> Agreement {
    let mut stories: HashMap<&S, f64> = HashMap::new();
    let mut clusters: HashMap<&C, f64> = HashMap::new();
    let mut both: HashMap<(&S, &C), f64> = HashMap::new();
    for (story, cluster) in reports {
        *stories.entry(story).or_default() += 1.0;
        *clusters.entry(cluster).or_default() += 1.0;
        *both.entry((story, cluster)).or_default() += 1.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "far fewer reports than 2^52")]
    let n = reports.len() as f64;
    let (mut precision, mut recall, mut mutual) = (0.0, 0.0, 0.0);
    for ((story, cluster), n_both) in &both {
        let (of_story, of_cluster) = (stories[story], clusters[cluster]);
        precision += n_both * n_both / of_cluster;
        recall += n_both * n_both / of_story;
        mutual += n_both / n * (n_both * n / (of_story * of_cluster)).ln();
    }
    let n_pairs = |n: &f64| n * (n - 1.0) / 2.0;
    let (right, claimed, true_pairs) =
        (both.values().map(n_pairs).sum::<f64>(), clusters.values().map(n_pairs).sum::<f64>(), stories.values().map(n_pairs).sum::<f64>());
    let entropy = |counts: Vec<f64>| -counts.iter().map(|count| count / n * (count / n).ln()).sum::<f64>();
    let entropies = entropy(stories.values().copied().collect()) + entropy(clusters.values().copied().collect());
    Agreement {
        precision: precision / n,
        recall: recall / n,
        pairwise: harmonic(right / claimed, right / true_pairs),
        nmi: if entropies == 0.0 { 1.0 } else { 2.0 * mutual / entropies },
        n_reports: reports.len(),
    }
}

/// Counts of yes and no, right and wrong.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Decisions {
    pub(crate) n_hits: u32,
    pub(crate) n_false_alarms: u32,
    pub(crate) n_misses: u32,
    pub(crate) n_rejections: u32,
}

impl Decisions {
    pub(crate) fn note(&mut self, said: bool, is_so: bool) {
        match (said, is_so) {
            (true, true) => self.n_hits += 1,
            (true, false) => self.n_false_alarms += 1,
            (false, true) => self.n_misses += 1,
            (false, false) => self.n_rejections += 1,
        }
    }

    pub(crate) fn precision(&self) -> f64 {
        f64::from(self.n_hits) / f64::from((self.n_hits + self.n_false_alarms).max(1))
    }

    pub(crate) fn recall(&self) -> f64 {
        f64::from(self.n_hits) / f64::from((self.n_hits + self.n_misses).max(1))
    }

    /// Of the answer yes.
    pub(crate) fn f1(&self) -> f64 {
        harmonic(self.precision(), self.recall())
    }

    pub(crate) fn accuracy(&self) -> f64 {
        let n = self.n_hits + self.n_false_alarms + self.n_misses + self.n_rejections;
        f64::from(self.n_hits + self.n_rejections) / f64::from(n.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn the_same_clusters_agree_wholly() {
        let perfect = agreement(&[("a", 1), ("a", 1), ("b", 2), ("c", 3)]);
        assert!(near(perfect.f1(), 1.0) && near(perfect.pairwise, 1.0) && near(perfect.nmi, 1.0));
    }

    #[test]
    fn one_cluster_of_two_stories_is_half_right() {
        let lumped = agreement(&[("a", 1), ("a", 1), ("b", 1), ("b", 1)]);
        assert!(near(lumped.precision, 0.5) && near(lumped.recall, 1.0) && near(lumped.nmi, 0.0));
        let apart = agreement(&[("a", 1), ("a", 2)]);
        assert!(near(apart.precision, 1.0) && near(apart.recall, 0.5));
    }

    #[test]
    fn decisions_are_counted_by_what_was_so() {
        let mut decisions = Decisions::default();
        for (said, is_so) in [(true, true), (true, false), (false, true), (false, false)] {
            decisions.note(said, is_so);
        }
        assert!(near(decisions.f1(), 0.5) && near(decisions.accuracy(), 0.5));
    }
}
