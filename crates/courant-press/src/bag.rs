//! Weighted keys of one kind.

use serde::{Deserialize, Serialize};

/// Keys one bag keeps; the lightest leave first.
const KEYS_MAX: usize = 256;
/// A weight that is left of subtracting and stands for nothing.
const NOTHING: f32 = 1e-3;
/// How many stay when it overflows.
const KEYS_KEPT: usize = 192;

/// Keys with their weights, sorted by key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Bag {
    weights: Vec<(u64, f32)>,
}

impl Bag {
    /// Adds weight to a key; true when the key is new.
    pub(crate) fn add(&mut self, key: u64, weight: f32) -> bool {
        match self.weights.binary_search_by_key(&key, |(known, _)| *known) {
            Ok(at) => {
                self.weights[at].1 += weight;
                false
            }
            Err(at) => {
                self.weights.insert(at, (key, weight));
                true
            }
        }
    }

    /// Takes off what another bag added.
    pub(crate) fn take_off(&mut self, other: &Self) {
        for (key, weight) in other.iter() {
            if let Ok(at) = self.weights.binary_search_by_key(&key, |(known, _)| *known) {
                self.weights[at].1 -= weight;
            }
        }
        self.weights.retain(|(_, weight)| NOTHING < *weight);
    }

    /// Whether each key of another bag is here with at least its weight there.
    pub(crate) fn holds(&self, other: &Self) -> bool {
        other.iter().all(|(key, weight)| self.get(key).is_some_and(|here| weight <= here))
    }

    /// Drops the lightest keys when there are too many.
    pub(crate) fn keep_within(&mut self) {
        if KEYS_MAX < self.weights.len() {
            self.keep_heaviest(KEYS_KEPT, |_, weight| weight);
        }
    }

    /// Keeps the `n` keys that `weigh` finds heaviest.
    pub(crate) fn keep_heaviest(&mut self, n: usize, weigh: impl Fn(u64, f32) -> f32) {
        if self.weights.len() <= n {
            return;
        }
        self.weights.sort_by(|(a, wa), (b, wb)| weigh(*b, *wb).total_cmp(&weigh(*a, *wa)).then(a.cmp(b)));
        self.weights.truncate(n);
        self.weights.sort_by_key(|(key, _)| *key);
        self.weights.shrink_to_fit();
    }

    pub(crate) fn get(&self, key: u64) -> Option<f32> {
        self.weights.binary_search_by_key(&key, |(known, _)| *known).ok().map(|at| self.weights[at].1)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (u64, f32)> + '_ {
        self.weights.iter().copied()
    }

    pub(crate) fn len(&self) -> usize {
        self.weights.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// Calls `sink` with each key of both and its weights here and there.
    pub(crate) fn shared(&self, other: &Self, mut sink: impl FnMut(u64, f32, f32)) {
        // The smaller is usually a single report, the larger a story of many: looking up costs less than walking both.
        if self.len() <= other.len() {
            self.iter().for_each(|(key, here)| other.get(key).into_iter().for_each(|there| sink(key, here, there)));
        } else {
            other.iter().for_each(|(key, there)| self.get(key).into_iter().for_each(|here| sink(key, here, there)));
        }
    }

    /// The length as a vector, each key weighed by its rarity.
    pub(crate) fn norm(&self, rarity: impl Fn(u64) -> f32) -> f32 {
        self.iter().map(|(key, weight)| (weight * rarity(key)).powi(2)).sum::<f32>().sqrt()
    }
}

impl FromIterator<(u64, f32)> for Bag {
    fn from_iter<T: IntoIterator<Item = (u64, f32)>>(keys: T) -> Self {
        let mut bag = Self::default();
        for (key, weight) in keys {
            bag.add(key, weight);
        }
        bag
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_of_a_key_add_up() {
        let bag: Bag = [(5, 1.0), (3, 2.0), (5, 0.5)].into_iter().collect();
        assert_eq!(bag.iter().collect::<Vec<_>>(), [(3, 2.0), (5, 1.5)]);
    }

    #[test]
    fn what_is_shared_is_seen_from_both_sides() {
        let small: Bag = [(1, 1.0), (2, 2.0)].into_iter().collect();
        let large: Bag = [(2, 5.0), (3, 1.0), (4, 1.0)].into_iter().collect();
        for (a, b, expected) in [(&small, &large, (2, 2.0, 5.0)), (&large, &small, (2, 5.0, 2.0))] {
            let mut seen = Vec::new();
            a.shared(b, |key, here, there| seen.push((key, here, there)));
            assert_eq!(seen, [expected]);
        }
    }

    #[test]
    fn what_was_added_can_be_taken_off() {
        let mut bag: Bag = [(1, 1.0), (2, 2.5)].into_iter().collect();
        let added: Bag = [(2, 0.5), (3, 0.7)].into_iter().collect();
        let before = bag.clone();
        for (key, weight) in added.iter() {
            bag.add(key, weight);
        }
        assert!(bag.holds(&added) && !before.holds(&added));
        bag.take_off(&added);
        assert_eq!(bag, before);
    }

    #[test]
    fn a_bag_is_bounded_and_keeps_what_weighs() {
        let mut bag: Bag = (0..1_000_u16).map(|key| (u64::from(key), f32::from(key))).collect();
        bag.keep_within();
        assert_eq!(bag.len(), KEYS_KEPT);
        assert_eq!(bag.get(999), Some(999.0));
        assert_eq!(bag.get(0), None);
    }
}
