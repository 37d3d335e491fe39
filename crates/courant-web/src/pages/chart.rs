//! Charts of rates, drawn by the server.

use std::fmt::Write as _;

use courant_rates::{Decimal, Exact};
use jiff::civil::Date;

/// The size of the large chart, in its own units.
const WIDTH: u32 = 640;
const HEIGHT: u32 = 260;
/// Room for the numbers beside the lines, and for the days below them.
const MARGIN_END: u32 = 64;
const MARGIN_BELOW: u32 = 24;
/// The most points of a line: more than pixels would show.
const POINTS_MAX: usize = 300;
/// The size of the small chart.
const SPARK: (u32, u32) = (120, 28);
/// The most points of the small chart, which has to stay below a kilobyte.
const SPARK_POINTS_MAX: usize = 60;

/// A line of a chart.
pub(super) struct ChartLine<'a> {
    /// The days and values, oldest first.
    pub(super) points: &'a [(Date, Exact)],
}

/// A chart of these lines over the days they share; empty when there is nothing to draw. Lines after the first are dashed. With more
/// than one the values are per cent of change since the first day. `describe` is read out instead of the picture.
pub(super) fn svg(lines: &[ChartLine<'_>], describe: &str) -> String {
    let drawn: Vec<Vec<(Date, f64)>> =
        lines.iter().map(|line| values(line.points, 1 < lines.len())).filter(|line| 1 < line.len()).collect();
    let Some(first) = drawn.iter().filter_map(|line| line.first()).map(|(day, _)| *day).min() else {
        return String::new();
    };
    let last = drawn.iter().filter_map(|line| line.last()).map(|(day, _)| *day).max().unwrap_or(first);
    let (low, high) = bounds(drawn.iter().flatten().map(|(_, value)| *value));
    let n_days = f64::from(days(first, last).max(1));
    let (right, below) = (f64::from(WIDTH - MARGIN_END), f64::from(HEIGHT - MARGIN_BELOW));
    let x = |day: Date| f64::from(days(first, day)) / n_days * right;
    let y = |value: f64| below - (value - low) / (high - low) * (below - 8.0);
    let mut svg = format!("<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}\">", escaped(describe));
    for step in 0..=4 {
        let value = low + (high - low) * f64::from(step) / 4.0;
        let at = y(value);
        let _ = write!(
            svg,
            "<path class=\"grid\" d=\"M0 {at:.1}H{right:.0}\"/><text x=\"{:.0}\" y=\"{:.1}\">{}</text>",
            right + 6.0,
            at + 4.0,
            label(value, high - low)
        );
    }
    for (at, day, anchor) in [(0.0, first, "start"), (right, last, "end")] {
        let _ = write!(svg, "<text x=\"{at:.0}\" y=\"{}\" text-anchor=\"{anchor}\">{day}</text>", HEIGHT - 6);
    }
    for (idx, line) in drawn.iter().enumerate() {
        let mut path = String::new();
        for (idx, (day, value)) in line.iter().enumerate() {
            let _ = write!(path, "{}{:.1} {:.1}", if idx == 0 { 'M' } else { 'L' }, x(*day), y(*value));
        }
        let _ = write!(svg, "<path class=\"l{idx}\" d=\"{path}\"/>");
    }
    svg.push_str("</svg>");
    svg
}

/// Columns of numbers, oldest first, each a link to what it counts. The picture repeats a list, so it is silent to a screen reader and
/// out of the way of the keyboard.
pub(super) fn bars(columns: &[(u64, &str)]) -> String {
    const HEIGHT: f64 = 48.0;
    let most = columns.iter().map(|(n, _)| *n).max().unwrap_or(0).max(1);
    let mut svg =
        format!("<svg class=\"bars\" viewBox=\"0 0 {} 50\" preserveAspectRatio=\"none\" aria-hidden=\"true\">", columns.len() * 10);
    for (idx, (n, href)) in columns.iter().enumerate().filter(|(_, (n, _))| *n != 0) {
        // Whoever has one story still has a column that can be seen.
        #[expect(clippy::cast_precision_loss, reason = "a count of stories is far below 2^52")]
        let height = (*n as f64 / most as f64 * HEIGHT).max(1.5);
        let _ = write!(
            svg,
            "<a href=\"{}\" tabindex=\"-1\"><rect x=\"{}\" y=\"{:.1}\" width=\"9\" height=\"{height:.1}\"/></a>",
            escaped(href),
            idx * 10,
            50.0 - height,
        );
    }
    svg.push_str("</svg>");
    svg
}

/// A small chart beside a result; empty when there is nothing to draw.
pub(super) fn spark(values: &[f64], describe: &str) -> String {
    let values: Vec<f64> = thinned(values, SPARK_POINTS_MAX).copied().collect();
    if values.len() < 2 {
        return String::new();
    }
    let (low, high) = bounds(values.iter().copied());
    let (width, height) = SPARK;
    let step = f64::from(width) / f64::from(u32::try_from(values.len() - 1).unwrap_or(1));
    let mut points = String::new();
    let mut at = 0.0;
    for value in values {
        let _ = write!(points, "{at:.0},{:.0} ", f64::from(height) - 2.0 - (value - low) / (high - low) * f64::from(height - 4));
        at += step;
    }
    format!(
        "<svg class=\"spark\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{}\"><polyline points=\"{}\"/></svg>",
        escaped(describe),
        points.trim_end()
    )
}

fn values(points: &[(Date, Exact)], as_change: bool) -> Vec<(Date, f64)> {
    let start = points.first().map_or(1.0, |(_, rate)| rate.to_f64());
    let value = |rate: &Exact| if as_change { (rate.to_f64() / start - 1.0) * 100.0 } else { rate.to_f64() };
    thinned(points, POINTS_MAX).map(|(day, rate)| (*day, value(rate))).collect()
}

/// At most `n_max` of them, evenly, always with the last.
fn thinned<T>(all: &[T], n_max: usize) -> impl Iterator<Item = &T> {
    let step = all.len().div_ceil(n_max).max(1);
    let last = all.len().saturating_sub(1);
    all.iter().enumerate().filter(move |(idx, _)| (last - idx).is_multiple_of(step)).map(|(_, value)| value)
}

/// The least and the greatest value, never the same.
fn bounds(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    if low < high { (low, high) } else { (low - low.abs().max(1.0) / 100.0, high + high.abs().max(1.0) / 100.0) }
}

/// A value of the scale, with as many places as its steps need.
fn label(value: f64, span: f64) -> String {
    let places = (0..8).find(|places| 10_f64.powi(-places) * 4.0 <= span).unwrap_or(8);
    let places = usize::try_from(places + 1).unwrap_or(2).min(8);
    format!("{value:.places$}")
}

fn days(first: Date, day: Date) -> i32 {
    first.until(day).map_or(0, |span| span.get_days())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A day and its rate.
type Point = (Date, Exact);

/// The least and the greatest of a line, with their days.
pub(super) fn extremes(points: &[Point]) -> Option<(&Point, &Point)> {
    let least = points.iter().min_by(|one, other| one.1.cmp(&other.1))?;
    let greatest = points.iter().max_by(|one, other| one.1.cmp(&other.1))?;
    Some((least, greatest))
}

/// A rate as a page shows it.
pub(super) fn shown(rate: &Exact) -> Decimal {
    courant_rates::convert::shown(rate)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn points(values: &[i64]) -> Vec<(Date, Exact)> {
        (1_i8..).zip(values).map(|(day, value)| (date(2026, 4, day), Exact::whole(*value))).collect()
    }

    #[test]
    fn rule_15_a_small_chart_is_below_a_kilobyte_however_many_days_it_has() {
        let values: Vec<f64> = (0..5_000).map(|number| f64::from(number % 97)).collect();
        assert!(spark(&values, "90 days").len() < 1_000, "{}", spark(&values, "90 days").len());
        assert_eq!(spark(&[1.0], "one"), "");
    }

    #[test]
    fn a_chart_has_its_words_its_scale_and_its_last_day() {
        let drawn = points(&[100, 120, 110]);
        let svg = svg(&[ChartLine { points: &drawn }], "EUR <in> USD");
        assert!(
            svg.contains("aria-label=\"EUR &lt;in&gt; USD\"") && svg.contains(">2026-04-03</text>") && svg.contains("class=\"l0\""),
            "{svg}"
        );
        assert_eq!(super::svg(&[ChartLine { points: &[] }], "nothing"), "");
        let flat = points(&[7, 7, 7]);
        assert!(!super::svg(&[ChartLine { points: &flat }], "flat").contains("NaN"));
    }
}
