//! Growing [`Trees`] from examples: gradient boosting on the logistic loss, the same trees for the same examples.

use crate::key::stir;
use crate::trees::{Node, Trees, leaf};

/// Places where a feature may be parted, from its quantiles.
const CUTS_MAX: usize = 48;
/// Examples by weight that a leaf stands for at least.
const LEAF_WEIGHT_MIN: f64 = 30.0;
/// Keeps leaves modest.
const SHRINK_LEAF: f64 = 4.0;

/// One thing that was judged, and the right answer.
#[derive(Clone, Debug)]
pub struct Example {
    /// What was measured.
    pub features: Vec<f32>,
    /// Whether yes was right.
    pub is_yes: bool,
    /// How much it counts.
    pub weight: f32,
}

/// How trees are grown.
#[derive(Clone, Copy, Debug)]
pub struct Growth {
    /// How many trees.
    pub n_trees: usize,
    /// Questions on the way to a leaf.
    pub depth_max: usize,
    /// The part of each tree's answer that is taken.
    pub rate: f64,
    /// Each tree is grown on one in this many examples, chosen anew for each; at least 1.
    pub one_in: u64,
}

struct Table<'e> {
    examples: &'e [Example],
    /// Where each feature may be parted.
    cuts: Vec<Vec<f32>>,
    /// The number of cuts at or below the value, for each feature of each example.
    bins: Vec<Vec<u8>>,
}

/// Slope and curvature of the loss at an example.
#[derive(Clone, Copy, Default)]
struct Slope {
    gradient: f64,
    curvature: f64,
}

impl Slope {
    fn add(&mut self, other: Self) {
        self.gradient += other.gradient;
        self.curvature += other.curvature;
    }

    fn minus(self, other: Self) -> Self {
        Self { gradient: self.gradient - other.gradient, curvature: self.curvature - other.curvature }
    }

    fn gain(self) -> f64 {
        self.gradient * self.gradient / (self.curvature + SHRINK_LEAF)
    }

    fn step(self) -> f64 {
        -self.gradient / (self.curvature + SHRINK_LEAF)
    }
}

/// Grows trees that answer as the examples do. Empty when there are none.
pub fn grow(examples: &[Example], growth: Growth) -> Trees {
    let Some(n_features) = examples.first().map(|example| example.features.len()) else { return Trees::default() };
    let table = Table::new(examples, n_features);
    let weight = |yes: bool| examples.iter().filter(|e| e.is_yes == yes).map(|e| f64::from(e.weight)).sum::<f64>();
    let bias = ((weight(true) + 1.0) / (weight(false) + 1.0)).ln();
    let mut log_odds = vec![bias; examples.len()];
    let mut trees = Vec::with_capacity(growth.n_trees);
    for tree in 0..growth.n_trees as u64 {
        let slopes: Vec<Slope> = examples.iter().zip(&log_odds).map(|(example, odds)| slope(example, *odds)).collect();
        let is_drawn = |row: &usize| stir((*row as u64) << 16 | tree).is_multiple_of(growth.one_in.max(1));
        let drawn: Vec<usize> = (0..examples.len()).filter(is_drawn).collect();
        let mut nodes = Vec::new();
        table.branch(&slopes, drawn, growth, 0, &mut nodes);
        for (odds, example) in log_odds.iter_mut().zip(examples) {
            *odds += f64::from(leaf(&nodes, &example.features));
        }
        trees.push(nodes);
    }
    Trees { bias: narrow(bias), weights: Vec::new(), all: trees, accept: 0.5 }
}

/// Steps towards the best weights.
const STEPS: u32 = 3_000;
/// How far each goes.
const STEP: f64 = 0.3;

/// Weighs the figures named, where there are too few examples to grow trees from: logistic regression that keeps weights small.
/// `ridge` is what a weight of 1 on a figure of usual spread costs, in examples.
pub fn weigh(examples: &[Example], features: &[usize], ridge: f64) -> Trees {
    if examples.is_empty() {
        return Trees::default();
    }
    let whole: f64 = examples.iter().map(|e| f64::from(e.weight)).sum();
    let mean_of = |of: &dyn Fn(&Example) -> f64| examples.iter().map(|e| f64::from(e.weight) * of(e)).sum::<f64>() / whole;
    let figure = |e: &Example, feature: usize| f64::from(e.features[feature]);
    let means: Vec<f64> = features.iter().map(|feature| mean_of(&|e| figure(e, *feature))).collect();
    let spread = |(feature, mean): (&usize, &f64)| mean_of(&|e| (figure(e, *feature) - mean).powi(2)).sqrt().max(1e-6);
    let spreads: Vec<f64> = features.iter().zip(&means).map(spread).collect();
    let centred: Vec<Vec<f64>> = examples
        .iter()
        .map(|e| {
            features.iter().zip(means.iter().zip(&spreads)).map(|(feature, (mean, spread))| (figure(e, *feature) - mean) / spread).collect()
        })
        .collect();
    let mut bias = 0.0;
    let mut weights = vec![0.0; features.len()];
    for _ in 0..STEPS {
        let mut slopes = vec![0.0; features.len()];
        let mut bias_slope = 0.0;
        for (example, figures) in examples.iter().zip(&centred) {
            let odds = bias + figures.iter().zip(&weights).map(|(figure, weight)| figure * weight).sum::<f64>();
            let gradient = slope(example, odds).gradient / whole;
            bias_slope += gradient;
            slopes.iter_mut().zip(figures).for_each(|(slope, figure)| *slope += gradient * figure);
        }
        bias -= STEP * bias_slope;
        for (weight, slope) in weights.iter_mut().zip(&slopes) {
            *weight -= STEP * (slope + ridge * *weight / whole);
        }
    }
    let weights: Vec<f64> = weights.iter().zip(&spreads).map(|(weight, spread)| weight / spread).collect();
    let bias = bias - weights.iter().zip(&means).map(|(weight, mean)| weight * mean).sum::<f64>();
    Trees {
        bias: narrow(bias),
        weights: features.iter().copied().zip(weights.into_iter().map(narrow)).collect(),
        all: Vec::new(),
        accept: 0.5,
    }
}

fn slope(example: &Example, log_odds: f64) -> Slope {
    let probability = 1.0 / (1.0 + (-log_odds).exp());
    let target = f64::from(u8::from(example.is_yes));
    let weight = f64::from(example.weight);
    Slope { gradient: weight * (probability - target), curvature: weight * probability * (1.0 - probability) }
}

impl<'e> Table<'e> {
    fn new(examples: &'e [Example], n_features: usize) -> Self {
        let cuts: Vec<Vec<f32>> = (0..n_features).map(|feature| cuts(examples, feature)).collect();
        let bin = |feature: usize, value: f32| u8::try_from(cuts[feature].partition_point(|cut| *cut <= value)).unwrap_or(u8::MAX);
        let bins = (0..n_features).map(|feature| examples.iter().map(|e| bin(feature, e.features[feature])).collect()).collect();
        Self { examples, cuts, bins }
    }

    /// Adds the tree over `rows` to `nodes`.
    fn branch(&self, slopes: &[Slope], rows: Vec<usize>, growth: Growth, depth: usize, nodes: &mut Vec<Node>) {
        let here = nodes.len();
        nodes.push(Node::Leaf(0.0));
        let split = if depth < growth.depth_max { self.best_split(slopes, &rows) } else { None };
        let Some((feature, cut)) = split else {
            let mut total = Slope::default();
            for row in &rows {
                total.add(slopes[*row]);
            }
            nodes[here] = Node::Leaf(narrow(growth.rate * total.step()));
            return;
        };
        let (below, above): (Vec<usize>, Vec<usize>) = rows.into_iter().partition(|row| usize::from(self.bins[feature][*row]) <= cut);
        let below_at = nodes.len();
        self.branch(slopes, below, growth, depth + 1, nodes);
        let above_at = nodes.len();
        self.branch(slopes, above, growth, depth + 1, nodes);
        nodes[here] = Node::Split { feature, at: self.cuts[feature][cut], below: below_at, above: above_at };
    }

    /// The feature and the cut that part the rows best; the first of equals.
    fn best_split(&self, slopes: &[Slope], rows: &[usize]) -> Option<(usize, usize)> {
        let mut best = None;
        let mut best_gain = 1e-3;
        for (feature, cuts) in self.cuts.iter().enumerate() {
            let mut totals = vec![(Slope::default(), 0.0_f64); cuts.len() + 1];
            for row in rows {
                let (slope, weight) = &mut totals[usize::from(self.bins[feature][*row])];
                slope.add(slopes[*row]);
                *weight += f64::from(self.examples[*row].weight);
            }
            let mut whole = (Slope::default(), 0.0);
            for (slope, weight) in &totals {
                whole.0.add(*slope);
                whole.1 += weight;
            }
            let mut below = (Slope::default(), 0.0);
            for (cut, (slope, weight)) in totals[..cuts.len()].iter().enumerate() {
                below.0.add(*slope);
                below.1 += weight;
                if below.1 < LEAF_WEIGHT_MIN || whole.1 - below.1 < LEAF_WEIGHT_MIN {
                    continue;
                }
                let gain = below.0.gain() + whole.0.minus(below.0).gain() - whole.0.gain();
                if best_gain < gain {
                    best_gain = gain;
                    best = Some((feature, cut));
                }
            }
        }
        best
    }
}

fn cuts(examples: &[Example], feature: usize) -> Vec<f32> {
    let mut values: Vec<f32> = examples.iter().map(|example| example.features[feature]).collect();
    values.sort_by(f32::total_cmp);
    values.dedup();
    let n_values = values.len();
    let mut cuts: Vec<f32> = (1..=CUTS_MAX.min(n_values.saturating_sub(1)))
        .map(|part| {
            let at = part * n_values / (CUTS_MAX.min(n_values - 1) + 1);
            // A short number between two values, so that the file stays short and rounding parts nothing anew.
            short(f32::midpoint(values[at.max(1) - 1], values[at.max(1)]))
        })
        .collect();
    cuts.dedup();
    cuts
}

fn short(value: f32) -> f32 {
    (value * 10_000.0).round() / 10_000.0
}

fn narrow(value: f64) -> f32 {
    #[expect(clippy::cast_possible_truncation, reason = "parameters have four digits")]
    short(value as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_learn_what_no_single_feature_says() {
        let examples: Vec<Example> = (0..4_000_u16)
            .map(|n| {
                let (a, b) = (f32::from(n % 20) / 20.0, f32::from((n / 20) % 20) / 20.0);
                Example { features: vec![a, b], is_yes: (0.5 < a) != (0.5 < b), weight: 1.0 }
            })
            .collect();
        let growth = Growth { n_trees: 40, depth_max: 3, rate: 0.3, one_in: 2 };
        let trees = grow(&examples, growth);
        let n_right = examples.iter().filter(|e| (0.5 < trees.probability(&e.features)) == e.is_yes).count();
        assert!(3_900 < n_right, "{n_right} of 4000");
        assert_eq!(grow(&examples, growth), trees, "the same examples grow the same trees");
        assert_eq!(Trees::parse(&trees.to_string()).unwrap(), trees);
    }

    #[test]
    fn figures_are_weighed_by_what_they_tell() {
        let examples: Vec<Example> =
            (0..60_u8).map(|n| Example { features: vec![f32::from(n % 7), f32::from(n) / 60.0], is_yes: 30 <= n, weight: 1.0 }).collect();
        let weighed = weigh(&examples, &[0, 1], 0.1);
        assert_eq!(examples.iter().filter(|e| (0.5 < weighed.probability(&e.features)) == e.is_yes).count(), 60);
        assert!(weighed.weights[0].1.abs() < 0.3 && 3.0 < weighed.weights[1].1, "{:?}", weighed.weights);
        let held_back = weigh(&examples, &[0, 1], 30.0);
        assert!(held_back.weights[1].1 < weighed.weights[1].1, "a ridge keeps weights small");
    }

    #[test]
    fn without_examples_nothing_grows() {
        assert_eq!(weigh(&[], &[0], 1.0), Trees::default());
        assert_eq!(grow(&[], Growth { n_trees: 5, depth_max: 2, rate: 0.1, one_in: 1 }), Trees::default());
    }
}
