//! Medians and percentiles of times.

use std::time::Duration;

/// Milliseconds, the unit of every table.
pub(super) fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The value that the share `q` (0 to 1) of all values does not exceed; 0 without values.
pub(super) fn quantile(values: &[f64], q: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index below the length")]
    let at = (sorted.len() as f64 * q).ceil() as usize;
    sorted.get(at.clamp(1, sorted.len().max(1)) - 1).copied().unwrap_or(0.0)
}

/// The median.
pub(super) fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// As tables show it: `p50 1.20 ms, p99 3.40 ms (n = 300)`.
pub(super) fn spread(values: &[f64]) -> String {
    format!("p50 {:.2} ms, p99 {:.2} ms (n = {})", median(values), quantile(values, 0.99), values.len())
}

/// A share of two counts.
#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
pub(super) fn per(amount: u64, of: u64) -> f64 {
    amount as f64 / of.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::quantile;

    #[test]
    fn a_quantile_is_one_of_the_values() {
        let values = [4.0, 1.0, 3.0, 2.0];
        assert!((quantile(&values, 0.5) - 2.0).abs() < f64::EPSILON);
        assert!((quantile(&values, 0.99) - 4.0).abs() < f64::EPSILON);
        assert!(quantile(&[], 0.5).abs() < f64::EPSILON);
    }
}
