//! How well machines agree with people: clusters, pairs and topics.

use courant_press::Shipped;

use super::Bench;
use super::table::{self, left_out, row};
use crate::press::data::{self, Half, Labelled, PACE_SECS};
use crate::press::scores::Agreement;
use crate::press::stream;

pub(super) fn measure(_: &Bench) -> anyhow::Result<()> {
    table::begin(&["what", "goal", "measured"]);
    clusters("clusters-og2021", "F1 0.75", data::og2021(), &["en", "pt", "es", "fr", "ru", "de", "sl", "ar"]);
    clusters("clusters-googlenews", "F1 0.93, NMI 0.955", data::googlenews(PACE_SECS), &[]);
    clusters("clusters-ecbplus", "F1 0.88", data::ecbplus(PACE_SECS), &[]);
    Ok(())
}

/// Plays a set whole, and shows it whole, by half and by language.
fn clusters(name: &str, goal: &str, set: anyhow::Result<Vec<Labelled>>, langs: &[&str]) {
    let set = match set {
        Ok(set) => set,
        Err(error) => return left_out(name, &format!("{error:#}")),
    };
    let (clusters, _) = stream::play(&set, Shipped);
    let show = |part: &str, goal: &str, agreed: Agreement| {
        let figures = format!(
            "F1 **{:.3}** (P {:.3}, R {:.3}), NMI {:.3}, pairwise F1 {:.3}",
            agreed.f1(),
            agreed.precision,
            agreed.recall,
            agreed.nmi,
            agreed.pairwise
        );
        row(&[&format!("{name}{part}, {} reports", agreed.n_reports), goal, &figures]);
    };
    show("", goal, stream::agreed(&set, &clusters, |_| true));
    for half in [Half::A, Half::B] {
        show(&format!(", half {half:?}"), "", stream::agreed(&set, &clusters, |labelled| labelled.half == half));
    }
    for lang in langs {
        let goal = if *lang == "en" { "F1 0.85" } else { "" };
        show(&format!(", {lang}"), goal, stream::agreed(&set, &clusters, |labelled| labelled.report.lang.code() == *lang));
    }
    if !langs.is_empty() {
        show(", stories in several languages", "", stream::agreed(&set, &clusters, stream::across_languages(&set)));
    }
}
