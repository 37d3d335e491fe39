//! What of a line is inside the frame.

use super::Corner;

/// How far beyond the frame lines are kept, so that a stroke is not seen to end.
const MARGIN: f64 = 4.0;
/// How many points across and down are asked whether land is drawn inside out.
const SAMPLES: (i32, i32) = (9, 7);

/// The part of the drawing that is seen, around its middle.
pub(super) struct Frame {
    pub(super) half_width: f64,
    pub(super) half_height: f64,
}

/// A side of the frame: what is beyond it is cut off.
#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
    Top,
    Bottom,
}

impl Frame {
    /// How far from the middle nothing is seen any more, whatever the direction.
    pub(super) fn reach(&self) -> f64 {
        1.3 * self.half_width.hypot(self.half_height)
    }

    /// The frame as a ring with its inside on the left.
    pub(super) fn corners(&self) -> Vec<Corner> {
        let (x, y) = (self.half_width + MARGIN, self.half_height + MARGIN);
        vec![(-x, -y), (x, -y), (x, y), (-x, y), (-x, -y)]
    }

    /// The middle, then points all over the frame, none on a round number where lines like to be.
    pub(super) fn samples(&self) -> impl Iterator<Item = Corner> {
        let (across, down) = SAMPLES;
        let (half_width, half_height) = (self.half_width, self.half_height);
        let place = |idx: i32, n: i32, half: f64| (2.0 * (f64::from(idx) + 0.487) / f64::from(n) - 1.0) * half;
        let grid = (0..across).flat_map(move |x| (0..down).map(move |y| (place(x, across, half_width), place(y, down, half_height))));
        std::iter::once((0.013, 0.017)).chain(grid)
    }

    /// A closed ring cut to the frame (Sutherland and Hodgman 1974); where it leaves and comes back it runs along the edge.
    /// `None` when nothing is left.
    pub(super) fn ring(&self, ring: &[Corner]) -> Option<Vec<Corner>> {
        let mut left: Vec<Corner> = ring.to_vec();
        for side in [Side::Left, Side::Right, Side::Top, Side::Bottom] {
            let Some(mut before) = left.last().copied() else { break };
            let mut kept = Vec::with_capacity(left.len());
            for here in left {
                let (was, is) = (self.beyond(side, before), self.beyond(side, here));
                if (was < 0.0) != (is < 0.0) {
                    kept.push(between(before, here, was / (was - is)));
                }
                if is < 0.0 {
                    kept.push(here);
                }
                before = here;
            }
            left = kept;
        }
        left.extend(left.first().copied());
        (4 <= left.len()).then_some(left)
    }

    /// The parts of a line that are inside.
    pub(super) fn parts(&self, line: &[Corner]) -> Vec<Vec<Corner>> {
        let mut parts: Vec<Vec<Corner>> = Vec::new();
        let mut goes_on = false;
        for pair in line.windows(2) {
            let Some((from, to)) = self.piece(pair[0], pair[1]) else {
                goes_on = false;
                continue;
            };
            match parts.last_mut().filter(|part| goes_on && part.last() == Some(&from)) {
                Some(part) => part.push(to),
                None => parts.push(vec![from, to]),
            }
            goes_on = to == pair[1];
        }
        parts
    }

    /// The piece of a straight line that is inside (Liang and Barsky 1984).
    fn piece(&self, from: Corner, to: Corner) -> Option<(Corner, Corner)> {
        let (mut start, mut end) = (0.0_f64, 1.0_f64);
        for side in [Side::Left, Side::Right, Side::Top, Side::Bottom] {
            let (was, is) = (self.beyond(side, from), self.beyond(side, to));
            if 0.0 <= was && 0.0 <= is {
                return None;
            }
            if 0.0 <= was {
                start = start.max(was / (was - is));
            } else if 0.0 <= is {
                end = end.min(was / (was - is));
            }
        }
        let enter = if start == 0.0 { from } else { between(from, to, start) };
        let leave = if (end - 1.0).abs() < f64::EPSILON { to } else { between(from, to, end) };
        (start < end).then_some((enter, leave))
    }

    /// How far a point is beyond a side; negative inside.
    fn beyond(&self, side: Side, (x, y): Corner) -> f64 {
        match side {
            Side::Left => -x - self.half_width - MARGIN,
            Side::Right => x - self.half_width - MARGIN,
            Side::Top => y - self.half_height - MARGIN,
            Side::Bottom => -y - self.half_height - MARGIN,
        }
    }
}

fn between(from: Corner, to: Corner, part: f64) -> Corner {
    (from.0 + part * (to.0 - from.0), from.1 + part * (to.1 - from.1))
}

/// How often a ring goes around a point, counted against the clock.
pub(super) fn winding(ring: &[Corner], (x, y): Corner) -> i32 {
    ring.windows(2)
        .map(|pair| {
            let (from, to) = (pair[0], pair[1]);
            let is_left = (to.0 - from.0) * (y - from.1) - (x - from.0) * (to.1 - from.1);
            match (from.1 <= y, to.1 <= y) {
                (true, false) if 0.0 < is_left => 1,
                (false, true) if is_left < 0.0 => -1,
                _ => 0,
            }
        })
        .sum()
}
