//! Pairs of reports: growing and measuring the trees that compare two.

use std::collections::HashSet;

use courant_press::boost::{Example, Growth, grow, weigh};
use courant_press::{Comparer, Likeness, Measure, Trees};

use super::data::{self, Half, Pair};
use super::scores::Decisions;

/// There are thousands of headlines with copy.
const HEADLINE_GROWTH: Growth = Growth { n_trees: 240, depth_max: 5, rate: 0.1, one_in: 2 };
/// There are a hundred pairs of whole reports: too few to grow trees from. Measures that say the same of reports of any length.
const WHOLE_MEASURES: [Measure; 6] =
    [Measure::WordsCosine, Measure::WordsCovered, Measure::TitleBetter, Measure::TitleWorse, Measure::TitlesCosine, Measure::NamesCovered];
/// Keeps their weights small.
const WHOLE_RIDGE: f64 = 6.0;

/// Each pair teaches twice: in the company of what was heard, and as if nothing had been.
const EACH_WAY: f32 = 0.5;

/// What would have been measured had nothing been heard that resembles either.
fn alone(likeness: &Likeness) -> Likeness {
    let mut alone = *likeness;
    for measure in [Measure::LongersCompany, Measure::ShortersCompany, Measure::BothCompanies] {
        alone[measure as usize] = 0.0;
    }
    alone
}

/// What was measured between two reports of a set, and what people say.
pub(crate) struct Measured {
    pub(crate) likeness: Likeness,
    pub(crate) is_same: bool,
    pub(crate) half: Half,
}

/// Measures all pairs of a half against the background of its reports alone, so that neither half tells the other what is rare or alike.
pub(crate) fn measured(pairs: &[Pair]) -> Vec<Measured> {
    [Half::A, Half::B].into_iter().flat_map(|half| measured_half(pairs, half)).collect()
}

fn measured_half(pairs: &[Pair], half: Half) -> Vec<Measured> {
    let mut comparer = Comparer::default();
    let mut heard: HashSet<(&str, &str)> = HashSet::new();
    let pairs = || pairs.iter().filter(|pair| pair.half == half);
    for report in pairs().flat_map(|pair| [&pair.one, &pair.other]) {
        if heard.insert((&report.id, &report.title)) {
            comparer.hear(report);
        }
    }
    let measure = |pair: &Pair| Measured { likeness: comparer.likeness(&pair.one, &pair.other), is_same: pair.is_same, half };
    pairs().map(measure).collect()
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
    let whole_measures = WHOLE_MEASURES.map(|measure| measure as usize);
    let mut whole = data::telegram()?;
    let mut headline = data::fnc1()?;
    for pair in decided {
        // As what ships chooses between the two.
        let of_kind = if pair.one.is_whole() && pair.other.is_whole() { &mut whole } else { &mut headline };
        of_kind.push(pair.clone());
    }
    Ok(Grown {
        headline: crosswise("pairs-fnc1", &measured(&headline), |examples| grow(examples, HEADLINE_GROWTH)),
        whole: crosswise("clusters-telegram-pairs", &measured(&whole), |examples| weigh(examples, &whole_measures, WHOLE_RIDGE)),
    })
}

fn crosswise(name: &str, pairs: &[Measured], learn: impl Fn(&[Example]) -> Trees) -> Trees {
    let learnt = |taken: &dyn Fn(&Measured) -> bool| {
        let taken = pairs.iter().filter(|pair| taken(pair));
        let example = |pair: &Measured| {
            [pair.likeness, alone(&pair.likeness)].map(|of| Example { features: of.to_vec(), is_yes: pair.is_same, weight: EACH_WAY })
        };
        learn(&taken.flat_map(example).collect::<Vec<_>>())
    };
    for half in [Half::A, Half::B] {
        let learnt = learnt(&|pair| pair.half == half.other());
        for (how, is_alone) in [("", false), (", nothing heard beside the two", true)] {
            let likeness = |pair: &Measured| if is_alone { alone(&pair.likeness) } else { pair.likeness };
            let measured = pairs.iter().map(|pair| Measured { likeness: likeness(pair), is_same: pair.is_same, half: pair.half });
            let decisions = decided(&measured.collect::<Vec<_>>(), &learnt, |pair| pair.half == half);
            println!(
                "{name}, half {half:?} by trees of the other{how}: F1 {:.3} (P {:.3}, R {:.3}), accuracy {:.3}",
                decisions.f1(),
                decisions.precision(),
                decisions.recall(),
                decisions.accuracy()
            );
        }
    }
    learnt(&|_| true)
}
