//! The azimuthal equidistant projection (Snyder, Map Projections: A Working Manual, 25).

use std::f64::consts::TAU;

use super::Corner;
use super::outlines::Degrees;

/// Between two corners at the rim, as an angle around the middle: a chord of more would cut into the frame.
const TURN_MAX: f64 = 0.3;

/// A map of the whole world around a point. What is farther away than the reach is drawn at the reach, in its direction: it
/// is outside of the frame, and lines around the frame still go around it.
pub(super) struct Projection {
    sin_latitude: f64,
    cos_latitude: f64,
    longitude: f64,
    units_per_radian: f64,
    reach: f64,
}

/// Where a point is drawn: how far from the middle, and in which direction, clockwise from the top.
#[derive(Clone, Copy)]
struct Polar {
    distance: f64,
    direction: f64,
}

impl Projection {
    pub(super) fn centred(latitude: f64, longitude: f64, units_per_degree: f64, reach: f64) -> Self {
        let (sin_latitude, cos_latitude) = latitude.to_radians().sin_cos();
        Self { sin_latitude, cos_latitude, longitude, units_per_radian: units_per_degree.to_degrees(), reach }
    }

    /// Where one point is drawn.
    pub(super) fn corner(&self, point: Degrees) -> Corner {
        self.polar(point).corner()
    }

    /// A line of the world as it is drawn. `None` when all of it is beyond the reach without going around.
    pub(super) fn line(&self, line: &[Degrees]) -> Option<Vec<Corner>> {
        let mut corners = Vec::with_capacity(line.len());
        let (mut before, mut turned, mut is_near): (Option<Polar>, f64, bool) = (None, 0.0, false);
        for point in line {
            let here = self.polar(*point);
            is_near |= here.distance < self.reach;
            if let Some(before) = before {
                // The shorter way around is the way of the great circle, which never turns by half.
                let turn = (here.direction - before.direction + 1.5 * TAU).rem_euclid(TAU) - TAU / 2.0;
                turned += turn;
                if self.reach <= before.distance && self.reach <= here.distance {
                    along_rim(before, turn, &mut corners);
                }
            }
            corners.push(here.corner());
            before = Some(here);
        }
        (is_near || TAU / 2.0 < turned.abs()).then_some(corners)
    }

    fn polar(&self, (longitude, latitude): Degrees) -> Polar {
        let (sin, cos) = latitude.to_radians().sin_cos();
        let (sin_across, cos_across) = (longitude - self.longitude).to_radians().sin_cos();
        let east = cos * sin_across;
        let north = self.cos_latitude * sin - self.sin_latitude * cos * cos_across;
        let outward = self.sin_latitude * sin + self.cos_latitude * cos * cos_across;
        let distance = east.hypot(north).atan2(outward) * self.units_per_radian;
        Polar { distance: distance.min(self.reach), direction: east.atan2(north) }
    }
}

impl Polar {
    fn corner(self) -> Corner {
        let (sin, cos) = self.direction.sin_cos();
        (self.distance * sin, self.distance * cos)
    }
}

/// Corners between two points at the rim.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most eleven")]
fn along_rim(from: Polar, turn: f64, corners: &mut Vec<Corner>) {
    let n_parts = (turn.abs() / TURN_MAX).ceil() as u32;
    for part in 1..n_parts {
        let direction = from.direction + turn * f64::from(part) / f64::from(n_parts);
        corners.push(Polar { distance: from.distance, direction }.corner());
    }
}
