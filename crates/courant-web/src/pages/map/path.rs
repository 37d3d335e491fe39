//! Lines as the short form of an SVG path: whole units, each step from the corner before.

use std::fmt::Write as _;

use super::{Corner, HEIGHT, WIDTH};

/// Closed lines.
pub(super) fn of_rings(rings: &[Vec<Corner>], tolerance: f64) -> String {
    let mut path = String::new();
    for ring in rings {
        let steps = steps(ring, tolerance);
        // Two corners and the way back enclose nothing.
        if 3 < steps.len() {
            put(&mut path, &steps[..steps.len() - 1]);
            path.push('z');
        }
    }
    path
}

/// Open lines.
pub(super) fn of_lines(lines: &[Vec<Corner>], tolerance: f64) -> String {
    let mut path = String::new();
    for line in lines {
        let steps = steps(line, tolerance);
        if 1 < steps.len() {
            put(&mut path, &steps);
        }
    }
    path
}

/// The corners that matter, in whole units from the upper left.
#[expect(clippy::cast_possible_truncation, reason = "near the frame")]
fn steps(line: &[Corner], tolerance: f64) -> Vec<(i32, i32)> {
    let mut steps: Vec<(i32, i32)> = simplified(line, tolerance)
        .into_iter()
        .map(|(x, y)| ((WIDTH / 2.0 + x).round() as i32, (HEIGHT / 2.0 - y).round() as i32))
        .collect();
    steps.dedup();
    steps
}

fn put(path: &mut String, steps: &[(i32, i32)]) {
    let (mut x, mut y) = (0, 0);
    for (idx, step) in steps.iter().enumerate() {
        if idx == 0 {
            // Absolute: the next line must not hang on where this one ended.
            let _ = write!(path, "M{} {}l", step.0, step.1);
        } else {
            let (dx, dy) = (step.0 - x, step.1 - y);
            let is_first = idx == 1;
            let _ = write!(path, "{}{dx}{}{dy}", if is_first || dx < 0 { "" } else { " " }, if dy < 0 { "" } else { " " });
        }
        (x, y) = *step;
    }
}

/// The line without the corners that are nearer than `tolerance` to the line without them (Douglas and Peucker 1973).
fn simplified(line: &[Corner], tolerance: f64) -> Vec<Corner> {
    let mut kept = vec![false; line.len()];
    let mut spans = vec![(0, line.len().saturating_sub(1))];
    while let Some((first, last)) = spans.pop() {
        if let Some(end) = kept.get_mut(first) {
            *end = true;
        }
        if let Some(end) = kept.get_mut(last) {
            *end = true;
        }
        let farthest =
            (first + 1..last).map(|idx| (idx, distance(line[idx], line[first], line[last]))).max_by(|one, other| one.1.total_cmp(&other.1));
        if let Some((idx, distance)) = farthest
            && tolerance < distance
        {
            spans.push((first, idx));
            spans.push((idx, last));
        }
    }
    line.iter().zip(kept).filter_map(|(corner, is_kept)| is_kept.then_some(*corner)).collect()
}

/// From a corner to the straight line between two others, or to them where they are one.
fn distance(corner: Corner, from: Corner, to: Corner) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy);
    let (x, y) = (corner.0 - from.0, corner.1 - from.1);
    if length < f64::EPSILON { x.hypot(y) } else { (dx * y - dy * x).abs() / length }
}
