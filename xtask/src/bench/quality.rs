//! How well machines agree with people: clusters, pairs and topics.

use std::collections::HashMap;

use courant_press::{Lang, Matcher, Relation, Side, WINDOW_SECS};

use super::table::{self, left_out};
use super::{Bench, topics};
use crate::press::data::{self, Half, Labelled, PACE_SECS, Pair};
use crate::press::scores::Agreement;
use crate::press::train::Grown;
use crate::press::{self, stream};

pub(super) fn measure(_: &Bench) -> anyhow::Result<()> {
    let grown = Grown::shipped()?;
    table::begin_goals();
    clusters(&grown, "clusters-og2021", "F1 0.75", data::og2021(), &["en", "pt", "es", "fr", "ru", "de", "sl", "ar"]);
    clusters(&grown, "clusters-googlenews", "F1 0.93, NMI 0.955", data::googlenews(PACE_SECS), &[]);
    clusters(&grown, "clusters-ecbplus", "F1 0.88", data::ecbplus(PACE_SECS), &[]);
    beside("clusters-og2021", data::og2021());
    beside("clusters-ecbplus", data::ecbplus(PACE_SECS));
    pairs("clusters-telegram-pairs", "F1 0.95", data::telegram());
    pairs("pairs-fnc1", "F1 0.97", data::fnc1());
    topics::measure()
}

fn pairs(name: &str, goal: &str, set: anyhow::Result<Vec<Pair>>) {
    let set = match set {
        Ok(set) => set,
        Err(error) => return left_out(name, &format!("{error:#}")),
    };
    let Some(first) = set.first() else { return left_out(name, "it is empty") };
    let trees = courant_press::pair_trees(&first.one, &first.other);
    let measured = press::pairs::measured(&set);
    for (part, goal, half) in [("", goal, None), (", half A", "", Some(Half::A)), (", half B", "", Some(Half::B))] {
        let decisions = press::pairs::decided(&measured, trees, |pair| half.is_none_or(|half| pair.half == half));
        let figures = format!(
            "F1 **{:.3}** (P {:.3}, R {:.3}), accuracy {:.3}",
            decisions.f1(),
            decisions.precision(),
            decisions.recall(),
            decisions.accuracy()
        );
        table::goal(&format!("{name}{part}"), goal, &figures);
    }
}

/// Every so many reports one counts as a story of ours.
const OURS_ONE_IN: usize = 4;

/// Plays a set with a part of its reports as our stories: how many reports that are shown beside a story tell it, and how many that tell it
/// are shown.
fn beside(name: &str, set: anyhow::Result<Vec<Labelled>>) {
    let set = match set {
        Ok(set) => set,
        Err(error) => return left_out(name, &format!("{error:#}")),
    };
    let mut matcher = Matcher::default();
    let label: HashMap<&str, &Labelled> = set.iter().map(|labelled| (labelled.report.id.as_str(), labelled)).collect();
    let (mut n_right, mut n_wrong, mut n_behind) = (0_u32, 0_u32, 0_u32);
    let mut by_score = [(0_u32, 0_u32); 10];
    // How many of each side there are of a story, and when.
    let mut sides: HashMap<&str, [Vec<i64>; 2]> = HashMap::new();
    for (idx, labelled) in set.iter().enumerate() {
        let is_ours = idx % OURS_ONE_IN == 0;
        let side = if is_ours { Side::Ours } else { Side::Theirs };
        sides.entry(&labelled.story).or_default()[usize::from(is_ours)].push(labelled.report.published_at.as_second());
        let mut report = labelled.report.clone();
        report.source = format!("outlet {}", idx % 50);
        for found in matcher.take(side, &report) {
            let is_right = label[found.story.as_str()].story == label[found.report.as_str()].story;
            match found.relation {
                Relation::Same if is_right => n_right += 1,
                Relation::Same => n_wrong += 1,
                Relation::Background => n_behind += 1,
            }
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a tenth")]
            let tenth = &mut by_score[((found.comparison.score * 10.0) as usize).min(9)];
            tenth.0 += u32::from(is_right);
            tenth.1 += 1;
        }
    }
    let n_pairs: usize = sides
        .values()
        .map(|[theirs, ours]| {
            ours.iter().map(|at| theirs.iter().filter(|other| (*at - **other).abs() <= WINDOW_SECS).count()).sum::<usize>()
        })
        .sum();
    let share = |part: u32, whole: f64| f64::from(part) / whole.max(1.0);
    #[expect(clippy::cast_precision_loss, reason = "some thousand pairs")]
    let recall = share(n_right, n_pairs as f64);
    let precision = share(n_right, f64::from(n_right + n_wrong));
    let figures = format!("P **{precision:.3}**, R {recall:.3} of {n_pairs} pairs within the window; {n_behind} as background");
    table::goal(&format!("{name}, reports beside stories"), "P 0.9", &figures);
    for (tenth, (n_right, n_all)) in by_score.iter().enumerate().filter(|(_, (_, n_all))| *n_all != 0) {
        let told = share(*n_right, f64::from(*n_all));
        table::goal(&format!("{name}, score from 0.{tenth}"), "", &format!("{told:.3} of {n_all} tell the same"));
    }
}

/// Plays a set whole, and shows it whole, by half and by language.
fn clusters(grown: &Grown, name: &str, goal: &str, set: anyhow::Result<Vec<Labelled>>, langs: &[&str]) {
    let set = match set {
        Ok(set) => set,
        Err(error) => return left_out(name, &format!("{error:#}")),
    };
    let (clusters, _) = stream::play(&set, grown.clone());
    let show = |part: &str, goal: &str, agreed: Agreement| {
        let figures = format!(
            "F1 **{:.3}** (P {:.3}, R {:.3}), NMI {:.3}, pairwise F1 {:.3}",
            agreed.f1(),
            agreed.precision,
            agreed.recall,
            agreed.nmi,
            agreed.pairwise
        );
        table::goal(&format!("{name}{part}, {} reports", agreed.n_reports), goal, &figures);
    };
    show("", goal, stream::agreed(&set, &clusters, |_| true));
    for half in [Half::A, Half::B] {
        show(&format!(", half {half:?}"), "", stream::agreed(&set, &clusters, |labelled| labelled.half == half));
    }
    if !langs.is_empty() {
        let english: Vec<Labelled> = set.iter().filter(|labelled| labelled.report.lang == Lang::ENGLISH).cloned().collect();
        let (clusters, _) = stream::play(&english, grown.clone());
        show(", English alone", "F1 0.85", stream::agreed(&english, &clusters, |_| true));
    }
    for lang in langs {
        show(&format!(", {lang}"), "", stream::agreed(&set, &clusters, |labelled| labelled.report.lang.code() == *lang));
    }
    if !langs.is_empty() {
        show(", stories in several languages", "", stream::agreed(&set, &clusters, stream::across_languages(&set)));
    }
}
