//! A linear support vector machine, trained by coordinate descent in the dual (Hsieh and others, 2008, algorithm 1, squared hinge loss).

/// A story: places of terms and their weights.
pub(super) type Row = Vec<(u32, f32)>;

/// What an error costs.
const COST: f32 = 1.0;
/// What an error on a story of the subject costs more: there are few of them.
const COST_OF_MISS: f32 = 2.0;
/// Passes over the stories at most.
const PASSES_MAX: usize = 40;
/// Training ends when no step is larger than this.
const STEP_MIN: f32 = 0.02;

/// A weight for each term, and what is added.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Linear {
    /// Only terms that weigh anything, by place.
    weights: Vec<(u32, f32)>,
    bias: f32,
}

impl Linear {
    /// Trains on the rows named by `trained`.
    pub(super) fn train(rows: &[Row], is_so: &[bool], trained: &[usize], n_terms: usize) -> Self {
        let mut weights = vec![0.0_f32; n_terms];
        let mut bias = 0.0_f32;
        let mut alphas = vec![0.0_f32; rows.len()];
        let mut order = trained.to_vec();
        let mut random = 0x9e37_79b9_7f4a_7c15_u64;
        for _ in 0..PASSES_MAX {
            shuffle(&mut order, &mut random);
            let mut largest = 0.0_f32;
            for row in &order {
                let y = if is_so[*row] { 1.0 } else { -1.0 };
                let softness = 0.5 / if is_so[*row] { COST * COST_OF_MISS } else { COST };
                let score = bias + rows[*row].iter().map(|(place, weight)| weights[*place as usize] * weight).sum::<f32>();
                let alpha = alphas[*row];
                let gradient = y * score - 1.0 + softness * alpha;
                if alpha == 0.0 && 0.0 <= gradient {
                    continue;
                }
                // Rows have length 1, and the bias is one more term of weight 1.
                let new = (alpha - gradient / (2.0 + softness)).max(0.0);
                let step = (new - alpha) * y;
                largest = largest.max(step.abs());
                alphas[*row] = new;
                rows[*row].iter().for_each(|(place, weight)| weights[*place as usize] += step * weight);
                bias += step;
            }
            if largest < STEP_MIN {
                break;
            }
        }
        let weights = (0_u32..).zip(weights).filter(|(_, weight)| *weight != 0.0).collect();
        Self { weights, bias }
    }

    /// Above 0 for what looks like the subject.
    pub(super) fn score(&self, row: &Row) -> f32 {
        let of = |place: u32| self.weights.binary_search_by_key(&place, |(known, _)| *known).map_or(0.0, |at| self.weights[at].1);
        self.bias + row.iter().map(|(place, weight)| of(*place) * weight).sum::<f32>()
    }
}

/// Fisher and Yates, by xorshift.
fn shuffle(order: &mut [usize], random: &mut u64) {
    for last in (1..order.len()).rev() {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        let other = usize::try_from(*random % (last as u64 + 1)).unwrap_or_default();
        order.swap(last, other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_parted_by_a_line_is_parted() {
        let rows: Vec<Row> = (0..40_u32).map(|n| vec![(n % 2, 0.8), (2 + n % 5, 0.6)]).collect();
        let is_so: Vec<bool> = (0..40).map(|n| n % 2 == 0).collect();
        let trained: Vec<usize> = (0..40).collect();
        let linear = Linear::train(&rows, &is_so, &trained, 7);
        for (row, so) in rows.iter().zip(&is_so) {
            assert_eq!(0.0 < linear.score(row), *so);
        }
        assert_eq!(Linear::train(&rows, &is_so, &trained, 7), linear);
    }

    #[test]
    fn shuffling_loses_nothing() {
        let mut order: Vec<usize> = (0..100).collect();
        shuffle(&mut order, &mut 7);
        assert_ne!(order, (0..100).collect::<Vec<_>>());
        order.sort_unstable();
        assert_eq!(order, (0..100).collect::<Vec<_>>());
    }
}
