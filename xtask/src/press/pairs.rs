//! Pairs of reports: growing and measuring the trees that compare two.

use std::collections::HashSet;

use courant_press::boost::{Example, Growth, grow};
use courant_press::{Comparer, Likeness, Trees};

use super::data::{self, Half, Pair};
use super::scores::Decisions;

const GROWTH: Growth = Growth { n_trees: 80, depth_max: 4, rate: 0.12, one_in: 2 };
/// The set of whole texts is small; its answers count so much more.
const TELEGRAM_WEIGHT: f32 = 12.0;

/// What was measured between two reports of a set, and what people say.
pub(crate) struct Measured {
    pub(crate) likeness: Likeness,
    pub(crate) is_same: bool,
    pub(crate) half: Half,
}

/// Measures all pairs against the background of all their reports.
pub(crate) fn measured(pairs: &[Pair]) -> Vec<Measured> {
    let mut comparer = Comparer::default();
    let mut heard: HashSet<(&str, &str)> = HashSet::new();
    for report in pairs.iter().flat_map(|pair| [&pair.one, &pair.other]) {
        if heard.insert((&report.id, &report.title)) {
            comparer.hear(report);
        }
    }
    let measure = |pair: &Pair| Measured { likeness: comparer.likeness(&pair.one, &pair.other), is_same: pair.is_same, half: pair.half };
    pairs.iter().map(measure).collect()
}

/// How the trees decide about what `counts` lets through.
pub(crate) fn decided(measured: &[Measured], trees: &Trees, counts: impl Fn(&Measured) -> bool) -> Decisions {
    let mut decisions = Decisions::default();
    for pair in measured.iter().filter(|pair| counts(pair)) {
        decisions.note(trees.accept <= trees.probability(&pair.likeness), pair.is_same);
    }
    decisions
}

/// Grows the trees that ship from all pairs, and prints how trees of one half decide about the other.
pub(crate) fn train() -> anyhow::Result<Trees> {
    let sets = [("clusters-telegram-pairs", measured(&data::telegram()?), TELEGRAM_WEIGHT), ("pairs-fnc1", measured(&data::fnc1()?), 1.0)];
    let grown = |half: Option<Half>| {
        let mut examples = Vec::new();
        for (_, pairs, weight) in &sets {
            let taken = pairs.iter().filter(|pair| half.is_none_or(|half| pair.half == half));
            examples.extend(taken.map(|pair| Example { features: pair.likeness.to_vec(), is_yes: pair.is_same, weight: *weight }));
        }
        grow(&examples, GROWTH)
    };
    for half in [Half::A, Half::B] {
        let trees = grown(Some(half));
        for (name, pairs, _) in &sets {
            let decisions = decided(pairs, &trees, |pair| pair.half == half.other());
            println!(
                "{name}, half {:?} by trees of the other: F1 {:.3} (P {:.3}, R {:.3}), accuracy {:.3}",
                half.other(),
                decisions.f1(),
                decisions.precision(),
                decisions.recall(),
                decisions.accuracy()
            );
        }
    }
    Ok(grown(None))
}
