//! Tables as `docs/performance.md` has them, ready to be pasted.

/// Begins a table.
pub(super) fn begin(columns: &[&str]) {
    println!();
    row(columns);
    println!("|{}", " --- |".repeat(columns.len()));
}

/// One line of the table begun last, with as many cells.
pub(super) fn row(cells: &[&str]) {
    println!("| {} |", cells.join(" | "));
}

/// One line of a table of goals.
pub(super) fn goal(what: &str, goal: &str, measured: &str) {
    row(&[what, goal, measured]);
}

/// Begins a table of goals.
pub(super) fn begin_goals() {
    begin(&["what", "goal", "measured"]);
}

/// Says, between tables, that something was not measured, why, and what to do about it.
pub(super) fn left_out(what: &str, why: &str) {
    println!("\n{what}: not measured, {why}.");
}

/// A ratio as tables show it; nothing when there is nothing to compare with.
pub(super) fn ratio(ours: f64, theirs: f64) -> String {
    if theirs <= 0.0 {
        return String::new();
    }
    let ratio = ours / theirs;
    // A hundredth would say nothing.
    if ratio < 0.05 { format!("{ratio:.3}x") } else { format!("{ratio:.2}x") }
}

#[cfg(test)]
mod tests {
    use super::ratio;

    #[test]
    fn a_ratio_says_something_or_nothing() {
        assert_eq!(ratio(3.0, 2.0), "1.50x");
        assert_eq!(ratio(1.0, 250.0), "0.004x");
        assert_eq!(ratio(3.0, 0.0), "");
    }
}
