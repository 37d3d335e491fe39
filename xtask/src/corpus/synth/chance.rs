//! Numbers by chance, the same for the same seed on every machine.

/// A source of chance: `SplitMix64`. Good enough to make up stories, and for nothing that must stay secret.
#[derive(Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    /// The chance of story `number` in the corpus of `seed`; no two stories share theirs.
    pub(crate) fn of(seed: u64, number: u64) -> Self {
        let mut chance = Self(seed ^ number.wrapping_mul(0xd134_2543_de82_ef95));
        chance.next();
        chance
    }

    /// 64 even bits.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// An even number from 0 up to, not including, `end`, which is not 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        // The upper half of the bits, scaled; the bias is below 2^-32 for anything that fits memory.
        let scaled = (self.next() >> 32).wrapping_mul(end as u64) >> 32;
        usize::try_from(scaled).expect("is below end, which is a usize")
    }

    /// True `percent` times in a hundred.
    pub(crate) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// Picks ranks from 0 up to `n_ranks`, rank r about 1 / (r + 1) as often as rank 0: Zipf's law with exponent 1.
#[derive(Debug)]
pub(crate) struct Zipf {
    /// The first rank of each of 2^16 steps of equal chance, and the end.
    first_of_step: Vec<u32>,
}

impl Zipf {
    const STEP_BITS: u32 = 16;

    pub(crate) fn new(n_ranks: u32) -> Self {
        let n_steps = 1_u32 << Self::STEP_BITS;
        let end = f64::from(n_ranks) + 1.0;
        // The sum of 1/r up to r grows like ln r, so equal steps of chance are equal steps of the logarithm.
        let rank = |step: u32| end.powf(f64::from(step) / f64::from(n_steps)) - 1.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank is from 0 to n_ranks")]
        let first_of_step = (0..=n_steps).map(|step| rank(step) as u32).collect();
        Self { first_of_step }
    }

    /// A rank, by 32 of the bits given.
    pub(crate) fn rank(&self, bits: u32) -> usize {
        let step = (bits >> (32 - Self::STEP_BITS)) as usize;
        let (first, end) = (self.first_of_step[step], self.first_of_step[step + 1]);
        let within = if end <= first + 1 { 0 } else { (bits & 0xffff) % (end - first) };
        (first + within) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn low_ranks_are_frequent_and_all_are_reached() {
        let zipf = Zipf::new(1000);
        let mut chance = Chance::of(1, 1);
        let mut counts = vec![0_u32; 1000];
        for _ in 0..200_000 {
            counts[zipf.rank((chance.next() >> 32) as u32)] += 1;
        }
        assert!(counts.iter().all(|count| 0 < *count));
        let ratio = f64::from(counts[0]) / f64::from(counts[9]);
        assert!((5.0..12.0).contains(&ratio), "first to tenth is {ratio}");
    }
}
