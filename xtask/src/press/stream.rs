//! Playing a labelled set through the matcher.

use std::collections::HashMap;

use courant_press::{Clusters, Judge};

use super::data::Labelled;
use super::scores::{Agreement, agreement};

/// Plays reports and answers the cluster of each, in order, and the judge.
pub(crate) fn play<J: Judge>(set: &[Labelled], judge: J) -> (Vec<u32>, J) {
    let mut clusters = Clusters::new(judge);
    let mut settled = Vec::with_capacity(set.len());
    for labelled in set {
        clusters.take(&labelled.report);
        settled.extend(clusters.settled());
    }
    settled.extend(clusters.settle_all());
    (settled.into_iter().map(|settled| settled.cluster).collect(), clusters.into_judge())
}

/// What agrees, over the reports that `counts` lets through.
pub(crate) fn agreed(set: &[Labelled], clusters: &[u32], counts: impl Fn(&Labelled) -> bool) -> Agreement {
    let counted = set.iter().zip(clusters).filter(|(labelled, _)| counts(labelled));
    agreement(&counted.map(|(labelled, cluster)| (labelled.story.as_str(), *cluster)).collect::<Vec<_>>())
}

/// The stories told in more than one language.
pub(crate) fn across_languages(set: &[Labelled]) -> impl Fn(&Labelled) -> bool {
    let mut langs: HashMap<String, Vec<courant_press::Lang>> = HashMap::new();
    for labelled in set {
        let known = langs.entry(labelled.story.clone()).or_default();
        if !known.contains(&labelled.report.lang) {
            known.push(labelled.report.lang);
        }
    }
    move |labelled| langs.get(&labelled.story).is_some_and(|langs| 1 < langs.len())
}
