//! How well machines agree with people: clusters, pairs and topics.

use courant_press::Lang;

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
