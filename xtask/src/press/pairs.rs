//! Pairs of reports: growing and measuring the trees that compare two.

use std::collections::HashSet;

use courant_press::boost::{Example, Growth, grow};
use courant_press::{Comparer, Likeness, Trees};

use super::data::{self, Half, Pair};
use super::scores::Decisions;

/// There are thousands of headlines with copy.
const HEADLINE_GROWTH: Growth = Growth { n_trees: 240, depth_max: 5, rate: 0.1, one_in: 2 };
/// There are a hundred pairs of whole reports: few questions, each asked of many.
const WHOLE_GROWTH: Growth = Growth { n_trees: 30, depth_max: 2, rate: 0.12, one_in: 1 };
/// The smallest leaf stands for ten of them.
const WHOLE_WEIGHT: f32 = 3.0;

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

/// The trees that ship for pairs.
pub(crate) struct Grown {
    pub(crate) headline: Trees,
    pub(crate) whole: Trees,
}

/// Grows the trees that ship from all pairs, with those that editors decided, and prints how trees of one half decide about the other.
pub(crate) fn train(decided: &[Pair]) -> anyhow::Result<Grown> {
    let mut whole = data::telegram()?;
    let mut headline = data::fnc1()?;
    for pair in decided {
        // As what ships chooses between the two.
        let of_kind = if pair.one.is_whole() && pair.other.is_whole() { &mut whole } else { &mut headline };
        of_kind.push(pair.clone());
    }
    Ok(Grown {
        headline: crosswise("pairs-fnc1", &measured(&headline), HEADLINE_GROWTH, 1.0),
        whole: crosswise("clusters-telegram-pairs", &measured(&whole), WHOLE_GROWTH, WHOLE_WEIGHT),
    })
}

fn crosswise(name: &str, pairs: &[Measured], growth: Growth, weight: f32) -> Trees {
    let grown = |taken: &dyn Fn(&Measured) -> bool| {
        let taken = pairs.iter().filter(|pair| taken(pair));
        grow(&taken.map(|pair| Example { features: pair.likeness.to_vec(), is_yes: pair.is_same, weight }).collect::<Vec<_>>(), growth)
    };
    for half in [Half::A, Half::B] {
        let decisions = decided(pairs, &grown(&|pair| pair.half == half.other()), |pair| pair.half == half);
        println!(
            "{name}, half {half:?} by trees of the other: F1 {:.3} (P {:.3}, R {:.3}), accuracy {:.3}",
            decisions.f1(),
            decisions.precision(),
            decisions.recall(),
            decisions.accuracy()
        );
    }
    grown(&|_| true)
}
